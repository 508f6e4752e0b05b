"""What the columns of a file are, before it stands in any case: for `enduse map` and for a look at a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enduse.intake.mapping import ColumnRole
    from enduse.intake.reading import Peek


def peek_columns(path: Path, sheet: str | None = None) -> Peek:
    """Columns, first records and format of a table. Raises SourceRefused where it is none."""
    from enduse.intake import reading

    return reading.peek(path, sheet=sheet)


def map_file(path: Path, sheet: str | None = None) -> list[ColumnRole]:
    """The proposed role of every column of a customs file or a header alone, in the order of the file."""
    from enduse.intake import mapping

    peek = peek_columns(path, sheet)
    return list(mapping.propose(peek.columns, peek.sample, name=path.name))
