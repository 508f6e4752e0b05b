"""The goods room: what a declaration line is, from its text, its code and its weight, with the words that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from enduse.goods import watch
from enduse.goods.stage import STAGE

if TYPE_CHECKING:
    from enduse.goods.plain import classify

__all__ = ["STAGE", "classify", "watch"]


def __getattr__(name: str) -> Any:
    if name == "classify":
        from enduse.goods.plain import classify as found

        return found
    raise AttributeError(name)
