"""`datapackage.json`: what each exported table means, for programs (Frictionless Data Package, Table Schema)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enduse.contracts import TABLES, Column, Table

if TYPE_CHECKING:
    from enduse.contracts.case_file import CaseFile
    from enduse.contracts.run import RunInfo

_TYPES = {
    "text": "string", "list": "string", "json": "string", "country": "string", "int": "integer", "flag": "integer",
    "score": "number", "amount": "number", "total": "number", "date": "date",
}  # fmt: skip
_TEXTS = frozenset({"text", "list", "json", "country"})

# Columns that name a row of another table. A table may refer to several; empty cells refer to nothing.
POINTERS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "seal": (("source", "source", "source"),),
    "mapping": (("source", "source", "source"),),
    "rejection": (("source", "source", "source"),),
    "list_entry": (("source", "source", "source"),),
    "ownership": (("source", "source", "source"),),
    "statistic": (("source", "source", "source"),),
    "coverage": (("source", "source", "source"),),
    "shipment": (
        ("source", "source", "source"), ("exporter_party", "party", "party_id"), ("importer_party", "party", "party_id"),
    ),
    "duplicate": (
        ("shipment_id", "shipment", "shipment_id"), ("of_shipment_id", "shipment", "shipment_id"), ("source", "source", "source"),
    ),
    "mirror_duplicate": (("shipment_id", "shipment", "shipment_id"), ("of_shipment_id", "shipment", "shipment_id")),
    "goods": (("shipment_id", "shipment", "shipment_id"),),
    "price_check": (("shipment_id", "shipment", "shipment_id"),),
    "correction": (("shipment_id", "shipment", "shipment_id"),),
    "reading": (("shipment_id", "shipment", "shipment_id"),),
    "party_name": (("party_id", "party", "party_id"),),
    "screening": (("party_id", "party", "party_id"),),
    "party_pair": (("left_party", "party", "party_id"), ("right_party", "party", "party_id")),
    "party_link": (("left_party", "party", "party_id"), ("right_party", "party", "party_id")),
    "listed_link": (("party_id", "party", "party_id"),),
    "consignment": (
        ("consignment_id", "shipment", "shipment_id"), ("seller", "party", "party_id"), ("buyer", "party", "party_id"),
    ),
    "link": (
        ("inbound", "consignment", "consignment_id"), ("outbound", "consignment", "consignment_id"), ("firm", "party", "party_id"),
    ),
    "chain": (("from_party", "party", "party_id"), ("to_party", "party", "party_id")),
    "hop": (
        ("chain_id", "chain", "chain_id"), ("shipment_id", "shipment", "shipment_id"),
        ("from_party", "party", "party_id"), ("to_party", "party", "party_id"),
    ),
    "hub": (("party_id", "party", "party_id"),),
    "claim": (("doc", "source", "source"), ("cluster", "claim_cluster", "cluster")),
    "attribution": (("claim_id", "claim", "id"),),
    "figure_choice": (("figure_id", "figure", "figure_id"),),
    "figure_row": (("figure_id", "figure", "figure_id"), ("shipment_id", "shipment", "shipment_id")),
    "verdict": (("claim_id", "claim", "id"), ("figure_id", "figure", "figure_id")),
    "ledger": (("claim_id", "claim", "id"),),
}  # fmt: skip


def field(column: Column) -> dict[str, Any]:
    """One column as a Table Schema field, with what the contract says of its values."""
    out: dict[str, Any] = {"name": column.name, "type": _TYPES[column.type], "description": column.doc}
    if column.type == "date":
        out["format"] = "default"
    limits: dict[str, Any] = {}
    # A text that must be there may still be the empty text, which CSV readers take for missing.
    if column.required and column.type not in _TEXTS:
        limits["required"] = True
    if column.values and column.type == "text":
        limits["enum"] = list(column.values)
    if column.type == "flag":
        limits["enum"] = [0, 1]
    if column.type == "country" and not column.key:
        limits["pattern"] = "[A-Z]{2}"
    if limits:
        out["constraints"] = limits
    if column.unit:
        out["unit"] = column.unit
    return out


def schema(table: Table) -> dict[str, Any]:
    """A contract as a Table Schema: fields, key, and the tables its ids lead to."""
    out: dict[str, Any] = {"fields": [field(c) for c in table.columns], "missingValues": [""]}
    if table.key:
        out["primaryKey"] = list(table.key)
    pointers = [
        {"fields": [column], "reference": {"resource": other, "fields": [key]}}
        for column, other, key in POINTERS.get(table.name, ())
        if other in TABLES
    ]
    if pointers:
        out["foreignKeys"] = pointers
    return out


def package(case: CaseFile, run: RunInfo, suffix: str) -> dict[str, Any]:
    """The descriptor of a folder with every exported table as `<table>.<suffix>`."""
    title = case.title or case.question or "Untitled case"
    told = f"Question: {case.question}" if case.question else "No question was asked in words."
    simulated = "SIMULATED CASE: the records are made up and say nothing about a real firm or trade. "
    resources = []
    for table in TABLES.values():
        if not table.exported:
            continue
        resource: dict[str, Any] = {"name": table.name.replace("_", "-"), "path": f"{table.name}.{suffix}"}
        if suffix == "csv":
            resource |= {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
            resource["dialect"] = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True}
        else:
            resource |= {"format": "parquet", "mediatype": "application/vnd.apache.parquet"}
        described = schema(table)
        for pointer in described.get("foreignKeys", ()):
            pointer["reference"]["resource"] = pointer["reference"]["resource"].replace("_", "-")
        resources.append(resource | {"description": table.doc, "schema": described})
    return {
        "name": f"enduse-{run.run_id}",
        "title": f"SIMULATED: {title}" if case.simulated and not title.startswith("SIMULATED") else title,
        "description": f"{simulated if case.simulated else ''}{told} Tables of enduse {run.version}, run {run.run_id}. "
        "Cells are exact: they are not guarded against spreadsheet programs (see --spreadsheet and --to xlsx).",
        "version": run.run_id,
        "resources": resources,
    }


def write_package(case: CaseFile, run: RunInfo, folder: Path, suffix: str) -> Path:
    """`datapackage.json` in `folder`, beside the tables."""
    path = folder / "datapackage.json"
    text = json.dumps(package(case, run, suffix), ensure_ascii=False, indent=1) + "\n"
    path.write_text(text, encoding="utf-8", newline="")
    return path
