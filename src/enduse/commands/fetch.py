"""Fetch published statistics into a case: only where its case.toml allows it."""

from __future__ import annotations

from typing import Annotated

import typer

from enduse.commands.common import CasePath, say


def _list(text: str) -> tuple[str, ...]:
    return tuple(p.strip().upper() for p in text.split(",") if p.strip())


def fetch(
    case: CasePath,
    reporter: Annotated[str, typer.Option("--reporter", metavar="CN,KZ", help="countries whose reports are asked for")],
    hs: Annotated[
        str, typer.Option("--hs", metavar="880622,8807", help="commodity codes of 2, 4 or 6 digits, or TOTAL")
    ],
    period: Annotated[str, typer.Option("--period", metavar="2023 or 202301,202302", help="years or months")],
    partner: Annotated[
        str, typer.Option("--partner", metavar="RU", help="partners; every partner by default, W for the world")
    ] = "",
    flow: Annotated[str, typer.Option("--flow", metavar="M,X", help="M imports, X exports, RM, RX re-")] = "M,X",
) -> None:
    """Fetch statistics of UN Comtrade by the UN's own client and add them. Off by default: it needs your key and a line in case.toml.

    It is the one command that uses a network; what is asked for (countries, codes, periods) leaves this machine.
    """
    from enduse.case import Case
    from enduse.fetch import Question, fetch

    opened = Case(case)
    path = fetch(opened, Question(_list(reporter), _list(partner), _list(hs), _list(period), _list(flow)))
    (added,) = opened.add([path], kind="statistics")
    if added.refused is not None:
        raise added.refused
    say(f"run the case to read it: enduse run {case}")
    typer.echo(str(path))
