"""When something was, how long it lasts, and so long after another day."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Literal

Precision = Literal["time", "day", "month", "year"]


_ISO_8601 = re.compile(r"\d{4}(-\d{2}(-\d{2}([T ]\d{2}:\d{2}.*)?)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class When:
    """A point in time as precisely as it is known: a time, a day, a month or a year.

    ``text`` is kept as written and shown; ``day`` is the day to calculate with, the last of a month or year.
    A time belongs to the day that is written, wherever its offset from UTC says that was; ``time`` is in UTC.

    >>> When.parse("2025-03").day
    datetime.date(2025, 3, 31)
    >>> When.parse("2025-12-31T21:00:00-05:00").day
    datetime.date(2025, 12, 31)
    """

    text: str
    day: date
    precision: Precision = "day"
    time: datetime | None = None

    @classmethod
    def parse(cls, text: str) -> When:
        """Read an ISO 8601 year, month, day or time with its offset; raises ValueError on anything else."""
        written = _ISO_8601.fullmatch(text)
        if written is None:
            raise ValueError(f"not a date: {text}")
        month, day, clock = written.groups()
        if clock:
            return cls._timed(text)
        if day:
            return cls(text, date.fromisoformat(text))
        if not month:
            return cls(text, date(int(text), 12, 31), "year")
        first = date(int(text[:4]), int(text[5:]), 1)
        return cls(text, first.replace(day=calendar.monthrange(first.year, first.month)[1]), "month")

    @classmethod
    def _timed(cls, text: str) -> When:
        time = datetime.fromisoformat(text)
        if time.tzinfo is None:
            raise ValueError(f"a time needs its offset from UTC, such as a final Z: {text}")
        try:
            return cls(text, time.date(), "time", time.astimezone(UTC))
        except OverflowError:
            raise ValueError(f"before or after the calendar's years: {text}") from None

    @classmethod
    def on(cls, day: date) -> When:
        """The whole of one day."""
        return cls(day.isoformat(), day)

    def in_zone(self, zone: tzinfo) -> When:
        """The same, a time on the day that it was in ``zone``; on the day written where the calendar ends.

        >>> from datetime import timezone
        >>> When.parse("2025-12-31T21:00:00-05:00").in_zone(timezone.utc).day
        datetime.date(2026, 1, 1)
        """
        try:
            return replace(self, day=self.time.astimezone(zone).date()) if self.time else self
        except OverflowError:
            return self

    @property
    def first(self) -> date:
        """The first day it can have been, where ``day`` is the last.

        >>> When.parse("2025-03").first
        datetime.date(2025, 3, 1)
        """
        if self.precision == "year":
            return self.day.replace(month=1, day=1)
        return self.day.replace(day=1) if self.precision == "month" else self.day

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of calendar time, such as the 6 months of ``within: 6 months``."""

    count: int
    unit: Literal["day", "week", "month", "year"]

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read ``6 months`` or ``1 year``; raises ValueError on anything else, and above 1,000 years."""
        match = re.fullmatch(r"(\d{1,6})\s+(day|week|month|year)s?", text.strip().lower(), re.ASCII)
        if not match:
            raise ValueError(f"not a length of time: {text}")
        duration = cls(int(match[1]), match[2])  # type: ignore[arg-type]  # the pattern allows only units
        if duration.count * {"day": 1, "week": 7, "month": 31, "year": 366}[duration.unit] > 366_000:
            raise ValueError(f"too long: {text}")
        return duration

    def after(self, day: date) -> date:
        """The day this long after ``day``, month ends clipped; ``date.max`` where the calendar ends.

        >>> Duration(1, "month").after(date(2025, 1, 31))
        datetime.date(2025, 2, 28)
        """
        try:
            if self.unit in ("day", "week"):
                return day + timedelta(days=self.count * (7 if self.unit == "week" else 1))
            months = day.year * 12 + day.month - 1 + self.count * (12 if self.unit == "year" else 1)
            year, month = divmod(months, 12)
            return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
        except (OverflowError, ValueError):
            return date.max

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'s' * (self.count != 1)}"


@dataclass(frozen=True, slots=True)
class After:
    """So long after the last day that counts: a source publishes its figures with a delay."""

    wait: Duration

    @classmethod
    def parse(cls, text: str) -> After:
        """Read ``30 days after``; raises ValueError on anything else."""
        length, after, rest = text.partition(" after")
        if not after or rest.strip():
            raise ValueError(f"not a time after: {text}")
        return cls(Duration.parse(length))

    def __str__(self) -> str:
        return f"{self.wait} after"
