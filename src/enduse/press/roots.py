"""Mentions of one root in one article share a key: "the documents", "one of the people", "HUR representative Sobko".

A root is told more than once and seldom in the same words. Told as two, it would count as two sources. Three things make
two mentions one: they are the same body of state (or speak for it); the later and shorter is made of words of the earlier; or
it is a bare or definite word ("the records", "two of the people") for the only thing of its kind that was named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from . import stages
from .attribution import slug
from .bodies import Body, body_key, body_of, is_minister, office_of
from .memory import Claim, Memory
from .speakers import Source

_PEOPLE = frozenset(
    "people persons person source sources insiders traders dealers managers diplomats officials official".split()
)
_PAPERS = frozenset(
    "document documents paper papers contract contracts invoice invoices licence licences license licenses file files bills emails letters list lists".split()
)
_NUMBERS = frozenset("data records record figures statistics declarations database filings numbers".split())
_HEADS = _PEOPLE | _PAPERS | _NUMBERS
_ANY_PAPERS = frozenset("documents papers records".split())  # words for evidence of every sort
_ANY = frozenset("documents document papers files records data figures people sources".split())
_ANOTHER = re.compile(r"(?i)(?:another|a (?:second|third|different|further)|other|separate)\b")
# words of a mention that tell nothing of who or what it is
_EMPTY = frozenset(
    """the a an of by from and for in on to with at its their his her our this that these those who which one two three four five six seven several some many
    both all other another them said says seen obtained reviewed cited analysed analyzed collected compiled published familiar knowledge briefed direct
    matter unnamed anonymous senior former own new leaked internal newspaper magazine paper website outlet""".split()
)
_SHORT = re.compile(r"\((?P<short>[A-Z]{2,8})\)")


@dataclass(frozen=True, slots=True)
class _Mention:
    root: Source
    key: str
    body: Body | None
    words: frozenset[str]
    head: str


@dataclass(slots=True)
class _Root:
    """One root and the mentions of it, in order; `body` is the best told of theirs."""

    mentions: list[_Mention]
    body: Body | None

    @property
    def key(self) -> str:
        if self.body is not None and self.body[0]:
            return body_key(self.body)
        return self.mentions[0].key


def unify(claims: Sequence[Claim], state: Memory) -> None:
    """Give the claims of one article whose roots are one the same `independent_root_key`; in place."""
    told = [c for c in claims if c["section"] != "related_link"]
    first_person(told)
    short = _abbreviations([c["_chain"][-1] for c in told])
    mentions = {id(c): _mention(c, state, short) for c in told}
    own = _issuer(state, list(mentions.values()))
    known: list[_Root] = []  # the one spoken of last stands last
    of: dict[int, _Root] = {}
    for c in sorted(told, key=lambda c: c["section"] != "body"):  # a headline is read after its body
        m = mentions[id(c)]
        if own is not None and _own_voice(c, m, own):
            m = replace(m, key=body_key(own), body=own)
        near = known if c["section"] != "body" else list(reversed(known))
        root = next((r for r in near if _same_root(m, r)), None)
        if root is None:
            root = _Root([m], m.body)
        else:
            known.remove(root)
            root.mentions.append(m)
            root.body = max((b for b in (root.body, m.body) if b is not None), key=_telling, default=None)
        known.append(root)
        of[id(c)] = root
    for c in told:
        c["independent_root_key"] = of[id(c)].key


# "In 2019 we supplied eight engines": outside quotation marks, the text itself is a party
_WE = re.compile(
    r"\b[Ww]e\s(?:\w+\s){0,2}?(?:suppl(?:y|ied)|deliver(?:ed)?|s(?:old|ell)|shipped|export(?:ed)?|bought|ordered|purchased|manufactured?|produced?|stopped|received)\b"
)


def first_person(claims: Sequence[Claim]) -> None:
    """What a text says in the first person of one who deals is a party's word; in place. A magazine's "we found" is not."""
    for c in claims:
        if len(c["_chain"]) > 1 or c["stance"] != "outlet_asserted":
            continue
        plain = re.sub(r"[\"“][^\"”]*[\"”]?", "", c["sentence"])
        if m := _WE.search(plain):
            c["stance"] = "party_confirmed"
            c["status"] = stages.status(c["stage"], c["stance"])
            c["cues"] = [*(c["cues"] or []), m.group()]


def _telling(body: Body) -> int:
    return bool(body[0]) + bool(body[1])


def _issuer(state: Memory, mentions: Sequence[_Mention]) -> Body | None:
    """The body whose own statement the text is: by its masthead, else the body of its state that it names."""
    if state.country is None:
        return None
    own = office_of(state.own, state.country)
    if own is not None and own[1]:
        return own
    bodies = {m.body for m in mentions if m.body is not None and m.body[0] == state.country and m.body[1]}
    return bodies.pop() if len(bodies) == 1 else (state.country, "")


def _abbreviations(roots: Sequence[Source]) -> dict[str, Body]:
    """Short names the text explains: "Ukraine's military intelligence agency (HUR)"."""
    out = {}
    for r in roots:
        if (m := _SHORT.search(r.name)) and (body := body_of(r)):
            out[m.group("short")] = body
    return out


def _mention(c: Claim, state: Memory, short: dict[str, Body]) -> _Mention:
    chain: tuple[Source, ...] = c["_chain"]
    root = chain[-1]
    body = next((b for s, b in short.items() if re.search(rf"\b{s}\b", root.name)), None) or body_of(root)
    told = c["independent_root_key"]
    if body is not None and body[0]:
        told = body_key(body)
    if root.firm:
        root_firm = state.firms.names.get(root.firm, root.firm)
        told = f"company:{slug(root_firm)}" if root.type == "company" else told
    plain = re.split(r",| (?:that|who|which|with|familiar|briefed|close|seen|obtained|reviewed|cited)\b", root.name)[0]
    words = re.findall(r"[a-z][a-z-]+", plain.lower().replace("'s", ""))
    head = next((w for w in words if w in _HEADS), words[-1] if words else "")
    return _Mention(root, told, body, frozenset(_stem(w) for w in words if w not in _EMPTY), head)


def _own_voice(c: Claim, m: _Mention, own: Body) -> bool:
    """True where the body that issues a text speaks in it: in its own voice, by its name, or by its minister."""
    if len(c["_chain"]) == 1:
        return True
    if m.body is not None:
        return m.body[0] in (None, own[0]) and (not m.body[1] or not own[1] or m.body[1] == own[1])
    return m.root.type == "official" and is_minister(m.root) and m.root.country in (None, own[0])


def _same_root(m: _Mention, root: _Root) -> bool:
    """True where a mention is of a root told before."""
    if any(m.key == k.key for k in root.mentions):
        return True
    if m.body is not None or root.body is not None:
        return _same_body(m.body, root.body)
    return any(_one(m, k) for k in root.mentions)


def _one(later: _Mention, earlier: _Mention) -> bool:
    """True where two mentions, neither of a body of state, are of one root."""
    a, b = later.root, earlier.root
    kinds = {a.type.split("+")[0], b.type.split("+")[0]}
    if kinds <= {"data", "document"}:
        return _family(later, earlier)
    if kinds <= {"anonymous", "official"} and a.unnamed and b.unnamed:
        return _family(later, earlier)
    if kinds in ({"company"}, {"expert"}):
        return bool(later.words) and later.words <= earlier.words
    return False


def _same_body(a: Body | None, b: Body | None) -> bool:
    if a is None or b is None:
        return False
    if a[1] and b[1]:
        return a[1] == b[1] and (a[0] == b[0] or None in (a[0], b[0]))
    return a[0] == b[0]


def _family(later: _Mention, earlier: _Mention) -> bool:
    """True where the later mention is a bare word for the earlier ("the records", "two of the people"), or made of its words."""
    if _ANOTHER.match(later.root.name):
        return False
    if later.words - {_stem(later.head)} or later.head not in _HEADS:
        return bool(later.words) and later.words <= earlier.words
    if _stem(later.head) in earlier.words:
        return True
    if later.head in _ANY_PAPERS and earlier.head in _PAPERS | _NUMBERS:
        return True
    return later.head in _ANY and any({later.head, earlier.head} <= kind for kind in (_PEOPLE, _PAPERS, _NUMBERS))


def _stem(word: str) -> str:
    return word.removesuffix("s")
