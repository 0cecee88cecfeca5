"""The public doors: a phrase to a deadline, a phrase to what is wrong with it, a typed day to a date.

The tables behind them take longer to build than any phrase to read, so they are loaded with the first one; a command
that reads none does not wait for them.
"""

from datetime import date

from forecastlog.deadlines.deadline import Deadline

HEMISPHERES = ("north", "south")
# The month in which a fiscal year begins; it is named after the calendar year in which it ends.
FISCAL_YEARS = {"us": 10, "uk": 4, "australia": 7, "calendar": 1}


def _checked(hemisphere: str, fiscal_year: str) -> int:
    """The first month of the fiscal year."""
    for name, value, allowed in (
        ("hemisphere", hemisphere, HEMISPHERES),
        ("fiscal_year", fiscal_year, tuple(FISCAL_YEARS)),
    ):
        if value not in allowed:
            raise ValueError(f"{name} is {value!r}: write one of {', '.join(allowed)}")
    return FISCAL_YEARS[fiscal_year]


def parse_deadline(
    phrase: str, reference: date, *, hemisphere: str = "north", fiscal_year: str = "us"
) -> Deadline | None:
    """The days that a time phrase of an article names, or None when any part of it is not understood.

    Args:
        phrase: English words such as "by mid-2026" or "within the next few weeks".
        reference: the day on which they were said.
        hemisphere: "north" or "south", for the seasons.
        fiscal_year: "us" (from October), "uk" (April), "australia" (July) or "calendar".

    Raises:
        ValueError: for another hemisphere or fiscal year.

    >>> found = parse_deadline("by mid-2026", date(2025, 3, 19))
    >>> found.latest, found.strict, found.reading
    (datetime.date(2026, 8, 31), datetime.date(2026, 4, 30), 'by 31 August 2026 (strictly by 30 April 2026)')
    >>> parse_deadline("when the dust settles", date(2025, 3, 19)) is None
    True
    """
    fiscal_start = _checked(hemisphere, fiscal_year)
    from forecastlog.deadlines.understanding import understood

    return understood(phrase, reference, hemisphere, fiscal_start)


def explain(
    phrase: str, reference: date, *, hemisphere: str = "north", fiscal_year: str = "us"
) -> str | None:
    """One sentence that names the part of a phrase that was not understood; None when all of it was.

    Takes and raises what `parse_deadline` does.

    >>> explain("by the end of the ceasefire talks", date(2025, 3, 19))
    'Not understood: "ceasefire talks" in "by the end of the ceasefire talks".'
    """
    fiscal_start = _checked(hemisphere, fiscal_year)
    from forecastlog.deadlines.understanding import misunderstood

    return misunderstood(phrase, reference, hemisphere, fiscal_start)


def parse_day(text: str, today: date) -> date | None:
    """A day typed at a command line: 2026-03-04, yesterday, 4 March 2026; None when it is not one day.

    >>> parse_day("2026-03-04", date(2026, 7, 1)), parse_day("March 2026", date(2026, 7, 1))
    (datetime.date(2026, 3, 4), None)
    """
    text = text.strip()
    if len(text) == 10 and text[4] == text[7] == "-":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    from forecastlog.deadlines.written import typed_day

    return typed_day(text, today)
