"""Watch profiles: which goods a case is about, as TOML that a person can read and change."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from enduse.errors import CaseError
from enduse.reference import goods_tables as tables

Strength = Literal["own", "shared", "hint"]
WORD_KINDS = ("words", "hints", "negative", "accessory", "toy", "strong")
_FAMILY_KEYS = {"title", "note", "part_of", "brands", "models", "hs", "hs_table", "components", *WORD_KINDS}
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True)
class Heading:
    """A goods code prefix. `own`: only these goods; `shared`: these and others; `hint`: supports a text, never alone."""

    prefix: str
    strength: Strength = "own"
    revisions: tuple[str, ...] = ()  # empty: any


@dataclass(frozen=True)
class Brand:
    name: str
    aliases: tuple[str, ...] = ()
    ordinary: tuple[str, ...] = ()  # spellings that are also everyday words
    scope: str = "maker"  # maker: makes nothing else; mixed: other goods too; parts: components


@dataclass(frozen=True)
class Model:
    brand: str
    name: str
    aliases: tuple[str, ...] = ()
    alone: bool = False  # counts without its brand


@dataclass(frozen=True)
class Line:
    brand: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = "drone"
    alone: bool = False


@dataclass(frozen=True)
class Family:
    """One watched kind of goods. `words[kind][language]` are folded only when the lexicon is built."""

    id: str
    title: str = ""
    part_of: str = ""
    headings: tuple[Heading, ...] = ()
    listed: dict[str, str] = field(default_factory=dict)  # HS6 -> tier, for families defined by a list of codes
    words: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    brands: tuple[Brand, ...] = ()
    models: tuple[Model, ...] = ()
    lines: tuple[Line, ...] = ()
    components: bool = False


@dataclass(frozen=True)
class Profile:
    name: str
    title: str
    families: tuple[Family, ...]

    def family(self, name: str) -> Family:
        return next(f for f in self.families if f.id == name)


def load(name_or_path: str, folder: Path | None = None) -> Profile:
    """The profile called so: one that comes with enduse, `hs:` and prefixes, or a TOML file in the case folder.

    Raises `CaseError` naming what is allowed for an unknown name, and file and key for a broken profile.
    """
    name = name_or_path.strip()
    if name.lower().startswith("hs:"):
        return _ad_hoc(name)
    if name in tables.watch_names():
        return _shipped(name)
    for path in (Path(name), *((folder / name, folder / f"{name}.toml") if folder else ())):
        if path.suffix == ".toml" and path.is_file() and (path.is_absolute() or folder is None or path != Path(name)):
            return _read(path, path.stem)
    allowed = ", ".join(tables.watch_names())
    raise CaseError(f"there is no watch profile {name!r}", where="watch", fix=f"Give one of {allowed}, hs: and HS prefixes (hs:6907,8513), or a .toml file in the case folder")  # fmt: skip


@lru_cache(maxsize=8)
def _shipped(name: str) -> Profile:
    return _read(tables.watch_path(name), name)


def _ad_hoc(name: str) -> Profile:
    prefixes = [re.sub(r"[ .]", "", p) for p in name[3:].split(",") if p.strip()]
    bad = [p for p in prefixes if not (p.isascii() and p.isdigit() and 2 <= len(p) <= 12)]
    if bad or not prefixes:
        raise CaseError(f"{', '.join(bad) or 'nothing'} is no HS prefix", where=f"watch {name!r}", fix="Write hs: and 2 to 12 digits, several with commas: hs:6907,8513")  # fmt: skip
    families = tuple(Family(f"hs{p}", f"goods of HS {p}", headings=(Heading(p),)) for p in dict.fromkeys(prefixes))
    return Profile(name, f"goods of HS {', '.join(prefixes)}", families)


def _read(path: Path, name: str) -> Profile:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CaseError(f"not a readable TOML file: {error}", where=path.name) from error
    _known(path, "", data, {"title", "note", "extends", "family"})
    base: tuple[Family, ...] = ()
    for parent in _strings(path, "extends", data.get("extends", [])):
        base += load(parent, path.parent).families
    raw = data.get("family", {})
    if not isinstance(raw, dict) or not (raw or base):
        raise CaseError("a profile needs at least one table [family.NAME]", where=path.name)
    families = {f.id: f for f in base} | {key: _family(path, key, value) for key, value in raw.items()}
    for family in families.values():
        if family.part_of and family.part_of not in families:
            raise CaseError(f"part_of = {family.part_of!r} names no family of this profile", where=f"{path.name} [family.{family.id}]", fix=f"Give one of {', '.join(families)}")  # fmt: skip
    return Profile(name, str(data.get("title", name)), tuple(families.values()))


def _known(path: Path, where: str, data: dict[str, Any], allowed: set[str]) -> None:
    for key in data:
        if key not in allowed:
            raise CaseError(f"unknown key {key!r}", where=f"{path.name}{where}", fix=f"Allowed are {', '.join(sorted(allowed))}")  # fmt: skip


def _strings(path: Path, where: str, value: object) -> tuple[str, ...]:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(i, str) for i in items):
        raise CaseError(f"{where} must be a text or a list of texts", where=path.name)
    return tuple(items)


def _family(path: Path, name: str, data: object) -> Family:
    where = f" [family.{name}]"
    if not _ID.fullmatch(name):
        raise CaseError("a family is named with small letters, digits and _", where=path.name + where)
    if not isinstance(data, dict):
        raise CaseError("must be a table", where=path.name + where)
    _known(path, where, data, _FAMILY_KEYS)
    words: dict[str, dict[str, tuple[str, ...]]] = {}
    for kind in WORD_KINDS:
        table = data.get(kind, {})
        if isinstance(table, list):
            table = {"any": table}
        if not isinstance(table, dict):
            raise CaseError(f"{kind} must be a list, or a table of lists by language", where=path.name + where)
        words[kind] = {lang: _strings(path, f"{where} {kind}.{lang}", v) for lang, v in table.items()}
    if data.get("hs_table", "chpl") != "chpl" or data.get("components", "chpl") != "chpl":
        raise CaseError("hs_table and components can only be 'chpl'", where=path.name + where)
    brands, lines = _brands(path, where, data.get("brands", []))
    return Family(
        name, str(data.get("title", name)), str(data.get("part_of", "")), _headings(path, where, data.get("hs", [])),
        {k: r["tier"] for k, r in tables.tiers().items()} if "hs_table" in data else {}, words, brands,
        _models(path, where, data.get("models", [])), lines, "components" in data,
    )  # fmt: skip


def _headings(path: Path, where: str, value: object) -> tuple[Heading, ...]:
    out = []
    for item in value if isinstance(value, list) else [value]:
        entry = {"prefix": item} if isinstance(item, str) else item
        if not isinstance(entry, dict):
            raise CaseError(
                "hs must be a list of prefixes or of { prefix, strength, revisions }", where=path.name + where
            )
        _known(path, f"{where} hs", entry, {"prefix", "strength", "revisions"})
        prefix = re.sub(r"[ .]", "", str(entry.get("prefix", "")))
        if not (prefix.isascii() and prefix.isdigit() and 2 <= len(prefix) <= 12):
            raise CaseError(f"hs prefix {entry.get('prefix')!r} is not 2 to 12 digits", where=path.name + where)
        strength = entry.get("strength", "own")
        if strength not in get_args(Strength):
            raise CaseError(f"hs strength {strength!r} is unknown", where=path.name + where, fix=f"Give one of {', '.join(get_args(Strength))}")  # fmt: skip
        revisions = _strings(path, f"{where} hs.revisions", entry.get("revisions", []))
        if wrong := [r for r in revisions if not re.fullmatch("H[0-6]", r)]:
            raise CaseError(
                f"hs revision {wrong[0]!r} is unknown", where=path.name + where, fix="Give H0 (1988) to H6 (2022)"
            )
        out.append(Heading(prefix, strength, revisions))
    return tuple(out)


def _brands(path: Path, where: str, value: object) -> tuple[tuple[Brand, ...], tuple[Line, ...]]:
    out: list[Brand] = []
    lines: list[Line] = []
    for item in value if isinstance(value, list) else [value]:
        if item == "drones":
            out += [Brand(r["brand"], tables.split(r["aliases"]), tables.split(r["ordinary"]), r["scope"]) for r in tables.rows("brands")]  # fmt: skip
            lines += [Line(r["brand"], r["line"], tables.split(r["aliases"]), r["kind"], r["distinctive"] == "yes") for r in tables.rows("lines")]  # fmt: skip
        elif isinstance(item, str):
            out.append(Brand(item, scope="mixed"))
        elif isinstance(item, dict) and isinstance(item.get("name"), str):
            _known(path, f"{where} brands", item, {"name", "aliases", "ordinary", "scope"})
            out.append(Brand(item["name"], _strings(path, "aliases", item.get("aliases", [])), _strings(path, "ordinary", item.get("ordinary", [])), str(item.get("scope", "mixed"))))  # fmt: skip
        else:
            raise CaseError(
                'brands must be "drones", names, or { name, aliases, ordinary, scope }', where=path.name + where
            )
    return tuple(out), tuple(lines)


def _models(path: Path, where: str, value: object) -> tuple[Model, ...]:
    out: list[Model] = []
    for item in value if isinstance(value, list) else [value]:
        if item == "drones":
            out += [Model(r["brand"], r["model"], tables.split(r["aliases"])) for r in tables.rows("models")]
        elif isinstance(item, dict) and isinstance(item.get("name"), str) and isinstance(item.get("brand"), str):
            _known(path, f"{where} models", item, {"brand", "name", "aliases", "alone"})
            out.append(Model(item["brand"], item["name"], _strings(path, "aliases", item.get("aliases", [])), bool(item.get("alone", False))))  # fmt: skip
        else:
            raise CaseError('models must be "drones" or { brand, name, aliases, alone }', where=path.name + where)
    return tuple(out)
