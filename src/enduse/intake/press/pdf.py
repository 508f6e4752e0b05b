"""PDF: the text layer of its pages, lines joined into paragraphs."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from enduse.errors import SourceRefused

from .article import Article

PAGES = 2_000


def read(path: Path, name: str) -> Article:
    """The text of a PDF. A scan without text, a locked file and a missing `pypdf` are refused with what to do."""
    if importlib.util.find_spec("pypdf") is None:
        raise SourceRefused(
            "reading PDF needs the package pypdf, which is not installed",
            where=name,
            fix="pip install pypdf, or save the article as text",
        )
    import logging

    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        file = pypdf.PdfReader(path, strict=False)
        if file.is_encrypted and not file.decrypt(""):
            raise SourceRefused("the PDF is protected by a password", where=name, fix="Save it without a password")
        pages = [reflow(page.extract_text()) for page in file.pages[:PAGES]]
        count = len(file.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise SourceRefused(
            f"the PDF cannot be read ({type(error).__name__})",
            where=name,
            fix="Open it and save it again, or save it as text",
        ) from error
    text = "\n\n".join(p for p in pages if p)
    if len(re.findall(r"\w", text)) < 20 * max(1, count) ** 0.5:
        raise SourceRefused(
            "the PDF holds pictures of pages and no text: it is a scan",
            where=name,
            fix="Run text recognition (OCR) over it and add the text",
        )
    empty = sum(1 for p in pages if not p)
    cut = f", the first {PAGES:,} of {count:,} pages" if count > PAGES else f", {count} page{'' if count == 1 else 's'}"
    lost = f", {empty} of them without text" if empty else ""
    return Article(text, how=f"PDF, read by pypdf {pypdf.__version__}{cut}{lost}")


def reflow(text: str) -> str:
    """Lines of a page joined into paragraphs: a line that runs to the edge goes on in the next one."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    long = sorted(len(line) for line in lines if line)
    edge = long[int(len(long) * 0.8)] if long else 0
    out = ""
    previous = ""
    for line in lines:
        if not line:
            previous = ""
        elif not previous:
            out += ("\n\n" if out else "") + line
            previous = line
        else:
            runs_on = len(previous) >= 0.75 * edge and (
                not re.search(r"[.!?:…»”\"]$", previous) or len(previous) >= 0.95 * edge
            )
            if previous.endswith("-") and line[0].islower():
                out = out[:-1] + line
            elif runs_on or line[0].islower():
                out += " " + line
            else:
                out += "\n\n" + line
            previous = line
    return out
