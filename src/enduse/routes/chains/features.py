"""What a purchase and a later sale of one firm say together: a few levels each of time, amount, goods, price, place and stock."""

from __future__ import annotations

from .evidence import Feature, packed

EARLY = 10  # days by which a sale may be declared before the purchase it came from (see sql/bought.sql)
_DAYS = (-EARLY, 0, 2, 4, 7, 10, 14, 20, 28, 40, 60, 90, 150)
_DAY_WORDS = (
    f"the sale declared up to {EARLY} days before the purchase",
    *(f"{a} to {b - 1} days between" for a, b in zip(_DAYS[1:], (*_DAYS[2:], 10_000), strict=True)),
)
_DAY_PRIOR = (-0.5, 0.8, 1.0, 1.0, 0.9, 0.8, 0.7, 0.5, 0.3, 0.0, -0.4, -0.8, -1.2)
_SURE = ("both only from the other side", "purchase only from the seller's side", "sale only from the buyer's side", "")
_SHARES = ("none", "up to a quarter", "a quarter to three quarters", "most", "all")

LAG = Feature(
    "f_lag",
    tuple(words if not more else f"{words} ({more})" for more in _SURE for words in _DAY_WORDS),
    _DAY_PRIOR * 4,
)
QUANTITY = Feature(
    "f_quantity",
    (
        "", "the same number of pieces, an uncommon one", "the same number of pieces, a common one", "pieces within 2 %", "half to all of the pieces went on",
        "a tenth to a half of the pieces went on", "less than a tenth of the pieces went on", "up to twice the pieces bought", "two to ten times the pieces bought", "over ten times the pieces bought",
    ),
    (0.0, 2.5, 1.5, 1.0, 0.2, -0.2, -0.8, -0.1, -0.6, -1.5),
)  # fmt: skip
WEIGHT = Feature(
    "f_weight",
    (
        "", "weight within .5 %", "weight within 2 %", "weight within 6 %", "half to all of the weight went on", "a tenth to a half of the weight went on",
        "less than a tenth of the weight went on", "up to twice the weight bought", "two to ten times the weight bought", "over ten times the weight bought",
    ),
    (0.0, 2.0, 1.5, 0.6, 0.2, -0.2, -0.8, -0.1, -0.6, -1.5),
)  # fmt: skip
GOODS = Feature(
    "f_goods",
    (
        "the same serial, lot or container number", "the same model or part number", "another model or part number", "the same code and maker", "the same code",
        "the same code, another maker", "another code, the same maker", "another code", "the same model as far as its weight tells", "another model as far as its weight tells",
    ),
    (3.0, 1.5, -2.0, 0.8, 0.2, -1.5, 0.3, -0.5, 1.0, -0.8),
)  # fmt: skip
PRICE = Feature(
    "f_price",
    (
        "", "less than half the price a kilogram", "a fifth to a half cheaper", "a little cheaper", "the same price", "5 to 20 % dearer", "20 to 50 % dearer",
        "half as dear again and more", "over two and a half times the price",
    ),
    (0.0, -1.2, -0.4, 0.3, 0.7, 0.8, 0.4, -0.4, -1.2),
)  # fmt: skip
PLACE = Feature("f_place", ("", "left from where it arrived", "left from another country"), (0.0, 0.3, -1.0))
ORIGIN = Feature("f_origin", ("", "the same country of making", "another country of making"), (0.0, 0.4, -1.5))
STOCK = Feature(
    "f_stock",
    (
        "", *(f"oldest stock first: {b} of the purchase into {a} of the sale" for a in _SHARES for b in _SHARES),
    ),
    (0.0, *(0.0 if not a or not b else 0.3 * (a + b) / 2 for a in range(5) for b in range(5))),
)  # fmt: skip
UNIT = Feature(
    "f_unit",
    ("", "a piece weighs the same within 1 %", "a piece weighs the same within 3 %", "a piece weighs the same within 8 %", "a piece weighs up to a quarter more or less", "a piece weighs something else"),
    (0.0, 0.8, 0.6, 0.2, -0.5, -1.5),
)  # fmt: skip
FEATURES: tuple[Feature, ...] = (LAG, QUANTITY, WEIGHT, GOODS, PRICE, PLACE, ORIGIN, STOCK, UNIT)


