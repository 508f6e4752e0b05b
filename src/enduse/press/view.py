"""A sentence as the rules see it, and a proposition in the making."""

from __future__ import annotations

from dataclasses import dataclass, field

from .actors import Actor
from .goods import Thing
from .text import Token


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

    def masked(self, start: int, end: int) -> bool:
        return any(a < end and start < b for a, b in self.masks)
