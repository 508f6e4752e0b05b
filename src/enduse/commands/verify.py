"""Check what was exported, and prove single records of sealed sources."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enduse.commands.common import AsJson, CasePath, print_json, say
from enduse.errors import UsageError

if TYPE_CHECKING:
    from enduse.exports.verify_report import Report


def verify(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="a crate (folder or zip), a case folder, or a proof")],
    sources: Annotated[
        Path | None,
        typer.Option("--sources", metavar="DIR", help="folder in which the sources of a crate are looked for"),
    ] = None,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="CRATE", help="the crate a proof is about")
    ] = None,
    digest: Annotated[
        str | None, typer.Option("--digest", metavar="HEX", help="digest the crate must have, got another way")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check an exported crate, a case or a proof offline. Exit code 4 where anything does not hold, 3 where it is none of them."""
    from enduse.exports.verify import kind_of, text

    kind = kind_of(path)
    wrong = {
        "case": "--sources, --against and --digest" if sources or against or digest else "",
        "crate": "--against" if against else "",
        "proof": "--sources and --digest" if sources or digest else "",
    }[kind]
    if wrong:
        raise UsageError(f"{wrong} cannot go with a {kind}", fix="See enduse verify --help")
    report = _report(path, kind, sources=sources, against=against)
    if digest is not None:
        known = report.check("digest")
        known.looked = "digest of the manifest held to the one given"
        if report.digest != digest.strip().lower():
            known.fault(
                "manifest-sha256.txt",
                "is not that of the crate meant",
                digest,
                report.digest,
                "Is this the crate you were told of?",
            )
    if as_json:
        print_json(report.data())
    else:
        typer.echo(text(report))
    if not report.holds:
        say(f"enduse: {report.faults} things do not hold in {path}")
        raise typer.Exit(4)


def _report(path: Path, kind: str, *, sources: Path | None, against: Path | None) -> Report:
    if kind == "case":
        from enduse.case import Case
        from enduse.exports import verify_case

        return verify_case.verify(Case(path))
    if kind == "proof":
        from enduse.exports import verify_proof

        return verify_proof.verify(path, against=against)
    from enduse.exports.verify import crate

    return crate(path, sources=sources)


def prove(
    case: CasePath,
    records: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="RECORD...", help="shipment ids, ALIAS:RECORD such as sealed-1:17, or figures such as F-0001"
        ),
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="JSON file to write")] = Path("proof.json"),
    file: Annotated[
        list[str] | None, typer.Option("--file", metavar="ALIAS", help="also tell the SHA-256 of this sealed file")
    ] = None,
) -> None:
    """Write a proof of records of sealed sources, to be checked with enduse verify PROOF --against CRATE."""
    from enduse.case import Case
    from enduse.exports.seal import prove as make
    from enduse.whole import write_text

    if not records and not file:
        raise UsageError("name a record to prove", fix="Such as: enduse prove CASE sealed-1:17 --out proof.json")
    proof = make(Case(case), records or [], opened=file or ())
    write_text(out, json.dumps(proof, ensure_ascii=False, indent=1) + "\n")
    for part in proof["sources"]:
        say(f"{part['source']}: {len(part['proved'])} records, with everything their cells say; root {part['root']}")
    for item in proof["files"]:
        say(f"{item['source']}: the proof tells the SHA-256 of the file: who holds the file can tell it is this one")
    typer.echo(str(out))
