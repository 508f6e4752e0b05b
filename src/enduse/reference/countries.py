"""Country names and codes as they stand in customs files, to ISO 3166-1 alpha-2.

Table `countries.csv` (alpha2, name, language, source): ISO 3166-1 codes and names, Unicode CLDR 47 territory names in 22
languages, and forms in use in customs files collected by hand. A name that belongs to two countries is no name.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

_NOISE = re.compile(r"[^\w]+", re.UNICODE)
_BRACKET = re.compile(r"^(.*?)\s*[(\[]\s*([A-Za-z]{2,3})\s*[)\]]\s*$")
_CODE_FIRST = re.compile(r"^([A-Za-z]{2,3}|[0-9]{3})\s*[-,:;/|]\s*(\D{3,})$")
_CODE_LAST = re.compile(r"^(\D{3,}?)\s*[-,:;/|]\s*([A-Za-z]{2,3}|[0-9]{3})$")
_FILL = frozenset({"the", "of", "and", "de", "del", "la", "el", "du", "et", "y"})
_ARTICLE = ("the ", "republic of ", "республика ", "kingdom of ", "state of ")


def fold(text: str) -> str:
    """Lower case without accents. Cyrillic й stays a letter of its own, ё is е, Turkish ı is i, Vietnamese đ is d."""
    if text.isascii():
        return text.casefold()
    parts = unicodedata.normalize("NFKD", text.replace("ё", "е").replace("Ё", "Е"))
    plain = "".join(
        c for i, c in enumerate(parts) if not unicodedata.combining(c) or (c == "\u0306" and parts[i - 1] in "иИ")
    )
    return unicodedata.normalize("NFC", plain).casefold().replace("ı", "i").replace("đ", "d")


def key(text: str) -> str:
    """Comparison form: folded, without punctuation, `&` read as and."""
    return _NOISE.sub(" ", fold(text.replace("&", " and "))).strip()


@cache
def table() -> tuple[tuple[str, str, str], ...]:
    """(alpha2, name, language) in file order; `alpha3` and `numeric` are languages too."""
    text = files(__package__).joinpath("countries.csv").read_text(encoding="utf-8")
    return tuple((r["alpha2"], r["name"], r["language"]) for r in csv.DictReader(text.splitlines()))


@cache
def _lookup() -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for alpha2, name, _ in table():
        found.setdefault(key(name), set()).add(alpha2)
    codes = {a for a, _, _ in table()}
    # A code beats a name that happens to look the same.
    return {k: next(iter(v)) for k, v in found.items() if len(v) == 1 and k} | {c.casefold(): c for c in codes}


@cache
def _exact() -> dict[str, str]:
    """Names with their accents, where these alone tell two countries apart (Vietnamese Áo, Bỉ, Mỹ)."""
    plain = _lookup()
    names = {n.casefold(): a for a, n, language in table() if language not in ("alpha3", "numeric")}
    return {n: a for n, a in names.items() if not n.isascii() and plain.get(key(n)) not in (None, a)}


def _bag(plain: str) -> str:
    return " ".join(sorted(w for w in plain.split() if w not in _FILL))


@cache
def _bags() -> dict[str, str]:
    """Names of several words in any order: CONGO, THE DEMOCRATIC REPUBLIC OF."""
    found: dict[str, set[str]] = {}
    for plain, alpha2 in _lookup().items():
        bag = _bag(plain)
        if " " in bag:
            found.setdefault(bag, set()).add(alpha2)
    return {k: next(iter(v)) for k, v in found.items() if len(v) == 1}


@cache
def _named(language: str) -> dict[str, str]:
    """Names of one language that mean something else, or nothing, to all languages together."""
    plain = _lookup()
    return {key(n): a for a, n, own in table() if own == language and plain.get(key(n)) != a}


_CODES = frozenset({"alpha3", "numeric", "other", "en"})


def language_of(texts: Iterable[str]) -> str | None:
    """The language most names of a column belong to that English does not have; None where fewer than three do.

    A short name may be another country's code (Vietnamese `Nga` is Russia, NGA Nigeria): in such a column the name counts.
    """
    tongues = _tongues()
    votes = Counter(language for t in set(texts) for language in tongues.get(key(t), ()))
    best = max(votes.items(), key=lambda item: (item[1], item[0]), default=None)
    return best[0] if best is not None and best[1] >= _ENOUGH else None


_ENOUGH = 3


@cache
def _tongues() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for _, name_, language in table():
        found.setdefault(key(name_), {})[language] = None
    return {k: tuple(v) for k, v in found.items() if not _CODES & v.keys()}


@lru_cache(maxsize=65_536)
def code(text: str, language: str | None = None) -> str | None:
    """Alpha-2 of a declared country: a name in one of the table's languages, alpha-2, alpha-3 or the numeric code.

    Also reads `Mexico (MX)`, `IN, INDIA`, `643 - РОССИЯ`. `language` is that of the column, where it is known: a name of
    it goes before a code that looks the same. None where nothing, or more than one country, answers.
    """
    if language is not None and (own := _named(language).get(key(text))) is not None:
        return own
    exact = _exact().get(text.strip().casefold())
    if exact is not None:
        return exact
    lookup = _lookup()
    plain = key(text)
    if not plain:
        return None
    if plain in lookup:
        return lookup[plain]
    if (
        plain.isdigit() and len(plain) < 3 and plain.zfill(3) in lookup
    ):  # 004 Afghanistan, written 4 after a trip through Excel
        return lookup[plain.zfill(3)]
    stripped = text.strip()
    for pattern in (_BRACKET, _CODE_FIRST, _CODE_LAST):
        hit = pattern.match(stripped)
        if hit is not None:
            answers = {lookup[k] for k in map(key, hit.groups()) if k in lookup}
            if len(answers) == 1:
                return answers.pop()
    bag = _bags().get(_bag(plain))
    if bag is not None:
        return bag
    for article in _ARTICLE:
        if plain.startswith(article) and plain.removeprefix(article) in lookup:
            return lookup[plain.removeprefix(article)]
    return None


@cache
def _glued() -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for plain, alpha2 in _lookup().items():
        if " " in plain and len(plain) > 6:
            found.setdefault(plain.replace(" ", ""), set()).add(alpha2)
    return {k: next(iter(v)) for k, v in found.items() if len(v) == 1}


def glued(text: str) -> str | None:
    """Alpha-2 of a name whose words are written together, as in file names (`costarica`)."""
    return _glued().get(key(text).replace(" ", ""))


@cache
def name(alpha2: str) -> str:
    """English name of a code (CLDR), or the code itself."""
    names = {a: n for a, n, language in reversed(table()) if language == "en"}
    return names.get(alpha2, alpha2)
