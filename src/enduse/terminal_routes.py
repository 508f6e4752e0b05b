"""What `enduse routes` prints: the story of the lanes in plain sentences, each marked declared or inferred."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

WIDTH = 80
Row = Mapping[str, Any]
VERDICTS = {
    "substitute": "replaced by way of",
    "partial": "partly replaced by way of",
    "two_legs": "both legs rose by way of",
    "final_leg_out_of_view": "more went to third countries; their onward trade is in no file",
    "no_visible_substitute": "no visible substitute",
    "not_enough_data": "not enough data",
}


def _wrap(text: str, indent: str = "  ") -> str:
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def money(value: Any, unit: str = "USD") -> str:
    """`12.3 m USD`; an empty text where there is no value."""
    if value is None:
        return "unknown"
    number = float(value)
    for size, word in ((1e9, "bn"), (1e6, "m"), (1e3, "thousand")):
        if abs(number) >= size:
            return f"{number / size:,.1f} {word} {unit}"
    return f"{number:,.0f} {unit}"


def times(ratio: float | None) -> str:
    if ratio is None:
        return "unknown"
    return f"{ratio:,.2f}" if ratio < 10 else f"{ratio:,.0f}"


def move_line(row: Row) -> str:
    """One move as a sentence."""
    lane = f"{row['exporter']} to {row['importer']}, {row['goods']}"
    if row["nomenclature_change"]:
        return f"{lane}: {row['note']}"
    span = (
        row["date"]
        if row["date_low"] == row["date_high"]
        else f"{row['date']} (between {row['date_low']} and {row['date_high']})"
    )
    text = f"{lane} ({row['flow']}s of {row['reporter']}, {row['measure']}): {times(row['level_ratio'])} times its level from {span}"
    chance = (
        f"; placebo dates and lanes moved as much in {row['p_placebo']:.1%} of cases"
        if row["p_placebo"] is not None
        else ""
    )
    return text + chance + (f"; {row['note']}" if row["note"] else "") + " [inferred]"


def pair_line(row: Row) -> str:
    """One substitution, or one loss without any, as a sentence."""
    unit = row["measure"]
    head = f"{row['origin']} to {row['destination']}, {row['goods']}: "
    lost = f"lost {money(row['lost'], unit)} a month; " if row["lost"] is not None else ""
    if not row["hub"]:
        return f"{head}{lost}{VERDICTS[row['verdict']]} ({row['reason']}) [inferred]"
    share = ""
    if row["ratio"] is not None:
        share = f", {row['ratio']:.0%} of it ({row['ratio_low']:.0%} to {row['ratio_high']:.0%})"
    q = f"; expected share of false finds {row['q_value']:.0%}" if row["q_value"] is not None else ""
    lag = f", {row['lag_months']} months later" if row["lag_months"] else ""
    return f"{head}{lost}{VERDICTS[row['verdict']]} {row['hub']}: {money(row['gained'], unit)} a month{share}{lag}{q}; {row['reason']} [inferred]"


def gap_line(row: Row) -> str:
    """Both reports of one cell as a sentence."""
    return (
        f"{row['exporter']} to {row['importer']}, {row['hs6']}, {row['period']}: sent {money(row['exports'])}, got {money(row['imports_cif'])} [declared]; "
        f"after corrections {money(row['gap'])} apart, {money(row['gap_low'])} to {money(row['gap_high'])}"
        + (f"; may explain: {row['explained_by'].replace(';', ', ').replace('_', ' ')}" if row["explained_by"] else "")
        + " [inferred]"
    )


def test_line(row: Row) -> str:
    """What was looked at around a date."""
    when = f", {row['event_date']}" if row["event_date"] else ""
    left = ", ".join(
        f"{row[k]:,} {word}"
        for k, word in (
            ("nomenclature", "for a change of the nomenclature"),
            ("short", "too short"),
            ("empty", "without trade"),
        )
        if row[k]
    )
    return (
        f"{row['event']}{when}: {row['test'].replace('_', ' ')}: {row['lanes']:,} looked at, {row['tested']:,} tested, {row['claimed']:,} claimed"
        + (
            f", of these about {row['false_share']:.0%} false"
            if row["claimed"] and row["false_share"] is not None
            else ""
        )
        + (f"; left out: {left}" if left else "")
        + (f"; {row['note']}" if row["note"] else "")
    )


def coverage_lines(rows: Sequence[Row]) -> list[str]:
    """One sentence a lane, code and report: the share of the published value the rows are, and what no report covers."""
    lanes: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        freq = "month" if len(row["period"]) == 7 else "year"
        lanes.setdefault((row["exporter"], row["importer"], row["hs6"], row["reporter"], freq), []).append(row)
    monthly = {key[:4] for key in lanes if key[4] == "month"}
    made: list[tuple[float, tuple[str, ...], str]] = []
    for key, cells in lanes.items():
        exporter, importer, goods, reporter, freq = key
        if freq == "year" and key[:4] in monthly:
            continue
        inside = [c for c in cells if not (c["note"] or "").startswith("outside the months")]
        stated = sorted((c for c in inside if c["published_usd"] is not None), key=lambda c: c["period"])
        bare = sorted((c for c in inside if c["published_usd"] is None), key=lambda c: c["period"])
        published, declared = (float(sum(c[k] for c in stated)) for k in ("published_usd", "declared_usd"))
        parts = []
        if published:
            parts.append(
                f"{declared / published:.0%} of {money(published)} published by {reporter}, {stated[0]['period']} to {stated[-1]['period']}"
            )
        if bare:
            alone = money(sum(c["declared_usd"] for c in bare))
            parts.append(
                f"{len(bare):,} {freq}{'s' if len(bare) > 1 else ''} with rows ({alone}): no figure of it; {bare[-1]['note']}"
            )
        if parts:
            made.append((-published, key, f"{exporter} to {importer}, {goods}: {'; '.join(parts)} [declared]"))
    return [text for _, _, text in sorted(made)]


def _weight(row: Row) -> tuple[Any, ...]:
    """Moves at a named date first, values before weights, all goods before headings before codes, surest first."""
    wide = {"TOTAL": 0, "ALL": 1}.get(row["goods"], 2 + len(row["goods"]))
    groups = 0 if row["reporter"] in ("EU27", "ALL") or row["exporter"] == "ALL" else 1
    return (
        row["event"] == "",
        row["measure"] == "kg",
        groups,
        wide,
        row["q_value"],
        row["exporter"],
        row["importer"],
        row["goods"],
        row["reporter"],
        row["flow"],
    )


def _size(row: Row) -> tuple[Any, ...]:
    """Dollars before kilograms, the largest first."""
    return (
        row["measure"] == "kg",
        -float(row["gained"] or 0),
        -float(row["lost"] or 0),
        row["origin"],
        row["hub"],
        row["destination"],
        row["goods"],
    )


def _part(title: str, lines: Sequence[str], most: int, nothing: str) -> list[str]:
    if not lines:
        return [title, _wrap(nothing), ""]
    more = (
        [_wrap(f"and {len(lines) - most:,} more: enduse export CASE --to csv has all of them")]
        if len(lines) > most
        else []
    )
    return [title, *(_wrap(x) for x in lines[:most]), *more, ""]


def routes_text(found: Mapping[str, Sequence[Row]], day: dt.date | None, most: int = 12) -> str:
    """The whole answer."""
    tests = [r for r in found["route_test"] if r["lanes"]]
    seen = found.get("route_coverage", ())
    if not tests and not found["mirror_gap"] and not seen:
        return "No lanes: the case holds no published statistics (enduse add CASE FILE), or none around this date."
    moves = sorted((r for r in found["route_break"] if not r["nomenclature_change"]), key=_weight)
    renamed = len(found["route_break"]) - len(moves)
    pairs = sorted(found["substitution"], key=_size)
    claimed = [r for r in pairs if r["hub"]]
    losses = [r for r in pairs if not r["hub"] and r["verdict"] != "not_enough_data"]
    gone = [r for r in found["lost_in_transit"] if (r["change"] or 0) > 0]
    out = [f"Lanes around {day.isoformat()}" if day else "Lanes of the case", ""]
    out += _part("What was looked at", [test_line(r) for r in tests], most, "nothing")
    out += _part("What moved", [move_line(r) for r in moves], most, "No lane moved beyond what placebo dates show.")
    if renamed:
        out += [
            _wrap(
                f"{renamed:,} series begin or end with an amendment of the Harmonized System; no move is read from them."
            ),
            "",
        ]
    out += _part(
        "What replaced it",
        [pair_line(r) for r in claimed],
        most,
        "No third country rose on both legs beyond placebo dates.",
    )
    if losses:
        out += _part("Lanes that fell without a claim", [pair_line(r) for r in losses], most, "none")
    if gone:
        out += _part(
            "Sent and not seen to arrive",
            [f"{r['exporter']} to {r['importer']}, {r['goods']}: {r['missing_before']:.0%} missing before, {r['missing_after']:.0%} after ({money(r['missing_usd'])}); {r['rule']} [inferred]" for r in gone],
            most, "nothing",
        )  # fmt: skip
    if day is None and found["mirror_gap"]:
        out += _part("Both ends differ", [gap_line(r) for r in found["mirror_gap"]], most, "nothing")
    if seen:
        out += _part("What the rows of the case are of it", coverage_lines(seen), most, "nothing")
    return "\n".join(out).rstrip()
