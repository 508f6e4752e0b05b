"""Human judgements on pairs of names, read from `judgements.jsonl` of the case folder. Later lines win, so each is reversible."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from enduse.errors import CaseError

FILE = "judgements.jsonl"
Verdict = Literal["same", "different", "unsure"]


@dataclass(frozen=True)
class Judgements:
    """Pairs of names as declared, in sorted order; a pair last judged `unsure` stands in neither."""

    same: tuple[tuple[str, str], ...] = ()
    different: frozenset[tuple[str, str]] = frozenset()
    by: dict[tuple[str, str], str] | None = None

    def note(self, left: str, right: str) -> str:
        pair = (left, right) if left <= right else (right, left)
        return (self.by or {}).get(pair, "")


def read(folder: Path) -> Judgements:
    """The judgements of a case. Raises CaseError with the line where the file is not what it should be."""
    path = folder / FILE
    if not path.is_file():
        return Judgements()
    last: dict[tuple[str, str], str] = {}
    by: dict[tuple[str, str], str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        where = f"{FILE}:{number}"
        try:
            entry = json.loads(line)
            left, right, verdict = entry["left"], entry["right"], entry["judgement"]
        except (ValueError, KeyError, TypeError) as error:
            raise CaseError(
                "not a judgement", where=where, fix='Write {"left": ..., "right": ..., "judgement": "same"}'
            ) from error
        if verdict not in ("same", "different", "unsure") or not isinstance(left, str) or not isinstance(right, str):
            raise CaseError(
                f"judgement {verdict!r} on two names is not understood",
                where=where,
                fix="Use same, different or unsure",
            )
        pair = (left, right) if left <= right else (right, left)
        last[pair] = verdict
        by[pair] = " ".join(str(entry[k]) for k in ("user", "at") if entry.get(k))
    same = tuple(sorted(p for p, v in last.items() if v == "same"))
    return Judgements(same, frozenset(p for p, v in last.items() if v == "different"), by)
