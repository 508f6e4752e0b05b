"""The Harmonized System through its revisions: which one was in force, and what a code of one is in another.

`codes.csv` (revisions, heading, codes): every six-digit code by the revisions it stands in; the counts per revision are
those of the nomenclatures. `changes.csv` (before, after, code, codes): what a code became in the next revision, where
that is not itself alone. Both hold the facts of the correlation tables of the UN Statistics Division (HS 1992 to 2022,
as published for Comtrade), read from a public copy under Apache-2.0; nothing was added. `adoption.csv` names countries
that took up a revision later than the World Customs Organization's date; `evidence` says how far a row was checked
(`recalled`: from general knowledge, not compared with the gazette).

Revisions: H0 (1988/92), H1 (1996), H2 (2002), H3 (2007), H4 (2012), H5 (2017), H6 (2022).
"""

from __future__ import annotations

import csv
import datetime as dt
import itertools
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

REVISIONS: tuple[str, ...] = ("H0", "H1", "H2", "H3", "H4", "H5", "H6")
# World Customs Organization: each amendment of the nomenclature enters into force on 1 January of its year.
YEARS: dict[str, int] = {"H0": 1988, "H1": 1996, "H2": 2002, "H3": 2007, "H4": 2012, "H5": 2017, "H6": 2022}


@dataclass(frozen=True)
class Conversion:
    """What a code is in another revision. `codes` has one code if `kind` is exact, several if ambiguous, none if unknown.

    `exact` says that all goods of the code are found under the one code (which may hold others too).
    """

    kind: Literal["exact", "ambiguous", "unknown"]
    codes: tuple[str, ...] = ()

    @property
    def code(self) -> str | None:
        """The code, where there is only one."""
        return self.codes[0] if self.kind == "exact" else None


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()))


@cache
def codes(revision: str) -> frozenset[str]:
    """All six-digit codes of a revision. Raises ValueError for a revision that is none."""
    _check(revision)
    digit = revision[1]
    return frozenset(
        row["heading"] + end for row in _rows("codes.csv") if digit in row["revisions"] for end in row["codes"].split()
    )


@cache
def _step(before: str, after: str) -> dict[str, tuple[str, ...]]:
    """What changed between two neighbouring revisions, in either direction."""
    if REVISIONS.index(before) < REVISIONS.index(after):
        return {
            r["code"]: tuple(r["codes"].split("|"))
            for r in _rows("changes.csv") if (r["before"], r["after"]) == (before, after)
        }  # fmt: skip
    back: dict[str, set[str]] = {}
    forward = _step(after, before)
    for old, new in forward.items():
        for code in new:
            back.setdefault(code, set()).add(old)
    unchanged = codes(before) & codes(after) - forward.keys()
    for code, old_codes in back.items():
        if code in unchanged:  # a code that did not change keeps itself among its sources
            old_codes.add(code)
    return {code: tuple(sorted(old)) for code, old in back.items()}


def _check(revision: str) -> None:
    if revision not in REVISIONS:
        raise ValueError(f"{revision!r} is no revision of the HS: {', '.join(REVISIONS)}")


@lru_cache(maxsize=65_536)
def convert(code: str, from_rev: str, to_rev: str) -> Conversion:
    """A code of one revision in another: exact, ambiguous with every code it may be, or unknown.

    `code` is digits; of more than six the first six are converted, of four (two) every subheading under them, and the
    answer has as many digits as were converted. Steps are followed one revision after another, so an answer over several
    steps holds every code a lot may have passed into: ambiguity never shrinks by chance. Raises ValueError for a
    revision that is none.
    """
    _check(from_rev)
    _check(to_rev)
    size = 6 if len(code) >= 6 else 4 if len(code) >= 4 else 2
    if not code.isdigit() or len(code) < 2:
        return Conversion("unknown")
    held = codes(from_rev)
    here = {code[:6]} & held if size == 6 else {c for c in held if c.startswith(code[:size])}
    start, end = REVISIONS.index(from_rev), REVISIONS.index(to_rev)
    way = REVISIONS[start : end + 1] if start <= end else REVISIONS[end : start + 1][::-1]
    for before, after in itertools.pairwise(way):
        changes = _step(before, after)
        there = codes(after)
        here = {new for old in here for new in changes.get(old, (old,) if old in there else ())}
    found = tuple(sorted({c[:size] for c in here}))
    return Conversion("unknown" if not found else "exact" if len(found) == 1 else "ambiguous", found)


@cache
def _adopted() -> dict[str, dict[str, dt.date]]:
    found: dict[str, dict[str, dt.date]] = {}
    for row in _rows("adoption.csv"):
        found.setdefault(row["country"], {})[row["revision"]] = dt.date.fromisoformat(row["since"])
    return found


@lru_cache(maxsize=131_072)
def revision(day: dt.date, country: str | None = None) -> str | None:
    """The revision in force on a day, in a country where it is known to have come later; None before 1988."""
    own = _adopted().get(country or "", {})
    for name in reversed(REVISIONS):
        if day >= own.get(name, dt.date(YEARS[name], 1, 1)):
            return name
    return None


def follow(known: dict[str, str], to_rev: str) -> dict[str, Conversion]:
    """A watch list's codes (code: revision it was written in) in the revision of a declaration."""
    return {code: convert(code, rev, to_rev) for code, rev in known.items()}


__all__ = ["REVISIONS", "YEARS", "Conversion", "codes", "convert", "follow", "revision"]
