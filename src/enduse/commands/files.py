"""Ask one file without a case: its columns, goods, names or claims."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from enduse.commands.common import AsJson, answer, at_terminal, print_json, say
from enduse.contracts.case_file import PARSER
from enduse.errors import UsageError


def map_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="a customs file, or a header alone")],
    out: Annotated[
        Path | None, typer.Option("--out", help="write the proposal as an editable TOML file, for add --mapping")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Propose what each column of a customs file is, with a confidence."""
    from enduse.contracts.case_file import Intake
    from enduse.intake import map_file, peek_columns
    from enduse.intake.mapping import ask
    from enduse.terminal import mapping_text

    roles = map_file(file)
    if not as_json and at_terminal():
        sample = peek_columns(file).sample
        roles = list(ask(roles, sample, threshold=Intake().mapping_threshold, answer=answer, say=say))
    if out is not None:
        from enduse.plain_files import write_mapping

        write_mapping(out, roles)
    if as_json:
        keys = ("column", "role", "confidence", "reader", "reason")
        columns = [{k: getattr(r, k) for k in keys} | {"confidence": round(r.confidence, 4)} for r in roles]
        print_json({"columns": columns})
    elif out is None:
        typer.echo(mapping_text(roles))
    else:
        typer.echo(f"{out}: change what is wrong, then: enduse add CASE {file} --mapping {out}")


def _refused(path: Path, refused: Sequence[str]) -> None:
    if refused:
        say(
            f"enduse: {path}: {len(refused)} records could not be read and are not in the output: {'; '.join(refused[:5])}"
        )


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
    maker: Annotated[str | None, typer.Option("--maker", metavar="COL", help="column with the maker or brand")] = None,
) -> None:
    """Add what the goods are to each record: family, brand, model, hs6, controls, vague, vague_rules, confidence, evidence."""
    from enduse.plain_files import classify as judge

    _refused(file, judge(file, text=text, watch=watch, hs=hs, kg=kg, quantity=quantity, maker=maker, out=out).refused)


def rank(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="declarations to rank")],
    train: Annotated[Path, typer.Option("--train", metavar="LABELLED", help="inspected declarations, same columns")],
    label: Annotated[str, typer.Option("--label", metavar="COL", help="column that says which were found wrong")],
    out: Annotated[Path, typer.Option("--out", help="CSV file to write")],
    date: Annotated[
        str | None, typer.Option("--date", metavar="COL", help="date column; quality is measured on the latest rows")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="JSON", help="write the quality report here")
    ] = None,
) -> None:
    """Rank declarations by past inspections: adds `score` (0 to 1) and `reasons`; quality on later rows goes to stderr."""
    from enduse.plain_files import rank as judge
    from enduse.terminal import ranked_text

    sheet, found = judge(file, train=train, label=label, date=date, report=report, out=out)
    _refused(file, sheet.refused)
    say(ranked_text(found))


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
    say(
        f"{len(set(found['row'].to_pylist()))} names asked: {decisions.count('match')} matches, {decisions.count('review')} for review"
    )


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

    found = ask([names[0]], [names[1]], [kind] if kind else None).to_pylist()[0]
    typer.echo(compared_text(names[0], names[1], found, kind))


def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="press texts")],
    out: Annotated[Path, typer.Option("--out", help="JSON lines file to write")],
    date: Annotated[
        str | None,
        typer.Option("--date", metavar="D", help="publication date (YYYY-MM-DD) where the text does not state it"),
    ] = None,
    parser: Annotated[
        str,
        typer.Option("--parser", help='spaCy pipeline whose parse helps the rules; "" for rules alone'),
    ] = PARSER,
) -> None:
    """Find the supply claims of press texts, each with its sentence, figures and the root it rests on."""
    import datetime as dt

    from enduse.plain_files import extract as find

    try:
        day = dt.date.fromisoformat(date) if date else None
    except ValueError as error:
        raise UsageError(f"--date {date!r} is no date", fix="Write YYYY-MM-DD") from error
    records = find(files, date=day, out=out, parser=parser)
    counts: dict[str, int] = {}
    for record in records:
        counts[record["record"]] = counts.get(record["record"], 0) + 1
    say(", ".join(f"{n} {k}{'s' if n != 1 else ''}" for k, n in sorted(counts.items())) or "no claims found")
