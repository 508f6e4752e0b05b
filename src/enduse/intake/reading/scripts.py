"""Which encoding a text that is not UTF-8 is in: by how its letters read, not by which bytes are allowed.

Single-byte encodings accept nearly any byte, so each candidate is judged by the words it makes: a Cyrillic reading by
the frequencies of Russian letters and by capitals in the middle of words, a Latin one by the frequencies of accented
letters and by their neighbours (an accented letter stands among plain ones), a Chinese one by the share of the
characters that company names, goods and running text use most.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable

# Relative frequencies in running text, per mille; letters of neighbouring languages get a small share.
RUSSIAN = dict(zip(
    "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", (110, 85, 80, 74, 67, 63, 55, 47, 45, 44, 35, 32, 30, 28, 26, 20, 19, 17, 17, 16, 16, 14, 12, 10, 9, 7, 6, 5, 4, 3, 3, 0.4, 0.4), strict=True,
)) | dict.fromkeys("іїєґәғқңөұүһў", 1.0)  # fmt: skip
LATIN: dict[str, dict[str, float]] = {
    "cp1252": {"é": 180, "ó": 120, "á": 110, "í": 100, "ã": 60, "ç": 60, "ñ": 60, "ü": 60, "ö": 50, "ä": 50, "è": 40, "à": 40, "ê": 30, "õ": 20, "ú": 40, "ô": 15, "â": 15, "ß": 15, "ø": 15, "å": 15, "æ": 8, "î": 6, "û": 4, "ë": 5, "ï": 3, "ì": 3, "ò": 4, "ù": 4, "œ": 1, "ý": 0.2, "ð": 0.1, "þ": 0.1},
    "cp1254": {"ı": 250, "ş": 110, "ğ": 70, "ü": 130, "ö": 60, "ç": 80, "i̇": 150, "â": 3, "î": 1, "û": 1, "é": 3},
    "cp1250": {"ę": 80, "ą": 70, "ł": 90, "ó": 60, "ś": 50, "ż": 50, "ź": 8, "ć": 30, "ń": 20, "á": 80, "é": 70, "í": 70, "ě": 40, "š": 40, "č": 50, "ř": 40, "ž": 40, "ý": 30, "ů": 15, "ú": 15, "ö": 20, "ü": 15, "ő": 15, "ű": 6, "đ": 5, "ä": 4, "ă": 20, "ţ": 10, "ş": 8, "â": 6, "î": 8, "ď": 2, "ť": 3, "ň": 2, "ĺ": 0.5, "ŕ": 0.2},
}  # fmt: skip
CYRILLIC = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
SIGNS = dict.fromkeys("«»„“”‘’–—№…°±²³×®©§•€ºª¿¡´\xa0", 3.0)
COMMON = frozenset(
    "的一是不在有人这中大来上国个为和地到以出时年生会作对成方家公司限份部学机电子科技贸易进口设备材料业工器用品电路板深圳市广东州上海北京香港江苏浙"
    "集团股商国际发展有实物流车飞行无相摄像头传感装置零件配制造金属塑料钢铁轴承数字线能动力水油气化品名规格型号重量单价千克件套台只米批发售专配系统控"
    "國際貿業電機設備廠團會東發展實這個為來時對學產術臺灣號價"
)
_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_HIGH = re.compile(rb"[\x80-\xff]+")
_ABOVE = bytes(range(0x80, 0x100))
UNKNOWN = "unknown"
FLOOR = math.log(1e-5)


def guess(sample: bytes) -> str:
    """Codec of a text that has bytes above ASCII and is not UTF-8, or `unknown`."""
    asian = _asian(sample)
    if asian:
        return asian
    words = Counter(_WORD.findall(sample[: 1 << 20])).most_common(1500)
    scores = {c: _cyrillic(words, c) for c in CYRILLIC} | {c: _latin(words, c) for c in LATIN}
    letters = sum(len(word) - len(word.translate(None, _ABOVE)) for word, _ in words)
    for frequent in ("cp1251", "cp1252"):  # the most frequent of their families: a prior that fades with the evidence
        scores[frequent] += 0.1 + 3 / letters
    scores["mac-cyrillic"] -= 0.2
    best = max(scores, key=lambda codec: scores[codec])
    high = len(sample) - len(sample.translate(None, _ABOVE))
    if high * 10 < len(sample):  # a few signs among ASCII: too little to be in doubt about
        return best
    if high * 2 > len(sample) > 200 and not re.search(rb"[0-9\r\n]", sample):
        return UNKNOWN  # not built on ASCII, such as EBCDIC
    return best if scores[best] > FLOOR * 0.5 else _helper(sample) or UNKNOWN


def _asian(sample: bytes) -> str | None:
    """GB18030 and its neighbours: nearly everything decodes, and into the characters such texts use."""
    best, best_score = None, 0.0
    for codec, least in (("gb18030", 0.12), ("big5", 0.12), ("shift_jis", 0.12), ("euc_kr", 0.85)):
        text = sample[: 1 << 19].decode(codec, "replace")
        wide = [c for c in text if c > "\x7f"]
        if not wide or wide.count("\ufffd") > 0.02 * len(wide) + 1:
            continue
        score = _share(wide, codec) / least
        if codec == "gb18030" and score >= 0.3 and _paired(sample):
            score = max(score, 1.0)
        if codec == "euc_kr" and score >= 1:
            score *= 2  # Hangul alone says more than frequent characters do
        if score >= 1 and score > best_score:
            best, best_score = codec, score
    return best


def _paired(sample: bytes) -> bool:
    """Whether bytes above ASCII come in twos, and the twos lie in the rows of the 3,755 frequent characters."""
    runs = _HIGH.findall(sample[: 1 << 19])
    pairs = [r[i : i + 2] for r in runs for i in range(0, len(r) - 1, 2)]
    level_one = sum(1 for p in pairs if 0xB0 <= p[0] <= 0xD7 and p[1] >= 0xA1)
    return len(runs) > 1 and all(len(r) % 2 == 0 for r in runs) and level_one >= 0.85 * len(pairs)


def _share(wide: list[str], codec: str) -> float:
    if codec == "shift_jis":
        half = sum(1 for c in wide if "\uff61" <= c <= "\uff9f")  # what other encodings turn into
        return (sum(1 for c in wide if "\u3041" <= c <= "\u30fe" or c in COMMON) - half) / len(wide)
    if codec == "euc_kr":
        return sum(1 for c in wide if "\uac00" <= c <= "\ud7a3") / len(wide)
    letters = [c for c in wide if "\u4e00" <= c <= "\u9fff" or "\u3400" <= c <= "\u4dbf" or "\ue000" <= c <= "\uf8ff"]
    return sum(1 for c in letters if c in COMMON) / max(len(letters), 1) * math.sqrt(len(letters) / len(wide))


def _cyrillic(words: Iterable[tuple[bytes, int]], codec: str) -> float:
    """Mean log probability of the bytes above ASCII, if they are Russian in this codec."""
    total, count = 0.0, 0
    for raw, _ in words:
        word = raw.decode(codec, "replace")
        plain = any(c.isascii() for c in word)
        last = ""
        for char in word:
            if char.isascii():
                last = char
                continue
            p = RUSSIAN.get(char.lower(), SIGNS.get(char, 0.0)) / 1100
            score = math.log(p) if p else FLOOR
            if plain and char.isalpha():
                score -= 2.5  # letters of two scripts in one word
            if char.isupper() and last.islower():
                score -= 3.0
            total, count, last = total + score, count + 1, char
    return total / count if count else -99.0


def _latin(words: Iterable[tuple[bytes, int]], codec: str) -> float:
    """The same, if they are the accented letters of a Latin alphabet."""
    table = LATIN[codec]
    whole = sum(table.values()) * 1.1
    total, count = 0.0, 0
    for raw, _ in words:
        word = raw.decode(codec, "replace")
        letters = sum(1 for c in word if c.isalpha())
        accents = sum(1 for c in word if c.isalpha() and not c.isascii())
        last = ""
        for char in word:
            if char.isascii():
                last = char
                continue
            p = table.get(char.lower(), SIGNS.get(char, 0.0)) / whole
            score = math.log(p) if p else FLOOR
            if char.isalpha() and accents * 2 > letters and letters > 1:
                score -= 3.0  # a word of accented letters only
            if char.isupper() and last.islower():
                score -= 3.0
            total, count, last = total + score, count + 1, char
    return total / count if count else -99.0


def _helper(sample: bytes) -> str | None:
    """What charset-normalizer says, for the scripts that are not known here (Greek, Arabic, Thai ...)."""
    import charset_normalizer

    lines = [line for line in sample[: 1 << 19].split(b"\n") if not line.isascii()]
    found = charset_normalizer.from_bytes(b"\n".join(lines)[:65_536]).best()
    return found.encoding.replace("_", "-") if found and found.chaos < 0.1 else None
