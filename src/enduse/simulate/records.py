"""What offices note of the lots: side, lag, slips, gaps, repeats. A record is still numbers here; `files` writes it out."""

from __future__ import annotations

import numpy as np

from . import lands
from .chance import generator, mix, share
from .settings import BEGIN, DAYS
from .trade import Setting

LOT_RECORD, EXACT, AMENDED = range(3)
KINDS = ("lot", "exact", "amended", "damaged")
# `seller_as` and `buyer_as` say how the name is spelled, `text` seeds the wording, `missing` has a bit a cell (GAPS).
RECORD = np.dtype(
    [("lot", "i8"), ("day", "i4"), ("seller", "i4"), ("buyer", "i4"), ("seller_as", "i1"), ("buyer_as", "i1"), ("model", "i4"), ("code", "i8"), ("text", "u4"),
     ("quantity", "i8"), ("grams", "i8"), ("cents", "i8"), ("box", "i8"), ("origin", "i2"), ("start", "i2"), ("end", "i2"), ("missing", "i2"), ("wording", "i1"),
     ("kind", "i1"), ("return_", "i1")]
)  # fmt: skip
GAPS = ("seller", "buyer", "origin", "quantity", "net_kg", "value", "seller_id", "buyer_id", "brand", "code")
_RATE = (1.0, 0.15, 1.0, 1.0, 1.0, 0.25, 1.5, 1.5, 3.0, 0.15)  # of the world's rate for a gap, cell by cell
PLAIN, VAGUE, MISSPELT, NUMBERED = 0, 1, 2, 4  # flags of `wording`


def offices(setting: Setting) -> list[tuple[str, int, str]]:
    """(file, country, side) of every published file."""
    return [(name, lands.AT[name[:2].upper()], name[3:]) for name in setting.world.published]


def observe(setting: Setting, number: int, lots: np.ndarray) -> dict[str, np.ndarray]:
    """Records of a block by file, in order of their day. Adds to each lot's `records` how many tell of it."""
    country = setting.firms.country
    found: dict[str, np.ndarray] = {}
    for at, (name, place, side) in enumerate(offices(setting)):
        rng = generator(setting.seed, 400 + number, at)
        mine = np.flatnonzero(
            (country[lots["seller" if side == "export" else "buyer"]] == place) & (lots["hidden"] == 0)
        )
        mine = mine[rng.random(len(mine)) < setting.world.recorded]
        records = _written(setting, rng, lots[mine], at, side)
        inside = (records["day"] >= BEGIN) & (records["day"] < DAYS)
        lots["records"][mine[inside]] += 1
        found[name] = _repeated(setting, rng, records[inside])
    return found


def _written(setting: Setting, rng: np.random.Generator, lots: np.ndarray, office: int, side: str) -> np.ndarray:
    world, count = setting.world, len(lots)
    records = np.zeros(count, RECORD)
    for name in ("lot", "seller", "buyer", "model", "quantity", "grams", "box", "origin"):
        records[name] = lots[name]
    delay = rng.exponential(1.6, count) if side == "export" else 1 + rng.exponential(3.5, count)
    records["day"] = lots["day" if side == "export" else "arrival"] + (delay * world.slow).astype(np.int64)
    # What an import office sees includes freight and insurance.
    freight = 1.0 if side == "export" else 1 + rng.uniform(0.015, 0.09, count)
    records["cents"] = np.maximum(1, np.round(lots["cents"] * freight))
    slip = rng.random(count) < world.miscoded
    models = setting.models
    records["code"] = np.where(
        slip,
        np.where(lots["code"] == models.hs[lots["model"]], models.other[lots["model"]], models.hs[lots["model"]]),
        lots["code"],
    )
    weighed = rng.random(count) < 0.35  # by the office itself rather than taken from the papers
    records["grams"] = np.maximum(
        1, np.where(weighed, lots["grams"] * np.exp(rng.normal(0, 0.01, count)), lots["grams"])
    )
    country = setting.firms.country
    records["start"], records["end"] = country[lots["seller"]], country[lots["buyer"]]
    records["return_"] = lots["kind"] == 3
    declarant = lots["seller" if side == "export" else "buyer"]
    other = lots["buyer" if side == "export" else "seller"]
    usual = mix(setting.seed, declarant, lots["model"], office, 61)
    now = np.where(rng.random(count) < 0.6, usual, mix(setting.seed, lots["lot"], office, 62))
    records["text"] = now & np.uint64(0xFFFFFFFF)
    vague = rng.random(count) < world.vague
    records["wording"] = np.where(vague, VAGUE, 0) + np.where(rng.random(count) < world.misspelt, MISSPELT, 0)
    tells = share(setting.seed, declarant, lots["model"], office, 63) * 0.7 + rng.random(count) * 0.3 < world.numbered
    records["wording"] += np.where(tells, NUMBERED, 0).astype(np.int8)
    for who, name, rate in ((declarant, "own", 0.35), (other, "other", 1.0)):
        settled = mix(setting.seed, who, office, 64) % np.uint64(12)
        other_way = rng.random(count) < world.spelling * rate
        column = "seller_as" if (name == "own") == (side == "export") else "buyer_as"
        records[column] = np.where(
            other_way, rng.integers(0, 12, count), np.where(settled < np.uint64(7), np.uint64(0), settled)
        )
    gaps = rng.random((count, len(GAPS))) < world.missing * np.array(_RATE)
    records["missing"] = (gaps * (1 << np.arange(len(GAPS)))).sum(axis=1)
    return records


def _repeated(setting: Setting, rng: np.random.Generator, records: np.ndarray) -> np.ndarray:
    """Adds records sent twice, and earlier versions of amended ones (the last version is the one that counts)."""
    u = rng.random(len(records))
    world = setting.world
    twice = records[u < world.repeated].copy()
    twice["kind"] = EXACT
    before = records[(u >= world.repeated) & (u < world.repeated + world.amended)].copy()
    before["kind"] = AMENDED
    tenth = rng.uniform(0.8, 1.25, len(before))
    for name in ("quantity", "grams", "cents"):
        before[name] = np.maximum(1, before[name] * tenth)
    both = np.concatenate([before, records, twice])
    rank = np.concatenate([np.full(len(before), 0), np.full(len(records), 1), np.full(len(twice), 2)])
    return np.asarray(both[np.lexsort((rank, share(setting.seed, both["lot"], 65), both["day"]))])
