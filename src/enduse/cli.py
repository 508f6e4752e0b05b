"""The command line: parse, call, print. stdout is data, stderr is progress; exit codes 0, 2 usage, 3 refused, 4 verification."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enduse.errors import EnduseError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enduse.case import Case

app = typer.Typer(
    name="enduse",
    help="Turn customs records, watchlists and press reports into findings you can defend.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

CasePath = Annotated[Path, typer.Argument(metavar="CASE", help="folder of the case")]
AsJson = Annotated[bool, typer.Option("--json", help="a list of objects with the columns of the table")]


def _say(line: str) -> None:
    typer.echo(line, err=True)


def _note_stale(case: Case) -> None:
    """Old results stay readable, but nobody shall take them for new ones."""
    if case.stale():
        _say(
            f"note: settings, sources or program changed since this run; these are the older results. Renew them: enduse run {case.folder}"
        )


def _json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def _version(wanted: bool) -> None:
    if wanted:
        from enduse._version import __version__

        typer.echo(f"enduse {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="print the version")
    ] = False,
) -> None:
    """Detection and evidence only: every figure shows its rows, its range and its limits."""


@app.command()
def demo(folder: Annotated[Path, typer.Argument(metavar="DIR", help="where to make the case")] = Path("demo")) -> None:
    """Make the demonstration case from simulated records, run it, and say where the dossier is."""
    from enduse.demo import make
    from enduse.terminal import Bars, figures_text

    with Bars() as bars:
        case, dossier = make(folder, bars)
    typer.echo(figures_text(case.figures(), top=1))
    typer.echo(f"Everything here is SIMULATED. The dossier: {dossier}")
    typer.echo(f"Go on with: enduse figures {folder} | enduse why {folder} F-0001 | enduse claims {folder}")


@app.command()
def new(
    case: CasePath,
    question: Annotated[
        str, typer.Option("--question", help='in words, such as "civil drones and parts to RU since 2022-02-24"')
    ] = "",
    watch: Annotated[
        str | None,
        typer.Option("--watch", help="watch profile: civil-drones, common-high-priority, hs:6907, or a TOML file"),
    ] = None,
) -> None:
    """Make a case and write down what the question was understood to mean."""
    from enduse.case import Case
    from enduse.terminal import scope_text

    made = Case.new(case, question=question, watch=watch)
    typer.echo(scope_text(made.file, case))


@app.command()
def add(
    case: CasePath,
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="files to add; they are read where they lie and never written"),
    ],
    kind: Annotated[
        str | None,
        typer.Option("--kind", help="customs, statistics, watchlist, ownership, press or order; detected by default"),
    ] = None,
    alias: Annotated[
        str | None, typer.Option("--as", metavar="ALIAS", help="name of the source in every output")
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--mapping",
            metavar="TOML",
            help="a mapping file (see enduse map --out) for one customs file; it is copied into the case",
        ),
    ] = None,
    sealed: Annotated[
        bool, typer.Option("--sealed", help="name the source sealed-N instead of its file name, in every output")
    ] = False,
) -> None:
    """Add files to a case. The good ones go in; each refused one is named, and the command exits 3."""
    from enduse.case import Case

    refused = 0
    for added in Case(case).add(paths, kind=kind, alias=alias, mapping=mapping, sealed=sealed):
        if added.refused is not None:
            refused += 1
            _say(f"enduse: refused: {added.refused}")
        for source in added.sources:
            typer.echo(f"{source.alias}: {source.kind} ({added.why})")
    if refused:
        raise typer.Exit(3)


@app.command()
def run(
    case: CasePath,
    engine: Annotated[str, typer.Option("--engine", help="duckdb or spark")] = "duckdb",
    until: Annotated[
        str | None,
        typer.Option("--until", help="last stage to run: intake, goods, parties, routes, press, findings or dossier"),
    ] = None,
) -> None:
    """Run the stages that are not up to date."""
    from enduse.case import Case
    from enduse.terminal import Bars, account_text

    opened = Case(case)
    with Bars() as bars:
        done = opened.run(engine=engine, until=until, progress=bars)
    fresh = [d.stage for d in done if d.fresh]
    _say(f"run: {', '.join(fresh)}" if fresh else "nothing to do: every stage is up to date")
    if until == "routes":
        _say("routes: this version has no routes stage; nothing was computed for it")
    typer.echo(account_text(opened.table("source").to_pylist()))
    dossier = opened.dossier_path
    if until in (None, "dossier") and dossier.exists():
        typer.echo(f"dossier: {dossier}")


@app.command()
def figures(case: CasePath, as_json: AsJson = False) -> None:
    """List the figures of a case with their ranges."""
    from enduse.case import Case
    from enduse.terminal import figures_text

    opened = Case(case)
    found = opened.figures()
    _note_stale(opened)
    if as_json:
        _json(found)
    else:
        typer.echo(figures_text(found))


@app.command()
def why(
    case: CasePath,
    figure: Annotated[str, typer.Argument(metavar="FIGURE", help="id of a figure, such as F-0001")],
    rows: Annotated[
        int | None, typer.Option("--rows", min=0, help="rows to show; all with --json, 10 otherwise")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show a figure with its definition, what was left out, its rows, and the value computed again from them."""
    from enduse.case import Case
    from enduse.terminal import why_text

    opened = Case(case)
    found = opened.why(figure, rows=rows if rows is not None or as_json else 10)
    _note_stale(opened)
    if as_json:
        figure_text = {**found.figure, "counted": found.figure["rows"], "rows_in_all": found.rows_in_all}
        _json({**figure_text, "recomputed": found.recomputed, "equal": found.equal, "rows": found.rows})
    else:
        typer.echo(why_text(found, opened.table("waterfall").to_pylist()))
    if not found.equal:
        _say(f"enduse: {figure} states {found.figure['value']} but its rows give {found.recomputed}")
        raise typer.Exit(4)


