"""The stage: documents in, five contract tables out."""

import datetime as dt
import json

import pyarrow as pa
import pytest

from enduse import press
from enduse.contracts import TABLES
from enduse.contracts.case_file import CaseFile
from enduse.engine.step import Context


class Documents:
    """An engine that holds the document table alone."""

    def __init__(self, rows):
        self.rows = rows

    most = 0  # the largest page asked for

    def fetch(self, sql, params=None):
        assert "FROM document" in sql
        if params is None:
            return pa.table({"source": [r["source"] for r in self.rows]})
        page = [r for r in self.rows if params["first"] <= r["source"] <= params["last"]]
        self.most = max(self.most, len(page))
        return pa.table({k: [r[k] for r in page] for k in ("source", "content")})


class Heard(list[str]):
    """Lines that a run says."""

    say = list.append


@pytest.fixture
def made(tmp_path):
    rows = [
        {"source": "a.txt", "content": "Turkey sold 100 drones to Serbia last month, Le Monde reported."},
        {"source": "b.txt", "content": "Turkey sold 160 drones to Serbia last month, The Guardian reported."},
    ]
    case = CaseFile.model_validate(
        {"settings": {"press": {"date": {"a.txt": "2024-06-14", "b.txt": "2024-06-15"}, "outlet": {"a.txt": "Post"}}}}
    )
    context = Context(Documents(rows), case, tmp_path, tmp_path, Heard())
    return press.STAGE.steps[0].run(context)


def test_tables_have_the_schema_of_their_contract(made):
    assert set(made) == set(press.STAGE.outputs)
    for name, table in made.items():
        assert table.schema.equals(TABLES[name].schema), name
        assert TABLES[name].made_by == press.STAGE.name


def test_settings_give_outlet_and_date(made):
    rows = {r["doc"]: r for r in made["claim"].to_pylist()}
    assert rows["a.txt"]["ref_date"] == dt.date(2024, 6, 14)
    assert json.loads(rows["a.txt"]["attribution"])[0]["name"] == "Post"
    assert json.loads(rows["a.txt"]["time"])["start"] == "2024-05-01"


def test_links_clusters_and_pairs_point_to_claims(made):
    ids = set(made["claim"]["id"].to_pylist())
    assert set(made["attribution"]["claim_id"].to_pylist()) == ids
    (cluster,) = made["claim_cluster"].to_pylist()
    assert (cluster["claims"], cluster["docs"], cluster["roots"], cluster["independence"]) == (2, 2, 2, "different")
    (pair,) = made["contradiction"].to_pylist()
    assert {*pair["left"].split(";"), *pair["right"].split(";")} == ids


def test_many_documents_are_read_in_pages(tmp_path):
    rows = [{"source": f"{i:04}.txt", "content": f"Turkey sold {i + 2} drones to Serbia."} for i in range(450)]
    documents = Documents(rows)
    made = press.STAGE.steps[0].run(Context(documents, CaseFile.model_validate({}), tmp_path, tmp_path, Heard()))
    assert documents.most == 200
    assert set(made["claim"]["doc"].to_pylist()) == {r["source"] for r in rows}
