"""What the columns of a labelled table are: the label, a date, numbers, categories, codes with prefixes, or nothing to learn from."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from enduse.errors import EnduseError

YES = frozenset({"1", "1.0", "true", "t", "yes", "y", "fraud", "positive", "hit", "да", "是"})
NO = frozenset({"0", "0.0", "false", "f", "no", "n", "clean", "negative", "none", "", "нет", "否"})
MANY = 30  # a number column with more different values than this is a quantity, with fewer a code
UNIQUE = 0.95  # a text column with this share of different values names the row, not what is in it
PREFIXES = (2, 4)  # chapter and heading of a commodity code


@dataclass(frozen=True)
class Columns:
    """The columns to learn from; `left_out` says of each other one why."""

    numbers: tuple[str, ...]
    categories: tuple[str, ...]
    codes: tuple[str, ...]  # categories of digits, whose first digits are categories too
    left_out: dict[str, str] = field(default_factory=dict)


def labels(column: pa.ChunkedArray, where: str) -> np.ndarray:
    """0 or 1 for each row. Yes/no words, 0 and 1, and numbers above 0 are understood; anything else is an error that names it."""
    texts = pc.utf8_lower(pc.utf8_trim_whitespace(column.fill_null("")))
    encoded = texts.combine_chunks().dictionary_encode()
    values = encoded.dictionary.to_pylist()
    out = np.zeros(len(values), dtype=np.int8)
    for i, value in enumerate(values):
        if value in YES:
            out[i] = 1
        elif value not in NO:
            try:
                out[i] = float(value) > 0
            except ValueError:
                raise EnduseError(
                    f"label {value!r} is neither yes nor no",
                    where=where,
                    fix="Write 1 for rows found wrong, 0 for the others",
                ) from None
    found: np.ndarray = out[encoded.indices.to_numpy(zero_copy_only=False)]
    return found


def numbers(column: pa.ChunkedArray) -> np.ndarray:
    """Numbers of a text column, NaN where a cell holds none."""
    text = pc.utf8_trim_whitespace(column.fill_null("")).combine_chunks()
    good = pc.match_substring_regex(text, r"^[-+]?[0-9]*[.]?[0-9]+([eE][-+]?[0-9]+)?$")
    values = pc.cast(pc.if_else(good, text, pa.scalar(None, pa.string())), pa.float64())
    found: np.ndarray = values.to_numpy(zero_copy_only=False)
    return found


def is_date(column: pa.ChunkedArray) -> bool:
    """True where nearly every filled cell begins as an ISO date."""
    text = column.fill_null("").combine_chunks()
    filled = pc.sum(pc.not_equal(text, "")).as_py() or 0
    dated = pc.sum(pc.match_substring_regex(text, "^[12][0-9]{3}-[01][0-9]-[0-3][0-9]")).as_py() or 0
    return bool(filled and dated >= 0.95 * filled)


def sort_out(
    names: tuple[str, ...], table: dict[str, pa.ChunkedArray], shared: frozenset[str], skip: dict[str, str]
) -> Columns:
    """Decide for each column of the labelled table what it is. `shared` are columns the file to rank has too."""
    left, number, category, code = dict(skip), [], [], []
    rows = len(next(iter(table.values()))) if table else 0
    for name in names:
        if name in left:
            continue
        column = table[name]
        if name not in shared:
            left[name] = "not in the file to rank"
            continue
        if is_date(column):
            left[name] = "a date: rows to come have others"
            continue
        distinct = pc.count_distinct(column.fill_null("")).as_py()
        if distinct < 2:
            left[name] = "the same in every row"
            continue
        values = numbers(column)
        filled = pc.sum(pc.not_equal(column.fill_null(""), "")).as_py() or 0
        numeric = filled and np.count_nonzero(~np.isnan(values)) >= 0.95 * filled
        text = column.fill_null("").combine_chunks()
        digits = pc.sum(pc.match_substring_regex(text, "^[0-9]{4,12}$")).as_py() or 0
        coded = bool(filled and digits >= 0.95 * filled and _one_length(text))
        if distinct >= UNIQUE * rows and (not numeric or coded or _counts_up(values)):
            left[name] = "different in nearly every row: it names the row"
            continue
        if numeric and distinct > MANY and not coded:
            number.append(name)
        if distinct < UNIQUE * rows:
            category.append(name)
        if coded and distinct > MANY:
            code.append(name)
    return Columns(tuple(number), tuple(category), tuple(code), left)


def _one_length(text: pa.Array) -> bool:
    lengths = pc.utf8_length(text)
    common = pc.mode(lengths)[0].as_py()["mode"]
    return bool((pc.sum(pc.equal(lengths, common)).as_py() or 0) >= 0.9 * len(text))


def _counts_up(values: np.ndarray) -> bool:
    """Whole numbers, all different: a running or drawn number."""
    known = values[~np.isnan(values)]
    return bool(len(known) and np.all(known == np.floor(known)))
