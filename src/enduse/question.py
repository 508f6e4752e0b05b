"""What a question in words asks for: goods, lane and window. What was understood is written down for the user to edit."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from enduse.contracts.case_file import Scope
from enduse.errors import CaseError

_DATE = r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)"
# A place is one or more capitalised words or alpha-2 codes, joined by commas, "and" or "or".
_PLACE = r"((?:[A-Z][\w'’.-]*(?: of)?(?: [A-Z][\w'’.-]*)*)(?:(?:, | and | or |, and |, or )(?:the )?(?:[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*)*))*)"


def _first_day(text: str) -> dt.date:
    return dt.date.fromisoformat((text + "-01-01")[:10] if len(text) < 10 else text)


def _last_day(text: str) -> dt.date:
    if len(text) == 4:
        return dt.date(int(text), 12, 31)
    if len(text) == 7:
        year, month = int(text[:4]), int(text[5:])
        return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
    return dt.date.fromisoformat(text)


def _window(text: str) -> tuple[dt.date | None, dt.date | None]:
    def found(words: str) -> str | None:
        match = re.search(rf"\b(?:{words})\s+{_DATE}\b", text, re.IGNORECASE)
        return match.group(1) if match else None

    between = re.search(rf"\bbetween\s+{_DATE}\s+and\s+{_DATE}\b", text, re.IGNORECASE)
    try:
        if between:
            return _first_day(between.group(1)), _last_day(between.group(2))
        since, until, within = found("since|from|after"), found("until|till|through|before|to"), found("in|during")
        if within and not since and not until:
            since = until = within
        return (_first_day(since) if since else None), (_last_day(until) if until else None)
    except ValueError as error:
        raise CaseError(
            f"a date in the question cannot be read: {error}",
            where=f"question {text!r}",
            fix="Write dates as YYYY, YYYY-MM or YYYY-MM-DD",
        ) from error


def _countries(text: str, words: str, country: Callable[[str], str | None]) -> tuple[str, ...]:
    out: list[str] = []
    for match in re.finditer(rf"\b(?:{words})\s+(?:the )?{_PLACE}", text):
        for name in re.split(r",\s*(?:and |or )?|\s+(?:and|or)\s+", match.group(1)):
            code = country(name.strip().removeprefix("the "))
            if code:
                out.append(code)
    return tuple(dict.fromkeys(out))


def scope_of(question: str, country: Callable[[str], str | None]) -> Scope:
    """The scope a question asks for. `country` turns a name or code into alpha-2, or None."""
    since, until = _window(question)
    words = question.casefold()
    no_parts = bool(re.search(r"\b(without|no|not|excluding|except)\s+(?:\w+\s+)?(parts|components|spares)\b", words))
    return Scope(
        destination=_countries(question, "to|into|reaching", country),
        origin=_countries(question, "made in|of origin|originating in", country),
        departure=_countries(question, "(?<!made )from|out of|shipped from", country),
        since=since,
        until=until,
        parts=not no_parts,
    )


def watch_of(question: str) -> str | None:
    """The watch profile a question names, if it does: HS prefixes or the goods in words."""
    codes = re.findall(r"\bHS\s*(?:code\s*)?(\d{2,10})\b", question, re.IGNORECASE)
    if codes:
        return "hs:" + ",".join(dict.fromkeys(codes))
    words = question.casefold()
    if "common high priority" in words or re.search(r"\bchpl?\b", words):
        return "common-high-priority"
    return "civil-drones" if re.search(r"\b(drones?|uavs?|unmanned aircraft|quadcopters?)\b", words) else None
