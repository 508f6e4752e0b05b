"""Opening a crate that may be hostile: no link is followed, no name leads out, nothing unpacks without end."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

from enduse.errors import EnduseError

from .crate_metadata import NAME as METADATA
from .crate_pack import MANIFEST, digest
from .verify_report import Check

IDENTITY = "enduse.json"
MOST_FILES = 20_000
MOST_BYTES = 100_000_000_000  # of an unpacked zip
MOST_RATIO, SMALL = 400, 200_000_000  # how much more a zip may unpack to than it weighs; below SMALL nobody minds
MOST_JSON = 64_000_000
MOST_MANIFEST = 16_000_000
_LINE = re.compile("([0-9a-f]{64}) [ *](.+)")
AGAIN = "Get the crate again from where it came"


def marked(names: set[str]) -> bool:
    """Whether these names are those of an enduse crate, even of a damaged one."""
    return len({METADATA, MANIFEST, IDENTITY} & names) >= 2


def bad_name(name: str) -> bool:
    """Names that lead out of the folder, or mean something else on another system."""
    parts = PurePosixPath(name).parts
    return (
        not parts
        or name.startswith("/")
        or "\\" in name
        or ":" in parts[0]
        or ".." in parts
        or any(ord(c) < 32 for c in name)
        or len(name) > 1000
    )


def opened(path: Path, scratch: Path, check: Check) -> Path:
    """The folder of a crate given as folder or zip. Raises EnduseError (exit code 3) where `path` is no crate of enduse."""
    if path.is_dir():
        names = {p.name for p in path.iterdir()}
        if not marked(names):
            raise _none(path, names)
        return path
    if not path.is_file():
        raise EnduseError(
            "there is no such file or folder", where=str(path), fix="Name a crate, a case folder or a proof"
        )
    if not zipfile.is_zipfile(path):
        raise EnduseError(
            "is no crate (neither a folder nor a zip)",
            where=str(path),
            fix="Make one with: enduse export CASE --to crate",
        )
    return _unpacked(path, scratch, check)


def _none(path: Path, names: set[str]) -> EnduseError:
    what = "is an RO-Crate, but not one of enduse" if METADATA in names else "is no crate of enduse and no case"
    return EnduseError(what, where=str(path), fix="Make a crate with: enduse export CASE --to crate")


def _unpacked(path: Path, scratch: Path, check: Check) -> Path:
    target = scratch / "unpacked"
    target.mkdir(parents=True)
    ours, names = True, list[str]()  # a zip too damaged to be listed is looked at as a crate, and fails
    try:
        with zipfile.ZipFile(path) as archive:
            items = [i for i in archive.infolist() if not i.is_dir()]
            tops = {PurePosixPath(i.filename).parts[:1] for i in items}
            top = next(iter(tops))[0] if len(tops) == 1 and next(iter(tops)) else ""
            names = [i.filename.removeprefix(f"{top}/") if top else i.filename for i in items]
            ours = marked(set(names))
            if ours:
                _extract(archive, list(zip(items, names, strict=True)), path, target, check)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        check.fault(path.name, f"the zip is damaged ({error})", fix=AGAIN)
    except Exception as error:  # noqa: BLE001 - decompressors raise what they like on hostile bytes
        check.fault(path.name, f"the zip cannot be unpacked ({type(error).__name__})", fix=AGAIN)
    if not ours:
        raise _none(path, set(names))
    return target


def _extract(
    archive: zipfile.ZipFile, items: list[tuple[zipfile.ZipInfo, str]], path: Path, target: Path, check: Check
) -> None:
    if len(items) > MOST_FILES:
        check.fault(path.name, "holds more files than a crate can", f"at most {MOST_FILES:,}", f"{len(items):,}", AGAIN)
        return
    room = min(MOST_BYTES, max(SMALL, MOST_RATIO * path.stat().st_size), shutil.disk_usage(target).free)
    seen: set[str] = set()
    for item, name in items:
        if bad_name(name) or stat.S_ISLNK(item.external_attr >> 16):
            check.fault(name[:200], "is a name or a link that leads out of the crate; not unpacked", fix=AGAIN)
            continue
        if name in seen:
            check.fault(name, "stands twice in the zip; only the first is looked at", fix=AGAIN)
            continue
        seen.add(name)
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(item) as source, place.open("xb") as out:
            while part := source.read(1 << 20):
                room -= len(part)
                if room < 0:
                    check.fault(
                        name, "the zip unpacks to more than a crate of its size can; unpacking stopped", fix=AGAIN
                    )
                    return
                out.write(part)


def listed(folder: Path, check: Check) -> dict[str, int]:
    """Every regular file of the folder with its size; links and devices are faults and are not followed."""
    found: dict[str, int] = {}
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                name = Path(entry.path).relative_to(folder).as_posix()
                if entry.is_symlink():
                    check.fault(name, "is a link; a crate has none, and it is not followed", fix=AGAIN)
                elif entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
                elif entry.is_file(follow_symlinks=False):
                    found[name] = entry.stat(follow_symlinks=False).st_size
                else:
                    check.fault(name, "is neither file nor folder", fix=AGAIN)
                if len(found) > MOST_FILES:
                    check.fault(folder.name, "holds more files than a crate can", f"at most {MOST_FILES:,}", fix=AGAIN)
                    return found
    return found


def digests(folder: Path, check: Check) -> dict[str, str]:
    """Hold every file to the manifest. Gives the digests found of the files that are there, by name."""
    held = listed(folder, check)
    stated = _manifest(folder, held, check)
    found: dict[str, str] = {}
    for name in sorted(held):
        if name == MANIFEST:
            continue
        found[name] = digest(folder / name)
        if name not in stated:
            check.fault(name, "was added: the manifest does not list it", fix="Remove it, or get the crate again")
        elif stated[name] != found[name]:
            check.fault(name, "is not the file that was exported", stated[name], found[name], AGAIN)
    for name in sorted(set(stated) - set(held)):
        check.fault(name, "is missing", stated[name], "no such file", AGAIN)
    check.looked = f"{len(found):,} files, {sum(held.values()):,} bytes"
    return found


def _manifest(folder: Path, held: dict[str, int], check: Check) -> dict[str, str]:
    if MANIFEST not in held:
        check.fault(MANIFEST, "is missing: nothing says which files belong to the crate", fix=AGAIN)
        return {}
    if held[MANIFEST] > MOST_MANIFEST:
        check.fault(MANIFEST, "is too long to be the list of a crate", fix=AGAIN)
        return {}
    stated: dict[str, str] = {}
    text = (folder / MANIFEST).read_text(encoding="utf-8", errors="replace")
    for number, line in enumerate(text.splitlines(), 1):
        fits = _LINE.fullmatch(line)
        if fits is None or bad_name(fits[2]):
            check.fault(
                f"{MANIFEST}:{number}",
                "is no line of digest and file name",
                "64 hex digits, two blanks, a name",
                line,
                AGAIN,
            )
        elif fits[2] in stated:
            check.fault(f"{MANIFEST}:{number}", "lists a file twice", found=fits[2], fix=AGAIN)
        else:
            stated[fits[2]] = fits[1]
    return stated


def read_json(folder: Path, name: str, check: Check) -> dict[str, Any]:
    """A JSON object of the crate; {} and a fault where it is none."""
    path = folder / name
    if path.is_symlink() or not path.is_file():
        check.fault(name, "is missing", fix=AGAIN)
        return {}
    if path.stat().st_size > MOST_JSON:
        check.fault(
            name, "is too long to be read", f"at most {MOST_JSON:,} bytes", f"{path.stat().st_size:,} bytes", AGAIN
        )
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError, OSError) as error:
        check.fault(name, f"is no sound JSON ({str(error)[:120]})", fix=AGAIN)
        return {}
    if not isinstance(found, dict):
        check.fault(name, "is no JSON object", fix=AGAIN)
        return {}
    return found


def described(folder: Path, found: dict[str, str], check: Check) -> dict[str, Any]:
    """`enduse.json`, and what `ro-crate-metadata.json` says of each file held to the files."""
    identity = read_json(folder, IDENTITY, check)
    metadata = read_json(folder, METADATA, check)
    graph = metadata.get("@graph", [])
    entities = [e for e in graph if isinstance(e, dict)] if isinstance(graph, list) else []
    files = {str(e.get("@id")).replace("%20", " ").replace("%25", "%"): e for e in entities if e.get("@type") == "File"}
    for name, entity in files.items():
        if name == MANIFEST:
            continue
        if name not in found:
            check.fault(METADATA, f"describes {name[:200]!r}, which is not there", fix=AGAIN)
        elif entity.get("sha256") != found[name]:
            check.fault(METADATA, f"states another digest for {name!r}", entity.get("sha256"), found[name], AGAIN)
    if metadata:
        for name in sorted(set(found) - set(files) - {METADATA}):
            check.fault(METADATA, f"does not describe {name!r}", fix=AGAIN)
    if identity and identity.get("enduse_crate") != 1:
        check.fault(
            IDENTITY,
            "is of a form this version does not know",
            1,
            identity.get("enduse_crate"),
            "Verify with a newer enduse",
        )
    check.looked = f"{len(files):,} files described"
    return identity
