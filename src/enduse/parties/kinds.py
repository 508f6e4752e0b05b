"""What a declared name is: nobody, a person, or (by default) an organisation."""

from __future__ import annotations

import re
from functools import lru_cache

from enduse.parties.lexicon import is_unnamed, lexicon
from enduse.parties.text import fold, romanise, split
from enduse.reference import party_tables

_PATRONYMIC = re.compile(r"(?:ovich|evich|ovych|iovich|ovna|evna|ivna|ichna|ovic|evic|oglu|ogli|uulu|kyzy|kizi|qizi)$")
_ORDER_OF = (
    ("to", "order", "of"),
    ("to", "the", "order", "of"),
    ("unto", "order", "of"),
    ("a", "la", "orden", "de"),
    ("по", "приказу"),
)


@lru_cache(maxsize=300_000)
def declared_kind(name: str) -> str:
    """`unnamed`, `person` or `organization`.

    A person is an individual entrepreneur, carries a patronymic, or has a given name and no word or form of a firm.
    """
    words = split(name)
    if is_unnamed(name) or any(tuple(words[: len(start)]) == start for start in _ORDER_OF):
        return "unnamed"
    left, forms = lexicon().strip_forms(words)
    if "ip" in forms and 1 < len(left) <= 5:
        return "person"
    if forms or not 2 <= len(left) <= 5 or any(c.isdigit() for c in name):
        return "organization"
    folded = [fold(romanise(w)) for w in left]
    if any(lexicon().concepts(w) for w in left):
        return "organization"
    if any(_PATRONYMIC.search(romanise(w)) for w in left):
        return "person"
    given = party_tables.given_names()
    return "person" if any(w in given for w in folded) else "organization"
