"""Part numbers inside a goods text: finds a maker and a number of its own in free text, and says which rule they meet."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from enduse.goods.fold import fold
from enduse.goods.part_numbers import PartRule, maker_names, maker_of, part_rule
from enduse.reference.goods_tables import grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBER = re.compile(r"(?=[A-Z0-9./+#,()_*-]*\d)[A-Z0-9][A-Z0-9./+#,()_*-]{3,39}")
_WORDS = re.compile(r"[^\W_]+")
_UNIT = re.compile(r"\d{1,4}([.,]\d+)?[A-Z]{0,3}|[A-Z]{1,2}\d{1,2}")
_FIRM = frozenset(
    "inc inc. ltd ltd. co co., llc corp gmbh limited technology technologies electronics semiconductor industrial solutions company".split()
)
SURE = {"numbering of the maker": 0.9, "numbering": 0.9, "maker": 0.75}
LONGEST, SHORT = 40, 4  # characters of a text that may be one number; words of one in which `SS24` is no size or count
PLAIN, CLOSE = (
    30,
    6,
)  # letters beside maker and number up to which a text is no more than an order line; for names that are words


class Numbered(NamedTuple):
    """A part number in a text, its span in the text as declared, and the rule it meets."""

    start: int
    end: int
    rule: PartRule


@lru_cache(maxsize=1)
def _names() -> Any:
    from ahocorasick_rs import AhoCorasick

    return AhoCorasick([n for n in maker_names() if len(n) > 2 or any(c.isdigit() for c in n)])


def with_makers(folded: Sequence[str]) -> list[int]:
    """Positions of the folded texts in which letters of a maker's name and a digit stand."""
    find = _names().find_matches_as_indexes
    return [i for i, text in enumerate(folded) if any(c.isdigit() for c in text) and find(text)]


def numbered(text: str, folded: str, maker: str = "") -> Numbered | None:
    """The part number of a text (as declared and folded), with the maker it names or the folded `maker` column.

    A text that says more than maker and number needs a number of a known family; a bare order line may be judged by
    what its maker makes. Makers of several kinds of goods without a known family: no answer.
    """
    known = maker_of(maker) if maker else None
    named = maker if known else folded
    known = known or maker_of(folded)
    if known is None:
        return None
    taken = set(known.words)
    whole = text.strip() if maker else _without(text, taken)
    if whole and len(whole) <= LONGEST and any(c.isdigit() for c in whole):  # TMR 4811: numbers with blanks in them
        rule = part_rule(whole, named)
        if rule is not None and rule.basis in SURE and (start := text.find(whole)) >= 0:
            return Numbered(start, start + len(whole), rule)
    short = len(text.split()) <= SHORT
    best: Numbered | None = None
    upper = text.upper()
    for match in _NUMBER.finditer(upper):
        raw = match.group().strip(",.()")
        if fold(raw).strip() in taken or (_UNIT.fullmatch(raw) and not short):
            continue
        rule = part_rule(raw, named)
        if rule is None or rule.basis not in SURE:
            continue
        found = Numbered(match.start(), match.start() + len(match.group().rstrip(",.(")), rule)
        if rule.basis != "maker" and (maker or known.name not in _ordinary() or _bare(folded, taken, raw, CLOSE)):
            return found
        best = best or found
    most = CLOSE if known.name in _ordinary() and not maker else PLAIN
    return best if best is not None and _bare(folded, taken, text[best.start : best.end], most) else None


def _without(text: str, taken: set[str]) -> str:
    """What stands before or after the maker's name, where a text is no more than both: up to three words."""
    words = text.split()
    rest = list(words)
    while rest and fold(rest[-1]).strip(" ,.()") in taken | _FIRM:
        rest.pop()
    while rest and fold(rest[0]).strip(" ,.()") in taken | _FIRM:
        rest.pop(0)
    return " ".join(rest) if len(rest) < len(words) and len(rest) < SHORT else ""


def _bare(folded: str, taken: set[str], number: str, most: int) -> bool:
    """Whether a text says little more than maker and number: at most so many letters beside them."""
    inside = set(_WORDS.findall(fold(number)))
    beside = sum(c.isalpha() for w in _WORDS.findall(folded) if w not in taken and w not in inside for c in w)
    return int(beside) <= most


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    return frozenset(fold(w) for w in grammar()["ordinary_makers"])
