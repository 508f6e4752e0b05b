"""The numbers the model weighs for a pair of names: all from their alignment, symmetric in the two names."""

from __future__ import annotations

from rapidfuzz.distance import OSA, JaroWinkler

from enduse.parties.align import INITIAL, Alignment, Rest
from enduse.parties.lexicon import lexicon
from enduse.parties.name import Name
from enduse.parties.words import PATRONYMIC

STRONG = 0.6  # information from which a word tells one firm from others
SURE = 0.85  # similarity from which two such words are taken for one
_PARTNERS = frozenset({"llc", "lp"})
WEAK = frozenset({"kin", "derived", "learned", "sound", "gloss"})

FEATURES = (
    "matched", "covered", "share", "conflict", "worst", "rest_most", "rest_top", "extra", "fuzz", "fuzz_worst", "rich", "top", "second", "whole",
    "number_conflict", "number_one_sided", "form_conflict", "form_same", "letters", "gaps", "initials", "head", "near_conflict", "known_conflict",
    "unknown_rest", "equal", "cross", "han", "abjad", "edits", "words_least", "words_most", "exact", "weak", "edit_least", "edit_size", "edit_first",
    "edit_last", "bones", "order", "rest_left", "rest_right", "patronymic", "squashed", "literal", "place_rest", "place_conflict", "lead", "inside",
)  # fmt: skip


def other_form(a: Name, b: Name) -> bool:
    """Whether both declare a legal form and none is shared; a TOO is an LLP in some papers and an LLC in others."""
    if not a.forms or not b.forms or a.forms & b.forms:
        return False
    return not (a.forms | b.forms <= _PARTNERS)


def numbers_clash(a: Name, b: Name) -> bool:
    """Whether both names bear numbers and neither set holds the other."""
    return bool(a.numbers and b.numbers and not (a.numbers <= b.numbers or b.numbers <= a.numbers))


def exchanged(left: str, right: str, least: int = 6) -> bool:
    """Whether two texts differ by two neighbouring letters of one long word, the commonest slip of the keyboard (Damerau 1964)."""
    if len(left) != len(right) or left == right:
        return False
    at = next(i for i, (x, y) in enumerate(zip(left, right, strict=True)) if x != y)
    if left[at : at + 2] != right[at : at + 2][::-1] or left[at + 2 :] != right[at + 2 :]:
        return False
    start, end = left.rfind(" ", 0, at) + 1, left.find(" ", at)
    word = left[start : end if end >= 0 else len(left)]
    return len(word) >= least and word.isalpha()


def slipped(left: str, right: str, least: int = 6) -> bool:
    """Whether two texts differ by one letter written otherwise, left out or added in one word of at least `least` letters."""
    short, long = (left, right) if len(left) <= len(right) else (right, left)
    if len(long) - len(short) > 1 or left == right:
        return False
    at = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    if short[at + (len(long) == len(short)) :] != long[at + 1 :]:
        return False
    start, end = long.rfind(" ", 0, at) + 1, long.find(" ", at)
    word = long[start : end if end >= 0 else len(long)]
    return len(word) >= least and word.isalpha() and short[at : at + 1] != " "


def one_letter(a: Name, b: Name) -> bool:
    """Whether two firms differ by one letter of a long word, whatever the word lists make of it (`Macrosoft`, `Microsoft`)."""
    return a.kind == "organization" and a.numbers == b.numbers and slipped(a.text, b.text)


def _head(name: Name, al: Alignment, side: int) -> bool:
    """Whether the first word that says much about the name is matched."""
    for word, weight in zip(name.words, name.weights, strict=True):
        if weight >= STRONG:
            return any(word in (pair.right if side else pair.left) for pair in al.pairs)
    return True


def _near(left: list[Rest], right: list[Rest]) -> float:
    """Similarity of the most similar left-over words that tell something."""
    best = 0.0
    for x in left:
        if x.weight > 0.3 and not x.word.isdigit():
            for y in right:
                if y.weight > 0.3 and not y.word.isdigit():
                    best = max(best, JaroWinkler.similarity(x.word, y.word))
    return best


