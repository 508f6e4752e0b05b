"""The words of column headers in 12 languages and the concepts they stand for.

Table `header_words.csv` (concept, language, terms): terms are separated by `|`, may be phrases, and end in `*` where any
ending fits. Collected by hand from public record layouts and the wording of declaration forms; it holds words, never
whole layouts. Concept `-` is a word that says nothing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from .countries import fold

_SPLIT = re.compile(r"[\W_]+", re.UNICODE)
_CAMEL = re.compile(
    r"(?<=[a-zа-яёіїєґәғқңөұүһ])(?=[A-ZА-ЯЁІЇЄҐӘҒҚҢӨҰҮҺ])|(?<=[A-ZА-ЯІЇЄӘҒҚҢӨҰҮҺ])(?=[A-ZА-ЯІЇЄӘҒҚҢӨҰҮҺ][a-zа-яёіїєґәғқңөұүһ])"
)
_DIGITS = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_DOLLAR = re.compile(r"\bU\$[SD]\b|\bUS\$|\bU\.S\.\$?|\bUS\.\.?", re.IGNORECASE)

# Characters of headers in traditional Chinese and their simplified forms, in which the table is written.
_SIMPLE = str.maketrans(
    "進號報關國稅則別數單價淨總貨運輸產啟離賣買幣額項櫃規編碼銷廠製標業發達錄統區處車條貿結匯實際類種狀態內費險證書聯絡電話郵營負責計從機場倉庫來時間審據貫貴許門開閉陸聲應術語質優擔義務領導與個們為樣經紀輛邊體稱條裝櫃檢驗註冊記細節順順號轉駛點濟",
    "进号报关国税则别数单价净总货运输产启离卖买币额项柜规编码销厂制标业发达录统区处车条贸结汇实际类种状态内费险证书联络电话邮营负责计从机场仓库来时间审据贯贵许门开闭陆声应术语质优担义务领导与个们为样经纪辆边体称条装柜检验注册记细节顺顺号转驶点济",
)


def words(header: str, *, camel: bool = True) -> list[str]:
    """The words of a header: split at punctuation, camel case and between letters and digits; signs № # % $ are words."""
    text = _DOLLAR.sub(" usd ", header.translate(_SIMPLE))
    text = text.replace("№", " номер ").replace("#", " number ").replace("%", " percent ").replace("$", " usd ")
    if camel and not text.isupper():
        # UoM and MoT are words, importerName is two
        text = " ".join(w if fold(w) in single() else _CAMEL.sub(" ", w) for w in _SPLIT.split(text))
    return [w for w in _SPLIT.split(_DIGITS.sub(" ", fold(text))) if w]


Meanings = tuple[tuple[str, tuple[str, ...]], ...]  # (language, concepts), in the order of the table
Phrase = tuple[tuple[str, ...], Meanings]  # its words (each may end in *), what it means


def meaning(meanings: Meanings, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The concepts of a term in the first of `languages` that has it; of all its languages where none has."""
    for language in languages:
        for own, concepts in meanings:
            if own == language:
                return concepts
    return tuple(dict.fromkeys(c for _, concepts in meanings for c in concepts))


@cache
def terms() -> dict[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Every term as its words, with its concepts by language."""
    text = files(__package__).joinpath("header_words.csv").read_text(encoding="utf-8")
    found: dict[tuple[str, ...], dict[str, dict[str, None]]] = {}
    for row in csv.DictReader(text.splitlines()):
        for term in row["terms"].split("|"):
            marked = [w + ("*" if star else "") for part in term.split() for w, star in _term_words(part)]
            if marked:
                concepts = found.setdefault(tuple(marked), {}).setdefault(row["language"], {})
                concepts.update(dict.fromkeys(row["concept"].split()))
    for term, meanings in found.items():
        # A whole word keeps what its stem means in other languages: `unit` and `unit*`.
        if not term[-1].endswith("*") and (stem := found.get((*term[:-1], term[-1] + "*"))):
            for language, concepts in stem.items():
                meanings.setdefault(language, concepts)
    return {t: {lang: tuple(c) for lang, c in m.items()} for t, m in found.items()}


@cache
def phrases() -> dict[str, tuple[Phrase, ...]]:
    """Phrases by the first two letters of their first word, longest first."""
    return index((t, tuple(m.items())) for t, m in terms().items())


def index(found: Iterable[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    """Phrases by the first two letters of their first word, longest first."""
    groups: dict[str, list[Phrase]] = {}
    for phrase in found:
        groups.setdefault(phrase[0][0].rstrip("*")[:2], []).append(phrase)
    return {k: tuple(sorted(v, key=_first)) for k, v in groups.items()}


def _first(phrase: Phrase) -> tuple[int, int, bool, tuple[str, ...]]:
    """More words before fewer, longer words before shorter, a whole word before one of any ending."""
    words_, text = phrase[0], "".join(phrase[0])
    return -len(words_), -len(text.replace("*", "")), "*" in text, words_


def _term_words(part: str) -> list[tuple[str, bool]]:
    star = part.endswith("*")
    pieces = words(part.rstrip("*"), camel=False)
    return [(w, star and i == len(pieces) - 1) for i, w in enumerate(pieces)]


@cache
def single() -> dict[str, Meanings]:
    """One-word terms (stems without their star) and what they mean, for words written together."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for t, m in terms().items():
        if len(t) == 1:
            held = found.setdefault(t[0].rstrip("*"), {})
            for language, concepts in m.items():
                held[language] = tuple(dict.fromkeys((*held.get(language, ()), *concepts)))
    return {w: tuple(m.items()) for w, m in found.items()}
