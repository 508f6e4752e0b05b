"""Records whose cells bear their names: JSON (lines, arrays, one document) and XML, as a table of text.

A record may hold others: a declaration with its goods. The list with the most objects in it gives the records; what
stands around it is repeated beside each. Columns are named by the path to the value, without the path to the list.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from enduse.errors import SourceRefused

from .cells import MAX_COLUMNS, Row, cut_of, too_many_columns
from .convert import WHITE

# What a line of goods has, in the languages of customs forms: two such fields make a list one of goods.
_GOODS = re.compile(
    r"(?:^|[^a-z])hs|tn_?ved|tariff|kg|commodity|goods|descr|quant|qty|weight|mass|net|gross|price|value|amount|cost|origin|товар|код|вес|масса|колич|стоим|цена"
    r"|вага|вартість|кількість|descripci|cantidad|peso|valor|品|数量|重量|价|金额",
    re.IGNORECASE,
)
Key = tuple[str, ...]
Flat = dict[Key, str]
# An object of the file, or the text of what should be one.
Outer = dict[str, Any] | str


@dataclass(frozen=True)
class Keyed:
    """How a file of named cells is laid out: where its records lie, and the paths of its columns."""

    items: Key
    keys: tuple[Key, ...]
    columns: tuple[str, ...]


def lay_out(outers: Iterable[Outer], name: str) -> Keyed:
    """One pass over the file: the list that gives the records, and every path that holds a value."""
    lists: Counter[Key] = Counter()
    fields: dict[Key, set[str]] = {}
    seen: dict[Key, None] = {}
    number = 0
    for outer in outers:
        if isinstance(outer, str):
            continue
        number += 1
        _look(outer, (), lists, fields, seen)
        if len(seen) > 4 * MAX_COLUMNS:
            raise too_many_columns(len(seen), name)
    items = _records_at(lists, fields, number)
    inner = [k for k in lists if k != items and not _under(items, k)]
    keys = [k for k in seen if not any(_under(k, other) for other in inner)]
    keys += [k for k in inner if not any(_under(k, other) for other in inner if other != k)]
    if not keys:
        raise SourceRefused(
            "no record with named values is found in this JSON or XML",
            where=name,
            fix="Export the table as CSV or xlsx",
        )
    if len(keys) > MAX_COLUMNS:
        raise too_many_columns(len(keys), name)
    return Keyed(items, tuple(keys), _names(tuple(keys), items))


def _records_at(lists: Counter[Key], fields: dict[Key, set[str]], number: int) -> Key:
    """The list whose objects are the records: lines of goods, wherever they stand; else, in one document, its outermost list."""
    goods = [k for k in lists if sum(bool(_GOODS.search(f)) for f in fields[k]) >= 2]
    if goods:
        return max(goods, key=lambda k: (lists[k], len(k), k))
    outermost = [k for k in lists if not any(_under(k, other) for other in lists if other != k)]
    return max(outermost, key=lambda k: (lists[k], k)) if number == 1 and outermost else ()


def _under(key: Key, other: Key) -> bool:
    return len(key) >= len(other) and key[: len(other)] == other


def _look(value: Any, path: Key, lists: Counter[Key], fields: dict[Key, set[str]], seen: dict[Key, None]) -> None:
    if isinstance(value, dict):
        for name, inner in value.items():
            _look(inner, (*path, str(name)), lists, fields, seen)
    elif isinstance(value, list) and any(isinstance(v, dict) for v in value):
        lists[path] += len(value)
        for inner in value[:1000]:
            if isinstance(inner, dict):
                fields.setdefault(path, set()).update(map(str, inner))
        for inner in value:
            _look(inner, path, lists, fields, seen)
    elif value not in (None, "", []):
        seen.setdefault(path)


def _names(keys: tuple[Key, ...], items: Key) -> tuple[str, ...]:
    """Paths as column names; the path to the records says nothing of a value in them."""
    short = [" ".join(k[len(items) :] if items and _under(k, items) else k).strip() or "value" for k in keys]
    often = Counter(short)
    return tuple(s if often[s] == 1 else " ".join(k).strip() or "value" for s, k in zip(short, keys, strict=True))


def records(outers: Iterable[Outer], layout: Keyed) -> Iterator[Flat | str]:
    """The records of the file in order; what is no object comes as its text."""
    for outer in outers:
        if isinstance(outer, str):
            yield outer
        else:
            yield from _expand(outer, (), {}, layout.items)


def _expand(value: dict[str, Any], path: Key, around: Flat, items: Key) -> Iterator[Flat]:
    """An object as one record, or as many as the list on the way to `items` holds, each with what stands around it."""
    cells = dict(around)
    deeper: list[tuple[Key, Any]] = []
    for name, inner in value.items():
        key = (*path, str(name))
        if items and _under(items, key) and isinstance(inner, dict | list):
            deeper += [(key, one) for one in (inner if isinstance(inner, list) else [inner])]
        else:
            _flatten(inner, key, cells)
    if not deeper:
        yield cells
    for key, one in deeper:
        if isinstance(one, dict):
            yield from _expand(one, key, cells, items)
        else:
            yield cells | {key: text_of(one) or ""}


def _flatten(value: Any, key: Key, out: Flat) -> None:
    if isinstance(value, dict):
        for name, inner in value.items():
            _flatten(inner, (*key, str(name)), out)
        return
    text = text_of(value)
    if text:
        out[key] = text


def text_of(value: Any) -> str | None:
    """A value as it stands in the file; several as `a; b`, lists of objects as JSON."""
    if value is None:
        return None
    if isinstance(value, str):
        return value.strip(WHITE) or None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, list) and not any(isinstance(v, dict | list) for v in value):
        return "; ".join(t for v in value if (t := text_of(v))) or None
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False) if value else None
    return str(value)


def rows(make: Callable[[], Iterable[Outer]], layout: Keyed) -> Iterator[tuple[int, Row | str]]:
    """Record number and cells in the order of the columns, or the text of what is no record."""
    for number, found in enumerate(records(make(), layout), 1):
        yield number, found if isinstance(found, str) else tuple(found.get(k) for k in layout.keys)


def members(file: Any) -> Iterator[Outer]:
    """The members of a JSON array in an open text file, one by one."""
    yield from _array(file, json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str))


def json_outers(path: Path, encoding: str) -> Iterator[Outer]:
    """The objects of a JSON file: one a line, the members of an array, or of one document the whole of it."""
    decoder = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
    with path.open(encoding=encoding, errors="replace", newline="\n") as file:
        first = file.read(1 << 16).lstrip()
        file.seek(0)
        if first.startswith("\ufeff"):
            first = first[1:].lstrip()
        if first.startswith("["):
            yield from _array(file, decoder)
        elif _of_lines(first, decoder):
            for line in file:
                text = line.strip().strip("\ufeff")
                if text:
                    yield _object(text, decoder)
        else:
            yield _object(file.read().strip().strip("\ufeff"), decoder)


def _of_lines(first: str, decoder: json.JSONDecoder) -> bool:
    """Whether the first line is a whole value by itself: then each line is one. A broken first line is told by the second."""
    lines = [line for line in first.split("\n")[:3] if line.strip()]
    for line in lines[:2]:
        try:
            decoder.decode(line.strip())
        except (ValueError, RecursionError):
            continue
        return True
    return len(lines) == 1 and len(first) >= 1 << 15  # a first line longer than the look


def _object(text: str, decoder: json.JSONDecoder) -> Outer:
    try:
        found = decoder.decode(text)
    except (ValueError, RecursionError):
        return text[:4000]
    if "\\u" in text:
        found = whole(found)
    return found if isinstance(found, dict) else text[:4000]


def whole(value: Any) -> Any:
    """A value without halves of surrogate pairs, which JSON can write and no text has."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {whole(k): whole(v) for k, v in value.items()}
    return [whole(v) for v in value] if isinstance(value, list) else value


