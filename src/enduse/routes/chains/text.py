"""What a goods text names that survives translation: model or part number, serial or lot number, maker.

A declaration of the same goods in another language keeps little but these. Read once per DISTINCT text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Cyrillic letters that look like Latin ones: part numbers are typed on whatever keyboard is at hand.
_LOOKS = str.maketrans("АВЕКМНОРСТХУІЅЗ", "ABEKMHOPCTXYIS3")
_WORD = re.compile(r"[A-Z0-9]+(?:[-/.][A-Z0-9]+)*")
# "PX 2040" is a model as "PX-2040" is; "LOT 670701" and "NO 12" are not.
_JOINED = re.compile(
    r"\b(?!LOT|LOTE|NO|NR|QTY|REF|ART|PO|INV|BL|HS|OF|TO|IN|BY|DE|LA|EL)([A-Z]{1,3}) (\d{2,4}[A-Z]{0,3})\b"
)
# A number with its unit measures goods, it does not name them.
_MEASURE = re.compile(
    r"\d+(?:[.,X/-]\d+)*(?:KG|KGS|G|GR|GM|MG|T|L|LT|ML|CL|MM|CM|DM|M|M2|M3|KM|IN|FT|V|KV|MV|W|KW|A|MA|AH|MAH|WH|HZ|KHZ|MHZ|GHZ|GB|MB|TB|MP|PX|K|P|D|PCS|PC|PR|PRS|SET|SETS|BOX|CTN|CTNS|PLY|BAR|PSI|RPM|NM|HP|OZ|LB|LBS|GSM|DEN|DPI|X|TH|ST|ND|RD)"
)
_DIGIT = re.compile(r"[0-9]")
_YEAR = re.compile(r"(?:19|20)\d\d")


def folded(text: str) -> str:
    """Upper case, full-width and look-alike characters made plain Latin."""
    if text.isascii():
        return text.upper()
    return unicodedata.normalize("NFKC", text).upper().translate(_LOOKS)


def _words(text: str) -> list[str]:
    found: list[str] = _WORD.findall(folded(text))
    return found


def _bare(word: str) -> str:
    return word if word.isalnum() else word.replace("-", "").replace("/", "").replace(".", "")


def _longest(found: Iterable[str]) -> str | None:
    return min(found, key=lambda w: (-len(w), w), default=None)


def named(text: str) -> tuple[str | None, str | None]:
    """(model, mark) of a text: the longest word of letters and digits, and the longest plain number that is no year.

    Ties go to the first in the alphabet, so that the order of words in a language does not matter.
    """
    return told(text, frozenset())[:2]


def told(text: str, makers: frozenset[str]) -> tuple[str | None, str | None, str | None]:
    """(model, mark, maker) of a text: as `named`, and the first word that other records of the case state as a brand."""
    plain = folded(text)
    words = _WORD.findall(plain)
    maker = next((w for w in words if w in makers), None) if makers else None
    if not _DIGIT.search(plain):
        return None, None, maker
    models, marks = set(), set()
    for word in (*words, *("".join(pair) for pair in _JOINED.findall(plain))):
        if word.isalpha():
            continue
        bare = _bare(word)
        if bare.isdigit():
            if len(bare) >= 4 and word == bare and not _YEAR.fullmatch(bare):
                marks.add(bare)
        elif len(bare) >= 3 and not bare.isalpha() and not _MEASURE.fullmatch(word):
            models.add(bare)
    return _longest(models), _longest(marks), maker


BATCH_WORDS = 3  # a brand of more words is a sentence


def brand(text: str | None) -> str | None:
    """A brand cell as one word to look for in other texts; None where it says nothing."""
    words = _words(text or "")
    if not words or len(words) > BATCH_WORDS or len(words[0]) < 3 or words[0].isdigit():
        return None
    return words[0]
