"""Asking a person at a terminal about the columns whose role is not sure."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import replace

from enduse.contracts import ROLES

from .propose import ColumnRole

SHOWN = 3  # values of a column


def doubtful(roles: Sequence[ColumnRole], threshold: float) -> tuple[ColumnRole, ...]:
    """The columns to ask about: a role that is not sure enough, or two that could be told apart by a person only."""
    return tuple(r for r in roles if r.role != "ignore" and r.confidence < threshold)


def ask(
    roles: Sequence[ColumnRole],
    sample: Sequence[Sequence[str | None]],
    *,
    threshold: float,
    answer: Callable[[str], str],
    say: Callable[[str], None],
) -> tuple[ColumnRole, ...]:
    """The roles after a person was asked about the doubtful ones.

    `answer` shows a prompt and gives back what was typed: Enter takes the proposal, `-` leaves the column unmapped, a role
    gives that role. A role that another column has is taken from it, and that is said. What a person decided has
    confidence 1. Raises whatever `answer` raises (EOFError, KeyboardInterrupt): nothing is saved half asked.
    """
    made = list(roles)
    for item in doubtful(roles, threshold):
        at = next(i for i, r in enumerate(made) if r.position == item.position)
        say(f"column {item.position} {item.column!r}: perhaps {item.role} ({item.confidence:.2f}; {item.reason})")
        seen = dict.fromkeys(c for row in sample if item.position <= len(row) and (c := row[item.position - 1]))
        if seen:
            say("  such as " + " | ".join(c[:60] for c in list(seen)[:SHOWN]))
        role = _answered(item.role, answer, say)
        for i, other in enumerate(made):
            if role != "ignore" and other.role == role and i != at:
                say(f"  {role} is taken from column {other.position} {other.column!r}")
                made[i] = replace(
                    other, role="ignore", reader="", confidence=1.0, reason=f"{role} was given to {item.column!r}"
                )
        made[at] = replace(
            item, role=role, reader=item.reader if role == item.role else "", confidence=1.0, reason="told by a person"
        )
    return tuple(made)


def _answered(proposed: str, answer: Callable[[str], str], say: Callable[[str], None]) -> str:
    while True:
        typed = answer(f"  Enter for {proposed}, - to leave it out, or a role: ").strip().casefold().replace(" ", "_")
        if not typed:
            return proposed
        if typed == "-":
            return "ignore"
        if typed in ROLES:
            return typed
        near = difflib.get_close_matches(typed, ROLES, 1)
        say(
            f"  {typed!r} is not a role. "
            + (f"Did you mean {near[0]}? " if near else "")
            + f"Roles: {', '.join(ROLES)}"
        )
