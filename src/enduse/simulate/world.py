"""What truly happens in the simulated world: lots of goods between firms, with a control date that bends the lanes.

Before the control date drones go straight from CN to RU. After it the direct lane falls and three lanes through KZ, TR
and AE rise: a firm there buys a lot and sends most of it on some weeks later. Everything else is ordinary trade.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

from . import catalogue, firms
from .lot import AE_FROM, CENT, CONTROL, GRAM, LAST, MONTHS, Lot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .catalogue import Good
    from .firms import Firm


@dataclass(frozen=True)
class Lane:
    """A lane of watched goods: lots a month before and after the control date, for a world of 20,000 rows."""

    name: str
    file: str
    departure: str
    destination: str
    direction: str
    before: float
    after: float
    onward: str = ""  # file in which the buyer sends the goods on to RU


LANES: tuple[Lane, ...] = (
    Lane("direct", "ru", "CN", "RU", "import", 18, 4),
    Lane("to_kz", "kz", "CN", "KZ", "import", 3, 12, onward="kz"),
    Lane("to_ae", "cn", "CN", "AE", "export", 2, 8, onward="ae"),
    Lane("to_tr", "cn", "CN", "TR", "export", 2, 6, onward="tr"),
    Lane("elsewhere", "cn", "CN", "DE", "export", 5, 5),
)
# Ordinary trade of each file: share of all rows, directions with sellers' and buyers' countries.
ORDINARY: dict[str, tuple[float, tuple[tuple[str, str, str], ...]]] = {
    "ru": (0.42, (("import", "CN", "RU"), ("import", "CN", "RU"), ("import", "DE", "RU"), ("import", "IN", "RU"), ("import", "VN", "RU"))),
    "kz": (0.22, (("import", "CN", "KZ"), ("import", "DE", "KZ"), ("export", "KZ", "RU"), ("export", "KZ", "RU"))),
    "tr": (0.14, (("export", "TR", "RU"), ("export", "TR", "DE"), ("export", "TR", "KZ"))),
    "cn": (0.14, (("export", "CN", "DE"), ("export", "CN", "TR"), ("export", "CN", "AE"), ("export", "CN", "BR"), ("export", "CN", "VN"))),
    "ae": (0.08, (("export", "AE", "RU"), ("export", "AE", "IN"), ("export", "AE", "DE"))),
}  # fmt: skip
LANGUAGE = {"ru": "ru", "kz": "ru", "tr": "tr", "cn": "zh", "ae": "en"}
# The script in which each file writes a firm of a country; anything else is Latin.
SCRIPT = {
    ("ru", "RU"): "local",
    ("ru", "CN"): "latin",
    ("kz", "KZ"): "local",
    ("kz", "RU"): "local",
    ("tr", "TR"): "local",
    ("cn", "CN"): "local",
}


@dataclass
class World:
    """Lots in the order of their declaration, the firms, and the pairs (inbound, onward) of lots sent on."""

    lots: list[Lot]
    firms: dict[str, list[Firm]]
    traders: dict[str, list[Firm]]  # by country: the firms that deal in watched goods
    onward: list[tuple[str, str]] = field(default_factory=list)
    chains: list[tuple[str, ...]] = field(default_factory=list)  # lots of four firms each: CN, AE or TR, KZ, RU


class _Maker:
    """Makes lots from one generator, so that equal seeds give equal worlds."""

    def __init__(self, seed: int, rows: int) -> None:
        self.rng = Random(seed)
        self.scale = rows / 20_000
        self.rows = rows
        self.count: dict[str, int] = {}
        taken: set[str] = set()
        size = max(0.25, min(self.scale, 4.0))
        amounts = {"RU": 420, "CN": 380, "KZ": 130, "TR": 110, "AE": 60, "DE": 24, "IN": 18, "VN": 20, "BR": 12}
        self.firms = {c: firms.make(self.rng, c, int(n * size), c, taken) for c, n in amounts.items()}
        self.traders = {
            "CN": self.firms["CN"][:26],
            "RU": self.firms["RU"][:18],
            "KZ": self.firms["KZ"][:7],
            "TR": self.firms["TR"][:6],
            "AE": self.firms["AE"][:6],
            "DE": self.firms["DE"][:5],
        }

    def day(self, month: dt.date) -> dt.date:
        return month + dt.timedelta(days=self.rng.randrange(28))

    def number(self, file: str, date: dt.date) -> str:
        """A declaration number in the manner of the country; the running number makes it unique."""
        serial = self.count[file] = self.count.get(file, 0) + 1
        stamp = f"{date:%d%m%y}"
        post = {"ru": "10702070", "kz": "50417"}.get(file, "")
        if file in ("ru", "kz"):
            return f"{post}/{stamp}/{serial:07d}"
        return {"tr": f"{date:%y}341300EX{serial:06d}", "cn": f"5304{date:%Y}0{serial:09d}"}.get(
            file, f"AE-{date:%y%m}-{serial:06d}"
        )

    def written(self, firm: Firm, file: str) -> str:
        """The firm's name as a paper of this file spells it."""
        script = SCRIPT.get((file, firm.country), "latin")
        if file == "kz" and firm.country == "CN" and self.rng.random() < 0.15:
            script = "cyrillic"
        return firms.spell(firm, script, self.rng)

    def described(self, good: Good, language: str) -> tuple[str, str, str]:
        """Goods text, declared code and evidence: mostly true, now and then vague or under another code."""
        rng = self.rng
        number, boxes = f"{rng.choice('ABCKLMPRST')}{rng.randrange(100, 9999)}", rng.randrange(1, 60)
        extra = rng.choice(catalogue.EXTRAS[language]).format(n=number, m=boxes)
        text = f"{good.name(language)}{'，' if language == 'zh' else ', '}{extra}"
        if language in ("ru", "tr") and rng.random() < 0.6:
            text = _upper(text, language)
        chance = rng.random()
        if not good.family:
            return (rng.choice(catalogue.VAGUE[language]) if chance < 0.015 else text), good.hs, ""
        if chance < 0.07:
            return (
                rng.choice(catalogue.VAGUE[language]),
                good.hs,
                "code" if good.hs.startswith(("8806", "8807")) else "hidden",
            )
        if chance < 0.10:
            return text, rng.choice(("9503007000", "8525890000")), "named"
        return text, good.hs, "named"

    def lot(
        self,
        file: str,
        direction: str,
        date: dt.date,
        *,
        seller: Firm,
        buyer: Firm,
        good: Good,
        quantity: int,
        price: float,
        origin: str = "",
    ) -> Lot:
        """One lot. Watched goods are understated now and then: declared at an eighth to a twentieth of their price."""
        rng = self.rng
        text, hs, evidence = self.described(good, LANGUAGE[file])
        value = (Decimal(quantity) * Decimal(str(round(price, 2)))).quantize(CENT)
        understated = bool(good.family) and rng.random() < 0.05
        if understated:
            value = (value / rng.choice((8, 12, 20))).quantize(CENT)
        kg = (Decimal(quantity) * Decimal(str(good.kg)) * Decimal(rng.randrange(970, 1090)) / 1000).quantize(GRAM)
        return Lot(
            file=file,
            number=self.number(file, date),
            line=rng.randrange(1, 8),
            date=date,
            direction=direction,
            seller=seller,
            buyer=buyer,
            seller_name=self.written(seller, file),
            buyer_name=self.written(buyer, file),
            origin=origin or seller.country,
            departure=seller.country,
            destination=buyer.country,
            good=good,
            hs=hs,
            text=text,
            quantity=quantity,
            net_kg=max(kg, GRAM),
            value_usd=max(value, CENT),
            evidence=evidence,
            understated=understated,
            missing=self.gaps(),
        )

    def gaps(self) -> frozenset[str]:
        """Now and then a field of a record is left empty."""
        if self.rng.random() >= 0.04:
            return frozenset()
        return frozenset([self.rng.choice(("net_kg", "quantity", "seller_name", "origin", "seller_id", "brand"))])


