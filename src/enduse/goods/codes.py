"""What a declared goods code says, and how it and the text together make one answer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from enduse.goods import confidence as sure
from enduse.goods.lexicon import Lexicon
from enduse.goods.reading import Reading
from enduse.goods.watch import Family, Profile
from enduse.reference import hs

# Chapters of animals, food, leather goods, paper, textiles and music: there the words of this trade mean other things.
_FAR = frozenset([f"{n:02d}" for n in range(1, 25)] + ["42", "48", "49", "92"] + [f"{n}" for n in range(50, 68)])
_TOKEN = re.compile(r"\w{3,}")


@dataclass(frozen=True)
class Answer:
    """The row of the goods table a text and a code lead to, spans still in folded text."""

    family: str
    score: float
    basis: str
    reading: Reading | None = None
    notes: tuple[str, ...] = ()


def digits(code: str) -> str:
    """The digits of a declared code (2 to 12), or nothing: blanks, dots and `nan` are no code."""
    bare = re.sub(
        r"[\s.\-/']", "", re.sub(r"^\s*(\d{4,12})\.0\s*$", r"\1", code)
    )  # 88062210.0 is a number read by a spreadsheet
    return bare if bare.isascii() and bare.isdigit() and 2 <= len(bare) <= 12 else ""


def odd_code(raw: str) -> str:
    """What is wrong with a declared code cell, in words; nothing where it is empty or reads as an HS code."""
    text = raw.strip()
    if not text or text.casefold() in ("nan", "none", "null", "-", "n/a"):
        return ""
    found = digits(text)
    if not found:
        return f"code not readable as HS digits, {' '.join(text.replace(';', ',').split())[:20]}"
    return f"code of {len(found)} digits" if len(found) % 2 else ""


WRITTEN = "H6"  # the revision the lists and the shipped profiles are written in; an older one's prefixes stand in them as such


def followed(code: str, revision: str) -> tuple[str, ...]:
    """The subheadings of today's revision a declared code may be; empty where the code or the revision is today's or unknown.

    A code that does not exist in the stated revision is not followed: the date or the code is wrong then, and the code
    is taken as it stands. Correlation tables name every subheading a lot may have passed into, also waste and odd parts;
    where some of them share the heading, else the chapter, of the declared code, only those are given.
    """
    if revision in ("", WRITTEN) or revision not in hs.REVISIONS or len(code) < 6 or code[:6] not in hs.codes(revision):
        return ()
    found = hs.convert(code[:6], revision, WRITTEN).codes
    if code[:6] in found:
        return ()
    for size in (4, 2):
        if near := tuple(c for c in found if c[:size] == code[:size]):
            return near
    return found


def joined(codes: tuple[str, ...]) -> str:
    return f"{', '.join(codes[:4])}{' and others' if len(codes) > 4 else ''}"


class Codes:
    """Headings of a profile, looked up by declared digits."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._seen: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}

    def speaks(self, code: str, revision: str) -> tuple[tuple[str, str], ...]:
        """(family, strength) for each family the code speaks for; strength: listed, own, other_revision, shared, hint."""
        key = (code, revision)
        if key not in self._seen:
            self._seen[key] = tuple(self._speaks(code, revision)) if code else ()
        return self._seen[key]

    def _speaks(self, code: str, revision: str) -> list[tuple[str, str]]:
        out = []
        for family in self.profile.families:
            if code[:6] in family.listed:
                out.append((family.id, "listed"))
                continue
            fitting = [h for h in family.headings if code.startswith(h.prefix)]
            if fitting:
                best = max(fitting, key=lambda h: len(h.prefix))
                foreign = best.revisions and revision and revision not in best.revisions
                out.append((family.id, "other_revision" if foreign and best.strength == "own" else best.strength))
            elif strength := _followed(family, followed(code, revision)):
                out.append((family.id, strength))
        return out


def _followed(family: Family, codes: tuple[str, ...]) -> str:
    """How the codes a declared one may be today speak for a family: the weakest of them, and less where not all of them do."""
    if not codes:
        return ""
    if family.listed:
        hits = sum(c in family.listed for c in codes)
        return "" if not hits else "listed" if hits == len(codes) else "shared"
    fitting = [
        max((h for h in family.headings if c.startswith(h.prefix)), key=lambda h: len(h.prefix), default=None)
        for c in codes
    ]
    held = [h.strength for h in fitting if h is not None]
    if not held:
        return ""
    weakest = min(held, key=("hint", "shared", "own").index)
    if len(held) == len(codes):
        return weakest
    # One of several: words must say so, and where a family has none the answer stays open.
    return "hint" if any(family.words.get(k) for k in ("words", "hints")) else "shared"


