"""The dossier as data: what each chapter says, with full values. Nothing here is formatted; `render` does that.

Text that comes from a source is plain `str` and is escaped where it is printed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from enduse.contracts.run import RunInfo
from enduse.dossier.ledger import Ledger
from enduse.dossier.prices import Prices

if TYPE_CHECKING:
    from enduse.dossier.chains import Chains
    from enduse.dossier.lanes import Lanes

Value = Decimal | dt.date | None
Mark = Literal["declared", "inferred", "asserted", "apparent"]


@dataclass(frozen=True)
class Figure:
    """One line of the FIGURE contract with its numbers read. Dates have the unit `date`."""

    id: str
    label: str
    definition: str
    value: Value
    low: Value
    high: Value
    strict: Value
    broad: Value
    unit: str
    rows: int
    coverage: str
    method: str
    mark: Mark
    measure: str
    subject: str = ""
    subject_id: str = ""
    rank: int | None = None
    lever: str = ""


@dataclass(frozen=True)
class Choice:
    """How far one choice alone moves a figure, below and above its central value; None where it cannot be made so."""

    choice: str
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True)
class Span:
    """A piece of running text: plain, strong (a figure), mark (a quoted span), source (somebody else's words), range (kept on one line) or a link inside the file."""

    text: str
    kind: Literal["plain", "strong", "mark", "link", "source", "range"] = "plain"
    href: str = ""


@dataclass(frozen=True)
class Line:
    """One line of a ranking: who, the figure behind it, and names for a reader."""

    figure: Figure
    name: str
    code: str = ""  # country, where the line is a firm or a country
    party_id: str = ""
    latin: str = ""  # a declared spelling in Latin letters, where the name is in another script


@dataclass(frozen=True)
class Ranking:
    """A measure over its subjects, largest first (months: in order)."""

    measure: str
    title: str
    finding: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Leg:
    """Goods from one country to another. `declared` legs stand in records; others follow from the country of making."""

    start: str
    end: str
    value: Decimal
    rows: int
    without_value: int
    declared: bool


@dataclass(frozen=True)
class Routes:
    legs: tuple[Leg, ...]
    unplaced_rows: int  # rows that do not state both ends
    unplaced_value: Decimal


@dataclass(frozen=True)
class Row:
    """One record behind a figure, as declared and as read."""

    shipment_id: str
    source: str
    row: int
    date: dt.date | None
    date_precision: str
    exporter: str
    exporter_country: str
    exporter_party: str
    importer: str
    importer_country: str
    importer_party: str
    description: tuple[Span, ...]
    hs_code: str
    quantity: Decimal | None
    unit: str
    net_kg: Decimal | None
    value_usd: Decimal | None
    value: Decimal | None
    currency: str
    usd_basis: str
    unread: frozenset[str]
    quantity_text: str
    net_kg_text: str
    value_text: str
    brand: str
    model: str
    family: str
    confidence: float | None
    basis: str
    item: str
    strict: bool


@dataclass(frozen=True)
class Evidence:
    """The first rows of a figure. `total` is how many the central reading counts."""

    figure: Figure
    rows: tuple[Row, ...]
    total: int


@dataclass(frozen=True)
class Spelling:
    script: str
    lang: str
    name: str
    country: str
    method: str
    score: float | None
    rows: int | None


@dataclass(frozen=True)
class Hit:
    list: str
    entry_id: str
    entry_name: str
    score: float | None
    decision: str
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]
    query: str


@dataclass(frozen=True)
class PartyCard:
    id: str
    name: str
    lang: str
    latin: str  # a declared spelling in Latin letters, where the name is in another script
    country: str
    kind: str
    identifiers: tuple[str, ...]
    roles: tuple[str, ...]
    rows: int
    value: Decimal | None
    spellings: tuple[Spelling, ...]
    spellings_total: int
    hits: tuple[Hit, ...]
    hits_total: int
    asked: tuple[str, ...]  # lists asked, where there is no hit


@dataclass(frozen=True)
class AsideHit:
    """The best hit of a firm that stands on no counted row."""

    party_id: str
    name: str
    country: str
    hit: Hit


@dataclass(frozen=True)
class Parties:
    cards: tuple[PartyCard, ...]
    aside: tuple[AsideHit, ...]  # firms with a hit that no counted row names
    aside_total: int
    total: int
    names: int
    decisions: dict[str, int]
    lists: tuple[str, ...]  # list files of the case
    counted: int  # firms on the counted rows


@dataclass(frozen=True)
class Link:
    name: str
    type: str
    cue: str
    explicit: bool


@dataclass(frozen=True)
class Verdict:
    """What the records say to a claim, read in one way."""

    word: str
    reason: str
    scope: str
    figure_id: str
    would_refute: str


