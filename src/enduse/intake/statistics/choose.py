"""Which of overlapping records count: totals before their parts, one revision, the last of repeats, the finest codes, no subtotal twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from .typed import DIMENSIONS, KEY, TOTAL

if TYPE_CHECKING:
    from enduse.engine.base import Engine

KEYS = ", ".join(KEY)
LANE = "reporter, flow, partner_rule, hs_code, period, freq"
COVERED = "0.995"  # finer codes that hold this share of their heading hold all of it but rounding


class Chooser:
    """Narrows `stat_live` step by step; what falls away goes to `stat_fate` with its reason."""

    def __init__(self, engine: Engine, scratch_names: Callable[[str], str]) -> None:
        self._engine, self._name = engine, scratch_names
        self._fates: list[str] = []
        self._live = "stat_typed"
        self._count = 0

    def _split(self, sql: str, reason: str, condition: str = "keep = 0") -> None:
        """`sql` gives every live row with `keep`; the others leave for `reason`."""
        self._count += 1
        marked, live, fate = (f"stat_{n}_{self._count}" for n in ("marked", "live", "fate"))
        gone = self._engine.fetch(f"SELECT count(*) AS n FROM ({sql}) AS m WHERE {condition}")["n"][0].as_py()
        if not gone:
            return
        self._engine.make(marked, sql)
        self._engine.make(fate, f"SELECT row, {reason} AS why FROM {marked} WHERE {condition}")
        self._fates.append(fate)
        self._engine.make(live, f"SELECT {', '.join(self._columns())} FROM {marked} WHERE NOT ({condition})")
        self._engine.drop(marked)
        if self._live != "stat_typed":
            self._engine.drop(self._live)
        self._live = live

    def sound(self) -> None:
        """Records with a reason against them leave."""
        self._split("SELECT *, CASE WHEN why IS NULL THEN 1 ELSE 0 END AS sound FROM stat_typed", "why", "sound = 0")

    def revisions(self) -> None:
        """One revision for a reporter, flow and period: the latest."""
        many = self._engine.fetch(
            f"SELECT count(*) AS n FROM (SELECT reporter FROM {self._live} WHERE hs_revision IS NOT NULL AND hs_revision <> 'CN' "
            "GROUP BY reporter, flow, period, freq HAVING count(DISTINCT hs_revision) > 1) AS m"
        )["n"][0].as_py()
        if many:
            self._split(
                f"SELECT *, CASE WHEN hs_revision IS NULL OR hs_revision = 'CN' OR hs_revision = max(CASE WHEN hs_revision <> 'CN' THEN hs_revision END) "
                f"OVER (PARTITION BY reporter, flow, period, freq) THEN 1 ELSE 0 END AS keep_rev FROM {self._live}",
                "'other_revision'", "keep_rev = 0",
            )  # fmt: skip

    def totals(self, present: Sequence[str]) -> None:
        """In each dimension a total beats its parts."""
        for role in present:
            others = ", ".join(d for d in DIMENSIONS if d != role)
            self._split(
                f"SELECT *, CASE WHEN is_total = 1 OR has_total = 0 THEN 1 ELSE 0 END AS keep_{role} FROM (SELECT l.*, "
                f"coalesce(t.total, 0) AS is_total, max(coalesce(t.total, 0)) OVER (PARTITION BY {', '.join('l.' + k for k in (*KEY, *others.split(', ')))}) AS has_total "
                f"FROM {self._live} AS l LEFT JOIN stat_total AS t ON t.role = '{role}' AND t.cell = l.{role}) AS x",
                "'part_of_total'", f"keep_{role} = 0",
            )  # fmt: skip

    def _columns(self) -> tuple[str, ...]:
        return (
            "row", "reporter", "reporter_kind", "partner", "partner_kind", "flow", "partner_rule", "hs_code", "hs_revision", "period", "freq",
            "usd_rate", "value", "net_kg", "quantity", "unit", "currency", "value_basis", "estimated", "rest", "cells", "mode", "customs", "partner2", "why",
        )  # fmt: skip

    def repeats(self) -> None:
        """The same record twice counts once; of two that differ only in figures the later counts."""
        same = "coalesce(CAST(value AS VARCHAR), ''), coalesce(CAST(net_kg AS VARCHAR), ''), coalesce(CAST(quantity AS VARCHAR), '')"
        many = self._engine.fetch(
            f"SELECT count(*) AS n FROM (SELECT reporter FROM {self._live} GROUP BY {KEYS}, rest HAVING count(*) > 1) AS m"
        )["n"][0].as_py()
        if not many:
            return
        name = "CASE WHEN partner_kind = 'country' THEN '' ELSE cells END"
        self._split(
            f"SELECT *, row_number() OVER (PARTITION BY {KEYS}, rest, {same}, {name} ORDER BY row) AS again FROM {self._live}",
            "'repeated_record'", "again > 1",
        )  # fmt: skip
        self._split(
            f"SELECT *, row_number() OVER (PARTITION BY {KEYS}, rest, cells ORDER BY row DESC) AS older FROM {self._live}",
            "'revised_record'", "older > 1",
        )  # fmt: skip

    def subtotals(self) -> None:
        """A group of countries leaves where countries stand beside it."""
        if self._engine.fetch(f"SELECT count(*) AS n FROM {self._live} WHERE partner_kind = 'group'")["n"][0].as_py():
            self._split(
                f"SELECT *, CASE WHEN partner_kind = 'group' AND max(CASE WHEN partner_kind = 'country' THEN 1 ELSE 0 END) OVER (PARTITION BY {LANE}) = 1 "
                f"THEN 0 ELSE 1 END AS keep_group FROM {self._live}",
                "'group_subtotal'", "keep_group = 0",
            )  # fmt: skip

    def summed(self) -> None:
        """Parts of what has no total are added: one row for each key."""
        many = self._engine.fetch(
            f"SELECT count(*) AS n FROM (SELECT reporter FROM {self._live} GROUP BY {KEYS} HAVING count(*) > 1) AS m"
        )["n"][0].as_py()
        if not many:
            self._engine.make(
                "stat_sum",
                f"SELECT row, {KEYS}, hs_revision, value, currency, usd_rate, value_basis, net_kg, quantity, unit, estimated, CAST(1 AS BIGINT) AS parts "
                f"FROM {self._live}",
            )
            return
        self._engine.make(
            "stat_sum",
            f"""SELECT min(row) AS row, {KEYS}, max(hs_revision) AS hs_revision, CAST(sum(value) AS {TOTAL}) AS value,
            CASE WHEN count(DISTINCT currency) < 2 THEN min(currency) END AS currency, min(usd_rate) AS usd_rate, min(value_basis) AS value_basis,
            CAST(sum(net_kg) AS {TOTAL}) AS net_kg, CASE WHEN count(DISTINCT unit) < 2 THEN CAST(sum(quantity) AS {TOTAL}) END AS quantity,
            CASE WHEN count(DISTINCT unit) < 2 THEN min(unit) END AS unit, max(estimated) AS estimated, count(*) AS parts
            FROM {self._live} GROUP BY {KEYS}""",
        )

    def details(self) -> None:
        """A heading leaves where its finer codes hold all of it; else it keeps what they do not hold."""
        digits = "regexp_matches(hs_code, '^[0-9]+$')"
        lengths = [
            r["n"]
            for r in self._engine.fetch(
                f"SELECT DISTINCT length(hs_code) AS n FROM stat_sum WHERE {digits} ORDER BY n DESC"
            ).to_pylist()
        ]
        for length in lengths[1:]:
            self._count += 1
            made = f"stat_level_{self._count}"
            same = " AND ".join(f"f.{k} = s.{k}" for k in KEY if k != "hs_code")
            self._engine.make(
                "stat_finer",
                f"SELECT {', '.join(k for k in KEY if k != 'hs_code')}, substr(hs_code, 1, {length}) AS head, CAST(sum(value) AS {TOTAL}) AS value, "
                f"CAST(sum(net_kg) AS {TOTAL}) AS net_kg FROM stat_sum WHERE {digits} AND length(hs_code) > {length} "
                f"GROUP BY {', '.join(k for k in KEY if k != 'hs_code')}, substr(hs_code, 1, {length})",
            )
            self._engine.make(
                made,
                f"SELECT s.*, f.value AS finer, f.net_kg AS finer_kg FROM stat_sum AS s LEFT JOIN stat_finer AS f ON {same} "
                f"AND f.head = s.hs_code AND length(s.hs_code) = {length}",
            )
            covered = f"finer IS NOT NULL AND (value IS NULL OR finer >= {COVERED} * value)"
            self._engine.make(
                "stat_covered",
                f"SELECT {KEYS} FROM {made} WHERE {covered}",
            )
            joined = " AND ".join(f"c.{k} = l.{k}" for k in KEY)
            fate = f"stat_fate_{self._count}"
            self._engine.make(
                fate,
                f"SELECT l.row, 'covered_by_detail' AS why FROM {self._live} AS l INNER JOIN stat_covered AS c ON {joined}",
            )
            self._fates.append(fate)
            rest_kg = f"CASE WHEN finer IS NULL THEN net_kg WHEN net_kg IS NULL THEN NULL ELSE CAST(greatest(net_kg - coalesce(finer_kg, 0), 0) AS {TOTAL}) END"
            self._engine.make(
                "stat_sum",
                f"SELECT row, {KEYS}, hs_revision, CAST(value - coalesce(finer, 0) AS {TOTAL}) AS value, currency, usd_rate, value_basis, {rest_kg} AS net_kg, "
                f"CASE WHEN finer IS NULL THEN quantity END AS quantity, CASE WHEN finer IS NULL THEN unit END AS unit, "
                f"CASE WHEN finer IS NULL THEN estimated ELSE 1 END AS estimated, parts FROM {made} WHERE NOT ({covered}) OR finer IS NULL",
            )
            for name in (made, "stat_finer", "stat_covered"):
                self._engine.drop(name)

    def done(self) -> None:
        """`stat_fate`: every record part that left, with its reason; `stat_live`: the parts that stand."""
        union = " UNION ALL ".join(f"SELECT row, why FROM {f}" for f in self._fates)
        self._engine.make("stat_fate", union or "SELECT row, why FROM stat_typed WHERE 1 = 0")
        for fate in self._fates:
            self._engine.drop(fate)
        if self._live != "stat_typed":
            self._engine.drop(self._live)
