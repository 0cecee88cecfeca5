"""Pages of numbers, days and options.

Who said which figure on which day, and nothing that fits only a yes or no.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from forecastlog.database import build
from forecastlog.ledger import load
from tests.site.conftest import ROOT, Site
from tests.site.test_pages import words


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration ledger; the history has one record only from after its outcome."""
    path = tmp_path_factory.mktemp("numbers") / "forecastlog.db"
    build(load(ROOT / "tests" / "demonstration" / "predictions"), path, today=date(2026, 7, 1))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("delete from audit")
        connection.executemany(
            'insert into audit (id, record, "of", kind, level, "on", "commit", after_outcome) '
            "values (?, 'growth-2025', 'prediction', ?, ?, '2026-06-30', 'abc', ?)",
            [(1, "logged", "harmless", 1), (2, "misdated", "misdated", 0)],
        )
    own = Site(path)
    yield own
    own.close()


def test_a_later_figure_has_neither_the_words_nor_the_day_of_the_first(shown: Site) -> None:
    page = shown.html("/forecastlog/predictions/inflation-2025")
    top = words(page.partition('<section aria-labelledby="said">')[0])
    assert "2.5 and 3.5 %" not in top.partition("Central Bank of Arendia: expected 3.4 %")[2]
    assert "bank.example, 1 September 2025; first said in Central Bank of Arendia, 1 June 2025" in top
    said = words(page.partition('<section aria-labelledby="said">')[2])
    assert "“inflation between 2.5 and 3.5 %, 80 % likely” Central Bank of Arendia, 1 June 2025" in said
    for path in ("/predictions", "/people/ada-smith", "/outlets/example-review"):
        assert "20 June 2025, first said 1 June 2025, Example Review" in words(shown.html(path))
    embedded = words(shown.html("/-/embed/predictions/harbour-seats"))
    assert "20 June 2025, first said in Example Review, 1 June 2025." in embedded


def test_a_figure_of_another_release_was_not_taken_back(shown: Site) -> None:
    page = shown.html("/forecastlog/predictions/growth-2025")
    assert "Another release of this figure (final), told beside the one that decides (first)." in words(page)
    assert "No longer stands" not in page
    assert "superseded" not in page


def test_the_terms_of_a_question_are_told_as_people_write_them(shown: Site) -> None:
    page = shown.html("/forecastlog/predictions/harbour-seats")
    assert re.search(r"Range low</dt><dd>0</dd>.*Range high</dt><dd>650</dd>", page, re.DOTALL)
    assert "Settles on</dt><dd>45 days after</dd>" in shown.html("/forecastlog/predictions/growth-2025")
    of_a_day = words(shown.html("/forecastlog/predictions/inflation-2025"))
    assert "Deadline 31 December 2025. Read from" in of_a_day
    assert "1 percentage point wide" in of_a_day
    assert "elections.example elections.example" not in words(page)


def test_what_the_history_cannot_bear_out_is_told_beside_the_day(shown: Site) -> None:
    page = words(shown.html("/forecastlog/predictions/growth-2025"))
    assert "Logged in advance, on 2 June 2025, by its own record; the log’s history has it only from" in page
    assert "The audit noted: dated otherwise than the history says (1)." in page
    assert "Logged in advance, on 2 June 2025. Something" in words(
        shown.html("/forecastlog/predictions/inflation-2025")
    )


def test_pages_of_yes_and_no_say_where_the_rest_is_scored(shown: Site, real: Site) -> None:
    for path in ("/-/scoreboard", "/-/calibration"):
        page = words(shown.html(path))
        assert "All seven predictions were logged in advance, and all of these are scored." in page
        assert (
            "Seven predictions of a number, a day or one of several options: each is scored on its own"
            in page
        )
        assert "othing is scored" not in page
        assert "of a number, a day or one of several" not in words(real.html(path))
    assert "No claim is marked as the main one of its article." in words(shown.html("/"))


def test_whoever_speaks_only_in_the_records_of_others_is_among_the_pairs(shown: Site) -> None:
    assert 'href="/compare/bo-berg/cy-dahl"' in shown.html("/compare")


def test_of_one_question_with_several_last_days_none_is_told_as_that_of_all(real: Site) -> None:
    one = "Russia and Ukraine reach a deal on a ceasefire or on the end of the war within"
    both = f"{one} three months. Or: {one} twelve months."
    assert f"Our question: {both}" in words(real.html("/"))
    assert both in words(real.html("/-/embed/events/ceasefire-or-peace"))
    assert both in words(real.html("/events/ceasefire-or-peace"))


def test_a_feed_asks_of_a_number_what_came_of_it(tmp_path: Path) -> None:
    path = tmp_path / "forecastlog.db"
    build(load(ROOT / "tests" / "demonstration" / "predictions"), path, today=date(2025, 6, 3))
    own = Site(path)
    calendar = own.get("/-/due.ics").text
    own.close()
    assert "What came of this? How many seats the Hill Party wins." in calendar.replace("\r\n ", "")
    assert "Did this happen?" not in calendar


def test_our_reading_of_words_is_never_drawn_as_what_somebody_expected(real: Site) -> None:
    page = real.html("/forecastlog/predictions/trump-lets-putin-win-the-war")
    assert "What was expected" not in page
    assert "How it came to be" in page  # the table of a yes or no, which tells the reading from the judgement
    assert "Said last" not in page  # the later figure is the desk's, not the speaker's
    assert "What was expected" not in real.html("/forecastlog/predictions/ukraine-deal-within-a-year")
