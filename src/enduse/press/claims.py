"""From a document to claims: one record per supply proposition, with parties, figures, time, chain, stage and stance."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from enduse.reference import press_tables as tables

from . import actors, articles, attribution, figures, goods, stages, times
from .actors import Actor, Firms
from .articles import Article, Sentence
from .attribution import Said, Source
from .figures import Figure
from .propositions import Draft, View, drafts
from .text import Token, plain, tokens
from .times import Interval

Claim = dict[str, Any]

_REACH = 3  # sentences a definite word or a continuing sentence may look back
_GOODS_UNITS = frozenset("ton tons tonne tonnes piece pieces unit units kg round rounds batch batches shipment shipments crate crates set sets".split())
_COMPANY_WORDS = re.compile(r"(?i)\b(?:company|firm|manufacturer|maker|exporter|supplier|factory|group|importer)\b")
_COMPARED = re.compile(r"(?i)\b(?:down|up|compared (?:with|to)|rose|risen|rising|fell|fallen|grew|increased|against)\s*(?:from\s*)?\Z|\b(?:rose|risen|fell|fallen|grew|increased|declined|dropped|jumped|up|down) from\s*\Z")
_PARTY_FREE = frozenset({"outlet", "agency", "data", "document", "expert"})


@dataclass
class _State:
    """What one article has told so far."""

    article: Article
    own: str
    ref: dt.date | None
    firms: Firms
    spoken: list[tuple[int, tuple[Source, ...]]] = field(default_factory=list)
    claims: list[tuple[int, Claim]] = field(default_factory=list)
    deeper: dict[str, tuple[Source, ...]] = field(default_factory=dict)
    country: str | None = None
    last_chain: tuple[Source, ...] = ()


def document(name: str, text: str, *, outlet: str | None, date: dt.date | None, stated: dt.date | None) -> list[Claim]:
    """Claims of one file. `stated` is the date given for this file (it wins over the text), `date` the fallback for all."""
    shadow = plain(text)
    parts = articles.split(shadow)
    out: list[Claim] = []
    for i, article in enumerate(parts):
        ref = stated if stated and i == 0 else article.date or stated or date
        own = (outlet if i == 0 or len(parts) == 1 else None) or article.outlet or outlet or name
        out += _article(name, text, shadow, article, own, ref, named=bool(outlet or article.outlet))
    return out


def _article(name: str, text: str, shadow: str, article: Article, own: str, ref: dt.date | None, *, named: bool) -> list[Claim]:
    del named
    words_of: list[list[Token]] = [tokens(shadow, s.start, s.end) for s in article.sentences]
    firms = Firms()
    for s, words in zip(article.sentences, words_of, strict=True):
        if s.section == "body":
            actors.learn(shadow, s.start, s.end, firms, words)
    state = _State(article, own, ref, firms)
    _deeper(shadow, state, words_of)
    order = sorted(range(len(article.sentences)), key=lambda i: (article.sentences[i].section != "body", i))
    claims: list[Claim] = []
    for i in order:
        s = article.sentences[i]
        if s.subhead:
            continue
        claims += _sentence(name, text, shadow, s, i, words_of[i], state)
    claims.sort(key=lambda c: (c["char_start"], c["_at"]))
    _headline_stages(claims)
    return claims


def _deeper(shadow: str, state: _State, words_of: Sequence[Sequence[Token]]) -> None:
    """What an outlet's own report rests on, where the article says so once ("the study, which cites customs data")."""
    last: str | None = None
    for s, words in zip(state.article.sentences, words_of, strict=True):
        if s.section == "related_link":
            continue
        for said in attribution.sources(shadow, s.start, s.end, list(words), s.section):
            papers = [x for x in said.chain if x.type in ("outlet", "agency")]
            deep = tuple(x for x in said.chain if x.type in ("data",) or x.type == "document")
            if papers:
                last = papers[-1].name
            definite = any(x.type == "definite" or re.match(r"(?i)the (?:report|study|article|investigation)", x.name) for x in said.chain)
            real = tuple(x for x in deep if not re.match(r"(?i)(?:the )?(?:report|study|article|investigation)\Z", x.name))
            if real and last and (papers or definite) and any(x.type == "data" for x in real):
                state.deeper.setdefault(last, tuple(replace(x, explicit=False) for x in real if x.type == "data"))


