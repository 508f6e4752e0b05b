"""Legal forms of firms in many languages: recognised as written, and in any spelling or ending of a longer form."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from enduse.parties.text import HAN, LATIN, fold, romanise, split
from enduse.reference import party_tables

ENDS_ONLY = 3  # a legal form this short counts only at either end of a name
NEVER_FIRST = frozenset(
    "rt ag sa bv nv kg oy se kk sl gp lp ks sc kft zrt ab spa pte pty pvt wll plc inc rl cv ky sas aps ohg ug".split()
)  # short forms that only end a name
LONG = 12  # letters from which a form of several words is also known by its stems
_VOWELS = "aeiou"
_SHORT = {
    "limited": "ltd",
    "ltd": "limited",
    "company": "co",
    "corporation": "corp",
    "incorporated": "inc",
    "private": "pvt",
}


@lru_cache(maxsize=100_000)
def stem_key(word: str) -> str:
    """A word without its ending, folded: `Aktsionernoye`, `акционерное` and `aktsionerny` are one."""
    key = fold(romanise(word))
    return key.rstrip(_VOWELS) if len(key) > 4 else key


def _shortened(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """A form of several words with its English words written out and shortened: `public company limited`, `public co ltd`."""
    out: list[tuple[str, ...]] = [()]
    for word in words:
        ways = (word, _SHORT[word]) if len(words) > 1 and word in _SHORT else (word,)
        out = [(*start, way) for start in out for way in ways]
    return out


class LegalForms:
    """The table of forms, read once: exact surfaces, their romanised spelling, and stems of the long ones."""

    def __init__(self) -> None:
        self._surfaces: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._stems: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        exact: set[tuple[str, ...]] = set()
        stems: set[tuple[str, ...]] = set()
        for form, surfaces in party_tables.legal_forms():
            for words in dict.fromkeys(
                written for surface in surfaces for written in _shortened(tuple(split(surface)))
            ):
                for written in (words, tuple(romanise(w) for w in words)):
                    if written and written not in exact:
                        exact.add(written)
                        self._surfaces.setdefault(written[0], []).append((written, form))
                keys = tuple(stem_key(w) for w in words)
                if len(keys) > 1 and sum(map(len, keys)) >= LONG and keys not in stems:
                    stems.add(keys)
                    self._stems.setdefault(keys[0], []).append((keys, form))
        for table in (self._surfaces, self._stems):
            for rows in table.values():
                rows.sort(key=lambda f: -len(f[0]))
        self.han = {
            w[0]: form for rows in self._surfaces.values() for w, form in rows if len(w) == 1 and HAN.search(w[0])
        }

    def strip(self, words: Sequence[str]) -> tuple[list[str], list[str]]:
        """(words without legal forms, classes of the forms taken away). A name that is nothing but a form keeps its words."""
        given = [w if w.isascii() or not LATIN.match(w) else romanise(w) for w in words]
        keys: list[str] | None = None
        out: list[str] = []
        found: list[str] = []
        i, n = 0, len(given)
        while i < n:
            hit: tuple[int, str] | None = None
            for surface, form in self._surfaces.get(given[i], ()):
                k = len(surface)
                if tuple(given[i : i + k]) == surface and (
                    k > 1
                    or len(surface[0]) > ENDS_ONLY
                    or (i == 0 and surface[0] not in NEVER_FIRST)
                    or (i > 0 and i + k >= n - 1)
                    or form in found
                ):
                    hit = (k, form)
                    break
            if i + 1 < n and len(given[i]) > 2:
                keys = keys or [stem_key(w) for w in given]
                for surface, form in self._stems.get(keys[i], ()):
                    k = len(surface)
                    if (hit is None or k > hit[0]) and tuple(keys[i : i + k]) == surface:
                        hit = (k, form)
                        break
            if hit is None:
                out.append(given[i])
                i += 1
            else:
                found.append(hit[1])
                i += hit[0]
        return (out, found) if out else (given, [])
