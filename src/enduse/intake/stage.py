"""The stage: read every file, find what repeats, close the account."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from enduse.engine.step import Stage, Step, sql_step
from enduse.intake import account, commitments, duplicates, sources

if TYPE_CHECKING:
    from enduse.contracts.case_file import CaseFile

ROOM = Path(__file__).parent


def _settings(case: CaseFile) -> object:
    """What of the case file decides the result: not the folder a file lies in, but its name, which may tell the country."""
    # The salted digest of a sealed source stands for its sheet too, whose name no digest shall confirm.
    named = [
        s.model_dump(mode="json", exclude={"path", "sealed", "sheet"} if s.sealed else {"path", "sealed"})
        | {"name": sources.hint(s)}
        for s in case.source
    ]
    return {"intake": case.settings.intake, "rates": case.settings.rates, "source": named}


STAGE = Stage(
    "intake",
    (
        Step(
            "read",
            (),
            (*sources.MADE, "intake_file"),
            run=sources.make,
        ),
        Step(
            "seal",
            ("intake_file", "mapping", "document", "list_entry", "ownership", "statistic"),
            ("seal",),
            run=commitments.make,
        ),
        sql_step(ROOM, "duplicate_key", ("shipment_row",)),
        sql_step(ROOM, "duplicate_candidate", ("duplicate_key",)),
        sql_step(ROOM, "duplicate_group", ("shipment_row", "duplicate_candidate", "intake_file")),
        Step("duplicate_rest", ("duplicate_group", "intake_file"), ("duplicate_rest",), run=duplicates.rest),
        sql_step(ROOM, "duplicate_same", ("duplicate_group", "duplicate_rest")),
        sql_step(ROOM, "duplicate_paper", ("shipment_row", "duplicate_same", "intake_file")),
        sql_step(ROOM, "duplicate_version", ("duplicate_paper",)),
        sql_step(ROOM, "duplicate_other", ("shipment_row", "duplicate_same", "duplicate_version", "intake_file")),
        sql_step(
            ROOM,
            "duplicate_house",
            ("shipment_row", "duplicate_same", "duplicate_version", "duplicate_other", "intake_file"),
        ),
        sql_step(
            ROOM,
            "duplicate",
            ("duplicate_same", "duplicate_version", "duplicate_other", "duplicate_house"),
            "duplicate_row",
        ),
        Step(
            "account", ("shipment_row", "rejection", "duplicate_row", "intake_file"), ("source_row",), run=account.make
        ),
    ),
    _settings,
)
