"""Quality of the scorer of names on labelled pairs that the fit has not seen, beside rapidfuzz and nomenklatura's frozen answers.

    python bench/parties.py [--shipped] [LISTS_FOLDER]

The scorer is fitted anew on the build part of the entities (60 %, a minute or two) and measured on the other 40 %; word statistics and learned
translations come from the build part as well. `--shipped` measures the shipped model, into which all entities went: those figures flatter.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path

from rapidfuzz import fuzz

from common import SHARED
from enduse.parties.build import evidence, fit
from enduse.parties.build.evidence import Pair
from enduse.parties.model import using
from enduse.parties.name import parse
from enduse.parties.score import probabilities

FOLDER = SHARED / "data" / "lists"
MOST = 12  # names of an entity that are compared
STRANGERS = 4_000
COLUMNS = frozenset(
    (
        "importer",
        "exporter",
        "supplier",
        "buyer",
        "importer name",
        "exporter name",
        "consignee",
        "shipper",
        "importer_name",
        "exporter_name",
    )
)
RANDOM = 15_000  # pairs of names of different firms
Scorer = Callable[[Pair], float]


def ours(pair: Pair) -> float:
    """The best probability of all names of one side against all of the other."""
    sides = [(parse(a, pair.kind), parse(b, pair.kind)) for a in pair.left[:MOST] for b in pair.right[:MOST]]
    return max(probabilities([a for a, _ in sides], [b for _, b in sides], pair.kind))


def token_sort(pair: Pair) -> float:
    best = max(fuzz.token_sort_ratio(a.lower(), b.lower()) for a in pair.left[:MOST] for b in pair.right[:MOST])
    return best / 100


def first_names(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs with the first name of each side alone, in whatever language that is."""
    return [Pair(p.left[:1], p.right[:1], p.kind, p.same, p.source, p.held) for p in pairs]


def random_firms(folder: Path, same: dict[str, str]) -> list[Pair]:
    """Held-out aliases of OFAC firms with their primary names, and as many as RANDOM pairs of different held-out firms."""
    rng = random.Random(4)  # another draw than that of the fit
    known = [(same.get(e, e), p, a) for e, k, p, a in evidence.ofac_aliases(folder) if k == "organization"]
    known = [row for row in known if evidence.held(row[0])]
    out = [Pair((p,), (a,), "organization", True, "random", True) for _, p, a in known]
    while len(out) < len(known) + RANDOM:
        x, y = rng.choice(known), rng.choice(known)
        if x[0] != y[0]:
            out.append(Pair((x[1],), (y[2],), "organization", False, "random", True))
    return out


def sets(folder: Path) -> dict[str, list[Pair]]:
    """Held-out pairs by name of the set."""
    same = evidence.same_entity(folder)
    bench = [p for p in evidence.name_bench(folder) if p.held]
    judged = [p for p in evidence.judgements(folder) if p.held]
    shown = [p for p in evidence.judgements(folder, captions=True) if p.held]
    cross = [p for p in evidence.cross_script(folder, same) if p.held]
    out = {"name bench": bench}
    for kind, word in (("organization", "organisations"), ("person", "persons"), ("vessel", "vessels")):
        out[f"name bench, {word}"] = [p for p in bench if p.kind == kind]
        out[f"judgements, {word}"] = [p for p in judged if p.kind == kind]
        out[f"judgements, {word}, captions"] = [p for p in shown if p.kind == kind]
        out[f"judgements, {word}, first names"] = first_names(out[f"judgements, {word}"])
        for script in ("cyrl", "hani", "arab"):
            out[f"{script} {word}"] = [p for p in cross if p.source == f"cross-{script}" and p.kind == kind]
    out["aliases against random firms"] = random_firms(folder, same)
    return {name: pairs for name, pairs in out.items() if len(pairs) > 5}


def at_half(truth: Sequence[bool], scores: Sequence[float]) -> tuple[float, float, float]:
    """Precision, recall and F1 at .5, the default threshold of `compare`."""
    said = [s >= 0.5 for s in scores]
    hit = sum(t and s for t, s in zip(truth, said, strict=True))
    return hit / max(1, sum(said)), hit / max(1, sum(truth)), 2 * hit / max(1, sum(truth) + sum(said))


def recall_at_precision(truth: Sequence[bool], scores: Sequence[float], precision: float = 0.95) -> float:
    """The best recall with at least `precision`; ties stay together."""
    best, hit = 0, 0
    ranked = sorted(zip(scores, truth, strict=True), key=lambda p: -p[0])
    for seen, (s, t) in enumerate(ranked, 1):
        hit += t
        if (seen == len(ranked) or ranked[seen][0] != s) and hit / seen >= precision:
            best = max(best, hit)
    return best / max(1, sum(truth))


