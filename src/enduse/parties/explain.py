"""A pair of names explained in a way one can argue with: how the words answer each other, what limits, what would change the answer."""

from __future__ import annotations

from dataclasses import replace

from enduse.parties.align import Alignment, Rest, align
from enduse.parties.features import numbers_clash, one_letter
from enduse.parties.kinds import nobody
from enduse.parties.model import version
from enduse.parties.name import Kind, Name, parse
from enduse.parties.reasons import LAWS
from enduse.parties.score import ONE_LETTER, ceiling, probabilities, probability, score

WIDEST = 38  # letters of a word that are printed


def explain(left: str, right: str, kind: Kind = "organization") -> list[str]:
    """Lines for a terminal: the words side by side, limits, and the probability without each of the main pieces of evidence."""
    for text, which in ((left, "A"), (right, "B")):
        why = nobody(text)
        if why:
            return [f"{which} names no party ({why}): nothing to compare"]
    a, b = parse(left, kind), parse(right, kind)
    al = align(a, b)
    rows = [(_cut(p.shown[0]), _cut(p.shown[1]), LAWS[p.how], f"{p.weight:.2f}") for p in al.pairs]
    rows += [(_cut(r.shown), "-", "only in A", f"{r.weight:.2f}") for r in al.left]
    rows += [("-", _cut(r.shown), "only in B", f"{r.weight:.2f}") for r in al.right]
    widths = [max(len(row[n]) for row in [("A", "B", "how they answer", ""), *rows]) for n in range(3)]
    lines = ["how the words answer each other (information: 0 says nothing, 1 tells firms apart)"]
    lines += [f"  {x:<{widths[0]}}  {y:<{widths[1]}}  {how:<{widths[2]}}  {told}" for x, y, how, told in rows]
    forms = [", ".join(sorted(n.forms)) or "none" for n in (a, b)]
    lines.append(f"legal forms: {forms[0]} | {forms[1]}")
    lines += _limits(a, b, al, kind)
    changes = _changes(a, b, al, kind)
    if changes:
        lines.append("what would change the answer")
        lines += [f"  {what}: {p:.3f}" for what, p in changes]
    lines.append(f"scorer {version()}, names compared as {kind}")
    return lines


def _cut(text: str) -> str:
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def _limits(a: Name, b: Name, al: Alignment, kind: Kind) -> list[str]:
    """The rule above the model, where one holds the probability down."""
    if a.key == b.key:
        return ["rule: equal words after normalisation; legal forms and how rare the words are decide the rest"]
    if one_letter(a, b):
        return [f"rule: at least {probability(ONE_LETTER):.2f}, for one letter of a long word may be a slip"]
    most = probability(ceiling(a, b, al, kind))
    if most > 0.97:
        return []
    why = "different numbers" if numbers_clash(a, b) else "what the names share tells too little by itself"
    return [f"rule: at most {most:.2f}, for {why}"]


def _changes(a: Name, b: Name, al: Alignment, kind: Kind) -> list[tuple[str, float]]:
    """The probability if a word were not there: the two strongest shared words, the strongest left-over word of either side."""
    tries: list[tuple[str, Name, Name]] = []
    for p in sorted(al.pairs, key=lambda p: (-p.similarity * p.weight, p.left))[:2]:
        if p.weight > 0.0 and len(al.pairs) > 1:
            x, y = _without(a, p.shown[0]), _without(b, p.shown[1])
            if x is not None and y is not None:
                tries.append((f"without {_cut(p.shown[0])} = {_cut(p.shown[1])}", x, y))
    if al.left:
        x = _without(a, _top(al.left))
        if x is not None:
            tries.append((f"if A had no {_cut(_top(al.left))}", x, b))
    if al.right:
        y = _without(b, _top(al.right))
        if y is not None:
            tries.append((f"if B had no {_cut(_top(al.right))}", a, y))
    if not tries:
        return []
    found = probabilities([t[1] for t in tries], [t[2] for t in tries], kind)
    now = score(a, b, kind).probability
    return [(what, p) for (what, _, _), p in zip(tries, found, strict=True) if abs(p - now) >= 0.005]


def _top(side: list[Rest]) -> str:
    return max(side, key=lambda r: (r.weight, r.word)).shown


def _without(name: Name, shown: str) -> Name | None:
    """The name without the words written as `shown`; None where nothing else is left."""
    gone = set(shown.split(" ")) | {shown}
    keep = [i for i, s in enumerate(name.shown) if s not in gone]
    if not keep or len(keep) == len(name.words):
        return None
    words = tuple(name.words[i] for i in keep)
    return replace(
        name,
        raw=f"{name.raw} without {shown}",
        words=words,
        weights=tuple(name.weights[i] for i in keep),
        known=tuple(name.known[i] for i in keep),
        shown=tuple(name.shown[i] for i in keep),
        reads=tuple(name.reads[i] for i in keep),
        letters=tuple(name.letters[i] for i in keep),
        numbers=frozenset(w for w in words if w.isdigit()),
        key=" ".join(sorted(words)),
        squash="".join(words),
        text=" ".join(words),
        reading=None,
    )
