"""Who says so: the sources named in a sentence, what part of it they cover, and the key of the root they rest on.

A chain runs from this outlet over the outlets it quotes to the root (a person, a body, records). Definite words ("the
newspaper", "the report") and continuing sentences take the chain of a neighbour; such links are marked as not explicit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from anyascii import anyascii

from . import actors, asides, stages
from .speakers import Source, classify
from .speech import Said, ordered, spoken
from .text import Token
from .trees import Tree

_ACCORDING = re.compile(r"\b[Aa]ccording to\s+")


_BY_NOUN = re.compile(
    r"\b(?:claims?|assessments?|estimates?|allegations?|statements?|comments?|warnings?|accusations?|report|reports|investigation|analysis|study)\s+(?:by|from|of)\s+(?P<np>[^.;]*?)\s*,?\s+that\b"
)


_REPORTED_BY = re.compile(
    r"\b(?:was|were|been)?\s*(?:first\s+)?(?:reported|revealed|published|disclosed)\s+(?:in|by)\s+"
)


_TAIL = re.compile(r"\s[–-]\s(?P<tail>[^–]{2,48})\Z")


_SAYS_TAIL = re.compile(
    r",\s+(?P<inv>says?|say|according to)?\s*(?P<np>[A-Z]?[\w' -]{2,40}?)(?:\s+(?P<post>says?|shows?|show|say|reports?|suggests?))?\Z"
)


_HEAD_PREFIX = re.compile(r"\A(?P<np>Media|Report|[A-Z][\w .'-]{1,30}):\s")


_OWN_WORK = re.compile(
    r"(?i)\b(?:examined|analy[sz]ed|reviewed|studied|obtained|compiled|combed through|sifted through|went through|gained access to|has seen|have seen)\s(?P<np>[^.,;]{0,60}?\b(?:data|records|declarations|filings|documents|invoices|statistics|contracts|database|manifests)\b)"
)


_CONTINUES = re.compile(
    r"\A[\"']?(?:The (?:drone |arms )?(?:shipments?|exports?|deliver\w+|weapons|deal|order|contract|sales|shells|machines|goods|engines|missiles|drones|batteries|chips|supplies|components|batch|lathes|figures)|This|These|Those|It|They|Its|Their|He|She|At the same time|Most of|From there|Of these|Among|Both|In total|In (?:exchange|return),? [\w ]{2,30}would\b|Under the (?:deal|contract|agreement|plan|terms)|As part of the (?:deal|contract)|The (?:first|second|next|last|remaining|other) (?:\\w+ )?(?:batch|shipment|delivery|consignment|tranche|order|of them)|Another|Some of|Even|And|Furthermore|Moreover|Part of|Half of|More than half|The importer|The exporter|The buyer|The largest|Each|Three of)\b"
)


def sources(text: str, start: int, end: int, words: list[Token], section: str, tree: Tree | None = None) -> list[Said]:
    """The chains of the sentence at [start, end), before definite words and neighbours are resolved."""
    found: list[Said] = []
    if section != "body":
        found += _headline(text, start, end)
    found += _according(text, start, end)
    found += _noun_claims(text, start, end)
    found += spoken(text, start, end, words, tree)
    found += _put_at(text, start, end)
    found += asides.told(text, start, end)
    if tree is not None:
        found += asides.recorded(text, end, tree, found)
        found += asides.denied(text, end, words, tree, found)
    if not found:
        found += _looked_at(text, start, end)
    found += _passive(text, start, end, words)
    return found


_PUT_AT = re.compile(
    r"(?P<np>[^,;.]{2,80}?)\s(?:has\s|have\s|had\s)?puts?\s(?P<what>[^;.]{3,140}?)\sat\s(?=[\d$€£]|about|around|some|nearly|almost|more|over|up to|between|at)"
)


def _put_at(text: str, start: int, end: int) -> list[Said]:
    """Who puts a figure at so many says it: "He put sales to Turkey at 1,900 tonnes"."""
    m = _PUT_AT.match(text, start, end)
    chain = classify(m.group("np"), "put") if m else ()
    return [Said(m.end("np"), end, ((m.start(), m.end("np")),), chain, verb="put")] if m and chain else []


_LOOKED_AT = re.compile(
    r"(?P<np>[A-Z][^,.;:]{3,80}?\b(?:data|records|documents|invoices|contracts|figures|statistics|declarations|manifests|licen[cs]es|emails|images|imagery))\s"
    r"(?:reviewed|seen|obtained|examined|analy[sz]ed|studied|compiled|collected|published)\sby\s(?P<by>[^,.;:]{2,40}?)(?=\s[a-z]+\b)"
)


def _looked_at(text: str, start: int, end: int) -> list[Said]:
    """Records that open a sentence and that somebody has gone through, whatever they are said to do ("... bear this out")."""
    m = _LOOKED_AT.match(text, start, end)
    if m is None:
        return []
    chain = (*classify(m.group("by"), "seen by"), *classify(m.group("np"), "reviewed"))
    return [Said(start, end, ((m.start(), m.end()),), ordered(chain))] if chain else []


def _according(text: str, start: int, end: int) -> list[Said]:
    out = []
    for m in _ACCORDING.finditer(text, start, end):
        rest = text[m.end() : end]
        stop = len(rest)
        for c in re.finditer(r",|;|\.(?=\s|\Z)|\"|–|\sthat\s(?=\w+ (?:is|are|was|has|have|had)\b)", rest):
            if c.group() == "," and re.match(r",\s(?:which|who)\s", rest[c.start() :]):
                continue
            stop = c.start()
            break
        np = rest[:stop]
        parts = re.split(r",\swhich\s(?:cites|is based on|draws on)\s", np)
        if parts[0].strip() == np.strip() and (w := re.match(r",\swhich cites ([^,]+)", rest[stop:])):
            parts, stop = [np, w.group(1)], stop + w.end()
        chain: list[Source] = []
        for part in parts:
            body = re.split(
                r"\b(?:seen by|obtained by|reviewed by|cited by|quoted by|published by|compiled by)\b\s*", part
            )
            chain += classify(body[0], "according to")
            for extra in body[1:]:
                chain = [*classify(extra, "seen by"), *chain]
        if not chain:
            chain = (
                [Source(np.strip(), "expert", "according to")]
                if np.strip()[:1].isupper() or np.startswith("the ")
                else []
            )
        if chain:
            mask = (m.start(), m.end() + stop)
            out.append(Said(start, end, (mask,), ordered(tuple(chain))))
    return out


def _noun_claims(text: str, start: int, end: int) -> list[Said]:
    out = []
    for m in _BY_NOUN.finditer(text, start, end):
        chain = classify(m.group("np"), m.group(0).split()[0].lower())
        if chain and not re.search(r"\b(?:\w+ed|found|says?|shows?|said)\Z", m.group("np")):
            out.append(Said(m.end(), end, ((m.start(), m.end()),), chain))
    for m in _REPORTED_BY.finditer(text, start, end):
        np = re.split(r"[,.;]", text[m.end() : end])[0]
        chain = classify(np, "reported")
        if chain:
            out.append(Said(start, m.start(), ((m.start(), m.end() + len(np)),), chain))
    return out


def _passive(text: str, start: int, end: int, words: list[Token]) -> list[Said]:
    return [
        Said(start, end, (), (), passive=True, verb=text[h.start : h.end])
        for h in stages.find("passive_say", text, words)
    ]


_COLON_TAIL = re.compile(r"(?<=[\w\"')]):\s(?P<tail>[^:,]{2,36})\Z")  # "... since coup: UN expert"


_RUBRIC = re.compile(
    r"(?i)(?:special report|exclusive|analysis|explainer|explained|opinion|comment|update|updated|breaking|live|video|watch|fact.?check|factbox|insight|investigation|revealed|interview|editorial|timeline|podcast|long read|feature|profile|in brief|briefing)\b[^:]{0,12}:"
)


def _headline(text: str, start: int, end: int) -> list[Said]:
    line = text[start:end]
    if m := _TAIL.search(line):
        chain = classify(m.group("tail"), "–")
        if chain:
            return [Said(start, start + m.start(), ((start + m.start(), end),), chain)]
    if (m := _SAYS_TAIL.search(line)) and (m.group("inv") or m.group("post")):
        chain = classify(m.group("np"), (m.group("inv") or m.group("post")).strip())
        if chain:
            return [Said(start, start + m.start(), ((start + m.start(), end),), chain)]
    if (m := _COLON_TAIL.search(line)) and not _HEAD_PREFIX.match(line):
        chain = classify(m.group("tail"), ":")
        if chain and chain[-1].type != "company":
            return [Said(start, start + m.start(), ((start + m.start(), end),), chain)]
    if (m := _HEAD_PREFIX.match(line)) and not _RUBRIC.match(line):
        np = m.group("np")
        chain = (
            (Source("media", "outlet", ":", unnamed=True),)
            if np in ("Media", "Report")
            else classify(np, ":")
            if len(np.split()) <= 2 and "'" not in np
            else ()
        )
        if chain:
            return [Said(start + m.end(), end, ((start, start + m.end()),), chain)]
    return []


def own_work(text: str, start: int, end: int, words: list[Token], own: str) -> Source | None:
    """The records an outlet says it has gone through itself ("Nikkei examined customs data", "we reviewed ...")."""
    m = _OWN_WORK.search(text, start, end)
    if m is None:
        return None
    before = text[start : m.start()].strip()
    papers = [h for h in actors.outlets(text, words) if h.end <= m.start()]
    if not (
        papers
        or re.search(
            r"(?i)\b(?:we|the (?:newspaper|paper|magazine|outlet|agency|broadcaster|reporters|journalists|investigators|authors|researchers))(?: have| has)?\Z",
            before,
        )
        or (len(before.split()) <= 8 and own in before)
    ):
        return None
    found = classify(m.group("np"), m.group().split()[0].lower())
    return next((replace(x, explicit=False) for x in found if x.type in ("data", "document")), None)


def continues(sentence: str) -> bool:
    """True where a sentence carries on what the one before it reported."""
    return bool(_CONTINUES.match(sentence))


def key(root: Source, chain: Sequence[Source], own: str) -> str:
    """Key of a root. Unnamed sources are tied to the outlet that quotes them: two of them are never known to be one."""
    if root.type in ("outlet", "agency"):
        return f"outlet:{slug(root.name)}"
    if (root.type == "data" and "customs" in root.name.lower()) or (
        root.type == "data" and re.search(r"(?i)\b(?:import|export) declarations|trade (?:data|records)", root.name)
    ):
        return f"data:customs:{slug(root.country or root.name)}"
    if root.type in ("data", "document") and root.country is None and not re.search(r"[A-Z]", root.name[1:]):
        carrier = next((s.name for s in reversed(chain[:-1]) if s.type in ("outlet", "agency")), own)
        return f"{root.type}:{slug(root.name)}@{slug(carrier)}"  # "leaked invoices" of two outlets may be two heaps
    if root.unnamed and root.type != "data":
        carrier = next((s.name for s in reversed(chain[:-1]) if s.type in ("outlet", "agency")), own)
        who = (
            f"{slug(root.country)}-officials"
            if root.country and root.type.startswith("official") and re.search(r"(?i)officials?\Z", root.name)
            else slug(root.name)
        )
        return f"{root.type.split('+')[0]}:{who}@{slug(carrier)}"
    kind = root.type.split("+")[-1]
    if kind == "government" and root.country is None and _SOMEBODY.fullmatch(root.name):
        return f"government:{slug(root.name)}@{slug(own)}"  # "the government" of a state that is not told
    if kind == "official" and (m := re.search(r"(?:[A-Z][\w'-]+ )*(?P<last>[A-Z][\w-]+)(?=,|\Z)", root.name)):
        return f"official:{slug(m.group('last'))}"
    return f"{kind}:{slug(root.firm or root.name)}"


_SOMEBODY = re.compile(
    r"(?i)(?:(?:the|its|their|our)\s)?(?:\w+\s)?(?:government|ministry|military|army|authorities|regime|police|presidency|parliament|cabinet|agency|service|customs)"
)


def nobody(own: str) -> str:
    """Key of what an outlet says is said, and does not say by whom ("is said to"): neither its own word nor a source's."""
    return f"anonymous:nobody@{slug(own)}"


_STOPWORDS = frozenset("the a an of by from and for in on official his her its their mr mrs own".split())


def slug(words: str) -> str:
    """Lower-case words of a name joined by hyphens, without articles; "nobody" for nothing."""
    parts = [w for w in re.findall(r"[a-z0-9]+", anyascii(words).lower()) if w not in _STOPWORDS]
    return "-".join(parts[:8]) or "nobody"
