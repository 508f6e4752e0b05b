"""Whom and what the nodes of a parse stand for: an actor of the sentence, a pronoun, an unknown firm, goods, a sum, a count."""

from __future__ import annotations

from . import actors
from .actors import Actor
from .goods import Thing
from .objects import no_goods
from .phrases import MONTHS
from .trees import Node, Tree
from .view import View

# people, bodies and places that stand for the state named with them: "buyers in Russia", "Iran's air force"
_NO_PARTY = frozenset(
    """demand supply supplies trade market imports exports sales deliveries shipments data records figures use law rules sanctions war conflict invasion
    production output industry technology design origin assistance aid help money funds funding budget price prices value cost end beginning year years month
    months week day days number total half third quarter share part percent rest most some many report reports request requests order orders contract contracts
    deal deals agreement statement claim claims attack attacks route routes sum package talks negotiations decision plan plans law licence licences license licenses
    volunteers volunteer people men women citizens experts analysts journalists investigators researchers lawyers lawyer permit name brand model type version kind batch batches consignment cargo ammunition""".split()
)


_TITLES = frozenset(
    "mr mrs ms dr president minister general colonel major captain prime sir lord senator king prince professor chancellor".split()
)


def party(view: View, n: Node, *, named: bool = False, acts: bool = False) -> Actor | str | None:
    """Who a node stands for: an actor, a pronoun or "the company" to be looked up, or nobody. `named` lets unknown names be firms."""
    tree = view.tree
    assert tree is not None  # noqa: S101 - asked only with a tree
    here = next((a for a in view.actors if a.start <= n.start < a.end), None)
    if (here is None or here.kind == "group") and (named_beside := _beside(view, tree, n)) is not None:
        return named_beside
    if here is not None and (here.kind != "adjective" or n.noun):
        owned = here.owner and here.kind != "group" and n.dep != "poss"
        if not owned:
            return here
    if n.tag == "PRP" and n.low in ("it", "they", "he", "she", "we"):
        return (_in_sentence(view, tree, n) if n.low != "we" else None) or n.low
    if not n.noun or (not acts and any(t.start <= n.start < t.end for t in view.things)) or n.low in _NO_PARTY:
        return None
    if any(a <= n.start < b for a, b in view.models):
        return None
    if n.tag == "NNPS" and (people := actors.people_of(view.text[n.start : n.end])) is not None:
        return Actor(n.start, n.end, 0, 0, people, "country", people)  # "the Koreans"
    if n.low in _OWN_BODIES and any(k.tag == "PRP$" and k.low in ("its", "their") for k in tree.kids(n, "poss")):
        return "its"  # "its plants can make"
    if n.tag in ("NNP", "NNPS") and named and tree.kids(n, "poss") and (firm := _firm(view, tree, n)) is not None:
        return firm  # "Finland's Sako"
    for k in tree.kids(n, "amod", "compound", "poss", "nmod"):
        a = next((a for a in view.actors if a.start <= k.start < a.end), None)
        if a is not None:
            return a
    if n.tag in ("NNP", "NNPS") and named and (firm := _firm(view, tree, n)) is not None:
        return firm
    if (placed := _placed(view, tree, n, 2)) is not None:
        return placed
    for k in tree.kids(n, "acl"):  # "a firm based in Turkey"
        for p in tree.kids(k, "prep"):
            for o in tree.kids(p, "pobj"):
                a = next((a for a in view.actors if a.start <= o.start < a.end and a.kind == "country"), None)
                if a is not None and p.low in ("in", "near"):
                    return a
    if n.tag in ("NNP", "NNPS"):
        return None
    if any(k.low == "the" for k in tree.kids(n, "det")) and n.low in _DEFINITE:
        return f"the {n.low}"
    return None


def _placed(view: View, tree: Tree, n: Node, depth: int) -> Actor | None:
    """The state a body is placed in: "buyers in Russia", "a firm on the outskirts of Istanbul"."""
    for p in tree.kids(n, "prep"):
        if p.low not in ("in", "of", "from", "near", "at", "on", "outside"):
            continue
        for o in tree.kids(p, "pobj"):
            a = next((a for a in view.actors if a.start <= o.start < a.end and (a.kind != "adjective" or o.noun)), None)
            if a is not None:
                return a
            if depth and (a := _placed(view, tree, o, depth - 1)) is not None:
                return a
    return None


def _in_sentence(view: View, tree: Tree, n: Node) -> Actor | None:
    """Whom a pronoun takes up within its sentence: the subject of a clause that holds its own."""
    own = tree.nodes[n.head]
    for v in tree.above(own):
        if not v.verb:
            continue
        for s in tree.kids(v, "nsubj", "nsubjpass"):
            a = next((a for a in view.actors if a.start <= s.start < a.end and a.kind != "adjective"), None)
            if a is not None and s.i < n.i:
                return a
    return None


def _beside(view: View, tree: Tree, n: Node) -> Actor | None:
    """The firm named right after a noun for it: "A Ningbo firm, Yida Machine Co", "a firm in Istanbul, Noy Kimya"."""
    for k in (n, *(o for p in tree.kids(n, "prep") for o in tree.kids(p, "pobj"))):
        for verb in tree.kids(k, "acl"):
            # "a firm in Almaty called Altyn Import"
            for x in tree.kids(verb, "oprd", "dobj", "attr") if verb.low in ("called", "named", "known") else []:
                a = next((a for a in view.actors if a.start <= x.start < a.end and a.kind == "company"), None)
                if a is not None:
                    return a
        for x in tree.kids(k, "appos"):
            a = next((a for a in view.actors if a.start <= x.start < a.end and a.kind == "company"), None)
            if a is not None and n.noun and n.tag != "NNP":
                return a
    return None


