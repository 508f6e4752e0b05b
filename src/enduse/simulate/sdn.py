"""A small made-up watchlist in the layout of the OFAC SDN file: no header, twelve columns, `-0-` for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from .firms import Firm
    from .world import World

NAME = "SIMULATED_sdn.csv"
PROGRAM = "SIMULATED"


@dataclass(frozen=True)
class Entry:
    """One entry. `how` tells how the firm's papers differ from the listed name; `firm` is None where nobody in the records is meant."""

    number: int
    name: str
    kind: str
    remarks: str
    how: str
    firm: Firm | None = None


def _ascii(name: str) -> str:
    return name.translate(str.maketrans("çÇğĞıİöÖşŞüÜ", "cCgGiIoOsSuU"))


_LAND = {"CN": "China", "RU": "Russia", "KZ": "Kazakhstan", "TR": "Turkey", "AE": "United Arab Emirates"}


def _near(firm: Firm) -> str:
    """A name that shares city, trade and legal form with the firm's, but not the word that tells firms apart."""
    words = firm.latin.split()
    at = 1 if firm.country in ("CN", "RU") else 0
    words[at] = {"CN": "Zhuoweida", "RU": "Kontreliya" + words[at][-5:]}.get(firm.country, "Kontrelia")
    return " ".join(words).upper()


def entries(world: World) -> list[Entry]:
    """Six entries mean firms of the records, four look like one and mean another, three mean nobody there."""
    t = world.traders
    meant = (
        (t["CN"][0], t["CN"][0].latin.upper(), "exact"),
        (t["CN"][20], t["CN"][20].latin.upper(), "across scripts"),
        (t["RU"][0], t["RU"][0].latin, "across scripts"),
        (t["KZ"][0], t["KZ"][0].latin.upper(), "across scripts"),
        (t["TR"][0], _ascii(t["TR"][0].latin).upper(), "without diacritics"),
        (t["AE"][0], t["AE"][0].latin.upper(), "exact"),
    )
    found = [
        Entry(900001 + i, name, "-0- ", f"Tax ID No. {f.tax_id} ({_LAND[f.country]}); simulated entry.", how, f)
        for i, (f, name, how) in enumerate(meant)
    ]
    near = [world.firms["CN"][30], world.firms["RU"][40], t["AE"][2], world.firms["DE"][5]]
    found += [
        Entry(900101 + i, _near(f), "-0- ", "Simulated entry; no firm of the records is meant.", "near miss", f)
        for i, f in enumerate(near)
    ]
    found += [
        Entry(900201, "QUELLIMAR OVERSEAS SHIPPING BUREAU", "-0- ", "Simulated entry.", "nobody"),
        Entry(900202, "ARDELTHOV, Mirek Lusian", "individual", "DOB 01 Jan 1901; simulated entry.", "nobody"),
        Entry(
            900203,
            "SIMULATED TERN",
            "vessel",
            "Vessel Registration Identification IMO 0000000; simulated entry.",
            "nobody",
        ),
    ]
    return found


def write(found: list[Entry], folder: Path) -> Path:
    """Writes the list as the Treasury's own file is written: quoted text, bare `-0- `, CRLF."""
    path = folder / NAME
    lines = []
    for e in found:
        kind = e.kind if e.kind.startswith("-0-") else f'"{e.kind}"'
        lines.append(f'{e.number},"{e.name}",{kind},"{PROGRAM}",' + "-0- ," * 7 + f'"{e.remarks}"')
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode("utf-8"))
    return path
