"""The small functions the templates print with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

from enduse.dossier import numbers
from enduse.dossier.figures import RANKINGS, is_line, signed, write_figure
from enduse.dossier.model import Choice, Cluster, Evidence, Figure, GoodsLine, Row, Span, Statement, Step
from enduse.dossier.places import name_of
from enduse.dossier.text import cut, lang_of, visible

FAR = 3  # readings that differ by this factor are warned of
UNITS = {"C62": "pcs", "KGM": "kg", "MTR": "m", "LTR": "l", "MTK": "m²", "NPR": "pairs", "TNE": "t"}


def source_text(text: object, country: str = "") -> Markup:
    """Text of a source: escaped, isolated in its own direction, with its language as far as it is known."""
    shown = visible(str(text))
    lang = lang_of(shown, country)
    tag = Markup(' lang="{}"').format(lang) if lang else Markup("")
    return Markup('<bdi dir="auto"{}>{}</bdi>').format(tag, escape(shown))


def broad_only(figure: Figure) -> str:
    """What the broad reading says where the central one counts no row; nothing otherwise."""
    if figure.value is not None or figure.broad is None:
        return ""
    if isinstance(figure.broad, Decimal):
        return f"broad reading only: {numbers.written(figure.broad, figure.unit).short}"
    return f"broad reading only: {numbers.day(figure.broad)}"


def far_apart(figure: Figure) -> str:
    """A warning where the readings are so far apart that the central one must not stand alone; nothing otherwise."""
    value, strict, broad = (
        v if isinstance(v, Decimal) else Decimal(0) for v in (figure.value, figure.strict, figure.broad)
    )
    if value > 0 and broad >= FAR * value:
        return f"The broad reading is {numbers.grouped(broad / value)} times the central one: the range has to be printed with the value, and the lever with the range."
    if strict > 0 and value >= FAR * strict:
        return f"The central reading is {numbers.grouped(value / strict)} times the strict one: the range has to be printed with the value, and the lever with the range."
    return ""


def scale_word(figure: Figure) -> str:
    """The unit a figure is written in: `m USD`."""
    return write_figure(figure).unit


def file_name(name: str) -> Markup:
    """A file name that may break after a separator, not inside a word."""
    pieces = re.split(r"(?<=[_./-])", visible(name))
    return Markup('<bdi dir="auto">{}</bdi>').format(Markup("<wbr>").join(pieces))


def plural(count: int, word: str) -> str:
    return word if count == 1 else f"{word}s"


def month_list(months: tuple[str, ...]) -> str:
    """`Nov 2022, Jan–Mar 2023`: runs of months are joined."""
    runs: list[list[str]] = []
    for month in months:
        year, number = int(month[:4]), int(month[5:7])
        before = f"{year - 1:04d}-12" if number == 1 else f"{year:04d}-{number - 1:02d}"
        if runs and runs[-1][-1] == before:
            runs[-1].append(month)
        else:
            runs.append([month])
    words = []
    for run in runs[:24]:
        first, last = numbers.month(run[0]), numbers.month(run[-1])
        words.append(
            first if len(run) == 1 else f"{first[:3]}–{last}" if run[0][:4] == run[-1][:4] else f"{first}–{last}"
        )
    more = f" and {len(runs) - 24} more gaps" if len(runs) > 24 else ""
    return ", ".join(words) + more


def step_value(step: Step) -> str:
    """The value of a waterfall step; not readable where every row of it lacks one."""
    if step.value is None or (step.rows and step.without_value == step.rows):
        return numbers.NOT_READABLE if step.rows else "0"
    return ("−" if step.kind == "left_out" and step.value else "") + numbers.money(step.value)


def when(row: Row) -> str:
    """The date as finely as it was declared."""
    if row.date is None:
        return numbers.NOT_READABLE if "date" in row.unread else numbers.NOT_STATED
    text = row.date.isoformat()
    return {"month": text[:7], "year": text[:4]}.get(row.date_precision, text)


def cell(row: Row, column: str) -> str:
    """A number of a record, or the mark that says why there is none."""
    value: Decimal | None = getattr(row, column)
    if value is None:
        unread = column in row.unread or (column == "value_usd" and "value" in row.unread)
        return numbers.NOT_READABLE if unread else numbers.NOT_STATED
    if column == "quantity":
        unit = UNITS.get(row.unit, cut(row.unit, 12))
        return f"{numbers.plain(value, 3)}{numbers.NBSP}{visible(unit)}" if unit else numbers.plain(value, 3)
    return numbers.plain(value, 3 if column == "net_kg" else 2)


def counts(figure: Figure, lead: Figure) -> str | Markup:
    """The definition of a figure; where only its first words differ from the first figure's, only those."""
    shared = lead.definition
    at = shared.find(", over ")
    tail = shared[at:] if at > 0 else ""
    if tail and figure is not lead and figure.definition.endswith(tail):
        return Markup('{}. Scope as <span class="nb">{}</span>.').format(figure.definition[: -len(tail)], lead.id)
    return figure.definition


def headline(figure: Figure, lead: Figure) -> str:
    """The label of a card without the scope it shares with the first figure."""
    head, colon, scope = figure.label.partition(": ")
    return head if colon and lead.label.endswith(f": {scope}") else figure.label


