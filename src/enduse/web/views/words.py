"""Lists and reasons of the tables, taken apart."""

from __future__ import annotations

import json
from typing import Any


def listed(text: str | None) -> list[str]:
    """The items of a `;` list."""
    return [part.strip() for part in (text or "").split(";") if part.strip()]


def sides(reasons: str | None) -> tuple[list[str], list[str]]:
    """Reasons for and against, without their signs."""
    from enduse.dossier.parties import sides as parted

    supports, opposes = parted(reasons)
    return list(supports), list(opposes)


def parsed(text: str | None) -> Any:
    """A JSON cell; None where it is empty or broken."""
    try:
        return json.loads(text) if text else None
    except ValueError:
        return None


def marks(values: list[Any]) -> str:
    """As many placeholders as values."""
    return ", ".join("?" * len(values))
