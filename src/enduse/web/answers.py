"""Answers as bytes: JSON with plain numbers and ISO dates, errors with what, where and what to do."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from fastapi import Response


def plain(value: Any) -> Any:
    """A value JSON can carry; numbers that are none (NaN, infinite) are not stated."""
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v) for v in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dt.date):
        return value.isoformat()
    if hasattr(value, "item"):
        return plain(value.item())
    return value


def answer(value: Any, status: int = 200) -> Response:
    body = json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # A lone surrogate cannot be sent; it is shown as the mark for a character nobody can read.
    return Response(body.encode("utf-8", "replace"), status, media_type="application/json")


def fault(status: int, what: str, where: str = "", fix: str = "", headers: Mapping[str, str] | None = None) -> Response:
    made = answer({"error": {"what": what, "where": where, "fix": fix}}, status)
    for name, value in (headers or {}).items():
        made.headers[name] = value
    return made
