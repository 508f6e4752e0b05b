"""What the readers of press files make: title, date, outlet and paragraphs, composed into one text."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True)
class Article:
    """An article as its file states it. `date` is ISO or empty; `how` says what was read and by what."""

    body: str
    title: str = ""
    date: str = ""
    outlet: str = ""
    how: str = ""


def compose(article: Article) -> str:
    """Title, outlet and date each on a line, then the body, parted by empty lines, so that they are read as what they are."""
    body = paragraphs(article.body)
    title = " ".join(article.title.split())
    first, _, rest = body.partition("\n")
    if title and " ".join(first.split()).casefold() == title.casefold():
        body = rest.strip()
    parts = [title] if title else []
    outlet = " ".join(article.outlet.split())
    if outlet and outlet.casefold() not in title.casefold():
        parts.append(outlet)
    told = written(article.date)
    if told:
        parts.append(f"Published {told}")
    return "\n\n".join([*parts, body]).strip() + "\n"


def paragraphs(text: str) -> str:
    """One empty line between paragraphs, no white space at line ends."""
    lines = [re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in text.replace("\r\n", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def written(date: str) -> str:
    """An ISO date (or date and time) in words; empty where it is none."""
    try:
        day = dt.date.fromisoformat(date[:10])
    except ValueError:
        return ""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
