"""The dossier room: one self-contained HTML page from the tables of a case.

`build` reads aggregates and top rows through the engine into a model; `render` turns the model into HTML. Nothing else
in the house depends on this room, and it writes no table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enduse.contracts.case_file import CaseFile
    from enduse.contracts.run import RunInfo
    from enduse.dossier.model import Dossier
    from enduse.engine.base import Engine

__all__ = ["build", "render"]


def build(engine: Engine, case: CaseFile, run: RunInfo) -> Dossier:
    """The model of the dossier. Every contract table must be readable in `engine`; any of them may be empty."""
    from enduse.dossier.assemble import build as build_model

    return build_model(engine, case, run)


def render(model: Dossier) -> str:
    """The model as one HTML file (text, UTF-8) that needs no script, no font and no network."""
    from enduse.dossier.page import render as render_model

    return render_model(model)
