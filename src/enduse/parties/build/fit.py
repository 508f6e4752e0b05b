"""Fits the trees of the scorer on the build part of the labelled pairs and writes `model.json`.

    python -m enduse.parties.build.fit LISTS_FOLDER OUT_FILE [--all] [--judgements]

Gradient boosting on the log loss with monotone constraints (evidence for never counts against), every source with a stated total
weight, positives and negatives with equal weight within a source: a probability reads as "of pairs like this, half of them the
same by design, this share is the same". Pairs that share nothing a comparison of names could see are left out of the positives.
`--all` fits on both parts of the split, `--judgements` also on the OpenSanctions judgements (CC BY-NC; see docs/decisions/0005).
Needs scikit-learn on the maintainer's machine only.
"""

from __future__ import annotations

import json
import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enduse.parties.align import align
from enduse.parties.build import evidence
from enduse.parties.candidates import Index
from enduse.parties.features import FEATURES, features
from enduse.parties.name import Kind, Name, parse
from enduse.parties.traits import traits
from enduse.reference.forest import table_of

if TYPE_CHECKING:
    import numpy as np

VERSION = "fit-3"
SAMPLED = 9_000  # names of each kind around which pairs are made
# What a feature may say: +1 never against, -1 never for; all others either way.
SIGNS = {
    "covered": 1, "share": 1, "rich": 1, "top": 1, "second": 1, "whole": 1, "squashed": 1, "form_same": 1, "head": 1, "equal": 1, "edit_least": 1,
    "edit_first": 1, "edit_last": 1, "bones": 1, "order": 1, "literal": 1, "place_conflict": -1, "conflict": -1, "worst": -1, "rest_top": -1, "rest_most": -1, "fuzz_worst": -1,
    "number_conflict": -1, "number_one_sided": -1, "form_conflict": -1, "gaps": -1, "known_conflict": -1, "rest_left": -1,
}  # fmt: skip
# Total weight of the positives and of the negatives of a source; sources not named have 1 and 1. The nearest names of other entities
# count more than their share: of the names that look alike in trade data most are other firms.
EMPHASIS = {
    "cross-arab": (0.5, 0.5), "cross-hani": (0.7, 0.7), "cross-cyrl": (1.4, 1.4), "name_bench": (0.8, 0.8), "opensanctions": (0.3, 0.3),
    "aliases-organization": (1.0, 3.0), "aliases-person": (1.0, 2.0), "random": (0.6, 1.0), "random-person": (0.0, 0.3),
}  # fmt: skip
SIZE: dict[Kind, dict[str, Any]] = {
    "organization": {"max_leaf_nodes": 12, "max_iter": 150, "learning_rate": 0.07, "min_samples_leaf": 25},
    "person": {"max_leaf_nodes": 12, "max_iter": 120, "learning_rate": 0.08, "min_samples_leaf": 25},
    "vessel": {"max_leaf_nodes": 6, "max_iter": 60, "learning_rate": 0.08, "min_samples_leaf": 15},
}


def pairs(folder: Path) -> list[evidence.Pair]:
    """Every labelled pair, with negatives for the OFAC aliases and EU names: the nearest names of other entities."""
    same = evidence.same_entity(folder)
    out = [*evidence.cross_script(folder, same), *evidence.name_bench(folder), *evidence.judgements(folder)]
    return out + list(_nearest(folder, same)) + list(_random(folder, same))


def _random(folder: Path, same: dict[str, str], size: int = 12_000) -> list[evidence.Pair]:
    """Aliases of listed firms and persons with their primary names, and pairs of names of different ones drawn at random."""
    rng = random.Random(5)  # noqa: S311 - a sample, no secret
    out: list[evidence.Pair] = []
    listed = list(evidence.ofac_aliases(folder))
    kinds: tuple[Kind, ...] = ("organization", "person")
    for kind in kinds:
        known = [(same.get(e, e), primary, alias) for e, k, primary, alias in listed if k == kind]
        if kind == "organization":
            out += [evidence.Pair((p,), (a,), kind, True, "random", evidence.held(e)) for e, p, a in known]
        for side in (True, False):
            part = [row for row in known if evidence.held(row[0]) == side]
            drawn = [(rng.choice(part), rng.choice(part)) for _ in range(size)] if part else []
            source = "random" if kind == "organization" else "random-person"
            out += [evidence.Pair((x[1],), (y[2],), kind, False, source, side) for x, y in drawn if x[0] != y[0]]
    return out


