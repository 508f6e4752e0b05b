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


# Words of a street address; a name made of these and numbers, without a legal form, is an address in the wrong column.
_STREET = frozenset(
    """street str st road rd avenue ave boulevard blvd lane drive highway ulitsa ulica ul prospekt pr pereulok shosse proezd naberezhnaya улица ул
    проспект пр переулок пер шоссе проезд набережная вулиця вул calle avenida av carrera rua cadde caddesi cad sokak sokagi sok mahallesi mah
    bulvari duong pho jalan jl straße strasse rue via""".split()
)
_ROOM = frozenset(
    """office room floor suite unit flat apartment apt building bldg block house block офис оф комната ком этаж квартира кв дом корпус корп строение
    стр помещение пом kat daire no p.o box pobox postcode zip тел tel""".split()
)


def _is_address(words: list[str]) -> bool:
    """A street word and a number, and either a room word or a second number; at least half of the words are of these kinds."""
    street = sum(w in _STREET for w in words)
    room = sum(w in _ROOM for w in words)
    numbers = sum(w[0].isdigit() for w in words)
    return bool(street and numbers and (room or numbers > 1) and 2 * (street + room + numbers) >= len(words))


@lru_cache(maxsize=20_000)
def nobody(name: str) -> str:
    """Why a text names no party, in words: no letters, a placeholder, an order, an address; an empty string where it names one."""
    words = split(name)
    if not any(c.isalpha() for c in name):
        return "no letters" if name.strip() else "empty"
    if is_unnamed(name):
        return "a placeholder"
    if any(tuple(words[: len(start)]) == start for start in _ORDER_OF):
        return "to order"
    if _is_address(words) and not lexicon().strip_forms(words)[1]:
        return "an address"
    return ""


@lru_cache(maxsize=20_000)
def declared_kind(name: str) -> str:
    """`unnamed`, `person` or `organization`.

    A person is an individual entrepreneur, carries a patronymic, or has a given name and no word or form of a firm.
    """
    words = split(name)
    if nobody(name):
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
