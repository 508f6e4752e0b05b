"""Fits the model that finds propositions no rule opens (`press.found`) on annotated articles and writes `reference/press/likeness.json`.

    python -m enduse.press.build.likeness TESTS_PRESS_FOLDER [MORE_FOLDERS ...] --out FILE [--judge [--only SET]]

Every predicate of every sentence is one case. Gold claims are laid on the predicates of their sentence one to one (by place, figures, goods,
parties and the kind of the word) and those with one are the positives; what the rules made of a sentence is no feature. Two logistic
regressions: claim or none, and of what kind. `--judge` prints first what each set gives by a fit on the others: its
predicates, and read from end to end. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

from enduse.press import claims, found
from enduse.press.build.gold import Annotated, Gold, articles, meant, same_party, wanted, words
from enduse.press.candidates import Candidate, roles_of
from enduse.press.drafting import KIND
from enduse.press.figures import Figure
from enduse.press.memory import Memory
from enduse.press.parsing import Parser
from enduse.press.view import Draft, View

if TYPE_CHECKING:
    from scipy import sparse

OPENS, SPLITS = 0.60, 0.75
KINDS = "supply order production capability stock use request restriction route component_origin denial".split()
LEAST = 3  # cases and articles a name must have
C_CLAIM, C_KIND = 0.05, 1.0
NONE = -1.0  # a gold claim laid on a predicate with less than this lies on none


@dataclass
class Case:
    """One predicate: its set and article, its names, whether the rules opened a proposition in the sentence, and the kind of its gold claim."""

    group: str
    article: str
    names: list[str]
    read: bool
    kind: str | None


def cases(found_: Iterable[Annotated]) -> list[Case]:
    """Every candidate of the articles, as the rules read them."""
    out: list[Case] = []
    parser = Parser()
    for a in found_:
        heard: list[tuple[View, bool, list[tuple[Candidate, list[str]]]]] = []

        def listen(
            view: View,
            got: Sequence[Draft],
            measured: Sequence[Figure],
            section: str,
            index: int,
            state: Memory,
            heard: list[Any] = heard,
        ) -> list[Draft]:
            heard.append((view, bool(got), found.described(view, measured, section, index, state)))
            return list(got)

        with mock.patch.object(found, "mend", listen):
            claims.document(a.name, a.text, outlet=None, date=None, stated=a.date, parse=parser)
        free = list(a.gold)
        for view, read, here in heard:
            gold = [g for g in free if g["char_start"] < view.end and view.start < g["char_end"]]
            free = [g for g in free if g not in gold]
            lies = laid(view, here, gold)
            out += [
                Case(a.group, a.name, names, read, lies[k]["kind"] if k in lies else None)
                for k, (_, names) in enumerate(here)
            ]
    return out


def laid(view: View, here: Sequence[tuple[Candidate, list[str]]], gold: Sequence[Gold]) -> dict[int, Gold]:
    """Position of a candidate -> the gold claim of the sentence that is told there; the assignment that fits best in sum."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    if not here or not gold:
        return {}
    fits = np.array([[_fit(view, c, g) for c, _ in here] for g in gold])
    return {int(k): gold[int(i)] for i, k in zip(*linear_sum_assignment(-fits), strict=True) if fits[i, k] > NONE}


def _fit(view: View, c: Candidate, g: Gold) -> float:
    """How well a gold claim fits a predicate: weights set by hand, looked through on one set of articles."""
    assert view.tree is not None  # noqa: S101 - candidates come of a tree
    n, a, b = c.node, g["char_start"], g["char_end"]
    nodes = [view.tree.nodes[i] for i in c.ruled]
    gap = view.text[n.start : a] if n.start < a else view.text[b : n.start]
    score = 2.0 if a <= n.start < b else -0.12 * len(gap.split())
    score += 0.3 * min(5, sum(a <= x.start < b for x in nodes))
    want = wanted(g)
    have = [float(v) for f in c.figures if (v := f.value if f.value is not None else f.high) is not None]
    score += sum(3.0 if any(abs(v - w) < 1e-6 * max(1.0, w) for v in have) else -0.5 for w in want)
    score -= 0.7 * bool(have and not want)
    score += 0.7 * bool(words(g["goods"]) & {x.low for x in nodes})
    roles = roles_of(n.low)
    kinds = {KIND[k] for r in roles if (k := r.removeprefix("parsed_")) in KIND}
    kinds |= {"denial"} if "deny" in roles else set()
    kinds |= {"supply"} if {"parsed_supplier", "parsed_buyer"} & set(roles) else set()
    if g["kind"] in kinds:
        score += 2.0
    elif kinds:
        score += 1.0 if g["kind"] in ("denial", "route") else -0.3
    elif "say" in roles:
        score -= 1.5
    for slot in ("supplier", "recipient"):
        score += 0.7 * any(
            words(g[slot]) & words(x.name) and any(y.start < x.end and x.start < y.end for y in nodes)
            for x in view.actors
        )
    return float(score - 0.2 * (not n.verb))


