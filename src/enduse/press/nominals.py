"""Argument frames of nouns: "the delivery of X to Y by Z", "signed a contract with", "Y's main supplier of X is Z"."""

from __future__ import annotations

import re

from .actors import Actor
from .naming import actors_among, parties
from .trees import Arguments, Node, Tree, arguments
from .view import Draft, View

# who deals: of a supplier the subject gives, of a buyer the subject gets
SUPPLIERS = frozenset(
    "supplier suppliers source sources seller sellers exporter exporters provider providers vendor vendors donor donors sender shipper".split()
)
BUYERS = frozenset(
    "buyer buyers recipient recipients customer customers importer importers purchaser client clients consignee destination market beneficiary".split()
)
_LINKING = frozenset("be is are was were been being become becomes became remain remains remained stay stays".split())


def fill(view: View, d: Draft, n: Node, a: Arguments) -> None:
    """Slots of a draft opened by a noun."""
    tree = view.tree
    assert tree is not None  # noqa: S101 - asked only with a tree
    if n.low in SUPPLIERS | BUYERS and (d.only_parsed or d.role != "noun_order"):
        _dealer(view, tree, d, n, a)
        return
    owners: list[Actor | str] = parties(view, a.agent, named=True) or [
        x for k in tree.kids(n, "amod", "compound", "nmod") for x in view.actors if x.start <= k.start < x.end
    ]
    by = actors_among(view, a.to("by"), named=True)
    frm, to = actors_among(view, a.to("from")), actors_among(view, a.to("to"))
    gets = d.role in ("noun_get", "noun_order")
    found = by or [p for p in owners if isinstance(p, Actor)]
    if gets:
        d.recipient = d.recipient or next(iter(found), None)
        d.supplier = d.supplier or next(iter(frm), None)
    else:
        d.supplier = d.supplier or next(iter(found), None) or next(iter(frm), None)
        d.recipient = d.recipient or next(iter(to), None)
    if d.role == "noun_produce" and d.supplier is None and any(k.tag == "PRP$" for k in tree.kids(n, "poss")):
        d.subject_pronoun, d.recipient = "its", None
    if d.role == "noun_order":
        _placed(view, tree, d, n)
    if n.dep not in ("dobj", "pobj"):
        return
    verb = next((x for x in tree.above(n) if x.verb), None)
    if verb is not None and d.subject_pronoun is None:
        _light(view, tree, d, verb)


def _placed(view: View, tree: Tree, d: Draft, n: Node) -> None:
    """The participle names both: "the order, placed by Morocco with Elbit"."""
    for k in tree.kids(n, "acl", "relcl"):
        if not _DOES.match(k.low):
            continue
        inner = arguments(tree, k)
        who, partner = actors_among(view, inner.agent, named=True), actors_among(view, inner.to("with"), named=True)
        if who and partner:
            sells = bool(_SELLS.match(k.low))
            d.supplier, d.recipient = (who[0], partner[0]) if sells else (partner[0], who[0])


def _light(view: View, tree: Tree, d: Draft, verb: Node) -> None:
    """The subject of "began deliveries", "signed a contract": who does what the noun says."""
    gets = d.role in ("noun_get", "noun_order")
    outer = arguments(tree, verb)
    has = d.role == "noun_order" and verb.low in ("has", "have", "had", "holds", "held")
    if not has and not _DOES.match(verb.low):
        return
    found = parties(view, outer.agent, named=True)
    if d.role == "noun_produce" and found and isinstance(found[0], str):
        d.subject_pronoun, d.recipient = found[0], None
        return
    who = [p for p in found if isinstance(p, Actor)]
    partner = actors_among(view, outer.to("with"), named=True)
    if gets and len(who) == 2 and d.supplier is None and d.recipient is None:
        d.supplier, d.recipient, d.pair = who[0], who[1], True
        return
    if d.role == "noun_produce" and who and not partner:
        d.supplier, d.recipient = who[0], None
        return
    sells = gets and bool(who) and (_SELLS.match(verb.low) is not None or (has and who[0].kind == "company"))
    if sells and (d.recipient is None or d.recipient.name == who[0].name):
        # who has or wins a contract sells
        d.supplier, d.recipient = who[0], next((p for p in (*partner, d.supplier) if p and p.name != who[0].name), None)
        return
    taken = (d.supplier, d.recipient)
    if who and who[0] not in taken:
        if gets:
            d.recipient = d.recipient or who[0]
        else:
            d.supplier = d.supplier or who[0]
    if partner and partner[0] not in taken:
        if gets:
            d.supplier = d.supplier or partner[0]
        else:
            d.recipient = d.recipient or partner[0]


def _dealer(view: View, tree: Tree, d: Draft, n: Node, a: Arguments) -> None:
    """Who deals: "Z is Y's main supplier of X", "the buyer of the 300 radios was Y": who deals, by a linking verb or an apposition."""
    head = tree.nodes[n.head]
    who: list[Actor] = []
    if n.dep == "attr" and head.low in _LINKING:
        who = actors_among(view, arguments(tree, head).agent, named=True, acts=True)
    elif n.dep in ("nsubj", "nsubjpass") and head.low in _LINKING:
        who = actors_among(view, tree.kids(head, "attr"), named=True, acts=True)
    elif n.dep == "appos":
        who = actors_among(view, [head], named=True, acts=True)
    elif n.dep == "pobj" and head.low == "of" and tree.nodes[head.head].low == "one":
        one = tree.nodes[head.head]  # "has become one of the more important sources of"
        verb = tree.nodes[one.head]
        if one.dep == "attr" and verb.low in _LINKING:
            who = actors_among(view, arguments(tree, verb).agent, named=True, acts=True)
    elif n.dep == "pobj" and head.low == "as":
        who = actors_among(
            view, [x for v in tree.above(head) if v.verb for x in arguments(tree, v).agent][:1], named=True, acts=True
        )
    if not who:
        return
    d.linked = True
    owner = [p for p in actors_among(view, a.agent) if p.name != who[0].name]
    if n.low in SUPPLIERS:
        other = owner or actors_among(view, a.to("to", "for", "in"))
        d.supplier, d.recipient = who[0], next((p for p in other if p.name != who[0].name), None)
    else:
        d.recipient, d.supplier = who[0], next(iter(owner or actors_among(view, a.to("from"))), None)
    d.more_suppliers, d.more_recipients, d.subject_pronoun = [], [], None


# verbs whose subject does what their object names: "began deliveries of", "signed a contract for"
_DOES = re.compile(
    r"(?:beg[aiu]n|start|continu|resum|paus|suspend|ceas|stop|halt|end\b|ends\b|ended|complet|finish|announc|plan|mak|made|sign|conclud|plac|secur|clinch|win\b|wins\b|won\b|land|cancel|increas|reduc|cut\b|rais|boost|step|scal|prepar|offer|negotiat|discuss|consider|weigh|mull|halv|trebl|slash|expand|ramp|doubl|tripl|approv|clear|authori|arrang|struck|strike|seal|ink|fulfil|book|award|agree)"
)


_SELLS = re.compile(r"(?:win\b|wins\b|won\b|land|secur|clinch|fulfil|book)")
