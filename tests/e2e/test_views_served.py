"""The same pictures on a case that was run, from its own server: what they draw is what the server counts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "web"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import app_case
import web_case

pytestmark = pytest.mark.browser
STATIC = Path(__file__).resolve().parents[2] / "src" / "enduse" / "web" / "static"


@pytest.fixture(scope="module")
def address(browser: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Needs the browser first: without one no case is run."""
    if not (STATIC / "app.js").is_file():
        pytest.skip("the front end is not built: npm run build in frontend/")
    case = web_case.run_once(lambda: tmp_path_factory.mktemp("views"))
    with app_case.served(case.folder) as found:
        yield found


class Reader:
    """A page of the case, what it complained about, and the server's own answers."""

    def __init__(self, browser: Any, address: str) -> None:
        self.base = address.partition("/?")[0]
        self.context = browser.new_context(viewport={"width": 1280, "height": 900})
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.page.on("console", lambda m: self.said.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda e: self.said.append(str(e)))
        self.page.goto(address)

    def show(self, view: str, ready: str) -> Any:
        self.page.goto(f"{self.base}/{view}")
        self.page.wait_for_selector(ready)
        return self.page

    def api(self, path: str) -> Any:
        answer = self.context.request.get(f"{self.base}/api/{path}")
        assert answer.ok, answer.text()
        return answer.json()

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.url).query)


@pytest.fixture
def reader(browser: Any, address: str) -> Iterator[Reader]:
    made = Reader(browser, address)
    yield made
    assert made.said == []
    made.context.close()


def test_the_network_draws_every_firm_the_server_names_and_narrows_to_one(reader: Reader) -> None:
    page = reader.show("network", "[data-ready]")
    held = reader.api("network?limit=300")
    assert page.locator("[data-firms]").get_attribute("data-firms") == str(len(held["nodes"]))
    assert page.locator("[data-firms]").get_attribute("data-links") == str(len(held["edges"]))
    page.locator("summary", has_text="Table of the firms").click()
    page.locator("aside details tbody button").first.click()
    page.get_by_role("button", name="Select its rows").click()
    page.wait_for_url("**party=P-**")
    firm = reader.query["party"][0]
    near = reader.api(f"network?limit=300&party={quote(firm)}")
    page.wait_for_function(
        "n => document.querySelector('[data-firms]')?.dataset.firms === n", arg=str(len(near["nodes"]))
    )
    assert len(near["nodes"]) < len(held["nodes"])


def test_a_leg_of_the_map_selects_as_many_rows_as_it_says(reader: Reader) -> None:
    page = reader.show("map", "figure svg [data-key]")
    page.locator("summary", has_text="Table of this map").click()
    line = page.locator("figure tbody tr").first
    said = int(line.locator("td").nth(4).inner_text().replace(",", ""))
    line.get_by_role("button").click()
    page.wait_for_url("**destination=**")
    found = reader.api(f"selection?{urlsplit(page.url).query}")
    # A leg starts where a lot was made if no record says where it was sent from; such lots are not in `departure`.
    assert 0 < found["lots"] <= said


def test_a_disc_of_the_timeline_opens_its_record(reader: Reader) -> None:
    page = reader.show("timeline", "figure svg circle")
    lots = {
        lot["shipment_id"]
        for lane in reader.api("timeline?lanes=30")["lanes"]
        for lot in lane["lots"]
        if lot["shipment_id"]
    }
    drawn = {c.get_attribute("data-key") for c in page.locator("figure svg circle").all()}
    assert lots <= drawn
    page.locator("summary", has_text="Table of this timeline").click()
    page.locator("figure tbody button[aria-label*='Evidence of']").first.click()
    page.wait_for_url("**row=**")
    assert reader.query["row"][0] in lots
    page.get_by_text("How it was read").wait_for()


def test_a_chain_can_be_walked_hop_by_hop_to_its_rows(reader: Reader) -> None:
    page = reader.show("chains", "article ol li")
    held = reader.api("chains?limit=50")
    assert page.locator("nav ol li").count() == min(50, held["total"]) > 0
    first = reader.api(f"chains/{held['rows'][0]['chain_id']}")
    assert page.locator("article ol.lane button").count() == len(first["hops"])
    page.get_by_role("button", name="row of hop 1").click()
    page.wait_for_url("**row=**")
    assert reader.query["row"] == [first["hops"][0]["shipment_id"]]
    page.get_by_text("How it was read").wait_for()
    page.get_by_role("link", name="Rows of this chain").click()
    page.wait_for_url("**/shipments?chain=**")
    assert reader.api(f"selection?{urlsplit(page.url).query}")["rows"] >= len(first["hops"])


def test_a_claim_is_marked_in_its_document_as_the_server_places_it(reader: Reader) -> None:
    page = reader.show("claims", "aside mark")
    clusters = reader.api("claims")["clusters"]
    assert page.locator("article.cl").count() == len(clusters) > 0
    for claim in [c for cluster in clusters for c in cluster["claims"]][:4]:
        page.goto(f"{reader.base}/claims?id={claim['claim_id']}")
        text = reader.api(f"documents/{quote(claim['document'])}")["text"]
        page.wait_for_function(
            "w => document.querySelector('aside mark')?.textContent === w", arg=text[claim["start"] : claim["end"]]
        )


def test_a_case_without_statistics_says_so(reader: Reader) -> None:
    page = reader.show("routes", "main h2")
    page.get_by_text("No published statistics in this case").wait_for()
    assert page.locator("figure").count() == 0
