"""Running the goods stage on made-up records."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from enduse.contracts import TABLES
from enduse.contracts.case_file import CaseFile
from enduse.engine.base import Engine
from enduse.engine.step import Context
from enduse.goods import STAGE

ASIDE = ("goods_indicator", "wording_row", "wording_drift", "wording_change")


class Silent:
    """Takes what a step says."""

    def step(self, stage: str, name: str, number: int, of: int) -> None: ...

    def say(self, line: str) -> None:
        assert line


Run = Callable[..., None]


@pytest.fixture
def goods_stage(tmp_path: Path) -> Run:
    """`goods_stage(engine, rows, watch=...)`: the tables up to the indicators and wording stand in the engine."""

    def run(engine: Engine, rows: list[dict[str, Any]], watch: str = "civil-drones") -> None:
        made = [{"shipment_id": f"abc-{i}", "source": "f", "row": i, **r} for i, r in enumerate(rows, 1)]
        engine.put("shipment_row", TABLES["shipment_row"].arrow(made))
        ctx = Context(engine, CaseFile(watch=watch), tmp_path, tmp_path, Silent())
        for step in STAGE.steps:
            if step.name not in ("goods_case", "read", "facts", "goods", *ASIDE):
                continue  # prices have tests of their own
            if step.sql:
                engine.make(step.outputs[0], step.sql, {name: of(ctx.case) for name, of in step.params.items()})
            else:
                assert step.run is not None
                for name, table in step.run(ctx).items():
                    engine.put(name, table)

    return run
