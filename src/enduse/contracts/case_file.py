"""The contract of `case.toml`: what may stand in it, with defaults and limits. The settings page is made from these fields."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Kind = Literal["customs", "statistics", "watchlist", "ownership", "press", "order"]


def _alpha2(value: str) -> str:
    code = value.strip().upper()
    if len(code) != 2 or not code.isalpha() or not code.isascii():
        raise ValueError("a country is two letters (ISO 3166 alpha-2), such as RU or KZ")
    return code


Alpha2 = Annotated[str, AfterValidator(_alpha2)]
Share = Annotated[float, Field(ge=0, le=1)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Scope(_Section):
    """Which rows the figures of the case are about."""

    destination: tuple[Alpha2, ...] = Field((), description="destination countries; empty means any")
    origin: tuple[Alpha2, ...] = Field((), description="countries of origin; empty means any")
    departure: tuple[Alpha2, ...] = Field((), description="countries of departure; empty means any")
    since: dt.date | None = Field(None, description="first day of the window")
    until: dt.date | None = Field(None, description="last day of the window")
    parts: bool = Field(True, description="count parts of the watched goods in the central reading")
    direction: Literal["import", "export", "any"] = Field("any", description="side of the border")


class Intake(_Section):
    mapping_threshold: Share = Field(0.5, description="a column whose role is less sure stays unmapped and is named")
    max_cell_bytes: int = Field(10_000_000, ge=1_000, description="a longer cell is refused with its record")
    max_unpacked_bytes: int = Field(
        4_000_000_000, ge=1_000_000, description="a compressed file or workbook that unpacks to more is refused"
    )


class Goods(_Section):
    strict: Share = Field(0.9, description="confidence a row needs in the strict reading")
    central: Share = Field(0.5, description="confidence a row needs in the central reading")
    broad: Share = Field(0.2, description="confidence a row needs in the broad reading")


class Parties(_Section):
    strict: Share = Field(0.95, description="probability two names need to be merged in the strict reading")
    central: Share = Field(0.92, description="probability two names need to be merged")
    broad: Share = Field(0.8, description="probability two names need to be merged in the broad reading")
    match: Share = Field(0.92, description="a list hit at or above is a match")
    review: Share = Field(0.6, description="a list hit at or above is for review; below it is not listed")


class Press(_Section):
    outlet: dict[str, str] = Field({}, description="outlet of a press file, by alias, where the text does not name it")
    date: dict[str, dt.date] = Field(
        {}, description="publication date of a press file, by alias, where the text does not state it"
    )


class Chains(_Section):
    """How goods are traced through firms."""


class Routes(_Section):
    """How statistics of two countries are set against each other."""


class Settings(_Section):
    intake: Intake = Intake()
    goods: Goods = Goods()
    parties: Parties = Parties()
    chains: Chains = Chains()
    routes: Routes = Routes()
    press: Press = Press()


class Event(_Section):
    """A dated rule or happening to look before and after: a control, a ban, a war."""

    name: str = Field(min_length=1, description="what it is called in tables and pictures")
    date: dt.date = Field(description="first day it was in force")
    announced: dt.date | None = Field(None, description="day it became known, where earlier")
    exporter: tuple[Alpha2, ...] = Field((), description="exporting countries it touches; empty means any")
    importer: tuple[Alpha2, ...] = Field((), description="importing countries it touches; empty means any")
    goods: tuple[str, ...] = Field((), description="commodity codes or families it touches; empty means any")
    source: str = Field("", description="where the date comes from")


class Source(_Section):
    """One file of the case. `mapping` names a file under `mappings/` that overrides what enduse proposes."""

    alias: str = Field(min_length=1, description="name of the file in every table and figure")
    path: str = Field(min_length=1, description="where the file lies, relative to the case folder or absolute")
    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="digest of its bytes when it was added")
    kind: Kind = Field(description="what the file is")
    sheet: str | None = Field(None, description="sheet of a workbook")
    mapping: str | None = Field(None, description="mapping file, relative to the case folder")
    country: Alpha2 | None = Field(None, description="country whose customs made the file, where the file does not say")
    direction: Literal["import", "export", "transit"] | None = Field(
        None, description="side of the border, where the file does not say"
    )
    sealed: bool = Field(
        False, description="the alias does not follow the file name; no output names the path of any source"
    )


class CaseFile(_Section):
    """`case.toml` as a whole."""

    title: str = Field("", description="title of the dossier")
    question: str = Field("", description="the question in words; `scope` is what it was understood to mean")
    watch: str = Field(
        "civil-drones", description="watch profile: its name, `hs:` and a prefix, or a TOML file in the case folder"
    )
    simulated: bool = Field(False, description="the case is made of simulated records and every page says so")
    scope: Scope = Scope()
    settings: Settings = Settings()
    event: tuple[Event, ...] = Field((), description="dated rules to look before and after")
    source: tuple[Source, ...] = ()
