"""The noun a figure counts."""

from __future__ import annotations

import re

_STOP = re.compile(
    r"\b(?:to|from|in|on|at|by|for|with|since|that|which|who|were|was|are|is|have|has|had|will|would|could|can|may|and|or|but|as|than|over|through|via|during|per|between|until|after|before|into|their|its|his|her|not|worth|last|this|next|earlier|a|an|said|according)\b|[.,;:!?()\"–$€£%]",
)


_NO_NOUN = frozenset("more further additional other others extra of".split())


_NOUN_WORD = re.compile(r"[^\W\d_][\w'-]*")


def counted_noun(text: str, at: int, stop: int) -> tuple[str | None, int, int]:
    """The head noun counted: the last word before a preposition, verb or mark, over "of (the)" once."""
    m = re.compile(r"[\s-]*(?:of\s+(?:the\s+|its\s+|their\s+|these\s+|those\s+)?)?").match(text, at, stop)
    begin = m.end() if m else at
    limit = _STOP.search(text, begin, stop)
    edge = min(limit.start() if limit else stop, begin + 70)
    words = list(_NOUN_WORD.finditer(text, begin, edge))[:6]
    while words and words[0].group().lower() in _NO_NOUN:
        words = words[1:]
    if not words:
        return None, 0, 0
    # stop before a finite verb: the first plural noun ends the phrase unless more nouns follow it directly
    last = words[-1]
    for i, w in enumerate(words):
        word = w.group()
        if word.endswith("s") and not word.endswith(("ss", "'s", "ous")) and word.islower():
            following = words[i + 1].group() if i + 1 < len(words) else ""
            last = w
            if not following or not following.endswith("s"):
                break
    of = re.compile(r"\s+of\s+").match(text, last.end(), stop)
    if of and last.group().lower() in {"types", "kinds", "batches", "shipments", "pieces", "units", "rounds", "models"}:
        return last.group(), begin, last.end()
    return text[last.start() : last.end()], begin, last.end()
