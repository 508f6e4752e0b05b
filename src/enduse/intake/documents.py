"""Press texts: from the bytes of a file to its decoded content, on which every offset of a claim counts.

A byte order mark says how the file is written and is no part of what is written: it is not in `content`, and offset 0
is the character after it. Everything else stands as in the file, line ends included.
"""

from __future__ import annotations

import re
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from enduse.errors import SourceRefused
from enduse.intake import child, files
from enduse.intake.press import mail
from enduse.intake.reading.encoding import SHOWN, bom_of, find_encoding
from enduse.intake.reading.files import is_html, open_bytes
from enduse.intake.reading.unpacking import opened

MAX_BYTES = 50_000_000  # a longer text is no press report
LIMITS = child.Limits(memory=1_500_000_000, cpu=300, wall=600)
# Single-byte code pages that press files without a mark are met in. UTF-8 is tried first, and only whole.
_ODD = re.compile(r"[a-z][A-ZÀ-ÞА-Я]|[а-яё][А-ЯЁ]|[A-Za-z][А-Яа-яЁё]|[А-Яа-яЁё][A-Za-z]|[þðýÞÐÝ]")
_PAGES = ("cp1251", "cp1252", "cp1254", "cp1250", "koi8-r", "iso8859-5", "gb18030")


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _letters(text: str) -> float:
    """How much a decoded text looks like prose: share of letters among the characters that the code page decides, mixed words held against it."""
    high = [c for c in text if ord(c) > 127]
    if not high:
        return 1.0
    good = sum(1 for c in high if unicodedata.category(c) in ("Ll", "Lu", "Lo") or c in "–—‘’“”„«»…№°€£ ")
    words = re.findall(r"[^\W\d_]+", text)
    # Latin letters beside Cyrillic in one word, a capital after a small letter, and the Icelandic letters that stand
    # where Turkish has its own, come of a wrong page.
    odd = sum(1 for w in words if not w.isascii() and _ODD.search(w))
    return good / len(high) - odd / max(1, sum(1 for w in words if not w.isascii()))


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of a file and its codec. Raises SourceRefused where the bytes are no text.

    By mark, else UTF-16 by its zero bytes, else UTF-8 where all bytes are, else the code page under which the text
    looks most like prose.
    """
    mark = bom_of(data)
    if mark:
        text = _strict(data[mark[1] :], mark[0])
        if text is None:
            raise SourceRefused(
                f"the file says it is {SHOWN.get(mark[0], mark[0])} and is not",
                where=name,
                fix="Save it again as UTF-8",
            )
        return _plain(text, name), mark[0]
    wide = find_encoding(data[: files.HEAD])
    if wide in ("utf-16-le", "utf-16-be"):
        text = _strict(data, wide)
        if text is not None:
            return _plain(text, name), wide
    text = _strict(data, "utf-8")
    if text is not None:
        return _plain(text, name), "utf-8"
    if b"\x00" in data:
        raise SourceRefused(
            "this is a binary file, not a text", where=name, fix="Save the article as plain text (.txt)"
        )
    read = [(t, codec) for codec in _PAGES if (t := _strict(data, codec)) is not None]
    if not read:
        raise SourceRefused(
            "the bytes are no text in any encoding that is tried", where=name, fix="Save the article as UTF-8"
        )
    text, codec = max(read, key=lambda found: (round(_letters(found[0]), 3), -_PAGES.index(found[1])))
    return _plain(text, name), codec


def _plain(text: str, name: str) -> str:
    """The text itself, once it is sure that it is one: no control characters to speak of, and something said."""
    odd = sum(1 for c in text if (ord(c) < 32 and c not in "\t\n\r\f\x0b") or c == "\ufffd")
    if odd > max(2, len(text) // 500):
        raise SourceRefused(
            "this is a binary file, not a text", where=name, fix="Save the article as plain text (.txt)"
        )
    if not text.strip():
        raise SourceRefused("the text is empty", where=name, fix="Save the article again")
    return text


@dataclass(frozen=True)
class Text:
    """What a press file says. `format` tells how it was read."""

    content: str
    encoding: str
    format: str


def open_text(path: Path, *, sheet: str | None = None) -> Text:
    """The text of a press file: plain text in any common encoding, a web page, PDF, docx or mail, packed or not.

    Raises SourceRefused for what is empty, binary or too long, and for scans. All but plain text is read in a child
    process.
    """
    with opened(path, sheet, limit=MAX_BYTES) as file:
        form: str = file.form
        if form in ("workbook", "parquet"):
            raise SourceRefused(
                "this is a table, not a text",
                where=path.name,
                fix="Add it as customs, watchlist, ownership or statistics",
            )
        with open_bytes(file.path, file.form, MAX_BYTES) as stream:
            data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise SourceRefused(f"the file is longer than {MAX_BYTES:,} bytes", where=path.name, fix="Split it")
        if form not in ("pdf", "docx"):
            form = "html" if is_html(data[:4096]) else "mail" if mail.looks(data[:16_384]) else "text"
        if form != "text":
            place = file.path
            with tempfile.TemporaryDirectory(prefix="enduse-press-") as folder:
                if file.form in ("gzip", "zip"):
                    place = Path(folder) / "unpacked"
                    place.write_bytes(data)
                found = child.run(
                    "enduse.intake.press.inside:read", str(place), form, path.name, where=path.name, limits=LIMITS
                )
            return Text(found["content"], found["encoding"], file.packed + found["format"])
    content, codec = decode(data, path.name)
    shown = SHOWN.get(codec, codec)
    return Text(content, shown, f"{file.packed}text, {shown}")


def read(path: Path, alias: str, *, sheet: str | None = None) -> dict[str, str]:
    """A press file as a row of DOCUMENT: source, sha256, content, encoding. Raises what `open_text` raises."""
    text = open_text(path, sheet=sheet)
    return {"source": alias, "sha256": files.digest(path), "content": text.content, "encoding": text.encoding}
