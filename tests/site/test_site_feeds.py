"""The feeds, read by parsers that we did not write."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from tests.site.conftest import Site

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
