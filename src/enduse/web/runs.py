"""Running a case beside the server: a process of its own that tells how far it is, line by line."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from enduse.web.desk import Desk
from enduse.web.elsewhere import under_way
from enduse.web.guard import Refused

INDEX = "--index"


class Runs:
    """At most one run at a time. Old results stay open until a run is whole; then the desk opens the new ones."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._lock = desk, Lock()
        self._child: subprocess.Popen[str] | None = None
        self._state: dict[str, Any] = self._fresh("idle")

    @staticmethod
    def _fresh(state: str) -> dict[str, Any]:
        return {
            "state": state,
            "stage": None,
            "step": None,
            "number": None,
            "of": None,
            "stages_done": [],
            "started": None,
            "notes": [],
            "error": None,
        }

    def state(self) -> dict[str, Any]:
        """How far a run of this server is, and what another program does with the case."""
        with self._lock:
            held: dict[str, Any] = json.loads(json.dumps(self._state))  # a copy of what went in
        return held | {"elsewhere": None if held["state"] == "running" else self._elsewhere()}

    def _elsewhere(self) -> dict[str, Any] | None:
        own = {os.getpid(), *([self._child.pid] if self._child else [])}
        if under_way(self._desk.folder / "work", own) is not None:
            return {"state": "running", "run_id": None}
        newer = self._desk.newer()
        return {"state": "newer", "run_id": newer} if newer else None

    def start(self, until: str | None) -> dict[str, Any]:
        """Begin a run. Raises Refused (409) where one is under way, here or in another program."""
        from enduse import pipeline

        pipeline.up_to(until)
        return self._begin(until or "")

    def show_newer(self) -> dict[str, Any]:
        """Open the results that another program has made. Raises Refused (409) where its run is not whole."""
        return self._begin(INDEX)

    def _begin(self, what: str) -> dict[str, Any]:
        with self._lock:
            if self._state["state"] == "running":
                raise Refused(409, "a run is under way", fix="Wait until it has ended")
            if other := under_way(self._desk.folder / "work", {os.getpid()}):
                raise Refused(
                    409, f"a run is under way in another program (process {other})", fix="Wait until it has ended"
                )
            self._state = self._fresh("running") | {"started": dt.datetime.now(dt.UTC).isoformat(timespec="seconds")}
        command = [sys.executable, "-m", "enduse.web.runs", str(self._desk.folder.resolve()), what]
        self._child = subprocess.Popen(  # noqa: S603 - our own module, a path and a checked word
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            env=dict(os.environ),
        )
        Thread(target=self._listen, args=(self._child,), daemon=True).start()
        return self.state()

    def _listen(self, child: subprocess.Popen[str]) -> None:
        error: dict[str, str] | None = None
        for line in child.stdout or ():
            try:
                told = json.loads(line)
            except ValueError:
                continue  # a line some library printed
            with self._lock:
                error = self._take(told) or error
        code = child.wait()
        if code and error is None:
            error = {
                "what": f"the run ended without a word (exit code {code})",
                "where": "",
                "fix": f"Run it in a terminal to see why: enduse run {self._desk.folder}",
            }
        if error is None:
            try:
                self._desk.reopen()
            except Exception as fault:  # noqa: BLE001 - whatever it is, the page has to say so
                error = {
                    "what": f"the new results cannot be opened: {fault}"[:500],
                    "where": "",
                    "fix": "End the server and start it again",
                }
        self._desk.forget_stale()
        with self._lock:
            self._state |= {"state": "failed" if error else "done", "error": error}
            if not error:
                self._state |= {"stage": None, "step": None, "number": None, "of": None}

    def _take(self, told: dict[str, Any]) -> dict[str, str] | None:
        if "error" in told:
            found: dict[str, str] = told["error"]
            return found
        if "note" in told:
            self._state["notes"] = [*self._state["notes"], told["note"]][-20:]
        elif "done" in told:
            self._state["stages_done"].append(told["done"])
        else:
            self._state |= {k: told.get(k) for k in ("stage", "step", "number", "of")}
        return None

    def stop(self) -> None:
        """End the run with the server; finished stages are kept."""
        if self._child is not None and self._child.poll() is None:
            self._child.terminate()


class _Lines:
    """Progress of a run as lines of JSON on stdout."""

    def step(self, stage: str, name: str, number: int, of: int) -> None:
        _tell({"stage": stage, "step": name, "number": number, "of": of})

    def say(self, line: str) -> None:
        _tell({"note": line})


def _tell(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=True) + "\n")
    sys.stdout.flush()


def main(folder: str, until: str) -> int:
    """Run the case and build the index of the new run; of a run that is there already, with INDEX in place of a stage."""
    from enduse.case import Case
    from enduse.errors import EnduseError
    from enduse.web.index.build import build

    try:
        if until != INDEX:
            Case(folder).run(until=until or None, progress=_Lines(), timer=lambda stage: _tell({"done": stage}))
        build(
            Path(folder), lambda what, number, of: _tell({"stage": "index", "step": what, "number": number, "of": of})
        )
        _tell({"done": "index"})
    except EnduseError as error:
        _tell(
            {
                "error": {
                    "what": error.what,
                    "where": error.where.replace(str(Path(folder)), Path(folder).name),
                    "fix": error.fix,
                }
            }
        )
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - a fault of ours is told like any other, without a traceback
        _tell(
            {
                "error": {
                    "what": f"a fault of enduse: {type(error).__name__}: {error}"[:500],
                    "where": "",
                    "fix": "Please report it",
                }
            }
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
