"""The application in a real Chromium, on a running server: what a reader clicks, types and sees."""

from __future__ import annotations

import copy
import csv
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from enduse import Case

sys.path.insert(0, str(Path(__file__).resolve().parent))

import app_case

pytestmark = pytest.mark.browser
VIEWS = ("", "shipments", "network", "map", "timeline", "parties", "review", "chains", "routes", "claims", "run")
WIDTHS = (320, 768, 1280)
AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return app_case.fill(tmp_path_factory.mktemp("app") / "small")


@pytest.fixture(scope="module")
def address(browser: object, case: Case) -> Iterator[str]:
    """Needs the browser first: without one no server is started."""
    with app_case.served(case.folder) as found:
        yield found


class Reader:
    """A page let in with the token, and everything it asked for or complained about."""

    def __init__(
        self, browser: Any, address: str, path: str = "", width: int = 1280, height: int = 900, **more: Any
    ) -> None:
        self.base, _, _ = address.partition("/?")
        self.context = browser.new_context(viewport={"width": width, "height": height}, **more)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda r: self.asked.append(r.url))
        self.page.on("console", lambda m: self.said.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda e: self.said.append(str(e)))
        self.page.goto(address)
        self.page.wait_for_selector("header.top")
        if path:
            self.go(path)

    def load(self, path: str) -> None:
        """As somebody who was sent the address."""
        self.page.goto(f"{self.base}/{path}")
        self.settle()

    def go(self, path: str) -> None:
        """As somebody who follows a link inside the application."""
        self.page.evaluate(
            "to => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')); }", f"/{path}"
        )
        self.settle()

    def settle(self) -> None:
        view = urlsplit(self.page.url).path.strip("/") or "overview"
        self.page.wait_for_function(
            """view => document.querySelector('main')?.getAttribute('aria-label')?.toLowerCase() === view
              && document.querySelector('main h2, main .state') && !document.querySelector('.sk, [aria-busy=true], .wait, .ld')""",
            arg=view,
        )

    def rows(self) -> int:
        """Rows the selection bar counts."""
        text = self.page.locator(".sel b.n").inner_text()
        return int(re.sub(r"\D", "", text))

    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.page.url).query)

    def wait_for_rows(self, wanted: int) -> None:
        self.page.wait_for_function(
            f"() => document.querySelector('.sel b.n')?.textContent.replace(/\\D/g, '') === '{wanted}'"
        )


@pytest.fixture
def reader(browser: Any, address: str) -> Iterator[Reader]:
    found = Reader(browser, address)
    yield found
    found.context.close()


def test_no_view_asks_elsewhere_or_breaks_the_policy(reader: Reader) -> None:
    for view in VIEWS:
        reader.load(view)
        assert reader.page.locator("h1").count() == 1
        assert reader.page.locator("main h2").count() >= 1, view
    assert {urlsplit(u).hostname for u in reader.asked if not u.startswith(("data:", "blob:"))} == {"127.0.0.1"}
    assert reader.said == []


def test_the_overview_opens_the_rows_of_a_figure_and_leads_back(reader: Reader) -> None:
    page = reader.page
    card = page.locator("article#F-0001")
    link = card.locator(".act a").first
    count = int(re.sub(r"\D", "", link.inner_text()))
    link.click()
    reader.wait_for_rows(count)
    assert reader.query() == {"figure": ["F-0001"]}
    page.wait_for_selector("#r0 td.num")
    page.go_back()
    page.wait_for_selector("article#F-0001")
    page.go_forward()
    reader.wait_for_rows(count)


def test_a_facet_narrows_all_views_and_the_address_carries_it(reader: Reader) -> None:
    page = reader.page
    reader.go("shipments")
    whole = reader.rows()
    option = page.locator("fieldset", has_text="Goods").locator("label", has_text="drone").first
    promised = int(re.sub(r"\D", "", option.locator(".mut").inner_text()))
    option.locator("input").check()
    reader.wait_for_rows(promised)
    assert 0 < promised < whole
    assert reader.query() == {"goods": ["drone"]}
    assert page.locator(".chip", has_text="drone").count() == 1
    page.get_by_role("tab", name="Network").click()
    assert urlsplit(page.url).path == "/network"
    assert reader.query() == {"goods": ["drone"]}
    assert page.get_by_role("tab", name="Network").get_attribute("aria-selected") == "true"
    page.go_back()
    page.wait_for_selector("#rows tbody tr")
    page.go_back()
    reader.wait_for_rows(whole)
    page.go_forward()
    reader.wait_for_rows(promised)
    page.reload()
    reader.wait_for_rows(promised)
    page.get_by_role("button", name=re.compile("Remove Goods")).click()
    reader.wait_for_rows(whole)
    assert reader.query() == {}


