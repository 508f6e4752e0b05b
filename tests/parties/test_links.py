"""Addresses, contacts and the links between parties that share them, or an owner, or a person."""

from __future__ import annotations

import pytest

from enduse.parties.addresses import CROWDED, address, alike, contacts, discount, places
from enduse.parties.links import Cell, attach, declared, inferred
from enduse.parties.ownership import graph
from enduse.parties.roles import role


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ул. Тестовая, д. 5, оф. 12, Звездоград", "Zvezdograd, Testovaya str. 5, office 12"),
        ("Room 1203, 88 Lanhe Road, Jiahelan, tel +86 755 1234 5678", "88 LANHE RD., RM. 1203 JIAHELAN"),
        ("Keqiao, Lanhe Lu 88-1203", "Lanhe Lu 88-1203, Keqiao"),
    ],
)
def test_one_address_in_two_manners(left: str, right: str) -> None:
    a, b = address(left), address(right)
    assert a is not None
    assert b is not None
    assert alike(a, b)
    assert len(set(places([a, b]).values())) == 1


def test_another_house_is_another_address_and_little_is_none() -> None:
    a, b = address("Testovaya str. 5, office 12, Zvezdograd"), address("Testovaya str. 6, office 12, Zvezdograd")
    assert a is not None
    assert b is not None
    assert not alike(a, b)
    assert address("Moscow") is None
    assert address("") is None
    assert address("深圳市兰河区科技路88号A栋1203室") is not None


def test_contacts_are_found_and_public_mailboxes_are_no_sites() -> None:
    assert contacts("info@kedrovik.example, www.Kedrovik.example") == {
        "mail:info@kedrovik.example",
        "site:kedrovik.example",
    }
    assert contacts("x@mail.ru") == {"mail:x@mail.ru"}
    assert contacts("тел. +7 (495) 123-45-67") == {"phone:4951234567"}
    assert contacts("contract 12/2023 of 2023-01-05") == frozenset()


def test_a_crowded_address_says_less_and_then_nothing() -> None:
    assert discount(2) == 1.0
    assert 0.0 < discount(8) < discount(3) < 1.0
    assert discount(CROWDED) == 0.0
    cells = [Cell(f"P-{i}", "Testovaya str. 5, office 12, Zvezdograd", 1) for i in range(CROWDED)]
    links, told = inferred(cells)
    assert links == []
    assert str(CROWDED) in told[0]
    (link,) = inferred(cells[:2])[0]
    assert (link.kind, link.basis, link.left_party, link.right_party) == ("same_address", "inferred", "P-0", "P-1")


def owner(row: int, owner_name: str, owned: str, share: float | None = 0.6, **more: object) -> dict[str, object]:
    return {"source": "own.csv", "row": row, "owner_name": owner_name, "owned_name": owned, "share": share, "role": "owner", "owner_kind": "organization", **more}  # fmt: skip


NAMES = [
    {"party_id": "P-1", "name": "Lastok Trading LLC", "country": "AE", "identifier": "", "kind": "organization"},
    {"party_id": "P-2", "name": "ООО «Звездоград Оптика»", "country": "RU", "identifier": "", "kind": "organization"},
    {"party_id": "P-3", "name": "Kedrovik Holding JSC", "country": "RU", "identifier": "", "kind": "organization"},
    {"party_id": "P-9", "name": "TO ORDER", "country": "", "identifier": "", "kind": "unnamed"},
]


def test_declared_owners_link_parties_in_every_script() -> None:
    rows = [
        owner(1, "Kedrovik Holding", "LASTOK TRADING LLC", owned_country="AE"),
        owner(2, "Kedrovik Holding", "Zvezdograd Optika LLC", owned_country="RU"),
        owner(3, "Testov Ivan Sergeevich", "Lastok Trading LLC", None, role="director", owner_kind="person", owned_country="AE"),
        owner(4, "Testov Ivan Sergeevich", "Zvezdograd Optika", None, role="director", owner_kind="person", owned_country="RU"),
    ]  # fmt: skip
    made = graph(rows)
    found = attach(made, NAMES, 0.8)
    links, left_out = declared(made, found)
    kinds = {(link.kind, link.left_party, link.right_party) for link in links}
    assert {
        ("owns", "P-1", "P-3"),
        ("owns", "P-2", "P-3"),
        ("same_owner", "P-1", "P-2"),
        ("same_person", "P-1", "P-2"),
    } == kinds
    assert all(link.basis == "declared" and "own.csv:" in link.evidence for link in links)
    assert left_out == []


def test_small_shares_link_nobody_and_neither_do_owners_of_everybody() -> None:
    few = graph([owner(1, "Fund", "Lastok Trading LLC", 0.1), owner(2, "Fund", "Zvezdograd Optika LLC", 0.1)])
    assert [
        x for x in declared(few, {0: ("P-0", 1.0), 1: ("P-1", 1.0), 2: ("P-2", 1.0)})[0] if x.kind == "same_owner"
    ] == []
    many = graph([owner(i, "State", f"{'bdgklmnprt'[i % 10]}ostra{'bdgklmnprt'[i // 10]}un") for i in range(1, 60)])
    links, left_out = declared(many, {i: (f"P-{i:02d}", 1.0) for i in range(1, 60)})
    assert not [x for x in links if x.kind == "same_owner"]
    assert "59 parties" in left_out[0]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kedrovik Logistics LLC", "forwarder"), ("ООО «Ласток Карго»", "forwarder"), ("深圳市蓝禾国际货运代理有限公司", "forwarder"),
        ("Lastok Bank JSC", "bank"), ("Банк Ласток", "bank"), ("Kedrovik Optics", ""), ("Bankson Motors", ""), ("", ""),
    ],
)  # fmt: skip
def test_roles_are_read_from_whole_words(name: str, expected: str) -> None:
    assert role(name) == expected
