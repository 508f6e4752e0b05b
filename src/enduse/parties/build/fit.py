"""Fits the coefficients of the scorer on the build part of the labelled pairs and writes `model.json`.

    python -m enduse.parties.build.fit LISTS_FOLDER OUT_FILE

Logistic regression with signs held (evidence for never counts against), every source with equal total weight, positives
and negatives with equal weight within a source: a probability reads as "of pairs like this, half of them the same".
Needs scikit-learn's environment (scipy) on the maintainer's machine only.
"""

from __future__ import annotations

import json
import random
import sys
from collections import defaultdict
from pathlib import Path

from enduse.parties.align import align
from enduse.parties.build import evidence
from enduse.parties.candidates import Index
from enduse.parties.name import Kind, Name, parse
from enduse.parties.score import FEATURES, features

# What a feature may say: +1 for, -1 against, 0 either.
SIGNS = {
    "bias": 0, "matched": 1, "covered": 1, "conflict": -1, "worst": -1, "extra": -1, "fuzz": -1, "fuzz_worst": -1, "thin": -1, "rich": 1, "whole": 1,
    "number_conflict": -1, "number_one_sided": -1, "form_conflict": -1, "form_same": 1, "acronym": 1, "initials": -1, "head": 1, "near_conflict": 0,
    "generic_conflict": -1, "equal": 1, "cross": 0, "cross_conflict": 0, "han": 0, "abjad": 0,
    "edits": -1, "extra_top": -1, "short": 0,
}  # fmt: skip
# Plants, ships and series are told apart by their numbers, whatever the share of such pairs in the labelled sets.
AT_MOST = {"number_conflict": -2.5, "number_one_sided": -1.0}
VERSION = "fit-1"


def pairs(folder: Path) -> list[evidence.Pair]:
    """Every labelled pair, with negatives for the OFAC aliases and EU names: the nearest names of other entities."""
    same = evidence.same_entity(folder)
    out = [*evidence.cross_script(folder, same), *evidence.name_bench(folder), *evidence.judgements(folder)]
    return out + list(_nearest(folder, same))


def _nearest(folder: Path, same: dict[str, str]) -> list[evidence.Pair]:
    """Aliases of listings: (another name of the entity, same) and (the nearest names of another entity, different)."""
    out: list[evidence.Pair] = []
    listed = evidence.listings(folder)
    for kind in ("organization", "person", "vessel"):
        entities = sorted(e for e, (k, _) in listed.items() if k == kind)
        names: list[tuple[str, Name]] = [
            (same.get(e, e), parse(n, kind)) for e in entities for n in dict.fromkeys(listed[e][1])
        ]
        index = Index([n for _, n in names])
        rng = random.Random(7)  # noqa: S311 - a sample, no secret
        for at in rng.sample(range(len(names)), min(9000, len(names))):
            entity, name = names[at]
            mine = [n for e, n in names[max(0, at - 40) : at + 40] if e == entity and n.raw != name.raw]
            if mine:
                out.append(
                    evidence.Pair(
                        (name.raw,), (rng.choice(mine).raw,), kind, True, "aliases-" + kind, evidence.held(entity)
                    )
                )
            others = [
                i
                for i in index.search(name)
                if names[i][0] != entity
                and names[i][1].key != name.key
                and evidence.held(names[i][0]) == evidence.held(entity)
            ]
            out += [
                evidence.Pair((name.raw,), (names[i][1].raw,), kind, False, "aliases-" + kind, evidence.held(entity))
                for i in others[:2]
            ]
    return out


def vector(pair: evidence.Pair) -> list[float]:
    """Features of the best-matching names of a pair."""
    best: list[float] | None = None
    for a in pair.left[:12]:
        for b in pair.right[:12]:
            x, y = parse(a, pair.kind), parse(b, pair.kind)
            got = features(x, y, align(x, y))
            if best is None or (got[1] + got[10], got[2]) > (best[1] + best[10], best[2]):
                best = got
    return best or [0.0] * len(FEATURES)


