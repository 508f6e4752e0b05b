"""Judgements and runs from the application."""

from __future__ import annotations

import json
import time

from web_shapes import RunState


def _wait(ask, seconds=120):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        state = ask.get("run")
        RunState.model_validate(state)
        if state["state"] != "running":
            return state
        time.sleep(0.1)
    raise AssertionError("the run did not end")


def test_a_judgement_makes_the_results_stale_and_a_run_renews_them(own):
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
    ended = _wait(ask)
    assert ended["state"] == "done", ended["error"]
    assert ended["stages_done"][-1] == "index"
    assert desk.now is not old
    assert "parties" not in ask.get("case")["stale"]


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
