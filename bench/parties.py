"""Quality and speed of `parties` on the shared development lists; held-out entities only where a split exists.

    python bench/parties.py [LISTS_FOLDER]

`run()` returns the figures. Coefficients and words were made from the build part only (see `enduse.parties.build`), but versions
of the room were compared on these held-out figures about a dozen times: take them as somewhat flattering.
"""

from __future__ import annotations

import csv
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from enduse.parties.build import evidence
from enduse.parties.name import parse
from enduse.parties.score import score
from enduse.parties.screening import Screener

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "lists"
VENDOR = FOLDER.parent / "trade" / "vendor_samples"


def f1(truth: Sequence[bool], said: Sequence[bool]) -> float:
    hit = sum(t and s for t, s in zip(truth, said, strict=True))
    return round(2 * hit / max(1, sum(truth) + sum(said)), 4)


def recall_at(truth: Sequence[bool], scores: Sequence[float], precision: float) -> tuple[float, float]:
    """(best recall with at least `precision`, the threshold that gives it); ties stay together."""
    best, threshold, hit = 0, 1.0, 0
    ranked = sorted(zip(scores, truth, strict=True), key=lambda p: -p[0])
    for seen, (s, t) in enumerate(ranked, 1):
        hit += t
        last = seen == len(ranked) or ranked[seen][0] != s
        if last and hit / seen >= precision and hit > best:
            best, threshold = hit, s
    return round(best / max(1, sum(truth)), 4), round(threshold, 4)


def best_score(pair: evidence.Pair) -> float:
    """The best of all names of one side against all of the other."""
    names = ([parse(n, pair.kind) for n in side[:15]] for side in (pair.left, pair.right))
    left, right = names
    return max(score(a, b, pair.kind).probability for a in left for b in right)


def name_bench(folder: Path) -> dict[str, object]:
    pairs = list(evidence.name_bench(folder))
    out: dict[str, object] = {}
    for label, chosen in (("held_out", [p for p in pairs if p.held]), ("all", pairs)):
        said = [best_score(p) >= 0.5 for p in chosen]
        out[label] = f1([p.same for p in chosen], said)
    frozen = list(evidence.rows(folder / "nomenklatura_logicv2_frozen.csv"))
    held = [r for r in frozen if evidence.held("nb-" + min(r["name1"], r["name2"]))]
    for label, chosen_rows in (("logic_v2_held_out", held), ("logic_v2_all", frozen)):
        out[label] = f1(
            [r["is_match"] == "true" for r in chosen_rows], [r["predicted_match"] == "true" for r in chosen_rows]
        )
    return out


def judged(folder: Path) -> dict[str, object]:
    out: dict[str, object] = {}
    for kind in ("organization", "person"):
        pairs = [p for p in evidence.judgements(folder) if p.kind == kind and p.held]
        out[kind] = {"pairs": len(pairs), "f1": f1([p.same for p in pairs], [best_score(p) >= 0.5 for p in pairs])}
    return out


def cross(folder: Path) -> dict[str, object]:
    pairs = [p for p in evidence.cross_script(folder, evidence.same_entity(folder)) if p.held]
    out: dict[str, object] = {}
    for script in ("cyrl", "hani", "arab"):
        for kind in ("organization", "person"):
            chosen = [p for p in pairs if p.source == f"cross-{script}" and p.kind == kind]
            truth, scores = [p.same for p in chosen], [best_score(p) for p in chosen]
            recall, threshold = recall_at(truth, scores, 0.95)
            hit = sum(t and s >= 0.5 for t, s in zip(truth, scores, strict=True))
            precision = hit / max(1, sum(s >= 0.5 for s in scores))
            out[f"{script}_{kind}"] = {
                "pairs": len(chosen), "positives": sum(truth), "recall_at_p95": recall, "threshold": threshold,
                "recall_at_half": round(hit / max(1, sum(truth)), 4), "precision_at_half": round(precision, 4),
            }  # fmt: skip
    return out


def strangers(folder: Path, kind: str, limit: int) -> list[str]:
    """Names on no list: trading firms of vendor samples, made-up people of yente's negatives."""
    names: set[str] = set()
    if kind == "person":
        names = {r["full_name"] for r in evidence.rows(folder / "yente_negatives_global.csv.gz")}
    else:
        for path in sorted(VENDOR.glob("*.csv")):
            with path.open(encoding="utf-8-sig", errors="replace") as file:
                for row in csv.DictReader(file):
                    names.update(v.strip() for k, v in row.items() if k and isinstance(v, str) and k.lower() in _FIRM)
    kept = sorted(n for n in names if len(n) > 3 and n != "NULL")
    return random.Random(11).sample(kept, min(limit, len(kept)))


