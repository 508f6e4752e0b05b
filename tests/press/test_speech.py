"""Who says so: forms of attribution no verb of saying carries, speakers the parse finds, and what carries on."""

import datetime as dt

import pytest

from enduse import press
from enduse.press import parsing
from enduse.press.sayers import subject
from enduse.press.trees import tree_of

REF = dt.date(2024, 5, 15)
PARSERS = [None, *([parsing.PIPELINE] if parsing.installed() else [])]
needs_parser = pytest.mark.skipif(not parsing.installed(), reason="spaCy and its small pipeline are not installed")


def read(text, parser=None):
    found = press.extract([("x", text)], ref_date=REF, outlets={"x": "Example Post"}, parser=parser)
    return [c for c in found if c["record"] == "claim"]


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(
    ("text", "root", "stance"),
    [
        ("By the estimate of two Western diplomats, China sold 300 drones to Russia.", "two Western diplomats", "alleged"),
        ("Per shipping manifests, a Dubai trader shipped 200 engines to Iran in May.", "shipping manifests", "documented"),
        ("Iran sold 400 missiles to Russia, if Ukrainian intelligence is to be believed.", "Ukrainian intelligence", "alleged"),
        ("Norway, in the words of its defence minister, has sent 22 howitzers to Ukraine.", "its defence minister", "party_confirmed"),
        ("Emails leaked to the Insider show that the Turkish trader sold 40 lathes to Russia.", "Emails leaked to the Insider", "documented"),
        ("North Korea has sent 12,000 containers of shells to Russia, reckons Seoul.", "Seoul", "alleged"),
        ("China sold 40 lathes to Russia, satellite images reveal - well above the limit.", "satellite images", "documented"),
        ("The trader sold 40 lathes to Russia, its website shows.", "its website", "documented"),
    ],
)  # fmt: skip
def test_forms_of_attribution(text, root, stance, parser):
    (claim,) = read(text, parser)
    assert (claim["root"], claim["stance"]) == (root, stance)
    assert claim["attribution"][-1]["explicit"] is True


@needs_parser
@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("The invoices, which cover the years since 2021, indicate that Serbia sold 90 lathes to Russia.", "invoices"),
        ("On Telegram, the governor of Belgorod wrote that Ukraine had received 12 drones from Poland.", "governor of Belgorod"),
        ("What the invoices suggest is that the Serbian firm sold 500 chips to Russia.", "invoices"),
        ("Turkish export statistics, however, record 12,400 engines shipped to Iran in the same year.", "Turkish export statistics"),
    ],
)  # fmt: skip
def test_the_parse_names_who_speaks(text, root):
    assert [c["root"] for c in read(text, parsing.PIPELINE)] == [root]


def test_a_clause_told_of_the_speaker_is_no_part_of_him():
    # "The records , which span years , show it"
    rows = [
        (0, 3, "The", "DT", "det", 1), (4, 11, "records", "NNS", "nsubj", 7), (11, 12, ",", ",", "punct", 1),
        (13, 18, "which", "WDT", "nsubj", 4), (19, 23, "span", "VBP", "relcl", 1), (24, 29, "years", "NNS", "dobj", 4),
        (29, 30, ",", ",", "punct", 1), (31, 35, "show", "VBP", "ROOT", 7), (36, 38, "it", "PRP", "dobj", 7),
    ]  # fmt: skip
    assert subject(tree_of(rows), 31, 35) == (0, 11, (13, 29))
    assert subject(tree_of(rows), 4, 11) is None


@pytest.mark.parametrize("parser", PARSERS)
def test_what_a_speaker_says_ends_where_another_begins(parser):
    text = "Serbia said it had sold nothing to Iran, but a customs document shows that Serbia sold 40 drones to Iran."
    sold = next(c for c in read(text, parser) if c["quantity"])
    assert [x["name"] for x in sold["attribution"][1:]] == ["a customs document"]


@needs_parser
def test_records_carry_on_and_general_knowledge_does_not():
    first, second, made = read(
        "China exported $400 million of chips to Russia in 2023, Chinese customs data show. "
        "In the same year Turkey sold chips worth $85 million to Russia. Russia makes 40,000 shells a month.",
        parsing.PIPELINE,
    )
    assert first["root"] == second["root"] == "Chinese customs data"
    assert second["attribution"][-1]["explicit"] is False
    assert (made["kind"], made["stance"]) == ("production", "outlet_asserted")


@pytest.mark.parametrize("parser", PARSERS)
def test_a_report_is_its_authors_word_and_records_are_a_document(parser):
    text = "Iran sold 40 drones to Sudan, according to {}."
    assert [c["stance"] for c in read(text.format("a report that caused a stir"), parser)] == ["alleged"]
    assert [c["stance"] for c in read(text.format("shipping documents"), parser)] == ["documented"]


@pytest.mark.parametrize("parser", PARSERS)
def test_may_is_a_month_and_may_is_a_hedge(parser):
    said = "Customs records show that Serbia shipped 1,150 engines to Iran in May and June."
    assert [c["stance"] for c in read(said, parser)] == ["documented"]
    assert [c["stance"] for c in read("Serbia may have shipped 1,150 engines to Iran.", parser)] == ["hedged"]


@pytest.mark.parametrize("parser", PARSERS)
def test_the_people_of_a_firm_speak_for_it(parser):
    text = "Hanbaek Robotics makes engines. It shipped 9,600 engines to Kazakhstan last year, its spokesman, Park Min-jae, conceded."
    sold = next(c for c in read(text, parser) if c["kind"] == "supply")
    assert (sold["stance"], sold["independent_root_key"]) == ("party_confirmed", "company:hanbaek-robotics")


def test_a_statement_says_whose_it_is():
    text = (
        "Statement on exports\n\nSofia, 3 May 2024. The Ministry of Economy of Bulgaria announces the following.\n\n"
        "In the first quarter Bulgaria exported 40,000 shells to Poland.\n\nReports that Bulgarian shells were delivered to Israel are untrue."
    )
    found = press.extract([("x", text)], ref_date=REF)
    sold, denied = [c for c in found if c["record"] == "claim"]
    assert (sold["stance"], denied["stance"]) == ("party_confirmed", "denied")
    assert sold["independent_root_key"] == denied["independent_root_key"] == "government:bulgaria"


@pytest.mark.parametrize("parser", PARSERS)
def test_a_text_in_the_first_person_of_who_deals_is_a_partys_word(parser):
    (sold,) = read("In 2019 we supplied eight engines to the Turkish shipyard Marmara Tersane.", parser)
    assert sold["stance"] == "party_confirmed"
    assert sold["cues"][-1] == "we supplied"
    (told,) = read("In 2019 Serbia supplied eight engines to Turkey, as we reported.", parser)
    assert told["stance"] == "outlet_asserted"


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The defence ministry acknowledged that Serbia had sold 40 drones to Kenya.", "party_confirmed"),
        ("Sudan's government accused Kenya of selling 40 drones to Sudan.", "alleged"),
        ("Serbia sold 40 drones to Kenya, a former Serbian official said.", "alleged"),
        ("Serbia sold 40 drones to Kenya, Serbian media reported.", "alleged"),
    ],
)
def test_whose_word_is_a_partys(text, stance, parser):
    assert {c["stance"] for c in read(text, parser)} == {stance}
