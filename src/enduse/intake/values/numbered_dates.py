"""The date inside a declaration's number, for files that have no column of dates.

- EAEU: `10012020/310325/5016594`, the office, the day of registration and a running number (Decision 257 of the Customs
  Union Commission, 20.05.2010, column A of the declaration).
- Pakistan: `KAPE-HC-1234-05-07-2021`, the office, its section, a running number and the day.
- Ukraine: `UA100020/2021/123456`, the year alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .dates import parse

_SHARE = 0.6  # of the numbers of a file that must bear a date


@dataclass(frozen=True)
class InNumber:
    """`cut` is SQL with `{}` for the number's column: the text that is read as a date in `order`. `why` is for people."""

    cut: str
    order: str
    why: str


_EAEU = re.compile(r"^\d{5,8}/(\d{6})/\w{5,8}(?:/\d+)?$")
_PAKISTAN = re.compile(r"^[A-Z]{3,5}-[A-Z]{2}-\d+-(\d\d-\d\d-\d{4})$")
_YEAR = re.compile(r"^(?:UA)?\d{6,9}/((?:19|20)\d\d)/\d{4,7}$")

_FORMS = (
    (_EAEU, InNumber("split_part({}, '/', 2)", "ddmmyy", "day of registration in the number: office/ddmmyy/number")),
    (_PAKISTAN, InNumber("right({}, 10)", "dmy", "day at the end of the number")),
    (_YEAR, InNumber("split_part({}, '/', 2)", "ymd", "year in the number: office/year/number")),
)


def in_numbers(values: Iterable[str | None]) -> InNumber | None:
    """How the numbers of a file bear a date, or None if most do not."""
    filled = [v.strip() for v in values if v]
    for form, found in _FORMS:
        hits = [m[1] for v in filled if (m := form.match(v))]
        if len(hits) >= _SHARE * len(filled) and hits and all(parse(h, found.order) for h in hits):
            return found
    return None
