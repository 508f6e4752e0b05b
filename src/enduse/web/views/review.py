"""Doubtful pairs of names: the question without the score, the reasons when asked for, the answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from enduse.contracts import TABLES
from enduse.errors import EnduseError
from enduse.web.desk import Desk
from enduse.web.views.words import sides

LONGEST_NAME = 20_000


def _questions(desk: Desk) -> list[Any]:
    from enduse.parties import judgements, review

    pairs = desk.now.kept("pairs", lambda: desk.now.ask(f"SELECT {TABLES['party_pair'].select} FROM party_pair"))
    return review.questions(pairs, judgements.read(desk.folder))


def review_of(desk: Desk, limit: int) -> dict[str, Any]:
    """The pairs whose answers matter most. Neither score nor decision is told."""
    found = _questions(desk)
    return {"left": len(found), "questions": [q.blind() for q in found[:limit]]}


def why_of(desk: Desk, left: str, right: str) -> dict[str, Any]:
    """Score and reasons of a pair that was asked about."""
    found = desk.now.ask(
        "SELECT score, reasons, left_party = right_party AS merged FROM party_pair WHERE (left_name = ? AND right_name = ?) OR (left_name = ? AND right_name = ?) "
        "ORDER BY value_usd DESC NULLS LAST, score DESC LIMIT 1",
        [left, right, right, left],
    )
    if not found:
        raise EnduseError("the two names are no doubtful pair", fix="Pairs to judge stand in the review")
    supports, opposes = sides(found[0]["reasons"])
    return {
        "score": found[0]["score"],
        "taken_for": "one party" if found[0]["merged"] else "two parties",
        "reasons_for": supports,
        "reasons_against": opposes,
    }


def judge(desk: Desk, left: str, right: str, judgement: str, user: str) -> dict[str, Any]:
    """Write a judgement down. Results change with the next run."""
    from enduse.parties import judgements

    known = desk.now.ask("SELECT count(DISTINCT name) AS n FROM party_name WHERE name IN (?, ?)", [left, right])[0]["n"]
    if left == right or known < 2:
        raise EnduseError(
            "a judgement needs two different names that the case has",
            fix="Judge pairs of the review, or names of the view Parties",
        )
    now = dt.datetime.now(dt.UTC)
    who = " ".join(user.split())[:80] or judgements.account()
    judgements.add(desk.folder, left, right, judgement, user=who, at=now)
    desk.forget_stale()
    return {"ok": True, "stale": True, "by": who, "at": now.isoformat(timespec="seconds")}
