"""Search in goods texts and names: a list of distinct words, and for each word the texts that hold it.

What is asked is looked for inside the words of the list (a few megabytes), not inside the texts (which may be gigabytes).
A word ends at a space or a sign of punctuation; a run of Chinese or other unspaced script is one word, and parts of it are found.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from enduse.web.index import strings

if TYPE_CHECKING:
    from enduse.web.index.store import Index

SIGNS = "\t\n\r\v\f\xa0\u200b\u3000.,;:!?\"'`´’‘“”„«»()[]{}<>/\\|_-–—+*=&%#@~^$€№°·、。，；：！？（）【】《》「」『』"


def _parted(column: str) -> str:
    """SQL: the words of a column in small letters."""
    signs = SIGNS.replace("'", "''")
    return f"string_split(translate(lower({column}), '{signs}', '{' ' * len(SIGNS)}'), ' ')"


def write(db: duckdb.DuckDBPyConnection, out: Path) -> None:
    """The words of goods texts and of names, with the codes of the texts that hold each."""
    for name in ("text", "name"):
        db.execute(
            f"CREATE OR REPLACE TABLE pair AS SELECT DISTINCT w.token, w.code FROM (SELECT unnest({_parted('word')}) AS token, code FROM d_{name}) AS w WHERE w.token <> ''"
        ).fetchall()
        db.execute(
            "CREATE OR REPLACE TABLE token AS SELECT CAST(row_number() OVER (ORDER BY token) AS UINTEGER) AS number, token, n FROM (SELECT token, count(*) AS n FROM pair GROUP BY token) ORDER BY token"
        ).fetchall()
        strings.write(db, "SELECT token || chr(10) AS token FROM token ORDER BY number", out, f"word_{name}")
        sizes = np.array([r[0] for r in db.execute("SELECT n FROM token ORDER BY number").fetchall()], np.int64)
        np.save(out / f"word_{name}.first.npy", np.concatenate(([0], sizes.cumsum())))
        holders = np.lib.format.open_memmap(
            out / f"word_{name}.codes.npy", mode="w+", dtype=np.uint32, shape=(int(sizes.sum()),)
        )
        at = 0
        for batch in db.sql(
            "SELECT p.code FROM pair AS p JOIN token AS t ON t.token = p.token ORDER BY t.number, p.code"
        ).to_arrow_reader(1 << 18):
            holders[at : at + batch.num_rows] = batch.column(0).to_numpy(zero_copy_only=False)
            at += batch.num_rows
        holders.flush()
        for table in ("pair", "token"):
            db.execute(f"DROP TABLE {table}").fetchall()


class Words:
    """The words of one dictionary."""

    def __init__(self, folder: Path, name: str, texts: int) -> None:
        self._texts = texts
        held = strings.Strings(folder, f"word_{name}")
        self._ends, self._data = held.ends, bytes(held.data)
        self._first: NDArray[np.int64] = np.load(folder / f"word_{name}.first.npy")
        path = folder / f"word_{name}.codes.npy"
        self._codes: NDArray[np.uint32] = np.load(path, mmap_mode="r") if self._first[-1] else np.load(path)

    def having(self, part: str) -> NDArray[np.int64]:
        """Codes of the texts with a word that holds `part`."""
        wanted, at, hits = part.encode("utf-8", "replace"), 0, []
        while (found := self._data.find(wanted, at)) >= 0:
            hits.append(found)
            at = self._data.find(b"\n", found) + 1  # one hit is enough for a word
        if not hits:
            return np.zeros(0, np.int64)
        numbers = np.searchsorted(self._ends, np.array(hits), side="right") - 1
        hit = np.zeros(self._texts + 1, bool)
        for number in numbers.tolist():
            hit[self._codes[self._first[number] : self._first[number + 1]]] = True
        return np.flatnonzero(hit)


def parted(index: Index, text: str) -> list[str]:
    """The words of what is asked, parted as the texts were."""
    found: list[str] = index.ask(f"SELECT {_parted('?')}", [text])[0][0]
    return list(dict.fromkeys(w for w in found if w))


def rows(index: Index, word: str) -> BitMap:
    """Rows in which the word stands: inside a word of the goods text or of a firm's name, or at the beginning of the commodity code."""
    found = [index.rows_of("text", index.search["text"].having(word))]
    names = index.search["name"].having(word)
    found += [index.rows_of(side, names) for side in ("seller_name", "buyer_name")]
    if word.isdigit() and word.isascii():
        codes = np.flatnonzero([w.startswith(word) for w in index.words["hs"]])
        found.append(index.rows_of("hs", codes[codes > 0]))
    return BitMap.union(*found)
