"""Real layouts, where the shared development data lie beside the project."""

from __future__ import annotations

import csv
from collections import defaultdict

import pytest

from enduse.intake import mapping

ROLE = {
    "goods_description": "description",
    "quantity_unit": "unit",
    "net_weight": "net_kg",
    "gross_weight": "gross_kg",
    "total_value_usd": "value_usd",
}


@pytest.mark.shared
def test_vendor_layouts_of_36_countries(shared):
    trade = shared / "data" / "trade"
    gold = defaultdict(dict)
    with (trade / "headers" / "vendor_headers_draft_gold.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            gold[row["set_id"]][ROLE.get(row["role"], row["role"])] = row["acceptable_columns"].split("|")
    right = wrong = missed = 0
    for path in sorted((trade / "vendor_samples").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = next(reader)
            rows = [[c or None for c in row] for row, _ in zip(reader, range(60), strict=False)]
        got = {r.role: r.column for r in mapping.propose(header, rows, name=path.name) if r.confidence >= 0.5}
        for role, accepted in gold[f"vendor:{path.stem}"].items():
            right += got.get(role) in accepted
            missed += role not in got
            wrong += role in got and got[role] not in accepted
    # The draft gold itself errs in about seven places (see docs/explanation/mapping.md).
    assert right / (right + wrong) >= 0.97
    assert right / (right + wrong + missed) >= 0.95