@dataclass(frozen=True)
class Statement:
    """One claim with its sentence; figures in it are marked spans."""

    id: str
    doc: str
    ref_date: dt.date | None
    section: str
    sentence: tuple[Span, ...]
    figures: tuple[str, ...]  # as they stand in the sentence
    start: int
    end: int
    kind: str
    status: str
    stage: str
    stance: str
    polarity: str
    chain: tuple[Link, ...]
    root: str
    root_key: str
    slots: tuple[tuple[str, str], ...]
    denial: bool
    verdicts: tuple[Verdict, ...] = ()


@dataclass(frozen=True)
class Counter:
    """Statements to print beside a figure, in order of date, and how many more the board holds."""

    shown: tuple[Statement, ...]
    more: int


@dataclass(frozen=True)
class Difference:
    id: str
    type: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Cluster:
    id: str
    label: str
    claims: int
    docs: int
    roots: int
    independence: str
    statements: tuple[Statement, ...]
    drifts: tuple[Difference, ...]
    contradictions: tuple[Difference, ...]


@dataclass(frozen=True)
class Claims:
    clusters: tuple[Cluster, ...]
    total: int
    clusters_total: int
    docs: int
    denials: int


@dataclass(frozen=True)
class GoodsLine:
    family: str
    basis: str
    rows: int
    value: Decimal | None
    without_value: int
    vague: int


@dataclass(frozen=True)
class VagueExporter:
    """An exporter of counted rows and how many of its texts do not say what the goods are."""

    party_id: str
    name: str
    country: str
    rows: int
    vague: int


@dataclass(frozen=True)
class Wording:
    """Texts of one exporter in the year before and after a rule: records, and how many of them are vague (or name no model)."""

    exporter: str
    rule: str
    day: dt.date
    measure: str
    before: tuple[int, int]
    after: tuple[int, int]
    change: float
    low: float
    high: float
    verdict: str


@dataclass(frozen=True)
class Goods:
    lines: tuple[GoodsLine, ...]
    rows: int
    vague: int
    vague_rules: tuple[tuple[str, int], ...]
    controls: tuple[tuple[str, int], ...]
    vague_exporters: tuple[VagueExporter, ...] = ()
    wording: tuple[Wording, ...] = ()


@dataclass(frozen=True)
class Step:
    code: str
    label: str
    kind: str
    rows: int
    value: Decimal | None
    without_value: int


@dataclass(frozen=True)
class Account:
    source: str
    kind: str
    sha256: str
    read: int
    loaded: int
    rejected: int
    duplicates: int
    format: str
    first: str
    last: str
    closes: bool


@dataclass(frozen=True)
class Refusal:
    source: str
    reason: str
    rows: int
    examples: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Repeat:
    source: str
    reason: str
    rows: int


@dataclass(frozen=True)
class CoverageLine:
    source: str
    months: tuple[tuple[str, int], ...]
    fields: tuple[tuple[str, int, int], ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class LeftOut:
    steps: tuple[Step, ...]
    accounts: tuple[Account, ...]
    refusals: tuple[Refusal, ...]
    repeats: tuple[Repeat, ...]
    coverage: tuple[CoverageLine, ...]


@dataclass(frozen=True)
class Column:
    column: str
    role: str
    confidence: float
    reader: str
    reason: str


@dataclass(frozen=True)
class Mapped:
    source: str
    read: tuple[Column, ...]
    ignored: tuple[Column, ...]


@dataclass(frozen=True)
class IndicatorLine:
    rule: str
    source: str
    strength: str
    subject_kind: str
    subjects: int
    first: str


@dataclass(frozen=True)
class Dossier:
    """The whole document. Chapters that the case has nothing for are None or empty."""

    title: str
    question: str
    simulated: bool
    run: RunInfo
    scope: tuple[tuple[str, str], ...]
    window: str
    sources: str
    answer: tuple[tuple[Span, ...], ...]
    lead: Figure | None
    cards: tuple[Figure, ...]
    choices: dict[str, tuple[Choice, ...]]  # by figure id, the strongest first
    rankings: dict[str, Ranking]
    routes: Routes | None
    chains: Chains | None
    lanes: Lanes | None
    parties: Parties | None
    claims: Claims | None
    counter: dict[str, Counter]  # by figure id: what was said against it
    ledger: Ledger | None
    goods: Goods | None
    prices: Prices | None
    indicators: tuple[IndicatorLine, ...]
    left: LeftOut
    mapping: tuple[Mapped, ...]
    methods: tuple[tuple[str, tuple[str, ...]], ...]
    settings: tuple[tuple[str, str], ...]
    evidence: tuple[Evidence, ...]
