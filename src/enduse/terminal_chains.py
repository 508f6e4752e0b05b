"""Chains as plain text: a card each, what the decoys say, and what could not be traced and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from enduse.terminal import cells, grouped

SHOWN = 20
Row = Mapping[str, Any]


def why_none(reach: Row) -> str:
    """Why a case has no chains, from what its records state."""
    if not reach["records"]:
        return "No chains: the case holds no customs records."
    if not reach["dated"]:
        return "No chains: no record states a date, so nothing can be said to come before or after."
    if not reach["consignments"]:
        return "No chains: no record names two different firms, a seller and a buyer."
    lines = []
    if not reach["links"]:
        lines.append("No chains: no firm of these files first bought goods and later sold the like.")
        if not reach["exports"] or not reach["imports"]:
            side = "import" if reach["imports"] else "export"
            lines.append(
                f"All records are of the {side} side: legs that other countries' files would show are missing."
            )
    else:
        lines.append(
            f"No chains: {reach['links']:,} possible links, none of them probable enough (setting chains.least_hop)."
        )
    lines += _limits(reach)
    return "\n".join(lines)


def _limits(reach: Row) -> list[str]:
    out = []
    if not reach["counted"]:
        out.append("No record states a quantity: links rest on weight, goods and time alone.")
    if not reach["weighed"]:
        out.append("No record states a weight: first-in-first-out stock cannot be followed.")
    if reach["records"] and reach["dated"] < reach["records"]:
        out.append(f"{reach['records'] - reach['dated']:,} records state no date and stand in no chain.")
    if reach["records"] and not reach["imports"] and reach["exports"]:
        out.append("Only export files are held: a leg is seen where its seller's country publishes.")
    if reach["records"] and not reach["exports"] and reach["imports"]:
        out.append("Only import files are held: a leg is seen where its buyer's country publishes.")
    return out


def _amount(row: Row) -> str:
    parts = []
    if row.get("quantity") is not None:
        parts.append(grouped(str(row["quantity"]), "piece" if row["quantity"] == 1 else "pieces"))
    if row.get("net_kg") is not None:
        parts.append(grouped(str(row["net_kg"]), "kg"))
    return ", ".join(parts) or "amount not stated"


def _legs(chain: Row) -> str:
    handed = sum(hop["basis"] == "inferred" for hop in chain["steps"])
    more = f", {handed} hand-over{'s' if handed > 1 else ''} without a record" if handed else ""
    return f"{chain['hops'] - handed} shipments{more}"


def _card(chain: Row) -> list[str]:
    out = [
        f"{chain['rank']:>4}. {chain['chain_id']}  continuity {chain['continuity']:.2f} [inferred]  concern {chain['concern']:.2f} [apparent]  {_legs(chain)}",
        f"      {chain['goods'] or 'goods not stated'}, {chain['from_country'] or 'n/s'} to {chain['to_country'] or 'n/s'}, {chain['first_date']} to {chain['last_date']}; at most {_amount(chain)} can have gone all the way",
    ]
    for hop in chain["steps"]:
        names = f"{hop['from_name'] or hop['from_party']} -> {hop['to_name'] or hop['to_party']}"
        sure = "" if hop["strength"] is None else f"  after the hop before: {hop['strength']:.2f}"
        out.append(
            f"      {hop['position']:>2} {hop['date'] or 'no record '} {hop['from_country'] or '--'}>{hop['to_country'] or '--'} {cells(names, 52).rstrip()}"
        )
        if hop["basis"] == "inferred":
            tie = (
                f"{hop.get('tie') or 'perhaps one firm under two names'}: {hop.get('evidence') or 'no more is stated'}"
            )
            out.append(f"         handed over without a record [inferred]; {cells(tie, 120).rstrip()}{sure}")
            continue
        out.append(
            f"         {_amount(hop)}, {hop['goods'] or 'n/s'} [{hop['basis']}, record {hop['shipment_id']}]{sure}"
        )
    rest = f"; next best way on: {chain['alternative']}" if chain["alternative"] else "; no other way on is listed"
    out.append(f"      weakest: {chain['weakest_link']}, {chain['rivals']} rivals{rest}")
    if chain["reasons"]:
        out.append(f"      asks for a look: {'; '.join(str(chain['reasons']).split(';'))}")
    return out


def why_chain(chain: Row, records: Sequence[Row]) -> str:
    """One chain and under it the records each step rests on, as declared."""
    out = _card(chain)
    for hop in chain["steps"]:
        out += ["", f"Step {hop['position']}: " + ("what was declared" if hop["basis"] == "declared" else "no record")]
        if hop["basis"] == "inferred":
            out.append(
                f"  {hop.get('tie') or 'perhaps one firm under two names'}: {hop.get('evidence') or 'no more is stated'}"
            )
        for r in (r for r in records if r["position"] == hop["position"]):
            lot = _amount({"quantity": r["quantity"] if r["unit"] in (None, "C62") else None, "net_kg": r["net_kg"]})
            worth = f", {grouped(str(r['value']), r['currency'] or '')}" if r["value"] is not None else ""
            twice = "" if r["counted"] else " (the same lot, declared by the other side; not counted)"
            out.append(
                f"  {r['source']}:{r['row']} [declared] {r['date'] or 'no date'} {r['direction'] or ''}: {lot}{worth}{twice}"
            )
            out.append(
                f"    {cells(str(r['exporter_name'] or 'n/s') + ' -> ' + str(r['importer_name'] or 'n/s'), 110).rstrip()}"
            )
            out.append(f"    {cells(str(r['description'] or 'goods not stated'), 110).rstrip()}")
    out += [
        "",
        "The number after a step is the probability that goods of the step before went on in it. Lawful trade has chains too.",
    ]
    return "\n".join(out)


def _quality(rows: Sequence[Row]) -> list[str]:
    half = [r for r in rows if abs(r["threshold"] - 0.5) < 1e-9]
    if not half:
        return []
    said = ", ".join(f"{r['decoy']} {r['false_share']:.2f}" for r in half)
    note = next((r["note"] for r in half if r["decoy"] == "time reversal"), "")
    return ["", f"Of {half[0]['links']:,} links at .5 or more, the expected false share is: {said}.", note]


def chains_text(
    chains: Sequence[Row],
    quality: Sequence[Row],
    reach: Row,
    *,
    onward: Sequence[Row] = (),
    balance: Sequence[Row] = (),
    hubs: Sequence[Row] = (),
) -> str:
    """Cards of the first chains, then ways on, balance of a firm, hubs, and what the decoys say."""
    out: list[str] = []
    if not reach["chains"]:
        out.append(why_none(reach))
    elif not chains:
        out.append(f"No chain meets what was asked; the case has {reach['chains']:,}.")
    for chain in chains[:SHOWN]:
        out += _card(chain)
    if len(chains) > SHOWN:
        out.append(f"{SHOWN} of {len(chains):,} chains shown; all with --json")
    if onward:
        out += ["", "Where it may have gone, most probable first (the rest is stock, use, or trade nobody declared)"]
        out += [
            f"  {w['continuity']:.2f}  {w['first_date']}  {w['firm_name']} -> {w['buyer_name']} ({w['to_country'] or 'n/s'}), {_amount(w)}, after {w['lag_days']} days"
            for w in onward[:SHOWN]
        ]
    if balance:
        out += ["", "Everything through the firm, by commodity code: received, sent, and the most that can have passed"]
        for b in balance[:SHOWN]:
            out.append(
                f"  {b['goods']}: in {b['consignments_in']} ({grouped(str(b['kg_in'] or ''), 'kg')}), out {b['consignments_out']} ({grouped(str(b['kg_out'] or ''), 'kg')}), bound {grouped(str(b['bound_kg'] or ''), 'kg')}"
            )
    for hub in hubs:
        out.append(f"  {hub['goods']}: {hub['reason']}")
    if chains:
        out += _quality(quality)
        limits = _limits(reach)
        out += limits and ["", *limits]
        out.append("Continuity says how probable the path is; concern says why to look. Lawful trade has chains too.")
    return "\n".join(out)
