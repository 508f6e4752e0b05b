"""From distinct (text, maker, code) to rows of the goods table: read each text once, then put text and code together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from enduse.goods.codes import Answer, Codes, combine, digits, tone
from enduse.goods.controls import UNKNOWN, controls
from enduse.goods.fold import fold_all, locate
from enduse.goods.lexicon import Lexicon, lexicon
from enduse.goods.reading import Reading, read
from enduse.goods.vague import vague_rules_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from enduse.goods.watch import Profile

QUOTED = 80  # an evidence quote is cut there
MAX_SPANS = 12  # quotes of one row
MAX_TEXT = 4_000  # characters of a text that are read; what follows is furniture


@dataclass(frozen=True)
class Case:
    """One distinct combination. `text` and `code` index into the distinct texts and codes."""

    text: int
    maker: int
    code: str
    revision: str
    period: int = UNKNOWN
    from_china: bool | None = None


@dataclass(frozen=True)
class Row:
    family: str = ""
    brand: str = ""
    model: str = ""
    controls: str = ""
    confidence: float | None = None
    evidence: str = ""
    basis: str = ""
    listed: str = ""  # the six digits that the control entries were looked up by


class Reader:
    """Reads distinct texts under one profile and keeps what it found, so that a text costs once."""

    def __init__(self, profile: Profile, texts: Sequence[str], known: Lexicon | None = None) -> None:
        self.profile, self.lexicon, self.codes = profile, known or lexicon(profile), Codes(profile)
        self.texts = [t[:MAX_TEXT] for t in texts]
        self.folded = fold_all(self.texts)
        self.vague = vague_rules_all(self.texts, self.folded)
        self.open = frozenset(self.lexicon.open(self.folded))
        self._read: dict[tuple[int, int, frozenset[str], frozenset[str]], list[Reading]] = {}
        self._tones: dict[tuple[int, str], str] = {}

    def readings(self, case: Case, supported: frozenset[str], owned: frozenset[str]) -> list[Reading]:
        """Readings of the text, with the maker column in front where it names a brand the text does not."""
        key = (case.text, case.maker, supported, owned)
        if key not in self._read:
            found = (
                read(self.lexicon, self.folded[case.text], supported=supported, owned=owned)
                if case.text in self.open or supported
                else []
            )
            if self._names_brand(case):
                found = self._with_maker(case, found, supported, owned)
            self._read[key] = found
        return self._read[key]

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
        if not spoken and case.text not in self.open and not self._names_brand(case):
            return self._unwatched(case)
        supported = frozenset(f for f, s in spoken if s in ("own", "hint", "shared", "other_revision"))
        owned = frozenset(f for f, s in spoken if s in ("own", "other_revision"))
        readings = self.readings(case, supported, owned)
        tones = {f: self._tone(case.text, f) for f, s in spoken if s in ("own", "shared", "other_revision")}
        found = combine(self.profile, readings, spoken, case.code, tones)
        if found is None:
            return self._unwatched(case)
        return self._row(case, found)

    def speaking(self, text: int, maker: int) -> bool:
        """Whether a text, or the maker column beside it, can mean anything to the profile whatever the code."""
        return text in self.open or self._names_brand(Case(text, maker, "", ""))

    def _unwatched(self, case: Case) -> Row:
        entries = controls("", case.code[:6], case.period, from_china=case.from_china)
        return Row(controls=entries, listed=case.code[:6]) if entries else _NOTHING

    def _tone(self, text: int, family: str) -> str:
        key = (text, family)
        if key not in self._tones:
            self._tones[key] = tone(
                self.lexicon, self.folded[text], self.profile.family(family), vague=bool(self.vague[text])
            )
        return self._tones[key]

    def _row(self, case: Case, found: Answer) -> Row:
        reading = found.reading
        hs6 = case.code[:6] if len(case.code) >= 6 else ""
        listed = hs6 or (reading.hs6 if reading else "")
        entries = controls(found.family, listed, case.period, from_china=case.from_china)
        evidence = []
        if reading:
            text, folded = self.texts[case.text], self.folded[case.text]
            for start, end in reading.spans[:MAX_SPANS]:
                a, b = locate(text, folded, start, end)
                evidence.append(f"description[{a}:{b}]={_quote(text[a:b])}")
        if case.code and (found.basis != "text" or any("code" in n for n in found.notes)):
            evidence.append(f"hs={case.code}")
        notes = dict.fromkeys((*found.notes, *(reading.notes if reading else ())))
        evidence += [n if n.startswith("maker=") else f"note={n}" for n in notes]
        return Row(
            found.family, reading.brand if reading else "", reading.model if reading else "", entries,
            round(found.score, 4), ";".join(evidence), found.basis, listed,
        )  # fmt: skip


_NOTHING = Row()


def _quote(words: str) -> str:
    """Words for an evidence list: no separator, no line break, not too long."""
    return " ".join(words.replace(";", ",").split())[:QUOTED]


def classify(
    texts: Sequence[str | None], hs: Sequence[str | None] | None = None, kg: Sequence[object] | None = None,
    quantity: Sequence[object] | None = None, watch: str | Profile = "civil-drones",
) -> pa.Table:  # fmt: skip
    """What each text (with its code, weight in kg and number of pieces) is, one row per text, in order.

    `hs`, `kg` and `quantity` may be missing, and any cell may be empty or unreadable. `watch` is the name of a profile or
    a profile. Columns: family, brand, model, hs6 (the declared six digits or empty), controls, vague, vague_rules,
    confidence, evidence. Raises `CaseError` for an unknown profile.
    """
    import pyarrow as pa

    from enduse.goods.watch import load
    from enduse.goods.weight import unit_note

    profile = load(watch) if isinstance(watch, str) else watch
    filled = ["" if t is None else str(t) for t in texts]
    coded = [digits("" if c is None else str(c)) for c in hs] if hs is not None else [""] * len(filled)
    place: dict[str, int] = {}
    index = [place.setdefault(t, len(place)) for t in filled]
    reader = Reader(profile, list(place))
    known: dict[tuple[int, str], Row] = {}
    out: dict[str, list[object]] = {
        n: [] for n in ("family", "brand", "model", "hs6", "controls", "vague", "vague_rules", "confidence", "evidence")
    }
    for number, (text, code) in enumerate(zip(index, coded, strict=True)):
        key = (text, code[:8])
        row = known.get(key)
        if row is None:
            row = known[key] = reader.answer(Case(text, text, code[:8], ""))
        note = unit_note(
            row.family, code, kg[number] if kg is not None else None, quantity[number] if quantity is not None else None
        )
        rules = reader.vague[text]
        values = (row.family, row.brand, row.model, code[:6] if len(code) >= 6 else "", row.controls, int(bool(rules)), ";".join(rules), row.confidence, f"{row.evidence};{note}" if note else row.evidence)  # fmt: skip
        for column, value in zip(out.values(), values, strict=True):
            column.append(value)
    types = {"vague": pa.int32(), "confidence": pa.float64()}
    return pa.table({n: pa.array(v, types.get(n, pa.string())) for n, v in out.items()})
