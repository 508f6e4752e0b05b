"""Where the actors of a sentence stand towards one proposition: before or after its trigger, behind which preposition, on which branch of the parse.

Plain figures about words, nothing about what the rules made of them: the weighing of parties over a whole article (`lanes`) reads them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .actors import Actor
from .memory import Memory
from .trees import Node, Tree
from .view import Draft, View
from .whom import party_of

FAR = 400.0  # characters beyond which distance says no more
NO_PATH = 12.0
_PREPOSITIONS = {
    word: float(place + 1)
    for place, group in enumerate(
        ("to into toward towards", "for", "from", "of", "by", "with", "in at on near inside", "via through", "between", "and or", "against")
    )
    for word in group.split()
}  # fmt: skip
_ARGUMENTS = ("agent", "patient", "dative", "to", "into", "from", "by", "for", "with", "in", "of", "through", "via")
_LABELS = ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "amod", "compound", "appos", "conj", "dative", "attr")
_KINDS = ("country", "company", "group", "adjective")
FEATURES = (
    "mentions", "before", "distance", "in_clause", "in_source", "preposition", "words_between", "argument", "label", "path", "up_or_down", "owner", "kind",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seat:
    """One actor of the sentence as the claims call it, with FEATURES of its mention nearest to the trigger."""

    name: str
    start: int
    figures: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A proposition and the actors around it. `figures` are of the proposition itself."""

    index: int
    seats: tuple[Seat, ...]
    homes: dict[str, str]
    told: tuple[str | None, str | None]  # giver and receiver named in the sentence itself
    figures: tuple[float, ...]
    main: str | None
    own: str | None


PROPOSITION = ("role", "passive", "moved", "noun", "thing", "generic", "elliptic", "pronoun", "parsed")
_ROLES = "give get order request use produce stock capability restrict origin route noun_give noun_get noun_order noun_produce move include".split()
_PRONOUNS = {"it": 1.0, "they": 2.0, "we": 3.0, "he": 4.0, "she": 4.0, "its": 5.0}


def place(view: View, d: Draft, state: Memory, index: int) -> Place:
    """What the sentence says of a proposition's possible parties."""
    by_name: dict[str, list[Actor]] = {}
    for a in view.everyone:
        name = party_of(a, state, index)
        if name is not None:
            by_name.setdefault(name, []).append(a)
    told = (party_of(d.supplier, state, index), party_of(d.recipient, state, index))
    return Place(
        index,
        tuple(_seat(view, d, name, mentions) for name, mentions in by_name.items()),
        {n: home for n in by_name if (home := state.firms.country.get(n))},
        told,
        (
            float(_ROLES.index(d.role)) if d.role in _ROLES else -1.0,
            float(d.passive),
            float(d.moved),
            float(d.noun),
            float(d.thing is not None),
            float(d.thing is not None and d.thing.generic),
            float(d.elliptic),
            0.0 if d.subject_pronoun is None else _PRONOUNS.get(d.subject_pronoun, 6.0),
            float(d.args is not None),
        ),
        state.main,
        state.country,
    )


def _seat(view: View, d: Draft, name: str, mentions: list[Actor]) -> Seat:
    best = min(mentions, key=lambda a: (view.masked(a.start, a.end), abs(a.start - d.at), a.start))
    preposition, words = _preposition(view, best)
    label, path, climb = _path(view.tree, best, d) if view.tree is not None else (0.0, NO_PATH, 0.0)
    return Seat(
        name,
        min(a.start for a in mentions),
        (
            float(len(mentions)),
            float(best.start < d.at),
            min(float(abs(best.start - d.at)), FAR),
            float(d.lead <= best.start < d.end),
            float(view.masked(best.start, best.end)),
            preposition,
            words,
            _argument(d, best),
            label,
            path,
            climb,
            float(best.owner),
            float(_KINDS.index(best.kind) + 1) if best.kind in _KINDS else 5.0,
        ),
    )


def _preposition(view: View, a: Actor) -> tuple[float, float]:
    """The last preposition among the four words before a mention, and how many words stand between."""
    before = re.findall(r"[\w'-]+", view.text[max(view.start, a.start - 30) : a.start])[-4:]
    for between, word in enumerate(reversed(before)):
        if word.lower() in _PREPOSITIONS:
            return _PREPOSITIONS[word.lower()], float(between)
    return 0.0, 9.0


def _argument(d: Draft, a: Actor) -> float:
    if d.args is None:
        return 0.0
    found = 0.0
    of = {"agent": d.args.agent, "patient": d.args.patient, "dative": d.args.dative}
    for i, name in enumerate(_ARGUMENTS, 1):
        if any(a.start <= n.start <= a.end for n in of.get(name, d.args.oblique.get(name, []))):
            found = float(i)
    return found


def _path(tree: Tree, a: Actor, d: Draft) -> tuple[float, float, float]:
    """Label of a mention in the parse, its way to the predicate in arcs, and how many more of them lead up than down."""
    inside = [n for n in tree.nodes if a.start <= n.start < a.end]
    predicate = next((n for n in tree.nodes if d.at <= n.start < d.to), None)
    if not inside:
        return 0.0, NO_PATH, 0.0
    here = {n.i for n in inside}
    top = next((n for n in inside if n.head not in here or n.head == n.i), inside[0])
    label = float(_LABELS.index(top.dep) + 1) if top.dep in _LABELS else 12.0
    if predicate is None:
        return label, NO_PATH, 0.0
    up, down = _line(tree, top), _line(tree, predicate)
    shared = next((i for i in up if i in down), None)
    if shared is None:
        return label, NO_PATH, 0.0
    return label, float(up.index(shared) + down.index(shared)), float(up.index(shared) - down.index(shared))


def _line(tree: Tree, n: Node) -> list[int]:
    """A node and its heads up to the root."""
    return [n.i, *(a.i for a in tree.above(n))]
