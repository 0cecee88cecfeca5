"""Days of a date prediction: outcomes, phrases and what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from forecastlog.kinds.expected import NEVER, told
from forecastlog.model.moments import When
from forecastlog.model.records import Prediction
from forecastlog.phrasing import day
from forecastlog.values import DAY, Reader, Unreadable


def _day_or_never(text: str) -> date:
    if text == "never":
        return NEVER
    found = DAY.read(text)
    assert isinstance(found, date)  # noqa: S101  # what the reader gives
    return found


DAY_OR_NEVER = Reader(_day_or_never, {"anyOf": [dict(DAY.schema), {"const": "never"}]})


class Days(NamedTuple):
    """The first and the last day that an outcome can have been."""

    low: date
    high: date


@cache
def days(text: str) -> Days:
    """An outcome as it was written: a day, a month, a year, two days with a slash between, or never.

    Raises Unreadable.

    >>> days("2025-03")
    Days(low=datetime.date(2025, 3, 1), high=datetime.date(2025, 3, 31))
    """
    first, slash, last = text.partition("/")
    if slash:
        return Days(_day_or_never(first.strip()), _day_or_never(last.strip()))
    try:
        when = When.parse(text)
    except ValueError:
        found = _day_or_never(text)
        return Days(found, found)
    return Days(when.first, when.day)


def named(value: date) -> str:
    """A day as a sentence has it.

    >>> named(date(2025, 3, 19)), named(NEVER)
    ('19 March 2025', 'never')
    """
    return "never" if value == NEVER else day(told(value))


def typed(text: str, prediction: Prediction) -> Mapping[str, object]:
    """The keys of a forecast that a phrase means by the convention fl-2; raises Unreadable."""
    from forecastlog.deadlines import parse_day, parse_deadline
    from forecastlog.vocabulary.deadlines import DEADLINE_CONVENTION

    if text == "never":
        return {"value": NEVER}
    made = prediction.made.day
    exact = parse_day(text, made)
    if exact:
        return {"value": exact, "convention": DEADLINE_CONVENTION}
    read = parse_deadline(text, made)
    if read is None or read.latest is None:
        hint = (
            "Write a day or the time in which it lies: 12 March 2026, in spring 2026, between May and July."
        )
        raise Unreadable("P102", "'{text}' is not read as a day", hint)
    if read.earliest == read.latest:
        return {"value": read.latest, "convention": DEADLINE_CONVENTION}
    interval = {"low": read.earliest or made, "high": read.latest}
    return {"interval": interval, "convention": DEADLINE_CONVENTION}
