"""Brands with a letter wrong, or written by ear in another script: only beside words that say what the goods are.

Two spellings meet in a skeleton that hears alike what sounds alike (Latin and Cyrillic letters to one alphabet, c and
k, ph and f, y and i, doubled letters once). A skeleton that is equal, or one edit away where it is long enough, is the
brand (optimal string alignment distance, rapidfuzz). Everyday words are kept out by the company asked for and by the
first letter, which must be right.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from enduse.goods.fold import fold
from enduse.reference.goods_tables import grammar

if TYPE_CHECKING:
    from enduse.goods.lexicon import Lexicon, Mention, Sense

SHORT, LONG = 5, 10  # letters from which one and two wrong letters are forgiven
REACH = 300  # characters of a text in which a brand is looked for
_TOKEN = re.compile(r"(?:(?![\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff])[^\W_])+")
_CYRILLIC = {"а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "j", "з": "z", "и": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia", "і": "i", "ї": "i", "є": "e", "ґ": "g"}  # fmt: skip
_SOUNDS = (("sch", "sh"), ("ph", "f"), ("ck", "k"), ("qu", "kv"), ("x", "ks"), ("dzh", "j"), ("dj", "j"), ("ee", "i"), ("oo", "u"), ("ou", "u"), ("y", "i"), ("w", "v"), ("q", "k"), ("z", "s"))  # fmt: skip
_SOFT = re.compile("c(?!h)")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """How a folded word sounds, in small Latin letters and digits."""
    out = "".join(_CYRILLIC.get(c, c) for c in word)
    for letters, sound in _SOUNDS:
        out = out.replace(letters, sound)
    return _TWICE.sub(r"\1", _SOFT.sub("k", out))


_LATIN = (("sch", "ш"), ("sh", "ш"), ("ch", "ч"), ("zh", "ж"), ("ph", "ф"), ("ck", "к"), ("th", "т"), ("ee", "и"), ("oo", "у"), ("ya", "я"), ("yu", "ю"), ("qu", "кв"), ("x", "кс"), ("j", "дж"), *zip("abcdefghiklmnopqrstuvwyz", "абкдефгхиклмнопкрстуввиз", strict=True))  # fmt: skip
_OTHER = (("h", "г"), ("w", "у"), ("y", "й"), ("c", "с"), ("e", "э"), ("ee", "ее"))


def by_letters(name: str) -> set[str]:
    """A folded Latin name letter by letter in Cyrillic, in the spellings that are usual, folded."""
    out = set()
    for change in ((), *((o,) for o in _OTHER)):
        text = name
        for letters, sound in (*change, *_LATIN):
            text = text.replace(letters, sound)
        out.add(fold(text))
    return out


def _cut(word: str) -> set[str]:
    """The word and the word with any one letter left out: two words one edit apart share one of these."""
    return {word} | {word[:i] + word[i + 1 :] for i in range(1, len(word))}


class Ear:
    """The brands of a lexicon by skeleton."""

    def __init__(self, names: dict[str, Sense]) -> None:
        self.heard: dict[str, Sense] = {}
        self.names = sorted(((n, s) for n, s in names.items() if n.isascii() and n.isalpha() and len(n) >= 3), key=lambda x: (-len(x[0]), x[0]))  # fmt: skip
        self._near: dict[str, list[str]] = {}
        for name, sense in names.items():
            bare = "".join(_TOKEN.findall(name))
            if not bare.isascii() or sum(c.isalpha() for c in bare) < 4:
                continue
            for form in {skeleton(bare), bare}:
                if len(form) >= 4 and form not in self.heard:
                    self.heard[form] = sense
                    if len(form) >= SHORT:
                        for piece in _cut(form):
                            self._near.setdefault(piece, []).append(form)

        self._long = sorted(n for n in self.heard if len(n) >= LONG)

    def listen(self, word: str) -> Sense | None:
        """The brand a folded word means, if it sounds like one."""
        from rapidfuzz.distance import OSA

        if word.isdigit() or len(word) < 4:
            return None
        form = skeleton(word)
        if form in self.heard:
            return self.heard[form]
        best: tuple[int, str] | None = None
        for heard in dict.fromkeys((form, word)):
            if len(heard) < SHORT:
                continue
            near = [n for piece in _cut(heard) for n in self._near.get(piece, ())]
            if len(heard) >= LONG:
                near += self._long
            for name in near:
                allowed = 2 if min(len(name), len(heard)) >= LONG else 1
                apart = OSA.distance(heard, name, score_cutoff=allowed)
                if name[0] == heard[0] and apart <= allowed and (best is None or (apart, name) < best):
                    best = (apart, name)
        return self.heard[best[1]] if best else None


class Repair(NamedTuple):
    """A text with what was heard written properly, the edits that lead back, and what was heard."""

    text: str
    edits: tuple[tuple[int, int, int], ...]  # start and end in the repaired text, length before
    heard: tuple[tuple[str, str], ...]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text as folded behind a span of this one; a cut into a repair takes all of it."""
        return self._place(start, end=False), self._place(end, end=True)

    def _place(self, at: int, *, end: bool) -> int:
        shift = 0
        for a, b, before in self.edits:
            if b <= at:
                shift += (b - a) - before
            elif a < at:
                return a - shift + (before if end else 0)
        return at - shift


