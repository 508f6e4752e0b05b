"""The child's side: one press file into the text of its article."""

from __future__ import annotations

from pathlib import Path

from enduse.errors import SourceRefused

from .article import Article, compose


def read(path: str, form: str, name: str) -> dict[str, str]:
    """`content`, `encoding` and `format` of a press file of form html, pdf, docx or mail."""
    place = Path(path)
    encoding = ""
    if form == "html":
        from enduse.intake.press import html

        text, encoding = decode_page(place.read_bytes(), name)
        article = html.read(text)
    elif form == "mail":
        from enduse.intake.press import mail

        article = mail.read(place.read_bytes(), name)
    elif form == "pdf":
        from enduse.intake.press import pdf

        article = pdf.read(place, name)
    else:
        from enduse.intake.press import docx

        article = docx.read(place, name)
    content = compose(article)
    if not any(c.isalnum() for c in article.body):
        raise SourceRefused(
            f"no text is found in this {_name(form)}", where=name, fix="Save the article as plain text (.txt)"
        )
    return {"content": content.encode("utf-8", "replace").decode(), "encoding": encoding, "format": article.how}


def _name(form: str) -> str:
    return {"html": "web page", "mail": "message", "pdf": "PDF", "docx": "document"}[form]


def decode_page(data: bytes, name: str) -> tuple[str, str]:
    """A page by its mark, by the charset it states, else as any text."""
    import codecs
    import re

    from enduse.intake.documents import decode
    from enduse.intake.reading.encoding import SHOWN, bom_of

    stated = re.search(rb"<meta[^>]+charset\s*=\s*[\"']?([A-Za-z0-9_-]+)", data[:4096], re.IGNORECASE)
    if stated and not bom_of(data):
        try:
            codec = codecs.lookup(stated[1].decode()).name
            return data.decode(codec), SHOWN.get(codec, codec)
        except (LookupError, UnicodeDecodeError):
            pass
    text, codec = decode(data, name)
    return text, SHOWN.get(codec, codec)


__all__ = ["Article", "decode_page", "read"]
