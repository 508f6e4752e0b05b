"""Mail (eml) and saved web archives (mht): subject, date and text; a page where there is no plain text."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

from enduse.errors import SourceRefused

from . import html
from .article import Article

_FIELD = re.compile(rb"(?:\A|\r?\n)([A-Za-z][A-Za-z-]{1,40}):[ \t]")
_TELLING = frozenset(
    (b"from", b"date", b"subject", b"mime-version", b"message-id", b"received", b"to", b"content-type", b"return-path")
)


def looks(head: bytes) -> bool:
    """Whether the first lines are the header of a message: four fields that mail has, with its sender or its form."""
    block = re.split(rb"\r?\n\r?\n", head.lstrip(b"\xef\xbb\xbf"), maxsplit=1)[0]
    fields = {f.lower() for f in _FIELD.findall(block)}
    lines = [line for line in block.splitlines() if line[:1] not in (b" ", b"\t", b"")]
    tidy = all(re.match(rb"[A-Za-z][\w-]*:|From ", line) for line in lines)
    return (
        tidy
        and len(fields & _TELLING) >= 3
        and bool(fields & {b"from", b"mime-version"})
        and bool(fields & {b"mime-version", b"message-id", b"received", b"date"})
    )


def read(data: bytes, name: str) -> Article:
    """The message as an article: its subject as title, its date as date."""
    message = message_from_bytes(data, policy=policy.default)
    part = message.get_body(("plain", "html")) if message.is_multipart() else message
    try:
        text = str(cast("EmailMessage", part).get_content()) if part is not None else ""
    except (LookupError, UnicodeError, KeyError, ValueError) as error:
        raise SourceRefused(
            f"the text of the message cannot be decoded ({error})", where=name, fix="Save it as text"
        ) from error
    page: Article | None = None
    if part is not None and part.get_content_type() == "text/html":
        page = html.read(text)
        text = page.body
    subject = str(message["subject"] or "") or (page.title if page else "")
    date = getattr(message["date"], "datetime", None)
    told = date.date().isoformat() if date else (page.date if page else "")
    left = sum(1 for _ in message.iter_attachments()) if message.is_multipart() else 0
    how = "mail" + (f", its {page.how}" if page else "") + (f", {left} attachments left out" if left else "")
    return Article(text, subject, told, page.outlet if page else "", how)