def _free(text: str, taken: list[Mention]) -> list[tuple[re.Match[str], bool]]:
    """The words of a text, and whether each is nothing the profile knows."""
    spans = [(m.start, m.end) for m in taken if any(s.kind not in ("model", "line") for s in m.senses)]
    return [(w, not any(a < w.end() and w.start() < b for a, b in spans)) for w in _TOKEN.finditer(text, 0, REACH)]


def _brand(ear: Ear, text: str, words: list[tuple[re.Match[str], bool]]) -> tuple[int, int, Sense] | None:
    """The first word, or two words together, that sound like a brand."""
    from enduse.goods.vague import roles

    for size in (2, 1):
        for i in range(len(words) - size + 1):
            group = [w for w, free in words[i : i + size] if free]
            if len(group) < size or (size == 2 and text[group[0].end() : group[1].start()].strip(" '.-")):
                continue
            if size == 1 and (roles(group[0].group()) or group[0].group() in deaf()):
                continue
            sense = ear.listen("".join(w.group() for w in group))
            if sense is not None:
                return group[0].start(), group[-1].end(), sense
    return None


def _grown(lexicon: Lexicon, words: list[tuple[re.Match[str], bool]]) -> tuple[int, int, str, Sense] | None:
    """A brand and a designation grown together: JOUAVCW, FIMIA3, PowerVisionPowerEgg."""
    for word, free in words:
        raw = word.group()
        if not free or not raw.isascii() or len(raw) < 5:
            continue
        for name, sense in lexicon.ear.names:
            rest = raw[len(name) :]
            if len(rest) >= 2 and raw.startswith(name):
                known = lexicon.words_of(sense.brand)
                if re.match(r"[a-z]{0,6}\d", rest) or rest in known or any(len(k) >= 2 and rest == k for k in known.values()) or any(rest.startswith(k) for k in known if len(k) >= 4):  # fmt: skip
                    return word.start(), word.end(), f"{name} {rest}", sense
        # a code of two or three capitals that goes on behind a hyphen (JOUAVCW-25) has no digit of its own
        following = word.string[word.end() : word.end() + 3]
        for name, sense in lexicon.ear.names:
            rest = raw[len(name) :]
            if len(name) >= 4 and 1 <= len(rest) <= 3 and raw.startswith(name) and following[:2].strip() and following.strip(" -")[:1].isdigit():  # fmt: skip
                return word.start(), word.end(), f"{name} {rest}", sense
    return None


def repair(lexicon: Lexicon, text: str, taken: list[Mention], brand: str) -> Repair | None:
    """The text with a brand and the words of its lines and models put right, or None where nothing was heard.

    `brand` is the brand read exactly, if any: then only the words behind it are listened to.
    """
    words = _free(text, taken)
    edits: list[tuple[int, int, str]] = []
    at = 0
    if not brand:
        grown = _grown(lexicon, words)
        found = None if grown else _brand(lexicon.ear, text, words)
        if grown:
            at, end, written, sense = grown
        elif found:
            at, end, sense = found
            written = fold(sense.name).strip()
        else:
            return None
        edits.append((at, end, written))
        brand = sense.brand
    known = lexicon.words_of(brand)
    for word, _ in words:
        raw = word.group()
        if word.start() < at or any(a < word.end() and word.start() < b for a, b, _ in edits) or raw in known:
            continue
        name = variants().get(raw) or known.get(skeleton(raw)) if len(raw) >= 3 and not raw.isascii() else None
        if name is None and len(raw) >= SHORT and raw.isalpha() and raw[0] in known.get("", ""):
            name = _close(raw, known)
        if name is not None and name != raw:
            edits.append((word.start(), word.end(), name))
    if not edits:
        return None
    out, places, last = "", [], 0
    for start, end, name in sorted(edits):
        out += text[last:start]
        places.append((len(out), len(out) + len(name), end - start))
        out, last = out + name, end
    return Repair(out + text[last:], tuple(places), tuple((text[a:b], n) for a, b, n in sorted(edits)))


def _close(raw: str, known: dict[str, str]) -> str | None:
    """The word of a brand's models that is one letter away."""
    from rapidfuzz.distance import OSA

    near = [w for w in dict.fromkeys(known.values()) if w and len(w) >= SHORT and w[0] == raw[0] and OSA.distance(raw, w, score_cutoff=1) <= 1]  # fmt: skip
    return min(near, default=None)


@lru_cache(maxsize=1)
def variants() -> dict[str, str]:
    """Words of variants written in another script: про, макс, ртк."""
    return {fold(k): fold(v) for k, v in grammar()["variant_names"].items()}


@lru_cache(maxsize=1)
def deaf() -> frozenset[str]:
    """Words that sound like a brand and are none."""
    return frozenset(fold(w) for w in grammar()["not_brands"])
