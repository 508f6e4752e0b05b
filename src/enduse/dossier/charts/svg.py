"""SVG as escaped text. Positions in per cent let a chart follow its column while its letters keep their size."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup, escape


def number(value: float | Decimal) -> str:
    """At most two decimals, no trailing zeros, no exponent: the same text on every machine."""
    text = f"{float(value):.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def percent(part: float | Decimal, whole: float | Decimal) -> float:
    """Share of an axis in per cent, inside 0 to 100."""
    if not whole:
        return 0.0
    return min(100.0, max(0.0, float(part) * 100.0 / float(whole)))


def tag(name: str, content: str | Markup = "", /, **attributes: str | float | Decimal | None) -> Markup:
    """One element. `class_` gives `class`, `font_size` gives `font-size`; numbers are written short, text is escaped."""
    parts = []
    for key, value in attributes.items():
        if value is not None:
            word = key.rstrip("_").replace("_", "-")
            if word == "viewbox":
                word = "viewBox"
            text = value if isinstance(value, str) else number(value)
            parts.append(Markup(' {}="{}"').format(Markup(word), text))  # noqa: S704 - the names come from this package
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), Markup("").join(parts), escape(content))  # noqa: S704 - as above


def pct(value: float) -> str:
    """A length in per cent."""
    return f"{number(value)}%"


def joined(parts: list[Markup]) -> Markup:
    return Markup("").join(parts)


def drawing(parts: list[Markup], title: str, **attributes: str | float | None) -> Markup:
    """An `svg` element that reads as one sentence."""
    body = joined([tag("title", title), *parts])
    return tag("svg", body, role="img", aria_label=title, **attributes)
