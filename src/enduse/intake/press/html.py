"""Web pages: the article without menus, adverts and comments.

`trafilatura` finds it where it is installed (`pip install enduse[press]`). Else the reader here: paragraphs of the part of
the page with the most running text, those left out that are mostly links.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from .article import Article

_SKIP = frozenset(
    "script style noscript template svg nav footer aside form button iframe select option figure menu dialog".split()
)
_BLOCK = frozenset(
    "p div section article main h1 h2 h3 h4 h5 h6 li ul ol blockquote pre td th tr table br header dd dt figcaption body hr".split()
)
_VOID = frozenset("br hr img input meta link source area base col embed param track wbr".split())
_HEAD = re.compile("h[1-6]")
_NOISE = re.compile(
    r"\b(?:nav|menu|footer|sidebar|comment|cookie|banner|promo|advert|ads?|share|social|related|recommend|newsletter|subscribe|breadcrumb|popup|modal)\b",
    re.IGNORECASE,
)


def read(text: str) -> Article:
    """The article of a page."""
    page = _Page()
    page.feed(text)
    page.close()
    if importlib.util.find_spec("trafilatura") is not None:
        found = _trafilatura(text, page)
        if found is not None:
            return found
    return Article(
        page.article(), page.title(), page.date(), page.meta.get("og:site_name", ""), "web page, read by enduse"
    )


def _trafilatura(text: str, page: _Page) -> Article | None:
    import trafilatura

    found = trafilatura.bare_extraction(
        text, include_comments=False, include_tables=True, favor_recall=True, with_metadata=True
    )
    if found is None:
        return None
    data: dict[str, Any] = found if isinstance(found, dict) else found.as_dict()
    body = (data.get("text") or "").replace("\n", "\n\n")
    if len(body.split()) < 5:
        return None
    date = page.date() or data.get("date") or ""
    outlet = page.meta.get("og:site_name") or data.get("sitename") or ""
    return Article(
        body,
        data.get("title") or page.title(),
        date,
        outlet,
        f"web page, read by trafilatura {trafilatura.__version__}",
    )


class _Page(HTMLParser):
    """Blocks of text with the path of elements they stand in, and what the head of the page says of it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self._stack: list[tuple[str, int]] = []  # element, its number
        self._skip = self._count = self._link = 0
        self._blocks: list[tuple[tuple[int, ...], str, str, int]] = []  # containers, element, text, characters of links
        self._text: list[str] = []
        self._linked = 0
        self._json: list[str] = []
        self._in: str = ""
        self._title: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {k: v or "" for k, v in attrs}
        if tag == "meta":
            key = given.get("property") or given.get("name") or given.get("itemprop") or ""
            self.meta.setdefault(key.casefold(), given.get("content", ""))
        elif tag == "time" and given.get("datetime"):
            self.meta.setdefault("time", given["datetime"])
        if tag in _BLOCK:
            self._end_block()
        if tag in _VOID:
            return
        self._count += 1
        noise = tag in _SKIP or (
            tag not in ("body", "html", "article", "main")
            and bool(_NOISE.search(f"{given.get('class', '')} {given.get('id', '')} {given.get('role', '')}"))
        )
        self._stack.append((tag, -self._count if noise else self._count))
        self._skip += noise
        self._link += tag == "a"
        if tag == "title" or (tag == "script" and "ld+json" in given.get("type", "")):
            self._in = tag
        if len(self._stack) > 2000:  # no page is so deep; what follows is read as if it stood here
            self._stack.pop()
            self._skip -= noise
            self._link -= tag == "a"

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCK:
            self._end_block()
        if tag == self._in:
            self._in = ""
        if not any(name == tag for name, _ in self._stack):
            return
        while self._stack:
            name, number = self._stack.pop()
            self._skip -= number < 0
            self._link -= name == "a"
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._in == "title":
            self._title.append(data)
        elif self._in == "script":
            self._json.append(data)
        elif not self._skip:
            self._text.append(data)
            if self._link:
                self._linked += len(data.strip())

    def _end_block(self) -> None:
        text = " ".join("".join(self._text).split())
        if text:
            element = next((n for n, _ in reversed(self._stack) if n in _BLOCK), "")
            self._blocks.append((tuple(i for _, i in self._stack), element, text, self._linked))
        self._text, self._linked = [], 0

    def close(self) -> None:
        super().close()
        self._end_block()

    def title(self) -> str:
        heads = [text for _, element, text, _ in self._blocks if element == "h1"]
        return self.meta.get("og:title") or (heads[0] if heads else " ".join("".join(self._title).split()))

    def date(self) -> str:
        for key in (
            "article:published_time",
            "datepublished",
            "date",
            "dc.date",
            "pubdate",
            "publishdate",
            "parsely-pub-date",
        ):
            if re.match("[0-9]{4}-[0-9]{2}-[0-9]{2}", self.meta.get(key, "")):
                return self.meta[key]
        for found in _published(self._json):
            return found
        return self.meta.get("time", "")

    def article(self) -> str:
        """Paragraphs inside the innermost element that holds most of the running text."""
        weight: dict[int, int] = {}
        running = 0
        for containers, _, text, linked in self._blocks:
            size = len(text) - 2 * linked if len(text) >= 60 else 0
            if size > 0:
                running += size
                for number in containers:
                    weight[number] = weight.get(number, 0) + size
        # Numbers rise with depth: of the elements with most of the text the last opened is the innermost.
        inner = max((n for n, w in weight.items() if w >= 0.7 * running), default=0)
        kept = []
        for containers, element, text, linked in self._blocks:
            if inner and inner not in containers:
                continue
            if linked * 2 > len(text) or (element == "li" and linked):
                continue
            kept.append(text)
        return "\n\n".join(kept)


def _published(scripts: list[str]) -> Iterator[str]:
    for script in scripts:
        try:
            data = json.loads(script)
        except (ValueError, RecursionError):
            continue
        waiting = [data]
        while waiting:
            value = waiting.pop()
            if isinstance(value, dict):
                if isinstance(value.get("datePublished"), str):
                    yield value["datePublished"]
                waiting += list(value.values())
            elif isinstance(value, list):
                waiting += value
