"""W3C PROV of a case as PROV-JSON: which files, settings and judgements each stage used, what it made, where each figure comes from.

PROV-JSON: W3C member submission of 24 April 2013. There is no time in it: enduse keeps no clock, and an equal run gives
equal bytes. Digests of stages are those of their manifests (inputs, settings, code and row counts); digests of files are
SHA-256 of their bytes where the files go out beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enduse.contracts import STAGES, TABLES
from enduse.errors import EnduseError
from enduse.exports.folder import file_place
from enduse.whole import write_text

if TYPE_CHECKING:
    from enduse.case import Case
    from enduse.engine.base import Engine

NAMESPACE = "urn:enduse:terms:"
SOURCES_SQL = "SELECT source, sha256, kind, records_read, loaded, rejected, duplicates FROM source"
BEHIND_SQL = """
SELECT f.figure_id, s.source, count(*) AS rows
FROM figure_row AS f JOIN shipment AS s ON s.shipment_id = f.shipment_id
GROUP BY f.figure_id, s.source ORDER BY f.figure_id, s.source
"""
FIGURE = ("label", "value", "low", "high", "unit", "rows", "method", "mark")


class Record:
    """A PROV document while it grows. Ids of relations are numbered in the order they are added."""

    def __init__(self, run_id: str) -> None:
        self.data: dict[str, dict[str, Any]] = {
            "prefix": {"enduse": NAMESPACE, "run": f"urn:enduse:run:{run_id}:"},
            "entity": {}, "activity": {}, "agent": {},
        }  # fmt: skip

    def add(self, kind: str, name: str, /, **more: object) -> str:
        """An entity, activity or agent `run:name`; values that are None are left out."""
        place = name if ":" in name else f"run:{name}"
        self.data[kind][place] = {
            (k.replace("__", ":") if "__" in k else f"enduse:{k}"): v for k, v in more.items() if v is not None
        }
        return place

    def relate(self, kind: str, /, **ends: object) -> None:
        """A relation; keys beginning with `_` are attributes of enduse."""
        held = self.data.setdefault(kind, {})
        line = {(f"enduse{k.replace('_', ':', 1)}" if k.startswith("_") else f"prov:{k}"): v for k, v in ends.items()}
        held[f"_:{kind}{len(held) + 1}"] = line


def manifests(folder: Path) -> dict[str, dict[str, Any]]:
    """The manifests of the stages that were run, in the order of the stages."""
    found: dict[str, dict[str, Any]] = {}
    for stage in STAGES:
        path = folder / "work" / stage / "manifest.json"
        if path.is_file():
            found[stage] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _people(folder: Path) -> list[str]:
    """Who judged pairs of names, by the names they gave, in order of first appearance."""
    path = folder / "judgements.jsonl"
    if not path.is_file():
        return []
    users = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            try:
                users.append(str(json.loads(line).get("user") or ""))
            except (ValueError, AttributeError) as error:
                raise EnduseError("a line is no judgement", where=str(path), fix="Mend or remove the line") from error
    return [u for u in dict.fromkeys(users) if u]


def _inputs(record: Record, case: Case, engine: Engine) -> dict[str, str]:
    """The sources, and what else the stages read; gives the entity of each alias."""
    info = case.run_info()
    record.add(
        "entity", "settings", prov__type="prov:Plan", prov__label="settings of the case (case.toml without paths)", sha256=info.case_sha256
    )  # fmt: skip
    at = {}
    sealed = {s.alias for s in case.file.source if s.sealed}
    lines = sorted(engine.fetch(SOURCES_SQL).to_pylist(), key=lambda r: r["source"])
    for number, line in enumerate(lines, 1):
        digest = {"salted_sha256" if line["source"] in sealed else "sha256": line["sha256"]}
        counts = {k: line[k] for k in ("records_read", "loaded", "rejected", "duplicates")}
        at[line["source"]] = record.add(
            "entity", f"source-{number}", prov__label=line["source"], kind=line["kind"], **digest, **counts
        )
    judgements = case.folder / "judgements.jsonl"
    if judgements.is_file():
        whole = hashlib.sha256(judgements.read_bytes()).hexdigest()
        made = record.add("entity", "judgements", prov__label="judgements on pairs of names", sha256=whole)
        for number, user in enumerate(_people(case.folder), 1):
            person = record.add("agent", f"person-{number}", prov__type="prov:Person", prov__label=user)
            record.relate("wasAttributedTo", entity=made, agent=person)
    return at


def _stages(
    record: Record, found: dict[str, dict[str, Any]], sources: dict[str, str], files: Mapping[str, str]
) -> None:
    """The stages, what each used, and the tables it made."""
    by_digest = {m["digest"]: stage for stage, m in found.items()}
    for stage, manifest in found.items():
        version = manifest["version"]
        program = record.add(
            "agent", f"enduse:enduse-{version}", prov__type="prov:SoftwareAgent", prov__label=f"enduse {version}", version=version
        )  # fmt: skip
        key = manifest["key"]
        activity = record.add(
            "activity", f"stage-{stage}", prov__label=f"stage {stage}", code_sha256=key["code"], settings_sha256=key["settings"],
            engine=key["engine"], version=version,
        )  # fmt: skip
        record.relate("wasAssociatedWith", activity=activity, agent=program, plan="run:settings")
        record.relate("used", activity=activity, entity="run:settings")
        result = record.add(
            "entity", f"result-{stage}", prov__type="prov:Collection", prov__label=f"results of {stage}", manifest_digest=manifest["digest"]
        )  # fmt: skip
        record.relate("wasGeneratedBy", entity=result, activity=activity)
        used = sources.values() if stage == "intake" else ()
        upstream = sorted((by_digest[d] for d in key["upstream"] if d in by_digest), key=STAGES.index)
        for entity in (*used, *(f"run:result-{s}" for s in upstream)):
            record.relate("used", activity=activity, entity=entity)
        if stage == "parties" and "run:judgements" in record.data["entity"]:
            record.relate("used", activity=activity, entity="run:judgements")
        for name in sorted(manifest["rows"]):
            table = record.add(
                "entity",
                f"table-{name}",
                prov__label=f"table {name}",
                rows=manifest["rows"][name],
                sha256=files.get(name),
            )
            record.relate("wasGeneratedBy", entity=table, activity=activity)
            record.relate("hadMember", collection=result, entity=table)
    for name in sorted(set(files) - {t for m in found.values() for t in m["rows"]}):
        if name in TABLES:  # views over tables of several stages
            table = record.add("entity", f"table-{name}", prov__label=f"table {name}", sha256=files[name])
            record.relate("wasDerivedFrom", generatedEntity=table, usedEntity=f"run:result-{TABLES[name].made_by}")


def _figures(record: Record, engine: Engine, sources: dict[str, str]) -> None:
    """Each figure, with the sources whose rows it counts."""
    lines = engine.fetch("SELECT * FROM figure").to_pylist()
    for line in sorted(lines, key=lambda r: r["figure_id"]):
        stated = {k: line[k] for k in FIGURE if line[k] not in (None, "")}
        figure = record.add("entity", line["figure_id"], prov__label=stated.pop("label"), **stated)
        record.relate("wasGeneratedBy", entity=figure, activity="run:stage-findings")
    for line in engine.fetch(BEHIND_SQL).to_pylist():
        record.relate(
            "wasDerivedFrom", generatedEntity=f"run:{line['figure_id']}", usedEntity=sources[line["source"]], _rows=line["rows"]
        )  # fmt: skip


def build(case: Case, files: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The PROV document. `files` gives, by table, the SHA-256 of the file the table goes out as."""
    case.need("findings")
    record = Record(case.run_info().run_id)
    with case.open() as engine:
        sources = _inputs(record, case, engine)
        _stages(record, manifests(case.folder), sources, files or {})
        _figures(record, engine, sources)
    return {kind: held for kind, held in record.data.items() if held}


def text(document: Mapping[str, Any]) -> str:
    """A PROV document as JSON text with a stable order."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write(case: Case, out: Path) -> list[Path]:
    """Write PROV-JSON to the file `out`, or to `prov.json` in the folder `out` (SIMULATED in the name where the case is)."""
    path = file_place(out, f"prov{'-SIMULATED' if case.file.simulated else ''}.json")
    write_text(path, text(build(case)))
    return [path]
