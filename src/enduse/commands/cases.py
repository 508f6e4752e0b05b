"""Make a case, add to it, run it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enduse.commands.common import CasePath, answer, at_terminal, say

if TYPE_CHECKING:
    from enduse.case import Case
    from enduse.contracts.case_file import Source


def demo(folder: Annotated[Path, typer.Argument(metavar="DIR", help="where to make the case")] = Path("demo")) -> None:
    """Make the demonstration case from simulated records, run it, and say where the dossier is."""
    from enduse.demo import make
    from enduse.terminal import Bars, figures_text

    with Bars() as bars:
        case, dossier = make(folder, bars)
    typer.echo(figures_text(case.figures(), top=1))
    typer.echo(f"Everything here is SIMULATED. The dossier: {dossier}")
    typer.echo(f"Go on with: enduse figures {folder} | enduse why {folder} F-0001 | enduse claims {folder}")


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
    opened = Case(case)
    for added in opened.add(paths, kind=kind, alias=alias, mapping=mapping, sealed=sealed):
        if added.refused is not None:
            refused += 1
            say(f"enduse: refused: {added.refused}")
        for source in added.sources:
            typer.echo(f"{source.alias}: {source.kind} ({added.why})")
            if source.kind == "customs" and mapping is None and at_terminal():
                _ask(opened, source)
    if refused:
        raise typer.Exit(3)


def _ask(case: Case, source: Source) -> None:
    """Ask a person about the columns that are not sure; what they decide becomes the mapping of this layout."""
    from enduse.intake import peek_columns
    from enduse.intake.mapping import ask, doubtful, dump, propose, recognized
    from enduse.whole import whole

    path = case.folder / source.path
    peek = peek_columns(path, source.sheet)
    roles = propose(peek.columns, peek.sample, name=path.name)
    threshold = case.file.settings.intake.mapping_threshold
    if not doubtful(roles, threshold) or recognized(case.folder / "mappings", peek.columns):
        return
    decided = ask(roles, peek.sample, threshold=threshold, answer=answer, say=say)
    with whole(case.folder / "mappings" / f"{source.alias.replace('/', '_')}.toml") as partial:
        dump(partial, decided)


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
    from enduse.intake import account_view
    from enduse.terminal import Bars, account_text

    opened = Case(case)
    with Bars() as bars:
        done = opened.run(engine=engine, until=until, progress=bars)
    fresh = [d.stage for d in done if d.fresh]
    say(f"run: {', '.join(fresh)}" if fresh else "nothing to do: every stage is up to date")
    with opened.open() as tables:
        typer.echo(account_text(account_view(tables)))
    dossier = opened.dossier_path
    if until in (None, "dossier") and dossier.exists():
        typer.echo(f"dossier: {dossier}")
