"""Verbs of saying: who is their subject and what part of the sentence they cover."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from . import sayers, stages
from .speakers import Source, classify
from .text import Token
from .trees import Tree


@dataclass(frozen=True, slots=True)
class Said:
    """A chain (outermost first) covering [start, end) of the text; `mask` holds the words that attribute."""

    start: int
    end: int
    mask: tuple[tuple[int, int], ...]
    chain: tuple[Source, ...]
    passive: bool = False
    verb: str = ""


RANK = {"outlet": 0, "agency": 1, "document": 3, "data": 5}


_TRIM = re.compile(
    r"(?i)(?:\s|,|\b(?:has|have|had|always|consistently|categorically|flatly|firmly|strongly|publicly|privately|both|all|also|earlier|previously|later|repeatedly|recently|however|meanwhile|then|first|already|further|separately|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|last (?:week|month|year|night)|this week|yesterday|is|was|were|for (?:its|his|her|their) part|did|does|in (?:january|february|march|april|may|june|july|august|september|october|november|december))\b)+\Z"
)


_LEAD = re.compile(
    r"(?i)\A(?:\s|,|\"|'|\b(?:however|earlier|meanwhile|but|and|yet|still|later|separately|in addition|for its part|in response|previously|last (?:week|month|year|night)|this week|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|while|as|a[s]? a result|the visit comes just weeks after|that|because|though|although|moreover|also|in \d{4}|in (?:january|february|march|april|may|june|july|august|september|october|november|december))\b)+"
)


_CITING = re.compile(
    r"\b(?:citing|which cites?|cited|quoting|referring to|draws on|drew on|based on|drawing on|cites|examined|analysed|analyzed|reviewed|seen by|obtained by|obtained from|(?:learned|learnt|heard|been told) (?:from|by)|as cited by|quoted by)\s+"
)


_DEALING = re.compile(
    r"\s(?:(?:a|an|the|its|their|another|new|several|two|three)\s)?(?:[\w-]+\s){0,3}(?:contracts?|deals?|agreements?|orders?|talks|negotiations|purchase|tender)\b(?!\sthat)"
)


def spoken(text: str, start: int, end: int, words: list[Token], tree: Tree | None = None) -> list[Said]:
    out: list[Said] = []
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
        if tree is not None and verb in _NOUNISH and _a_noun(tree, h.start, h.end):
            continue  # "Leaked documents show"
        after = text[h.end : end]
        before = text[start : h.start]
        if (
            verb
            in (
                "estimated",
                "reported",
                "alleged",
                "declared",
                "announced",
                "disclosed",
                "claimed",
                "recorded",
                "stated",
            )
            and re.search(r"(?i)\b(?:an?|the|some|its|their|this|that|of|with|first|previously|no|any)\s\Z", before)
            and (tree is None or sayers.subject(tree, h.start, h.end) is None)
        ):
            continue  # "an estimated $1.3 billion": part of a noun phrase
        if (
            re.search(
                r"(?:(?:\b|')(?:s|own|the|a|an|of|its|their|his|from|these|those|by|follows|new|to|in|not|and|denie[sd]|reject(?:s|ed)|dismiss(?:es|ed)|refute[sd]|media|press)\s|-)\Z",
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
            and re.match(r"\s(?:in|at(?! (?:least|most))|on|of|to be|by|an?)\b", after)
            and verb not in ("shows", "show")
        ):
            continue
        if verb.endswith("ed") and re.match(r"\s+by\b", after):
            continue  # "lawmakers briefed by the agency said": they were told
        if _DEALING.match(after) and verb in ("concluded", "concludes", "announced", "revealed", "found", "recalled"):
            continue
        inverted = (
            re.search(r"[,\"']\s*\Z", before)
            and re.match(r"\s+[A-Z\w]", after)
            and (
                verb in ("said", "says", "wrote", "told", "reported", "according", "claimed", "noted", "added")
                or (verb in _INVERTED and _NAME_LAST.match(after) is not None)
            )
        )
        if verb == "told" and not before.rstrip().endswith('"'):
            inverted = None  # "X, an exporter, told the paper": whom it told stands after it, never who told
        if (inverted and not re.match(r"\s+(?:in|on|at|that|it|he|she|they)\b", after) and "," in before) or (
            inverted and before.rstrip().endswith('"')
        ):
            stop = re.search(r"[.;]|,\s(?!\w+ (?:of|at|for|chief|executive|the|a)\b)|\Z", after)
            np = after[: min(stop.start() if stop else len(after), 110)].split(",")[0]
            if post_held := re.match(r"[^,;]{3,50}(?P<role>,\s(?:an?|the)\s[^,.;]{3,60})", after):
                np += post_held.group("role")  # "said Rolf Hansen, an analyst at ...": the apposition says what he is
            tail_end = h.end + len(after[: stop.start()] if stop else after)
            src = classify(np, verb)
            if src:
                out.append(Said(start, h.start, ((h.start, tail_end),), src, verb=verb))
            if src or before.rstrip().endswith('"'):
                continue
        m = _subject(before)
        parsed = sayers.subject(tree, h.start, h.end) if tree is not None else None
        if parsed is not None and (
            m is None or not classify(m[1], verb, heard=after[:60]) or _odd(m[1], start + m[0], h.start, tree)
        ):
            m = (parsed[0] - start, text[parsed[0] : parsed[1]].strip(" ,\"'"))
        else:
            parsed = None
        if m is None:
            continue
        np_start, np = start + m[0], m[1]
        if by := _ISSUED.match(np):
            np = by.group("np")  # "The report, published on Tuesday by the institute, says"
        quoted = text[start:np_start].rstrip().endswith('"')  # '"The report is untrue," she told a briefing'
        post = (quoted or bool(_AFTER_SPEECH.match(after))) and np_start > start + 12
        src = classify(np, verb, heard=after[:60])
        if not src:
            continue
        if post:
            mask_end = h.end + re.match(r"[^.,;]*", after).end()  # type: ignore[union-attr]  # matches the empty text
            cover_start, cover_end, mask = start, np_start, (np_start, mask_end)
            if _GOES_ON.match(text, mask_end, end):
                cover_end = end
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
        relative = None if post else _RELATIVE.search(text, np_start, h.start)
        if any(o.mask[0][0] <= h.start < o.mask[0][1] for o in out):
            continue
        extra = _citing(text, mask[1] if post else h.end, end) or (_citing(text, np_start, h.start) if not post else ())
        if (
            post
            and not extra
            and verb in ("learned", "learnt", "heard")
            and (m_from := re.match(r"\s+from\s(?P<np>[^.,;]{3,60})", after))
        ):
            extra = tuple((x, mask) for x in classify(m_from.group("np"), verb))
        masks: list[tuple[int, int]] = [mask]
        if parsed is not None and parsed[2] is not None and not post:
            masks = [(np_start, parsed[2][0]), (h.start, mask[1])]
        elif relative:
            masks = [(np_start, relative.start()), (h.start, mask[1])]
        chain = src
        if extra:
            chain = (*src, *(s for s, _ in extra))
            masks += [span for _, span in extra]
        out.append(Said(cover_start, cover_end, tuple(masks), ordered(chain), verb=verb))
    return _parted(out, text)


_ISSUED = re.compile(
    r"(?:published|released|written|prepared|issued|compiled|commissioned)\b[^,]{0,40}?\bby\s(?P<np>.{4,})\Z"
)
# "..., reckons Seoul.": what else may stand before its speaker, where nothing follows him
_INVERTED = frozenset(
    """reckons estimates believes insists claims argues adds notes writes warns concedes admits recalls explains confirms announced wrote estimated
    insisted argued warned conceded admitted recalled explained confirmed acknowledged reports complains complained boasts boasted suspects thinks""".split()
)
_NAME_LAST = re.compile(r"\s(?:the\s|a\s|an\s|its\s)?(?:[A-Z][\w'.-]+|[a-z-]+)(?:\s[\w'.-]+){0,5}\W*\Z")
_VERB_WITHIN = re.compile(r"\b(?:has|have|had|is|are|was|were|would|will|could|did|does|not|never)\b")


def _a_noun(tree: Tree, start: int, end: int) -> bool:
    n = tree.top(start, end)
    return n is not None and n.noun and n.dep != "ROOT"


def _odd(np: str, at: int, to: int, tree: Tree | None) -> bool:
    """True where the words before a verb of saying are a clause, or a piece of one, and no speaker."""
    if _VERB_WITHIN.search(np) or (np[:1].islower() and " " not in np.strip()):
        return True
    if re.match(r"(?:On|In|At|Asked|Speaking|What|After|Before|During)\s|copies\b", np):
        return True
    return tree is not None and any(
        n.tag in ("VBD", "VBZ", "VBP", "MD") and at < n.start and n.end < to and n.dep not in ("relcl", "amod")
        for n in tree.at(at, to)
    )


_OTHER_SIDE = re.compile(r"(?i)(?:[,;]\s*(?:but|while|whereas|though|although|yet|and)|;)\s*\Z")


def _parted(said: Sequence[Said], text: str) -> list[Said]:
    """What a speaker says ends where the sentence goes over to another ("A said ..., but a brochure boasts ...").

    An outlet's words go on: what it tells of others it still tells.
    """
    out = []
    for x in said:
        onward = [
            o.mask[0][0]
            for o in said
            if o is not x
            and o.mask
            and x.mask
            and o.mask[0][0] > x.mask[0][0]
            and x.start < o.mask[0][0] < x.end
            and o.start > o.mask[0][0]
            and _OTHER_SIDE.search(text[x.start : o.mask[0][0]])
        ]
        own = any(s.type in ("outlet", "agency") for s in x.chain)
        out.append(x if own or not onward else replace(x, end=min(onward)))
    return out


# what may stand between a verb of saying and the end of its clause: whom, when, where, on what condition
_AFTER_SPEECH = re.compile(
    r"(?:\s+(?:(?:the )?[A-Z][\w.'& ]{1,60}?(?: and (?:the )?[A-Z][\w ]+)?|us|reporters|journalists|lawmakers|parliament|(?:the|this|a|our) [a-z]+(?=\s*[.,;])))?"
    r"(?:\s+(?:on (?:the )?condition (?:of anonymity|that\b[^.,;]*)|(?:at the (?:end|beginning|start) of|on|last|in|at|to|earlier|this|late|during|after|before|from)\s(?!that\b)(?:(?!\sthat\b)[^.,;!?\"']){2,60}))?"
    r"\s*(?:[.,;!?\"']|\s[–-]\s|\Z)"
)


# what follows the speaker still belongs to what he says: "..., four sources said, under a deal that Caracas pays for"
_GOES_ON = re.compile(r",\s(?:under|as part of|including|adding|in (?:exchange|return)|with)\s")

# what a speaker is told to have done stands outside the attribution: "Fulltek, which made 31 of the machines, said"
_RELATIVE = re.compile(r",\s(?:which|who)\s(?=[^,]{4,120},\s?\Z)")


_NOUNISH = frozenset(
    "report reports claims claim estimates estimate list states state shows read reads found reporting saying count counts forecast projects documents records".split()
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
                r"(?i)\b(?:executive|director|minister|spokes\w+|president|head|chief|magazine|newspaper|agency|founder|owner|chairman|chairwoman|boss|lawyer|manager|advis[eo]r|ambassador|envoy|commander|analyst|expert|secretary|representative|mayor|governor|rapporteur|chief|official|spokes\w+)(?:\s(?:to|of|for|in|at)\s[\w' ]{2,40})?\s*,\s*\Z",
                trimmed[: cuts[i]],
            )
        ):
            previous = cuts[i - 1]
            whole = trimmed[previous:].strip()
            if len(whole) < 110:
                return previous, whole
        return offset, np
    return None


def _citing(text: str, start: int, end: int) -> tuple[tuple[Source, tuple[int, int]], ...]:
    m = _CITING.search(text, start, end)
    if not m:
        return ()
    np = re.split(r"[.;]|,\s(?!and\b)", text[m.end() : end])[0]
    found = classify(re.sub(r"\Aby\s+", "", np), m.group().strip())
    return tuple((s, (m.start(), m.end() + len(np))) for s in found)


def ordered(chain: tuple[Source, ...]) -> tuple[Source, ...]:
    return tuple(sorted(dict.fromkeys(chain), key=_rank))


def _rank(s: Source) -> int:
    """Place in a chain: who has seen or published records stands before them."""
    rank = RANK.get(s.type.split("+")[0], 4)
    return 2 if s.cue == "seen by" and rank == 4 else rank