def test_search_and_dates_narrow_and_say_how_many(reader: Reader) -> None:
    page = reader.page
    reader.go("shipments")
    page.locator("#rows").focus()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.type("porcelain")
    page.keyboard.press("Enter")
    reader.wait_for_rows(40)
    assert page.locator("[aria-live=polite]").first.inner_text() == "40\u00a0rows selected"
    page.get_by_role("button", name="edit").click()
    page.fill("input[name=since]", "2023-06-01")
    page.fill("input[name=until]", "2023-06-30")
    page.get_by_role("button", name="Show these days").click()
    page.wait_for_function("() => location.search.includes('since=2023-06-01')")
    assert page.locator(".chip", has_text="Date").count() == 1
    chart = page.get_by_role("application")
    chart.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => location.search.includes('until=2023-07-31')")


def test_the_table_is_walked_and_read_by_keyboard_alone(reader: Reader) -> None:
    page = reader.page
    reader.go("shipments")
    table = page.locator("#rows")
    table.focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    active = table.get_attribute("aria-activedescendant")
    assert active == "r3"
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'evidence'")
    assert "row" in reader.query()
    assert "D-" in page.locator(".dw .raw").inner_text()
    assert page.locator(".dw .raw mark").count() == 1
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.activeElement.id === 'rows'")
    assert page.locator(".dw").count() == 0
    assert table.get_attribute("aria-activedescendant") == "r3"
    page.keyboard.press("End")
    page.wait_for_function("() => [...document.querySelectorAll('#rows tbody tr')].at(-1)?.id === 'r122'")
    page.locator("th button", has_text="Value").click()
    page.wait_for_function("() => document.querySelector('th[aria-sort]')?.textContent.includes('Value')")
    page.wait_for_function("() => document.querySelector('#r0 td:nth-child(8)')?.textContent.trim() === '11,111'")


def test_missing_numbers_are_said_and_never_empty(reader: Reader) -> None:
    reader.go("shipments?sort=value_usd&dir=asc")
    reader.page.wait_for_selector("#r0 td.num")
    empty = reader.page.evaluate(
        "[...document.querySelectorAll('#rows tbody td.num')].filter(c => !c.textContent.trim()).length"
    )
    assert empty == 0
    reader.page.locator("#rows").focus()
    reader.page.keyboard.press("End")
    reader.page.wait_for_function(
        "() => [...document.querySelectorAll('#rows tbody tr')].at(-1)?.children[7]?.textContent.trim() === 'n/s'"
    )


def test_hostile_cells_are_shown_as_the_text_they_are(reader: Reader) -> None:
    page = reader.page
    reader.go("shipments?q=Nordwind")
    page.wait_for_selector("#r1")
    assert "<img src=x onerror" in page.locator("#rows").inner_text()
    assert page.locator("#rows img, #rows script").count() == 0
    assert "⟨U+202E⟩" in page.locator("#rows").inner_text()
    for index in range(page.locator("#rows tbody tr").count()):
        page.locator(f"#r{index}").click()
        page.wait_for_selector(".dw .raw")
        assert page.locator(".dw img, .dw script").count() == 0
    assert page.title().startswith("Shipments")
    assert page.locator("h1").inner_text() == "Test <b>case</b>"
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert reader.said == []


def test_the_source_opens_at_the_record_and_closes_again(reader: Reader) -> None:
    page = reader.page
    reader.go("shipments?sort=value_usd&dir=desc")
    page.wait_for_selector("#r0 td.num")
    page.locator("#r0").click()
    raw = page.locator(".dw .raw").inner_text()
    page.get_by_role("button", name="Open in source").click()
    here = page.locator("dialog li.here")
    here.wait_for()
    assert here.count() == 1
    assert here.locator(".raw").inner_text() == raw
    assert here.locator("mark").count() > 3, "the cells that were read are marked"
    assert re.search(r"line \d+, bytes", here.inner_text())
    shown = page.locator("dialog li").count()
    page.get_by_role("button", name="Later records").click()
    page.wait_for_function("n => document.querySelectorAll('dialog li').length > n", arg=shown)
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    assert page.locator(".dw .raw").count() == 1, "the drawer stays"
    assert reader.said == []


