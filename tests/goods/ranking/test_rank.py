"""Triage: no row sees its own label, columns written after the inspection stay out, planted signal is found."""

from __future__ import annotations

import csv
import json

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.errors import EnduseError
from enduse.goods.ranking import model, rank
from enduse.goods.ranking.columns import labels, numbers, sort_out
from enduse.goods.ranking.encode import area, encode, folds, rates
from enduse.goods.ranking.rank import at_the_top
from enduse.plain_files import rank as rank_files


@pytest.fixture(autouse=True)
def _few_trees(monkeypatch):
    """The same learners, smaller: what is tested here does not hang on their number."""
    from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier

    def fit(x, y):
        boosted = HistGradientBoostingClassifier(max_iter=30, early_stopping=False, random_state=1).fit(x, y)
        return model.Fitted((boosted,), (ExtraTreesClassifier(30, min_samples_leaf=3, random_state=1).fit(x, y),))

    monkeypatch.setattr(model, "fit", fit)


def world(rows=900, seed=3):
    """Importers I1 and I2 with light goods are found wrong; `outcome` is the label in other words, `id` names the row."""
    draw = np.random.default_rng(seed)
    importer = draw.integers(0, 12, rows)
    kg = draw.lognormal(3, 1, rows)
    wrong = (((importer < 2) & (kg < 25)) | (draw.random(rows) < 0.03)).astype(int)
    return {
        "id": [f"D{n:06d}" for n in range(rows)],
        "date": [f"2023-{1 + n * 12 // rows:02d}-01" for n in range(rows)],
        "importer": [f"I{i}" for i in importer],
        "code": [f"{8500 + i % 40:04d}{i % 7:02d}" for i in draw.integers(0, 4000, rows)],
        "kg": [f"{v:.3f}" for v in kg],
        "same": ["x"] * rows,
        "outcome": [("clean", "seized", "fined")[w * (1 + n % 2)] for n, w in enumerate(wrong)],
        "wrong": [str(w) for w in wrong],
    }


def columns(data):
    return {k: pa.chunked_array([pa.array(v, pa.string())]) for k, v in data.items()}


def ranked(train, file, **more):
    return rank(
        tuple(file),
        columns(file),
        tuple(train),
        columns(train),
        **({"label": "wrong", "date": "date", "where": "train.csv"} | more),
    )


def test_planted_signal_is_found_and_what_gives_the_label_away_is_left_out():
    train, file = world(), world(400, seed=8)
    found = ranked(train, file)
    y = np.array([int(w) for w in file["wrong"]])
    assert len(found.score) == 400
    assert found.score.min() >= 0
    assert found.score.max() <= 1
    top = at_the_top(found.score, y)[-1]
    assert top["precision"] > 3 * y.mean()
    left = found.report["left_out"]
    assert "tells the label" in left["outcome"]
    assert "names the row" in left["id"]
    assert left["same"] == "the same in every row"
    best = found.reasons[int(np.argmax(found.score))]
    assert "importer" in best or "kg" in best
    assert sum(bool(r) for r in found.reasons) <= 40
    assert found.report["top"][0]["share"] == 0.01


def test_equal_input_gives_equal_scores():
    train, file = world(), world(100, seed=8)
    assert (ranked(train, file).score == ranked(train, file).score).all()


@settings(max_examples=25)
@given(st.integers(0, 199))
def test_no_row_sees_its_own_label(row):
    draw = np.random.default_rng(5)
    code = draw.integers(0, 9, 200)
    y = draw.integers(0, 2, 200).astype(np.int8)
    other = y.copy()
    other[row] ^= 1
    fold = folds(200)
    # The smoothing's base rate is the one number every row shares; with it held, a row's own rate stays as it was.
    before, after = (rates((code, code[:0]), labels_, fold)[0][row] for labels_ in (y, other))
    assert abs(before - after) <= 1 / 200


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=2, max_size=60))
def test_area_is_the_share_of_pairs_in_order(pairs):
    score = np.array([round(s, 2) for s, _ in pairs])
    y = np.array([int(b) for _, b in pairs])
    ones, zeros = score[y == 1], score[y == 0]
    if not len(ones) or not len(zeros):
        assert area(score, y) == 0.5
        return
    wins = sum((a > b) + 0.5 * (a == b) for a in ones for b in zeros)
    assert area(score, y) == pytest.approx(wins / (len(ones) * len(zeros)))


def test_labels_in_words_and_numbers():
    column = pa.chunked_array([pa.array(["1", "0", "Yes", "no", "2", "", None, "TRUE"])])
    assert labels(column, "f").tolist() == [1, 0, 1, 0, 1, 0, 0, 1]
    with pytest.raises(EnduseError, match="maybe"):
        labels(pa.chunked_array([pa.array(["maybe"])]), "f")


def test_numbers_are_read_where_a_cell_holds_one():
    got = numbers(pa.chunked_array([pa.array(["1.5", " 2 ", "1e3", "x", "", None, "-4"])]))
    assert np.isnan(got).tolist() == [False, False, False, True, True, True, False]


def test_new_values_and_empty_cells_have_a_score():
    train, file = world(), world(50, seed=2)
    file["importer"] = ["NEW"] * 25 + [""] * 25
    file["kg"] = ["n/a"] * 50
    assert np.isfinite(ranked(train, file).score).all()


def test_columns_of_the_labelled_file_alone_are_named():
    table = columns(world(200))
    found = sort_out(tuple(table), table, frozenset({"importer", "kg"}), {"wrong": "the label"})
    assert found.categories == ("importer",)
    assert found.numbers == ("kg",)
    assert found.left_out["code"] == "not in the file to rank"


def test_too_few_labels_and_files_without_a_common_column_are_refused():
    few = world(60)
    few["wrong"] = ["1"] * 3 + ["0"] * 57
    with pytest.raises(EnduseError, match="at least 30"):
        ranked(few, world(10))
    with pytest.raises(EnduseError, match="no column to learn from"):
        ranked(world(), {"other": ["a", "b"]})


def test_encoding_keeps_rows_in_place():
    train, file = world(300), world(40, seed=9)
    y = np.array([int(w) for w in train["wrong"]])
    kinds = sort_out(tuple(train), columns(train), frozenset(file), {"wrong": "", "outcome": ""})
    x, v = encode(kinds, columns(train), columns(file), y).matrices()
    assert x.shape[0] == 300
    assert v.shape == (40, x.shape[1])
    assert np.isfinite(x).all()
    assert np.isfinite(v).all()


def test_the_command_adds_columns_and_writes_the_report(tmp_path):
    for name, data in (("train.csv", world(400)), ("file.csv", world(60, seed=4))):
        with (tmp_path / name).open("w", newline="", encoding="utf-8") as handle:
            out = csv.writer(handle)
            out.writerow(data)
            out.writerows(zip(*data.values(), strict=True))
    rank_files(tmp_path / "file.csv", train=tmp_path / "train.csv", label="wrong", date="date", report=tmp_path / "report.json", out=tmp_path / "out.csv")  # fmt: skip
    with (tmp_path / "out.csv").open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) == 60
    assert all(0 <= float(r["score"]) <= 1 for r in rows)
    assert json.loads((tmp_path / "report.json").read_text())["split"] == "the latest labelled rows by date"
    with pytest.raises(EnduseError, match="--label"):
        rank_files(tmp_path / "file.csv", train=tmp_path / "train.csv", label="none", date=None, report=None, out=tmp_path / "out.csv")  # fmt: skip
