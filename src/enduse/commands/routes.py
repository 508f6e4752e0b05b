"""`enduse routes`: what published statistics say of the lanes of a case, around one date or all of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from enduse.commands.common import AsJson, CasePath, note_stale, print_json, say
from enduse.errors import UsageError

if TYPE_CHECKING:
    from enduse.case import Case

TABLES = ("route_break", "substitution", "lost_in_transit", "mirror_gap", "route_test", "route_coverage")
MOST_GAPS = 200


def routes(
    case: CasePath,
    event: Annotated[
        str | None,
        typer.Option(
            "--event",
            metavar="DATE",
            help="look before and after this day (YYYY-MM-DD); a day the case does not name is studied now, and nothing is stored",
        ),
    ] = None,
    as_json: AsJson = False,
    pictures: Annotated[
        Path | None,
        typer.Option(
            "--pictures",
            metavar="DIR",
            help="write the pictures of the lanes as SVG files (and PNG with the extra enduse[pictures]), each with its table as CSV, into DIR",
        ),
    ] = None,
) -> None:
    """Mirror gaps, moves at dates, what replaced a lane, and goods that did not arrive, from published statistics."""
    from enduse.case import Case
    from enduse.terminal_routes import routes_text

    opened = Case(case)
    day = _day(event)
    found = _found(opened, day)
    note_stale(opened)
    if pictures is not None:
        from enduse.dossier.lanes import lanes_of, write_pictures
        from enduse.dossier.png import painter

        paint = painter()
        with opened.open() as engine:
            for path in write_pictures(lanes_of(engine), pictures, paint):
                say(str(path))
        if paint is None:
            say(
                "note: SVG and CSV only; for PNG as well: pip install 'enduse[pictures]' (resvg-py), then the same command again"
            )
    if as_json:
        # One list for all tables: each object says in `table` which columns it has.
        print_json([{"table": name, **row} for name in TABLES for row in found[name]])
    else:
        typer.echo(routes_text(found, day))


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text if len(text) > 7 else f"{text}-01")
    except ValueError as error:
        raise UsageError(f"{text!r} is no date", fix="Write --event 2023-09-01") from error


def _found(opened: Case, day: dt.date | None) -> dict[str, list[dict[str, Any]]]:
    """The stored tables; those of one date where it is given, studied afresh where no stored event has it."""
    tables = {name: opened.table(name) for name in TABLES}
    rows = {name: table.to_pylist() for name, table in tables.items() if name != "mirror_gap"}
    rows["mirror_gap"] = _gaps(tables["mirror_gap"])
    if day is None:
        return rows
    if not any(r["event_date"] == day.isoformat() for r in rows["route_test"]):
        fresh = _studied(opened, day)
        rows |= {name: table.to_pylist() for name, table in fresh.items() if name in rows and name != "mirror_gap"}
    rows["route_coverage"] = []  # of the whole case, not of a date
    names = {r["event"] for r in rows["route_test"] if r["event_date"] == day.isoformat()}
    rows["route_break"] = [r for r in rows["route_break"] if r["event"] in names]
    for name in ("substitution", "lost_in_transit", "route_test"):
        rows[name] = [r for r in rows[name] if r["event_date"] == day.isoformat()]
    return rows


def _studied(opened: Case, day: dt.date) -> dict[str, Any]:
    """The result tables around a day nobody named before."""
    import tempfile

    from enduse.case import Quiet
    from enduse.engine.step import Context
    from enduse.routes.statistics.study import study

    opened.need("routes")
    with opened.open() as engine, tempfile.TemporaryDirectory(prefix="enduse-routes-") as scratch:
        return dict(study(Context(engine, opened.file, opened.folder, Path(scratch), Quiet()), day))


def _gaps(table: Any) -> list[dict[str, Any]]:
    """The largest gaps the corrections leave open: both ends report, and the range leaves zero out."""
    import pyarrow as pa
    import pyarrow.compute as pc

    both = table.filter(
        pc.and_kleene(
            pc.equal(table["rule"], "both_report"),
            pc.invert(pc.match_substring(pc.fill_null(table["explained_by"], ""), "within_range")),
        )
    )
    if not both.num_rows:
        return []
    size = pc.abs(pc.cast(both["gap"], pa.float64()))
    order = pc.sort_indices(both.append_column("_size", size), sort_keys=[("_size", "descending"), ("exporter", "ascending"), ("importer", "ascending"), ("hs6", "ascending"), ("period", "ascending")])  # fmt: skip
    rows: list[dict[str, Any]] = both.take(order[:MOST_GAPS]).to_pylist()
    return rows
