"""Word documents (docx): the paragraphs of the body, tables row by row. Footnotes, headers and comments are no article."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from enduse.errors import SourceRefused

from .article import Article

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
MAX_BYTES = 200_000_000


def read(path: Path, name: str) -> Article:
    """The text of a Word document."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        with zipfile.ZipFile(path) as archive, archive.open("word/document.xml") as member:
            data = member.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise SourceRefused(
                f"the document unpacks to more than {MAX_BYTES:,} bytes", where=name, fix="Save it as text"
            )
        root = fromstring(data)
    except (
        zipfile.BadZipFile,
        KeyError,
        ParseError,
        OSError,
        RuntimeError,
        NotImplementedError,
        DefusedXmlException,
        EOFError,
    ) as error:
        raise SourceRefused(
            f"the Word document is damaged ({type(error).__name__})",
            where=name,
            fix="Open it and save it again, or save it as text",
        ) from error
    blocks = [text for p in root.iter() if p.tag in (f"{WORD}p", f"{STRICT}p") and (text := _paragraph(p).strip())]
    return Article("\n\n".join(blocks), how="Word document (docx)")


def _paragraph(paragraph: Element) -> str:
    out = []
    for element in paragraph.iter():
        tag = str(element.tag).rpartition("}")[2]
        if tag == "t":
            out.append(element.text or "")
        elif tag == "tab":
            out.append("\t")
        elif tag in ("br", "cr"):
            out.append("\n")
    return "".join(out)
