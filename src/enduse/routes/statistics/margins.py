"""From CIF to FOB, and how far each reporter can be relied on: fits over pairs of countries, not over rows.

CIF over FOB: ln(M/X) of a pair against ln(distance) and contiguity, weighted by the number of reports, over reports within
a factor of two of each other; clipped to 0 to 20 % (the regression of Gaulier and Zignago, "BACI", CEPII 2010-23, section
3.1, in its plainest form). Reliability: |X - M| / (X + M) of a pair as what the exporter adds plus what the importer adds
(their section 3.3 takes the same two effects), uncertainty by leaving out one partner at a time (jackknife).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from enduse.contracts.route import RELIABILITY
from enduse.engine.step import Context, Made
from enduse.reference.route_tables import EU27, contiguous, distance_km

LEAST_PAIRS = 30
CEILING = 0.2
# Where too few pairs report to fit: 3 % at 500 km, 5.5 % at 10,000 km, two points less across a land border.
ASSUMED = (-0.022, 0.0085, -0.02)
SPREAD = 0.05
KM_A_DAY = 600.0  # at sea or by rail, with waiting
HANDLING_DAYS = 4.0
# Countries that publish general trade (goods in customs warehouses count); the EU publishes special trade. General knowledge.
GENERAL = frozenset("US CA AU NZ JP CN HK SG KR GB IN ZA AE MY ID TW TH PH".split())


@dataclass(frozen=True)
class Margins:
    """Coefficients of constant, ln km and contiguity; `spread` is the deviation of pairs around them; `fitted` says which."""

    coefficients: tuple[float, float, float]
    spread: float
    fitted: bool
    pairs: int

    def of(self, exporter: str, importer: str) -> tuple[float, float, float]:
        """Margin with its range, as shares of the FOB value."""
        km = distance_km(exporter, importer)
        if km is None:
            km = 5000.0
        a, b, c = self.coefficients
        at = a + b * float(np.log(km)) + c * contiguous(exporter, importer)
        clip = [min(CEILING, max(0.0, float(np.expm1(v)))) for v in (at, at - self.spread, at + self.spread)]
        return clip[0], clip[1], clip[2]


def fit(pairs: Sequence[Mapping[str, Any]]) -> Margins:
    """Weighted least squares over pairs with at least three near reports; the assumed line where there are too few."""
    rows = [p for p in pairs if p["near_cells"] >= 3 and distance_km(p["exporter"], p["importer"])]
    if len(rows) < LEAST_PAIRS:
        return Margins(ASSUMED, SPREAD, fitted=False, pairs=len(rows))
    km = np.array([distance_km(p["exporter"], p["importer"]) or 1.0 for p in rows])
    x = np.column_stack(
        [np.ones(len(rows)), np.log(km), [float(contiguous(p["exporter"], p["importer"])) for p in rows]]
    )
    if not x[:, 2].any():
        x = x[:, :2]
    y = np.array([float(p["near_sum"]) / p["near_cells"] for p in rows])
    w = np.sqrt(np.minimum([p["near_cells"] for p in rows], 200).astype(float))
    beta = np.linalg.lstsq(x * w[:, None], y * w, rcond=None)[0]
    rest = y - x @ beta
    spread = float(np.clip(1.4826 * np.median(np.abs(rest - np.median(rest))), 0.01, 0.1))
    full = [round(float(b), 6) for b in beta] + [0.0] * (3 - len(beta))
    return Margins((full[0], full[1], full[2]), round(spread, 6), fitted=True, pairs=len(rows))


def lag_share(exporter: str, importer: str) -> float:
    """Share of a month's exports that arrive in the next month: days under way over 30, at most one."""
    km = distance_km(exporter, importer) or 3000.0
    return min(1.0, (HANDLING_DAYS + km / KM_A_DAY) / 30.0)


