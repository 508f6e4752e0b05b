"""Which side of which border a file declares: from header words, constant columns and the file's name, never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from enduse.reference import countries, currencies
from enduse.reference.header_words import words

from .headers import Header, read_all
from .profile import Profile, profile
from .rules import RUPEES

if TYPE_CHECKING:
    from .propose import ColumnRole

Direction = Literal["import", "export", "transit"]

# Words in the name of a file, words in a cell, and in a header what the resident side is called.
_NAMES: dict[Direction, frozenset[str]] = {
    "import": frozenset(
        "import imports imp importation importations importaciones importacion importacao importacoes ввоз импорт ithalat impor impo nhapkhau nk nhap 进口 进口数据 수입 수입신고 імпорт".split()
    ),
    "export": frozenset(
        "export exports exp exportation exportations exportaciones exportacion exportacao exportacoes вывоз экспорт ihracat ekspor expo xuatkhau xk xuat 出口 出口数据 수출 수출신고 експорт".split()
    ),
    "transit": frozenset("transit транзит transito".split()),
}
_VALUES: dict[Direction, frozenset[str]] = {
    "import": frozenset(
        "import imports i m im imp ввоз импорт им ithalat importacion importación importação 进口 impor імпорт im4 수입 m4".split()
    ),
    "export": frozenset(
        "export exports e x ex exp вывоз экспорт эк ihracat exportacion exportación exportação 出口 ekspor експорт ex1 수출".split()
    ),
    "transit": frozenset("transit tr т тр транзит".split()),
}
_CONCEPTS: dict[Direction, tuple[str, str]] = {"import": ("IMPWORD", "IMPORTER"), "export": ("EXPWORD", "EXPORTER")}
_OF_FILE = frozenset({"DATE", "IDWORD", "REGIME", "DECLARATION"})
_OWN_WORD: dict[Direction, re.Pattern[str]] = {
    "import": re.compile("import|импорт|імпорт|ithalat|nhập khẩu|nhap khau|进口|進口|수입|impor", re.IGNORECASE),
    "export": re.compile("export|экспорт|експорт|ihracat|xuất khẩu|xuat khau|出口|수출|ekspor", re.IGNORECASE),
}
_ALIASES = {"us": "US", "uk": "GB", "brazilbl": "BR", "uae": "AE"}


@dataclass(frozen=True)
class Side:
    """What a file declares: the direction, the country whose customs made it, and why; None where nothing says so."""

    direction: Direction | None = None
    country: str | None = None
    reason: str = ""


def flow(text: str) -> Direction | None:
    """The direction a cell names, or None."""
    plain = text.strip().casefold()
    first = plain.split()[0].strip("-:.,") if plain.split() else ""
    return next((d for candidate in (plain, first) for d, names in _VALUES.items() if candidate in names), None)


def direction_hint(name: str, headers: Sequence[Header], profiles: Sequence[Profile]) -> tuple[Direction | None, str]:
    """The direction of a file as a whole and the evidence: a column of directions, then the file's name, then headers."""
    for header, values in zip(headers, profiles, strict=True):
        if "FLOW" in header.concepts or header.box in ("1", "1.1"):
            seen = {flow(v) for v in values.values}
            if len(seen) == 1 and None not in seen:
                return seen.pop(), f"column {header.text!r} holds one direction only"
            if len(seen - {None}) > 1:
                return None, f"column {header.text!r} holds both directions"
    said = _in_name(name)
    return (said, f"file name {name!r}") if said else _in_headers(headers)


def _in_name(name: str) -> Direction | None:
    parts = words(name.rsplit("/", 1)[-1])
    tokens = set(parts) | {a + b for a, b in pairwise(parts)}
    named = [d for d, names in _NAMES.items() if tokens & names]
    return named[0] if len(named) == 1 else None


