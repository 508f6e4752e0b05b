"""Three short press notes about the simulated world, of our own making, whose claims the truth decides.

Each note says in its first line that it is simulated. The first states figures that the records support and one that
they contradict; the second repeats the first with other words; the third denies, and speaks of what no record shows.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "SIMULATED PRESS NOTE - an invented world, written for the demonstration case of enduse; no real event, firm or outlet is meant."


def _million(value: float, digits: int = 1) -> str:
    return f"{value / 1_000_000:.{digits}f}"


def notes(truth: dict[str, Any], denier: str) -> dict[str, str]:
    """File name -> text. `truth` is the content of `truth.json`, `denier` the firm that denies."""
    total = float(truth["to_ru"]["findable"]["value_usd"])
    exporters = int(truth["to_ru"]["findable"]["exporters"])
    via = {lane: float(truth["to_ru"][lane]["value_usd"]) for lane in ("KZ", "TR", "AE")}
    top = max(via, key=lambda lane: via[lane])
    country = {"KZ": "Kazakhstan", "TR": "Turkey", "AE": "the United Arab Emirates"}[top]
    last = dt.date.fromisoformat(truth["to_ru"]["findable"]["last_date"])
    floor = int(total / 100_000) / 10  # rounded down, so "more than" holds
    first = f"""{HEAD}

The Harbour Ledger
10 July 2024

Drones worth ${floor} million reached Russia, records show

More than ${floor} million in civil drones and drone parts was shipped to Russia between 24 February 2022 and 30 June 2024, according to customs records seen by The Harbour Ledger.

The records name {exporters} exporters. After controls came into force on 1 September 2023, direct shipments from China fell, while deliveries through {country} rose to ${_million(via[top])} million.

The last recorded batch arrived in {last:%B %Y}, the records show. A trader in Almaty, who asked not to be named, said that about 4,000 more drones were waiting in warehouses.
"""
    second = f"""{HEAD}

Quayside Wire
11 July 2024

Russia bought nearly ${_million(total * 2.5, 0)} million of drones, newspaper says

Russia has received nearly ${_million(total * 2.5, 0)} million in drones since February 2022, The Harbour Ledger reported on Wednesday, citing customs records.

The newspaper said that about {exporters} exporters sent the aircraft and that shipments have stopped since December 2022.
"""
    third = f"""{HEAD}

Inland Trade Courier
12 July 2024

Exporter denies sending drones to Russia

{denier} denied on Friday that it had supplied drones to Russia. "We have never sold a single drone to a Russian buyer," a spokesman of the company said.

The Association of Invented Model Flyers said that its members had ordered 15,000 drones for 2025. Deliveries have not begun.
"""
    return {
        "SIMULATED_press_harbour_ledger_2024-07-10.txt": first,
        "SIMULATED_press_quayside_wire_2024-07-11.txt": second,
        "SIMULATED_press_inland_courier_2024-07-12.txt": third,
    }


def write(texts: dict[str, str], folder: Path) -> list[Path]:
    """Writes the notes as UTF-8; returns their paths in order."""
    paths = []
    for name, text in texts.items():
        paths.append(folder / name)
        paths[-1].write_bytes(text.encode("utf-8"))
    return paths
