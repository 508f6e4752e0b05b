"""Press: who said what, resting on whom, with every character span."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .proposals import Proposer
    from .stage import STAGE as STAGE

__all__ = ["STAGE", "extract"]


def extract(
    docs: Iterable[tuple[str, str]],
    *,
    ref_date: dt.date | None = None,
    outlets: Mapping[str, str] | None = None,
    dates: Mapping[str, dt.date] | None = None,
    propose: Proposer | None = None,
    model: str = "",
    parser: str | None = None,
) -> list[dict[str, Any]]:
    """Claims of all documents together, then drift and contradiction records between them.

    `docs` are (name, decoded text) pairs, read once and one at a time, of which only claims are kept; offsets count the characters of that text. `outlets` and `dates` give, by name,
    what a text does not state; `ref_date` is the publication date of texts that have none. Records have every field of
    the press schema, null where unknown. `propose` (name, text -> proposals) may name further sentences, off by default. No input makes it fail: an empty text has no claims.
    `parser` names a spaCy pipeline whose parse of English sentences helps the rules; one that is not installed is a `CaseError`.
    """
    from . import claims, clusters, drift, records

    parse = None
    if parser:
        from .parsing import Parser

        parse = Parser(parser)

    found = [
        c
        for name, text in docs
        for c in records.lean(
            claims.document(
                name,
                text,
                outlet=(outlets or {}).get(name),
                date=ref_date,
                stated=(dates or {}).get(name),
                propose=propose,
                model=model,
                parse=parse,
            )
        )
    ]
    records.unify(found)
    clusters.assign(found)
    records.share_roots(found)
    others = drift.find(found)
    return [records.public(c) for c in found] + others


def __getattr__(name: str) -> object:
    """`STAGE` on first use: it brings the engine, and with it Arrow, which reading a text does not need."""
    if name == "STAGE":
        from .stage import STAGE

        return STAGE
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
