"""What the parse says of a proposition: who stands where in the argument frame of its predicate.

The frames are few: of "give" the agent gives and "to" gets, of "get" the agent gets and "from" gives, "equip" has its goods after
"with", what "arrives" moves from one place to another. The parse fills and mends the slots the rules left or guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .actors import Actor
from .naming import goods_at, parties
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
    if d.noun:
        _nominal(view, d, n, a)
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
    frm = [p for p in parties(view, a.to("from"), named=True) if isinstance(p, Actor)]
    for_ = [p for p in parties(view, a.to("for")) if isinstance(p, Actor)]
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


def _paid(view: View, d: Draft, a: Arguments) -> None:
    """Who pays gets the goods, who is paid gives them."""
    seller = [*a.dative, *a.to("to"), *a.patient]
    gives = [p for p in parties(view, seller, named=True) if isinstance(p, Actor)]
    gets = parties(view, a.agent, named=True)
    if a.passive and not gives:
        return  # left to the rules: "was paid some 4 million for the metal"
    if gives:
        d.supplier = gives[0]
    if gets:
        _put(d, "recipient", gets)


def _moved(view: View, d: Draft, a: Arguments) -> None:
    there = parties(view, a.to("to", "into", "in", "at")) or parties(
        view, a.patient if d.verb.startswith("reach") else []
    )
    if there and d.recipient is None:
        _put(d, "recipient", [p for p in there if isinstance(p, Actor)])
    frm = parties(view, a.to("from"))
    if frm and d.supplier is None:
        _put(d, "supplier", [p for p in frm if isinstance(p, Actor)])


def _nominal(view: View, d: Draft, n: Node, a: Arguments) -> None:
    tree = view.tree
    assert tree is not None  # noqa: S101 - asked only with a tree
    owners = parties(view, a.agent, named=True) or [
        x for k in tree.kids(n, "amod", "compound", "nmod") for x in view.actors if x.start <= k.start < x.end
    ]
    by, frm, to = parties(view, a.to("by"), named=True), parties(view, a.to("from")), parties(view, a.to("to"))
    gets = d.role in ("noun_get", "noun_order")
    doer, other = ("recipient", "supplier") if gets else ("supplier", "recipient")
    found = [p for p in (by or owners) if isinstance(p, Actor)]
    if found and (getattr(d, doer) is None):
        _put(d, doer, found)
    if gets and frm and d.supplier is None:
        _put(d, "supplier", [p for p in frm if isinstance(p, Actor)])
    if not gets:
        if frm and d.supplier is None:
            _put(d, "supplier", [p for p in frm if isinstance(p, Actor)])
        if to and d.recipient is None:
            _put(d, "recipient", [p for p in to if isinstance(p, Actor)])
    if d.role == "noun_produce" and d.supplier is None and any(k.tag == "PRP$" for k in tree.kids(n, "poss")):
        d.subject_pronoun, d.recipient = "its", None
    if n.dep not in ("dobj", "pobj") or (d.supplier is not None and d.recipient is not None):
        return
    verb = next((x for x in tree.above(n) if x.verb), None)
    if verb is None or not _DOES.match(verb.low) or d.subject_pronoun is not None:
        return
    outer = arguments(tree, verb)
    who_all = parties(view, outer.agent, named=True)
    if d.role == "noun_produce" and who_all and isinstance(who_all[0], str):
        d.subject_pronoun, d.recipient = who_all[0], None
        return
    who = [p for p in who_all if isinstance(p, Actor)]
    partner = [p for p in parties(view, outer.to("with")) if isinstance(p, Actor)]
    if gets and len(who) == 2 and d.supplier is None and d.recipient is None:
        d.supplier, d.recipient, d.pair = who[0], who[1], True
        return
    if d.role == "noun_produce" and who and partner == []:
        d.supplier, d.recipient = who[0], None
        return
    if who and getattr(d, doer) is None and who[0] not in (d.supplier, d.recipient):
        if gets and _SELLS.match(verb.low):
            doer, other = other, doer
        setattr(d, doer, who[0])
    if partner and getattr(d, other) is None and partner[0] not in (d.supplier, d.recipient):
        setattr(d, other, partner[0])


# verbs whose subject does what their object names: "began deliveries of", "signed a contract for"
_DOES = re.compile(
    r"(?:beg[aiu]n|start|continu|resum|paus|suspend|ceas|stop|halt|end\b|ends\b|ended|complet|finish|announc|plan|mak|made|sign|conclud|plac|secur|clinch|win\b|won\b|land|cancel|increas|reduc|cut\b|rais|boost|step|scal|prepar|offer|negotiat|discuss|consider|weigh|mull|doubl|tripl|approv|authori|arrang|struck|strike|seal|ink|fulfil|book)"
)


_SELLS = re.compile(r"(?:win\b|won\b|land|secur|clinch|fulfil|book)")
