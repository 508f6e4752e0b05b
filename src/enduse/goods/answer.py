"""From distinct (text, maker, code) to rows of the goods table: read each text once, then put text and code together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from enduse.goods import confidence as sure
from enduse.goods.codes import WRITTEN, Answer, Codes, combine, followed, joined, tone
from enduse.goods.controls import UNKNOWN, controls
from enduse.goods.fold import fold_all, locate
from enduse.goods.fuzzy import repair
from enduse.goods.lexicon import Lexicon, lexicon
from enduse.goods.numbered import SURE, Numbered, numbered, with_makers
from enduse.goods.part_numbers import maker_of
from enduse.goods.reading import Reading, read
from enduse.goods.vague import vague_rules_all
from enduse.reference.goods_tables import grammar
from enduse.reference.hs import YEARS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enduse.goods.watch import Profile

QUOTED = 80  # an evidence quote is cut there
MAX_SPANS = 12  # quotes of one row
MAX_TEXT = 4_000  # characters of a text that are read; what follows is furniture


_SPRAY = tuple(grammar()["spray"])


_LONG = re.compile(r"(?<![^\W_])\d{5,}(?![^\W_])")


def _zeros(match: re.Match[str]) -> str:
    return "0" * len(match.group())


@dataclass(frozen=True, slots=True)
class Case:
    """One distinct combination. `text` and `code` index into the distinct texts and codes."""

    text: int
    maker: int
    code: str
    revision: str
    period: int = UNKNOWN
    from_china: bool | None = None


@dataclass(frozen=True, slots=True)
class Row:
    family: str = ""
    brand: str = ""
    model: str = ""
    controls: str = ""
    confidence: float | None = None
    evidence: str = ""
    basis: str = ""
    listed: str = ""  # the six digits that the control entries were looked up by
    spray: bool = False  # an aircraft whose text speaks of spraying crops


class Reader:
    """Reads distinct texts under one profile and keeps what it found, so that a text costs once."""

    def __init__(self, profile: Profile, texts: Sequence[str], known: Lexicon | None = None) -> None:
        self.profile, self.lexicon, self.codes = profile, known or lexicon(profile), Codes(profile)
        self.texts = [t[:MAX_TEXT] for t in texts]
        self.folded = fold_all(self.texts)
        self.vague = vague_rules_all(self.texts, self.folded)
        self.open = frozenset(self.lexicon.open(self.folded))
        self.parts = any(f.components for f in profile.families)
        self.numbers = frozenset(with_makers(self.folded)) if self.parts else frozenset()
        self._read: dict[tuple[str, int, frozenset[str], frozenset[str]], list[Reading]] = {}
        self._tones: dict[tuple[int, str], str] = {}

    def readings(self, case: Case, supported: frozenset[str], owned: frozenset[str]) -> list[Reading]:
        """Readings of the text, with the maker column in front where it names a brand the text does not."""
        # Declaration and serial numbers of five digits and more are no part of any name: texts that differ in them read alike.
        same = _LONG.sub(_zeros, self.folded[case.text])
        key = (same, -1 if case.maker == case.text else case.maker, supported, owned)
        if key not in self._read:
            found = (
                read(self.lexicon, self.folded[case.text], supported=supported, owned=owned)
                if case.text in self.open or supported
                else []
            )
            found = self._heard(case, found, supported, owned)
            if self._names_brand(case):
                found = self._with_maker(case, found, supported, owned)
            self._read[key] = found
        return self._read[key]

    def _heard(
        self, case: Case, found: list[Reading], supported: frozenset[str], owned: frozenset[str]
    ) -> list[Reading]:
        """Readings of the text with a misspelt brand or model put right, where that says more than the text as it stands."""
        best = found[0] if found else None
        if best is None or best.hs6 or (best.brand and best.model and not best.candidate):
            return found
        folded = self.folded[case.text]
        fixed = repair(self.lexicon, folded, self.lexicon.mentions(folded), best.brand)
        if fixed is None:
            return found
        out = []
        for reading in read(self.lexicon, fixed.text, supported=supported, owned=owned):
            notes = (*reading.notes, *(f"read {_quote(raw)} as {_quote(name)}" for raw, name in fixed.heard))
            spans = tuple(fixed.back(a, b) for a, b in reading.spans)
            out.append(replace(reading, notes=notes, spans=spans))
        better = out and out[0].family == best.family and (bool(out[0].brand), bool(out[0].model), not out[0].candidate) > (bool(best.brand), bool(best.model), not best.candidate)  # fmt: skip
        return out if better else found

    def _names_brand(self, case: Case) -> bool:
        """Whether the maker column holds a brand, or words in which an unmistakable one stands."""
        return case.maker != case.text and (
            case.maker in self.open or self.folded[case.maker].strip() in self.lexicon.brand_names
        )

    def _with_maker(
        self, case: Case, found: list[Reading], supported: frozenset[str], owned: frozenset[str]
    ) -> list[Reading]:
        if any(r.brand for r in found):
            return found
        maker, text = self.folded[case.maker].strip(), self.folded[case.text]
        if maker in self.lexicon.brand_names:  # in its own column an everyday word is a brand
            maker += " brand"
        shift = len(maker) + 1
        joint = read(self.lexicon, f"{maker} {text}", supported=supported, owned=owned)
        out = []
        for reading in joint:
            spans = tuple((a - shift, b - shift) for a, b in reading.spans if a >= shift)
            notes = (*reading.notes, f"maker={_quote(self.texts[case.maker])}")
            # A brand column alone says who made it, not what it is: only together with words of the text.
            if spans or case.code[:4] in ("8806", "8807"):
                out.append(
                    Reading(
                        reading.family,
                        reading.score,
                        reading.brand,
                        reading.model,
                        spans,
                        notes,
                        reading.hs6,
                        reading.role,
                    )
                )
        return out or found

    def answer(self, case: Case) -> Row:
        """The row of one combination."""
        spoken = self.codes.speaks(case.code, case.revision)
        part = self._part(case)
        if not spoken and case.text not in self.open and not self._names_brand(case):
            return self._by_number(case, part) if part else self._unwatched(case)
        supported = frozenset(f for f, s in spoken if s in ("own", "hint", "shared", "other_revision"))
        owned = frozenset(f for f, s in spoken if s in ("own", "other_revision"))
        readings = self.readings(case, supported, owned)
        tones = {f: self._tone(case.text, f) for f, s in spoken if s in ("own", "shared", "other_revision")}
        found = combine(self.profile, readings, spoken, case.code, tones)
        if found is None:
            return self._by_number(case, part) if part else self._unwatched(case)
        if part and found.reading is not None and found.reading.hs6:
            return self._by_number(case, part, found)
        return self._row(case, found)

    def _part(self, case: Case) -> Numbered | None:
        """The electronic part a text or its maker column numbers, where the profile asks for such parts."""
        if not self.parts or (case.text not in self.numbers and not self._names_maker(case)):
            return None
        maker = self.folded[case.maker] if case.maker != case.text else ""
        return numbered(self.texts[case.text], self.folded[case.text], maker)

    def _names_maker(self, case: Case) -> bool:
        """Whether the maker column beside a text names a maker of electronic parts."""
        return self.parts and case.maker != case.text and maker_of(self.folded[case.maker]) is not None

    def _by_number(self, case: Case, part: Numbered, found: Answer | None = None) -> Row:
        """The row of a part number: of the list's family where its candidate code is on the list."""
        family = next(f for f in self.profile.families if f.components)
        declared, rule = case.code[:6], part.rule
        candidate = declared if len(declared) == 6 else rule.hs6[0]
        quote = _quote(self.texts[case.text][part.start : part.end])
        evidence = [f"description[{part.start}:{part.end}]={quote}"]
        evidence += [f"description[{a}:{b}]={q}" for a, b, q in self._quotes(case, found.reading)] if found and found.reading else []  # fmt: skip
        what = rule.device or "what the maker makes"
        evidence.append(f"note={rule.basis}: {what}{f' of {rule.maker}' if rule.maker else ''}")
        score = SURE[rule.basis]
        if len(declared) == 6:
            evidence.append(f"hs={case.code}")
            agrees = declared[:4] in {c[:4] for c in rule.hs6}
            if declared in family.listed:
                score = sure.AGREE if agrees else sure.CODE_LISTED
            elif not agrees:
                candidate, score = rule.hs6[0], score * 0.6
                evidence.append("note=the code is of other goods")
        else:
            evidence.append(f"note=candidate code {candidate}")
        listed = candidate in family.listed
        entries = controls(family.id if listed else "", declared if len(declared) == 6 else candidate, case.period, from_china=case.from_china)  # fmt: skip
        return Row(
            family.id if listed else "", rule.maker.title() if listed and rule.maker else "", quote if listed else "", entries,
            round(score, 4) if listed else None, ";".join(evidence), "code+text" if listed and declared in family.listed else "text" if listed else "", candidate,
        )  # fmt: skip

    def _quotes(self, case: Case, reading: Reading) -> list[tuple[int, int, str]]:
        """The spans of a reading in the text as declared, with their words."""
        text, folded = self.texts[case.text], self.folded[case.text]
        places = [locate(text, folded, start, end) for start, end in reading.spans[:MAX_SPANS]]
        return [(a, b, _quote(text[a:b])) for a, b in places]

    def speaking(self, text: int, maker: int) -> bool:
        """Whether a text, or the maker column beside it, can mean anything to the profile whatever the code."""
        case = Case(text, maker, "", "")
        return text in self.open or text in self.numbers or self._names_brand(case) or self._names_maker(case)

    def controlled(self, code: str, revision: str = "") -> bool:
        """Whether control entries may apply to a code whatever the text."""
        return bool(controls("", _today(code, revision)))

    def _unwatched(self, case: Case) -> Row:
        code = _today(case.code, case.revision)
        entries = controls("", code, case.period, from_china=case.from_china)
        return Row(controls=entries, listed=code) if entries else _NOTHING

    def _tone(self, text: int, family: str) -> str:
        key = (text, family)
        if key not in self._tones:
            self._tones[key] = tone(
                self.lexicon, self.folded[text], self.profile.family(family), vague=bool(self.vague[text])
            )
        return self._tones[key]

    def _row(self, case: Case, found: Answer) -> Row:
        reading = found.reading
        hs6 = _today(case.code, case.revision) if len(case.code) >= 6 else ""
        listed = hs6 or (reading.hs6 if reading else "")
        spray = found.family == "drone" and any(w in self.folded[case.text] for w in _SPRAY)
        entries = controls(found.family, listed, case.period, from_china=case.from_china, spray=spray)
        evidence = []
        if reading:
            evidence = [f"description[{a}:{b}]={words}" for a, b, words in self._quotes(case, reading)]
        if case.code and (found.basis != "text" or any("code" in n for n in found.notes)):
            evidence.append(f"hs={case.code}")
            now = followed(case.code, case.revision)
            if now and hs6 != case.code[:6]:
                evidence.append(f"note=a code of HS {YEARS[case.revision]}: {joined(now)} in HS {YEARS[WRITTEN]}")
        if not hs6 and reading is not None and reading.hs6:
            evidence.append(f"note=candidate code {reading.hs6}")
        notes = dict.fromkeys((*found.notes, *(reading.notes if reading else ())))
        evidence += [n if n.startswith("maker=") else f"note={n}" for n in notes]
        return Row(
            found.family, reading.brand if reading else "", reading.model if reading else "", entries,
            round(found.score, 4), ";".join(evidence), found.basis, listed, spray,
        )  # fmt: skip


_NOTHING = Row()


def _today(code: str, revision: str) -> str:
    """The six digits that lists are asked for: as declared, or the first of what they are today that a list knows."""
    declared = code[:6]
    if controls("", declared):
        return declared
    return next((c for c in followed(code, revision) if controls("", c)), declared)


def _quote(words: str) -> str:
    """Words for an evidence list: no separator, no line break, not too long."""
    return " ".join(words.replace(";", ",").split())[:QUOTED]
