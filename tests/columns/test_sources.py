"""Pages that are cited: one source each, what kind it is, and what rests on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from forecastlog.columns.sources import SOURCES
from forecastlog.model.ledger import Ledger
from forecastlog.model.moments import When
from forecastlog.model.outcomes import Evidence, Resolution
from forecastlog.model.records import Article as Text
from forecastlog.model.records import Condition
from forecastlog.model.settings import Settings
from forecastlog.sources import distinct, kind_of, page_at
from tests.records import rows_of

DAY = When.on(date(2025, 6, 30))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.news.example/a/", "http://news.example/a", True),
        ("https://news.example/a?utm_campaign=x&fbclid=1", "https://news.example:443/a#part", True),
        ("HTTPS://NEWS.example/a", "https://news.example/a", True),
        ("https://news.example/a?id=1", "https://news.example/a?id=2", False),
        ("https://news.example/A", "https://news.example/a", False),
        ("https://news.example:8443/a", "https://news.example/a", False),
        ("https://news.example/#!/a", "https://news.example/#!/b", False),
        ("https://[broken", "https://[broken", True),
    ],
)
def test_which_addresses_lead_to_one_page(one: str, other: str, same: bool) -> None:
    assert (page_at(one) == page_at(other)) == same


def test_the_kind_is_the_entrys_own_else_that_of_the_nearest_host() -> None:
    hosts = {"example.org": "newspaper", "blogs.example.org": "forum"}
    url = "https://www.blogs.example.org/1"
    assert kind_of(Evidence(url=url), hosts) == "forum"  # type: ignore[arg-type]
    assert kind_of(Evidence(url="https://news.example.org/1"), hosts) == "newspaper"  # type: ignore[arg-type]
    assert kind_of(Evidence(url=url, kind="official"), hosts) == "official"  # type: ignore[arg-type]
    assert kind_of(Evidence(url="https://badexample.org/1"), hosts) is None  # type: ignore[arg-type]


def test_reprints_of_one_agency_are_one_source_and_what_is_superseded_is_none() -> None:
    url = "https://a.example/1"
    entries = [
        Evidence(url=url, agency="Rain Press"),
        Evidence(url="https://b.example", agency="rain press "),
    ]
    assert (
        len(distinct([*entries, Evidence(url=url), Evidence(url=f"{url}/#top"), Evidence(searched="all")]))
        == 2
    )
    assert len(distinct([Evidence(url=url, superseded=date(2025, 7, 1))])) == 0


def test_a_source_is_one_row_with_what_rests_on_it() -> None:
    first = Resolution(
        outcome="met", known=DAY, recorded=DAY, by="Kim", evidence=(Evidence(url="https://a.example/1"),)
    )
    told = Evidence(url="https://www.a.example/1/", title="It rained", published=DAY)
    second = replace(first, evidence=(told, Evidence(url="https://b.example/2")))
    revised = replace(
        first, outcome="unmet", recorded=When.on(date(2025, 7, 2)), evidence=(Evidence(searched="all"),)
    )
    conditions = (
        Condition(id="one", article="a", text="One.", resolutions=(first,)),
        Condition(id="two", article="a", text="Two.", resolutions=(second,)),
        Condition(id="three", article="a", text="Three.", resolutions=(first, revised)),
    )
    article = Text(id="a", title="A", published=DAY, conditions=conditions)
    ledger = Ledger(articles=(article,), settings=Settings(sources=(("a.example", "agency"),)))
    rows = {row["host"]: row for row in rows_of(SOURCES, ledger, date(2025, 8, 1))}
    assert (rows["a.example"]["entries"], rows["a.example"]["outcomes"]) == (3, 2)
    assert (rows["a.example"]["title"], rows["a.example"]["kind"]) == ("It rained", "agency")
    assert (rows["a.example"]["url"], rows["a.example"]["published"]) == ("https://a.example/1", "2025-06-30")
    assert (rows["b.example"]["title"], rows["b.example"]["outcomes"]) == ("https://b.example/2", 1)
