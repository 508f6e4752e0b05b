"""Who gives, who gets, what, by which way: the roles around a trigger."""

from __future__ import annotations

import re
from itertools import pairwise

from .actors import Actor
from .phrases import after_preposition, origin_of, subjects
from .view import Draft, View

_RECEIVING = frozenset({"get", "order", "request", "use", "stock", "noun_get", "noun_order"})


_LINK = re.compile(
    r"(?:\s|\b(?:has|have|had|is|are|was|were|be|been|being|will|would|can|could|may|might|must|should|to|also|now|not|never|previously|repeatedly|recently|already|still|reportedly|allegedly|about|set|due|in|talks|preparing|planning|plans|plan|planned|agreed|continues|continue|continued|continuing|wants|want|forced|expected|ready|yet|considering|looking|into|seeking|trying|started|began|begun|failed|illegally|secretly|only|just|itself|alone|knowingly|\w+ly)\b)*"
)


_LICENCE = re.compile(r"(?i)\b(?:export |import |trading )?licen[cs]e\b")


_DEAL_WITH = re.compile(r"(?i)\b(?:contracts?|deals?|agreements?|accords?|memorand\w+)\b[^.;]{0,40}?\bwith\s(?:the )?")


def _signing_pair(view: View, d: Draft, heads: list[Actor]) -> tuple[Actor, Actor] | None:
    """Two parties who sign together: "Paris and Yerevan have concluded a contract for", "A, B sign deal"."""
    left = [a for a in heads if a.end <= d.at and a.kind in ("country", "company") and not a.owner]
    for a, b in pairwise(left):
        if (
            re.fullmatch(r"\s(?:and|&)\s|,\s", view.text[a.end : b.start])
            and not view.masked(a.start, b.end)
            and re.search(
                r"(?i)\A\s(?:[\w']+\s){0,3}?(?:sign|ink|conclud|seal|clinch|agree|reach|struck|strike)",
                view.text[b.end : max(d.at + 2, d.to)],
            )
        ):
            return a, b
    return None


