"""From a document to claims: one record per supply proposition, with parties, figures, time, chain, stage and stance."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from . import (
    actors,
    articles,
    aspects,
    attribution,
    basis,
    foreign,
    foreign_sources,
    found,
    lanes,
    offices,
    phrases,
    quotations,
    roots,
    stages,
)
from .actors import Firms
from .antecedents import learn_deeper, report_basis, resolved
from .articles import Article, Sentence
from .assemble import claim_of
from .assign import assign
from .bare import carried_on, named_with
from .languages import detect
from .memory import Claim, Memory
from .proposals import Proposal, Proposer, draft, spots
from .propositions import drafts
from .reading import read_sentence
from .record import make, restate
from .slots import shared
from .speech import Said
from .text import Token, plain, tokens
from .view import Parse

Weigh = Callable[[list[Claim]], list[Claim]]
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
    parse: Parse | None = None,
    weigh: Weigh = lanes.choose,
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
            article.date = foreign_sources.date_of(article, shadow, language)
        if language != "en" and article.outlet is None:
            article.outlet = foreign_sources.outlet_of(article, shadow, language)
        ref = stated if stated and i == 0 else article.date or stated or date
        own = (outlet if i == 0 or len(parts) == 1 else None) or article.outlet or outlet or name
        if language != "en":
            out += foreign.article(name, text, shadow, article, Memory(article, own, ref, Firms()), language, make)
            continue
        out += _article(name, text, shadow, article, own, ref, said, model, parse, weigh)
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
    parse: Parse | None,
    weigh: Weigh,
) -> list[Claim]:
    words_of: list[list[Token]] = [tokens(shadow, s.start, s.end) for s in article.sentences]
    firms = Firms()
    for s, words in zip(article.sentences, words_of, strict=True):
        if s.section == "body":
            actors.learn(shadow, s.start, s.end, firms, words)
    state = Memory(article, own, ref, firms, parse)
    if _STATE_OFFICE.search(own):
        state.country = actors.country_in(own, tokens(own))
        if (
            state.country is None
            and re.match(r"(?:The )?(?:Ministry|Department|Government|Federal|Office)\b", own)
            and words_of
        ):
            state.country = next((c for words in words_of[:3] if (c := actors.country_in(shadow, words))), None)
    if article.sentences:
        first, last = article.sentences[0].start, article.sentences[-1].end
        state.ministry = offices.ministry_state(shadow, first, last, article.place) or state.country
        if state.country is None and article.outlet is None:
            state.country = offices.own_state(shadow, first, last)
            state.ministry = state.ministry or state.country
    named = Counter(
        str(h.value[0]) for words in words_of for h in actors.states(shadow, words) if isinstance(h.value, tuple)
    )
    state.main = min(named, key=lambda c: (-named[c], c)) if named else None
    learn_deeper(shadow, state, words_of)
    state.report_basis = report_basis(shadow, state)
    state.quoted = quotations.speakers(shadow, article.sentences)
    if parse is not None:
        # together: a sentence parsed alone takes three times as long
        parse.prepare(
            shadow,
            [(s.start, s.end) for s in article.sentences if s.section != "related_link" and not s.subhead],
        )
    order = sorted(range(len(article.sentences)), key=lambda i: (article.sentences[i].section != "body", i))
    claims: list[Claim] = []
    for i in order:
        s = article.sentences[i]
        if s.subhead:
            continue
        claims += _sentence(name, text, shadow, s, i, words_of, state)
    if said:
        claims += _proposed(name, text, shadow, words_of, state, said, model)
    claims.sort(key=lambda c: (c["char_start"], c["_at"]))
    if parse is not None:
        claims = _weighed(claims, weigh, state)
    roots.unify(claims, state)
    _headline_stages(claims)
    return claims


def _weighed(claims: list[Claim], weigh: Weigh, state: Memory) -> list[Claim]:
    """Claims with their parties weighed over the article; what only the weighing needed is let go of."""
    before = {id(c): (c["supplier"], c["recipient"]) for c in claims}
    kept = weigh(claims)
    for c in kept:
        if before[id(c)] != (c["supplier"], c["recipient"]):
            restate(c, state)
        c.pop("_place", None)
    return kept


def _sentence(
    name: str, text: str, shadow: str, s: Sentence, index: int, words_of: list[list[Token]], state: Memory
) -> list[Claim]:
    words = words_of[index]
    if _TO_A_MACHINE.search(shadow, s.start, s.end):
        return []
    r = read_sentence(shadow, s, index, words, state)
    view, chains = r.view, r.chains
    if index in state.quoted and not any(x.chain for x in chains):
        chains = [*chains, *_quoting(shadow, s, index, words_of, state)]
    for x in chains:
        if x.chain and not x.passive:
            state.spoken.append((index, x.chain))
    if s.section == "body" and state.basis is None:
        state.basis = attribution.own_work(shadow, s.start, s.end, words, state.own)
    got = found.mend(view, aspects.mended(view, drafts(view)), r.measured, s.section, index, state)
    claims: list[Claim] = []
    assigned, outgrown = assign(view, got, r.measured)
    shares = assign(view, got, r.shares)[0] if view.parse is not None else {}
    when = [
        w
        for w in r.when
        if not any(0 <= w.at - f.end <= 3 or (f.noun and 0 <= w.at - f.noun_end <= 3) for f in outgrown)
    ]
    for a in view.everyone:
        if a.kind == "company":
            state.firms.add(a.name, a.country)
    for d in got:
        claim = claim_of(name, text, s, view, d, assigned.get(id(d), []), when, chains, r.denying, index, state, claims)
        if claim is not None:
            claim["counts"] = [*(claim["counts"] or []), *map(shared, shares.get(id(d), []))] or None
            claims.append(claim)
    if not claims and s.section == "body":
        claims += carried_on(name, text, s, view, r.measured, r.when, chains, r.denying, index, state)
    first = next((a for a in phrases.subjects(view) if a.kind in ("country", "company") and not a.owner), None)
    state.topic = (index, first.name) if first and s.section == "body" else None
    basis.reach_back(shadow, s, index, chains, state)
    for c in claims:
        if s.section != "related_link":
            state.claims.append((index, c))
    return claims


def _quoting(shadow: str, s: Sentence, index: int, words_of: list[list[Token]], state: Memory) -> list[Said]:
    """The speaker of a quotation this sentence is a part of, named in a sentence beside it."""
    at = state.quoted[index]
    other = state.article.sentences[at]
    said = attribution.sources(shadow, other.start, other.end, words_of[at], other.section)
    found = [with_ for x in said if x.chain and (with_ := offices.with_state(resolved(x, at, state), state)).chain]
    if not found:
        return []
    chain = tuple(replace(x, explicit=False) for x in found[-1 if at > index else 0].chain)
    return [Said(s.start, s.end, (), chain)]


def _proposed(
    name: str, text: str, shadow: str, words_of: list[list[Token]], state: Memory, said: Sequence[Proposal], model: str
) -> list[Claim]:
    """Claims a model proposed and the rules bear out; what the rules found in the same sentence is not said twice."""
    out: list[Claim] = []
    for i, s in enumerate(state.article.sentences):
        here = [(p, spot) for p in said for spot in spots(shadow, p, s.start, s.end)]
        if not here or s.subhead or s.section == "related_link" or _TO_A_MACHINE.search(shadow, s.start, s.end):
            continue
        r = read_sentence(shadow, s, i, words_of[i], state)
        for p, (at, to) in here:
            d = draft(r.view, p, at, to, r.denying)
            if d is None:
                continue
            measured = [f for f in r.measured if at <= f.bare_start and f.end <= to]
            c = claim_of(name, text, s, r.view, d, measured, r.when, r.chains, r.denying, i, state, [])
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
            and named_with(b) >= {x for x in (c["supplier"], c["recipient"]) if x}
        ] or [
            b["stage"]
            for b in claims
            if b["section"] == "body"
            and b["kind"] in ("supply", "order", "request", "route")
            and stages.compatible(named_with, b, c)
        ]
        c["stage"] = stages.capped(c["stage"], body)
        c["status"] = stages.status(c["stage"], c["stance"])
