"""What keeps a sealed source unnamed: the key of the case, a salted digest in place of the file's own, messages without its name.

The SHA-256 of a file tells everyone who holds the file that it is this one. So a sealed source is known by
SHA-256(key, digest, sheet) alone, in `case.toml` too: nothing that is written holds the plain digest. The key is made
once for a case and stays in `seals/`, readable by its owner only; no export holds it.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from enduse.errors import CaseError, SourceRefused

if TYPE_CHECKING:
    from enduse.contracts.case_file import Source

FOLDER, KEY = "seals", "key"
CHANGED = "the file changed since it was added"
_SUFFIX = re.compile(r"[.][A-Za-z0-9]{1,5}")
_LEAST = 3  # shorter parts of a name tell nothing and would tear words apart


def place(folder: Path) -> Path:
    """Where the key of a case lies."""
    return folder / FOLDER / KEY


def key(folder: Path) -> bytes | None:
    """The key of the case, or None where it has none. Raises CaseError where the file is not a key."""
    path = place(folder)
    try:
        found = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise CaseError("is no key of sealed sources", where=str(path), fix="Put the old file back") from error
    if len(found) != 32:
        raise CaseError("is no key of sealed sources", where=str(path), fix="Put the old file back")
    return found


def make_key(folder: Path) -> bytes:
    """The key of the case, made where there is none: 32 random bytes that only the owner of the file may read."""
    held = key(folder)
    if held is not None:
        return held
    path = place(folder)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.with_name(".gitignore").write_text("*\n", encoding="ascii")  # a key does not belong into a shared history
    fresh = secrets.token_bytes(32)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(fresh.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return fresh


def file_salt(secret: bytes, sheet: str | None) -> str:
    """The salt of a file's digest, as 64 hex digits: giving it away tells nothing about the salts of records."""
    return hmac.new(secret, f"enduse-seal/1 file\0{sheet or ''}".encode(), hashlib.sha256).hexdigest()


def salted(salt: str, sha256: str) -> str:
    """The digest a sealed source is known by: SHA-256 of salt and digest, both as hex text."""
    return hashlib.sha256(f"{salt}:{sha256}".encode("ascii")).hexdigest()


def row_key(secret: bytes, source: Source) -> str:
    """What the salts of the records of one source are made from."""
    return hmac.new(secret, f"enduse-seal/1 rows\0{source.sha256}".encode(), hashlib.sha256).hexdigest()


def check(folder: Path, source: Source, digest: str) -> None:
    """Raise SourceRefused or CaseError where a file of digest `digest` is not what was added as `source`."""
    if not source.sealed:
        if digest != source.sha256:
            raise SourceRefused(
                CHANGED, fix="Put the old file back, or remove its [[source]] from case.toml and add it again"
            )
        return
    again = "remove its [[source]] from case.toml and add it again with --sealed"
    if digest == source.sha256:
        raise CaseError(
            "is marked as sealed, but case.toml holds the plain digest of the file", fix=f"To seal it, {again}"
        )
    secret = key(folder)
    if secret is None:
        raise SourceRefused(
            f"{CHANGED}, or the key it was sealed with is gone",
            fix=f"Put {FOLDER}/{KEY} back into the case folder, or {again}",
        )
    if salted(file_salt(secret, source.sheet), digest) != source.sha256:
        raise SourceRefused(CHANGED, fix=f"Put the old file back, or {again}")


def needles(path: Path, sheet: str | None) -> list[str]:
    """What of a file's place must not be said: its path and name, and the names of sheets and files inside it."""
    inner = [sheet or "", *re.split(r"[#/\\]", sheet or "")]
    stems = [Path(n).stem for n in inner if n]
    wanted = {str(path), str(path.resolve()), path.name, path.stem, *inner, *stems}
    return sorted((w for w in wanted if len(w) >= _LEAST), key=lambda w: (-len(w), w))


def hide(text: str, words: Iterable[str], alias: str) -> str:
    """`text` with every one of `words` replaced by the alias."""
    for word in words:
        text = text.replace(word, alias)
    return text


def nameless(path: Path, alias: str, scratch: Path) -> Path:
    """A link to the file that is called by its alias, so that no message of a reader can hold its name."""
    endings = [s for s in path.suffixes[-2:] if _SUFFIX.fullmatch(s)]
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", alias).strip("-.")[:60] or "sealed"
    link = scratch / "sealed" / f"{name}{''.join(endings)}"
    with contextlib.suppress(OSError):  # a system without links: what is said is cleared of the name afterwards
        link.parent.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(path.resolve())
        return link
    return path
