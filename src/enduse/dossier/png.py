"""Pictures as PNG by resvg, a renderer that comes as one wheel without system libraries (extra `pictures`)."""

from __future__ import annotations

from collections.abc import Callable

Paint = Callable[[str], bytes]
ZOOM = 2  # twice the size of the drawing: sharp on paper


def painter() -> Paint | None:
    """SVG text to the bytes of a PNG on white; None where the extra is not installed."""
    try:
        import resvg_py
    except ImportError:
        return None

    def paint(svg: str) -> bytes:
        return bytes(resvg_py.svg_to_bytes(svg_string=svg, background="#ffffff", zoom=ZOOM))

    return paint
