"""Questions of journalists, editors and researchers on the real ledger.

Answered from the front page by clicking alone.
"""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.site.conftest import Site
from tests.site.test_pages import words

QUESTIONS: dict[str, tuple[list[str], str]] = {
    "What did Lough say about US aid?": (
        ["John Lough", "US aid"],
        "John Lough: “highly unlikely that Trump’s administration will agree another military aid package”",
    ),
    "What came of it?": (["John Lough", "US aid"], "Called “highly unlikely”. It did not happen."),
    "On which evidence?": (
        ["John Lough", "US aid", "John Lough: “highly unlikely"],
        "the US stopped announcing packages at the start of 2025; military aid fell by 43 percent",
    ),
    "Who decided?": (
        ["John Lough", "US aid", "John Lough: “highly unlikely"],
        "Recorded by The maintainers of this log on",
    ),
    "Who are they?": (["Method"], "The maintainers of this log desk"),
    "May I compare Kuchins with Lough?": (
        ["Andrew C. Kuchins", "beside John Lough"],
        "They never answered the same question. Both spoke about one event",
    ),
    "What should I not conclude?": ([], "They show how the log works; they rate nobody."),
    "Which predictions about sanctions went the other way?": (
        ["Predictions", "Sanctions"],
        "Went the other way 0",
    ),
    "What is open?": (["17 open"], "Still open."),
    "What comes next?": ([], "Next to fall due:"),
    "How do I cite this?": (
        ["All 72 predictions", "Stefan Wolff and Tetyana Malyarenko: “The odds"],
        "(our wording). Navigating the Vortex, 25 April 2025.",
    ),
    "How do I get the data?": (["Data"], "All predictions with every column: CSV, JSON."),
    "Where was it published?": (["Chatham House"], "What was read"),
    "What rests on one source?": (["Method", "sources"], "outcomes rest on it"),
    "What did several say of one question?": (["Ceasefire or peace"], "was spoken about more than once"),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_answered_within_three_clicks(real: Site, question: str) -> None:
    clicks, answer = QUESTIONS[question]
    assert len(clicks) <= 3
    html = real.html("/")
    for text in clicks:
        html = real.html(link(html, text))
    assert answer in words(html)


def link(html: str, text: str) -> str:
    """Where the first link leads that has this text, else that begins with it."""
    found = [
        (" ".join(unescape(re.sub(r"<[^>]+>", "", inner)).split()), unescape(address))
        for address, inner in re.findall(r'<a\b[^>]*href="([^"]+)"[^>]*>(.*?)</a>', html, re.DOTALL)
    ]
    whole = [address for told, address in found if told == text]
    begun = [address for told, address in found if told.startswith(text)]
    assert whole or begun, f"no link begins with {text!r}"
    return (whole or begun)[0]
