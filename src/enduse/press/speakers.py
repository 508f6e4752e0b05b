"""What a noun phrase that speaks is: outlet, official, firm, records, expert, nobody by name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from enduse.reference import press_tables as tables

from . import actors
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


_PAPER = re.compile(
    r"(?:[Tt]he )?(?P<name>(?:[A-Z][\w'.-]+ ){1,3}(?:Gazette|Times|Post|News|Herald|Tribune|Journal|Daily|Chronicle|Ledger|Observer|Star|Mail|Telegraph|Guardian|Press|Monitor|Review|Weekly|Magazine|TV|Radio|Courier|Standard|Mirror|Pravda|Zeitung|Today|Independent|Wire|Dispatch|Examiner|Inquirer|Bulletin|Echo|Globe))\b"
    r"(?!\s(?:Initiative|Project|Institute|Group|Cent(?:re|er)|Network|Foundation|Association|Forum|Consortium|Council)\b)"
)


_DATA = re.compile(
    r"(?i)\b(?:data|records?|declarations?|figures|statistics|database|filings?|manifests?|invoices?|(?:annual )?accounts|bills of lading|satellite (?:images?|imagery|pictures|photos)|packing lists?|waybills?|listings|websites?|catalogues?|price lists?|ledgers?|bills? of lading|registers?|logbooks?|receipts|spreadsheets?|order books?|(?:shipping|sales|flight|bank|tax|payment|warehouse) logs?)\b"
)


_DOCUMENT = re.compile(
    r"(?i)\b(?:reports?|study|analysis|minutes of|memorandum|export licen[cs]es?|correspondence|court (?:papers|file|filings?)|indictment|documents?|brief|assessments?|memo|letter|files|emails|papers?|investigation|survey|dossier|review|article|contracts?|statement)\b"
)


_ANONYMOUS = re.compile(
    r"(?i)\b(?:(?-i:sources?|(?<!\w )Sources?)|people|persons?|insiders?|anonymity|defectors?|hauliers?|brokers?|drivers?|workers?|traders who|smugglers?|residents?|locals|witness(?:es)?|whistle-?blowers?|familiar with|diplomats?|employees?|staff members?|someone|those with knowledge)\b"
)


_OFFICIAL = re.compile(
    r"(?i)\b(?:officials?|ministers?|spokes(?:man|woman|person)|president|prime minister|secretary|advis[eo]r|chief|general|ambassador|envoy|lawmakers?|senators?|commander|governor|director|chancellor|foreign minister|representative|rapporteur|inspectors?|investigators?|auditors?|regulators?|prosecutors?|police|mr|mrs|ms|chiefs|spies|spooks|snoops|spymasters?|bosses|mandarins|deputy|attach[eé]|negotiators?|aides?|authorities)\b"
)


_BODY = re.compile(
    r"(?i)\b(?:ministry|ministries|government|governments|kremlin|foreign office|state department|pentagon|white house|intelligence|agency|service|army|military|mission|delegation|junta|administration|air force|navy|coast guard|border guard|cabinet|chancellery|presidency|prosecutor's office|parliament|commission|council|treasury|leadership|embassy|regime|department|bank|institute of statistics|customs|authorities|authority|bureau|directorate|secretariat|chamber|bundestag|congress|senate|council|court|ministers|union|nato)\b"
)


# a ministry's spokesman speaks for no company
_STATE_OFFICE = re.compile(
    r"(?i)\b(?:ministry|government|kremlin|army|military|embassy|intelligence|president|commission|department)\b"
)


_EXPERT = re.compile(
    r"(?i)\b(?:experts?|analysts?|researchers?|think[- ]tanks?|institute|professor|university|research group|scholars?|observers?|campaigners?|center|centre|foundation|ngos?|non-governmental|watchdogs?|monitors?|initiative|think tank|charity|coalition|advocacy|research(?:er)? group|network|project|school|college|academy|consultancy|consultants?|market researchers?|volunteers?|activists?|bloggers?)\b"
)


_COMPANY = re.compile(
    r"(?i)\b(?:owner|co-founder|founder|managing director|sales manager|company|firm|manufacturer|maker|chief executive|ceo|exporter|producer|importer|trader|spokes\w+ for)\b"
)


_PRONOUN = re.compile(
    r"(?i)\A(?:it|he|she|they|its figures|their figures|(?:one|two|three|both|some|most|others?) of (?:them|these|those)|both|others)\Z"
)


_DEFINITE = re.compile(
    r"(?i)\A(?:the|this|that|its|their|mr|mrs|ms)\b\s*(?:own\s+)?(?P<head>newspaper|magazine|paper|report|study|article|outlet|agency|broadcaster|network|publication|investigation|analysis|ministry|company|firm|manufacturer|adviser|advisor|official|diplomat|spokesman|spokeswoman|minister|document|brief|data|records|figures|source|sources|officials|statement|think tank|group|institute)?\b"
)


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
        if _PAPERS_OF.match(np):
            return Source(bare, "document", cue, country=country)  # "A contract leaked and published by AFP"
        return None
    definite = _DEFINITE.match(np)
    if definite and definite.group("head") and definite.end() >= len(np) - 1:
        return Source(np, "definite", cue, explicit=False)
    if m := re.match(r"(?i)mr\.? |mrs\.? |ms\.? ", np):
        return Source(np[m.end() :], "official", cue)
    if _EVIDENCE_FIRST.match(np):
        kind = "document" if _PAPERS_FIRST.match(np) else "data"
        return Source(bare, kind, cue, country=country)
    if _ANONYMOUS.search(np) and not re.search(r"(?i)\bpeople's\b", np):
        both = "official+anonymous" if _OFFICIAL.search(np) and "diplomat" not in np else "anonymous"
        return Source(bare, both, cue, unnamed=True, country=country)
    if _DATA.search(np):
        return Source(bare, "data", cue, country=country)
    if re.match(
        r"(?i)(?:the |leaked |internal |court |company )*(?:documents|files|emails|papers|contracts|letters|memos|invoices)\b",
        np,
    ):
        return Source(bare, "document", cue, country=country)
    speaks = re.search(r"(?i)spokes\w+ for|chief executive|ceo\b", np)
    if _COMPANY.search(np) and (not _BODY.search(np) or (speaks and not _STATE_OFFICE.search(np))):
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
    if country and actors.has_form(np) and not _BODY.search(np):
        return Source(bare, "company", cue, country=country, firm=_firm(np))
    if country and len(words) <= 4:
        return Source(bare, "government", cue, country=country)
    firm = _firm(np)
    if firm and _ROLE_BEFORE_NAME.match(np) and not _TRADING.search(np):
        return Source(bare, "expert", cue)  # "exiled former colonel Rafael Ibarra": a person, and no firm
    if firm and len(words) <= 6 and np[:1].isupper():
        return Source(bare, "company", cue, firm=firm)
    return None


_PAPERS_OF = re.compile(
    r"(?i)(?:the |an? |leaked |internal |secret |confidential |procurement |court )*(?:contracts?|documents?|e-?mails?|letters?|memos?|papers|minutes|licen[cs]es?|files)\s(?:\w+\s){0,4}(?:by|to|from|seen|obtained)\b"
)
# papers or records at the head: whoever they were leaked to, they are the source
_PAPERS_FIRST = re.compile(
    r"(?i)(?:the |leaked |internal |secret |confidential |company |court )*(?:e-?mails|documents|files|letters|memos|papers)\b"
)
_EVIDENCE_FIRST = re.compile(
    r"(?i)(?:the |leaked |internal |secret |confidential |company |court |customs |shipping |import |export |trade )*"
    r"(?:e-?mails|documents|files|letters|memos|papers|records|data|manifests|invoices)\s(?:leaked|passed|given|handed|shown|provided|supplied|made available)\b"
)
# one or more words in small letters, then two or three names
_ROLE_BEFORE_NAME = re.compile(
    r"(?:[A-Z]?[a-z-]+\s)*(?!of\s|the\s|and\s|for\s)[a-z-]{3,}\s(?:[A-ZÀ-Þ][\w'-]+\s){1,2}[A-ZÀ-Þ][\w'-]+\Z"
)
_TRADING = re.compile(
    r"(?i)\b(?:dealer|trader|supplier|group|plant|factory|shipyard|distributor|broker|shipper|operator|airline|carrier|bank|shop|retailer|based|giant|brand|subsidiary|developer|start-?up|builder|contractor|conglomerate|holding)\b"
)


def _named(np: str) -> bool:
    """True where the phrase holds a person's name: two capitalised words that are no state."""
    rest = np
    for h in reversed(actors.states(np, tokens(np))):
        rest = rest[: h.start] + rest[h.end :]
    return bool(re.search(r"[A-Z][\w'-]+ [A-Z][\w'-]+", rest))