def recall_at_false_rate(truth: Sequence[bool], scores: Sequence[float], rate: float = 0.001) -> float:
    false = sorted((s for t, s in zip(truth, scores, strict=True) if not t), reverse=True)
    threshold = false[int(len(false) * rate)]
    return sum(t and s > threshold for t, s in zip(truth, scores, strict=True)) / max(1, sum(truth))


def frozen(folder: Path) -> dict[str, float]:
    """F1 of nomenklatura's logic-v2 on the held-out cases of its own benchmark."""
    rows = [
        r
        for r in evidence.rows(folder / "nomenklatura_logicv2_frozen.csv")
        if evidence.held("nb-" + min(r["name1"], r["name2"]))
    ]
    firms = [r for r in rows if r["schema"] in ("Company", "Organization", "LegalEntity")]
    out = {}
    for name, some in (("name bench", rows), ("name bench, organisations", firms)):
        truth, said = [r["is_match"] == "true" for r in some], [r["predicted_match"] == "true" for r in some]
        out[name] = 2 * sum(t and s for t, s in zip(truth, said, strict=True)) / max(1, sum(truth) + sum(said))
    return out


def firms_on_no_list(folder: Path) -> list[str]:
    """Names of trading firms in published customs samples; empty where these are missing."""
    names: set[str] = set()
    for path in sorted((folder.parent / "trade" / "vendor_samples").glob("*.csv")):
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            for row in csv.DictReader(file):
                names.update(v.strip() for k, v in row.items() if k and k.lower() in COLUMNS and isinstance(v, str))
    kept = sorted(n for n in names if len(n) > 3 and n != "NULL")
    return random.Random(11).sample(kept, min(STRANGERS, len(kept)))


def strangers(folder: Path) -> dict[str, object]:
    """Firms on no list against the two nearest names of OFAC (with aliases) and the EU: per 1,000 firms, how many reach review and match."""
    asked = [parse(n) for n in firms_on_no_list(folder)]
    listed = [parse(n) for kind, names in evidence.listings(folder).values() if kind == "organization" for n in names]
    best = [0.0] * len(asked)
    pairs = [
        (i, j) for i, near in enumerate(fit.nearest(asked, listed)) for j in near[:2] if asked[i].key != listed[j].key
    ]
    found = probabilities([asked[i] for i, _ in pairs], [listed[j] for _, j in pairs], "organization", least=0.3)
    for (i, _), p in zip(pairs, found, strict=True):
        best[i] = max(best[i], p)
    rates = {f"at {level} per 1,000": 1000 * sum(b >= level for b in best) / max(1, len(best)) for level in (0.6, 0.92)}
    return {"set": "firms on no list", "firms": len(asked), **rates}


def run(folder: Path = FOLDER, *, shipped: bool = False) -> list[dict[str, object]]:
    """One row per set, then the firms on no list; empty where the shared lists are missing."""
    if not folder.is_dir():
        return []
    yard = frozen(folder)
    out: list[dict[str, object]] = []
    with nullcontext() if shipped else using(fit.fit(folder, everything=False, judgements=False)):
        for name, pairs in sets(folder).items():
            truth = [p.same for p in pairs]
            scores, plain = [ours(p) for p in pairs], [token_sort(p) for p in pairs]
            precision, recall, f1 = at_half(truth, scores)
            row: dict[str, object] = {"set": name, "pairs": len(pairs), "same": sum(truth)}
            row |= {
                "precision": precision,
                "recall": recall,
                "F1": f1,
                "R at P .95": recall_at_precision(truth, scores),
            }
            if name.startswith("aliases"):
                row |= {
                    "R at 1/1000": recall_at_false_rate(truth, scores),
                    "token_sort R at 1/1000": recall_at_false_rate(truth, plain),
                }
            else:
                row["token_sort R at P .95"] = recall_at_precision(truth, plain)
            if name in yard:
                row["logic-v2 F1"] = yard[name]
            out.append(row)
        out.append(strangers(folder))
    return out


def main(arguments: Sequence[str]) -> None:
    folder = next((Path(a) for a in arguments if not a.startswith("-")), FOLDER)
    found = run(folder, shipped="--shipped" in arguments)
    if not found:
        print(f"{folder} is not here: nothing measured")
    for row in found:
        figures = "  ".join(
            f"{k} {v:.3f}" if isinstance(v, float) else f"{k} {v}" for k, v in row.items() if k != "set"
        )
        print(f"{row['set']:<32} {figures}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
