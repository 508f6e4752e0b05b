"""Fixtures for every room: the shared data where it lies beside the project, and an engine per test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from enduse.engine.duckdb import DuckDBEngine

# No test is timed: a busy machine is no fault of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared development data; tests that need it skip where it is not."""
    if not (SHARED / "data").is_dir():
        pytest.skip("no shared development data beside the project")
    return SHARED


@pytest.fixture
def duck(tmp_path: Path) -> Iterator[DuckDBEngine]:
    """A DuckDB engine that spills into the test's own folder."""
    engine = DuckDBEngine(tmp_path / "spill")
    yield engine
    engine.close()
