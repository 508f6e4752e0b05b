"""Names as lists write them: aliases in one cell, other scripts and acronyms in brackets, `a.k.a.` inside a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from enduse.intake.lists.model import AliasKind

Name = tuple[str, AliasKind]

_QUOTES = "\"'“”„«»‘’`´ "
_MARK = r"(?:a[./]k[./]a\b[./]?|f[./]k[./]a\b[./]?|n[./]k[./]a\b[./]?|d[./]b[./]a\b[./]?|also known as|formerly known as|formerly|previously known as|now known as|doing business as|known as)"
# In capitals and small letters alike; a bare AKA, FKA or DBA only after a comma or bracket, since it can be a name.
_AKA = re.compile(
    rf"\s*[,;(]?\s*(?:\b{_MARK}|(?<=[,;(] )(?:AKA|FKA|DBA|aka|fka|dba)\b|(?<=[,;(])(?:AKA|FKA|DBA|aka|fka|dba)\b)[:,.]?\s*",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(r"[\w-]+ alias(?:es)?:?\s*", re.IGNORECASE)
_BRACKET = re.compile(r"\(([^()]*)\)")
_LEAD = re.compile(r"^(?:\(?[a-z0-9]{1,2}\)|(?:aka|fka|nka|dba)\b[:.]?|" + _MARK + r"[:.]?)\s*", re.IGNORECASE)
_SPELLING = re.compile(
    r"^(?:in )?(?:the )?(?:arabic|russian|ukrainian|belarusian|chinese|persian|farsi|korean|hebrew|original|cyrillic)(?: (?:spelling|script|language|name))*\s*:\s*",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\s*\((?:formerly|previously) listed as[^)]*\)", re.IGNORECASE)


def script(text: str) -> str:
    """The script most letters of a text are of: LATIN, CYRILLIC, CJK, ARABIC ... or empty."""
    counts: dict[str, int] = {}
    for char in text:
        if char.isalpha():
            name = "LATIN" if char.isascii() else unicodedata.name(char, "?").split(" ")[0].split("-")[0]
            counts[name] = counts.get(name, 0) + 1
    return max(counts, key=lambda k: (counts[k], k)) if counts else ""


# What may stand at an end of a name and must go: quotes, semicolons, marks of nothing.
_ENDS = frozenset(" \"'“”„«»‘’`´;-")
_MARKS = 4  # letters of the longest word for nothing


def tidy(text: str) -> str:
    """One line, single spaces, no quotes around the whole, no mark of an empty cell."""
    if (
        len(text) > _MARKS
        and text.isprintable()
        and "  " not in text
        and text[0] not in _ENDS
        and text[-1] not in _ENDS
        and (text.isascii() or unicodedata.is_normalized("NFC", text))
    ):
        return text  # most names, and quickly
    text = unicodedata.normalize("NFC", " ".join(text.replace("\x1a", " ").split()))
    if text.strip("- ").casefold() in ("", "0", "null", "none", "n/a", "na", "nan"):
        return ""
    if len(text) > 2 and text[0] in _QUOTES and text[-1] in _QUOTES:
        text = text.strip(_QUOTES)
    return text.strip().strip(";").strip()


_PARTED = re.compile(r"[;|\n\r]+")


def split(cell: str) -> list[str]:
    """The names of a cell of aliases, parted by `;`, `|` or line breaks (never by a comma: it stands inside names)."""
    parts = _PARTED.split(cell) if _PARTED.search(cell) else (cell,)
    found = (tidy(_LEAD.sub("", tidy(p))) for p in parts)
    return [f for f in found if f]


def announced(cell: str) -> tuple[str, list[str]]:
    """`X, a.k.a., the following two aliases: -Y; and -Z.`, as the US Entity List writes: the name, and its aliases."""
    if "the following " not in cell:
        return cell, []
    base, said, more = cell.partition("the following ")
    aliases = _ANNOUNCED.match(more)
    if not said or not aliases:
        return cell, []
    found = (re.sub(r"^(?:and\b)?[\s–—-]*", "", part.strip()).strip(" .") for part in more[aliases.end() :].split(";"))
    return _AKA.split(base)[0].strip(" ,;("), [f for f in found if f]


def _swap(base: str, at: int, other: str) -> str | None:
    """`Maher (a.k.a. Mahir) AL-ASSAD`: the name with the word before the bracket replaced by the one inside."""
    before, after = base[:at].split(), base[at:].strip()
    if not before or not after or " " in other:
        return None
    return " ".join([*before[:-1], other, after])


def variants(name: str) -> Iterator[Name]:
    """What a listed name says besides itself: other scripts, short names and aliases in brackets, `a.k.a.` parts."""
    bracket = _BRACKET.search(name)
    while bracket:
        inside, at = bracket.group(1).strip(), bracket.start()
        base = " ".join((name[:at] + " " + name[bracket.end() :]).split())
        marked = bool(_LEAD.match(inside))
        inner = tidy(_SPELLING.sub("", _LEAD.sub("", inside)))
        here, there = script(base), script(inner)
        if base and there and here and there != here and len(inner) > 1:
            yield base, "strong"
            for part in re.split(r"[;,]\s*", inner):
                yield part, "strong" if " " in part.strip() or there == "CJK" else "weak"
        elif base and marked and inner:
            yield base, "strong"
            for part in re.split(r"[;,]\s*", inner):
                swapped = _swap(name[:at] + name[bracket.end() :], at, part)
                yield (swapped, "strong") if swapped else (part, "strong" if " " in part else "weak")
        elif base and re.fullmatch(r"[A-ZА-ЯЁ][A-ZА-ЯЁ0-9&.-]{1,9}", inner) and not name[bracket.end() :].strip():
            yield base, "strong"
            yield inner, "weak"
        name = base
        bracket = _BRACKET.search(name)
    pieces = [tidy(p.strip("() ")) for p in _AKA.split(name)]
    if len(pieces) > 1 and pieces[0]:
        yield pieces[0], "strong"
        for piece in pieces[1:]:
            yield piece, "strong" if " " in piece else "weak"


def _second(name: str) -> bool:
    """Whether a name has a word without which none says a second one; `variants` looks closer."""
    low = name.lower()
    return (
        "k.a" in low or "k/a" in low or "aka" in low or "fka" in low or "dba" in low or "b.a" in low or "b/a" in low
        or "known as" in low or "formerly" in low or "doing business" in low
    )  # fmt: skip


def collect(primary: Iterable[str], strong: Iterable[str] = (), weak: Iterable[str] = ()) -> tuple[Name, ...]:
    """All names of an entry, each once with its best kind, the main names first.

    Of several main names the first is primary and the others strong aliases. A listed name stays verbatim (spaces
    apart); what is taken out of it is added beside it.
    """
    stated: list[Name] = []
    for kind, names in (("primary", primary), ("strong", strong), ("weak", weak)):
        for raw in names:
            name = (tidy(_NOTE.sub("", raw)) or tidy(raw)) if "(" in raw else tidy(raw)
            if name and (name[0].isalnum() or any(c.isalnum() for c in name)):
                stated.append(
                    (name, "primary" if kind == "primary" and not stated else "weak" if kind == "weak" else "strong")
                )
    found: dict[str, AliasKind] = {}
    for name, kind in stated:
        if found.get(name) in (None, "weak"):
            found[name] = kind
    for name, kind in stated:
        if "(" not in name and not _second(name):
            continue
        for taken_out, extra_kind in variants(name):
            extra = tidy(taken_out)
            if any(c.isalpha() for c in extra):
                found.setdefault(extra, "weak" if kind == "weak" else extra_kind)
    return tuple(found.items())
