"""The words of a figure: its label, its definition, and how the scope reads in a sentence."""

from __future__ import annotations

import datetime as dt

from enduse.contracts.case_file import CaseFile, Scope


def day(value: dt.date) -> str:
    """14 Nov 2022."""
    return f"{value.day} {value:%b %Y}"


def _places(scope: Scope) -> str:
    parts = []
    for word, codes in (("made in", scope.origin), ("from", scope.departure), ("to", scope.destination)):
        if codes:
            parts.append(f"{word} {' or '.join(codes)}")
    return " ".join(parts)


def _window(scope: Scope) -> str:
    if scope.since and scope.until:
        return f"{day(scope.since)} to {day(scope.until)}"
    if scope.since:
        return f"since {day(scope.since)}"
    if scope.until:
        return f"until {day(scope.until)}"
    return "any date"


def goods_label(case: CaseFile, *, parts_exist: bool) -> str:
    """The watched goods in words."""
    if case.watch.startswith("hs:"):
        return f"goods under HS {case.watch[3:].replace(',', ', ')}"
    name = case.watch.rsplit("/", 1)[-1].removesuffix(".toml").replace("-", " ")
    return f"{name} and parts" if parts_exist and case.scope.parts else name


def scope_label(case: CaseFile, *, parts_exist: bool) -> str:
    """Goods, lane and window in a few words: the tail of every label."""
    places = _places(case.scope)
    return ", ".join(p for p in (goods_label(case, parts_exist=parts_exist), places, _window(case.scope)) if p)


def definition(case: CaseFile, measure: str, *, parts_exist: bool) -> str:
    """Goods scope, parties, lane, window, direction, duplicates and value basis in one paragraph."""
    goods, scope = case.settings.goods, case.scope
    side = "either side of the border" if scope.direction == "any" else f"{scope.direction} declarations only"
    lane = _places(scope) or "any lane"
    parts = "" if not parts_exist else (", parts included" if scope.parts else ", parts left out")
    return (
        f"{measure}, over records of watch profile {case.watch!r} (confidence at least {goods.central:g}{parts}); {lane} as declared; "
        f"{_window(scope)} by the declared date; {side}; all declared parties; a lot declared twice is counted once."
    )


def readings(case: CaseFile) -> str:
    """What the strict and the broad reading count instead."""
    goods = case.settings.goods
    return (
        f"strict: confidence at least {goods.strict:g}, no parts, everything the question asks about stated in the record; "
        f"broad: confidence at least {goods.broad:g}, parts included, records that do not state the country or the date included"
    )
