"""Judgements and runs from the application."""

from __future__ import annotations

import json
import os
import time
from threading import Event

import pytest
from web_shapes import RunState

from enduse import Case
from enduse.web.runs import Runs

PATIENCE = 1800  # seconds; only a run that hangs takes them


def _wait(ask):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        state = ask.get("run")
        RunState.model_validate(state)
        if state["state"] != "running":
            return state
        time.sleep(0.1)
    raise AssertionError("the run did not end")


@pytest.fixture
def held(monkeypatch):
    """A run is heard out only once the event is set: until then it is under way, however fast or slow the machine is."""
    gate, listen = Event(), Runs._listen

    def wait(self, child):
        gate.wait()
        listen(self, child)

    monkeypatch.setattr(Runs, "_listen", wait)
    yield gate
    gate.set()


def test_a_judgement_makes_the_results_stale_and_a_run_renews_them(own, held):
    case, desk, ask = own
    question = ask.get("review")["questions"][0]
    assert "score" not in question
    why = ask.get("review/why", {"left": question["left"], "right": question["right"]})
    assert 0 <= why["score"] <= 1
    before = ask.get("case")
    assert before["stale"] == []
    said = ask.post(
        "judgements", {"left": question["left"], "right": question["right"], "judgement": "same", "user": "tester"}
    )
    assert said["ok"]
    assert said["by"] == "tester"
    line = json.loads((case.folder / "judgements.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (line["left"], line["right"], line["judgement"]) == (question["left"], question["right"], "same")
    assert "parties" in ask.get("case")["stale"]
    assert question["left"] not in [
        q["left"] for q in ask.get("review")["questions"] if q["right"] == question["right"]
    ]
    old = desk.now
    started = ask.post("run", {"until": "parties"}, 202)
    assert started["state"] == "running"
    assert ask.get("selection")["rows"] == before["totals"]["rows"], "the old results stay readable"
    assert "under way" in ask.post("run", {}, 409)["error"]["what"]
    held.set()
    ended = _wait(ask)
    assert ended["state"] == "done", ended["error"]
    assert ended["stages_done"][-1] == "index"
    assert desk.now is not old
    assert "parties" not in ask.get("case")["stale"]


def test_a_run_in_a_terminal_is_noticed_and_shown_when_asked_for(own):
    """The run is made in this process, as a terminal would: the server holds its own copy until it is told to look."""
    case, desk, ask = own
    shown = ask.get("case")["run_id"]
    assert ask.get("run")["elsewhere"] is None
    scratch = case.folder / "work" / f".scratch-{os.getppid()}"
    scratch.mkdir()
    living = ask.get("run")["elsewhere"]
    assert living is None or living == {"state": "running", "run_id": None}, "unless the parent is no program of ours"
    scratch.rmdir()
    (case.folder / "work" / ".scratch-999999999").mkdir()
    assert ask.get("run")["elsewhere"] is None, "a killed run left its folder"
    settings = case.folder / "case.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("parts = true", "parts = false"), encoding="utf-8")
    before, held = ask.get("figures"), desk.now
    Case(case.folder).run(until="findings")
    told = ask.get("run")["elsewhere"]
    assert told["state"] == "newer"
    assert told["run_id"] not in (None, shown)
    assert ask.get("case")["run_id"] == shown
    assert ask.get("figures") == before, "the old results stay whole"
    assert desk.now is held
    ask.post("reopen", {}, 202)
    ended = _wait(ask)
    assert (ended["state"], ended["stages_done"]) == ("done", ["index"])
    assert ended["elsewhere"] is None
    assert ask.get("case")["run_id"] == told["run_id"]
    assert desk.now is not held


def test_a_run_of_another_program_is_not_disturbed(own, monkeypatch):
    _, _, ask = own
    monkeypatch.setattr("enduse.web.runs.under_way", lambda _work, _own: 4711)
    assert ask.get("run")["elsewhere"] == {"state": "running", "run_id": None}
    for path in ("run", "reopen"):
        assert "another program (process 4711)" in ask.post(path, {}, 409)["error"]["what"]


def test_a_run_that_fails_says_what_where_and_what_to_do(own):
    case, _, ask = own
    settings = case.folder / "case.toml"
    text = settings.read_text(encoding="utf-8")
    rows = ask.get("selection")["rows"]
    settings.write_text(text.replace('destination = ["RU"]', 'destination = ["Russia"]'), encoding="utf-8")
    ask.post("run", {}, 202)
    state = _wait(ask)
    assert state["state"] == "failed"
    assert "destination" in state["error"]["what"]
    assert state["error"]["fix"]
    assert str(case.folder) not in json.dumps(state)
    assert ask.get("selection")["rows"] == rows
    settings.write_text(text, encoding="utf-8")


def test_judgements_that_make_no_sense_are_refused(ask):
    for body in (
        {"left": "a", "right": "a", "judgement": "same"},
        {"left": "nobody has", "right": "these names", "judgement": "same"},
    ):
        assert ask.post("judgements", body, 404)["error"]["fix"]
    for body in (
        {},
        [],
        {"left": "a", "right": "b", "judgement": "guilty"},
        {"left": "a", "right": "b", "judgement": "same", "more": 1},
    ):
        assert ask.post("judgements", body, 400)["error"]["what"]
    assert ask.post("run", {"until": "paradise"}, 400)["error"]["fix"]
