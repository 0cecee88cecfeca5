"""Names that come round again: months, weekdays, seasons, quarters, holidays; which one is meant depends."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from forecastlog.deadlines.periods import (
    MONTHS_IN,
    Period,
    current,
    day,
    month,
    month_length,
    months_from,
    shift,
)
from forecastlog.deadlines.tables import read_rows


class Name(NamedTuple):
    """A name without its year, month or week: `near` gives the periods it can mean around a day, in order."""

    near: Callable[[date], list[Period]]

    def next(self, reference: date) -> Period | None:
        """The first that is not yet over."""
        return next((p for p in self.near(reference) if p.last >= reference), None)

    def after(self, when: date) -> Period | None:
        """The first that begins later."""
        return next((p for p in self.near(when) if p.first > when), None)

    def before(self, when: date) -> Period | None:
        """The last that has begun by then."""
        return next((p for p in reversed(self.near(when)) if p.first <= when), None)

    def within(self, whole: Period) -> Period | None:
        """The only one that begins inside a period; None where there are several, or none."""
        inside = [p for p in self.near(whole.first) if whole.first <= p.first <= whole.last]
        return inside[0] if len(inside) == 1 else None


def _recurring(unit: str, reach: int, at: Callable[[date], Period | None], when: date) -> list[Period]:
    found: list[Period] = []
    for count in range(-reach if unit == "year" else -1, reach + 1):
        try:
            start = _start(unit, when, count)
            period = at(start)
        except (ValueError, OverflowError):  # no such day in this month or year, or off the calendar
            continue
        if period is not None:
            found.append(period)
    return found


def _start(unit: str, when: date, count: int) -> date:
    if unit == "week":
        return when - timedelta(days=when.weekday()) + timedelta(weeks=count)
    if unit == "year":
        return date(when.year + count, 1, 1)
    return shift(when.replace(day=1), months=count)


def every(unit: str, at: Callable[[date], Period | None], reach: int = 2) -> Name:
    """A name that comes once a week, month or year (`unit`); `at` places it, given that unit's first day."""
    return Name(partial(_recurring, unit, reach, at))


def listed(periods: list[Period], lead: int = 400) -> Name:
    """A name whose dates are in a table.

    More than `lead` days before its first row, or after its last, it means nothing.
    """
    known_from = periods[0].first - timedelta(days=lead)
    return Name(lambda when: periods if when >= known_from else [])


def weekday(number: int) -> Name:
    """Monday is 1."""
    return every("week", lambda monday: day(monday + timedelta(days=number - 1)))


def weekend() -> Name:
    """Saturday and Sunday."""
    return every("week", lambda monday: current("weekend", monday))


def month_name(number: int) -> Name:
    """January is 1."""
    return every("year", lambda start: month(start.year, number))


def month_day(number: int, date_in_month: int, weekday_number: int | None = None) -> Name:
    """A day of a month; with a weekday, only the years in which it falls on one (29 February needs 28)."""

    def at(start: date) -> Period | None:
        when = date(start.year, number, date_in_month)
        return day(when) if weekday_number in (None, when.weekday() + 1) else None

    leap = number == 2 and date_in_month == 29
    return every(
        "year", at, 2 if not leap and weekday_number is None else 8 if weekday_number is None else 12
    )


def day_number(number: int, weekday_number: int | None = None) -> Name:
    """The 15th; with a weekday, the months in which the 15th falls on it."""

    def at(start: date) -> Period | None:
        when = start.replace(day=number)
        return day(when) if weekday_number in (None, when.weekday() + 1) else None

    return every("month", at, 3 if weekday_number is None else 15)


_SEASON_MONTH = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


def season(name: str, hemisphere: str) -> Name:
    """A meteorological season; it belongs to the year in which it begins."""
    first = _SEASON_MONTH[name]
    first = (first + 5) % 12 + 1 if hemisphere == "south" else first
    return every("year", lambda start: months_from(date(start.year, first, 1), 3, "season"))


def slice_of(unit: str, number: int) -> Name:
    """The n-th quarter or half of the calendar year."""
    span = MONTHS_IN[unit]
    return every("year", lambda start: months_from(date(start.year, span * (number - 1) + 1, 1), span, unit))


def mapped(name: Name, change: Callable[[Period], Period]) -> Name:
    """The same part of each: early summer, the end of June."""
    return Name(lambda when: [change(period) for period in name.near(when)])


def easter(number: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian computus.

    Meeus, Astronomical Algorithms, chapter 8.
    """
    a, (b, c) = number % 19, divmod(number, 100)
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    ell = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * ell) // 451
    month_number, offset = divmod(h + ell - 7 * m + 114, 31)
    return date(number, month_number, offset + 1)


def orthodox_easter(number: int) -> date:
    """Orthodox Easter Sunday in the Gregorian calendar of 1900 to 2099.

    Meeus, the Julian method plus 13 days.
    """
    d = (19 * (number % 19) + 15) % 30
    e = (2 * (number % 4) + 4 * (number % 7) - d + 34) % 7
    month_number, offset = divmod(d + e + 114, 31)
    return date(number, month_number, offset + 1) + timedelta(days=13)


def nth_weekday(number: int, month_number: int, weekday_number: int, nth: int) -> date:
    """The n-th (from 1, or the last: -1) given weekday (Monday is 1) of a month.

    ValueError where there is none.
    """
    length = month_length(number, month_number)
    if nth < 0:
        last = date(number, month_number, length)
        return last - timedelta(days=(last.isoweekday() - weekday_number) % 7)
    first = date(number, month_number, 1)
    offset = (weekday_number - first.isoweekday()) % 7 + 7 * (nth - 1)
    return first.replace(day=1 + offset)


def yearly(at: Callable[[int], date]) -> Name:
    """A single day a year."""
    return every("year", lambda start: day(at(start.year)))


def _occurrence(row: dict[str, str], number: int) -> date:
    """The day of a row of holidays.csv in a year."""
    if row["easter"]:
        found = orthodox_easter(number) if row["easter"] == "orthodox" else easter(number)
    elif row["nth"]:
        found = nth_weekday(number, int(row["month"]), int(row["weekday"]), int(row["nth"]))
    else:
        found = date(number, int(row["month"]), int(row["day"]))
    return found + timedelta(days=int(row["days_after"] or 0))


def _holiday(row: dict[str, str]) -> Name:
    if row["day"]:
        return month_day(int(row["month"]), int(row["day"]))
    return yearly(partial(_occurrence, row))


HOLIDAYS = {name: _holiday(row) for row in read_rows("holidays.csv") for name in row["names"].split("|")}
