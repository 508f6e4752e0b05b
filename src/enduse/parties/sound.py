"""Words that sound alike: transcriptions into Chinese, spellings of East Slavic languages, adjectives of places.

Each function gives a short key or a similarity for two words that no spelling rule brings together. Keys are cached: they
depend on the word alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

# Consonants by place of articulation, as Chinese transcription and Latin spelling may exchange them. Longest first.
_CLASSES = (
    ("sch", "S"), ("tch", "S"), ("zh", "S"), ("ch", "S"), ("sh", "S"), ("ph", "F"), ("th", "T"), ("ck", "K"), ("qu", "K"), ("ng", "N"), ("er", "L"),
    ("hu", "F"), ("wh", "F"), ("b", "P"), ("p", "P"), ("d", "T"), ("t", "T"), ("g", "K"), ("k", "K"), ("c", "K"), ("q", "S"), ("j", "S"), ("z", "S"),
    ("s", "S"), ("x", "S"), ("f", "F"), ("v", "F"), ("w", "F"), ("l", "L"), ("r", "L"), ("m", "M"), ("n", "N"),
)  # fmt: skip
_SOUND = re.compile("|".join(text for text, _ in _CLASSES))
_CLASS = dict(_CLASSES)
_SOFT = re.compile(r"c(?=[eiy])|g(?=[eiy])")
_REPEAT = re.compile(r"(.)\1+")
_PLACE = re.compile(r"(?:ovsk|evsk|insk|ensk|ansk|sk|ck)(?:i|ii|oe|a|oi|ogo|ie|ih|om|u)?$")


@lru_cache(maxsize=100_000)
def classes(word: str) -> str:
    """Consonant classes of a romanised word, one letter each: `lockheed` LKT, `luokexide` LKST."""
    word = _SOFT.sub("s", word)
    return _REPEAT.sub(r"\1", "".join(_CLASS[m] for m in _SOUND.findall(word)))


def transcribed(pinyin: str, latin: str) -> float:
    """Similarity of a Latin word with its supposed Chinese transcription, 0 to 1; at least three classes on the longer side."""
    a, b = classes(pinyin), classes(latin)
    if min(len(a), len(b)) < 2 or max(len(a), len(b)) < 3:
        return 0.0
    first = pinyin[:1] == latin[:1] or a[0] == b[0] or (pinyin[0] in "aeiouyw" and latin[0] in "aeiouyh")
    return OSA.normalized_similarity(a, b) - (0.0 if first else 0.2)


@lru_cache(maxsize=100_000)
def slavic(word: str) -> str:
    """Consonants of a folded Russian, Ukrainian or Belarusian name, equal over the three: `terebov` and `cerabau` both trbv."""
    w = word.replace("dz", "d").replace("c", "t").replace("gh", "g").replace("h", "g")
    w = re.sub(r"(?<=[aeo])u|^u(?=[^aeiou])", "v", w)
    w = re.sub(r"^v(?=[aeiou])|^g(?=[aeiou])", "", w)
    return _REPEAT.sub(r"\1", w[:1].translate(_VOWEL_A) + w[1:].translate(_NO_VOWELS))


_VOWEL_A = str.maketrans("eiou", "aaaa")
_NO_VOWELS = str.maketrans("", "", "aeiou")


def kin(a: str, b: str) -> float:
    """Similarity of two folded names under the sound laws between Russian, Ukrainian and Belarusian."""
    x, y = slavic(a), slavic(b)
    if min(len(x), len(y)) < (3 if x == y and a[0] == b[0] else 4):
        return 0.0
    return OSA.normalized_similarity(x, y)


@lru_cache(maxsize=100_000)
def place(word: str) -> str:
    """What a Slavic adjective of a place is made from (`tuapsinski` gives `tuaps`); empty for other words."""
    hit = _PLACE.search(word)
    return word[: hit.start()] if hit and hit.start() >= 3 else ""


def derived(a: str, b: str) -> bool:
    """Whether one word is the place adjective of the other: `tuapse` and `tuapsinski`."""
    for adjective, noun in ((a, b), (b, a)):
        root = place(adjective)
        if root and not place(noun) and noun.startswith(root[: max(4, len(root) - 1)]) and len(noun) <= len(root) + 3:
            return True
        if root and place(noun) and root == place(noun) and len(root) > 3:
            return True
    return False