def features(a: Name, b: Name, al: Alignment) -> list[float]:
    """One number for each of FEATURES."""
    ia, ib = max(sum(a.weights), 1e-6), max(sum(b.weights), 1e-6)
    got = matched = fuzz = fuzz_worst = top = second = weak = 0.0
    initials = exact = 0
    edit_least, edit_size, edit_first, edit_last, bones = 1.0, 0.0, 1.0, 1.0, 1.0
    for p in al.pairs:
        s, w = p.similarity, p.weight
        value = s * w
        got += value
        matched += w
        if value > top:
            top, second = value, top
        elif value > second:
            second = value
        if s == 1.0:
            exact += 1
            continue
        if s == INITIAL:
            initials += 1
        fuzz += w - value
        if w > 0.5 and s > 0.56:
            fuzz_worst = max(fuzz_worst, 1.0 - s)
        if p.how in WEAK:
            weak += w
        if p.how in ("spelled", "kin", "joined") and w > 0.3:
            alike = OSA.normalized_similarity(p.left, p.right)
            if alike < edit_least:
                edit_least, edit_size = alike, float(OSA.distance(p.left, p.right))
                edit_first, edit_last = float(p.left[0] == p.right[0]), float(p.left[-2:] == p.right[-2:])
                bones = float(s >= 0.9)
    places = lexicon().places
    place_left = place_right = 0.0
    left = right = worst_left = worst_right = known_left = known_right = unknown = 0.0
    count_left = count_right = fathers = 0
    for r in al.left:
        if r.weight > 0.0:
            left += r.weight
            worst_left = max(worst_left, r.weight)
            count_left += 1
            if r.known:
                known_left += r.weight
                if r.word in places:
                    place_left += r.weight
            else:
                unknown += r.weight
        fathers += bool(PATRONYMIC.search(r.word))
    for r in al.right:
        if r.weight > 0.0:
            right += r.weight
            worst_right = max(worst_right, r.weight)
            count_right += 1
            if r.known:
                known_right += r.weight
                if r.word in places:
                    place_right += r.weight
            else:
                unknown += r.weight
        fathers += bool(PATRONYMIC.search(r.word))
    conflict = min(left, right)
    equal = a.key == b.key
    if equal:
        edits, whole, squashed = 0, 1.0, 1.0
    else:
        edits = OSA.distance(a.squash, b.squash)
        squashed = 1.0 - edits / max(len(a.squash), len(b.squash), 1)
        whole = squashed
        if len(a.words) > 1 or len(b.words) > 1:
            whole = max(whole, OSA.normalized_similarity(a.key.replace(" ", ""), b.key.replace(" ", "")))
    clash = numbers_clash(a, b)
    cross = a.script != b.script
    order = [p.left for p in al.pairs if p.similarity > INITIAL and p.left in a.words]
    sequence = [p.right for p in al.pairs if p.similarity > INITIAL and p.left in a.words]
    in_order = _ordered(a.words, order) == _ordered(b.words, sequence) if len(order) > 1 else True
    return [
        min(matched, 4.0),
        got / max(min(ia, ib), got * 0.999, 1e-6),
        got / max(ia, ib, got),
        min(conflict, 2.5),
        min(worst_left, worst_right),
        min(max(left, right), 4.0),
        max(worst_left, worst_right),
        min(abs(left - right), 3.0) / max(1.0, matched),
        min(fuzz, 1.5),
        fuzz_worst,
        min(got, 4.0),
        top,
        second,
        whole,
        float(clash),
        float(a.numbers != b.numbers and not clash),
        float(other_form(a, b)),
        float(bool(a.forms & b.forms)),
        float(al.letters),
        float(al.gaps),
        float(min(initials, 3)),
        float(bool(a.words and b.words) and _head(a, al, 0) and _head(b, al, 1)),
        _near(al.left, al.right) if conflict > 0.3 else 0.0,
        min(known_left, known_right, 1.5),
        min(unknown, 4.0),
        float(equal),
        float(cross),
        float(cross and "han" in (a.script, b.script)),
        float(cross and "abjad" in (a.script, b.script)),
        min(edits, 12.0),
        float(min(len(a.words), len(b.words), 8)),
        float(min(max(len(a.words), len(b.words)), 12)),
        float(min(exact, 6)),
        min(weak, 2.0),
        edit_least,
        min(edit_size, 8.0),
        edit_first,
        edit_last,
        bones,
        float(in_order),
        float(min(count_left, count_right, 5)),
        float(min(max(count_left, count_right), 8)),
        float(min(fathers, 2)),
        squashed,
        literal(a, b),
        min(max(place_left, place_right), 1.5),
        min(place_left, place_right, 1.0),
        _lead(a.words, b.words),
        float(not equal and min(len(a.squash), len(b.squash)) > 4 and (a.squash in b.squash or b.squash in a.squash)),
    ]


def literal(a: Name, b: Name) -> float:
    """Likeness of the two texts as written, in Latin letters: what no word list has changed."""
    return OSA.normalized_similarity(a.text, b.text)


def _lead(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """Share of the shorter name that stands word for word at the beginning of the other."""
    same = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        same += 1
    return same / max(1, min(len(a), len(b)))


def _ordered(words: tuple[str, ...], matched: list[str]) -> list[int]:
    """The ranks of the matched words in the order of the name."""
    places = [words.index(w) if w in words else 0 for w in matched]
    return sorted(range(len(places)), key=places.__getitem__)
