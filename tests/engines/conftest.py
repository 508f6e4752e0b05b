"""One Spark session for all parity tests; they skip with a reason where Java is missing."""

from __future__ import annotations

import shutil

import pytest


@pytest.fixture(scope="session")
def spark(tmp_path_factory):
    if shutil.which("java") is None:
        pytest.skip("no Java on this machine, so no Spark")
    pytest.importorskip("pyspark")
    from enduse.engine.spark import SparkEngine

    engine = SparkEngine(tmp_path_factory.mktemp("spark"))
    yield engine
    engine.close()
