"""A name made ready for comparison: canonical words with weights, numbers, legal forms, initials, keys."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import groupby

from enduse.parties.canonical import Kind, Token, canonical
from enduse.parties.lexicon import folded, lexicon
from enduse.parties.pinyin import from_palladius
from enduse.parties.text import HAN, romanise, script_of, split
from enduse.reference import party_tables

__all__ = ["Kind", "Name", "kind_of", "parse", "parse_once", "weight"]

_SCHEMA = {
    "person": "person", "vessel": "vessel", "ship": "vessel", "individual": "person",
    "company": "organization", "organization": "organization", "publicbody": "organization", "legalentity": "organization",
}  # fmt: skip
_TITLES = frozenset(
    "mr mrs ms miss dr prof sir lady lord hon he she jr sr phd md eng ing shaikh sheikh sheik haji hajj hadji mullah maulavi mawlawi maulana "
    "general gen col colonel maj major capt captain lt sgt ayatollah sayyid seyed sayed syed seyyed president minister don dona herr frau "
    "г н господин госпожа гражданин д р".split()
)
_PARTICLES = frozenset(
    "al el ul ad ar as ash at az an bin ibn ben bint abu abou de del della di da dos das la le van von der den ter y e and und".split()
)
_VESSEL = frozenset("mv mt ms ss my fv mts m v t s mn mf msv ntn rv".split())
_VESSEL_WORDS = frozenset("vessel ship motor tanker судно теплоход танкер тх".split())
_FIGURES = str.maketrans("0134579", "oieastg")
_NO_INITIAL = frozenset(("and", "of", "the", "for", "и", "de", "имени", "им"))


@dataclass(frozen=True, slots=True)
class Name:
    """`words` are canonical (folded ASCII or an English concept), `weights` their information (0 to 1), in the name's own order."""

    raw: str
    kind: Kind
    script: str
    words: tuple[str, ...]
    weights: tuple[float, ...]
    known: tuple[bool, ...]  # whether the word comes from the word list
    numbers: frozenset[str]
    forms: frozenset[str]
    initials: str  # of the words as written
    acronyms: tuple[str, ...]  # what the name may be shortened to: English and Russian initials of its canonical words
    key: str  # words sorted; equal keys are equal names but for order, punctuation, script system and legal form
    squash: str  # words in order without spaces
    country: str = ""
    identifiers: frozenset[str] = frozenset()
    text: str = ""  # the words as written, romanised, without legal forms: where a typing slip can be seen
    reading: Name | None = None  # a Russian text read as Chinese syllables in pinyin, where it can be
    shown: tuple[str, ...] = ()  # the words as written behind `words`
    reads: tuple[str, ...] = ()  # `shown` in Latin letters, unfolded
    letters: tuple[str, ...] = ()  # for each word the letters it may stand with in an acronym

    @property
    def information(self) -> float:
        return sum(self.weights)


def kind_of(schema: str | None) -> Kind:
    """The kind behind a word or a FollowTheMoney schema; anything unknown is an organization."""
    return _SCHEMA.get((schema or "").strip().casefold(), "organization")  # type: ignore[return-value]


@cache
def _weights() -> dict[str, tuple[float, float]]:
    return party_tables.weights()


def weight(word: str, kind: Kind) -> float:
    """Information of a canonical word: from the table of frequencies, else from the word list, else by length."""
    row = _weights().get(word)
    if kind == "person":
        if word in _PARTICLES:
            return 0.1
        if len(word) == 1:
            return 0.3
        return row[1] if row else 1.0
    base = lexicon().weight.get(word)
    if row is not None:
        return min(row[0], base) if base is not None else row[0]
    if base is not None:
        return base
    if len(word) <= 2:
        return 0.45 if len(word) == 2 else 0.25
    return 1.0


def parse_once(raw: str, kind: Kind) -> Name:
    """`parse` for a name that is met once and need not be remembered."""
    words = split(raw)
    forms: list[str] = []
    if kind == "person":
        words = [w for word in words for w in _initials(word, raw)]
        words = [w for w in words if w not in _TITLES] or words
        words = [_mended(w) for w in words]
    elif kind == "vessel":
        kept = [
            w for i, w in enumerate(words) if w not in _VESSEL_WORDS and (w not in _VESSEL or (i > 1 and len(w) == 1))
        ]
        words = kept or words
    else:
        words, forms = lexicon().strip_forms(words)
        spelled = _spelled_out(words)
        if spelled != words:  # R A K CERAMICS P J S C is RAK CERAMICS PJSC
            words, more = lexicon().strip_forms(spelled)
            forms = [*forms, *more]
    name = _name(raw, kind, words, forms)
    chinese = _chinese(words, kind) if name.script == "cyrillic" else None
    return replace(name, reading=_name(raw, kind, chinese, forms)) if chinese else name