def _sentence(name: str, text: str, shadow: str, s: Sentence, index: int, words: list[Token], state: _State) -> list[Claim]:
    said = attribution.sources(shadow, s.start, s.end, words, s.section)
    masks = [m for x in said for m in x.mask]
    found = actors.find(shadow, words, state.firms)
    models = goods.designations(shadow, s.start, s.end)
    models = [m for m in models if not any(a.kind == "company" and a.start <= m[0] < a.end for a in found)]
    things = [t for t in goods.things(shadow, words) if not any(a.kind == "company" and a.start <= t.start and t.end <= a.end for a in found)]
    view = View(shadow, s.start, s.end, words, found, things, models, masks, s.section == "headline")
    chains = [_resolved(x, index, state) for x in said]
    for x in chains:
        if x.chain and not x.passive:
            state.spoken.append((index, x.chain))
    got = drafts(view)
    when = times.resolve(shadow, s.start, s.end, state.ref)
    measured = [f for f in figures.parse(shadow, s.start, s.end, [*models, *((w.at, w.to) for w in when)]) if not f.duration and f.unit != "%" and not view.masked(f.bare_start, f.end)]
    denying = [h for h in stages.find("deny", shadow, words)]
    claims: list[Claim] = []
    assigned = _assign(view, got, measured)
    for d in got:
        claim = _claim(name, text, s, view, d, assigned.get(id(d), []), when, chains, denying, index, state)
        if claim is not None:
            claims.append(claim)
    if not claims and s.section == "body":
        claims += _bare(name, text, s, view, measured, when, chains, denying, index, state)
    for c in claims:
        if s.section != "related_link":
            state.claims.append((index, c))
    return claims


def _resolved(said: Said, index: int, state: _State) -> Said:
    """`said` with definite words and pronouns turned into who was named before, and own data added to an outlet."""
    chain: list[Source] = []
    for x in said.chain:
        if x.type in ("definite", "pronoun"):
            chain += _antecedent(x, index, state)
        else:
            chain.append(x)
    if len(chain) == 1 and chain[0].type == "document" and re.match(r"(?i)(?:report|study|article|investigation|analysis)\Z", chain[0].name):
        chain = _antecedent(replace(chain[0], type="definite", name="the " + chain[0].name), index, state) or chain
    return replace(said, chain=tuple(dict.fromkeys(chain)))


