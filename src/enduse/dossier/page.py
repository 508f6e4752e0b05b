"""The model as one HTML file: templates with everything inlined, escaped by default, readable without a script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from markupsafe import Markup

from enduse.dossier import labels, numbers, words
from enduse.dossier.charts import bars, chains
from enduse.dossier.charts.flows import flow_map
from enduse.dossier.charts.months import month_chart
from enduse.dossier.figures import full_of, is_line, money_of, write_figure
from enduse.dossier.ledger import KINDS as LEDGER_KINDS
from enduse.dossier.ledger import time_line
from enduse.dossier.places import name_of
from enduse.dossier.prices import price_chart
from enduse.dossier.text import cut, visible

if TYPE_CHECKING:
    from decimal import Decimal

    from jinja2 import Environment

    from enduse.dossier.model import Dossier

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Chapter:
    id: str
    title: str
    note: str = ""
    heading: str = ""


def chapters(d: Dossier) -> list[Chapter]:
    """The chapters a case has something for, in the order of the page. Figures, what was left out, rows and replay always stand."""
    figures = len(d.cards) + (d.lead is not None)
    out = [Chapter("figures", "Figures", str(figures) if figures else "")]
    if d.rankings or d.routes:
        out.append(Chapter("trade", "Who and where", heading="Who, when and where"))
    if d.chains:
        out.append(Chapter("chains", "Chains", numbers.count(d.chains.total), "Goods followed through firms"))
    if d.lanes:
        out.append(Chapter("lanes", "Lanes", str(len(d.lanes.moves)), "Lanes in published statistics"))
    if d.goods or "by_brand" in d.rankings or "by_model" in d.rankings:
        out.append(Chapter("goods", "Goods", heading="What the goods are"))
    if d.prices and (d.prices.lines or d.prices.slips):
        out.append(Chapter("prices", "Prices", numbers.count(d.prices.understated), "Unit values out of line"))
    out.append(Chapter("left", "What was left out"))
    if d.parties:
        out.append(Chapter("parties", "Parties", numbers.count(d.parties.total)))
    if d.claims:
        out.append(Chapter("claims", "Claims board", numbers.count(d.claims.total)))
    if d.ledger:
        out.append(Chapter("ledger", "Supply ledger", numbers.count(len(d.ledger.lines))))
    if d.indicators:
        out.append(Chapter("indicators", "Indicators", str(len(d.indicators))))
    if d.mapping:
        out.append(Chapter("mapping", "Columns", str(len(d.mapping)), "How the columns were read"))
    out.append(Chapter("method", "Method"))
    out.append(Chapter("replay", "Replay"))
    out.append(Chapter("rows", "Rows", numbers.count(d.lead.rows) if d.lead else "", "Rows behind the figures"))
    return out


def css_text(text: str) -> str:
    """Any text as the inside of a CSS string: everything but letters and digits of ASCII becomes an escape."""
    return re.sub(r"[^A-Za-z0-9 ]", lambda m: f"\\{ord(m.group()):06x}", text)


def _usd(value: Decimal | None) -> str:
    return numbers.brief(value, "USD")


def _plain(value: object) -> str:
    return numbers.plain(cast("Decimal | None", value), 0)


def _dec2(value: Decimal | None) -> str:
    return numbers.plain(value, 2)


def _no_unit(text: str) -> str:
    """A value without its unit, for a column that has it in the head: `5.1 m`, `574`."""
    head, _, unit = text.rpartition(numbers.NBSP)
    return head if head and unit not in ("t", "kg") else text


@lru_cache
def environment() -> Environment:
    """Templates with escaping on, and an error for a name that does not exist."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(
        src=words.source_text, file=words.file_name, rule=labels.rule, independence=labels.independence, scriptword=labels.script_word, merged=labels.merged, farapart=words.far_apart, form=labels.form, vaguerule=labels.vague_rule, listname=labels.list_name, matter=labels.matter, scale=words.scale_word, broad_only=words.broad_only, visible=visible, cut=cut, cutspans=words.cut_spans, plural=words.plural, count=numbers.count, share=numbers.share,
        score=numbers.score, day=numbers.day, plain=_plain, dec2=_dec2, usd=_usd, nousd=_no_unit, written=write_figure, money_of=money_of, full_of=full_of,
        range_bar=bars.range_bar, line_bar=bars.line_bar, plain_bar=bars.plain_bar, top=lambda lines: bars.top_of([x.figure for x in lines]),
        counts=words.counts, headline=words.headline, covers=words.covers, lever=words.lever, months=words.month_list, stepvalue=words.step_value, when=words.when, cell=words.cell, fields=words.field_shares,
        family=labels.family, basis=lambda b: labels.BASES.get(b, b), repeat=lambda r: labels.REPEATS.get(r, r), method=lambda m: labels.MERGES.get(m, m),
        decision=lambda x: labels.DECISIONS.get(x, x), standing=words.standing, hidden=words.hidden, by_root=words.by_root, groups=words.groups,
        sumvalue=words.sum_value, place=words.place, chain_lane=chains.lane, chain_time=chains.time_line,
        chain_gauge=lambda value, word, hatched: chains.gauge(value, word, hatched=hatched),
    )  # fmt: skip
    env.tests["line"] = is_line
    return env