_SPEAKS_FOR = re.compile(
    r"(?P<firm>[A-ZÀ-Þ][\w&-]*(?: [A-ZÀ-Þ][\w&-]*){0,3})'s? (?:\w+ ){0,2}(?:owner|co-founder|founder|director|chief|head|manager|chairman|chairwoman|spokes\w+|lawyer|ceo|executive|boss)\b"
)


_NO_FIRM = frozenset(
    """our my your their his her its we they he she it this that these those last next one two three some many most both all each another mr mrs ms dr sir
    january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
    president minister general colonel professor prime deputy senior former""".split()
)


def _firm(np: str) -> str | None:
    if re.match(r"(?i)(?:its|their|his|her)\b", np):
        return None
    if (m := _SPEAKS_FOR.match(np)) and m.group("firm") not in actors.place_names():
        return m.group("firm")
    found = [m.group() for m in re.finditer(r"[A-ZÀ-Þ][\w&-]*(?: [A-ZÀ-Þ][\w&-]*)*", np)]
    found = [re.sub(r"\A(?:The|A|An)\s+", "", f) for f in found]
    named = [
        f
        for f in found
        if f not in actors.place_names()
        and not f.endswith(("-based", "-made", "-backed", "-owned"))
        and f not in ("The", "A", "An", "CEO")
        and not _COMPANY.fullmatch(f)
        and f.split()[0].lower().rstrip(".") not in _NO_FIRM
    ]
    return max(named, key=lambda f: len(f.split())) if named else None
