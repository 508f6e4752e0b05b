"""Who says so: the sources named in a sentence, what part of it they cover, and the key of the root they rest on.

A chain runs from this outlet over the outlets it quotes to the root (a person, a body, records). Definite words ("the
newspaper", "the report") and continuing sentences take the chain of a neighbour; such links are marked as not explicit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from anyascii import anyascii

from enduse.reference import press_tables as tables

from . import actors, stages
from .text import Token, tokens


@dataclass(frozen=True, slots=True)
class Source:
    """One link: `name` in words, `type` as in the schema, `cue`; `country` or `firm` where it may be a party."""

    name: str
    type: str
    cue: str | None
    explicit: bool = True
    country: str | None = None
    firm: str | None = None
    unnamed: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A chain (outermost first) covering [start, end) of the text; `mask` holds the words that attribute."""

    start: int
    end: int
    mask: tuple[tuple[int, int], ...]
    chain: tuple[Source, ...]
    passive: bool = False
    verb: str = ""


_PAPER = re.compile(
    r"(?:[Tt]he )?(?P<name>(?:[A-Z][\w'.-]+ ){1,3}(?:Gazette|Times|Post|News|Herald|Tribune|Journal|Daily|Chronicle|Ledger|Observer|Star|Mail|Telegraph|Guardian|Press|Monitor|Review|Weekly|Magazine|TV|Radio|Courier|Standard|Mirror|Pravda|Zeitung|Today|Independent|Wire|Dispatch|Examiner|Inquirer|Bulletin|Echo|Globe))\b"
)
_RANK = {"outlet": 0, "agency": 1, "document": 3, "data": 5}
_DATA = re.compile(r"(?i)\b(?:data|records?|declarations?|figures|statistics|database|filings?|manifests?|invoices?)\b")
_DOCUMENT = re.compile(
    r"(?i)\b(?:reports?|study|analysis|documents?|brief|assessments?|memo|letter|files|emails|paper|investigation|survey|dossier|review|article|contracts?|statement)\b"
)
_ANONYMOUS = re.compile(
    r"(?i)\b(?:sources?|people|persons?|insiders?|anonymity|familiar with|diplomats?|employee|someone|those with knowledge)\b"
)
_OFFICIAL = re.compile(
    r"(?i)\b(?:officials?|ministers?|spokes(?:man|woman|person)|president|prime minister|secretary|advis[eo]r|chief|general|ambassador|envoy|lawmakers?|senators?|commander|governor|director|chancellor|foreign minister|representative|prosecutors?|police|mr|mrs|ms)\b"
)
_BODY = re.compile(
    r"(?i)\b(?:ministry|government|kremlin|foreign office|state department|pentagon|white house|intelligence|agency|service|army|military|parliament|commission|council|treasury|leadership|embassy|regime|department|bank|institute of statistics|customs|authorities|union|nato)\b"
)
_EXPERT = re.compile(
    r"(?i)\b(?:experts?|analysts?|researchers?|think[- ]tanks?|institute|professor|university|research group|scholars?|observers?|campaigners?|center|centre|foundation|ngo)\b"
)
_COMPANY = re.compile(
    r"(?i)\b(?:company|firm|manufacturer|maker|chief executive|ceo|exporter|producer|importer|trader|spokes\w+ for)\b"
)
_PRONOUN = re.compile(r"(?i)\A(?:it|he|she|they|its figures|their figures)\Z")
_DEFINITE = re.compile(
    r"(?i)\A(?:the|this|that|its|their|mr|mrs|ms)\b\s*(?:own\s+)?(?P<head>newspaper|magazine|paper|report|study|article|outlet|agency|broadcaster|network|publication|investigation|analysis|ministry|company|firm|manufacturer|adviser|advisor|official|diplomat|spokesman|spokeswoman|minister|document|brief|data|records|figures|source|sources|officials|statement|think tank|group|institute)?\b"
)
_TRIM = re.compile(
    r"(?i)(?:\s|,|\b(?:has|have|had|both|all|also|earlier|previously|later|repeatedly|recently|however|meanwhile|then|first|already|further|separately|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|last (?:week|month|year|night)|this week|yesterday|is|was|were|for (?:its|his|her|their) part|did|does|in (?:january|february|march|april|may|june|july|august|september|october|november|december))\b)+\Z"
)
_LEAD = re.compile(
    r"(?i)\A(?:\s|,|\"|'|\b(?:however|earlier|meanwhile|but|and|yet|still|later|separately|in addition|for its part|in response|previously|last (?:week|month|year)|this week|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|while|as|a[s]? a result|the visit comes just weeks after|that|because|though|although|moreover|also|in \d{4}|in (?:january|february|march|april|may|june|july|august|september|october|november|december))\b)+"
)
_ACCORDING = re.compile(r"\b[Aa]ccording to\s+")
_CITING = re.compile(
    r"\b(?:citing|which cites?|cited|quoting|referring to|draws on|drew on|based on|drawing on|cites|examined|analysed|analyzed|reviewed|seen by|obtained by|obtained from)\s+"
)
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
_CONTINUES = re.compile(
    r"\A[\"']?(?:The (?:drone |arms )?(?:shipments?|exports?|deliver\w+|weapons|deal|order|contract|sales|shells|machines|goods|engines|missiles|drones|batteries|chips|supplies|components|batch|lathes|figures)|This|These|Those|It|They|Its|Their|He|She|At the same time|Most of|From there|Of these|Among|Both|In total|Another|Some of|Even|And|Furthermore|Moreover|Part of|Half of|More than half|The importer|The exporter|The buyer|The largest|Each|Three of)\b"
)


