"""What distinct cells of a statistics file mean: areas, periods, flows, codes, odd numbers. Python reads each once; SQL joins."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyarrow as pa

from enduse.intake.values import codes, dates, numbers
from enduse.reference import areas
from enduse.reference.route_tables import euro_rates

FLOWS: dict[str, str] = {
    word: flow
    for flow, words in {
        "export": "x exp export exports e 2 экспорт вывоз exportación exportações export fob exports fob",
        "import": "m imp import imports i 1 импорт ввоз importación importações",
        "re-export": "rx re-export re-exports reexport 3 реэкспорт",
        "re-import": "rm re-import re-imports reimport 4 реимпорт",
        "domestic-export": "dx domestic-export domestic-exports",
    }.items()
    for word in words.split()
}
_OTHER = re.compile(r"^(s[1-4]|sitc|sj|be[c45]?|b[45]|cpa|cpc|isic|eb)", re.IGNORECASE)
_REVISION = re.compile(
    r"^H([0-6])$|^HS\s*(1988|92|1992|96|1996|02|2002|07|2007|12|2012|17|2017|22|2022)$", re.IGNORECASE
)
_YEARS = {"88": "H0", "92": "H0", "96": "H1", "02": "H2", "07": "H3", "12": "H4", "17": "H5", "22": "H6"}
TOTALS = frozenset({"total", "all", "ag0", "всего", "итого", "all commodities", "total all commodities", "00"})
HIDDEN = re.compile(r"^\d{0,6}[A-Z]{2,}[\dA-Z]*$")
SUPPRESSED = re.compile(r"^:?\s*(c|s|d|x|\(d\)|\(s\)|conf|confidential|suppressed)\s*$", re.IGNORECASE)
EMPTY = re.compile(r"^[:.…\-–—\s]*[a-z]?$|^(na|n/a|null|nan|none)$", re.IGNORECASE)
_FLAGGED = re.compile(r"^(-?[\d., ]+?)\s+[a-z]{1,3}$", re.IGNORECASE)  # `123 e` of Eurostat


@dataclass(frozen=True)
class Period:
    day: dt.date
    freq: str
    year_only: bool = False


def period(text: str) -> Period | None:
    """`2021`, `Y2021`, `2021-03`, `202103`, `2021M03`, `202152` (the year), `2021-03-01`, `Mar. 2021`."""
    plain = text.strip().strip("'\"")
    if hit := re.match(r"^[YA]?((?:19|20)\d\d)(?:-?[AY]|52|[-/]52)?$", plain):
        return Period(dt.date(int(hit[1]), 1, 1), "year", year_only=True)
    if hit := re.match(r"^((?:19|20)\d\d)[-/.]?[Mm]?(\d{1,2})$", plain):
        month = int(hit[2])
        return Period(dt.date(int(hit[1]), month, 1), "month") if 1 <= month <= 12 else None
    read = dates.parse(plain.replace(".", " ") if re.match(r"^[^\W\d]+\.", plain) else plain, "ymd")
    if read is None:
        return None
    day, precision = read
    return Period(
        day.replace(day=1, month=1 if precision == "year" else day.month), "year" if precision == "year" else "month"
    )


def area_table(cells: Iterable[str], system: areas.System) -> pa.Table:
    """`cell`, `code`, `kind` of the cells that are known."""
    known = [(c, a) for c in sorted(set(cells)) if (a := areas.area(c, system)) is not None]
    return pa.table({"cell": pa.array([c for c, _ in known], pa.string()), "code": pa.array([a.code for _, a in known], pa.string()), "kind": pa.array([a.kind for _, a in known], pa.string())})  # fmt: skip


def period_table(cells: Iterable[str], freqs: Iterable[str] = ()) -> pa.Table:
    """`cell`, `period`, `freq`, `usd_rate` (text), `hs_year` of the cells that can be read.

    Dates that are all the first of January of three years and more are years; so is everything under frequency A.
    """
    read = {c: p for c in sorted(set(cells)) if (p := period(c)) is not None}
    said = {f.strip().upper()[:1] for f in freqs}
    januaries = len({p.day.year for p in read.values()}) >= 3 and all(p.day.month == 1 for p in read.values())
    yearly = said in ({"A"}, {"Y"}) or (januaries and "M" not in said)
    rates = euro_rates()
    rows = [(c, p.day.replace(month=1) if yearly else p.day, "year" if yearly else p.freq) for c, p in read.items()]
    return pa.table(
        {
            "cell": pa.array([c for c, _, _ in rows], pa.string()),
            "period": pa.array([d for _, d, _ in rows], pa.date32()),
            "freq": pa.array([f for _, _, f in rows], pa.string()),
            "usd_rate": pa.array([rates.get(d.year) for _, d, _ in rows], pa.string()),
            "hs_year": pa.array([codes.revision(d) for _, d, _ in rows], pa.string()),
        }
    )


def goods(text: str, level: str | None) -> tuple[str | None, str | None]:
    """(code, reason): the digits of a code, TOTAL, or why it is none. `level` restores zeros a spreadsheet dropped."""
    plain = text.strip()
    folded = " ".join(re.split(r"[^0-9a-zа-яё]+", plain.casefold())).strip()
    if folded in TOTALS or re.match(r"^(total|всего|ag\d$)", folded):
        return "TOTAL", None
    if plain.isdigit() and level and level.strip() in ("2", "4", "6") and len(plain) < int(level):
        plain = plain.zfill(int(level))
    found = codes.hs(plain)
    if found is not None:
        return found, None
    if HIDDEN.match(plain) and any(c.isdigit() for c in plain):
        return None, "confidential_code"
    if len(re.findall(r"[^\W\d_]", plain)) >= 3:
        return " ".join(plain.split()), None  # a group of goods under the publisher's own name
    return None, "no_code"


def goods_table(cells: Iterable[tuple[str, str | None]]) -> pa.Table:
    """`cell`, `level`, `code`, `reason` for every pair of code and level."""
    rows = [(c, lv, *goods(c, lv)) for c, lv in sorted(set(cells), key=lambda x: (x[0], x[1] or ""))]
    return pa.table({n: pa.array([r[k] for r in rows], pa.string()) for k, n in enumerate(("cell", "level", "code", "reason"))})  # fmt: skip


def flow_table(cells: Iterable[str]) -> pa.Table:
    """`cell`, `flow`."""
    known = [(c, FLOWS.get("-".join(c.strip().casefold().split()))) for c in sorted(set(cells))]
    return pa.table({"cell": pa.array([c for c, f in known if f], pa.string()), "flow": pa.array([f for _, f in known if f], pa.string())})  # fmt: skip


def class_table(cells: Iterable[str]) -> pa.Table:
    """`cell`, `revision` (null where only HS is said), `other` (1 where it is no HS at all)."""
    rows = []
    for cell in sorted(set(cells)):
        hit = _REVISION.match(cell.strip())
        revision = (f"H{hit[1]}" if hit[1] else _YEARS[hit[2][-2:]]) if hit else None
        rows.append((cell, revision, int(bool(_OTHER.match(cell.strip())) and not hit)))
    return pa.table({"cell": pa.array([r[0] for r in rows], pa.string()), "revision": pa.array([r[1] for r in rows], pa.string()), "other": pa.array([r[2] for r in rows], pa.int32())})  # fmt: skip


def number_table(cells: Sequence[str]) -> pa.Table:
    """`cell`, `number` (text of a decimal, null where there is none), `why` for cells a plain cast does not read."""
    decimal = numbers.convention_of(cells).decimal
    rows: list[tuple[str, str | None, str | None]] = []
    for cell in sorted(set(cells)):
        if SUPPRESSED.match(cell):
            rows.append((cell, None, "suppressed"))
        elif EMPTY.match(cell):
            rows.append((cell, None, None))
        else:
            flagged = _FLAGGED.match(cell)
            found = numbers.parse(flagged[1] if flagged else cell, decimal)
            rows.append((cell, None if found is None else format(found, "f"), None))
    return pa.table({n: pa.array([r[k] for r in rows], pa.string()) for k, n in enumerate(("cell", "number", "why"))})


def is_total(role: str, text: str) -> bool:
    """Whether a cell of a second dimension stands for all of it: mode of transport, customs procedure, second partner."""
    plain = text.strip().casefold()
    known = {
        "mode": {"0", "total mot", "total modes of transport", "total", "all"},
        "customs": {"c00", "c0", "total cpc", "total", "all", "total customs procedures", "all customs procedures"},
        "partner2": {"0", "w00", "world", "wld", ""},
    }
    return plain in known[role] or (plain.isdigit() and int(plain) == 0)