def _within(a: str, b: str, share: str) -> str:
    return f"{a} <= {b} * {share} AND {b} <= {a} * {share}"


def _ratio(left: str, right: str, first: int) -> str:
    """Levels of `right` (sold) against `left` (bought) once they are not nearly equal."""
    return (
        f"WHEN {right} < {left} AND {right} * 2 >= {left} THEN {first} WHEN {right} < {left} AND {right} * 10 >= {left} THEN {first + 1} "
        f"WHEN {right} < {left} THEN {first + 2} WHEN {right} <= {left} * 2 THEN {first + 3} WHEN {right} <= {left} * 10 THEN {first + 4} ELSE {first + 5}"
    )


def _share(part: str, whole: str) -> str:
    return f"CASE WHEN {part} <= 0 THEN 0 WHEN {part} * 4 < {whole} THEN 1 WHEN {part} * 4 < {whole} * 3 THEN 2 WHEN {part} * 50 < {whole} * 49 THEN 3 ELSE 4 END"


def _lag() -> str:
    cases = " ".join(f"WHEN days < {b} THEN {k}" for k, b in enumerate(_DAYS[1:]))
    return f"CASE {cases} ELSE {len(_DAYS) - 1} END + {len(_DAYS)} * (i_sure * 2 + o_sure)"


def levels_sql() -> str:
    """The select list that turns the raw columns of a pair into levels. Numbers are compared one with one: nothing is added up."""
    return f"""
  {_lag()} AS f_lag,
  CASE WHEN i_quantity IS NULL OR o_quantity IS NULL OR i_unit IS NULL OR o_unit IS NULL OR i_unit <> o_unit THEN 0
    WHEN i_quantity = o_quantity AND i_odd = 1 THEN 1 WHEN i_quantity = o_quantity THEN 2
    WHEN {_within("i_quantity", "o_quantity", "1.02")} THEN 3 {_ratio("i_quantity", "o_quantity", 4)} END AS f_quantity,
  CASE WHEN i_kg IS NULL OR o_kg IS NULL THEN 0 WHEN {_within("i_kg", "o_kg", "1.005")} THEN 1 WHEN {_within("i_kg", "o_kg", "1.02")} THEN 2
    WHEN {_within("i_kg", "o_kg", "1.06")} THEN 3 {_ratio("i_kg", "o_kg", 4)} END AS f_weight,
  CASE WHEN i_container = o_container THEN 0 WHEN i_mark = o_mark THEN 0 WHEN i_model = o_model THEN 1 WHEN i_model <> o_model THEN 2 WHEN i_kind = o_kind THEN 8 WHEN i_kind <> o_kind THEN 9
    WHEN i_hs6 = o_hs6 AND i_maker = o_maker THEN 3 WHEN i_hs6 = o_hs6 AND i_maker <> o_maker THEN 5 WHEN i_hs6 = o_hs6 THEN 4
    WHEN i_maker = o_maker THEN 6 ELSE 7 END AS f_goods,
  CASE WHEN i_price IS NULL OR o_price IS NULL OR i_price <= 0 THEN 0 WHEN o_price * 2 < i_price THEN 1 WHEN o_price * 5 < i_price * 4 THEN 2
    WHEN o_price * 50 < i_price * 49 THEN 3 WHEN o_price * 20 < i_price * 21 THEN 4 WHEN o_price * 5 < i_price * 6 THEN 5
    WHEN o_price * 2 < i_price * 3 THEN 6 WHEN o_price * 2 < i_price * 5 THEN 7 ELSE 8 END AS f_price,
  CASE WHEN i_country IS NULL OR o_country IS NULL THEN 0 WHEN i_country = o_country THEN 1 ELSE 2 END AS f_place,
  CASE WHEN i_origin IS NULL OR o_origin IS NULL THEN 0 WHEN i_origin = o_origin THEN 1 ELSE 2 END AS f_origin,
  CASE WHEN i_grams <= 0 OR o_grams <= 0 OR overlap IS NULL THEN 0 ELSE 1 + 5 * ({_share("overlap", "o_grams")}) + {_share("overlap", "i_grams")} END AS f_stock,
  CASE WHEN i_piece IS NULL OR o_piece IS NULL OR i_unit IS NULL OR o_unit IS NULL OR i_unit <> o_unit THEN 0
    WHEN {_within("i_piece", "o_piece", "1.01")} THEN 1 WHEN {_within("i_piece", "o_piece", "1.03")} THEN 2 WHEN {_within("i_piece", "o_piece", "1.08")} THEN 3
    WHEN {_within("i_piece", "o_piece", "1.25")} THEN 4 ELSE 5 END AS f_unit"""


