"""What a reader of ownership files makes: holdings with both parties, and the table they become."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from enduse.contracts import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

    from enduse.intake.raw import Raw

Kind = Literal["organization", "person", "other"]
EXCERPT = 200
REASONS: dict[str, str] = {
    "no_party": "The record of an ownership file does not name the owner and the owned: a name is empty, or the id it gives stands nowhere in the file.",
    "no_statement": "The line of an ownership file is no entity or statement of its layout.",
}


@dataclass(frozen=True)
class Party:
    """One side of a holding, as the file states it."""

    name: str = ""
    id: str = ""
    kind: Kind | None = None
    country: str | None = None
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Holding:
    """One record: who owns or directs whom. `share` is 0 to 1, dates ISO."""

    row: int
    owner: Party
    owned: Party
    role: str
    share: float | None = None
    start: dt.date | None = None
    end: dt.date | None = None


@dataclass(frozen=True)
class Refusal:
    """A record that states no holding though it should."""

    row: int
    reason: str
    excerpt: str


@dataclass(frozen=True)
class OwnershipRead:
    """An ownership file as read. `ownership` follows OWNERSHIP, `rejected` REJECTION; records = loaded + rejected."""

    ownership: pa.Table
    records: int
    loaded: int
    rejected: pa.Table
    format: str


@dataclass
class Collector:
    """Gathers holdings and refusals and counts records; None is a record that only describes a party."""

    format: str
    records: int = 0
    rows: list[Holding] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def add_all(self, found: Iterable[Holding | Refusal | None]) -> None:
        for item in found:
            self.records += 1
            if isinstance(item, Refusal):
                self.refused.append(item)
            elif item is not None:
                self.rows.append(item)

    def add_rejected(self, raw: Raw) -> None:
        """What reading refused is refused here too, with the same reason."""
        import pyarrow.parquet as pq

        if raw.rejected is not None:
            for line in pq.read_table(raw.rejected, columns=["row", "reason", "excerpt"]).to_pylist():
                self.add_all([Refusal(line["row"], line["reason"], line["excerpt"] or "")])

    def result(self, alias: str) -> OwnershipRead:
        lines: list[dict[str, object]] = [
            {
                "source": alias, "row": h.row, "owner_id": h.owner.id or None, "owner_name": h.owner.name, "owner_kind": h.owner.kind,
                "owner_country": h.owner.country, "owned_id": h.owned.id or None, "owned_name": h.owned.name, "owned_country": h.owned.country,
                "role": h.role, "share": h.share, "start": h.start, "end": h.end,
                "owner_identifiers": ";".join(h.owner.identifiers) or None, "owned_identifiers": ";".join(h.owned.identifiers) or None,
            }
            for h in self.rows
        ]  # fmt: skip
        rejected: list[dict[str, object]] = [
            {"source": alias, "row": r.row, "reason": r.reason, "excerpt": r.excerpt[:EXCERPT], "value": None}
            for r in sorted(self.refused, key=lambda r: r.row)
        ]
        return OwnershipRead(
            TABLES["ownership"].arrow(lines),
            self.records,
            self.records - len(rejected),
            TABLES["rejection"].arrow(rejected),
            self.format,
        )


_ROLES: tuple[tuple[str, str], ...] = (
    ("beneficial_owner", r"beneficial|ubo\b|бенефициар|бенефіціар|受益"),
    (
        "director",
        r"director|officer|manager|management|board|chair|secretary|директор|руководител|керівник|appointment|senior|legal represent|法人|高管|监事",
    ),
    ("parent", r"parent|ultimate|holding company|материнск|母公司|subsidiary|controls?\b|consolidat"),
    (
        "owner",
        r"own|share|stake|member|partner|founder|holder|voting|capital|учредител|акционер|владел|участник|засновник|股东|ortak|accionista|socio|invest",
    ),
)


@lru_cache(maxsize=4096)
def role_of(text: str, default: str = "owner") -> str:
    """Owner, director, parent, beneficial_owner or related, from the words of a file."""
    word = re.sub(r"[_-]+", " ", text).casefold()
    if not word.strip():
        return default
    return next((role for role, pattern in _ROLES if re.search(pattern, word)), "related")


@lru_cache(maxsize=16_384)
def share_of(text: str, *, percent: bool = True) -> float | None:
    """A share as 0 to 1: `51`, `51 %`, `25-50` (its lower end), `0.51` where the column holds shares of one; None if not stated."""
    found = re.findall(r"[0-9]+(?:[.,][0-9]+)?", text.replace("\u00a0", ""))
    if not found:
        return None
    number = min(float(f.replace(",", ".")) for f in found[:2])
    share = number / 100 if percent or "%" in text else number
    return round(share, 6) if 0 <= share <= 1 else None


@lru_cache(maxsize=16_384)
def day_of(text: str) -> dt.date | None:
    """An ISO date; of a year or month its first day; other forms are not guessed at."""
    found = re.match(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text.strip())
    if not found:
        found = re.match(r"([0-9]{1,2})[.]([0-9]{1,2})[.]([0-9]{4})", text.strip())
        if not found:
            return None
        year, month, day = found[3], found[2], found[1]
    else:
        year, month, day = found[1], found[2] or "1", found[3] or "1"
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def ended(holding: Holding) -> Holding:
    """A holding whose end lies before its start keeps neither: one of them is wrong, and which is not known."""
    if holding.start and holding.end and holding.end < holding.start:
        return replace(holding, start=None, end=None)
    return holding
