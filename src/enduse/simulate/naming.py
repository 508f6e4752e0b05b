"""How a firm is called and spelled: a pure function of its number, so no table of names is ever held whole."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import numpy as np

from . import lands
from .chance import Ints, mix
from .naming_words import CYRILLIC, ENDS, FORMS, HAN, HAN_PLACE, SYLLABLES, TRADE_AT, TRADES

LOCAL, LATIN, RUSSIAN = range(3)
SPELLINGS = 12


class _Dice:
    """Small whole numbers out of one large one."""

    def __init__(self, value: int) -> None:
        self.value = value

    def __call__(self, count: int) -> int:
        self.value, rest = divmod(self.value, count)
        return rest


def _brand(style: str, dice: _Dice) -> tuple[str, str]:
    """An invented brand in Latin and Cyrillic letters."""
    offset = sum(map(ord, style)) * 7
    count = 2 + (dice(10) > 3) + (dice(10) > 7)
    parts = [SYLLABLES[(dice(97) + offset) % len(SYLLABLES)] for _ in range(count)]
    latin, cyrillic = ("".join(p[i] for p in parts).capitalize() for i in (0, 1))
    ends = ENDS.get(style, ("",))
    return latin + ends[dice(len(ends))], cyrillic


@lru_cache(maxsize=200_000)
def parts(seed: int, firm: int, country: int) -> tuple[str, tuple[str, str, str], int, tuple[str, str, str]]:
    """Style, brand (at home, Latin, Russian), trade, place (likewise)."""
    style = lands.LANDS[country].style
    dice = _Dice(int(mix(seed, firm, 71)) * 2**64 + int(mix(seed, firm, 72)))
    trade = dice(len(TRADES))
    if style == "zh":
        chosen = [HAN[dice(len(HAN))] for _ in range(2 + (dice(10) > 4))]
        han, latin, russian = ("".join(c[i] for c in chosen) for i in range(3))
        return style, (han, latin.capitalize(), russian.capitalize()), trade, HAN_PLACE[dice(len(HAN_PLACE))]
    latin, cyrillic = _brand(style, dice)
    return style, (cyrillic if style in CYRILLIC else latin, latin, cyrillic), trade, ("", "", "")


def _slip(name: str, at: int) -> str:
    """One letter doubled, dropped or swapped with its neighbour."""
    if len(name) < 8:
        return name
    i = 2 + at % (len(name) - 4)
    return (name[:i] + name[i + 1 :], name[:i] + name[i] + name[i:], name[:i] + name[i + 1] + name[i] + name[i + 2 :])[
        at % 3
    ]


def _romanized(name: str) -> str:
    for one, other in (("kh", "h"), ("sh", "sch"), ("ch", "tch"), ("y", "j"), ("ks", "x"), ("Kh", "H"), ("Y", "J")):
        if one in name:
            return name.replace(one, other)
    return name


def _join(style: str, script: int, brand: str, trade: str, form: str, place: str) -> str:
    if style == "zh" and script == LOCAL:
        return f"{place}{brand}{trade}{form}"
    if style in CYRILLIC and script != LATIN:
        return f'{form} "{" ".join(w for w in (brand, trade) if w)}"'
    words = (form, trade, brand) if style == "vi" and script == LOCAL else (place, brand, trade, form)
    return " ".join(w for w in words if w)


def spelled(seed: int, firm: int, country: int, script: int, spelling: int) -> str:
    """The name in a script; spelling 0 is the registered one, the others are what declarants make of it."""
    style, brands, trade_no, places = parts(seed, firm, country)
    home, abroad, russian, home_other, abroad_other = FORMS[style]
    form = (home, abroad, russian)[script]
    names = TRADES[trade_no]
    at = TRADE_AT[style]
    # Abroad a Chinese or Turkish trade word is translated; Spanish, German and Russian ones stay as they are or are translated.
    kept = style in ("es", "pt", "de", "vi")
    trade = names[2] if script == RUSSIAN else names[at] if script == LOCAL or kept else names[0]
    brand, place = brands[script], places[script]
    turn = int(mix(seed, firm, spelling, 73) >> np.uint64(33))
    others = abroad_other if script != LOCAL else home_other
    if spelling in (2, 3):
        form = others[turn % len(others)] if script != RUSSIAN else form.upper()
    elif spelling == 4:
        form = form if style == "zh" and script == LOCAL else ""
    elif spelling == 5 and script == LATIN:
        trade = names[at] if at not in (1, 2) else trade.replace(" and ", " & ")
    elif spelling == 5 and script == RUSSIAN:
        trade = names[0]
    elif spelling == 6:
        place = ""
    elif spelling == 7 and script == LATIN:
        brand = _romanized(brand)
    elif spelling == 8:
        brand = _slip(brand, turn)
    elif spelling == 9:
        trade = ""
    name = _join(style, script, brand, trade, form, place)
    if script == LATIN:
        name = _plain(name)
    if spelling in (1, 3, 10):
        name = _upper(name, style if script == LOCAL else "")
    if spelling == 10:
        name = name.replace(".", "").replace(",", "").replace('"', "")
    if spelling == 11 and script != LOCAL:
        name = name.replace(" ", "  ", 1) if turn % 2 else name.replace('"', "«", 1).replace('"', "»", 1)
    return name


def _plain(name: str) -> str:
    """Letters without their marks: abroad nobody types them."""
    bare = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("Đ", "D").replace("đ", "d").replace("ß", "ss"))
    return "".join(c for c in bare if not unicodedata.combining(c))


def _upper(name: str, style: str) -> str:
    return name.replace("i", "İ").upper() if style == "tr" else name.upper()


def spelled_all(seed: int, country_of: Ints, firms: Ints, scripts: Ints, spellings: Ints) -> tuple[list[str], Ints]:
    """Distinct names and, for each entry of `firms`, which of them it is. `country_of` are the countries of all firms."""
    keys, at = np.unique((firms.astype(np.int64) * 3 + scripts) * SPELLINGS + spellings, return_inverse=True)
    names = [
        spelled(seed, firm, int(country_of[firm]), key // SPELLINGS % 3, key % SPELLINGS)
        for key, firm in zip(keys.tolist(), (keys // (3 * SPELLINGS)).tolist(), strict=True)
    ]
    return names, at
