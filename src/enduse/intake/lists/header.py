"""Which column of a list holds what: from the words of its header, in any of the published layouts and in simple ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

# Part of an entry -> header names, in the form `fold` gives them. Names of published layouts stand beside plain words.
WORDS: dict[str, str] = {
    "name": """name|full name|fullname|whole name|namealias wholename|name wholename|entity name|company name|company|firm|firm name|party name
        |name of individual or entity|name of entity|name of person|organization|organisation|organization name|organisation name|vessel name|ship name
        |name english|english name|name en|name latin|listed name|legal name|primary name|main name|designation name|caption|entity legal name|legal name|entity names|institution|institution name
        |name of institution|entity or ship|entity|entities|individual|person|foreign entity name|наименование|название|полное наименование|имя|фио|наименование организации|название организации
        |назва|повна назва|піб|найменування|名称|名稱|姓名|公司名称|企业名称|企業名|会社名|氏名|nombre|razon social|nom|nome|naam|unvan|isim|ad soyad|firma|firmenname|tên""",
    "other_name": """chinese name|original name|name non latin script|name in original script|name original script|original script name|native name|local name
        |name local|name cyrillic|name chinese|name russian|name ukrainian|russian name|ukrainian name|name ru|name uk|name ua|name zh|name cn|name ar
        |name arabic|cyrillic name|中文名称|英文名称|наименование на английском|название на английском|name native""",
    "alias": """alias|aliases|alias es|alt name|alt names|alternate name|alternate names|alternative name|alternative names|aka|a k a|aka name|also known as|other names
        |other name|previous name|previous names|former name|former names|formerly known as|fka|strong alias|strong aliases|good quality aka|good quality a k a
        |names other|entity other entity names other entity name|transliterated name|known as|trading name|trading names|псевдоним|псевдонимы|別名|другие названия|другие наименования|также известен как|інші назви|别名|又名|otros nombres|alias name""",
    "weak_alias": "weak alias|weak aliases|weakalias|low quality aka|low quality a k a|acronym|acronyms|abbreviation|abbreviations|short name|сокращенное наименование|краткое наименование|简称",
    "id": """id|entity id|entity number|ent num|entnum|entry id|uid|unique id|group id|reference|reference number|ref|list id|listing id|record id|recordid|namealias entityid
        |entity logicalid|entity logical id|logical id|ofsi group id|identifier|no|number|item|номер|序号|nk id|sanction id|ssid|listed id|fein id""",
    "kind": "schema|type|entity type|sdn type|sdntype|party type|group type|subject type|entity subjecttype|individual entity ship|listing type|category|тип|类型|tipo|entry kind|kind",
    "country": """country|countries|country code|jurisdiction|nationality|nationalities|citizenship|citizenships|citizenship countryiso2code|address countryiso2code|flag|vessel flag
        |vess flag|current flag|flag of vessel|country of registration|country of incorporation|entity legal jurisdiction|legal jurisdiction|entity legal address country|entity headquarters address country|страна|гражданство|країна|国家|国名|pais|land|ülke|address country""",
    "addresses": "addresses|address|full address|адрес|адреса|地址",
    "program": """program|programs|programme|programmes|program ids|program key|programkey|programid|regime|regime name|sanctions program|entity regulation programme|entity programme
        |list name|list|celex|legal basis|source|dataset|annex|section|schedule|programma|программа|основание""",
    "INN": "inn|inn code|инн",
    "OGRN": "ogrn|ogrn code|огрн",
    "KPP": "kpp|kpp code|кпп",
    "OKPO": "okpo|okpo code|окпо|edrpou|єдрпоу",
    "LEI": "lei|lei code|record lei",
    "SWIFT": "swift|swift bic|bic|bic code|swift code",
    "IMO": "imo|imo number|imo no|vessel imo|imonumber|unique vessel number",
    "MMSI": "mmsi",
    "USCC": "uscc|unified social credit code|统一社会信用代码",
    "PASSPORT": "passport|passport number|passport no|passports",
    "REG": "entity registration authority registration authority entity id|registration number|registrationnumber|company number|business registration number|reg number|reg no|регистрационный номер|entity business registration number s",
    "TAX": "tax number|taxnumber|tax id|tax id no|vat number|taxpayer number|tin",
    "ID": "id number|national id|national identification number|national identifier|identifiers|ids|identification|identification number|other information id|identification numbers",
    "name_type": "alias type|name type|aliastype|nametype|type of name",
    "alias_quality": "alias quality|aka quality|quality|alias strength|namealias strong",
    "as_of": "filegenerationdate|file generation date|generation date|list date|date of list|dateofissue|last seen|publish date|publication date|date file created",
    "first": "first name|firstname|given name|given names|givenname|forename|forenames|name 1|name1|имя отчество|namealias firstname",
    "middle": "middle name|second name|third name|fourth name|patronymic|name 2|name 3|name 4|name 5|name2|name3|name4|name5|отчество|namealias middlename",
    "last": "last name|lastname|surname|family name|name 6|name6|фамилия|прізвище|namealias lastname",
}
# Looked up without spaces: `NameAlias_WholeName`, `namealias wholename` and `name alias whole name` are one.
BY_WORD: dict[str, str] = {"".join(w.split()): part for part, words in WORDS.items() for w in words.split("|")}
IDENTIFIERS = ("INN", "OGRN", "KPP", "OKPO", "LEI", "SWIFT", "IMO", "MMSI", "USCC", "PASSPORT", "REG", "TAX", "ID")
# Words of a header that speak for a list of listed parties rather than for records of trade.
LISTLIKE = frozenset(
    """sanctions sanction sanctioned sdn designated listed listed_on listing list programme program programs program_key programme_id regime regime_name topics
    federal_register_notice fr_citation denial_order standard_order birth_date date_of_birth dob pob effective_date expiration_date schema delisted
    license_requirement license_policy reason legal_basis celex санкции санкція""".split()
)


def fold(column: str) -> str:
    """A column name as words: camel case parted, signs to spaces, lower case."""
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", column.strip().strip("\ufeff"))
    return " ".join(re.sub(r"[\W_]+", " ", text).casefold().split())


@dataclass(frozen=True)
class Header:
    """Places of the columns of a list, by part."""

    columns: tuple[str, ...]
    parts: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @cached_property
    def numbers(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """The columns of registration numbers, by type."""
        return tuple((kind, self.parts[kind]) for kind in IDENTIFIERS if kind in self.parts)

    def at(self, part: str) -> tuple[int, ...]:
        return self.parts.get(part, ())

    @property
    def names(self) -> bool:
        """Whether a name can be read at all."""
        return bool(self.at("name") or self.at("last") or self.at("other_name"))

    @property
    def listlike(self) -> int:
        """How many of its columns are typical of lists of parties."""
        folded = [fold(c) for c in self.columns]
        return sum(
            1
            for c in folded
            if c.replace(" ", "_") in LISTLIKE
            or BY_WORD.get(c.replace(" ", "")) in ("alias", "weak_alias", "name_type", "alias_quality")
            or "sanction" in c
        )


def read(columns: Sequence[str]) -> Header:
    """The header of a list. A column of unknown name is left aside; it stays in the file."""
    parts: dict[str, list[int]] = {}
    for place, column in enumerate(columns):
        folded = fold(column)
        part = BY_WORD.get(folded.replace(" ", ""))
        if part is None:  # `Alias 1`, `Alias 2`: several columns of one kind
            numbered = BY_WORD.get(re.sub("[0-9]+$", "", folded).replace(" ", ""))
            part = numbered if numbered in ("alias", "weak_alias", "other_name") else None
        if part:
            parts.setdefault(part, []).append(place)
    if "name" not in parts and "last" not in parts:
        # `Name of the person or body`, `Entity name (English)`: the first column that has the word at all.
        for place, column in enumerate(columns):
            words = fold(column).split()
            if (
                {"name", "names", "наименование", "название"} & set(words)
                and not {"file", "type", "user", "column"} & set(words)
                and place not in {p for ps in parts.values() for p in ps}
            ):
                parts["name"] = [place]
                break
    return Header(tuple(columns), {k: tuple(v) for k, v in parts.items()})
