"""Counter-evidence beside a figure: denials, and public statements that the same measure of the records goes against."""

from __future__ import annotations

from collections.abc import Collection

from enduse.dossier.model import Claims, Counter, Figure, Statement
from enduse.reference import press_tables

SHOWN = 2  # beside a figure; the claims board has all


def counter_of(
    claims: Claims | None, lead: Figure | None, figures: list[Figure], destinations: Collection[str] = ()
) -> dict[str, Counter]:
    """By id of a total. A denial stands beside the lead; a statement found contradicted beside the total of the same measure.

    Where the question names `destinations` (ISO codes), a denial about goods for another country is left to the claims board. No statement is about exactly the goods, lane and time of a total, so nothing is said to refute it: it is what a
    reader must see before quoting the figure.
    """
    if claims is None:
        return {}
    measures = {f.id: f.measure.removeprefix("claim:") for f in figures}
    totals = {f.measure: f for f in reversed(figures) if not f.measure.startswith(("by_", "claim:"))}
    found: dict[str, list[Statement]] = {}
    for statement in (s for c in claims.clusters for s in c.statements):
        about = {measures.get(v.figure_id, "") for v in statement.verdicts if v.word == "contradicted"}
        beside = {totals[m].id for m in about if m in totals}
        if statement.denial:
            beside = {lead.id} if lead is not None and _about(statement, destinations) else set()
        for figure_id in beside:
            found.setdefault(figure_id, []).append(statement)
    out = {}
    for figure_id, said in found.items():
        ordered = _once(
            sorted(said, key=lambda s: (s.section != "body", not s.denial, str(s.ref_date or "9999"), s.doc, s.start))
        )
        out[figure_id] = Counter(tuple(ordered[:SHOWN]), len(ordered) - SHOWN if len(ordered) > SHOWN else 0)
    return out


def _about(statement: Statement, destinations: Collection[str]) -> bool:
    """False where all the countries it names as recipients are others than those asked about."""
    codes = press_tables.country_codes()
    named = {codes.get(word) for word in dict(statement.slots).get("recipient", "").split(" and ")}
    return not destinations or None in named or not named.isdisjoint(destinations)


def _once(said: list[Statement]) -> list[Statement]:
    """One statement for each sentence: a denial of three things is one denial."""
    seen: set[tuple[str, str]] = set()
    out = []
    for s in said:
        key = (s.doc, "".join(span.text for span in s.sentence))
        if key not in seen:
            seen.add(key)
            out.append(s)
    return out
