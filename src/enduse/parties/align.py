"""Which word of one name answers which word of the other, how, and what stays unanswered: the evidence behind a score."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from enduse.parties.acronym import LEAST, MOST, Shortened, any_order, letter_classes, shortened
from enduse.parties.lexicon import lexicon
from enduse.parties.name import Name
from enduse.parties.sound import transcribed
from enduse.parties.words import ABJAD, FUZZY, INITIAL, KNOWN, NONE, PERSON, PINYIN, letter_set, related, similarity

__all__ = ["FUZZY", "INITIAL", "Alignment", "Match", "Rest", "align"]

MOST_WORDS = 48  # of a name are aligned; a longer text is no name, and only its beginning is compared
SHORT = 3  # letters of an acronym that says little
SAYS = 0.6  # information of a matched word beside which an acronym of two letters counts
CLOSE = 0.88  # joined words must be at least so similar


class Match(NamedTuple):
    """Words that answer each other; `how` is equal, joined, spelled, kin, derived, learned, sound, gloss, acronym or initial."""

    left: str
    right: str
    similarity: float
    weight: float
    how: str
    shown: tuple[str, str]


class Rest(NamedTuple):
    """A word without an answer: canonical, its information, whether it is a known concept, and as written."""

    word: str
    weight: float
    known: bool
    shown: str


@dataclass(slots=True)
class Alignment:
    """Matched words and the left-over words of either side; letters and gaps of the best acronym, if any."""

    pairs: list[Match] = field(default_factory=list)
    left: list[Rest] = field(default_factory=list)
    right: list[Rest] = field(default_factory=list)
    letters: int = 0
    gaps: int = 0

    @property
    def acronym(self) -> bool:
        return self.letters > 0

    def mirrored(self) -> Alignment:
        """The same seen from the other name."""
        pairs = [p._replace(left=p.right, right=p.left, shown=(p.shown[1], p.shown[0])) for p in self.pairs]
        return Alignment(pairs, self.right, self.left, self.letters, self.gaps)


def _pair(a: Name, i: int, b: Name, j: int, s: float, how: str) -> Match:
    weight = max(b.weights[j], a.weights[i])
    return Match(a.words[i], b.words[j], s, weight, how, (a.shown[i], b.shown[j]))


def _several(
    many: list[int], x: Name, one: list[int], y: Name, s: float, how: str, *, swapped: bool, weight: float
) -> Match:
    sides = ["".join(x.words[g] for g in many), "".join(y.words[g] for g in one)]
    if how == "acronym":
        sides = [" ".join(x.words[g] for g in many), " ".join(y.words[g] for g in one)]
    shown = [" ".join(dict.fromkeys(x.shown[g] for g in many)), " ".join(dict.fromkeys(y.shown[g] for g in one))]
    if swapped:
        sides.reverse()
        shown.reverse()
    return Match(sides[0], sides[1], s, weight, how, (shown[0], shown[1]))


def _joined(left: list[int], right: list[int], a: Name, b: Name, out: Alignment) -> None:
    """Words written together on one side and apart on the other: `Good Will` and `Goodwill`, `Bai Lian Sheng` and `Bailiansheng`."""
    for mine, theirs, x, y, swapped in ((left, right, a, b, False), (right, left, b, a, True)):
        i = 0
        initials = {y.words[t][0] for t in theirs if len(y.words[t]) > 2}
        while i < len(mine) - 1:
            first = x.words[mine[i]]
            if first[0] not in initials:
                i += 1
                continue
            near = [t for t in theirs if len(y.words[t]) > len(first) and y.words[t][0] == first[0]]
            for k in (4, 3, 2) if near else ():
                group = mine[i : i + k]
                if len(group) < k or group[-1] - group[0] != k - 1:
                    continue
                joined = "".join([x.words[g] for g in group])
                hit = next((t for t in near if _written_together(y.words[t], joined)), None)
                if hit is not None:
                    s = 1.0 if y.words[hit] == joined else 0.92
                    weight = max(y.weights[hit], min(1.0, sum(x.weights[g] for g in group)))
                    out.pairs.append(_several(group, x, [hit], y, s, "joined", swapped=swapped, weight=weight))
                    theirs.remove(hit)
                    del mine[i : i + k]
                    break
            else:
                i += 1


def _written_together(word: str, joined: str) -> bool:
    if word == joined:
        return len(joined) > 2
    return len(joined) > 3 and -3 < len(word) - len(joined) < 3 and similarity(word, joined, NONE)[0] >= CLOSE


def _chinese(left: list[int], right: list[int], a: Name, b: Name, out: Alignment) -> None:
    """Han words no list knows against Latin words: transcribed by sound (`洛克希德` Lockheed) or translated sign by sign (`红猫` Red Cat)."""
    swapped = b.script == "han"
    han, other, mine, theirs = (b, a, right, left) if swapped else (a, b, left, right)
    gloss = lexicon().gloss
    for h in [h for h in mine if not han.known[h] and not han.words[h].isdigit()]:
        text = han.shown[h]
        answered = {t: [c for c in text if other.words[t] in gloss.get(c, ())] for t in theirs}
        words = [t for t in theirs if answered[t]]
        signs = {c for t in words for c in answered[t]}
        best: tuple[float, list[int], str] = (0.0, [], "")
        if words and len(signs) >= 0.6 * len(text):
            best = (0.85, words, "gloss")
        for n in range(len(theirs)):
            for k in (1, 2):
                group = theirs[n : n + k]
                if len(group) < k or any(other.known[g] or other.words[g].isdigit() for g in group):
                    continue
                s = 0.92 * transcribed(han.reads[h], "".join([other.reads[g] for g in group]))
                if s > max(best[0], 0.6):
                    best = (s, group, "sound")
        if best[1]:
            weight = max(han.weights[h], *(other.weights[g] for g in best[1]))
            out.pairs.append(_several([h], han, best[1], other, best[0], best[2], swapped=swapped, weight=weight))
            mine.remove(h)
            for g in best[1]:
                theirs.remove(g)


def _acronym(rest: list[int], short: Name, other: list[int], long: Name, out: Alignment, *, swapped: bool) -> None:
    """A left-over short word whose letters are the initials of left-over words of the other name."""
    for i in list(rest):
        word = short.words[i]
        if not LEAST <= len(word) <= MOST or short.known[i] or not word.isalpha() or len(other) < LEAST:
            continue
        letters = len(word)
        beside = any(p.weight >= SAYS for p in out.pairs)
        if letters > len(other) + 2 or (letters == LEAST and not beside):
            continue
        found = _found(word, other, long, cross=short.script != long.script)
        if found is None:
            continue
        # Words of one phrase or compound are answered together.
        said = {long.shown[other[n]] for n in found.words}
        words = [j for j in other if long.shown[j] in said]
        full = found.skipped == 0 and len(words) == len(other)
        # Few letters are initials of something by chance: they must take all that is left, or stand beside a shared word.
        if letters <= SHORT and (found.skipped or not (full or beside)):
            continue
        s = (0.5, 0.65, 0.8, 0.88)[min(letters, 5) - 2] if full else (0.4, 0.6, 0.75, 0.85)[min(letters, 5) - 2]
        weight = min(1.2, sum(long.weights[j] for j in words))
        out.pairs.append(_several([i], short, words, long, s, "acronym", swapped=swapped, weight=weight))
        if letters > out.letters:
            out.letters, out.gaps = letters, found.skipped + (0 if full else 1)
        rest.remove(i)
        for j in words:
            other.remove(j)
        return


def _found(word: str, other: list[int], long: Name, *, cross: bool) -> Shortened | None:
    """The words shortened; a longer acronym may also stand for the word company, and across scripts for words in another order."""
    initials = [long.letters[j] for j in other]
    spare = [long.weights[j] <= 0.0 for j in other]
    found = shortened(word, initials, spare)
    if found is None and len(word) > SHORT and long.forms:
        found = shortened(word, [*initials, "k"], [*spare, True])
        if found is not None:
            found = Shortened(tuple(n for n in found.words if n < len(other)), found.skipped)
    if found is None and cross and len(word) > SHORT:
        found = any_order(word, initials)
    return found if found is not None and len(found.words) >= LEAST else None


def align(a: Name, b: Name) -> Alignment:
    """Greedy one-to-one alignment: equal words, words joined or split, similar words, acronyms. Symmetric up to the order of sides."""
    out = Alignment()
    right = list(range(min(len(b.words), MOST_WORDS)))
    left: list[int] = []
    for i, word in enumerate(a.words[:MOST_WORDS]):
        for j in right:
            if b.words[j] == word:
                right.remove(j)
                out.pairs.append(_pair(a, i, b, j, 1.0, "equal"))
                break
        else:
            left.append(i)
    if left and right:
        if len(left) > 1 or len(right) > 1:
            _joined(left, right, a, b, out)
        if left and right:
            _similar(left, right, a, b, out)
        if left and right and ("han" in (a.script, b.script)) and a.script != b.script:
            _chinese(left, right, a, b, out)
        if left and right and a.kind != "person":
            _acronym(left, a, right, b, out, swapped=False)
            if left and right:
                _acronym(right, b, left, a, out, swapped=True)
    # A word said twice (`Duong Duong`) or already answered says nothing against.
    said = {p.left for p in out.pairs} | {p.right for p in out.pairs} if left or right else set()
    out.left = [Rest(a.words[i], 0.0 if a.words[i] in said else a.weights[i], a.known[i], a.shown[i]) for i in left]
    out.right = [Rest(b.words[j], 0.0 if b.words[j] in said else b.weights[j], b.known[j], b.shown[j]) for j in right]
    return out


def _similar(left: list[int], right: list[int], a: Name, b: Name, out: Alignment) -> None:
    """Similar words, the most similar first; takes what it matches out of `left` and `right`."""
    if a.kind == "person":
        mode = PERSON
    elif (a.script == "abjad") != (b.script == "abjad"):
        mode = ABJAD
    else:
        mode = PINYIN if a.script == b.script and b.kind == "organization" else NONE
    if mode == PERSON and (a.script == "abjad") != (b.script == "abjad"):
        mode = ABJAD + PERSON
    found: list[tuple[float, str, str, int, int, str]] = []
    quick = mode in (NONE, PINYIN)
    for i in left:
        word, letters = a.words[i], letter_set(a.words[i])
        least = 0.45 * len(word) if quick and len(word) > 4 else 99.0
        for j in right:
            if least < 99.0 and len(b.words[j]) > 4:  # two other words, seen at a glance
                others = letter_set(b.words[j])
                if min((letters & ~others).bit_count(), (others & ~letters).bit_count()) > min(
                    least, 0.45 * len(b.words[j])
                ):
                    continue
            if a.known[i] and b.known[j] and (mode & PERSON or not related(a.words[i], b.words[j])):
                continue  # two known words are two words
            if mode & PERSON and (len(word) == 1 or len(b.words[j]) == 1):
                single, letters_of = (word, b.letters[j]) if len(word) == 1 else (b.words[j], a.letters[i])
                if letter_classes(single) in letters_of:
                    found.append((-INITIAL, *sorted((word, b.words[j])), i, j, "initial"))  # type: ignore[arg-type]  # mypy does not count what a star unpacks
                continue
            s, how = similarity(word, b.words[j], mode)
            if s >= (KNOWN if (a.known[i] or b.known[j]) and how == "spelled" else FUZZY) or s == INITIAL:
                first, second = sorted((a.words[i], b.words[j]))
                found.append((-s, first, second, i, j, how))
    if len(found) > 1:
        found.sort()
    for minus, _, _, i, j, how in found:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            out.pairs.append(_pair(a, i, b, j, -minus, how))
