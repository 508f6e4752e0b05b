"""What a goods text names that survives translation: model or part number, serial or lot number, maker.

A declaration of the same goods in another language keeps little but these. Read once per DISTINCT text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int64]

# Cyrillic letters that look like Latin ones: part numbers are typed on whatever keyboard is at hand.
_LOOKS = str.maketrans("АВЕКМНОРСТХУІЅЗ", "ABEKMHOPCTXYIS3")
_WORD = re.compile(r"[A-Z0-9]+(?:[-/.][A-Z0-9]+)*")
# "PX 2040" is a model as "PX-2040" is; "LOT 670701" and "NO 12" are not.
_JOINED = re.compile(
    r"\b(?!LOT|LOTE|NO|NR|QTY|REF|ART|PO|INV|BL|HS|OF|TO|IN|BY|DE|LA|EL)([A-Z]{1,3}) ([0-9]{2,4}[A-Z]{0,3})\b"
)
# A number with its unit measures goods, it does not name them.
_MEASURE = re.compile(
    r"\d+(?:[.,X/-]\d+)*(?:KG|KGS|G|GR|GM|MG|T|L|LT|ML|CL|MM|CM|DM|M|M2|M3|KM|IN|FT|V|KV|MV|W|KW|A|MA|AH|MAH|WH|HZ|KHZ|MHZ|GHZ|GB|MB|TB|MP|PX|K|P|D|PCS|PC|PR|PRS|SET|SETS|BOX|CTN|CTNS|PLY|BAR|PSI|RPM|NM|HP|OZ|LB|LBS|GSM|DEN|DPI|X|TH|ST|ND|RD)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def folded(text: str) -> str:
    """Upper case, full-width and look-alike characters made plain Latin."""
    if text.isascii():
        return text.upper()
    return unicodedata.normalize("NFKC", text).upper().translate(_LOOKS)


def _words(text: str) -> list[str]:
    found: list[str] = _WORD.findall(folded(text))
    return found


REMEMBERED = 300_000  # words whose judgement is kept between batches
_BREAK, _END = 1, 0  # what every other character counts as, and what stands between two texts
_LETTER, _NUMBER, _LINK, _SPACE = 1, 2, 3, 4


def _bytes_of() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """The byte each code point of a folded text counts as, and the kind of each byte."""
    byte = np.full(0x110000, _BREAK, dtype=np.uint8)
    kind = np.zeros(256, dtype=np.uint8)
    for characters, what in (
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _LETTER),
        ("0123456789", _NUMBER),
        ("-/.", _LINK),
        (" ", _SPACE),
    ):
        for c in characters:
            byte[ord(c)], kind[ord(c)] = ord(c), what
    for look, plain in _LOOKS.items():
        byte[look] = byte[plain if isinstance(plain, int) else ord(plain)]
    byte[_END] = _END
    return byte, kind


@dataclass(frozen=True)
class Told:
    """One entry a text, null where it names none: the longest word of letters and digits, the longest plain number that is no year, the first maker."""

    model: pa.Array
    mark: pa.Array
    maker: pa.Array


class Reader:
    """Reads many texts at once: cut into words as arrays of characters, every DISTINCT word judged once.

    Ties go to the first word in the alphabet, so that the order of words in a language does not matter. `makers` are
    words that other records of the case state as a brand.
    """

    def __init__(self, makers: frozenset[str] = frozenset()) -> None:
        self._makers = makers
        self._byte, self._kind = _bytes_of()
        self._known: dict[str, tuple[str | None, str | None]] = {}

    def read(self, texts: Sequence[str]) -> Told:
        """Texts must be in any order; equal texts give equal answers."""
        count = len(texts)
        if not count:
            return Told(*(pa.array([], pa.string()) for _ in range(3)))
        plain = "\0".join(texts)
        if plain.count("\0") != count - 1:
            plain = "\0".join(t.replace("\0", "\1") for t in texts)
        if not plain.isascii():
            # Text by text: most are normal already, which shows at once; in one piece all would be taken apart for the sake of one.
            plain = "\0".join([unicodedata.normalize("NFKC", t) for t in plain.split("\0")])
        plain = plain.upper()
        points = np.frombuffer(plain.encode("utf-32-le"), dtype=np.uint32)
        char = self._byte[points]
        kind = self._kind[char]
        begins = np.concatenate([[0], np.flatnonzero(char == _END) + 1])
        words, of_text = self._cut(char, kind, begins)
        joined, joined_text = self._joined(plain, char, kind, begins)
        said = words.dictionary_encode()
        distinct, at = said.dictionary.to_pylist(), said.indices.to_numpy()
        judged = self._judge(distinct)
        model, mark = [j[0] for j in judged], [j[1] for j in judged]
        extra = [_judged(word)[0] for word in joined]
        by = self._first_maker(distinct, at, of_text, count)
        return Told(_best(model, at, of_text, count, extra, joined_text), _best(mark, at, of_text, count), by)

    def _judge(self, words: list[str]) -> list[tuple[str | None, str | None]]:
        """What each word is good for, from memory where it was met before."""
        if len(self._known) > REMEMBERED:
            self._known.clear()
        known = self._known
        return [known[w] if w in known else known.setdefault(w, _judged(w)) for w in words]

    def _cut(self, char: Bytes, kind: Bytes, begins: Ints) -> tuple[pa.Array, Ints]:
        """Every word, and the number of its text. A dash, slash or dot between two letters or digits belongs to the word."""
        plain = (kind == _LETTER) | (kind == _NUMBER)
        inside = plain.copy()
        inside[1:-1] |= (kind[1:-1] == _LINK) & plain[:-2] & plain[2:]
        edge = np.flatnonzero(np.diff(inside.astype(np.int8), prepend=0, append=0))
        start, end = edge[::2], edge[1::2]
        offsets = np.concatenate([[0], np.cumsum(end - start)]).astype(np.int32)
        words = pa.StringArray.from_buffers(len(start), pa.py_buffer(offsets), pa.py_buffer(char[inside]))
        return words, np.searchsorted(begins, start, "right") - 1

    def _joined(self, plain: str, char: Bytes, kind: Bytes, begins: Ints) -> tuple[list[str], Ints]:
        """Models written as two words, from the few texts where a short word stands before a short number."""
        space = np.flatnonzero(kind[1:-2] == _SPACE) + 1
        likely = space[(kind[space - 1] == _LETTER) & (kind[space + 1] == _NUMBER) & (kind[space + 2] == _NUMBER)]
        far = np.pad(kind, (4, 6))
        likely = likely[~np.all([far[likely + 4 - k] == _LETTER for k in (1, 2, 3, 4)], axis=0)]
        likely = likely[~np.all([far[likely + 4 + k] == _NUMBER for k in (1, 2, 3, 4, 5)], axis=0)]
        ends = np.append(begins[1:] - 1, len(char))
        words: list[str] = []
        numbers: list[int] = []
        for n in np.unique(np.searchsorted(begins, likely, "right") - 1).tolist():
            for pair in _JOINED.findall(plain[int(begins[n]) : int(ends[n])].translate(_LOOKS)):
                words.append("".join(pair))
                numbers.append(n)
        return words, np.array(numbers, dtype=np.int64)

    def _first_maker(self, distinct: list[str], at: Ints, of_text: Ints, count: int) -> pa.Array:
        named = np.array([w in self._makers for w in distinct], dtype=bool)
        hit = np.flatnonzero(named[at]) if len(distinct) else np.zeros(0, dtype=np.int64)
        texts, first = np.unique(of_text[hit], return_index=True)
        out = np.full(count, -1, dtype=np.int64)
        out[texts] = at[hit[first]]
        return pa.array(distinct, pa.string()).take(pa.array(out, mask=out < 0))


def _bare(word: str) -> str:
    return word if word.isalnum() else word.replace("-", "").replace("/", "").replace(".", "")


def _judged(word: str) -> tuple[str | None, str | None]:
    """(model, None) or (None, mark) or neither: what a word is good for."""
    if word.isalpha():
        return None, None
    bare = _bare(word)
    if bare.isdigit():
        return None, bare if len(bare) >= 4 and word == bare and not _YEAR.fullmatch(bare) else None
    return bare if len(bare) >= 3 and not bare.isalpha() and not _MEASURE.fullmatch(word) else None, None


def _best(
    good: Sequence[str | None],
    at: Ints,
    of_text: Ints,
    count: int,
    more: Sequence[str | None] = (),
    more_text: Ints | None = None,
) -> pa.Array:
    """For each text the longest of its good words, the first in the alphabet of equals."""
    order = sorted({w for w in (*good, *more) if w is not None})
    order.sort(key=len, reverse=True)
    place = {w: n for n, w in enumerate(order)}
    nothing = len(order)
    best = np.full(count, nothing, dtype=np.int64)
    rank = np.array([nothing if w is None else place[w] for w in good], dtype=np.int64)
    if len(rank):
        found = rank[at]
        hit = found < nothing
        np.minimum.at(best, of_text[hit], found[hit])
    if more_text is not None and len(more_text):
        np.minimum.at(best, more_text, np.array([nothing if w is None else place[w] for w in more], dtype=np.int64))
    return pa.array(order, pa.string()).take(pa.array(best, mask=best == nothing))


def named(text: str) -> tuple[str | None, str | None]:
    """(model, mark) of one text."""
    found = Reader().read([text])
    return found.model[0].as_py(), found.mark[0].as_py()


BATCH_WORDS = 3  # a brand of more words is a sentence


def brand(text: str | None) -> str | None:
    """A brand cell as one word to look for in other texts; None where it says nothing."""
    words = _words(text or "")
    if not words or len(words) > BATCH_WORDS or len(words[0]) < 3 or words[0].isdigit():
        return None
    return words[0]