def _upper(text: str, language: str) -> str:
    """Capitals; Turkish keeps the dot of its i."""
    return text.replace("i", "İ").upper() if language == "tr" else text.upper()


def _watched_good(rng: Random) -> tuple[Good, int]:
    if rng.random() < 0.68:
        good = rng.choices(catalogue.DRONES, weights=[9, 5, 4, 3, 4, 4, 4, 3, 3, 2, 1, 4, 2, 2, 2, 2, 1, 1])[0]
        return good, rng.choice((1, 2, 5, 10, 20, 30, 50)) if good.usd < 6000 else rng.randrange(1, 5)
    good = rng.choice(catalogue.PARTS)
    return good, rng.choice((10, 20, 50, 100, 200, 500)) if good.usd < 1000 else rng.randrange(1, 9)


def _ordinary(maker: _Maker, file: str, count: int) -> list[Lot]:
    rng, lots = maker.rng, []
    _, lanes = ORDINARY[file]
    for _ in range(count):
        direction, seller, buyer = rng.choice(lanes)
        good = rng.choice(catalogue.ORDINARY)
        # A few firms do most of the trade.
        sellers, buyers = maker.firms[seller], maker.firms[buyer]
        one, other = (side[int(len(side) * rng.random() ** 2)] for side in (sellers, buyers))
        quantity = rng.choice((10, 24, 50, 120, 300, 500, 1000, 2400)) if good.usd < 60 else rng.randrange(1, 40)
        origin = rng.choice(("CN", "CN", seller)) if seller in ("KZ", "AE", "DE") else seller
        month = rng.choice([m for m in MONTHS if file != "ae" or m >= AE_FROM])
        price = good.usd * rng.triangular(0.6, 1.6, 1.0)
        lots.append(
            maker.lot(
                file,
                direction,
                maker.day(month),
                seller=one,
                buyer=other,
                good=good,
                quantity=quantity,
                price=price,
                origin=origin,
            )
        )
    return lots


