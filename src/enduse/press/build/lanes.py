"""Fits the trees that weigh the parties of a claim (`press.lanes`) on annotated articles and writes `reference/press/lanes.json`.

    python -m enduse.press.build.lanes TESTS_PRESS_FOLDER [MORE_FOLDERS ...] --out FILE

Each pair of parties of each read claim is one row, right where both slots agree with the gold claim of the same place and figures. What
the rules answer is no feature: on articles they were mended on they are right too often to be weighed; articles they were never mended on
(`FRESH`) count three times. Printed first: the share of right slots, rules alone and weighed, each set by a fit on the other sets.
Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enduse.press import claims, lanes
from enduse.press.build.gold import Annotated, articles, meant, same_party
from enduse.press.parsing import Parser
from enduse.reference.forest import Forest, table_of

if TYPE_CHECKING:
    import numpy as np

FRESH = ("blind5", "blind7", "t1", "t2", "t3", "t4", "t5", "t6", "t7")
WEIGHT = 3.0
SIZE = {"max_iter": 120, "learning_rate": 0.07, "max_leaf_nodes": 10, "min_samples_leaf": 30, "l2_regularization": 2.0}


@dataclass
class Case:
    """One claim with its pairs of parties: rows, which pairs are right in how many slots (-1: no gold), and which the rules chose."""

    group: str
    rows: np.ndarray
    right: list[int]
    rules: list[int]  # slots in which a pair agrees with the rules


def cases(found: Iterable[Annotated]) -> list[Case]:
    """All claims of the articles, as read before any weighing."""
    out: list[Case] = []
    parser = Parser()
    for a in found:
        read: list[list[Any]] = []

        def keep(made: list[Any], read: list[list[Any]] = read) -> list[Any]:
            read.append([dict(c) for c in made])
            return made

        claims.document(a.name, a.text, outlet=None, date=None, stated=a.date, parse=parser, weigh=keep)
        for made in read:
            gold = meant(a.gold, made)
            for j, (c, around) in enumerate(zip(made, lanes.around(made), strict=True)):
                if c.get("_place") is None or not (pairs := lanes.options(c, around)):
                    continue
                g = gold.get(j)
                right = [
                    -1 if g is None else same_party(g["supplier"], s) + same_party(g["recipient"], r) for s, r in pairs
                ]
                rules = [(s == c["supplier"]) + (r == c["recipient"]) for s, r in pairs]
                out.append(Case(a.group, lanes.rows(c, around, pairs), right, rules))
    return out


def fit(found: list[Case]) -> dict[str, Any]:
    """The table of the trees."""
    import numpy as np
    from sklearn.ensemble import HistGradientBoostingClassifier

    used = [c for c in found if c.right[0] >= 0]
    rows = np.concatenate([c.rows for c in used])
    right = np.array([n == 2 for c in used for n in c.right])
    weights = np.array([WEIGHT if c.group in FRESH else 1.0 for c in used for _ in c.right])
    model = HistGradientBoostingClassifier(**SIZE, early_stopping=False, random_state=0)
    model.fit(rows, right, sample_weight=weights / weights.mean())
    return table_of(model, lanes.FEATURES)


def judged(found: list[Case], table: dict[str, Any], trust: float) -> tuple[int, int, int]:
    """Slots that are right by the rules, slots that are right when weighed, and slots, of claims with gold."""
    forest = Forest.of(table, lanes.FEATURES)
    before = after = total = 0
    for c in found:
        if c.right[0] < 0:
            continue
        said = forest.log_odds(c.rows) + trust * np_array(c.rules)
        total += 2
        before += c.right[max(range(len(c.rules)), key=c.rules.__getitem__)]
        after += c.right[int(said.argmax())]
    return before, after, total


def np_array(values: list[int]) -> np.ndarray:
    import numpy as np

    return np.array(values, np.float64)


def main(arguments: list[str]) -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folders", nargs="+", type=Path)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--judge", action="store_true", help="print what each set gains by a fit on the others")
    given = options.parse_args(arguments)
    found = cases(a for folder in given.folders for a in articles(folder))
    if given.judge:
        for group in sorted({c.group for c in found}):
            table = fit([c for c in found if c.group != group])
            mine = [c for c in found if c.group == group]
            figures = {t: judged(mine, table, t) for t in (0.0, 1.0, 1.5, 2.0, 2.5, 3.0)}
            before, _, total = figures[0.0]
            weighed = " ".join(f"{t}: {a / total:.3f}" for t, (_, a, _) in figures.items())
            sys.stdout.write(f"{group} {total} rules {before / total:.3f} {weighed}\n")
    given.out.write_text(json.dumps(fit(found), separators=(",", ":")).replace("]],", "]],\n") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
