"""Human judgements on pairs of names in `judgements.jsonl` of the case folder. Lines are only added; the last on a pair wins, so each is reversible."""

from __future__ import annotations

import datetime as dt
import getpass
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from enduse.errors import CaseError

FILE = "judgements.jsonl"
Verdict = Literal["same", "different", "unsure"]
VERDICTS: tuple[Verdict, ...] = ("same", "different", "unsure")


@dataclass(frozen=True)
class Judgements:
    """Pairs of names as declared, in sorted order, each by its last judgement. `unsure` changes no result: the pair is left to its
    score, and review does not ask again.
    """

    same: tuple[tuple[str, str], ...] = ()
    different: frozenset[tuple[str, str]] = frozenset()
    by: dict[tuple[str, str], str] = field(default_factory=dict)
    unsure: frozenset[tuple[str, str]] = frozenset()

    def note(self, left: str, right: str) -> str:
        """Who judged the pair and when, as far as the line says."""
        return self.by.get((left, right) if left <= right else (right, left), "")


def account() -> str:
    """Who judges where nobody says: the name of the account."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


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
        pair, verdict, note = _line(line, f"{FILE}:{number}")
        last[pair], by[pair] = verdict, note
    chosen = {v: sorted(p for p, said in last.items() if said == v) for v in VERDICTS}
    return Judgements(tuple(chosen["same"]), frozenset(chosen["different"]), by, frozenset(chosen["unsure"]))


def _line(line: str, where: str) -> tuple[tuple[str, str], str, str]:
    try:
        entry = json.loads(line)
        left, right, verdict = entry["left"], entry["right"], entry["judgement"]
    except (ValueError, KeyError, TypeError) as error:
        raise CaseError(
            "not a judgement", where=where, fix='Write {"left": ..., "right": ..., "judgement": "same"}'
        ) from error
    if verdict not in (*VERDICTS, "withdrawn") or not isinstance(left, str) or not isinstance(right, str):
        raise CaseError(
            f"judgement {verdict!r} on two names is not understood",
            where=where,
            fix="Use same, different, unsure or withdrawn",
        )
    pair = (left, right) if left <= right else (right, left)
    return pair, verdict, " ".join(str(entry[k]) for k in ("user", "at") if entry.get(k))


def add(folder: Path, left: str, right: str, judgement: str, *, user: str, at: dt.datetime) -> None:
    """Add one line: `same`, `different`, `unsure`, or `withdrawn`, which takes back whatever stood. Written through to the disk."""
    if judgement not in (*VERDICTS, "withdrawn"):
        raise CaseError(f"no judgement {judgement!r}", where=FILE, fix="Use same, different, unsure or withdrawn")
    entry = {"left": left, "right": right, "judgement": judgement, "user": user, "at": at.isoformat(timespec="seconds")}
    path = folder / FILE
    with path.open("a+b") as file:
        file.seek(0, os.SEEK_END)
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                file.write(b"\n")
        file.write((json.dumps(entry, ensure_ascii=False) + "\n").encode())
        file.flush()
        os.fsync(file.fileno())
