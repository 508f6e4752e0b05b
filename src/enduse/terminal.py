"""What the commands print: plain text that reads well at 80 columns, and progress on stderr where there is a terminal."""

from __future__ import annotations

import json
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from enduse.case import Why
    from enduse.contracts.case_file import CaseFile

WIDTH = 80
HEADINGS: dict[str, str] = {
    "by_exporter": "Exporters",
    "by_importer": "Importers",
    "by_brand": "Brands",
    "by_model": "Models",
    "by_origin": "Countries of origin",
    "by_departure": "Countries of departure",
    "by_destination": "Countries of destination",
    "by_month": "Months",
}


class Bars:
    """Progress of a run: bars on a terminal, nothing where stderr is a file or a pipe."""

    def __init__(self) -> None:
        self._bars: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

            columns = (TextColumn("{task.description:<34}"), BarColumn(20), MofNCompleteColumn(), TimeElapsedColumn())
            self._bars = Progress(*columns, console=Console(stderr=True))
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars is not None:
            if kind is None:
                for task in self._tasks.values():
                    self._bars.update(task, completed=self._bars.tasks[task].total)
            self._bars.stop()

    def step(self, stage: str, name: str, number: int, of: int) -> None:
        """A step begins: `number` of `of` in `stage`."""
        if self._bars is None:
            return
        if stage not in self._tasks:
            for task in self._tasks.values():
                self._bars.update(task, completed=self._bars.tasks[task].total)
            self._tasks[stage] = self._bars.add_task(stage, total=of)
        self._bars.update(self._tasks[stage], completed=number - 1, total=of, description=f"{stage}: {name}"[:34])

    def say(self, line: str) -> None:
        """A line worth keeping."""
        if self._bars is not None:
            self._bars.console.print(line, markup=False, highlight=False)
        else:
            print(line, file=sys.stderr)  # noqa: T201 - this is the module that prints


