"""Records are hostile input, and the site is a guest in other people's browsers."""

from __future__ import annotations

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


def test_datasettes_pages_keep_their_scripts_and_are_not_framed(site: Site) -> None:
    headers = site.get("/forecastlog/predictions").headers
    assert headers["content-security-policy"] == "frame-ancestors 'none'"
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/%5Cexample.com", "/%5Cexample.com/", "/forecastlog/%5c%5cexample.com/"])
def test_a_backslash_in_a_path_is_refused(site: Site, path: str) -> None:
    response = site.get(path)
    assert response.status_code == 400
    assert "location" not in response.headers


@pytest.mark.parametrize("path", [*OWN_PAGES, *DATASETTES_PAGES])
def test_nothing_is_loaded_from_another_host(site: Site, path: str) -> None:
    html = site.html(path)
    loaded = re.findall(r'<(?:link|script|img|iframe|source)[^>]*(?:href|src)="([^"]*)"', html)
    assert all(url.startswith(("/", "http://localhost/forecastlog")) for url in loaded), loaded


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
