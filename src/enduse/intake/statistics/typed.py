"""The SQL that gives every record its meaning: one select for each group of figure columns, joined to what cells mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .columns import Layout, Slot

TOTAL = "DECIMAL(28, 4)"
KEY = ("reporter", "partner", "flow", "partner_rule", "hs_code", "period", "freq")
DIMENSIONS = ("mode", "customs", "partner2")


def quoted(text: str | None) -> str:
    """A text as a SQL literal."""
    return "NULL" if text is None else "'" + text.replace("'", "''") + "'"


@dataclass
class Facts:
    """What is settled for the whole file: columns chosen for each role, constants where no column says it."""

    reporter: str | None = None  # SQL column, or None with `reporter_code`
    partner: str | None = None
    reporter_code: str | None = None
    flow: str | None = None
    flow_column: str | None = None
    rule: str | None = None
    reconciled: bool = False
    indicator: str | None = None
    currency: str | None = None
    observed: tuple[str, int] = ("value", 1)
    odd: frozenset[str] = frozenset()  # numeric columns with cells a cast does not read
    comma: frozenset[str] = frozenset()  # numeric columns whose decimal sign is a comma
    dims: dict[str, str] = field(default_factory=dict)  # role to SQL column
    rest: tuple[str, ...] = ()


class Select:
    """One SELECT over the raw records for the figure columns `slots` that share flow, rule and period."""

    def __init__(self, layout: Layout, facts: Facts, slots: Sequence[Slot]) -> None:
        self._layout, self._facts, self._slots = layout, facts, slots
        self._joins: list[str] = []
        self._why: list[str] = []

    def _number(self, slot: Slot) -> str:
        column, facts = slot.column, self._facts
        plain = f"TRY_CAST({column} AS {TOTAL})"
        if column in facts.odd:
            name = "n" + "".join(c for c in column if c.isdigit())
            self._joins.append(f"LEFT JOIN stat_number AS {name} ON {name}.cell = {column}")
            self._why.append(f"{name}.why")
            looked = f"TRY_CAST({name}.number AS {TOTAL})"
            plain = looked if column in facts.comma else f"coalesce({looked}, {plain})"
        return plain if slot.scale == 1 else f"CAST({plain} * {slot.scale} AS {TOTAL})"

    def _of(self, measure: str) -> str:
        found = [s for s in self._slots if s.measure == measure]
        return self._number(found[0]) if found else f"CAST(NULL AS {TOTAL})"

    def _observed(self) -> dict[str, str]:
        """value, net_kg and quantity of one observed column, by the indicator of the record where there is one."""
        slot = next((s for s in self._slots if s.measure == "observed"), None)
        if slot is None:
            return {}
        number = self._number(slot)
        if self._facts.indicator:
            self._joins.append(f"LEFT JOIN stat_indicator AS si ON si.cell = {self._facts.indicator}")
            return {
                m: f"CASE WHEN si.measure = '{m}' THEN CAST({number} * si.scale AS {TOTAL}) END"
                for m in ("value", "net_kg", "quantity")
            }
        measure, scale = self._facts.observed
        return {measure: f"CAST({number} * {scale} AS {TOTAL})"}

    def _area(self, side: str, column: str | None) -> tuple[str, str]:
        if column is None:
            return ("'W'", "'world'") if side == "partner" else (quoted(self._facts.reporter_code), "'country'")
        self._joins.append(f"LEFT JOIN stat_{side} AS a_{side} ON a_{side}.cell = {column}")
        return f"a_{side}.code", f"a_{side}.kind"

    def _flow(self) -> str:
        if self._slots[0].flow:
            return quoted(self._slots[0].flow)
        if self._facts.flow_column:
            self._joins.append(f"LEFT JOIN stat_flow AS fl ON fl.cell = {self._facts.flow_column}")
            return "fl.flow"
        return quoted(self._facts.flow)

    def _period(self) -> None:
        head = self._slots[0].period
        roles = self._layout.roles
        if head:
            cell = quoted(head)
        elif "period" in roles:
            cell = roles["period"][0]
        elif "month" in roles:
            cell = f"concat_ws('-', {roles['year'][0]}, {roles['month'][0]})"
        else:
            cell = roles["year"][0]
        self._joins.append(f"LEFT JOIN stat_period AS pe ON pe.cell = {cell}")

    def _goods(self) -> tuple[str, str]:
        roles = self._layout.roles
        column = next((roles[r][0] for r in ("goods", "goods_group") if r in roles), None)
        if column is None:
            return "'TOTAL'", "CAST(NULL AS VARCHAR)"
        level = f" AND coalesce(go.level, '') = coalesce({roles['level'][0]}, '')" if "level" in roles else ""
        self._joins.append(f"LEFT JOIN stat_goods AS go ON go.cell = {column}{level}")
        return "go.code", "coalesce(go.reason, CASE WHEN go.code IS NULL THEN 'no_code' END)"

    def _revision(self, hs: str) -> tuple[str, str]:
        cn = f"CASE WHEN length({hs}) = 8 AND {int('EUR' in {self._facts.currency, *(x.currency for x in self._slots)})} = 1 THEN 'CN' ELSE pe.hs_year END"
        said, other = cn, "0"
        if self._layout.has("classification"):
            self._joins.append(f"LEFT JOIN stat_class AS cl ON cl.cell = {self._layout.roles['classification'][0]}")
            said, other = f"coalesce(cl.revision, {cn})", "coalesce(cl.other, 0)"
        if self._facts.reconciled:
            said = "CAST(NULL AS VARCHAR)"
        digits = f"regexp_matches({hs}, '^[0-9]+$')"
        return f"CASE WHEN {digits} THEN {said} END", other

    def _cells(self) -> str:
        """What the record calls its areas and goods: two names of one place are two records to add, not one revised."""
        roles = self._layout.roles
        goods = next((roles[r][0] for r in ("goods", "goods_group") if r in roles), None)
        named = [f"coalesce({c}, '')" for c in (self._facts.reporter, self._facts.partner, goods) if c]
        return f"concat_ws('|', {', '.join(named)})" if named else "''"

    def sql(self) -> str:
        """The records of this group with their meaning, `why` null where nothing speaks against them."""
        facts = self._facts
        self._period()
        flow = self._flow()
        reporter, reporter_kind = self._area("reporter", facts.reporter)
        partner, partner_kind = self._area("partner", facts.partner)
        hs, goods_why = self._goods()
        revision, other = self._revision(hs)
        seen = self._observed()
        cif, fob = self._of("value_cif"), self._of("value_fob")
        value = seen.get("value") or self._of("value")
        if any(s.measure in ("value_cif", "value_fob") for s in self._slots):
            value = f"coalesce({value}, CASE WHEN {flow} = 'import' THEN coalesce({cif}, {fob}) ELSE coalesce({fob}, {cif}) END)"
        basis = f"CASE WHEN {flow} IN ('import', 're-import') AND NOT ({cif} IS NULL AND {fob} IS NOT NULL) THEN 'CIF' ELSE 'FOB' END"
        if facts.reconciled:
            basis = "'FOB'"
        kg = seen.get("net_kg") or self._of("net_kg")
        quantity = seen.get("quantity") or self._of("quantity")
        currency = quoted(next((s.currency for s in self._slots if s.currency), facts.currency))
        if self._layout.has("currency"):
            self._joins.append(f"LEFT JOIN stat_currency AS cu ON cu.cell = {self._layout.roles['currency'][0]}")
            currency = f"coalesce(cu.code, {currency})"
        marks = [
            f"lower({c}) IN ('true', '1', 'yes', 't', '2', '4', '6')" for c in self._layout.roles.get("estimated", ())
        ]
        estimated = (
            f"CASE WHEN {' OR '.join(marks)} THEN 1 ELSE 0 END"
            if marks
            else str(int(any(s.estimated for s in self._slots)))
        )
        rule_said = self._slots[0].rule or facts.rule
        rule = (
            f"CASE WHEN {flow} IN ('import', 're-import') THEN {quoted(rule_said or 'origin')} ELSE 'destination' END"
        )
        dims = {role: f"coalesce({column}, '')" for role, column in facts.dims.items()}
        extra = [*dims.values(), *(f"coalesce({c}, '')" for c in facts.rest)]
        if facts.indicator:
            extra.append(f"coalesce({facts.indicator}, '')")
        unit = self._layout.roles["unit"][-1] if self._layout.has("unit") else "NULL"
        columns: Mapping[str, str] = {
            "row": "r.row", "reporter": reporter, "reporter_kind": reporter_kind, "partner": partner, "partner_kind": partner_kind, "flow": flow,
            "partner_rule": rule, "hs_code": hs, "goods_why": goods_why, "hs_revision": revision, "other": other, "period": "pe.period",
            "freq": "pe.freq", "usd_rate": "pe.usd_rate", "value": value, "net_kg": kg, "quantity": quantity, "unit": unit, "currency": currency,
            "value_basis": basis, "estimated": estimated, "cells": self._cells(), "rest": f"concat_ws('|', {', '.join(extra)})" if extra else "''",
            **{role: dims.get(role, "''") for role in DIMENSIONS},
        }  # fmt: skip
        body = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
        why = (
            f", {' '.join(('coalesce(' + ', '.join([*self._why, 'NULL']) + ')').split())} AS number_why"
            if self._why
            else ", CAST(NULL AS VARCHAR) AS number_why"
        )
        joins = " ".join(dict.fromkeys(self._joins))
        return f"SELECT {body}{why} FROM stat_raw AS r {joins}"


REASON = """CASE
    WHEN period IS NULL THEN 'no_period'
    WHEN reporter IS NULL OR partner IS NULL THEN 'unknown_area'
    WHEN flow IS NULL THEN 'unknown_flow'
    WHEN other = 1 THEN 'other_classification'
    WHEN goods_why IS NOT NULL THEN goods_why
    WHEN value < 0 OR net_kg < 0 OR quantity < 0 THEN 'negative_value'
    WHEN value IS NULL AND coalesce(net_kg, 0) = 0 AND coalesce(quantity, 0) = 0 THEN coalesce(number_why, 'no_figure')