def sources(text: str, start: int, end: int, words: list[Token], section: str) -> list[Said]:
    """The chains of the sentence at [start, end), before definite words and neighbours are resolved."""
    found: list[Said] = []
    if section != "body":
        found += _headline(text, start, end)
    found += _according(text, start, end)
    found += _noun_claims(text, start, end)
    found += _spoken(text, start, end, words)
    found += _passive(text, start, end, words)
    return found


def _spoken(text: str, start: int, end: int, words: list[Token]) -> list[Said]:
    out = []
    hits = stages.find("say", text, words)
    for h in hits:
        verb = text[h.start : h.end].lower()
        if (
            text[h.start].isupper()
            and h.start > start
            and text[h.start - 1] == " "
            and text[h.start - 2 : h.start - 1] not in ".:!?\"'"
        ):
            continue  # "the United States": part of a name, no verb
        nxt = next((x for x in hits if x.start >= h.end), None)
        if nxt and nxt.start - h.end <= 1 and verb in ("reports", "report", "claims", "claim", "estimates", "cites"):
            continue
        after = text[h.end : end]
        before = text[start : h.start]
        if (
            re.search(
                r"(?:\b(?:the|a|an|of|its|their|his|from|these|those|by|follows|new|to|in|not|and|denie[sd]|reject(?:s|ed)|dismiss(?:es|ed)|refute[sd]|media|press)\s|-)\Z",
                before,
            )
            and verb in _NOUNISH
        ):
            continue
        if (
            re.search(r"\b(?:is|are|was|were|be|been|it|being)\s(?:\w+ly\s)?\Z", before)
            and verb.endswith(("ed", "id", "und", "own"))
            and not re.search(r"\bit\s\Z", before)
        ):
            continue
        if (
            verb in ("found", "identified", "read", "list", "shows", "show", "claims", "claim", "states", "believed")
            and re.match(r"\s(?:in|at|on|of|to be|by|an?)\b", after)
            and verb not in ("shows", "show")
        ):
            continue
        inverted = (
            re.search(r"[,\"']\s*\Z", before)
            and re.match(r"\s+[A-Z\w]", after)
            and verb in ("said", "says", "wrote", "told", "reported", "according", "claimed", "noted", "added")
        )
        if verb == "told" and not before.rstrip().endswith('"'):
            inverted = None  # "X, an exporter, told the paper": whom it told stands after it, never who told
        if (inverted and not re.match(r"\s+(?:in|on|at|that|it|he|she|they)\b", after) and "," in before) or (
            inverted and before.rstrip().endswith('"')
        ):
            stop = re.search(r"[.;]|,\s(?!\w+ (?:of|at|for|chief|executive|the|a)\b)|\Z", after)
            np = after[: min(stop.start() if stop else len(after), 110)].split(",")[0]
            tail_end = h.end + len(after[: stop.start()] if stop else after)
            src = classify(np, verb)
            if src:
                out.append(Said(start, h.start, ((h.start, tail_end),), src, verb=verb))
            continue
        m = _subject(before)
        if m is None:
            continue
        np_start, np = start + m[0], m[1]
        post = (
            bool(
                re.match(
                    r"(?:\s+(?:the )?[A-Z][\w.'& ]{1,60}?(?: and (?:the )?[A-Z][\w ]+)?)?(?:\s+(?:on|last|in|earlier|this)\s\w+(?:\s\w+)?)?\s*(?:[.,;!?\"']|\Z)",
                    after,
                )
            )
            and np_start > start + 12
        )
        src = classify(np, verb, heard=after[:60])
        if not src:
            continue
        if post:
            mask_end = h.end + re.match(r"[^.,;]*", after).end()  # type: ignore[union-attr]
            cover_start, cover_end, mask = start, np_start, (np_start, mask_end)
            if re.search(r"\bspeaking on condition\b|\banonymity\b", after):
                src = tuple(
                    replace(s, type="official+anonymous" if s.type == "official" else s.type, unnamed=True) for s in src
                )
                mask = (np_start, end)
        else:
            that = re.match(
                r"(?:\s+(?!that\b)(?:[A-Z][\w'.]*|the|lawmakers|reporters|journalists|and|parliament|a|news|conference|in|on|[A-Z]\w+day|last|week|month|year|Monday|yesterday))*(?:\s+that\b)?",
                after,
            )
            mask_end = h.end
            if that and re.search(r"\bthat\Z|told", that.group() if that.group().endswith("that") else ""):
                mask_end = h.end + that.end()
            elif verb == "told":
                mask_end = h.end + (that.end() if that else 0)
            elif w := re.match(r"\s+(?:in|on|last|earlier)\s+\w+(?:\s\w+)?\s+that\b", after):
                mask_end = h.end + w.end()
            if verb in ("accused", "accuses", "accusing"):
                mask_end = h.end
            cover_start, cover_end, mask = h.end, end, (np_start, mask_end)
        if any(o.mask[0][0] <= h.start < o.mask[0][1] for o in out):
            continue
        extra = _citing(text, mask[1] if post else h.end, end) or (_citing(text, np_start, h.start) if not post else ())
        masks: list[tuple[int, int]] = [mask]
        chain = src
        if extra:
            chain = (*src, *(s for s, _ in extra))
            masks += [span for _, span in extra]
        out.append(Said(cover_start, cover_end, tuple(masks), _ordered(chain), verb=verb))
    return out


