"""What the parse says of a proposition: who stands where in the argument frame of its predicate.

The frames are few: of "give" the agent gives and "to" gets, of "get" the agent gets and "from" gives, "equip" has its goods after
"with", what "arrives" moves from one place to another. The parse fills and mends the slots the rules left or guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import nominals
from .actors import Actor
from .goods import Thing
from .naming import actors_among, goods_at, parties
from .trees import Arguments, Node, arguments
from .view import Draft, View


def predicate(view: View, d: Draft) -> Node | None:
    """The node of a draft's trigger."""
    if view.tree is None:
        return None
    inside = list(view.tree.at(d.at, d.to))
    want = [n for n in inside if (n.noun if d.noun else n.verb and n.dep not in ("aux", "auxpass"))]
    if not want:
        return None
    return want[-1] if not d.noun and len(want) > 1 and want[-1].dep == "xcomp" else want[0]


_STATE_NOUNS = frozenset(
    "state country nation regime republic kingdom ally partner neighbour neighbor pal friend enemy neighbours allies customer buyer client".split()
)


EQUIP = re.compile(r"(?:equip|arm|provid|suppl|furnish|outfit|present|reward|serv|flood|load|stock)")


_GET = frozenset({"get", "order", "request", "use", "stock"})


def refine(view: View, d: Draft) -> None:
    """Slots of a draft by the arguments of its predicate, where the parse names them."""
    n = predicate(view, d)
    tree = view.tree
    if n is None or tree is None or d.verb.startswith("turn") or d.pair or d.both or d.helped or d.included:
        return
    a = arguments(tree, n)
    d.args = a
    d.negated = d.negated or (a.negated and d.role in ("give", "get", "order"))
    if _TALKS.match(d.verb) and not d.noun:
        _talking(view, d, a)
    elif d.noun:
        nominals.fill(view, d, n, a)
    elif d.moved and a.patient and not a.passive and _TRANSITIVE.match(d.verb):
        d.moved = d.passive = False  # "passed them to rebels"
        _given(view, d, a)
    elif d.moved:
        _moved(view, d, a)
    elif d.role == "give":
        d.passive = a.passive
        _given(view, d, a)
    elif d.verb.startswith(("pay", "paid")):
        _paid(view, d, a)
    elif d.role in _GET:
        d.passive = a.passive
        _gotten(view, d, a)
    elif d.role == "produce":
        d.passive = a.passive
        _put(d, "supplier", parties(view, a.agent, named=True, acts=not a.passive))
    if d.supplier is not None and d.recipient is not None and d.supplier.name == d.recipient.name:
        if d.role in _GET or d.role in ("noun_get", "noun_order"):
            d.supplier = None
        else:
            d.recipient = None


_TRANSITIVE = re.compile(r"(?:pass|roll|return|land|sail|head|bring|brought|pour|stream|flow)")


def stage(view: View, d: Draft) -> None:
    """What only the parse tells of how far a deal is: the simple present goes on, who negotiates is in talks."""
    n = predicate(view, d)
    if n is None or d.noun or view.headline:
        return
    if _TALKS.match(d.verb):
        d.stage, d.cues, d.kind = "in_talks", [d.verb], "order"
    elif d.role == "give" and not d.passive and not d.moved and d.stage == "delivered" and n.tag in ("VBZ", "VBP"):
        d.stage = "in_progress"  # "Aeroskan supplies Zala Aero"


def about(d: Draft, a: Arguments) -> list[Node]:
    """What a predicate is done to: what moves, what is given, what somebody is equipped with."""
    return [
        *(a.agent if d.moved and not a.passive else ()),
        *a.patient,
        *a.dative,
        *(a.to("with") if EQUIP.match(d.verb) else ()),
    ]


def goods(view: View, d: Draft) -> None:
    """The goods of a draft by the parse: what its predicate is done to, before what merely stands near."""
    a = d.args
    if a is None or d.noun or d.role not in ("give", "get", "order", "produce", "request"):
        return
    for n in about(d, a):
        found = goods_at(view, n)
        if found is None:
            continue
        if isinstance(found, Thing):
            if not view.masked(found.start, found.end):
                d.thing = found
        elif d.thing is not None and not found[0] <= d.thing.start <= found[1] + 24:
            d.thing = None  # a designation alone: "picked Denmark's F-16s over Chinese jets"
        return


def _put(d: Draft, slot: str, found: Sequence[Actor | str]) -> bool:
    """The first of `found` into the slot of a draft; a pronoun leaves it to be looked up."""
    if not found:
        return False
    first = found[0]
    more = [p for p in found[1:] if isinstance(p, Actor)]
    if isinstance(first, str):
        if d.subject_pronoun is None:
            d.subject_pronoun = first
            setattr(d, slot, None)
        return True
    setattr(d, slot, first)
    subject_slot = "recipient" if d.role in _GET else "supplier"
    if slot == subject_slot:
        d.subject_pronoun = None
    setattr(d, f"more_{slot}s", more)
    return True