def _css(d: Dossier) -> Markup:
    foot = f"{'SIMULATED CASE · ' if d.simulated else ''}{cut(d.title, 60)} · run {d.run.run_id}"
    sheets = (TEMPLATES / "style.css").read_text(encoding="utf-8") + (TEMPLATES / "print.css").read_text(
        encoding="utf-8"
    ).replace("@FOOT@", css_text(foot))
    return Markup(sheets)  # noqa: S704 - our own sheets; the one text in them is escaped by css_text


def _leg_title(d: Dossier) -> str:
    declared = [leg for leg in d.routes.legs if leg.declared] if d.routes else []
    if not declared:
        return "Where the goods were made and shipped from"
    top = declared[0]
    return f"The largest leg runs from {name_of(top.start)} to {name_of(top.end)}: {_usd(top.value)}"


def _lists_words(d: Dossier) -> str:
    if d.parties is None or not d.parties.lists:
        return "the lists of the case"
    return ("the list " if len(d.parties.lists) == 1 else "the lists ") + ", ".join(d.parties.lists[:6])


def _tornado(d: Dossier) -> list[bars.Effect]:
    """The effects of each choice on the first figure; nothing where there is nothing to move."""
    choices = d.choices.get(d.lead.id, ()) if d.lead else ()
    moved = any(change for c in choices for change in (c.low, c.high))
    return bars.tornado(d.lead, choices) if d.lead and (d.lead.value or moved) else []


def render(model: Dossier) -> str:
    """The whole document. Equal models give equal text."""
    customs = [a for a in model.left.accounts if a.kind == "customs"]
    by_month = model.rankings.get("by_month")
    leg_title = _leg_title(model)
    names = {line.figure.id: line.name for ranking in model.rankings.values() for line in ranking.lines}
    template = environment().get_template("dossier.html.j2")
    return template.render(
        d=model,
        css=_css(model),
        chapters=chapters(model),
        read=sum(a.read for a in customs),
        loaded=sum(a.loaded for a in customs),
        months=month_chart(by_month.lines, model.left.coverage, f"Declared value by month: {by_month.finding}")
        if by_month
        else None,
        flow=flow_map(model.routes.legs, leg_title) if model.routes else None,
        leg_title=leg_title,
        waterfall=bars.waterfall(model.left.steps),
        tornado=_tornado(model),
        lists_words=_lists_words(model),
        time_line=time_line(model.ledger) if model.ledger else None,
        ledger_kinds=LEDGER_KINDS,
        price_bars=price_chart(model.prices.lines) if model.prices else [],
        names=names,
        card_ids={c.id for c in model.parties.cards} if model.parties else set(),
    )


__all__ = ["chapters", "css_text", "environment", "render"]
