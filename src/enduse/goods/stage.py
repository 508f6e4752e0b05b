"""The goods stage: distinct combinations by SQL, reading in Python, back to records by SQL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from enduse.engine import Context, Made, Stage, Step, sql_step

if TYPE_CHECKING:
    from enduse.contracts.case_file import CaseFile

ROOM = Path(__file__).parent


def _read(ctx: Context) -> Made:
    """Read every distinct text once and answer every distinct combination."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from enduse.goods.answer import Case, Reader, Row
    from enduse.goods.codes import digits
    from enduse.goods.watch import load
    from enduse.goods.weight import bands

    profile = load(ctx.case.watch, ctx.folder)
    cases = ctx.engine.fetch("SELECT description, maker, hs, hs_revision, period, from_china FROM goods_case")
    size = cases.num_rows
    both = (
        pa.concat_arrays([*cases["description"].chunks, *cases["maker"].chunks]) if size else pa.array([], pa.string())
    )
    coded = pc.dictionary_encode(both.cast(pa.string()))
    texts, places = coded.dictionary.to_pylist(), coded.indices.to_numpy(zero_copy_only=False).tolist()
    reader = Reader(profile, texts)
    ctx.progress.say(f"{len(texts)} distinct texts, {len(reader.open)} of them name watched goods or makers")
    china = {1: True, 0: False, -1: None}
    columns = (cases[c].to_pylist() for c in ("hs", "hs_revision", "period", "from_china"))
    rows: list[Row] = [
        reader.answer(Case(text, maker, digits(hs), revision, period, china[origin]))
        for text, maker, hs, revision, period, origin in zip(places[:size], places[size:], *columns, strict=True)
    ]
    rules = [";".join(r) for r in reader.vague]
    vague_rules = [rules[p] for p in places[:size]]
    made = {c: cases[c] for c in cases.column_names}
    for name in ("family", "brand", "model", "controls", "evidence", "basis"):
        made[name] = pa.array([getattr(r, name) for r in rows], pa.string())
    made["confidence"] = pa.array([r.confidence for r in rows], pa.float64())
    made["vague"] = pa.array([int(bool(v)) for v in vague_rules], pa.int32())
    made["vague_rules"] = pa.array(vague_rules, pa.string())
    limits = bands()
    band = pa.table({
        "hs6": pa.array([b[0] for b in limits], pa.string()),
        "low": pa.array([float(b[1]) for b in limits], pa.float64()),
        "high": pa.array([float(b[2]) for b in limits], pa.float64()),
    })  # fmt: skip
    return {"goods_read": pa.table(made), "goods_band": band}


def _settings(case: CaseFile) -> object:
    return case.watch


STAGE = Stage(
    "goods",
    (
        sql_step(ROOM, "goods_case", ("shipment_row",)),
        Step("read", ("goods_case",), ("goods_read", "goods_band"), run=_read),
        sql_step(ROOM, "goods", ("shipment_row", "goods_read", "goods_band")),
    ),
    settings=_settings,
)