def _antecedent(x: Source, index: int, state: _State) -> list[Source]:
    low = x.name.lower()
    media = re.search(r"newspaper|magazine|paper|outlet|agency|broadcaster|network|publication|article|report|study|investigation|analysis", low)
    for at, chain in reversed(state.spoken):
        if index - at > (12 if media else 6):
            break
        if media:
            papers = [s for s in chain if s.type in ("outlet", "agency")]
            documents = [s for s in chain if s.type.startswith(("document", "data"))]
            if re.search(r"report|study|analysis|investigation|brief|document", low) and documents and not papers:
                return [replace(s, cue=x.cue, explicit=False) for s in chain]
            if re.search(r"report\b|document", low) and documents and documents[-1].name.lower().endswith("report"):
                return [replace(s, cue=x.cue, explicit=False) for s in chain]
            if papers:
                return [replace(s, cue=x.cue, explicit=False) for s in papers]
            continue
        if re.search(r"company|firm|manufacturer|maker", low):
            firm = next((s for s in chain if s.type == "company"), None)
            if firm:
                return [replace(firm, cue=x.cue, explicit=False)]
            continue
        if re.search(r"data|records|figures", low):
            data = next((s for s in chain if s.type == "data"), None)
            if data:
                return [replace(s, cue=x.cue, explicit=False) for s in chain]
            continue
        people = [s for s in chain if not s.type.startswith(("outlet", "agency", "data", "document"))] or list(chain)
        head = re.sub(r"(?i)\A(?:the|mr|mrs|ms)\b\.?\s*", "", low)
        if x.type == "definite" and head not in ("ministry", "official", "adviser", "advisor", "source", "sources", "officials", "minister") and not any(head in s.name.lower() for s in people):
            continue
        if x.type == "definite" and not any(head.rstrip("s") in s.name.lower() for s in people):
            continue
        return [replace(s, cue=x.cue, explicit=False) for s in people]
    if re.search(r"company|firm|manufacturer|maker", low) and state.firms.order:
        firm_name = state.firms.order[-1]
        return [Source(firm_name, "company", x.cue, explicit=False, firm=firm_name, country=state.firms.country.get(firm_name))]
    if x.type == "pronoun" and state.claims and (low.startswith("it") or low.startswith("they")):
        actor = state.claims[-1][1]["supplier"]
        if actor and index - state.claims[-1][0] <= _REACH:
            if actor in state.firms.order:
                return [Source(actor, "company", x.cue, explicit=False, firm=actor, country=state.firms.country.get(actor))]
            return [Source(actor, "government", x.cue, explicit=False, country=actor)]
    head = re.sub(r"(?i)\A(?:the|its|their|mr|mrs|ms)\b\.?\s*", "", x.name)
    if x.type == "definite" and head and re.search(r"ministry|official|minister|adviser|advisor|spokes", head):
        kind = "government" if "ministry" in head else "official"
        return [Source(head, kind, x.cue, country=state.claims[-1][1]["recipient"] if state.claims else None)]
    if x.type == "definite" and re.search(r"data|records|figures", head):
        return [Source(head, "data", x.cue)]
    return []


def _assign(view: View, got: Sequence[Draft], measured: Sequence[Figure]) -> dict[int, list[Figure]]:
    """Each figure to the proposition of its clause; of several the nearest, those to the left of it first."""
    out: dict[int, list[Figure]] = {}
    for f in measured:
        if f.money and _COMPARED.search(view.text[max(view.start, f.start - 28) : f.bare_start]) and not re.search(r"\b(?:to)\s*\Z", view.text[max(view.start, f.start - 4) : f.start]):
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
    state: _State,
) -> Claim | None:
    supplier, recipient = _party(d.supplier, state, index), _party(d.recipient, state, index)
    if d.more_suppliers and supplier:
        supplier = _joined([supplier, *(str(_party(a, state, index)) for a in d.more_suppliers)])
    if d.more_recipients and recipient and d.kind != "use":
        recipient = _joined([recipient, *(str(_party(a, state, index)) for a in d.more_recipients)])
    speaker = _speaker(said, d)
    who = _pronoun(d, speaker, index, state)
    receiving = d.role in ("get", "order", "request", "use", "stock")
    if d.helper is None and who:
        if receiving and recipient is None:
            recipient = who if who != supplier else None
        elif not receiving and supplier is None and not d.passive:
            supplier = who if who != recipient else None
    elif d.helper is not None and d.subject_pronoun not in (None, "helped"):
        recipient = recipient or who
    elif d.subject_pronoun == "helped" and recipient is None:
        recipient = _last(state, index, "recipient")
    generic = d.thing is None or d.thing.generic or bool(re.search(r"(?i)\b(?:the|these|those|such|another|first|second|this|any)\s+(?:\w+\s)?\Z", view.text[max(view.start, d.thing.start - 24) : d.thing.start]))
    denied = _denied(d, denying, said)
    inherited = None
    if (supplier is None or recipient is None) and (generic or denied or d.negated or d.role in ("route", "order", "request", "noun_give", "noun_order", "get", "give", "origin")):
        inherited = _neighbour(state, index, supplier, recipient, d)
        if inherited:
            supplier = supplier or (inherited["supplier"] if inherited["supplier"] != recipient else None)
            recipient = recipient or (inherited["recipient"] if inherited["recipient"] != supplier and d.role not in ("origin", "produce", "restrict", "capability") else None)
    if supplier is None and recipient is None:
        return None
    if supplier is not None and supplier == recipient and d.helper is None:
        return None
    chain, passive = _chain(said, d, s, index, state, view)
    quantity, value, counts = _figures(view, d, measured)
    kind, stage, cues = d.kind, d.stage, list(d.cues)
    negated = d.negated and d.role in ("give", "get", "use", "order", "noun_give", "origin")
    if denied or negated:
        kind, stage = "denial", "n/a"
        cues = [denied] if denied else ["not"]
    span = _time(view, d, when)
    model = next((view.text[a:b] for a, b in view.models if d.lead <= a < d.end), None)
    thing = d.thing.noun if d.thing else None
    if thing is None and inherited and not denied:
        thing = inherited["goods"]
    hedge = next((h for h in stages.find("hedge", view.text, [w for w in view.words if d.lead <= w.start < d.to + 12])), None)
    record = _record(
        name, text, s, state, kind=kind, supplier=supplier, recipient=recipient, via=[a.name for a in d.via if a.name not in (supplier, recipient)],
        goods_=thing, model=model, quantity=quantity, value=value, counts=counts, time=span, stage=stage, cues=cues, chain=chain,
        passive=passive, denied=bool(denied or negated), hedge=view.text[hedge.start : hedge.end] if hedge and d.role not in ("restrict", "stock") else None, at=d.at,
    )  # fmt: skip
    record["_group"] = d.thing.group if d.thing else (inherited or {}).get("_group")
    return record


