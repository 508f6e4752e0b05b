"""The mapping file: TOML, one table per column, made to be edited by hand and used again."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from enduse.contracts import ROLES
from enduse.errors import CaseError

from .propose import ColumnRole

_KEYS = ("position", "column", "role", "confidence", "reader", "reason")
_HEAD = """Mapping of a customs file: which column plays which role. Change `role` and `reader` and keep the file; it overrides
what enduse proposes. A role other than `ignore` may stand once. Columns left out are ignored.
Roles: {roles}
Readers: text | date dmy, mdy, ymd, excel | decimal point, comma; then after ";" a currency (KZT), what the value includes
(FOB, CIF, invoice, customs, statistical), a weight (kg, tonnes, grams, pounds) or `thousands`."""


def dump(path: Path, roles: Sequence[ColumnRole]) -> None:
    """Write the mapping file. The reason of each proposal stands as a comment over its column."""
    document = tomlkit.document()
    for line in _HEAD.format(roles=", ".join(ROLES)).splitlines():
        document.add(tomlkit.comment(line))
    tables = tomlkit.aot()
    for item in roles:
        table = tomlkit.table()
        table.add(tomlkit.comment(f"{item.confidence:.2f}: {item.reason}".replace("\n", " ")))
        table.add("position", item.position)
        table.add("column", item.column)
        table.add("role", item.role)
        if item.role != "ignore":
            table.add("reader", item.reader)
        tables.append(table)
    document.add("column", tables)
    path.write_text(tomlkit.dumps(document), encoding="utf-8")


def load(path: Path) -> tuple[ColumnRole, ...]:
    """The roles of a mapping file. Raises `CaseError` naming the file, the key and what is allowed."""
    where = str(path)
    try:
        data = tomlkit.parse(path.read_text(encoding="utf-8")).unwrap()
    except FileNotFoundError as error:
        raise CaseError(
            "there is no such mapping file", where=where, fix="Make one with: enduse map FILE --out FILE.toml"
        ) from error
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        raise CaseError(
            f"is no readable TOML: {error}", where=where, fix="See the head of a mapping file made by enduse map"
        ) from error
    unknown = sorted(set(data) - {"column"})
    if unknown:
        raise CaseError(f"unknown key {unknown[0]!r}", where=where, fix="Allowed at the top: [[column]]")
    items = data.get("column", [])
    if not isinstance(items, list) or not items:
        raise CaseError("names no column", where=where, fix="Give at least one [[column]] with column and role")
    out: list[ColumnRole] = []
    used: dict[str, str] = {}
    for number, item in enumerate(items, start=1):
        role = _item(item, number, path)
        if role.role != "ignore" and role.role in used:
            raise CaseError(
                f"role {role.role!r} stands twice: {used[role.role]!r} and {role.column!r}",
                where=f"{where}: column {number}",
                fix="Set one of them to ignore",
            )
        used[role.role] = role.column
        out.append(role)
    return tuple(out)


def _item(item: object, number: int, path: Path) -> ColumnRole:
    here = f"{path}: column {number}"
    if not isinstance(item, dict):
        raise CaseError("is no table", where=here, fix="Write [[column]] and under it column and role")
    for key in item:
        if key not in _KEYS:
            raise CaseError(f"unknown key {key!r}", where=here, fix=f"Allowed: {', '.join(_KEYS)}")
    for key, kind, word in (
        ("position", int, "a whole number"),
        ("column", str, "a text"),
        ("role", str, "a text"),
        ("reader", str, "a text"),
        ("reason", str, "a text"),
    ):
        if key in item and (not isinstance(item[key], kind) or isinstance(item[key], bool)):
            raise CaseError(f"{key} = {item[key]!r} is not {word}", where=here, fix=f"{key} is {word}")
    if "column" not in item and "position" not in item:
        raise CaseError("names neither column nor position", where=here, fix='Give column = "NAME" as in the header')
    role = item.get("role")
    if role not in ROLES:
        near = difflib.get_close_matches(str(role), ROLES, 1)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise CaseError(f"role = {role!r} is not a role", where=here, fix=f"{hint}Allowed: {', '.join(ROLES)}")
    return ColumnRole(
        item.get("position", 0),
        item.get("column", ""),
        role,
        1.0,
        item.get("reader", ""),
        f"mapping file {path.name}",
    )
