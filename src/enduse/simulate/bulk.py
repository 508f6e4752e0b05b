"""A large file of simulated declarations for the benchmarks, written by DuckDB in one streaming pass.

Distinct texts and firm names are made in Python (they are few); rows pick from them by a hash of their number that is
plain integer arithmetic, so a seed gives the same bytes with any number of threads and any version of the engine.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from . import catalogue, words

if TYPE_CHECKING:
    from pathlib import Path

WATCHED = 0.03  # share of texts, and so of rows, about drones and their parts

# A 32-bit mixing function (multiply, shift, exclusive or: the finalizer of MurmurHash3) over row number and purpose.
_MIX = """
CREATE MACRO mix1(x) AS xor(x, x >> 16) * 2246822507 % 4294967296;
CREATE MACRO mix2(x) AS xor(x, x >> 13) * 3266489909 % 4294967296;
CREATE MACRO draw(i, k) AS CAST(mix2(mix1((i * 2654435761 + CAST(k AS UBIGINT) * 2654404611 + CAST($seed AS UBIGINT) * 97) % 4294967296)) AS DOUBLE) / 4294967296;
"""
_ROWS = """
COPY (
  WITH drawn AS (
    SELECT i,
      CAST(floor(draw(i, 1) * $texts) AS BIGINT) AS text_no,
      CAST(floor(draw(i, 2) * draw(i, 2) * $names) AS BIGINT) AS seller_no,
      CAST(floor(draw(i, 3) * draw(i, 3) * $names) AS BIGINT) AS buyer_no,
      DATE '2022-01-01' + CAST(floor(draw(i, 4) * 912) AS INTEGER) AS day,
      CAST(1 + floor(exp(draw(i, 5) * 6)) AS BIGINT) AS quantity,
      0.6 + draw(i, 6) * 0.9 AS price_factor,
      CAST(floor(draw(i, 7) * 8) AS BIGINT) AS lane,
      CAST(1 + floor(draw(i, 8) * 6) AS BIGINT) AS line_no
    FROM (SELECT CAST(range AS UBIGINT) AS i FROM range($rows))
  )
  SELECT
    printf('10702070/%s/%07d', strftime(d.day, '%d%m%y'), d.i) AS declaration_number,
    d.line_no AS item_no,
    strftime(d.day, '%Y-%m-%d') AS declaration_date,
    CASE d.lane % 2 WHEN 0 THEN 'IMPORT' ELSE 'EXPORT' END AS direction,
    s.name AS exporter_name,
    b.name AS importer_name,
    printf('%010d', 7700000000 + d.buyer_no * 17) AS importer_tax_id,
    t.brand AS brand,
    t.text AS product_description,
    t.hs AS hs_code,
    ['CN', 'CN', 'CN', 'DE', 'CN', 'TR', 'VN', 'IN'][d.lane + 1] AS origin_country,
    ['CN', 'CN', 'KZ', 'DE', 'CN', 'TR', 'AE', 'IN'][d.lane + 1] AS departure_country,
    ['RU', 'RU', 'RU', 'RU', 'KZ', 'RU', 'RU', 'AE'][d.lane + 1] AS destination_country,
    ['SEA', 'RAIL', 'ROAD', 'AIR'][d.lane % 4 + 1] AS transport_mode,
    d.quantity AS quantity,
    t.unit AS unit,
    CAST(d.quantity * t.kg AS DECIMAL(18, 3)) AS net_weight_kg,
    CAST(d.quantity * t.kg * 1.1 AS DECIMAL(18, 3)) AS gross_weight_kg,
    'USD' AS currency,
    CAST(d.quantity * t.usd * d.price_factor AS DECIMAL(18, 2)) AS value_usd,
    'FOB' AS incoterms
  FROM drawn AS d
  JOIN texts AS t ON t.no = d.text_no
  JOIN names AS s ON s.no = d.seller_no
  JOIN names AS b ON b.no = d.buyer_no
  ORDER BY d.i
) TO '{path}' (FORMAT csv, HEADER)
"""


def _texts(count: int, rng: Random) -> dict[str, list[Any]]:
    """`count` different goods texts in four languages, with code, brand, unit, price and weight."""
    watched = (*catalogue.DRONES, *catalogue.DRONES, *catalogue.PARTS)
    table: dict[str, list[Any]] = {name: [] for name in ("no", "text", "hs", "brand", "unit", "usd", "kg")}
    for no in range(count):
        good = rng.choice(watched if no < count * WATCHED else catalogue.ORDINARY)
        language = ("en", "en", "ru", "ru", "zh", "tr")[rng.randrange(6)]
        extra = rng.choice(catalogue.EXTRAS[language]).format(
            n=f"{rng.choice('ABCKLMPRST')}{rng.randrange(100, 9999)}", m=rng.randrange(1, 60)
        )
        # The number keeps every text different; real goods texts carry such article numbers too.
        text = f"{good.name(language)}, {extra}, {rng.choice('XYZQW')}{no:06d}"
        for name, value in zip(
            table,
            (no, text.upper() if language != "zh" else text, good.hs, good.brand or None, good.unit, good.usd, good.kg),
            strict=True,
        ):
            table[name].append(value)
    return table


_LATIN = tuple(c + v for c in "bcdfghjklmnprstvz" for v in ("a", "e", "i", "o", "u", "an", "or", "el"))
_CYRILLIC = tuple(c + v for c in "бвгдзклмнпрстфц" for v in ("а", "е", "и", "о", "у", "ан", "ор", "ель"))
_FORMS = (
    "Co., Ltd.",
    "Trading Co., Ltd.",
    "Technology Co., Ltd.",
    "LLC",
    "GmbH",
    "General Trading LLC",
    "Ltd. Şti.",
    "Pvt. Ltd.",
)


def _names(count: int, rng: Random) -> dict[str, list[Any]]:
    """`count` different firm names: four fifths Latin, an eighth Cyrillic, the rest Chinese; one in ten a respelling of another."""
    names: dict[str, None] = {}
    latin: list[str] = []
    while len(names) < count:
        kind = rng.random()
        if kind < 0.1 and latin:
            name = rng.choice(latin).upper().replace("CO., LTD.", "CO LTD")
        elif kind < 0.8:
            brand = "".join(rng.choice(_LATIN) for _ in range(rng.randrange(3, 5))).capitalize()
            name = (
                f"{rng.choice(words.HAN_CITY)[1]} {brand} {rng.choice(_FORMS)}"
                if rng.random() < 0.5
                else f"{brand} {rng.choice(_FORMS)}"
            )
            latin.append(name)
        elif kind < 0.925:
            brand = "".join(rng.choice(_CYRILLIC) for _ in range(rng.randrange(2, 4)))
            name = f'ООО "{(brand + rng.choice(words.RU_TAIL)[0]).upper()}"'
        else:
            name = f"{rng.choice(words.HAN_CITY)[0]}{''.join(h[0] for h in rng.choices(words.HAN, k=3))}{rng.choice(words.HAN_TRADE)[0]}有限公司"
        names[name] = None
    found = list(names)
    rng.shuffle(found)
    return {"no": list(range(count)), "name": found}


def declarations(path: Path, *, rows: int, texts: int = 300_000, names: int = 50_000, seed: int) -> None:
    """Writes one UTF-8 CSV of `rows` simulated declarations at `path`: 21 columns, ISO dates, about 240 bytes a row.

    Three rows in a hundred are about drones or their parts. Memory follows `texts` and `names`, not `rows`.
    """
    import duckdb
    import pyarrow as pa

    rng = Random(seed)
    with duckdb.connect() as db:
        db.register("texts_arrow", pa.table(_texts(texts, rng)))
        db.register("names_arrow", pa.table(_names(names, rng)))
        for name in ("texts", "names"):
            db.execute(f"CREATE TABLE {name} AS SELECT * FROM {name}_arrow")
        for statement in _MIX.replace("$seed", str(seed)).strip().splitlines():
            db.execute(statement)
        sql = _ROWS.replace("$texts", str(texts)).replace("$names", str(names)).replace("$rows", str(rows))
        db.execute(sql.format(path=str(path).replace("'", "''")))


def watchlist(path: Path, *, entries: int = 15_000, seed: int) -> None:
    """Writes a made-up list of `entries` firms in the OFAC SDN layout (no header, twelve columns, `-0-` for nothing)."""
    names = _names(entries, Random(seed))["name"]
    gap = "-0- ," * 7
    lines = [f'{i},"{name.replace(chr(34), "")}",-0- ,"SIMULATED",{gap}-0- ' for i, name in enumerate(names, 1)]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode("utf-8"))
