"""Whom a source means: the newspaper, the report, a surname or "it" turned into who was named before, and own data added to an outlet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from enduse.reference import press_tables as tables

from . import actors, attribution
from .memory import REACH, Memory
from .speakers import Source, classify
from .speech import Said
from .text import Token


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


BASED_ON = re.compile(
    r"(?i)\b(?:report|study|analysis|brief|paper|findings|survey|investigation|research|estimates?|calculations?)\b[^.;]{0,60}?\b(?:based on|rests? on|draws? on|drew on|rel(?:y|ies|ied) on|compiled from|drawn from)\s(?P<np>[^.,;]{3,80})"
)


def report_basis(shadow: str, state: Memory) -> Source | None:
    """The records a group's report is said to be based on, where the article says so of one report."""
    found = [
        x
        for s in state.article.sentences
        if s.section == "body"
        for m in BASED_ON.finditer(shadow, s.start, s.end)
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
