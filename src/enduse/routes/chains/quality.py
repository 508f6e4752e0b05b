"""What two decoys say about the links, and where they disagree."""

from __future__ import annotations

import pyarrow as pa

from enduse.contracts import TABLES

from .evidence import Floats

THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
APART = 0.1  # a difference worth a sentence


def _note(reversed_: float, permuted: float) -> str:
    if reversed_ - permuted > APART:
        return (
            "Time reversal finds more: firms that restock after a sale, or keep stock, have a purchase near every sale in both directions, "
            "so reversal overstates the false share; permutation takes every such habit away and understates it"
        )
    if permuted - reversed_ > APART:
        return "Permutation finds more: other firms trade the same goods in the same weeks and amounts (season, trend), which reversal does not show"
    return "Both decoys agree within .1"


def quality(continuity: Floats, c: dict[str, Floats], total: dict[str, float]) -> pa.Table:
    """CHAIN_QUALITY: by threshold, links at or above and the expected false share by calibration and by each decoy.

    `c` holds, by bin of the score, `pairs` (target), `reversed` and `permuted` counts; `total` the sizes of the three sets.
    """
    rows: list[dict[str, object]] = []
    scale = {"reversed": 1.0, "permuted": total["link_pair"] / max(total["link_permuted"], 1.0)}
    for threshold in THRESHOLDS:
        kept = continuity >= threshold
        links = int(c["pairs"][kept].sum())
        if not links:
            continue
        said = float((c["pairs"][kept] * (1.0 - continuity[kept])).sum() / links)
        wrong = {name: min(1.0, float(c[name][kept].sum()) * scale[name] / links) for name in scale}
        note = _note(wrong["reversed"], wrong["permuted"])
        for decoy, share, text in (
            ("none: shares among rivals", said, "what `continuity` itself states"),
            ("time reversal", wrong["reversed"], note),
            ("partner permutation", wrong["permuted"], note),
        ):
            rows.append({"measure": "expected false share of links", "threshold": threshold, "decoy": decoy, "links": links, "false_share": round(share, 6), "note": text})  # fmt: skip
    table = TABLES["chain_quality"].arrow(rows)
    return table if rows else TABLES["chain_quality"].empty()
