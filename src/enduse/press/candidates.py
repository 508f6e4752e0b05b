"""Every predicate of a sentence as a candidate for a proposition, and what can be said of it in plain names.

A candidate is a verb, an event noun, a noun that names a dealer or a maker, or a noun that is counted beside another. Its names say what the
parse and the rules see of it (who stands in its arguments, which figures it rules, what governs it, what was told before), never whether the
rules opened it: rules that were mended on an article know that article too well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from enduse.reference import press_tables as tables

from .figures import Figure
from .naming import patient
from .text import tokens
from .trees import Arguments, Node, Tree, arguments
from .view import View

_NO_PREDICATE = frozenset({"aux", "auxpass"})
_ROLES = (
    "give",
    "get",
    "order",
    "request",
    "use",
    "produce",
    "stock",
    "capability",
    "restrict",
    "route",
    "move",
    "origin",
    "include",
    "deny",
    "say",
    "noun_give",
    "noun_get",
    "noun_order",
    "noun_produce",
    "parsed_give",
    "parsed_get",
    "parsed_order",
    "parsed_move",
    "parsed_noun_give",
    "parsed_noun_get",
    "parsed_noun_order",
    "parsed_supplier",
    "parsed_buyer",
)
_MAKERS = frozenset(
    "maker makers manufacturer manufacturers producer producers builder builders assembler operator operators user users owner owners".split()
)
_MODALS = frozenset("will would can could may might must shall should 'll 'd".split())


@dataclass(slots=True)
class Candidate:
    """A predicate: its node, its arguments, the nodes and the figures it rules."""

    node: Node
    args: Arguments
    ruled: list[int]
    figures: list[Figure] = field(default_factory=list)


@cache
def _words() -> dict[str, frozenset[str]]:
    """Role -> single words of the table of cues (a phrase counts by its first word)."""
    cues = tables.cues()
    return {r: frozenset(t[0].low for w in cues[r] if (t := tokens(w))) for r in _ROLES}


@cache
def roles_of(low: str) -> tuple[str, ...]:
    """The roles a word has in the table of cues."""
    return tuple(r for r, words in _words().items() if low in words)


def stem(low: str) -> str:
    """A word without its ending: crude, the same for "orders", "ordered" and "ordering"."""
    for end, put in (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if low.endswith(end) and len(low) - len(end) >= 3:
            low = low.removesuffix(end) + put
            break
    low = low.removesuffix("e")
    return low[:-1] if len(low) > 4 and low[-1] == low[-2] and low[-1] not in "ls" else low


def _is_candidate(view: View, tree: Tree, n: Node) -> bool:
    if view.masked(n.start, n.end):
        return False
    if n.verb:
        return n.dep not in _NO_PREDICATE
    if n.tag not in ("NN", "NNS"):
        return False
    if any(t.start <= n.start < t.end and not t.generic for t in view.things):
        # goods are predicates only where they are counted beside others, or stand alone
        return n.dep in ("conj", "ROOT", "appos") and any(k.tag == "CD" for k in tree.kids(n, "nummod"))
    return (
        any(r.startswith(("noun_", "parsed_noun", "parsed_s", "parsed_b")) for r in roles_of(n.low))
        or n.low in _MAKERS
        or n.dep == "ROOT"
        or (n.dep in ("conj", "appos") and any(k.tag == "CD" for k in tree.kids(n, "nummod")))
    )


def candidates(view: View, measured: Sequence[Figure]) -> list[Candidate]:
    """The candidates of a sentence in order of the text, each with the nodes and figures it rules."""
    tree = view.tree
    if tree is None:
        return []
    heads = [n for n in tree.nodes if _is_candidate(view, tree, n)]
    at = {n.i: k for k, n in enumerate(heads)}
    out = [Candidate(n, arguments(tree, n), []) for n in heads]
    for n in tree.nodes:
        owner = next((x.i for x in (n, *tree.above(n)) if x.i in at), None)
        if owner is not None:
            out[at[owner]].ruled.append(n.i)
    for f in measured:
        top = tree.top(f.bare_start, f.end)
        owner = next((x.i for x in (top, *tree.above(top)) if x.i in at), None) if top is not None else None
        if owner is not None:
            out[at[owner]].figures.append(f)
    return out


def _who(view: View, n: Node) -> str:
    """What a node is to a deal: an actor by kind, goods, money, a count, a pronoun, a body, else nothing."""
    a = next((a for a in view.actors if a.start <= n.start < a.end), None)
    if a is not None and (a.kind != "adjective" or n.noun):
        return a.kind
    if n.tag == "PRP":
        return "pronoun"
    k = patient(view, n)
    if k is not None:
        return k
    if view.masked(n.start, n.end):
        return "source"
    if n.tag in ("NNP", "NNPS"):
        return "name"
    if any(
        view.tree and view.tree.nodes[i].start >= a.start and view.tree.nodes[i].start < a.end
        for i in n.kids
        for a in view.actors
    ):
        return "placed"
    return "other"


def describe(view: View, c: Candidate, tree: Tree, context: Sequence[str]) -> list[str]:
    """The plain names of a candidate; `context` says what the article told before."""
    n, a = c.node, c.args
    out = [f"tag:{n.tag}", f"dep:{n.dep}", f"stem:{stem(n.low)}", "class:" + ("v" if n.verb else "n")]
    roles = roles_of(n.low)
    out += [f"role:{r}" for r in roles] or ["role:none"]
    head = tree.nodes[n.head]
    out.append(f"head:{head.tag[:2]}")
    out += [f"headrole:{r}" for r in (roles_of(head.low) if head.i != n.i else ())]
    out.append(f"headstem:{stem(head.low) if head.i != n.i else 'ROOT'}")
    auxiliary = tree.kids(n, "aux", "auxpass", "neg")
    out += [f"aux:{k.low}" for k in auxiliary]
    if any(k.low in _MODALS for k in auxiliary):
        out.append("modal")
    if a.passive:
        out.append("passive")
    if a.negated:
        out.append("negated")
    for name, found in (("agent", a.agent), ("patient", a.patient), ("dative", a.dative)):
        kinds = {_who(view, x) for x in found} or {"none"}
        out += [f"{name}:{k}" for k in kinds]
        out += [f"{name}stem:{stem(x.low)}" for x in found if x.tag in ("NN", "NNS")]
    for prep, found in a.oblique.items():
        kinds = {_who(view, x) for x in found}
        out.append(f"prep:{prep}")
        out += [f"prep:{prep}:{k}" for k in kinds]
    for k in tree.kids(n):
        if k.dep in ("advmod", "prt", "acomp", "attr", "oprd", "mark"):
            out.append(f"{k.dep}:{stem(k.low)}" if k.dep != "attr" else f"attr:{_who(view, k)}")
            if k.dep == "attr":
                out += [f"attrrole:{r}" for r in roles_of(k.low)]
        elif k.dep in ("xcomp", "ccomp", "dobj", "pobj"):
            out += [f"{k.dep}role:{r}" for r in roles_of(k.low)]
    for f in c.figures:
        kind = "money" if f.money else "unit" if f.unit else "noun" if f.noun else "bare"
        out.append(f"figure:{kind}")
        if f.per:
            out.append("figure:rate")
    if not c.figures:
        out.append("figure:none")
    inside = [tree.nodes[i] for i in c.ruled]
    out += [
        f"in:{s}"
        for s in sorted(
            {
                stem(x.low)
                for x in inside
                if x.i != n.i and (x.verb or (x.tag[:2] in ("NN", "JJ", "RB", "RP") and x.tag not in ("NNP", "NNPS")))
            }
        )
    ]
    things = [t for t in view.things if any(x.start < t.end and t.start < x.end for x in inside)]
    out.append(f"things:{min(len(things), 2)}")
    out += [f"group:{t.group}" for t in things]
    if any(t.generic for t in things):
        out.append("things:generic")
    if any(x.start < b and s < x.end for x in inside for s, b in view.models):
        out.append("model")
    actors = {i for i, y in enumerate(view.actors) if any(x.start < y.end and y.start < x.end for x in inside)}
    out.append(f"actors:{min(len(actors), 3)}")
    if any(x.low in ("them", "these", "those", "it", "they", "rest", "others", "both", "another") for x in inside):
        out.append("takes-up")
    if any(
        x.low in ("per", "a", "every", "each") and head_.low in ("month", "year", "day", "week")
        for x in inside
        for head_ in (tree.nodes[x.head],)
    ):
        out.append("rate")
    if any(re.match(r"(?:19|20)\d\d\Z", x.low) for x in inside):
        out.append("year")
    if any(x.low in ('"', "``", "''") for x in tree.nodes):
        out.append("quoted")
    out.append(f"allthings:{min(len(view.things), 3)}")
    out.append(f"allactors:{min(len(view.actors), 4)}")
    out += [
        f"sum:{roles[0] if roles else 'none'}:{'f' if c.figures else ''}{'t' if things else ''}{'a' if actors else ''}"
    ]
    out += context
    return out
