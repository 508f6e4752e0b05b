"""The other papers of a labelled world: a register of owners, a made-up list, and three press notes. All say that they are simulated."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from . import lands, naming
from .chance import generator, pick, share
from .population import FORWARDER
from .schemes import KINDS, Plan
from .settings import FIRST
from .trade import Setting

KNOWN = 0.6  # of the groups stand in the register, honest and planted alike
_NOTE = "SIMULATED PRESS NOTE - an invented world of enduse; no real event, firm or outlet is meant."


def _name(setting: Setting, firm: int, spelling: int = 0) -> str:
    return naming.spelled(setting.seed, firm, int(setting.firms.country[firm]), naming.LATIN, spelling)


def _write(path: Path, header: list[str], rows: list[list[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def ownership(setting: Setting, path: Path) -> int:
    """Pairs of owner and owned firm out of the groups that the register knows; returns how many."""
    firms = setting.firms
    member = np.flatnonzero(firms.group != np.arange(len(firms)))
    known = member[share(setting.seed, firms.group[member], 101) < KNOWN]
    rows: list[list[object]] = []
    for firm in known.tolist():
        owner = int(firms.group[firm])
        part = (51, 60, 75, 100, 100)[int(pick(5, setting.seed, firm, 102))]
        since = np.datetime64(FIRST) + np.timedelta64(max(-9000, int(firms.born[firm])), "D")
        rows.append(
            [
                _name(setting, owner),
                lands.LANDS[int(firms.country[owner])].code,
                _name(setting, firm),
                lands.LANDS[int(firms.country[firm])].code,
                part,
                str(since),
            ]
        )
    _write(path, ["owner", "owner_country", "company", "company_country", "share_percent", "since"], rows)
    return len(rows)


def watchlist(setting: Setting, plans: list[Plan], path: Path) -> int:
    """A made-up list: some firms of schemes, as many honest ones, and names that no firm bears."""
    rng = generator(setting.seed, 600)
    planted = sorted({s.buyer for p in plans[:400] for _, steps in p.waves for s in steps})
    some = [int(f) for f in rng.permutation(planted)[: max(3, len(planted) // 25)]] if planted else []
    honest = [int(f) for f in rng.choice(np.flatnonzero(setting.firms.role < FORWARDER), 12 + len(some), replace=False)]
    rows: list[list[object]] = []
    for number, firm in enumerate(sorted({*some, *honest})):
        rows.append(
            [
                f"SIM-{number + 1:04d}",
                _name(setting, firm),
                "; ".join(
                    dict.fromkeys(
                        (
                            _name(setting, firm, 9),
                            naming.spelled(setting.seed, firm, int(setting.firms.country[firm]), naming.LOCAL, 0),
                        )
                    )
                ),
                lands.LANDS[int(setting.firms.country[firm])].code,
                "SIMULATED",
                "2023-06-01",
            ]
        )
    ghosts = len(setting.firms) + 1000
    for number in range(12):
        rows.append(
            [
                f"SIM-{9000 + number}",
                naming.spelled(setting.seed, ghosts + number, number % lands.COUNT, naming.LATIN, 0),
                "",
                lands.LANDS[number % lands.COUNT].code,
                "SIMULATED",
                "2023-06-01",
            ]
        )
    _write(path, ["entry_id", "name", "aliases", "country", "programme", "listed_on"], rows)
    return len(rows)


def press(setting: Setting, plans: list[Plan], folder: Path) -> None:
    """Three short notes: one reports a scheme, one repeats it, one denies it. A world without schemes has notes on lawful trade."""
    folder.mkdir(parents=True, exist_ok=True)
    relay = next(
        (s for p in plans if KINDS[p.kind] == "shell_relay" for _, steps in p.waves for s in steps if s.level == 1),
        None,
    )
    firm = _name(setting, relay.seller if relay else 0)
    place = lands.LANDS[int(setting.firms.country[relay.seller if relay else 0])].code
    goods = setting.models.code[plans[0].model] if plans else "tiles"
    year = 2025
    texts = {
        "SIMULATED_press_harbour_ledger.txt": f"{_NOTE}\n\nThe Harbour Ledger\n10 January {year}\n\nGoods go on through a third country, records show\n\n{firm}, a company registered in {place}, received more than 40 lots of goods in 2024 and sent most of them on within weeks, according to customs records seen by The Harbour Ledger.\n\nThe buyers paid in advance. A clerk of the port said on Thursday that the goods had never been unpacked.\n\nAmong the goods were articles of type {goods}, the records show.\n",
        "SIMULATED_press_quayside_wire.txt": f"{_NOTE}\n\nQuayside Wire\n11 January {year}\n\nNewspaper: company passed on goods\n\nThe company {firm} passed on nearly 50 lots of goods last year, The Harbour Ledger reported on Friday, citing customs records.\n",
        "SIMULATED_press_inland_courier.txt": f'{_NOTE}\n\nInland Trade Courier\n12 January {year}\n\nCompany denies report\n\n{firm} denied on Saturday that it had passed on goods. "Every lot was sold in our own shops," a spokesman of the company said.\n',
    }  # fmt: skip
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