_FIRM = frozenset(
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


def entries(folder: Path, *, aliases: bool, eu: bool) -> list[dict[str, object]]:
    out: list[dict[str, object]] = []
    for entity, (kind, names) in evidence.listings(folder).items():
        source = entity.partition("-")[0]
        if source == "eu" and not eu:
            continue
        keep = names if aliases or source == "eu" else names[:1]
        out += [
            {
                "source": source,
                "entry_id": entity,
                "name": n,
                "alias_kind": "strong" if i else "primary",
                "entry_kind": kind,
            }
            for i, n in enumerate(keep)
        ]
    return out


def ofac(folder: Path, limit: int = 2000) -> dict[str, object]:
    """Aliases of held-out entries against primary names only; the threshold lets 1 in 1,000 strangers through."""
    screener = Screener(entries(folder, aliases=False, eu=False))
    out: dict[str, object] = {}
    for kind in ("organization", "person"):
        queries = [(e, a) for e, k, _, a in evidence.ofac_aliases(folder) if k == kind and evidence.held(e)]
        queries = random.Random(3).sample(queries, min(limit, len(queries)))
        far = strangers(folder, kind, 6000)
        false = sorted(
            (h[0].scored.probability if (h := screener.hits(n, "", "", 0.05)) else 0.0 for n in far), reverse=True
        )
        threshold = max(false[max(0, len(false) // 1000)], 0.05) if false else 1.0
        found = [
            next((h.scored.probability for h in screener.hits(a, "", "", 0.05) if h.entry.entry_id == e), 0.0)
            for e, a in queries
        ]
        out[kind] = {
            "aliases": len(queries), "strangers": len(far), "threshold": threshold, "recall_at_1_in_1000": round(sum(f > threshold for f in found) / max(1, len(found)), 4),
            "strangers_at_review": sum(f >= 0.6 for f in false), "strangers_at_match": sum(f >= 0.92 for f in false),
            "recall_at_review": round(sum(f >= 0.6 for f in found) / max(1, len(found)), 4),
        }  # fmt: skip
    return out


def speed(folder: Path, size: int = 50_000) -> dict[str, object]:
    """CPU seconds of one core for `size` distinct invented variants of names on no list: resolved, then asked against OFAC with aliases and EU."""
    from enduse.parties.judgements import Judgements
    from enduse.parties.resolve import Mention, resolve

    rng = random.Random(5)
    base = strangers(folder, "organization", 30_000) + strangers(folder, "person", 6_000)
    names = set(base)
    while len(names) < size:
        words = rng.choice(base).split()
        names.add(
            " ".join([*words[:-1], rng.choice(base).split()[0]])
            if len(words) > 1 and rng.random() < 0.6
            else rng.choice(base).title() + rng.choice((" Ltd", " LLC", " Co", " Trading"))
        )
    mentions = [Mention(n, rows=rng.randrange(1, 40)) for n in sorted(names)[:size]]
    start = time.process_time()
    parties = resolve(mentions, Judgements(), 0.92)
    resolved = time.process_time() - start
    screener = Screener(entries(folder, aliases=True, eu=True))
    ready = time.process_time() - start - resolved
    hits = sum(bool(screener.hits(m.name, "", "", 0.6)) for m in mentions)
    asked = time.process_time() - start - resolved - ready
    return {
        "names": len(mentions),
        "parties": len(parties),
        "resolve_s": round(resolved, 1),
        "lists_ready_s": round(ready, 1),
        "screen_s": round(asked, 1),
        "names_hit": hits,
    }


def run(folder: Path = FOLDER) -> dict[str, object]:
    """All figures; empty where the shared lists are missing."""
    if not folder.is_dir():
        return {}
    return {
        "name_bench_f1": name_bench(folder),
        "judgements_f1": judged(folder),
        "cross_script": cross(folder),
        "ofac_aliases": ofac(folder),
        "speed": speed(folder),
    }


if __name__ == "__main__":
    here = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    for title, part in (
        ("name bench", name_bench),
        ("judgements", judged),
        ("cross script", cross),
        ("ofac aliases", ofac),
        ("speed", speed),
    ):
        print(title, part(here), flush=True)
