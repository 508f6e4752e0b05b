"""The models of a labelled world: each a product with brand, article code, price, weight and a share of the trade."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .chance import Floats, Ints, mix
from .products import CHIP_BRANDS, DRONES, PART_BRANDS, PRODUCTS

_HEADS = ("Kel", "Vor", "Tan", "Bri", "Sol", "Mar", "Fen", "Dor", "Lux", "Pax", "Ner", "Ost", "Quin", "Rav", "Tes", "Zan", "Hol", "Jun", "Wex", "Yor")  # fmt: skip
_TAILS = ("mor", "tek", "line", "ova", "dan", "hart", "sen", "qua", "lia", "ron", "max", "wyn", "pro", "dex", "tal")
_LETTERS = "ABCDEFGHKLMNPRSTVWXZ"
SHARES = {"drone": 0.025, "drone_part": 0.03, "chp": 0.1, "": 0.845}


@dataclass(frozen=True)
class Models:
    """One entry a model. `drone` is its line in DRONES or -1; `becomes` the model it is worked into, or -1."""

    product: Ints
    sector: Ints
    hs: Ints
    other: Ints
    usd: Floats
    kg: Floats
    brand: list[str]
    code: list[str]
    drone: Ints
    share: Floats
    becomes: Ints

    def __len__(self) -> int:
        return len(self.product)


def _code(number: int) -> str:
    """An article code, different for each number."""
    n, a = divmod(number, 20)
    a2, b = divmod(int(mix(number, 5)) % 4000, 20)
    form = ("{a}{b}-{n}", "{a}{n}{b}", "{n}-{a}{b}", "{a}{b}{n}-{x}")[int(mix(number, 6)) % 4]
    return form.format(
        a=_LETTERS[a], b=_LETTERS[b], n=1000 + n * 7 % 90000 if n < 12000 else 100000 + n, x=a2 % 90 + 10
    )


def _brand(family: str, number: int) -> str:
    h = int(mix(number, 7)) >> 8
    if family == "drone_part":
        return PART_BRANDS[h % len(PART_BRANDS)]
    if family == "chp":
        return CHIP_BRANDS[h % len(CHIP_BRANDS)]
    if h % 7 == 0:
        return ""
    # Fewer brands than models: a brand sells many articles.
    return _HEADS[h % 20] + _TAILS[h // 20 % 15]


def make(rows: int, rng: np.random.Generator) -> Models:
    """Models enough for about `rows` records; a few of them make most of the trade."""
    ordinary = [i for i, p in enumerate(PRODUCTS) if p.family != "drone"]
    count = max(3 * len(ordinary), int(0.6 * rows**0.6))
    product = np.concatenate(
        [np.full(len(DRONES), next(i for i, p in enumerate(PRODUCTS) if p.family == "drone")), ordinary, rng.choice(ordinary, count - len(ordinary))]
    )  # fmt: skip
    total = len(product)
    drone = np.where(np.arange(total) < len(DRONES), np.arange(total), -1)
    families = np.array([PRODUCTS[p].family for p in product])
    weight = rng.pareto(1.3, total) + 0.3
    share = np.empty(total)
    for family, part in SHARES.items():
        mine = families == family
        share[mine] = np.minimum(weight[mine], 12) / np.minimum(weight[mine], 12).sum() * part
    scale = np.where(drone >= 0, 1.0, np.exp(rng.normal(0, 0.45, total)))
    usd = np.array([DRONES[i][3] if i < len(DRONES) else PRODUCTS[p].usd for i, p in enumerate(product)]) * scale
    bulk = np.array([PRODUCTS[p].unit == "KGM" for p in product])
    kg = np.array([DRONES[i][4] if i < len(DRONES) else PRODUCTS[p].kg for i, p in enumerate(product)])
    kg = np.where(bulk, 1.0, kg * scale**0.5)
    hs = np.array([int(DRONES[i][2] if i < len(DRONES) else PRODUCTS[p].hs) for i, p in enumerate(product)])
    sector = np.array([PRODUCTS[p].sector for p in product])
    brand = [DRONES[i][0] if i < len(DRONES) else _brand(str(families[i]), i) for i in range(total)]
    code = [DRONES[i][1] if i < len(DRONES) else _code(i) for i in range(total)]
    other = np.array([int(PRODUCTS[p].other) for p in product])
    return Models(product, sector, hs, other, usd, kg, brand, code, drone, share, _becomes(sector, bulk, rng))


def _becomes(sector: Ints, bulk: Ints, rng: np.random.Generator) -> Ints:
    """One model in sixteen is a material or part that some traders work into another model of the same sector."""
    total = len(sector)
    becomes = np.full(total, -1)
    order = np.lexsort((np.arange(total), sector))
    after = order[np.minimum(np.arange(total) + 1, total - 1)]
    chosen = (rng.random(total) < 1 / 16) & (sector[order] == sector[after]) & ~bulk[order] & ~bulk[after]
    becomes[order[chosen]] = after[chosen]
    return becomes


def blocks(models: Models, count: int, rng: np.random.Generator) -> Ints:
    """The block of each model: `count` parts of about equal trade; a model and what it becomes stay together."""
    total = len(models)
    head = np.arange(total)
    linked = models.becomes >= 0
    head[linked] = models.becomes[linked]
    for _ in range(40):
        further = head[head]
        if np.array_equal(further, head):
            break
        head = further
    order = rng.permutation(total)
    load = np.bincount(head, weights=models.share, minlength=total)
    cumulative = np.cumsum(load[order]) - load[order] / 2
    block = np.empty(total, dtype=np.int64)
    block[order] = np.minimum((cumulative / load.sum() * count).astype(np.int64), count - 1)
    return np.asarray(block[head])
