"""Records are hostile input, and the site is a guest in other people's browsers."""

from __future__ import annotations

import csv
import io
import re

import pytest

from tests.site.conftest import ESSAY, NASTY, Site, database
from tests.site.test_pages import DATASETTES_PAGES, OWN_PAGES


@pytest.mark.parametrize("path", [*OWN_PAGES, *DATASETTES_PAGES])
def test_markup_in_records_is_text(hostile: Site, path: str) -> None:
    html = hostile.html(path)
    assert "<script>alert" not in html
    assert "<img" not in html
    assert not re.search(r"(?:href|src)=[\"']?\s*(?:javascript|data):", html)
    assert "49" not in re.findall(r"right to left 😀 (\S+)", html)


@pytest.mark.parametrize("path", ["/-/due.atom", "/-/resolutions.atom"])
def test_markup_in_feeds_is_text(hostile: Site, path: str) -> None:
    assert "<script>" not in hostile.html(path)


@pytest.mark.parametrize("path", OWN_PAGES)
def test_own_pages_forbid_scripts_frames_and_other_hosts(site: Site, path: str) -> None:
    headers = site.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "script-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


def test_datasettes_pages_keep_their_scripts_only_where_sql_may_be_written(
    tmp_path_factory: pytest.TempPathFactory, site: Site
) -> None:
    """In public every page and every answer is under the strict policy, and holds nothing that it forbids."""
    headers = site.get("/forecastlog/predictions").headers
    assert headers["content-security-policy"] == "frame-ancestors 'none'"
    public = Site(
        database(tmp_path_factory.mktemp("public"), articles={"essay": ESSAY}), default_allow_sql=False
    )
    for path in (
        *DATASETTES_PAGES,
        "/forecastlog/scores?_facet=block",
        "/forecastlog/forecasts.json",
        "/nothing",
    ):
        answer = public.get(path)
        assert "script-src 'none'" in answer.headers["content-security-policy"], path
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert not re.search(r"<(?:script|style)\b| style=", answer.text), path
    assert "The deal ends the war." in public.html("/forecastlog/predictions")
    public.close()


@pytest.mark.parametrize("path", ["/%5Cexample.com", "/%5Cexample.com/", "/forecastlog/%5c%5cexample.com/"])
def test_a_backslash_in_a_path_is_refused(site: Site, path: str) -> None:
    response = site.get(path)
    assert response.status_code == 400
    assert "location" not in response.headers


@pytest.mark.parametrize("path", [*OWN_PAGES, *DATASETTES_PAGES])
def test_nothing_is_loaded_from_another_host(site: Site, path: str) -> None:
    html = site.html(path)
    loaded = re.findall(r'<(?:link|script|img|iframe|source)[^>]*(?:href|src)="([^"]*)"', html)
    assert all(url.startswith(("/", "http://localhost/")) for url in loaded), loaded


def test_pages_work_under_a_prefix(tmp_path_factory: pytest.TempPathFactory) -> None:
    prefixed = Site(database(tmp_path_factory.mktemp("prefix"), articles={"essay": ESSAY}), base_url="/log/")
    for path in OWN_PAGES:
        html = prefixed.html(path)
        links = re.findall(r'(?:href|src|action)="(/[^"]*)"', html)
        assert links
        assert all(link.startswith("/log/") for link in links), [
            x for x in links if not x.startswith("/log/")
        ]
    prefixed.close()


def test_a_private_database_has_no_public_front_page(tmp_path_factory: pytest.TempPathFactory) -> None:
    private = Site(database(tmp_path_factory.mktemp("private"), articles={"essay": ESSAY}))
    private.datasette._metadata_local["databases"]["forecastlog"]["allow"] = {"id": "eve"}
    assert "aid package" not in private.html("/")
    for path in OWN_PAGES[1:]:
        assert private.get(path).status_code == 403
    private.close()


def test_a_database_of_somebody_else_is_left_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    import sqlite3
    from contextlib import closing

    path = tmp_path_factory.mktemp("other") / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table predictions (id text primary key, claim text)")
        connection.execute("insert into predictions values ('a', ?)", (NASTY,))
        connection.commit()
    other = Site(path)
    index = other.html("/")
    assert "forecastlog: what was said" not in index
    assert "/other" in index
    assert "<script>alert" not in other.html("/other/predictions/a")
    assert other.get("/-/scoreboard").status_code == 404
    other.close()


def test_what_is_cut_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A table's CSV ends with a line, its JSON with ``truncated``, until the last page.

    A whole one says nothing.
    """
    small = Site(
        database(tmp_path_factory.mktemp("cut"), articles={"essay": ESSAY.replace("An essay", "'=1+1'")}),
        max_returned_rows=2,
        default_page_size=2,
    )
    address, found, pages = "/forecastlog/predictions.csv?own_words__gte=0&status__not=x&status__not=y", [], 0
    while address:
        answer = small.get(address)
        rows = list(csv.reader(io.StringIO(answer.text)))
        cut = rows[-1][0].startswith("CUT: these are 2 rows, and there are more; the next ones are at ")
        found += [row[0] for row in rows[1 : len(rows) - cut]]
        pages += 1
        assert cut == ("link" in answer.headers)
        address = rows[-1][0].rpartition("http://localhost")[2] if cut else ""
    assert sorted(found) == ["aid", "peace", "rain", "rally", "talks"]
    assert pages == 3
    assert small.get("/forecastlog/predictions.json?_size=max").json()["truncated"] is True
    assert small.get("/forecastlog/predictions.json?_size=max&id=aid").json()["truncated"] is False
    assert "CUT" not in small.get("/forecastlog/conditions.csv").text  # as long as a page, and no longer
    assert "CUT: these are" in small.get("/forecastlog/by_forecaster.csv?forecaster=").text.splitlines()[-1]
    assert small.get("/forecastlog/nothing.csv").status_code == 404
    assert len(csv_of(small, "/predictions.csv")) == 5  # the reader's own is whole
    articles = small.get("/forecastlog/articles.csv").text
    assert "'=1+1" in articles
    assert ",=1+1" not in articles
    small.close()


def csv_of(site: Site, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(site.get(address).text)))


@pytest.mark.parametrize(
    ("table", "order"),
    [
        ("predictions", ""),
        ("predictions", "_sort=made"),
        ("predictions", "_sort_desc=made"),
        ("predictions", "_sort=probability"),
        ("evidence", "_sort_desc=position"),
        ("evidence", "_sort=published"),
    ],
)
def test_no_row_is_lost_between_pages(real: Site, table: str, order: str) -> None:
    """Many have the same day, or none; every row stands on one page, whatever the order."""
    address, found = f"/forecastlog/{table}.json?_size=40&{order}", []
    while address:
        page = real.get(address).json()
        found += [row[page["columns"].index("id")] for row in page["rows"]]
        address = (page["next_url"] or "").removeprefix("http://localhost")
    assert len(found) == len(set(found)) == page["filtered_table_rows_count"] > 100
