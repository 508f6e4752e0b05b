"""Makes labelled customs descriptions out of templates and the shared model list, with the noise real declarations have.

Noise: upper and lower case, brand aliases in other scripts, brands transliterated letter by letter or with one letter
wrong, models joined, split or hyphenated, look-alike letters of another script, article codes, serial numbers, counts,
abbreviations, double blanks and punctuation. The transliteration here is a plain letter table and not the one of the
product, so that the product is not measured against itself.
"""

from __future__ import annotations

import csv
import random
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goods_templates import Templates

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
_LETTERS = {"sch": "щ", "sh": "ш", "ch": "ч", "zh": "ж", "ts": "ц", "ya": "я", "yu": "ю", "kh": "х", "ph": "ф", "ee": "и", "oo": "у", "ck": "к", "th": "т", "qu": "кв", "a": "а", "b": "б", "c": "к", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и", "j": "дж", "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в", "w": "в", "x": "кс", "y": "и", "z": "з"}  # fmt: skip
_ALIKE = str.maketrans("AEKMOPCTX", "АЕКМОРСТХ")


@dataclass(frozen=True)
class Line:
    """One made description with what it truly is."""

    text: str
    family: str
    brand: str
    model: str
    language: str
    noise: tuple[str, ...]


def models() -> list[tuple[str, str]]:
    """(brand, model) of the shared list, names as a declarant would write them."""
    with (SHARED / "goods/drone_models.csv").open(encoding="utf-8", newline="") as handle:
        return [(r["brand"], re.sub(r" ?\(.*| series$", "", r["model"])) for r in csv.DictReader(handle) if not r["model"].startswith("(")]  # fmt: skip


def aliases() -> dict[str, list[str]]:
    """Other spellings of brands from the shared list."""
    with (SHARED / "goods/brand_aliases.csv").open(encoding="utf-8", newline="") as handle:
        return {r["brand"]: r["aliases"].split("|") for r in csv.DictReader(handle)}


def cyrillic(word: str) -> str:
    """A Latin word letter by letter in Cyrillic; a word of capitals or digits stays."""
    if not re.fullmatch("[A-Z]?[a-z]{3,}", word):
        return word
    low, out = word.lower(), ""
    while low:
        key = next(k for k in _LETTERS if low.startswith(k))
        out, low = out + _LETTERS[key], low[len(key) :]
    return out.capitalize() if word[0].isupper() else out


def wrong(word: str, rng: random.Random) -> str:
    """One letter dropped, doubled, swapped or replaced, never the first; short words stay."""
    if len(word) < 5 or not word.isalpha():
        return word
    i = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return word[:i] + word[i + 1 :]
    if kind == 1:
        return word[:i] + word[i] + word[i:]
    if kind == 2:
        return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    return word[:i] + rng.choice("aeioukcs") + word[i + 1 :]


def _brand(brand: str, language: str, other: dict[str, list[str]], rng: random.Random, noise: list[str]) -> str:
    draw = rng.random()
    names = other.get(brand, [])
    script = {"ru": "[А-я]", "uk": "[А-я]", "zh": "[一-鿿]"}.get(language)
    fitting = [n for n in names if (re.search(script, n) if script else not re.search("[А-я一-鿿]", n))]
    if draw < 0.25 and fitting:
        noise.append("alias")
        return rng.choice(fitting)
    if draw < 0.33 and language in ("ru", "uk"):
        noise.append("transliterated")
        return " ".join(cyrillic(w) for w in brand.split(" "))
    if draw < 0.41:
        made = " ".join(wrong(w, rng) for w in brand.split(" "))
        if made != brand:
            noise.append("misspelt")
        return made
    return brand


def _model(model: str, language: str, rng: random.Random, noise: list[str]) -> str:
    draw = rng.random()
    if draw < 0.12 and " " in model:
        noise.append("joined")
        return model.replace(" ", "")
    if draw < 0.2:
        made = re.sub(r"(?<=[A-Za-z])(?=\d)", rng.choice([" ", "-"]), model)
        if made != model:
            noise.append("split")
        return made
    if draw < 0.26 and " " in model:
        noise.append("hyphen")
        return model.replace(" ", "-")
    if draw < 0.32 and language in ("ru", "uk"):
        noise.append("look-alike")
        return model.translate(_ALIKE)
    if draw < 0.38 and language in ("ru", "uk"):
        made = " ".join(cyrillic(w) for w in model.split(" "))
        if made != model:
            noise.append("model transliterated")
        return made
    return model


def _dress(text: str, rng: random.Random, noise: list[str]) -> str:
    draw = rng.random()
    if draw < 0.25:
        noise.append("upper")
        text = text.upper()
    elif draw < 0.33:
        noise.append("lower")
        text = text.lower()
    if rng.random() < 0.08:
        text = text.replace(" ", "  ", 2)
    if rng.random() < 0.08:
        text = text.replace(", ", ",")
    if rng.random() < 0.15:
        text = f"{text} {rng.choice(['/ INV. ', 'PO ', 'contract ', '№ '])}{rng.randrange(1000, 99999)}"
    if rng.random() < 0.1:
        text = f"{rng.randrange(1, 30)}. {text}"
    return text


def lines(
    templates: Templates, of: list[tuple[str, str]], *, per_model: int = 2, seed: int = 5, plain: bool = False
) -> list[Line]:
    """`per_model` lines of each family and model, template and noise drawn by `seed`; `plain` without noise."""
    rng, other, out = random.Random(seed), aliases(), []
    for brand, model in of:
        for family, by_language in templates.items():
            for _ in range(per_model):
                language = rng.choice(list(by_language))
                template = rng.choice(by_language[language])
                noise: list[str] = []
                b = brand if plain else _brand(brand, language, other, rng, noise)
                m = model if plain else _model(model, language, rng, noise)
                text = template.format(
                    b=b, m=m, n=rng.randrange(1, 60), k=f"{rng.uniform(0.2, 40):.2f}",
                    c=f"{rng.choice(['CP', 'A', 'KT', 'YC'])}.{rng.randrange(10**4, 10**8):08d}.{rng.randrange(10):02d}",
                    s=f"{rng.randrange(1000, 9999)}F{rng.randrange(10**6, 10**9)}X{rng.randrange(10, 99)}",
                )  # fmt: skip
                out.append(Line(text if plain else _dress(text, rng, noise), family, brand if "{b}" in template else "", model if "{m}" in template else "", language, tuple(noise)))  # fmt: skip
    return out


def same(found: str | None, wanted: str) -> bool:
    """Whether two designations are the same but for blanks, hyphens and case."""

    def bare(text: str | None) -> str:
        return re.sub(r"[\s\-_.]", "", (text or "").casefold())

    return bare(found) == bare(wanted)
