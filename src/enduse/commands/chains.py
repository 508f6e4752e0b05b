"""Read the chains of a case: which, through whom, and where one consignment went."""

from __future__ import annotations

from typing import Annotated

import typer

from enduse.commands.common import AsJson, CasePath, note_stale, print_json
from enduse.errors import EnduseError, UsageError


def _country(value: str, option: str) -> str:
    if not value:
        return ""
    from enduse.reference.countries import code

    found = code(value)
    if found is None:
        raise UsageError(
            f"no country {value!r} after {option}", fix="Use an ISO 3166 alpha-2 code such as RU, or a country's name"
        )
    return found


def chains(
    case: CasePath,
    start: Annotated[str, typer.Option("--from", help="country the chain begins in")] = "",
    finish: Annotated[str, typer.Option("--to", help="country the chain ends in")] = "",
    through: Annotated[str, typer.Option("--through", help="party id or name of a firm that stands in the chain")] = "",
    most_hops: Annotated[int | None, typer.Option("--max-hops", min=1, help="most shipments in a chain")] = None,
    record: Annotated[str, typer.Option("--record", help="shipment id: where did this consignment go")] = "",
    as_json: AsJson = False,
) -> None:
    """List the chains of a case by rank: probability, reasons to look, weakest link, every hop."""
    from enduse.case import Case
    from enduse.contracts import TABLES
    from enduse.routes.chains.question import balance, chains_where, onward, parties_named
    from enduse.terminal_chains import chains_text

    opened = Case(case)
    opened.need("routes")
    first, last = _country(start, "--from"), _country(finish, "--to")
    with opened.open() as engine:
        parties = tuple(parties_named(engine, through)) if through else ()
        if through and not parties:
            raise EnduseError(
                f"no party {through!r}", where=str(opened.folder), fix="Names and ids stand in the table party_name"
            )
        if (
            record
            and not engine.fetch(
                "SELECT shipment_id FROM shipment_row WHERE shipment_id = $id", {"id": record}
            ).num_rows
        ):
            raise EnduseError(
                f"no record {record!r}", where=str(opened.folder), fix="Shipment ids stand in the table shipment"
            )
        found = chains_where(engine, start=first, finish=last, parties=parties, record=record, most_hops=most_hops)
        quality = engine.fetch("SELECT * FROM chain_quality ORDER BY threshold, decoy").to_pylist()
        ways = onward(engine, record) if record else []
        held = balance(engine, parties) if parties else []
        hubs = (
            engine.fetch(
                "SELECT * FROM hub WHERE party_id IN ($party) ORDER BY party_id, goods", {"party": list(parties)}
            ).to_pylist()
            if parties
            else []
        )
        reach = engine.fetch(
            "SELECT count(*) AS records, count(date) AS dated, count(quantity) AS counted, count(net_kg) AS weighed, "
            "count(CASE WHEN direction = 'export' THEN 1 END) AS exports, count(CASE WHEN direction = 'import' THEN 1 END) AS imports FROM shipment_row"
        ).to_pylist()[0]
        reach |= engine.fetch("SELECT count(*) AS consignments FROM consignment").to_pylist()[0]
        reach |= engine.fetch("SELECT count(*) AS links FROM link").to_pylist()[0]
        reach |= engine.fetch("SELECT count(*) AS chains FROM chain").to_pylist()[0]
    note_stale(opened)
    if as_json:
        names = TABLES["chain"].names
        print_json([{n: c[n] for n in names} | {"steps": c["steps"]} for c in found])
    else:
        typer.echo(chains_text(found, quality, reach, onward=ways, balance=held, hubs=hubs))
