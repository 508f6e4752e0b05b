"""Which propositions the parse bears out, which it refuses, and which of several a figure belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .enough import UNCLEAR, UNKNOWN
from .figures import Figure
from .frames import about, predicate
from .naming import actors_among, party, patient
from .nominals import BUYERS, SUPPLIERS
from .objects import no_goods
from .trees import Tree, arguments
from .view import Draft, View


def enough(view: View, d: Draft, *, told: bool) -> bool:
    """True where the parse bears out that goods, a sum or a count are what the predicate is about, and somebody is known to deal in them."""
    a = d.args
    if a is None or UNKNOWN.search(view.text, view.start, d.at):
        return False
    named = (d.supplier is not None) + (d.recipient is not None) + (d.subject_pronoun is not None)
    if d.only_parsed and d.noun and d.linked:
        return named >= 1 and (d.thing is not None or named >= 2)
    if d.noun:
        return _noun_enough(view, d, named, told=told)
    if d.role not in ("give", "get", "order", "produce"):
        return False
    concerned = about(d, a)
    kinds = {k for n in concerned if (k := patient(view, n))}
    if d.only_parsed:
        counted = (
            any(k.tag == "CD" for n in concerned for k in (n, *tree.kids(n, "nummod")))
            if (tree := view.tree)
            else False
        )
        if told and "pronoun" in kinds and d.recipient is not None and named >= 1:
            return True  # "and then passed them to rebels"
        if told and counted and kinds & {"goods", "package"} and named == 0:
            return True
        return bool(kinds & {"goods", "count", "counted", "package", "money"}) and (
            named >= 2 or (named >= 1 and told and bool(kinds & {"goods", "package"}))
        )
    if d.role == "produce":
        return named >= 1 and bool(kinds & {"goods", "count", "counted"}) and bool(a.agent)
    if kinds & {"goods", "money"}:
        return named >= 1 or told
    if kinds & {"count", "pronoun", "package"}:
        return told or (named >= 2 and "package" in kinds)
    if "counted" in kinds:
        return named >= 2
    if (
        d.supplier is not None
        and d.recipient is not None
        and any(n.noun and (n.low not in no_goods() or party(view, n) is not None) for n in a.patient)
    ):
        return True  # who gives and who gets are both named
    both = d.supplier is not None and d.recipient is not None
    if d.role == "give" and not concerned and both:
        return True
    own = predicate(view, d)
    there = any(k.low in ("there", "abroad") for k in view.tree.kids(own, "advmod")) if view.tree and own else False
    return d.role == "give" and not concerned and told and (named >= 2 or (named == 1 and there))


_ABSTRACT = frozenset(
    """figure figures account accounts picture impression example evidence proof information details answer answers statement comment comments reason reasons explanation
    order name names number numbers estimate estimates total data assurance assurances guarantee guarantees support backing help permission approval consent credit
    attention time way impetus boost message signal warning advice opinion view briefing interview testimony priority access opportunity chance""".split()
)


_INSTEAD = re.compile(r"(?i)\b(?:instead of|rather than)\s(?:being |having )?(?:\w+ )?\Z")


def vetoed(view: View, d: Draft) -> bool:
    """True where the parse shows that what is given are no goods at all ("the figure given by Seoul"), or that it is unknown."""
    if any(m.start() <= d.at < m.end() for m in UNCLEAR.finditer(view.text, view.start, view.end)):
        return True
    a = d.args
    if _INSTEAD.search(view.text, max(view.start, d.at - 30), d.at):
        return True  # "instead of being flown to the United States"
    if a is None or d.noun or d.role not in ("give", "get") or d.moved or not a.patient:
        return False
    return all(n.low in _ABSTRACT for n in a.patient) and not any(
        patient(view, n) for n in (*a.patient, *a.dative, *a.to("with"))
    )


_PLACES = frozenset("hub hubs gateway loophole conduit backdoor".split())


_AGENTS = frozenset("customers buyers suppliers clients importers exporters".split())


def without_modifiers(view: View, found: list[Draft]) -> list[Draft]:
    """Drop a participle on the goods of another predicate: in "machines ordered by X are due to be delivered to Russia" X gives."""
    tree = view.tree if any(d.args is not None for d in found) else None
    if tree is None:
        return found
    out = list(found)
    for d in found:
        n = predicate(view, d)
        if (
            n is not None
            and n.noun
            and d.role == "route"
            and n.low in _PLACES
            and any(o.role in ("give", "get") and not o.noun for o in found)
        ):
            out.remove(d)  # "shipped from Hong Kong to Russia, describing the hub as"
            continue
        if d.role == "use" and n is not None and n.dep == "acl" and d.passive and len(found) > 1:
            out.remove(d)  # "North Korea has supplied half of all shells fired by Russia": which shells, no use told of
            continue
        if (
            d.role == "get"
            and _EARNS.match(d.verb)
            and d.args is not None
            and any(o.role == "give" and not o.noun and o.at < d.at for o in out)
        ):
            kinds = {patient(view, x) for x in d.args.patient}
            if kinds == {"money"}:
                out.remove(d)  # "shipped 9,000 servos and received $2.7 million in return": the sum of one sale
                continue
        if d.linked and (
            other := next(
                (
                    o
                    for o in found
                    if o is not d and o.role in ("give", "get") and (o.thing is not None or o.args is not None)
                ),
                None,
            )
        ):
            # "remains Russia's main source, shipping 11,000 tonnes": told in full beside it
            if other.role == "give" and d.role == "noun_give" and other.recipient is None:
                other.recipient = d.recipient
            if not re.search(r"\d", view.text[d.to : min(d.end, other.at)]):
                out.remove(d)
                continue
        if d.noun and n is not None and n.low in _AGENTS:
            # "supplied Russian customers": who deals is no deal of its own
            if any(
                o is not d
                and o.args is not None
                and n in (*o.args.patient, *o.args.agent, *o.args.to("to", "from", "by", "for"))
                for o in found
            ):
                out.remove(d)
            continue
        if n is None or n.dep != "acl" or d.role not in ("get", "order", "give", "origin"):
            continue
        if d.args is not None and not d.args.passive:
            continue
        main = next(
            (
                o
                for o in found
                if o is not d
                and o.args is not None
                and o.role != "origin"
                and any(_within(tree, n.head, p.i) for p in (*o.args.patient, *(o.args.agent if o.moved else ())))
            ),
            None,
        )
        doer = d.recipient if d.role in ("get", "order") else d.supplier
        if doer is None:
            continue
        if main is None:
            # "inducted 12 helicopters supplied by Turkey": whose they are now got them
            verb = next((x for x in tree.above(n) if x.verb), None)
            if d.role == "give" and d.recipient is None and verb is not None and _HAS.match(verb.low):
                owner = actors_among(view, arguments(tree, verb).agent)
                d.recipient = next((p for p in owner if p.name != doer.name), None)
            continue
        if main.supplier is None and (main.recipient is None or main.recipient.name != doer.name):
            main.supplier = doer
            if d in out and d.role != "origin":
                out.remove(d)
    return out


_EARNS = re.compile(r"(?:receiv|earn|got\b|get|collect|tak|took|was paid|were paid|paid)")
_HAS = re.compile(
    r"(?:induct|receiv|operat|field|display|parad|unveil|commission|keep|kept|stor|host|welcom|deploy|us(?:e|ed|es|ing)\b|has\b|have\b|had\b|own|show)"
)


def _within(tree: Tree, i: int, top: int) -> bool:
    return i == top or any(x.i == top for x in tree.above(tree.nodes[i]) if not x.verb)


def with_those(view: View, found: list[Draft]) -> list[Draft]:
    """Further trades told of by "those": "exports to Russia climbed to $38 million, whereas those to Ukraine fell to $21 million"."""
    tree = view.tree
    if tree is None:
        return found
    out = list(found)
    for n in tree.nodes:
        if (
            n.low not in ("those", "that")
            or n.tag not in ("DT", "PRP")
            or n.dep not in ("nsubj", "conj", "dobj", "pobj")
        ):
            continue
        a = arguments(tree, n)
        to, frm = actors_among(view, a.to("to", "into")), actors_among(view, a.to("from"))
        before = next(
            (d for d in reversed(found) if d.noun and d.role in ("noun_give", "noun_get") and d.to <= n.start), None
        )
        if before is None or not (to or frm):
            continue
        verb = next((x for x in tree.above(n) if x.verb), None)
        ends = [x.end for x in tree.nodes if verb is not None and (x.i == verb.i or verb in tree.above(x))]
        out.append(
            replace(
                before, at=n.start, to=n.end, lead=n.start, end=max(ends, default=view.end), args=a, more_suppliers=[], more_recipients=[],
                recipient=to[0] if to else before.recipient, supplier=frm[0] if frm else before.supplier,
            )
        )  # fmt: skip
        before.end = min(before.end, n.start)
    return sorted(out, key=lambda d: d.at)


def ruling(view: View, f: Figure, got: Sequence[Draft]) -> Draft | None:
    """The proposition whose predicate rules a figure in the tree; a noun's verb counts as its own ("imports ... reached 3,000 tons")."""
    tree = view.tree
    if tree is None or len(got) < 2:
        return None
    heads: dict[int, Draft] = {}
    for d in got:
        n = predicate(view, d) or tree.top(d.at, d.to)
        if n is None:
            return None
        heads.setdefault(n.i, d)
    for d in got:
        n = predicate(view, d) or tree.top(d.at, d.to)
        if n is not None and not n.verb and n.dep in ("nsubj", "nsubjpass", "dobj"):
            heads.setdefault(n.head, d)
    at = tree.top(f.bare_start, f.end)
    if at is None:
        return None
    return next((heads[x.i] for x in (at, *tree.above(at)) if x.i in heads), None)


