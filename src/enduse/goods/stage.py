"""The goods stage: distinct combinations by SQL, reading in Python, back to records by SQL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from enduse.engine import Context, Made, Stage, Step, sql_step

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from enduse.contracts.case_file import CaseFile

ROOM = Path(__file__).parent


def _read(ctx: Context) -> Made:
    """Read every distinct text once; answer the combinations in which text, maker or code can mean anything."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    from enduse.goods.answer import Case, Reader
    from enduse.goods.codes import digits
    from enduse.goods.watch import load
    from enduse.goods.weight import bands

    profile = load(ctx.case.watch, ctx.folder)
    cases = ctx.engine.fetch("SELECT description, maker, hs, hs_revision FROM goods_case")
    size = cases.num_rows
    both = (
        pa.concat_arrays([*cases["description"].chunks, *cases["maker"].chunks]) if size else pa.array([], pa.string())
    )
    coded = pc.dictionary_encode(both.cast(pa.string()))
    texts = coded.dictionary.to_pylist()
    places = coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    text, maker = places[:size], places[size:]
    reader = Reader(profile, texts)
    ctx.progress.say(f"{len(texts)} distinct texts, {len(reader.open)} of them name watched goods or makers")

    speaks = np.zeros(len(texts), dtype=bool)
    speaks[list(reader.open)] = True
    named = np.zeros(len(texts), dtype=bool)
    for number in np.unique(maker).tolist():
        named[number] = reader.speaking(-1, number)
    hs, revision = (_encoded(cases[c]) for c in ("hs", "hs_revision"))
    codes = [digits(c) for c in hs[0]]
    pairs, pair = np.unique(hs[1] * max(len(revision[0]), 1) + revision[1], return_inverse=True)
    heard = np.array(
        [
            bool(reader.codes.speaks(codes[p // len(revision[0])], revision[0][p % len(revision[0])]))
            for p in pairs.tolist()
        ],
        dtype=bool,
    )
    telling = np.flatnonzero(
        speaks[text] | (named[maker] & (maker != text)) | (heard[pair] if size else False)
    ).tolist()

    columns: dict[str, list[object]] = {
        c: [None] * size for c in ("family", "brand", "model", "evidence", "basis", "confidence")
    }
    listed = [codes[i][:6] for i in hs[1].tolist()]
    for i in telling:
        row = reader.answer(Case(int(text[i]), int(maker[i]), codes[hs[1][i]], revision[0][revision[1][i]]))
        for name, values in columns.items():
            values[i] = getattr(row, name)
        listed[i] = row.listed or listed[i]
    made = {c: cases[c] for c in cases.column_names}
    made |= {c: pa.array(v, pa.float64() if c == "confidence" else pa.string()) for c, v in columns.items()}
    made["listed"] = pa.array(listed, pa.string())
    rules = pa.array([";".join(r) for r in reader.vague], pa.string())
    made["vague_rules"] = rules.take(pa.array(text))
    limits = bands()
    band = pa.table({
        "hs6": pa.array([b[0] for b in limits], pa.string()),
        "low": pa.array([float(b[1]) for b in limits], pa.float64()),
        "high": pa.array([float(b[2]) for b in limits], pa.float64()),
    })  # fmt: skip
    found = {(columns["family"][i] or "", listed[i]) for i in telling} | {("", c) for c in set(listed)}
    return {"goods_read": pa.table(made), "goods_band": band, "goods_control": _controls(found)}


def _encoded(column: pa.ChunkedArray) -> tuple[list[str], np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """The different values of a column, and for each row the place of its value among them."""
    import numpy as np
    import pyarrow as pa

    coded = column.combine_chunks().cast(pa.string()).dictionary_encode()
    return coded.dictionary.to_pylist(), coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)


def _controls(found: set[tuple[object, str]]) -> pa.Table:
    """Control entries by family, code, period and origin: what differs between records of one reading."""
    import pyarrow as pa

    from enduse.goods.controls import controls

    origins = {1: True, 0: False, -1: None}
    rows = [
        (family, code, period, origin, entries)
        for family, code in sorted((str(f), c) for f, c in found)
        for period in (-1, 0, 1, 2)
        for origin, china in origins.items()
        if (entries := controls(family, code, period, from_china=china))
    ]
    names = (
        ("family", pa.string()),
        ("listed", pa.string()),
        ("period", pa.int32()),
        ("from_china", pa.int32()),
        ("controls", pa.string()),
    )
    return pa.table({name: pa.array([r[i] for r in rows], kind) for i, (name, kind) in enumerate(names)})


def _settings(case: CaseFile) -> object:
    return case.watch


STAGE = Stage(
    "goods",
    (
        sql_step(ROOM, "goods_case", ("shipment_row",)),
        Step("read", ("goods_case",), ("goods_read", "goods_band", "goods_control"), run=_read),
        sql_step(ROOM, "goods", ("shipment_row", "goods_read", "goods_band", "goods_control")),
    ),
    settings=_settings,
)
