"""A mapping file can be written, edited, read back, and says what is wrong with it."""

from __future__ import annotations

import pytest

from enduse.errors import CaseError
from enduse.intake import mapping


def test_round_trip_keeps_roles_and_readers(tmp_path):
    roles = mapping.propose(
        ["Дата", 'He said "net"; weight', "HS CODE", "x = [1]"], [["01.02.2023", "1,5", "8806", "?"]] * 3
    )
    path = tmp_path / "m.toml"
    mapping.dump(path, roles)
    back = mapping.load(path)
    assert [(r.position, r.column, r.role) for r in back] == [(r.position, r.column, r.role) for r in roles]
    assert [r.reader for r in back if r.role != "ignore"] == [r.reader for r in roles if r.role != "ignore"]
    assert all(r.confidence == 1.0 for r in back)
    assert "# Roles: declaration_id" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            '[[column]]\ncolumn = "A"\nrole = "hscode"',
            ["column 1", "'hscode'", "Did you mean hs_code?", "Allowed: declaration_id"],
        ),
        ('[[column]]\ncolumn = "A"\nrole = "date"\ncolour = 1', ["unknown key 'colour'", "Allowed: position, column"]),
        ('[[column]]\nrole = "date"', ["names neither column nor position"]),
        (
            '[[column]]\ncolumn = "A"\nrole = "date"\n[[column]]\ncolumn = "B"\nrole = "date"',
            ["stands twice", "'A'", "'B'"],
        ),
        ('[[column]]\ncolumn = 3\nrole = "date"', ["column = 3 is not a text"]),
        ("roles = 3", ["unknown key 'roles'"]),
        ("", ["names no column"]),
        ("[[column", ["no readable TOML"]),
    ],
)
def test_a_broken_file_is_named_with_the_key_and_what_is_allowed(tmp_path, text, words):
    path = tmp_path / "m.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        mapping.load(path)
    assert str(path) in str(caught.value)
    for word in words:
        assert word in str(caught.value)


def test_a_missing_file_says_how_to_make_one(tmp_path):
    with pytest.raises(CaseError, match="enduse map"):
        mapping.load(tmp_path / "none.toml")
