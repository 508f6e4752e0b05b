"""Rank declarations by how much they look like those that past inspections found wrong; quality is measured on later rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from enduse.errors import EnduseError

from . import model
from .columns import Columns, labels, sort_out
from .encode import Encoded, area, codes, encode, folds, rates

LEAST = 30  # fewer labelled rows of one kind teach nothing that would hold
TOLD = 0.995  # a column that alone tells the label this well was written after the inspection
HELD = 0.2  # share of the labelled rows, the latest, on which quality is measured
TOP = (0.01, 0.02, 0.05, 0.10)
REASONED = 0.1  # share of the ranked rows, the highest, that get reasons


@dataclass(frozen=True)
class Ranked:
    """`score` and `reasons` for every row of the file, and the report on quality."""

    score: np.ndarray
    reasons: list[str]
    report: dict[str, Any]


def _told(names: Sequence[str], table: dict[str, pa.ChunkedArray], y: np.ndarray) -> dict[str, str]:
    """Columns that give the label away: written down after the inspection, they would not stand in a new declaration."""
    found = {}
    fold = folds(len(y))
    for name in names:
        pair = codes(table[name], table[name].slice(0, 0))
        if int(pair[0].max(initial=0)) + 1 > 0.5 * len(y):
            continue
        rate, _, _, _ = rates(pair, y, fold)
        if area(rate, y) >= TOLD:
            found[name] = "tells the label by itself: it was written after the inspection"
    return found


def at_the_top(score: np.ndarray, y: np.ndarray) -> list[dict[str, Any]]:
    """Precision and recall among the highest 1, 2, 5 and 10 % of the rows."""
    order = np.argsort(-score, kind="stable")
    out = []
    for share in TOP:
        n = max(1, int(len(y) * share))
        hits = int(y[order[:n]].sum())
        out.append(
            {
                "share": share,
                "rows": n,
                "precision": round(hits / n, 4),
                "recall": round(hits / max(1, int(y.sum())), 4),
            }
        )
    return out


def _split(dates: pa.ChunkedArray | None, rows: int) -> tuple[np.ndarray, str]:
    """True for the held-out rows: the latest by date; by place in the file where there is no date."""
    n = max(1, int(rows * HELD))
    if dates is None:
        order, words = np.arange(rows), "the last rows of the labelled file, which names no date (--date)"
    else:
        order, words = _by_date(dates), "the latest labelled rows by date"
    held = np.zeros(rows, dtype=bool)
    held[order[-n:]] = True
    return held, words


def _by_date(dates: pa.ChunkedArray) -> np.ndarray:
    text = dates.fill_null("").combine_chunks()
    found: np.ndarray = np.argsort(text.to_numpy(zero_copy_only=False).astype(str), kind="stable")
    return found


def _take(table: dict[str, pa.ChunkedArray], mask: np.ndarray) -> dict[str, pa.ChunkedArray]:
    return {n: pc.filter(c, pa.array(mask)) for n, c in table.items()}


def _importance(fitted: model.Fitted, encoded: Encoded) -> list[dict[str, Any]]:
    weight = np.mean([m.feature_importances_ for m in fitted.forests], axis=0)
    order = np.argsort(-weight, kind="stable")[:12]
    return [{"feature": encoded.features[i].name, "weight": round(float(weight[i]), 4)} for i in order]


def _reasons(
    fitted: model.Fitted, encoded: Encoded, x: np.ndarray, score: np.ndarray, base: np.ndarray, columns: Columns
) -> list[str]:
    """For the highest rows: the columns without which the row would stand lower, each with its share and past rate.

    A column is taken out by putting the middle of the labelled rows in place of every feature it has a part in.
    """
    n = max(1, int(len(score) * REASONED))
    top = np.argsort(-score, kind="stable")[:n]
    full = fitted.quick(x[top])
    names = list(dict.fromkeys((*columns.categories, *columns.numbers)))
    drops = np.zeros((len(names), n))
    for i, name in enumerate(names):
        uses = [j for j, f in enumerate(encoded.features) if name in f.columns]
        if uses:
            changed = x[top].copy()
            changed[:, uses] = base[uses]
            drops[i] = full - fitted.quick(changed)
    own = {
        f.columns[0]: j for j, f in enumerate(encoded.features) if f.rate and len(f.columns) == 1 and "[:" not in f.name
    }
    out = [""] * len(score)
    for place, row in enumerate(top):
        best = [i for i in np.argsort(-drops[:, place], kind="stable")[:3] if drops[i, place] > 0.01]
        parts = []
        for i in best:
            rate = f", past rate {x[row, own[names[i]]]:.0%}" if names[i] in own else ""
            parts.append(f"{names[i]} (+{drops[i, place]:.2f}{rate})")
        out[row] = ";".join(parts)
    return out


def rank(
    names: tuple[str, ...],
    file: dict[str, pa.ChunkedArray],
    labelled_names: tuple[str, ...],
    labelled: dict[str, pa.ChunkedArray],
    *,
    label: str,
    date: str | None,
    where: str,
) -> Ranked:
    """Fit on `labelled`, score `file` (text columns by name). Raises EnduseError where the labels cannot teach anything."""
    y = labels(labelled[label], where)
    found, clean = int(y.sum()), int(len(y) - y.sum())
    if min(found, clean) < LEAST:
        raise EnduseError(
            f"{found} labelled rows found wrong and {clean} others: at least {LEAST} of each are needed",
            where=where,
            fix="Give more labelled declarations with --train",
        )
    skip = {label: "the label"} | ({date: "the date"} if date else {})
    skip |= _told([n for n in labelled_names if n not in skip], labelled, y)
    columns = sort_out(labelled_names, labelled, frozenset(names), skip)
    if not (columns.numbers or columns.categories):
        raise EnduseError(
            "no column to learn from stands in both files", where=where, fix="Give two files with the same columns"
        )
    held, split = _split(labelled[date] if date else None, len(y))
    report: dict[str, Any] = {
        "labelled_rows": len(y), "found_wrong": found, "base_rate": round(found / len(y), 4), "split": split,
        "left_out": columns.left_out, "numbers": list(columns.numbers), "categories": list(columns.categories),
    }  # fmt: skip
    if len(set(y[~held])) == 2 and len(set(y[held])) == 2:
        trial = encode(columns, _take(labelled, ~held), _take(labelled, held), y[~held])
        x, v = trial.matrices()
        judged = model.fit(x, y[~held]).score(v)
        alone = max(
            (f for f in range(len(trial.features)) if trial.features[f].rate),
            key=lambda f: area(x[:, f], y[~held]),
            default=None,
        )
        report |= {
            "held_out_rows": int(held.sum()),
            "held_out_base_rate": round(float(y[held].mean()), 4),
            "area_under_curve": round(area(judged, y[held]), 4),
            "top": at_the_top(judged, y[held]),
        }
        if alone is not None:
            report["best_single_column"] = {
                "feature": trial.features[alone].name,
                "top": at_the_top(v[:, alone], y[held]),
            }
    encoded = encode(columns, labelled, file, y)
    x, v = encoded.matrices()
    fitted = model.fit(x, y)
    score = np.clip(fitted.score(v), 0.0, 1.0)
    report["features"] = _importance(fitted, encoded)
    report["ranked_rows"] = len(score)
    return Ranked(score, _reasons(fitted, encoded, v, score, np.median(x, axis=0), columns), report)
