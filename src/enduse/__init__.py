"""Turn customs records, watchlists and press reports into findings you can defend.

>>> from enduse import Case
>>> case = Case("drones")       # doctest: +SKIP
>>> case.run()                  # doctest: +SKIP
>>> case.why("F-0001").equal    # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._version import __version__

if TYPE_CHECKING:
    from .case import Case

__all__ = ["Case", "__version__"]


def __getattr__(name: str) -> Any:
    # Loaded when it is asked for: `enduse --help` must answer before anybody can get impatient.
    if name == "Case":
        from .case import Case

        return Case
    raise AttributeError(f"module 'enduse' has no attribute {name!r}")
