"""Several times in one phrase, worked out from the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from forecastlog.deadlines import parse_series

SAID = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("phrase", "times"),
    [
        ("in March, in June and in September", ["in March 2027", "in June 2027", "in September 2027"]),
        ("by March 2027, June and September", ["by March 2027", "by June 2027", "by September 2027"]),
        ("in November, December and January", ["in November 2026", "in December 2026", "in January 2027"]),
        ("in September, March and June", ["in September 2027", "in March 2028", "in June 2028"]),
        (
            "by the end of 2026, 2027 and 2028",
            ["by the end of 2026", "by the end of 2027", "by the end of 2028"],
        ),
        ("Q1 and Q3 2027", ["Q1 2027", "Q3 2027"]),
        (
            "the first and second quarters of 2027",
            ["in the first quarter of 2027", "in the second quarter of 2027"],
        ),
        ("every month this year", ["in November 2026", "in December 2026"]),
        ("each of the next two quarters", ["in the first quarter of 2027", "in the second quarter of 2027"]),
        ("half-yearly until 2027", ["in the first half of 2027", "in the second half of 2027"]),
        ("every year from 2027 to 2029", ["in 2027", "in 2028", "in 2029"]),
    ],
)
def test_each_time_is_named_with_its_year(phrase: str, times: list[str]) -> None:
    found = parse_series(phrase, SAID)
    assert [turn.words for turn in found] == times
    assert all(turn.deadline.latest for turn in found)


@pytest.mark.parametrize(
    "phrase",
    [
        "by June 2027",
        "in March and some day",
        "every six months",
        "every year",
        "war and peace",
        "every quarter of 2025",
        "monthly until 2100",
        "between March and June",
        "every",
        "",
    ],
)
def test_what_does_not_name_several_is_no_series(phrase: str) -> None:
    assert parse_series(phrase, SAID) == ()


def test_every_quarter_takes_twelve_months_and_none_that_has_begun() -> None:
    found = parse_series("every quarter", SAID)
    assert [(turn.deadline.earliest, turn.deadline.latest) for turn in found] == [
        (date(2027, 1, 1), date(2027, 3, 31)),
        (date(2027, 4, 1), date(2027, 6, 30)),
        (date(2027, 7, 1), date(2027, 9, 30)),
        (date(2027, 10, 1), date(2027, 12, 31)),
    ]
    assert not any(turn.named for turn in found)
