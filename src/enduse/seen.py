"""Do the sources still have the bytes they were added with? Files whose size and time did not move are not read again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from enduse.contracts.case_file import CaseFile, Source
from enduse.errors import EnduseError, SourceRefused
from enduse.intake import sealing
from enduse.whole import write_text


def sha256(path: Path) -> str:
    """Digest of the bytes of a file, lower-case hex."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _named(source: Source) -> str:
    return f"source {source.alias}" if source.sealed else source.path


def _place(folder: Path) -> Path:
    return folder / "work" / "seen.json"


def marks(folder: Path) -> dict[str, Any]:
    """Size, time and digest of each source when its bytes were last read whole, by path."""
    try:
        found: dict[str, Any] = json.loads(_place(folder).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def mark(folder: Path, sources: Sequence[Source]) -> None:
    """Note that the bytes of `sources` have just been read, so that a run need not read them again to know them."""
    held = marks(folder)
    for source in sources:
        stat = (folder / source.path).stat()
        held[source.path] = [stat.st_size, stat.st_mtime_ns, source.sha256]
    write_text(_place(folder), json.dumps(held, indent=1, sort_keys=True))


def unchanged(folder: Path, file: CaseFile) -> None:
    """Raise SourceRefused where a source is gone or has other bytes than when it was added."""
    held = marks(folder)
    read = []
    for source in file.source:
        path = folder / source.path
        try:
            stat = path.stat()
        except OSError as error:
            raise SourceRefused(
                f"source {source.alias!r} is gone: {error.strerror}",
                where=_named(source),
                fix="Put the file back, or mend its path in case.toml",
            ) from error
        if held.get(source.path) == [stat.st_size, stat.st_mtime_ns, source.sha256]:
            continue
        digest = sha256(path)
        if not source.sealed and digest != source.sha256:
            raise SourceRefused(
                f"source {source.alias!r} changed since it was added",
                where=source.path,
                fix="Put the old file back, or remove its [[source]] from case.toml and add it again",
            )
        try:
            sealing.check(folder, source, digest)
        except EnduseError as error:
            raise type(error)(error.what, where=f"source {source.alias}", fix=error.fix) from error
        read.append(source)
    if read or not held:
        mark(folder, read)
