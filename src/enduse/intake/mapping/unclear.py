"""Words of a header that the table does not know, read so that the header as a whole makes sense: `вес бр.`, `ürün tan.`"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from . import rules
from .headers import Header, head, read
from .tongue import Tongue, readings, tongue_of

_APART = 0.05  # what a reading has to be better by than one that leads to another role
_ENOUGH = 0.6  # a header that makes no more sense than this keeps its unknown word


def clarified(headers: Sequence[Header]) -> list[Header]:
    """Headers whose unknown words were read in the way that fits a rule best; what stays open stays unknown."""
    tongue = tongue_of([h.text for h in headers])
    whole = [_clarify(h, tongue) if h.unknown and (h.concepts or len(h.unknown) > 1) else h for h in headers]
    return [_parted(h, tongue) for h in whole]


_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_PARTS = re.compile(r"\s*[/|]\s*|\s*[(\[]|[)\]]\s*")
_KEPT = ("C_", "U_")  # what a remark says of currency and unit counts
_FAIR = 0.5  # a header that makes this much sense is taken as a whole


def _parted(header: Header, tongue: Tongue) -> Header:
    """A header that contradicts itself, by one of its parts: `Seller (as on invoice)`, `Kode tarif (HS)`, `A / B` in two languages."""
    seated = header.concepts & {"RESIDENT", "COUNTERPARTY"} or header.concepts >= {"IMPORTER", "EXPORTER"}
    if header.box or seated or not _PARTS.search(header.text) or _best(header)[0] >= _FAIR:
        return header
    best, found = _best(header)[0] + 0.2, header
    texts = [_BRACKETS.sub(" ", header.text), *_PARTS.split(header.text)]
    for text in dict.fromkeys(t.strip() for t in texts if t.strip()):
        part = _clarify(head(read(text, tongue), tongue), tongue)
        score = _best(part)[0] - 0.1
        if score > best:
            said = {c for c in header.concepts if c.startswith(_KEPT)}
            best, found = score, replace(part, text=header.text, concepts=part.concepts | said)
    return found


def _best(header: Header) -> tuple[float, str]:
    found = rules.scores(header, None)
    return max(((score, role) for role, (score, _) in found.items()), default=(0.0, ""))


@lru_cache(maxsize=4_096)
def _clarify(header: Header, tongue: Tongue) -> Header:
    for word in header.unknown:
        so_far, _ = _best(header)
        tried = []
        for meant in readings(word, tongue.languages):
            other = replace(
                header,
                concepts=(header.concepts | set(meant)) - {"-"},
                order=(*header.order, *meant),
                unknown=tuple(w for w in header.unknown if w != word),
                guessed=(*header.guessed, word),
            )
            reading = head(other, tongue)
            tried.append((*_best(reading), reading))
        tried.sort(key=lambda t: -t[0])
        if not tried or tried[0][0] < max(_ENOUGH, so_far):
            continue
        score, role, reading = tried[0]
        rivals = [s for s, r, _ in tried[1:] if r != role]
        if not rivals or score - rivals[0] > _APART:
            header = reading
    return header
