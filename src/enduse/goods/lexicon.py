"""The lexicon: a watch profile as two automata, one that finds texts worth reading and one that reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from enduse.goods.fold import fold
from enduse.goods.fuzzy import Ear, by_letters, deaf, skeleton
from enduse.reference import goods_tables as tables

if TYPE_CHECKING:
    from enduse.goods.watch import Brand, Family, Profile

_PIECE = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)?|\+")
_ENDING = frozenset("аеиоуыюямвхьіґїєa")  # letters Slavic case endings of short stems are made of
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")  # scripts written without spaces
_ANY_WORDS = r"(?:[^\W_]+[\s,]{1,2}){0,3}"  # what `...` in a word of a profile stands for: up to three other words
Span = tuple[int, int]
MARKED = (
    "{}牌",
    "品牌:{}",
    "品牌: {}",
    "品牌 {}",
    "brand {}",
    "brand: {}",
    "brand:{}",
    "марка {}",
    "марки {}",
    "торговая марка {}",
    "marca {}",
    "marca: {}",
    "marka {}",
    "markasi {}",
    "marque {}",
    "marke {}",
    "{} brand",
)


@dataclass(frozen=True)
class Sense:
    """What a pattern means. `kind`: word, hint, negative, accessory, toy, part, strong, brand, model, line, other."""

    kind: str
    family: str
    brand: str = ""
    name: str = ""  # reference name of a brand, model or line
    alone: bool = False  # a model or line that needs no company; a brand that is no everyday word
    langs: frozenset[str] = frozenset()
    scope: str = ""


@dataclass(frozen=True)
class Pattern:
    text: str  # the literal the automaton looks for
    senses: tuple[Sense, ...]
    star: bool = False  # an ending may follow
    rule: re.Pattern[str] | None = None  # for several words of which some have endings
    glued: bool = False  # digits may follow at once: Mavic2, ZALA421


class Mention(NamedTuple):
    """Words the profile knows, at a place of the folded text."""

    start: int
    end: int
    senses: tuple[Sense, ...]


def spellings(name: str) -> set[str]:
    """A designation joined and split: `Mavic 3` also as mavic3, `M300 RTK` as m300rtk and m 300 rtk."""
    folded = fold(name).strip()
    groups = folded.split(" ")
    pieces = [p for g in groups for p in _PIECE.findall(g)] if _PIECE.search(folded) else [folded]
    plain = {folded, "".join(groups)}
    if "." in folded or len(pieces) > 5 or sum(len(p) for p in pieces) < len(folded.replace(" ", "")):
        return {p for p in plain if p}
    out = set(plain)
    for gaps in product((" ", ""), repeat=len(pieces) - 1):
        out.add(pieces[0] + "".join(gap * (piece != "+") + piece for gap, piece in zip(gaps, pieces[1:], strict=True)))
    out |= {o.replace("+", " plus") for o in out if o.endswith("+")} | {
        o.replace("+", "plus") for o in out if o.endswith("+")
    }
    return {o.strip() for o in out if o.strip()}


class Lexicon:
    """Patterns of one profile. `anchors` open a text, `context` is looked up in the texts that are open."""

    def __init__(self, profile: Profile, held_out: frozenset[tuple[str, str]] = frozenset()) -> None:
        from ahocorasick_rs import AhoCorasick

        self.profile = profile
        self._patterns: dict[tuple[str, bool, str], list[Sense]] = {}
        for family in profile.families:
            self._words(family)
            self._names(family, held_out)
        patterns = [Pattern(t, tuple(dict.fromkeys(s)), star, re.compile(rule) if rule else None, _glues(t, s)) for (t, star, rule), s in self._patterns.items()]  # fmt: skip
        self.anchors = [p for p in patterns if any(_opens(s) for s in p.senses)]
        self.patterns = patterns
        self._open = AhoCorasick([p.text for p in self.anchors]) if self.anchors else None
        self._read = AhoCorasick([p.text for p in patterns]) if patterns else None
        self.brand_names = frozenset(
            p.text for p in patterns for s in p.senses if s.kind == "brand" and s.scope != "slip" and p.rule is None
        )
        self._last: tuple[str, list[Mention]] = ("", [])
        named = {
            fold(alias): Sense("brand", family.id, brand.name, brand.name, alone=True, scope=brand.scope)
            for family in profile.families
            for brand in family.brands
            for alias in (brand.name, *brand.aliases, *brand.ordinary)
            if not _WIDE.search(alias)
        }
        self.ear = Ear(named)
        self._words_of: dict[str, dict[str, str]] = {}
        self.line_names = {
            (s.brand, p.text): s for p in patterns for s in p.senses if s.kind == "line" and p.text == fold(s.name)
        }

    def _add(self, text: str, sense: Sense) -> None:
        folded = fold(text).strip()
        star = folded.endswith("*")
        bare = folded.rstrip("*")
        rule = ""
        if "*" in bare or " ... " in bare:
            words = folded.split(" ")
            pieces = [_ANY_WORDS if w == "..." else re.escape(w.rstrip("*")) + (r"[^\W\d_]{0,5}" if w.endswith("*") else "") for w in words]  # fmt: skip
            rule = "(?<![^\\W_])" + r"[\s,]{1,2}".join(pieces).replace(_ANY_WORDS + r"[\s,]{1,2}", _ANY_WORDS) + "(?![^\\W_])"  # fmt: skip
            bare, star = max((w.rstrip("*") for w in words if w != "..."), key=len), True
        if bare:
            self._patterns.setdefault((bare, star, rule), []).append(sense)

    def _words(self, family: Family) -> None:
        kinds = {"words": "part" if family.part_of else "word", "hints": "hint"}
        target = family.part_of or family.id
        for kind, by_language in family.words.items():
            for lang, words in by_language.items():
                for word in words:
                    name = kinds.get(kind, kind)
                    own = name == "strong" or (name == "negative" and family.part_of)
                    self._add(word, Sense(name, family.id if own else target, langs=frozenset((lang,))))
        if family.components:
            for row in tables.rows("component_terms"):
                tier = row["chpl_tier"].split(";")[0]
                if tier:
                    for lang in ("en", "ru", "zh", "uk", "tr", "es", "pt", "vi"):
                        for word in row[lang].split(";"):
                            self._add(
                                word,
                                Sense("component", family.id, name=row["hs6"].split(";")[0], langs=frozenset((lang,))),
                            )

    def _names(self, family: Family, held_out: frozenset[tuple[str, str]]) -> None:
        for brand in family.brands:
            ordinary = {fold(o) for o in brand.ordinary}
            for alias in (brand.name, *brand.aliases, *brand.ordinary):
                plain = fold(alias) not in ordinary
                for text in spellings(alias):
                    self._add(text, Sense("brand", family.id, brand.name, brand.name, plain, scope=brand.scope))
                if not plain:  # an everyday word is a brand where the text calls it one
                    for mark in MARKED:
                        self._add(
                            mark.format(fold(alias)),
                            Sense("brand", family.id, brand.name, brand.name, alone=True, scope=brand.scope),
                        )
            for text in _slips(brand):
                self._add(text, Sense("brand", family.id, brand.name, brand.name, alone=True, scope="slip"))
        telling = {
            fold(a).replace(" ", "")
            for x in family.lines
            if x.alone and x.kind == "drone"
            for a in (x.name, *x.aliases)
        }
        for line in family.lines:
            for alias in (line.name, *line.aliases):
                kind = {"drone": "line", "part": "partline"}.get(line.kind, "other")
                for text in spellings(alias):
                    self._add(text, Sense(kind, family.id, line.brand, line.name, line.alone and len(text) > 1))
        everyday = {b.name: b.ordinary for b in family.brands if b.ordinary}
        for line in family.lines:
            if line.kind == "drone" and len(line.name) > 2:
                for text in {t for o in everyday.get(line.brand, ()) for t in spellings(f"{o} {line.name}")}:
                    self._add(text, Sense("line", family.id, line.brand, line.name, alone=True))
        for model in family.models:
            if (model.brand, model.name) in held_out:
                continue
            # Parrot and Disco tell nothing apart, Parrot Disco does
            for text in {t for o in everyday.get(model.brand, ()) for t in spellings(f"{o} {model.name}")}:
                self._add(text, Sense("model", family.id, model.brand, model.name, alone=True))
            for alias in (model.name, *model.aliases):
                alone = model.alone or _distinct(alias, telling)
                for text in spellings(alias):
                    self._add(text, Sense("model", family.id, model.brand, model.name, alone))

    def words_of(self, brand: str) -> dict[str, str]:
        """Words of the lines and models of a brand by themselves and by sound; under "" their first letters."""
        if brand not in self._words_of:
            names = {w for p in self.patterns for s in p.senses if s.kind in ("line", "model") and s.brand == brand for w in fold(s.name).split() if w.isalpha() and len(w) >= 3}  # fmt: skip
            found = {skeleton(w): w for w in sorted(names)} | {w: w for w in names}
            self._words_of[brand] = found | {"": "".join(sorted({w[0] for w in names}))}
        return self._words_of[brand]

    def open(self, folded: list[str]) -> list[int]:
        """Positions of the texts in which an anchor stands on word boundaries."""
        if self._open is None:
            return []
        out = []
        find, anchors = self._open.find_matches_as_indexes, self.anchors
        for place, text in enumerate(folded):
            for index, start, end in find(text, overlapping=True):
                if _stands(text, start, end, anchors[index]):
                    out.append(place)
                    break
        return out

    def mentions(self, text: str) -> list[Mention]:
        """Everything the profile knows in a folded text, in order; of two at one place with one kind the longer."""
        if self._read is None:
            return []
        if self._last[0] == text:
            return self._last[1]
        found: dict[tuple[int, int], tuple[Sense, ...]] = {}
        for index, start, end in self._read.find_matches_as_indexes(text, overlapping=True):
            pattern = self.patterns[index]
            span = _stands(text, start, end, pattern)
            if span:
                found[span] = (*found.get(span, ()), *pattern.senses)
        out = [Mention(*span, found[span]) for span in sorted(found, key=lambda s: (s[0], -s[1]))]
        self._last = (text, out)
        return out


def _slips(brand: Brand) -> set[str]:
    """A long brand of one word as it is mistyped (a letter left out, doubled or swapped) and letter by letter in Cyrillic."""
    name = fold(brand.name).replace("-", "").replace(" ", "")
    if brand.scope not in ("maker", "hobby") or fold(brand.name) in {fold(o) for o in brand.ordinary}:
        return set()
    known = {fold(n) for n in (brand.name, *brand.aliases, *brand.ordinary)}
    out = set(by_letters(name)) if name.isalpha() and name.isascii() and len(name) >= 5 else set()
    if len(name) >= 6 and name.isalpha() and name.isascii():
        for i in range(1, len(name)):
            out |= {name[:i] + name[i + 1 :], name[:i] + name[i] + name[i:]}
            if i + 1 < len(name):
                out.add(name[:i] + name[i + 1] + name[i] + name[i + 2 :])
    return out - known - deaf()


def _glues(text: str, senses: list[Sense]) -> bool:
    """Whether digits may stand right behind: brands and lines of four letters and more."""
    return (
        len(text) >= 4
        and text[-1].isalpha()
        and any(s.kind == "line" or (s.kind == "brand" and s.alone) for s in senses)
    )


def _opens(sense: Sense) -> bool:
    if sense.kind in ("word", "strong", "component"):
        return True
    return sense.kind in ("brand", "model", "line", "partline") and sense.alone


def _distinct(name: str, telling: set[str]) -> bool:
    """Whether a model name tells itself without its brand: it holds a telling line, or is a long code."""
    folded = fold(name)
    joined = re.sub(r"[^\w+]", "", folded)
    if any(joined.startswith(t) and len(joined) > len(t) for t in telling):
        return True
    letters, digits = sum(c.isalpha() for c in joined), sum(c.isdigit() for c in joined)
    words = [w for w in re.findall(r"[^\W\d_]+", folded) if len(w) > 3]
    return not words and letters >= 2 and digits >= 2 and len(joined) >= 7


class _Kinds(dict[str, str]):
    """Kind of a character for word boundaries: d digit, l Latin, c Cyrillic, o other letter, nothing for the rest."""

    def __missing__(self, char: str) -> str:
        self[char] = out = _kind(char)
        return out


def _kind(char: str) -> str:
    if char.isdigit():
        return "d"
    if not char.isalpha():
        return ""
    if _WIDE.match(char):
        return ""
    return "c" if "Ѐ" <= char <= "ԯ" else "l" if char < "ɐ" else "o"


_KINDS = _Kinds()


def _boundary(left: str, right: str) -> bool:
    """Whether a word may end between two characters."""
    a, b = _KINDS[left], _KINDS[right]
    return not a or not b or (a != b and "d" not in (a, b))


def _stands(text: str, start: int, end: int, pattern: Pattern) -> Span | None:
    """The span of a literal match if it stands as a word (with an ending where one is allowed)."""
    if pattern.rule is not None:
        for match in pattern.rule.finditer(text, max(0, start - 60), end + 60):
            if match.start() <= start and end <= match.end():
                return match.span()
        return None
    if start and not _boundary(text[start - 1], text[start]):
        return None
    if end == len(text) or _boundary(text[end - 1], text[end]) or (pattern.glued and text[end].isdigit()):
        return start, end
    if not pattern.star:
        return None
    stop = end
    while stop < len(text) and stop - end < 6 and not _boundary(text[stop - 1], text[stop]):
        stop += 1
    ending = text[end:stop]
    if stop < len(text) and not _boundary(text[stop - 1], text[stop]):
        return None
    if len(pattern.text) <= 5 and _KINDS[text[end]] == "c" and not set(ending) <= _ENDING:
        return None
    return (start, stop) if ending.isalpha() else None


_BUILT: dict[int, tuple[Any, Lexicon]] = {}


def lexicon(profile: Profile) -> Lexicon:
    """The lexicon of a profile, built once per profile object."""
    held = _BUILT.get(id(profile))
    if held is None or held[0] is not profile:
        if len(_BUILT) >= 8:
            _BUILT.clear()
        held = _BUILT[id(profile)] = (profile, Lexicon(profile))
    return held[1]
