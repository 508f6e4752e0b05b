"""Press files that are more than text. Every word below is made up."""

from __future__ import annotations

import importlib.util
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from enduse.errors import SourceRefused
from enduse.intake import detect, documents
from enduse.intake.press import article, html, pdf

LINE = "Forty unmanned aircraft were delivered to the depot in March, the ministry said on Friday, and more are expected before summer."
PAGE = f"""<!DOCTYPE html><html><head><meta charset="windows-1251"><title>Drones delivered | Example Post</title>
<meta property="og:site_name" content="Example Post"><script type="application/ld+json">{{"@graph": [{{"datePublished": "2023-03-17T10:00:00Z"}}]}}</script></head>
<body><nav><a href="1">Home</a> <a href="2">World</a></nav><div class="sidebar"><p>{LINE} Sidebar.</p></div><article><h1>Drones delivered</h1>
<p>{LINE}</p><p>Второй абзац о поставках: &laquo;сорок штук&raquo;, {LINE}</p><ul><li><a href="x">Read more about something else that is long enough to count</a></li></ul>
<p>{LINE} The end.</p></article><footer>Copyright, and nothing else that matters to anybody who reads this page</footer></body></html>"""


def make_pdf(lines: list[str]) -> bytes:
    """A PDF of one page in Helvetica, written by hand."""
    body = "BT /F1 12 Tf 72 720 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(body)} >>\nstream\n{body}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return (out + end).encode()


def make_docx(path: Path, paragraphs: list[str]) -> None:
    body = "".join(f"<w:p><w:r><w:t>{escape(p)}</w:t></w:r></w:p>" for p in paragraphs)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>',
        )


def test_a_web_page_without_what_stands_around_it(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE.encode("cp1251"))
    assert detect(path).kind == "press"
    text = documents.open_text(path)
    assert text.content.startswith("Drones delivered\n\nExample Post\n\nPublished March 17, 2023\n\nForty unmanned")
    assert "«сорок штук»" in text.content
    assert "Sidebar" not in text.content
    assert "Read more" not in text.content
    assert text.encoding == "Windows-1251"
    assert text.format.startswith("web page, read by ")


def test_the_reader_of_enduse_finds_the_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html.importlib.util, "find_spec", lambda _: None)
    found = html.read(PAGE)
    assert found.how == "web page, read by enduse"
    assert (found.title, found.date[:10], found.outlet) == ("Drones delivered", "2023-03-17", "Example Post")
    assert [p[:14] for p in found.body.split("\n\n")] == [
        "Drones deliver",
        "Forty unmanned",
        "Второй абзац о",
        "Forty unmanned",
    ]


def test_pdf_text_is_joined_into_paragraphs(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf(["Drones delivered", "", "Forty unmanned aircraft were delivered to the depot in March, the mini-", "stry said on Friday, and more are expected before the summer is over and", "done.", "The second paragraph is short."]))  # fmt: skip
    assert detect(path).kind == "press"
    text = documents.open_text(path)
    assert text.content == (
        "Drones delivered\n\nForty unmanned aircraft were delivered to the depot in March, the ministry said on Friday, "
        "and more are expected before the summer is over and done.\n\nThe second paragraph is short.\n"
    )
    assert text.format.startswith("PDF, read by pypdf")


@pytest.mark.parametrize(
    ("content", "why"),
    [(make_pdf([]), "scan"), (make_pdf(["a b c"])[:250], "cannot be read"), (b"%PDF-1.4\n%%EOF", "cannot be read")],
)
def test_a_pdf_without_text_says_so(tmp_path: Path, content: bytes, why: str) -> None:
    pytest.importorskip("pypdf")
    path = tmp_path / "scan.pdf"
    path.write_bytes(content)
    with pytest.raises(SourceRefused, match=why) as caught:
        documents.open_text(path)
    assert caught.value.where == "scan.pdf"


def test_without_pypdf_the_message_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(SourceRefused, match="pip install pypdf"):
        pdf.read(tmp_path / "a.pdf", "a.pdf")


def test_word_and_mail(tmp_path: Path) -> None:
    word = tmp_path / "note.docx"
    make_docx(word, ["Drones delivered", LINE, "1 < 2 & 3"])
    assert detect(word).kind == "press"
    assert documents.open_text(word).content == f"Drones delivered\n\n{LINE}\n\n1 < 2 & 3\n"
    mail = tmp_path / "note.eml"
    head = b"From: Desk <desk@example.org>\r\nSubject: =?utf-8?B?0JTRgNC+0L3Riw==?=\r\nDate: Fri, 17 Mar 2023 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    mail.write_bytes(
        head
        + b"Content-Type: text/plain; charset=koi8-r\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + "Сорок штук доставили.".encode("koi8-r")
    )
    assert detect(mail).kind == "press"
    assert documents.open_text(mail).content == "Дроны\n\nPublished March 17, 2023\n\nСорок штук доставили.\n"


def test_a_broken_word_file_and_one_with_entities(tmp_path: Path) -> None:
    for name, content in (
        ("cut.docx", "<w:document><w:body>"),
        ("bomb.docx", '<!DOCTYPE d [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]><d>&b;</d>'),
    ):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("word/document.xml", content)
        with pytest.raises(SourceRefused, match="damaged"):
            documents.open_text(tmp_path / name)


def test_composing_keeps_one_title_and_states_the_date() -> None:
    found = article.compose(article.Article("Title\n\nBody text.", "Title", "2023-03-17T10:00:00Z", "Outlet"))
    assert found == "Title\n\nOutlet\n\nPublished March 17, 2023\n\nBody text.\n"
    assert article.compose(article.Article("Body.", date="soon")) == "Body.\n"
