"""Saved mappings are known again; a person is asked about what is not sure."""

from __future__ import annotations

import pytest

from enduse.intake import mapping
from enduse.intake.mapping import ColumnRole

COLUMNS = ["Date", "Importer", "HS Code", "Mystery"]


def saved(folder, columns=COLUMNS):
    roles = mapping.propose(columns, [])
    mapping.dump(folder / "one.toml", roles)
    return roles


def test_a_layout_is_known_again_by_its_names(tmp_path):
    roles = saved(tmp_path)
    path, found = mapping.recognized(tmp_path, ["DATE", "importer ", "HS-Code", "Mystery"])
    assert path.name == "one.toml"
    assert [r.role for r in found] == [r.role for r in roles]
    assert found[0].column == "DATE"
    assert found[0].reason.startswith("mapping file one.toml")


@pytest.mark.parametrize("columns", [COLUMNS[:3], [*COLUMNS, "More"], COLUMNS[::-1], ["Date", "Exporter", "HS Code", "Mystery"]])  # fmt: skip
def test_another_layout_is_not(tmp_path, columns):
    saved(tmp_path)
    assert mapping.recognized(tmp_path, columns) is None


def test_a_broken_file_and_no_folder_are_passed_over(tmp_path):
    (tmp_path / "a.toml").write_text("not toml [", encoding="utf-8")
    saved(tmp_path)
    assert mapping.recognized(tmp_path, COLUMNS) is not None
    assert mapping.recognized(tmp_path / "none", COLUMNS) is None


def asked(roles, answers, sample=()):
    said, left = [], list(answers)
    made = mapping.ask(roles, sample, threshold=0.5, answer=lambda _: left.pop(0), say=said.append)
    assert not left
    return {r.column: r.role for r in made}, said


ROLES = (
    ColumnRole(1, "a", "importer_name", 0.9),
    ColumnRole(2, "b", "value", 0.4, "decimal", "header: price"),
    ColumnRole(3, "c", "ignore", 0.9),
)


@pytest.mark.parametrize(
    ("answers", "role"),
    [([""], "value"), (["-"], "ignore"), (["unit_price"], "unit_price"), (["Unit Price"], "unit_price"), (["valeu", "value"], "value")],
)  # fmt: skip
def test_only_the_doubtful_column_is_asked_about(answers, role):
    got, said = asked(ROLES, answers, [["x", "1,5", "y"]])
    assert got == {"a": "importer_name", "b": role, "c": "ignore"}
    assert "such as 1,5" in said[1]


def test_a_role_given_twice_moves(tmp_path):
    got, said = asked(ROLES, ["importer_name"])
    assert got == {"a": "ignore", "b": "importer_name", "c": "ignore"}
    assert any("taken from column 1" in line for line in said)


def test_who_breaks_off_saves_nothing():
    def stop(_):
        raise EOFError

    with pytest.raises(EOFError):
        mapping.ask(ROLES, [], threshold=0.5, answer=stop, say=lambda _: None)
