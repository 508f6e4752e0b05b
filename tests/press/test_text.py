"""Sentences and articles: offsets in the original, furniture, teasers, several articles in one file."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from enduse.press import articles, sentences
from enduse.press.text import plain


def split(text):
    shadow = plain(text)
    return [text[a:b] for a, b in sentences.split(shadow, 0, len(shadow))]


def test_abbreviations_decimals_and_quotes_do_not_end_a_sentence():
    assert split("Mr. Budanov sold 1.5 million. “It is over,” he said. The U.S. agreed.") == [
        "Mr. Budanov sold 1.5 million.",
        "“It is over,” he said.",
        "The U.S. agreed.",
    ]
    assert split("They shipped it on Feb. 21 from No. 3. Then they left.") == [
        "They shipped it on Feb. 21 from No. 3.",
        "Then they left.",
    ]


@given(st.text(max_size=400))
def test_sentences_lie_in_order_inside_the_text(text):
    shadow = plain(text)
    last = 0
    for article in articles.split(shadow):
        for s in article.sentences:
            assert 0 <= s.start < s.end <= len(text)
            assert not text[s.start].isspace()
    for a, b in sentences.split(shadow, 0, len(shadow)):
        assert last <= a < b <= len(text)
        last = b


PAGE = """Grey ships in the strait

Published 3 March 2023

Malta seized a cargo of rifles on Tuesday, the ministry said.

Subscribe to our newsletter.

Read also: Peru buys trucks



RELATED: Second story of the page

Published 1 March 2023

Chile sold 20 boats to Peru.
"""


def test_several_articles_with_their_own_dates():
    first, second = articles.split(plain(PAGE))
    assert (first.date, second.date) == (dt.date(2023, 3, 3), dt.date(2023, 3, 1))
    said = [(s.section, PAGE[s.start : s.end]) for s in first.sentences]
    assert said == [
        ("headline", "Grey ships in the strait"),
        ("body", "Malta seized a cargo of rifles on Tuesday, the ministry said."),
        ("related_link", "Peru buys trucks"),
    ]
    assert [PAGE[s.start : s.end] for s in second.sentences][-1] == "Chile sold 20 boats to Peru."


def test_a_dateline_names_agency_and_date_and_is_no_part_of_the_sentence():
    text = "Headline here\n\nANKARA, April 12, 2023 (Reuters) - Turkey sold chips to Russia.\n"
    (article,) = articles.split(plain(text))
    assert (article.outlet, article.date) == ("Reuters", dt.date(2023, 4, 12))
    assert text[article.sentences[-1].start : article.sentences[-1].end] == "Turkey sold chips to Russia."
