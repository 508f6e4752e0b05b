"""From a path to a stream of bytes and what form they have; what no reader is there for is named and refused."""

from __future__ import annotations

import gzip
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal

from enduse.errors import SourceRefused

# gzip and zip: packed text, read as a stream. All forms but these three are read in a child process.
Form = Literal["text", "gzip", "zip", "workbook", "parquet", "json", "xml", "archive", "packed", "pdf", "docx"]
WORKBOOKS = ("xlsx", "xlsm", "xlsb", "xls", "ods")
# Signatures of what is often sent by mistake. A text with one of these at its start is not a table.
BINARY = {
    b"\x89PNG": "a PNG image", b"\xff\xd8\xff": "a JPEG image",
    b"SQLite format 3": "an SQLite database", b"7z\xbc\xaf": "a 7-Zip archive", b"Rar!": "a RAR archive",
    b"BZh": "a bzip2 file", b"\xfd7zXZ": "an xz file", b"\x28\xb5\x2f\xfd": "a Zstandard file", b"\x7fELF": "a program",
    b"GIF8": "a GIF image", b"{\\rtf": "an RTF document", b"\x00\x01\x00\x00Standard": "an Access database",
}  # fmt: skip
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EXPORT = "Export the table as CSV or xlsx and add that file"
AGAIN = "Get the file again"
MEMBERS = 10_000  # files in an archive; the directory of a larger one is not even read
DIRECTORY = 64 << 20
_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table)\b", re.IGNORECASE | re.DOTALL
)
_XML = re.compile(r"\s*<(?:\?xml|!--|!DOCTYPE|[A-Za-z_][\w.:-]*[\s/>])")
_JSON = re.compile(r'\s*(?:\{\s*(?:"|\})|\[\s*(?:[\[{"\]]|$))')