_NOUNISH = frozenset(
    "report reports claims claim estimates estimate list states state shows read reads found reporting saying".split()
)


def _subject(before: str) -> tuple[int, str] | None:
    """Offset and words of the noun phrase before a verb of saying: back to the last boundary outside an apposition."""
    trimmed = _TRIM.sub("", before)
    if not trimmed.strip():
        return None
    cuts = [
        0,
        *(
            m.end()
            for m in re.finditer(
                # the comma in "Example Technology Co., Ltd." parts nothing
                r"(?:,(?!\s(?:Ltd|Limited|Inc|LLC|LLP|Corp|GmbH|S\.?A)\b)|[;:\"])\s+|\"|\s(?:but|while|that|because|after|as)\s|\sand\s(?=(?:the|it|he|she|they)\b)|\s–\s",
                trimmed,
            )
        ),
    ]
    for i in range(len(cuts) - 1, -1, -1):
        chunk = trimmed[cuts[i] :]
        lead = _LEAD.match(chunk)
        offset = cuts[i] + (lead.end() if lead else 0)
        np = trimmed[offset:].strip(" ,")
        if not np or len(np) > 150:
            continue
        if (
            re.match(r"(?:who|which|a|an|the|whose)\b", np)
            and i
            and "," in trimmed[cuts[i] - 2 : cuts[i]]
            and len(trimmed[: cuts[i]].split()) <= 4
            and re.search(r"\b[A-Z]\w+\Z", trimmed[: cuts[i]].rstrip(" ,"))
            and not re.match(
                r"the\s+(?:company|firm|ministry|report|study|data|newspaper|magazine|official|agency|adviser|defence|defense|foreign|group|[A-Z])",
                np,
            )
        ):
            continue
        if (
            i
            and re.match(r"[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,2}\Z", np)
            and re.search(
                r"(?i)\b(?:executive|director|minister|spokes\w+|president|head|chief|magazine|newspaper|agency|founder)\s*,\s*\Z",
                trimmed[: cuts[i]],
            )
        ):
            previous = cuts[i - 1]
            whole = trimmed[previous:].strip()
            if len(whole) < 110:
                return previous, whole
        return offset, np
    return None


