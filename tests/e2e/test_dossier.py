"""The dossier in a browser: nothing leaves the file, nothing is cut, everything can be read and reached."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser
WIDTHS = (320, 768, 1280)
# Elements that stick out of the page, except inside a region that scrolls on its own or a chart that is clipped by nothing.
STICKING_OUT = """() => [...document.querySelectorAll('body *')].filter(e => {
  const b = e.getBoundingClientRect();
  return b.width > 0 && b.right > document.documentElement.clientWidth + 1 && !e.closest('.scroll') && !e.closest('svg') && !e.closest('.skip');
}).map(e => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 60))"""
TOKENS = ("ink", "ink2", "ink3", "link", "sim", "s1", "s2", "s3", "s4", "s5", "s6")
READ_TOKENS = """names => Object.fromEntries(names.map(n => [n, getComputedStyle(document.documentElement).getPropertyValue('--' + n).trim()]))"""
SMALL_TEXT = """() => [...document.querySelectorAll('body *')].filter(e => !e.closest('svg') && e.getClientRects().length
  && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && parseFloat(getComputedStyle(e).fontSize) < 11.9)
  .map(e => e.tagName + '.' + e.className)"""


def opened(browser, path, width=1280, **more):
    page = browser.new_page(viewport={"width": width, "height": 900}, **more)
    page.goto(path.as_uri())
    return page


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("which", ["full", "empty"])
def test_no_request_leaves_the_file_and_nothing_is_refused(browser, files, which):
    page = browser.new_page()
    asked, said = [], []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: said.append(m.text))
    page.on("pageerror", lambda e: said.append(str(e)))
    page.goto(files[which].as_uri())
    page.wait_for_load_state("networkidle")
    assert asked == [files[which].as_uri()]
    assert said == []
    assert page.evaluate("document.scripts.length") == 0
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("which", ["full", "empty"])
def test_the_page_never_scrolls_sideways(browser, files, which, width):
    page = opened(browser, files[which], width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(STICKING_OUT) == []
    page.close()


def test_nothing_is_lost_when_every_fold_is_open_on_a_narrow_page(browser, files):
    page = opened(browser, files["full"], 320)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(STICKING_OUT) == []
    page.close()


def test_number_columns_are_not_cut_on_a_wide_page(browser, files):
    page = opened(browser, files["full"], 1280)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.scroll')].filter(s => s.scrollWidth > s.clientWidth + 1).map(s => s.getAttribute('aria-label'))"""
    )
    assert cut == []
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_keeps_its_contrast(browser, files, scheme):
    page = opened(browser, files["full"], color_scheme=scheme)
    found = page.evaluate(READ_TOKENS, [*TOKENS, "paper", "panel", "hi", "simbg"])
    for token in TOKENS:
        for ground in ("paper", "panel"):
            assert contrast(found[token], found[ground]) >= 4.5, (scheme, token, ground)
    assert contrast(found["ink"], found["hi"]) >= 4.5
    assert contrast(found["sim"], found["simbg"]) >= 4.5
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == ("rgb(252, 251, 248)" if scheme == "light" else "rgb(20, 23, 26)")
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_no_text_is_smaller_than_twelve(browser, files, width):
    page = opened(browser, files["full"], width)
    assert page.evaluate(SMALL_TEXT) == []
    page.close()


def test_a_figure_leads_to_its_rows_and_back(browser, files):
    page = opened(browser, files["full"])
    page.click("#F-0001 a[href='#rows-F-0001']")
    top = page.evaluate("document.getElementById('rows-F-0001').getBoundingClientRect().top")
    assert -5 < top < 200
    page.click("#rows-F-0001 a[href='#F-0001']")
    assert -5 < page.evaluate("document.getElementById('F-0001').getBoundingClientRect().top") < 200
    page.close()


def test_a_line_of_a_ranking_opens_the_fold_its_rows_stand_in(browser, files):
    page = opened(browser, files["full"])
    link = page.locator("table.rk a[href^='#rows-']").first
    target = link.get_attribute("href")[1:]
    assert not page.evaluate("id => document.getElementById(id).closest('details').open", target)
    link.click()
    assert page.evaluate("id => document.getElementById(id).closest('details').open", target)
    assert -5 < page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", target) < 400
    page.close()


def test_the_first_screen_holds_title_answer_and_the_first_value(browser, files):
    page = opened(browser, files["full"])
    for part in ("h1", ".ans", ".lead .val"):
        box = page.locator(part).first.bounding_box()
        assert box["y"] + box["height"] <= 900, part
    page.close()


def test_paper_carries_the_rows_of_totals_and_says_where_the_others_are(browser, files):
    page = opened(browser, files["full"])
    page.emulate_media(media="print")
    shown = page.evaluate(
        """() => [...document.querySelectorAll('#rows table')].filter(t => t.getClientRects().length).map(t => t.closest('details') === null)"""
    )
    assert shown
    assert all(shown)
    note = page.locator(".paper-only")
    assert note.is_visible()
    assert "figure_row.csv" in note.inner_text()
    raw = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", raw)) < 30
    page.close()


def test_it_reads_without_scripts_and_folds_open_by_keyboard(browser, files):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(files["full"].as_uri())
    assert page.locator("h1").inner_text().startswith("The direct route shrank")
    fold = page.locator("details.twin").first
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    assert fold.locator("table").first.is_visible()
    context.close()


def test_the_keyboard_reaches_content_first(browser, files):
    page = opened(browser, files["full"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the findings"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    assert page.evaluate(
        """() => [...document.querySelectorAll('.scroll')].every(s => s.tabIndex === 0 && s.getAttribute('aria-label'))"""
    )
    page.close()


def test_foreign_text_stays_in_its_own_direction(browser, files):
    page = opened(browser, files["full"])
    assert page.evaluate("""() => [...document.querySelectorAll('bdi')].every(b => b.dir === 'auto')""")
    assert (
        page.evaluate(
            """() => getComputedStyle([...document.querySelectorAll('bdi')].find(b => b.textContent.includes('النسيم'))).direction"""
        )
        == "rtl"
    )
    assert page.evaluate("getComputedStyle(document.body).direction") == "ltr"
    page.close()


def test_paper_has_the_light_palette_no_rail_and_a_foot(browser, files, tmp_path):
    page = opened(browser, files["full"], color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('.rail')).display") == "none"
    raw = page.pdf(prefer_css_page_size=True, print_background=True)
    assert raw.startswith(b"%PDF")
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([0-9.]+) ([0-9.]+)", raw)
    assert box
    assert [round(float(b)) for b in box.groups()] == [595, 842]  # A4 in points
    page.close()