def _nearest(folder: Path, same: dict[str, str]) -> list[evidence.Pair]:
    """Aliases of listings: (another name of the same row, same) and (the nearest names of other rows of the same list, different).

    Rows of two lists may be one party under two spellings; they are no negatives.
    """
    out: list[evidence.Pair] = []
    listed = evidence.single_listings(folder)
    for kind in ("organization", "person", "vessel"):
        mine = [row for row in listed if row.kind == kind]
        names: list[tuple[int, Name]] = [(n, parse(name, kind)) for n, row in enumerate(mine) for name in row.names]
        keys = [frozenset(parse(name, kind).key for name in row.names) for row in mine]
        side = [evidence.held(same.get(row.entity, row.entity)) for row in mine]
        rng = random.Random(7)  # noqa: S311 - a sample, no secret
        sample = rng.sample(range(len(names)), min(SAMPLED, len(names)))
        near = nearest([names[at][1] for at in sample], [n for _, n in names])
        for at, around in zip(sample, near, strict=True):
            row, name = names[at]
            others = [n for n in mine[row].names if n != name.raw]
            source = "aliases-" + kind
            if others:
                out.append(evidence.Pair((name.raw,), (rng.choice(others),), kind, True, source, side[row]))
            strangers = [
                i
                for i in around
                if mine[names[i][0]].list == mine[row].list
                and side[names[i][0]] == side[row]
                and not keys[names[i][0]] & keys[row]
            ]
            out += [
                evidence.Pair((name.raw,), (names[i][1].raw,), kind, False, source, side[row]) for i in strangers[:2]
            ]
    return out


def nearest(queries: Sequence[Name], names: Sequence[Name]) -> list[list[int]]:
    """Positions of the ten best candidates in `names` for each query."""
    found = Index(names).search(traits(queries))
    out: list[list[int]] = [[] for _ in queries]
    for query, position in zip(found.query.tolist(), found.position.tolist(), strict=True):
        out[query].append(position)
    return out


def vector(pair: evidence.Pair) -> list[float]:
    """Features of the best-matching names of a pair."""
    best: tuple[tuple[float, float], list[float]] | None = None
    for a in pair.left[:12]:
        for b in pair.right[:12]:
            x, y = parse(a, pair.kind), parse(b, pair.kind)
            if (y.words, y.raw) < (x.words, x.raw):
                x, y = y, x
            got = features(x, y, align(x, y))
            rank = (sum(got[FEATURES.index(f)] for f in ("covered", "share", "whole")), got[FEATURES.index("rich")])
            if best is None or rank > best[0]:
                best = (rank, got)
    return best[1] if best else [0.0] * len(FEATURES)


def matchable(row: Sequence[float]) -> bool:
    """Whether the names of a pair share anything that a comparison of names could see."""
    value = dict(zip(FEATURES, row, strict=True))
    return value["rich"] > 0.2 or value["whole"] > 0.45 or value["letters"] > 2


def solve(rows: np.ndarray, labels: np.ndarray, weights: np.ndarray, kind: Kind) -> dict[str, Any]:
    """The fitted trees as whole numbers: {"base": n, "trees": [[feature, threshold, left, right, value], ...]}."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        **SIZE[kind],
        l2_regularization=5.0,
        max_bins=128,
        monotonic_cst=[SIGNS.get(f, 0) for f in FEATURES],
        max_features=0.2,  # of the figures tried at a split: trees that differ
        early_stopping=False,
        random_state=0,
    )
    model.fit(rows, labels, sample_weight=weights / weights.mean())
    table = table_of(model, FEATURES)
    return {"base": table["base"], "trees": table["trees"]}


def fit(folder: Path, *, everything: bool, judgements: bool) -> dict[str, Any]:
    """The table of `model.json`."""
    import numpy as np

    sets: dict[Kind, list[evidence.Pair]] = defaultdict(list)
    left_out = {"cross-grek"} | (set() if judgements else {"opensanctions"})
    for pair in pairs(folder):
        if (everything or not pair.held) and pair.source not in left_out:
            sets[pair.kind].append(pair)
    kinds: dict[str, Any] = {}
    for kind in ("organization", "person", "vessel"):
        rows = [(p, vector(p)) for p in sets[kind]]
        kept = [(p, v) for p, v in rows if not p.same or matchable(v)]
        mass: dict[tuple[str, bool], int] = defaultdict(int)
        for pair, _ in kept:
            mass[pair.source, pair.same] += 1
        weights = [EMPHASIS.get(p.source, (1.0, 1.0))[not p.same] / mass[p.source, p.same] for p, _ in kept]
        kinds[kind] = solve(
            np.round(np.array([v for _, v in kept]), 6),
            np.array([int(p.same) for p, _ in kept]),
            np.array(weights),
            kind,
        )
        print(kind, len(kept), dict(mass), file=sys.stderr)  # noqa: T201
    part = "all" if everything else "the build part (60 %)"
    note = f"fitted by enduse.parties.build.fit on {part} of the entities of published lists and labelled pairs (docs/decisions/0005)"
    return {"version": VERSION, "source": note, "features": list(FEATURES), "kinds": kinds}


def main(folder: Path, out: Path, *options: str) -> None:
    table = fit(folder, everything="--all" in options, judgements="--judgements" in options)
    out.write_text(json.dumps(table, separators=(",", ":")).replace("]],", "]],\n") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
