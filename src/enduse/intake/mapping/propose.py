"""The proposal: header words and values of every column weighed for every role, then the best assignment as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enduse.contracts import ROLES

from . import fit, readers, rules
from .assign import assign
from .headers import Header, read_all
from .money import of_price
from .parties import seated
from .profile import Profile, profile
from .sides import direction_hint
from .unclear import clarified

FLOOR = 0.3  # a weaker claim to a role is no proposal
_REST = "ignore"


@dataclass(frozen=True)
class ColumnRole:
    """What one column is taken for. `position` counts from 1, `confidence` is 0 to 1, `reader` says how cells are read."""

    position: int
    column: str
    role: str
    confidence: float
    reader: str = ""
    reason: str = ""


def _columns(sample: Sequence[Sequence[str | None]], width: int) -> list[list[str | None]]:
    return [[row[i] if i < len(row) else None for row in sample] for i in range(width)]


def propose(
    columns: Sequence[str], sample: Sequence[Sequence[str | None]], *, name: str = ""
) -> tuple[ColumnRole, ...]:
    """One `ColumnRole` per column, in file order. `sample` holds rows of cells (may be empty); `name` is the file's name.

    No role but `ignore` is given twice. A column that lost a role to a better one says to which.
    """
    headers = clarified(read_all(columns))
    profiles = [profile(cells) for cells in _columns(sample, len(columns))]
    direction, hint = direction_hint(name, headers, profiles)
    headers = seated(headers, direction, mixed="both directions" in hint)
    roles = [r for r in ROLES if r != _REST]
    claims = [claims_of(h, p, direction) for h, p in zip(headers, profiles, strict=True)]
    _context(claims, headers)
    table = [
        [max(c.get(role, (0.0, ""))[0] - FLOOR, 0.0) * (1 - 1e-6 * j) for j, c in enumerate(claims)] for role in roles
    ]
    # Roles and columns without a claim cannot be paired: leaving them out keeps the table small.
    asked = [i for i, row in enumerate(table) if any(row)]
    sought = [j for j in range(len(columns)) if any(row[j] for row in table)]
    chosen = assign([[table[i][j] for j in sought] for i in asked])
    winner = {roles[i]: sought[at] for i, at in zip(asked, chosen, strict=True) if at is not None}
    taken = {at: role for role, at in winner.items()}
    out = []
    for i, column in enumerate(columns):
        if i in taken:
            role = taken[i]
            score, why = claims[i][role]
            reader = readers.describe(role, headers[i], profiles[i], unit_column=_unit_column(role, headers))
            out.append(ColumnRole(i + 1, column, role, _confidence(score, claims[i], role), reader, why))
        else:
            out.append(ColumnRole(i + 1, column, _REST, *_rest(claims[i], winner, columns)))
    return of_price(out, headers, sample)


def _unit_column(role: str, headers: Sequence[Header]) -> str:
    """The column that states the unit of a weight (`WEIGHT_UNIT`, `GROSS_WEIGHT_UNIT`), where there is one."""
    kind = {"net_kg": "NET", "gross_kg": "GROSS"}.get(role)
    if kind is None:
        return ""
    other = "GROSS" if kind == "NET" else "NET"
    found = [h for h in headers if {"WEIGHT", "UNIT"} <= h.concepts and other not in h.concepts and ";" not in h.text]
    return next((h.text for h in sorted(found, key=lambda h: kind not in h.concepts)), "")


def _confidence(score: float, claims: dict[str, tuple[float, str]], role: str) -> float:
    """The score, less where another role claims the same column nearly as strongly."""
    rival = max((s for r, (s, _) in claims.items() if r != role), default=0.0)
    return round(max(0.0, min(0.99, score - 0.1 * max(0.0, rival - score + 0.2))), 2)


def _rest(
    claims: dict[str, tuple[float, str]], winner: dict[str, int], columns: Sequence[str]
) -> tuple[float, str, str]:
    if not claims:
        return 0.9, "", "no role asks for it"
    role, (score, why) = max(claims.items(), key=lambda item: item[1][0])
    if score > FLOOR and role in winner:
        return (
            round(max(0.5, min(0.95, score)), 2),
            "",
            f"{role} is read from {columns[winner[role]]!r}, which fits better ({why})",
        )
    return round(max(0.5, 1 - score), 2), "", f"too weak for {role} ({why})" if score > 0 else "no role asks for it"


def claims_of(header: Header, values: Profile, direction: str | None) -> dict[str, tuple[float, str]]:
    """Every role a column can claim, with score and reason."""
    claims: dict[str, tuple[float, str]] = {}
    for role, (score, why) in rules.scores(header, direction).items():
        factor, seen = fit.factor(role, values)
        claims[role] = (min(score * factor, 0.99), "; ".join(x for x in (f"header: {why}", seen) if x))
    if not header.concepts and not header.box:
        for role, (score, why) in fit.alone(values).items():
            if score > claims.get(role, (0.0, ""))[0]:
                claims[role] = (score, why)
    return claims


def _context(claims: list[dict[str, tuple[float, str]]], headers: Sequence[Header]) -> None:
    """What a column can only be told from its neighbours."""
    has_currency = any(c.get("currency", (0.0, ""))[0] > 0.6 for c in claims)
    described = max(
        (
            c["description"][0]
            for c, h in zip(claims, headers, strict=True)
            if "description" in c and not h.concepts & {"HS", "HSDESC"}
        ),
        default=0.0,
    )
    explicit = {
        k
        for k in ("NET", "GROSS")
        for h, c in zip(headers, claims, strict=True)
        if k in h.concepts and max((c.get(r, (0.0, ""))[0] for r in ("net_kg", "gross_kg")), default=0.0) > 0.6
    }
    _whole_declaration(claims, headers)
    counted = any(c.get("quantity", (0.0, ""))[0] > 0.6 for c in claims)
    for i, found in enumerate(claims):
        concepts = headers[i].concepts
        if not counted and "PRICE" in concepts and not concepts & {"PERUNIT", "UNIT"} and "unit_price" in found:
            # A price in a file that counts nothing can only be the price of the whole line.
            score, why = found.pop("unit_price")
            found["value"] = max(found.get("value", (0.0, "")), (score, why + "; the file states no quantity"))
        if (
            "net_kg" in found
            and "WEIGHT" in concepts
            and not concepts & {"NET", "GROSS"}
            and not headers[i].box
            and explicit != {"GROSS"}
        ):
            # A weight that is neither called net nor gross is the net one only where the gross one stands beside it.
            found["net_kg"] = (0.0, found["net_kg"][1] + "; not called net")
        if "value" in found and "FOREIGN" in concepts and not has_currency:
            found["value"] = (found["value"][0] - 0.12, found["value"][1] + "; no currency column")
        if "description" in found and concepts & {"HS", "HSDESC"}:
            score, why = found["description"]
            # Tariff text says what the code says, not what was declared: only where nothing else describes the goods.
            found["description"] = (min(score, 0.55) if described < 0.6 else 0.0, why + "; tariff text")


_OF_LINES = ("value", "value_usd", "net_kg", "gross_kg", "quantity")


def _whole_declaration(claims: list[dict[str, tuple[float, str]]], headers: Sequence[Header]) -> None:
    """`TOTAL CUSTOMS VALUE` beside `CUSTOMS VALUE`: a sum over the declaration, which every line of it repeats."""
    amounts = {"VALUE", "CUSTVAL", "STATVAL", "INVOICE", "FOB", "CIF", "WEIGHT", "QTY"}
    parts = {h.concepts for h in headers if "TOTAL" not in h.concepts and h.concepts & amounts}
    if not any("TOTAL" in h.concepts and h.concepts - {"TOTAL"} in parts for h in headers):
        return
    for found, header in zip(claims, headers, strict=True):
        if "TOTAL" in header.concepts:
            for role in _OF_LINES:
                if role in found:
                    score, why = found[role]
                    found[role] = (score - 0.15, why + "; a total beside columns of lines")
