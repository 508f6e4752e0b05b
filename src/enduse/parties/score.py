"""One scorer for resolving, screening and comparing: a calibrated probability that two names are one party, and why."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from enduse.parties.align import Alignment, Match, Rest, align
from enduse.parties.declared import evidence, same_identifier
from enduse.parties.features import FEATURES, STRONG, SURE, exchanged, features, numbers_clash, one_letter, other_form
from enduse.parties.model import log_odds, many_log_odds
from enduse.parties.name import Kind, Name
from enduse.parties.reasons import reasons
from enduse.parties.words import INITIAL

__all__ = ["FEATURES", "Scored", "ceiling", "evidence", "exchanged", "odds", "probabilities", "probability", "score"]

EQUAL = 3.6  # log-odds of two names that are equal after normalisation and hold one full word of information
SLIP, PERSON_SLIP = 3.4, 1.5  # of names that differ by one exchange of letters in a long word
# Ceilings in log-odds, set by hand (see `ceiling`).
SLIP_LETTERS = 9  # letters of a text that may hold one slip
LITTLE, SLOPE = -1.0, 3.6  # what common words alone support, and what each word of information adds
AGAINST = -0.7  # where both names have other words besides
NUMBERS = -2.0  # different numbers: Plant No. 5 is not Plant No. 6
LETTERS = {2: 0.3, 3: 0.6, 4: 1.6}  # an acronym of so many letters and nothing else that tells firms apart
TWO = 2  # slips of the keyboard that a long text may hold
INITIALS = -0.4  # an initial against another name
NUMBERED = -0.1  # a number on one side only
ONE_WORD = 0.3  # one word in common is no person
UNSURE = 2.3  # nothing but words that are alike
BRAND, COMMON = 0.5, 0.45  # names equal but for common words of so much information together
OTHER = 0.05  # other words that tell firms apart on both sides
ONE_MORE = 1.2  # one such word shared, one more on one side
ONE_LETTER, NEAR = 0.6, 1.2  # a short word with another letter, a long one with several
LONG, BONES, ALIKE = (
    6,
    0.9,
    0.8,
)  # letters of a long word; similarity of words with the same consonants, and of words much alike


@dataclass(frozen=True, slots=True)
class Scored:
    """Probability that two names are one party, 0 to 1, and why; `reasons` are separated by `;`."""

    probability: float
    reasons: str


def odds(
    a: Name, b: Name, kind: Kind, al: Alignment | None = None, fitted: float | None = None, most: float | None = None
) -> float:
    """Log-odds of the names alone: the fitted sum, for equal names at least what their information supports, else at most the ceiling.

    `fitted` and `most` are the sum and the ceiling where the caller has them already.
    """
    al = al or align(a, b)
    value = log_odds(features(a, b, al), kind) if fitted is None else fitted
    if a.key == b.key:
        told = min(a.information, b.information)
        little = max(0.0, 0.6 - told)
        floor = EQUAL + 1.2 * min(1.0, told - 1.0) - 5.0 * little - (2.2 if other_form(a, b) else 0.0)
        return max(min(value, floor + 1.0), floor)
    if kind != "vessel" and exchanged(a.text, b.text):
        return max(value, SLIP if kind == "organization" else PERSON_SLIP)
    if kind == "organization" and value < BRAND and _one_more_common_word(a, b, al):
        value = BRAND
    value = min(value, ceiling(a, b, al, kind) if most is None else most)
    return max(value, ONE_LETTER) if one_letter(a, b) else value


def _one_more_common_word(a: Name, b: Name, al: Alignment) -> bool:
    """Whether the names are equal but for a common word or two (`Kedrovik`, `Kedrovik Trading`): worth a look, whatever the fit says."""
    if (al.left and al.right) or a.numbers != b.numbers or not (al.left or al.right):
        return False
    if any(p.similarity < 1.0 for p in al.pairs) or not all(r.known for r in al.left or al.right):
        return False
    return sum(p.weight for p in al.pairs) >= 1.0 and sum(r.weight for r in al.left or al.right) <= COMMON


def ceiling(a: Name, b: Name, al: Alignment, kind: Kind) -> float:
    """The highest log-odds that what two unequal names share can support, whatever else is alike.

    Initials and common words alone never make a match: they need a minimum of information. Numbers tell plants apart. An acronym
    says as much as it has letters.
    """
    limit = NUMBERS if numbers_clash(a, b) else NUMBERED if _numbered(al) else math.inf
    if kind == "person":
        return min(limit, _person_ceiling(a, b, al))
    cross = a.script != b.script
    shared, best, acronym = 0.0, -math.inf, 0
    for p in al.pairs:
        if p.how == "acronym":
            acronym = max(acronym, min(len(p.left), len(p.right)))
        short = min(len(p.left), len(p.right)) <= 2 and not p.left.isdigit()
        shared += p.similarity * p.weight * (0.5 if short else 1.0)
        if p.weight >= STRONG and not short and p.how not in ("acronym", "initial"):
            best = max(best, UNSURE if cross and p.similarity < SURE else math.inf if cross else _alike(p))
    if shared < 1.0:
        limit = min(limit, LITTLE + SLOPE * shared + (AGAINST if al.left and al.right else 0.0))
    if acronym:
        best = max(best, LETTERS.get(acronym, UNSURE))
    if best > -math.inf:
        limit = min(limit, best)
    return limit if cross else min(limit, _apart(al))


def _numbered(al: Alignment) -> bool:
    """Whether one name is the other with a number other than 1 and nothing else more: `Fund` is hardly `Fund II`."""
    rest = al.left or al.right
    return not (al.left and al.right) and len(rest) == 1 and rest[0].word.isdigit() and rest[0].word != "1"


def _apart(al: Alignment) -> float:
    """What may be left over in one script: words that tell firms apart on both sides, or several on one beside a single shared one."""
    ours, theirs = (sum(r.weight >= STRONG and len(r.word) > 2 for r in side) for side in (al.left, al.right))
    if ours and theirs:
        return OTHER
    strong = sum(p.weight >= STRONG for p in al.pairs)
    return (math.inf, ONE_MORE, ONE_WORD)[min(ours + theirs, 2)] if strong == 1 else math.inf


def _alike(p: Match) -> float:
    """What two words of one script that tell firms apart support by themselves: all if equal, less the more letters differ."""
    if p.similarity == 1.0 or p.how in ("derived", "learned", "joined"):
        return math.inf
    edits, size = OSA.distance(p.left, p.right), max(len(p.left), len(p.right))
    if p.similarity >= BONES:  # the same consonants
        return UNSURE + 0.7 if size > LONG else UNSURE
    if edits == 1:
        return UNSURE if size > LONG + 1 else ONE_LETTER
    return NEAR if p.similarity >= ALIKE and size > LONG + 1 else ONE_WORD


def _person_ceiling(a: Name, b: Name, al: Alignment) -> float:
    """One word in common is no person, unless the others stand as initials."""
    full = sum(1 for p in al.pairs if p.similarity != INITIAL and min(len(p.left), len(p.right)) > 1)
    if full > 1:
        return INITIALS if _other_initial(al) else math.inf
    if not full or (full == 1 and a.script == b.script and _words(al.left) and _words(al.right)):
        return ONE_WORD if full and _two_slips(a, b) else LITTLE
    shorter = min((al.left, a), (al.right, b), key=lambda side: len(side[1].words))
    return math.inf if len(shorter[1].words) > 1 and not shorter[0] else ONE_WORD


def _two_slips(a: Name, b: Name) -> bool:
    """Whether the whole texts differ by two letters at most: `Igor Sechev` is closer to `Igor Sechin` than the words alone tell."""
    if max(len(a.text), len(b.text)) < SLIP_LETTERS or abs(len(a.text) - len(b.text)) > TWO:
        return False
    return OSA.distance(a.text, b.text, score_cutoff=TWO) <= TWO


def _other_initial(al: Alignment) -> bool:
    """Whether an initial of one name stands for none of the words that the other has left (`Hans O.`, `Hans Joachim`)."""
    ours, theirs = (any(len(r.word) == 1 and r.word.isalpha() for r in side) for side in (al.left, al.right))
    return (ours and _words(al.right)) or (theirs and _words(al.left))


def _words(side: list[Rest]) -> bool:
    return any(len(r.word) > 1 and r.weight > 0.0 for r in side)


def probability(log_odds_: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds_))))


def _rounded(value: float) -> float:
    """Six digits: fine enough to rank pairs that are hardly alike, too coarse to differ between machines."""
    return round(min(0.9999, probability(value)), 6)


def score(a: Name, b: Name, kind: Kind, *, least: float = 0.0) -> Scored:
    """Calibrated probability that `a` and `b` are the same party, with reasons for and against.

    The probability is symmetric; reasons name the words of `a` first. Below `least` the probability is an upper bound and the reasons are left out: bounds are much quicker than
    features. Equal names of no information (`Trading Company`) stay below certainty.
    """
    swapped = (b.words, b.raw) < (a.words, a.raw)
    if swapped:
        a, b = b, a
    if not a.words or not b.words:
        same = same_identifier(a, b)
        return Scored(0.97 if same else 0.0, "for: same identifier" if same else "against: no name to compare")
    beside = evidence(a, b)
    best: tuple[float, Name, Name, Alignment] | None = None
    for x, y in ((a, b), *_readings(a, b)):
        al = align(x, y)
        most = math.inf if least <= 0.0 else _most(x, y, al, kind)
        value = most if probability(most + beside) < least else odds(x, y, kind, al)
        if best is None or value > best[0]:
            best = (value, x, y, al)
    assert best is not None  # noqa: S101 - the pair itself is always compared
    value, a, b, al = best
    sure = _rounded(value + beside)
    if sure < least:
        return Scored(sure, "")
    return Scored(sure, ";".join(reasons(b, a, al.mirrored()) if swapped else reasons(a, b, al)))


def probabilities(left: Sequence[Name], right: Sequence[Name], kind: Kind, *, least: float = 0.0) -> list[float]:
    """`score(...).probability` pair by pair, without reasons and several times as fast: the trees are walked for all at once."""
    import numpy as np

    out = [0.0] * len(left)
    rows: list[list[float]] = []
    waiting: list[tuple[int, float, Name, Name, Alignment, float | None]] = []
    for n, (p, q) in enumerate(zip(left, right, strict=True)):
        a, b = _ordered(p, q)
        if not a.words or not b.words:
            out[n] = 0.97 if same_identifier(a, b) else 0.0
            continue
        beside = evidence(a, b)
        for x, y in ((a, b), *_readings(a, b)):
            al = align(x, y)
            most: float | None = None
            if least > 0.0:
                most = _most(x, y, al, kind)
                if probability(most + beside) < least:
                    out[n] = max(out[n], _rounded(most + beside))
                    continue
            rows.append(features(x, y, al))
            waiting.append((n, beside, x, y, al, most))
    if rows:
        fitted = many_log_odds(np.asarray(rows, np.float64), kind).tolist()
        for value, (n, beside, x, y, al, most) in zip(fitted, waiting, strict=True):
            out[n] = max(out[n], _rounded(odds(x, y, kind, al, value, most) + beside))
    return out


def _ordered(a: Name, b: Name) -> tuple[Name, Name]:
    return (b, a) if (b.words, b.raw) < (a.words, a.raw) else (a, b)


def _most(a: Name, b: Name, al: Alignment, kind: Kind) -> float:
    """An upper bound of `odds` from the alignment alone."""
    if a.key == b.key or (kind != "vessel" and exchanged(a.text, b.text)):
        return math.inf
    most = ceiling(a, b, al, kind)
    return max(most, ONE_LETTER) if one_letter(a, b) else most


def _readings(a: Name, b: Name) -> list[tuple[Name, Name]]:
    """The pair with a Russian text read as Chinese, where the other side is written otherwise."""
    if a.script == b.script or (a.reading is None and b.reading is None):
        return []
    return [
        tuple(replace(n.reading, country=n.country, identifiers=n.identifiers) if n.reading else n for n in (a, b))  # type: ignore[list-item]
    ]
