"""Makes `weights.tsv` and `person_words.tsv`: how much a word tells among organisations and persons.

    python -m enduse.parties.build.weights LISTS_FOLDER OUT_FOLDER

A word in n of N entities has the information 1 - ln n / ln N (its self-information over the largest possible).
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from pathlib import Path

from enduse.parties.build.evidence import held, listings, same_entity
from enduse.parties.lexicon import lexicon
from enduse.parties.name import parse

LEAST = 6  # entities a word must stand in to be listed


def main(folder: Path, out: Path) -> None:
    counts: dict[str, Counter[str]] = {"organization": Counter(), "person": Counter()}
    size: Counter[str] = Counter()
    same = same_entity(folder)
    for entity, (kind, names) in listings(folder).items():
        if kind not in counts or held(same.get(entity, entity)):
            continue
        size[str(kind)] += 1
        words = {w for n in names for w in parse(n, kind).words}
        counts[str(kind)].update(w for w in words if not w.isdigit() and len(w) > 1)
    org, person = counts["organization"], counts["person"]

    def information(word: str, kind: str) -> float:
        n = counts[kind][word]
        return 1.0 if n < LEAST else round(max(0.12, 1 - math.log(n) / math.log(size[kind])), 2)

    listed = sorted(w for w in {*org, *person} if org[w] >= LEAST or person[w] >= LEAST)
    head = "# source: word frequencies in the OFAC SDN list (2024-05, aliases 2026-08) and the EU Official Journal (2026-08), build part; made by enduse.parties.build.weights\n"
    with (out / "weights.tsv").open("w", encoding="utf-8") as file:
        file.write(head + "# word<TAB>information among organisations<TAB>among persons\n")
        file.writelines(f"{w}\t{information(w, 'organization')}\t{information(w, 'person')}\n" for w in listed)
    known = lexicon()
    names_only = sorted(
        w
        for w in person
        if person[w] >= LEAST
        and org[w] * 12 <= person[w]
        and len(w) > 2
        and known.concepts(w) is None
        and w not in known.weight
    )
    with (out / "person_words.tsv").open("w", encoding="utf-8") as file:
        file.write(head + "# words of personal names that firms hardly ever bear\n")
        file.writelines(w + "\n" for w in names_only)
    print(f"{len(listed)} words, {len(names_only)} of persons only; {dict(size)}", file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
