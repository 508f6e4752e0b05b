"""Who says so in a text of another language, and whom it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from . import actors
from .articles import Article, Sentence
from .foreign_figures import stated_date
from .languages import Word, before, find
from .memory import Memory
from .speakers import Source
from .text import tokens

DESIGNATION = re.compile(r"(?<!\w)[А-ЯЁІЇЄҐ][а-яёіїєґ]+[-–]\d{1,3}(?!\d|\s?(?:млн|тыс|тис|году|року|рок))")


_SPEAKERS = ("data", "document", "anonymous", "official", "government")


_RANK = {"outlet": 0, "agency": 1, "document": 3, "government": 4, "official": 4, "anonymous": 5, "data": 6}


@dataclass(frozen=True, slots=True)
class Party:
    """A state or firm at [start, end) and the preposition before it: to, from, via or none."""

    start: int
    end: int
    name: str
    link: str | None
    origin: bool = False


def outlet_of(part: Article, shadow: str, language: str) -> str | None:
    """The outlet that a short line at the head of the article names."""
    for line in shadow[part.start : part.start + 1500].splitlines()[:8]:
        found = find(language, "outlet", line, 0, len(line))
        if (
            len(line.strip()) <= 48
            and len(found) == 1
            and (found[0].end - found[0].start) * 2 >= len(re.split(r",|\d", line)[0].strip())
        ):
            return found[0].label
    return None


def date_of(part: Article, shadow: str, language: str) -> Any:
    """The publication date that a line at the head of the article states."""
    lines = shadow[part.start : part.start + 1500].splitlines()[:8]
    return next((d for line in lines if 6 <= len(line.strip()) <= 48 and (d := stated_date(language, line))), None)


def sources(shadow: str, s: Sentence, language: str) -> tuple[list[Source], list[tuple[int, int]]]:
    """Links named in the sentence next to words of saying, outermost first, and the spans that hold them."""
    cues = [*find(language, "according", shadow, s.start, s.end), *find(language, "deny", shadow, s.start, s.end)]
    states = [*find(language, "country", shadow, s.start, s.end), *find(language, "adjective", shadow, s.start, s.end)]
    links: list[tuple[int, Source]] = []
    masks: list[tuple[int, int]] = []

    def near(at: int, to: int) -> Word | None:
        return next((c for c in cues if 0 <= at - c.end <= 45 or 0 <= c.start - to <= 40), None)

    papers = find(language, "outlet", shadow, s.start, s.end)
    papers += [
        Word(h.start, h.end, str(getattr(h.value, "name", "")))
        for h in actors.outlets(shadow, tokens(shadow, s.start, s.end))
        if not any(p.start < h.end and h.start < p.end for p in papers)
    ]
    agencies = {
        "Reuters",
        "TASS",
        "RIA Novosti",
        "Interfax",
        "Interfax-Ukraine",
        "Bloomberg",
        "DPA",
        "ANSA",
        "Ukrinform",
    }
    for p in papers:
        if cue := near(p.start, p.end):
            kind = "agency" if p.label in agencies else "outlet"
            links.append((_RANK[kind], Source(p.label, kind, shadow[cue.start : cue.end])))
            masks.append((min(p.start, cue.start) if p.start - cue.end < 45 else p.start, max(p.end, cue.end)))
    for role in _SPEAKERS:
        for w in find(language, role, shadow, s.start, s.end):
            cue = near(w.start, w.end)
            if role == "government" and any(
                0 <= w.start - x.end <= 30 for x in find(language, "official", shadow, s.start, s.end)
            ):
                continue  # "a spokesman of the ministry" is one source
            if cue is None or any(a <= w.start < b for a, b in masks if role == "official"):
                continue
            a, b = min(w.start, cue.start), max(w.end, cue.end)
            home = next(
                (
                    x
                    for x in sorted(states, key=lambda x: x.start)
                    if a <= x.start < b
                    or (0 <= x.start - w.end <= 8 and "," not in shadow[w.end : x.start])
                    or (0 <= w.start - x.end <= 3 and "," not in shadow[x.end : w.start])
                ),
                None,
            )
            if home:
                a, b = min(a, home.start), max(b, home.end)
            masks.append((a, b))
            found = shadow[min(w.start, home.start) if home else w.start : max(w.end, home.end) if home else w.end]
            links.append(
                (
                    _RANK[role],
                    Source(
                        " ".join(found.split()),
                        role,
                        shadow[cue.start : cue.end],
                        country=home.label if home else None,
                        unnamed=role == "anonymous",
                    ),
                )
            )
    links.sort(key=lambda x: x[0])
    unique: dict[str, Source] = {}
    for _, link in links:
        unique.setdefault(link.name if link.type in ("outlet", "agency") else link.type, link)
    return list(unique.values()), masks


def named_parties(
    shadow: str, a: int, b: int, masks: list[tuple[int, int]], state: Memory, language: str
) -> list[Party]:
    out: list[Party] = []
    things = find(language, "goods", shadow, a, b)
    firms = find(language, "company", shadow, a, b)

    def link(at: int) -> str | None:
        lead = shadow[max(a, at - 24) : at]
        at_ = at - (
            len(lead) - len(re.sub(r"(?i)\b(?:соседн\w+|der|die|das|den|dem|il|la|lo|i|le|gli|l')\s*\Z", "", lead))
        )
        for role in ("via", "to", "from"):
            if before(language, role, shadow, a, at) or before(language, role, shadow, a, at_):
                return role
        return None

    for w in find(language, "adjective", shadow, a, b):
        if any(x <= w.start < y for x, y in masks):
            continue
        # in Italian the adjective follows its noun
        firm = next(
            (f for f in firms if 0 <= f.start - w.end <= 26 or (language == "it" and 0 <= w.start - f.end <= 12)), None
        )
        thing = next(
            (t for t in things if 0 <= t.start - w.end <= 32 or (language == "it" and 0 <= w.start - t.end <= 14)), None
        )
        if firm and not (thing and abs(thing.start - w.end) < abs(firm.start - w.end)):
            at, to = min(w.start, firm.start), max(w.end, firm.end)
            out.append(Party(at, to, w.label, link(at)))
        elif thing:
            out.append(Party(w.start, w.end, w.label, None, origin=True))
    for w in find(language, "country", shadow, a, b):
        inside = any(x <= w.start < y for x, y in masks) or any(p.start < w.end and w.start < p.end for p in out)
        if not inside:
            out.append(Party(w.start, w.end, w.label, link(w.start)))
    for x in actors.find(shadow, tokens(shadow, a, b), state.firms):
        if (
            x.kind in ("company", "country")
            and not any(m <= x.start < n for m, n in masks)
            and not any(p.start < x.end and x.start < p.end for p in out)
        ):
            out.append(Party(x.start, x.end, x.name, link(x.start)))
    return sorted(out, key=lambda p: p.start)
