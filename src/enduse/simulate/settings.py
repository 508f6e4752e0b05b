"""The labelled worlds: how goods move and how well offices write it down. `open` is clear, `shifted` is not, `empty` hides nothing.

In `handed` some firms sell what a sister firm bought: goods go on with no border, and so no record, between.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

FIRST = dt.date(2021, 4, 6)  # day 0; the offices publish from day BEGIN on, so stocks are filled when the files begin
BEGIN = (dt.date(2022, 1, 1) - FIRST).days  # heading 8806 exists since
DAYS = (dt.date(2025, 1, 1) - FIRST).days
PUBLISHED = (
    "cn-export ru-import kz-import kz-export kg-import kg-export uz-import uz-export tr-import tr-export ae-import ae-export in-import in-export "
    "vn-import vn-export ge-import ge-export am-export ua-import mx-import mx-export pe-import pe-export br-import us-import rs-export"
)
LESS = (
    "cn-export ru-import kz-import kz-export kg-import uz-export tr-export ae-export in-import in-export "
    "vn-import vn-export ge-import am-export ua-import mx-import pe-import pe-export br-import us-import"
)


@dataclass(frozen=True)
class World:
    """Rates of a world. Shares are 0 to 1, `slow` multiplies every waiting time, `published` names the files."""

    name: str
    published: tuple[str, ...] = tuple(PUBLISHED.split())
    slow: float = 1.0
    recorded: float = 0.97  # of the crossings a publishing office should hold
    missing: float = 0.012  # per cell that may be empty
    recoded: float = 0.05  # of (firm, model): the firm declares the goods under another code
    miscoded: float = 0.015  # of records: the office's own slip
    vague: float = 0.04
    misspelt: float = 0.03
    numbered: float = 0.55  # of texts that state the model or part number
    spelling: float = 0.3  # of names written otherwise than that office usually has it
    repeated: float = 0.004
    amended: float = 0.003
    damaged: float = 0.0004
    schemes: float = 1 / 1500  # planted per row
    hidden_hop: float = 0.15  # of hops inside an owner group that no record shows
    handed: float = 0.0  # of traders with a sister firm that sells for them, with no border and no record between
    growth: float = 0.12  # a year
    mixing: float = 12.0  # days of disorder in first in, first out
    tiers: int = 4


OPEN = World("open")
WORLDS: dict[str, World] = {
    "open": OPEN,
    "shifted": World(
        "shifted", tuple(LESS.split()), slow=1.8, recorded=0.9, missing=0.04, recoded=0.14, miscoded=0.04, vague=0.1, misspelt=0.06,
        numbered=0.35, spelling=0.45, repeated=0.008, amended=0.006, damaged=0.001, hidden_hop=0.3, growth=0.3, mixing=25.0,
    ),
    "empty": replace(OPEN, name="empty", schemes=0.0),
    "handed": replace(OPEN, name="handed", handed=0.06, hidden_hop=0.5),
}  # fmt: skip
