"""One case for all tests of the application."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from web_case import Asker, run_once

from enduse import Case
from enduse.web.desk import Desk


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return run_once(lambda: tmp_path_factory.mktemp("web"))


@pytest.fixture(scope="session")
def desk(case: Case) -> Iterator[Desk]:
    opened = Desk(case.folder)
    yield opened
    opened.now.close()


@pytest.fixture(scope="session")
def ask(desk: Desk) -> Asker:
    return Asker(desk)


@pytest.fixture
def own(case: Case, tmp_path: Path) -> Iterator[tuple[Case, Desk, Asker]]:
    """A copy of the case to write into."""
    shutil.copytree(case.folder.parent, tmp_path / "all")
    folder = tmp_path / "all" / case.folder.name
    opened = Desk(folder)
    yield Case(folder), opened, Asker(opened)
    opened.now.close()
