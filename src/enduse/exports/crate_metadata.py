"""`ro-crate-metadata.json`: what each file of a crate is, who made it how, and what the figures are (RO-Crate 1.1)."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enduse.contracts import TABLES

from .crate_pack import MANIFEST, digest, files

if TYPE_CHECKING:
    from enduse.contracts.case_file import CaseFile
    from enduse.contracts.run import RunInfo

NAME = "ro-crate-metadata.json"
# `sha256` is no term of RO-Crate 1.1; the workflow run profile defines it.
CONTEXT = ["https://w3id.org/ro/crate/1.1/context", {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}]
FORMATS = {
    ".csv": "text/csv", ".parquet": "application/vnd.apache.parquet", ".json": "application/json", ".jsonl": "application/jsonl",
    ".toml": "application/toml", ".html": "text/html", ".md": "text/markdown", ".txt": "text/plain", ".bib": "application/x-bibtex",
}  # fmt: skip
ABOUT = {
    "README.md": "what this is and how to check it",
    "prov.json": "provenance of the tables and figures (W3C PROV-JSON)",
    "datapackage.json": "meaning of every column (Frictionless Data Package)",
    "documents.bib": "the press documents (BibTeX)",
    "case.toml": "settings of the case, without the places of its sources",
    "judgements.jsonl": "what people decided about pairs of names",
    "enduse.json": "what identifies the run",
}
PARTS = {
    "data": "the tables, exact", "tables": "the tables, for people", "manifests": "digests of the stages", "mappings": "how columns were read",
    "profiles": "watch profiles", "sources": "the sources that are not sealed",
}  # fmt: skip


def published(accounts: Sequence[Mapping[str, Any]]) -> str:
    """The date RO-Crate asks for: SOURCE_DATE_EPOCH where that is set, else the last day the sources speak of.

    enduse puts no clock into what it writes: an equal run gives equal bytes.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date().isoformat()
    days = [d for a in accounts for d in (a["last_date"], a["as_of"]) if d]
    return max(days, default="1970-01-01")


def _about(name: str, simulated: bool) -> str:
    path = Path(name)
    if path.parent.name in ("data", "tables") and path.stem in TABLES:
        return TABLES[path.stem].doc
    if path.suffix == ".html":
        return "the findings to read" + (" (SIMULATED)" if simulated else "")
    return ABOUT.get(name) or PARTS.get(path.parts[0], name)


def _file(folder: Path, name: str, counts: Mapping[str, int], simulated: bool) -> dict[str, Any]:
    path = Path(name)
    entity: dict[str, Any] = {
        "@id": name.replace("%", "%25").replace(" ", "%20"), "@type": "File", "name": name, "description": _about(name, simulated),
        "contentSize": str((folder / name).stat().st_size), "sha256": digest(folder / name),
        "encodingFormat": FORMATS.get(path.suffix, "application/octet-stream"),
    }  # fmt: skip
    if path.parent.name in ("data", "tables") and path.stem in counts:
        entity["size"] = f"{counts[path.stem]} rows"
    return entity


def _figure(figure: Mapping[str, Any]) -> dict[str, Any]:
    entity = {
        "@id": f"#{figure['figure_id']}", "@type": "PropertyValue", "propertyID": figure["figure_id"], "name": figure["label"],
        "description": figure["definition"], "value": figure["value"], "minValue": figure["low"], "maxValue": figure["high"],
        "unitText": figure["unit"], "measurementTechnique": figure["method"],
    }  # fmt: skip
    return {k: v for k, v in entity.items() if v not in (None, "")}


def build(
    folder: Path,
    file: CaseFile,
    info: RunInfo,
    *,
    figures: Sequence[Mapping[str, Any]],
    accounts: Sequence[Mapping[str, Any]],
    counts: Mapping[str, int],
) -> dict[str, Any]:
    """The metadata of the crate whose files stand in `folder`; called when all others are written but the manifest."""
    sealed = {s.alias for s in file.source if s.sealed}
    made = [_file(folder, name, counts, file.simulated) for name in files(folder) if name not in (NAME, MANIFEST)]
    made.append(
        {
            "@id": MANIFEST,
            "@type": "File",
            "name": MANIFEST,
            "description": "SHA-256 of every other file",
            "encodingFormat": "text/plain",
        }
    )
    measured = [_figure(f) for f in figures]
    sources = [
        {
            "@id": f"#source-{i}", "@type": "CreativeWork", "name": a["source"], "additionalType": a["kind"], "sha256": a["sha256"],
            "description": "sealed: the digest is salted" if a["source"] in sealed else "not in this crate, known by its digest",
        }
        for i, a in enumerate(accounts, 1)
    ]  # fmt: skip
    title = file.title or file.question or "Untitled case"
    simulated = (
        "SIMULATED: the records are made up and say nothing about a real firm or trade. " if file.simulated else ""
    )
    root = {
        "@id": "./", "@type": "Dataset", "name": title, "identifier": f"urn:enduse:run:{info.run_id}", "datePublished": published(accounts),
        "description": f"{simulated}{file.question or title}. Figures with their rows, ranges and limits. The date is the last day the sources speak of, unless the maker set one.",
        "license": {"@id": "#rights"}, "hasPart": [{"@id": m["@id"]} for m in made],
        "mentions": [{"@id": "#run"}, *({"@id": s["@id"]} for s in sources)], "variableMeasured": [{"@id": m["@id"]} for m in measured],
    }  # fmt: skip
    program = {
        "@id": "#enduse", "@type": "SoftwareApplication", "name": "enduse", "version": info.version, "softwareVersion": info.version,
        "sha256": info.code_sha256,
    }  # fmt: skip
    run = {
        "@id": "#run", "@type": "CreateAction", "name": f"run {info.run_id}", "instrument": {"@id": "#enduse"},
        "object": [{"@id": s["@id"]} for s in sources], "result": [{"@id": m["@id"]} for m in made if m["@id"].startswith(("data/", "dossier"))],
        "description": "; ".join(info.replay),
    }  # fmt: skip
    rights = {
        "@id": "#rights", "@type": "CreativeWork", "name": "Not stated",
        "description": "The rights in the records belong to those the sources come from.",
    }  # fmt: skip
    descriptor = {
        "@id": NAME, "@type": "CreativeWork", "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"}, "about": {"@id": "./"},
    }  # fmt: skip
    return {"@context": CONTEXT, "@graph": [descriptor, root, rights, program, run, *sources, *made, *measured]}
