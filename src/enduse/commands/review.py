"""Judge uncertain pairs of names in the terminal."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from enduse.commands.common import AsJson, CasePath, note_stale, print_json, say

if TYPE_CHECKING:
    from enduse.parties.review import Answer, Question


def review(
    case: CasePath,
    limit: Annotated[int, typer.Option("--limit", min=1, help="pairs to ask at most")] = 20,
    user: Annotated[str | None, typer.Option("--user", help="who judges; the name of the account by default")] = None,
    again: Annotated[bool, typer.Option("--again", help="ask again what was judged unsure")] = False,
    as_json: AsJson = False,
) -> None:
    """Judge the uncertain pairs of names that matter most: same, different or unsure. The score is shown only when asked for.

    Answers are lines in judgements.jsonl of the case; the next run obeys them. A later answer on a pair takes the place of an earlier one.
    """
    from enduse.case import Case
    from enduse.parties import judgements
    from enduse.parties import review as walks

    opened = Case(case)
    opened.need("parties")
    found = walks.questions(opened.table("party_pair").to_pylist(), judgements.read(opened.folder), again=again)
    note_stale(opened)
    if as_json:
        print_json([q.blind() for q in found[:limit]])
        return
    if not found:
        say("no uncertain pair is left to judge")
        return
    who = user or judgements.account()

    def ask(card: str) -> str:
        typer.echo(card)
        try:
            return str(typer.prompt("  s/d/u, w why, b back, n next, q quit", default="?", show_default=False))
        except typer.Abort:
            return "q"

    def record(question: Question, answer: Answer) -> None:
        now = dt.datetime.now(dt.UTC)
        judgements.add(opened.folder, question.left, question.right, answer, user=who, at=now)

    said = walks.walk(found[:limit], ask, typer.echo, record)
    say(
        f"{said['same']} same, {said['different']} different, {said['unsure']} unsure; {max(0, len(found) - sum(said.values()))} left"
    )
    if any(said.values()):
        say(f"the results change with the next run: enduse run {case}")
