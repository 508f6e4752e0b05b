"""A statistics file as rows of the contract `statistic`, every record loaded or refused with its reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from enduse.contracts import TABLES
from enduse.errors import SourceRefused
from enduse.intake.values import numbers
from enduse.reference import areas, countries, currencies

from . import columns, lookups
from .choose import Chooser
from .opening import open_raw
from .typed import DIMENSIONS, TOTAL, Facts, typed_sql

if TYPE_CHECKING:
    from enduse.engine.base import Engine
    from enduse.engine.step import Context
    from enduse.intake.raw import Raw

MADE = (
    "stat_raw", "stat_reporter", "stat_partner", "stat_flow", "stat_period", "stat_goods", "stat_class", "stat_currency", "stat_number",
    "stat_indicator", "stat_total", "stat_typed", "stat_sum", "stat_fate",
)  # fmt: skip
_INDICATORS = (
    (r"value.*eur|eur.*value|value_in_euros", ("value", 1, "EUR")),
    (r"value.*usd|usd", ("value", 1, "USD")),
    (r"100\s*_?kg", ("net_kg", 100, None)),
    (r"tonne|1000\s*_?kg", ("net_kg", 1000, None)),
    (r"kg|weight|netto", ("net_kg", 1, None)),
    (r"sup|quantity|units?", ("quantity", 1, None)),
    (r"value", ("value", 1, None)),
)


@dataclass(frozen=True)
class StatisticsRead:
    """`statistics` is Parquet of contract `statistic`, `rejected` of `rejection` or None; records = loaded + rejected."""

    statistics: Path
    rejected: Path | None
    records: int
    loaded: int
    format: str
    notes: tuple[str, ...]


def reporter_in(name: str) -> str | None:
    """The country or group whose office made the file, by the words of its name."""
    tokens = [t for t in re.split(r"[^0-9A-Za-zА-Яа-яЁё]+", name.casefold()) if t]
    if any(re.match(r"^eu(27)?$|^eurostat$|^comext$", t) for t in tokens):
        return "EU27"
    for width in (3, 2, 1):
        for at in range(len(tokens) - width + 1):
            text = " ".join(tokens[at : at + width])
            found = (countries.code(text) if len(text) > 3 else None) or (countries.glued(text) if width == 1 else None)
            if found:
                return found
    return None


def flow_in(name: str) -> str | None:
    """The side of the trade, by the words of a file name; None where it names both or none."""
    folded = name.casefold()
    sides = {
        s
        for s, w in (("export", r"(?<!re)exp(ort|\b)|экспорт"), ("import", r"(?<!re)imp(ort|\b)|импорт"))
        if re.search(w, folded)
    }
    return sides.pop() if len(sides) == 1 else None


def _distinct(engine: Engine, column: str) -> list[str]:
    return [
        r
        for r in engine.fetch(f"SELECT DISTINCT {column} AS cell FROM stat_raw AS r WHERE {column} IS NOT NULL")[
            "cell"
        ].to_pylist()
        if r.strip()
    ]


def _area_column(engine: Engine, layout: columns.Layout, side: str) -> tuple[str | None, pa.Table | None]:
    """The column whose cells are best known, and what they mean."""
    roles = ("exporter",) if side == "reporter" and layout.has("exporter") and not layout.has("reporter_name", "reporter_iso", "reporter_code") else ("importer",) if side == "partner" and layout.has("importer") and not layout.has("partner_name", "partner_iso", "partner_code") else (f"{side}_iso", f"{side}_name", f"{side}_code")  # fmt: skip
    best: tuple[float, str, pa.Table] | None = None
    for role in roles:
        for column in layout.roles.get(role, ()):
            cells = _distinct(engine, column)
            table = lookups.area_table(cells, areas.system_of(cells))
            if best is not None and table.num_rows == 0:
                continue
            share = table.num_rows / max(len(cells), 1)
            if best is None or share > best[0] + 0.02:
                best = (share, column, table)
    return (best[1], best[2]) if best else (None, None)


def _named_groups(table: pa.Table, cells: Sequence[str]) -> pa.Table:
    """A column without a single country holds the publisher's own groups: they keep their names."""
    if table.num_rows:
        return table
    return pa.table({"cell": pa.array(cells, pa.string()), "code": pa.array(cells, pa.string()), "kind": pa.array(["group"] * len(cells), pa.string())})  # fmt: skip