def fit(given: Sequence[Case]) -> dict[str, Any]:
    """The table of the model."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    seen: Counter[str] = Counter(n for c in given for n in set(c.names))
    where: defaultdict[str, set[str]] = defaultdict(set)
    for c in given:
        for n in c.names:
            where[n].add(c.article)
    names = sorted(n for n in seen if seen[n] >= LEAST and len(where[n]) >= LEAST)
    rows = _rows(given, names)
    claim = LogisticRegression(C=C_CLAIM, max_iter=1000).fit(rows, [c.kind is not None for c in given])
    told = [i for i, c in enumerate(given) if c.kind is not None]
    kind = LogisticRegression(C=C_KIND, max_iter=1000).fit(rows[told], [given[i].kind for i in told])
    kinds = [k for k in KINDS if k in kind.classes_]
    order = [list(kind.classes_).index(k) for k in kinds]
    weights = np.vstack([claim.coef_, kind.coef_[order]]).T
    return {
        "fitted_on": f"{len(given)} predicates of {len({c.article for c in given})} articles, {len(told)} with a claim",
        "opens": OPENS,
        "splits": SPLITS,
        "kinds": kinds,
        "bias": [round(float(x), 4) for x in (claim.intercept_[0], *kind.intercept_[order])],
        "weights": {n: [round(float(x), 3) for x in weights[i]] for i, n in enumerate(names)},
    }


def _rows(given: Sequence[Case], names: Sequence[str]) -> sparse.csr_matrix:
    from scipy import sparse

    place = {n: i for i, n in enumerate(names)}
    at = [(i, place[n]) for i, c in enumerate(given) for n in set(c.names) if n in place]
    return sparse.csr_matrix(
        ([1.0] * len(at), ([i for i, _ in at], [j for _, j in at])), shape=(len(given), len(names))
    )


def judged(given: Sequence[Case], table: dict[str, Any]) -> str:
    """How well a model tells the predicates of sentences in which the rules read nothing: area under the curve, share right above `opens`, kinds."""
    from sklearn.metrics import roc_auc_score

    m = found.model_of(table)
    open_ = [c for c in given if not c.read]
    chances = [found.chance(m, c.names) for c in open_]
    told = [c.kind is not None for c in open_]
    area = roc_auc_score(told, chances) if len(set(told)) > 1 else math.nan
    opened = [c for c, p in zip(open_, chances, strict=True) if p >= m.opens]
    right = [c for c in opened if c.kind is not None]
    kinds = sum(found.kind_of(m, c.names) == c.kind for c in right)
    return (
        f"{len(open_)} predicates, area {area:.3f}; opened {len(opened)}, a claim there {len(right)}, its kind {kinds}"
    )


def read_whole(table: dict[str, Any], given: Sequence[Annotated]) -> str:
    """What reading articles from end to end gives with a model: gold claims, claims, those with place, figures and one party right, all and found."""
    gold = made = right = fresh = fresh_right = 0
    parser = Parser()
    with mock.patch.object(found, "model", return_value=found.model_of(table)):
        for a in given:
            read = claims.document(a.name, a.text, outlet=None, date=None, stated=a.date, parse=parser)
            for j, g in meant(a.gold, read).items():
                if any(g[s] and same_party(g[s], read[j][s]) for s in ("supplier", "recipient")):
                    right += 1
                    fresh_right += bool(read[j].get("_found"))
            gold, made = gold + len(a.gold), made + len(read)
            fresh += sum(bool(c.get("_found")) for c in read)
    return f"{gold} gold, {made} claims, {right} right, F1 {2 * right / (gold + made):.3f}; found {fresh}, {fresh_right} right"


def main(arguments: Sequence[str] | None = None) -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folders", nargs="+", type=Path)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--judge", action="store_true", help="print how well each set is told by a fit on the others")
    options.add_argument("--only", help="judge this set alone")
    given = options.parse_args(arguments)
    texts = [a for folder in given.folders for a in articles(folder)]
    all_ = cases(texts)
    if given.judge:
        for group in sorted({a.group for a in texts if given.only in (None, a.group)}):
            table = fit([c for c in all_ if c.group != group])
            sys.stdout.write(f"{group} {judged([c for c in all_ if c.group == group], table)}\n")
            sys.stdout.write(f"{group} {read_whole(table, [a for a in texts if a.group == group])}\n")
    given.out.write_text(
        json.dumps(fit(all_), ensure_ascii=False, separators=(",", ":")).replace("],", "],\n") + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
