"""What a crate says of its case: settings without paths, what identifies the run, and the README."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import tomlkit

if TYPE_CHECKING:
    from enduse.contracts.case_file import CaseFile, Source
    from enduse.contracts.run import RunInfo

FORMAT = 1
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


def file_name(source: Source) -> str:
    """The name a source goes by in a crate: its file's, which may tell country and side; its alias where it is sealed."""
    name = source.alias if source.sealed else PurePath(source.path).name
    return _UNSAFE.sub("-", name).strip(". ") or "source"


def file_names(file: CaseFile) -> tuple[str, ...]:
    """The name of each source's file in a crate; two files of one name in different folders go by their aliases."""
    places: dict[str, str] = {}
    out = []
    for source in file.source:
        name = file_name(source)
        if places.setdefault(name.casefold(), source.path) != source.path:
            name = _UNSAFE.sub("-", source.alias)
            places.setdefault(name.casefold(), source.path)
        out.append(name)
    return tuple(out)


def settings(file: CaseFile) -> str:
    """`case.toml` with every setting and without comments; sources are looked for in `sources/` beside it, by name.

    Made anew from the settings: a comment may say where a file lies or who gave it. Of a sealed source neither the path nor
    the sheet stands in it.
    """
    data: dict[str, Any] = file.model_dump(mode="python", exclude_none=True)
    for line, source, name in zip(data["source"], file.source, file_names(file), strict=True):
        line["path"] = f"sources/{name}"
        if source.sealed:
            line.pop("sheet", None)
            line.pop("mapping", None)
    return "# The settings of the case this crate was made from, without the places of its sources.\n" + tomlkit.dumps(
        _plain(data)
    )


def _plain(value: Any) -> Any:
    """Tuples as arrays; scalars before tables, as TOML wants them."""
    if isinstance(value, dict):
        items = [(k, _plain(v)) for k, v in value.items()]
        return dict(sorted(items, key=lambda i: isinstance(i[1], dict) or _is_tables(i[1])))
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


@lru_cache
def dossier_code() -> str:
    """Digest of the program text that renders dossiers: only the same text can render one again byte for byte."""
    from enduse import dossier

    root = Path(dossier.__file__).parent
    whole = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        whole.update(path.relative_to(root).as_posix().encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def identity(info: RunInfo, file: CaseFile, *, with_sources: bool) -> dict[str, Any]:
    """`enduse.json`: what `enduse verify` knows a crate by, and needs to render the dossier again."""
    return {
        "enduse_crate": FORMAT,
        "version": info.version,
        "run_id": info.run_id,
        "engine": info.engine,
        "code_sha256": info.code_sha256,
        "case_sha256": info.case_sha256,
        "dossier_code_sha256": dossier_code(),
        "replay": list(info.replay),
        "simulated": file.simulated,
        "with_sources": with_sources,
    }


def _lead(figures: Sequence[Mapping[str, Any]]) -> str:
    if not figures:
        return "The case has no figure: no record is of watched goods."
    first = figures[0]
    spread = "" if first["low"] == first["high"] else f" (readings from {first['low']} to {first['high']})"
    return f"Its first figure, {first['figure_id']}: {first['value']} {first['unit']}{spread}, {first['label']}."


def readme(
    file: CaseFile,
    info: RunInfo,
    *,
    dossier: str,
    figures: Sequence[Mapping[str, Any]],
    counts: Mapping[str, int],
    long: Sequence[str],
    accounts: Sequence[Mapping[str, Any]],
) -> str:
    """The README for a person who has never seen the program."""
    sealed = [s.alias for s in file.source if s.sealed]
    lines = [
        f"# {file.title or file.question or 'Untitled case'}",
        "",
        *(
            ["**SIMULATED: the records are made up and say nothing about a real firm or trade.**", ""]
            if file.simulated
            else []
        ),
        f"Question: {file.question or 'none in words; see case.toml'}",
        "",
        f"{len(figures):,} figures from {counts['shipment']:,} records of {len(accounts)} sources. {_lead(figures)}",
        "",
        "## What is in it",
        "",
        f"- `{dossier}`: the findings to read. Open it in a browser; it needs no network.",
        f"- `tables/`: {len(counts) - len(long)} tables as CSV; `datapackage.json` says what each column means. Import text columns as text: a",
        "  spreadsheet program may take a cell for a formula or drop leading zeros.",
        "- `data/`: the same tables as Parquet, exact to the type. Figures are computed again from these.",
        "- `prov.json`: W3C PROV, what was made from what. `documents.bib`: the press documents.",
        "- `case.toml`, `judgements.jsonl`, `mappings/`, `profiles/`, `manifests/`: the settings, judgements and digests of the run, as far as there are any.",
        "- `ro-crate-metadata.json`: the same for programs (RO-Crate 1.1). `manifest-sha256.txt`: the digest of every file.",
        *([f"- Longer than a spreadsheet program opens, so as Parquet alone: {', '.join(long)}."] if long else []),
        "",
        "## How to check it",
        "",
        "With nothing but a shell: `sha256sum -c manifest-sha256.txt`. With the program, offline:",
        "",
        "```",
        f"pip install enduse=={info.version}",
        "enduse verify .",
        "enduse verify . --sources FOLDER",
        "```",
        "",
        "The second line checks every digest, computes every figure again from the rows and follows every evidence id. The third also",
        "finds the sources in FOLDER by their digests and looks for the listed records in their bytes.",
        "",
        "A crate that checks agrees with itself and with the sources beside it. It does not prove that the sources are true, whole or",
        "genuine, nor that nobody made a new crate from other rows: for that, compare the digest of `manifest-sha256.txt`, which",
        "`enduse verify` prints, with one you got another way.",
        "",
        "## Sources",
        "",
        "They are not in this folder unless `sources/` holds them. SHA-256 of each:",
        "",
        *[
            f"- {a['source']} ({a['kind']}): {a['sha256']}{' (salted: the source is sealed)' if a['source'] in sealed else ''}"
            for a in accounts
        ],
        "",
    ]
    if sealed:
        lines += [
            "Sealed sources go by an alias, and their digest is salted, so that nobody who holds a file can tell that it was used. The",
            "table `seal` commits to every record of them. The maker of this crate can prove single records: `enduse prove` writes the",
            "proof, `enduse verify PROOF --against CRATE` checks it.",
            "",
        ]
    return "\n".join(lines)
