"""The press stage: documents in, claims with their chains, clusters, drift and contradictions out."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from enduse.engine.step import Context, Made, Stage, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pyarrow as pa

    from enduse.contracts.core import Table
    from enduse.engine.base import Engine

Claim = dict[str, Any]
_NESTED = ("via", "quantity", "value", "counts", "time", "cues", "attribution")


def _json(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _read(context: Context) -> Made:
    from enduse.contracts.press import (  # Arrow loads on first use
        ATTRIBUTION,
        CLAIM,
        CLAIM_CLUSTER,
        CONTRADICTION,
        DRIFT,
    )

    from . import extract, parsing

    settings = context.case.settings.press
    parser = settings.parser or None
    if context.engine.fetch("SELECT 1 FROM document LIMIT 1").num_rows:
        context.progress.say(f"press texts are read by {parsing.told(parser)}")
    propose = None
    if settings.llm is not None:
        from .proposals import Model  # nothing of it is loaded, and nothing is asked, unless the case names a model

        propose = Model(settings.llm, context.progress.say)
    found = extract(
        _documents(context.engine),
        outlets=settings.outlet,
        dates=settings.date,
        propose=propose,
        model=settings.llm.model if settings.llm else "",
        parser=parser,
    )
    claims = [r for r in found if r["record"] == "claim"]
    return {
        "claim": _in_pages(CLAIM, claims, lambda page: [_claim(c) for c in page]),
        "attribution": _in_pages(ATTRIBUTION, claims, _links),
        "claim_cluster": CLAIM_CLUSTER.arrow(clusters(claims)),
        "drift": DRIFT.arrow([_pair(r) for r in found if r["record"] == "drift"]),
        "contradiction": CONTRADICTION.arrow([_pair(r) for r in found if r["record"] == "contradiction"]),
    }


def _in_pages(
    table: Table, claims: Sequence[Claim], rows: Callable[[Sequence[Claim]], list[dict[str, object]]]
) -> pa.Table:
    """A contract table of the rows of all claims, some at a time: rows as Python dicts are ten times their Arrow size."""
    import pyarrow as pa

    pages = [table.arrow(rows(claims[i : i + _ROWS])) for i in range(0, len(claims), _ROWS)]
    return pa.concat_tables(pages) if pages else table.arrow([])


_ROWS = 2_000
_AT_ONCE = 200  # documents held in memory together


def _documents(engine: Engine) -> Iterator[tuple[str, str]]:
    """All documents in order of their alias, a page at a time: of a text nothing stays but its claims."""
    names = engine.fetch("SELECT source FROM document ORDER BY source").column("source").to_pylist()
    for i in range(0, len(names), _AT_ONCE):
        page = names[i : i + _AT_ONCE]
        rows = engine.fetch(
            "SELECT source, content FROM document WHERE source BETWEEN $first AND $last ORDER BY source",
            {"first": page[0], "last": page[-1]},
        )
        for source, content in zip(rows.column("source"), rows.column("content"), strict=True):
            yield source.as_py(), content.as_py()


def _claim(c: Claim) -> dict[str, object]:
    row = {k: v for k, v in c.items() if k != "record"}
    row |= {k: _json(c[k]) for k in _NESTED}
    row["ref_date"] = dt.date.fromisoformat(c["ref_date"]) if c["ref_date"] else None
    return row


def _links(claims: Sequence[Claim]) -> list[dict[str, object]]:
    return [
        {
            "claim_id": c["id"],
            "position": i,
            "name": link["name"],
            "type": link["type"],
            "cue": link["cue"],
            "explicit": int(link["explicit"]),
        }
        for c in claims
        for i, link in enumerate(c["attribution"], 1)
    ]


def _pair(r: Claim) -> dict[str, object]:
    return {
        "id": r["id"],
        "type": r["type"],
        "left": ";".join(r["left"]),
        "right": ";".join(r["right"]),
        "why": r["why"],
    }


def _commonest(group: Sequence[Claim], slot: str) -> str | None:
    """What most claims say in a slot; of equals the first told. Case and plural do not part goods ("Drones", "drone")."""
    told: dict[str, list[str]] = {}
    for c in group:
        if c[slot]:
            told.setdefault(c[slot].lower().removesuffix("s"), []).append(c[slot])
    best = max(told.values(), key=len, default=[])  # the first of the longest: order of telling
    return max(best, key=best.count, default=None)


def clusters(claims: Sequence[Claim]) -> list[dict[str, object]]:
    """Rows of `claim_cluster`. Two unnamed roots are never known to be one or two: their independence is unknown."""
    from . import independence

    groups: dict[str, list[Claim]] = {}
    for c in claims:
        groups.setdefault(c["cluster"], []).append(c)
    out: list[dict[str, object]] = []
    for name, group in sorted(groups.items()):
        keys = {c["independent_root_key"] for c in independence.counted(group)}
        said = {slot: _commonest(group, slot) for slot in ("supplier", "recipient", "goods", "kind")}
        label = f"{said['supplier'] or '?'} to {said['recipient'] or '?'}: {said['goods'] or said['kind']}"
        out.append(
            {
                "cluster": name,
                "claims": len(group),
                "docs": len({c["doc"] for c in group}),
                "roots": len(keys),
                "label": label,
                "independence": independence.of(group),
            }
        )
    return out


STAGE = Stage(
    "press",
    (Step("read", ("document",), ("claim", "attribution", "claim_cluster", "drift", "contradiction"), run=_read),),
    settings=lambda case: case.settings.press.model_dump(mode="json"),
)
