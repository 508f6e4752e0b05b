"""The two sides of the seal held against each other: trees of any size made in SQL, proofs checked with SHA-256 alone."""

from __future__ import annotations

import hashlib

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enduse.engine.dialect import faults as dialect_faults
from enduse.engine.duckdb import DuckDBEngine
from enduse.exports import seal, seal_check
from enduse.intake import commitments

KEY = "ab" * 32
CELL = st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


def tree(
    engine: DuckDBEngine, rows: list[tuple[int, list[str | None]]], names: list[str]
) -> tuple[list[tuple[str, int]], str, commitments.Records]:
    columns = {"row": pa.array([r for r, _ in rows], pa.int64())}
    columns |= {f"c{i + 1}": pa.array([c[i] for _, c in rows], pa.string()) for i in range(len(names))}
    engine.put("records", pa.table(columns))
    records = commitments.raw_cells(names, "records")
    count = commitments.leaves(engine, records, KEY, "leaf")
    levels = commitments.levels(engine, "leaf", count)
    return levels, commitments.root(engine, levels), records


def rfc6962(leaves: list[str]) -> str:
    """The tree by the definition of RFC 6962: split at the largest power of two below the length."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return seal_check.digest(f"node:{rfc6962(leaves[:split])}{rfc6962(leaves[split:])}")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_record_of_every_tree_is_proved(duck, data):
    width = data.draw(st.integers(1, 3))
    cells = data.draw(st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=20))
    gaps = data.draw(st.lists(st.integers(1, 3), min_size=len(cells), max_size=len(cells)))
    numbers = [sum(gaps[: i + 1]) for i in range(len(cells))]
    names = [f"name {i};" for i in range(width)]
    rows = list(zip(numbers, cells, strict=True))
    levels, root, _ = tree(duck, rows, names)
    leaves = [seal_check.leaf(r, names, c, commitments.salt(KEY, r)) for r, c in rows]
    assert duck.fetch("SELECT h FROM leaf ORDER BY p")["h"].to_pylist() == leaves
    assert root == rfc6962(leaves)
    ways = seal._ways(duck, levels, list(range(len(rows))))
    part = {
        "source": "s", "root": root, "records": len(rows), "columns": names,
        "proved": [{"row": r, "index": i, "salt": commitments.salt(KEY, r), "cells": c, "path": ways[i]} for i, (r, c) in enumerate(rows)],
    }  # fmt: skip
    proof = {"method": seal_check.METHOD, "sources": [part], "files": []}
    assert seal_check.faults(proof) == []
    # No record can be shown at another place, or with another cell.
    at = data.draw(st.integers(0, len(rows) - 1))
    item = part["proved"][at]
    place = data.draw(st.integers(0, len(rows) - 1).filter(lambda i: i != at)) if len(rows) > 1 else 0
    forged = (
        {**item, "index": place}
        if len(rows) > 1 and data.draw(st.booleans())
        else {**item, "cells": [*item["cells"][:-1], f"{item['cells'][-1] or ''}x"]}
    )
    assert seal_check.faults({**proof, "sources": [{**part, "proved": [forged]}]})
    for name, _ in levels:
        duck.drop(name)


@given(st.lists(CELL, max_size=4), st.lists(CELL, max_size=4), st.integers(0, 10**9), st.integers(0, 10**9))
def test_no_two_records_have_one_text(a, b, i, j):
    same = (i, a) == (j, b)
    names = ["n"]
    assert (seal_check.record_text(i, names, a) == seal_check.record_text(j, names, b)) == same


@given(st.integers(1, 2000), st.data())
def test_a_way_must_fit_its_place(count, data):
    index = data.draw(st.integers(0, count - 1))
    way, node, width = [], index, count
    while width > 1:
        if node ^ 1 < width:
            way.append(("left" if node % 2 else "right", hashlib.sha256(bytes([len(way)])).hexdigest()))
        node, width = node // 2, (width + 1) // 2
    seal_check.climb("0" * 64, index, count, way)
    if way:
        with pytest.raises(ValueError, match="does not fit"):
            seal_check.climb("0" * 64, index, count, way[:-1])
    with pytest.raises(ValueError, match="the way up"):
        seal_check.climb("0" * 64, index, count, [*way, ("left", "0" * 64)])


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda c: (
            st.lists(c, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["method", "sources", "files", "proved", "root", "records", "columns", "source", "row"]
                ),
                c,
                max_size=4,
            )
        ),
    )
)
def test_nothing_that_calls_itself_a_proof_can_raise(anything):
    assert seal_check.faults(anything)
    assert isinstance(seal_check.faults({"method": seal_check.METHOD, "sources": [anything], "files": anything}), list)


def test_a_source_without_records_has_the_digest_of_nothing(duck):
    _, root, _ = tree(duck, [], ["a"])
    assert root == hashlib.sha256(b"").hexdigest()


def test_salts_tell_nothing_of_each_other_and_cells_of_records_are_hidden():
    assert commitments.salt(KEY, 1) != commitments.salt(KEY, 2)
    one = seal_check.leaf(1, ["a"], ["yes"], commitments.salt(KEY, 1))
    assert one not in {seal_check.leaf(1, ["a"], [guess], "0" * 64) for guess in ("yes", "no", None)}


def test_the_statements_are_portable(duck):
    records = commitments.raw_cells(["a", "b"], "records")
    assert dialect_faults(f"SELECT {commitments.record_sql(records)} AS t FROM records") == []
