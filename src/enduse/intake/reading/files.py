"""From a path to a stream of bytes: plain, gzip or zip with one member; everything else is named and refused."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal

from enduse.errors import SourceRefused

Form = Literal["text", "gzip", "zip", "workbook"]
WORKBOOKS = ("xlsx", "xlsm", "xlsb", "xls", "ods")
# Signatures of what is often sent by mistake. A text with one of these at its start is not a table.
BINARY = {
    b"%PDF": "a PDF document", b"\x89PNG": "a PNG image", b"\xff\xd8\xff": "a JPEG image", b"PAR1": "a Parquet file",
    b"SQLite format 3": "an SQLite database", b"7z\xbc\xaf": "a 7-Zip archive", b"Rar!": "a RAR archive",
    b"BZh": "a bzip2 file", b"\xfd7zXZ": "an xz file", b"\x28\xb5\x2f\xfd": "a Zstandard file", b"\x7fELF": "a program",
    b"GIF8": "a GIF image", b"{\\rtf": "an RTF document", b"\x00\x01\x00\x00Standard": "an Access database",
}  # fmt: skip
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EXPORT = "Export the table as CSV or xlsx and add that file"


def form_of(path: Path) -> Form:
    """What kind of file it is, by its first bytes. Refuses what is missing, empty or no table."""
    if not path.exists():
        raise SourceRefused("there is no such file", where=str(path), fix="Check the path")
    if path.is_dir():
        raise SourceRefused(
            "this is a folder, not a file", where=str(path), fix="Add the files in it one by one, or as FOLDER/*"
        )
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except OSError as error:
        raise SourceRefused(
            f"the file cannot be read ({error.strerror})", where=path.name, fix="Check its permissions"
        ) from error
    if not head:
        raise SourceRefused("the file is empty", where=path.name, fix="Get the file again: it has no bytes")
    for magic, what in BINARY.items():
        if head.startswith(magic):
            raise SourceRefused(f"this is {what}, not a table", where=path.name, fix=EXPORT)
    if head.startswith(OLE):
        return "workbook"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"PK"):
        return _form_of_zip(path)
    return "text"


def _form_of_zip(path: Path) -> Form:
    names = members(path)
    if any(n in names for n in ("xl/workbook.xml", "xl/workbook.bin", "content.xml")) or "[Content_Types].xml" in names:
        if any(n.startswith("word/") for n in names):
            raise SourceRefused("this is a Word document, not a table", where=path.name, fix=EXPORT)
        return "workbook"
    files = [n for n in names if not n.endswith("/") and not n.startswith("__MACOSX/")]
    if len(files) != 1:
        raise SourceRefused(
            f"the zip archive holds {len(files)} files, one is expected",
            where=path.name,
            fix="Unpack it and add the files one by one",
        )
    return "zip"


def members(path: Path) -> list[str]:
    """Names in a zip archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise SourceRefused("the archive is damaged or cut off", where=path.name, fix="Get the file again") from error


def unpacked_size(path: Path) -> int:
    """What a zip archive says it unpacks to, in bytes: asked before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(m.file_size for m in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise SourceRefused("the archive is damaged or cut off", where=path.name, fix="Get the file again") from error


class Bytes:
    """A stream of unpacked bytes that stops a file which unpacks to more than `limit`."""

    def __init__(self, file: IO[bytes], path: Path, limit: int | None) -> None:
        self._file, self._path, self._limit, self.count = file, path, limit, 0

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; fewer only at the end of the file."""
        parts, wanted = [], size
        try:
            while wanted > 0:
                part = self._file.read(wanted)
                if not part:
                    break
                parts.append(part)
                wanted -= len(part)
        except EOFError as error:
            raise SourceRefused(
                "the compressed file is cut off before its end", where=self._path.name, fix="Get the file again"
            ) from error
        except (gzip.BadGzipFile, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
            raise SourceRefused(
                f"the compressed file cannot be unpacked ({error})",
                where=self._path.name,
                fix="Get the file again, or unpack it by hand",
            ) from error
        data = b"".join(parts)
        self.count += len(data)
        if self._limit is not None and self.count > self._limit:
            raise SourceRefused(
                f"the file unpacks to more than {self._limit:,} bytes", where=self._path.name,
                fix="Raise settings.intake.max_unpacked_bytes if the file is to be trusted",
            )  # fmt: skip
        return data


@contextmanager
def open_bytes(path: Path, form: Form, limit: int | None) -> Iterator[Bytes]:
    """The bytes of a text file, unpacked."""
    if form == "gzip":
        with gzip.open(path, "rb") as file:
            yield Bytes(io.BufferedReader(file, 1 << 20), path, limit)
    elif form == "zip":
        with zipfile.ZipFile(path) as archive:
            name = next(n for n in archive.namelist() if not n.endswith("/") and not n.startswith("__MACOSX/"))
            try:
                with archive.open(name) as member:
                    yield Bytes(member, path, limit)
            except RuntimeError as error:
                raise SourceRefused(
                    "the zip archive needs a password", where=path.name, fix="Unpack it by hand and add the file"
                ) from error
    else:
        with path.open("rb", buffering=0) as plain:
            yield Bytes(plain, path, None)
