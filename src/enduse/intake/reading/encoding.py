"""Which encoding a text is in, decided from its bytes, and the way from there to UTF-8 with counted replacements."""

from __future__ import annotations

import codecs
import re

from enduse.errors import SourceRefused

from .scripts import UNKNOWN, guess

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SHOWN = {
    "utf-8": "UTF-8", "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE", "utf-32-le": "UTF-32 LE", "cp1251": "Windows-1251",
    "cp1252": "Windows-1252", "cp1250": "Windows-1250", "cp1254": "Windows-1254", "gb18030": "GB18030", "koi8-r": "KOI8-R",
    "cp866": "CP866", "iso8859-5": "ISO 8859-5", "mac-cyrillic": "Mac Cyrillic", "big5": "Big5", "shift_jis": "Shift JIS", "euc_kr": "EUC-KR",
}  # fmt: skip
_VALID = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]+")


def bom_of(head: bytes) -> tuple[str, int] | None:
    """Encoding and length of a byte order mark."""
    return next(((name, len(bom)) for bom, name in BOMS if head.startswith(bom)), None)


def find_encoding(sample: bytes) -> str | None:
    """Codec name; None while all bytes are ASCII, so that nothing is decided yet."""
    marked = bom_of(sample)
    if marked:
        return marked[0]
    wide = _wide(sample)
    if wide:
        return wide
    if sample.isascii():
        return None
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    good = sum(1 for _ in _VALID.finditer(sample))
    stray = sum(map(len, _HIGH.findall(_VALID.sub(b"", sample))))
    if good >= stray:  # other encodings make a valid sequence now and then, and far more bytes that are none
        return "utf-8"
    return guess(sample)


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: in text of any script the spaces, digits and line ends have a zero byte, always on the same side."""
    zeros = sample.count(0)
    if zeros * 20 < len(sample) or len(sample) < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 20 * even:
        return "utf-16-le"
    if even > 20 * odd:
        return "utf-16-be"
    return None


class Transcoder:
    """Bytes of a file in, UTF-8 out, block by block.

    UTF-8 itself passes untouched (its broken places are replaced where the block is parsed, which costs nothing on
    whole files). An undecided encoding (`None`, all ASCII so far) is decided at the first byte that is not ASCII.
    """

    def __init__(self, encoding: str | None, where: str = "") -> None:
        self.encoding, self.where = encoding, where
        self.replaced = 0
        self._decoder: codecs.IncrementalDecoder | None = None

    def feed(self, data: bytes, *, final: bool = False) -> bytes:
        """UTF-8 of the next block; bytes of a character that is not complete wait for the next one."""
        if self.encoding is None and not data.isascii():
            self.encoding = find_encoding(data)
        if self.encoding == UNKNOWN:
            raise unknown(self.where)
        if self.encoding in (None, "utf-8"):
            return data
        if self._decoder is None:
            self._decoder = codecs.getincrementaldecoder(str(self.encoding))("replace")
        text = self._decoder.decode(data, final)
        self.replaced += text.count("\ufffd")
        return text.encode("utf-8", "replace")

    def __str__(self) -> str:
        return SHOWN.get(self.encoding or "utf-8", str(self.encoding))


def unknown(where: str) -> SourceRefused:
    """The refusal of a text in an encoding that is not recognised."""
    return SourceRefused(
        "the encoding of the text is not recognised", where=where, fix="Save it as UTF-8 and add that file"
    )


def repair(data: bytes) -> tuple[bytes, int, dict[str, int]]:
    """UTF-8 where lines of another encoding stand in it, or broken characters.

    Lines that are mostly no UTF-8 are read in the encoding they look like, together; the rest of what is not UTF-8
    becomes U+FFFD. Gives the text, the number of replacements, and the lines read otherwise by encoding.
    """
    lines = data.split(b"\n")
    odd = [i for i, line in enumerate(lines) if not _is_utf8(line)]
    foreign = [i for i in odd if _stray(lines[i])]
    other: dict[str, int] = {}
    codec = guess(b"\n".join(lines[i] for i in foreign[:5000])) if foreign else UNKNOWN
    replaced = 0
    for i in odd:
        text = None
        if codec != UNKNOWN and _stray(lines[i]):
            try:
                text = lines[i].decode(codec)
            except UnicodeDecodeError:
                text = None
        if text is None:
            text = lines[i].decode("utf-8", "replace")
            replaced += text.count("\ufffd") - lines[i].count(b"\xef\xbf\xbd")
        else:
            other[codec] = other.get(codec, 0) + 1
        lines[i] = text.encode()
    return b"\n".join(lines), replaced, other


def _is_utf8(line: bytes) -> bool:
    if line.isascii():
        return True
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _stray(line: bytes) -> bool:
    """Whether the bytes above ASCII of a line are words of another encoding: few make characters of UTF-8, and there are some."""
    good = sum(1 for _ in _VALID.finditer(line))
    stray = sum(map(len, _HIGH.findall(_VALID.sub(b"", line))))
    return stray >= 4 and stray > 2 * good


def source_length(encoding: str, source: bytes, characters: int) -> int:
    """How many bytes of `source` the first `characters` characters of its text take.

    By bisection over decoded lengths, so that it holds for every encoding and for broken bytes too.
    """
    low, high = 0, len(source)
    while low < high:
        middle = (low + high) // 2
        if len(codecs.getincrementaldecoder(encoding)("replace").decode(source[:middle], False)) >= characters:
            high = middle
        else:
            low = middle + 1
    return low
