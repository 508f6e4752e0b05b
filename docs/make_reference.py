"""Writes the pages of docs/reference that follow from the code: tables, settings, commands. `make docs` runs it; a test compares."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import typer
from pydantic import BaseModel

from enduse.cli import app
from enduse.contracts import ALL, TABLES
from enduse.contracts.case_file import CaseFile, Scope, Settings, Source

REFERENCE = Path(__file__).parent / "reference"
HEAD = "<!-- made by docs/make_reference.py; do not edit by hand -->\n"


def tables() -> str:
    out = [
        HEAD,
        "# Tables\n",
        "What `enduse export --to csv|parquet` writes, one file a table. Dates are ISO, numbers have a point, flags are 0 or 1,",
    ]
    out.append(
        "lists are separated by `;`, countries are ISO 3166 alpha-2, an empty cell means: not stated or not readable.\n"
    )
    for table in ALL:
        if not table.exported:
            continue
        out.append(f"## {table.name}\n\n{table.doc} Made by the stage `{table.made_by}`.\n")
        if table.invariants:
            out.append("Always true: " + "; ".join(f"`{i}`" for i in table.invariants) + ".\n")
        out.append("| column | type | meaning |\n| --- | --- | --- |")
        for c in table.columns:
            notes = (
                [c.doc]
                + ([f"in {c.unit}"] if c.unit else [])
                + ([f"one of: {', '.join(c.values)}"] if c.values else [])
                + (["part of the key"] if c.key else [])
            )
            out.append(f"| {c.name} | {c.type}{' (never empty)' if c.required else ''} | {'; '.join(notes)} |")
        out.append("")
    return "\n".join(out)


def _allowed(field: Any) -> str:
    annotation = (
        str(field.annotation).replace("typing.", "").replace("datetime.", "").replace("<class '", "").replace("'>", "")
    )
    if annotation.startswith(("Literal[", "Optional[Literal[")):
        return "one of " + annotation[annotation.rindex("[") + 1 :].split("]")[0].replace("'", "")
    limits = [
        f"{name} {getattr(m, name)}"
        for m in field.metadata
        for name in ("ge", "le", "min_length", "pattern")
        if getattr(m, name, None) is not None
    ]
    words = {"ge": "at least", "le": "at most", "min_length": "length at least", "pattern": "pattern"}
    plain = [f"{words[limit.split(' ', 1)[0]]} {limit.split(' ', 1)[1]}" for limit in limits]
    return ", ".join(
        [
            annotation.split("[Annotated")[0].replace("tuple", "list of countries")
            if "Annotated" in annotation
            else annotation,
            *plain,
        ]
    )


def _model(model: type[BaseModel], prefix: str) -> list[str]:
    out = ["| key | allowed | default | meaning |", "| --- | --- | --- | --- |"]
    for name, field in model.model_fields.items():
        if (
            isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
        ) or "case_file.Source" in str(field.annotation):
            continue
        default = "required" if field.is_required() else repr(field.get_default())
        out.append(
            f"| `{prefix}{name}` | {_allowed(field).replace('|', 'or')} | {default} | {field.description or ''} |"
        )
    return [*out, ""]


def settings() -> str:
    out = [
        HEAD,
        "# Settings: case.toml\n",
        "Every key that may stand in a case's `case.toml`. An unknown key or a wrong value stops with the file, the key and what is allowed.\n",
    ]
    out += ["## Top level\n", *_model(CaseFile, "")]
    out += ["## [scope]\n", (Scope.__doc__ or "") + "\n", *_model(Scope, "scope.")]
    for name, field in Settings.model_fields.items():
        assert isinstance(field.annotation, type)
        out += [f"## [settings.{name}]\n", *_model(field.annotation, f"settings.{name}.")]
    out += ["## [[source]]\n", (Source.__doc__ or "") + "\n", *_model(Source, "source.")]
    return "\n".join(out)


def commands() -> str:
    out = [
        HEAD,
        "# Commands\n",
        "stdout is data, stderr is progress. Exit codes: 0 done, 2 the command line is wrong, 3 an input is missing or was refused, 4 a verification failed.\n",
    ]
    group = typer.main.get_command(app)
    assert isinstance(group, click.Group) or hasattr(group, "commands")
    for name, command in group.commands.items():
        out.append(f"## enduse {name}\n\n{(command.help or '').strip()}\n")
        out.append("| argument or option | meaning |\n| --- | --- |")
        for p in command.params:
            label = ", ".join(p.opts) if p.param_type_name == "option" else (p.metavar or p.name.upper())
            text = (getattr(p, "help", "") or "").replace("|", "or")
            out.append(f"| `{label}` | {text} |")
        out.append("")
    return "\n".join(out)


PAGES = {"tables.md": tables, "settings.md": settings, "commands.md": commands}


def main() -> None:
    assert TABLES
    REFERENCE.mkdir(exist_ok=True)
    for name, make in PAGES.items():
        (REFERENCE / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()
