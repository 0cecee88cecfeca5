"""The days of a table: how they are written, and in which order where they may be read in two ways."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from forecastlog.english import MONTHS_BY_NAME, WEEKDAYS
from forecastlog.interchange.found import BadFile

DayOrder = Literal["iso", "day-first", "month-first"]

_CLOCK = r"(?:[T ,]+(?:at )?(?P<clock>\d.*))?"
_ISO = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_CLOCK}")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SLASHED = re.compile(rf"(\d{{1,2}})([/.\-])(\d{{1,2}})\2(\d{{4}}|(?<!-)\d{{2}}){_CLOCK}")
"""Day and month in either order; a year of two digits not after hyphens, where it may be the day."""
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>\d{4}|\d{2})"
_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS_BY_NAME, key=len, reverse=True))})\.?"
_WEEKDAY = rf"(?:(?:{'|'.join(f'{name}|{name[:3]}' for name in WEEKDAYS)})\.?,?\s+)?"
_NAMED = tuple(
    re.compile(f"{_WEEKDAY}{pattern}{_CLOCK}", re.IGNORECASE)
    for pattern in (
        rf"{_DAY}(?: of)?[ -]{_MONTH},?[ -]{_YEAR}",
        rf"{_MONTH}[ -]{_DAY},?[ -](?P<year>\d{{4}})",
    )
)
_TIME = re.compile(
    r"(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,9}))?)?\s*([AaPp])?(?:\.?[Mm]\.?)?\s*"
    r"(Z|UTC|GMT|[-+]\d{2}:?\d{2})?"
)
_COUNTED = re.compile(r"(\d{5}|1\d{9}|1\d{12})(?:\.\d+)?")
_EXCEL = datetime(1899, 12, 30, tzinfo=UTC)
_EXCEL_DAYS = range(32_874, 58_806)
"""What a spreadsheet counts for the days from 1990 to 2060; days counted from 1970 are below that."""
_TURN = 69
"""Years of two digits from here on are of the last century, as POSIX has it."""


@dataclass(slots=True)
class Days:
    """The days of a table, and in which order they are written.

    Asked of all of them before the first is read. "iso": nothing but what can be read in one way.
    """

    order: DayOrder | None = None
    _seen: dict[str, tuple[int, str]] = field(default_factory=dict)

    def look(self, row: int, text: str) -> None:
        """Take a cell into account."""
        if self.order is None and (match := _SLASHED.fullmatch(text.strip())):
            self._seen.setdefault(_told_by(int(match[1]), int(match[3])), (row, text.strip()))

    def decide(self) -> DayOrder:
        """The order; raises BadFile where the table has both, or nothing tells."""
        if self.order is None:
            day, month = self._seen.get("day-first"), self._seen.get("month-first")
            if day and month:
                raise BadFile(
                    f"row {day[0]:,} has {day[1]}, day first, and row {month[0]:,} has {month[1]}, "
                    "month first. Say --day-first or --month-first, and the others are passed over, "
                    "or mend the file."
                )
            if "either" in self._seen and not (day or month):
                row, text = self._seen["either"]
                raise BadFile(
                    f"row {row:,} has {text}, and nothing tells day and month apart: "
                    "say --day-first or --month-first."
                )
            self.order = "day-first" if day else "month-first" if month else "iso"
        return self.order

    def read(self, text: str) -> str:
        """The day, or the time in UTC where there is one, in ISO 8601; raises ValueError with a clause."""
        text = text.strip()
        if match := _ISO.fullmatch(text):
            return _moment(date(int(match[1]), int(match[3]), int(match[4])), match["clock"])
        if match := _SLASHED.fullmatch(text):
            day, month = self._ordered(int(match[1]), int(match[3]))
            return _moment(date(_year(match[4]), month, day), match["clock"])
        if match := _DIGITS.fullmatch(text):
            return date(*map(int, match.groups())).isoformat()
        for pattern in _NAMED:
            if match := pattern.fullmatch(text):
                month = MONTHS_BY_NAME[match["month"].lower()]
                return _moment(date(_year(match["year"]), month, int(match["day"])), match["clock"])
        if match := _COUNTED.fullmatch(text):
            return _counted(text, len(match[1]))
        raise ValueError("the day is not read")

    def _ordered(self, first: int, second: int) -> tuple[int, int]:
        """Day and month of two numbers."""
        order = self.decide()
        if order == "iso" and first != second:
            raise ValueError("the day is not read: day and month may stand in either order")
        return (second, first) if order == "month-first" else (first, second)


def is_day(text: str) -> bool:
    """Whether a cell can be read as a day, in whichever order.

    >>> is_day("13/2/2025"), is_day("2/13/25 9:00"), is_day("45291"), is_day("0.5"), is_day("2025")
    (True, True, True, False, False)
    """
    for order in ("day-first", "month-first"):
        try:
            Days(order).read(text)
        except ValueError:
            continue
        return True
    return False


def _told_by(first: int, second: int) -> str:
    """What two numbers tell of the order in which day and month stand."""
    if first > 12 or second > 12:
        return "day-first" if first > 12 else "month-first"
    return "either" if first != second else "same"


def _year(digits: str) -> int:
    """A year of four digits, or of two.

    >>> _year("2011"), _year("11"), _year("99")
    (2011, 2011, 1999)
    """
    year = int(digits)
    return year if len(digits) > 2 else year + (1900 if year >= _TURN else 2000)


def _counted(text: str, digits: int) -> str:
    """A day that is a number: a spreadsheet's count of days, seconds or milliseconds since 1970.

    >>> _counted("45291", 5), _counted("1703980800", 10), _counted("1703980800000", 13)
    ('2023-12-31', '2023-12-31T00:00:00Z', '2023-12-31T00:00:00Z')
    """
    value = float(text)
    if digits == 5:
        if int(value) not in _EXCEL_DAYS:
            raise ValueError("the day is not read")
        time = _EXCEL + timedelta(seconds=round(value * 86_400))
        return time.date().isoformat() if value.is_integer() else _utc(time)
    return _utc(datetime.fromtimestamp(value / (1000 if digits == 13 else 1), UTC))


def _utc(time: datetime) -> str:
    return f"{time.replace(microsecond=0, tzinfo=None).isoformat()}Z"


def _moment(day: date, clock: str | None) -> str:
    """A day with the time that follows it; a time without its offset is in UTC."""
    if not clock:
        return day.isoformat()
    match = _TIME.fullmatch(clock.strip())
    if not match:
        raise ValueError("the time of day is not read")
    hour = int(match[1])
    if match[5]:
        hour = hour % 12 + 12 * (match[5].lower() == "p")
    offset = match[6] or "Z"
    offset = (
        "Z"
        if offset in ("UTC", "GMT")
        else offset
        if ":" in offset or offset == "Z"
        else f"{offset[:3]}:{offset[3:]}"
    )
    text = f"{day.isoformat()}T{hour:02}:{int(match[2]):02}:{int(match[3] or 0):02}{offset}"
    return datetime.fromisoformat(text).isoformat().replace("+00:00", "Z")
