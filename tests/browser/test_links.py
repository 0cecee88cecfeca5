"""Every link inside the site leads somewhere, and the feeds are what they say they are."""

from __future__ import annotations

import json
from collections import deque
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from .serving import fetch

pytestmark = pytest.mark.slow

FEEDS = ("due.ics", "due.atom", "due.json", "resolutions.atom")


class _Page(HTMLParser):
    """The links, the forms and the ids of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.ids: set[str] = set()
        self.feed(html)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids.update(value for name in ("id", "name") if (value := given.get(name)))
        self.links.update(value for name in ("href", "src", "action") if (value := given.get(name)))


def test_every_internal_link_answers(base: str) -> None:
    """Followed from the front page; of lists that filters narrow only the bare page is searched for links.

    Their sorted, faceted and filtered forms link to one another without end; each that a page names is
    opened, but not followed further.
    """
    waiting, seen, broken = deque([(base, "the start")]), {base}, []
    pages: dict[str, _Page] = {}
    anchors: list[tuple[str, str, str]] = []
    while waiting:
        url, source = waiting.popleft()
        status, headers, body = fetch(url)
        if status != 200:
            broken.append(f"{status} {url} on {source}")
        if headers.get_content_type() != "text/html":
            continue
        page = pages[url] = _Page(body.decode())
        endless = b'<body class="ours' not in body or urlsplit(url).path.endswith("/predictions")
        if urlsplit(url).query and endless:
            continue
        for link in page.links:
            target, fragment = urldefrag(urljoin(url, link))
            if not target.startswith(base):
                continue
            if fragment:
                anchors.append((target, unquote(fragment), url))
            if target not in seen:
                seen.add(target)
                waiting.append((target, url))
    lost = [
        f"#{name} in {target} on {url}"
        for target, name, url in anchors
        if target in pages and name not in pages[target].ids
    ]
    assert not broken
    assert not lost
    assert len(seen) > 300


@pytest.fixture(params=FEEDS)
def feed(base: str, request: pytest.FixtureRequest) -> tuple[str, str, bytes]:
    status, headers, body = fetch(f"{base}-/{request.param}")
    assert status == 200
    assert headers["x-content-type-options"] == "nosniff"
    return request.param, headers["content-type"], body


def test_a_feed_is_valid_and_its_links_answer(base: str, feed: tuple[str, str, bytes]) -> None:
    name, kind, body = feed
    links, titles = {"ics": _calendar, "atom": _atom, "json": _json}[name.rsplit(".", maxsplit=1)[1]](
        kind, body
    )
    rows = json.loads(fetch(f"{base}forecastlog/due.json?_shape=array&_size=max")[2])
    assert len(titles) == len(rows) > 3 if name.startswith("due") else len(titles) >= 20
    assert all(titles)
    assert all(link.startswith(base) for link in links)
    assert [fetch(link)[0] for link in links[:10]] == [200] * len(links[:10])


def _calendar(kind: str, body: bytes) -> tuple[list[str], list[str]]:
    from icalendar import Calendar  # type: ignore[import-untyped,unused-ignore]  # typed in some versions only

    assert kind == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(body)
    events: list[Any] = calendar.walk("VEVENT")
    assert not calendar.errors
    assert calendar["version"] == "2.0"
    assert len({str(event["uid"]) for event in events}) == len(events)
    assert all(event["dtstart"].params["value"] == "DATE" for event in events)
    return [str(event["url"]) for event in events], [str(event["summary"]) for event in events]


def _atom(kind: str, body: bytes) -> tuple[list[str], list[str]]:
    import feedparser  # type: ignore[import-untyped,unused-ignore]  # has no types

    assert kind == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(body)
    assert not found.bozo
    assert found.version == "atom10"
    assert found.feed.id
    assert found.feed.updated_parsed
    assert all(entry.id and entry.updated_parsed for entry in found.entries)
    assert len({entry.id for entry in found.entries}) == len(found.entries)
    return [entry.link for entry in found.entries], [entry.title for entry in found.entries]


def _json(kind: str, body: bytes) -> tuple[list[str], list[str]]:
    assert kind.startswith("application/json")
    rows = json.loads(body)
    assert {row["kind"] for row in rows} <= {"condition", "due", "maybe_due", "review"}
    return [], [row["claim"] for row in rows]