def _bare(
    name: str, text: str, s: Sentence, view: View, measured: Sequence[Figure], when: Sequence[Interval], said: Sequence[Said], denying: Sequence[Any], index: int, state: _State
) -> list[Claim]:
    """Sentences with no trigger of their own that still speak of the deal before them: a denial, or its value."""
    previous = next((c for at, c in reversed(state.claims) if index - at <= _REACH and c["kind"] not in ("restriction", "capability")), None)
    if previous is None:
        return []
    deny = next((h for h in denying if not re.search(r"(?i)\b(?:respond|reply|comment)", view.text[h.start : h.start + 60])), None)
    if deny is not None:
        chain, passive = _covering(said, deny.end, index, state, s, view)
        speaker = next((x for x in chain[1:] if x.type not in ("outlet", "agency")), None)
        if speaker is None:
            who = next((a for a in view.actors if a.kind in ("country", "company", "group") or a.end <= deny.start), None)
            if who is None:
                return []
            speaker = Source(view.text[who.start : deny.start].strip(" ,") if deny.start > who.start else who.name, "company" if who.kind == "company" else "government", view.text[deny.start : deny.end], country=who.country, firm=who.name if who.kind == "company" else None)
            chain = (chain[0], speaker)
        named = next((a for a in view.actors if a.country and a.country in (previous["supplier"], previous["recipient"])), None)
        if named is None and not (speaker.country in (previous["supplier"], previous["recipient"]) or speaker.firm or speaker.type == "company"):
            return []
        record = _record(
            name, text, s, state, kind="denial", supplier=(speaker.firm and state.firms.names.get(speaker.firm)) or previous["supplier"], recipient=previous["recipient"], via=[], goods_=previous["goods"], model=previous["model"],
            quantity=None, value=None, counts=[], time=None, stage="n/a", cues=[view.text[deny.start : deny.end]], chain=chain, passive=passive, denied=True, hedge=None, at=deny.start,
        )  # fmt: skip
        record["_group"] = previous.get("_group")
        return [record]
    money = [f for f in measured if f.money]
    deal = re.search(r"(?i)\b(?:contract|deal|order|shipment|agreement|exporters?|suppliers?|importers?|consignments?|customers?|purchase)\b", view.text[s.start : s.end])
    counted = [f for f in measured if f.noun and re.match(r"(?i)(?:exporters?|suppliers?|importers?|firms|companies|shipments?|countries|brands|types|models)\Z", f.noun)]
    if deal and (money or counted):
        chain, passive = _covering(said, s.start, index, state, s, view)
        if len(chain) == 1 and previous["_chain"]:
            chain = (chain[0], *(replace(x, explicit=False) for x in previous["_chain"][1:]))
        fake = Draft("noun_order", "", s.start, s.start, s.start, s.end)
        quantity, value, counts = _figures(view, fake, list(measured))
        record = _record(
            name, text, s, state, kind=previous["kind"], supplier=previous["supplier"], recipient=previous["recipient"], via=[], goods_=previous["goods"], model=previous["model"],
            quantity=quantity, value=value, counts=counts, time=_time(view, fake, when), stage=previous["stage"], cues=[], chain=chain, passive=passive, denied=False, hedge=None, at=s.start,
        )  # fmt: skip
        record["_group"] = previous.get("_group")
        return [record]
    return []


