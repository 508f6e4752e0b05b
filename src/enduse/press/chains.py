"""The chain of a claim: definite words resolved, neighbours inherited from, deeper roots added; and the stance it gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from enduse.reference import press_tables as tables

from . import actors, attribution, speech, stages
from .articles import Sentence
from .memory import REACH, Claim, Memory
from .speakers import Source, classify
from .speech import Said
from .text import Token
from .view import Draft, View

_PARTY_FREE = frozenset({"outlet", "agency", "data", "document", "expert"})


def learn_deeper(shadow: str, state: Memory, words_of: Sequence[Sequence[Token]]) -> None:
    """What an outlet's own report rests on, where the article says so once ("the study, which cites customs data")."""
    last: str | None = None
    for s, words in zip(state.article.sentences, words_of, strict=True):
        if s.section == "related_link":
            continue
        hits = [h.value for h in actors.outlets(shadow, list(words)) if isinstance(h.value, tables.Outlet)]
        work = attribution.own_work(shadow, s.start, s.end, list(words), state.own)
        if work is not None and (by := hits[0].name if hits else last) and by != state.own:
            state.deeper.setdefault(by, (work,))
        for said in _merged(attribution.sources(shadow, s.start, s.end, list(words), s.section)):
            papers = [x for x in said.chain if x.type in ("outlet", "agency")]
            deep = tuple(x for x in said.chain if x.type in {"data", "document"})
            if papers:
                last = papers[-1].name
            definite = any(
                x.type == "definite" or re.match(r"(?i)the (?:report|study|article|investigation)", x.name)
                for x in said.chain
            )
            real = tuple(
                x for x in deep if not re.match(r"(?i)(?:the )?(?:report|study|article|investigation)\Z", x.name)
            )
            if real and last and (papers or definite) and any(x.type == "data" for x in real):
                state.deeper.setdefault(last, tuple(replace(x, explicit=False) for x in real if x.type == "data"))


_BASED_ON = re.compile(
    r"(?i)\b(?:report|study|analysis|brief|paper|findings|survey|investigation|research|estimates?|calculations?)\b[^.;]{0,60}?\b(?:based on|rests? on|draws? on|drew on|rel(?:y|ies|ied) on|compiled from|drawn from)\s(?P<np>[^.,;]{3,80})"
)


def report_basis(shadow: str, state: Memory) -> Source | None:
    """The records a group's report is said to be based on, where the article says so of one report."""
    found = [
        x
        for s in state.article.sentences
        if s.section == "body"
        for m in _BASED_ON.finditer(shadow, s.start, s.end)
        for x in classify(m.group("np"), "based on")
        if x.type in ("data", "document")
    ]
    return replace(found[0], explicit=False) if len({x.name for x in found}) == 1 else None


def _merged(said: Sequence[Said]) -> list[Said]:
    """The chains of a sentence as one, for "according to data, the Times reports"."""
    links = tuple(dict.fromkeys(x for one in said for x in one.chain))
    return [replace(said[0], chain=links)] if links else []


def resolved(said: Said, index: int, state: Memory) -> Said:
    """`said` with definite words and pronouns turned into who was named before, and own data added to an outlet."""
    chain: list[Source] = []
    for x in said.chain:
        if state.country is not None and _OURS.search(x.name):
            continue  # "our inspectors": the text speaks of its own
        if _ITS_PEOPLE.match(x.name) and x.type in ("official", "company") and (whose := _whose(x, index, state)):
            chain.append(whose)
            continue
        if (known := _named_before(x, state)) is not None:
            chain.append(known)
        elif x.type in ("definite", "pronoun"):
            chain += _antecedent(x, index, state)
        elif x.type == "company" and _a_person(x, state):
            chain.append(replace(x, type="expert", firm=None))
        elif x.type == "company" and x.firm is None and state.firms.order:
            recent = next(
                (str(c["supplier"]) for _, c in reversed(state.claims) if c["supplier"] in state.firms.order),
                state.firms.order[-1],
            )
            chain.append(replace(x, firm=recent))
        else:
            chain.append(x)
    if (
        len(chain) == 1
        and chain[0].type == "document"
        and re.match(r"(?i)(?:report|study|article|investigation|analysis)\Z", chain[0].name)
    ):
        chain = _antecedent(replace(chain[0], type="definite", name="the " + chain[0].name), index, state) or chain
    return replace(said, chain=tuple(dict.fromkeys(chain)))


_OURS = re.compile(r"(?i)\bour\b")
# "its spokesman", "the company's lawyers": they speak for whom the sentence before was about
_ITS_PEOPLE = re.compile(
    r"(?i)(?:its|their|the (?:company|firm|manufacturer|maker|group|trader|exporter|importer)'s)\s(?:\w+\s){0,2}?"
    r"(?<!ministry )(?<!government )(?<!army )(?<!military )(?:spokes\w+|lawyers?|chief executive|ceo|director|owner|founder|head|manager|chair\w*|representative|legal department)\b"
)


