"""The one selection every view shares, as it stands in the address: repeated keys are alternatives, different keys all hold."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from enduse.errors import UsageError
from enduse.web.index.layout import MARKS

VALUES = (
    "goods seller_country buyer_country origin departure destination direction source evidence marked hs seller buyer party "
    "model brand figure chain claim"
).split()
SINGLE = ("q", "since", "until")
KEYS = (*SINGLE, *VALUES)
MOST_VALUES, LONGEST = 200, 300
ALLOWED = {
    "evidence": ("code_and_text", "words_alone", "code_alone", "none"),
    "marked": tuple(MARKS),
}


@dataclass(frozen=True)
class Selection:
    """Which rows. `values` holds the alternatives of each key, sorted, so that equal selections are equal."""

    q: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    values: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())

    def get(self, key: str) -> tuple[str, ...]:
        return dict(self.values).get(key, ())

    def without(self, key: str) -> Selection:
        """The same without one key."""
        if key == "date":
            return Selection(self.q, None, None, self.values)
        return Selection(self.q, self.since, self.until, tuple(p for p in self.values if p[0] != key))

    @property
    def empty(self) -> bool:
        return not (self.q or self.since or self.until or self.values)


def _day(key: str, text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{key} is no date: {text[:40]!r}", fix="Write it as 2022-02-24") from None


def _hs(text: str) -> str:
    digits = text.replace(".", "").replace(" ", "")
    if not re.fullmatch(r"[0-9]{1,12}", digits):
        raise UsageError(
            f"hs is no code: {text[:40]!r}", fix="Write the first digits of a commodity code, such as 8806"
        )
    return digits


def parse(pairs: Iterable[tuple[str, str]]) -> Selection:
    """A selection from the pairs of an address. Keys of other things (sort, offset ...) are passed over."""
    single: dict[str, str] = {}
    found: dict[str, set[str]] = {}
    for key, value in pairs:
        if key not in KEYS or not value:
            continue
        if len(value) > LONGEST:
            raise UsageError(f"{key} is longer than {LONGEST} characters", fix="Shorten it")
        if key in SINGLE:
            single[key] = value
        else:
            found.setdefault(key, set()).add(_hs(value) if key == "hs" else value)
    for key, allowed in ALLOWED.items():
        for value in sorted(found.get(key, ())):
            if value not in allowed:
                raise UsageError(f"no value {value[:40]!r} of {key}", fix=f"Use {', '.join(allowed)}")
    if sum(map(len, found.values())) > MOST_VALUES:
        raise UsageError(f"more than {MOST_VALUES} values are selected", fix="Select fewer")
    return Selection(
        " ".join(single.get("q", "").split()),
        _day("since", single["since"]) if "since" in single else None,
        _day("until", single["until"]) if "until" in single else None,
        tuple(sorted((k, tuple(sorted(v))) for k, v in found.items())),
    )