def _array(file: Any, decoder: json.JSONDecoder) -> Iterator[Outer]:
    """The members of an array one by one, a piece of the file at a time."""
    text, final, place, step = "", False, 0, 1 << 20
    opened = False
    while True:
        if not final:
            piece = file.read(step)
            final = not piece
            text = text[place:] + piece
            place = 0
        if not opened:
            text = text.lstrip(" \t\r\n\ufeff")[1:]
            opened = True
        try:
            place = yield from _members(text, decoder, final=final)
        except _Short:
            step *= 2
            continue
        step = 1 << 20
        if final:
            return


class _Short(Exception):  # noqa: N818 - no error: more of the file is needed
    """No whole member stands in what was read so far."""


def _members(text: str, decoder: json.JSONDecoder, *, final: bool) -> Generator[Outer, None, int]:
    place, found = 0, 0
    while True:
        while place < len(text) and text[place] in " \t\r\n,":
            place += 1
        if place >= len(text) or text[place] == "]":
            return place
        try:
            value, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            if final:
                yield text[place : place + 4000]  # the array is cut off or broken here: the rest is one refusal
                return len(text)
            if not found:
                raise _Short from None
            return place
        if not final and end >= len(text):
            if not found:
                raise _Short
            return place
        value = whole(value)
        yield value if isinstance(value, dict) else cut_of(value)
        place, found = end, found + 1
