"""A sentence as the rules see it, and a proposition in the making."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from .actors import Actor
from .goods import Thing
from .text import Token
from .trees import Arguments, Tree


class Parse(Protocol):
    """A parser: all sentences of an article that will be asked for, then each of them."""

    def prepare(self, text: str, spans: Sequence[tuple[int, int]]) -> None: ...

    def __call__(self, text: str, start: int, end: int) -> Tree | None: ...


@dataclass
class Draft:
    """One proposition before attribution: `lead` to `end` is its clause, [at, to) the trigger."""

    role: str
    verb: str
    at: int
    to: int
    lead: int
    end: int
    noun: bool = False
    passive: bool = False
    kind: str = "supply"
    supplier: Actor | None = None
    recipient: Actor | None = None
    more_suppliers: list[Actor] = field(default_factory=list)
    more_recipients: list[Actor] = field(default_factory=list)
    via: list[Actor] = field(default_factory=list)
    thing: Thing | None = None
    subject_pronoun: str | None = None
    helped: bool = False
    pair: bool = False
    own_goods: bool = False
    bare: bool = False
    moved: bool = False
    negated: bool = False
    elliptic: bool = False
    both: bool = False
    included: bool = False
    gapped: bool = False
    stage: str = "unspecified"
    cues: list[str] = field(default_factory=list)
    unnamed_recipient: bool = False  # "to the hermit state": the other party of the deal just told of
    linked: bool = False  # "Z is Y's main supplier"
    only_parsed: bool = False
    args: Arguments | None = None  # what the parse says of its predicate
    found: float | None = None  # how likely the likeness model holds it; None for what the rules opened


@dataclass
class View:
    """A sentence as the rules see it: offsets are those of the file; masked spans hold attribution."""

    text: str
    start: int
    end: int
    words: list[Token]
    actors: list[Actor]
    things: list[Thing]
    models: list[tuple[int, int]]
    masks: list[tuple[int, int]]
    headline: bool = False
    everyone: list[Actor] = field(default_factory=list)
    own_statement: bool = False
    parse: Parse | None = None
    told: bool = False  # the article has just told of a deal

    @cached_property
    def tree(self) -> Tree | None:
        """The sentence as a parser reads it, made when first asked for; none without a parser, nor of a headline."""
        return self.parse(self.text, self.start, self.end) if self.parse else None

    def masked(self, start: int, end: int) -> bool:
        return any(a < end and start < b for a, b in self.masks)
