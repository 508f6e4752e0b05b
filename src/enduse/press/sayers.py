"""Who a parse calls the subject of a verb of saying: the words of the phrase without the clauses that hang on it."""

from __future__ import annotations

from collections.abc import Sequence

from .trees import Node, Tree

# what hangs on a speaker and says what he is told to have done, not who he is
_ASIDE = frozenset({"relcl", "acl", "advcl", "parataxis", "ccomp"})
_LONGEST = 150  # characters of a speaker's own words


def subject(tree: Tree, start: int, end: int) -> tuple[int, int, tuple[int, int] | None] | None:
    """Of the verb at [start, end): its subject as (start, end, aside), where `aside` spans a clause told of the subject.

    "The documents, which cover three years, indicate": the documents, and the span of "which cover three years". None
    where the parse sees no subject before the verb.
    """
    verb = next((n for n in tree.at(start, end) if n.verb), None)
    if verb is None:
        return None
    doer = _doer(tree, verb)
    if doer is None or doer.start >= start or doer.tag in ("WDT", "WP"):
        return None
    joined = doer.head != verb.i  # "A denied it and said ...": what stands between is told by the first verb
    own = _own(tree, doer)
    first, last = min(n.start for n in own), max(n.end for n in own if n.start < start)
    if last - first > _LONGEST:
        return None
    asides = [k for k in tree.kids(doer) if k.dep in ("relcl", "acl") and k.start < start]
    spans = [n for k in asides for n in _below(tree, k) if n.start < start]
    aside = (min(n.start for n in spans), max(n.end for n in spans)) if spans else None
    if joined:
        aside = (first, start)
    if aside is not None and first < aside[0] < last:
        last = min(last, aside[0])  # words after the clause are no part of the name
    return (first, last, aside) if first < last else None


def _doer(tree: Tree, verb: Node) -> Node | None:
    seen = 0
    while seen < 4:
        found = tree.kids(verb, "nsubj")
        if found:
            return found[0]
        if tree.kids(verb, "nsubjpass") or verb.dep != "conj" or verb.head == verb.i:
            return None
        verb = tree.nodes[verb.head]
        seen += 1
    return None


def _own(tree: Tree, n: Node) -> list[Node]:
    out = [n]
    for k in tree.kids(n):
        if k.dep not in _ASIDE and k.dep != "punct":
            out += _own(tree, k)
    return out


def _below(tree: Tree, n: Node) -> Sequence[Node]:
    out = [n]
    for k in tree.kids(n):
        out += _below(tree, k)
    return out
