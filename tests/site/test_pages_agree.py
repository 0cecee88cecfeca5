"""Pages of the real ledger are compared with each other: one thing is told alike wherever it is told."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from forecastlog.site import wording
from forecastlog.vocabulary.scores import TIMINGS
from tests.site.conftest import Site
from tests.site.test_pages import words


@pytest.fixture(scope="module")
def database(real: Site) -> Iterator[sqlite3.Connection]:
    path = next(database.path for database in real.datasette.databases.values() if database.path)
    with closing(sqlite3.connect(f"file:{Path(path)}?mode=ro&immutable=1", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


@pytest.fixture(scope="module")
def pages(real: Site, database: sqlite3.Connection) -> dict[str, str]:
    """Address -> text of every page of ours on the real ledger."""
    addresses = ["/", "/predictions", "/-/scoreboard", "/-/calibration", "/-/due", "/-/method", "/compare"]
    for table, place in (
        ("predictions", "/forecastlog/predictions"),
        ("conditions", "/forecastlog/conditions"),
        ("articles", "/forecastlog/articles"),
        ("forecasters where kind <> 'outlet'", "/people"),
        ("filters where by = 'topic'", "/topics"),
        ("filters where by = 'event'", "/events"),
        ("filters where by = 'outlet'", "/outlets"),
        ("sources", "/sources"),
    ):
        addresses += [f"{place}/{row['id']}" for row in database.execute(f"select id from {table}")]
    return {address: words(real.html(address)) for address in addresses}


def counted(real: Site, query: str) -> int:
    """How many predictions the list tells for a query."""
    found = re.search(r'class="count">([\d,]+) prediction', real.html(f"/predictions?{query}"))
    assert found, query
    return int(found[1].replace(",", ""))


def total(database: sqlite3.Connection, fact: str, value: str) -> int:
    sql = "select n from totals where by = 'all' and fact = ? and value = ?"
    row = database.execute(sql, (fact, value)).fetchone()
    return int(row["n"]) if row else 0


def test_too_vague_is_told_with_what_is_counted(pages: dict[str, str], database: sqlite3.Connection) -> None:
    """Predictions on the front page, forecasts by first reason on the scoreboard, and both say so."""
    vague = total(database, "basis", "possible")
    assert f"{vague} predictions said only that something may, might or could happen" in pages["/"]
    assert "counted there under its first reason" in pages["/"]
    board = pages["/-/scoreboard"]
    told = sum(int(n) for n in re.findall(r"(\d+) too vague to score", board))
    assert told == total(database, "forecasts", "possible")
    assert "Each is counted under its first reason" in board
    assert "under its first reason" in pages["/-/method"]


def test_void_is_one_number(real: Site, pages: dict[str, str], database: sqlite3.Connection) -> None:
    n = counted(real, "status=void")
    assert re.search(rf"\b{n} void\b", pages["/"])
    assert n == total(database, "status", "void")
    assert "too vague here and not void" in pages["/-/scoreboard"]  # which counts fewer


def test_what_is_scored_is_one_set(pages: dict[str, str], database: sqlite3.Connection) -> None:
    scored, events = (total(database, "count", name) for name in ("scored", "scored_events"))
    assert f"{scored} predictions scored, on {events} events" in pages["/"]
    assert f"{scored} forecasts scored, on {events} events" in pages["/-/scoreboard"]
    assert f"scored: {scored} forecasts" in pages["/-/method"]
    assert (
        "it counts uses that no score can" in pages["/"]
    )  # the other set of the page says why it is another


def test_what_was_logged_when_adds_up(pages: dict[str, str], database: sqlite3.Connection) -> None:
    """The build's own numbers are those of the caution and of the filter."""
    build = database.execute("select * from build").fetchone()
    by_name = {name: build[name.replace(" ", "_")] for name in TIMINGS}
    assert sum(by_name.values()) == build["predictions"]
    for name, n in by_name.items():
        assert n == total(database, "timing", name)
    after = f"{by_name['logged afterwards']} of {build['predictions']} predictions were logged after"
    assert after in pages["/"] or f"All {build['predictions']} predictions were logged after" in pages["/"]


def test_no_record_was_logged_both_before_and_after(pages: dict[str, str]) -> None:
    for address, text in pages.items():
        after = re.search(r"Logged on [^.]*, after its outcome could be known", text)
        assert not (after and "before its outcome was known" in text), address