END"""


def typed_sql(layout: Layout, facts: Facts) -> str:
    """All records with their meaning and the reason that speaks against each, under the name `why`."""
    groups: dict[tuple[str | None, str | None, str | None], list[Slot]] = {}
    for slot in layout.slots:
        groups.setdefault((slot.flow, slot.rule, slot.period), []).append(slot)
    # A weight or quantity whose header says no flow belongs to every group that has one.
    free = groups.get((None, None, None), [])
    shared = (
        free if free and not any(s.measure in ("value", "value_cif", "value_fob", "observed") for s in free) else []
    )
    if shared and len(groups) > 1:
        del groups[None, None, None]
        groups = {k: [*v, *shared] if len(groups) == 1 else v for k, v in groups.items()}
    parts = " UNION ALL ".join(Select(layout, facts, slots).sql() for slots in groups.values())
    zero = {c: f"CASE WHEN {c} = 0 AND coalesce(value, 0) > 0 THEN NULL ELSE {c} END" for c in ("net_kg", "quantity")}
    return (
        f"SELECT row, reporter, reporter_kind, partner, partner_kind, flow, partner_rule, hs_code, hs_revision, period, freq, usd_rate, value, "
        f"{zero['net_kg']} AS net_kg, {zero['quantity']} AS quantity, unit, currency, value_basis, CAST(estimated AS INTEGER) AS estimated, "
        f"rest, cells, mode, customs, partner2, {REASON} AS why FROM ({parts}) AS parts"
    )
