"""Who speaks a quotation that runs over several sentences: the speaker named before, between or after its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .articles import Sentence

_SPEECH = re.compile(
    r"\b(?:said|says|say|told|tells|added|adds|wrote|writes|stated|states|insisted|insists|explained|explains|recalled|recalls|noted|notes|warned|warns|claimed|claims|asked|replied|joked|admitted|complained|declared|conceded|stressed|according to|remarked|continued|went on)\b"
)


def speakers(text: str, sentences: Sequence[Sentence]) -> dict[int, int]:
    """Sentence (by position) that stands within or opens with a quotation, to the sentence that names who speaks it.

    The parts of one paragraph are taken together: a speaker stands after the first part ('"A," said B. "C."') or after the
    last ('"A. C," says B.'). A sentence with words of speech outside its quotation names its own speaker.
    """
    out: dict[int, int] = {}
    paragraphs: dict[int, list[int]] = {}
    for i, s in enumerate(sentences):
        if s.section == "body":
            paragraphs.setdefault(s.paragraph, []).append(i)
    for places in paragraphs.values():
        within = False
        quoted: list[int] = []
        named: list[int] = []
        for i in places:
            s = sentences[i]
            words = text[s.start : s.end]
            begins = within or words.startswith('"')
            outside = _outside(words, within=within)
            if words.count('"') % 2:
                within = not within
            if '"' not in words and not within and not begins:
                continue
            if _SPEECH.search(outside):
                named.append(i)
            elif begins:
                quoted.append(i)
        for i in quoted:
            near = [n for n in named if abs(n - i) <= 3]
            if near:
                out[i] = min(near, key=lambda n: (abs(n - i), n > i))
    return out


def _outside(words: str, *, within: bool) -> str:
    parts = words.split('"')
    return " ".join(parts[1::2] if within else parts[0::2])