def start_of(path: Path, size: int = 512) -> bytes:
    """The first bytes of a file as it lies. Refuses what is missing, empty, a folder, a pipe or not to be opened."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise SourceRefused(
                "this is a folder, not a file", where=str(path), fix="Add the files in it one by one, or as FOLDER/*"
            )
        if not stat.S_ISREG(mode):
            raise SourceRefused("this is a device or a pipe, not a file", where=str(path), fix="Save it as a file")
        with path.open("rb") as file:
            head = file.read(size)
    except FileNotFoundError as error:
        what = "this link leads to no file" if path.is_symlink() else "there is no such file"
        raise SourceRefused(what, where=str(path), fix="Check the path") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceRefused(
            f"the file cannot be read ({reason})", where=path.name, fix="Check its permissions"
        ) from error
    if not head:
        raise SourceRefused("the file is empty", where=path.name, fix="Get the file again: it has no bytes")
    return head


def form_of(path: Path) -> Form:
    """What kind of file it is, by its first bytes. Refuses what is missing, empty or of a form that nothing here reads."""
    head = start_of(path)
    if head.startswith(b"PK"):
        return _form_of_zip(path)
    if head.startswith(b"\x1f\x8b"):
        with open_bytes(path, "gzip", None) as stream:
            inner = stream.read(512)
        if not inner:
            raise SourceRefused("the compressed file holds nothing", where=path.name, fix=AGAIN)
        return "gzip" if _form_of_bytes(inner, path.name) == "text" else "packed"
    return _form_of_bytes(head, path.name)


def _form_of_bytes(head: bytes, name: str) -> Form:
    for magic, what in BINARY.items():
        if head.startswith(magic):
            raise SourceRefused(f"this is {what}, not a table or a text", where=name, fix=EXPORT)
    if head.startswith(OLE):
        return "workbook"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((b"PK", b"\x1f\x8b")):
        return "packed"
    if b"%PDF-" in head:
        return "pdf"
    text = shown(head)
    if _HTML.match(text):
        return "text"  # a web page: the press reader takes it, the table reader refuses it by name
    if _XML.match(text):
        return "xml"
    return "json" if _JSON.match(text) else "text"


def shown(head: bytes) -> str:
    """The first bytes as text, good enough to tell markup by."""
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return head[2:].decode(codec, "replace")
    if head[1:2] == b"\0":
        return head.decode("utf-16-le", "replace")
    return head.decode("utf-8", "replace").lstrip("\ufeff")


def is_html(head: bytes) -> bool:
    """Whether the first bytes are those of a web page."""
    return bool(_HTML.match(shown(head)))


def _form_of_zip(path: Path) -> Form:
    names = members(path)
    if any(n in names for n in ("xl/workbook.xml", "xl/workbook.bin", "content.xml")) or "[Content_Types].xml" in names:
        if any(n.startswith("word/") for n in names):
            return "docx"
        if "content.xml" in names and _mimetype(path).startswith("application/vnd.oasis.opendocument.text"):
            raise SourceRefused(
                "this is an OpenDocument text, not a table", where=path.name, fix="Save it as docx or plain text"
            )
        if any(n.startswith("ppt/") for n in names):
            raise SourceRefused("this is a slide show, not a table", where=path.name, fix=EXPORT)
        return "workbook"
    inside = files_in(path)
    if not inside:
        raise SourceRefused("the zip archive holds no file", where=path.name, fix=AGAIN)
    if len(inside) > 1:
        return "archive"
    with open_bytes(path, "zip", None) as stream:
        head = stream.read(512)
    if not head:
        raise SourceRefused("the file in the zip archive is empty", where=path.name, fix=AGAIN)
    return "zip" if _form_of_bytes(head, path.name) == "text" else "packed"


def _mimetype(path: Path) -> str:
    with zipfile.ZipFile(path) as archive, archive.open("mimetype") as member:
        return member.read(200).decode("ascii", "replace")


def members(path: Path) -> list[str]:
    """Names in a zip archive, folders too. The directory of an archive of very many files is not read."""
    try:
        with path.open("rb") as file:
            end = _end(file)
        if end and (end[0] > MEMBERS or end[1] > DIRECTORY):
            raise SourceRefused(
                f"the archive holds {end[0]:,} files, more than {MEMBERS:,}",
                where=path.name,
                fix="Unpack what is needed and add it",
            )
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise SourceRefused("the archive is damaged or cut off", where=path.name, fix=AGAIN) from error


def _end(file: IO[bytes]) -> tuple[int, int] | None:
    """Number of entries and size of the directory, as the end record of an archive states them."""
    file.seek(0, io.SEEK_END)
    size = file.tell()
    file.seek(max(0, size - 66_000))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 20:
        return None
    return int.from_bytes(tail[at + 10 : at + 12], "little"), int.from_bytes(tail[at + 12 : at + 16], "little")


def files_in(path: Path) -> list[str]:
    """The files of a zip archive that are somebody's: no folders, no droppings of an operating system."""
    return [
        n
        for n in dict.fromkeys(members(path))
        if not n.endswith("/")
        and not n.startswith("__MACOSX/")
        and n.rpartition("/")[2] not in (".DS_Store", "Thumbs.db", "desktop.ini")
    ]


def unpacked_size(path: Path) -> int:
    """What a zip archive says it unpacks to, in bytes: asked before anything is unpacked."""
    members(path)
    with zipfile.ZipFile(path) as archive:
        return sum(m.file_size for m in archive.infolist())


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
                "the compressed file is cut off before its end", where=self._path.name, fix=AGAIN
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
            raise too_large(self._path.name, self._limit)
        return data


def too_large(name: str, limit: int) -> SourceRefused:
    """The refusal of what unpacks to more than the case allows."""
    return SourceRefused(
        f"the file unpacks to more than {limit:,} bytes",
        where=name,
        fix="Raise settings.intake.max_unpacked_bytes if the file is to be trusted",
    )


@contextmanager
def open_bytes(path: Path, form: Form, limit: int | None, member: str | None = None) -> Iterator[Bytes]:
    """The bytes of a file, unpacked; of a zip archive those of `member`, or of its only file."""
    if form == "gzip":
        with gzip.open(path, "rb") as file:
            yield Bytes(io.BufferedReader(file, 1 << 20), path, limit)
    elif form == "zip":
        name = member or files_in(path)[0]
        try:
            with zipfile.ZipFile(path) as archive, archive.open(name) as inside:
                yield Bytes(inside, path, limit)
        except RuntimeError as error:
            raise SourceRefused(
                "the zip archive needs a password", where=path.name, fix="Unpack it by hand and add the file"
            ) from error
        except (zipfile.BadZipFile, NotImplementedError) as error:
            raise SourceRefused(f"the archive cannot be unpacked ({error})", where=path.name, fix=AGAIN) from error
    else:
        with path.open("rb", buffering=0) as plain:
            yield Bytes(plain, path, None)
