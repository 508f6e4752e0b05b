"""A case as an RO-Crate: everything a figure rests on that may leave the house, in one folder or zip that checks itself.

Tables go out twice. `data/*.parquet` are the record: exact types, null apart from empty text, a fraction of the size; from
them `enduse verify` computes every figure again. `tables/*.csv` are the same rows for people, and verify compares the two;
a table longer than a spreadsheet program can open stands as Parquet alone, and the README says so. Sources stay outside:
only their digests go in, unless `with_sources` asks for those that are not sealed.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enduse.contracts import TABLES
from enduse.errors import CaseError, EnduseError
from enduse.exports import crate_case, crate_metadata, crate_pack, prov
from enduse.exports.bib import write_bib
from enduse.exports.folder import absolute, plain_errors, whole_folder
from enduse.exports.package import package
from enduse.exports.tables import EXPORTED, _csv, _text, write_tables
from enduse.exports.verify_tables import LONGEST

if TYPE_CHECKING:
    from enduse.case import Case
    from enduse.engine.base import Engine

DATA, TABLES_FOLDER, SOURCES = "data", "tables", "sources"


def _tables(case: Case, engine: Engine, folder: Path) -> list[str]:
    """Both forms of every exported table, the press documents, and what the columns mean; gives the tables without CSV."""
    (folder / DATA).mkdir()
    (folder / TABLES_FOLDER).mkdir()
    write_tables(engine, folder / DATA, "parquet")
    long: list[str] = []
    for table in EXPORTED:
        count = engine.fetch(f"SELECT count(*) AS n FROM {table.name}")["n"][0].as_py()
        if count > LONGEST:
            long.append(table.name)
        else:
            _csv(engine, table, folder / TABLES_FOLDER / f"{table.name}.csv", _text)
    write_bib(case.file, engine, folder)
    described = package(case.file, case.run_info(), "csv")
    for resource, table in zip(described["resources"], EXPORTED, strict=True):
        exact = f"{DATA}/{table.name}.parquet"
        if table.name in long:
            for key in ("encoding", "dialect"):
                resource.pop(key)
            resource |= {"path": exact, "format": "parquet", "mediatype": "application/vnd.apache.parquet"}
        else:
            resource |= {"path": f"{TABLES_FOLDER}/{table.name}.csv", "exact": exact}
    _json(folder / "datapackage.json", described)
    return long


def _json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="")


def _case_files(case: Case, folder: Path) -> None:
    """Settings without paths, judgements, mappings, watch profiles and manifests: what a replay needs beside the sources."""
    (folder / "case.toml").write_text(crate_case.settings(case.file), encoding="utf-8", newline="")
    if (case.folder / "judgements.jsonl").is_file():
        shutil.copyfile(case.folder / "judgements.jsonl", folder / "judgements.jsonl")
    for pattern, part in (("mappings/*.toml", "mappings"), ("*.toml", "profiles")):
        for path in sorted(case.folder.glob(pattern)):
            if path.is_file() and path.name != "case.toml":
                (folder / part).mkdir(exist_ok=True)
                shutil.copyfile(path, folder / part / path.name)
    (folder / "manifests").mkdir()
    for stage, manifest in prov.manifests(case.folder).items():
        manifest.pop("files", None)  # digests of the files in the case folder, which are not in the crate
        text = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        (folder / "manifests" / f"{stage}.json").write_text(text, encoding="utf-8", newline="")


def _sources(case: Case, folder: Path) -> None:
    """Copies of the sources that are not sealed, under their aliases, with the bytes they were added with."""
    from enduse.intake import sealing

    (folder / SOURCES).mkdir()
    for source, name in zip(case.file.source, crate_case.file_names(case.file), strict=True):
        target = folder / SOURCES / name
        if source.sealed or target.exists():
            continue
        try:
            shutil.copyfile(case.folder / source.path, target)
        except OSError as error:
            raise EnduseError(
                f"cannot be read: {error.strerror}", where=f"source {source.alias}", fix="Put the file back"
            ) from error
        try:
            sealing.check(case.folder, source, crate_pack.digest(target))
        except EnduseError as error:
            raise type(error)(error.what, where=f"source {source.alias}", fix=error.fix) from error


def _fill(case: Case, folder: Path, *, with_sources: bool) -> None:
    with case.open() as engine:
        long = _tables(case, engine, folder)
        figures: list[dict[str, Any]] = engine.fetch("SELECT * FROM figure ORDER BY figure_id").to_pylist()
        accounts = engine.fetch("SELECT source, sha256, kind, last_date, as_of FROM source ORDER BY source").to_pylist()
        counts = {t.name: engine.fetch(f"SELECT count(*) AS n FROM {t.name}")["n"][0].as_py() for t in EXPORTED}
    _case_files(case, folder)
    if with_sources:
        _sources(case, folder)
    digests = {t.name: crate_pack.digest(folder / DATA / f"{t.name}.parquet") for t in EXPORTED}
    (folder / "prov.json").write_text(prov.text(prov.build(case, digests)), encoding="utf-8", newline="")
    dossier = case.dossier_path.name
    (folder / dossier).write_text(case.dossier_html(), encoding="utf-8", newline="")
    info = case.run_info()
    _json(folder / "enduse.json", crate_case.identity(info, case.file, with_sources=with_sources))
    readme = crate_case.readme(
        case.file, info, dossier=dossier, figures=figures, counts=counts, long=long, accounts=accounts
    )
    (folder / "README.md").write_text(readme, encoding="utf-8", newline="")
    described = crate_metadata.build(folder, case.file, info, figures=figures, accounts=accounts, counts=counts)
    _json(folder / "ro-crate-metadata.json", described)
    crate_pack.write_manifest(folder)


def write(case: Case, out: Path, *, with_sources: bool = False) -> list[Path]:
    """Write the crate into the folder `out`, or into the file `out` where it ends with `.zip`; gives the files made.

    A folder `out` must be new, empty, or an older crate, which is replaced as a whole: a file left over from another
    crate would make this one fail. Raises CaseError where results are missing or older than settings or sources.
    """
    case.need("findings")
    old = case.stale()
    if old:
        raise CaseError(
            f"the results of {', '.join(old)} are older than settings, sources or program",
            where=str(case.folder),
            fix=f"Run the case first: enduse run {case.folder}",
        )
    if out.suffix.lower() == ".zip":
        place = absolute(out)
        with plain_errors(place):
            place.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=".enduse-crate-", dir=place.parent) as name:
                folder = Path(name) / f"enduse-{case.run_info().run_id}{'-SIMULATED' if case.file.simulated else ''}"
                folder.mkdir()
                _fill(case, folder, with_sources=with_sources)
                crate_pack.write_zip(folder, place)
        return [place]
    return _folder(absolute(out), lambda partial: _fill(case, partial, with_sources=with_sources))


def _folder(place: Path, fill: Callable[[Path], None]) -> list[Path]:
    if place.is_dir() and any(place.iterdir()):
        if not (place / crate_pack.MANIFEST).is_file() or not (place / "enduse.json").is_file():
            raise EnduseError(
                "is a folder with other files in it",
                where=str(place),
                fix="Name a new folder after --out, or a file that ends with .zip",
            )
        with plain_errors(place):
            fresh = place.with_name(f".{place.name}.new")
            shutil.rmtree(fresh, ignore_errors=True)
            with whole_folder(fresh) as partial:
                fill(partial)
            shutil.rmtree(place)
            fresh.rename(place)
    else:
        with whole_folder(place) as partial:
            fill(partial)
    # The top of the crate first: what lies in folders after what lies beside the README.
    return sorted((p for p in place.rglob("*") if p.is_file()), key=lambda p: (len(p.relative_to(place).parts), p))


__all__ = ["DATA", "SOURCES", "TABLES", "TABLES_FOLDER", "write"]
