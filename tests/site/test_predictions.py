"""The reader's list: found by words and filters, counted, led on, and taken away whole."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from forecastlog.site.pages.choice import WHERE
from forecastlog.vocabulary.pages import FILTERS
from tests.site.conftest import Site
from tests.site.test_pages import words


def found(site: Site, query: str) -> list[str]:
    """The ids that a query lists, in order."""
    html = site.html(f"/predictions?{query}").partition('id="filters"')[0]
    return re.findall(r'class="claim" href="/forecastlog/predictions/([\w-]+)"', html)


def test_every_filter_of_the_vocabulary_can_be_asked_for() -> None:
    assert list(WHERE) == list(FILTERS)


def test_people_outlets_topics_and_words_are_found(site: Site) -> None:
    assert "aid" in found(site, "q=Ann+Other")  # who said it
    assert "aid" in found(site, "q=the+paper")  # where
    assert found(site, "q=drawdown") == ["aid"]  # the criteria
    assert found(site, "q=packag") == ["aid"]  # an unfinished word
    assert 'href="/people/ann"' in site.html("/predictions?q=ann+other")


def test_the_hit_is_shown_where_the_line_does_not_hold_it(site: Site) -> None:
    assert "<mark>drawdown</mark>" in site.html("/predictions?q=drawdown")
    assert "<mark>" not in site.html("/predictions?q=package").partition('id="filters"')[0]


def test_an_empty_search_shows_everything(site: Site) -> None:
    everything = found(site, "")
    assert len(everything) == 5
    assert found(site, "q=") == found(site, "q=%20%22*%22") == everything
    assert found(site, "topic=&went=") == everything


def test_filters_narrow_together_and_joint_work_is_everybodys(site: Site) -> None:
    assert found(site, "topic=aid&went=the+way+it+leaned") == ["aid"]
    assert found(site, "topic=aid&went=the+other+way") == []
    assert "rain" in found(site, "person=ann")
    assert "rain" in found(site, "person=bob")
    assert "rally" not in found(site, "person=bob")  # ascribed to him by somebody else


def test_a_list_that_is_empty_leads_on(site: Site) -> None:
    html = site.html("/predictions?topic=aid&q=zzzz")
    assert "Nothing found" in html
    assert 'href="/predictions?q=zzzz"' in html
    assert 'href="/predictions?topic=aid"' in html


@pytest.mark.parametrize("by", [name for name in FILTERS if name != "event"])
def test_the_number_beside_a_filter_is_that_of_the_list(real: Site, by: str) -> None:
    for path in ("/predictions", "/predictions?topic=sanctions", "/predictions?q=trump"):
        html = real.html(path)
        links = re.findall(
            rf'href="(/predictions\?[^"]*\b{by}=[^"]*)"[^>]*>[^<]*</a> <span class="n">([\d,]+)<', html
        )
        for address, n in links[:4]:
            told = re.search(r'class="count">([\d,]+) prediction', real.html(address.replace("&amp;", "&")))
            assert told, address
            assert told[1] == n, address


def test_many_filters_at_once_are_for_readers_only(site: Site) -> None:
    assert "noindex" not in site.html("/predictions?topic=aid&person=ann")
    assert "noindex" in site.html("/predictions?topic=aid&person=ann&status=resolved")


def test_a_choice_is_taken_away_whole(real: Site, site: Site) -> None:
    rows = list(csv.DictReader(io.StringIO(real.get("/predictions.csv").text)))
    assert [row["id"] for row in rows] == [row["id"] for row in real.get("/predictions.json").json()]
    n = re.search(r'class="count">([\d,]+) prediction', real.html("/predictions"))
    assert n
    assert len(rows) == int(n[1])
    assert [row["id"] for row in site.get("/predictions.json?topic=aid").json()] == ["aid"]


def test_hostile_words_are_only_words(site: Site) -> None:
    for q in ("%22%20OR%201", "NEAR(", "a*%20-b", "%00", "<script>alert(1)</script>", "'%3B%20drop"):
        html = site.html(f"/predictions?q={q}")
        assert "<script>alert" not in html


def test_a_forecasters_old_address_leads_to_the_new(site: Site, real: Site) -> None:
    assert site.get("/forecastlog/forecasters/ann").headers["location"] == "/people/ann"
    assert site.get("/forecastlog/forecasters/ann.json").status_code == 200
    assert real.get("/people/abc-news").headers["location"] == "/outlets/abc-news"


def test_a_csv_cell_is_never_a_formula() -> None:
    from forecastlog.site.pages.predictions import as_csv

    assert as_csv([{"a": "=1+1", "b": 2, "c": None}]).splitlines() == ["a,b,c", "'=1+1,2,"]


def test_what_was_logged_wrongly_is_in_no_list_of_readers(real: Site, tmp_path: Path) -> None:
    with closing(sqlite3.connect(f"file:{_file(real)}?mode=ro&immutable=1", uri=True)) as database:
        wrong = [row[0] for row in database.execute("select id from predictions where logged_wrongly = 1")]
        (told,) = database.execute(
            "select n from totals where by = 'all' and fact = 'count' and value = 'logged_wrongly'"
        ).fetchone() or (0,)
    assert told == len(wrong)
    listed = {row["id"] for row in real.get("/predictions.json").json()}
    assert not listed & set(wrong)
    apart = {row["id"] for row in real.get("/predictions.json?status=logged+wrongly").json()}
    assert apart == set(wrong)


def _file(site: Site) -> Path:
    return Path(next(database.path for database in site.datasette.databases.values() if database.path))


def test_pages_agree_on_how_many_there_are(real: Site) -> None:
    """The front page, the list and the caution tell one number."""
    listed = re.search(r'class="count">([\d,]+) prediction', real.html("/predictions"))
    assert listed
    front = words(real.html("/"))
    assert f"All {listed[1]} predictions" in front
    assert f"{listed[1]} predictions: " in front
    assert f"{listed[1]} predictions were logged after their outcomes could be known" in front
    assert f"n = {listed[1]} predictions" in real.html("/")
