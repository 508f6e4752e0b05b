"""The chain of a claim: neighbours inherited from, records that carry on, deeper roots added."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from . import attribution, speech, stages
from .antecedents import BASED_ON
from .articles import Sentence
from .memory import REACH, Claim, Memory
from .speakers import Source
from .speech import Said
from .view import Draft, View


def covering(
    said: Sequence[Said], at: int, index: int, state: Memory, s: Sentence, view: View
) -> tuple[tuple[Source, ...], str | None]:
    own = Source(state.own, "outlet", None)
    links: list[Source] = []
    passive = next((x.verb for x in said if x.passive), None)
    for x in said:
        if x.chain and x.start <= at <= x.end:
            links += [link for link in x.chain if link.name != state.own]
    links = list(speech.ordered(tuple(links)))
    if len([x for x in links if x.type not in ("outlet", "agency")]) > 1 and any(x.type == "definite" for x in links):
        links = [x for x in links if x.type != "definite"]
    impersonal = passive is not None and passive.lower().startswith("it ")
    if (
        not links
        and s.section == "body"
        and (impersonal or not passive)
        and (passive or attribution.continues(view.text[s.start : s.end]) or _same_goods_first(view, s))
    ):
        back = next((chain for i, chain in reversed(state.spoken) if 0 < index - i <= (REACH if passive else 2)), ())
        party_speech = back and back[-1].type == "company" and not passive
        if back and not party_speech:
            links = [replace(x, explicit=False) for x in back if x.name != state.own]
    first: dict[tuple[str, str], Source] = {}
    for link in links:
        first.setdefault((link.name, link.type), link)
    return (own, *first.values()), passive


def _same_goods_first(view: View, s: Sentence) -> bool:
    """True for "The launchers are to be delivered ...": a sentence that opens with the goods just told of carries on."""
    return any(
        t.start - s.start < 30
        and re.match(r"(?:The|These|Those|Both|All)\s(?:[\w-]+\s){0,2}\Z", view.text[s.start : t.start])
        for t in view.things[:1]
    )


def chain_of(
    said: Sequence[Said], d: Draft, s: Sentence, index: int, state: Memory, view: View, *, counted: bool
) -> tuple[tuple[Source, ...], str | None]:
    chain, passive = covering(said, d.at, index, state, s, view)
    if len(chain) == 1 and s.section == "body" and not passive and index and (counted or _goes_on(s, index, state)):
        # a further figure in the paragraph of a report is that report's figure
        before = state.article.sentences[index - 1]
        back = next((c for i, c in reversed(state.spoken) if i == index - 1), ())
        if not back:
            told = next((c["_chain"] for i, c in reversed(state.claims) if i == index - 1), ())
            back = told[1:] if told and told[-1].type in ("data", "document") else ()
        if not back and state.basis is not None:
            back = (state.basis,)  # the text has said what its own figures are taken from
        if (
            (before.paragraph == s.paragraph or back == (state.basis,))
            and back
            and back[-1].type in ("outlet", "agency", "data", "document")
        ):
            chain = (*chain, *(replace(x, explicit=False) for x in back if x.name != state.own))
        elif state.basis is not None:
            chain = (*chain, state.basis)
        elif counted and (near := _records_near(index, state)):
            chain = (*chain, *near)
    if s.section == "body" and not passive and state.country is None and not _here(said, d.at, state):
        chain = _carried(chain, d, s, index, state, view)
    if (
        len(chain) > 1
        and chain[-1].type in ("outlet", "agency")
        and d.role in ("give", "get", "noun_give", "noun_get", "order", "noun_order", "route")
    ):
        for paper in chain[-1].name.split(" + "):
            if paper in state.deeper:
                return (*chain, *state.deeper[paper]), passive
    if (
        state.report_basis is not None
        and len(chain) > 1
        and chain[-1].type.split("+")[0] in ("expert", "document")
        and d.role in ("give", "get", "noun_give", "noun_get", "route", "origin")
        and chain[-1].name != state.report_basis.name
        and _wrote_it(chain[-1], state, view)
    ):
        return (*chain, state.report_basis), passive
    if s.section == "headline" and len(chain) == 2 and _BARE_DATA.fullmatch(chain[-1].name):
        # "records show" in a headline are the records of the body
        body = _matching(state, d, records=True)
        if body:
            return (chain[0], *(replace(x, explicit=False) for x in body["_chain"][1:])), passive
    if (
        len(chain) == 1
        and s.section == "headline"
        and not passive
        and not _OWN_HEADLINE.match(view.text[s.start : s.end])
    ):
        body = _matching(state, d)
        if body:
            return (chain[0], *(replace(x, explicit=False) for x in body["_chain"][1:])), passive
    return chain, passive


def _here(said: Sequence[Said], at: int, state: Memory) -> bool:
    """True where the sentence itself names who says what stands at `at`."""
    return any(x.chain and x.start <= at <= x.end and any(y.name != state.own for y in x.chain) for x in said)


_KNOWN_ANYWAY = frozenset({"production", "use", "restriction", "capability"})
_OF_RECORD = frozenset({"data", "document", "outlet", "agency"})


def _carried(
    chain: tuple[Source, ...], d: Draft, s: Sentence, index: int, state: Memory, view: View
) -> tuple[Source, ...]:
    """The chain of a claim whose sentence names nobody, once more: does it carry on what was said before?

    Three things were counted on 133 such claims of 14 sets. What a plant makes, who uses a thing and what is forbidden an
    outlet knows by itself (15 of 16). Records, and another outlet's report, go on over the deals told after them in their
    paragraph and the next as long as nothing else is told between (32 of 39). A speaker goes on in the next sentence of his
    paragraph (8 of 12), but not into a new one once the outlet has spoken itself (2 of 14).
    """
    own = chain[:1]
    if d.kind in _KNOWN_ANYWAY:
        return own
    at, back = next(
        (
            (i, c)
            for i, c in reversed(state.spoken)
            if i < index and index - i <= REACH and any(x.name != state.own for x in c)
        ),
        (index, ()),
    )
    near = next(((i, c) for i, c in reversed(state.claims) if i < index and index - i <= 2), None)
    if (
        len(chain) == 1
        and near is not None
        and near[1]["_chain"][-1].type in ("data", "document")
        and near[1]["section"] == "body"
        and s.paragraph - state.article.sentences[near[0]].paragraph <= 1
        and (not back or at <= near[0])
        and d.kind in ("supply", "order", "route")
        and not _PRESENT.fullmatch(d.verb)
        and not _ELSEWHERE.match(view.text, s.start)
        and not _hedged(view, d)
    ):
        return (*own, *(replace(x, explicit=False) for x in near[1]["_chain"][1:]))  # from claim to claim
    if not back:
        return chain
    paragraphs = s.paragraph - state.article.sentences[at].paragraph
    last = next((c for i, c in reversed(state.claims) if index - i <= 2), None)
    sourced = last is not None and len(last["_chain"]) > 1
    if back[-1].type in _OF_RECORD:
        deal = d.kind in ("supply", "order", "route") and not _PRESENT.fullmatch(d.verb)
        if len(chain) == 1 and sourced and deal and paragraphs <= 1 and not _hedged(view, d):
            return (*own, *(replace(x, explicit=False) for x in back if x.name != state.own))
    elif len(chain) > 1 and paragraphs >= 1 and not sourced:
        return own
    elif (
        len(chain) == 1
        and back[-1].type != "company"
        and paragraphs == 0
        and index - at == 1
        and sourced
        and d.kind in ("supply", "order", "route", "request")
        and not _PRESENT.fullmatch(d.verb)
        and not _ELSEWHERE.match(view.text, s.start)
        and not _hedged(view, d)
    ):
        return (*own, *(replace(x, explicit=False) for x in back if x.name != state.own))
    return chain


_PRESENT = re.compile(r"(?:is|are|[a-z-]{3,}s)(?: \w+)*")  # "supplies": what goes on is no single record


_ELSEWHERE = re.compile(
    r"\W*(?:Last|Earlier|Meanwhile|Separately|In response|Elsewhere|This (?:week|month|year))\b"
)  # goes over to something else


def _hedged(view: View, d: Draft) -> bool:
    return bool(stages.find("hedge", view.text, [w for w in view.words if d.lead <= w.start < d.to + 12]))


def _wrote_it(x: Source, state: Memory, view: View) -> bool:
    """True unless an expert is first named after the report the article tells of: then it is another's."""
    if x.type.split("+")[0] != "expert" or not re.search(r"[A-Z]", x.name):
        return True
    told = next(
        (
            i
            for i, s in enumerate(state.article.sentences)
            if s.section == "body" and BASED_ON.search(view.text, s.start, s.end)
        ),
        0,
    )
    first = next((i for i, chain in state.spoken if any(y.name == x.name for y in chain)), told)
    return first <= told


