"""Mappings that were saved before, found again by the layout of a file: the same column names in the same order."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from enduse.errors import CaseError
from enduse.reference.header_words import words

from .file import load
from .propose import ColumnRole


def fingerprint(columns: Sequence[str]) -> str:
    """Equal for header rows that differ in case, accents, punctuation and spaces at most: 16 hex digits."""
    plain = "\x1f".join(" ".join(words(c, camel=False)) for c in columns)
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def recognized(folder: Path, columns: Sequence[str]) -> tuple[Path, tuple[ColumnRole, ...]] | None:
    """The first mapping file of a folder (by name) that was written for this layout, with its roles; None if there is none.

    A mapping file counts if it names every column of the file: one that leaves columns out was written for another
    layout, or by hand for one file, and is used only where a source names it. Files that cannot be read are passed over:
    the one that a source names is read, and refused, elsewhere.
    """
    wanted = fingerprint(columns)
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else []:
        try:
            roles = load(path)
        except CaseError:
            continue
        ordered = sorted(roles, key=lambda r: r.position)
        if [r.position for r in ordered] == list(range(1, len(columns) + 1)) and fingerprint(
            [r.column for r in ordered]
        ) == wanted:
            return path, tuple(
                replace(r, column=c, reason=f"mapping file {path.name}, saved for this layout")
                for r, c in zip(ordered, columns, strict=True)
            )
    return None
