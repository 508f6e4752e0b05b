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

import httpx
import pytest
from web_case import Asker

from enduse import Case, pipeline
from enduse.errors import EnduseError
from enduse.web.desk import Desk
from enduse.web.serve import bound


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
            with httpx.Client(base_url=base, timeout=60) as client:
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
        _, said = process.communicate(timeout=30)
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


def test_a_port_in_use_is_an_error_with_a_free_one(case):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(EnduseError, match="taken") as caught:
            bound(port)
        free = int(caught.value.fix.rpartition(" ")[2])
        with bound(free) as listening:
            assert listening.getsockname() == ("127.0.0.1", free)
        process = _command(str(case.folder), "--no-browser", "--port", str(port))
        out, said = process.communicate(timeout=60)
        assert (process.returncode, out) == (3, "")
        assert "--port" in said
        assert "Traceback" not in said


def test_no_case_is_an_error_and_nothing_is_made(tmp_path):
    process = _command(str(tmp_path / "nothing"), "--no-browser")
    _, said = process.communicate(timeout=60)
    assert process.returncode == 3
    assert "no case here" in said
    assert not (tmp_path / "nothing").exists()


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
