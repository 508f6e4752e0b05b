"""What kind of source a file is, from what stands in it. The name of the file is only asked when the content leaves it open."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from enduse.errors import SourceRefused
from enduse.intake import documents, files, kinds_forms, lists
from enduse.intake.kinds_forms import Part
from enduse.intake.lists import header as list_header
from enduse.intake.press import mail

Kind = Literal["customs", "statistics", "watchlist", "ownership", "press", "order"]
READ_KINDS: tuple[Kind, ...] = ("customs", "statistics", "watchlist", "ownership", "press")

# Roles that only records of trade have, and those that at least one of them must have.
_TRADE = frozenset(
    """declaration_id date exporter_name exporter_id importer_name importer_id description hs_code quantity net_kg gross_kg value value_usd unit_price
    customs_office container bill_of_lading""".split()
)
_TELLING = frozenset(
    "declaration_id exporter_name exporter_id importer_name importer_id description hs_code container bill_of_lading".split()
)
_FIRM = frozenset(
    "exporter_name exporter_id importer_name importer_id declaration_id bill_of_lading container description manufacturer".split()
)
SURE = 0.5

_STATISTICS = frozenset(
    """reporter partner reporter_code partner_code reportercode partnercode reporter_iso partner_iso reporteriso partneriso reporterdesc partnerdesc flow flowcode flow_code flowdesc trade_flow
    tradeflow trade_code cmdcode commodity_code aggregate_level aggrlevel cifvalue fobvalue primaryvalue period refyear refmonth freqcode stat_procedure isreported isaggregate""".split()
)
_PERIOD = frozenset(
    "year month period refyear refmonth refperiodid quarter time time_period timeperiod год месяц период рік місяць año mes ano 年 月".split()
)
_OWNER = re.compile(
    r"\b(owner|owners|shareholder|shareholders|interested party|beneficial|ubo|ownership|parent|controller|director|holder|учредитель|акционер|владелец|бенефициар|участник|ortak|accionista)\b|股东"
)


@dataclass(frozen=True)
class Detected:
    """What a file is and what told so. `sheets` names the sheets of a workbook, or the files of an archive, of that kind.

    `parts` are all files of an archive, or all sheets of a workbook with several, of whatever kind; else empty.
    """

    kind: Kind
    reason: str
    sheets: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


def detect(path: Path, kind: Kind | None = None, *, max_unpacked_bytes: int = 4_000_000_000) -> Detected:
    """The kind of a file by its content. Where the user says the `kind`, only what no kind can be is refused.

    Raises SourceRefused for what is missing, empty, binary or of no kind that can be told.
    """
    from enduse.intake.reading.files import form_of, is_html
    from enduse.intake.reading.unpacking import opened

    form = form_of(path)
    if form == "archive":
        return kinds_forms.archive(path, kind, detect, max_unpacked_bytes)
    if form == "packed":
        with opened(path, limit=max_unpacked_bytes) as file:
            return detect(file.path, kind, max_unpacked_bytes=max_unpacked_bytes)
    if form == "xml" and "<!ENTITY" in _text(files.head(path)):
        # The readers refuse it too, but a source that only fails in a run would stop the whole case.
        raise SourceRefused(
            "the XML declares entities or outside references",
            where=path.name,
            fix="A table or list has no need of them: get it from its publisher",
        )
    if kind is not None:
        return _as_said(path, kind, form, max_unpacked_bytes)
    if form in ("pdf", "docx"):
        documents.open_text(path)
        return Detected("press", {"pdf": "a PDF document", "docx": "a Word document"}[form])
    if form == "workbook":
        return kinds_forms.workbook(path, max_unpacked_bytes, _table)
    if form == "parquet":
        return _table(path, (), max_unpacked_bytes)
    sample = files.head(path)
    if is_html(sample) or (form not in ("json", "xml") and mail.looks(sample[:16_384])):
        documents.open_text(path)
        return Detected("press", "a web page" if is_html(sample) else "a message")
    known = lists.layout(path)
    if known and known != lists.ftm.LAYOUT:
        return Detected("watchlist", known)
    text = _text(sample)
    if _binary(text):
        raise _no_text(path)
    if form == "json" or text.lstrip()[:1] in ("{", "["):
        found = kinds_forms.of_json(text)
        return Detected(*found) if found else _table(path, (), max_unpacked_bytes)
    if form != "xml" and is_prose(text):
        documents.read(path, path.name)
        return Detected("press", "sentences, not columns")
    return _table(path, (), max_unpacked_bytes)


def _no_text(path: Path) -> SourceRefused:
    return SourceRefused(
        "this is a binary file, not a text or a table", where=path.name, fix="Export it as CSV, xlsx or plain text"
    )


def _as_said(path: Path, kind: Kind, form: str, limit: int) -> Detected:
    """A file whose kind the user states: checked as far as that kind can be without reading it whole."""
    from enduse.intake import reading

    said = "as stated"
    if kind == "press":
        documents.read(path, path.name)
        return Detected(kind, said)
    if form in ("text", "gzip", "zip") and _binary(_text(files.head(path))):
        raise _no_text(path)
    if kind in ("customs", "order"):
        reading.peek(path, max_unpacked_bytes=limit)
    if form != "workbook":
        return Detected(kind, said)
    sheets = reading.sheets(path, max_unpacked_bytes=limit)
    if kind in ("customs", "order") and len(sheets) > 1:
        # A sheet of remarks is no table of trade, whatever the file is; where no sheet looks like one, all are taken as said.
        sheets = list(kinds_forms.tables(path, sheets, limit)) or sheets
    return Detected(kind, said, tuple(sheets))


def _text(sample: bytes) -> str:
    return sample.decode(files.encoding(sample), "replace").lstrip("\ufeff")


def _binary(text: str) -> bool:
    """Whether more than a twentieth of the characters are controls or could not be decoded: damage to a text is rarer."""
    odd = len(re.findall("[\x00-\x08\x0e-\x1a\x1c\x1d\ufffd]", text))
    return odd * 20 > len(text)


def is_prose(text: str) -> bool:
    """Sentences rather than columns: what stands first is no header, or the rest does not fall into cells under it."""
    from enduse.intake.reading.dialect import find_dialect

    lines = [line for line in text.splitlines(keepends=True) if line.strip()][:400]
    if not lines:
        return True
    # A full stop that ends a sentence stands after a word of two letters and more; CJK texts have their own.
    ends = len(re.findall(r"[^\W\d_]{2}[.!?…][\"'»”’)\]]*(?=\s|$)", text)) + len(re.findall("[。！？]", text))
    dialect = find_dialect(lines)
    usual = dialect.delimiter in ",;\t|"
    try:
        records = [r for r in csv.reader(lines, delimiter=dialect.delimiter, quotechar=dialect.quote) if r][:300]
    except csv.Error:
        records = [line.split(dialect.delimiter) for line in lines]
    # A colon or another sign parts headlines too: under it, a header has three cells and more.
    start = next((i for i, r in enumerate(records[:20]) if _heading(r) and (usual or len(r) > 2)), None)
    if start is None:
        # No line of short words: a list of names in one column has no sentences in it.
        return ends > 0
    body = records[start + 1 :]
    if not body:
        return False
    even = sum(1 for r in body if len(r) == len(records[start])) / len(body)
    cells = sorted(len(c) for r in body for c in r)
    wordy = cells[len(cells) // 2] > 60
    if len(records[start]) >= 5 and not wordy:
        return even < 0.1 and ends > len(body)
    return ends > 0 and (even < 0.5 or (wordy and ends >= len(body)))


def _heading(record: Sequence[str]) -> bool:
    """Whether a line can be a header: several cells, each of few words, none a sentence."""
    cells = [c.strip() for c in record]
    filled = [c for c in cells if c]
    if len(filled) < 2 or len(filled) < len(cells) / 2:
        return False
    return all(
        len(c) <= 80 and len(c.split()) <= 8 and not re.search(r"[^\W\d_]{2}[.!?…]$|[。！？]", c) for c in filled
    )


def _table(path: Path, sheets: tuple[str, ...], limit: int, sheet: str | None = None) -> Detected:
    from enduse.intake import mapping, reading, statistics

    peek = reading.peek(path, max_unpacked_bytes=limit, sheet=sheet)
    columns, sample = peek.columns, peek.sample
    folded = [list_header.fold(c) for c in columns]
    keys = {f.replace(" ", "_") for f in folded} | {f.replace(" ", "") for f in folded}
    words = {w for f in folded for w in f.split()}
    head = list_header.read(columns)
    named = set(head.at("name")) if head.listlike else set()
    proposed = [
        r for r in mapping.propose(columns, sample, name=path.name) if r.role != "ignore" and r.confidence >= SURE
    ]
    # What a list calls a name is no text of goods.
    roles = {r.role: r.confidence for r in proposed if not (r.role == "description" and r.position - 1 in named)}
    if head.names and head.listlike >= 4:
        return Detected("watchlist", "names beside columns of a list: " + ", ".join(_listlike(head)[:4]), sheets)
    holders = _holders(columns, {r.position - 1: r.role for r in proposed})
    if holders:
        return Detected("ownership", f"columns {', '.join(holders[:3])}", sheets)
    totals = statistics.sniff(columns, sample, path.name)
    goods = roles.keys() & {
        "hs_code",
        "quantity",
        "net_kg",
        "gross_kg",
        "description",
        "declaration_id",
        "container",
        "bill_of_lading",
    }
    if (
        head.names
        and head.listlike >= (1 if not goods else 3)
        and not (totals or _statistical(keys, words, columns, sample))
    ):
        return Detected("watchlist", "names beside columns of a list: " + ", ".join(_listlike(head)[:4]), sheets)
    reason = totals or _statistical(keys, words, columns, sample)
    if reason and not _firms(roles, columns, sample):
        return Detected("statistics", reason, sheets)
    trade = sorted(roles.keys() & _TRADE)
    if roles.keys() & _TELLING and len(trade) >= 2:
        return Detected("customs", "columns of " + ", ".join(trade[:5]), sheets)
    told = len({place for places in head.parts.values() for place in places})
    if head.names and not goods and (len(columns) <= 3 or told >= 0.6 * len(columns)):
        return Detected(
            "watchlist", f"a column of names ({columns[head.at('name')[0]] if head.at('name') else columns[0]})", sheets
        )
    if len(columns) == 1 and not trade and _names(sample):
        return Detected("watchlist", kinds_forms.LINES, sheets)
    if set(trade) & (_TELLING - {"description"}):
        return Detected("customs", "column of " + ", ".join(trade), sheets)
    raise SourceRefused(
        f"its columns tell no kind of source ({', '.join(columns[:6])})",
        where=path.name,
        fix="Say what it is: --kind customs (then give a mapping file), watchlist, ownership, statistics or press",
    )


def _holders(columns: Sequence[str], roles: dict[int, str]) -> list[str]:
    """The columns of owners and owned, of a file that has nothing of trade beside them. `roles` are by place."""
    from enduse.intake.ownership import table as ownership_table

    told = ownership_table.header(columns)
    beside = {role for place, role in roles.items() if place not in {*told.at.values(), *told.shares}}
    if beside & {"hs_code", "description", "declaration_id", "quantity", "net_kg", "value"}:
        return []
    if not told.usable or not any(_OWNER.search(list_header.fold(c)) and "vessel" not in c.casefold() for c in columns):
        return []
    return [columns[told.at[k]] for k in ("owner_name", "owner_id", "owned_name", "owned_id") if k in told.at]


def _names(sample: Sequence[Sequence[str | None]]) -> bool:
    """Whether the lines can be names: of letters, of a few words, hardly one twice."""
    cells = [r[0] for r in sample if r and r[0]]
    fit = sum(1 for c in cells if len(c.split()) <= 15 and sum(map(str.isalpha, c)) > len(c) / 2)
    return bool(cells) and fit >= 0.9 * len(cells) and len(set(cells)) > 0.8 * len(cells)


def _listlike(head: list_header.Header) -> list[str]:
    return [c for c in head.columns if list_header.Header((c,)).listlike]


def _countries(column: str, values: Sequence[str | None]) -> bool:
    """Whether a column holds countries and nothing else to speak of; numeric codes count only under a name that says so."""
    from enduse.reference import countries

    numeric = bool(
        {"country", "partner", "reporter", "exporter", "importer", "area", "origin", "destination"}
        & set(list_header.fold(column).split())
    )
    filled = [v for v in values if v][:200]
    known = sum(1 for v in filled if (numeric if v.isdigit() else countries.code(v) or v in ("World", "EU27")))
    return len(filled) > 0 and known >= 0.8 * len(filled)


def _firms(roles: dict[str, float], columns: Sequence[str], sample: Sequence[Sequence[str | None]]) -> bool:
    """Whether the file has firms, papers or goods texts: then it is of records, not of totals."""
    found = roles.keys() & _FIRM
    named = {"exporter_name", "importer_name"} & found
    if named and found <= {"exporter_name", "importer_name"}:
        # `exporter` and `importer` of a statistic are countries.
        places = [i for i, c in enumerate(columns) if re.search("export|import|report|partner", c, re.IGNORECASE)]
        return not all(_countries(columns[i], [r[i] for r in sample if i < len(r)]) for i in places[:4])
    if {"reporter", "partner"} <= {w for c in columns for w in list_header.fold(c).split()}:
        found -= {"description"}  # of a statistic it is the text of the commodity code
    return bool(found - {"description"}) or ("description" in found and "hs_code" not in roles)


def _statistical(
    keys: set[str], words: set[str], columns: Sequence[str], sample: Sequence[Sequence[str | None]]
) -> str | None:
    """What speaks for published totals: reporter and partner, a flow, periods beside countries."""
    found = keys & _STATISTICS
    if ({"reporter", "partner"} & words or {"partneriso", "reporteriso", "reportercode", "partnercode"} & keys) and (
        found - {"period"} or words & _PERIOD
    ):
        return "columns of trade statistics: " + ", ".join(sorted(found or words & _PERIOD)[:4])
    if words & _PERIOD:
        lands = [c for i, c in enumerate(columns) if _countries(c, [r[i] for r in sample if i < len(r)])]
        if lands:
            return f"countries ({lands[0]}) by {', '.join(sorted(words & _PERIOD)[:2])}"
    if words & {"period", "year", "год", "año"}:
        return "totals by period"
    if len(found) >= 3:
        return "columns of trade statistics: " + ", ".join(sorted(found)[:4])
    return None
