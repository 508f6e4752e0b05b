"""Which uncertain pairs a person should look at first, and a walk through them that does not show the score before the answer.

The value of an answer is the chance that the decision taken is wrong times what hangs on it (the value of the rows behind the lesser name).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Literal

from enduse.parties.judgements import Judgements, Verdict

Answer = Literal["same", "different", "unsure", "withdrawn"]
KEYS: Mapping[str, Answer] = {"s": "same", "d": "different", "u": "unsure"}
HELP = "s same, d different, u unsure, w why (score and reasons), b take back the last answer, n next without an answer, q quit"


@dataclass(frozen=True)
class Question:
    """A pair to judge. `worth` is the expected value, in US dollars, of rows that the answer could move."""

    left: str
    right: str
    left_country: str
    right_country: str
    left_identifier: str
    right_identifier: str
    same: bool
    score: float
    reasons: str
    rows: int
    usd: Decimal
    worth: float

    def blind(self) -> dict[str, object]:
        """What may be told before the answer: neither score nor decision."""
        return {k: v for k, v in asdict(self).items() if k not in ("same", "score", "reasons")}


def questions(pairs: Iterable[Mapping[str, object]], judgements: Judgements, *, again: bool = False) -> list[Question]:
    """Rows of the contract PARTY_PAIR as questions, the most valuable first, each pair of names once.

    Pairs judged already are left out; with `again`, those last judged `unsure` come back.
    """
    settled = {*judgements.same, *judgements.different} | (set() if again else set(judgements.unsure))
    best: dict[tuple[str, str], Question] = {}
    for row in pairs:
        left, right = str(row["left_name"]), str(row["right_name"])
        at = (left, right) if left <= right else (right, left)
        if at in settled or left == right:
            continue
        one = _question(row)
        if at not in best or one.worth > best[at].worth:
            best[at] = one
    return sorted(best.values(), key=lambda q: (-q.worth, -_wrong(q.score, same=q.same) * q.rows, q.left, q.right))


def _wrong(score: float, *, same: bool) -> float:
    return 1.0 - score if same else score


def _question(row: Mapping[str, object]) -> Question:
    same = row["left_party"] == row["right_party"]
    score, usd = float(str(row["score"])), Decimal(str(row["value_usd"] or 0))
    texts = {k: str(row[k] or "") for k in ("left_country", "right_country", "left_identifier", "right_identifier")}
    return Question(
        left=str(row["left_name"]), right=str(row["right_name"]), **texts, same=same, score=score, reasons=str(row["reasons"] or ""),
        rows=int(str(row["rows"])), usd=usd, worth=round(_wrong(score, same=same) * float(usd), 2),
    )  # fmt: skip


def card(question: Question, number: int, of: int) -> str:
    """What is shown before the answer: the declared facts, no score and no decision."""
    lines = [f"{number} of {of}: one party?  ({question.rows} rows, {question.usd:,.0f} USD behind the lesser name)"]
    for name, country, key in (
        (question.left, question.left_country, question.left_identifier),
        (question.right, question.right_country, question.right_identifier),
    ):
        beside = ", ".join(x for x in (country, key) if x)
        lines.append(f"  {name}" + (f"   [{beside}]" if beside else ""))
    return "\n".join(lines)


def why(question: Question) -> str:
    """The score, the decision taken and its reasons."""
    decided = "one party" if question.same else "two parties"
    reasons = "\n".join(f"    {r}" for r in question.reasons.split(";") if r)
    return f"  probability {question.score:.3f}, taken for {decided}" + (f"\n{reasons}" if reasons else "")


def walk(
    asked: Sequence[Question],
    ask: Callable[[str], str],
    show: Callable[[str], None],
    record: Callable[[Question, Answer], None],
) -> dict[Verdict, int]:
    """Ask one after another. `ask` gets the card and gives a key; `record` gets every answer at once, so a walk can stop anywhere.

    Returns how many pairs stand judged same, different and unsure by this walk.
    """
    said: dict[int, Verdict] = {}
    at = 0
    while at < len(asked):
        question = asked[at]
        key = ask(card(question, at + 1, len(asked))).strip().casefold()[:1]
        if key == "q":
            break
        if key == "w":
            show(why(question))
        elif key == "b" and at > 0:
            at -= 1
            if at in said:
                record(asked[at], "withdrawn")
                del said[at]
        elif key == "n":
            at += 1
        elif key in KEYS:
            answer = KEYS[key]
            record(question, answer)
            if answer != "withdrawn":
                said[at] = answer
            at += 1
        else:
            show(f"  {HELP}")
    kinds: tuple[Verdict, ...] = ("same", "different", "unsure")
    return {kind: sum(v == kind for v in said.values()) for kind in kinds}
