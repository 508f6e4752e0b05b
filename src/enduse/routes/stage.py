"""The routes room in order: first the records (one lot declared on both sides, consignments, links, chains), then statistics."""

from __future__ import annotations

from enduse.contracts.case_file import CaseFile
from enduse.engine.step import Stage

from .chains import STEPS as CHAINS
from .statistics import STEPS as STATISTICS


def _settings(case: CaseFile) -> object:
    return [case.scope, case.event, case.settings.chains, case.settings.routes]


STAGE = Stage("routes", (*CHAINS, *STATISTICS), _settings)
