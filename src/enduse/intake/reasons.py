"""Every reason a record is refused for, from all parts of the room."""

from __future__ import annotations

from enduse.intake import lists, ownership, reading, statistics, typing_rows

REASONS: dict[str, str] = {
    **reading.REASONS,
    **typing_rows.REASONS,
    **lists.REASONS,
    **ownership.REASONS,
    **statistics.REASONS,
}
