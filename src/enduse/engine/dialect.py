"""One SQL for both engines: parsed by SQLGlot, held to an allow-list of functions, written out per engine.

The canonical dialect is DuckDB's, in a portable subset: `substr` not slices, `nullif` under every division, character
classes not backslashes, no lambdas, no `OR` in joins, no extension, `date_diff` for days, every order ends in an id.
"""

from __future__ import annotations

import datetime as dt
import decimal
from collections.abc import Mapping
from functools import lru_cache

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from enduse.errors import QueryError

CANON = "duckdb"

# Functions that give the same answer on both engines (tests/engines runs each step on both). Names are SQLGlot's.
ALLOWED: frozenset[str] = frozenset(
    """abs array_agg array_concat avg case cast ceil coalesce concat concat_ws count count_if date_diff date_trunc dense_rank exists
    extract first floor greatest if lag last_day least left length ln log lower lpad ltrim max md5 min month nullif
    or and power quantile_disc percentile_disc rank regexp_like regexp_replace replace right round row_number rpad rtrim sha2 sign sqrt stddev
    starts_with str_position substring sum time_to_str trim try_cast upper variance year list_agg group_concat
    ts_or_ds_to_date lead xor not any_value percent_rank cume_dist
    within_group datediff str_to_date date_add date_sub split_part levenshtein""".split()
)


def _literal(value: object) -> exp.Expression:
    """A Python value as a SQL literal; lists become tuples for IN."""
    if isinstance(value, list | tuple | set | frozenset):
        members = [_literal(v) for v in value]
        return exp.Tuple(expressions=members or [exp.Null()])
    if isinstance(value, bool):
        return exp.Boolean(this=value)
    if isinstance(value, dt.date):
        return exp.cast(exp.Literal.string(value.isoformat()), "DATE")
    if isinstance(value, decimal.Decimal):
        return exp.Literal.number(str(value))
    return exp.convert(value)


def _fill(tree: exp.Expression, params: Mapping[str, object], sql: str) -> exp.Expression:
    for node in list(tree.find_all(exp.Placeholder, exp.Parameter)):
        name = node.name if isinstance(node, exp.Placeholder) else node.this.name
        if name not in params:
            raise QueryError(f"the query needs a value for ${name}", where=sql[:200])
        value = _literal(params[name])
        parent = node.parent
        if isinstance(parent, exp.In) and isinstance(value, exp.Tuple):
            parent.set("expressions", value.expressions)
        else:
            node.replace(value)
    return tree


@lru_cache(maxsize=512)
def parse(sql: str) -> exp.Expression:
    """The tree of one statement in the canonical dialect."""
    try:
        return sqlglot.parse_one(sql, read=CANON)
    except SqlglotError as error:
        raise QueryError(f"not in the portable subset: {error}", where=sql[:400]) from error


def render(sql: str, dialect: str, params: Mapping[str, object] | None = None) -> str:
    """`sql` with its parameters filled in, in `dialect` (`duckdb` or `spark`)."""
    tree = _fill(parse(sql).copy(), params or {}, sql)
    return str(tree.sql(dialect=dialect))


def functions(sql: str) -> set[str]:
    """Names of all functions a statement calls, for the allow-list test."""
    found = set()
    for node in parse(sql).find_all(exp.Func):
        found.add(node.name.lower() if isinstance(node, exp.Anonymous) else node.sql_name().lower())
    return found


def faults(sql: str) -> list[str]:
    """What in a statement is outside the portable subset, in words."""
    tree = parse(sql)
    out = [f"function {f} is not on the allow-list" for f in sorted(functions(sql) - ALLOWED)]
    out += ["a lambda" for _ in tree.find_all(exp.Lambda)]
    out += [
        f"a backslash in {n.this!r}: use a character class"
        for n in tree.find_all(exp.Literal)
        if n.is_string and "\\" in n.this
    ]
    out += ["a slice or subscript: use substr" for _ in tree.find_all(exp.Bracket)]
    for join in tree.find_all(exp.Join):
        on = join.args.get("on")
        if on is not None and any(True for _ in on.find_all(exp.Or)):
            out.append("OR in a join: use UNION")
    for div in tree.find_all(exp.Div, exp.Mod):
        right = div.expression.unnest()
        if not isinstance(right, exp.Nullif) and not right.is_number:
            out.append(f"a division without nullif: {div.sql(CANON)}")
    return out