@app.command()
def claims(case: CasePath, as_json: AsJson = False) -> None:
    """List the press claims of a case, each with its sentence and the root it rests on."""
    from enduse.case import Case
    from enduse.terminal import claims_text

    opened = Case(case)
    found = opened.claims()
    _note_stale(opened)
    if as_json:
        _json(found)
    else:
        typer.echo(
            claims_text(found, {n: opened.table(n).to_pylist() for n in ("claim_cluster", "drift", "contradiction")})
        )


@app.command()
def export(
    case: CasePath,
    to: Annotated[str, typer.Option("--to", help="csv, parquet or html")],
    out: Annotated[Path, typer.Option("--out", help="folder for csv and parquet, file for html")],
) -> None:
    """Write every table of a case, or its dossier."""
    from enduse.case import Case
    from enduse.export import FORMATS, PLANNED

    if to not in FORMATS + PLANNED:
        raise UsageError(f"no export format {to!r}", fix=f"Formats are {', '.join(FORMATS)}")
    opened = Case(case)
    made = opened.export(to, out)
    _note_stale(opened)
    for path in made:
        typer.echo(str(path))


@app.command("map")
def map_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="a customs file, or a header alone")],
    out: Annotated[
        Path | None, typer.Option("--out", help="write the proposal as an editable TOML file, for add --mapping")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Propose what each column of a customs file is, with a confidence."""
    from enduse.intake import map_file
    from enduse.terminal import mapping_text

    roles = map_file(file)
    if out is not None:
        from enduse.plain_files import write_mapping

        write_mapping(out, roles)
    if as_json:
        keys = ("column", "role", "confidence", "reader", "reason")
        columns = [{k: getattr(r, k) for k in keys} | {"confidence": round(r.confidence, 4)} for r in roles]
        _json({"columns": columns})
    elif out is None:
        typer.echo(mapping_text(roles))
    else:
        typer.echo(f"{out}: change what is wrong, then: enduse add CASE {file} --mapping {out}")


def _refused(path: Path, refused: Sequence[str]) -> None:
    if refused:
        _say(
            f"enduse: {path}: {len(refused)} records could not be read and are not in the output: {'; '.join(refused[:5])}"
        )


@app.command()
def classify(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    text: Annotated[str, typer.Option("--text", metavar="COL", help="column with the goods text")],
    out: Annotated[Path, typer.Option("--out", help="CSV file to write")],
    watch: Annotated[str, typer.Option("--watch", help="watch profile")] = "civil-drones",
    hs: Annotated[str | None, typer.Option("--hs", metavar="COL", help="column with the commodity code")] = None,
    kg: Annotated[str | None, typer.Option("--kg", metavar="COL", help="column with the net weight in kg")] = None,
    quantity: Annotated[
        str | None, typer.Option("--quantity", metavar="COL", help="column with the number of pieces")
    ] = None,
) -> None:
    """Add what the goods are to each record: family, brand, model, hs6, controls, vague, vague_rules, confidence, evidence."""
    from enduse.plain_files import classify as judge

    _refused(file, judge(file, text=text, watch=watch, hs=hs, kg=kg, quantity=quantity, out=out).refused)


@app.command()
def screen(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    name: Annotated[str, typer.Option("--name", metavar="COL", help="column with the names to ask")],
    lists: Annotated[list[Path], typer.Option("--list", metavar="LIST", help="a list file; may be repeated")],
    out: Annotated[Path, typer.Option("--out", help="CSV file to write")],
    country: Annotated[str | None, typer.Option("--country", metavar="COL", help="column with their countries")] = None,
    key: Annotated[
        str | None, typer.Option("--id", metavar="COL", help="column with your own ids, copied to the output")
    ] = None,
) -> None:
    """Ask names against lists: one row per hit with its reasons, one `no_match` row for a name without."""
    from enduse.plain_files import screen as ask

    sheet, found = ask(file, name=name, country=country, key=key, lists=lists, out=out)
    _refused(file, sheet.refused)
    decisions = found["decision"].to_pylist()
    _say(
        f"{len(set(found['row'].to_pylist()))} names asked: {decisions.count('match')} matches, {decisions.count('review')} for review"
    )


@app.command()
def compare(
    names: Annotated[list[str] | None, typer.Argument(metavar="[A B]", help="two names")] = None,
    pairs: Annotated[Path | None, typer.Option("--pairs", metavar="FILE", help="a table of pairs")] = None,
    left: Annotated[str | None, typer.Option("--left", metavar="COL")] = None,
    right: Annotated[str | None, typer.Option("--right", metavar="COL")] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind", metavar="COL", help="column with person, organization or vessel; with two names the word itself"
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="CSV file to write")] = None,
) -> None:
    """Say how likely two names are one party, with reasons for and against."""
    if pairs is not None:
        from enduse.plain_files import compare as judge

        if left is None or right is None or out is None or names:
            raise UsageError("--pairs needs --left, --right and --out", fix="See enduse compare --help")
        _refused(pairs, judge(pairs, left=left, right=right, kind=kind, out=out).refused)
        return
    if not names or len(names) != 2:
        raise UsageError("give two names, or --pairs FILE", fix="See enduse compare --help")
    from enduse.parties import compare as ask
    from enduse.terminal import compared_text

    typer.echo(compared_text(names[0], names[1], ask([names[0]], [names[1]], [kind] if kind else None).to_pylist()[0]))


@app.command()
def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="press texts")],
    out: Annotated[Path, typer.Option("--out", help="JSON lines file to write")],
    date: Annotated[
        str | None,
        typer.Option("--date", metavar="D", help="publication date (YYYY-MM-DD) where the text does not state it"),
    ] = None,
) -> None:
    """Find the supply claims of press texts, each with its sentence, figures and the root it rests on."""
    import datetime as dt

    from enduse.plain_files import extract as find

    try:
        day = dt.date.fromisoformat(date) if date else None
    except ValueError as error:
        raise UsageError(f"--date {date!r} is no date", fix="Write YYYY-MM-DD") from error
    records = find(files, date=day, out=out)
    counts: dict[str, int] = {}
    for record in records:
        counts[record["record"]] = counts.get(record["record"], 0) + 1
    _say(", ".join(f"{n} {k}{'s' if n != 1 else ''}" for k, n in sorted(counts.items())) or "no claims found")


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def bench(
    context: typer.Context,
    suite: Annotated[
        str | None, typer.Argument(metavar="[SUITE]", help="a file of bench/ without .py; all by default")
    ] = None,
) -> None:
    """Measure quality and speed, as ratios in one run (needs a source checkout)."""
    import runpy

    folder = Path(__file__).resolve().parents[2] / "bench"
    have = sorted(p.stem for p in folder.glob("*.py") if p.stem != "common")
    if not have:
        raise EnduseError(
            "the benchmarks are not part of the installed package",
            fix="Run them from a source checkout: python bench/first_light.py",
        )
    if suite is not None and suite not in have:
        raise UsageError(f"no suite {suite!r}", fix=f"Suites are {', '.join(have)}")
    sys.path.insert(0, str(folder))
    for name in [suite] if suite else have:
        sys.argv = [str(folder / f"{name}.py"), *context.args]
        runpy.run_path(str(folder / f"{name}.py"), run_name="__main__")


def main() -> None:
    """Run the command; errors are one line on stderr and an exit code, never a traceback."""
    try:
        app()
    except EnduseError as error:
        _say(f"enduse: {' '.join(str(error).split())}")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _say("enduse: interrupted; finished stages are kept")
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if os.environ.get("ENDUSE_TRACEBACK"):
            raise
        _say(
            f"enduse: a fault of enduse, please report it: {type(error).__name__}: {' '.join(str(error).split())[:500]} (ENDUSE_TRACEBACK=1 shows where)"
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