def classify(np: str, cue: str, *, heard: str = "") -> tuple[Source, ...]:
    """Links of one noun phrase, outermost first; empty when it is no speaker."""
    np = re.sub(r"\s+", " ", np).strip(" ,\"'")
    np = re.split(r",\s(?=speaking|which|who)", np)[0]
    if not np or len(np) > 220 or re.match(r"(?:which|who|whom)\b", np):
        return ()
    words = tokens(np)
    if not words:
        return ()
    links: list[Source] = []
    papers = [h.value for h in actors.outlets(np, words) if isinstance(h.value, tables.Outlet)]
    heard_papers = (
        [h.value for h in actors.outlets(heard, tokens(heard)) if isinstance(h.value, tables.Outlet)]
        if cue in ("told", "tells", "telling", "informed")
        else []
    )
    if not papers and (m := _PAPER.search(np)) and not _OFFICIAL.search(np):
        papers = [tables.Outlet(m.group("name").removeprefix("The "), (), "outlet")]
    if not heard_papers and cue in ("told", "tells", "telling") and (m := _PAPER.match(heard.strip())):
        heard_papers = [tables.Outlet(m.group("name").removeprefix("The ").removeprefix("the "), (), "outlet")]
    for group in (heard_papers, papers):
        if group:
            kind = "agency" if all(p.type == "agency" for p in group) else "outlet"
            links.append(Source(" + ".join(dict.fromkeys(p.name for p in group)), kind, cue))
    source = _person(np, words, cue, bool(papers))
    if source:
        links.append(source)
    return tuple(links)


def _person(np: str, words: list[Token], cue: str, paper: bool) -> Source | None:
    country = actors.country_in(np, words)
    bare = np.removeprefix("the ").removeprefix("The ")
    if _PRONOUN.match(np):
        return Source(np, "pronoun", cue, explicit=False)
    if paper:
        for h in reversed(actors.outlets(np, words)):
            np = np[: h.start] + np[h.end :]
        if _ANONYMOUS.search(np):
            return Source(bare, "anonymous", cue, unnamed=True)
        if _DATA.search(np) and not re.match(r"(?i)the\b.*\b(?:report)", np):
            return Source(bare, "data", cue, country=country)
        return None
    definite = _DEFINITE.match(np)
    if definite and definite.group("head") and definite.end() >= len(np) - 1:
        return Source(np, "definite", cue, explicit=False)
    if m := re.match(r"(?i)mr\.? |mrs\.? |ms\.? ", np):
        return Source(np[m.end() :], "official", cue)
    if _ANONYMOUS.search(np) and not re.search(r"(?i)\bpeople's\b", np):
        both = "official+anonymous" if _OFFICIAL.search(np) and "diplomat" not in np else "anonymous"
        return Source(bare, both, cue, unnamed=True, country=country)
    if _DATA.search(np):
        return Source(bare, "data", cue, country=country)
    if _COMPANY.search(np) and (re.search(r"(?i)spokes\w+ for|chief executive|ceo\b", np) or not _BODY.search(np)):
        return Source(bare, "company", cue, country=country, firm=_firm(np))
    if _EXPERT.search(np):
        doc = "document+" if _DOCUMENT.search(np) and not re.match(r"(?i)(?:analysts?|experts?)\b", np) else ""
        return Source(bare, f"{doc}expert", cue, country=None)
    if _DOCUMENT.search(np):
        return Source(bare, "document", cue, country=country)
    if _OFFICIAL.search(np):
        return Source(bare, "official", cue, country=country, unnamed=not _named(bare))
    if _BODY.search(np):
        return Source(bare, "government", cue, country=country)
    owned = _firm(np) if re.match(r"[A-Z][\w ]+'s [A-Z]", np) else None
    if owned and owned not in actors.place_names():
        return Source(bare, "company", cue, country=country, firm=owned)
    if country and len(words) <= 4:
        return Source(bare, "government", cue, country=country)
    firm = _firm(np)
    if firm and len(words) <= 6 and np[:1].isupper():
        return Source(bare, "company", cue, firm=firm)
    return None


