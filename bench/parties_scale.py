"""Parties at scale: candidate search, resolution against truth, screening; quality beside a yardstick of the same run, time on both clocks.

    python bench/parties_scale.py [recall] [worlds] [resolve] [screen] [--names 300000] [--asked 100000] [--rows 20000] [--seeds 11 12] [--given FILE]

- recall: dirtied names of the lists in `shared/data/lists` (or of a made-up list) looked up among all of them, beside TF-IDF letter triples
- worlds: names of simulated worlds with truth, B-cubed (Bagga and Baldwin 1998) over declared names in each reading
- resolve, screen: time and memory for so many distinct made-up names, or those of a file
Processor seconds count all processes: on a busy machine they are the figure to compare, and half of them is what two idle processors need.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

import common
from common import Check
from enduse.parties import screen
from enduse.parties.candidates import Index
from enduse.parties.judgements import Judgements
from enduse.parties.name import parse
from enduse.parties.resolve import Levels, Mention, Resolved, resolve
from enduse.parties.text import script_of
from enduse.parties.traits import traits

LISTS = common.SHARED / "data" / "lists"
LEVELS = Levels(0.95, 0.92, 0.8)
LETTERS = "abcdefghiklmnoprstuvz"
MORE = ("LLC", "Co Ltd", "Trading", "Group", "International", "OOO")


# ---- names made dirty ----------------------------------------------------------------------------------------------------


def _slip(word: str, rng: random.Random) -> str:
    i, kind = rng.randrange(len(word)), rng.randrange(4)
    letter = rng.choice(LETTERS if word.isascii() else word)
    if kind == 3 and len(word) > 1:
        i = min(i, len(word) - 2)
        return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    return word[:i] + ("", letter + word[i : i + 1], letter, "")[kind] + word[i + 1 :]


def dirty(name: str, rng: random.Random) -> str:
    """One to four faults: slips, a word lost, joined, moved, cut or added."""
    words = name.split()
    for _ in range(rng.choice((1, 1, 2, 2, 3, 4))):
        draw = rng.random()
        long = [i for i, w in enumerate(words) if len(w) > 3]
        if draw < 0.55 and long:
            i = rng.choice(long)
            words[i] = _slip(words[i], rng)
        elif draw < 0.65 and len(words) > 2:
            words.pop(rng.randrange(len(words)))
        elif draw < 0.75 and len(words) > 1:
            i = rng.randrange(len(words) - 1)
            words[i : i + 2] = [words[i] + words[i + 1]]
        elif draw < 0.83:
            rng.shuffle(words)
        elif draw < 0.92:
            words.append(rng.choice(MORE))
        elif words:
            i = rng.randrange(len(words))
            words[i] = words[i][: max(3, len(words[i]) * 2 // 3)]
    return " ".join(w for w in words if w)


def entries(folder: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = listed(folder).to_pylist()
    return rows


def listed(folder: Path) -> pa.Table:
    """Every line of every shared list; a made-up one where they are missing."""
    from enduse import simulate
    from enduse.intake import read_list

    paths = sorted(
        p
        for p in LISTS.glob("*")
        if p.name.startswith(("ofac_sdn", "ofac_alt", "ofac_nonsdn", "us_", "eu_", "un_", "ua_", "cn_"))
    )
    if not paths:
        paths = [folder / "SIMULATED_list.csv"]
        simulate.watchlist(paths[0], entries=15_000, seed=5)
    return pa.concat_tables([read_list(path, path.name) for path in paths])


def recall(rows: Sequence[Mapping[str, Any]], seed: int, asked: int = 5_000) -> list[Check]:
    """Share of dirtied names whose own name is among the best ten, beside plain TF-IDF over letter triples on the same names."""
    rng = random.Random(seed)
    stock = sorted({str(r["name"]) for r in rows if len(str(r["name"])) > 5})
    picked = rng.sample(range(len(stock)), min(asked, len(stock)))
    questions = [dirty(stock[i], rng) for i in picked]
    names = [parse(t) for t in stock]
    same = [n.key for n in names]
    index = Index(names)
    began = time.process_time()
    found = index.search(traits([parse(q) for q in questions]), best=10)
    each = (time.process_time() - began) / len(questions)
    got: dict[int, list[int]] = defaultdict(list)
    for q, p in zip(found.query.tolist(), found.position.tolist(), strict=True):
        got[q].append(p)

    def share(answers: Mapping[int, Sequence[int]]) -> float:
        hit = sum(any(same[j] == same[i] for j in answers.get(n, ())) for n, i in enumerate(picked))
        return hit / len(picked)

    out = [
        Check(
            f"candidate recall@10 of {len(picked):,} among {len(stock):,} (seed {seed})",
            share(got),
            0.97,
            at_least=True,
        )
    ]
    plain = _tfidf(stock, questions)
    if plain is not None:
        out.append(Check("  TF-IDF letter triples, the same names", 100 * share(plain), unit="%"))
    out.append(Check("  questions a processor second, parsing included", 1 / each))
    return out


def _tfidf(stock: Sequence[str], questions: Sequence[str]) -> dict[int, list[int]] | None:
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
    except ImportError:
        return None
    import numpy as np
    from sparse_dot_topn import sp_matmul_topn

    made = TfidfVectorizer(analyzer="char", ngram_range=(3, 3), dtype=np.float32)
    right = made.fit_transform(stock)
    near = sp_matmul_topn(made.transform(questions), right.T.tocsr(), top_n=10, threshold=0.0)
    return {n: near.indices[near.indptr[n] : near.indptr[n + 1]].tolist() for n in range(near.shape[0])}


# ---- resolution ----------------------------------------------------------------------------------------------------------


def b_cubed(said: Mapping[Mention, str], truth: Mapping[Mention, int]) -> tuple[float, float, float]:
    """(precision, recall, F1) over mentions, each weighing the same."""
    both = Counter((said[m], truth[m]) for m in said)
    ours, theirs = Counter(said.values()), Counter(truth[m] for m in said)
    precision = sum(both[said[m], truth[m]] / ours[said[m]] for m in said) / max(1, len(said))
    recall_ = sum(both[said[m], truth[m]] / theirs[truth[m]] for m in said) / max(1, len(said))
    return precision, recall_, 2 * precision * recall_ / max(1e-9, precision + recall_)


def reading(found: Resolved, which: str) -> dict[Mention, str]:
    out = {}
    for party in found.parties:
        for given in party.given:
            ids = {"strict": given.strict_party, "central": party.party_id, "broad": party.broad_party}
            out[given.mention] = ids[which]
    return out


def world(rows: int, seed: int) -> list[Check]:
    """Names and countries only: no address, number or partner helps here."""
    import pyarrow.parquet as pq

    from enduse.simulate.run import make

    with tempfile.TemporaryDirectory(prefix="enduse-bench-") as scratch:
        folder = Path(scratch) / "world"
        make(folder, rows=rows, seed=seed, world="open", form="csv")
        listed = pq.read_table(folder / "truth" / "name.parquet").to_pylist()
    truth = {Mention(r["name"], r["country"] or "", "", int(r["records"])): int(r["firm"]) for r in listed}
    found = resolve(truth, Judgements(), LEVELS)
    firms: dict[int, list[Mention]] = defaultdict(list)
    for mention, firm in truth.items():
        firms[firm].append(mention)
    many = {m for some in firms.values() if len({script_of(m.name) for m in some}) > 1 for m in some}
    out = []
    for which in ("strict", "central", "broad"):
        said = reading(found, which)
        precision, recalled, f1 = b_cubed(said, truth)
        wrong: dict[str, set[int]] = defaultdict(set)
        for mention, party in said.items():
            wrong[party].add(truth[mention])
        limit = 95.0 if which == "central" else None
        out.append(
            Check(f"world {seed}, {len(truth):,} names, {which}: B-cubed F1", 100 * f1, limit, "%", at_least=True)
        )
        out.append(Check("  precision", 100 * precision, unit="%"))
        out.append(Check("  recall", 100 * recalled, unit="%"))
        cross = b_cubed({m: said[m] for m in many}, truth)[2] if many else 0.0
        out.append(
            Check(
                "  firms written in several scripts: F1",
                100 * cross,
                90.0 if which == "central" else None,
                "%",
                at_least=True,
            )
        )
        out.append(
            Check("  parties that hold two firms", 100 * sum(len(f) > 1 for f in wrong.values()) / len(wrong), unit="%")
        )
    return out


def made_up(count: int, folder: Path, given: Path | None = None) -> list[str]:
    """Distinct names of simulated declarations, or the first of a file with one name a line."""
    if given is not None:
        return sorted({line.strip() for line in given.read_text(encoding="utf-8").splitlines()} - {""})[:count]
    import duckdb

    from enduse import simulate

    path = folder / "SIMULATED_names.csv"
    simulate.declarations(path, rows=4 * count, texts=1_000, names=int(1.05 * count), seed=17)
    with duckdb.connect() as db:
        got = db.execute(
            f"SELECT name FROM (SELECT exporter_name AS name FROM '{path}' UNION SELECT importer_name FROM '{path}') ORDER BY md5(name) LIMIT {count}"
        ).fetchall()
    return [row[0] for row in got]


def timed(label: str, count: int, work: Callable[[], object], limit: float | None) -> list[Check]:
    with common.Held() as held:
        spent = common.spent(work)
    return [
        Check(f"{label}: {count:,}, wall clock", spent.wall, limit, "s"),
        Check("  processor seconds, all processes", spent.cpu, None, "s"),
        Check("  peak memory, all processes together", held.most, 4_000, "MB"),
    ]


def resolving(count: int, folder: Path, given: Path | None) -> list[Check]:
    names = made_up(count, folder, given)
    return timed(
        "resolve distinct names",
        len(names),
        lambda: resolve([Mention(n) for n in names], Judgements(), LEVELS),
        120.0 * len(names) / 300_000 if len(names) >= 100_000 else None,
    )


def screening(count: int, folder: Path, given: Path | None) -> list[Check]:
    """Loading of the lists included."""
    rng = random.Random(3)
    names = made_up(count, folder, given)
    size = listed(folder).num_rows

    def work() -> None:
        lists = listed(folder)
        stock = lists["name"].to_pylist()
        for i in rng.sample(range(len(names)), len(names) // 20):  # one in twenty is a listed name, dirtied
            names[i] = dirty(rng.choice(stock), rng)
        screen(sorted(set(names)), None, lists, match=0.92, review=0.6)

    label = f"screen names against all {size:,} names of the lists"
    return timed(label, len(names), work, 90.0 if count <= 100_000 else 900.0 * count / 1_000_000)


def run(
    parts: Sequence[str], *, names: int, asked: int, rows: int, seeds: Sequence[int], given: Path | None = None
) -> list[Check]:
    out: list[Check] = []
    with tempfile.TemporaryDirectory(prefix="enduse-bench-") as scratch:
        folder = Path(scratch)
        if "recall" in parts:
            stock = entries(folder)
            out += [check for seed in seeds for check in recall(stock, seed)]
        if "worlds" in parts:
            out += [check for seed in seeds for check in world(rows, seed)]
        if "resolve" in parts:
            out += resolving(names, folder, given)
        if "screen" in parts:
            out += screening(asked, folder, given)
    return out


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=["recall", "worlds", "resolve", "screen"])
    parser.add_argument("--names", type=int, default=300_000)
    parser.add_argument("--asked", type=int, default=100_000)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[11, 12])
    parser.add_argument(
        "--given", type=Path, help="a file with one name a line, for resolve and screen, in place of made-up names"
    )
    options = parser.parse_args()
    found = run(
        options.parts,
        names=options.names,
        asked=options.asked,
        rows=options.rows,
        seeds=options.seeds,
        given=options.given,
    )
    print(common.table(found))
    return 0 if all(check.ok for check in found) else 1


if __name__ == "__main__":
    raise SystemExit(main())
