"""Tables of owner and owned: one record a holding, columns by the words of their names, in files of any origin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from enduse.intake.lists import identifiers
from enduse.intake.lists.countries import alpha2
from enduse.intake.lists.header import fold
from enduse.intake.lists.table import kind_of

from .model import Holding, Kind, Party, Refusal, day_of, ended, role_of, share_of

if TYPE_CHECKING:
    from enduse.intake.raw import Raw

_OWNER = r"owner|shareholder|stockholder|interested ?party|beneficial|ubo|holder|controller|director|officer|parent|founder|investor|учредител\w*|акционер\w*|владел\w*|бенефициар\w*|участник\w*|руководител\w*|засновник\w*|власник\w*|股东|控股|ortak|hissedar|accionista|socio|propietario|acionista"
_OWNED = r"owned|subject|company|entity|subsidiary|asset|firm|child|target|organi[sz]ation|undertaking|investee|issuer|эмитент|компани\w*|организаци\w*|общество|предприяти\w*|дочерн\w*|підприємств\w*|公司|企业|şirket|empresa|sociedad|compañía"
_PARTS: tuple[tuple[str, str], ...] = (
    (
        "share",
        r"share|shares|percent\w*|pct|stake|%|interest|доля|частка|процент|持股|比例|pay|oran\w*|participaci\w*|porcentaje|exact|minimum",
    ),
    ("start", r"start|since|from|begin|effective|appointed|дата начала|с даты|起"),
    ("end", r"end|until|to|ceased|till|дата окончания|по дату|止"),
    ("country", r"country|jurisdiction|nationality|citizenship|страна|гражданство|країна|国|国籍|ülke|país|pais"),
    ("kind", r"kind|type|schema|тип|类型|tipo"),
    ("number", r"id|identifier|number|no|inn|ogrn|lei|imo|edrpou|инн|огрн|номер|代码|code|statement"),
    ("name", r"name|наименование|название|имя|фио|назва|名称|姓名|nombre|ad|unvan|title"),
)
# Scripts that part no words.
_SOLID: dict[str, tuple[str, ...]] = {
    "share": ("持股", "比例"),
    "country": ("国家", "国籍"),
    "number": ("代码", "编号"),
    "name": ("名称", "姓名"),
}


@dataclass(frozen=True)
class Header:
    """Places of the columns. `owner_name` and `owned_name` are needed; ids alone stand for names where there are none."""

    columns: tuple[str, ...]
    at: dict[str, int] = field(default_factory=dict)
    shares: list[int] = field(default_factory=list)  # the exact share, then the least and the most
    numbers: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    @property
    def usable(self) -> bool:
        return all(f"{s}_name" in self.at or f"{s}_id" in self.at for s in ("owner", "owned"))


def header(columns: Sequence[str]) -> Header:
    """The header of a table of holdings, by the words of its columns."""
    at: dict[str, int] = {}
    numbers: dict[str, list[tuple[int, str]]] = {"owner": [], "owned": []}
    shares: list[int] = []
    for place, column in enumerate(columns):
        words = fold(column)
        side = _side(words)
        part = _part(words, side)
        if part == "number":
            stated = next(
                (t for t in ("INN", "OGRN", "LEI", "IMO") if re.search(rf"\b{t}\b", words, re.IGNORECASE)), ""
            )
            stated = stated or ("INN" if "инн" in words else "OGRN" if "огрн" in words else "")
            if side:
                at.setdefault(f"{side}_id", place)
                numbers[side].append((place, stated or "ID"))
        elif part == "share":
            shares.append(place)
        elif part in ("start", "end", "role"):
            at.setdefault(part, place)
        elif part:
            at.setdefault(f"{side}_{part}", place)
    for one, other in (("owner", "owned"), ("owned", "owner")):
        # `name, owner`: the column that only says name is of the other side.
        if f"{one}_name" in at and not {f"{other}_name", f"{other}_id"} & at.keys() and "_name" in at:
            at[f"{other}_name"] = at["_name"]
    return Header(tuple(columns), at, shares, numbers)


def _side(words: str) -> str:
    """`owner` or `owned`; `owner of company` and `company owner` are both the owner."""
    if re.search(rf"\b(?:{_OWNER})\b", words) and not re.search(r"\b(?:owned|subject)\b", words):
        return "owner"
    return (
        "owned"
        if re.search(rf"\b(?:{_OWNED})\b", words) or re.search("公司|企业", words)
        else "owner"
        if re.search("股东|控股", words)
        else ""
    )


def _part(words: str, side: str) -> str:
    if re.search(
        r"\b(?:role|relation\w*|position|должность|роль|职务|interest types?|interests? type|nature of control|link type|control)\b",
        words,
    ):
        return "role"
    for part, pattern in _PARTS:
        if re.search(rf"(?:^|[^\w])(?:{pattern})(?:$|[^\w])", words) or any(w in words for w in _SOLID.get(part, ())):
            return part
    return "name" if side else ""


def holdings(raw: Raw, head: Header) -> Iterator[Holding | Refusal]:
    """One holding a record."""
    import pyarrow.parquet as pq

    percent = [_percent(raw, place) for place in head.shares]
    default = (
        "director"
        if any(
            re.search(r"director|officer|директор|руководител", fold(c))
            for i, c in enumerate(head.columns)
            if i == head.at.get("owner_name")
        )
        else "owner"
    )
    for batch in pq.ParquetFile(raw.path).iter_batches(batch_size=16_384):
        for row, *cells in zip(*(c.to_pylist() for c in batch.columns), strict=True):
            owner, owned = (_party(cells, head, s) for s in ("owner", "owned"))
            if not owner.name or not owned.name:
                yield Refusal(row, "no_party", ",".join(c or "" for c in cells))
                continue
            said = _cell(cells, head, "role")
            stated = (share_of(cells[p] or "", percent=q) for p, q in zip(head.shares, percent, strict=True))
            share = next((s for s in stated if s is not None), None)
            yield ended(
                Holding(
                    row,
                    owner,
                    owned,
                    role_of(said, default),
                    share,
                    day_of(_cell(cells, head, "start")),
                    day_of(_cell(cells, head, "end")),
                )
            )


def _percent(raw: Raw, place: int) -> bool:
    """Whether the shares are of a hundred: so unless every one that is stated is at most 1 and some are fractions."""
    if re.search(r"percent|pct|%|процент", fold(raw.columns[place]) + raw.columns[place]):
        return True
    found = [
        s for r in raw.sample if (t := r[place]) and (s := share_of(t, percent=False)) is not None and "%" not in t
    ]
    stated = [t for r in raw.sample if (t := r[place])]
    return not (found and len(found) >= 0.95 * len(stated))


def _cell(cells: Sequence[str | None], head: Header, part: str) -> str:
    place = head.at.get(part)
    return (cells[place] or "") if place is not None and place < len(cells) else ""


def _party(cells: Sequence[str | None], head: Header, side: str) -> Party:
    key = _cell(cells, head, f"{side}_id")
    numbers = [
        identifiers.typed(n, "" if t == "ID" else t)
        for p, t in head.numbers[side]
        if (n := cells[p]) and re.search("[0-9]{4}", n)
    ]
    kind = kind_of(_cell(cells, head, f"{side}_kind"))
    stated: Kind | None = "other" if kind == "vessel" else kind
    return Party(
        _cell(cells, head, f"{side}_name") or key,
        key,
        stated,
        alpha2(_cell(cells, head, f"{side}_country")),
        identifiers.unique(numbers),
    )
