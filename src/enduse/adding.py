"""Adding files to a case: what each one is, the name it goes by, or why it is refused. Sources are never copied or written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from enduse import case_store
from enduse.contracts import KINDS
from enduse.contracts.case_file import CaseFile, Kind, Source
from enduse.errors import CaseError, EnduseError, SourceRefused, UsageError
from enduse.seen import sha256


@dataclass(frozen=True)
class Added:
    """What `add` made of one path: the sources it became, or why it was refused."""

    path: str
    sources: tuple[Source, ...] = ()
    why: str = ""
    refused: EnduseError | None = None


def _alias(wanted: str, taken: set[str]) -> str:
    if wanted not in taken:
        return wanted
    stem, suffix = Path(wanted).stem, Path(wanted).suffix
    number = 2
    while f"{stem}-{number}{suffix}" in taken:
        number += 1
    return f"{stem}-{number}{suffix}"


def _sources_of(
    folder: Path, file: CaseFile, path: Path, kind: str | None, alias: str | None, taken: set[str], *, sealed: bool
) -> tuple[list[Source], str]:
    """The sources one path becomes: one for each sheet, or for each member of an archive with its own kind."""
    from enduse.intake import READ_KINDS, detect

    found = detect(path, kind, max_unpacked_bytes=file.settings.intake.max_unpacked_bytes)  # type: ignore[arg-type]  # `add` has checked the word
    use: Kind = kind or found.kind  # type: ignore[assignment]  # as above
    parts: list[tuple[str | None, Kind]] = []
    if kind is None and found.parts:
        parts = [(p.sheet, p.kind) for p in found.parts if p.kind in READ_KINDS]
    elif use in READ_KINDS:
        parts = [(s, use) for s in (found.sheets or (None,))]
    if not parts:
        raise SourceRefused(
            f"taken for {use} ({found.reason}), which this version does not read yet",
            where=str(path),
            fix=f"Kinds read: {', '.join(READ_KINDS)}; if it is one of them, say so with --kind",
        )
    digest = sha256(path)
    place = os.path.relpath(path.resolve(), folder.resolve())
    made = []
    for sheet, each in parts:
        name = alias or (f"sealed-{len(taken) + 1}" if sealed else path.name)
        name = _alias(f"{name}#{sheet}" if sheet is not None and len(parts) > 1 else name, taken)
        taken.add(name)
        made.append(Source(alias=name, path=place, sha256=digest, kind=each, sheet=sheet, sealed=sealed))
    return made, found.reason


def _keep_mapping(folder: Path, mapping: Path, source: Source) -> Source:
    """Copy a mapping file into the case and name it in the source."""
    name = f"mappings/{source.alias.replace('/', '_')}.toml"
    (folder / name).parent.mkdir(exist_ok=True)
    shutil.copyfile(mapping, folder / name)
    return source.model_copy(update={"mapping": name})


def add(
    folder: Path,
    file: CaseFile,
    paths: Sequence[str | Path],
    *,
    kind: str | None,
    alias: str | None,
    mapping: str | Path | None,
    sealed: bool,
) -> tuple[list[Added], list[Source]]:
    """What became of each path, and the sources to write into `case.toml`."""
    from enduse.intake.mapping import load as load_mapping

    if kind is not None and kind not in KINDS:
        raise UsageError(f"no kind {kind!r}", fix=f"Kinds are {', '.join(KINDS)}")
    if alias is not None and len(paths) > 1:
        raise UsageError("--as names one file, but several were given", fix="Add them one by one")
    if mapping is not None:
        if len(paths) > 1:
            raise UsageError("--mapping is for one file, but several were given", fix="Add them one by one")
        kind = kind or "customs"
        load_mapping(Path(mapping))
    taken = {s.alias for s in file.source}
    if alias is not None and alias in taken:
        raise CaseError(
            f"the case has a source named {alias!r} already",
            where=case_store.where(folder),
            fix="Choose another name after --as",
        )
    known = {(s.sha256, s.sheet): s.alias for s in file.source}
    out: list[Added] = []
    good: list[Source] = []
    for given in paths:
        try:
            made, why = _sources_of(folder, file, Path(given), kind, alias, taken, sealed=sealed)
            for source in made:
                twin = known.get((source.sha256, source.sheet))
                if twin is not None:
                    raise SourceRefused(
                        f"the same bytes stand in the case already, as {twin!r}", where=str(given), fix="Nothing to do"
                    )
                known[source.sha256, source.sheet] = source.alias
            good += made
            out.append(Added(str(given), tuple(made), why))
        except EnduseError as error:
            out.append(Added(str(given), refused=error))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            refused = SourceRefused(
                f"cannot be read: {reason}", where=str(given), fix="Check the path and its permissions"
            )
            out.append(Added(str(given), refused=refused))
    if mapping is not None:
        good = [_keep_mapping(folder, Path(mapping), source) for source in good]
    return out, good