def _given(view: View, d: Draft, a: Arguments) -> None:
    goods = [n for n in a.patient if goods_at(view, n)]
    people = parties(view, [n for n in a.patient if n not in goods])
    if a.agent:
        _put(d, "supplier", parties(view, a.agent, named=True, acts=not a.passive))
    elif a.passive and (frm := parties(view, a.to("from"))):
        _put(d, "supplier", frm)
    to = parties(view, a.dative) or parties(view, a.to("to", "into"))
    d.unnamed_recipient = not to and any(
        (n.noun and n.low in _STATE_NOUNS) or n.low in ("it", "them") for n in (*a.dative, *a.to("to", "into"))
    )
    if to:
        d.unnamed_recipient = isinstance(to[0], str)
        _put(d, "recipient", [p for p in to if isinstance(p, Actor)])
    elif people and not goods and (a.to("with") or EQUIP.match(d.verb) or a.dative):
        _put(d, "recipient", [p for p in people if isinstance(p, Actor)])
    elif d.recipient is None and (for_ := parties(view, a.to("for"))):
        _put(d, "recipient", [p for p in for_ if isinstance(p, Actor)])


def _gotten(view: View, d: Draft, a: Arguments) -> None:
    who = parties(view, a.agent, named=True, acts=not a.passive)
    if who:
        _put(d, "recipient", who)
    frm = actors_among(view, a.to("from"), named=True)
    if not frm and _BUYS.match(d.verb):
        # "bought 40 lathes in Taiwan"
        tree = view.tree
        where = (
            [
                *a.to("in"),
                *(o for p in a.patient for k in tree.kids(p, "prep") if k.low == "in" for o in tree.kids(k, "pobj")),
            ]
            if tree
            else []
        )
        frm = [
            p
            for p in actors_among(view, where)
            if p.kind == "country" and (d.recipient is None or p.name != d.recipient.country)
        ]
    for_ = [p for p in parties(view, a.to("for")) if isinstance(p, Actor)]
    partner = actors_among(view, a.to("with"), named=True)
    if (
        d.role == "order"
        and d.recipient
        and d.recipient.kind == "company"
        and partner
        and partner[0].kind == "country"
        and not frm
    ):
        d.supplier, d.recipient = d.recipient, partner[0]  # "Baykar signed a deal with Kuwait": the firm sells
        return
    if frm:
        _put(d, "supplier", frm)
    elif (
        d.role in ("get", "order")
        and not a.passive
        and d.recipient
        and for_
        and for_[0].kind == d.recipient.kind == "country"
        and for_[0].name != d.recipient.name
    ):
        d.supplier, d.recipient = d.recipient, for_[0]  # "raised money to buy shells for Ukraine"


_BUYS = re.compile(r"(?:buy|bought|purchas|procur|acquir|sourc|order)")


# talks about goods with somebody: a maker or a dealer asked sells, else a firm that talks does
_TALKS = re.compile(r"(?:negotiat|haggl|bargain)")
_SELLERS = frozenset(
    "manufacturer maker producer supplier exporter seller factory plant makers manufacturers suppliers producers trader dealer distributor".split()
)


def _talking(view: View, d: Draft, a: Arguments) -> None:
    a.patient = a.patient or a.to("over", "about", "on", "for")
    for n in list(a.patient):
        if n.low in ("contract", "deal", "purchase", "sale", "supply", "delivery", "order", "agreement"):
            inner = arguments(view.tree, n) if view.tree else Arguments()
            a.patient = [*a.patient, *inner.to("for", "of", "on")]
    who, partner = actors_among(view, a.agent, named=True), a.to("with")
    other = actors_among(view, partner, named=True)
    d.passive = False
    sells = bool(who) and who[0].kind == "company" and not any(n.low in _SELLERS for n in partner)
    first, second = next(iter(who), None), next(iter(other), None)
    d.supplier, d.recipient = (first, second) if sells else (second, first)


def _paid(view: View, d: Draft, a: Arguments) -> None:
    """Who pays gets the goods, who is paid gives them."""
    kind = next((g for n in a.to("with", "in") if isinstance(g := goods_at(view, n), Thing)), None)
    payer = parties(view, a.agent, named=True)
    if kind is not None and payer and not a.passive:
        # "pays for the ammunition with fuel": who pays in goods gives them to the other party
        d.role, d.kind, d.thing, d.unnamed_recipient = "give", "supply", kind, True
        d.recipient = None
        a.patient = [n for n in a.to("with", "in") if goods_at(view, n) is kind]
        _put(d, "supplier", payer)
        return
    seller = [*a.dative, *a.to("to"), *a.patient]
    gives = [p for p in parties(view, seller, named=True) if isinstance(p, Actor)]
    gets = parties(view, a.agent, named=True)
    if a.passive and not gives:
        return  # left to the rules: "was paid some 4 million for the metal"
    if gives:
        d.supplier = gives[0]
    if gets:
        _put(d, "recipient", gets)


_LEAVES = re.compile(r"(?:leav|left)")


def _moved(view: View, d: Draft, a: Arguments) -> None:
    if _LEAVES.match(d.verb):
        # "left China for Russia"
        d.supplier = next(iter(actors_among(view, a.patient)), None) or d.supplier
        bound = actors_among(view, a.to("for", "to"))
        if bound:
            d.recipient = bound[0]
        else:
            d.args = None  # "left the factory" tells of nobody who gets them
        return
    there = parties(view, a.to("to", "into", "in", "at")) or parties(
        view, a.patient if d.verb.startswith("reach") else []
    )
    if there and d.recipient is None:
        _put(d, "recipient", [p for p in there if isinstance(p, Actor)])
    frm = parties(view, a.to("from"))
    if frm and d.supplier is None:
        _put(d, "supplier", [p for p in frm if isinstance(p, Actor)])
