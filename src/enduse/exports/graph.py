"""Who traded with whom as a graph: GraphML for Gephi, yEd or networkx, and CSV for Neo4j's bulk import beside it.

A node is a party. An edge is all declared trade from one party to another, each lot once; edges that a chain runs along say
how many chains and how probable the best one is. Links that are no trade (a shared owner, an address) are edges of their own
kind. Both files are written row by row from aggregates the engine makes: memory does not grow with the shipments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from enduse.engine.duckdb import DuckDBEngine
from enduse.exports.folder import file_place, whole_file, whole_folder
from enduse.exports.graph_tables import EDGES, NODES, SQL, UNPLACED

if TYPE_CHECKING:
    from enduse.case import Case
    from enduse.engine.base import Engine

_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # not allowed in XML 1.0
_TYPES = {"string": "string", "int": "long", "number": "double", "date": "string"}


def _xml(value: object) -> str:
    if hasattr(value, "normalize"):  # a decimal, in plain digits
        return f"{value.normalize():f}"
    return escape(_BAD.sub("\ufffd", str(value)), {"\r": "&#13;"})


def _head(case: Case) -> str:
    keys = [
        f'<key id="{where[0]}_{name}" for="{where}" attr.name="{name}" attr.type="{_TYPES[kind]}"/>'
        for where, columns in (("node", NODES), ("edge", EDGES))
        for name, kind in columns
    ]
    keys += [f'<key id="g_{n}" for="graph" attr.name="{n}" attr.type="string"/>' for n in ("title", "run", "note")]
    note = "Edges are declared trade, each lot once. A chain says how probable a path of goods is, not that anything is wrong with it."
    if case.file.simulated:
        note = f"SIMULATED CASE: the records are made up. {note}"
    run = case.run_info()
    told = {"title": case.file.title or case.file.question, "run": f"{run.run_id}, enduse {run.version}", "note": note}
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
        + "\n".join(keys)
        + '\n<graph id="trade" edgedefault="directed">\n'
        + "".join(f'<data key="g_{k}">{_xml(v)}</data>\n' for k, v in told.items())
    )


def _data(prefix: str, columns: tuple[tuple[str, str], ...], row: dict[str, Any]) -> str:
    return "".join(
        f'<data key="{prefix}_{name}">{_xml(row[name])}</data>' for name, _ in columns if row[name] is not None
    )


def _rows(engine: Engine, sql: str) -> Iterator[dict[str, Any]]:
    for batch in engine.stream(sql):
        yield from batch.to_pylist()


def _graphml(engine: Engine, case: Case, out: TextIO) -> None:
    out.write(_head(case))
    out.writelines(
        f"<node id={quoteattr(row['party_id'])}>{_data('n', NODES, row)}</node>\n"
        for row in _rows(engine, "SELECT * FROM graph_node ORDER BY party_id")
    )
    for name in ("graph_trade", "graph_link"):
        for row in _rows(engine, f"SELECT * FROM {name} ORDER BY source, target, kind"):
            ends = f"source={quoteattr(row['source'])} target={quoteattr(row['target'])}"
            key = quoteattr(f"{row['kind']}:{row['source']}:{row['target']}")
            out.write(f"<edge id={key} {ends}>{_data('e', EDGES, row)}</edge>\n")
    out.write("</graph>\n</graphml>\n")


_IMPORT = """Import into an empty Neo4j database (5 or later), from this folder:

neo4j-admin database import full --multiline-fields=true \\
  --nodes=parties.csv --nodes=chains.csv \\
  --relationships=shipped.csv --relationships=hops.csv --relationships=linked.csv neo4j
"""


def _neo4j(engine: Engine, case: Case, folder: Path) -> list[Path]:
    """Nodes and relationships with Neo4j's header fields; sums of trade are doubles there, exact in the CSV tables."""
    if not isinstance(engine, DuckDBEngine):
        raise TypeError(f"CSV is written by DuckDB, not by {engine.name}")
    label = ";SIMULATED" if case.file.simulated else ""
    nodes = ", ".join(f'{n} AS "{n}:{"long" if k == "int" else k}"' if k != "string" else n for n, k in NODES)
    edges = ", ".join(
        f'{n} AS "{n}:{ {"int": "long", "number": "double", "date": "date"}[k] }"' if k != "string" else n
        for n, k in EDGES
        if n not in ("kind", "basis", "score", "evidence")
    )
    tables = {
        "parties": f'SELECT party_id AS "party_id:ID(Party)", {nodes}, \'Party{label}\' AS ":LABEL" FROM graph_node ORDER BY party_id',
        "chains": 'SELECT chain_id AS "chain_id:ID(Chain)", rank AS "rank:int", continuity AS "continuity:double", concern AS "concern:double", '
        'goods, quantity AS "quantity:double", net_kg AS "net_kg:double", value_usd AS "value_usd:double", first_date AS "first:date", '
        f'last_date AS "last:date", weakest_link, reasons, \'Chain{label}\' AS ":LABEL" FROM chain ORDER BY rank, chain_id',
        "shipped": f'SELECT source AS ":START_ID(Party)", target AS ":END_ID(Party)", {edges}, \'SHIPPED_TO\' AS ":TYPE" '
        "FROM graph_trade ORDER BY source, target",
        "hops": 'SELECT h.from_party AS ":START_ID(Party)", h.to_party AS ":END_ID(Party)", h.chain_id, h.position AS "position:int", '
        'h.strength AS "strength:double", h.date AS "date:date", h.goods, h.quantity AS "quantity:double", h.net_kg AS "net_kg:double", '
        'h.value_usd AS "value_usd:double", h.shipment_id, h.basis, \'HOP\' AS ":TYPE" FROM hop AS h '
        "JOIN graph_node AS a ON a.party_id = h.from_party JOIN graph_node AS b ON b.party_id = h.to_party ORDER BY h.chain_id, h.position",
        "linked": 'SELECT source AS ":START_ID(Party)", target AS ":END_ID(Party)", basis, score AS "score:double", evidence, '
        'upper(kind) AS ":TYPE" FROM graph_link ORDER BY source, target, kind',
    }
    made = []
    for name, sql in tables.items():
        path = folder / f"{name}.csv"
        engine.copy_csv(sql, path)
        made.append(path)
    note = folder / "README.txt"
    note.write_text(_IMPORT, encoding="utf-8", newline="")
    return [*made, note]


def write(case: Case, out: Path) -> list[Path]:
    """GraphML as the file `out` (or `case.graphml` in the folder `out`), and a folder `<name>-neo4j` beside it."""
    path = file_place(out, f"case{'-SIMULATED' if case.file.simulated else ''}.graphml")
    beside = path.with_name(f"{path.stem}-neo4j")
    with whole_file(path) as partial, whole_folder(beside) as folder, case.open() as engine:
        for name, sql in SQL.items():
            engine.make(name, sql)
        unplaced = engine.fetch(UNPLACED)["n"][0].as_py()
        with partial.open("w", encoding="utf-8", newline="") as handle:
            _graphml(engine, case, handle)
        made = _neo4j(engine, case, folder)
        if unplaced:
            (folder / "README.txt").write_text(
                f"{_IMPORT}\n{unplaced} records name only one side, or none, as a firm: they are no edge here and in the GraphML.\n",
                encoding="utf-8", newline="",
            )  # fmt: skip
    return [path, *(beside / p.name for p in made)]