def _lookups(engine: Engine, layout: columns.Layout, facts: Facts) -> None:
    roles = layout.roles
    for side in ("reporter", "partner"):
        column, table = _area_column(engine, layout, side)
        setattr(facts, side, column)
        if column is not None and table is not None:
            engine.put(f"stat_{side}", _named_groups(table, _distinct(engine, column)) if side == "partner" else table)
    if "flow" in roles:
        column = max(roles["flow"], key=lambda c: lookups.flow_table(_distinct(engine, c)).num_rows)
        facts.flow_column = column
        engine.put("stat_flow", lookups.flow_table(_distinct(engine, column)))
    heads = [s.period for s in layout.slots if s.period]
    if "period" in roles:
        cells = _distinct(engine, roles["period"][0])
    elif "month" in roles:
        cells = _distinct(engine, f"concat_ws('-', {roles['year'][0]}, {roles['month'][0]})")
    else:
        cells = heads or _distinct(engine, roles["year"][0])
    freqs = _distinct(engine, roles["freq"][0]) if "freq" in roles else []
    engine.put("stat_period", lookups.period_table(cells, freqs if len({f[:1].upper() for f in freqs}) == 1 else []))
    goods = next((roles[r][0] for r in ("goods", "goods_group") if r in roles), None)
    if goods:
        level = roles["level"][0] if "level" in roles else "CAST(NULL AS VARCHAR)"
        pairs = engine.fetch(
            f"SELECT DISTINCT {goods} AS cell, {level} AS level FROM stat_raw AS r WHERE {goods} IS NOT NULL"
        ).to_pylist()
        engine.put("stat_goods", lookups.goods_table((p["cell"], p["level"]) for p in pairs))
    if "classification" in roles:
        engine.put("stat_class", lookups.class_table(_distinct(engine, roles["classification"][0])))
    if "currency" in roles:
        cells = _distinct(engine, roles["currency"][0])
        engine.put("stat_currency", pa.table({"cell": pa.array(cells, pa.string()), "code": pa.array([currencies.code(c) for c in cells], pa.string())}))  # fmt: skip
    if "indicator" in roles:
        _indicators(engine, roles["indicator"][0], facts)
    _dimensions(engine, layout, facts)


def _indicators(engine: Engine, column: str, facts: Facts) -> None:
    rows = []
    for cell in _distinct(engine, column):
        hit = next((m for pattern, m in _INDICATORS if re.search(pattern, cell.casefold())), None)
        rows.append((cell, *(hit or (None, 1, None))))
        if hit and hit[2]:
            facts.currency = hit[2]
    facts.indicator = column
    engine.put("stat_indicator", pa.table({"cell": pa.array([r[0] for r in rows], pa.string()), "measure": pa.array([r[1] for r in rows], pa.string()), "scale": pa.array([r[2] for r in rows], pa.int64())}))  # fmt: skip


def _dimensions(engine: Engine, layout: columns.Layout, facts: Facts) -> None:
    """Second dimensions that vary in the file; of several columns of one the first that does."""
    totals: list[tuple[str, str, int]] = []
    for role in DIMENSIONS:
        for column in layout.roles.get(role, ()):
            cells = _distinct(engine, f"coalesce({column}, '') || 'x'".replace(" || 'x'", ""))
            empty = engine.fetch(f"SELECT count(*) AS n FROM stat_raw AS r WHERE {column} IS NULL")["n"][0].as_py()
            if len(cells) + int(bool(empty)) > 1:
                facts.dims[role] = column
                totals += [(role, c, int(lookups.is_total(role, c))) for c in [*cells, *([""] if empty else [])]]
                break
    engine.put("stat_total", pa.table({"role": pa.array([t[0] for t in totals], pa.string()), "cell": pa.array([t[1] for t in totals], pa.string()), "total": pa.array([t[2] for t in totals], pa.int32())}))  # fmt: skip


