"""What the parse adds to the rules, and that it is optional, said, and the same on every run."""

import datetime as dt
import os
import subprocess
import sys

import pytest

from enduse import press
from enduse.errors import CaseError
from enduse.press import parsing, quotations
from enduse.press.articles import Sentence

needs_parser = pytest.mark.skipif(not parsing.installed(), reason="spaCy and its small pipeline are not installed")

# constructions the rules alone do not read or read otherwise: sentence, supplier, recipient, figure
CONSTRUCTIONS = [
    ("The supplier of the 300 radios was Motorcom, a firm in Vilnius.", "Motorcom", None, 300),
    ("Between January and June, 4,300 tonnes of nitrocellulose left China for Russia.", "China", "Russia", 4300),
    ("Mali was the recipient of five drones sold by Baykar.", "Baykar", "Mali", 5),
    ("Finland's Sako is to make 9,000 rifles for Sweden.", "Sako", "Sweden", 9000),
    ("Thales has a contract for 33 radars with Indonesia.", "Thales", "Indonesia", 33),
    ("Nigeria's air force inducted 12 attack helicopters supplied by Turkey.", "Turkey", "Nigeria", 12),
    (
        "Uzbekistan has become Russia's main source of cotton pulp, shipping 11,000 tonnes.",
        "Uzbekistan",
        "Russia",
        11000,
    ),
    ("Germany gave Ukraine 18 tanks. Another 12 will come from Spain.", "Spain", "Ukraine", 12),
    ("North Korea sent shells to Russia. Moscow has shipped oil to the hermit state.", "Russia", "North Korea", None),
]


def read(text, parser=None):
    found = press.extract([("x", text)], ref_date=dt.date(2024, 5, 1), outlets={"x": "Example Post"}, parser=parser)
    return [c for c in found if c["record"] == "claim"]


def figures(c):
    own = [(c["quantity"] or {}).get("value"), (c["value"] or {}).get("amount")]
    return [*own, *(n["value"] for n in c["counts"] or [])]


@needs_parser
@pytest.mark.parametrize(("text", "supplier", "recipient", "figure"), CONSTRUCTIONS)
def test_argument_structure_is_read_in_any_construction(text, supplier, recipient, figure):
    assert any(
        c["supplier"] == supplier and recipient in (None, c["recipient"]) and (figure is None or figure in figures(c))
        for c in read(text, parsing.PIPELINE)
    )


@needs_parser
def test_what_is_given_must_be_goods():
    text = "Iran has delivered shells to Russia, well below the figure given by South Korea."
    assert [c["supplier"] for c in read(text, parsing.PIPELINE)] == ["Iran"]


@needs_parser
def test_same_text_same_claims_and_every_quote_stands_in_the_text():
    text = " ".join(t for t, *_ in CONSTRUCTIONS)
    first, second = read(text, parsing.PIPELINE), read(text, parsing.PIPELINE)
    assert first == second
    assert all(text[c["char_start"] : c["char_end"]] == c["sentence"] for c in first)


@needs_parser
def test_soup_and_runs_without_end_do_no_harm():
    for text in (
        "(" * 400,
        "drones and " * 300,
        "Iran sold \x00\x01 drones to to to Russia Russia.",
        "sold to by from of",
    ):
        read(text, parsing.PIPELINE)


def test_a_parser_that_is_not_there_is_a_clear_error():
    with pytest.raises(CaseError, match="is not installed"):
        read("Iran sold drones to Russia.", "no_such_pipeline")
    with pytest.raises(CaseError, match="is not installed"):
        read("Iran sold drones to Russia.", "../etc/passwd")


def test_without_the_setting_nothing_of_the_parser_is_loaded():
    code = (
        "import sys, datetime as dt\nfrom enduse import press\n"
        "press.extract([('x', 'Iran sold 5 drones to Russia.')], ref_date=dt.date(2024, 1, 1))\n"
        "assert 'spacy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env=dict(os.environ))


def test_the_reader_is_said():
    assert parsing.told(None) == "rules alone"
    if parsing.installed():
        assert parsing.told(parsing.PIPELINE).startswith(f"rules and the parse of {parsing.PIPELINE} ")


def test_quotations_of_several_sentences_have_one_speaker():
    text = '"We were misled," its chair said. "Since then we ask." Nobody else spoke. "We ship. We do," says Ms Wu.'
    ends = [text.index(".") + 1, text.index("ask.") + 5, text.index("spoke.") + 6, text.index("ship.") + 5, len(text)]
    starts = [0, *(e + 1 for e in ends[:-1])]
    sentences = [Sentence(a, b, "body", 0) for a, b in zip(starts, ends, strict=True)]
    assert quotations.speakers(text, sentences) == {1: 0, 3: 4}
