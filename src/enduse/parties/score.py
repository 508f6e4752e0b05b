"""One scorer for resolving, screening and comparing: features of two names, a calibrated probability, reasons in words."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz.distance import OSA, JaroWinkler

from enduse.parties.align import FUZZY, INITIAL, Alignment, align
from enduse.parties.identify import number_of
from enduse.parties.name import Kind, Name
from enduse.reference import party_tables

FEATURES = (
    "bias", "matched", "covered", "conflict", "worst", "extra", "fuzz", "fuzz_worst", "thin", "rich", "whole", "number_conflict", "number_one_sided",
    "form_conflict", "form_same", "acronym", "initials", "head", "near_conflict", "generic_conflict", "equal", "cross", "cross_conflict", "han", "abjad",
    "edits", "extra_top", "short",
)  # fmt: skip

STRONG = 0.6  # information from which a word tells one firm from others
SURE = 0.85  # similarity from which two such words are taken for one
EQUAL = 3.6  # log-odds of two names that are equal after normalisation and hold one full word of information
# Ceilings in log-odds, set by hand (see `ceiling`): nothing shared; gained per word of information; other words that tell firms
# apart in one script; the same across scripts or one-sided; such words that are only near or close; per letter of an acronym over three.
LITTLE, SLOPE, OTHER, TRANSLATED, NEAR, CLOSE, LETTERS = -1.0, 3.6, -0.2, 0.3, 1.4, 2.2, 1.2
_PARTNERS = frozenset({"llc", "lp"})
SLIP, LONG = 3.4, 6  # names that differ by one exchange of letters in a word of at least so many
ALIKE = 0.8  # edit similarity from which two words of one script are a spelling of each other


@dataclass(frozen=True, slots=True)
class Scored:
    """Probability that two names are one party, 0 to 1, and why; `reasons` are separated by `;`."""

    probability: float
    reasons: str


@cache
def _model() -> dict[Kind, tuple[float, ...]]:
    table = party_tables.model()["coefficients"]
    return {kind: tuple(table[kind].get(f, 0.0) for f in FEATURES) for kind in ("organization", "person", "vessel")}


def features(a: Name, b: Name, al: Alignment) -> list[float]:
    """The numbers the model weighs, in the order of FEATURES. Symmetric in `a` and `b`."""
    ia, ib = max(a.information, 1e-6), max(b.information, 1e-6)
    got = sum(s * w for _, _, s, w in al.pairs)
    left, right = sum(w for _, w in al.left), sum(w for _, w in al.right)
    matched = sum(w for _, _, _, w in al.pairs)
    conflict, extra = min(left, right), abs(left - right)
    fuzz = sum((1 - s) * w for _, _, s, w in al.pairs)
    fuzz_worst = max((1 - s for _, _, s, w in al.pairs if w > 0.5 and s > 0.56), default=0.0)
    initials = sum(1 for _, _, s, _ in al.pairs if s == 0.55)
    worst = min(max((w for _, w in al.left), default=0.0), max((w for _, w in al.right), default=0.0))
    near = 0.0
    if conflict > 0.3:
        near = max(
            (
                JaroWinkler.similarity(x, y)
                for x, wx in al.left
                for y, wy in al.right
                if wx > 0.3 and wy > 0.3 and not (x.isdigit() or y.isdigit())
            ),
            default=0.0,
        )
    edits = OSA.distance(a.squash, b.squash)
    whole = 1.0 - edits / max(len(a.squash), len(b.squash)) if a.squash and b.squash else 0.0
    if whole < 1 and a.key != a.squash:
        sorted_a, sorted_b = a.key.replace(" ", ""), b.key.replace(" ", "")
        whole = max(whole, OSA.normalized_similarity(sorted_a, sorted_b))
    equal = float(a.key == b.key)
    numbers_clash = bool(a.numbers and b.numbers and not (a.numbers <= b.numbers or b.numbers <= a.numbers))
    numbers_one = bool(a.numbers != b.numbers and not numbers_clash)
    forms_clash = _other_form(a, b)
    cross = a.script != b.script
    generic = min(sum(w for _, w in al.left if 0 < w < 0.6), sum(w for _, w in al.right if 0 < w < 0.6))
    top_left, top_right = (max((w for _, w in side), default=0.0) for side in (al.left, al.right))
    return [
        1.0,
        got / max(ia, ib, got),
        got / max(min(ia, ib), got * 0.999),
        min(conflict, 2.0),
        worst,
        min(extra, 3.0) / max(1.0, matched),
        min(fuzz, 1.5),
        fuzz_worst,
        max(0.0, 1.0 - matched),
        min(matched, 4.0),
        whole,
        float(numbers_clash),
        float(numbers_one),
        float(forms_clash),
        float(bool(a.forms & b.forms)),
        float(al.acronym),
        min(initials, 2),
        float(bool(a.words and b.words) and _head(a, al, 0) and _head(b, al, 1)),
        near,
        min(generic, 1.0),
        equal,
        float(cross),
        float(cross) * min(conflict, 2.0),
        float("han" in (a.script, b.script) and cross),
        float("abjad" in (a.script, b.script) and cross),
        min(edits, 8.0) / 8.0,
        max(top_left, top_right) if not (al.left and al.right) else 0.0,
        1.0 / max(1, min(len(a.words), len(b.words))),
    ]


def _other_form(a: Name, b: Name) -> bool:
    """Whether both declare a legal form and none is shared; a TOO is an LLP in some papers and an LLC in others."""
    if not a.forms or not b.forms or a.forms & b.forms:
        return False
    return not (a.forms | b.forms <= _PARTNERS)


def _head(name: Name, al: Alignment, side: int) -> bool:
    """Whether the first word that says much about the name is matched."""
    head = next((w for w, x in zip(name.words, name.weights, strict=True) if x >= 0.6), None)
    if head is None:
        return True
    return any(head in pair[:2][side] for pair in al.pairs)


def evidence(a: Name, b: Name) -> float:
    """Log-odds from what stands beside the names: identifiers decide, countries tilt."""
    odds = 0.0
    same, clash = _identifiers(a, b)
    if same:
        odds += 8.0
    elif clash:
        odds -= 8.0
    if a.country and b.country:
        ours, theirs = set(a.country.split(";")), set(b.country.split(";"))
        odds += 0.5 if ours & theirs else -0.8
    return odds


def _identifiers(a: Name, b: Name) -> tuple[bool, bool]:
    """(an identifier is equal, identifiers of one type differ)."""
    if not a.identifiers or not b.identifiers:
        return False, False
    if {number_of(i) for i in a.identifiers} & {number_of(i) for i in b.identifiers}:
        return True, False
    ours, theirs = ({i.partition(":")[0] for i in n.identifiers} for n in (a, b))
    return False, bool((ours & theirs) - {"ID"}) or (
        ours == theirs == {"ID"} and bool(a.country) and a.country == b.country
    )


@cache
def _calibration() -> dict[str, tuple[list[float], list[float]]]:
    table = party_tables.model().get("calibration", {})
    return {kind: ([x for x, _ in knots], [y for _, y in knots]) for kind, knots in table.items()}


def odds(a: Name, b: Name, kind: Kind, al: Alignment | None = None) -> float:
    """Log-odds of the names alone: the fitted sum, calibrated, and for equal names at least what their information supports."""
    al = al or align(a, b)
    row = features(a, b, al)
    value = sum(c * x for c, x in zip(_model()[kind], row, strict=True))
    knots = _calibration().get(kind)
    if knots:
        value = _interpolate(value, *knots)
    if a.key == b.key:
        told = min(a.information, b.information)
        clash = _other_form(a, b)
        little = max(0.0, 0.6 - told)
        return max(value, EQUAL + 1.2 * min(1.0, told - 1.0) - 5.0 * little - (2.2 if clash else 0.0))
    if kind == "organization" and exchanged(a.text, b.text):
        return max(value, SLIP)
    return min(value, ceiling(a, b, al, kind))


def exchanged(left: str, right: str) -> bool:
    """Whether two texts differ by two neighbouring letters of one long word, the commonest slip of the keyboard (Damerau 1964)."""
    if len(left) != len(right) or left == right:
        return False
    at = next(i for i, (x, y) in enumerate(zip(left, right, strict=True)) if x != y)
    if left[at : at + 2] != right[at : at + 2][::-1] or left[at + 2 :] != right[at + 2 :]:
        return False
    start, end = left.rfind(" ", 0, at) + 1, left.find(" ", at)
    word = left[start : end if end >= 0 else len(left)]
    return len(word) >= LONG and word.isalpha()


def ceiling(a: Name, b: Name, al: Alignment, kind: Kind) -> float:
    """The highest log-odds that what two unequal names share can support, whatever else is alike.

    Initials and common words alone never make a match: they need a minimum of information. Where a name has a word that tells
    firms apart and the other lacks it, equal common words weigh nothing; across scripts such a word may be a translation.
    """
    if kind == "person":
        return _person_ceiling(a, b, al)
    same_script = a.script == b.script
    shared, sure, near = 0.0, False, math.inf
    for left, right, s, w in al.pairs:
        short = min(len(left), len(right)) <= 2 and not left.isdigit()
        shared += s * w * (0.5 if short else 1.0)
        if w < STRONG or short or s == INITIAL:
            continue
        alike = 1.0 if s == 1.0 or not same_script else OSA.normalized_similarity(left, right)
        if al.acronym and " " in left + right:
            near = min(near, LETTERS * (min(len(left), len(right)) - 3) + TRANSLATED)
        elif s >= SURE and alike >= ALIKE:
            sure = True
        else:
            start = min(len(left), len(right)) >= 5 and (left.startswith(right) or right.startswith(left))
            near = min(near, CLOSE if alike >= ALIKE else NEAR if alike >= FUZZY or start else TRANSLATED)
    limit = LITTLE + SLOPE * shared if shared < 1.0 else math.inf
    if sure:
        return limit
    ours, theirs = _distinct(al.left), _distinct(al.right)
    if ours and theirs:
        return min(limit, OTHER if same_script else TRANSLATED)
    return min(limit, near if near < math.inf else TRANSLATED if ours or theirs else math.inf)


def _person_ceiling(a: Name, b: Name, al: Alignment) -> float:
    """One word in common is no person, unless the others stand as initials."""
    full = sum(1 for x, y, s, _ in al.pairs if s != INITIAL and min(len(x), len(y)) > 2)
    if full > 1:
        return math.inf
    if not full:
        return LITTLE
    shorter = min((al.left, a), (al.right, b), key=lambda side: len(side[1].words))
    return math.inf if len(shorter[1].words) > 1 and not shorter[0] else TRANSLATED


def _distinct(side: list[tuple[str, float]]) -> bool:
    return any(w >= STRONG and len(x) > 2 and not x.isdigit() for x, w in side)


def _interpolate(x: float, at: list[float], to: list[float]) -> float:
    """Piecewise linear through the knots; beyond them with slope one, so that order is kept."""
    if x <= at[0]:
        return to[0] + (x - at[0])
    if x >= at[-1]:
        return to[-1] + (x - at[-1])
    i = bisect_right(at, x)
    share = (x - at[i - 1]) / (at[i] - at[i - 1])
    return to[i - 1] + share * (to[i] - to[i - 1])


def probability(log_odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds))))


def score(a: Name, b: Name, kind: Kind, *, least: float = 0.0) -> Scored:
    """Calibrated probability that `a` and `b` are the same party, with reasons for and against.

    Symmetric. Below `least` the probability is an upper bound and the reasons are left out: bounds are much quicker than
    features. Equal names of no information (`Trading Company`) stay below certainty.
    """
    if (b.words, b.raw) < (a.words, a.raw):
        a, b = b, a
    if not a.words or not b.words:
        same = _identifiers(a, b)[0]
        return Scored(0.97 if same else 0.0, "same identifier" if same else "no name to compare")
    beside = evidence(a, b)
    best = (-math.inf, a, b, Alignment())
    for x, y in ((a, b), *_readings(a, b)):
        al = align(x, y)
        most = ceiling(x, y, al, kind) if x.key != y.key and not exchanged(x.text, y.text) else math.inf
        value = most if probability(most + beside) < least else odds(x, y, kind, al)
        if value > best[0]:
            best = (value, x, y, al)
    value, a, b, al = best
    sure = round(min(0.9999, probability(value + beside)), 4)
    return Scored(sure, ";".join(reasons(a, b, al)) if sure >= least else "")


def _readings(a: Name, b: Name) -> list[tuple[Name, Name]]:
    """The pair with a Russian text read as Chinese, where the other side is written otherwise."""
    if a.script == b.script or (a.reading is None and b.reading is None):
        return []
    return [
        tuple(replace(n.reading, country=n.country, identifiers=n.identifiers) if n.reading else n for n in (a, b))  # type: ignore[list-item]
    ]


def reasons(a: Name, b: Name, al: Alignment) -> list[str]:
    """What speaks for and against, strongest first, in words."""
    pro: list[str] = []
    contra: list[str] = []
    same, clash = _identifiers(a, b)
    if same:
        shared_numbers = {number_of(i) for i in a.identifiers} & {number_of(i) for i in b.identifiers}
        pro.append("for: same identifier " + ", ".join(sorted(shared_numbers)))
    if clash:
        contra.append("against: identifiers differ")
    if a.raw == b.raw:
        pro.append("for: same text")
    elif a.key == b.key:
        pro.append("for: same words after normalisation" + (" across scripts" if a.script != b.script else ""))
    else:
        exact = [x for x, _, s, w in sorted(al.pairs, key=lambda p: (-p[3], p[0])) if s == 1.0 and w > 0]
        if exact:
            pro.append("for: same " + ", ".join(exact[:4]))
        close = [f"{x} ~ {y}" for x, y, s, w in sorted(al.pairs, key=lambda p: (-p[3], p[0])) if s < 1.0 and w > 0]
        if close:
            pro.append("for: similar " + ", ".join(close[:3]))
    if al.acronym:
        pro.append("for: one is the acronym of the other")
    if a.country and b.country:
        shared = set(a.country.split(";")) & set(b.country.split(";"))
        (pro if shared else contra).append("for: same country" if shared else "against: other country")
    if a.numbers != b.numbers:
        contra.append(
            "against: number "
            + (", ".join(sorted(a.numbers)) or "none")
            + " and "
            + (", ".join(sorted(b.numbers)) or "none")
        )
    lost = [sorted((w for w, x in side if x > 0.2), key=str) for side in (al.left, al.right)]
    if lost[0] and lost[1]:
        contra.append("against: " + ", ".join(lost[0][:3]) + " stands against " + ", ".join(lost[1][:3]))
    elif lost[0] or lost[1]:
        contra.append("against: only one has " + ", ".join((lost[0] or lost[1])[:3]))
    if _other_form(a, b):
        contra.append("against: other legal form")
    if sum(w for _, _, _, w in al.pairs) < 0.8:
        contra.append("against: the shared words are common ones")
    return pro + contra
