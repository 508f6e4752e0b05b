"""The evidence of a pair in words an analyst can argue with: which words answer which, by what law, what stands alone."""

from __future__ import annotations

from enduse.parties.align import Alignment, Match, Rest
from enduse.parties.declared import identifiers, same_country
from enduse.parties.features import exchanged, one_letter, other_form
from enduse.parties.identify import number_of
from enduse.parties.name import Name

LAWS = {
    "equal": "same word", "joined": "written together or apart", "spelled": "spelled alike", "kin": "forms of one name",
    "derived": "adjective of a place", "learned": "translation learned from lists", "sound": "transcribed by sound", "gloss": "translated sign by sign",
    "acronym": "acronym", "initial": "initial",
}  # fmt: skip
COMMON = 0.8  # information below which the shared words are called common


def _word(p: Match) -> str:
    left, right = p.shown
    return left if left == right else f"{left} = {right}"


def reasons(a: Name, b: Name, al: Alignment) -> list[str]:
    """What speaks for and against, strongest first, in words."""
    pro: list[str] = []
    contra: list[str] = []
    _declared(a, b, pro, contra)
    if a.raw == b.raw:
        pro.append("for: same text")
    elif a.key == b.key:
        pro.append("for: same words after normalisation" + (" across scripts" if a.script != b.script else ""))
    elif exchanged(a.text, b.text):
        pro.append("for: two letters of a long word exchanged")
    elif one_letter(a, b):
        pro.append("for: the texts differ by one letter of a long word")
    ranked = sorted(al.pairs, key=lambda p: (-p.similarity * p.weight, p.left, p.right))
    if a.raw != b.raw:
        same = [_word(p) for p in ranked if p.how == "equal" and p.weight > 0]
        if same:
            pro.append("for: same " + ", ".join(same[:5]))
        pro += [f"for: {_word(p)} ({LAWS[p.how]})" for p in ranked if p.how != "equal" and p.weight > 0][:4]
    if a.numbers != b.numbers:
        sides = [", ".join(sorted(n.numbers)) or "none" for n in (a, b)]
        contra.append(f"against: number {sides[0]} and {sides[1]}")
    lost = [_lost(al.left), _lost(al.right)]
    if lost[0] and lost[1]:
        contra.append("against: " + ", ".join(lost[0][:4]) + " stands against " + ", ".join(lost[1][:4]))
    elif lost[0] or lost[1]:
        contra.append("against: only one has " + ", ".join((lost[0] or lost[1])[:4]))
    if other_form(a, b):
        contra.append("against: other legal form")
    if sum(p.weight for p in al.pairs) < COMMON:
        contra.append("against: the shared words are common ones" if al.pairs else "against: no word in common")
    return pro + contra


def _lost(side: list[Rest]) -> list[str]:
    told = sorted((r for r in side if r.weight > 0.2 and not r.word.isdigit()), key=lambda r: (-r.weight, r.word))
    return list(dict.fromkeys(r.shown for r in told))


def _declared(a: Name, b: Name, pro: list[str], contra: list[str]) -> None:
    same, clash = identifiers(a, b)
    if same:
        shared = {number_of(i) for i in a.identifiers} & {number_of(i) for i in b.identifiers}
        pro.append("for: same identifier " + ", ".join(sorted(shared)))
    if clash:
        contra.append("against: identifiers differ")
    country = same_country(a, b)
    if country is not None:
        (pro if country else contra).append("for: same country" if country else "against: other country")
