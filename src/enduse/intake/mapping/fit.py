"""Whether the values of a column can be what its header says: a factor on the score, and roles that values show alone."""

from __future__ import annotations

from collections.abc import Callable

from enduse.contracts import AMOUNT_ROLES, COUNTRY_ROLES
from enduse.intake.values import calendars, dates

from .profile import Profile

Verdict = tuple[float, str]


def _date(p: Profile) -> Verdict:
    if p.date >= 0.6:
        return 1.02, f"{p.date:.0%} of values are dates"
    if p.integer > 0.8 and all(
        v.split(".")[0].isdigit() and (25_569 <= int(v.split(".")[0]) < 58_800 or 1990 <= int(v.split(".")[0]) <= 2040)
        for v in p.values
    ):
        return 0.95, "values are Excel day numbers or years"
    if p.integer > 0.8 and all(len(v) == 8 for v in p.values):
        return 0.9, "values are eight digits"
    if p.integer > 0.8 and all(len(v) == 6 and dates.parse(v, dates.order_of(p.values)[0]) for v in p.values):
        return 0.85, "values are six digits that make dates"
    if calendars.era_of(p.values)[0] and all(dates.parse(v, dates.order_of(p.values)[0]) for v in p.values):
        return 0.95, "values are dates of another era"
    return 0.1 + 0.9 * p.date, f"only {p.date:.0%} of values are dates"


def _amount(p: Profile) -> Verdict:
    if p.number < 0.7:
        # Notes between the numbers are common; a column mostly of words is another thing.
        return (0.8 if p.number >= 0.4 else 0.1), f"only {p.number:.0%} of values are numbers"
    if p.zero > 0.95:
        return 0.6, "all values are zero"
    if p.date > 0.9 and p.integer < 0.5:
        return 0.2, "values are dates"
    return 1.0, "values are numbers"


def _country(p: Profile) -> Verdict:
    if p.country >= 0.5:
        return 1.02, f"{p.country:.0%} of values are countries"
    if p.integer > 0.9:
        return 0.75, "values are numbers, perhaps local country codes"
    low = 0.6 if p.number < 0.2 and p.firm < 0.2 and p.length <= 40 else 0.25
    return max(low, p.country), f"only {p.country:.0%} of values are known countries"


def _hs(p: Profile) -> Verdict:
    if p.hs >= 0.7:
        return (
            (1.0, f"{p.hs:.0%} of values look like commodity codes")
            if p.digits > 4
            else (0.55, "values have four digits at most")
        )
    if p.integer > 0.8:
        return 0.6, "values are numbers"
    return 0.15, f"only {p.hs:.0%} of values look like commodity codes"


def _unit(p: Profile) -> Verdict:
    if p.unit >= 0.5:
        return 1.02, f"{p.unit:.0%} of values are known units"
    if p.number > 0.8:
        return (
            (0.6, "values are codes")
            if p.integer > 0.9 and p.distinct <= 40 and p.rows > 40
            else (0.12, "values are numbers")
        )
    return (0.85, "values are short words") if p.length <= 20 else (0.3, "values are long")


def _name(p: Profile) -> Verdict:
    if p.number > 0.7 or p.date > 0.7 or p.uuid > 0.5:
        return 0.1, "values are no names"
    return (1.02, "values are names of firms") if p.firm >= 0.3 else (1.0, "")


def _id(p: Profile) -> Verdict:
    if p.uuid > 0.5:
        return 0.15, "values are record keys"
    if p.date > 0.8 and p.integer < 0.5:
        return 0.1, "values are dates"
    return (0.15, "values are words") if p.words > 2.5 or p.firm > 0.4 else (1.0, "")


def _text(p: Profile) -> Verdict:
    if p.number > 0.8 or p.date > 0.8 or p.uuid > 0.5:
        return 0.08, "values are no text"
    return (1.02, "values are long text") if p.length > 25 else (1.0, "")


def _key(p: Profile) -> Verdict:
    if p.uuid > 0.5:
        return 0.2, "values are record keys"
    if p.date > 0.8 and p.integer < 0.5:
        return 0.08, "values are dates"
    return (0.2, "values are words") if p.words > 3 else (1.0, "")


