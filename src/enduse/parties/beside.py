"""What stands beside two names: addresses, contacts, trading partners and goods that two groups share, as log-odds with a reason.

Only uncertain pairs are asked, so only their rows are read. All amounts are set by hand and bounded: what stands beside the names can
turn a doubtful pair, never an unlikely one. Two firms of one owner share addresses and partners as well; that is a link (`party_link`), no merge.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from enduse.parties.addresses import Address, address, contacts, discount, places

if TYPE_CHECKING:
    import pyarrow as pa

    from enduse.engine import Engine
    from enduse.parties.groups import Group

PLACE, CONTACT, ELSEWHERE = (
    2.0,
    2.4,
    -0.4,
)  # one address, undiscounted; a common phone or mailbox; addresses known and none in common
PARTNERS, GOODS, OTHER_GOODS = 0.8, 0.3, -0.4  # at most for rare common partners; equal and disjoint goods
MOST = 2.4  # what all together may add
ENOUGH = 4  # rows on both sides from which goods say something
FOLDER = Path(__file__).parent / "sql"


@dataclass(slots=True)
class Profile:
    """What is declared with one group: values and in how many rows."""

    addresses: set[str] = field(default_factory=set)
    partners: set[str] = field(default_factory=set)
    goods: dict[str, int] = field(default_factory=dict)


def asker(engine: Engine, names: int) -> Callable[..., dict[tuple[int, int], tuple[float, str]]]:
    """A `resolve.Beside` over the rows in `engine` (table `shipment_row`); `names` is the number of declared names in all."""

    def ask(groups: Sequence[Group], pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], tuple[float, str]]:
        if not pairs:
            return {}
        wanted = sorted({i for pair in pairs for i in pair})
        engine.put("uncertain_name", _names(groups, wanted))
        engine.make("uncertain_trait", (FOLDER / "uncertain_trait.sql").read_text(encoding="utf-8"))
        got = engine.fetch("SELECT grp, kind, value, row_count, crowd FROM uncertain_trait").to_pydict()
        for table in ("uncertain_trait", "uncertain_name"):
            engine.drop(table)
        profiles: dict[int, Profile] = defaultdict(Profile)
        crowd: dict[tuple[str, str], int] = {}
        for grp, kind, value, rows, many in zip(*got.values(), strict=True):
            crowd[kind, value] = many
            profile = profiles[grp]
            if kind == "address":
                profile.addresses.add(value)
            elif kind == "partner":
                profile.partners.add(value)
            else:
                profile.goods[value] = rows
        return weigh(pairs, profiles, crowd, names)

    return ask


def _names(groups: Sequence[Group], wanted: Sequence[int]) -> pa.Table:
    import pyarrow as pa

    rows = [(i, m.name, m.country, m.identifier) for i in wanted for m in groups[i].mentions]
    columns = zip(*rows, strict=True)
    return pa.table(dict(zip(("grp", "name", "country", "identifier"), map(pa.array, columns), strict=True)))


def weigh(
    pairs: Sequence[tuple[int, int]],
    profiles: Mapping[int, Profile],
    crowd: Mapping[tuple[str, str], int],
    names: int,
) -> dict[tuple[int, int], tuple[float, str]]:
    """Log-odds (at most MOST) and reasons of each pair that has any. `crowd` counts the names at an address or with a partner."""
    cells = {a for p in profiles.values() for a in p.addresses}
    parsed = {a: one for a in cells if (one := address(a)) is not None}
    place = places(parsed.values())
    people: dict[str, int] = defaultdict(int)
    for cell in cells:
        for at in _at(cell, parsed, place):
            people[at] += crowd.get(("address", cell), 1)
    here = {i: {at for a in p.addresses for at in _at(a, parsed, place)} for i, p in profiles.items()}
    out: dict[tuple[int, int], tuple[float, str]] = {}
    for i, j in pairs:
        a, b = profiles.get(i), profiles.get(j)
        if a is None or b is None:
            continue
        told = [*_place(here[i], here[j], people), *_partners(a, b, crowd, names), *_goods(a, b)]
        if told:
            out[i, j] = (round(max(-MOST, min(MOST, sum(x for x, _ in told))), 4), ";".join(why for _, why in told))
    return out


def _at(cell: str, parsed: Mapping[str, Address], place: Mapping[Address, int]) -> set[str]:
    found = set(contacts(cell))
    if cell in parsed:
        found.add(f"place:{place[parsed[cell]]}")
    return found


def _place(a: set[str], b: set[str], people: Mapping[str, int]) -> list[tuple[float, str]]:
    if not a or not b:
        return []
    common = sorted(a & b, key=lambda at: (people[at], at))
    if not common:
        return [(ELSEWHERE, "against: other address")] if _kinds(a) & _kinds(b) else []
    at = common[0]
    share = discount(people[at])
    if share == 0.0:
        return [(0.0, f"for: same address, but {people[at]} names use it")]
    if at.startswith("place:"):
        return [(PLACE * share, "for: same address")]
    return [(CONTACT * share, "for: same " + at.replace(":", " ", 1))]


def _kinds(some: set[str]) -> set[str]:
    return {at.partition(":")[0] for at in some} & {"place"}


def _partners(a: Profile, b: Profile, crowd: Mapping[tuple[str, str], int], names: int) -> list[tuple[float, str]]:
    common = a.partners & b.partners
    if not common:
        return []
    # A partner of everybody says nothing, one of these two only says most.
    rarity = [math.log(names + 2.0) - math.log(crowd.get(("partner", p), 1) + 1.0) for p in sorted(common)]
    told = min(PARTNERS, 0.35 * PARTNERS * sum(rarity) / math.log(names + 2.0))
    return [(told, "for: same trading partners")] if told >= 0.05 else []


def _goods(a: Profile, b: Profile) -> list[tuple[float, str]]:
    if min(sum(a.goods.values()), sum(b.goods.values())) < ENOUGH:
        return []
    dot = sum(n * b.goods.get(code, 0) for code, n in a.goods.items())
    alike = dot / math.sqrt(sum(n * n for n in a.goods.values()) * sum(n * n for n in b.goods.values()))
    if alike >= 0.7:
        return [(GOODS, "for: same kinds of goods")]
    return [(OTHER_GOODS, "against: other kinds of goods")] if dot == 0 else []
