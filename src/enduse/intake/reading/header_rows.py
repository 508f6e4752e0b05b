"""Headers of two rows: groups above names (`Exporter` over `Name` and `Country`), units or names below names."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"[-+]?[0-9][0-9\s.,'/:-]*%?")
Merge = tuple[int, int, int]


def group_above(group: Sequence[str], head: Sequence[str], merged: Sequence[Merge]) -> bool:
    """Whether the row above the header names groups of its columns, and is no title.

    It is where it names columns that the header leaves empty, where the header has a name twice, where two of its cells
    are merged over several columns, or where three and more of its cells are words.
    """
    filled = [c for c in group if c]
    if len(filled) < 2 or len(group) > max(len(head), 1) + 1 or any(_NUMBER.fullmatch(c) for c in filled):
        return False
    if len(set(filled)) < 2 or any(len(c) > 60 for c in filled):
        return False
    names = [c for c in head if c]
    gaps = sum(1 for i, c in enumerate(group) if c and (i >= len(head) or not head[i]))
    twice = len(set(names)) < len(names)
    wide = sum(1 for _, first, last in merged if last > first)
    words = len(filled) >= 3 and len(filled) < len(names) and not any(ch.isdigit() for c in filled for ch in c)
    return bool(names) and (gaps > 0 or twice or wide >= 2 or words)


def spread(group: Sequence[str], head: Sequence[str], merged: Sequence[Merge]) -> list[str]:
    """The names of the columns: each group's name before the names under it.

    A group reaches over the columns it is merged over; where that is not known, up to the next group. One with no name
    under it is a name itself and reaches no further.
    """
    width = max(len(group), len(head))
    above = [*group, *[""] * (width - len(group))]
    below = [*head, *[""] * (width - len(head))]
    known = {first: last for _, first, last in merged}
    out: list[str] = []
    current, until = "", -1
    for i in range(width):
        if above[i]:
            alone = not below[i]
            current, until = above[i], (i if alone else known.get(i, i if known else width - 1))
        name = current if i <= until else ""
        if name and below[i] and name.casefold() != below[i].casefold():
            out.append(f"{name} {below[i]}")
        else:
            out.append(below[i] or name)
    return out


def under(head: Sequence[str], row: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether the row below the header goes on with it: it names columns that the header leaves empty, or has words where
    the records have numbers, and nothing in it is a value.
    """
    cells = [(i, c) for i, c in enumerate(row) if c]
    if not cells or any(_NUMBER.fullmatch(c) or len(c) > 60 for _, c in cells):
        return False
    if sum(any(ch.isdigit() for ch in c) for _, c in cells) * 5 > len(cells):
        return False
    held = [{r[i] for r in body if len(r) > i and r[i]} for i, _ in cells]
    if any(c in values for (_, c), values in zip(cells, held, strict=True)):
        return False
    gaps = [i for i in range(max(len(head), len(row))) if (i >= len(head) or not head[i])]
    if gaps and len(gaps) >= 0.2 * len(head) and all(i < len(row) and row[i] for i in gaps):
        # It names what the header leaves unnamed: names of groups stand twice, and a name above needs none below.
        twice = len({c for _, c in cells}) < len(cells)
        alone = any(c and (i >= len(row) or not row[i]) for i, c in enumerate(head))
        if twice or alone or any(map(_numeric, held)):
            return True
    numeric = sum(map(_numeric, held))
    return numeric >= 2 and numeric * 2 >= len(cells)


def _numeric(values: set[str]) -> bool:
    return bool(values) and sum(1 for v in values if _NUMBER.fullmatch(v)) >= 0.8 * len(values)