def _overlap(goods: str) -> str:
    return f"greatest(0, least(i_{goods}_ends, o_{goods}_ends) - greatest(i_{goods}_begins, o_{goods}_begins))"


_TOLD = ("sure", "quantity", "odd", "unit", "kg", "piece", "price", "mark", "container", "model", "kind", "hs6", "maker", "country", "origin", "grams")  # fmt: skip
_LINES = ("code_begins", "code_ends", "kind_begins", "kind_ends")


def told_sql(lots: str, way: int, by_code: str, by_kind: str) -> str:
    """What pairs ask of one side, worked out once a consignment: `lots` (bought or sold, `way` 0 or 1) and its places on the lines of stock."""
    return f"""
SELECT c.id, c.firm, c.date, c.sure, c.unit, c.mark, c.container, c.model, c.kind, c.hs6, c.maker, c.country, c.origin, c.grams,
  CAST(c.quantity AS DOUBLE) AS quantity, CASE WHEN c.quantity >= 101 AND c.quantity % 10 <> 0 THEN 1 ELSE 0 END AS odd, CAST(c.kg AS DOUBLE) AS kg,
  CASE WHEN c.quantity > 0 THEN CAST(c.kg AS DOUBLE) / nullif(CAST(c.quantity AS DOUBLE), 0) END AS piece,
  CASE WHEN c.kg > 0 THEN CAST(c.value_usd AS DOUBLE) / nullif(CAST(c.kg AS DOUBLE), 0) END AS price,
  h.begins AS code_begins, h.ends AS code_ends, k.begins AS kind_begins, k.ends AS kind_ends
FROM {lots} AS c
LEFT JOIN {by_code} AS h ON h.id = c.id AND h.way = {way}
LEFT JOIN {by_kind} AS k ON k.id = c.id AND k.way = {way}"""


def features_sql(pairs: str, ins: str, outs: str, decoy: int) -> str:
    """(inb, outb, firm, decoy, code) of the pairs, whose purchases stand in `ins` and sales in `outs` as `told_sql` tells them."""
    raw = ", ".join(f"{side}.{c} AS {side}_{c}" for side in ("i", "o") for c in (*_TOLD, *_LINES))
    sign = 1 if decoy != 1 else -1
    return f"""
SELECT inb, outb, firm, CAST({decoy} AS INTEGER) AS decoy, {packed(FEATURES)} AS code
FROM (
  SELECT inb, outb, firm, {levels_sql()}
  FROM (
    SELECT *, CASE WHEN i_kind = o_kind THEN {_overlap("kind")} ELSE {_overlap("code")} END AS overlap
    FROM (
      SELECT p.inb, p.outb, i.firm, date_diff('day', i.date, o.date) * {sign} AS days, {raw}
      FROM {pairs} AS p
      JOIN {ins} AS i ON i.id = p.inb
      JOIN {outs} AS o ON o.id = p.outb
    ) AS beside
    WHERE days BETWEEN {-EARLY} AND $longest
  ) AS raw
) AS levelled"""
