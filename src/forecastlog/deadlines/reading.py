"""How a deadline is read, in plain English: the sentence a person checks when a record is made."""

from datetime import date

from forecastlog.deadlines.periods import month_length
from forecastlog.english import MONTHS
from forecastlog.phrasing import day


def name(when: date) -> str:
    """A day in words: 4 March 2026."""
    return day(when.isoformat())


def _between(first: date, last: date) -> str:
    if first == last:
        return f"on {name(first)}"
    whole_months = first.day == 1 and last.day == month_length(last.year, last.month)
    if whole_months and (first.month, last.month) == (1, 12):
        return f"in {first.year}" if first.year == last.year else f"from {first.year} to {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"between {first.day} and {name(last)}"
    if first.year == last.year:
        return f"between {first.day} {MONTHS[first.month - 1]} and {name(last)}"
    return f"between {name(first)} and {name(last)}"


def describe(
    earliest: date | None,
    strict: date | None,
    latest: date | None,
    *,
    vague: bool = False,
    holds: str = "within",
) -> str:
    """One phrase, without a full stop.

    >>> describe(date(2025, 6, 1), date(2025, 6, 30), date(2025, 6, 30))
    'between 1 and 30 June 2025'
    >>> describe(None, date(2026, 4, 30), date(2026, 8, 31))
    'by 31 August 2026 (strictly by 30 April 2026)'
    """
    if holds == "on" and latest is not None:
        text = f"on {name(latest)}"
    elif holds == "throughout" and latest is not None:
        text = f"throughout, {f'from {name(earliest)} ' if earliest else ''}to {name(latest)}"
    elif latest is None:
        text = f"from {name(earliest)} on, with no end" if earliest else "with no end"
    elif earliest is None:
        text = f"by {name(latest)}"
    else:
        text = _between(earliest, latest)
    if strict is not None and latest is not None and strict < latest:
        text += f" (strictly by {name(strict)})"
    return f"about: {text}" if vague and latest is not None else text