def _named(np: str) -> bool:
    """True where the phrase holds a person's name: two capitalised words that are no state."""
    rest = np
    for h in reversed(actors.states(np, tokens(np))):
        rest = rest[: h.start] + rest[h.end :]
    return bool(re.search(r"[A-Z][\w'-]+ [A-Z][\w'-]+", rest))


def _firm(np: str) -> str | None:
    if re.match(r"(?i)(?:its|their|his|her)\b", np):
        return None
    found = [m.group() for m in re.finditer(r"[A-ZÀ-Þ][\w&-]*(?: [A-ZÀ-Þ][\w&-]*)*", np)]
    found = [re.sub(r"\A(?:The|A|An)\s+", "", f) for f in found]
    named = [
        f
        for f in found
        if f not in actors.place_names()
        and not f.endswith(("-based", "-made", "-backed", "-owned"))
        and f not in ("The", "A", "An", "CEO")
        and not _COMPANY.fullmatch(f)
    ]
    return max(named, key=lambda f: len(f.split())) if named else None


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
            out.append(Said(start, end, (mask,), _ordered(tuple(chain))))
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
    if m := _HEAD_PREFIX.match(line):
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


def _citing(text: str, start: int, end: int) -> tuple[tuple[Source, tuple[int, int]], ...]:
    m = _CITING.search(text, start, end)
    if not m:
        return ()
    np = re.split(r"[.;]|,\s(?!and\b)", text[m.end() : end])[0]
    found = classify(re.sub(r"\Aby\s+", "", np), m.group().strip())
    return tuple((s, (m.start(), m.end() + len(np))) for s in found)


def _ordered(chain: tuple[Source, ...]) -> tuple[Source, ...]:
    return tuple(sorted(dict.fromkeys(chain), key=lambda s: _RANK.get(s.type.split("+")[0], 4)))


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
    if root.unnamed and root.type != "data":
        carrier = next((s.name for s in reversed(chain[:-1]) if s.type in ("outlet", "agency")), own)
        who = (
            f"{slug(root.country)}-officials"
            if root.country and root.type.startswith("official") and re.search(r"(?i)officials?\Z", root.name)
            else slug(root.name)
        )
        return f"{root.type.split('+')[0]}:{who}@{slug(carrier)}"
    kind = root.type.split("+")[-1]
    if kind == "official" and (m := re.search(r"(?:[A-Z][\w'-]+ )*(?P<last>[A-Z][\w-]+)(?=,|\Z)", root.name)):
        return f"official:{slug(m.group('last'))}"
    return f"{kind}:{slug(root.firm or root.name)}"


_STOPWORDS = frozenset("the a an of by from and for in on official his her its their mr mrs own".split())


def slug(words: str) -> str:
    """Lower-case words of a name joined by hyphens, without articles; "nobody" for nothing."""
    parts = [w for w in re.findall(r"[a-z0-9]+", anyascii(words).lower()) if w not in _STOPWORDS]
    return "-".join(parts[:8]) or "nobody"