def fill_roles(view: View, d: Draft) -> None:
    heads = subjects(view)
    left = [a for a in heads if a.end <= d.at and a.start >= d.lead]
    far = [a for a in heads if a.end <= d.at]
    subject = left[0] if left else None
    if (
        subject is not None
        and subject.kind == "group"
        and len(left) > 1
        and left[1].kind == "company"
        and view.text[subject.end : left[1].start] == ", "
    ):
        subject = left[1]  # "A Shanghai trader, Huating Precision, offered"
    if left and _LINK.fullmatch(view.text[left[-1].end : d.at]):
        subject = left[-1]
    if subject is None or d.verb.endswith("ing"):
        # "the news of China selling": an actor right before a gerund is its subject in any phrase
        beside = next(
            (
                a
                for a in view.actors
                if a.kind != "adjective"
                and not a.owner
                and view.text[a.end : d.at] == " "
                and not view.masked(a.start, a.end)
            ),
            None,
        )
        if beside is None and (m := re.search(r"\sfor\s\Z", view.text[view.start : d.at])):
            beside = next((a for a in reversed(view.actors) if a.end == view.start + m.start()), None)
        subject = beside if beside is not None and d.verb.endswith("ing") else subject
    stretch = view.text[d.lead : d.at]
    if d.role in ("order", "noun_order") and re.search(
        r"(?i)\b(?:the two|both) (?:countries|sides|governments|parties|states|nations|companies)\b", stretch
    ):
        d.both = True
    if m := re.search(r"(?i)\baccus\w+\s(?P<who>[^,]{0,60}?)\s?of\s\Z", view.text[view.start : d.at]):
        at = view.start + (m.start("who") if m.group("who") else m.start())
        accused = [
            x
            for x in view.actors
            if x.kind != "adjective" and (x.start >= at if m.group("who") else x.end <= at) and x.end <= d.at
        ]
        if accused:
            subject = accused[0] if m.group("who") else accused[-1]
    pronoun = re.search(
        r"(?i)\b(it|they|he|she|we|(?:the|his|her|their|its) (?:\w+ ){0,2}(?:company|firm|manufacturer|maker|country|ministry|government|department|factory|exporter|supplier|importer|army|military|armed forces|air force|navy|junta|authorities|regime|cabinet|trader|distributor))\b",
        stretch,
    )
    if pronoun and (subject is None or pronoun.start() + d.lead > subject.end):
        d.subject_pronoun, subject = pronoun.group(1).lower(), None
    elif subject is None and far and not d.passive:
        relative = re.search(r"(?:that|which|who)\s\Z", view.text[max(view.start, d.lead - 7) : d.lead])
        subject = far[-1] if relative else far[0]
    right_end = d.end
    to = after_preposition(view, d.to - 4 if d.verb.endswith((" to", " into")) else d.to, right_end, "to|into")
    frm = after_preposition(view, max(d.lead, view.start), right_end, "from|out of")
    by = after_preposition(view, d.to, min(right_end, d.to + 90), "by")
    for_ = after_preposition(view, d.to, right_end, "for")
    with_ = after_preposition(view, d.to, right_end, "with")
    d.via = after_preposition(
        view, d.to - (8 if d.verb.endswith(("through", "via")) else 0), right_end, "via|through|like|such as"
    )
    direct = next(
        (
            a
            for a in view.actors
            if a.start >= d.to
            and a.kind in ("country", "company", "group")
            and not (a.kind == "company" and any(t.start == a.end + 1 for t in view.things))
            and (not a.owner or d.verb.startswith("turn"))
            and re.fullmatch(r"\s(?:(?:the|a|an|any|some|several|many|other|its|all)\s)?", view.text[d.to : a.start])
        ),
        None,
    )
    if d.noun and by and re.search(r"\b\w+ed by\s", view.text[d.to : by[0].start + 1]):
        by = []  # "the export of tanks, to be refurbished by X": X has no part in the export
    if d.noun:
        owner = next(
            (
                a
                for a in reversed(view.actors)
                if a.end <= d.at
                and d.at - a.end < 40
                and (a.owner or a.kind == "adjective")
                and not re.search(r"[,;:]|\b(?:to|from|and|of|has|have|in|is|are)\b", view.text[a.end : d.at])
            ),
            None,
        )
        if d.role in ("noun_get", "noun_order"):
            between = after_preposition(view, d.to - 8, d.end, "between") if d.verb.endswith("between") else []
            if len(between) == 2:
                d.supplier, d.recipient, d.pair = between[1], between[0], True
                return
            both = _signing_pair(view, d, heads) if d.role == "noun_order" else None
            if both:
                d.supplier, d.recipient, d.pair = both[0], both[1], True
                return
            d.recipient = owner if d.role == "noun_get" else (by[0] if by else None)
            d.supplier = frm[0] if frm else owner if d.role == "noun_order" else None
            if (
                d.role == "noun_order"
                and d.supplier is None
                and with_
                and re.search(r"\bplaced\b", view.text[d.to : right_end])
            ):
                d.supplier = with_[0]
            if d.role == "noun_get" and d.recipient is None and subject is not d.supplier:
                d.recipient = subject
            if d.role == "noun_order" and d.recipient is None and subject and subject is not d.supplier:
                d.recipient = subject
        else:
            d.supplier = owner or (frm[0] if frm else None) or (by[0] if by else None)
            if d.role == "noun_produce":
                d.supplier = with_[0] if with_ else d.supplier
                d.recipient = subject if subject is not d.supplier else None
            if d.supplier is None and subject and d.role == "noun_give" and d.verb.endswith(" of"):
                d.supplier = subject
                goods = next((x for x in view.things if 0 <= x.start - d.to < 48), None)
                maker = origin_of(view, goods, None)
                if maker is not None and maker.name != subject.name and maker.start >= d.to and not to:
                    d.supplier, d.recipient = maker, subject  # "Iran announced the delivery of Russian jets"
            if d.supplier is None and subject and d.verb.endswith(" for") and d.role == "noun_give":
                d.supplier = subject
        if d.verb.endswith(" with"):
            partner = after_preposition(view, d.to - 5, d.end, "with")
            d.supplier = partner[0] if partner else d.supplier
        if d.verb.endswith((" for", " to")) and d.role == "noun_give":
            to = after_preposition(view, d.to - 4, right_end, "for|to") or to
        if to:
            d.recipient, d.more_recipients = to[0], to[1:]
        return
    if d.role in ("give", "route"):
        if d.passive or d.role == "route":
            d.supplier = next(iter(by or frm), None)
            ended = d.verb.split()[0] in ("ended", "ending", "end", "ends", "wound", "wind", "winds", "found")
            if d.role == "route" and d.supplier is None and subject is not None and not to and not ended:
                d.recipient = subject
            elif d.role == "route" and d.supplier is None:
                d.supplier = subject
        else:
            d.supplier = subject or (frm[0] if frm else None)
        if direct is not None and not d.passive and d.role == "give":
            d.recipient = direct
        elif to:
            d.recipient, d.more_recipients = to[0], to[1:]
        elif d.role == "give" and for_ and d.recipient is None:
            d.recipient = for_[0]
        if (
            d.role == "route"
            and d.recipient is None
            and d.verb
            and (into := after_preposition(view, d.to - 3, d.end, "in"))
            and ended
        ):
            d.recipient = into[0]
        sold_in = (
            after_preposition(view, d.to, d.end, "in") if d.verb.startswith(("sell", "sold")) and not d.passive else []
        )
        if d.recipient is None and d.role == "give" and sold_in:
            d.recipient = sold_in[0]  # "sold 96,500 trucks in Russia"
        if d.recipient is None and not d.passive and (deal := _DEAL_WITH.search(view.text, view.start, d.at)):
            other = next(
                (a for a in view.actors if deal.end() <= a.start <= deal.end() + 12 and a is not d.supplier), None
            )
            if other is not None and other.kind != "adjective":
                d.recipient = other  # "signed a contract with Poland to supply"
        if d.moved:
            # goods that arrive or travel: who gets them is the place reached
            there = [] if to else after_preposition(view, d.to - 5, d.end, "in|for")
            if d.recipient is None and (direct is not None or there):
                d.recipient = direct if direct is not None else there[0]
        if (
            d.passive
            and not d.moved
            and subject is not None
            and re.match(r"\s(?:\w+\s)?with\b", view.text[d.to : d.to + 16])
        ):
            d.recipient = subject  # "Tehran was provided with": who is provided gets
        if frm and d.passive and not by:
            d.supplier, d.more_suppliers = frm[0], frm[1:]
    elif d.role in ("get", "order", "request", "use", "stock"):
        both = _signing_pair(view, d, heads) if d.role == "order" else None
        if both:
            d.supplier, d.recipient, d.pair = both[0], both[1], True
            return
        if d.passive:
            d.recipient = next(iter(by or to), None)
            d.more_recipients = (by or to)[1:]
        else:
            d.recipient = subject
        if (
            d.recipient is None
            and d.passive
            and (home := after_preposition(view, d.to, d.end, "(?:companies|firms|traders|importers|dealers) in"))
        ):
            d.recipient = home[0]
        if frm:
            d.supplier, d.more_suppliers = frm[0], frm[1:]
        elif with_ and d.role in ("get", "order") and not d.passive and d.supplier is None:
            d.supplier = with_[0]
        elif (
            for_
            and d.role in ("get", "order")
            and not d.passive
            and isinstance(subject, Actor)
            and for_[0].name != subject.name
            and for_[0].kind == "country"
        ):
            d.supplier, d.recipient = subject, for_[0]  # "raised money to buy shells for Ukraine"
        elif (talks := after_preposition(view, d.lead, d.at, "with")) and re.search(
            r"\babout\b", view.text[talks[0].end : d.at]
        ):
            d.supplier = talks[0]
        if (d.verb.startswith("turn") and direct is not None) or (
            d.role in ("get", "request") and direct is not None and d.supplier is None and d.verb.startswith("ask")
        ):
            d.supplier = direct
        if d.verb.startswith(("ask for", "asked for")) is False and d.role == "request" and direct is not None:
            d.supplier = direct
    elif d.role in ("produce", "origin", "capability"):
        if d.role == "origin" and d.verb.startswith("contain"):
            inner = next((t for t in view.things if t.start >= d.to and t.start - d.to < 60), None)
            outer = next((t for t in reversed(view.things) if t.end <= d.at and d.at - t.end < 60), None)
            d.supplier, d.recipient = origin_of(view, inner, None), origin_of(view, outer, None)
        elif d.verb.startswith("component"):
            place = after_preposition(view, d.to - 4, right_end, "in")
            d.recipient = place[0] if place else None
            d.supplier = next((a for a in view.actors if a.kind == "adjective" and 0 < d.at - a.end < 12), None)
        elif d.passive or d.role == "origin":
            found = d.verb.startswith(("found", "discovered", "recovered", "identified", "extracted", "stuffed"))
            source = (
                (frm if not d.verb.endswith("from") else [])
                if found
                else after_preposition(view, d.to - 5, d.end, "in|by|from|of") or by or frm
            )
            d.supplier = source[0] if source else None
            d.more_suppliers = source[1:]
            if d.role == "origin" and subject and d.supplier is None:
                d.recipient = subject
        else:
            d.supplier = subject
            if d.role == "produce" and for_ and for_[0] is not subject:
                d.recipient = for_[0]
        if d.role == "produce" and not d.passive:
            helped = re.search(
                r"\b(?:so(?: that)?|help(?:s|ed|ing)?|allow(?:s|ed|ing)?|enable[sd]?|enabling)\b",
                view.text[max(view.start, d.lead - 24) : d.at],
            )
            if helped:
                givers = [a for a in heads if a.end <= d.lead]
                d.helped, d.recipient = True, d.supplier
                d.supplier = givers[0] if givers and givers[0] is not d.recipient else None
    elif d.role == "restrict":
        owner = next(
            (
                a
                for a in reversed(view.actors)
                if a.end <= d.at and d.at - a.end < 30 and (a.owner or a.kind == "adjective")
            ),
            None,
        )
        d.supplier = (
            owner
            if d.verb
            in (
                "export controls",
                "export ban",
                "export restrictions",
                "restrictions on the export",
                "restrictions on exports",
                "export bans",
            )
            and owner
            else subject or owner
        )
        if m := _LICENCE.search(view.text, d.lead, d.end):
            # a licence taken away: whose it is bears the restriction
            holder = next(
                (
                    a
                    for a in view.actors
                    if a.kind == "company" and (0 <= m.start() - a.end <= 8 or 0 <= a.start - m.end() <= 8)
                ),
                None,
            )
            if holder is not None:
                d.supplier = holder
            elif re.match(r"\sof the (?:company|firm|trader|exporter)\b", view.text[m.end() : m.end() + 24]):
                d.supplier, d.subject_pronoun = None, "the company"
        if to:
            d.recipient, d.more_recipients = to[0], to[1:]
    if subject is not None and subject in (d.supplier, d.recipient):
        i = view.actors.index(subject)
        partners = [
            x
            for x in view.actors[max(0, i - 1) : i]
            if x.kind == subject.kind == "country" and view.text[x.end : subject.start] == " and "
        ]
        (d.more_suppliers if subject is d.supplier else d.more_recipients).extend(partners)
    if d.supplier is not None and d.recipient is not None and d.supplier.name == d.recipient.name and not d.helped:
        if d.role in _RECEIVING:
            d.supplier = None
        else:
            d.recipient = None


def fill_origin(view: View, d: Draft, model: tuple[int, int] | None) -> None:
    """Fill a missing giver (or producer) from the goods: "Chinese drones", "Iran's Shahed 136"."""
    if d.supplier is not None or d.role == "restrict":
        return
    near = model if model and abs(model[0] - d.to) < 80 else None
    a = origin_of(view, d.thing, near, maker=d.role != "get")
    if (
        a is not None
        and (d.recipient is None or a.name != d.recipient.name)
        and (d.role != "give" or d.subject_pronoun is None)
    ):
        d.supplier = a
        if d.role in ("stock", "use") and d.recipient is a:
            d.recipient = None
