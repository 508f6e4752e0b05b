"""What every command shares: arguments, notes on stderr, JSON on stdout."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from enduse.case import Case

CasePath = Annotated[Path, typer.Argument(metavar="CASE", help="folder of the case")]
AsJson = Annotated[bool, typer.Option("--json", help="a list of objects with the columns of the table")]


def say(line: str) -> None:
    """One line on stderr: stdout is data."""
    typer.echo(line, err=True)


def at_terminal() -> bool:
    """A person is there to be asked: both ends of the line are terminals."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def answer(prompt: str) -> str:
    """What a person types at a prompt on stderr; Enter alone is an empty answer."""
    found: str = typer.prompt(prompt, default="", show_default=False, err=True)
    return found


def note_stale(case: Case) -> None:
    """Old results stay readable, but nobody shall take them for new ones."""
    if case.stale():
        say(
            f"note: settings, sources or program changed since this run; these are the older results. Renew them: enduse run {case.folder}"
        )


def print_json(value: object) -> None:
    """Data on stdout as JSON; dates and decimals as text."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))