def covers(figure: Figure, lead: Figure) -> str | Markup:
    """The coverage of a card: sentences it shares with the first figure are not said again."""
    as_lead = Markup('Files and fields as <span class="nb">{}</span>.').format(lead.id)
    own, first = figure.coverage.split(". "), lead.coverage.split(". ")
    same = 0
    while same < min(len(own), len(first)) and own[same].rstrip(".") == first[same].rstrip("."):
        same += 1
    if not same:
        return figure.coverage
    return as_lead + " " + ". ".join(own[same:]) if len(own) > same else as_lead


def lever(figure: Figure, choices: dict[str, tuple[Choice, ...]]) -> str:
    """The choice that moves a figure most, on the figure's own scale; the stated lever where no choice is computed."""
    found = choices.get(figure.id)
    if not found:
        return figure.lever
    sides = [
        (c.choice, word, change) for c in found for word, change in (("stricter", c.low), ("broader", c.high)) if change
    ]
    if not sides:
        return "No choice moves it."
    choice, word, change = max(sides, key=lambda x: abs(x[2]))
    part = (
        f" ({'+' if change > 0 else ''}{numbers.grouped(change * 100 / figure.value)}{numbers.NBSP}%)"
        if isinstance(figure.value, Decimal) and figure.value
        else ""
    )
    return f"{choice[:1].upper()}{choice[1:]}, made {word}: {signed(change, figure)}{part}."


def cut_spans(spans: tuple[Span, ...], limit: int) -> tuple[Span, ...]:
    """At most `limit` characters over all pieces; the last one ends in …"""
    out: list[Span] = []
    left = limit
    for number, span in enumerate(spans):
        if left <= 0:
            break
        last = len(span.text) > left or (len(span.text) == left and number + 1 < len(spans))
        text = span.text[: max(0, left - 1)].rstrip() + "…" if last else span.text
        out.append(Span(text, span.kind, span.href))
        left -= len(span.text)
    return tuple(out)


def field_shares(fields: tuple[tuple[str, int, int], ...]) -> str:
    """Fields that are not filled everywhere, the emptiest last; then how many are full."""
    partly = sorted(((n / of, name, n, of) for name, n, of in fields if of and n < of), key=lambda x: (-x[0], x[1]))
    full = sum(1 for _, n, of in fields if of and n >= of)
    words = [f"{name.replace('_', ' ')} {numbers.share(n, of)}" for _, name, n, of in partly]
    return (
        ", ".join([*words, f"{full} {plural(full, 'field')} full" if full else ""]).strip(", ")
        or numbers.NOT_APPLICABLE
    )


def standing(statement: Statement) -> str:
    """How far the deal is and how it is held, in words."""
    parts = []
    if statement.kind and statement.kind != "denial":
        parts.append(statement.kind.replace("_", " "))
    if statement.stage and statement.stage not in ("unspecified", "n/a"):
        parts.append(f"stage: {statement.stage.replace('_', ' ')}")
    if statement.stance:
        parts.append(f"held as: {statement.stance.replace('_', ' ')}")
    elif statement.polarity:
        parts.append(statement.polarity)
    return ", ".join(parts)


def hidden(statements: tuple[Statement, ...], shown: int) -> list[Statement]:
    """The sentences of a matter that fold away: those after the first ones that deny nothing."""
    return [s for number, s in enumerate(statements) if number >= shown and not s.denial]


@dataclass(frozen=True)
class RootGroup:
    name: str
    said: tuple[Statement, ...]
    drift: dict[str, list[object]]


def by_root(cluster: Cluster) -> list[RootGroup]:
    """The sentences of a matter under the source each goes back to, in order of their date; drift stands at its later end."""
    groups: dict[str, list[Statement]] = {}
    for statement in cluster.statements:
        groups.setdefault(statement.root_key or statement.root, []).append(statement)
    out = []
    for said in groups.values():
        place = {s.id: n for n, s in enumerate(said)}
        drift: dict[str, list[object]] = {}
        for difference in cluster.drifts:
            ends = [i for i in (*difference.left, *difference.right) if i in place]
            if ends:
                drift.setdefault(max(ends, key=lambda i: place[i]), []).append(difference)
        out.append(RootGroup(said[0].root, tuple(said), drift))
    return out


@dataclass(frozen=True)
class EvidenceGroup:
    title: str
    of: str
    items: tuple[Evidence, ...]


def groups(evidence: tuple[Evidence, ...]) -> list[EvidenceGroup]:
    """Evidence of ranking lines by ranking."""
    found: dict[str, list[Evidence]] = {}
    for item in evidence:
        if is_line(item.figure):
            measure = item.figure.measure
            found.setdefault("claim:" if measure.startswith("claim:") else measure, []).append(item)
    titles = {measure: title for measure, (_, title) in RANKINGS.items()} | {"claim:": "the answers to press claims"}
    return [
        EvidenceGroup(f"Rows behind {of}", of, tuple(items))
        for m, items in found.items()
        for of in (titles.get(m, m).lower(),)
    ]


def sum_value(lines: tuple[GoodsLine, ...]) -> str:
    values = [line.value for line in lines if line.value is not None]
    return numbers.plain(sum(values, Decimal(0))) if values else numbers.NOT_STATED


def place(code: str) -> str:
    """`CN China`, or the code alone."""
    name = name_of(code)
    return code if name == code else f"{name} ({code})"
