"""The languages of a header row, words of it in Latin letters (`strana_proishozhdeniya`), and words cut short (`cnsgne`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from enduse.reference import header_words
from enduse.reference.header_words import Phrase

CYRILLIC = ("ru", "uk", "kk")
_WIDEST = 2_000  # columns; in a wider row no unknown word is looked into, for each costs milliseconds
_ENOUGH = 3  # words that only fit as transliterated Cyrillic, before a header row is read so

# One Latin spelling for every way a letter is written: GOST, passport, ISO 9 and chat usage meet in it.
_LETTERS = dict(
    zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґәғқңөұүһў", "a b v g d e e z z i i k l m n o p r s t u f h c c s s . i . e u a i i e g a g k n o u u h u".split(), strict=True)
)  # fmt: skip
_FOLDS = (
    ("kh", "h"), ("iia", "ia"), ("iya", "ia"), ("shch", "s"), ("sch", "s"), ("sh", "s"), ("zh", "z"), ("ch", "c"), ("ts", "c"), ("tz", "c"), ("ya", "a"), ("ja", "a"), ("ia", "a"),
    ("yu", "u"), ("ju", "u"), ("iu", "u"), ("yo", "e"), ("jo", "e"), ("ye", "e"), ("je", "e"), ("yi", "i"), ("ij", "i"), ("iy", "i"), ("yy", "i"), ("yj", "i"),
    ("x", "h"), ("w", "v"), ("q", "k"), ("j", "i"), ("y", "i"), ("'", ""), ("`", ""),
)  # fmt: skip


@lru_cache(maxsize=16_384)
def sounds(word: str) -> str:
    """A word in one coarse Latin spelling, the same for `происхождения`, `proishozhdeniya` and `proiskhozhdeniia`."""
    star = word.endswith("*")
    body = word.rstrip("*")
    if not body.isascii():
        body = "".join(_LETTERS.get(c, c) for c in body).replace(".", "")
        body = body.replace("ia", "a").replace("iu", "u")
    for long, short in _FOLDS:
        body = body.replace(long, short)
    squeezed = "".join(c for i, c in enumerate(body) if i == 0 or c != body[i - 1])
    return squeezed + ("*" if star else "")


@cache
def latin_phrases() -> dict[str, tuple[Phrase, ...]]:
    """The Cyrillic terms of the table by their coarse Latin spelling."""
    found: dict[tuple[str, ...], dict[str, tuple[str, ...]]] = {}
    for term, meanings in header_words.terms().items():
        if not any(w.isascii() and w.isalpha() for w in term):
            held = found.setdefault(tuple(map(sounds, term)), {})
            for language, concepts in meanings.items():
                if language in CYRILLIC:
                    held[language] = tuple(dict.fromkeys((*held.get(language, ()), *concepts)))
    return header_words.index((t, tuple(m.items())) for t, m in found.items() if m and len(t[0].rstrip("*")) > 1)


@cache
def _latin_words() -> frozenset[str]:
    return frozenset(w.rstrip("*") for group in latin_phrases().values() for t, _ in group for w in t if len(w) > 4)


@dataclass(frozen=True)
class Tongue:
    """`languages` in the order they are asked; `latin`: Cyrillic words stand in Latin letters."""

    languages: tuple[str, ...] = ()
    latin: bool = False


def tongue_of(columns: Sequence[str]) -> Tongue:
    """The languages most words of a header row belong to, the main one first; English always counts.

    A term that two languages share and mean differently (`no`, `nt`, `sh`) is then read in the row's own. A row too wide
    to be one of declarations has none.
    """
    if len(columns) > _WIDEST:
        return Tongue()
    votes: dict[str, float] = {}
    only_latin: set[str] = set()
    known = header_words.single()
    for column in columns:
        tokens = header_words.words(column)
        for token in tokens:
            meanings = known.get(token) or tuple(m for _, found in _starred(token) for m in found)
            if meanings and len(token) > 1:
                own = {language for language, _ in meanings}
                votes |= {language: votes.get(language, 0.0) + 1 / len(own) for language in own}
            elif not meanings and token.isascii() and len(token) > 3 and _sounds_known(token):
                only_latin.add(token)
    ranked = [
        x for x, n in sorted(votes.items(), key=lambda item: (-item[1], item[0])) if n >= 0.5 * max(votes.values())
    ]
    latin = len(only_latin) >= _ENOUGH
    main = [x for x in ranked if x != "en"] if ranked and ranked[0] != "en" else ["en"]
    return Tongue(tuple(dict.fromkeys([*(CYRILLIC if latin else ()), *main[:2], "en"])), latin)


def _starred(token: str) -> list[tuple[str, header_words.Meanings]]:
    return [
        (t[0], m) for t, m in header_words.phrases().get(token[:2], ())
        if len(t) == 1 and t[0].endswith("*") and token.startswith(t[0][:-1]) and len(token) - len(t[0]) < 7
    ]  # fmt: skip


def _sounds_known(token: str) -> bool:
    heard = sounds(token)
    known = _latin_words()
    return heard in known or any(heard[:-cut] in known and len(heard) - cut > 4 for cut in (1, 2, 3))


@cache
def _vocabulary(languages: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """One-word terms of four letters or more in these languages."""
    asked = set(languages)
    return {
        w: concepts
        for w, m in header_words.single().items()
        if len(w) >= 4 and w.isalpha() and any(x in asked for x, _ in m)
        and (concepts := header_words.meaning(m, languages)) != ("-",)
    }  # fmt: skip


_VOWELS = frozenset("aeiouyаеёиоуыэюяіїєәөұү")


@lru_cache(maxsize=8_192)
def readings(word: str, languages: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """What an unknown word may mean: as the beginning of a known one (`descr`, `бр`), as its consonants (`cnsgne`), as a
    slip of the pen (`quantiy`), as another form (`изготовлено`) or as Cyrillic in Latin letters (`edrpou`).

    The first of these ways that fits gives all its meanings, the most frequent first.
    """
    if not word.isalpha() or not languages:
        return ()
    known = _vocabulary(languages)
    ways = (_sounding, _beginnings, _skeletons, _slips, _kin)
    for way in ways:
        fits = way(word, known)
        if fits:
            return tuple(m for m, _ in Counter(known.get(f) or _heard(f) for f in fits).most_common(8))
    return ()


def guess(word: str, languages: tuple[str, ...]) -> tuple[str, ...] | None:
    """The one meaning of an unknown word that stands alone; None where nothing, or more than one, fits."""
    found = readings(word, languages) if len(word) >= 3 else ()
    return found[0] if len(found) == 1 else None


def _heard(heard: str) -> tuple[str, ...]:
    return next((c for t, m in latin_phrases().get(heard[:2], ()) if t == (heard,) for _, c in m), ())


def _sounding(word: str, _: dict[str, tuple[str, ...]]) -> list[str]:
    if len(word) < 4 or not word.isascii():
        return []
    heard = sounds(word)
    return [heard] if any(t == (heard,) for t, _ in latin_phrases().get(heard[:2], ())) else []


def _beginnings(word: str, known: dict[str, tuple[str, ...]]) -> list[str]:
    return [w for w in known if w.startswith(word)]


def _skeletons(word: str, known: dict[str, tuple[str, ...]]) -> list[str]:
    """Terms whose letters, vowels left out at will, give the word: the same first letter, all its letters in order, and
    at least every second consonant of the term.
    """
    if len(word) < 3 or sum(c in _VOWELS for c in word) > len(word) // 3:
        return []
    found = []
    for term in known:
        if term[0] != word[0] or len(term) <= len(word):
            continue
        rest = iter(term)
        if all(c in rest for c in word):
            consonants = [c for c in term if c not in _VOWELS]
            if 3 * sum(c not in _VOWELS for c in word) >= 2 * len(consonants):
                found.append(term)
    return found


def _slips(word: str, known: dict[str, tuple[str, ...]]) -> list[str]:
    if len(word) < 6:
        return []
    close = process.extract(
        word, [w for w in known if abs(len(w) - len(word)) < 2], scorer=OSA.distance, score_cutoff=1, limit=5
    )
    return [w for w, _, _ in close]


def _kin(word: str, known: dict[str, tuple[str, ...]]) -> list[str]:
    """Other forms of the word: `изготовлено` beside `изготовления`. They share their beginning and more than half of their length."""
    if len(word) < 6:
        return []
    found = []
    for term in known:
        if len(term) >= 6 and term[:5] == word[:5]:
            shared = next(
                (i for i, (a, b) in enumerate(zip(term, word, strict=False)) if a != b), min(len(term), len(word))
            )
            if 10 * shared >= 6 * max(len(term), len(word)):
                found.append(term)
    return found


@cache
def _phrases_of(languages: tuple[str, ...]) -> dict[tuple[int, str], list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """Phrases of two and three words by their number and first letter."""
    asked = set(languages)
    found: dict[tuple[int, str], list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for term, meanings in header_words.terms().items():
        if len(term) in (2, 3) and asked.intersection(meanings):
            plain = tuple(w.rstrip("*") for w in term)
            concepts = header_words.meaning(tuple(meanings.items()), languages)
            found.setdefault((len(term), plain[0][0]), []).append((plain, concepts))
    return found


@lru_cache(maxsize=8_192)
def guess_phrase(part: tuple[str, ...], languages: tuple[str, ...]) -> tuple[str, ...] | None:
    """Concepts of a phrase of which every word stands cut short; None where nothing, or more than one meaning, fits."""
    if not all(len(w) >= 2 and w.isalpha() for w in part) or max(map(len, part)) < 3:
        return None
    meanings = {
        concepts
        for plain, concepts in _phrases_of(languages).get((len(part), part[0][0]), ())
        if all(whole.startswith(cut) for whole, cut in zip(plain, part, strict=True))
    }
    return meanings.pop() if len(meanings) == 1 else None


__all__ = ["Tongue", "guess", "guess_phrase", "latin_phrases", "readings", "sounds", "tongue_of"]
