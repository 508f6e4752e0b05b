"""Goods texts of many records at once: put together from pieces by the numbers that `records` drew."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .chance import Ints, mix
from .models import Models
from .products import DRONES, LANGUAGES, PRODUCTS
from .records import MISSPELT, NUMBERED, VAGUE
from .wording import BRANDS, ENDINGS, OPENINGS
from .wording import VAGUE as VAGUE_TEXTS

_NOUNS = 3  # synonyms a product can have
_DRESSES = 4  # ways to write brand and code


def _slip(word: str, at: int) -> str:
    if len(word) < 5:
        return word
    i = 1 + at % (len(word) - 3)
    return (word[:i] + word[i + 1 :], word[:i] + word[i + 1] + word[i] + word[i + 2 :], word[:i] + word[i] + word[i:])[
        at % 3
    ]


def _dressed(brand: str, code: str, zh: str, ru: str, language: str) -> list[str]:
    """Brand and code as written: plain, joined, code alone, or in the manner of the language."""
    plain = f"{brand} {code}".strip()
    local = zh if language == "zh" and zh else ru if language in ("ru", "uk") and ru else plain
    return [
        plain,
        f"{brand} {code.replace('-', '')}".strip() if not zh else local,
        code if not zh and brand else local,
        local,
    ]


@dataclass
class Texts:
    """The pieces of a language, ready to be picked from."""

    nouns: pa.Array  # [product * _NOUNS * 2 + synonym * 2 + misspelt]
    dresses: pa.Array  # [model * _DRESSES + way]
    brands: pa.Array
    openings: pa.Array
    between: pa.Array
    heads: pa.Array  # endings up to the number in them, the rest, and which number (0 none, 1 article, 2 count)
    tails: pa.Array
    fills: Ints
    vague: pa.Array
    product: Ints

    @classmethod
    def of(cls, models: Models, language: str) -> Texts:
        at = LANGUAGES.index(language)
        nouns = []
        for number, product in enumerate(PRODUCTS):
            names = product.names[at]
            for turn in range(_NOUNS):
                word = names[turn % len(names)]
                nouns += [word, _slip(word, int(mix(number, turn, 81) >> np.uint64(40)))]
        dresses: list[str] = []
        for i in range(len(models)):
            zh, ru = (DRONES[i][5], DRONES[i][6]) if models.drone[i] >= 0 else ("", "")
            dresses += _dressed(models.brand[i], models.code[i], zh, ru, language)
        cuts = [e.replace("{m}", "{n}").partition("{n}") for e in ENDINGS[language]]
        fills = np.array([1 if "{n}" in e else 2 if "{m}" in e else 0 for e in ENDINGS[language]])
        return cls(
            pa.array(nouns), pa.array(dresses), pa.array(models.brand), pa.array(OPENINGS[language]), pa.array(BRANDS[language]),
            pa.array([c[0] for c in cuts]), pa.array([c[2] for c in cuts]), fills, pa.array(VAGUE_TEXTS[language]), models.product,
        )  # fmt: skip

    def write(self, records: np.ndarray) -> pa.Array:
        """The text of each record."""
        draw = mix(records["text"])

        def at(count: int, shift: int) -> Ints:
            return ((draw >> np.uint64(shift)) % np.uint64(count)).astype(np.int64)

        model, wording = records["model"].astype(np.int64), records["wording"]
        noun = pc.take(
            self.nouns, pa.array((self.product[model] * _NOUNS + at(_NOUNS, 3)) * 2 + (wording & MISSPELT > 0))
        )
        told = wording & NUMBERED > 0
        way = pc.take(self.dresses, pa.array(model * _DRESSES + at(_DRESSES, 9)))
        brand = pc.take(self.brands, pa.array(model))
        name = pc.if_else(pa.array(told), way, pc.if_else(pa.array(at(3, 13) > 0), brand, ""))
        between = pc.take(self.between, pa.array(at(len(self.between), 17)))
        open_bracket = pc.or_(pc.equal(between, " ("), pc.equal(between, "（"))
        none = pc.equal(name, "")
        between = pc.if_else(none, "", between)
        close = pc.if_else(pc.and_(open_bracket, pc.invert(none)), ")", "")
        end = at(len(self.heads), 23)
        filler = pc.if_else(
            pa.array(self.fills[end] == 1),
            pa.array(((draw >> np.uint64(30)) % np.uint64(89999) + np.uint64(10000)).astype(np.int64)).cast(
                pa.string()
            ),
            pc.if_else(
                pa.array(self.fills[end] == 2),
                pa.array(((draw >> np.uint64(30)) % np.uint64(60) + np.uint64(1)).astype(np.int64)).cast(pa.string()),
                "",
            ),
        )
        first = pc.take(self.openings, pa.array(at(len(self.openings), 41)))
        text = pc.binary_join_element_wise(
            first,
            noun,
            between,
            name,
            close,
            pc.take(self.heads, pa.array(end)),
            filler,
            pc.take(self.tails, pa.array(end)),
            "",
        )
        vague = pc.take(self.vague, pa.array(at(len(self.vague), 47)))
        return pc.if_else(pa.array(wording & VAGUE > 0), vague, text)
