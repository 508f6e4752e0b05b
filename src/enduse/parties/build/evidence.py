"""Labelled pairs of names from published lists, split by entity into a build part and a held-out part.

The folder is that of the shared lists (see its README): OFAC SDN with aliases, EU consolidated listings, cross-script
pairs, OpenSanctions judgements, nomenklatura's name benchmark. Only figures and word statistics made from the build part
go into the project; no row of these files does.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from enduse.parties.name import Kind, kind_of, parse

HELD = 0.4  # share of entities held out of every set


@dataclass(frozen=True)
class Pair:
    """Two names (or entities with several names), whether they are the same, where they come from, and their side of the split."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    kind: Kind
    same: bool
    source: str
    held: bool
    left_country: str = ""
    right_country: str = ""
    left_ids: tuple[str, ...] = ()
    right_ids: tuple[str, ...] = ()


def held(entity: str) -> bool:
    """The side an entity falls on; depends on its id only."""
    return int(hashlib.sha256(("split-1:" + entity).encode()).hexdigest()[:8], 16) / 0xFFFFFFFF < HELD


def _open(path: Path) -> IO[str]:
    return gzip.open(path, "rt", encoding="utf-8-sig") if path.suffix == ".gz" else path.open(encoding="utf-8-sig")


def rows(path: Path) -> Iterator[dict[str, str]]:
    with _open(path) as file:
        yield from csv.DictReader(file)


def listings(folder: Path) -> dict[str, tuple[Kind | str, list[str]]]:
    """Entity -> (kind, names) of OFAC SDN with aliases and of the EU journal."""
    out: dict[str, tuple[Kind | str, list[str]]] = {}
    with _open(folder / "ofac_sdn_2024-05-03.csv.gz") as file:
        for row in csv.reader(file):
            if len(row) > 2:
                kind = {"individual": "person", "vessel": "vessel", "aircraft": "other"}.get(
                    row[2].strip(), "organization"
                )
                out["ofac-" + row[0]] = (kind, [row[1]])
    with _open(folder / "ofac_alt_2026-08-02.csv.gz") as file:
        for row in csv.reader(file):
            if len(row) > 3 and "ofac-" + row[0] in out:
                out["ofac-" + row[0]][1].append(row[3])
    for r in rows(folder / "eu_journal_consolidated_2026-08.csv.gz"):
        kind = kind_of(r["schema"])
        names = [r["name"], *r["alias"].split(";")]
        entity = f"eu-{r['celex']}-{r['recordId']}"
        out.setdefault(entity, (kind, []))[1].extend(n.strip() for n in names if n.strip())
    return out


@dataclass(frozen=True)
class Listing:
    """One row of a list: whom the split takes it for, the list it stands in (within one, other rows are other parties), kind and names."""

    entity: str
    list: str
    kind: Kind | str
    names: tuple[str, ...]


def single_listings(folder: Path) -> list[Listing]:
    """OFAC entries and rows of the EU journal one by one. Record numbers of the journal start again in every annex and are often missing, so
    that `listings` lumps rows of other parties together: right for a split that keeps relatives on one side, wrong for labels.
    """
    out = [
        Listing(entity, "ofac", kind, tuple(dict.fromkeys(names)))
        for entity, (kind, names) in listings(folder).items()
        if entity.startswith("ofac-")
    ]
    for r in rows(folder / "eu_journal_consolidated_2026-08.csv.gz"):
        names = dict.fromkeys(n for n in (x.strip() for x in (r["name"], *r["alias"].split(";"))) if n)
        if names:
            out.append(Listing(f"eu-{r['celex']}-{r['recordId']}", r["celex"], kind_of(r["schema"]), tuple(names)))
    return out


def same_entity(folder: Path) -> dict[str, str]:
    """Entity -> representative: EU listings that share a name are one entity for the split."""
    parent: dict[str, str] = {}

    def find(x: str) -> str:
        while parent.setdefault(x, x) != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    first: dict[tuple[str, str], str] = {}
    for entity, (kind, names) in sorted(listings(folder).items()):
        for name in names:
            key = parse(name, "person" if kind == "person" else "organization").key
            if len(key) > 3:
                other = first.setdefault((str(kind), key), entity)
                a, b = find(entity), find(other)
                if a != b:
                    parent[max(a, b)] = min(a, b)
    return {e: find(e) for e in list(parent)}


def cross_script(folder: Path, same: dict[str, str]) -> Iterator[Pair]:
    for r in rows(folder / "crossscript_name_pairs.csv.gz"):
        entities = [same.get(e, e) for e in r["record"].split("|")]
        if len({held(e) for e in entities}) > 1:
            continue
        if r["label"] == "0" and len(set(entities)) == 1:
            continue  # one firm listed twice is no negative
        yield Pair(
            (r["latin"],),
            (r["other"],),
            kind_of(r["schema"]),
            r["label"] == "1",
            "cross-" + r["other_script"],
            held(entities[0]),
        )


def name_bench(folder: Path) -> Iterator[Pair]:
    for r in rows(folder / "nomenklatura_name_bench_cases.csv"):
        anchor = min(r["name1"], r["name2"])
        yield Pair(
            (r["name1"],),
            (r["name2"],),
            kind_of(r["schema"]),
            r["is_match"] == "true",
            "name_bench",
            held("nb-" + anchor),
        )


def judgements(folder: Path, *, captions: bool = False) -> Iterator[Pair]:
    """OpenSanctions judgements: all names of an entity stand on each side, or the one it is shown under alone."""
    with _open(folder / "opensanctions_pairs_sample.jsonl.gz") as file:
        for line in file:
            entry: dict[str, Any] = json.loads(line)
            sides = [entry["left"], entry["right"]]
            kinds = {kind_of(s["schema"]) for s in sides}
            if not all(
                s["schema"] in ("Company", "Organization", "PublicBody", "LegalEntity", "Person", "Vessel")
                for s in sides
            ):
                continue
            names = [
                (s["caption"],)
                if captions
                else tuple(dict.fromkeys(_all(s, "name", "alias", "previousName") or [s["caption"]]))
                for s in sides
            ]
            countries = [";".join(sorted({c.upper() for c in _all(s, "country", "jurisdiction")})) for s in sides]
            ids = [tuple(f"{k}:{v}" for k, p in _IDS.items() for v in s["properties"].get(p, [])) for s in sides]
            kind: Kind = "organization" if len(kinds) > 1 else kinds.pop()
            anchor = min(s["id"] for s in sides)
            same = entry["judgement"] == "positive"
            yield Pair(
                names[0],
                names[1],
                kind,
                same,
                "opensanctions",
                held("os-" + anchor),
                countries[0],
                countries[1],
                ids[0],
                ids[1],
            )


_IDS = {
    "INN": "innCode",
    "OGRN": "ogrnCode",
    "LEI": "leiCode",
    "IMO": "imoNumber",
    "REG": "registrationNumber",
    "TAX": "taxNumber",
}


def _all(side: dict[str, Any], *properties: str) -> list[str]:
    return [v for p in properties for v in side["properties"].get(p, [])]


def ofac_aliases(folder: Path) -> Iterator[tuple[str, Kind, str, str]]:
    """(entity, kind, primary, alias)."""
    for r in rows(folder / "ofac_alias_pairs.csv.gz"):
        kind: Kind = {"individual": "person", "vessel": "vessel"}.get(r["type"], "organization")  # type: ignore[assignment]
        yield "ofac-" + r["ent_num"], kind, r["primary_name"], r["alias"]


def grouped(pairs: list[Pair]) -> dict[str, list[Pair]]:
    out: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        out[pair.source].append(pair)
    return out
