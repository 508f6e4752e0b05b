"""Propositions the rules do not open, found by their likeness to annotated articles.

A linear model over the plain names of a candidate (`candidates`) says how likely a claim is there and of which kind. Its weights were fitted
on our own annotated articles by `enduse.press.build.likeness` and lie in `reference/press/likeness.json`. A found proposition is filled by the
same frames and rules as any other, its parties are weighed over the article (`lanes`), and its claim says in `cues` that it was found and how
likely it was held.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from enduse.reference import press_tables as tables

from . import stages
from .assign import assign
from .candidates import Candidate, candidates, describe, roles_of
from .drafting import KIND, draft_of
from .figures import Figure
from .frames import predicate
from .memory import REACH, Memory
from .text import Hit
from .trees import Node, Tree
from .view import Draft, View

ROOM = 0.6  # how many more propositions a sentence must promise than were read in it


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of a claim (first of each row) and of its kinds (the others) by name, and from where on a candidate is opened.

    `opens` holds where the rules read nothing in a sentence, and beside them where its predicates together promise more than they read
    (`ROOM`); `splits` holds beside them for a figure of its own.
    """

    kinds: tuple[str, ...]
    weights: dict[str, list[float]]
    bias: list[float]
    opens: float
    splits: float


def model_of(table: dict[str, Any]) -> Model:
    """A model of its table."""
    return Model(tuple(table["kinds"]), table["weights"], table["bias"], table["opens"], table["splits"])


@cache
def model() -> Model:
    """The fitted model."""
    return model_of(tables.fitted("likeness"))


def chance(m: Model, names: Sequence[str]) -> float:
    """How likely a claim is at a candidate of these names."""
    return 1 / (1 + math.exp(-m.bias[0] - sum(m.weights[n][0] for n in sorted(set(names)) if n in m.weights)))


def kind_of(m: Model, names: Sequence[str]) -> str:
    """The likeliest kind of a claim there."""
    rows = [m.bias, *(m.weights[n] for n in sorted(set(names)) if n in m.weights)]
    scores = [sum(row[k] for row in rows) for k in range(1, len(m.bias))]
    return m.kinds[scores.index(max(scores))]


def told_before(view: View, section: str, index: int, state: Memory) -> list[str]:
    """What the article told before a sentence, in plain names."""
    out = [f"section:{section}", "told" if view.told else "untold", "early" if index < REACH else "late"]
    last = next((c for at, c in reversed(state.claims) if 0 <= index - at <= REACH), None)
    if last is not None:
        out.append("last:" + last["kind"])
    if any(index - at == 1 for at, _ in state.claims):
        out.append("beside")
    return out


def described(
    view: View, measured: Sequence[Figure], section: str, index: int, state: Memory
) -> list[tuple[Candidate, list[str]]]:
    """The candidates of a sentence with their names; none of a related link, nor without a parse."""
    tree = view.tree if section != "related_link" else None
    if tree is None:
        return []
    told = told_before(view, section, index, state)
    return [(c, describe(view, c, tree, told)) for c in candidates(view, measured)]


def mend(
    view: View, got: Sequence[Draft], measured: Sequence[Figure], section: str, index: int, state: Memory
) -> list[Draft]:
    """The propositions of a sentence with those found."""
    out = list(got)
    m = model()
    every = [(chance(m, names), c, names) for c, names in described(view, measured, section, index, state)]
    expected = sum(p for p, _, _ in every)
    likely = [x for x in every if x[0] >= m.opens]
    tree = view.tree if likely else None
    if tree is None:
        return out
    taken = [n for d in got if (n := predicate(view, d) or tree.top(d.at, d.to)) is not None]
    cues = stages.find("stage", view.text, view.words)
    for p, c, names in sorted(likely, key=lambda x: (-x[0], x[1].node.i)):
        if got:
            splits = _splits(view, c, got, measured)
            room = expected - len(out) >= ROOM and (splits or not c.figures)
            if not (room or (splits and p >= m.splits)):
                continue
        if any(d.at <= c.node.start < d.to for d in out) or _joined(tree, c.node, taken):
            continue
        d = _draft(view, c, kind_of(m, names), cues)
        if d is not None:
            d.found = p
            out.append(d)
            taken.append(c.node)
    return sorted(out, key=lambda d: d.at)


def _splits(view: View, c: Candidate, got: Sequence[Draft], measured: Sequence[Figure]) -> bool:
    """True where a candidate beside propositions of the rules has figures of its own, and takes the last one from none of them."""
    owned, _ = assign(view, got, measured)
    own = {f.start for f in c.figures}
    return bool(own) and all({f.start for f in figures} - own for figures in owned.values())


_PARTED = frozenset({"conj", "advcl", "ccomp", "relcl", "acl", "parataxis", "appos", "pcomp"})


def _joined(tree: Tree, n: Node, taken: Sequence[Node]) -> bool:
    """True where a word hangs on a taken one or that on it, directly or by a preposition: two words of one proposition."""
    for upper, lower in (*((t, n) for t in taken), *((n, t) for t in taken)):
        head = tree.nodes[lower.head]
        by = head.i if head.dep not in ("prep", "agent") else head.head
        if lower.dep not in _PARTED and upper.i in (head.i, by):
            return True
    return False


_VERBS = {
    "supply": "give", "order": "order", "request": "request", "use": "use", "production": "produce", "stock": "stock", "capability": "capability",
    "restriction": "restrict", "route": "route", "component_origin": "origin", "denial": "give",
}  # fmt: skip
_NOUNS = {
    "supply": "noun_give",
    "order": "noun_order",
    "production": "noun_produce",
    "denial": "noun_give",
    "route": "noun_give",
}
_DEALERS = {"parsed_supplier": "noun_give", "parsed_buyer": "noun_get"}


def _role(n: Node, kind: str) -> str:
    """The role of a found word: one it has in the table of cues if that is of the kind, else that of the kind."""
    wanted = "supply" if kind in ("denial", "route") else kind
    for r in roles_of(n.low):
        known = _DEALERS.get(r, r.removeprefix("parsed_"))
        if KIND.get(known) in (kind, wanted) and known.startswith("noun_") != n.verb:
            return known
    return _VERBS[kind] if n.verb else _NOUNS.get(kind, _VERBS[kind])


def _draft(view: View, c: Candidate, kind: str, cues: list[Hit]) -> Draft | None:
    n = c.node
    first = next((i for i, w in enumerate(view.words) if w.start <= n.start < w.end), None)
    if first is None:
        return None
    role = _role(n, kind)
    hit = Hit(first, first + 1, n.start, n.end, role)
    d = draft_of(view, hit, role, cues, noun=role.startswith("noun_"), parsed=True)
    if d is None:
        return None
    d.negated = d.negated or kind == "denial"
    d.kind = kind if kind != "denial" else d.kind
    return d
