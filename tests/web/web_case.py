"""A case of simulated trade with a sealed file of cells that try to do harm, and clients that ask the application about it."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
from hostile import HEAD, declared

from enduse import Case
from enduse.simulate import demo
from enduse.web.app import make
from enduse.web.desk import Desk

PORT, TOKEN = 8765, "a-token-of-tests"
BASE = f"http://127.0.0.1:{PORT}"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
FORMULA = '=HYPERLINK("http://example.invalid/","open")'
TURNED = "drone \u202eexe.gpj\u202c camera"
HARM = declared(script=SCRIPT, formula=FORMULA, turned=TURNED)
NASTY = [
    *HARM,
    HARM[1],  # the same record twice
    ["N-4", "", "Nordwind Aero Co Ltd", "", "6907", 'tiles "glazed", 60x60', "", "", "", "", "", "", "", ""],
    [
        "N-5",
        "2023-03-04",
        "-2+3",
        "\tTabbed",
        "8806",
        "quadcopter\nsecond line",
        "1",
        "PCS",
        "1",
        "-1",
        "USD",
        "TR",
        "TR",
        "RU",
    ],
]


def fill(folder: Path) -> Case:
    """A case with the simulated files and the nasty one; not yet run."""
    made = demo(folder / "sources", rows=400, seed=11)
    case = Case.new(folder / "case", question=made.question, watch=made.watch, title="Test <case>", simulated=True)
    # Enough for chains, claims, hits and repeats; each further file costs time and tests nothing here.
    few = [
        s
        for s in made.sources
        if any(part in s.name for part in ("ru_import_2022", "kz_", "cn_", "sdn", "harbour", "quayside"))
    ]
    assert all(a.refused is None for a in case.add(few))
    nasty = folder / "nasty.csv"
    with nasty.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD.split(","))
        writer.writerows(NASTY)
    assert all(a.refused is None for a in case.add([nasty], kind="customs", alias="sealed-1", sealed=True))
    return Case(folder / "case")


_run: list[Case] = []


def run_once(folder: Callable[[], Path]) -> Case:
    """The case, filled and run to its figures the first time somebody of this session asks. Copy it to write into it."""
    if not _run:
        made = fill(folder())
        made.run(until="findings")
        _run.append(made)
    return _run[0]


class Local:
    """Asks the application without a network; keeps cookies as a browser does."""

    def __init__(self, desk: Desk, headers: dict[str, str] | None = None) -> None:
        self._transport = httpx.ASGITransport(make(desk, token=TOKEN, port=PORT), raise_app_exceptions=False)
        self._headers, self._cookies = headers or {}, httpx.Cookies()

    def request(self, method: str, path: str, **given: Any) -> httpx.Response:
        async def send() -> httpx.Response:
            async with httpx.AsyncClient(
                transport=self._transport, base_url=BASE, headers=self._headers, cookies=self._cookies
            ) as client:
                answer = await client.request(method, path, **given)
                self._cookies = client.cookies
                return answer

        # In a thread of its own: a browser test of the same session may hold an event loop in this one.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(lambda: asyncio.run(send())).result()

    def get(self, path: str, **given: Any) -> httpx.Response:
        return self.request("GET", path, **given)

    def post(self, path: str, **given: Any) -> httpx.Response:
        return self.request("POST", path, **given)


class Asker:
    """A client that is let in."""

    def __init__(self, desk: Desk) -> None:
        self.http = Local(desk, {"Authorization": f"Bearer {TOKEN}"})

    def get(self, path: str, params: Any = None, status: int = 200) -> Any:
        answer = self.http.get(f"/api/{path}", params=params)
        assert answer.status_code == status, answer.text
        return answer.json()

    def post(self, path: str, body: Any, status: int = 200, **headers: str) -> Any:
        answer = self.http.post(f"/api/{path}", json=body, headers={"Origin": BASE} | headers)
        assert answer.status_code == status, answer.text
        return answer.json()
