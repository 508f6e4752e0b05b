"""Whether a text fails to say what the goods are: published lists first, then rules on the form of the text.

Each rule has an id in `reference/goods/vague_rules.csv` with its source; docs/reference/rules.md prints them. The test
behind the own rules is the one US Customs asks for: what is it, what is it made of, what is it for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from enduse.goods.fold import fold
from enduse.reference import goods_tables as tables

LONGEST = 90  # a longer text has said something
_WORD = re.compile(r"[^\W_]+(?:['.][^\W_]+)*")
_EXTENSIONS = frozenset(
    "wpx doc docx pdf xls xlsx csv txt jpg jpeg png gif tif zip rar xml dat tmp bmp html ppt".split()
)
_LISTS = {"EU_ICS2": "ics2_term", "EU_ICS2_secondary": "ics2_term", "CA_PACT": "pact_term", "US_CBP": "cbp_term", "CA_CBSA": "cbsa_term", "AIR_ACAS_practice": "acas_term"}  # fmt: skip
_WIDE = re.compile("[぀-ヿ㐀-鿿]")
_LETTER = re.compile(r"[^\W\d_]")
_CODE = re.compile(r"(?=.*[A-Za-zА-Яа-я])(?=.*\d)[A-Za-zА-Яа-я0-9][A-Za-zА-Яа-я0-9./_+#-]{3,39}")
_DIGIT = re.compile(r"\d")
_FOR = re.compile(r"(?<![^\W_])(?:for|для|para|pour|fur|icin|with|с|со|з|con|com|avec|mit|ile|cho)(?![^\W_])")


@dataclass(frozen=True)
class _Words:
    """Folded words by role; `stems` are words whose ending may change."""

    exact: dict[str, frozenset[str]]
    stems: dict[str, tuple[str, ...]]
    terms: dict[str, tuple[str, ...]]  # whole text -> rule ids
    term_words: frozenset[str]
    wide: re.Pattern[str]
    accepted: frozenset[str]
    brands: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    exact: dict[str, set[str]] = {}
    stems: dict[str, set[str]] = {}
    wide: set[str] = set()
    for row in tables.rows("vague_words"):
        for word in tables.split(row["words"]):
            folded = fold(word)
            if row["lang"] == "zh":
                wide.add(folded)
            elif folded.endswith("*"):
                stems.setdefault(row["role"], set()).add(folded[:-1])
            else:
                exact.setdefault(row["role"], set()).add(folded)
    terms: dict[str, tuple[str, ...]] = {}
    for row in tables.rows("vague_terms"):
        rules = [_LISTS[x] for x in row["lists"].split("+") if x in _LISTS] or ["translated_term"]
        key = _key(fold(row["term"]))
        terms[key] = tuple(dict.fromkeys((*terms.get(key, ()), *rules)))
        if _WIDE.search(key):
            wide.add(key)
    single = {k for k in terms if " " not in k and not _WIDE.search(k)}
    brands = {fold(a) for r in tables.rows("brands") for a in (r["brand"], *tables.split(r["aliases"]))}
    accepted = {fold(w) for r in tables.rows("accepted_nouns") for w in tables.split(r["words"])}
    longest_first = sorted((re.escape(w) for w in wide), key=len, reverse=True)
    return _Words(
        {k: frozenset(v) for k, v in exact.items()}, {k: tuple(sorted(v)) for k, v in stems.items()}, terms, frozenset(single),
        re.compile("|".join(longest_first)), frozenset(accepted), frozenset(brands),
    )  # fmt: skip


# Wording of tariffs: what a heading leaves out or takes up, and steps of mass, all of it no goods in particular.
_TARIFF = re.compile(
    r"of (?:sub)?headings? (?:no\.? ?)?\d\d|not elsewhere (?:specified|classified)|(?<![^\W_])(?:n\.? ?e\.? ?s(?:\.? ?o\.? ?i)?|nesoi|nes)\.?$"
    r"|other than (?:those|goods) of (?:heading|subheading)|more than \d[\d., ]* ?(?:k?g|kgs) but not (?:more|exceeding)|exceeding \d[\d., ]* ?k?g but not"
    r"|товарн\w* (?:под|суб)?позици\w*|в другом месте не (?:поименован|включен)\w*|не поименованн\w* в другом месте|более \d[\d., ]* ?к?г,? но не более"
    r"|товарн\w* (?:під)?(?:категорі|позиці)\w*|в іншому місці не (?:зазначен|включен|помінован)\w*|більш\w* (?:як|ніж) \d[\d., ]* ?к?г,? але не"
    r"|品目\s?\d\d|税目|未列名|未另列名|其他未列|超过\s?\d+.{0,6}但不超过"
    r"|de las? partidas? \d\d|no expresad\w+ ni comprendid\w+|superior a \d[\d., ]* ?k?g,? (?:pero|e) inferior"
    r"|das? posic(?:ao|oes) \d\d|nao especificad\w+ nem compreendid\w+|superior a \d[\d., ]* ?k?g,? mas nao"
    r"|\d\d\.?\d\d pozisyon\w*|tarifenin baska|baska yerde belirtilmeyen|\d[\d., ]* ?k?g.{0,3} gecen fakat"
    r"|thuoc nhom \d\d|chua (?:duoc )?(?:chi tiet|ghi)|tren \d[\d., ]* ?k?g nhung khong qua"
    r"|der position(?:en)? \d\d|anderweit weder genannt|du n[°o]? ?\d\d\.?\d\d|non denomme\w* ni compris"
)


LONGEST_TARIFF = 400  # wording of a tariff may run on longer


def _tariff_words(folded: str) -> bool:
    """Whether a text is worded as a tariff heading and names no article: no brand and no code of letters and digits."""
    if len(folded) > LONGEST_TARIFF or not _TARIFF.search(folded):
        return False
    tokens = _WORD.findall(folded)
    known = _words().brands
    return not any(t in known or (_DIGIT.search(t) and _LETTER.search(t) and not _MASS.fullmatch(t)) for t in tokens)


_MASS = re.compile(r"\d+(?:k?g|к?г|千?克)")


def _key(folded: str) -> str:
    return " ".join(_WORD.findall(folded))


@lru_cache(maxsize=65536)
def roles(word: str) -> frozenset[str]:
    """The roles a folded word can play: head, broad, glue, packaging, measure, reference, term."""
    words = _words()
    out = {role for role, members in words.exact.items() if word in members}
    out |= {
        role
        for role, stems in words.stems.items()
        if any(word.startswith(s) and len(word) - len(s) <= 5 for s in stems)
    }
    if word in words.term_words or (word.endswith("s") and word[:-1] in words.term_words):
        out.add("term")
    return frozenset(out)


def vague_rules(folded: str) -> tuple[str, ...]:
    """Ids of the rules by which a folded text is vague; empty where it says what the goods are."""
    if _tariff_words(folded):
        return ("hs_text_copy",)
    if len(folded) > LONGEST:
        return ()
    stripped = folded.strip()
    if not stripped.strip(".-,;:_*/ "):
        return ("empty_text",) if not stripped.strip(".- ") else ("only_special",)
    tokens = _WORD.findall(stripped)
    if not tokens:
        return ("only_special",)
    if not _LETTER.search(stripped):
        return ("only_digits",) if stripped.isdigit() else ("special_and_digits",)
    if len(tokens) == 1:
        if len(stripped) >= 3 and len(set(stripped)) == 1 and not stripped.isdigit():
            return ("same_char_3plus",)
        if tokens[0] in _EXTENSIONS:
            return ("only_file_extension",)
    words = _words()
    listed = words.terms.get(" ".join(tokens))
    if listed:
        return listed
    if _WIDE.search(stripped):
        return _wide(stripped, words)
    if stripped in words.brands:
        return ("only_brand",)
    return _form(stripped, tokens)


def is_code(raw: str) -> bool:
    """Whether a text as declared is one article number: no blank, letters and digits."""
    return _CODE.fullmatch(raw.strip()) is not None


_ZEROS = bytes.maketrans(b"123456789", b"000000000")


def vague_rules_all(texts: list[str], folded: list[str]) -> list[tuple[str, ...]]:
    """`vague_rules` for many texts; texts that differ in digits only are looked at once."""
    known: dict[bytes, tuple[str, ...]] = {}
    out: list[tuple[str, ...]] = []
    for raw, text in zip(texts, folded, strict=True):
        if len(text) > LONGEST:
            out.append(("hs_text_copy",) if _tariff_words(text) else ())
            continue
        if len(raw) <= 40 and is_code(raw):
            out.append(("only_code",))
            continue
        mask = text.encode("utf-8", "surrogatepass").translate(_ZEROS)
        rules = known.get(mask)
        if rules is None:
            rules = known[mask] = vague_rules(text)
        out.append(rules)
    return out


def _wide(text: str, words: _Words) -> tuple[str, ...]:
    """Chinese and Japanese have no word breaks: what is left when generic words are taken out?"""
    rest = re.sub(r"[\W\d_]+", "", words.wide.sub("", text))
    return () if rest else ("terms_only",)


def _form(text: str, tokens: list[str]) -> tuple[str, ...]:
    content: list[str] = []
    generic, heads, coded = 0, 0, False
    seen: set[str] = set()
    packed = True
    numbered = _DIGIT.search(text) is not None
    for token in tokens:
        if numbered and _DIGIT.search(token):
            coded = coded or not token.isdigit()
            continue
        played = roles(token)
        seen |= played
        packed = packed and bool(played & {"packaging", "measure"})
        if played & {"head", "term"}:
            heads += 1
        if played & {"head", "term", "broad"}:
            generic += 1
        elif not played & {"glue", "packaging", "measure", "reference"} and len(token) > 1:
            if numbered or len(content) == 3:  # a word and a number, or four words, say something
                return ()
            content.append(token)
    if coded:
        return ("only_code",) if not generic and len(tokens) <= 3 else ()
    if not content and packed and "packaging" in seen:
        return ("packaging_only",)
    if not content:
        if "reference" in seen and not heads:
            return ("refers_elsewhere",)
        if not generic:
            return ("packaging_only",) if seen & {"packaging", "measure"} else ("too_short",)
        if heads or generic == 1:
            return ("terms_only",)
        return ("too_short",)
    if len(content) == 1 and not generic:
        return () if content[0] in _words().accepted else ("too_short",)
    return _generic_for(text, content)


def _generic_for(text: str, content: list[str]) -> tuple[str, ...]:
    """`equipment for agriculture`: the purpose is named and the goods are not."""
    match = _FOR.search(text)
    if not match or len(content) > 3 or re.search("[,;:(]", text):
        return ()
    front = _WORD.findall(text[: match.start()])
    if (
        front
        and all(roles(t) & {"head", "term", "broad", "glue"} for t in front)
        and any(roles(t) & {"head", "term"} for t in front)
    ):
        return ("generic_for",)
    return ()
