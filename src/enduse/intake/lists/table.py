"""Lists with a header: one record an entry (or one name of it), columns by the words of `header`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from enduse.intake.lists import identifiers
from enduse.intake.lists.countries import every, of_addresses
from enduse.intake.lists.header import Header, fold
from enduse.intake.lists.model import AliasKind, Entry, EntryKind, Refusal
from enduse.intake.lists.names import Name, announced, collect, split, tidy

Cells = Sequence[str | None]

_KINDS: tuple[tuple[EntryKind, str], ...] = (
    ("person", "person|individual|natural|физическое|физлицо|фізична|个人|自然人|persona|personne|kişi|human"),
    ("vessel", "vessel|ship|судно|船|buque|navire|gemi"),
    (
        "organization",
        "entity|company|organi[sz]ation|publicbody|public body|legal|enterprise|firm|bank|юридическое|юрлицо|организация|компания|юридична|实体|企业|公司|机构|institution|university|airline|corporation",
    ),
    ("other", "aircraft|airplane|asset|security|cryptowallet|wallet|address|vehicle|воздушное"),
)

_NOTHING = frozenset(("", "-0-", "NULL"))
_PARTS = re.compile(r"[;|\n]+")
_BRACKETS = re.compile(r"\([^)]*\)")


@lru_cache(maxsize=4096)
def kind_of(text: str) -> EntryKind | None:
    """Person, organization, vessel or other, from a schema name or a word such as `Individual`."""
    word = text.casefold()
    return next((kind for kind, pattern in _KINDS if re.search(pattern, word)), None)


def _texts(cells: Cells, places: Iterable[int]) -> list[str]:
    if not places:
        return []
    return [c for p in places if p < len(cells) and (c := cells[p]) and c not in _NOTHING and not c.isspace()]


def _joined(cells: Cells, head: Header) -> str:
    """First, middle and last name, in this order (of UK lists Name 1 to Name 5, then Name 6)."""
    return " ".join(tidy(t) for part in ("first", "middle", "last") for t in _texts(cells, head.at(part)))


def _alias_kind(cells: Cells, head: Header) -> AliasKind:
    """What a record of one name says the name is; primary where the list has a record for each entry."""
    if not head.at("name_type") and not head.at("alias_quality"):
        return "primary"
    stated = " ".join(_texts(cells, head.at("name_type"))).casefold()
    quality = " ".join(_texts(cells, head.at("alias_quality"))).casefold()
    if re.search(r"\b(low|weak|false)\b", quality):
        return "weak"
    if re.search(r"aka|a\.k\.a|fka|f\.k\.a|alias|former|variation|also|original script", stated):
        return "strong"
    return "primary"


def _names(cells: Cells, head: Header) -> tuple[Name, ...]:
    own = _texts(cells, head.at("name")) or [_joined(cells, head)]
    if len(own) == 1 and not tidy(own[0]):
        own = [_joined(cells, head)]
    others = [n for t in _texts(cells, head.at("other_name")) for n in split(t)]
    strong = [*others, *(n for t in _texts(cells, head.at("alias")) for n in split(t))]
    # A name cell that holds several names, as `A; B`, has its first as the main one.
    told = [announced(t) for t in own]
    main = [n for base, _ in told for n in split(base)]
    strong += [n for _, more in told for n in more]
    kind = _alias_kind(cells, head)
    weak = [n for t in _texts(cells, head.at("weak_alias")) for n in split(t)]
    if kind == "strong":
        return collect((), [*main, *strong], weak)
    if kind == "weak":
        return collect((), strong, [*main, *weak])
    if not main and others:
        main, strong = others[:1], strong[1:]
    return collect(main, strong, weak)


def _numbers(cells: Cells, head: Header) -> Iterator[str]:
    for kind, places in head.numbers:
        for text in _texts(cells, places):
            for part in _PARTS.split(text) if _PARTS.search(text) else (text,):
                # A number stands with its country or office in brackets; sentences about numbers are none.
                number = tidy(_BRACKETS.sub(" ", part) if "(" in part else part)
                stated = "" if kind == "ID" else kind
                if 4 <= len(number) <= 40 and " " not in number and any(map(str.isdigit, number)):
                    yield identifiers.typed(number, stated)


@lru_cache(maxsize=4096)
def _program(texts: tuple[str, ...]) -> str:
    return "; ".join(identifiers.unique(tidy(t) for t in texts)).replace("; ", ";")


def _ids(head: Header) -> tuple[int, ...]:
    """The columns whose cells together name an entry: in the Official Journal's tables the act, the annex and the number."""
    folded = [fold(c) for c in head.columns]
    if {"celex", "record id"} <= set(folded):
        return tuple(folded.index(c) for c in ("celex", "annex", "record id") if c in folded)
    return head.at("id")[:1]


def entries(records: Iterable[tuple[int, Cells]], head: Header) -> Iterator[Entry | Refusal]:
    """One entry a record, `records` with their numbers. An entry without id of its own has its record number, as `#12`."""
    id_columns = _ids(head)
    line_of_name = bool(head.at("name_type") or head.at("alias_quality"))  # a record is one name of an entry
    seen: dict[str, str] = {}
    for row, cells in records:
        names = _names(cells, head)
        if not names:
            yield Refusal(row, "no_name", ",".join(c or "" for c in cells))
            continue
        parts = [tidy(cells[p] or "") if p < len(cells) else "" for p in id_columns]
        entry_id = ":".join(parts) if parts and parts[-1] else f"#{row}"
        if seen.setdefault(entry_id, names[0][0]) != names[0][0]:
            if line_of_name:
                names = tuple((name, "strong" if kind == "primary" else kind) for name, kind in names)
            else:
                # Another main name under a number already given: the column counts something else than entries.
                entry_id = f"{entry_id}#{row}"
        yield Entry(
            entry_id=entry_id,
            row=row,
            names=names,
            kind=kind_of(" ".join(_texts(cells, head.at("kind")))),
            countries=identifiers.unique(
                [
                    *(code for t in _texts(cells, head.at("country")) for code in every(t)),
                    *(code for t in _texts(cells, head.at("addresses")) for code in of_addresses(t)),
                ]
            ),
            identifiers=identifiers.unique(_numbers(cells, head)),
            program=_program(tuple(_texts(cells, head.at("program")))),
        )
