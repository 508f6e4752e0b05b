"""Annotated articles as the fits read them: texts, dates and gold claims, and which gold claim a read claim stands for.

Folders are named by the caller; each article is `own/NAME.txt` with `gold/NAME.jsonl`, whose first line holds its date and digest.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from enduse.press.memory import Claim

Gold = dict[str, Any]


KEPT_APART = ("blind6", "blind8")  # for measuring only: no fit reads them


@dataclass(frozen=True)
class Annotated:
    """One article: `group` is the set it belongs to (the word after its number), by which fits are cross-validated."""

    name: str
    group: str
    text: str
    date: dt.date
    gold: tuple[Gold, ...]


def articles(tests: Path) -> Iterator[Annotated]:
    """Articles of `tests`/own with their gold, but those kept apart; a text that is not the one annotated is an error."""
    for path in sorted((tests / "gold").glob("*.jsonl")):
        head, *rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
        file = tests / "own" / head["file"]
        if not file.exists():
            continue
        raw = file.read_bytes()
        if hashlib.sha256(raw).hexdigest() != head["sha256"]:
            raise ValueError(f"{file}: not the text the gold was made on")
        m = re.match(r"\d+-([a-z]+\d+|blind|t\d+)-", head["file"])
        if m and m.group(1) in KEPT_APART:
            continue
        yield Annotated(
            head["file"], m.group(1) if m else "dev", raw.decode(), dt.date.fromisoformat(head["ref_date"]), tuple(rows)
        )


def words(value: str | None) -> set[str]:
    return set(re.findall(r"\w+", (value or "").lower().replace("’", "'"))) - {"the", "and", "of", "a"}


def same_party(gold: str | None, got: str | None) -> bool:
    """Two names of one party: half of the words of the shorter are shared; nobody is nobody."""
    if gold is None or got is None:
        return gold is got
    a, b = words(gold), words(got)
    return bool(a & b) and len(a & b) >= min(len(a), len(b)) * 0.5


def wanted(g: Gold) -> list[float]:
    """Figures of a gold claim; a range is known by its upper end."""
    found = [f for f in (g["quantity"], g["value"], *(g["counts"] or [])) if f]
    return [float(str(f[0]).rsplit("-", 1)[-1]) for f in found]


def amounts(c: Claim) -> list[float]:
    out = []
    for slot, key in (("quantity", "value"), ("value", "amount")):
        if c[slot]:
            v = c[slot][key]
            out.append(v if v is not None else c[slot].get("max"))
    return [v for v in (*out, *(n["value"] for n in c["counts"] or [])) if v is not None]


def meant(gold: Sequence[Gold], claims: Sequence[Claim]) -> dict[int, Gold]:
    """The gold claim that each read claim stands for: same place and figures, whatever the parties; one to one, the likest first."""
    likest = []
    for i, g in enumerate(gold):
        for j, c in enumerate(claims):
            if c["char_start"] < g["char_end"] and g["char_start"] < c["char_end"] and _covers(c, g):
                parties = sum(same_party(g[s], c[s]) for s in ("supplier", "recipient"))
                swapped = sum(
                    g[s] is not None and same_party(g[s], c[t])
                    for s, t in (("supplier", "recipient"), ("recipient", "supplier"))
                )
                far = abs(c["_at"] - (g["char_start"] + g["char_end"]) / 2) / 100
                score = 3 * bool(wanted(g)) + 2 * (g["kind"] == c["kind"]) + parties + 0.6 * swapped - far
                likest.append((-score, i, j))
    out: dict[int, Gold] = {}
    used: set[int] = set()
    for _, i, j in sorted(likest):
        if i not in used and j not in out:
            used.add(i)
            out[j] = gold[i]
    return out


def _covers(c: Claim, g: Gold) -> bool:
    got = amounts(c)
    return all(any(abs(v - w) < 1e-6 * max(1.0, w) for v in got) for w in wanted(g))