def _record(
    name: str, text: str, s: Sentence, state: _State, *, kind: str, supplier: str | None, recipient: str | None, via: list[str], goods_: str | None, model: str | None,
    quantity: dict[str, Any] | None, value: dict[str, Any] | None, counts: list[dict[str, Any]], time: dict[str, Any] | None, stage: str, cues: list[str],
    chain: tuple[Source, ...], passive: str | None, denied: bool, hedge: str | None, at: int,
) -> Claim:  # fmt: skip
    root = chain[-1]
    stance = _stance(chain, supplier, recipient, state, denied=denied, hedge=hedge, passive=passive, kind=kind)
    slots = [name, s.start, s.end, kind, supplier, recipient, goods_, quantity and quantity["raw"], value and value["raw"], stage, at - s.start]
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


def _joined(names: list[str]) -> str:
    names = list(dict.fromkeys(names))
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _party(a: Actor | None, state: _State, index: int) -> str | None:
    if a is None:
        return None
    if a.single and a.kind == "group":
        near = [f for f in state.firms.order if state.firms.country.get(f) == a.country]
        if len(near) == 1:
            return near[0]
    del index
    return a.name


def _speaker(said: Sequence[Said], d: Draft) -> Source | None:
    for x in said:
        if x.chain and x.start <= d.at < x.end:
            return x.chain[-1]
    return None


def _pronoun(d: Draft, speaker: Source | None, index: int, state: _State) -> str | None:
    """Who "it", "the company" or "the country" is; also the speaker's own name where the clause names no subject."""
    word = d.subject_pronoun
    if word == "helped":
        return None
    receiving = d.role in ("get", "order", "request", "use", "stock")
    if word and _COMPANY_WORDS.search(word):
        own = speaker.firm if speaker and speaker.firm else None
        if own:
            return state.firms.names.get(own, own)
        return next((str(c["supplier"]) for at, c in reversed(state.claims) if index - at <= 6 and c["supplier"] in state.firms.order), state.firms.order[-1] if state.firms.order else None)
    if word in ("the country", "country"):
        return _last(state, index, "recipient") or _last(state, index, "supplier")
    if word in ("it", "they", "its", "he", "she"):
        if speaker and speaker.firm:
            return state.firms.names.get(speaker.firm, speaker.firm)
        if speaker and speaker.country and speaker.type in ("government", "official"):
            return speaker.country
        return _last(state, index, "recipient" if receiving else "supplier")
    if word is None and speaker is not None and speaker.type == "company" and (d.verb.endswith("ing") or d.noun):
        return state.firms.names.get(speaker.firm or "", speaker.firm)
    return None


def _last(state: _State, index: int, slot: str) -> str | None:
    return next((c[slot] for at, c in reversed(state.claims) if index - at <= _REACH and c[slot]), None)


