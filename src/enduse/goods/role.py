"""What is declared, where a line names goods and things beside them: the goods, a part of them, or something else.

`Battery for a drone`, `drone battery`, `аккумулятор дрона` and 无人机电池 are batteries; `drone with battery` is a drone.
Decided by the small words between the names (`grammar.toml`), by what separates them, and by whether the language puts
the head of a compound last.
"""

from __future__ import annotations

import re
from functools import lru_cache

from enduse.goods.fold import fold
from enduse.goods.lexicon import Mention
from enduse.reference.goods_tables import grammar

_TITLE = re.compile(r"[\W\d]{0,8}(?:[^\W\d_]+ ?){1,3}:")  # up to three words and a colon at the start of a line
_PACKED = re.compile("упак|короб|pack|box|包装|箱|embal|ambalaj|carton|caixa|caja|kutu")  # how it comes, not what it is


_CAMERA = re.compile("cam|кам|фото|видео|photo|相机|摄像")  # a camera in front of "(drone" is what the drone is called
_TOKEN = re.compile(r"[^\W_]+")
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


@lru_cache(maxsize=8)
def _first_words(*keys: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The first words of the small words of these kinds, and those of scripts without blanks."""
    words = {fold(w) for key in keys for w in grammar()[key]}
    wide = tuple(sorted(w.split("(")[0] for w in words if _HAN.search(w)))
    return frozenset(t[0] for w in words if not _HAN.search(w) and (t := _TOKEN.findall(w))), wide


def _may_hold(text: str, *keys: str) -> bool:
    """A quick test before a pattern of many words is tried at every place."""
    first, wide = _first_words(*keys)
    return not first.isdisjoint(_TOKEN.findall(text)) or (not text.isascii() and any(w in text for w in wide))


@lru_cache(maxsize=1)
def rules() -> dict[str, re.Pattern[str]]:
    """The small words as patterns over folded text."""

    def either(words: list[str]) -> str:
        parts = sorted({fold(w) for w in words}, key=len, reverse=True)
        wide = [w for w in parts if re.search("[぀-鿿]", w)]
        plain = [re.escape(w) for w in parts if not re.search("[぀-鿿]", w)]
        return "(?:" + "|".join([*(f"(?<![^\\W_]){w}(?![^\\W_])" for w in plain), *wide]) + ")"

    words = grammar()
    return {
        "for": re.compile("(" + either(words["for_before"]) + r")([\s\w.'\"«»]{0,25})$"),
        "purpose": re.compile(either(words["for_before"])),
        "for_start": re.compile(r"^\W*" + either(words["for_before"])),
        "for_next": re.compile(r"(?:[ ][^\W_]+){0,3}?[ ]{1,2}" + either(words["for_before"]) + r"(?![^;|]*[;|])"),
        "based_on": re.compile(either(words["based_on"]) + r"[\s\"'«(]*$"),
        "after": re.compile(r"^[\s\"»)]{0,3}" + either(words["for_after"]) + "(?![于於途])"),
        "with": re.compile(either(words["with"]) + r"|[,;:(/+&|]|\d\s?(?:x|pcs|шт|个|件|adet|stk)\b|\bx\s?\d"),
        "break": re.compile(either(words["with"]) + r"|[,;:/+&|]"),
        "any_without": re.compile(either(words["without"])),
        "without": re.compile(either(words["without"]) + r"\s?[\w ]{0,12}$"),
        "except": re.compile(either(words["except"]) + r"\s?$"),
    }


def role_of(
    text: str,
    main: list[Mention],
    beside: list[tuple[Mention, str]],
    words: list[Mention],
    *,
    only_brand: bool,
    part_lines: list[Mention],
) -> tuple[str, Mention | None]:
    """Whether the main goods are the thing declared (main), or what stands beside them is (part, accessory, for)."""
    small = rules()
    spans = [(m.start, m.end) for m in main]
    beside = [
        (m, k) for m, k in beside if not any(a < m.end and m.start < b and not _covers(m, a, b) for a, b in spans)
    ]
    beside = [(m, k) for m, k in beside if not _fitted(m, text)]
    if beside and _may_hold(text, "without") and small["any_without"].search(text):
        beside = [(m, k) for m, k in beside if not small["without"].search(text[max(0, m.start - 20) : m.start])]
    beside.sort(key=lambda x: (x[0].start, -x[0].end))
    if not main:
        return ("part", beside[0][0]) if beside else ("main", None)
    for mention, kind in beside:  # a compound such as "drone battery" or 无人机电池
        if any(_covers(mention, *span) for span in spans):
            return kind, mention
    first, last = min(main, key=lambda m: m.start), max(main, key=lambda m: m.end)
    before = [(m, k) for m, k in beside if m.end <= first.start]
    titled = _TITLE.match(text)
    if titled and titled.end() <= first.start and not _PACKED.search(titled.group()):  # "Book: flying the Mavic 3"
        titles = [(m, k) for m, k in before if m.end <= titled.end() and k == "accessory"]
        if titles:
            return titles[0][1], titles[0][0]
    link = small["for"].search(text[max(0, first.start - 45) : first.start])
    if link and small["based_on"].search(text[max(0, first.start - 20) : first.start]):
        link = None
    # A case for the remote controller and the drone: what comes after "for" is its purpose.
    for mention, kind in before:
        rest = text[mention.end : first.start]
        if _may_hold(rest, "for_before") and small["for_next"].match(rest) and not small["based_on"].search(rest):
            return kind, mention
    if link and not small["break"].search(link.group(2)):
        if before:
            return before[0][1], before[0][0]
        lead = text[: max(0, first.start - 45) + link.start()]
        if re.search(r"[^\W\d_]{3}", lead):
            return "for", None
    after_first = text[first.end :]
    if small["after"].search(text[last.end :]) or small["after"].search(after_first):
        following = [(m, k) for m, k in beside if m.start >= first.end]
        if following:
            return following[0][1], following[0][0]
        if re.search(r"[^\W\d_]{2}", text[last.end + 1 :]):
            return "for", None
    product_first = first in words
    if before:
        mention, kind = before[-1]
        gap = text[mention.end : first.start]
        if gap.strip() == "(" and not _CAMERA.match(text, mention.start):  # motors (drone Mavic 3)
            return kind, mention
        if not small["break"].search(gap) and len(gap.split()) <= 3:
            tail_head = product_first and _head_last(first) and _may_lead(mention)
            if not (tail_head and not gap.strip(" (\"'«»")) and not (
                tail_head and len(gap.split()) <= 2 and "(" not in gap
            ):
                return before[0][1], before[0][0]
    for mention, kind in beside:
        if mention.start < first.end:
            continue
        left = max((m for m in main if m.end <= mention.start), key=lambda m: m.end, default=None)
        if left is None or (mention in part_lines and not only_brand):
            continue
        right = min((m for m in words if m.start >= mention.end), key=lambda m: m.start, default=None)
        if right is not None and len(text[mention.end : right.start].split()) <= 1 and _head_last(right):
            continue
        gap = text[left.end : mention.start]
        if not only_brand and _may_hold(gap, "for_before") and small["purpose"].search(gap):  # a drone for camera work
            break
        if small["with"].search(gap) or len(gap.split()) > 3:
            if only_brand and len(gap) <= 40:
                return kind, mention
            break
        if left in words and not _head_last(left):
            break
        return kind, mention
    return "main", None


def _fitted(mention: Mention, text: str) -> bool:
    """Turkish `kameralı`: fitted with a camera, not a camera."""
    return any("tr" in s.langs for s in mention.senses) and text[mention.start : mention.end].endswith(("li", "lu"))


def _may_lead(mention: Mention) -> bool:
    """Whether a word for a part or a thing beside is of a language that puts such words before the head: drone battery drone."""
    known = set(grammar()["head_last"])
    return any(lang in known for s in mention.senses for lang in s.langs)


def _covers(mention: Mention, start: int, end: int) -> bool:
    """Whether a mention is a compound around the span, and longer than it."""
    return mention.start <= start and end <= mention.end and mention.end - mention.start > end - start


def _head_last(mention: Mention) -> bool:
    known = set(grammar()["head_last"])
    langs = {lang for s in mention.senses if s.kind == "word" for lang in s.langs}
    return bool(langs & known)
