"""From a document to claims: one record per supply proposition, with parties, figures, time, chain, stage and stance."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from . import actors, articles, attribution, basis, figures, foreign, goods, offices, stages, times
from .actors import Firms
from .articles import Article, Sentence
from .attribution import Said, Source
from .chains import chain_of, covering, learn_deeper, resolved, stance_of
from .figures import Figure
from .languages import detect
from .memory import REACH, Claim, Memory
from .proposals import Proposal, Proposer, draft, spots
from .propositions import drafts
from .slots import (
    denial_over,
    figures_of,
    joined,
    named_party,
    neighbour,
    party_of,
    same_goods,
    speaker_of,
    time_of,
    untrue,
    who_is,
)
from .text import Token, plain, tokens
from .times import Interval
from .view import Draft, View

_COMPARED = re.compile(
    r"(?i)\b(?:down|up|compared (?:with|to)|rose|risen|rising|fell|fallen|grew|increased|against)\s*(?:from\s*)?\Z|\b(?:rose|risen|fell|fallen|grew|grown|increased|declined|dropped|jumped|climbed|soared|surged|swelled|doubled|tripled|shrank|up|down) from\s*\Z"
)


_FROM = re.compile(
    r"(?i)\b(?:rose|risen|fell|fallen|grew|grown|increased|declined|dropped|jumped|climbed|soared|surged|doubled) from\s*\Z"
)
_ONWARD = re.compile(r"(?i)\b(?:from (?:there|where)|(?:went|go|goes|sent|passed|moved) on|onward)\b")


_STATE_OFFICE = re.compile(
    r"(?i)\b(?:ministry|government|department|embassy|federal office|customs service|presidency|chancellery)\b"
)


# words to a language model, printed in an article or hidden in it, tell of no supply
_TO_A_MACHINE = re.compile(
    r"(?i)\b(?:ignore|disregard|forget|override)\s(?:all\s|any\s|the\s|your\s|of\s)*(?:previous|prior|above|earlier|preceding|other|your)\s(?:\w+\s)?(?:instructions?|prompts?|rules?|directions)|"
    r"\b(?:system|developer) (?:prompt|message)\b|\byou are (?:now )?(?:an? |the )?(?:AI\b|assistant|language model|chatbot)|\bas an? (?:AI\b|language model)|"
    r"\b(?:respond|reply|answer|output|return|print)\b[^.]{0,60}\b(?:JSON|only with)\b|<\|?(?:system|im_start|assistant|user)"
)


def document(
    name: str,
    text: str,
    *,
    outlet: str | None,
    date: dt.date | None,
    stated: dt.date | None,
    propose: Proposer | None = None,
    model: str = "",
) -> list[Claim]:
    """Claims of one file. `stated` is the date given for this file (it wins over the text), `date` the fallback for all.

    `propose`, where given, names further sentences; each proposal is read by the rules and marked with `model`.
    """
    said = propose(name, text) if propose else []
    shadow = plain(text)
    language = detect(shadow)
    parts = articles.split(shadow, latin=language not in ("ru", "uk"))
    out: list[Claim] = []
    for i, article in enumerate(parts):
        if language != "en" and article.date is None:
            article.date = foreign.date_of(article, shadow, language)
        if language != "en" and article.outlet is None:
            article.outlet = foreign.outlet_of(article, shadow, language)
        ref = stated if stated and i == 0 else article.date or stated or date
        own = (outlet if i == 0 or len(parts) == 1 else None) or article.outlet or outlet or name
        if language != "en":
            out += foreign.article(name, text, shadow, article, Memory(article, own, ref, Firms()), language, _record)
            continue
        out += _article(name, text, shadow, article, own, ref, said, model)
    return out


def _article(
    name: str,
    text: str,
    shadow: str,
    article: Article,
    own: str,
    ref: dt.date | None,
    said: Sequence[Proposal],
    model: str,
) -> list[Claim]:
    words_of: list[list[Token]] = [tokens(shadow, s.start, s.end) for s in article.sentences]
    firms = Firms()
    for s, words in zip(article.sentences, words_of, strict=True):
        if s.section == "body":
            actors.learn(shadow, s.start, s.end, firms, words)
    state = Memory(article, own, ref, firms)
    if _STATE_OFFICE.search(own):
        state.country = actors.country_in(own, tokens(own))
    if article.sentences:
        first, last = article.sentences[0].start, article.sentences[-1].end
        state.ministry = offices.ministry_state(shadow, first, last) or state.country
        if state.country is None and article.outlet is None:
            state.country = offices.own_state(shadow, first, last)
            state.ministry = state.ministry or state.country
    learn_deeper(shadow, state, words_of)
    order = sorted(range(len(article.sentences)), key=lambda i: (article.sentences[i].section != "body", i))
    claims: list[Claim] = []
    for i in order:
        s = article.sentences[i]
        if s.subhead:
            continue
        claims += _sentence(name, text, shadow, s, i, words_of[i], state)
    if said:
        claims += _proposed(name, text, shadow, words_of, state, said, model)
    claims.sort(key=lambda c: (c["char_start"], c["_at"]))
    _headline_stages(claims)
    return claims


@dataclass
class Reading:
    """What the rules see in one sentence before they look for propositions."""

    view: View
    chains: list[Said]
    when: list[Interval]
    measured: list[Figure]
    denying: list[Any]


def _reading(shadow: str, s: Sentence, index: int, words: list[Token], state: Memory) -> Reading:
    said = attribution.sources(shadow, s.start, s.end, words, s.section)
    masks = [m for x in said for m in x.mask]
    found = actors.find(shadow, words, state.firms)
    models = goods.designations(shadow, s.start, s.end)
    models = [m for m in models if not any(a.kind == "company" and a.start <= m[0] < a.end for a in found)]
    things = [
        t
        for t in goods.things(shadow, words)
        if not any(a.kind == "company" and a.start <= t.start and t.end <= a.end for a in found)
    ]
    free = [a for a in found if not any(x < a.end and a.start < y for x, y in masks)]
    view = View(shadow, s.start, s.end, words, free, things, models, masks, s.section == "headline", found)
    chains = [offices.with_state(resolved(x, index, state), state) for x in said]
    when = times.resolve(shadow, s.start, s.end, state.ref)
    measured = [
        f
        for f in figures.parse(shadow, s.start, s.end, [*models, *((w.at, w.to) for w in when)])
        if not f.duration and f.unit != "%" and not view.masked(f.bare_start, f.end)
    ]
    return Reading(view, chains, when, measured, list(stages.find("deny", shadow, words)))


def _sentence(
    name: str, text: str, shadow: str, s: Sentence, index: int, words: list[Token], state: Memory
) -> list[Claim]:
    if _TO_A_MACHINE.search(shadow, s.start, s.end):
        return []
    r = _reading(shadow, s, index, words, state)
    view, chains = r.view, r.chains
    for x in chains:
        if x.chain and not x.passive:
            state.spoken.append((index, x.chain))
    got = drafts(view)
    claims: list[Claim] = []
    assigned = _assign(view, got, r.measured)
    for a in view.everyone:
        if a.kind == "company":
            state.firms.add(a.name, a.country)
    for d in got:
        claim = _claim(name, text, s, view, d, assigned.get(id(d), []), r.when, chains, r.denying, index, state, claims)
        if claim is not None:
            claims.append(claim)
    if not claims and s.section == "body":
        claims += _bare(name, text, s, view, r.measured, r.when, chains, r.denying, index, state)
    basis.reach_back(shadow, s, index, chains, state)
    for c in claims:
        if s.section != "related_link":
            state.claims.append((index, c))
    return claims


def _proposed(
    name: str, text: str, shadow: str, words_of: list[list[Token]], state: Memory, said: Sequence[Proposal], model: str
) -> list[Claim]:
    """Claims a model proposed and the rules bear out; what the rules found in the same sentence is not said twice."""
    out: list[Claim] = []
    for i, s in enumerate(state.article.sentences):
        here = [(p, spot) for p in said for spot in spots(shadow, p, s.start, s.end)]
        if not here or s.subhead or s.section == "related_link" or _TO_A_MACHINE.search(shadow, s.start, s.end):
            continue
        r = _reading(shadow, s, i, words_of[i], state)
        for p, (at, to) in here:
            d = draft(r.view, p, at, to, r.denying)
            if d is None:
                continue
            measured = [f for f in r.measured if at <= f.bare_start and f.end <= to]
            c = _claim(name, text, s, r.view, d, measured, r.when, r.chains, r.denying, i, state, [])
            known = [o for at_, o in state.claims if at_ == i]
            if c is None or any(
                o["kind"] == c["kind"] and {o["supplier"], o["recipient"]} >= {c["supplier"], c["recipient"]} - {None}
                for o in known
            ):
                continue
            c["cues"] = [*(x for x in c["cues"] or [] if x), f"proposed by {model}"]
            state.claims.append((i, c))
            out.append(c)
    return out


def _assign(view: View, got: Sequence[Draft], measured: Sequence[Figure]) -> dict[int, list[Figure]]:
    """Each figure to the proposition of its clause; of several the nearest, those to the left of it first."""
    out: dict[int, list[Figure]] = {}
    for f in measured:
        if (_COMPARED if f.money else _FROM).search(
            view.text[max(view.start, f.start - 28) : f.bare_start]
        ) and not re.search(r"\b(?:to)\s*\Z", view.text[max(view.start, f.start - 4) : f.start]):
            continue
        best, near = None, 10**9
        for d in got:
            inside = d.lead <= f.start and f.end <= d.end
            distance = (f.start - d.to if f.start >= d.to else (d.at - f.end) * 2) + (0 if inside else 150)
            if distance < near:
                best, near = d, distance
        if best is not None and near < 420:
            out.setdefault(id(best), []).append(f)
    return out


def _claim(
    name: str,
    text: str,
    s: Sentence,
    view: View,
    d: Draft,
    measured: list[Figure],
    when: Sequence[Interval],
    said: Sequence[Said],
    denying: Sequence[Any],
    index: int,
    state: Memory,
    already: Sequence[Claim],
) -> Claim | None:
    supplier, recipient = party_of(d.supplier, state, index), party_of(d.recipient, state, index)
    if d.more_suppliers and supplier:
        supplier = joined([supplier, *(str(party_of(a, state, index)) for a in d.more_suppliers)])
    if d.more_recipients and recipient and d.kind != "use":
        recipient = joined([recipient, *(str(party_of(a, state, index)) for a in d.more_recipients)])
    speaker = speaker_of(said, d)
    who = who_is(d, speaker, index, state)
    receiving = d.role in ("get", "order", "request", "use", "stock")
    if d.pair:
        before = next(
            (
                c
                for at, c in reversed(state.claims)
                if index - at <= REACH and {supplier, recipient} <= {c["supplier"], c["recipient"]}
            ),
            None,
        )
        if before:
            supplier, recipient = before["supplier"], before["recipient"]
    if d.helped:
        recipient = recipient or who
        supplier = (
            supplier
            or next((c["supplier"] for at, c in reversed(state.claims) if at == index), None)
            or next((c["supplier"] for c in already), None)
        )
    elif who:
        if receiving and recipient is None:
            recipient = who if who != supplier else None
        elif not receiving and supplier is None and not d.passive:
            supplier = who if who != recipient else None
    if (
        supplier is None
        and d.role == "noun_give"
        and speaker
        and speaker.type == "data"
        and speaker.country != recipient
    ):
        supplier = speaker.country
    if supplier is None and d.own_goods:
        owner = (speaker and (state.firms.names.get(speaker.firm or "") or speaker.firm or speaker.country)) or None
        supplier = owner if owner != recipient else None
    if supplier is None and d.kind == "capability" and speaker and speaker.type == "company":
        supplier = state.firms.names.get(speaker.firm or "", speaker.firm)
    generic = (
        d.thing is None
        or d.thing.generic
        or bool(
            re.search(
                r"(?i)\b(?:the|these|those|such|another|first|second|this|any)\s+(?:\w+\s)?\Z",
                view.text[max(view.start, d.thing.start - 24) : d.thing.start],
            )
        )
    )
    denied = denial_over(d, denying, said) or untrue(view, d)
    if supplier is None and (onward := _ONWARD.search(view.text[d.lead : d.to])) and d.role in ("give", "route"):
        # "from there the parts travel to Russia": who got them first now gives
        supplier = next(
            (c["recipient"] for at, c in reversed(state.claims) if 0 <= index - at <= REACH and c["recipient"]), None
        )
        supplier = supplier if supplier != recipient else None
        d.kind = "route" if supplier and onward else d.kind
    inherited = None
    if (supplier is None or recipient is None) and (
        generic
        or denied
        or d.negated
        or d.role in ("route", "order", "request", "noun_give", "noun_order", "get", "give", "origin")
    ):
        here = next((c for c in reversed(already) if c["kind"] in ("supply", "order")), None)
        if supplier is None and recipient is None and here is not None and s.section == "body":
            inherited = here  # "sales to Russia fell, while deliveries through Georgia rose": one trade, two ways
        else:
            inherited = neighbour(state, index, supplier, recipient, d)
        if inherited:
            supplier = supplier or (inherited["supplier"] if inherited["supplier"] != recipient else None)
            recipient = recipient or (
                inherited["recipient"]
                if inherited["recipient"] != supplier
                and d.role != "noun_order"
                and d.role not in ("origin", "produce", "restrict", "capability")
                else None
            )
    if supplier is None and recipient is None:
        return None
    if supplier is not None and supplier == recipient and not d.helped:
        return None
    chain, passive = chain_of(said, d, s, index, state, view, counted=bool(measured))
    quantity, value, counts = figures_of(view, d, measured)
    kind, stage, cues = d.kind, d.stage, list(d.cues)
    negated = d.negated and d.role in ("give", "get", "use", "order", "noun_give", "origin")
    if denied or negated:
        kind, stage = "denial", "n/a"
        cues = [denied] if denied else ["not"]
    money = [f for f in measured if f.money]
    span = time_of(view, d, when, money[0].end if money else None)
    model = next((view.text[a:b] for a, b in view.models if d.lead <= a < d.end), None)
    thing = goods.with_parts(view.text, d.thing, view.things) if d.thing else None
    if thing is None and inherited and not denied:
        thing = inherited["goods"]
    meant = same_goods(view, d, state, index)
    if meant is not None:
        thing = meant["goods"]
    hedge = next(
        (
            h
            for h in stages.find(
                "hedge",
                view.text,
                [w for w in view.words if d.lead <= w.start < (d.end if d.kind == "route" else d.to + 12)],
            )
        ),
        None,
    )
    record = _record(
        name, text, s, state, kind=kind, supplier=supplier, recipient=recipient, via=[a.name for a in d.via if a.name not in (supplier, recipient)],
        goods_=thing, model=model, quantity=quantity, value=value, counts=counts, time=span, stage=stage, cues=cues, chain=chain,
        passive=passive, denied=bool(denied or negated), hedge=view.text[hedge.start : hedge.end] if hedge and d.role not in ("restrict", "stock", "capability") else None, at=d.at,
    )  # fmt: skip
    record["_group"] = meant["_group"] if meant else d.thing.group if d.thing else (inherited or {}).get("_group")
    if thing and " and " in thing and record["_group"] == "part":
        record["_group"] = "drone"  # "drones and drone parts" is told of the drones too
    return record


def _bare(
    name: str,
    text: str,
    s: Sentence,
    view: View,
    measured: Sequence[Figure],
    when: Sequence[Interval],
    said: Sequence[Said],
    denying: Sequence[Any],
    index: int,
    state: Memory,
) -> list[Claim]:
    """Sentences with no trigger of their own that still speak of the deal before them: a denial, or its value."""
    previous = next(
        (
            c
            for at, c in reversed(state.claims)
            if index - at <= REACH and c["kind"] not in ("restriction", "capability")
        ),
        None,
    )
    if previous is None:
        return []
    deny = next(
        (h for h in denying if not re.search(r"(?i)\b(?:respond|reply|comment)", view.text[h.start : h.start + 60])),
        None,
    )
    if deny is not None:
        chain, passive = covering(said, deny.end, index, state, s, view)
        speaker = next((x for x in chain[1:] if x.type not in ("outlet", "agency")), None)
        if speaker is None:
            who = next(
                (a for a in view.everyone if a.kind in ("country", "company", "group") or a.end <= deny.start), None
            )
            if who is None:
                return []
            speaker = Source(
                view.text[who.start : deny.start].strip(" ,") if deny.start > who.start else who.name,
                "company" if who.kind == "company" else "government",
                view.text[deny.start : deny.end],
                country=who.country,
                firm=who.name if who.kind == "company" else None,
            )
            chain = (chain[0], speaker)
        fuller = next(
            (
                c
                for at, c in reversed(state.claims)
                if 0 <= index - at <= REACH
                and c["supplier"]
                and c["recipient"]
                and speaker.country in (c["supplier"], c["recipient"])
            ),
            None,
        )
        # a denial of claims answers what others claim, not what the outlet says itself
        if re.search(r"(?i)\b(?:claims?|allegations?|accusations?|reports?)\b", view.text[deny.end : s.end]):
            told = next(
                (
                    c
                    for at, c in reversed(state.claims)
                    if index - at <= REACH + 2
                    and c["stance"] in ("alleged", "documented", "hedged")
                    and c["kind"] not in ("restriction", "capability")
                    and (speaker.country is None or speaker.country in (c["supplier"], c["recipient"]))
                ),
                None,
            )
            previous = told or previous
        if fuller and not (previous["supplier"] and previous["recipient"]):
            previous = fuller
        named = next(
            (a for a in view.everyone if a.country and a.country in (previous["supplier"], previous["recipient"])), None
        )
        if named is None and not (
            speaker.country in (previous["supplier"], previous["recipient"])
            or speaker.firm
            or speaker.type == "company"
        ):
            return []
        record = _record(
            name, text, s, state, kind="denial", supplier=(speaker.firm and state.firms.names.get(speaker.firm)) or previous["supplier"], recipient=previous["recipient"], via=[], goods_=previous["goods"], model=previous["model"],
            quantity=None, value=None, counts=[], time=None, stage="n/a", cues=[view.text[deny.start : deny.end]], chain=chain, passive=passive, denied=True, hedge=None, at=deny.start,
        )  # fmt: skip
        record["_group"] = previous.get("_group")
        record["_answers"] = previous["independent_root_key"]
        return [record]
    if party := named_party(view):
        chain, passive = covering(said, s.start, index, state, s, view)
        if len(chain) == 1 and previous["_chain"]:
            chain = (chain[0], *(replace(x, explicit=False) for x in previous["_chain"][1:]))
        slot, who, word = party
        name_ = party_of(who, state, index)
        if name_ != previous["recipient" if slot == "supplier" else "supplier"]:
            record = _record(
                name, text, s, state, kind=previous["kind"] if previous["kind"] != "denial" else "supply",
                supplier=name_ if slot == "supplier" else previous["supplier"], recipient=name_ if slot == "recipient" else previous["recipient"],
                via=[], goods_=previous["goods"], model=previous["model"], quantity=None, value=None, counts=[], time=None,
                stage="purchased" if slot == "recipient" and previous["stage"] == "delivered" else previous["stage"], cues=[word], chain=chain, passive=passive,
                denied=False, hedge=None, at=s.start,
            )  # fmt: skip
            record["_group"] = previous.get("_group")
            return [record]
    money = [f for f in measured if f.money]
    deal = re.search(
        r"(?i)\b(?:contracts?|deals?|orders?|shipments?|agreement|exporters?|suppliers?|importers?|consignments?|customers?|purchase)\b",
        view.text[s.start : s.end],
    )
    counted = [
        f
        for f in measured
        if f.noun
        and re.match(
            r"(?i)(?:exporters?|suppliers?|importers?|firms|companies|shipments?|countries|brands|types|models)\Z",
            f.noun,
        )
    ]
    if deal and (money or counted):
        chain, passive = covering(said, s.start, index, state, s, view)
        if len(chain) == 1 and previous["_chain"]:
            chain = (chain[0], *(replace(x, explicit=False) for x in previous["_chain"][1:]))
        fake = Draft("noun_order", "", s.start, s.start, s.start, s.end)
        quantity, value, counts = figures_of(view, fake, list(measured))
        record = _record(
            name, text, s, state, kind=previous["kind"], supplier=previous["supplier"], recipient=previous["recipient"], via=[], goods_=previous["goods"], model=previous["model"],
            quantity=quantity, value=value, counts=counts, time=time_of(view, fake, when), stage=previous["stage"], cues=[], chain=chain, passive=passive, denied=False, hedge=None, at=s.start,
        )  # fmt: skip
        record["_group"] = previous.get("_group")
        return [record]
    return []


def _record(
    name: str, text: str, s: Sentence, state: Memory, *, kind: str, supplier: str | None, recipient: str | None, via: list[str], goods_: str | None, model: str | None,
    quantity: dict[str, Any] | None, value: dict[str, Any] | None, counts: list[dict[str, Any]], time: dict[str, Any] | None, stage: str, cues: list[str],
    chain: tuple[Source, ...], passive: str | None, denied: bool, hedge: str | None, at: int,
) -> Claim:  # fmt: skip
    root = chain[-1]
    stance = stance_of(chain, supplier, recipient, state, denied=denied, hedge=hedge, passive=passive, kind=kind)
    slots = [
        name,
        s.start,
        s.end,
        kind,
        supplier,
        recipient,
        goods_,
        quantity and quantity["raw"],
        value and value["raw"],
        stage,
        at - s.start,
    ]
    digest = hashlib.sha256(json.dumps(slots, ensure_ascii=False).encode()).hexdigest()[:10]
    return {
        "record": "claim",
        "id": f"C-{digest}",
        "doc": name,
        "ref_date": state.ref.isoformat() if state.ref else None,
        "section": s.section,
        "sentence": text[s.start : s.end],
        "char_start": s.start,
        "char_end": s.end,
        "kind": kind,
        "supplier": supplier,
        "recipient": recipient,
        "via": via or None,
        "goods": goods_,
        "model": model,
        "quantity": quantity,
        "value": value,
        "counts": counts or None,
        "time": time,
        "status": stages.status(stage, stance),
        "stage": stage,
        "stance": stance,
        "polarity": "denied" if denied else "uncertain" if stance == "hedged" else "asserted",
        "cues": [c for c in (*cues, hedge, passive) if c] or None,
        "attribution": [{"name": x.name, "type": x.type, "cue": x.cue, "explicit": x.explicit} for x in chain],
        "root": root.name,
        "independent_root_key": attribution.key(root, chain, state.own),
        "cluster": None,
        "_chain": chain,
        "_at": at,
        "_unnamed": root.unnamed,
        "_homes": dict(state.firms.country),
    }


def _headline_stages(claims: list[Claim]) -> None:
    """A headline's stage is never above what its body supports for the same parties."""
    for c in claims:
        if c["section"] != "headline" or c["kind"] in ("denial", "restriction", "capability", "component_origin"):
            continue
        body = [
            b["stage"]
            for b in claims
            if b["section"] == "body"
            and b["kind"] in ("supply", "order", "request", "route")
            and {b["supplier"], b["recipient"]} >= {x for x in (c["supplier"], c["recipient"]) if x}
        ]
        c["stage"] = stages.capped(c["stage"], body)
        c["status"] = stages.status(c["stage"], c["stance"])
