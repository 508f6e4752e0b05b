"""Understatement planted in a simulated world, and unit values against what a customs service assessed."""

from __future__ import annotations

import argparse
import csv
import re
import tempfile
from pathlib import Path

import numpy as np

from common import shared
from enduse.case import Case
from enduse.simulate.run import make


def average_precision(score: np.ndarray, y: np.ndarray) -> float:
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(y[order])
    return float((hits / np.arange(1, len(y) + 1))[y[order] == 1].mean())


def ranks(values: np.ndarray) -> np.ndarray:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[inverse]


def world(rows: int, seed: int, kind: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        make(folder / "world", rows=rows, seed=seed, world=kind, form="csv")
        case = Case.new(folder / "case", question="civil drones to RU")
        case.add(sorted((folder / "world" / "observed").iterdir()))
        case.run(until="goods")
        with case.open() as engine:
            for name in ("record", "lot"):
                engine.attach(f"true_{name}", folder / "world" / "truth" / f"{name}.parquet")
            got = engine.fetch(
                "SELECT p.score, p.understated AS flag, l.understated AS y, l.outlier AS o FROM price_check AS p JOIN shipment_row AS s ON s.shipment_id = p.shipment_id "
                "JOIN true_record AS r ON r.source = s.source AND r.row = s.row JOIN true_lot AS l ON l.lot = r.lot WHERE p.score IS NOT NULL"
            )
        score, flag, y, outlier = (np.array(got[c]) for c in ("score", "flag", "y", "o"))
        print(
            f"{kind}, {rows:,} rows, seed {seed}: {len(y):,} checked, {int(y.sum()):,} understated: average precision {average_precision(score, y):.3f}; "
            f"flag precision {y[flag == 1].mean():.3f}, recall {flag[y == 1].mean():.3f}; {int(flag[outlier == 1].sum())} of {int((outlier == 1).sum())} honest outliers flagged"
        )


def lamps() -> None:
    """Declared against assessed unit prices: does a row that customs raised lie lower among its peers?"""
    path = shared() / "trade" / "pk_goods_declarations_hs8513" / "pk_goods_declarations.csv"
    with path.open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    by_unit: dict[str, list[tuple[float, float]]] = {}
    for r in rows:
        try:
            declared, assessed = float(r["Declared Unit PRICE"]), float(r["ASSD UNIT PRICE"])
        except ValueError:
            continue
        if declared > 0 and assessed > 0:
            by_unit.setdefault(re.sub(r"\W", "", r["ASSD UNIT"].lower()), []).append((declared, assessed))
    for unit, pairs in sorted(by_unit.items(), key=lambda u: -len(u[1])):
        if len(pairs) >= 30:
            declared, assessed = np.array(pairs).T
            rho = np.corrcoef(ranks(declared), ranks(assessed))[0, 1]
            low = (np.log(declared) - np.median(np.log(declared))) / max(
                0.12, np.subtract(*np.quantile(np.log(declared), [0.75, 0.25])) / 1.349
            )
            raised = (assessed > 1.01 * declared).astype(int)
            print(
                f"assessed by {unit or 'no unit'}: {len(pairs)} rows, rank correlation declared ~ assessed {rho:.3f}; raised {raised.mean():.2f}, average precision of low-first {average_precision(-low, raised):.3f}"
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=150_000)
    parser.add_argument("--seeds", type=int, nargs="*", default=[77])
    given = parser.parse_args()
    lamps()
    for s in given.seeds:
        for k in ("open", "shifted"):
            world(given.rows, s, k)
