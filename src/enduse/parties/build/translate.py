"""Learns which words translate each other from pairs of names of one listed firm, and writes `learned.tsv`.

    python -m enduse.parties.build.translate LISTS_FOLDER OUT_FILE [--all]

The names of a pair are aligned with what is known already; of the words left over on both sides every couple is counted. A couple is
kept where it stands in pairs of at least LEAST different firms (pairs that share a name are one firm), and in at least SHARE of the pairs that leave the commoner word
over (the larger of the two conditional frequencies is then no accident of one long name). Only words go into the table, no name does.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

from enduse.parties.align import align
from enduse.parties.build import evidence
from enduse.parties.build.fit import pairs
from enduse.parties.name import parse

LEAST, SHARE = 2, 0.3
LONGEST = 5  # words left over on one side; of more, every couple is likely an accident
LETTERS = 3


def learn(labelled: list[evidence.Pair]) -> list[tuple[str, str, float]]:
    """(word, word, similarity) in order of the alphabet."""
    seen: dict[tuple[str, str], set[int]] = defaultdict(set)
    alone: dict[str, set[int]] = defaultdict(set)
    for number, pair in enumerate(labelled):
        a, b = (parse(side[0], pair.kind) for side in (pair.left, pair.right))
        al = align(a, b)
        left, right = ({r.word for r in side if r.weight > 0 and r.word.isalpha()} for side in (al.left, al.right))
        if not left or not right or max(len(left), len(right)) > LONGEST:
            continue
        for word in left | right:
            alone[word].add(number)
        for x in left:
            for y in right:
                seen[min(x, y), max(x, y)].add(number)
    firm = firms(labelled)
    out: list[tuple[str, str, float]] = []
    for (x, y), where in seen.items():
        several = len({firm[n] for n in where})
        share = len(where) / max(len(alone[x]), len(alone[y]))
        if several >= LEAST and share >= SHARE and min(len(x), len(y)) >= LETTERS:
            out.append((x, y, round(min(0.92, 0.7 + 0.25 * share), 2)))
    return sorted(out)


def firms(labelled: list[evidence.Pair]) -> list[int]:
    """For each pair the firm it is about: pairs that share a normalised name are of one firm."""
    parent = list(range(len(labelled)))

    def find(x: int) -> int:
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    first: dict[str, int] = {}
    for number, pair in enumerate(labelled):
        for name in (*pair.left, *pair.right):
            other = first.setdefault(parse(name, pair.kind).key, number)
            parent[find(number)] = find(other)
    return [find(n) for n in range(len(labelled))]


def main(folder: Path, out: Path, *options: str) -> None:
    everything = "--all" in options
    labelled = [
        p
        for p in pairs(folder)
        if p.same
        and p.kind == "organization"
        and p.source not in ("opensanctions", "random")
        and (everything or not p.held)
    ]
    rows = learn(labelled)
    with out.open("w", encoding="utf-8") as file:
        part = "all" if everything else "build part"
        file.write(
            f"# source: OFAC SDN list with aliases, EU Official Journal, Chinese counter-sanctions ({part}); made by enduse.parties.build.translate\n"
        )
        file.write("# normalised word<TAB>normalised word<TAB>similarity\n")
        file.writelines(f"{x}\t{y}\t{s}\n" for x, y, s in rows)
    print(f"{len(rows)} couples from {len(labelled)} pairs", file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
