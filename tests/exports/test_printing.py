"""The dossier on paper."""

from __future__ import annotations

import pytest

from enduse.errors import EnduseError
from enduse.exports import paper, printing

PAGE = """<!doctype html><html><head><style>:root{--paper:#fcfbf8;--ink:#17191c;--s1:#1f5fae}@media screen and (prefers-color-scheme:dark){:root{--s1:#ffffff}}
.bar .w{fill:var(--s1);opacity:.34}.months text{paint-order:stroke;stroke:var(--paper);stroke-width:4px}p{color:var(--ink)}
@page{size:A4;@bottom-left{content:"SIMULATED CASE"}}</style></head><body>
<svg width="0" height="0"><defs><g id="m-declared"><rect x="1" y="1" width="10" height="10" fill="currentColor"/></g>
<pattern id="h-o" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="1" height="4" style="fill:var(--s1)"/></pattern></defs></svg>
<p>first page</p><svg viewBox="0 0 12 12" width="12" height="12"><use href="#m-declared"/></svg><svg class="bar" width="99" height="9"><rect class="w" width="9" height="9"/></svg>
<p style="break-before:page">second page</p></body></html>"""


def pages(path):
    from pypdf import PdfReader

    return [p.extract_text() for p in PdfReader(path).pages]


def test_pictures_bring_their_own_light_colours_and_marks():
    made = paper.for_weasyprint(PAGE)
    bar = made[made.index('<svg class="bar"') :].partition("</svg>")[0]
    assert ".bar .w{fill:#1f5fae;opacity:.34}" in bar
    assert "var(" not in bar
    assert "<pattern" in bar
    assert "<use" not in made
    assert 'fill="#17191c"' in made
    assert "stroke-width:4px" not in bar  # a halo WeasyPrint would draw over the letters
    assert "p{color" not in bar


def test_weasyprint_prints_and_gives_the_same_bytes(tmp_path):
    pytest.importorskip("pypdf", reason="the independent reader of PDF is not installed")
    for name in ("a.pdf", "b.pdf"):
        why = printing._weasyprint(PAGE, tmp_path / name)
        if why:
            pytest.skip(why)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    got = pages(tmp_path / "a.pdf")
    assert ["first" in got[0], "second" in got[1], len(got)] == [True, True, 2]
    assert all("SIMULATED CASE" in p for p in got)


def test_weasyprint_fetches_nothing(tmp_path, caplog):
    outside = PAGE.replace("<p>first", '<img src="http://127.0.0.1:9/x.png"><img src="file:///etc/hostname"><p>first')
    if why := printing._weasyprint(outside, tmp_path / "a.pdf"):
        pytest.skip(why)
    assert sum("disallowed protocol" in r.getMessage() for r in caplog.records) == 2


@pytest.mark.browser
def test_chromium_prints_the_same_bytes_twice(tmp_path):
    program = printing.browser()
    if program is None:
        pytest.skip("no Chromium installed")
    for name in ("a.pdf", "b.pdf"):
        assert printing._chromium(program, PAGE, tmp_path / name) == ""
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    got = pages(tmp_path / "a.pdf")
    assert len(got) == 2
    assert all("SIMULATED CASE" in p for p in got)


def test_without_a_browser_weasyprint_prints(tmp_path, monkeypatch):
    monkeypatch.setattr(printing, "browser", lambda: None)
    monkeypatch.setattr(printing, "_weasyprint", lambda _html, path: path.write_bytes(b"%PDF-1.7 x") and "")
    printing.print_pdf(PAGE, tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == b"%PDF-1.7 x"


def test_a_browser_that_fails_gives_way_and_leaves_nothing(tmp_path, monkeypatch):
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\necho no display >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("ENDUSE_CHROMIUM", str(broken))
    monkeypatch.setattr(printing, "_weasyprint", lambda *_: "WeasyPrint does not load (no libpango)")
    with pytest.raises(EnduseError) as caught:
        printing.print_pdf(PAGE, tmp_path / "a.pdf")
    told = str(caught.value)
    assert "no display" in told
    assert "no libpango" in told
    assert "apt install libpango" in told
    assert sorted([p.name for p in tmp_path.iterdir()]) == ["chromium"]
