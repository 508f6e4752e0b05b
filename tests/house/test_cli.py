"""The command line: exit codes, streams, help; no traceback reaches a user."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from test_case import HEAD, QUESTION, ROWS


def enduse(*args: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if k != "ENDUSE_TRACEBACK"}
    return subprocess.run(
        [sys.executable, "-m", "enduse", *map(str, args)],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "imports.csv").write_text("\n".join([HEAD, *ROWS]) + "\n", encoding="utf-8")
    (folder / "empty.csv").write_bytes(b"")
    (folder / "binary.csv").write_bytes(random.Random(1).randbytes(30_000))
    (folder / "header.csv").write_text(HEAD + "\n", encoding="utf-8")
    (folder / "odd.csv").write_text("qqq,zzz,xxx\n!,?,~\n!,?,~\n", encoding="utf-8")
    assert enduse("new", "case", "--question", QUESTION, cwd=folder).returncode == 0
    assert enduse("add", "case", "imports.csv", cwd=folder).returncode == 0
    assert enduse("run", "case", cwd=folder).returncode == 0
    return folder


def test_reading_a_case(desk):
    listed = json.loads(enduse("figures", "case", "--json", cwd=desk).stdout)
    assert listed[0]["value"] == "12000"
    assert "12,000 USD" in enduse("figures", "case", cwd=desk).stdout
    why = enduse("why", "case", listed[0]["figure_id"], cwd=desk)
    assert "recomputed" in why.stdout
    assert "12000" in why.stdout
    found = json.loads(enduse("why", "case", listed[0]["figure_id"], "--json", cwd=desk).stdout)
    assert found["equal"] is True
    assert len(found["rows"]) == 2
    assert enduse("claims", "case", cwd=desk).returncode == 0


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (("run", "nowhere"), 3, "nowhere"),
        (("add", "case", "nothing.csv"), 3, "nothing.csv"),
        (("add", "case", "empty.csv"), 3, "empty.csv"),
        (("add", "case", "binary.csv"), 3, "binary.csv"),
        (("why", "case", "F-9999"), 3, "F-9999"),
        (("run", "case", "--until", "nonsense"), 2, "nonsense"),
        (("run", "case", "--engine", "nonsense"), 2, "nonsense"),
        (("export", "case", "--to", "nonsense", "--out", "x"), 2, "nonsense"),
        (("map", "nothing.csv"), 3, "nothing.csv"),
        (("map",), 2, "FILE"),
        (("nonsense",), 2, "nonsense"),
        (("new", "case"), 3, "case"),
        (("new", "other", "--watch", "nonsense"), 3, "civil-drones"),
        (("classify", "imports.csv", "--text", "Nonsense", "--out", "x.csv"), 3, "Nonsense"),
        (("extract", "nothing.txt", "--out", "x.jsonl"), 3, "nothing.txt"),
        (("extract", "imports.csv", "--date", "yesterday", "--out", "x.jsonl"), 2, "yesterday"),
        (("compare", "one"), 2, "two names"),
    ],
)
def test_exit_codes_and_reasons(desk, args, code, says):
    done = enduse(*args, cwd=desk)
    assert done.returncode == code, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not (desk / "x").exists()
    assert not (desk / "x.csv").exists()
    assert not (desk / "x.jsonl").exists()


def test_a_header_alone_and_a_file_of_nothing_known(desk):
    columns = json.loads(enduse("map", "header.csv", "--json", cwd=desk).stdout)["columns"]
    assert [c["column"] for c in columns] == HEAD.split(",")
    assert {"date", "hs_code", "description"} <= {c["role"] for c in columns}
    assert enduse("new", "odd", cwd=desk).returncode == 0
    added = enduse("add", "odd", "odd.csv", "--kind", "customs", cwd=desk)
    ran = enduse("run", "odd", cwd=desk)
    assert 3 in (added.returncode, ran.returncode)
    assert "odd.csv" in added.stderr + ran.stderr


def test_help_answers_and_nothing_is_coloured(desk):
    for command in (
        "new",
        "add",
        "run",
        "figures",
        "why",
        "claims",
        "export",
        "map",
        "classify",
        "screen",
        "compare",
        "extract",
        "demo",
        "bench",
    ):
        done = enduse(command, "--help", cwd=desk)
        assert done.returncode == 0
        assert "Usage" in done.stdout
        assert "\x1b[" not in done.stdout + done.stderr


def test_add_to_classify_compare_and_extract_on_plain_files(desk):
    done = enduse(
        "classify", "imports.csv", "--text", "Goods description", "--hs", "HS code", "--out", "goods.csv", cwd=desk
    )
    assert done.returncode == 0, done.stderr
    lines = (desk / "goods.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1].count("DJI") >= 1
    assert enduse("compare", "OOO Sever", "ООО Север", cwd=desk).returncode == 0
    (desk / "note.txt").write_text(
        "Nordwind Aero delivered 40 drones to Sever in March 2023, a customs official said.\n", encoding="utf-8"
    )
    assert enduse("extract", "note.txt", "--date", "2023-05-01", "--out", "claims.jsonl", cwd=desk).returncode == 0


def test_a_list_that_holds_no_entry_is_refused(desk):
    (desk / "asked.csv").write_text("name\nAcme Ltd\n", encoding="utf-8")
    (desk / "nobody.csv").write_text("name\n", encoding="utf-8")
    done = enduse("screen", "asked.csv", "--name", "name", "--list", "nobody.csv", "--out", "hits.csv", cwd=desk)
    assert done.returncode == 3
    assert "nobody.csv: the list holds no entry" in done.stderr
    assert not (desk / "hits.csv").exists()


def test_a_mapping_is_written_edited_and_obeyed(desk):
    assert enduse("map", "imports.csv", "--out", "edit.toml", cwd=desk).returncode == 0
    path = desk / "edit.toml"
    text = path.read_text(encoding="utf-8")
    text = text.replace('role = "exporter_name"', 'role = "manufacturer"')
    path.write_text(text, encoding="utf-8")
    assert enduse("new", "mapped", "--question", QUESTION, cwd=desk).returncode == 0
    assert enduse("add", "mapped", "imports.csv", "--mapping", "edit.toml", cwd=desk).returncode == 0
    assert enduse("run", "mapped", cwd=desk).returncode == 0
    measures = {f["measure"] for f in json.loads(enduse("figures", "mapped", "--json", cwd=desk).stdout)}
    assert "importers" in measures
    assert "exporters" not in measures
    broken = enduse("add", "mapped", "header.csv", "--mapping", "imports.csv", cwd=desk)
    assert broken.returncode == 3
    assert "imports.csv" in broken.stderr
