"""The feeds, read by parsers that we did not write."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from tests.site.conftest import ESSAY, Site, database

ATOM = "{http://www.w3.org/2005/Atom}"


def test_calendar_holds_what_is_due_and_what_comes(site: Site) -> None:
    icalendar = pytest.importorskip("icalendar")
    response = site.get("/-/due.ics")
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    calendar = icalendar.Calendar.from_ical(response.text)
    found = {str(event["uid"]): event["dtstart"].dt.isoformat() for event in calendar.walk("VEVENT")}
    assert found == {
        "vote@forecastlog": "2026-06-02",
        "rally@forecastlog": "2026-03-20",
        "talks@forecastlog": "2025-06-02",
    }


def test_atom_feeds_are_well_formed_and_lead_to_pages(site: Site) -> None:
    due = ET.fromstring(site.html("/-/due.atom"))
    links = [link.get("href") for link in due.iterfind(f"{ATOM}entry/{ATOM}link")]
    assert links == [
        "http://localhost/forecastlog/conditions/vote",
        "http://localhost/forecastlog/predictions/rally",
        "http://localhost/forecastlog/predictions/talks",
    ]
    known = ET.fromstring(site.html("/-/resolutions.atom"))
    titles = [title.text for title in known.iterfind(f"{ATOM}entry/{ATOM}title")]
    assert titles[0] == "Ann Other. Called “highly unlikely”. It did not happen."
    assert titles[-1] == "Ann Other and Bob Brown. Given 70 %. It happened."


def test_json_has_the_columns_of_the_command(site: Site) -> None:
    rows = site.get("/-/due.json").json()
    assert [row["id"] for row in rows] == ["vote", "talks", "rally"]
    assert set(rows[0]) == {"kind", "id", "claim", "told", "speaker", "due_on", "days_overdue", "event"}


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("/people/ann", "/people/ann.atom"),
        ("/outlets/the-paper", "/outlets/the-paper.atom"),
        ("/topics/aid", "/topics/aid.atom"),
        ("/events/aid", "/events/aid.atom"),
    ],
)
def test_each_subject_announces_a_feed_with_its_corrections_and_replies(
    site: Site, page: str, feed: str
) -> None:
    assert '<link rel="alternate" type="application/atom+xml" title=' in site.html(page)
    assert f'href="{feed}"' in site.html(page)
    found = ET.fromstring(site.html(feed))
    by_title = {
        entry.findtext(f"{ATOM}title"): (
            entry.findtext(f"{ATOM}updated"),
            entry.findtext(f"{ATOM}content") or "",
        )
        for entry in found.iterfind(f"{ATOM}entry")
    }
    day, text = by_title["Ann Other. Called “highly unlikely”. It did not happen."]
    assert day == "2026-04-01T00:00:00Z"
    assert "Corrected on 21 March 2025: quote was “highly unlikly” (typo)." in text
    assert "Reply by ann, 1 April 2026: https://ann.example/reply" in text


def test_a_feed_is_bounded_and_its_pages_name_each_other(tmp_path_factory: pytest.TempPathFactory) -> None:
    start, _, rest = ESSAY.partition("  - id: talks\n")
    talks = rest.partition("  - id: rally\n")[0]
    many = "".join(f"  - id: talks-{number}\n{talks}" for number in range(120))
    own = Site(database(tmp_path_factory.mktemp("many"), articles={"essay": f"{start}{many}"}))
    feeds = {}
    for path, last in (("/-/due.atom", 2), ("/people/ann.atom", 3)):
        pages = [ET.fromstring(own.html(f"{path}?page={number}")) for number in range(1, last + 1)]
        ids = [entry.findtext(f"{ATOM}id") for page in pages for entry in page.iterfind(f"{ATOM}entry")]
        assert len(ids) == len(set(ids)) > 110, path
        turns = [
            {link.get("rel"): link.get("href") for link in page.iterfind(f"{ATOM}link")} for page in pages
        ]
        assert turns[0]["next"] == f"http://localhost{path}?page=2"
        assert str(turns[-1]["previous"]).startswith(f"http://localhost{path}")
        assert "next" not in turns[-1]
        feeds[path] = len(own.get(path).content)
    assert own.get("/-/due.ics").text.count("BEGIN:VEVENT") == 100
    assert own.get("/-/due.ics?page=2").text.count("BEGIN:VEVENT") > 10
    own.close()


def test_programs_find_their_way(site: Site) -> None:
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert "Sitemap: http://localhost/sitemap.xml" in site.html("/robots.txt")
    maps = [place.text for place in ET.fromstring(site.html("/sitemap.xml")).iter(f"{namespace}loc")]
    assert maps == ["http://localhost/sitemap-1.xml"]
    places = [
        place.text or "" for place in ET.fromstring(site.html("/sitemap-1.xml")).iter(f"{namespace}loc")
    ]
    assert "http://localhost/people/ann" in places
    for place in places:
        assert site.get(place.removeprefix("http://localhost")).status_code == 200, place
    assert site.get("/sitemap-2.xml").status_code == 404
    assert site.get("/favicon.ico").headers["content-type"] == "image/svg+xml"
