"""Where an export goes: a folder or a file that appears whole or not at all, with errors a user can act on."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from enduse.errors import EnduseError, QueryError
from enduse.whole import whole

_FIX = "Choose a place you can write to, with room for the export"


def absolute(out: Path) -> Path:
    """`out` with its full name: `.` and `..` have none to put a partial folder beside."""
    return Path(os.path.abspath(out))  # noqa: PTH100 - Path.resolve would follow links


def file_place(out: Path, name: str) -> Path:
    """The file to write: `out` itself, or `name` inside it where `out` is a folder."""
    place = absolute(out)
    return place / name if place.is_dir() else place


@contextmanager
def plain_errors(where: Path) -> Iterator[None]:
    """What the disk or the engine refuses while writing to `where`, as one line a user can act on."""
    try:
        yield
    except OSError as error:
        raise EnduseError(f"cannot be written: {error.strerror or error}", where=str(where), fix=_FIX) from error
    except QueryError as error:
        if not error.what.startswith(("IOException", "IO Error")):
            raise
        reason = error.what.partition(": ")[2].replace("\n", " ")[:300]
        raise EnduseError(f"cannot be written: {reason}", where=str(where), fix=_FIX) from error


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """`whole` with the errors of the engine in plain words as well."""
    with plain_errors(path), whole(path) as partial:
        yield partial


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """An empty folder to write to. Its files move into `out` when the block ends well; else nothing of it stands anywhere.

    A new `out` appears by one rename. In an `out` that stood before, files of the same name are replaced and others are left.
    """
    place = absolute(out)
    if place.exists() and not place.is_dir():
        raise EnduseError("is a file; this export goes into a folder", where=str(out), fix="Name a folder after --out")
    # Inside a folder that stands already: the one above it may be closed to us, or another disk.
    partial = place / ".enduse.partial" if place.is_dir() else place.with_name(f".{place.name}.partial")
    with plain_errors(place):
        shutil.rmtree(partial, ignore_errors=True)
        try:
            partial.mkdir(parents=True)
            yield partial
            if place.is_dir():
                _move_into(partial, place)
            else:
                partial.rename(place)
        finally:
            shutil.rmtree(partial, ignore_errors=True)


def _move_into(partial: Path, place: Path) -> None:
    for path in sorted(partial.rglob("*")):
        target = place / path.relative_to(partial)
        if path.is_dir():
            target.mkdir(exist_ok=True)
        else:
            path.replace(target)