def _whose(x: Source, index: int, state: Memory) -> Source | None:
    """The firm whose people speak: the one that last spoke or was the subject, within reach."""
    spoke = next(
        (
            s
            for at, chain in reversed(state.spoken)
            if index - at <= REACH
            for s in reversed(chain)
            if s.type == "company" and s.firm
        ),
        None,
    )
    topic = (
        state.topic[1] if state.topic and index - state.topic[0] <= 1 and state.topic[1] in state.firms.order else None
    )
    dealt = next(
        (
            str(c["supplier"])
            for at, c in reversed(state.claims)
            if index - at <= REACH and c["supplier"] in state.firms.order
        ),
        None,
    )
    firm = topic or (spoke.firm if spoke else None) or dealt
    if firm is None:
        return None
    return replace(x, type="company", firm=firm, country=state.firms.country.get(firm), unnamed=False)


_AGENCY = re.compile(r"(?i)\b(?:intelligence|security|space|customs|nuclear|energy) (?:agency|service)\b|\bagency\b")
_SURNAME = re.compile(r"(?:(?:Mr|Mrs|Ms|Dr|Gen|Col)\.? )?(?P<name>[A-ZÀ-Þ][\w'-]{2,})\Z")


def _named_before(x: Source, state: Memory) -> Source | None:
    """The speaker a bare surname takes up: "Sobko said" after "HUR representative Andrii Sobko"."""
    m = _SURNAME.match(x.name)
    if m is None or x.type in ("outlet", "agency", "data", "document") or m.group("name") in state.firms.names:
        return None
    for _, chain in reversed(state.spoken):
        for s in reversed(chain):
            if s.name != x.name and s.type not in ("outlet", "agency") and m.group("name") in s.name.split()[1:]:
                return replace(s, cue=x.cue, explicit=False)
    return None


_PERSON = re.compile(r"[A-ZÀ-Þ][\w'-]+(?: [A-ZÀ-Þ][\w'.-]*){1,2}")


def _a_person(x: Source, state: Memory) -> bool:
    """True for "Rolf Hansen said": two or three names that no rule knows for a firm are a person."""
    name = x.firm or ""
    return bool(
        _PERSON.fullmatch(x.name)
        and name not in state.firms.names
        and name not in tables.makers()
        and not any(name in aliases for aliases, _ in tables.makers().values())
        and not actors.has_form(name)
    )


_REPORT_REACH = 20  # sentences: "the report" of a short article is one report


def _antecedent(x: Source, index: int, state: Memory) -> list[Source]:
    low = x.name.lower()
    media = re.search(
        r"newspaper|magazine|paper|outlet|agency|broadcaster|network|publication|article|report|study|investigation|analysis",
        low,
    )
    for at, chain in reversed(state.spoken):
        if index - at > (_REPORT_REACH if media else 6):
            break
        if low.endswith("agency") and (body := [s for s in chain if s.type != "agency" and _AGENCY.search(s.name)]):
            return [replace(s, cue=x.cue, explicit=False) for s in body]  # an intelligence agency, no news agency
        if media:
            papers = [s for s in chain if s.type in ("outlet", "agency") and s.name != state.own]
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
        people = [s for s in chain if not s.type.startswith(("outlet", "agency", "data", "document"))]
        if not people and low in ("he", "she"):
            continue  # records are no "he"
        people = people or list(chain)
        head = re.sub(r"(?i)\A(?:the|mr|mrs|ms)\b\.?\s*", "", low)
        if (
            x.type == "definite"
            and head not in ("ministry", "official", "adviser", "advisor", "source", "sources", "officials", "minister")
            and not any(head in s.name.lower() for s in people)
        ):
            continue
        if x.type == "definite" and not any(head.rstrip("s") in s.name.lower() for s in people):
            continue
        return [replace(s, cue=x.cue, explicit=False) for s in people]
    if re.search(r"company|firm|manufacturer|maker", low) and state.firms.order:
        firm_name = state.firms.order[-1]
        return [
            Source(
                firm_name, "company", x.cue, explicit=False, firm=firm_name, country=state.firms.country.get(firm_name)
            )
        ]
    if x.type == "pronoun" and state.claims and (low.startswith(("it", "they"))):
        actor = state.claims[-1][1]["supplier"]
        if actor and index - state.claims[-1][0] <= REACH:
            if actor in state.firms.order:
                return [
                    Source(actor, "company", x.cue, explicit=False, firm=actor, country=state.firms.country.get(actor))
                ]
            return [Source(actor, "government", x.cue, explicit=False, country=actor)]
    head = re.sub(r"(?i)\A(?:the|its|their|mr|mrs|ms)\b\.?\s*", "", x.name)
    if x.type == "definite" and head and re.search(r"ministry|official|minister|adviser|advisor|spokes", head):
        kind = "government" if "ministry" in head else "official"
        return [Source(head, kind, x.cue, country=state.claims[-1][1]["recipient"] if state.claims else None)]
    if x.type == "definite" and re.search(r"data|records|figures", head):
        return [Source(head, "data", x.cue)]
    if x.type == "definite" and re.search(
        r"(?i)\b(?:documents?|papers|files|contracts|invoices|emails|letters)\Z", head
    ):
        return [Source(head, "document", x.cue)]
    return []


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
            if s.section == "body" and _BASED_ON.search(view.text, s.start, s.end)
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