def _effects(rows: Sequence[Mapping[str, Any]]) -> tuple[dict[str, float], dict[str, float], np.ndarray, np.ndarray]:
    """Exporter and importer effects that add up to the mean discrepancy of a pair, by turns, weighted by reports."""
    exporters = sorted({r["exporter"] for r in rows})
    importers = sorted({r["importer"] for r in rows})
    i = np.array([exporters.index(r["exporter"]) for r in rows])
    j = np.array([importers.index(r["importer"]) for r in rows])
    d = np.array([float(r["apart_sum"]) / r["cells"] for r in rows])
    w = np.sqrt(np.array([r["cells"] for r in rows], dtype=float))
    a, b = np.full(len(exporters), d.mean() / 2), np.full(len(importers), d.mean() / 2)
    for _ in range(60):
        a = np.maximum(0, np.bincount(i, w * (d - b[j]), len(a)) / np.bincount(i, w, len(a)))
        b = np.maximum(0, np.bincount(j, w * (d - a[i]), len(b)) / np.bincount(j, w, len(b)))
    return dict(zip(exporters, a, strict=True)), dict(zip(importers, b, strict=True)), d, w


def reliability(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, object]]:
    """One line a reporter and role: 1 / (1 + effect), with a jackknife over its partners."""
    if not rows:
        return []
    exporters, importers, d, w = _effects(rows)
    out: list[dict[str, object]] = []
    for role, own, other, key, partner in (
        ("exporter", exporters, importers, "exporter", "importer"),
        ("importer", importers, exporters, "importer", "exporter"),
    ):
        mine: dict[str, list[int]] = {}
        for n, row in enumerate(rows):
            mine.setdefault(row[key], []).append(n)
        for reporter, places in sorted(mine.items()):
            left = np.array([d[n] - other[rows[n][partner]] for n in places])
            weight = w[places]
            effect = own[reporter]
            low, high = 0.0, 1.0
            if len(places) > 2:
                without = (np.dot(weight, left) - weight * left) / (weight.sum() - weight)
                error = float(np.sqrt((len(places) - 1) / len(places) * np.sum((without - without.mean()) ** 2)))
                low, high = 1 / (1 + max(0.0, effect + 1.96 * error)), 1 / (1 + max(0.0, effect - 1.96 * error))
            out.append(
                {"reporter": reporter, "role": role, "reliability": round(1 / (1 + effect), 6), "low": round(low, 6), "high": round(high, 6),
                 "partners": len(places), "cells": int(sum(rows[n]["cells"] for n in places))}
            )  # fmt: skip
    return out


def make(context: Context) -> Made:
    """The step: reads mirror_pair and the pairs of mirror_both, makes `mirror_margin` and `reporter_reliability`."""
    pairs = context.engine.fetch("SELECT * FROM mirror_pair ORDER BY exporter, importer").to_pylist()
    margins = fit(pairs)
    lanes = context.engine.fetch(
        "SELECT DISTINCT exporter, importer FROM mirror_both ORDER BY exporter, importer"
    ).to_pylist()
    if lanes:
        how = (
            f"fitted on {margins.pairs} pairs"
            if margins.fitted
            else f"assumed: only {margins.pairs} pairs report both ways, {LEAST_PAIRS} are needed"
        )
        context.progress.say(f"CIF over FOB margin {how}; range {margins.spread:.3f} around it")
    made = [(lane["exporter"], lane["importer"], *margins.of(lane["exporter"], lane["importer"])) for lane in lanes]
    places = pa.decimal128(10, 6)

    def share(values: Sequence[float]) -> pa.Array:
        from decimal import Decimal

        return pa.array([Decimal(f"{v:.6f}") for v in values], places)

    def systems(a: str, b: str) -> int:
        return int((a in EU27 and b in GENERAL) or (b in EU27 and a in GENERAL))

    table = pa.table(
        {
            "exporter": pa.array([m[0] for m in made], pa.string()),
            "importer": pa.array([m[1] for m in made], pa.string()),
            "margin": share([m[2] for m in made]),
            "margin_low": share([m[3] for m in made]),
            "margin_high": share([m[4] for m in made]),
            "lag_share": share([lag_share(m[0], m[1]) for m in made]),
            "systems": pa.array([systems(m[0], m[1]) for m in made], pa.int32()),
        }
    )
    rows = RELIABILITY.arrow(reliability(pairs)) if pairs else RELIABILITY.empty()
    return {"mirror_margin": table, "reporter_reliability": rows}