def _months(maker: _Maker, lane: Lane) -> Iterator[dt.date]:
    """The months of the lane's lots: each month as often as it has lots."""
    for month in MONTHS:
        expected = (lane.after if month >= CONTROL else lane.before) * maker.scale
        yield from [month] * (int(expected) + (maker.rng.random() < expected % 1))


def _send_on(maker: _Maker, lane: Lane, inbound: Lot) -> Lot | None:
    """The lot in which the buyer of `inbound` sends most of it on to RU some weeks later, or None where it keeps the goods."""
    rng = maker.rng
    date = inbound.date + dt.timedelta(days=rng.randrange(6, 48))
    willing = rng.random() < (0.8 if inbound.date >= CONTROL else 0.3)
    if not lane.onward or not willing or date > LAST or (lane.onward == "ae" and date < AE_FROM):
        return None
    return maker.lot(
        lane.onward,
        "export",
        date,
        seller=inbound.buyer,
        buyer=rng.choice(maker.traders["RU"]),
        good=inbound.good,
        quantity=max(1, round(inbound.quantity * rng.uniform(0.6, 1.0))),
        price=inbound.good.usd * rng.uniform(1.1, 1.6),
        origin="CN",
    )


def _watched(maker: _Maker) -> tuple[list[Lot], list[tuple[str, str]]]:
    """Lots of drones and parts on every lane, and the pairs of lots that are one and the same goods."""
    rng = maker.rng
    lots: list[Lot] = []
    pairs: list[tuple[str, str]] = []
    for lane in LANES:
        sellers = maker.traders["CN"][:12] if lane.name == "direct" else maker.traders["CN"]
        for month in _months(maker, lane):
            good, quantity = _watched_good(rng)
            buyer = rng.choice(maker.traders[lane.destination])
            price = good.usd * rng.triangular(0.8, 1.25, 1.0)
            inbound = maker.lot(
                lane.file,
                lane.direction,
                maker.day(month),
                seller=rng.choice(sellers),
                buyer=buyer,
                good=good,
                quantity=quantity,
                price=price,
            )
            lots.append(inbound)
            onward = _send_on(maker, lane, inbound)
            if onward is not None:
                lots.append(onward)
                pairs.append((inbound.number, onward.number))
    return lots, pairs


def _relayed(maker: _Maker) -> tuple[list[Lot], list[tuple[str, ...]]]:
    """After the control some lots pass two firms on the way: CN to TR or AE, on to KZ, on to RU. Each is declared three times."""
    rng = maker.rng
    lots: list[Lot] = []
    chains: list[tuple[str, ...]] = []
    for number in range(max(3, round(9 * maker.scale))):
        good, quantity = _watched_good(rng)
        # Not one of the hub's usual firms of the lane: its only watched trade is this.
        hub = ("TR", "AE")[number % 2]
        first = maker.firms[hub][8 + number % max(1, len(maker.firms[hub]) - 8)]
        second = maker.firms["KZ"][7 + number % max(1, len(maker.firms["KZ"]) - 7)]
        seller, buyer = maker.traders["CN"][number % 12], maker.traders["RU"][number % 18]
        day = CONTROL + dt.timedelta(days=rng.randrange(5, 170))
        # A Turkish export is on record in its own file, one from the Emirates on the Kazakh side (their file has months only).
        middle = ("tr", "export") if hub == "TR" else ("kz", "import")
        chain: list[str] = []
        for file, direction, one, other in (
            ("cn", "export", seller, first),
            (*middle, first, second),
            ("kz", "export", second, buyer),
        ):
            price = good.usd * rng.uniform(1.0, 1.2) * 1.15 ** len(chain)
            lots.append(maker.lot(file, direction, day, seller=one, buyer=other, good=good, quantity=quantity, price=price, origin="CN"))  # fmt: skip
            chain.append(lots[-1].number)
            day += dt.timedelta(days=rng.randrange(9, 34))
            quantity = max(1, round(quantity * rng.choice((1.0, 1.0, 0.9))))
        chains.append(tuple(chain))
    return lots, chains


def make(rows: int, seed: int) -> World:
    """A world with about `rows` lots. Lots of a file stand in the order of their dates, then of their numbers."""
    maker = _Maker(seed, rows)
    lots, pairs = _watched(maker)
    relayed, chains = _relayed(maker)
    lots += relayed
    pairs += [pair for chain in chains for pair in pairwise(chain)]
    rest = max(0, rows - len(lots))
    for file, (share, _) in ORDINARY.items():
        lots += _ordinary(maker, file, round(rest * share))
    lots.sort(key=lambda lot: (lot.date, lot.number))
    return World(lots, maker.firms, maker.traders, pairs, chains)