def test_results_of_another_program_are_said_and_shown_on_demand(reader: Reader) -> None:
    page = reader.page
    idle = page.evaluate("fetch('/api/run').then(answer => answer.json())")
    asked: list[str] = []

    def run(route: Any) -> None:
        asked.append(route.request.method)
        route.fulfill(json=idle | {"elsewhere": {"state": "newer", "run_id": "ffff0000ffff"}})

    page.route("**/api/run", run)
    page.route("**/api/reopen", lambda route: (asked.append("reopen"), route.fulfill(status=202, json=idle)))
    reader.load("shipments")
    said = page.locator(".newer")
    said.wait_for()
    assert "run again by another program (run ffff0000)" in said.inner_text()
    assert "newer results" in page.locator(".top .run").inner_text()
    page.unroute("**/api/run")
    said.get_by_role("button", name="Show the new results").click()
    said.wait_for(state="detached")
    assert "reopen" in asked
    assert "POST" not in asked


def test_a_selection_is_printed_with_what_is_not_on_paper(reader: Reader) -> None:
    page = reader.page
    reader.go("shipments?goods=drone")
    rows = reader.rows()
    page.evaluate("() => { window.print = () => { window.printed = document.querySelector('.paper').outerHTML; }; }")
    page.get_by_role("button", name=re.compile("Export .* rows")).click()
    page.get_by_role("button", name="Print the first 500").click()
    page.wait_for_function("() => window.printed")
    printed = page.evaluate("window.printed")
    assert printed.count("<tr>") == rows + 1
    assert f"All {rows} records are printed" in printed
    assert "Goods: drone" in printed
    assert re.search("SHA-256 [0-9a-f]{64}", printed)
    page.locator(".paper").wait_for(state="detached")
    assert reader.said == []


def test_a_judgement_is_written_and_makes_the_case_stale(reader: Reader, case: Case) -> None:
    page = reader.page
    reader.go("review")
    if page.locator(".pair").count() == 0:
        pytest.fail("the case was made to have an uncertain pair")
    names = page.locator(".pair b").all_inner_texts()
    assert "Score" not in page.locator("main").inner_text(), "blind until asked"
    page.keyboard.press("2")
    page.wait_for_selector("text=Judged now")
    assert names[0] in page.locator("main table").inner_text()
    page.wait_for_function("() => document.querySelector('.top .run')?.textContent.includes('stale')")
    assert any("different" in f.read_text(encoding="utf-8") for f in case.folder.glob("judgements*"))
    page.get_by_role("button", name="take back").click()
    page.wait_for_selector("text=Judged now", state="detached")


def test_a_run_shows_its_steps_and_then_what_it_changed(reader: Reader) -> None:
    """The server's answers are altered on the way, so that no run is waited for."""
    page = reader.page
    asked = {"done": False}  # set when the progress has been looked at, not by a clock
    steps = {
        "stage": "routes",
        "step": "link",
        "number": 4,
        "of": 6,
        "stages_done": ["intake", "goods"],
        "started": None,
        "error": None,
    }

    def run(route: Any) -> None:
        state = "done" if asked["done"] else "running"
        route.fulfill(status=200 if route.request.method == "GET" else 202, json=steps | {"state": state})

    def told(name: str) -> Any:
        return page.evaluate("name => fetch(`/api/${name}`).then(answer => answer.json())", name)

    now = {"case": told("case"), "figures": told("figures")}
    then = {"case": now["case"] | {"run_id": "ffff0000ffff", "stale": []}, "figures": copy.deepcopy(now["figures"])}
    figure = next(f for f in then["figures"]["figures"] if f["measure"] == "records")
    figure["value"] -= 3

    reader.go("run")
    before = reader.page.locator(".top .run").inner_text()
    page.route("**/api/run", run)

    def answer(route: Any) -> None:
        name = urlsplit(route.request.url).path.rpartition("/")[2]
        route.fulfill(json=(then if asked["done"] else now)[name])

    page.route("**/api/case", answer)
    page.route("**/api/figures", answer)
    page.get_by_role("button", name=re.compile("Run the case")).click()
    page.wait_for_selector("[role=progressbar]")
    assert page.locator(".top .run").inner_text() == "Linking chains, step 4 of 6"
    asked["done"] = True
    page.wait_for_selector("text=What changed since run")
    table = page.locator("[aria-label='What changed'] tbody")
    table.wait_for()
    assert table.locator("tr").count() == 1
    assert "−3" in table.inner_text()
    assert page.locator(".top .run").inner_text() == "Run ffff0000, up to date" != before
    page.get_by_role("link", name="Overview").click()
    changed = page.locator("article .stale", has_text="before the last run")
    changed.first.wait_for()
    assert changed.count() == 1


