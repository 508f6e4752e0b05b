"""The command: an address on this machine, clear ends, ten browsers, and cases that are empty or half run."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import duckdb
import httpx
import numpy as np
import pytest
from web_case import Asker

from enduse import Case, pipeline
from enduse.errors import EnduseError
from enduse.web.desk import Desk
from enduse.web.index import columnar
from enduse.web.index.build import build
from enduse.web.serve import bound

PATIENCE = 1800  # seconds; only a server that hangs takes them


def _command(*words: str) -> subprocess.Popen[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COV")}
    return subprocess.Popen(
        [sys.executable, "-m", "enduse", "serve", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def test_a_served_case_answers_ten_browsers_and_ends_cleanly(case):
    process = _command(str(case.folder), "--no-browser")
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        base, _, token = address.partition("/?token=")
        port = int(base.rpartition(":")[2])
        assert base == f"http://127.0.0.1:{port}"
        assert len(token) >= 20
        assert _listening(process.pid) == {("0100007F", port)}, "it listens on the loopback address alone"

        def browse(number: int) -> tuple[int, ...]:
            with httpx.Client(base_url=base, timeout=PATIENCE) as client:
                assert client.get("/", params={"token": token}).status_code == 303
                paths = (
                    "case",
                    "facets?goods=drone",
                    f"shipments?offset={number * 7}",
                    "selection?q=drone",
                    "network",
                    "export?view=parties",
                )
                return tuple(client.get(f"/api/{p}").status_code for p in paths)

        with ThreadPoolExecutor(10) as pool:
            assert set(pool.map(browse, range(10))) == {(200,) * 6}
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
        assert "ended" in said
        assert "Traceback" not in said
    finally:
        process.kill()
        process.communicate()  # waits, and closes both pipes also when a check above failed


def _listening(pid: int) -> set[tuple[str, int]]:
    """Addresses a process listens on, from the kernel's own table."""
    inodes = set()
    for held in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # a running server closes files while one reads the list
            name = str(held.readlink())
            if name.startswith("socket:["):
                inodes.add(name[8:-1])
    out = set()
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            parts = line.split()
            if parts[9] in inodes and (parts[3] == "0A" or table.startswith("udp")):
                address, _, port = parts[1].partition(":")
                out.add((address, int(port, 16)))
    return out


def _free_one(fix: str) -> int:
    """The port that an error offers, bound once to see that it works. Another program may be quicker: then the next one offered."""
    for _ in range(50):
        free = int(fix.rpartition(" ")[2])
        try:
            with bound(free) as listening:
                assert listening.getsockname() == ("127.0.0.1", free)
                return free
        except EnduseError as again:
            fix = again.fix
    raise AssertionError("no port that is offered is free")


def test_a_port_in_use_is_an_error_with_a_free_one(case):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(EnduseError, match="taken") as caught:
            bound(port)
        assert _free_one(caught.value.fix) != port
        process = _command(str(case.folder), "--no-browser", "--port", str(port))
        out, said = process.communicate(timeout=PATIENCE)
        assert (process.returncode, out) == (3, "")
        assert "--port" in said
        assert "Traceback" not in said


def test_no_case_is_an_error_and_nothing_is_made(tmp_path):
    process = _command(str(tmp_path / "nothing"), "--no-browser")
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 3
    assert "no case here" in said
    assert not (tmp_path / "nothing").exists()


def test_texts_that_share_a_hash_are_told_apart(case, tmp_path, monkeypatch):
    """Whoever writes a source may make texts collide: then the index is made with a hash nobody has collisions for."""
    made = []
    for name, quick in (("a", True), ("b", False)):
        folder = tmp_path / name
        shutil.copytree(case.folder, folder, ignore=shutil.ignore_patterns("serve"))
        if not quick:
            monkeypatch.setattr(columnar, "_hash", lambda _: "md5_number_lower")
        made.append(build(folder))
    for column in ("text", "seller_name", "buyer_name"):
        first, second = (np.load(m / f"{column}.npy") for m in made)
        assert len(np.unique(first)) > 10
        assert (first == second).all()
    db = duckdb.connect()
    for table in ("d_text", "d_name"):
        db.execute(f"CREATE TABLE {table} AS SELECT 'a' AS word UNION ALL SELECT 'b'")
    monkeypatch.undo()
    assert columnar._hash(db) == "hash"
    db.execute("INSERT INTO d_name VALUES ('a')")  # as if two texts had one hash
    assert columnar._hash(db) == "md5_number_lower"
    db.close()


EVERY = (
    "case",
    "selection",
    "facets",
    "shipments",
    "figures",
    "parties",
    "chains",
    "routes",
    "claims",
    "network",
    "map",
    "timeline",
    "review",
    "run",
)


def test_an_empty_case_is_served_as_one(tmp_path):
    desk = Desk(Case.new(tmp_path / "case", question="civil drones to RU").folder)
    ask = Asker(desk)
    for path in EVERY:
        ask.get(path)
    head = ask.get("case")
    assert not any(s["done"] for s in head["stages"])
    assert not any(head["views"].values())
    assert head["totals"]["rows"] == 0
    assert (
        ask.get("shipments", {"q": "drone", "goods": "drone", "hs": "88", "party": "none", "sort": "value_usd"})["rows"]
        == []
    )
    assert ask.get("shipments/abc-1", status=404)["error"]["what"]
    assert ask.http.get("/api/export?view=shipments").status_code == 200
    desk.now.close()


@pytest.mark.parametrize("until", ["intake", "goods"])
def test_a_case_half_run_shows_what_there_is(case, tmp_path, until):
    folder = tmp_path / "case"
    shutil.copytree(case.folder, folder, ignore=shutil.ignore_patterns("serve"))
    for room in pipeline.ROOMS[pipeline.ROOMS.index(until) + 1 :]:
        shutil.rmtree(folder / "work" / room)
    desk = Desk(folder)
    ask = Asker(desk)
    for path in EVERY:
        ask.get(path)
    head = ask.get("case")
    assert head["views"]["shipments"]
    assert not head["views"]["parties"]
    row = ask.get("shipments")["rows"][0]
    assert row["seller"]
    assert row["seller_party"] is None
    assert "shipment" in ask.get(f"shipments/{row['shipment_id']}")
    desk.now.close()


def test_no_request_leaves_the_machine(ask, monkeypatch):
    """Every connection the server process would make goes through `connect`; none is made."""
    made: list[object] = []
    here = threading.get_ident()

    def refuse(self, address):
        made.append((here, address))
        raise OSError("no connections")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    row = ask.get("shipments", {"limit": 1})["rows"][0]
    for path in (*EVERY, f"shipments/{row['shipment_id']}", "export?view=shipments"):
        ask.http.get(f"/api/{path}")
    assert made == []
