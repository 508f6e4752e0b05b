"""Documentation follows the code: what is not described fails here."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = runpy.run_path(str(ROOT / "docs" / "make_reference.py"))["PAGES"]


@pytest.mark.parametrize("page", sorted(PAGES))
def test_reference_pages_are_what_the_code_makes(page):
    assert (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8") == PAGES[page](), "run: make docs"


def test_every_setting_and_column_has_a_meaning():
    for page in ("settings.md", "tables.md"):
        for line in (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8").splitlines():
            if line.startswith("| `") or (
                page == "tables.md" and re.match(r"\| [a-z_]+ \|", line) and not line.startswith("| column")
            ):
                assert line.rstrip(" |").split("|")[-1].strip(), line


def test_links_between_pages_lead_somewhere():
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.relative_to(ROOT)} -> {target}"


def test_the_project_names_no_machine_path():
    allowed = {
        ".git",
        ".venv",
        "demo",
        "__pycache__",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
        ".hypothesis",
        "node_modules",
    }
    for path in ROOT.rglob("*"):
        if (
            path.is_file()
            and not allowed & set(path.relative_to(ROOT).parts)
            and path.suffix in (".py", ".md", ".toml", ".sql", ".html", ".css", "")
        ):
            text = path.read_text(encoding="utf-8", errors="ignore")
            assert "/wo" + "rk/" not in text, path


def test_every_indicator_rule_is_described():
    sql = (ROOT / "src" / "enduse" / "findings" / "sql" / "indicator.sql").read_text(encoding="utf-8")
    rules = set(re.findall(r"'([a-z]+(?:_[a-z]+)+)'", sql))
    page = (ROOT / "docs" / "explanation" / "figures.md").read_text(encoding="utf-8")
    assert rules
    assert all(f"`{rule}`" in page for rule in rules), rules


def test_every_room_and_table_of_the_house_page_is_real():
    from enduse.contracts import TABLES
    from enduse.pipeline import ROOMS

    page = (ROOT / "docs" / "explanation" / "house.md").read_text(encoding="utf-8")
    lines = {line.split("|")[1].strip(): line.split("|")[3] for line in page.splitlines() if line.startswith("| ")}
    for room in ROOMS:
        named = {t.strip() for t in lines[room].split(",")}
        made = {t.name for t in TABLES.values() if t.made_by == room}
        assert named == made, room
