"""Words for the codes of the tables and for names that programs made."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from enduse.dossier import numbers
from enduse.reference import goods_tables

if TYPE_CHECKING:
    from enduse.dossier.model import Spelling

FAMILIES = {
    "drone": "drone",
    "drone_part": "part of a drone",
    "chp": "Common High Priority item",
    "": "nothing watched",
}
BASES = {"code": "code alone", "text": "text alone", "code+text": "code and text", "": "–"}
REPEATS = {
    "exact": "the same record again",
    "amended": "an amended declaration",
    "house_master": "house and master bill of one lot",
    "batch": "a batch that was delivered twice",
    "mirror": "the same lot on the other side of the border",
}
MERGES = {
    "identifier": "same number",
    "exact_key": "same words",
    "rare_token": "a rare word in common",
    "judgement": "judged by hand",
    "alone": "",
}
DECISIONS = {"match": "match", "review": "review", "no_match": "no match"}
RULES = {
    "listed_name": "a firm on counted rows answers an entry of a list",
    "listed_name_review": "a firm on counted rows may answer an entry of a list",
    "vague_text": "the goods text does not say what the goods are",
    "unit_value_below_peers": "the unit value lies far below what peers declare",
    "wording_vaguer": "an exporter's wording became vaguer after a rule came into force",
    "owned_by_listed": "a firm on counted rows is owned by a listed one",
}


def matter(label: str) -> str:
    """The label of a matter with a word where the press names nobody."""
    text = f"Unnamed supplier{label[1:]}" if label.startswith("? ") else label
    return text.replace(" to ?", " to an unnamed recipient", 1)


_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def form(text: str) -> str:
    """How a file was read, with signs of punctuation in words: `csv, UTF-8, separated by commas`."""

    def named(hit: re.Match[str]) -> str:
        sign = hit.group(1)
        return f"separated by {_DELIMITERS.get(sign, sign)}{'' if sign == 'tab' or len(sign) > 1 else 's'}"

    text = re.sub(r", quote \S$", "", text)
    return re.sub(r"delimiter (tab|\S)", named, text)


def vague_rule(code: str) -> str:
    """What a published rule for vague text says."""
    return re.sub(r" \(.*\)$", "", _vague_rules().get(code, code.replace("_", " ")))


@lru_cache
def _vague_rules() -> dict[str, str]:
    from enduse.reference import goods_tables

    return {row["rule_id"]: row["meaning"] for row in goods_tables.rows("vague_rules")}


SCRIPTS = {"Latn": "Latin", "Cyrl": "Cyrillic", "Hani": "Chinese", "Arab": "Arabic", "Jpan": "Japanese", "Kore": "Korean", "Grek": "Greek", "Hebr": "Hebrew", "Deva": "Devanagari", "Armn": "Armenian", "Geor": "Georgian"}  # fmt: skip


def script_word(code: str) -> str:
    return SCRIPTS.get(code, code if code not in ("", "Zyyy") else "other")


def merged(spellings: tuple[Spelling, ...]) -> str:
    """How the spellings were merged, where one method and score holds for all of them; nothing otherwise."""
    ways = {(s.method, s.score) for s in spellings}
    if len(spellings) < 2 or len(ways) != 1:
        return ""
    method, score = ways.pop()
    word = MERGES.get(method, method)
    return f"{word} ({numbers.score(score)})" if word and score is not None else word


def list_name(name: str) -> str:
    """A list without the digest that tells two of its editions apart."""
    return name.partition("@")[0]


INDEPENDENCE = {"same": "all from one root", "different": "from different roots", "unknown": "independence unknown"}


def independence(code: str) -> str:
    return INDEPENDENCE.get(code, f"independence {code}")


@cache
def _goods_rules() -> dict[str, str]:
    return {r["rule_id"]: r["meaning"] for r in goods_tables.rows("goods_rules")}


def rule(code: str) -> str:
    """A rule in words: from the table of goods rules where it stands there."""
    return RULES.get(code) or _goods_rules().get(code, code.replace("_", " "))


def family(code: str) -> str:
    return FAMILIES.get(code, code)