def solve(rows: list[list[float]], labels: list[int], weights: list[float]) -> list[float]:
    """Weighted logistic regression with bounds on signs (L-BFGS-B), small ridge."""
    import numpy as np
    from scipy.optimize import minimize

    x, y, w = np.array(rows), np.array(labels, float), np.array(weights)
    w = w / w.sum()

    def loss(beta: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ beta
        p = 1 / (1 + np.exp(-np.clip(z, -30, 30)))
        value = -(w * (y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))).sum() + 2e-4 * (beta[1:] ** 2).sum()
        grad = x.T @ (w * (p - y))
        grad[1:] += 4e-4 * beta[1:]
        return value, grad

    limits = [
        (None, AT_MOST[f]) if f in AT_MOST else {1: (0.0, None), -1: (None, 0.0), 0: (None, None)}[SIGNS[f]]
        for f in FEATURES
    ]
    found = minimize(loss, np.zeros(x.shape[1]), jac=True, bounds=limits, method="L-BFGS-B", options={"maxiter": 2000})
    return [round(float(b), 4) for b in found.x]


def matchable(row: list[float]) -> bool:
    """Whether the names of a pair share enough that any comparison of names could call them the same."""
    return row[FEATURES.index("covered")] > 0.45 or row[FEATURES.index("whole")] > 0.5


def calibrate(odds: list[float], labels: list[int], weights: list[float]) -> list[list[float]]:
    """Isotonic steps from log-odds to probability as at most 24 knots [log-odds, log-odds of the calibrated probability]."""
    import numpy as np
    from sklearn.isotonic import IsotonicRegression

    x, y, w = np.array(odds), np.array(labels, float), np.array(weights)
    order = np.argsort(x)
    x, y, w = x[order], y[order], w[order]
    # Means over bins of equal weight, then isotonic: knots that do not follow single pairs.
    edges = np.searchsorted(np.cumsum(w) / w.sum(), np.linspace(0, 1, 25)[1:-1])
    bins = [b for b in np.split(np.arange(len(x)), edges) if len(b)]
    at = np.array([np.average(x[b], weights=w[b]) for b in bins])
    share = np.array([np.average(y[b], weights=w[b]) for b in bins])
    mass = np.array([w[b].sum() for b in bins])
    level = IsotonicRegression(y_min=0.004, y_max=0.996).fit_transform(at, share, sample_weight=mass)
    knots: list[list[float]] = []
    for a, p in zip(at, level, strict=True):
        value = float(np.log(p / (1 - p)))
        if not knots or value > knots[-1][1] + 0.02:
            knots.append([round(float(a), 3), round(value, 3)])
    return knots


def main(folder: Path, out: Path) -> None:
    sets: dict[Kind, list[evidence.Pair]] = defaultdict(list)
    for pair in pairs(folder):
        if not pair.held and pair.source != "cross-grek":
            sets[pair.kind].append(pair)
    coefficients: dict[str, dict[str, float]] = {}
    calibration: dict[str, list[list[float]]] = {}
    emphasis = {"cross-arab": 0.3, "cross-hani": 0.7, "name_bench": 1.5}
    for kind in ("organization", "person", "vessel"):
        rows = [(p, vector(p)) for p in sets[kind]]
        kept = [(p, v) for p, v in rows if not p.same or matchable(v)]
        mass: dict[tuple[str, bool], int] = defaultdict(int)
        for pair, _ in kept:
            mass[pair.source, pair.same] += 1
        weights = [emphasis.get(p.source, 1.0) / mass[p.source, p.same] for p, _ in kept]
        labels = [int(p.same) for p, _ in kept]
        beta = solve([v for _, v in kept], labels, weights)
        odds = [sum(b * x for b, x in zip(beta, v, strict=True)) for _, v in kept]
        coefficients[kind] = {f: b for f, b in zip(FEATURES, beta, strict=True) if b}
        calibration[kind] = calibrate(odds, labels, weights)
        print(kind, len(kept), dict(mass), coefficients[kind], calibration[kind], file=sys.stderr)  # noqa: T201
    note = (
        "fitted by enduse.parties.build.fit on the build part (60 % of entities) of published lists and labelled pairs"
    )
    table = {"version": VERSION, "source": note, "coefficients": coefficients, "calibration": calibration}
    out.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