@lru_cache(maxsize=50_000)
def parse(raw: str, kind: Kind = "organization") -> Name:
    """A name as declared, ready for `score`. Never fails: an empty or meaningless text has no words."""
    return parse_once(raw, kind)


def _mended(word: str) -> str:
    """A person's word with figures in the place of letters (`Sech1n`) as it is meant; a word of figures stays."""
    figures = sum(c.isdigit() for c in word)
    return word.translate(_FIGURES) if word.isascii() and 0 < figures <= len(word) // 2 else word


def _spelled_out(words: list[str]) -> list[str]:
    """Runs of three single letters and more read as one word."""
    out: list[str] = []
    for single, run in groupby(words, key=lambda w: len(w) == 1 and w.isalpha() and not HAN.search(w)):
        letters = list(run)
        out += ["".join(letters)] if single and len(letters) > 2 else letters
    return out


def _chinese(words: list[str], kind: Kind) -> list[str] | None:
    """The words with every word that no list knows read by the Palladius system; None unless all of these can be."""
    lex = lexicon()
    out: list[str] = []
    found = 0
    for word in words:
        if word.isascii() or (
            kind == "organization" and (lex.concepts(word) is not None or folded(word) in lex.weight)
        ):
            out.append(word)
            continue
        pinyin = from_palladius(word)
        if pinyin is None:
            return None
        found += len(word) > 2
        out.append(pinyin)
    return out if found else None


def _name(raw: str, kind: Kind, words: list[str], forms: list[str]) -> Name:
    tokens, more = canonical(words, kind)
    if not tokens and words:
        tokens = [Token(folded(w), False, w, "") for w in words]
    tokens = _drop_own_acronym(tokens, words)
    texts = tuple(t.word for t in tokens)
    return Name(
        raw=raw,
        kind=kind,
        script=script_of(raw),
        words=texts,
        weights=tuple(weight(t, kind) for t in texts),
        known=tuple(t.known for t in tokens),
        numbers=_shared(frozenset(t for t in texts if t.isdigit())),
        forms=_shared(frozenset(forms + more) - {"co"}),
        initials="".join(romanise(w)[:1] for w in words if w not in _NO_INITIAL),
        acronyms=_acronyms(tokens) if kind == "organization" else (),
        key=" ".join(sorted(texts)),
        squash="".join(texts),
        text=" ".join(romanise(w) for w in words),
        shown=tuple(t.shown for t in tokens),
        reads=tuple(romanise(t.shown) for t in tokens),
        letters=tuple(t.initials for t in tokens),
    )


@lru_cache(maxsize=10_000)
def _shared(some: frozenset[str]) -> frozenset[str]:
    """The one object for equal sets: most names have no number and one of a few legal forms."""
    return some


def _initials(word: str, raw: str) -> list[str]:
    """`ai` out of `A. I.` back as two initials: `plain` joins dotted letters, which a person's name needs apart."""
    if (
        2 <= len(word) <= 3
        and word.isascii()
        and word.isalpha()
        and word.upper() in raw.split()
        and not set(word) & set("aeiouy")
        and not raw.isupper()
    ):
        return list(word)  # `JC Juncker`
    if (
        2 <= len(word) <= 3
        and re.search(r"\.\s?".join(re.escape(c) for c in word) + r"\.?", raw.casefold())
        and word not in raw.casefold()
    ):
        return list(word)
    return [word]


def _acronyms(tokens: list[Token]) -> tuple[str, ...]:
    """Initials in English and in Russian: `Kedrov Instrument Design Bureau` may be called KIDB or, after its Russian name, KPKB."""
    words = [t for t in tokens if not t.word.isdigit()]
    if not 2 < len(words) <= 10:
        return ()
    own = "".join(t.word[0] for t in words)
    russian = "".join(next((x for x in t.initials if x.islower() and x != t.word[0]), t.word[0]) for t in words)
    return tuple(dict.fromkeys((own, russian)))


def _drop_own_acronym(tokens: list[Token], words: list[str]) -> list[Token]:
    """`Kedrovik Electric Company (KEC)` says its name twice: an acronym of the other words adds nothing."""
    if len(words) < 3:
        return tokens
    # It begins as the first of the other words does, with or without the small ones: mostly no word can be one.
    firsts = {w[0] for w in words[:2]} | {w[0] for w in [w for w in words if w not in _NO_INITIAL][:2]}
    for i, word in enumerate(words):
        if word[0] not in firsts or not 3 <= len(word) <= min(8, len(words) + 1):
            continue
        others = [w for n, w in enumerate(words) if n != i]
        full, short = "".join(w[0] for w in others), "".join(w[0] for w in others if w not in _NO_INITIAL)
        if word in {x + end for x in (full, short) for end in ("", "c", "co", "к")}:
            gone = folded(word)
            return [t for t in tokens if t.word != gone] or tokens
    return tokens
