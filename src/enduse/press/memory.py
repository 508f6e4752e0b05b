"""What an article has told so far: its claims, who spoke, which firms it named."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from .actors import Firms
from .articles import Article
from .speakers import Source
from .view import Parse

Claim = dict[str, Any]


REACH = 4  # sentences a definite word or a continuing sentence may look back


@dataclass
class Memory:
    """What one article has told so far."""

    article: Article
    own: str
    ref: dt.date | None
    firms: Firms
    parse: Parse | None = None  # the parser a case names, or none
    spoken: list[tuple[int, tuple[Source, ...]]] = field(default_factory=list)
    claims: list[tuple[int, Claim]] = field(default_factory=list)
    deeper: dict[str, tuple[Source, ...]] = field(default_factory=dict)
    country: str | None = None
    ministry: str | None = None
    topic: tuple[int, str] | None = None  # the first subject of the last sentence that has one
    main: str | None = None  # the state the article names most, for "the government" where nothing else tells
    basis: Source | None = None  # records the text says its own figures are taken from
    report_basis: Source | None = None  # records that the one report the text tells of is based on
    last_chain: tuple[Source, ...] = ()
    quoted: dict[int, int] = field(default_factory=dict)  # a part of a quotation to the sentence that names its speaker
