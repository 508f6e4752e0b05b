"""A file before it is read: its digest, its first bytes, its text."""

from __future__ import annotations

import codecs
import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from enduse.errors import SourceRefused
from enduse.intake.reading.encoding import bom_of, find_encoding, unknown
from enduse.intake.reading.files import Bytes, Form, form_of, open_bytes
from enduse.intake.reading.scripts import UNKNOWN

HEAD = 256 * 1024


def digest(path: Path) -> str:
    """SHA-256 of the bytes of a file, lower-case hex. Raises SourceRefused where there is no such file."""
    if not path.is_file():
        raise SourceRefused(
            "there is no such file", where=str(path), fix="Put it back, or remove the source from case.toml"
        )
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def head(path: Path, size: int = HEAD, form: Form | None = None) -> bytes:
    """The first bytes of a text file, unpacked where it is gzip or a zip of one file."""
    with open_bytes(path, form or form_of(path), None) as stream:
        return stream.read(size)


class _Stream(io.RawIOBase):
    """The unpacked bytes as the file object that decoders and XML parsers ask for."""

    def __init__(self, source: Bytes) -> None:
        self._source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast("bytearray", buffer))
        data = self._source.read(len(view))
        view[: len(data)] = data
        return len(data)


@contextmanager
def binary(path: Path, limit: int | None = None) -> Iterator[BinaryIO]:
    """The unpacked bytes of a file; refused once they are more than `limit`."""
    with open_bytes(path, form_of(path), limit) as source:
        yield cast("BinaryIO", io.BufferedReader(_Stream(source), 1 << 20))


def encoding(sample: bytes) -> str:
    """The codec to look at a text with: by its mark, else by its bytes; UTF-8 where all of them are ASCII.

    Bytes in no encoding that is recognised are shown as Latin-1, under which every byte is a character.
    """
    found = find_encoding(sample) or "utf-8"
    return "latin-1" if found == UNKNOWN else found


@contextmanager
def text(path: Path, limit: int | None = None) -> Iterator[tuple[io.TextIOBase, str]]:
    """The decoded text of a file with its codec, line ends untouched, without byte order mark."""
    sample = head(path)
    if find_encoding(sample) == UNKNOWN:
        raise unknown(path.name)
    codec = encoding(sample)
    mark = bom_of(sample)
    with binary(path, limit) as stream:
        if mark:
            stream.read(mark[1])
        yield io.TextIOWrapper(stream, encoding=codecs.lookup(codec).name, errors="replace", newline=""), codec
