"""A real Chromium on pages that were written to disk, as a reader would open them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from enduse import dossier
from enduse.engine.duckdb import DuckDBEngine

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "dossier"))

import world

CHROMIUM = Path("/usr/bin/chromium")
PATIENCE = 600_000  # milliseconds; a wait ends as soon as what it waits for is there, so only a fault takes them


class Patient:
    """A browser whose pages wait as long as a loaded machine needs."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser

    def new_context(self, **more: Any) -> Any:
        made = self._browser.new_context(**more)
        made.set_default_timeout(PATIENCE)
        return made

    def new_page(self, **more: Any) -> Any:
        made = self._browser.new_page(**more)
        made.set_default_timeout(PATIENCE)
        return made


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Chromium of the machine; skipped with the reason where it or Playwright is missing."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"], timeout=PATIENCE)
        yield Patient(opened)
        opened.close()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The invented case and an empty one as HTML files."""
    folder = tmp_path_factory.mktemp("pages")
    out = {}
    for name, book in (("full", world.tables()), ("empty", {})):
        engine = DuckDBEngine(folder / "spill")
        world.fill(engine, book)
        out[name] = folder / f"{name}.html"
        out[name].write_text(dossier.render(dossier.build(engine, world.CASE, world.RUN)), encoding="utf-8")
        engine.close()
    return out