_PAPERS = re.compile(r"(?i)\b(?:invoices?|contracts?|bills?|manifests?)\b")  # single papers, no series of figures


def _records_near(index: int, state: Memory) -> tuple[Source, ...]:
    """The records a claim with a figure rests on, not more than two sentences before."""
    for at, c in reversed(state.claims):
        if index - at > 2:
            break
        if at < index and c["_chain"][-1].type == "data" and not _PAPERS.search(c["root"]):
            return tuple(replace(x, explicit=False) for x in c["_chain"][1:])
    return ()


def _goes_on(s: Sentence, index: int, state: Memory) -> bool:
    """True where the claim of the sentence before, in one paragraph, rests on records: what follows there does too."""
    before = state.article.sentences[index - 1]
    told: tuple[Source, ...] = next((c["_chain"] for i, c in reversed(state.claims) if i == index - 1), ())
    return before.paragraph == s.paragraph and bool(told) and told[-1].type in ("data", "document")


_BARE_DATA = re.compile(r"(?i)(?:the )?(?:(?:trade|customs) )?(?:records?|data|documents?|figures|filings?)")


# a headline that asks or promises to tell is the outlet's own
_OWN_HEADLINE = re.compile(
    r"(?i)\W*(?:how|why|what|inside|did|does|is|are|has|have|who|where|meet|the \w+ (?:trail|room|trade|men))\b"
)


def _matching(state: Memory, d: Draft, *, records: bool = False) -> Claim | None:
    """The claim of the body a headline sums up: of its parties, else the first sourced one that shares a party with it."""
    names = {a.name for a in (d.supplier, d.recipient) if a}
    told = [
        c
        for _, c in state.claims
        if c["section"] == "body"
        and c["kind"] != "denial"
        and (not records or c["_chain"][-1].type in ("data", "document"))
    ]
    return next((c for c in told if names and names <= {c["supplier"], c["recipient"]}), None) or next(
        (c for c in told[:_SUMMED_UP] if (records or names & {c["supplier"], c["recipient"]}) and len(c["_chain"]) > 1),
        None,
    )


_SUMMED_UP = 4  # claims of the body, from its first on, that a headline may stand for
