"""The record of one claim, with its id, stance and root."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from . import attribution, stages
from .articles import Sentence
from .memory import Claim, Memory
from .speakers import Source
from .stance import stance_of


def make(
    name: str, text: str, s: Sentence, state: Memory, *, kind: str, supplier: str | None, recipient: str | None, via: list[str], goods_: str | None, model: str | None,
    quantity: dict[str, Any] | None, value: dict[str, Any] | None, counts: list[dict[str, Any]], time: dict[str, Any] | None, stage: str, cues: list[str],
    chain: tuple[Source, ...], passive: str | None, denied: bool, hedge: str | None, at: int,
) -> Claim:  # fmt: skip
    root = chain[-1]
    stance = stance_of(chain, supplier, recipient, state, denied=denied, hedge=hedge, passive=passive, kind=kind)
    claim: Claim = {
        "record": "claim",
        "id": "",
        "doc": name,
        "ref_date": state.ref.isoformat() if state.ref else None,
        "section": s.section,
        "sentence": text[s.start : s.end],
        "char_start": s.start,
        "char_end": s.end,
        "kind": kind,
        "supplier": supplier,
        "recipient": recipient,
        "via": via or None,
        "goods": goods_,
        "model": model,
        "quantity": quantity,
        "value": value,
        "counts": counts or None,
        "time": time,
        "status": stages.status(stage, stance),
        "stage": stage,
        "stance": stance,
        "polarity": "denied" if denied else "uncertain" if stance == "hedged" else "asserted",
        "cues": [c for c in (*cues, hedge, passive) if c] or None,
        "attribution": [{"name": x.name, "type": x.type, "cue": x.cue, "explicit": x.explicit} for x in chain],
        "root": root.name,
        "independent_root_key": attribution.nobody(state.own)
        if len(chain) == 1 and passive and not denied
        else attribution.key(root, chain, state.own),
        "cluster": None,
        "_chain": chain,
        "_at": at,
        "_unnamed": root.unnamed,
        "_homes": dict(state.firms.country),
        "_said": (denied, hedge, passive),
    }
    claim["id"] = _id(claim)
    return claim


def _id(c: Claim) -> str:
    """The same claim of the same text always has the same id."""
    slots = [
        c["doc"],
        c["char_start"],
        c["char_end"],
        c["kind"],
        c["supplier"],
        c["recipient"],
        c["goods"],
        c["quantity"] and c["quantity"]["raw"],
        c["value"] and c["value"]["raw"],
        c["stage"],
        c["_at"] - c["char_start"],
    ]
    return f"C-{hashlib.sha256(json.dumps(slots, ensure_ascii=False).encode()).hexdigest()[:10]}"


def restate(c: Claim, state: Memory) -> None:
    """Stance, status and id of a claim whose parties were changed: whether a party to the deal says it depends on who they are."""
    denied, hedge, passive = c["_said"]
    c["stance"] = stance_of(
        c["_chain"],
        c["supplier"],
        c["recipient"],
        state,
        denied=denied,
        hedge=hedge,
        passive=passive,
        kind=c["kind"],
    )
    c["status"] = stages.status(c["stage"], c["stance"])
    c["id"] = _id(c)