def _neighbour(state: _State, index: int, supplier: str | None, recipient: str | None, d: Draft) -> Claim | None:
    """The claim this one carries on: within reach, sharing the party that is named here."""
    for at, c in reversed(state.claims):
        if index - at > _REACH:
            break
        if c["kind"] in ("restriction", "capability"):
            continue
        shared = (supplier is None or supplier in (c["supplier"], c["recipient"]) or d.role in ("noun_give", "give", "route") and c["recipient"] != supplier) and (recipient is None or recipient == c["recipient"])
        if shared and c["section"] == "body":
            return c
    return None


def _denied(d: Draft, denying: Sequence[Any], said: Sequence[Said]) -> str | None:
    del said
    for h in denying:
        if h.end <= d.at and d.at - h.end < 140:
            return str(h.value)
    return None


def _covering(said: Sequence[Said], at: int, index: int, state: _State, s: Sentence, view: View) -> tuple[tuple[Source, ...], str | None]:
    own = Source(state.own, "outlet", None)
    links: list[Source] = []
    passive = next((x.verb for x in said if x.passive), None)
    for x in said:
        if x.chain and x.start <= at <= x.end:
            links += [l for l in x.chain if l.name != state.own]
    links = sorted(dict.fromkeys(links), key=lambda l: attribution._RANK.get(l.type.split("+")[0], 4))  # noqa: SLF001 - one room
    if len([l for l in links if l.type not in ("outlet", "agency")]) > 1 and any(l.type == "definite" for l in links):
        links = [l for l in links if l.type != "definite"]
    if not links and s.section == "body" and (passive or attribution.continues(view.text[s.start : s.end])):
        back = next((chain for i, chain in reversed(state.spoken) if 0 < index - i <= (_REACH if passive else 2)), ())
        party_speech = back and back[-1].type == "company" and not passive
        if back and not party_speech:
            links = [replace(x, explicit=False) for x in back if x.name != state.own]
    return (own, *links), passive


def _chain(said: Sequence[Said], d: Draft, s: Sentence, index: int, state: _State, view: View) -> tuple[tuple[Source, ...], str | None]:
    chain, passive = _covering(said, d.at, index, state, s, view)
    if len(chain) > 1 and chain[-1].type in ("outlet", "agency") and d.role in ("give", "get", "noun_give", "noun_get", "order", "noun_order", "route"):
        for paper in chain[-1].name.split(" + "):
            if paper in state.deeper:
                return (*chain, *state.deeper[paper]), passive
    if len(chain) == 1 and s.section == "headline":
        body = _matching(state, d)
        if body:
            return (chain[0], *(replace(x, explicit=False) for x in body["_chain"][1:])), passive
    return chain, passive


def _matching(state: _State, d: Draft) -> Claim | None:
    names = {a.name for a in (d.supplier, d.recipient) if a}
    for _, c in state.claims:
        if c["section"] == "body" and names and names <= {c["supplier"], c["recipient"]} and c["kind"] != "denial":
            return c
    return None


def _stance(chain: tuple[Source, ...], supplier: str | None, recipient: str | None, state: _State, *, denied: bool, hedge: str | None, passive: str | None, kind: str) -> str:
    if denied:
        return "denied"
    root = chain[-1]
    if hedge:
        return "hedged"
    if len(chain) == 1:
        return "alleged" if passive else "outlet_asserted"
    if root.type in ("data",) or root.type == "document":
        return "documented"
    if root.type.split("+")[0] in _PARTY_FREE or root.type == "anonymous":
        return "alleged"
    parties = {p for p in (supplier, recipient) if p}
    home = {state.firms.country.get(p) or tables.makers().get(p, ((), ""))[1] for p in parties}
    if root.firm and (state.firms.names.get(root.firm, root.firm) in parties or root.firm in parties):
        return "party_confirmed"
    if root.country in parties and root.type.split("+")[0] in ("government", "official"):
        return "party_confirmed"
    if root.type == "company" and root.country in home and root.firm is None:
        return "party_confirmed"
    if root.type.split("+")[0] in ("government", "official") and root.country is None and kind in ("supply", "order", "restriction") and re.search(r"(?i)ministry\Z|army|\Aministry", root.name):
        return "party_confirmed"
    return "alleged"


