"""From which day on a dated rule touches a chain: by where its goods come from, where they end and what they are.

A record that does not say where the goods left from is taken to start where they were made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from enduse.routes.statistics.events import Happening, events

if TYPE_CHECKING:
    import datetime as dt

    from enduse.engine.step import Context

# Every consignment `c` of a chain beside its first, `a`, and its last, `z`.
_ENDS = """FROM chain_step_row AS r
JOIN consigned AS c ON c.id = r.id
JOIN chain_step_row AS s ON s.chain = r.chain AND s.position = 1
JOIN consigned AS a ON a.id = s.id
JOIN chain_step_row AS e ON e.chain = r.chain AND e.position = e.hops
JOIN consigned AS z ON z.id = e.id"""
_ASKED = f"""
SELECT DISTINCT coalesce(a.from_country, a.origin) AS start, z.to_country AS finish, c.hs6, c.family
{_ENDS}
ORDER BY start, finish, hs6, family"""
CHAIN_DAY = f"""
SELECT r.chain, min(d.day) AS day
{_ENDS}
JOIN chain_rule AS d ON d.start = coalesce(a.from_country, a.origin, '') AND d.finish = coalesce(z.to_country, '') AND d.hs6 = coalesce(c.hs6, '') AND d.family = coalesce(c.family, '')
GROUP BY r.chain"""


class Scope:
    """What a rule touches. It remembers which goods it covers: the same few go every way."""

    def __init__(self, rule: Happening) -> None:
        self.rule = rule
        self.named = {g.casefold() for g in rule.goods}
        self._covers: dict[tuple[str, str], bool] = {}

    def covers(self, hs6: str, family: str) -> bool:
        found = self._covers.get((hs6, family))
        if found is None:
            by_code = self.rule.covers_goods(hs6) if hs6 else not self.rule.goods
            found = self._covers[hs6, family] = by_code or (bool(family) and family.casefold() in self.named)
        return found

    def touches(self, start: str, finish: str, hs6: str, family: str) -> bool:
        rule = self.rule
        if not rule.exporter and not rule.importer and not rule.goods:
            return True  # a day the case names without saying whom it touches
        ends = (not rule.exporter or start in rule.exporter) and (not rule.importer or finish in rule.importer)
        return ends and self.covers(hs6, family)


def touched(ctx: Context) -> None:
    """Makes `chain_day` (chain, day): the first rule that touches each chain; chains no rule touches are not in it."""
    rules = [Scope(rule) for rule in events(ctx.case)]
    got = ctx.engine.fetch(_ASKED).to_pylist()
    found: list[tuple[str, str, str, str, dt.date]] = []
    for row in got:
        start, finish, hs6, family = (row[c] or "" for c in ("start", "finish", "hs6", "family"))
        day = min((r.rule.date for r in rules if r.touches(start, finish, hs6, family)), default=None)
        if day is not None:
            found.append((start, finish, hs6, family, day))
    types = (pa.string(), pa.string(), pa.string(), pa.string(), pa.date32())
    columns = list(zip(*found, strict=True)) or [()] * 5
    names = ("start", "finish", "hs6", "family", "day")
    ctx.engine.put(
        "chain_rule", pa.table({n: pa.array(list(v), t) for n, v, t in zip(names, columns, types, strict=True)})
    )
    ctx.engine.make("chain_day", CHAIN_DAY)
    ctx.engine.drop("chain_rule")