def _states(parties: Sequence[str | None], state: Memory) -> set[str]:
    """The parties named in two slots and the home states of those that are firms."""
    named = {n.strip() for p in parties if p for n in (p, *re.split(r",| and ", p))}
    homes = {tables.makers().get(p, ((), ""))[1] or state.firms.country.get(p) for p in named}
    return named | {h for h in homes if h}


_EXAMINED = re.compile(
    r"(?i)\b(?:UN|U\.N\.|United Nations|panel|committee|audit\w*|inspect\w*|parliament\w*|security council|monitors)\b"
)
# what a party does, and nobody else: it admits, it confirms
_ADMITTED = re.compile(r"(?i)(?:acknowledge|admit|concede|confirm)(?:s|d|ed|ted|ting|ing)?\Z")
_OUTSIDE = re.compile(
    r"(?i)\b(?:former|ex-|retired|media|press reports?|television|newspapers?|prosecutors?|lawmakers?|opposition|court|analysts?)\b|\bTV\b"
)
_DEALS_OF_TWO = frozenset({"supply", "order", "request", "route"})
_REPORT = re.compile(r"(?i)(?:(?!by\b|of\b|from\b|that\b)[\w'-]+\s){0,4}reports?\b")


def stance_of(
    chain: tuple[Source, ...],
    supplier: str | None,
    recipient: str | None,
    state: Memory,
    *,
    denied: bool,
    hedge: str | None,
    passive: str | None,
    kind: str,
) -> str:
    if denied:
        return "denied"
    root = chain[-1]
    if hedge:
        return "hedged"
    if len(chain) == 1 and state.country and not passive and state.country in _states((supplier, recipient), state):
        return (
            "party_confirmed"  # the text is the party's own statement, or that of the government of a firm that is one
        )
    if len(chain) == 1:
        return "alleged" if passive else "outlet_asserted"
    if root.type == "document" and _REPORT.match(root.name) and not _EXAMINED.search(root.name):
        return "alleged"  # a report is what its authors say, not a record of the deal
    if root.type in {"data", "document"}:
        return "documented"
    if root.type.split("+")[0] in _PARTY_FREE or root.type == "anonymous":
        return "alleged"
    if any(x.type.endswith("anonymous") for x in chain[1:-1]):
        return "alleged"  # what a person nobody knows tells of a party is not that party's word
    parties = {p for p in (supplier, recipient) if p}
    parties |= {n.strip() for p in parties for n in re.split(r",| and ", p)}
    home = {tables.makers().get(p, ((), ""))[1] or state.firms.country.get(p) for p in parties} - {None, ""}
    if root.firm and (state.firms.names.get(root.firm, root.firm) in parties or root.firm in parties):
        return "party_confirmed"
    own_state = root.country is None and re.search(
        r"(?i)\b(?:minister\b(?!'s| of the)|ministry|ministries|president\b|army\Z|government\Z)",
        root.name,
    )
    if (
        own_state
        and len(parties) > 0
        and kind in ("supply", "order", "restriction", "request", "production", "route", "use", "stock")
    ):
        return "party_confirmed"
    if _OUTSIDE.search(root.name) or (root.cue or "").startswith("accus"):
        return "alleged"  # the press of a state, one who has left office, one who accuses: no party's word
    if root.country in parties | home and root.country and root.type.split("+")[0] in ("government", "official"):
        return "party_confirmed"
    if root.type == "company" and root.country in home and root.firm is None:
        return "party_confirmed"
    if (
        root.country is None
        and root.cue
        and _ADMITTED.fullmatch(root.cue)
        and root.type in ("official", "government", "company")
        and kind in _DEALS_OF_TWO
    ):
        return "party_confirmed"
    if root.type == "company" and root.firm:
        firm = state.firms.names.get(root.firm, root.firm)
        at_home = state.firms.country.get(firm) or tables.makers().get(firm, ((), ""))[1]
        if at_home and at_home in (supplier, recipient):
            return "party_confirmed"  # its state stands in its slot
        if (supplier is None) != (recipient is None) and kind in _DEALS_OF_TWO:
            return "party_confirmed"  # a firm that speaks of a deal with one side unnamed is that side
    return "alleged"