def grouped(value: str, unit: str = "") -> str:
    """A figure's text for reading: thousands apart, at most two decimals, dates as they are."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value or "–"
    whole = number == number.to_integral_value()
    text = f"{number:,.0f}" if whole or abs(number) >= 1000 else f"{number:,.2f}"
    return f"{text} {unit}".strip()


def _wrap(text: str, indent: str, *, width: int = WIDTH) -> str:
    return textwrap.fill(
        text, width, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def cells(text: str, width: int) -> str:
    """`text` cut or padded to `width` places of a terminal; Chinese and other wide characters take two."""
    out, used = "", 0
    for char in text:
        size = 0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if used + size > width:
            out = out[:-1] + "…" if out else "…"
            used = width
            break
        out, used = out + char, used + size
    return out + " " * (width - used)


def _range(figure: Mapping[str, Any]) -> str:
    low, high = figure["low"], figure["high"]
    if low == high:
        return "same in all readings"
    return f"{grouped(low)} to {grouped(high)}"


def _unit(figure: Mapping[str, Any]) -> str:
    unit = str(figure["unit"])
    if unit == "date":
        return ""
    return unit.removesuffix("s") if figure["value"] == "1" and unit.endswith("s") else unit


def figures_text(figures: Sequence[Mapping[str, Any]], top: int | None = None) -> str:
    """Totals one by one, rankings as short tables."""
    if not figures:
        return "No figures: no record of the case meets the question. `enduse export` shows what was read and left out."
    out: list[str] = []
    for f in [f for f in figures if not f["rank"]][:top]:
        out.append(
            f"{f['figure_id']}  {grouped(f['value'], _unit(f))}  ({_range(f)})  [{f['mark']}, {f['rows']:,} rows]"
        )
        out.append(_wrap(f["label"], "        "))
    if top is not None:
        return "\n".join(out)
    measures = dict.fromkeys(f["measure"] for f in figures if f["rank"])
    for measure in measures:
        lines = [f for f in figures if f["measure"] == measure]
        out.append("")
        out.append(HEADINGS.get(measure, measure))
        for f in lines[:10]:
            out.append(
                f"{f['figure_id']}  {cells(f['subject'], 34)} {grouped(f['value'], _unit(f)):>18}  {f['rows']:>6,} rows"
            )
        if len(lines) > 10:
            out.append(f"        10 of {len(lines)} shown; all with --json")
    out.append("")
    out.append(_wrap(f"Coverage: {figures[0]['coverage']}", ""))
    out.append("One figure with its rows: enduse why CASE F-0001")
    return "\n".join(out)


def scope_text(case: CaseFile, folder: Path) -> str:
    """What the question was understood to mean."""
    scope = case.scope
    lines = [f"case {folder}: {case.question or 'no question yet'}", f"  watch        {case.watch}"]
    for key in ("destination", "origin", "departure"):
        lines.append(f"  {key:<12} {', '.join(getattr(scope, key)) or 'any'}")
    lines.append(f"  window       {scope.since or 'any'} to {scope.until or 'any'}")
    lines.append(f"  parts        {'counted' if scope.parts else 'left out'}")
    lines.append(f"If this is not what you asked, edit {folder / 'case.toml'}. Next: enduse add {folder} FILE...")
    return "\n".join(lines)


def account_text(sources: Iterable[Mapping[str, Any]]) -> str:
    """Read = loaded + rejected + duplicate, a line a file, in records and in value; below it what was refused and why.

    Rows of the table `source`; with `reasons` and `ignored` of `enduse.intake.account_view` those are told as well.
    """
    rows = list(sources)
    if not rows:
        return "The case has no sources. Add some with: enduse add CASE PATH..."
    out = [f"{'source':<40} {'read':>9} {'loaded':>9} {'rejected':>9} {'duplicate':>9}"]
    for r in rows:
        out.append(
            f"{cells(r['source'], 40)} {r['records_read']:>9,} {r['loaded']:>9,} {r['rejected']:>9,} {r['duplicates']:>9,}"
        )
        if r.get("value_read"):
            parts = (_short(r[f"value_{part}"]) for part in ("read", "loaded", "rejected", "duplicates"))
            unread = f"  {r['value_unreadable']:,} values unreadable" if r.get("value_unreadable") else ""
            out.append(f"{'  value, as stated':<40} " + " ".join(f"{p:>9}" for p in parts) + unread)
        if "reasons" in r:
            told = f"{r['kind']}; {r['format']}" + (f"; as of {r['as_of']}" if r.get("as_of") else "")
            out.append(_wrap(told, "  "))
        for found in r.get("reasons", ()):
            out.append(f"  {found['records']:>9,} rejected: {found['reason']}")
            out += [
                f"{'':12}record {row}: {cells(' '.join(text.split()), 56).rstrip()}" for row, text in found["samples"]
            ]
        if r.get("ignored"):
            out.append(_wrap(f"columns ignored: {', '.join(r['ignored'])}", "  "))
    return "\n".join(out)


def _short(value: Any) -> str:
    """A sum in nine places: 1,234 or 12.3 M."""
    number = float(value or 0)
    for size, sign in ((1e12, "T"), (1e9, "G"), (1e6, "M")):
        if abs(number) >= size:
            return f"{number / size:,.1f} {sign}"
    return f"{number:,.0f}"


def _row(row: Mapping[str, Any]) -> list[str]:
    lane = " > ".join(row[k] or "n/s" for k in ("origin_country", "departure_country", "destination_country"))
    adds = grouped(str(row["amount"])) if row["amount"] is not None else (row["item"] or "")
    head = f"  {row['shipment_id']}  {row['source']} record {row['row']}  {row['date'] or 'n/s'}  {lane}  adds {adds}"
    names = f"    {row['exporter_name'] or 'n/s'} -> {row['importer_name'] or 'n/s'}"
    text = f"    {' '.join((row['description'] or 'n/s').split())}"
    return [
        head,
        names if len(names) <= WIDTH else names[: WIDTH - 1] + "…",
        text if len(text) <= WIDTH else text[: WIDTH - 1] + "…",
    ]


def why_text(found: Why, waterfall: Sequence[Mapping[str, Any]]) -> str:
    """One figure with everything behind it."""
    f = found.figure
    out = [
        f"{f['figure_id']}  {f['label']}",
        f"  value     {f['value']} {_unit(f)}".rstrip(),
        f"  range     {_range(f)} (strict {grouped(f['strict'])}, broad {grouped(f['broad'])})",
    ]
    again = "equal" if found.equal else "NOT EQUAL"
    out.append(f"  recomputed from its {found.rows_in_all:,} rows: {found.recomputed} ({again})")
    for key in ("definition", "coverage", "lever", "method"):
        if f[key]:
            out.append(_wrap(f"{key}: {f[key]}", "  "))
    out.append("")
    out.append("From all records to the rows counted")
    for step in waterfall:
        sign = "-" if step["kind"] == "left_out" else " "
        out.append(f"  {sign}{step['rows']:>12,}  {step['label']}")
    out.append("")
    shown = len(found.rows)
    out.append(
        f"Rows: {shown:,} of {found.rows_in_all:,} shown"
        + ("; all with --json or in figure_row of an export" if shown < found.rows_in_all else "")
    )
    for row in found.rows:
        out += _row(row)
    return "\n".join(out)


def _count(number: int, word: str) -> str:
    word = {"doc": "file"}.get(word, word)
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _figure(claim: Mapping[str, Any]) -> str:
    """Quantity, value and counts of a claim, as they were read."""
    found = []
    for key in ("quantity", "value", "counts"):
        data = json.loads(claim[key]) if claim[key] else None
        found += [str(d["raw"]) for d in (data if isinstance(data, list) else [data] if data else []) if d.get("raw")]
    return "; ".join(found)


def _chain(text: str | None) -> str:
    links = json.loads(text) if text else []
    return " < ".join(str(link["name"]) for link in links)


def claims_text(claims: Sequence[Mapping[str, Any]], more: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """Claims by cluster, with sentence, place and root; then drift and contradictions."""
    if not claims:
        return "No claims: the case holds no press text, or none that states a supply claim."
    out: list[str] = []
    clusters = sorted(more["claim_cluster"], key=lambda c: (-c["docs"], -c["claims"], c["cluster"]))
    for cluster in clusters:
        counts = ", ".join(_count(cluster[key], key.removesuffix("s")) for key in ("claims", "docs", "roots"))
        rest = f"; independence of the roots: {cluster['independence']}" if cluster["claims"] > 1 else ""
        out.append(_wrap(f"{(cluster['label'] or cluster['cluster']).replace('?', 'unnamed')}: {counts}{rest}", ""))
        for c in [c for c in claims if c["cluster"] == cluster["cluster"]]:
            held = ", ".join(
                str(c[key]) for key in ("kind", "stage", "stance") if c[key] not in (None, "n/a", "unspecified")
            )
            out.append(f"  {c['id']}  {held}  [{c['doc']}:{c['char_start']}-{c['char_end']}]")
            out.append(_wrap(f"“{' '.join(c['sentence'].split())}”", "    "))
            said = _figure(c)
            if said:
                out.append(_wrap(f"figures: {said}", "    "))
            chain = _chain(c["attribution"])
            through = f"; said through: {chain}" if chain and chain != c["root"] else ""
            out.append(_wrap(f"root: {c['root'] or 'not stated'}{through}", "    "))
        out.append("")
    for name in ("drift", "contradiction"):
        for d in more[name]:
            out.append(_wrap(f"{name} ({d['type']}): {d['left']} | {d['right']}: {d['why']}", "  "))
    return "\n".join(out).rstrip()


def mapping_text(roles: Iterable[Any]) -> str:
    """The proposed mapping of a file."""
    out = [f"{'column':<32} {'role':<20} {'sure':>5}  why"]
    for r in roles:
        name = r.column if len(r.column) <= 32 else r.column[:31] + "…"
        out.append(f"{name:<32} {r.role:<20} {r.confidence:>5.2f}  {r.reason}")
    return "\n".join(out)


def compared_text(left: str, right: str, row: Mapping[str, Any], kind: str | None = None) -> str:
    """A pair of names with its probability, the reasons, and how the words answer each other."""
    from enduse.parties.explain import explain
    from enduse.parties.name import kind_of

    verdict = "taken for the same" if row["same"] else "not taken for the same"
    reasons = [r for r in (row["reasons"] or "").split(";") if r.strip()]
    return "\n".join(
        [
            f"A  {left}",
            f"B  {right}",
            f"probability of one party: {row['score']:.3f} ({verdict})",
            *(f"  {r.strip()}" for r in reasons),
            *explain(left, right, kind_of(kind)),
        ]
    )


def ranked_text(report: dict[str, Any]) -> str:
    """How good the ranking was on rows it had not seen, and what it left out."""
    lines = [f"learned from {report['labelled_rows']:,} labelled rows, {report['found_wrong']:,} of them found wrong"]
    if "top" in report:
        lines.append(
            f"quality on {report['held_out_rows']:,} rows not used ({report['split']}; {report['held_out_base_rate']:.1%} of them found wrong):"
        )
        alone = report.get("best_single_column", {}).get("top", [])
        for i, line in enumerate(report["top"]):
            beside = f"; best single column {alone[i]['precision']:.3f}" if alone else ""
            lines.append(
                f"  top {line['share']:.0%}: precision {line['precision']:.3f}, recall {line['recall']:.3f}{beside}"
            )
    else:
        lines.append("quality not measured: the later rows hold only one kind of label")
    lines += [f"left out {name}: {why}" for name, why in report["left_out"].items()]
    return "\n".join(lines)
