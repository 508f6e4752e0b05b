"""Crates that want to do harm: names that lead out, links, bombs, broken lists. Nothing is written outside, nothing crashes."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enduse.errors import EnduseError
from enduse.exports import verify_pack
from enduse.exports.crate_pack import write_manifest, write_zip
from enduse.exports.verify import crate as verify_apart
from enduse.exports.verify_report import Check

FILES = {
    "enduse.json": b'{"enduse_crate": 1}',
    "README.md": b"read me",
    "data/a.parquet": b"\x00\x01PAR1",
    "b c.txt": b"",
}


def build(folder: Path, files: dict[str, bytes] | None = None) -> Path:
    for name, content in (files or FILES).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    graph = [
        {
            "@id": p.relative_to(folder).as_posix().replace(" ", "%20"),
            "@type": "File",
            "sha256": hashlib.sha256(p.read_bytes()).hexdigest(),
        }
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    ]
    (folder / "ro-crate-metadata.json").write_text(json.dumps({"@graph": graph}))
    write_manifest(folder)
    return folder


def look(path: Path, scratch: Path) -> Check:
    check = Check("files")
    scratch.mkdir(exist_ok=True)
    folder = verify_pack.opened(path, scratch, check)
    verify_pack.described(folder, verify_pack.digests(folder, check), check)
    return check


def zipped(path: Path, entries: list[tuple[str, bytes]], *, top: str = "c/", link: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name if name.startswith(("/", "..")) else f"{top}{name}", content)
        if link:
            item = zipfile.ZipInfo(f"{top}{link}")
            item.create_system, item.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
            archive.writestr(item, "/etc/passwd")
    return path


def honest(tmp_path: Path) -> list[tuple[str, bytes]]:
    folder = build(tmp_path / "honest")
    return [(p.relative_to(folder).as_posix(), p.read_bytes()) for p in sorted(folder.rglob("*")) if p.is_file()]


def test_an_honest_crate_holds_as_folder_and_as_zip(tmp_path):
    folder = build(tmp_path / "c")
    assert look(folder, tmp_path / "s1").holds
    write_zip(folder, tmp_path / "c.zip")
    assert look(tmp_path / "c.zip", tmp_path / "s2").holds


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_done_to_one_file_is_named(tmp_path_factory, data):
    tmp_path = tmp_path_factory.mktemp("t")
    folder = build(tmp_path / "c")
    name = data.draw(st.sampled_from(sorted(FILES)))
    deed = data.draw(st.sampled_from(["change", "cut", "grow", "remove", "add", "rename"]))
    path, content = folder / name, FILES[name]
    expected = {name}
    if deed in ("change", "cut") and content:
        at = data.draw(st.integers(0, len(content) - 1))
        flip = data.draw(st.integers(1, 255))
        path.write_bytes(
            content[:at] if deed == "cut" else content[:at] + bytes([content[at] ^ flip]) + content[at + 1 :]
        )
    elif deed == "remove":
        path.unlink()
    elif deed == "add":
        (folder / "data" / "extra.parquet").write_bytes(content)
        expected = {"data/extra.parquet"}
    elif deed == "rename":
        path.rename(folder / "other name")
        expected = {name, "other name"}
    else:
        path.write_bytes(content + b"x")
    check = Check("files")
    verify_pack.digests(folder, check)
    assert {f.where for f in check.faults} == expected


@pytest.mark.parametrize("name", ["../out.txt", "/out.txt", "a/../../out.txt", "a\\..\\out.txt", "C:/out.txt", "a\nb"])
def test_names_that_lead_out_are_named_and_not_unpacked(tmp_path, name):
    entries = honest(tmp_path)
    path = tmp_path / "bad.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for good, content in entries:
            archive.writestr(good, content)
        archive.writestr(name, b"evil")
    before = {p for p in tmp_path.rglob("*") if "scratch" not in p.parts}
    check = look(path, tmp_path / "scratch")
    assert any("leads out" in f.what for f in check.faults)
    assert {p for p in tmp_path.rglob("*") if "scratch" not in p.parts} == before
    assert not any(p.read_bytes() == b"evil" for p in tmp_path.rglob("*") if p.is_file() and p != path)


def test_links_are_named_and_not_followed(tmp_path):
    check = look(zipped(tmp_path / "l.zip", honest(tmp_path), link="data/passwd"), tmp_path / "s")
    assert any(f.where == "data/passwd" for f in check.faults)
    folder = build(tmp_path / "c")
    (tmp_path / "secret").write_text("secret")
    (folder / "README.md").unlink()
    (folder / "README.md").symlink_to(tmp_path / "secret")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    check = look(folder, tmp_path / "s2")
    assert {"README.md", "loop"} <= {f.where for f in check.faults}
    assert hashlib.sha256(b"secret").hexdigest() not in str(check.faults)


def test_a_pipe_in_a_crate_does_not_hang(tmp_path):
    folder = build(tmp_path / "c")
    os.mkfifo(folder / "data" / "pipe")
    assert "neither file nor folder" in str(look(folder, tmp_path / "s").faults)


def test_a_bomb_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(verify_pack, "SMALL", 1_000_000)
    entries = [*honest(tmp_path), ("data/bomb.parquet", b"\0" * 60_000_000)]
    path = zipped(tmp_path / "bomb.zip", entries)
    check = look(path, tmp_path / "s")
    assert any("unpacks to more" in f.what for f in check.faults)
    assert sum(
        p.stat().st_size for p in (tmp_path / "s").rglob("*") if p.is_file()
    ) <= verify_pack.MOST_RATIO * path.stat().st_size + (1 << 20)


def test_too_many_files_are_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(verify_pack, "MOST_FILES", 3)
    assert any(
        "more files" in f.what for f in look(zipped(tmp_path / "m.zip", honest(tmp_path)), tmp_path / "s").faults
    )


def test_a_file_twice_in_a_zip_is_named(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate"):
        path = zipped(tmp_path / "d.zip", [*honest(tmp_path), ("README.md", b"another")])
    assert any("twice" in f.what for f in look(path, tmp_path / "s").faults)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_zip_is_named_or_is_no_crate(tmp_path_factory, data):
    tmp_path = tmp_path_factory.mktemp("z")
    path = zipped(tmp_path / "c.zip", honest(tmp_path))
    content = path.read_bytes()
    at = data.draw(st.integers(0, len(content) - 1))
    path.write_bytes(
        content[:at] + bytes([content[at] ^ data.draw(st.integers(1, 255))]) + content[at + 1 :]
        if data.draw(st.booleans())
        else content[:at]
    )
    with contextlib.suppress(EnduseError):  # no crate any more; nothing else may come out of it
        assert isinstance(look(path, tmp_path / "s").faults, list)  # some bytes of a zip mean nothing


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("ro-crate-metadata.json", b'{"@graph": [', "no sound JSON"),
        ("ro-crate-metadata.json", b"[" * 200_000 + b"]" * 200_000, "no sound JSON"),
        ("ro-crate-metadata.json", b"[1]", "no JSON object"),
        ("ro-crate-metadata.json", b'{"@graph": {"a": 1}}', "does not describe"),
        ("enduse.json", b'{"enduse_crate": 99}', "does not know"),
        ("enduse.json", b"\xff\xfe", "no sound JSON"),
        ("manifest-sha256.txt", b"zz  README.md\n", "no line of digest"),
        ("manifest-sha256.txt", b"0" * 64 + b"  ../../etc/passwd\n", "no line of digest"),
    ],
)
def test_broken_lists_are_named(tmp_path, name, content, words):
    folder = build(tmp_path / "c")
    (folder / name).write_bytes(content)
    assert words in str(look(folder, tmp_path / "s").faults)


def test_a_json_too_long_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(verify_pack, "MOST_JSON", 10)
    assert "too long" in str(look(build(tmp_path / "c"), tmp_path / "s").faults)


def test_what_is_no_crate_is_said_to_be_none(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "ro-crate-metadata.json").write_text("{}")
    (tmp_path / "text.txt").write_text("hello")
    zipped(tmp_path / "other.zip", [("a.txt", b"a")])
    for name in ("empty", "other", "text.txt", "other.zip", "nowhere"):
        with pytest.raises(EnduseError) as caught:
            look(tmp_path / name, tmp_path / f"s-{name}")
        assert caught.value.exit_code == 3
        assert caught.value.fix
    with pytest.raises(EnduseError, match="not one of enduse"):  # the process apart hands the refusal on
        verify_apart(tmp_path / "other")


def test_tables_that_are_no_tables_are_faults_of_the_crate(tmp_path):
    report = verify_apart(build(tmp_path / "c", {**FILES, "data/figure.parquet": b"PAR1" + b"\0" * 50 + b"PAR1"}))
    assert not report.holds
    assert "data/figure.parquet" in {f.where for c in report.checks for f in c.faults}
