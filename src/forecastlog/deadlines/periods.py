"""Calendar arithmetic: whole days, weeks, months, quarters, seasons, years, and their parts."""

from datetime import date, timedelta
from typing import NamedTuple

DAY = timedelta(days=1)
MONTHS_IN = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
EARLY, MID, LATE = 0, 1, 2


class Period(NamedTuple):
    """The days from `first` to `last`, both inclusive.

    `due` is the single day that by, before and until mean, where it is not the last: "the start of June" is a
    stretch of days with *in*, and 1 June with *by*. `halves` are the two sides of an "or", where each keeps
    what it means alone.
    """

    first: date
    last: date
    unit: str = "day"
    vague: bool = False
    due: date | None = None
    halves: "tuple[Period, Period] | None" = None

    @property
    def named_end(self) -> date | None:
        """The day that year-end, end-June or midyear names; None for the start of anything."""
        return self.due if self.due != self.first else None


def day(when: date) -> Period:
    """One day."""
    return Period(when, when)


def shift(when: date, months: int = 0, days: int = 0) -> date:
    """Calendar arithmetic: months first, clipped to the month's end, then days.

    >>> shift(date(2025, 1, 31), months=1)
    datetime.date(2025, 2, 28)
    """
    if months:
        index = when.year * 12 + when.month - 1 + months
        year, month = divmod(index, 12)
        when = date(year, month + 1, min(when.day, month_length(year, month + 1)))
    return when + timedelta(days=days) if days else when


def month_length(year: int, month: int) -> int:
    """The number of days in a month."""
    if not 1 <= year <= 9999:
        raise ValueError("year is out of range")
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 31 if month in (1, 3, 5, 7, 8, 10, 12) else 30


def months_from(first: date, count: int, unit: str) -> Period:
    """The period of `count` months that begins on `first`, which is the first of a month."""
    year, month = divmod(first.year * 12 + first.month - 2 + count, 12)
    return Period(first, date(year, month + 1, month_length(year, month + 1)), unit)


def year(number: int) -> Period:
    """A calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31), "year")


def month(number: int, index: int) -> Period:
    """A month of a year."""
    return months_from(date(number, index, 1), 1, "month")


def decade(start: int) -> Period:
    """The ten years from a year that ends in 0."""
    return Period(date(start, 1, 1), date(start + 9, 12, 31), "decade")


def fiscal(number: int, starts: int) -> Period:
    """The fiscal year named after the calendar year in which it ends; `starts` is its first month."""
    return months_from(date(number - (starts > 1), starts, 1), 12, "year")


def current(unit: str, when: date) -> Period:
    """The whole unit (day, week, weekend, month, quarter, half, year, decade, century) that holds a day."""
    if unit == "day":
        return day(when)
    if unit in ("week", "weekend"):
        monday = when - timedelta(days=when.weekday())
        first = monday + timedelta(days=5) if unit == "weekend" else monday
        return Period(first, monday + timedelta(days=6), unit)
    if unit == "decade":
        return decade(when.year // 10 * 10)
    if unit == "century":
        first_year = (when.year - 1) // 100 * 100 + 1
        return Period(date(first_year, 1, 1), date(first_year + 99, 12, 31), "century")
    span = MONTHS_IN[unit]
    return months_from(date(when.year, (when.month - 1) // span * span + 1, 1), span, unit)


def step(period: Period, count: int) -> Period:
    """The period of the same unit, `count` units later."""
    if period.unit in MONTHS_IN:
        return months_from(
            shift(period.first, MONTHS_IN[period.unit] * count), MONTHS_IN[period.unit], period.unit
        )
    length = 7 if period.unit in ("week", "weekend") else 1
    move = timedelta(days=length * count)
    return Period(period.first + move, period.last + move, period.unit)


def third(period: Period, index: int) -> Period:
    """Early, mid or late: the thirds."""
    first, last = period.first, period.last
    if period.unit == "week":
        a, b = ((0, 2), (1, 4), (3, 6))[index]
        return Period(first + timedelta(days=a), first + timedelta(days=b), "part")
    if period.unit == "month":
        ends = (10, 20, last.day)
        return Period(first.replace(day=(1, 11, 21)[index]), first.replace(day=ends[index]), "part")
    if period.unit == "decade":
        return _years(first, ((0, 3), (4, 6), (7, 9))[index])
    if period.unit == "century":  # "mid-century" is its fiftieth year in every climate target
        return _years(first, ((0, 32), (49, 49), (67, 99))[index])
    if period.unit in MONTHS_IN:
        span = MONTHS_IN[period.unit] // 3
        return months_from(shift(first, span * index), span, "part")
    return _cut(period, index, 3)


def midyear(period: Period) -> Period:
    """The middle of a year, which economists put at 30 June."""
    return third(period, MID)._replace(due=date(period.first.year, 6, 30))


def half_of(period: Period, index: int) -> Period:
    """The first (0) or second (1) half."""
    first, unit = period.first, period.unit
    if unit == "month":
        middle = first.replace(day=15)
        return Period(first, middle, "span") if index == 0 else Period(middle + DAY, period.last, "span")
    if unit in ("half", "year", "decade", "century"):
        span = MONTHS_IN[unit] // 2
        return months_from(shift(first, span * index), span, "half" if unit == "year" else "span")
    return _cut(period, index, 2)


def _years(first: date, offsets: tuple[int, int]) -> Period:
    a, b = offsets
    return Period(date(first.year + a, 1, 1), date(first.year + b, 12, 31), "part")


def _cut(period: Period, index: int, pieces: int) -> Period:
    length = (period.last - period.first).days + 1
    if length < pieces:
        return period
    a, b = length * index // pieces, length * (index + 1) // pieces
    return Period(period.first + timedelta(days=a), period.first + timedelta(days=b - 1), "part")


def edge(period: Period, index: int) -> Period:
    """The beginning (EARLY) or end (LATE): the third, which by, before and until take as one day."""
    part = third(period, index)
    due = period.first if index == EARLY else period.last
    return Period(part.first, part.last, part.unit, period.vague, due)


def hull(a: Period, b: Period) -> Period:
    """From the first day of either to the last of either."""
    return Period(min(a.first, b.first), max(a.last, b.last), "span", a.vague or b.vague)
