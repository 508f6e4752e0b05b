"""`classify`: what each text of a list is, with or without code, weight and maker; each distinct combination is read once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from enduse.goods.batch import Answers, Combinations, read_all
from enduse.goods.codes import digits, odd_code
from enduse.goods.watch import load
from enduse.goods.weight import bands, unit_note

Cells = Any  # a list of cells, or an Arrow array or chunked array of them

if TYPE_CHECKING:
    from enduse.goods.watch import Profile

    Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]


def _encoded(cells: Cells) -> tuple[list[str], Numbers]:
    """The different values of a column as text, and for each row the place of its value among them."""
    if isinstance(cells, pa.ChunkedArray):
        cells = cells.combine_chunks()
    if not isinstance(cells, pa.Array):
        cells = pa.array(["" if c is None else str(c) for c in cells], pa.string())
    coded = pc.fill_null(cells.cast(pa.string()), "").dictionary_encode()
    return coded.dictionary.to_pylist(), coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)


def classify(
    texts: Cells, hs: Cells | None = None, kg: Cells | None = None, quantity: Cells | None = None,
    watch: str | Profile = "civil-drones", maker: Cells | None = None,
) -> pa.Table:  # fmt: skip
    """What each text (with its code, weight in kg, number of pieces and maker) is, one row per text, in order.

    Each column is a list or an Arrow array; all but `texts` may be missing, and any cell may be empty or unreadable.
    `watch` is the name of a profile or a profile. Columns: family, brand, model, hs6 (the declared six digits; without a
    code the candidate of a component word or part number, which the evidence calls so), controls, vague, vague_rules,
    confidence, evidence. Raises `CaseError` for an unknown profile.
    """
    profile = load(watch) if isinstance(watch, str) else watch
    words, text = _encoded(texts)
    size = len(text)
    makers, made_by = _encoded(maker if maker is not None else [])
    raw, code = _encoded(hs) if hs is not None else ([""], np.zeros(size, dtype=np.int64))
    codes = [digits(c) for c in raw]
    short = [c[:8] for c in codes]
    # The maker of a row without one is its text: nothing beside it then says who made it.
    filled = np.array([bool(m.strip()) for m in makers], dtype=np.bool_)
    owner = np.where(filled[made_by], made_by + len(words), text) if len(makers) else text
    wide = max(len(raw), 1)
    if maker is None:
        keys, inverse = np.unique(text * wide + code, return_inverse=True)
        pairs = keys // wide, keys // wide, keys % wide
    else:
        stacked, inverse = np.unique(np.stack([text, owner, code]), axis=1, return_inverse=True)
        pairs = stacked[0], stacked[1], stacked[2]
    asked = Combinations([*words, *makers], short, [""], *pairs, np.zeros(len(pairs[0]), dtype=np.int64))
    found = read_all(profile, asked).take(pa.array(inverse.reshape(-1)))
    out = {k: pc.fill_null(found.columns[k], "") for k in ("family", "brand", "model", "controls", "vague_rules")}
    evidence = _noted(found, raw, codes, code, kg, quantity)
    six = pa.array([c[:6] if len(c) >= 6 else "" for c in codes], pa.string()).take(pa.array(code))
    no_code = pa.array([not c for c in codes], pa.bool_()).take(pa.array(code))
    hs6 = pc.if_else(no_code, pc.fill_null(found.columns["listed"], ""), six)
    vague = pc.cast(pc.not_equal(out["vague_rules"], ""), pa.int32())
    return pa.table({
        "family": out["family"], "brand": out["brand"], "model": out["model"], "hs6": hs6, "controls": out["controls"],
        "vague": vague, "vague_rules": out["vague_rules"], "confidence": found.columns["confidence"], "evidence": evidence,
    })  # fmt: skip


def _noted(
    found: Answers, raw: list[str], codes: list[str], code: Numbers, kg: Cells | None, quantity: Cells | None
) -> pa.Array:
    """The evidence with what the single row adds: weight against its subheading, an unreadable code."""
    evidence = pc.fill_null(found.columns["evidence"], "")
    odd = [odd_code(c) for c in raw]
    weighed = np.array([any(c.startswith(hs6) for hs6, _, _ in bands()) for c in codes], dtype=np.bool_)
    rows = set(np.flatnonzero(np.array([bool(o) for o in odd], dtype=np.bool_)[code]).tolist())
    if kg is not None and quantity is not None and weighed.any():
        drone = pc.equal(found.columns["family"], "drone").fill_null(False).to_numpy(zero_copy_only=False)
        rows |= set(np.flatnonzero(weighed[code] & drone).tolist())
    if not rows:
        return evidence
    cells = evidence.to_pylist()
    family = found.columns["family"]
    for number in sorted(rows):
        notes = [f"note={odd[code[number]]}"] if odd[code[number]] else []
        if kg is not None and quantity is not None and family[number].as_py() == "drone":
            notes.append(unit_note("drone", codes[code[number]], _cell(kg, number), _cell(quantity, number)))
        cells[number] = ";".join(x for x in (cells[number], *notes) if x)
    return pa.array(cells, pa.string())


def _cell(cells: Cells, number: int) -> object:
    value = cells[number]
    return value.as_py() if isinstance(value, pa.Scalar) else value
