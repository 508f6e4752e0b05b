"""Text from sources: which script it is in, how a long one is cut, and which of its characters are shown as codes."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from enduse.dossier.model import Span

# Characters that steer the direction of text can make a name read differently from its bytes, and controls cannot stand
# in HTML: both are printed as their code.
_STEERING = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)
_SCRIPTS = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "CJK": "Hani", "HIRAGANA": "Jpan", "KATAKANA": "Jpan", "HANGUL": "Kore", "ARABIC": "Arab",
    "HEBREW": "Hebr", "GREEK": "Grek", "ARMENIAN": "Armn", "GEORGIAN": "Geor", "THAI": "Thai", "DEVANAGARI": "Deva",
}  # fmt: skip
_OF_COUNTRY = {
    ("Cyrl", "RU"): "ru", ("Cyrl", "BY"): "ru", ("Cyrl", "UA"): "uk", ("Cyrl", "BG"): "bg", ("Hani", "CN"): "zh", ("Hani", "HK"): "zh",
    ("Hani", "TW"): "zh", ("Hani", "JP"): "ja", ("Arab", "IR"): "fa", ("Latn", "TR"): "tr", ("Latn", "VN"): "vi", ("Latn", "DE"): "de",
}  # fmt: skip


def visible(text: str) -> str:
    """The text with steering and control characters written as ⟨U+202E⟩."""
    return _STEERING.sub(lambda m: f"⟨U+{ord(m.group()):04X}⟩", text)


def cut(text: str, limit: int) -> str:
    """At most `limit` characters; a cut text ends in …"""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def script_of(text: str) -> str:
    """ISO 15924 code of the script most letters are in, or an empty string."""
    found: Counter[str] = Counter()
    for letter in text[:200]:
        if letter.isalpha():
            found[_SCRIPTS.get(unicodedata.name(letter, "").split(" ")[0], "Zyyy")] += 1
    return max(sorted(found), key=lambda s: found[s]) if found else ""


def lang_of(text: str, country: str = "") -> str:
    """A BCP 47 tag as far as script and country tell: `ru`, `und-Cyrl`, or nothing for Latin letters of no known language."""
    script = script_of(text)
    if (script, country) in _OF_COUNTRY:
        return _OF_COUNTRY[script, country]
    plain = {"Jpan": "ja", "Kore": "ko", "Grek": "el", "Hebr": "he", "Armn": "hy", "Geor": "ka", "Thai": "th"}.get(
        script
    )
    return plain or (f"und-{script}" if script in ("Cyrl", "Hani", "Arab", "Deva") else "")


def marked(text: str, spans: list[tuple[int, int]]) -> tuple[Span, ...]:
    """The text as plain and marked pieces. Spans may overlap, touch or lie outside; they are joined and cut to the text."""
    merged: list[list[int]] = []
    for start, end in sorted((max(0, s), min(len(text), e)) for s, e in spans):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    out: list[Span] = []
    at = 0
    for start, end in merged:
        if start > at:
            out.append(Span(text[at:start]))
        out.append(Span(text[start:end], "mark"))
        at = end
    if at < len(text):
        out.append(Span(text[at:]))
    return tuple(out)


def find_all(text: str, pieces: list[str]) -> list[tuple[int, int]]:
    """Where each of `pieces` first stands in the text as whole words, case aside."""
    spans = []
    for piece in pieces:
        words = piece.strip()
        if words:
            hit = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE)
            if hit:
                spans.append(hit.span())
    return spans
