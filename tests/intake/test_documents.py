"""Press texts: which bytes are a text, and where its characters stand."""

from __future__ import annotations

import codecs
import gzip
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.contracts import TABLES
from enduse.errors import SourceRefused
from enduse.intake import documents

RUSSIAN = (
    "Поставки беспилотников выросли – так пишет «Пример», № 5.\r\nВ марте доставили сорок штук, объявил подъезд.\n"
)
FRENCH = "Le président n’a rien déclaré : « où ça ? » L’été dernier, 40 pièces ont été livrées – à 12 €.\r\n"
TURKISH = "Türkiye'den şüpheli insansız hava aracı sevkiyatı ığdır'da durduruldu, dediği gibi değişti."


@pytest.mark.parametrize(
    ("text", "codec", "shown"),
    [
        (RUSSIAN, "utf-8", "UTF-8"),
        (RUSSIAN, "utf-8-sig", "UTF-8"),
        (RUSSIAN, "utf-16", "UTF-16 LE"),
        (RUSSIAN, "utf-16-le", "UTF-16 LE"),
        (RUSSIAN, "utf-16-be", "UTF-16 BE"),
        (RUSSIAN, "cp1251", "Windows-1251"),
        (RUSSIAN.replace("–", "-").replace("№", "N").replace("«", '"').replace("»", '"'), "koi8-r", "KOI8-R"),
        (FRENCH, "cp1252", "Windows-1252"),
        (TURKISH, "cp1254", "Windows-1254"),
    ],
)
def test_a_text_is_decoded_with_its_line_ends(tmp_path: Path, text: str, codec: str, shown: str) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(text.encode(codec))
    document = documents.read(path, "note")
    assert document == {
        "source": "note",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "content": text,
        "encoding": shown,
    }
    assert set(document) == set(TABLES["document"].names)


def test_a_byte_order_mark_is_no_character(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(codecs.BOM_UTF8 + b"Drones.\r\n\r\nMore.")
    assert documents.read(path, "note")["content"].index("More") == 11


def test_a_packed_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "note.txt.gz"
    path.write_bytes(gzip.compress(RUSSIAN.encode()))
    assert documents.read(path, "note")["content"] == RUSSIAN


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (bytes(range(256)) * 8, "binary"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"<!DOCTYPE html><html><body> </body></html>", "web page"),
        (b"\xef\xbb\xbf<html><p></p></html>", "web page"),
        (b"PK\x03\x04junk", "archive"),
    ],
)
def test_what_is_no_text_is_refused_by_name(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(content)
    with pytest.raises(SourceRefused, match=why) as caught:
        documents.read(path, "note")
    assert "note.txt" in str(caught.value)


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), min_size=1).filter(
        str.strip
    )
)
def test_any_utf8_text_comes_back_as_it_is(text: str) -> None:
    if text.startswith("\ufeff"):
        return  # a mark, not a character
    assert documents.decode(text.encode(), "note.txt")[0] == text
