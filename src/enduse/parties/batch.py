"""Many pairs at once: the scorer without reasons. Kept as a name of its own for callers that only need figures."""

from __future__ import annotations

from enduse.parties.score import probabilities

__all__ = ["probabilities"]
