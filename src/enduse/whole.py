"""A file appears whole or not at all: written beside its place, flushed, renamed into it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from enduse.errors import EnduseError


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; renamed to `path` when the block ends well, gone when it does not.

    Raises EnduseError (exit code 3) with the place where the disk refuses.
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield partial
        handle = os.open(partial, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        partial.replace(path)
    except OSError as error:
        raise EnduseError(
            f"cannot be written: {error.strerror or error}", where=str(path), fix="Choose a place you can write to"
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Put UTF-8 text at `path`, whole."""
    with whole(path) as partial:
        partial.write_text(text, encoding="utf-8", newline="")
