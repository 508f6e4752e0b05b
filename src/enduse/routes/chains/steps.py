"""The steps of the chains half of the routes room, in order."""

from __future__ import annotations

from pathlib import Path

from enduse.engine.step import Context, Made, Step, sql_step

HERE = Path(__file__).parent


# Numpy and Arrow are imported when a step runs: `import enduse.routes` stays quick.
def _texts(ctx: Context) -> Made:
    from .reading import texts

    return texts(ctx)


def _mirrors(ctx: Context) -> Made:
    from .halves import halves
    from .mirrors import mirrors

    return {"mirror_duplicate": halves(ctx, mirrors(ctx)["mirror_duplicate"])}


def _sessions(ctx: Context) -> Made:
    from .sessions import sessions

    return sessions(ctx)


def _candidates(ctx: Context) -> Made:
    from .links import candidates

    return candidates(ctx)


def _weights(ctx: Context) -> Made:
    from .links import weights

    return weights(ctx)


def _shares(ctx: Context) -> Made:
    from .links import shares

    return shares(ctx)


def _affiliates(ctx: Context) -> Made:
    from .affiliates import affiliates

    return affiliates(ctx)


def _links(ctx: Context) -> Made:
    from .links import link_sql

    target = ctx.scratch / "link.parquet"
    ctx.engine.write(link_sql(), target, {"least": ctx.case.settings.chains.least_link})
    return {"link": target}


def _chains(ctx: Context) -> Made:
    from .chains import chains

    return chains(ctx)


def _hubs(ctx: Context) -> Made:
    from .hubs import hubs

    return hubs(ctx)


def _tidy(ctx: Context) -> Made:
    for name in (
        "link_pair",
        "link_reversed",
        "link_permuted",
        "link_share",
        "link_expected",
        "link_phrase",
        "chain_day",
        "chain_step",
        "chain_step_row",
        "chain_wanted",
        "mirror_kept",
        "affiliate",
        "half_name",
        "hand_over",
    ):
        ctx.engine.drop(name)
    return {}


STEPS: tuple[Step, ...] = (
    sql_step(HERE, "chain_firm", ("party",)),
    Step("read texts", ("shipment_row",), ("chain_text", "chain_brand"), run=_texts),
    sql_step(
        HERE,
        "trade",
        ("shipment_row", "shipment_party", "goods", "duplicate_row", "chain_firm", "chain_text", "chain_brand"),
    ),
    Step("match mirrors", ("trade", "chain_firm", "party_pair", "party_link"), ("mirror_duplicate",), run=_mirrors),
    sql_step(HERE, "lot_told", ("trade", "mirror_duplicate")),
    sql_step(HERE, "known_goods", ("lot_told",)),
    sql_step(HERE, "guessed_goods", ("lot_told", "known_goods")),
    sql_step(HERE, "lot", ("lot_told", "guessed_goods")),
    Step("lot_session", ("lot",), ("lot_session",), run=_sessions),
    sql_step(HERE, "consigned", ("lot", "lot_session")),
    sql_step(HERE, "consignment", ("consigned", "chain_firm")),
    sql_step(HERE, "consignment_row", ("lot_session", "mirror_duplicate")),
    sql_step(HERE, "bought", ("consigned",)),
    sql_step(HERE, "sold", ("consigned",)),
    sql_step(HERE, "sold_elsewhere", ("bought", "sold")),
    Step("pair", ("bought", "sold", "sold_elsewhere"), (), run=_candidates),
    Step("weigh", ("bought", "sold"), ("link_weight",), run=_weights),
    Step("share", ("link_weight", "bought", "sold"), ("chain_quality",), run=_shares),
    sql_step(HERE, "affiliate", ("party_link", "party_pair", "chain_firm", "consigned")),
    sql_step(HERE, "affiliate_bought", ("consigned", "affiliate")),
    sql_step(HERE, "affiliate_sold", ("consigned", "affiliate")),
    sql_step(HERE, "affiliate_stranger", ("affiliate",)),
    Step("hand over", ("affiliate_bought", "affiliate_sold", "affiliate_stranger", "link_weight"), (), run=_affiliates),
    Step("link", ("link_weight", "consigned", "chain_firm"), ("link",), run=_links),
    sql_step(HERE, "firm_seen", ("consigned",)),
    sql_step(HERE, "firm_chapter", ("consigned",)),
    Step(
        "chain",
        ("consigned", "chain_firm", "firm_seen", "firm_chapter", "party_link", "screening", "party"),
        ("chain", "hop"),
        run=_chains,
    ),
    Step("hub", ("bought", "sold", "chain_firm"), ("hub",), run=_hubs),
    Step("tidy", ("link",), (), run=_tidy),
)