def _line(p: Profile) -> Verdict:
    return (
        (1.0, "values are small whole numbers")
        if p.integer > 0.8 and p.length <= 5
        else (0.15, "values are no item numbers")
    )


def _container(p: Profile) -> Verdict:
    if p.container >= 0.5:
        return 1.03, "check digits of container numbers hold (ISO 6346)"
    return (
        (0.25, "values are no container numbers")
        if p.number > 0.8 or p.words > 3 or p.length < 6
        else (0.8, "no check digit holds")
    )


def _share(field: str, what: str, low: float) -> Callable[[Profile], Verdict]:
    def verdict(p: Profile) -> Verdict:
        share: float = getattr(p, field)
        return (
            (1.02, f"{share:.0%} of values are {what}")
            if share >= 0.5
            else (low, f"only {share:.0%} of values are {what}")
        )

    return verdict


def _currency(p: Profile) -> Verdict:
    if p.currency >= 0.5:
        return 1.02, f"{p.currency:.0%} of values are currencies"
    return (
        (0.75, "values are codes")
        if p.integer > 0.9 and p.length <= 4 and p.distinct <= 60
        else (0.2, "values are no currencies")
    )


def _mode(p: Profile) -> Verdict:
    if p.mode >= 0.4:
        return 1.02, "values are modes of transport"
    return (0.9, "") if p.length <= 30 and p.distinct <= 40 else (0.4, "too many different values")


def _office(p: Profile) -> Verdict:
    coded = sum(v[:1].isalpha() or v.isalnum() for v in p.values) > 0.5 * len(p.values)  # UA100020, 10012020
    amounts = p.number > 0.8 and p.integer < 0.5 and not coded
    return (0.3, "values are amounts or dates") if amounts or (p.date > 0.8 and not coded) else (1.0, "")


_FIT: dict[str, Callable[[Profile], Verdict]] = {
    "date": _date, "hs_code": _hs, "unit": _unit, "currency": _currency, "description": _text, "declaration_id": _key, "bill_of_lading": _key,
    "line_no": _line, "container": _container, "transport_mode": _mode, "customs_office": _office, "manufacturer": _name, "brand": _text,
    "value_basis": _share("terms", "terms of delivery", 0.5), "direction": _share("flow", "directions", 0.2),
}  # fmt: skip


def factor(role: str, p: Profile) -> Verdict:
    """What the values do to a header's claim on a role, and in what words. Without a sample nothing."""
    if not p.rows:
        return 1.0, ""
    if p.filled == 0:
        return 0.75, "no value in the sample"
    if role in AMOUNT_ROLES:
        result, why = _amount(p)
    elif role in COUNTRY_ROLES:
        result, why = _country(p)
    elif role.endswith("_name"):
        result, why = _name(p)
    elif role.endswith("_id") and role != "declaration_id":
        result, why = _id(p)
    elif role.endswith("_address"):
        result, why = _text(p)
    else:
        result, why = _FIT[role](p) if role in _FIT else (1.0, "")
    # A nearly empty column loses to a filled one of the same meaning.
    return result * (0.8 + 0.2 * min(1.0, p.filled / 0.5)), why


def alone(p: Profile) -> dict[str, Verdict]:
    """Roles that values show without a word in the header. Countries, firms and amounts never do: they could be any side."""
    found: dict[str, Verdict] = {}
    if p.filled < 0.5 or p.rows < 3:
        return found
    if p.container > 0.6:
        found["container"] = (0.75, "values: check digits of container numbers hold (ISO 6346)")
    if p.date > 0.95:
        found["date"] = (0.55, "values: all are dates, the header says nothing")
    elif p.hs > 0.98 and p.digits in (6, 8, 10) and p.integer < 1.01 and p.distinct > 1:
        found["hs_code"] = (0.55, f"values: all have {p.digits:.0f} digits and begin with a chapter of the tariff")
    if p.currency > 0.95 and p.length <= 3.1:
        found["currency"] = (0.6, "values: all are currency codes")
    if p.length > 40 and p.words > 5 and p.number < 0.1 and p.firm < 0.5:
        found["description"] = (0.5, "values: long text")
    return found