def _numbers(engine: Engine, layout: columns.Layout, facts: Facts, raw: Raw) -> None:
    """Cells of figure columns that a plain cast does not read, looked up once; comma columns are looked up whole."""
    odd: set[str] = set()
    comma: set[str] = set()
    tables: list[pa.Table] = []
    for slot in layout.slots:
        place = int(slot.column.removeprefix("r.c")) - 1
        sample = [r[place] for r in raw.sample if place < len(r) and r[place]]
        decimal = numbers.convention_of(c for c in sample if c).decimal
        where = "" if decimal == "," else f" AND TRY_CAST({slot.column} AS {TOTAL}) IS NULL"
        cells = [
            c["cell"]
            for c in engine.fetch(
                f"SELECT DISTINCT {slot.column} AS cell FROM stat_raw AS r WHERE {slot.column} IS NOT NULL{where}"
            ).to_pylist()
        ]
        if cells:
            odd.add(slot.column)
            tables.append(lookups.number_table(cells))
        if decimal == ",":
            comma.add(slot.column)
    facts.odd, facts.comma = frozenset(odd), frozenset(comma)
    if tables:
        engine.put("stat_number_all", pa.concat_tables(tables))
        engine.make(
            "stat_number", "SELECT cell, max(number) AS number, max(why) AS why FROM stat_number_all GROUP BY cell"
        )
        engine.drop("stat_number_all")


def _settle(layout: columns.Layout, facts: Facts, name: str, country: str | None, direction: str | None) -> list[str]:
    """What no column says: reporter, flow, currency, from the case file or the file's name, each told."""
    notes = []
    if facts.reporter is None:
        facts.reporter_code = country or reporter_in(name)
        if facts.reporter_code is None:
            raise SourceRefused(
                "no column and no word of the file's name says whose statistics these are",
                where=name, fix='Set country = "XX" for this source in case.toml',
            )  # fmt: skip
        notes.append(f"reporter {facts.reporter_code}, from {'case.toml' if country else 'the name of the file'}")
    facts.reconciled = facts.reporter is not None and layout.has("exporter") and facts.flow_column is None
    if facts.reconciled:
        facts.flow = "export"
        notes.append(
            "exporter and importer stand in one row: read as figures both ends were reconciled to (as CEPII BACI)"
        )
    if facts.flow_column is None and not facts.flow and not any(s.flow for s in layout.slots):
        facts.flow = direction if direction in ("export", "import") else flow_in(name)
        if facts.flow is None:
            facts.flow = "export"
            notes.append(
                'no column tells export from import: read as exports; direction = "import" in case.toml changes that'
            )
        else:
            notes.append(f"flow {facts.flow}, from {'case.toml' if direction else 'the name of the file'}")
    if (
        not any(s.currency for s in layout.slots)
        and facts.currency is None
        and re.search("eurostat|comext|ds-0", name.casefold())
    ):
        facts.currency = "EUR"
    if layout.passed:
        notes.append(f"column {', '.join(layout.passed)} not read: it adds exports and imports")
    if facts.partner is None:
        notes.append("no partner column: all rows are with the world")
    return notes


def read(
    context: Context, path: Path, *, alias: str, name: str, scratch: Path, sheet: str | None = None, country: str | None = None, direction: str | None = None
) -> StatisticsRead:  # fmt: skip
    """Read one file. `name` is what may tell reporter and flow; `country` and `direction` are what the case file says.

    Raises SourceRefused where the header has no period or no figures, or nobody says whose statistics it is.
    """
    raw = open_raw(path, alias=alias, scratch=scratch, settings=context.case.settings.intake, sheet=sheet)
    layout = columns.read(raw.columns)
    if not layout.slots or not (layout.has("period", "year") or any(s.period for s in layout.slots)):
        raise SourceRefused(
            f"no column of {', '.join(raw.columns[:8])} can be read as a {'figure' if not layout.slots else 'period'}",
            where=name, fix="Name the columns as the publisher does, or as `period` and `value_usd`",
        )  # fmt: skip
    engine, facts = context.engine, Facts(rest=())
    engine.attach("stat_raw", raw.path)
    try:
        places = {c: f"r.c{n}" for n, c in enumerate(raw.columns, 1)}
        facts.rest = tuple(places[c] for c in layout.rest if c in places)
        facts.rest += layout.roles.get("procedure", ())
        _lookups(engine, layout, facts)
        notes = [*raw.notes, *_settle(layout, facts, name, country, direction)]
        _numbers(engine, layout, facts, raw)
        engine.make("stat_typed", typed_sql(layout, facts))
        chooser = Chooser(engine, str)
        chooser.sound()
        if layout.has("classification"):
            chooser.revisions()
        chooser.totals(tuple(facts.dims))
        chooser.repeats()
        chooser.subtotals()
        chooser.summed()
        chooser.details()
        chooser.done()
        return _write(engine, raw, facts, alias, scratch, notes)
    finally:
        for table in MADE:
            engine.drop(table)


