"""Status and due lists, worked out by hand from the rules."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecastlog.kinds import chance
from forecastlog.model.moments import Duration
from forecastlog.model.records import Condition, Window
from forecastlog.standing.due import (
    condition_status,
    due_items,
    due_on,
    known_day,
    latest_day,
    said,
    standing,
    status,
)
from forecastlog.vocabulary.deadlines import Holds
from tests.records import day, forecast, ledger, prediction, resolution

AFTER = day("2026-11-23")


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2025-05-31", "open"),
        ("2025-06-01", "open"),  # the strict deadline is the last day that counts
        ("2025-06-02", "maybe_due"),
        ("2025-06-30", "maybe_due"),
        ("2025-07-01", "due"),
    ],
)
def test_status_follows_from_the_two_readings_of_the_deadline(today: str, expected: str) -> None:
    record = prediction(forecast(), strict="2025-06-01", latest="2025-06-30")
    assert status(record, ledger(record), day(today)) == expected


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("yes", "resolved"),
        ("no", "resolved"),
        ("0.4", "resolved"),
        ("ambiguous", "ambiguous"),
        ("void", "void"),
        ("uncheckable", "uncheckable"),
        ("reopened", "due"),
    ],
)
def test_status_follows_from_the_outcome(outcome: str, expected: str) -> None:
    record = prediction(forecast(), resolutions=(resolution(outcome),))
    assert status(record, ledger(record), AFTER) == expected


def test_an_entry_counts_from_the_day_it_was_recorded() -> None:
    record = prediction(forecast(), resolutions=(resolution("yes", recorded="2026-11-23"),))
    assert status(record, ledger(record), day("2026-11-22")) == "due"
    assert status(record, ledger(record), day("2026-11-23")) == "resolved"


def test_the_last_entry_of_a_person_stands() -> None:
    entries = (resolution("yes", recorded="2026-04-01"), resolution("no", recorded="2026-05-01"))
    assert standing(entries, AFTER).outcome == "no"
    assert standing(entries, day("2026-04-15")).outcome == "yes"
    assert standing(tuple(reversed(entries)), AFTER).outcome == "no"


def test_a_later_time_on_the_same_day_is_later() -> None:
    entries = (
        resolution("no", recorded="2026-05-01T18:00:00Z"),
        resolution("yes", recorded="2026-05-01T09:00:00Z"),
    )
    assert standing(entries, AFTER).outcome == "no"


def test_two_people_who_differ_contest_it_until_one_settles() -> None:
    differ = (resolution("yes", by="eve"), resolution("no", by="bob"))
    assert standing(differ, AFTER).contested
    settled = (*differ, resolution("no", by="joe", settles=True))
    assert standing(settled, AFTER).outcome == "no"
    taken_back = (*differ, resolution("reopened", by="bob", recorded="2026-11-23T10:00:00Z"))
    assert standing(taken_back, AFTER).outcome == "yes"


def test_an_unmet_condition_voids_what_depends_on_it() -> None:
    condition = Condition(id="deal", article="article", text="A deal.", resolutions=(resolution("unmet"),))
    record = prediction(forecast(), given="deal")
    assert status(record, ledger(record, conditions=(condition,)), AFTER) == "void"
    met = Condition(id="deal", article="article", text="A deal.", resolutions=(resolution("met"),))
    assert status(record, ledger(record, conditions=(met,)), AFTER) == "due"


def test_a_clock_that_starts_when_the_condition_is_met() -> None:
    record = prediction(forecast(), given="deal", deadline=Window(within=Duration(6, "month")))
    waiting = Condition(id="deal", article="article", text="A deal.")
    assert latest_day(record, ledger(record, conditions=(waiting,)), AFTER) is None
    assert status(record, ledger(record, conditions=(waiting,)), AFTER) == "open"
    met = Condition(
        id="deal",
        article="article",
        text="A deal.",
        resolutions=(resolution("met", happened="2025-08-31", known="2025-09-02", recorded="2025-09-03"),),
    )
    book = ledger(record, conditions=(met,))
    assert latest_day(record, book, AFTER) == day("2026-02-28")
    assert status(record, book, day("2026-02-28")) == "open"
    assert status(record, book, day("2026-03-01")) == "due"


def test_due_items_come_conditions_first_then_the_most_overdue() -> None:
    condition = Condition(id="deal", article="article", text="A deal.", by=day("2026-03-19"))
    records = [
        prediction(forecast(), id="late", latest="2025-12-31"),
        prediction(forecast(), id="later", latest="2025-06-30"),
        prediction(forecast(), id="between", strict="2026-01-31", latest="2027-01-31"),
        prediction(forecast(), id="open-ended", latest=None, review=day("2026-11-01")),
        prediction(forecast(), id="done", latest="2025-06-30", resolutions=(resolution("yes"),)),
        prediction(forecast(), id="future", latest="2026-12-31"),
    ]
    book = ledger(*records, conditions=(condition,))
    found = [(item.kind, item.record.id, item.days_overdue) for item in due_items(book, AFTER)]
    assert found == [
        ("condition", "deal", 248),
        ("due", "later", 510),
        ("due", "late", 326),
        ("maybe_due", "between", 295),
        ("review", "open-ended", 22),
    ]
    soon = [item.record.id for item in due_items(book, AFTER, within=39)]
    assert "future" in soon
    assert "future" not in [item.record.id for item in due_items(book, AFTER, within=38)]


@pytest.mark.parametrize(
    ("by", "entries", "expected"),
    [
        (None, (), "open"),
        ("2026-11-23", (), "open"),
        ("2026-11-22", (), "due"),
        ("2026-11-22", (resolution("unmet"),), "resolved"),
        ("2026-11-22", (resolution("met"), resolution("unmet", by="bob")), "contested"),
    ],
)
def test_status_of_a_condition(by: str | None, entries: Any, expected: str) -> None:
    condition = Condition(
        id="deal", article="article", text="A deal.", by=day(by) if by else None, resolutions=entries
    )
    assert condition_status(condition, AFTER) == expected


def test_what_was_said_is_the_speakers_newest_in_time() -> None:
    record = prediction(
        forecast(0.2),
        forecast(0.3),
        forecast(0.9, made="2027-01-01"),
        forecast(0.6, made="2026-01-01", by="desk"),
    )
    stands = said(record, ledger(record), AFTER)
    assert stands is not None
    assert chance(stands).probability == 0.3


@given(st.dates(), st.integers(0, 999_999), st.sampled_from(["day", "week", "month", "year"]))
def test_no_date_is_too_far_off(start: date, count: int, unit: Any) -> None:
    end = Duration(count, unit).after(start)
    assert start <= end
    assert due_on(end) is not None


def test_of_one_day_the_later_time_stands_whatever_the_order_in_the_file() -> None:
    record = prediction(
        forecast(0.4, made="2025-03-19T20:00:00Z"), forecast(0.2, made="2025-03-19T08:00:00Z")
    )
    stands = said(record, ledger(record), AFTER)
    assert stands is not None
    assert chance(stands).probability == 0.4


def test_a_contested_condition_waits_for_its_people_and_is_not_due() -> None:
    differ = (resolution("met"), resolution("unmet", by="bob"))
    condition = Condition(
        id="deal", article="article", text="A deal.", by=day("2026-01-01"), resolutions=differ
    )
    assert condition_status(condition, AFTER) == "contested"
    assert due_items(ledger(conditions=(condition,)), AFTER) == []


def test_a_strict_reading_without_a_generous_one_is_listed_once_it_has_passed() -> None:
    record = prediction(forecast(), strict="2025-06-01", latest=None, review=day("2027-01-01"))
    assert status(record, ledger(record), AFTER) == "maybe_due"
    assert [(item.kind, item.due_on) for item in due_items(ledger(record), AFTER)] == [
        ("maybe_due", day("2025-06-02"))
    ]
    assert due_items(ledger(record), day("2025-06-01")) == []


def held(holds: Holds, outcome: str, known: str) -> date | None:
    record = prediction(
        deadline=Window(
            earliest=day("2025-03-19"), strict=day("2026-03-19"), latest=day("2026-03-19"), holds=holds
        ),
        resolutions=(resolution(outcome, known=known),),
    )
    stands = standing(record.resolutions, AFTER)
    return known_day(stands, latest_day(record, ledger(record), AFTER), record)


@pytest.mark.parametrize(
    ("holds", "outcome", "known", "expected"),
    [
        ("within", "yes", "2025-06-01", "2025-06-01"),
        ("within", "no", "2026-05-01", "2026-03-20"),  # it lapsed
        ("throughout", "yes", "2026-05-01", "2026-03-20"),
        ("throughout", "yes", "2025-06-01", "2026-03-20"),  # nobody knew before it was over
        ("throughout", "no", "2025-06-01", "2025-06-01"),  # the first breach
        ("on", "yes", "2026-04-02", "2026-04-02"),  # the day the level was published
        ("on", "no", "2026-04-02", "2026-04-02"),
    ],
)
def test_when_an_outcome_is_known_depends_on_what_must_hold(
    holds: Holds, outcome: str, known: str, expected: str
) -> None:
    assert held(holds, outcome, known) == day(expected)
