"""Every reason stands in the documentation, with its meaning, and nothing else does."""

from __future__ import annotations

import re
from pathlib import Path

from enduse.intake import lists, ownership, reading, statistics, typing_rows
from enduse.intake.reasons import REASONS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "rejections.md"


def test_no_two_parts_use_one_word() -> None:
    parts = (reading, typing_rows, lists, ownership, statistics)
    assert len(REASONS) == sum(len(part.REASONS) for part in parts)
    assert all(re.fullmatch("[a-z_]+", reason) for reason in REASONS)


def test_the_page_names_every_reason() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert set(rows) == set(REASONS)
    for reason, meaning in REASONS.items():
        assert rows[reason].rstrip(".").casefold() == meaning.rstrip(".").casefold(), reason


def test_the_code_uses_no_other_reason() -> None:
    room = Path(reading.__file__).parents[1]
    used = set()
    for path in room.rglob("*.py"):
        used |= set(re.findall(r'Refusal\([^,]+, "(\w+)"', path.read_text(encoding="utf-8")))
    assert used
    assert used <= set(REASONS)
