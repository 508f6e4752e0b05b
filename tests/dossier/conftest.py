"""A filled engine and the page made of it, once for the whole room."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from enduse.dossier.ask import sql
from enduse.engine.duckdb import DuckDBEngine

sys.path.insert(0, str(Path(__file__).parent))

import world


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckDBEngine]:
    engine = DuckDBEngine(tmp_path_factory.mktemp("spill"))
    world.fill(engine, world.tables())
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def model(filled):
    from enduse import dossier

    return dossier.build(filled, world.CASE, world.RUN)


@pytest.fixture(scope="session")
def page(model) -> str:
    from enduse import dossier

    return dossier.render(model)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[DuckDBEngine]:
    engine = DuckDBEngine(tmp_path / "spill")
    world.fill(engine, {})
    engine.make("counted_row", sql("counted_row"))
    yield engine
    engine.close()