def _figures(view: View, d: Draft, measured: list[Figure]) -> tuple[dict[str, Any] | None, dict[str, Any] | None, list[dict[str, Any]]]:
    quantity: dict[str, Any] | None = None
    value: dict[str, Any] | None = None
    counts: list[dict[str, Any]] = []
    for f in measured:
        if f.money:
            if value is None and not f.per:
                value = {"raw": f.raw, "amount": f.value if f.value is not None else f.high, "currency": f.currency, "modifier": f.modifier}
                if f.low is not None:
                    value |= {"min": f.low, "max": f.high}
            else:
                counts.append({"raw": f.raw, "value": f.value, "noun": f.currency, "modifier": f.modifier})
            continue
        if quantity is None and _is_quantity(view, d, f):
            quantity = {
                "raw": view.text[f.start : max(f.end, f.noun_end if f.noun else f.end)],
                "value": f.value,
                "min": f.low,
                "max": f.high,
                "unit": f.unit or f.noun,
                "modifier": f.modifier,
                "per": f.per,
            }
        elif f.noun or f.value is not None:
            counts.append({"raw": view.text[f.start : max(f.end, f.noun_end if f.noun else f.end)], "value": f.value if f.value is not None else f.high, "noun": f.noun, "modifier": f.modifier})
    return quantity, value, [c for c in counts if c["noun"]]


def _is_quantity(view: View, d: Draft, f: Figure) -> bool:
    """True where what is counted are the goods: a goods noun ends the phrase, a designation follows, or a unit of goods."""
    if f.unit and d.kind == "capability":
        return True
    if f.unit in _GOODS_UNITS or (f.noun and f.noun.lower() in _GOODS_UNITS):
        return True
    if f.noun and any(t.end == f.noun_end or (t.start <= f.noun_end - 1 < t.end) for t in view.things):
        return True
    after = view.text[f.end : f.end + 40]
    if any(0 <= a - f.end <= 24 and not re.search(r"[,;]|\b(?:and|to|from|types?|kinds?)\b", view.text[f.end : a]) for a, _ in view.models):
        return True
    if re.match(r"\s+of\s+(?:the|its|their|these|those)\b", after):
        return any(0 <= t.start - f.end < 40 for t in view.things)
    return any(0 <= t.start - f.end < 40 and not re.search(r"(?i)[,;]|\b(?:types?|kinds?|countries|companies|firms|exporters|suppliers|to|from|by|in|for)\b", view.text[f.end : t.start]) for t in view.things)


def _time(view: View, d: Draft, when: Sequence[Interval]) -> dict[str, Any] | None:
    usable = [w for w in when if not view.masked(w.at, w.to)]
    inside = [w for w in usable if d.lead <= w.at < d.end]
    pool = inside or [w for w in usable if w.at < d.lead <= w.at + 90 or w.basis == "event"] or (usable if len(usable) == 1 else [])
    if not pool:
        return None
    pool = [w for w in pool if w.start or w.end] or pool
    best = min(pool, key=lambda w: (abs(w.at - d.at), w.at))
    return {
        "raw": best.raw,
        "start": best.start.isoformat() if best.start else None,
        "end": best.end.isoformat() if best.end else None,
        "granularity": best.granularity,
        "basis": best.basis,
    }


def _headline_stages(claims: list[Claim]) -> None:
    """A headline's stage is never above what its body supports for the same parties."""
    for c in claims:
        if c["section"] != "headline" or c["kind"] in ("denial", "restriction", "capability", "component_origin"):
            continue
        body = [b["stage"] for b in claims if b["section"] == "body" and b["kind"] in ("supply", "order", "request", "route") and {b["supplier"], b["recipient"]} >= {x for x in (c["supplier"], c["recipient"]) if x}]
        c["stage"] = stages.capped(c["stage"], body)
        c["status"] = stages.status(c["stage"], c["stance"])
