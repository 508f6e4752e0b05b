"""Reading and writing `case.toml`: errors that name the file, the key and what is allowed; edits that keep comments."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import tomlkit
from pydantic import ValidationError

from enduse.contracts.case_file import CaseFile, Event, Rates, Scope, Source
from enduse.errors import CaseError
from enduse.whole import write_text

NAME = "case.toml"
EXAMPLES = {"since": "2022-02-24", "until": "2023-12-31"}


def where(folder: Path) -> str:
    return str(folder / NAME)


def _explain(error: ValidationError) -> tuple[str, str]:
    """(what, fix) of the first fault of a settings file, in words a user can act on."""
    first = error.errors()[0]
    key = ".".join(str(p) for p in first["loc"])
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    if first["type"] == "extra_forbidden":
        return f"unknown key {key!r}{more}", "Remove it, or see docs/reference/settings.md for the keys there are"
    return (
        f"{key} = {first['input']!r}: {first['msg'].removeprefix('Value error, ')}{more}",
        "See docs/reference/settings.md for what is allowed",
    )


def load(folder: Path) -> CaseFile:
    """The settings of a case. Raises CaseError where the folder is no case or the file is broken."""
    path = folder / NAME
    if not path.is_file():
        raise CaseError("no case here (no case.toml)", where=str(folder), fix=f"Make one with: enduse new {folder}")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise CaseError(f"not UTF-8 at byte {error.start}", where=str(path), fix="Save the file as UTF-8") from error
    except OSError as error:
        raise CaseError(f"cannot be read: {error.strerror}", where=str(path)) from error
    except tomllib.TOMLDecodeError as error:
        raise CaseError(
            f"not valid TOML: {error}", where=str(path), fix="Mend the line, or compare with docs/reference/settings.md"
        ) from error
    try:
        return CaseFile.model_validate(data)
    except ValidationError as error:
        what, fix = _explain(error)
        raise CaseError(what, where=str(path), fix=fix) from error


def _scope_table(scope: Scope) -> Any:
    table = tomlkit.table()
    table.add(tomlkit.comment("what the question was understood to mean; edit it where it is wrong"))
    for key in ("destination", "origin", "departure"):
        table.add(key, list(getattr(scope, key)))
    for key in ("since", "until"):
        value = getattr(scope, key)
        if value is None:
            table.add(tomlkit.comment(f"{key} = {EXAMPLES[key]}"))
        else:
            table.add(key, value)
    table.add("parts", scope.parts)
    table.add("direction", scope.direction)
    return table


def create(folder: Path, *, question: str, watch: str, scope: Scope, title: str = "", simulated: bool = False) -> None:
    """A new case folder with a commented case.toml. Raises CaseError where one stands already or the place is taken."""
    path = folder / NAME
    if path.exists():
        raise CaseError(
            "a case stands here already",
            where=str(folder),
            fix="Choose another name, or add files to this one with: enduse add",
        )
    document = tomlkit.document()
    document.add(
        tomlkit.comment("The settings of this case. Every key, its meaning and limits: docs/reference/settings.md")
    )
    document.add("title", title or question or folder.name)
    document.add("question", question)
    document.add("watch", watch)
    if simulated:
        document.add("simulated", tomlkit.item(True))
    document.add(tomlkit.nl())
    document.add("scope", _scope_table(scope))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "mappings").mkdir(exist_ok=True)
    except OSError as error:
        raise CaseError(
            f"cannot make the case folder: {error.strerror}", where=str(folder), fix="Choose a place you can write to"
        ) from error
    write_text(path, tomlkit.dumps(document))


def append_sources(folder: Path, sources: list[Source]) -> None:
    """Add `[[source]]` entries at the end of case.toml, keeping everything else as it stands."""
    path = folder / NAME
    document = tomlkit.parse(path.read_text(encoding="utf-8"))
    held = document.get("source")
    array = held if held is not None else tomlkit.aot()
    for source in sources:
        table = tomlkit.table()
        for key, value in source.model_dump(mode="json").items():
            if value not in (None, False):
                table.add(key, value)
        array.append(table)
    if held is None:
        document.add(tomlkit.nl())
        document.add("source", array)
    write_text(path, tomlkit.dumps(document))


def settle(folder: Path, *, rates: Rates | None = None, events: Sequence[Event] = ()) -> None:
    """Write a table of rates and dated events into case.toml, keeping everything else as it stands."""
    path = folder / NAME
    document = tomlkit.parse(path.read_text(encoding="utf-8"))
    if rates is not None:
        settings = document.setdefault("settings", tomlkit.table(is_super_table=True))
        settings["rates"] = rates.model_dump(mode="json", exclude_defaults=True)
    if events:
        array = document.setdefault("event", tomlkit.aot())
        for event in events:
            table = tomlkit.table()
            for key, value in event.model_dump(exclude_defaults=True).items():
                table.add(key, list(value) if isinstance(value, tuple) else value)
            array.append(table)
    write_text(path, tomlkit.dumps(document))
