"""Frames for other people's pages: small, whole in themselves, and the only thing that anybody may frame."""

from __future__ import annotations

import json
import re

import pytest

from .conftest import ESSAY, Site, database

LIMIT = 15_000


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Site:
    text = ESSAY.replace("  - id: aid\n", "  - id: aid\n    was: [help]\n", 1)
    return Site(database(tmp_path_factory.mktemp("renamed"), articles={"essay": text}))


def weight(site: Site, path: str) -> int:
    html = site.html(path)
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
    return len(html.encode()) + sum(len(site.get(sheet).content) for sheet in sheets)


@pytest.mark.parametrize("path", ["/-/embed/predictions/aid", "/-/embed/events/aid"])
def test_a_frame_is_small_and_holds_what_is_needed_to_read_it(site: Site, path: str) -> None:
    html = site.html(path)
    assert weight(site, path) < LIMIT
    assert "n = 1" in html
    assert "logged in advance: 1" in html
    assert "as of" in html
    assert 'href="/-/method#contact"' in html
    assert "One correction and one reply: " in re.sub(r"\s+", " ", html)
    assert "<script" not in html


def test_only_frames_may_be_framed(site: Site) -> None:
    for path in ("/-/embed/predictions/aid", "/-/embed/events/aid"):
        headers = site.get(path).headers
        assert "frame-ancestors" not in headers["content-security-policy"]
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "x-frame-options" not in headers
    for path in (
        "/",
        "/people/ann",
        "/forecastlog/predictions/aid",
        "/-/embed/predictions/none",
        "/forecastlog",
    ):
        headers = site.get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
        assert headers["x-frame-options"] == "DENY", path


def test_every_frame_of_the_real_ledger_is_small(real: Site) -> None:
    for kind, sql in (
        ("predictions", "select id from predictions"),
        ("events", "select id from filters where by = 'event'"),
    ):
        for row in _ids(real, sql):
            assert weight(real, f"/-/embed/{kind}/{row}") < LIMIT, row


def _ids(site: Site, sql: str) -> list[str]:
    (held,) = (one for name, one in site.datasette.databases.items() if one.path)
    return [row[0] for row in site.loop.run_until_complete(held.execute(sql)).rows]


def test_programs_are_told_how_to_frame_it(site: Site) -> None:
    page = site.html(f"/{_name(site)}/predictions/aid")
    found = re.search(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', page)
    assert found
    answer = site.get(found[1].removeprefix("http://localhost") + "?maxwidth=400&format=json")
    told = json.loads(answer.text)
    assert (told["version"], told["type"], told["width"]) == ("1.0", "rich", 400)
    assert told["title"] == "Ann Other: “highly unlikely that another package is agreed”"
    assert 'src="http://localhost/-/embed/predictions/aid"' in told["html"]
    assert site.get("/-/oembed/predictions/aid.json?format=xml").status_code == 501
    assert site.get("/-/oembed/predictions/none.json").status_code == 404


def _name(site: Site) -> str:
    return str(next(name for name, held in site.datasette.databases.items() if held.path))


def test_a_renamed_record_answers_under_its_old_id(renamed: Site) -> None:
    name = _name(renamed)
    for old, new in (
        (f"/{name}/predictions/help", f"/{name}/predictions/aid"),
        (f"/{name}/predictions/help.json", f"/{name}/predictions/aid.json"),
        ("/-/embed/predictions/help", "/-/embed/predictions/aid"),
        ("/-/oembed/predictions/help.json", "/-/oembed/predictions/aid.json"),
    ):
        answer = renamed.get(old)
        assert (answer.status_code, answer.headers["location"]) == (301, new)
    assert renamed.get(f"/{name}/predictions/nothing").status_code == 404


def test_a_hostile_record_stays_text_in_its_frame(hostile: Site) -> None:
    for path in ("/-/embed/predictions/aid", "/-/embed/predictions/talks"):
        html = hostile.html(path)
        assert "<script>" not in html
        assert "<img" not in html
        assert weight(hostile, path) < LIMIT
    told = json.loads(hostile.get("/-/oembed/predictions/aid.json").text)
    assert "<script" not in told["html"]


def test_a_page_that_is_shared_tells_its_own_sentence_and_day(site: Site) -> None:
    name = _name(site)
    html = site.html(f"/{name}/predictions/aid")
    told = dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[a-z_]+)" content="([^"]*)">', html))
    assert told["og:title"].startswith("Ann Other: “highly unlikely that another package is agreed”")
    assert "Called “highly unlikely”. It did not happen." in told["og:description"]
    assert told["og:description"].endswith("As of 28 November 2026.")
    assert told["og:url"] == f"http://localhost/{name}/predictions/aid"
    assert f'<link rel="canonical" href="{told["og:url"]}">' in html
    assert told["twitter:card"] == "summary"