def _in_headers(headers: Sequence[Header]) -> tuple[Direction | None, str]:
    cited: dict[Direction, str] = {}
    for header in headers:
        concepts = header.concepts
        for direction, (word, own) in _CONCEPTS.items():
            # `IMP_DATE`, `IMPORT_ID` speak of the file itself; `EXPORT COUNTRY`, `IMPORT TAX` do not.
            of_file = (
                word in concepts and concepts & _OF_FILE and not concepts & {"TAX", "IMPORTER", "EXPORTER", "FLOW"}
            )
            # A tax number is asked of the resident side.
            if of_file or (own in concepts and "ID" in concepts):
                cited.setdefault(direction, header.text)
    if len(cited) == 1:
        direction, text = next(iter(cited.items()))
        return direction, f"column {text!r}"
    if cited:
        return None, ""
    # A `foreign importer` stands in an export file.
    abroad = {o for h in headers if "ABROAD" in h.concepts for o in ("IMPORTER", "EXPORTER") if o in h.concepts}
    if len(abroad) == 1:
        found: Direction = "export" if abroad == {"IMPORTER"} else "import"
        return found, f"the {'importer' if found == 'export' else 'exporter'} is called foreign"
    # One party is named, the other is a partner or contractor: the named one is the resident.
    if any("COUNTERPARTY" in h.concepts for h in headers):
        apart = frozenset({"ABROAD", "COUNTRY", "RESIDENT", "COUNTERPARTY", "PLACE", "TAX"})
        sides = {o for h in headers for o in ("IMPORTER", "EXPORTER") if o in h.concepts and not h.concepts & apart}
        if len(sides) == 1:
            side_: Direction = "import" if sides == {"IMPORTER"} else "export"
            return side_, f"the {side_}er is named, the other side is a partner"
    # `importer` beside `supplier`, or alone, speaks of an import; shipper and consignee speak of neither side.
    named: dict[Direction, str] = {}
    for header in headers:
        for direction, (_, own) in _CONCEPTS.items():
            if own in header.concepts and _OWN_WORD[direction].search(header.text):
                named.setdefault(direction, header.text)
    if len(named) == 1:
        direction, text = next(iter(named.items()))
        return direction, f"column {text!r}, and the other side is called otherwise"
    return None, ""


def _country(
    name: str,
    headers: Sequence[Header],
    profiles: Sequence[Profile],
    direction: str | None,
    roles: Sequence[ColumnRole],
) -> tuple[str | None, str]:
    stem = re.sub(
        r"\.(csv|tsv|txt|xlsx?|parquet|json|gz|zip|zst|xz|bz2)\b", "", name.rsplit("/", 1)[-1], flags=re.IGNORECASE
    )
    parts = [p for p in re.split(r"[\W_\d]+", stem) if p]
    said = bool({p.casefold() for p in parts} & frozenset().union(*_NAMES.values()))
    for size in (3, 2, 1):
        for at in range(len(parts) - size + 1):
            text = " ".join(parts[at : at + size])
            code = _ALIASES.get(text.casefold()) or countries.code(text) or countries.glued(text)
            # Two letters are a country only beside a direction, or standing alone: `ru_import`, `kz`
            if code and (
                len(text) > 3
                or text.casefold() in _ALIASES
                or (len(text) == 2 and (len(parts) == 1 or (at == 0 and said)))
            ):
                return code, f"file name {name!r}"
    first = parts[0].upper() if parts else ""
    if len(first) == 2 and currencies.home(first, rupees=True) and any(RUPEES in h.concepts for h in headers):
        return first, f"file name {name!r}, and values are stated in rupees"
    if any(h.box for h in headers) and any(re.match(r"^\s*[gг]\d", h.text, re.IGNORECASE) for h in headers):
        declared = [p.values for h, p in zip(headers, profiles, strict=True) if re.match(r"^ND\b", h.text)]
        if not any(declared) or any(re.match(r"^\d{8}/\d{6}/", v) for values in declared for v in values):
            return "RU", "fields of the Russian electronic declaration"
    if any("тн вэд" in h.text.casefold() for h in headers):
        for h, p in zip(headers, profiles, strict=True):
            if (
                "DECLARATION" in h.concepts
                and p.values
                and all(re.match(r"^\d{8}/\d{6}/\w?\d{6,7}", v) for v in p.values)
            ):
                return "RU", "numbers of Russian declarations"
    wanted = {"import": "destination_country", "export": "departure_country"}.get(direction or "")
    for item in roles:
        if item.role == wanted:
            values = profiles[item.position - 1]
            seen = {countries.code(v) for v in values.values}
            if len(seen) == 1 and None not in seen and values.filled > 0.9 and values.rows >= 3:
                return seen.pop(), f"column {item.column!r} names one country only"
    home = {code: c for c, code in currencies.HOME.items() if list(currencies.HOME.values()).count(code) == 1}
    local = {
        c[2:]
        for h in headers
        for c in h.concepts
        if c.startswith("C_") and c[2:] in home and c not in ("C_USD", "C_EUR", "C_CNY")
    }
    if len(local) == 1:
        code = local.pop()
        return home[code], f"values are stated in {code}"
    return None, ""


def side(
    name: str, columns: Sequence[str], sample: Sequence[Sequence[str | None]], roles: Sequence[ColumnRole]
) -> Side:
    """The side a file declares, with its evidence in words. `name` is the file's name; `roles` as proposed or loaded."""
    headers = read_all(columns)
    profiles = [profile([row[i] if i < len(row) else None for row in sample]) for i in range(len(columns))]
    direction, why = direction_hint(name, headers, profiles)
    country, whence = _country(name, headers, profiles, direction, roles)
    reasons = [f"{direction}: {why}" if direction else why, f"{country}: {whence}" if country else ""]
    return Side(direction, country, "; ".join(r for r in reasons if r))
