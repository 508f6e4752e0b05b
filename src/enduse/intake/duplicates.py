"""The columns without a role, where two records agree in all that has one: is it one record twice, or two that look alike?

`sql/duplicate_*.sql` finds the records that agree in every declared cell. Inside one layout the rest of the record is
then compared too (an invoice number, a project, a marks column), except what only numbers the records of the file.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enduse.engine.step import Context, Made
    from enduse.intake.raw import Raw

_UUID = re.compile(r"[{(]?[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}[)}]?")
# `RECORD_ID`, `row no`, `id`, `№ п/п`, `Sr. No`: numbers of records, not of papers.
_COUNTER = re.compile(
    r"(?:(?:[a-z]+ )?records?|row|source|db|data) ?(?:id|no|nr|num|number|tag|uuid|guid|key)?|id|uuid|guid|index|n|no|nr|#|№|п п|№ п п|s no|sr no|sl no|serial no|seq|unnamed 0|序号"
)


def counts_records(column: str, values: Sequence[str | None]) -> bool:
    """Whether a column only numbers the records of its file: by its name, as UUIDs, or as whole numbers that rise by record."""
    filled = [v for v in values if v]
    if not filled or len(filled) < len(values):
        return False
    if len(set(filled)) < 0.9 * len(filled):  # some records may stand there twice, number and all
        return False
    folded = " ".join(re.sub(r"[^\w#№]+|_", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column)).casefold().split())
    if _COUNTER.fullmatch(folded) or all(_UUID.fullmatch(v) for v in filled):
        return True
    if len(filled) < 20 or not all(re.fullmatch("[0-9]{1,15}", v) for v in filled):
        return False
    numbers = [int(v) for v in filled]
    return all(a <= b for a, b in itertools.pairwise(numbers))


def rest_of(raw: Raw, roles: Sequence[str]) -> tuple[str, ...]:
    """The columns (`c7`) of a file that have no role and say something of the goods or papers."""
    return tuple(
        f"c{i + 1}" for i, (column, role) in enumerate(zip(raw.columns, roles, strict=True))
        if role == "ignore" and not counts_records(column, [r[i] for r in raw.sample])
    )  # fmt: skip


def layout_of(raw: Raw, roles: Sequence[str]) -> str:
    """Equal for files with the same columns read in the same roles."""
    return hashlib.sha256(
        "\x1f".join(f"{c}\x1e{r}" for c, r in zip(raw.columns, roles, strict=True)).encode()
    ).hexdigest()[:16]


def rest(context: Context) -> Made:
    """The step: the digest of the columns without a role, for the records that `duplicate_group` holds."""
    import pyarrow as pa

    engine = context.engine
    found = []
    wanted = {r["source"] for r in engine.fetch("SELECT DISTINCT source FROM duplicate_group").to_pylist()}
    for line in engine.fetch(
        "SELECT source, raw, rest FROM intake_file WHERE rest IS NOT NULL AND rest <> ''"
    ).to_pylist():
        if line["source"] not in wanted:
            continue
        engine.attach("raw_record", context.scratch / line["raw"])
        cells = ", ".join(f"COALESCE(r.{c}, '')" for c in line["rest"].split(";"))
        found.append(
            engine.fetch(
                f"SELECT g.source, g.row, MD5(CONCAT_WS('|', {cells})) AS rest FROM duplicate_group AS g INNER JOIN raw_record AS r ON r.row = g.row WHERE g.source = $source",
                {"source": line["source"]},
            )
        )
        engine.drop("raw_record")
    schema = pa.schema([("source", pa.string()), ("row", pa.int64()), ("rest", pa.string())])
    return {"duplicate_rest": pa.concat_tables([t.cast(schema) for t in found]) if found else schema.empty_table()}