_OWN_BODIES = frozenset(
    "plants plant factories factory industry makers manufacturers companies firms subsidiary subsidiaries traders exporters producers shipyards arsenals engineers workers".split()
)
_DEFINITE = frozenset(
    """company firm manufacturer maker country ministry government department factory exporter supplier importer army military navy junta authorities regime
    cabinet trader distributor plant kingdom group""".split()
)


def _firm(view: View, tree: Tree, n: Node) -> Actor | None:
    """A firm nobody knows, by its capitals alone ("Kolchuga sold"); a person with a title is none."""
    parts = [k for k in tree.kids(n, "compound") if k.tag in ("NNP", "NNPS")]
    first = min([n, *parts], key=lambda k: k.start)
    span = view.text[first.start : n.end]
    if (
        not span[:1].isupper()
        or len(span) < 4
        or view.masked(first.start, n.end)
        or any(k.low.rstrip(".") in _TITLES for k in parts)
        or (first.i and tree.nodes[first.i - 1].low.rstrip(".") in _TITLES)
        or any(t.start < n.end and first.start < t.end for t in view.things)
        or any(a.start < n.end and first.start < a.end for a in view.everyone)
        or not actors.could_be_firm(span)
        or span.split()[0].lower() in MONTHS
    ):
        return None
    at = next((i for i, w in enumerate(view.words) if w.start >= first.start), 0)
    to = next((i for i, w in enumerate(view.words) if w.start >= n.end), len(view.words))
    return Actor(first.start, n.end, at, to, span, "company", None)


def parties(view: View, found: list[Node], *, named: bool = False, acts: bool = False) -> list[Actor | str]:
    out: list[Actor | str] = []
    for n in found:
        p = party(view, n, named=named, acts=acts)
        if p is not None and p not in out:
            out.append(p)
    return out


def actors_among(view: View, found: list[Node], *, named: bool = False, acts: bool = False) -> list[Actor]:
    """Those of `found` that name an actor in the sentence itself."""
    return [p for p in parties(view, found, named=named, acts=acts) if isinstance(p, Actor)]


def goods_at(view: View, n: Node) -> Thing | tuple[int, int] | None:
    """Goods at a node or in its noun phrase ("three batches of shells"): a thing, or the span of a model."""
    tree = view.tree
    assert tree is not None  # noqa: S101 - asked only with a tree
    here = next((t for t in view.things if t.start <= n.start < t.end), None)
    if here is not None:
        return here
    model = next((m for m in view.models if m[0] <= n.start < m[1]), None)
    if model is not None:
        return model
    for k in tree.kids(n, "prep"):
        if k.low in ("of", "with", "containing"):
            for o in tree.kids(k, "pobj"):
                found = goods_at(view, o)
                if found is not None:
                    return found
    for k in tree.kids(n, "compound", "nmod", "appos", "amod", "nummod", "poss"):
        found = next((t for t in view.things if t.start <= k.start < t.end), None) or next(
            (m for m in view.models if m[0] <= k.start < m[1]), None
        )
        if found is not None:
            return found
    return None


_PRO = frozenset(
    "them these those they it all some most many several half rest remainder others other another first second third last part third quarter fifth which none both everything anything".split()
)


_PACKAGES = frozenset(
    """batch batches shipment shipments cargo cargoes consignment consignments delivery deliveries unit units piece pieces pallet pallets crate crates container containers
    truckload truckloads planeload shipload load loads lot lots tranche tranches package packages goods item items product products tonne tonnes ton tons kilogram kilograms kilos litres liters
    barrels sets pairs weapon weapons arms supplies equipment hardware kit stock stocks stuff material materials merchandise wares order orders model models type types""".split()
)


_COUNTED = ("nummod", "quantmod")


def patient(view: View, n: Node) -> str | None:
    """What a predicate is done to: goods, a sum of money, a count, a pronoun or package for goods told of, or nothing of the kind."""
    tree = view.tree
    assert tree is not None  # noqa: S101 - asked only with a tree
    if goods_at(view, n) is not None:
        return "goods"
    if any(a.start <= n.start < a.end and (a.kind != "adjective") for a in view.actors):
        return None
    inner = [n, *tree.kids(n, "nummod", "quantmod", "compound", "nmod")]
    if any(k.tag == "$" or k.low in _MONEY for k in (*inner, *(g for k in inner for g in tree.kids(k)))):
        return "money"
    if n.tag == "CD" or n.low in _PRO:
        return "count" if n.tag == "CD" else "pronoun"
    if n.low in _PACKAGES:
        return "package"
    if (
        n.noun
        and n.low not in no_goods()
        and n.tag not in ("NNP", "NNPS")
        and any(k.dep in _COUNTED and k.tag == "CD" for k in tree.kids(n))
    ):
        return "counted"
    return None


_MONEY = frozenset(
    "dollars dollar euros euro yuan roubles rubles won yen rupees pounds lira francs hryvnias hryvnia crowns zlotys dirhams riyals worth".split()
)