def _write(engine: Engine, raw: Raw, facts: Facts, alias: str, scratch: Path, notes: list[str]) -> StatisticsRead:
    import pyarrow.parquet as pq

    width = len(raw.columns)
    slug = re.sub(r"[^A-Za-z0-9]+", "-", alias)[:40]
    target, refused = scratch / f"{slug}.statistic.parquet", scratch / f"{slug}.statistic-rejected.parquet"
    rate = "TRY_CAST(usd_rate AS DECIMAL(10, 4))"
    usd = f"CASE WHEN currency = 'USD' THEN value WHEN currency = 'EUR' THEN CAST(value * {rate} AS {TOTAL}) END"
    basis = "CASE WHEN currency = 'USD' THEN 'declared' WHEN currency = 'EUR' AND usd_rate IS NOT NULL THEN concat('ECB yearly average ', CAST(extract(year FROM period) AS VARCHAR), ': ', usd_rate) END"
    table = TABLES["statistic"]
    body = (
        f"SELECT {_text(alias)} AS source, row, reporter, partner, flow, hs_code, hs_revision, period, freq, value, currency, {usd} AS value_usd, "
        f"{basis} AS usd_basis, value_basis, net_kg, quantity, unit, partner_rule, estimated, {int(facts.reconciled)} AS reconciled, parts FROM stat_sum"
    )
    engine.write(f"SELECT {table.cast()} FROM ({body}) AS made ORDER BY row, flow, partner_rule, period", target)
    rejection = TABLES["rejection"]
    excerpt = f"substr(concat_ws(' | ', {', '.join(f'r.c{i}' for i in range(1, width + 1))}), 1, 200)"
    # A record is refused when nothing of it stands: a wide record may lose a cell and stay.
    lost = (
        "SELECT t.row AS row, min(f.why) AS reason FROM (SELECT row, count(*) AS n FROM stat_typed GROUP BY row) AS t "
        "INNER JOIN (SELECT row, min(why) AS why, count(*) AS n FROM stat_fate GROUP BY row) AS f ON f.row = t.row WHERE f.n >= t.n GROUP BY t.row"
    )
    engine.make("stat_lost", lost)
    out = f"SELECT {_text(alias)} AS source, l.row AS row, l.reason AS reason, {excerpt} AS excerpt, NULL AS value FROM stat_lost AS l INNER JOIN stat_raw AS r ON r.row = l.row"
    n = engine.write(f"SELECT {rejection.cast()} FROM ({out}) AS refused ORDER BY row", refused)
    cells = engine.fetch(
        "SELECT f.why AS why, count(*) AS n FROM stat_fate AS f LEFT JOIN stat_lost AS l ON l.row = f.row WHERE l.row IS NULL GROUP BY f.why ORDER BY f.why"
    ).to_pylist()
    engine.drop("stat_lost")
    notes += [f"{c['n']:,} cells of loaded records left out: {c['why']}" for c in cells]
    summed = engine.fetch(
        "SELECT count(*) AS n, CAST(sum(parts) AS BIGINT) AS p FROM stat_sum WHERE parts > 1"
    ).to_pylist()[0]
    if summed["n"]:
        notes.append(
            f"{summed['p']:,} records summed into {summed['n']:,} rows (no total was published over their second dimension)"
        )
    before = 0
    parts: list[Path] = []
    if raw.rejected is not None:
        before = pq.read_metadata(raw.rejected).num_rows
        parts.append(raw.rejected)
    if n or _rows(refused):
        parts.append(refused)
    rejected = _joined(parts, scratch / f"{slug}.statistic-refused.parquet")
    total = before + _rows(refused)
    return StatisticsRead(target, rejected, raw.records, raw.records - total, f"statistics; {raw.format}", tuple(notes))


def _rows(path: Path) -> int:
    import pyarrow.parquet as pq

    return sum(pq.read_metadata(p).num_rows for p in (path.glob("*.parquet") if path.is_dir() else [path]))


def _joined(parts: list[Path], target: Path) -> Path | None:
    """One file of refusals."""
    import pyarrow.parquet as pq

    if not parts:
        return None
    if len(parts) > 1:
        schema = TABLES["rejection"].schema
        pq.write_table(pa.concat_tables([pq.read_table(p).cast(schema) for p in parts]), target)
        return target
    return parts[0]


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
