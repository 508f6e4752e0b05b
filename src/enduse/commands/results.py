"""Read the results of a case."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enduse.commands.common import AsJson, CasePath, note_stale, print_json, say
from enduse.errors import EnduseError, UsageError

if TYPE_CHECKING:
    from enduse.case import Case


def figures(case: CasePath, as_json: AsJson = False) -> None:
    """List the figures of a case with their ranges."""
    from enduse.case import Case
    from enduse.terminal import figures_text

    opened = Case(case)
    found = opened.figures()
    note_stale(opened)
    if as_json:
        print_json(found)
    else:
        typer.echo(figures_text(found))


def why(
    case: CasePath,
    figure: Annotated[
        str,
        typer.Argument(
            metavar="FIGURE",
            help="id of a figure, such as F-0001; of a chain, such as H-0a1b2c3d4e; or a record, such as imports.csv:17",
        ),
    ],
    rows: Annotated[
        int | None, typer.Option("--rows", min=0, help="rows to show; all with --json, 10 otherwise")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show a figure with its definition, what was left out, its rows, and the value computed again from them.

    With a chain: the records of each of its steps. With a record: the lines of its source around it.
    """
    from enduse.case import Case
    from enduse.terminal import why_text
    from enduse.web.source.said import is_record, lines_of

    opened = Case(case)
    if is_record(figure):
        if as_json or rows is not None:
            raise UsageError("a record is shown as lines of its source", fix="Leave out --json and --rows")
        typer.echo(lines_of(opened, figure))
        return
    if re.fullmatch(r"H-[0-9a-f]{10}", figure):
        _why_chain(opened, figure, as_json=as_json)
        return
    found = opened.why(figure, rows=rows if rows is not None or as_json else 10)
    note_stale(opened)
    if as_json:
        figure_text = {**found.figure, "counted": found.figure["rows"], "rows_in_all": found.rows_in_all}
        print_json({**figure_text, "recomputed": found.recomputed, "equal": found.equal, "rows": found.rows})
    else:
        typer.echo(why_text(found, opened.table("waterfall").to_pylist()))
    if not found.equal:
        say(f"enduse: {figure} states {found.figure['value']} but its rows give {found.recomputed}")
        raise typer.Exit(4)


def _why_chain(opened: Case, chain: str, *, as_json: bool) -> None:
    """One chain down to the records it rests on."""
    from enduse.routes.chains.question import chains_where, records_of
    from enduse.terminal_chains import why_chain

    opened.need("routes")
    with opened.open() as engine:
        found = chains_where(engine, chain=chain)
        records = records_of(engine, chain)
    if not found:
        raise EnduseError(f"no chain {chain!r}", where=str(opened.folder), fix="List them with: enduse chains CASE")
    note_stale(opened)
    if as_json:
        print_json(found[0] | {"records": records})
    else:
        typer.echo(why_chain(found[0], records))


def claims(case: CasePath, as_json: AsJson = False) -> None:
    """List the press claims of a case, each with its sentence and the root it rests on."""
    from enduse.case import Case
    from enduse.terminal import claims_text

    opened = Case(case)
    found = opened.claims()
    note_stale(opened)
    if as_json:
        print_json(found)
    else:
        typer.echo(
            claims_text(found, {n: opened.table(n).to_pylist() for n in ("claim_cluster", "drift", "contradiction")})
        )


def export(
    case: CasePath,
    to: Annotated[str, typer.Option("--to", help="csv, parquet, xlsx, html, pdf, ftm, graphml, prov or crate")],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help="file or folder to write; in the out folder of the case by default; crate: a folder, or a .zip",
        ),
    ] = None,
    spreadsheet: Annotated[
        bool, typer.Option("--spreadsheet", help="csv: no cell that a spreadsheet program takes for a formula")
    ] = False,
    with_sources: Annotated[
        bool, typer.Option("--with-sources", help="crate: copy the sources that are not sealed into it")
    ] = False,
) -> None:
    """Write the tables of a case, its dossier, or everything its figures rest on (crate)."""
    from enduse.case import Case
    from enduse.export import FORMATS

    if to not in FORMATS:
        raise UsageError(f"no export format {to!r}", fix=f"Formats are {', '.join(FORMATS)}")
    opened = Case(case)
    made = opened.export(to, out, spreadsheet=spreadsheet, with_sources=with_sources)
    note_stale(opened)
    for path in made if to != "crate" or len(made) == 1 else [made[0].parent]:
        typer.echo(str(path))
    if to == "crate":
        say(f"check it: enduse verify {made[0] if len(made) == 1 else made[0].parent}")
