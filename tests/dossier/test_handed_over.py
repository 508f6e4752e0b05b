"""A hand-over inside a group stands in no record: the dossier and the terminal say so and name what links the firms."""

import datetime as dt
from decimal import Decimal

from enduse.dossier.chains import ChainCard, _steps
from enduse.dossier.charts.chains import lane
from enduse.terminal_chains import chains_text


def hop(position: int, basis: str, **more: object) -> dict[str, object]:
    row: dict[str, object] = {
        "chain_id": "H-1", "position": position, "shipment_id": f"s{position}", "from_party": f"P{position}", "to_party": f"P{position + 1}",
        "from_name": f"Firm {position}", "to_name": f"Firm {position + 1}", "strength": None if position == 1 else 0.9, "date": dt.date(2024, 1, position),
        "from_country": "CN", "to_country": "KZ", "goods": "drone", "quantity": Decimal(5), "net_kg": None, "value_usd": None, "basis": basis, "tie": None, "evidence": None,
    }  # fmt: skip
    return row | more


STEPS = [
    hop(1, "declared"),
    hop(
        2,
        "inferred",
        date=None,
        quantity=None,
        from_country=None,
        to_country=None,
        tie="same owner, declared",
        evidence="Owner A, owners.csv:3",
    ),
    hop(3, "declared"),
]


def test_the_dossier_names_the_tie_in_place_of_a_record() -> None:
    steps = _steps(STEPS)
    assert [s.basis for s in steps] == ["declared", "inferred", "declared"]
    assert steps[1].tie == "same owner, declared"
    assert steps[0].tie == ""
    card = ChainCard("H-1", 1, 0.8, 0.5, "drone", None, None, (), "", 0, "", steps, counter=False)
    assert "no record" in str(lane(card))
    assert "?" not in str(lane(card))
    assert steps[2].lag == 2  # days since the last shipment with a day


def test_the_terminal_counts_shipments_apart_from_hand_overs() -> None:
    chain = {
        "rank": 1, "chain_id": "H-1", "continuity": 0.8, "concern": 0.5, "hops": 3, "goods": "drone", "from_country": "CN", "to_country": "KZ", "first_date": dt.date(2024, 1, 1),
        "last_date": dt.date(2024, 1, 3), "quantity": Decimal(5), "net_kg": None, "steps": STEPS, "weakest_link": "hop 2", "rivals": 0, "alternative": None, "reasons": "",
    }  # fmt: skip
    reach = {
        "chains": 1,
        "records": 3,
        "dated": 3,
        "counted": 3,
        "weighed": 3,
        "imports": 1,
        "exports": 2,
        "consignments": 3,
        "links": 2,
    }
    text = chains_text([chain], [], reach)
    assert "2 shipments, 1 hand-over without a record" in text
    assert "handed over without a record [inferred]; same owner, declared: Owner A, owners.csv:3" in text
    assert "None" not in text
