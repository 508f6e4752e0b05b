"""A sentence as a dependency tree, and the arguments of a predicate in it: who does it, to what, to whom, from whom.

The tree is plain data: any parser with the labels of spaCy's English pipelines (ClearNLP's) can make it, and tests make it by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Node:
    """A token at [start, end) of the file: its Penn tag, its label and the position of its head in the tree."""

    i: int
    start: int
    end: int
    low: str
    tag: str
    dep: str
    head: int
    kids: list[int] = field(default_factory=list)

    @property
    def verb(self) -> bool:
        return self.tag[:2] == "VB"

    @property
    def noun(self) -> bool:
        return self.tag[:2] == "NN"


@dataclass(slots=True)
class Tree:
    """Nodes in order of the text; a root is its own head."""

    nodes: list[Node]

    def at(self, start: int, end: int) -> list[Node]:
        return [n for n in self.nodes if n.start < end and start < n.end]

    def top(self, start: int, end: int) -> Node | None:
        """The node of a span that the others hang on: its first verb or noun whose head lies outside the span."""
        inside = self.at(start, end)
        span = {n.i for n in inside}
        heads = [n for n in inside if n.head not in span or n.head == n.i]
        return next((n for n in heads if n.verb or n.noun), heads[0] if heads else None)

    def kids(self, n: Node, *deps: str) -> list[Node]:
        return [self.nodes[k] for k in n.kids if not deps or self.nodes[k].dep in deps]

    def above(self, n: Node) -> Iterator[Node]:
        """Heads of a node from the nearest to the root."""
        while n.head != n.i:
            n = self.nodes[n.head]
            yield n


def tree_of(rows: Sequence[tuple[int, int, str, str, str, int]]) -> Tree:
    """A tree of (start, end, text, tag, label, head position) rows."""
    nodes = [Node(i, a, b, text.lower(), tag, dep, head) for i, (a, b, text, tag, dep, head) in enumerate(rows)]
    for n in nodes:
        if n.head != n.i:
            nodes[n.head].kids.append(n.i)
    return Tree(nodes)


@dataclass(slots=True)
class Arguments:
    """Of one predicate: `agent` who does it (subject, or "by" of a passive), `patient` what it is done to, the rest by preposition."""

    passive: bool = False
    agent: list[Node] = field(default_factory=list)
    patient: list[Node] = field(default_factory=list)
    dative: list[Node] = field(default_factory=list)
    oblique: dict[str, list[Node]] = field(default_factory=dict)
    negated: bool = False

    def to(self, *names: str) -> list[Node]:
        return [n for name in names for n in self.oblique.get(name, ())]


# verbs whose object does what follows: "helped Iran to build", "allowed firms to sell"
_OBJECT_CONTROL = frozenset(
    """ask asks asked asking urge urges urged urging force forces forced forcing help helps helped helping allow allows allowed allowing
    permit permits permitted permitting enable enables enabled enabling tell tells told persuade persuaded press pressed get gets got
    accuse accuses accused accusing suspect suspects suspected stop stops stopped stopping prevent prevents prevented preventing ban bans banned
    bar barred prohibit prohibits prohibited forbid forbids forbade forbidden invite invited let lets order ordered authorise authorised authorize authorized
    blame blames blamed fine fined catch caught see saw seen keep keeps kept licence licensed blacklist blacklists blacklisted blacklisting sanction sanctions sanctioned sanctioning fines fining convict convicted convicts arrest arrested charge charged
    charges punish punished penalised penalized indict indicted sentence sentenced criticise criticised criticized condemn condemned denounce denounced thank thanked praise praised target targeted
    reproach reproached urges pay paid hire hired expect expects expected""".split()
)
# prepositions that go on from one noun to the next: "from Iran to Russia", "worth 3 million euros to mills"
_CHAINED = frozenset("to from into via through for by with".split())
_NO_DOERS = frozenset(
    """way means end beginning start year month week summer autumn winter spring road rail train ship sea air land truck lorry plane january february march april
    may june july august september october november december monday tuesday wednesday thursday friday saturday sunday percent third half quarter""".split()
)
_CLAUSES = frozenset("relcl acl ccomp advcl xcomp pcomp".split())


def together(tree: Tree, n: Node) -> list[Node]:
    """A node with those joined to it by "and" or a comma."""
    out = [n]
    for k in tree.kids(n, "conj"):
        if k.noun or k.tag in ("PRP", "CD", "JJ", "NNP"):
            out += together(tree, k)
    return out


def meant(tree: Tree, n: Node) -> Node:
    """The noun a relative pronoun stands for, else the node itself."""
    if n.tag in ("WDT", "WP") or (n.low == "that" and n.dep in ("nsubj", "nsubjpass", "dobj", "pobj")):
        for a in tree.above(n):
            if a.dep == "relcl":
                return tree.nodes[a.head]
            if a.dep not in ("conj", "xcomp", "ccomp", "prep", "pobj"):
                break
    return n


def _passive(tree: Tree, v: Node) -> bool:
    if tree.kids(v, "nsubjpass", "auxpass"):
        return True
    if tree.kids(v, "dobj"):
        return False  # "a firm sold 310 tonnes": no participle, whatever the label
    if v.tag == "VBN" and v.dep in ("acl", "amod"):
        return True
    if v.tag in ("VBN", "VBD") and v.dep in ("conj", "acl", "relcl") and not tree.kids(v, "nsubj", "aux"):
        head = tree.nodes[v.head]
        return (v.dep != "conj" and v.tag == "VBN") or (
            v.dep == "conj" and head.verb and _passive(tree, head) and not tree.kids(v, "dobj")
        )
    return False


def _subject(tree: Tree, v: Node, depth: int = 0) -> list[Node]:
    """The surface subject of a verb: its own, or that of the verb or noun that governs it."""
    own = tree.kids(v, "nsubj", "nsubjpass")
    if own:
        return [m for s in own for m in together(tree, meant(tree, s))]
    if depth > 6 or v.head == v.i:
        return []
    head = tree.nodes[v.head]
    if v.dep == "conj" and (head.verb or head.tag == "MD"):
        return _subject(tree, head, depth + 1)
    if v.dep == "pcomp":
        return _governed(tree, tree.nodes[head.head] if head.head != head.i else head, depth)
    if v.dep in ("xcomp", "advcl", "ccomp", "dep", "prep") and (head.verb or head.tag in ("JJ", "MD")):
        return _governed(tree, head, depth)
    if v.dep in ("acl", "relcl") and head.noun:
        if v.tag in ("VBG", "VBN", "VBD"):
            return together(tree, head)
        owner = tree.kids(head, "poss")
        if owner:
            return owner
        if head.dep in ("dobj", "pobj", "attr", "nsubjpass", "oprd"):
            for a in tree.above(head):
                if a.verb:
                    return _subject(tree, a, depth + 1)
    return []


def _governed(tree: Tree, g: Node, depth: int) -> list[Node]:
    """Who does what hangs on verb `g`: its object where it makes others act, else its subject."""
    if g.noun:
        owner = tree.kids(g, "poss")
        if owner:
            return owner
        for a in tree.above(g):
            if a.verb:
                return _subject(tree, a, depth + 1)
        return []
    if not g.verb and g.dep in ("acomp", "oprd", "attr") and g.head != g.i:
        return _subject(tree, tree.nodes[g.head], depth + 1)  # "are due to be delivered"
    if g.low in _OBJECT_CONTROL and not _passive(tree, g):
        objects = tree.kids(g, "dobj", "dative")
        if objects:
            return [m for o in objects for m in together(tree, o) if o.tag != "IN"]
        if g.dep == "relcl":
            return together(tree, tree.nodes[g.head])  # "airlines that it accused of flying parts"
    return _subject(tree, g, depth + 1)


def _phrases(tree: Tree, n: Node, into: dict[str, list[Node]], *, wide: bool) -> None:
    """Prepositional phrases under `n`; with `wide` only those that go on ("to", "from", "via"), and deeper down its noun phrase."""
    for k in tree.kids(n):
        if k.dep in ("prep", "agent", "dative") and k.tag in ("IN", "TO", "RP", "VBG"):
            name = k.low
            inner = tree.kids(k, "pobj")
            deeper = tree.kids(k, "prep")
            if not inner and deeper and k.low in ("out", "from", "into", "onto", "over", "across"):
                inner = [p for d in deeper for p in tree.kids(d, "pobj")]
                name = {"out": "from"}.get(k.low, k.low)
            for p in inner:
                if name == "by" and p.low in ("way", "means"):
                    # "by way of Kazakhstan" names no doer
                    into.setdefault("via", []).extend(
                        m for o in tree.kids(p, "prep") for x in tree.kids(o, "pobj") for m in together(tree, x)
                    )
                    continue
                if not wide or name in _CHAINED:
                    into.setdefault(name, []).extend(together(tree, p))
                _phrases(tree, p, into, wide=True)
        elif wide and k.dep not in _CLAUSES and not k.verb and k.dep != "punct":
            _phrases(tree, k, into, wide=True)


def arguments(tree: Tree, n: Node) -> Arguments:
    """The arguments of a verb or of a noun of action ("the delivery of X to Y by Z")."""
    out = Arguments(negated=any(k.dep == "neg" for k in tree.kids(n)))
    _phrases(tree, n, out.oblique, wide=False)
    if n.verb:
        out.passive = _passive(tree, n)
        subject = _subject(tree, n)
        objects = [m for o in tree.kids(n, "dobj") for m in together(tree, meant(tree, o))]
        out.dative = [m for o in tree.kids(n, "dative") if o.tag not in ("IN", "TO") for m in together(tree, o)]
        if n.dep in ("acl", "amod") and out.passive:
            subject = together(tree, tree.nodes[n.head])
        if n.dep == "relcl" and not out.passive and not objects:
            # "the drones that Iran sent": the object stands before the clause
            before = tree.nodes[n.head]
            if not any(s.i == before.i for s in subject):
                objects = together(tree, before)
        if out.passive:
            out.patient, out.agent = (
                subject,
                [
                    m
                    for k in tree.kids(n, "agent", "prep")
                    if k.low == "by"
                    for p in tree.kids(k, "pobj")
                    if p.low not in _NO_DOERS
                    for m in together(tree, p)
                ],
            )
            out.dative += objects or []
        else:
            out.agent, out.patient = subject, objects
        for p in (*out.patient, *objects):
            if p.start > n.start or p.i > n.i:
                _phrases(tree, p, out.oblique, wide=True)
    else:
        out.patient = list(out.oblique.get("of", ()))
        out.agent = tree.kids(n, "poss")
        for p in out.patient:
            _phrases(tree, p, out.oblique, wide=True)
    if n.verb and any(
        k.dep == "det" and k.low in ("no", "neither") for x in (*out.patient, *out.agent) for k in tree.kids(x)
    ):
        out.negated = True  # "no sanctioned goods had crossed"
    if n.verb and any(x.low in ("none", "nobody", "nothing") for x in (*out.patient, *out.agent)):
        out.negated = True
    for name, found in out.oblique.items():
        out.oblique[name] = list({x.i: x for x in found}.values())
    return out
