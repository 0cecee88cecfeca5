"""Feeds against the formats' own rules; independent parsers read them where those are installed."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecastlog.feeds import Entry, atom, calendar

NASTY = 'Ceasefire; a "deal", <b>bold</b> & \\ back\nnext \x07 \u202e 😀 ' + "ü" * 80


def entry(text: str = NASTY) -> Entry:
    return Entry(
        id="claim",
        day=date(2026, 3, 20),
        title=text,
        text=text,
        url="https://x.example/?a=1&b=2",
        author=text,
    )


def feeds(*entries: Entry) -> tuple[str, str]:
    return (
        calendar(entries, name=NASTY, written=date(2026, 1, 1)),
        atom(entries, id="due", title=NASTY, url="https://x.example/-/due.atom", written=date(2026, 1, 1)),
    )


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_icalendar_lines_are_short_and_unfold_to_what_was_said() -> None:
    text, _ = feeds(entry())
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    summary = next(line for line in unfolded(text) if line.startswith("SUMMARY:"))
    told = summary.removeprefix("SUMMARY:").replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";")
    assert told.replace("\\\\", "\\") == NASTY.replace("\x07", "")


def test_atom_is_well_formed_and_keeps_the_text() -> None:
    _, text = feeds(entry())
    root = ET.fromstring(text)
    space = {"a": "http://www.w3.org/2005/Atom"}
    title = root.find("a:entry/a:title", space)
    assert title is not None
    assert title.text == NASTY.replace("\x07", "")
    link = root.find("a:entry/a:link", space)
    assert link is not None
    assert link.get("href") == "https://x.example/?a=1&b=2"


def test_an_empty_feed_is_a_feed() -> None:
    ical, xml = feeds()
    assert ical.startswith("BEGIN:VCALENDAR\r\n")
    assert ET.fromstring(xml).tag == "{http://www.w3.org/2005/Atom}feed"


@given(st.text(), st.dates())
def test_no_text_breaks_a_feed(text: str, day: date) -> None:
    made = Entry(id=text, day=day, title=text, text=text, url=text, author=text)
    ical, xml = feeds(made)
    ET.fromstring(xml)
    assert all(len(line.encode()) <= 75 for line in ical.split("\r\n"))
    assert ical.count("BEGIN:VEVENT") == 1 or "BEGIN:VEVENT" in text


def test_an_event_on_the_last_day_of_the_calendar_has_no_end_before_its_beginning() -> None:
    last = calendar([Entry(id="a", day=date.max, title="Last")], name="Due", written=date(2026, 1, 1))
    assert "DTSTART;VALUE=DATE:99991231" in last
    assert "DTEND" not in last


@pytest.mark.slow
def test_independent_parsers_read_them() -> None:
    import feedparser
    import icalendar

    ical, xml = feeds(entry(), Entry(id="other", day=date(2026, 3, 21), title="Plain"))
    events = icalendar.Calendar.from_ical(ical).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == [NASTY.replace("\x07", ""), "Plain"]
    parsed = feedparser.parse(xml)
    assert not parsed.bozo
    assert parsed.entries[0].link == "https://x.example/?a=1&b=2"
