"""A small invented case and its server, for a browser to open: two customs files, one with cells that try to do harm."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hostile import HEAD, declared

from enduse import Case

SCRIPT = "<img src=x onerror=alert(1)><script>document.title='taken'</script> drone camera quadcopter"
TURNED = "quadcopter \u202egpj.exe\u202c kit"
WORD = "a-token-of-the-browser-tests"
MAKERS = (
    "Hexi Aero Works Co., Ltd.",
    "HEXI AERO WORKS CO LTD",
    "合溪航空工厂有限公司",
    "Lanmei Rotor Trading Co., Ltd.",
)
BUYERS = ('ООО "СЕВЕР-ОПТИКА"', "OOO SEVER-OPTIKA", 'ООО "ВЕКТОР ПОЛЯ"', "OOO Vektor Polya")


def _lines() -> Iterator[list[str]]:
    for n in range(120):
        drone = n % 3 != 2
        value = "" if n % 17 == 0 else f"{(n % 9 + 1) * 1234.5:.2f}"
        text = f"Quadcopter DJI Mavic 3, civil, lot {n}" if drone else f"porcelain tableware set {n}"
        yield [
            f"D-{n:04}", f"2023-{n % 12 + 1:02}-{n % 27 + 1:02}", MAKERS[n % 4], BUYERS[n // 2 % 4], "88062210" if drone else "69111000", text,
            str(n % 40 + 1), "PCS", f"{(n % 40 + 1) * 0.9:.2f}", value, "USD", "CN", "CN", "RU" if n % 5 else "KZ",
        ]  # fmt: skip
    yield from declared(script=SCRIPT, formula='=HYPERLINK("http://example.invalid/")', turned=TURNED)


def fill(folder: Path) -> Case:
    """A case of one customs file, run as far as its figures."""
    folder.mkdir(parents=True)
    file = folder / "imports.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(HEAD.split(","))
        writer.writerows(_lines())
    case = Case.new(
        folder / "case",
        question="civil drones to RU since 2022-02-24",
        watch="civil-drones",
        title="Test <b>case</b>",
        simulated=True,
    )
    assert all(added.refused is None for added in case.add([file], kind="customs"))
    case = Case(folder / "case")
    case.run(until="findings")
    return case


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a running `enduse serve`, with its token."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COV")}
    command = [sys.executable, "-m", "enduse", "serve", str(folder), "--no-browser", "--port", "0", "--token", WORD]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), "the server said where it listens"
        yield address
    finally:
        process.terminate()
        process.communicate()  # waits, and closes the pipe
