"""What a name shows to a search: letter triples of its romanised words, of their consonants and of the words run together, and keys.

Everything is a column number and needs no vocabulary, so that two processes, or two files, describe a name alike.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from enduse.parties.name import Name
from enduse.parties.text import fold, romanise, skeleton, split

if TYPE_CHECKING:
    from numpy.typing import NDArray

ALPHABET = 40  # letters, digits, space, anything else
TRIPLES = ALPHABET**3
KEYS = 1 << 21  # keys are hashed; two that share a column only bring a candidate more
WIDTH = 3 * TRIPLES + KEYS
MOST = 400  # letters of a name that are looked at
_BREAK = 39
_CODE = np.full(256, 38, np.int64)
_CODE[ord("a") : ord("z") + 1] = np.arange(12, 38)
_CODE[ord("0") : ord("9") + 1] = np.arange(2, 12)
_CODE[ord(" ")] = 1
_CODE[ord("\n")] = _BREAK


class Traits(NamedTuple):
    """Sparse rows: columns of row i are `column[start[i]:start[i + 1]]`, ascending; `weight` says how much a trait tells (0 to 1)."""

    start: NDArray[np.int64]
    column: NDArray[np.int32]
    weight: NDArray[np.float32]

    @property
    def rows(self) -> int:
        return len(self.start) - 1


def keys(name: Name) -> Iterator[tuple[str, float]]:
    """(key, weight) of a name: its canonical words, their consonants, neighbours, and what they may be shortened to."""
    yield from _keys(name)
    if name.reading is not None:
        yield from _keys(name.reading)


def _keys(name: Name) -> Iterator[tuple[str, float]]:
    words, weights = name.words, name.weights
    for word, weight in zip(words, weights, strict=True):
        if weight <= 0.0:
            continue
        yield "w:" + word, max(weight, 0.1)
        if weight > 0.3 and len(word) > 3 and not word.isdigit():
            bones = skeleton(word)
            if len(bones) > 2:
                yield "c:" + bones, 0.6 * weight
    for i in range(len(words) - 1):
        if (weights[i] > 0.3 or weights[i + 1] > 0.3) and len(words[i]) + len(words[i + 1]) > 4:
            yield "w:" + words[i] + words[i + 1], 0.5
        if not words[i].isdigit():
            pair = sorted(words[i : i + 2])
            yield "b:" + " ".join(pair), 0.3 * (weights[i] + weights[i + 1])
    if len(words) > 1 and not all(name.known):
        yield "w:" + name.squash, 0.6
    if 3 <= len(name.initials) <= 8:
        yield "w:" + name.initials, 0.5
    for acronym in name.acronyms:
        if len(acronym) > 3:
            yield "w:" + acronym, 0.4


def traits(names: Sequence[Name]) -> Traits:
    """Traits of every name, one row each."""
    spaced: list[str] = []
    joined: list[str] = []
    bones: list[str] = []
    numbers: list[int] = []
    weights: list[float] = []
    counts = np.zeros(len(names), np.int64)
    for i, name in enumerate(names):
        words = [romanise(w) for w in split(name.raw[: 4 * MOST])]
        if name.reading is not None:
            words += name.reading.text.split()
        text = " ".join(words)[:MOST]
        spaced.append(f" {text} ")
        joined.append(text.replace(" ", ""))
        bones.append(" " + " ".join(skeleton(fold(w)) for w in text.split()) + " ")
        own: dict[int, float] = {}
        for key, weight in keys(name):
            at = zlib.crc32(key.encode()) % KEYS
            if weight > own.get(at, 0.0):
                own[at] = weight
        numbers += own
        weights += own.values()
        counts[i] = len(own)
    parts = [_triples(texts, k * TRIPLES) for k, texts in enumerate((spaced, joined, bones))]
    row = np.concatenate([p[0] for p in parts] + [np.repeat(np.arange(len(names)), counts)])
    column = np.concatenate([p[1] for p in parts] + [np.asarray(numbers, np.int64) + 3 * TRIPLES])
    tells = np.concatenate([np.ones(len(p[0]), np.float32) for p in parts] + [np.asarray(weights, np.float32)])
    code = row * WIDTH + column
    code, first = np.unique(code, return_index=True)
    start = np.searchsorted(code, np.arange(len(names) + 1, dtype=np.int64) * WIDTH)
    return Traits(start.astype(np.int64), (code % WIDTH).astype(np.int32), tells[first])


def _triples(texts: Sequence[str], base: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(row, column) of three neighbouring letters of every text, all at once."""
    raw = np.frombuffer(("\n".join(texts) + "\n").encode("ascii", "replace"), np.uint8)
    code = _CODE[raw]
    row = np.cumsum(raw == ord("\n"))
    if len(code) < 3:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    a, b, c = code[:-2], code[1:-1], code[2:]
    # No triple spans two names, and none the gap between two words: word order must not matter.
    good = (a != _BREAK) & (b != _BREAK) & (c != _BREAK) & (b != 1)
    return row[:-2][good], ((a * ALPHABET + b) * ALPHABET + c)[good] + base


def joined(parts: Sequence[Traits]) -> Traits:
    """Rows of several parts, one after another."""
    if len(parts) == 1:
        return parts[0]
    ends = np.cumsum([0] + [int(p.start[-1]) for p in parts])
    starts = [p.start[:-1] + e for p, e in zip(parts, ends, strict=False)]
    return Traits(
        np.concatenate([*starts, np.asarray([ends[-1]], np.int64)]),
        np.concatenate([p.column for p in parts]),
        np.concatenate([p.weight for p in parts]),
    )


def take(rows: Traits, positions: Sequence[int]) -> Traits:
    """The rows at `positions`, in that order."""
    at = np.asarray(positions, np.int64)
    lengths = (rows.start[1:] - rows.start[:-1])[at]
    start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    where = np.repeat(rows.start[:-1][at] - start[:-1], lengths) + np.arange(start[-1])
    return Traits(start, rows.column[where], rows.weight[where])


def between(rows: Traits, first: int, last: int) -> Traits:
    """The rows from `first` up to `last`, without a copy."""
    start = rows.start[first : last + 1]
    some = slice(start[0], start[-1])
    return Traits(start - start[0], rows.column[some], rows.weight[some])
