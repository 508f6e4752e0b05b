"""The model of a dossier from the tables of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enduse.dossier import figures as fig
from enduse.dossier import numbers
from enduse.dossier.answer import answer_of, goods_words
from enduse.dossier.ask import sql
from enduse.dossier.chains import chains_of
from enduse.dossier.claims import claims_of
from enduse.dossier.counter import counter_of
from enduse.dossier.evidence import evidence_of
from enduse.dossier.goods import goods_of, indicators_of, routes_of
from enduse.dossier.lanes import lanes_of
from enduse.dossier.ledger import ledger_of
from enduse.dossier.left import left_out, mapped
from enduse.dossier.model import Dossier, Figure, LeftOut
from enduse.dossier.parties import firms, latin_names, parties_of
from enduse.dossier.prices import prices_of

if TYPE_CHECKING:
    from enduse.contracts.case_file import CaseFile
    from enduse.contracts.run import RunInfo
    from enduse.engine.base import Engine

KIND_WORDS = {
    "customs": ("customs file", "customs files"),
    "statistics": ("statistics table", "statistics tables"),
    "watchlist": ("list", "lists"),
    "ownership": ("ownership file", "ownership files"),
    "press": ("press document", "press documents"),
    "order": ("order", "orders"),
}


def _sources(left: LeftOut) -> str:
    counts: dict[str, int] = {}
    for account in left.accounts:
        counts[account.kind] = counts.get(account.kind, 0) + 1
    parts = []
    for kind, (one, many) in KIND_WORDS.items():
        if kind in counts:
            parts.append(f"{counts[kind]} {one if counts[kind] == 1 else many}")
    return ", ".join(parts) or "none"


def _title(case: CaseFile) -> str:
    """The headline. The strip over a simulated case says so already, so the word is not set in the headline as well."""
    title = case.title or case.question or "Untitled case"
    if case.simulated:
        title = title.removeprefix("SIMULATED").lstrip(" :") or title
    return title[:1].upper() + title[1:]


def _window(case: CaseFile) -> str:
    since, until = case.scope.since, case.scope.until
    if since and until:
        return f"{numbers.day(since)}–{numbers.day(until)}"
    if since:
        return f"since {numbers.day(since)}"
    return f"until {numbers.day(until)}" if until else "any date"


def _scope(case: CaseFile) -> tuple[tuple[str, str], ...]:
    scope = case.scope

    def codes(found: tuple[str, ...]) -> str:
        return ", ".join(found) or "any"

    return (
        ("Goods", f"{goods_words(case)} (watch profile {case.watch})"),
        ("Parts", "counted in the central reading" if scope.parts else "left out of the central reading"),
        ("Made in", codes(scope.origin)),
        ("Shipped from", codes(scope.departure)),
        ("Going to", codes(scope.destination)),
        ("Window", _window(case)),
        ("Side of the border", scope.direction),
    )


def _settings(case: CaseFile) -> tuple[tuple[str, str], ...]:
    s = case.settings
    return (
        (
            "Goods, confidence a row needs",
            f"strict {numbers.score(s.goods.strict)}, central {numbers.score(s.goods.central)}, broad {numbers.score(s.goods.broad)}",
        ),
        (
            "Names, probability a merge needs",
            f"strict {numbers.score(s.parties.strict)}, central {numbers.score(s.parties.central)}, broad {numbers.score(s.parties.broad)}",
        ),
        ("List hits", f"match from {numbers.score(s.parties.match)}, review from {numbers.score(s.parties.review)}"),
        ("Columns, confidence a role needs", numbers.score(s.intake.mapping_threshold)),
    )


def _methods(figures: list[Figure]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each rule once, with the ids of the totals computed by it; rules that only rankings use stand without ids."""
    found: dict[str, list[str]] = {}
    for figure in figures:
        if figure.method:
            ids = found.setdefault(figure.method, [])
            if not fig.is_line(figure):
                ids.append(figure.id)
    return tuple((method, tuple(ids)) for method, ids in found.items())


def build(engine: Engine, case: CaseFile, run: RunInfo) -> Dossier:
    """Read the tables of a case and put the document together. All contract tables must be readable; any may be empty."""
    engine.make("counted_row", sql("counted_row"))
    figures = fig.read_all(engine)
    lead = fig.lead_of(figures)
    firm_ids = {f.subject_id for f in figures if f.measure in ("by_exporter", "by_importer")}
    found = firms(engine, firm_ids)
    rankings = fig.rankings_of(figures, found, latin_names(engine, found))
    left = left_out(engine)
    question = case.question or case.title
    title = _title(case)
    claims = claims_of(engine)
    return Dossier(
        title=title,
        question=question,
        simulated=case.simulated,
        run=run,
        scope=_scope(case),
        window=_window(case),
        sources=_sources(left),
        answer=answer_of(case, figures, rankings, left),
        lead=lead,
        cards=fig.cards_of(figures, lead),
        choices=fig.choices_of(engine, figures),
        rankings=rankings,
        routes=routes_of(engine),
        chains=chains_of(engine),
        lanes=lanes_of(engine),
        parties=parties_of(engine, tuple(a.source for a in left.accounts if a.kind == "watchlist")),
        claims=claims,
        counter=counter_of(claims, lead, figures, case.scope.destination),
        ledger=ledger_of(engine),
        goods=goods_of(engine),
        prices=prices_of(engine),
        indicators=indicators_of(engine),
        left=left,
        mapping=mapped(engine),
        methods=_methods(figures),
        settings=_settings(case),
        evidence=evidence_of(engine, figures, lead),
    )