_WAGE = re.compile(r"(?i)\b(?:a|per|each|every) (?:month|week|day|hour|shift)\b")


_PROOF = frozenset(
    "evidence confirmation proof sign indication trace denial report reports claim claims halt end stop start beginning resumption suspension".split()
)


_HAPPEN = re.compile(
    r"(?:beg[aiu]n|start|run|r[aou]n\b|end|stop|halt|continu|resum|paus|suspend|ceas|expect|confirm|den[iy]|rise|rose|fall|fell|grow|grew|double|tripl|jump|drop|total|reach|hit\b|amount|complet|finish|due|follow|announc|approv|agree|plan|take|took|make|made|is\b|was\b|are\b|were\b|be\b|been|worth|consider|weigh|negotiat|discuss|mull|sign|conclud|place|halv|trebl|quadrupl|slash|trim|expand|widen|ramp|plac|win\b|won\b|award|secur|clinch|cancel|intercept|seiz|receiv|accept|await|increas|reduc|cut\b|rais|lift|boost|step|scal|account|prepar|offer|author|licen|block|ban|prohibit|order|clear|arrang)"
)


def _noun_enough(view: View, d: Draft, named: int, *, told: bool) -> bool:
    tree = view.tree
    n = predicate(view, d)
    if tree is None or n is None or d.role not in ("noun_give", "noun_get", "noun_order", "noun_produce"):
        return False
    head = tree.nodes[n.head]
    verb = next((x for x in tree.above(n) if x.verb), None)
    placed = n.dep in ("nsubj", "nsubjpass", "dobj") and bool(_HAPPEN.match(head.low))
    placed = placed and not (n.dep == "nsubjpass" and head.low.startswith("consider"))
    placed = placed or (d.role == "noun_produce" and n.dep in ("nsubj", "nsubjpass", "dobj", "conj"))
    proof = n.dep == "pobj" and head.low == "of" and tree.nodes[head.head].low in _PROOF
    if not (placed or proof) or verb is None:
        return False
    goods = d.thing is not None
    if d.role == "noun_produce":
        counted = any(patient(view, x) in ("count", "counted", "goods") for x in d.args.patient) if d.args else False
        counted = counted or (
            n.dep in ("nsubj", "nsubjpass", "dobj") and bool(re.search(r"\d", view.text[d.to : d.end]))
        )
        return named >= 1 and (goods or counted)
    if d.role == "noun_order" and told and _IN_HAND.match(head.low) and not goods:
        return True  # "another contract is being discussed"
    if named >= 1 and goods:
        return not d.only_parsed or (
            n.low not in SUPPLIERS | BUYERS and (named >= 2 or bool(re.search(r"\d", view.text[d.lead : d.end])))
        )
    if d.only_parsed:
        return False
    # "deliveries will run until May", "no evidence of such deliveries": the deal just told of
    return told and (proof or bool(_GOES_ON.match(head.low))) and (named >= 1 or n.low.endswith("s"))


_IN_HAND = re.compile(r"(?:discuss|negotiat|prepar|sign|conclud|agree|cancel|fulfil|complet|follow|plac)")


_GOES_ON = re.compile(
    r"(?:beg[aiu]n|start|run|r[aou]n\b|end|stop|halt|continu|resum|paus|suspend|ceas|expect|den[iy]|due|follow|halv|doubl|trebl|slash|cut\b)"
)