def test_every_view_can_be_taken_along(reader: Reader) -> None:
    page = reader.page
    reader.go("shipments?goods=drone")
    page.get_by_role("button", name=re.compile("Export .* rows")).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV, all rows").click()
    assert "SIMULATED" in download.value.suggested_filename
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").count("D-0")
    assert lines >= 80
    page.get_by_role("button", name=re.compile("Export .* rows")).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Evidence sheet, CSV").click()
    sheet = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8"))))
    assert len(sheet) == reader.rows()
    assert all(line["sha256_of_source"] in line["citation"] for line in sheet)
    reader.go("")
    page.get_by_role("button", name="Export figures").click()
    with page.expect_download() as picture:
        page.get_by_role("button", name="SVG picture").click()
    drawn = Path(picture.value.path()).read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert "var(--" not in drawn


def test_a_wrong_token_gets_a_page_that_says_what_to_do(browser: Any, address: str) -> None:
    page = browser.new_page()
    answer = page.goto(address.replace(app_case.WORD, "wrong"))
    assert answer.status in (401, 403)
    assert "enduse serve" in page.content()
    assert app_case.WORD not in page.content()
    page.close()


def test_an_empty_case_says_so_in_every_view(browser: Any, tmp_path: Path) -> None:
    Case.new(
        tmp_path / "none", question="civil drones to RU since 2022-02-24", watch="civil-drones", title="Nothing yet"
    )
    with app_case.served(tmp_path / "none") as address:
        reader = Reader(browser, address)
        for view in VIEWS:
            reader.go(view)
            assert len(reader.page.locator("main").inner_text().strip()) > 20, view
        reader.go("")
        assert reader.page.get_by_role("link", name="Run the case").count() >= 1
        assert [s for s in reader.said if "404" not in s and "409" not in s] == []
        reader.context.close()


def test_no_view_scrolls_sideways(reader: Reader) -> None:
    for view in VIEWS:
        reader.go(view)
        if view == "shipments":
            reader.page.wait_for_selector("#r0 td.num")
            reader.page.locator("#r0").click()
            reader.page.wait_for_selector(".dw .raw")
        for width in WIDTHS:
            reader.page.set_viewport_size({"width": width, "height": 900})
            # Lists and pictures settle a moment after the width; what stays too wide is waited for in vain.
            reader.page.wait_for_function("w => innerWidth === w", arg=width)
            reader.page.wait_for_function("w => document.documentElement.scrollWidth <= w", arg=width)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(browser: Any, address: str, scheme: str) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: npm ci in frontend/")
    # axe is put into the page by the browser's own hand; the page's policy would refuse it, as it should.
    reader = Reader(browser, address, color_scheme=scheme, bypass_csp=True)
    found = []
    for view in (*VIEWS, "shipments?goods=drone&row=first", "shipments?row=first&open=source", "parties?id=first"):
        path, _, wanted = view.partition("?")
        reader.go(path if "first" in wanted else view)
        if "row=first" in wanted:
            reader.page.wait_for_selector("#r0 td")
            reader.page.locator("#r0").click()
            reader.page.wait_for_selector(".dw .raw")
            if view.endswith("source"):
                reader.page.get_by_role("button", name="Open in source").click()
                reader.page.wait_for_selector("dialog li.here")
        if "id=first" in wanted:
            reader.page.wait_for_selector("#r0 a")
            reader.page.locator("#r0 a").click()
            reader.page.wait_for_selector("#h-names")
        reader.page.add_script_tag(path=str(AXE))
        faults = reader.page.evaluate("() => axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)")
        found += [
            f"{view}: {f['id']} {f['nodes'][0]['html'][:160]}" for f in faults if f["impact"] in ("serious", "critical")
        ]
    assert found == []
    reader.context.close()
