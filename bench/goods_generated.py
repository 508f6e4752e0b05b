"""Recognition on generated descriptions, electronic parts by number, and how far the stated confidence can be read."""

from __future__ import annotations

import csv
import random
import re
from typing import Any

import goods_templates
import goods_texts
from enduse.goods import classify
from enduse.goods.answer import Case, Reader
from enduse.goods.fold import fold
from enduse.goods.lexicon import Lexicon
from enduse.goods.part_numbers import part_rule
from enduse.goods.watch import load
from enduse.reference import goods_tables as tables
from goods_hard import HARD
from goods_texts import SHARED, Line, same

SETS = {"first": goods_templates.FIRST, "later": goods_templates.LATER, "last": goods_templates.LAST}
SURE = ("numbering of the maker", "numbering", "maker")  # other answers are abstentions


def _f1(found: list[str], wanted: list[str]) -> float:
    """F1 over filled cells, names compared without blanks, hyphens and case."""
    right = sum(bool(f) and same(f, w) for f, w in zip(found, wanted, strict=True))
    return 2 * right / max(sum(map(bool, found)) + sum(map(bool, wanted)), 1)


def _family_f1(found: list[str], wanted: list[str], family: str) -> float:
    right = sum(f == w == family for f, w in zip(found, wanted, strict=True))
    return 2 * right / max(found.count(family) + wanted.count(family), 1)


def judged(lines: list[Line], lexicon: Lexicon) -> dict[str, float]:
    """Family F1 of drones and parts, recall of drones, brand and model F1, false ones among things beside."""
    reader = Reader(load("civil-drones"), [x.text for x in lines], lexicon)
    rows = [reader.answer(Case(i, i, "", "")) for i in range(len(lines))]
    family, wanted = [r.family for r in rows], [x.family for x in lines]
    watched = [(r, x) for r, x in zip(rows, lines, strict=True) if x.family]
    return {
        "family F1, drones": _family_f1(family, wanted, "drone"),
        "family F1, parts": _family_f1(family, wanted, "drone_part"),
        "drones found": sum(f == w == "drone" for f, w in zip(family, wanted, strict=True)) / max(wanted.count("drone"), 1),
        "brand F1": _f1([r.brand for r, _ in watched], [x.brand for _, x in watched]),
        "model F1": _f1([r.model for r, _ in watched], [x.model for _, x in watched]),
        "false among things beside": sum(bool(f) and not w for f, w in zip(family, wanted, strict=True)) / max(wanted.count(""), 1),
    }  # fmt: skip


def _bare(model: str) -> str:
    return re.sub(r"[\s\-_.]", "", re.sub(r" ?\(.*| series$", "", model).casefold())


def generated(per_model: int = 2) -> dict[str, dict[str, float]]:
    """The measures on each set of templates, with all models known and with a third of them taken out of the tables."""
    models = goods_texts.models()
    known = Lexicon(load("civil-drones"))
    random.Random(7).shuffle(models)
    third = models[: len(models) // 3]
    gone = {(b, _bare(m)) for b, m in third}
    held = frozenset((r["brand"], r["model"]) for r in tables.rows("models") if (r["brand"], _bare(r["model"])) in gone)
    without = Lexicon(load("civil-drones"), held)
    out: dict[str, dict[str, float]] = {}
    for name, templates in SETS.items():
        out[f"{name}, noisy"] = judged(goods_texts.lines(templates, models, per_model=per_model), known)
        out[f"{name}, unseen models"] = judged(goods_texts.lines(templates, third, per_model=per_model), without)
    return out


def parts() -> dict[str, float]:
    """Electronic parts by number and maker: top-1 and top-3 at HS4 and the share without an answer."""
    path = SHARED / "trade/goods_text/ru_tnved_electronic_parts.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    listed = {c[:4] for c in tables.tiers()}
    out: dict[str, float] = {}
    for name, chosen in (("all", rows), ("priority headings", [r for r in rows if r["TNVED"][:4] in listed])):
        answers = [(part_rule(r["part_num"], fold(r["manufacturer"])), r["TNVED"][:4]) for r in chosen]
        given = [(list(dict.fromkeys(c[:4] for c in a.hs6)), w) for a, w in answers if a and a.basis in SURE]
        out[f"{name}: abstained"] = 1 - len(given) / len(chosen)
        out[f"{name}: top-1"] = sum(h[0] == w for h, w in given) / len(given)
        out[f"{name}: top-3"] = sum(w in h[:3] for h, w in given) / len(given)
    return out


def reliability(per_model: int = 1) -> dict[str, Any]:
    """Share of right families by stated confidence, on all templates and as many hard texts of other goods."""
    lines = [x for t in SETS.values() for x in goods_texts.lines(t, goods_texts.models(), per_model=per_model, seed=11)]
    rows = classify([x.text for x in lines] + HARD).to_pylist()
    wanted = [x.family for x in lines] + [""] * len(HARD)
    weight = [1.0] * len(lines) + [len(lines) / len(HARD)] * len(HARD)
    bands: dict[float, list[float]] = {}
    for row, family, w in zip(rows, wanted, weight, strict=True):
        if row["family"]:
            band = bands.setdefault(row["confidence"], [0.0, 0.0])
            band[0] += w
            band[1] += w * (row["family"] == family)
    total = sum(n for n, _ in bands.values())
    gap = sum(abs(c * n - ok) for c, (n, ok) in bands.items()) / total
    over = sum(max(c * n - ok, 0.0) for c, (n, ok) in bands.items()) / total
    return {
        "bands": {c: (round(n), round(ok / n, 3)) for c, (n, ok) in sorted(bands.items())},
        "calibration gap": gap,
        "overconfidence": over,
        "hard texts taken for drones": sum(bool(r["family"]) for r in rows[len(lines) :]) / len(HARD),
    }
