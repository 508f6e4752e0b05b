"""The goods stage: distinct combinations by SQL, reading in Python, back to records by SQL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from enduse.engine import Context, Made, Stage, Step, sql_step
from enduse.goods.pricing import STEPS as PRICES

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

    from enduse.goods.batch import Combinations, read_all
    from enduse.goods.codes import digits
    from enduse.goods.watch import load

    profile = load(ctx.case.watch, ctx.folder)
    cases = ctx.engine.fetch("SELECT description, maker, hs, hs_revision FROM goods_case")
    size = cases.num_rows
    both = pa.concat_arrays([*cases["description"].chunks, *cases["maker"].chunks]) if size else pa.array([], pa.string())  # fmt: skip
    coded = pc.dictionary_encode(both.cast(pa.string()))
    texts = coded.dictionary.to_pylist()
    places = coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    (hs, code), (revisions, revision) = (_encoded(cases[c]) for c in ("hs", "hs_revision"))
    codes = [digits(c) for c in hs]
    asked = Combinations(texts, codes, revisions, places[:size], places[size:], code, revision)
    answers = read_all(profile, asked)
    ctx.progress.say(f"{len(texts)} distinct texts, {answers.spoke} of them name watched goods or makers")
    made = {c: cases[c] for c in cases.column_names}
    made |= {c: v for c, v in answers.columns.items() if c not in ("listed", "controls")}
    made["spray"] = pc.fill_null(answers.columns["spray"], 0)
    declared = pa.array([c[:6] for c in codes], pa.string()).take(pa.array(code))
    answered = answers.columns["listed"]
    made["listed"] = pc.if_else(pc.equal(pc.fill_null(answered, ""), ""), declared, answered)
    pairs = pa.table({"family": pc.fill_null(made["family"], ""), "listed": made["listed"]}).group_by(["family", "listed"]).aggregate([])  # fmt: skip
    found = set(zip(pairs["family"].to_pylist(), pairs["listed"].to_pylist(), strict=True))
    found |= {("", c) for c in pairs["listed"].to_pylist()}
    return {"goods_read": pa.table(made), "goods_control": _controls(found)}


def _facts(_: Context) -> Made:
    """The reference tables the SQL of this room joins: mass limits, masses of models, rules with their source, rule dates."""
    import datetime as dt

    import pyarrow as pa

    from enduse.goods.weight import bands, model_limits
    from enduse.reference import goods_tables as tables

    limits, models, rules, days = bands(), model_limits(), tables.rows("goods_rules"), tables.rows("rule_dates")
    starts = [dt.date.fromisoformat(r["date"]) for r in days]
    year = dt.timedelta(days=365)
    return {
        "goods_band": pa.table({
            "hs6": pa.array([b[0] for b in limits], pa.string()),
            "low": pa.array([float(b[1]) for b in limits], pa.float64()),
            "high": pa.array([float(b[2]) for b in limits], pa.float64()),
        }),
        "goods_model": pa.table({
            "brand": pa.array([m.brand for m in models], pa.string()),
            "model": pa.array([m.model for m in models], pa.string()),
            "low": pa.array([m.low for m in models], pa.float64()),
            "high": pa.array([m.high for m in models], pa.float64()),
            "codes": pa.array([m.codes for m in models], pa.string()),
        }),
        "goods_rule": pa.table({k: pa.array([r[k] for r in rules], pa.string()) for k in ("rule_id", "source", "strength")}),
        "goods_rule_date": pa.table({
            "day": pa.array(starts, pa.date32()),
            "first_day": pa.array([d - year for d in starts], pa.date32()),
            "last_day": pa.array([d + year - dt.timedelta(days=1) for d in starts], pa.date32()),
            "rule": pa.array([r["rule"] for r in days], pa.string()),
            "source": pa.array([r["source"] for r in days], pa.string()),
        }),
    }  # fmt: skip


def _encoded(column: pa.ChunkedArray) -> tuple[list[str], np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """The different values of a column, and for each row the place of its value among them."""
    import numpy as np
    import pyarrow as pa

    coded = column.combine_chunks().cast(pa.string()).dictionary_encode()
    return coded.dictionary.to_pylist(), coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)


def _controls(found: set[tuple[object, str]]) -> pa.Table:
    """Control entries by family, code, period and origin: what differs between records of one reading."""
    import pyarrow as pa

    from enduse.goods.controls import controls, dates

    origins = {1: True, 0: False, -1: None}
    rows = [
        (family, code, period, origin, spray, entries)
        for family, code in sorted((str(f), c) for f, c in found)
        for period in range(-1, len(dates()) + 1)
        for origin, china in origins.items()
        for spray in ((0, 1) if family == "drone" else (0,))
        if (entries := controls(family, code, period, from_china=china, spray=bool(spray)))
    ]
    names = (
        ("family", pa.string()),
        ("listed", pa.string()),
        ("period", pa.int32()),
        ("from_china", pa.int32()),
        ("spray", pa.int32()),
        ("controls", pa.string()),
    )
    return pa.table({name: pa.array([r[i] for r in rows], kind) for i, (name, kind) in enumerate(names)})


def _settings(case: CaseFile) -> object:
    return case.watch, case.settings.goods.central


STAGE = Stage(
    "goods",
    (
        sql_step(ROOM, "goods_case", ("shipment_row",)),
        Step("read", ("goods_case",), ("goods_read", "goods_control"), run=_read),
        Step("facts", (), ("goods_band", "goods_model", "goods_rule", "goods_rule_date"), run=_facts),
        sql_step(ROOM, "goods", ("shipment_row", "goods_read", "goods_band", "goods_control")),
        sql_step(
            ROOM,
            "goods_indicator",
            ("shipment_row", "goods", "goods_model", "goods_rule"),
            sure=lambda case: case.settings.goods.central,
        ),
        sql_step(ROOM, "wording_row", ("shipment_row", "goods")),
        sql_step(ROOM, "wording_drift", ("wording_row",)),
        sql_step(ROOM, "wording_change", ("wording_row", "goods_rule_date")),
        *PRICES,
    ),
    settings=_settings,
)
