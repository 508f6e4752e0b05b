"""From a selection to the rows that meet it, as a bitmap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

import numpy as np
from pyroaring import BitMap

from enduse.web.index import words
from enduse.web.index.kept import Kept
from enduse.web.index.layout import EVIDENCE, NOT_STATED
from enduse.web.index.store import EPOCH, Index
from enduse.web.selection import Selection

KEPT = 96
CODES = {v: k for k, v in EVIDENCE.items()}


class Finder:
    """Answers selections and remembers the last ones. `figure_rows` and `chain_rows` look into the tables of the case."""

    def __init__(self, index: Index, named: dict[str, Callable[[str], BitMap]]) -> None:
        self.index, self._named = index, named
        self._kept: Kept[BitMap] = Kept(KEPT)

    def rows(self, selection: Selection) -> BitMap:
        """The rows that meet the selection. The bitmap is shared: do not change it."""
        if selection.empty:
            return self.index.everything
        return self._kept.get(selection, lambda: self._make(selection))

    def _make(self, selection: Selection) -> BitMap:
        parts = [self._kept.get(pair, partial(self._any, *pair)) for pair in selection.values]
        if selection.q:
            single, phrases = words.asked(self.index, selection.q)
            parts += [self._kept.get(("word", word), partial(words.rows, self.index, word)) for word in single]
            parts += [self._kept.get(("phrase", p), partial(words.phrase_rows, self.index, p)) for p in phrases]
        parts.sort(key=len)
        if selection.since or selection.until:
            parts.append(self._window(selection.since, selection.until))
        if not parts:  # the search holds signs alone
            return self.index.everything
        out = parts[0]
        for part in parts[1:]:
            out = out & part
        return out

    def _window(self, since: dt.date | None, until: dt.date | None) -> BitMap:
        """Rows are sorted by date: a window is a range. Rows without a date are in no window."""
        days = self.index.array("date")[: self.index.dated]
        low = int(np.searchsorted(days, (since - EPOCH).days)) if since else 0
        high = int(np.searchsorted(days, (until - EPOCH).days, side="right")) if until else self.index.dated
        return BitMap(range(low, high)) if low < high else BitMap()

    def _any(self, key: str, values: tuple[str, ...]) -> BitMap:
        found = [self._one(key, value) for value in values]
        return found[0] if len(found) == 1 else BitMap.union(*found)

    def _one(self, key: str, value: str) -> BitMap:
        index = self.index
        if key in index.maps or key == "marked":
            word = CODES.get(value, value) if key == "evidence" else value
            held = index.maps.get(key, {})
            return held.get("" if value == NOT_STATED and key != "marked" else word, BitMap())
        if key == "hs":
            return self._prefix(value)
        if key in ("seller", "buyer"):
            return self._party((key,), value)
        if key == "party":
            return self._party(("seller", "buyer"), value)
        if key in self._named:
            return self._named[key](value)
        return BitMap()

    def _party(self, columns: tuple[str, ...], value: str) -> BitMap:
        code = 0 if value == NOT_STATED else self.index.party_code(value)
        return BitMap() if code is None else BitMap.union(*(self.index.party_rows(c, code) for c in columns))

    def _prefix(self, digits: str) -> BitMap:
        """Codes are sorted, so those that begin with the digits are neighbours, and so are their rows in the order of codes."""
        found = np.array(self.index.words["hs"][1:] or [""])
        low, high = (int(n) + 1 for n in np.searchsorted(found, [digits, digits + "\uffff"]))
        codes = np.arange(low, min(high, len(self.index.words["hs"])))
        return self.index.rows_of("hs", codes)
