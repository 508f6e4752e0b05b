"""What a run knows about itself: enough to replay it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RunInfo:
    """`run_id` follows from the inputs, the settings and the code, so an equal run has an equal id (and no clock in it)."""

    run_id: str
    version: str
    engine: str
    code_sha256: str
    case_sha256: str
    replay: tuple[str, ...]  # the commands that repeat the run
