"""The outside of a crate: the list of its files with their digests, and the zip that is equal for equal contents."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from pathlib import Path

from enduse.whole import whole

MANIFEST = "manifest-sha256.txt"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date a zip can hold: no clock goes into an export
_PACKED = frozenset({".parquet", ".gz", ".zip", ".xlsx", ".png"})


def digest(path: Path) -> str:
    """SHA-256 of the bytes of a file, lower-case hex."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def files(folder: Path) -> list[str]:
    """All files of a folder as names relative to it with `/`, sorted."""
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def write_manifest(folder: Path) -> None:
    """`manifest-sha256.txt`: a line for every other file, as `sha256sum -c` reads it (the payload manifest of BagIt, RFC 8493)."""
    lines = [f"{digest(folder / name)}  {name}\n" for name in files(folder) if name != MANIFEST]
    (folder / MANIFEST).write_text("".join(lines), encoding="utf-8", newline="")


def write_zip(folder: Path, path: Path) -> None:
    """The folder as a zip with its name as the top: sorted, dated 1980, packed where that helps."""
    with whole(path) as partial, zipfile.ZipFile(partial, "w", allowZip64=True) as archive:
        for name in files(folder):
            item = zipfile.ZipInfo(f"{folder.name}/{name}", EPOCH)
            item.external_attr = 0o644 << 16
            item.create_system = 3
            item.compress_type = zipfile.ZIP_STORED if Path(name).suffix in _PACKED else zipfile.ZIP_DEFLATED
            item.file_size = (folder / name).stat().st_size
            with (folder / name).open("rb") as source, archive.open(item, "w") as target:
                shutil.copyfileobj(source, target, 1 << 20)