def test_nobody_with_something_has_nothing_logged(pages: dict[str, str]) -> None:
    """Joint work and work for the log are told; “nothing logged” stands over an empty page alone."""
    for address, text in pages.items():
        if address.startswith("/people/") and "nothing logged" in text:
            assert "Our question" not in text, address
    assert "Stefan Wolff and Tetyana Malyarenko: 21 logged" in pages["/people/stefan-wolff"]
    recorded = re.search(r"(\d+) entries on outcomes", pages["/people/maintainers"])
    assert recorded
    assert f"The maintainers of this log desk {recorded[1]}" in pages["/-/method"]


def test_a_person_has_as_many_predictions_as_the_list_says(real: Site, database: sqlite3.Connection) -> None:
    for row in database.execute("select id, n from filters where by = 'person'"):
        if row["n"]:
            assert counted(real, f"person={row['id']}") == row["n"]
            assert re.search(rf"{row['id']}\">[^<]+</a> <span class=\"faint\">{row['n']}\b", real.html("/"))


def test_an_article_has_as_many_predictions_as_its_outlet_says(
    real: Site, database: sqlite3.Connection
) -> None:
    """In the lists, on the outlet's page, in the method and on its own.

    What was logged wrongly stands apart.
    """
    sql = (
        "select id, (select count(*) from predictions where article_id = articles.id and logged_wrongly = "
        "0) as n from articles"
    )
    for row in database.execute(sql):
        own = real.html(f"/forecastlog/articles/{row['id']}")
        assert own.partition("<details>")[0].count('class="claim"') == row["n"]
        assert f"This article: {row['n']} logged" in words(own)
        listed = re.search(
            rf"articles/{row['id']}\">.*?; (\w+) predictions", real.html("/articles"), re.DOTALL
        )
        assert listed
        assert listed[1] in (str(row["n"]), wording.number(row["n"]))


def test_a_met_condition_is_not_crossed_out(real: Site) -> None:
    html = real.html("/conditions")
    assert '<span class="verdict yes">Met</span>' in html
    for cross in re.findall(r'<span class="verdict none">([^<]*)', html):
        assert not cross.startswith("Met")


def test_what_is_told_ends_once_and_quotes_once(pages: dict[str, str]) -> None:
    for address, text in pages.items():
        assert not re.search(r"(?<!\.)\.\.(?!\.)|\.;|:\.|““|””", text), (
            address,
            re.search(r".{60}(?:(?<!\.)\.\.(?!\.)|\.;|:\.|““|””).{20}", text),
        )
        assert "happened to be met" not in text, address
        assert "gave no figure" not in text, address


def test_a_brier_score_is_rounded_alike(
    real: Site, pages: dict[str, str], database: sqlite3.Connection
) -> None:
    surprises = real.html("/forecastlog/largest_surprises")
    rows: list[Any] = database.execute("select * from scores where reason is null").fetchall()
    assert len(rows) > 10
    for row in rows:
        told = wording.score(row["brier"])
        assert told in pages[f"/forecastlog/predictions/{row['prediction_id']}"]
        assert f'col-brier type-float">{told}<' in surprises or f'col-brier">{told}<' in surprises


def test_a_judged_figure_stands_beside_the_words_it_judges(database: sqlite3.Connection) -> None:
    rows = database.execute("select * from forecasts where basis = 'judged' and words is not null").fetchall()
    assert rows
    for row in rows:
        assert row["words"].casefold().strip('“”"') in row["told"].casefold().replace("’", "'"), row["id"]


def test_how_it_went_is_one_sentence_from_ten_events_on(real: Site, pages: dict[str, str]) -> None:
    """With all that is needed to read it, and never beside a name or where the answer was asked for."""
    sentence = re.compile(
        r"[A-Z][\w ]+: of \d+ predictions in the speakers' own words \d+ are decided, on (\d+) events; "
        r"\d+ leaned, \d+ of them went the other way \(about [\d.]+ were to be expected at these figures\); "
        r"saying that nothing changes"
    )
    for address, text in pages.items():
        for events in sentence.findall(text):
            assert int(events) >= 10, address
            assert not address.startswith(("/people", "/outlets", "/events")), address
    assert len(sentence.findall(pages["/"])) == len(sentence.findall(pages["/predictions"])) == 1
    for query in ("person=andrew-kuchins", "outlet=chatham-house", "went=the+other+way", "q=trump"):
        assert not sentence.search(words(real.html(f"/predictions?{query}"))), query
