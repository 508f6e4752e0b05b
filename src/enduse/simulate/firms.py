"""Firms of the simulated world: invented names in up to three scripts, and the ways in which declarants misspell them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import words

if TYPE_CHECKING:
    from random import Random


@dataclass(frozen=True)
class Firm:
    """One true firm. `latin` is the name its own papers use abroad; `local` the name at home (equal to `latin` where none).

    `cyrillic` is how Russian papers write it where they do not keep the Latin name.
    """

    firm_id: str
    country: str
    latin: str
    local: str
    cyrillic: str
    tax_id: str
    city: str


def _digits(rng: Random, count: int) -> str:
    return str(rng.randrange(1, 10)) + "".join(str(rng.randrange(10)) for _ in range(count - 1))


@dataclass(frozen=True)
class _Name:
    brand: str
    latin: str
    local: str
    cyrillic: str = ""
    city: str = ""


def _chinese(rng: Random) -> _Name:
    place, trade = rng.choice(words.HAN_CITY), rng.choice(words.HAN_TRADE)
    parts = rng.sample(words.HAN, 2 if rng.random() < 0.6 else 3)
    han, pinyin, palladius = ("".join(part[i] for part in parts) for i in range(3))
    return _Name(
        pinyin,
        f"{place[1]} {pinyin.capitalize()} {trade[1]} Co., Ltd.",
        f"{place[0]}{han}{trade[0]}有限公司",
        f"{place[2]} {palladius.capitalize()} {trade[2]} Ко., Лтд",
        place[1],
    )


def _name(rng: Random, country: str) -> _Name:
    city = rng.choice(words.CITY.get(country, ("",)))
    if country == "CN":
        return _chinese(rng)
    if country == "RU":
        head, tail = rng.choice(words.RU_HEAD), rng.choice(words.RU_TAIL)
        local = f'ООО "{(head[0] + tail[0]).upper()}"'
        return _Name(head[1] + tail[1], f"OOO {(head[1] + tail[1]).upper()}", local, local, city)
    if country == "KZ":
        head, then, tail = rng.choice(words.KZ_HEAD), rng.choice(words.KZ_NEXT), rng.choice(words.KZ_TAIL)
        local = f'ТОО "{head[0]}{then[0]}{tail[0]}"'
        return _Name(head[1] + then[1], f"{head[1]}{then[1]}{tail[1]} LLP", local, local, city)
    first, second = (rng.choice(side) for side in words.BRAND[country])
    brand = f"{first} {second}" if country == "AE" else first + second
    trade, form = (rng.choice(side) for side in words.TRADE[country])
    latin = f"{brand} {trade} {form}"
    return _Name(brand, latin, latin, "", city)


def make(rng: Random, country: str, count: int, prefix: str, taken: set[str]) -> list[Firm]:
    """`count` firms of a country, each with a brand that no other firm of the world has (`taken` is extended).

    Where the words run out, further firms get a number, as branches of one family have.
    """
    found: list[Firm] = []
    while len(found) < count:
        name = _name(rng, country)
        for _ in range(30):
            if name.brand.casefold() not in taken:
                break
            name = _name(rng, country)
        else:
            name = _numbered(name, len(taken))
        taken.add(name.brand.casefold())
        length = {"RU": 10, "KZ": 12, "TR": 10, "CN": 10}.get(country, 9)
        found.append(
            Firm(
                f"{prefix}{len(found) + 1:03d}",
                country,
                name.latin,
                name.local,
                name.cyrillic,
                _digits(rng, length),
                name.city,
            )
        )
    return found


def _numbered(name: _Name, number: int) -> _Name:
    def put(text: str) -> str:
        if text.endswith('"'):
            return f'{text[:-1]} {number}"'
        return f"{text[:-4]}{number}有限公司" if text.endswith("有限公司") else text and f"{text} {number}"

    return _Name(f"{name.brand} {number}", put(name.latin), put(name.local), put(name.cyrillic), name.city)


_LEGAL_SPELLINGS: dict[str, tuple[str, ...]] = {
    "Co., Ltd.": ("CO.,LTD", "CO LTD", "COMPANY LIMITED", "CO., LIMITED"),
    "LLC": ("L.L.C", "LLC."),
    "Ltd. Şti.": ("LTD.ŞTİ.", "LİMİTED ŞİRKETİ", "LTD ŞTİ"),
    "A.Ş.": ("AŞ", "ANONİM ŞİRKETİ"),
    "GmbH": ("GMBH", "G.M.B.H."),
    "Pvt. Ltd.": ("PRIVATE LIMITED", "PVT LTD"),
    "LLP": ("LLP.",),
}


def spell(firm: Firm, script: str, rng: Random) -> str:
    """One way to write the firm on a paper in `script` (latin, local, cyrillic): case, legal form, quotes and now and then a slip."""
    name = {"latin": firm.latin, "local": firm.local, "cyrillic": firm.cyrillic or firm.latin}[script]
    chance = rng.random()
    if chance < 0.55:
        return name
    if name.startswith(("ООО", "ТОО")):
        core, form = name.split(" ", 1)[1].strip('"'), name[:3]
        long = {
            "ООО": "ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ",
            "ТОО": "ТОВАРИЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ",
        }[form]
        return rng.choice(
            (f"{form} «{core}»", f'"{core}" {form}', f"{form} {core}".upper(), f'{long} "{core}"'.upper())
        )
    for form, others in _LEGAL_SPELLINGS.items():
        if form in name and chance < 0.85:
            return name.upper().replace(form.upper(), rng.choice(others))
    if chance < 0.97 or not name.isascii():
        return name.upper().replace("  ", " ")
    return _slip(name, rng)


def _slip(name: str, rng: Random) -> str:
    """Swaps two neighbouring letters in the longest word: the commonest typing error."""
    word = max(name.split(), key=len)
    if len(word) < 6:
        return name.upper()
    at = rng.randrange(2, len(word) - 2)
    return name.replace(word, word[:at] + word[at + 1] + word[at] + word[at + 2 :], 1).upper()
