"""Words that firms share (plant, trading, scientific, Moscow ...) and legal forms, recognised in many languages.

`Lexicon` maps a word of any script to English concept words, so that a translated name meets its original. Cyrillic
words match by stem and in romanised form; Han text is cut by longest match; everything else by its folded spelling.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from enduse.parties.acronym import letter_classes
from enduse.parties.legal import LegalForms
from enduse.parties.text import CYRILLIC, HAN, LATIN, fold, plain, romanise, split
from enduse.reference import party_tables

# Endings of Russian and Ukrainian nouns and adjectives, longest first (after Porter's Snowball stemmer, nominal part only).
_ENDINGS = tuple(
    sorted(
        """иями ями ами ого его ому ему ыми ими иях иям ием ией ией ая яя ое ее ие ые ий ый ой ей ою ею ым им ом ем ых их ую юю
        ев ов ів ах ях ам ям ія ії іє ої их ий ий а я о е ы и і у ю ь й""".split(),
        key=lambda s: (-len(s), s),
    )
)
_ROMAN_ENDINGS = (
    "",
    "а",
    "у",
    "ы",
    "и",
    "е",
    "о",
    "ом",
    "ов",
    "ий",
    "ый",
    "ого",
    "ая",
    "ой",
    "ое",
    "ые",
    "ых",
    "ия",
    "ии",
    "ь",
    "я",
    "ю",
)
_KIND_WEIGHT = {"word": 0.6, "function": 0.22, "institution": 0.28, "industry": 0.38, "place": 0.5, "stop": 0.0}
_HAN_SUFFIX = frozenset("厂院所局部廠社")
# First parts of Russian compounds; the rest must be a known word (`радиозавод`, `спецтехника`, `radiozavod`).
_COMBINING = tuple(
    """радио авиа электро пром спец строй стройт гос рос маш энерго нефте газо хим металло агро тех теле аэро судо тепло гидро авто био мед
    микро приборо станко двигателе вагоно ракето космо нефтехим радиотех электротех электроэнерго торг проект монтаж лес угле горно снаб
    сель лен мос урал сиб юг сев дальн крым волго кам дон казах бел укр рус евро азия метал транс вод""".split()
)
_SHORT_PLACES = frozenset(("hk", "prc", "uae", "usa", "uk"))
ROMANISED = 6  # letters of a Russian word with an ending it is not listed with, from which it is known in Latin letters
SLIP = 7  # letters of a common word that may hold one typing slip
COMMON = 0.6  # information below which a frequent word counts as common


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A Cyrillic word without its ending; at least three letters stay."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if word.endswith("нн") and len(word) > 5 else word


def _missing(word: str) -> list[str]:
    """The word without one of its inner letters."""
    return [word[:i] + word[i + 1 :] for i in range(1, len(word) - 1)]


def _exchanged(word: str) -> list[str]:
    """The word with two inner neighbours exchanged."""
    return [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 2) if word[i] != word[i + 1]]


def folded(word: str) -> str:
    return fold(romanise(word))


class Lexicon:
    """Built once from the reference tables; read-only afterwards."""

    def __init__(self) -> None:
        entries = party_tables.words()
        self._heads = {w.concept: folded(w.concept.replace(" ", "")) for w in entries}
        self.weight: dict[str, float] = {}
        self._stems: dict[str, tuple[str, ...]] = {}
        self._words: dict[str, tuple[str, ...]] = {}
        self._han: dict[str, tuple[str, ...]] = {}
        self.gloss: dict[str, set[str]] = {}  # a Han character alone -> concept words it may be translated by
        self.initials: dict[str, str] = {}  # concept word -> letters it may stand with in an acronym
        self._phrases: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        self._combining: dict[bool, tuple[list[tuple[str, tuple[str, ...]]], tuple[str, ...]]] | None = None
        for entry in entries:
            if entry.kind != "stop" and " " not in entry.concept:
                self.weight[self._heads[entry.concept]] = _KIND_WEIGHT[entry.kind]
        for entry in entries:
            tokens = () if entry.kind == "stop" else self._expand(entry.concept)
            for token in tokens:
                self.weight.setdefault(token, _KIND_WEIGHT[entry.kind])
            abbreviations = len(tokens) > 1 or entry.kind == "stop"
            for surface in (entry.concept, *entry.surfaces) if tokens else entry.surfaces:
                self._add(surface, tokens, short=abbreviations)
        self._load_initials(entries)
        for reading, characters in (
            (r[0], r[1].split("|")) for r in (x.split("\t") for x in party_tables.lines("han_places.tsv"))
        ):
            self.weight.setdefault(folded(reading), _KIND_WEIGHT["place"])
            if len(folded(reading)) > 4:  # Shanghai in Latin letters is a place as well
                self._words.setdefault(folded(reading), (folded(reading),))
            for surface in characters:
                self._han[surface] = (folded(reading),)
        self._longest = max((len(s) for s in self._han), default=1)
        tokens_of = [(self._expand(e.concept), e.kind) for e in entries]
        readings = (folded(row.split("\t")[0]) for row in party_tables.lines("han_places.tsv"))
        self.places = frozenset(t[0] for t, kind in tokens_of if kind == "place" and len(t) == 1).union(readings)
        self.legal = LegalForms()
        self._han_forms = self.legal.han
        self._longest = max(self._longest, *(len(s) for s in self._han_forms))
        # Long common words as typed in Latin letters: what a slip of the keyboard is mended to.
        surfaces = {folded(x) for e in entries for x in (e.concept, *e.surfaces) if x.isascii() and " " not in x}
        frequent = {word for word, row in party_tables.weights().items() if row[0] < COMMON}
        self._common = {w for w in surfaces | frequent if len(w) >= SLIP and w.isalpha()}
        self._slips: dict[str, str] | None = None

    def _load_initials(self, entries: Sequence[party_tables.Word]) -> None:
        """First letters of a concept in English and in its first Russian words; the second part of a compound in capitals."""
        for entry in entries:
            head = self._heads[entry.concept]
            parts = entry.concept.split()
            if entry.kind == "stop" or len(self._expand(entry.concept)) > 1:
                continue
            russian = [x for x in entry.surfaces if CYRILLIC.match(x) and " " not in x][:2]
            letters = {fold(parts[0])[0], parts[0][0], *(fold(romanise(x))[0] for x in russian)}
            seconds = {p[0] for p in parts[1:2]}
            self.initials.setdefault(
                head, letter_classes("".join(sorted(letters))) + letter_classes("".join(sorted(seconds))).upper()
            )

    def _expand(self, concept: str) -> tuple[str, ...]:
        """The concept as known words: `scientific research institute` gives three, `machine building` one."""
        parts = concept.split()
        if all(part in self._heads for part in parts):
            return tuple(self._heads[part] for part in parts)
        for n in range(
            len(parts) - 1, 1, -1
        ):  # "machine building design bureau": the longest known beginning, then the rest
            head = self._heads.get(" ".join(parts[:n]))
            if head is not None:
                return (head, *self._expand(" ".join(parts[n:])))
        return (self._heads.get(concept, folded("".join(parts))),)

    def _add(self, surface: str, tokens: tuple[str, ...], *, short: bool) -> None:
        if HAN.search(surface):
            if len(surface) == 1:
                self.gloss.setdefault(surface, set()).update(tokens)
            if len(surface) > 1 or surface in _HAN_SUFFIX:
                self._han.setdefault(surface, tokens)
            return
        words = split(surface)
        if not words:
            return
        if len(words) > 1:
            key = tuple(folded(w) for w in words)
            self._phrases.setdefault(key[0], []).append((key, tokens))
            self._phrases[key[0]].sort(key=lambda p: -len(p[0]))
            return
        word = words[0]
        if CYRILLIC.search(word):
            base = stem(word) if len(word) > 4 else word
            self._stems.setdefault(base, tokens)
            if len(word) > 1:
                for ending in _ROMAN_ENDINGS if len(base) > 3 else ("",):
                    inflected = folded(base + ending)
                    if (
                        len(inflected) >= ROMANISED or not ending
                    ):  # `кошко` would take Cosco for a cat, `часе` Chase for a watch
                        self._words.setdefault(inflected, tokens)
                if short or len(folded(word)) > 3:  # `мясо` and `Miass` fold to the same three letters
                    self._words.setdefault(folded(word), tokens)
        elif short or len(word) > 3 or word in _SHORT_PLACES or not LATIN.search(word) or word in self._heads:
            self._words.setdefault(folded(word), tokens)

    def strip_forms(self, words: list[str]) -> tuple[list[str], list[str]]:
        """(words without legal forms, classes of the forms taken away)."""
        return self.legal.strip(words)

    def cut_han(self, text: str) -> tuple[list[tuple[str, bool, str]], list[str]]:
        """Han text as ((token, whether it is a known word, as written), ...) and the classes of legal forms in it."""
        out: list[tuple[str, bool, str]] = []
        forms: list[str] = []
        run = ""
        i, n = 0, len(text)

        def flush() -> None:
            nonlocal run
            if run:
                out.append((folded(run), False, run))
            run = ""

        while i < n:
            for k in range(min(self._longest, n - i), 0, -1):
                piece = text[i : i + k]
                if piece in self._han_forms:
                    flush()
                    forms.append(self._han_forms[piece])
                elif piece in self._han and (k > 1 or i + 1 == n or text[i + 1 : i + 3] in self._han_forms):
                    flush()
                    out += [(t, True, piece) for t in self._han[piece]]
                else:
                    continue
                i += k
                break
            else:
                run += text[i]
                i += 1
        flush()
        return out, forms

    def concepts(self, word: str) -> tuple[str, ...] | None:
        """Concept words of one word in its own script; `()` for a word that says nothing; None where unknown."""
        if CYRILLIC.search(word):
            hit = self._stems.get(word)
            if hit is None and len(word) > 4:
                hit = self._stems.get(stem(word))
            if hit is not None:
                return hit
            hit = self._words.get(folded(word))
            return hit if hit is not None else self._compound(word)
        key = folded(word)
        hit = self._words.get(key)
        if hit is not None or not word.isascii():
            return hit
        hit = self._compound(word)
        return hit if hit is not None else self._slip(key)

    def _slip(self, key: str) -> tuple[str, ...] | None:
        """Concepts of a long common word typed with one slip: two neighbours exchanged, or a letter inside left out or added."""
        if len(key) < SLIP or not key.isalpha() or key in self._common:
            return None
        if self._slips is None:
            self._slips = {}
            for word in sorted(self._common):
                for wrong in (*_missing(word), *_exchanged(word)):
                    self._slips.setdefault(wrong, word)
        meant = self._slips.get(key) or next((w for w in _missing(key) if w in self._common), None)
        return None if meant is None else self._words.get(meant, (meant,))

    def _compound(self, word: str) -> tuple[str, ...] | None:
        """Concepts of a compound whose first part is a combining form and whose rest is a known word of some length."""
        cyrillic = CYRILLIC.search(word) is not None
        key = word if cyrillic else folded(word)
        if len(romanise(word)) < 8:
            return None
        table, beginnings = self._combining_of(cyrillic)
        if not key.startswith(beginnings):
            return None
        for first, tokens in table:
            if key.startswith(first) and len(key) - len(first) >= 4:
                rest = key[len(first) :]
                hit = self._stems.get(stem(rest)) or self._stems.get(rest) if cyrillic else self._words.get(rest)
                if hit:
                    return (*tokens, *hit)
        return None

    def _combining_of(self, cyrillic: bool) -> tuple[list[tuple[str, tuple[str, ...]]], tuple[str, ...]]:
        """First parts with their concepts, longest first, and the first parts alone: Cyrillic, or as `folded` writes them."""
        if self._combining is None:
            table: dict[bool, list[tuple[str, tuple[str, ...]]]] = {True: [], False: []}
            for first in sorted(_COMBINING, key=lambda f: (-len(f), f)):
                tokens = self._stems.get(first) or self._stems.get(stem(first)) or (folded(first),)
                table[True].append((first, tokens))
                table[False].append((folded(first), tokens))
            self._combining = {k: (rows, tuple(first for first, _ in rows)) for k, rows in table.items()}
        return self._combining[cyrillic]

    def phrase(self, keys: list[str], at: int) -> tuple[int, tuple[str, ...]] | None:
        """The longest phrase that begins at `at`: (number of words, concept words)."""
        for key, tokens in self._phrases.get(keys[at], ()):
            if tuple(keys[at : at + len(key)]) == key:
                return len(key), tokens
        return None


@cache
def lexicon() -> Lexicon:
    return Lexicon()


@cache
def unnamed_keys() -> frozenset[str]:
    return frozenset(" ".join(split(t)) for t in party_tables.unnamed())


def is_unnamed(name: str) -> bool:
    """Whether a text stands where no firm is named: `TO ORDER`, `N/A`, `неизвестно`, punctuation only."""
    words = split(name)
    return not words or " ".join(words) in unnamed_keys() or not any(c.isalpha() for c in plain(name))
