"""Writes ISO 8601-2 (EDTF) for the days of a deadline: two dots for an open end, a tilde for a vague one."""

import re
from datetime import date

from forecastlog.deadlines.periods import month_length

_QUARTERS = {1: 33, 4: 34, 7: 35, 10: 36}
_SEASONS = {3: 21, 6: 22, 9: 23}


def write(
    earliest: date | None, latest: date | None, *, vague: bool = False, reference: date | None = None
) -> str:
    """The shortest expression that names exactly these days.

    A beginning at the `reference` is never vague. A season may stand neither in an interval nor before a
    tilde, so a vague one is written in days.

    >>> write(date(2025, 6, 1), date(2025, 6, 30))
    '2025-06'
    >>> (write(date(2025, 6, 1), date(2025, 8, 31)), write(None, date(2026, 4, 30)),
    ...  write(date(2030, 1, 1), None))
    ('2025-22', '../2026-04-30', '2030-01-01/..')
    """
    mark = "~" if vague else ""
    if earliest is not None and latest is not None:
        whole = _whole(earliest, latest, vague=vague)
        if whole:
            return whole + mark
    first = earliest.isoformat() + (mark if earliest != reference else "") if earliest else ".."
    last = latest.isoformat() + mark if latest else ".."
    return f"{first}/{last}"


def _whole(first: date, last: date, *, vague: bool) -> str | None:
    """The single expression for these days, if they are a day, month, quarter, season, year or decade."""
    if first == last:
        return first.isoformat()
    if first.day != 1 or last.day != month_length(last.year, last.month):
        return None
    year = f"{first.year:04}"
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    code = None if vague else _QUARTERS.get(first.month) or _SEASONS.get(first.month)
    named = {
        1: f"{year}-{first.month:02}",
        3: f"{year}-{code}" if code else None,
        12: year if first.month == 1 else None,
        120: f"{year[:3]}X" if first.month == 1 and first.year % 10 == 0 and not vague else None,
    }
    return named.get(months)


def last_day(text: str) -> date | None:
    """The last day of an expression as `write` makes them; None for an open end.

    >>> [str(last_day(text)) for text in ("2025-06~", "2025-22", "../2026-04-30", "203X", "2026-34",
    ...     "2026-01-01/..")]
    ['2025-06-30', '2025-08-31', '2026-04-30', '2039-12-31', '2026-06-30', 'None']
    """
    end = text.rpartition("/")[2]
    found = _PART.fullmatch(end)
    if found is None:
        return None
    if found[1] is None:
        return date(int(end[:3]) * 10 + 9, 12, 31)
    year, part = int(found[1]), int(found[2] or 12)
    starts = {code: start for months in (_SEASONS, _QUARTERS) for start, code in months.items()}
    month = starts[part] + 2 if found[3] is None and part in starts else part
    return date(year, month, int(found[3] or month_length(year, month)))


_PART = re.compile(r"\d{3}X|(\d{4})(?:-(\d\d)(?:-(\d\d))?)?~?", re.ASCII)


def is_written(text: str) -> bool:
    """Whether a text is an expression as `write` makes them: one date or two around a slash, either end open.

    >>> [is_written(text) for text in ("2025-06~", "2025-22", "../2026-04-30", "203X",
    ...     "2025-03-19/2025-10-19~")]
    [True, True, True, True, True]
    >>> [is_written(text) for text in ("garbage", "2025-13", "2025-02-30", "../..", "2026/2025/2024",
    ...     "2026/2025")]
    [False, False, False, False, False, False]
    """
    ends = text.split("/")
    dates = [end for end in ends if end != ".." or len(ends) == 1]
    in_order = [date.rstrip("~") for date in dates]
    return 0 < len(dates) <= len(ends) <= 2 and all(map(_is_date, dates)) and in_order == sorted(in_order)


def _is_date(text: str) -> bool:
    found = _PART.fullmatch(text)
    if found is None or found[2] is None:
        return found is not None
    year, month, day = int(found[1]), int(found[2]), int(found[3] or 1)
    if found[3] is None and month in {*_SEASONS.values(), *_QUARTERS.values()}:
        return True
    return year > 0 and 1 <= month <= 12 and 1 <= day <= month_length(year, month)
