"""A file inside an archive, or packed though it is no text, is unpacked beside the work and read from there.

`sheet` names the place inside a file: a sheet of a workbook, a file of an archive, or `file#sheet` for a sheet of a
workbook in an archive. Packed text is not unpacked: it is read as a stream.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from enduse.errors import SourceRefused
from enduse.intake import child

from .files import Form, files_in, form_of, open_bytes, start_of, too_large

DEPTH = 3  # archives in archives


@dataclass(frozen=True)
class Opened:
    """A file that can be read as it lies: where it lies, what it is, the sheet asked for, how it is called in messages."""

    path: Path
    form: Form
    sheet: str | None
    packed: str = ""  # `zip, ` or `gzip, `: how it came


@contextmanager
def opened(path: Path, sheet: str | None = None, *, limit: int, scratch: Path | None = None) -> Iterator[Opened]:
    """What stands at `path` (at `sheet` inside it), unpacked where it must be. Refuses what unpacks to more than `limit`."""
    form = form_of(path)
    if form not in ("archive", "packed") and (form != "zip" or sheet is None):
        yield Opened(path, form, sheet)
        return
    if scratch is not None:
        scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="unpacked-", dir=scratch) as folder:
        how, place = "", path
        for depth in range(DEPTH):
            if form in ("archive", "zip") or (form == "packed" and start_of(place).startswith(b"PK")):
                member, sheet = inside(place, sheet, path.name)
                how += "zip, "
            elif form == "packed":
                member = None
                how += "gzip, "
            else:
                break
            target = Path(folder) / str(depth) / safe_name(member or path.stem, path.name)
            target.parent.mkdir()
            if member is None:  # gzip is one stream, unpacked as every packed text is
                unpack(str(place), None, str(target), limit, path.name)
            else:
                child.run(
                    "enduse.intake.reading.unpacking:unpack",
                    str(place),
                    member,
                    str(target),
                    limit,
                    path.name,
                    where=path.name,
                )
            place, form = target, form_of(target)
            if form in ("gzip", "zip"):
                break
        if form in ("archive", "packed"):
            raise SourceRefused(
                f"archives stand in archives more than {DEPTH} deep", where=path.name, fix="Unpack it and add the files"
            )
        yield Opened(place, form, sheet, how)


def inside(path: Path, sheet: str | None, name: str) -> tuple[str, str | None]:
    """The file of an archive that `sheet` names, and the rest of the name."""
    names = files_in(path)
    if sheet is None:
        if len(names) == 1:
            return names[0], None
        raise SourceRefused(
            f"the zip archive holds {len(names)} files, and none was named",
            where=name,
            fix=f"Name one as its sheet: {', '.join(names[:8])}",
        )
    if sheet in names:
        return sheet, None
    longest = max((n for n in names if sheet.startswith(f"{n}#")), key=len, default=None)
    if longest is not None:
        return longest, sheet[len(longest) + 1 :]
    if len(names) == 1:
        return names[0], sheet
    raise SourceRefused(f"the zip archive has no file {sheet!r}", where=name, fix=f"It holds: {', '.join(names[:8])}")


def safe_name(member: str, fallback: str) -> str:
    """The last part of a name inside an archive, as a file name that leads nowhere else and is not too long."""
    last = PurePosixPath(member.replace("\\", "/")).name.replace("\0", "")
    stem, dot, suffix = last.rpartition(".")
    last = f"{stem[:100]}{dot}{suffix[:16]}" if dot else last[:100]
    while len(last.encode()) > 200:
        last = last[1:]
    return last if last.strip(". ") else f"inside-{fallback[:80]}"


def unpack(source: str, member: str | None, target: str, limit: int, name: str) -> int:
    """One file out of an archive (in a child process) or out of gzip to `target`, stopped at `limit` bytes."""
    path, size = Path(source), 0
    with open_bytes(path, "zip" if member else "gzip", limit, member) as stream, Path(target).open("wb") as out:
        while part := stream.read(1 << 20):
            size += len(part)
            out.write(part)
    if size > limit:
        raise too_large(name, limit)
    return size
