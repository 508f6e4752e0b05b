"""`enduse verify`: which of the three a path is (a crate, a case, a proof), a crate in a process of its own, and the report in plain words."""

from __future__ import annotations

import textwrap
from pathlib import Path

from enduse.errors import EnduseError, SourceRefused

from .verify_report import UNPROVED, Check, Report

WIDTH = 80


def crate(path: Path, *, sources: Path | None = None) -> Report:
    """Verify a crate in a process of its own: what its bytes do to a parser costs that process, not this one."""
    from enduse.intake import child

    from . import verify_crate, verify_pack

    # That it is no crate at all is said here, with exit code 3: nothing of it has been parsed yet but names.
    if not path.is_dir() and not path.is_file():
        raise EnduseError(
            "there is no such file or folder", where=str(path), fix="Name a crate, a case folder or a proof"
        )
    if sources is not None and not sources.is_dir():
        raise EnduseError("is no folder", where=str(sources), fix="Name the folder of the sources after --sources")
    work = f"{verify_crate.__name__}:child"
    limits = child.Limits(memory=4_000_000_000, cpu=4 * 3600, wall=6 * 3600)
    try:
        data = child.run(work, str(path), None if sources is None else str(sources), where=path.name, limits=limits)
    except SourceRefused as error:
        report = Report("crate", str(path))
        report.check("files").fault(path.name, f"breaks what reads it: {error.what}", fix=verify_pack.AGAIN)
        return report
    return Report.of(data)


def kind_of(path: Path) -> str:
    """`case`, `proof` or `crate` (which may turn out to be none); a crate has a case.toml as well."""
    from .verify_pack import marked
    from .verify_proof import read

    if path.is_dir() and (path / "case.toml").is_file() and not marked({p.name for p in path.iterdir()}):
        return "case"
    return "proof" if path.is_file() and read(path) is not None else "crate"


def _wrap(text: str, first: str, rest: str) -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def _lines(check: Check) -> list[str]:
    mark = "ok    " if check.holds else "FAILED"
    out = [
        _wrap(
            check.looked or ("nothing to look at" if check.holds else "see below"),
            f"{mark}  {check.name:<12} ",
            " " * 21,
        )
    ]
    if check.left:
        out.append(_wrap(f"not looked at: {check.left}", " " * 21, " " * 21))
    for fault in check.faults:
        out.append(_wrap(f"{fault.where}: {fault.what}", "  - ", "    "))
        if fault.expected or fault.found:
            out += [f"      expected  {fault.expected}", f"      found     {fault.found}"]
        if fault.fix:
            out.append(_wrap(fault.fix, "      ", "      "))
    if check.more:
        out.append(f"  - and {check.more:,} more of this kind")
    return out


def text(report: Report) -> str:
    """The report for reading at 80 columns: every check, every fault, and what none of it proves."""
    out = [_wrap(f"{report.kind} {report.path}" + (f" ({report.about})" if report.about else ""), "", "  "), ""]
    for check in report.checks:
        out += _lines(check)
    out.append("")
    out += [_wrap(note, "", "  ") for note in report.notes]
    if report.kind == "proof":
        out.append(
            _wrap("Not proved: that the record is true; that the source is genuine; what other records say.", "", "  ")
        )
    else:
        out.append("Not proved:")
        out += [_wrap(f"{line}.", "  - ", "    ") for line in UNPROVED]
    if report.digest:
        out.append(f"Digest of the crate (its manifest): {report.digest}")
    out.append("Everything checked holds." if report.holds else f"{report.faults:,} things do not hold.")
    return "\n".join(out)
