"""Search in goods texts and names: a list of distinct words, and for each word the texts that hold it.

What is asked is looked for inside the words of the list (a few megabytes), not inside the texts (which may be gigabytes).
A word ends at a space or a sign of punctuation; a run of Chinese or other unspaced script is one word, and parts of it are found.
Words in quotation marks are a phrase: the list gives the texts that hold them all, and each of those is read to see whether
they stand next to each other.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyroaring import BitMap

from enduse.web.index import strings

if TYPE_CHECKING:
    from enduse.web.index.store import Index

SIGNS = "\t\n\r\v\f\xa0\u200b\u3000.,;:!?\"'`´’‘“”„«»()[]{}<>/\\|_-–—+*=&%#@~^$€№°·、。，；：！？（）【】《》「」『』"


QUOTED = re.compile('"([^"]*)"|“([^”]*)”')
TEXTS = 1 << 17  # texts read at once for a phrase
# Scripts that put no space between words: a phrase that ends in one may stand inside a longer run.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]"
)


_SIGN = "[" + re.escape(SIGNS).replace("'", "''") + "]"


def _spaced(column: str) -> str:
    """SQL: a column in small letters, a space for each sign. By a pattern: `translate` takes four times as long."""
    return f"regexp_replace(lower({column}), '{_SIGN}', ' ', 'g')"


def _parted(column: str) -> str:
    """SQL: the words of a column in small letters."""
    return f"string_split({_spaced(column)}, ' ')"


def write(db: duckdb.DuckDBPyConnection, out: Path) -> None:
    """The words of goods texts and of names, with the codes of the texts that hold each."""
    for name in ("text", "name"):
        # A word twice in a text stands twice in its list: that does no harm there, and to find it out takes as long as all the rest.
        db.execute(
            f"CREATE OR REPLACE TABLE pair AS SELECT w.token, w.code FROM (SELECT unnest({_parted('word')}) AS token, code FROM d_{name}) AS w WHERE w.token <> ''"
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
        self.codes: NDArray[np.uint32] = np.load(path, mmap_mode="r") if self._first[-1] else np.load(path)

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
            hit[self.codes[self._first[number] : self._first[number + 1]]] = True
        return np.flatnonzero(hit)


def parted(index: Index, text: str) -> list[str]:
    """The words of what is asked, parted as the texts were."""
    return list(dict.fromkeys(_words(index, text)))


def _words(index: Index, text: str) -> list[str]:
    found: list[str] = index.ask(f"SELECT {_parted('?')}", [text])[0][0]
    return [w for w in found if w]


def asked(index: Index, text: str) -> tuple[list[str], list[tuple[str, ...]]]:
    """Single words, and phrases as their words. A quotation mark without a second one is a sign like others."""
    phrases = [tuple(_words(index, a or b)) for a, b in QUOTED.findall(text)]
    return parted(index, QUOTED.sub(" ", text)), list(dict.fromkeys(p for p in phrases if p))


def rows(index: Index, word: str) -> BitMap:
    """Rows in which the word stands: inside a word of the goods text or of a firm's name, or at the beginning of the commodity code."""
    found = [index.rows_of("text", index.search["text"].having(word))]
    names = index.search["name"].having(word)
    found += [index.rows_of(side, names) for side in ("seller_name", "buyer_name")]
    if word.isdigit() and word.isascii():
        codes = np.flatnonzero([w.startswith(word) for w in index.words["hs"]])
        found.append(index.rows_of("hs", codes[codes > 0]))
    return BitMap.union(*found)


def phrase_rows(index: Index, phrase: tuple[str, ...]) -> BitMap:
    """Rows in whose goods text or a firm's name the words stand whole and next to each other, whatever signs part them."""
    found = [index.rows_of("text", _holding(index, "text", phrase))]
    names = _holding(index, "name", phrase)
    found += [index.rows_of(side, names) for side in ("seller_name", "buyer_name")]
    if len(phrase) == 1 and (code := index.code("hs", phrase[0])) is not None:
        found.append(index.rows_of("hs", np.array([code])))
    return BitMap.union(*found)


def _holding(index: Index, name: str, phrase: tuple[str, ...]) -> NDArray[np.int64]:
    """Codes of the texts of a dictionary that hold the phrase: those with all its words, each read to see their order."""
    few: NDArray[np.int64] | None = None
    for word in dict.fromkeys(phrase):
        having = index.search[name].having(word)
        few = having if few is None else np.intersect1d(few, having, assume_unique=True)
        if not len(few):
            return few
    if few is None:
        return np.zeros(0, np.int64)
    wanted = " ".join(phrase)
    wanted = ("" if UNSPACED.match(wanted) else " ") + wanted + ("" if UNSPACED.match(wanted[-1]) else " ")
    spaced = f"' ' || {_spaced('text')} || ' '"
    sql = f"SELECT code FROM (SELECT code, {spaced} AS t FROM held) WHERE contains(CASE WHEN contains(t, '  ') THEN regexp_replace(t, ' +', ' ', 'g') ELSE t END, ?)"
    out = []
    cursor = index.db.cursor()
    try:
        for at in range(0, len(few), TEXTS):
            part = few[at : at + TEXTS]
            held = pa.table({"code": pa.array(part), "text": index.texts[name].column(part)})
            cursor.register("held", held)
            out.append(np.asarray(cursor.execute(sql, [wanted]).fetchnumpy()["code"], np.int64))
            cursor.unregister("held")
    finally:
        cursor.close()
    return np.sort(np.concatenate(out))
