"""The dossier made ready for WeasyPrint: pictures that bring their own colours, and plain blocks where grids nest.

WeasyPrint draws each inline picture by itself: rules of the page, marks and patterns defined elsewhere, and custom
properties do not reach into it. So the rules that colour pictures go into each picture, with the light colours put in. It lays
out every level of a nested grid several times over (a dossier took more than ten minutes), so inner grids become blocks.
"""

from __future__ import annotations

import re

BLOCKS = """@media print{.fig,.lead,.df,.cl,.var,.sides,.pair,.pcs,.figs,.two{display:block!important}
.fig{display:inline-block!important;width:30.5%;margin-right:2.3%;vertical-align:top;box-sizing:border-box}
.lead{display:block!important;width:100%;margin-right:0}
.df dt,.pair dt{float:left!important;clear:left!important;width:62px!important}.df dd{margin:0 0 3pt 68px!important}
.pair dt{width:12em!important}.pair dd{margin:0 0 3pt 13em!important}
.pcs{columns:auto!important}svg.c{min-width:0!important;max-width:100%!important}.two>*,.cl>*{margin-bottom:10pt}.ev{display:inline!important}.ev svg{width:8px;height:8px;display:inline;vertical-align:-1px;margin-right:3px}.key .ev{display:block!important}}
"""
_SVG = re.compile(r"<svg\b[^>]*>.*?</svg>", re.DOTALL)
_USE = re.compile(r'<use href="#([\w-]+)"\s*/>')
_VAR = re.compile(r"var\((--[\w-]+)\)")
_RULE = re.compile(r"([^{}@]+)\{([^{}]*)\}")
_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_PAINT = re.compile(r"\b(?:fill|stroke|opacity|paint-order|font-size|font-weight|font-family|text-anchor)\b")
_HALO = re.compile(r"(?:paint-order|stroke(?:-[a-z]+)?):[^;]*;?")
_PICTURES = re.compile(r"\bsvg\b|^\.(?:bar|lb|wb|to|months|map|lo|hi|z|c)\b|^text\b")


def _light(css: str) -> dict[str, str]:
    """The custom properties of the light palette: the first `:root` of the page, outside any condition."""
    found: dict[str, str] = {}
    for selector, body in _RULE.findall(_MEDIA.sub("", css)):
        if selector.strip() == ":root":
            found |= {
                k.strip(): v.strip()
                for k, _, v in (p.partition(":") for p in body.split(";"))
                if k.strip().startswith("--")
            }
    found["--paper"] = "#ffffff"
    return found


def _filled(text: str, colours: dict[str, str]) -> str:
    for _ in range(3):  # a property may be made of another
        text = _VAR.sub(lambda m: colours.get(m.group(1), "#17191c"), text)
    return text


def _rules(css: str, colours: dict[str, str]) -> str:
    # WeasyPrint knows no paint order: a halo would be drawn over the letters it stands behind.
    kept = [
        f"{selector.strip()}{{{_filled(_HALO.sub('', body) if 'paint-order' in body else body, colours)}}}"
        for selector, body in _RULE.findall(_MEDIA.sub("", css))
        if _PAINT.search(body) and any(_PICTURES.search(s.strip()) for s in selector.split(","))
    ]
    return "".join(kept)


def for_weasyprint(html: str) -> str:
    """The page with its pictures made to stand alone."""
    css = "".join(re.findall(r"<style>(.*?)</style>", html, re.DOTALL))
    colours = _light(css)
    rules = _rules(css, colours).replace("<", "")
    # The first picture of the page holds the marks and patterns the others use.
    shared = _SVG.search(html)
    inside = shared.group(0) if shared else ""
    marks = dict(re.findall(r'<g id="([\w-]+)">(.*?)</g>', inside, re.DOTALL))
    patterns = _filled("".join(re.findall(r"<pattern\b.*?</pattern>", inside, re.DOTALL)), colours)

    def alone(match: re.Match[str]) -> str:
        picture = match.group(0)
        if picture == inside:
            return ""
        begin = picture.index(">") + 1
        body = _USE.sub(lambda m: marks.get(m.group(1), ""), picture[begin:])
        body = _filled(body, colours).replace("currentColor", colours.get("--ink", "#17191c"))
        own = (
            f"<style>{rules}</style><defs>{patterns}</defs>"
            if 'class="' in body or 'class="' in picture[:begin]
            else ""
        )
        return f"{_filled(picture[:begin], colours)}{own}{body}"

    return _SVG.sub(alone, html)
