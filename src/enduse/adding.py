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
from enduse.intake import sealing
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
) -> tuple[list[Source], str, str]:
    """The sources one path becomes (one for each sheet, or for each member of an archive with its own kind), why, and its digest."""
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
    first = alias or (f"sealed-{len(taken) + 1}" if sealed else path.name)
    for number, (sheet, each) in enumerate(parts, 1):
        # Names of sheets and of files in archives tell as much as the name of the file.
        part = number if sealed else sheet
        name = _alias(f"{first}#{part}" if sheet is not None and len(parts) > 1 else first, taken)
        taken.add(name)
        known_as = sealing.salted(sealing.file_salt(sealing.make_key(folder), sheet), digest) if sealed else digest
        made.append(Source(alias=name, path=place, sha256=known_as, kind=each, sheet=sheet, sealed=sealed))
    return made, found.reason, digest


def _keep_mapping(folder: Path, mapping: Path, source: Source) -> Source:
    """Copy a mapping file into the case and name it in the source."""
    name = f"mappings/{source.alias.replace('/', '_')}.toml"
    (folder / name).parent.mkdir(exist_ok=True)
    shutil.copyfile(mapping, folder / name)
    return source.model_copy(update={"mapping": name})


class _Known:
    """Which bytes stand in the case already. Sealed sources are known by salted digests, so both ways are asked."""

    def __init__(self, folder: Path, file: CaseFile) -> None:
        self._folder = folder
        self._held = {(s.sha256, s.sheet): s.alias for s in file.source}

    def _keys(self, digest: str, source: Source) -> list[tuple[str, str | None]]:
        secret = sealing.key(self._folder)
        keys = [(digest, source.sheet)]
        if secret is not None:
            keys.append((sealing.salted(sealing.file_salt(secret, source.sheet), digest), source.sheet))
        return keys

    def twin(self, digest: str, source: Source) -> str | None:
        """The alias under which the same bytes stand in the case, sealed or not."""
        return next((self._held[k] for k in self._keys(digest, source) if k in self._held), None)

    def note(self, digest: str, source: Source) -> None:
        """These bytes are taken."""
        for key in self._keys(digest, source):
            self._held[key] = source.alias


def _discreet(text: str, given: str | Path, made: Sequence[Source], number: int) -> str:
    """`text` without the names a sealed file has outside and inside."""
    words = {w for s in made for w in sealing.needles(Path(given), s.sheet)} | set(sealing.needles(Path(given), None))
    alias = made[0].alias if made else f"file {number}"
    return sealing.hide(text, sorted(words, key=lambda w: (-len(w), w)), alias)


def _place(number: int) -> str:
    return f"file {number} of those to be sealed"


def _unnamed(error: EnduseError, given: str | Path, number: int) -> EnduseError:
    """A refusal of a file that was to be sealed: it is named by its place on the command line."""
    what, fix = (_discreet(t, given, (), number) for t in (error.what, error.fix))
    return type(error)(what, where=_place(number), fix=fix)


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
    known = _Known(folder, file)
    out: list[Added] = []
    good: list[Source] = []
    for number, given in enumerate(paths, 1):
        try:
            made, why, digest = _sources_of(folder, file, Path(given), kind, alias, taken, sealed=sealed)
            twin = next((t for t in (known.twin(digest, s) for s in made) if t is not None), None)
            if twin is not None:
                what = f"the same bytes stand in the case already, as {twin!r}"
                where = _place(number) if sealed else str(given)
                out.append(Added(str(given), refused=SourceRefused(what, where=where, fix="Nothing to do")))
                continue
            for source in made:
                known.note(digest, source)
            good += made
            out.append(Added(str(given), tuple(made), _discreet(why, given, made, number) if sealed else why))
        except EnduseError as error:
            out.append(Added(str(given), refused=_unnamed(error, given, number) if sealed else error))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            refused = SourceRefused(
                f"cannot be read: {reason}", where=str(given), fix="Check the path and its permissions"
            )
            out.append(Added(str(given), refused=_unnamed(refused, given, number) if sealed else refused))
    if mapping is not None:
        good = [_keep_mapping(folder, Path(mapping), source) for source in good]
    return out, good