def tone(lexicon: Lexicon, folded: str, family: Family, *, vague: bool) -> str:
    """How a text without a reading goes with a family's code: silent, supports, part, other or against."""
    if vague or not re.search(r"[^\W\d_]{2}", folded):
        return "silent"
    kinds = {s.kind for m in lexicon.mentions(folded) for s in m.senses if s.family in (family.id, family.part_of)}
    if kinds & {"negative", "accessory", "other"}:
        return "against"
    if kinds & {"hint", "brand", "line", "model", "partline"}:
        return "supports"
    if "part" in kinds:
        return "part"
    coded = any(not w.isalpha() and not w.isdigit() for w in _TOKEN.findall(folded))
    return "silent" if coded else "other"


def combine(
    profile: Profile, readings: list[Reading], spoken: tuple[tuple[str, str], ...], code: str, tones: dict[str, str]
) -> Answer | None:
    """The best-supported family, or none. `tones` holds the tone of the text per family the code speaks for."""
    strengths = dict(spoken)
    answers = [a for r in readings if (a := _with_text(profile, r, strengths, code)) is not None]
    read = {r.family for r in readings}
    for family, strength in spoken:
        if family in read or any(profile.family(r).part_of == family for r in read):
            continue  # the text says what it is, this or a part of it
        answer = _code_only(profile, profile.family(family), strength, tones.get(family, "silent"), read)
        if answer is not None:
            answers.append(answer)
    order = {f.id: i for i, f in enumerate(profile.families)}
    return max(answers, key=lambda a: (a.score, -order[a.family]), default=None)


def _with_text(profile: Profile, reading: Reading, strengths: dict[str, str], code: str) -> Answer | None:
    family = profile.family(reading.family)
    strength = strengths.get(family.id)
    score = reading.score
    whole = strengths.get(family.part_of) if family.part_of else None
    part = next(
        (f for f in profile.families if f.part_of == family.id and strengths.get(f.id) in ("own", "shared")), None
    )
    if strength == "listed":
        return Answer(family.id, sure.AGREE, "code+text", reading)
    if strength in ("own", "other_revision", "shared"):
        return Answer(
            family.id, sure.AGREE if score >= sure.MODEL_IN_CONTEXT else sure.AGREE_WEAK, "code+text", reading
        )
    if whole in ("own", "other_revision"):
        return Answer(family.id, sure.PART_UNDER_WHOLE, "code+text", reading, ("the code is of whole aircraft",))
    if part is not None:
        if reading.model:
            return Answer(family.id, sure.WHOLE_UNDER_PART, "text", reading, ("the code is of parts",))
        return Answer(part.id, sure.WORD, "code+text", reading)
    if strength == "hint":
        if "toy" in reading.notes:
            return Answer(family.id, score, "text", reading)
        return Answer(family.id, sure.HINTED if score >= sure.PART else score + (1 - score) / 2, "code+text", reading)
    if not code:
        return Answer(family.id, score, "text", reading)
    if reading.hs6 and family.listed:
        return Answer(family.id, round(score / 2, 3), "text", reading, ("the code is not on the list",))
    named = bool(reading.brand or reading.model)
    factor = sure.OTHER_CHAPTER if code[:2] in _FAR and not named else sure.OTHER_CODE
    return Answer(family.id, round(score * factor, 3), "text", reading, ("the code is of other goods",))


def _code_only(profile: Profile, family: Family, strength: str, text: str, read: set[str]) -> Answer | None:
    if strength == "listed":
        return Answer(family.id, sure.CODE_LISTED, "code")
    if strength == "shared":
        if read or text == "against":
            return None
        return Answer(family.id, sure.CODE_SHARED, "code")
    if strength not in ("own", "other_revision"):
        return None
    if not any(family.words.get(k) for k in ("words", "hints")):
        return Answer(family.id, sure.CODE_PLAIN, "code")
    if text == "part":
        part = next((f for f in profile.families if f.part_of == family.id), None)
        if part is not None:
            return Answer(part.id, sure.PART_UNDER_WHOLE, "code+text", None, ("the text names a part",))
    score = {"silent": sure.CODE_OWN, "supports": sure.CODE_OWN_SUPPORTED}.get(text, sure.CODE_OWN_OTHER_TEXT)
    notes: tuple[str, ...] = ("the text names other goods",) if text in ("other", "against") else ()
    if strength == "other_revision":
        score, notes = round(score * sure.OTHER_CODE, 3), (*notes, "the code is not of the revision in force")
    return Answer(family.id, score, "code", None, notes)
