"""What figures rest on, said only after them: "The figures are taken from customs records" reaches back to the claims before."""

from __future__ import annotations

import re
from dataclasses import replace

from . import attribution, speakers, stages
from .articles import Sentence
from .memory import REACH, Claim, Memory
from .speakers import Source
from .speech import Said

_FIGURES = r"(?:figures|numbers|data|totals?|sums?|amounts|statistics|counts?|values)"
_TAKEN = re.compile(
    rf"(?i)\A[\"']?(?:all |both )?(?:the|these|those|its|their|all|both)\s(?:of (?:the|these|those)\s)?(?:[\w-]+\s)?{_FIGURES}\s"
    r"(?:(?:(?:are|is|were|was|have been)\s(?:all\s|largely\s|mainly\s)?(?:taken|drawn|derived|compiled|sourced|calculated|extracted|based|obtained|collected)"
    r"|comes?|came|stems?|derives?|rests?|draws?)\s(?:from|on|out of|using|with))\s"
    r"|\A(?:this|that|all this)\s(?:is|was)\s(?:shown|documented|recorded|borne out|confirmed)\s(?:by|in)\s"
    r"|\A(?:this|that|all this)\s(?:follows|emerges|comes)\sfrom\s"
)
_ACCORDING = re.compile(
    r"(?i)\A(?:all this is )?according to (?P<np>the(?:se)? (?:data|records|figures|declarations|filings))\b"
)


def reach_back(shadow: str, s: Sentence, index: int, said: list[Said], state: Memory) -> None:
    """Give the figures told just before sentence `index` the records it names, as an inherited link of their chains."""
    if s.section != "body":
        return
    source = _records(shadow, s, said)
    if source is None:
        return
    here = s.paragraph
    if index and state.article.sentences[index - 1].paragraph != here:
        here = state.article.sentences[index - 1].paragraph  # said in a line of its own
    for at, c in reversed(state.claims):
        if at >= index:
            continue
        if index - at > REACH or state.article.sentences[at].paragraph not in (here, s.paragraph):
            break
        if _open(c):
            if len(c["_chain"]) == 1:
                state.basis = source  # said of the text's own figures: those that follow rest on it too
            _rest_on(c, source, state)


def _records(shadow: str, s: Sentence, said: list[Said]) -> Source | None:
    """The records a sentence names as the base of what was told before it."""
    text = shadow[s.start : s.end]
    found: tuple[Source, ...] = ()
    if m := _TAKEN.match(text):
        phrase = re.split(
            r"[,.;]|\b(?:seen|obtained|reviewed|cited|published|compiled|that|which|for)\b", text[m.end() :]
        )[0]
        found = speakers.classify(phrase.strip(), m.group().split()[-1])
    elif m := _ACCORDING.match(text):
        # resolved where the text named the records before
        found = tuple(x for one in said for x in one.chain) or speakers.classify(m.group("np"), "according to")
    return next((replace(x, explicit=False) for x in found if x.type in ("data", "document")), None)


def _open(c: Claim) -> bool:
    """A claim with a figure that is not denied and does not already rest on records."""
    return (
        bool(c["quantity"] or c["value"] or c["counts"])
        and c["section"] == "body"
        and c["polarity"] != "denied"
        and c["_chain"][-1].type not in ("data", "document")
    )


def _rest_on(c: Claim, source: Source, state: Memory) -> None:
    chain = (*c["_chain"], source)
    c["_chain"], c["_unnamed"] = chain, source.unnamed
    c["attribution"] = [
        *c["attribution"],
        {"name": source.name, "type": source.type, "cue": source.cue, "explicit": False},
    ]
    c["root"] = source.name
    c["independent_root_key"] = attribution.key(source, chain, state.own)
    if c["stance"] in ("outlet_asserted", "alleged"):
        c["stance"] = "documented"
        c["status"] = stages.status(c["stage"], c["stance"])
