"""The answers of the application as types: what the front end counts on."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

Number = int | float
Maybe = Number | None


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Loose(BaseModel):
    model_config = ConfigDict(extra="allow")


class Stage(Shape):
    stage: str
    done: bool


class SourceLine(Shape):
    source: str
    kind: str
    sha256: str
    records_read: int
    loaded: int
    rejected: int
    duplicates: int
    sealed: bool
    seal: str | None


class Totals(Shape):
    rows: int
    lots: int
    value_usd: Maybe
    firms: int
    sources: int
    rejected: int
    duplicates: int
    loaded: int
    first_date: dt.date | None
    last_date: dt.date | None


class Piece(Shape):
    text: str
    kind: Literal["plain", "strong", "mark", "link", "source", "range"]
    href: str


class CaseHead(Shape):
    title: str
    question: str
    folder_name: str
    simulated: bool
    run_id: str
    version: str
    engine: str
    replay: list[str]
    stale: list[str]
    stages: list[Stage]
    views: dict[str, bool]
    totals: Totals
    coverage: list[str]
    sources: list[SourceLine]
    answer: list[str]
    answer_spans: list[list[Piece]]
    watch: str


class Ranged(Shape):
    value: Maybe
    low: Maybe
    high: Maybe
    unstated: int


class Sums(Shape):
    rows: int
    lots: int
    value_usd: Ranged
    kg: Maybe
    pieces: Maybe
    firms: int
    first_date: dt.date | None
    last_date: dt.date | None


class Option(Shape):
    value: str
    label: str
    count: int
    selected: bool


class FacetList(Shape):
    name: str
    label: str
    options: list[Option]
    more: int


class Month(Shape):
    month: str
    count: int
    in_selection: int


class Facets(Shape):
    facets: list[FacetList]
    dates: list[Month]


class Mark(Shape):
    mark: Literal["vague", "price", "chain", "duplicate", "listed", "indicator"]
    label: str
    id: str | None


class Row(Shape):
    shipment_id: str
    source: str
    row: int
    date: dt.date | None
    date_precision: Literal["day", "month", "year"] | None
    direction: str | None
    seller: str | None
    seller_party: str | None
    seller_country: str | None
    buyer: str | None
    buyer_party: str | None
    buyer_country: str | None
    description: str | None
    hs_code: str | None
    quantity: Maybe
    unit: str | None
    net_kg: Maybe
    value: Maybe
    currency: str | None
    value_usd: Maybe
    origin_country: str | None
    departure_country: str | None
    destination_country: str | None
    family: str | None
    brand: str | None
    model: str | None
    evidence: Literal["code_and_text", "words_alone", "code_alone"] | None
    vague: bool
    marks: list[Mark]


class Page(Shape):
    total: int
    offset: int
    rows: list[Row]


class Raw(Shape):
    text: str | None
    spans: list[tuple[int, int, str]]
    note: str


class ReadAs(Shape):
    what: str
    in_record: str | None
    read_as: str | None
    how: str | None
    score: Maybe


class CountsFigure(Shape):
    figure_id: str
    label: str
    value: Number | str | None
    unit: str | None
    readings: list[Literal["strict", "central", "broad"]]


class CountsChain(Shape):
    chain_id: str
    position: int
    hops: int
    continuity: float
    concern: float


class CountsIndicator(Shape):
    rule_id: str
    source: str
    strength: str | None
    evidence: str | None


class Counts(Shape):
    figures: list[CountsFigure]
    chains: list[CountsChain]
    indicators: list[CountsIndicator]


class Pair(Shape):
    left: str
    right: str


class Side(Shape):
    side: Literal["seller", "buyer"]
    party_id: str | None
    name: str | None
    party_name: str | None
    country: str | None
    score: Maybe
    method: str | None
    reasons: list[str]
    judgements: list[dict[str, str]]
    pair: Pair | None


class FromSource(Shape):
    source: str
    sha256: str
    kind: str
    row: int
    sealed: bool


class Shipment(Shape):
    shipment: dict[str, Any]
    title: str
    raw: Raw
    read_as: list[ReadAs]
    goods: dict[str, Any] | None
    price: dict[str, Any] | None
    duplicate_of: str | None
    duplicates: list[str]
    counts_in: Counts
    parties: list[Side]
    source: FromSource
    citation: str


class PartyLine(Shape):
    party_id: str
    name: str
    country: str | None
    kind: str | None
    names: int
    rows: int
    value_usd: Maybe
    hits: int
    first_date: dt.date | None
    last_date: dt.date | None
    roles: list[str]


class PartyPage(Shape):
    total: int
    offset: int
    rows: list[PartyLine]


class Spelling(Shape):
    name: str
    country: str | None
    identifier: str | None
    method: str
    score: Maybe
    rows: int
    script: str
    lang: str
    against: list[str]
    # `for` is a word of Python
    model_config = ConfigDict(extra="allow")


class Party(Shape):
    party: Loose
    names: list[Spelling]
    hits: list[Loose]
    asked: list[Loose]
    links: list[Loose]
    pairs: list[Loose]
    series: list[Loose]
    top: dict[Literal["sellers", "buyers"], list[Loose]]


class ChainLine(Loose):
    chain_id: str
    rank: int
    continuity: float
    concern: float
    hops: int
    rivals: int
    reasons: list[str]
    parties: list[dict[str, str | None]]


class ChainPage(Shape):
    total: int
    offset: int
    expected_false: Maybe
    rows: list[ChainLine]
    quality: list[Loose]
    hubs: list[Loose]


class Chain(Shape):
    chain: Loose
    hops: list[Loose]
    alternatives: list[Loose]
    sentence: str


class Claims(Shape):
    total: int
    offset: int
    clusters: list[Loose]
    ledger: list[Loose]


class Document(Shape):
    source: str
    sha256: str
    encoding: str | None
    outlet: str | None
    date: dt.date | None
    title: str
    text: str
    claims: list[Loose]


class Routes(Shape):
    mirror_gap: list[Loose]
    route_break: list[Loose]
    substitution: list[Loose]
    lost_in_transit: list[Loose]
    route_coverage: list[Loose]
    route_test: list[Loose]
    moved: int
    verdicts: dict[str, int]
    pictures: list[Loose]
    note: str


class Said(Shape):
    claim_id: str
    denial: bool
    quote: str
    outlet: str
    date: dt.date | None
    reason: str | None


class Against(Shape):
    said: list[Said]
    more: int


class FigureLine(Loose):
    figure_id: str
    label: str
    value: Number | str | None
    low: Number | str | None
    high: Number | str | None
    unit: str
    rows: int
    readings: dict[Literal["strict", "central", "broad"], Number | str | None]
    choices: list[Loose]
    counter: Against


class Figures(Shape):
    figures: list[FigureLine]
    lead: str | None
    waterfall: list[Loose]
    left_out: list[Loose]


class Node(Shape):
    id: str
    label: str | None
    country: str | None
    role: Literal["maker", "trader", "hub", "consignee", "forwarder"]
    rows: int
    value_usd: Maybe
    x: float
    y: float
    listed: bool


class Network(Shape):
    nodes: list[Node]
    edges: list[Loose]
    firms: int
    drawn: int
    unnamed: int
    note: str


class Map(Shape):
    places: list[Loose]
    flows: list[Loose]
    outlines: str | None
    note: str


class Timeline(Shape):
    lanes: list[Loose]
    months: list[Loose]
    events: list[Loose]
    firms: int
    drawn: int
    note: str


class Question(Shape):
    left: str
    right: str
    left_country: str
    right_country: str
    left_identifier: str
    right_identifier: str
    rows: int
    usd: Maybe
    worth: Maybe


class Review(Shape):
    left: int
    questions: list[Question]


class Elsewhere(Shape):
    state: Literal["running", "newer"]
    run_id: str | None


class RunState(Shape):
    state: Literal["idle", "running", "done", "failed"]
    stage: str | None
    step: str | None
    number: int | None
    of: int | None
    stages_done: list[str]
    started: str | None
    notes: list[str]
    error: dict[str, str] | None
    elsewhere: Elsewhere | None = None


class FileLine(Shape):
    row: int
    line: int | None
    sheet_row: int | None
    bytes: tuple[int, int] | None
    text: str
    length: int
    spans: list[tuple[int, int, str]]
    here: bool
    place: str


class FileLines(Shape):
    shipment_id: str
    source: str
    file: str
    sheet: str | None
    format: str | None
    sha256: str
    records: int | None
    columns: list[str]
    tabs: bool
    lines: list[FileLine]
