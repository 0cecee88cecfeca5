"""What stands in a cell: a probability, a day, an outcome.

Which way a column means them is found by its whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from forecastlog.interchange.found import BadFile
from forecastlog.phrasing import exact_percent
from forecastlog.values import nearest

DayOrder = Literal["iso", "day-first", "month-first"]

_NUMBER = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?")
_PERCENT = re.compile(r"%|\bper\s?cent\b|(?<=\d)\s?pct\b", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|(?<!-)\d{2})(?:[ T,]+(.*))?")
"""Day and month in either order; a year of two digits not after hyphens, where it may be the day."""
_TURN = 69
"""Years of two digits from here on are of the last century, as POSIX has it."""
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(.*))?")
_NAMED = (
    "%d %B %Y",
    "%B %d, %Y",
    "%B %d %Y",
    "%d %b %Y",
    "%b %d, %Y",
    "%b %d %Y",
    "%d-%b-%Y",
    "%Y/%m/%d",
    "%Y%m%d",
)
_CLOCK = re.compile(
    r"(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,9}))?)?\s*([AaPp][Mm])?\s*(Z|UTC|[-+]\d{2}:?\d{2})?"
)

MISSING = frozenset({"", "na", "n/a", "nan", "none", "null", "-", "--", "–", "—", "."})
OUTCOMES = {
    **dict.fromkeys(
        (
            "yes",
            "true",
            "y",
            "t",
            "correct",
            "happened",
            "occurred",
            "right",
            "won",
            "resolved yes",
            "came true",
        ),
        "yes",
    ),
    **dict.fromkeys(
        (
            "no",
            "false",
            "n",
            "f",
            "incorrect",
            "did not happen",
            "did not occur",
            "wrong",
            "lost",
            "resolved no",
        ),
        "no",
    ),
    **dict.fromkeys(
        (
            "void",
            "annulled",
            "cancelled",
            "canceled",
            "cancel",
            "n.a.",
            "invalid",
            "voided",
            "withdrawn",
            "did not take place",
        ),
        "void",
    ),
    **dict.fromkeys(("ambiguous", "unclear", "disputed"), "ambiguous"),
    **dict.fromkeys(("open", "pending", "unresolved", "tbd", "?", "unknown", "not yet"), ""),
}
"""What people write for an outcome -> the ledger's word; nothing for a question that is open."""


def missing(text: str) -> bool:
    """Whether a cell says nothing; a lone space is nothing too."""
    return text.strip().casefold() in MISSING


@dataclass(slots=True)
class Figures:
    """The figures of a table, and whether they are percentages.

    Asked of all of them before the first is read.
    """

    percent: bool | None = None
    _whole: tuple[int, str] | None = None
    _fraction: tuple[int, str] | None = None
    _small: tuple[int, str] | None = None

    def look(self, row: int, text: str) -> None:
        """Take a cell into account."""
        if missing(text) or _PERCENT.search(text):
            return
        value = _number(text)
        if value is None or not 0 <= value <= 100:
            return
        if value > 1:
            self._whole = self._whole or (row, text.strip())
        elif 0 < value < 1:
            self._fraction = self._fraction or (row, text.strip())
        elif value == 1 and not text.strip().isdigit():
            self._small = self._small or (row, text.strip())

    def decide(self) -> bool:
        """Whether they are percentages; raises BadFile for a table that has both."""
        if self.percent is None:
            doubtful = self._fraction or self._small
            if self._whole and doubtful:
                raise BadFile(
                    f"row {self._whole[0]:,} has {self._whole[1]}, which is a percentage, "
                    f"and row {doubtful[0]:,} has {doubtful[1]}, which looks like a fraction of 1. "
                    "Say --percent if all are percentages, or mend the file."
                )
            self.percent = self._whole is not None
        return self.percent

    def read(self, text: str) -> float:
        """The probability, from 0 to 1; raises ValueError with a clause on what it is instead."""
        value = _number(_PERCENT.sub("", text).strip().lstrip("~≈"))
        marked = bool(_PERCENT.search(text))
        if value is None:
            raise ValueError("the probability is no number")
        share = round(value / 100, 12) if marked or self.decide() else value
        if not 0 <= share <= 1:
            raise ValueError(
                "the probability is not between 0 and 1"
                if not self.percent
                else "the percentage is not between 0 and 100"
            )
        return share


def _number(text: str) -> float | None:
    text = text.strip()
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


_GROUPED = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?")


def amount(text: str) -> str:
    """A number with its digits as they are written, without what parts thousands.

    Raises ValueError with a clause.

    >>> amount("1,234.50"), amount(" 7 ")
    ('1234.50', '7')
    """
    plain = text.strip().replace("\u2212", "-")
    plain = plain.replace(",", "") if _GROUPED.fullmatch(plain) else plain
    if not _NUMBER.fullmatch(plain):
        raise ValueError("the number is not read")
    return format(Decimal(plain.replace(",", ".")), "f")


def level_of(text: str) -> str:
    """A quantile's or interval's level as a percentage; raises ValueError with a clause.

    >>> level_of("0.025"), level_of("95%"), level_of("0.5")
    ('2.5%', '95%', '50%')
    """
    value = _number(text.replace("%", ""))
    share = None if value is None else value / 100 if "%" in text or value > 1 else value
    if share is None or not 0 < share < 1:
        raise ValueError("the level is not between 0 and 1")
    return exact_percent(share, digits=10)


def number_outcome(text: str) -> tuple[str, str | None]:
    """What became of a numeric question: a number, or a word for what is void, unclear or open."""
    if text.strip().casefold() in OUTCOMES or missing(text):
        return outcome_of(text)
    return amount(text), None


@dataclass(slots=True)
class Days:
    """The days of a table, and in which order they are written.

    Asked of all of them before the first is read.
    """

    order: DayOrder | None = None
    _seen: dict[str, tuple[int, str]] = field(default_factory=dict)

    def look(self, row: int, text: str) -> None:
        """Take a cell into account."""
        if self.order is None and (match := _SLASHED.fullmatch(text.strip())):
            first, second = int(match[1]), int(match[3])
            kind = (
                "day-first"
                if first > 12
                else "month-first"
                if second > 12
                else "either"
                if first != second
                else "same"
            )
            self._seen.setdefault(kind, (row, text.strip()))

    def decide(self) -> DayOrder:
        """The order; raises BadFile where the table has both, or nothing tells."""
        if self.order is None:
            day, month = self._seen.get("day-first"), self._seen.get("month-first")
            if day and month:
                raise BadFile(
                    f"row {day[0]:,} has {day[1]}, day first, and row {month[0]:,} has {month[1]}, "
                    "month first. Mend the file."
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
            return _moment(date(int(match[1]), int(match[2]), int(match[3])), match[4])
        if match := _SLASHED.fullmatch(text):
            first, second = int(match[1]), int(match[3])
            day, month = (second, first) if self.decide() == "month-first" else (first, second)
            return _moment(date(_year(match[4]), month, day), match[5])
        for pattern in _NAMED:
            try:
                return datetime.strptime(text, pattern).date().isoformat()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
        raise ValueError("the day is not read")


def _year(digits: str) -> int:
    """A year of four digits, or of two.

    >>> _year("2011"), _year("11"), _year("99")
    (2011, 2011, 1999)
    """
    year = int(digits)
    return year if len(digits) > 2 else year + (1900 if year >= _TURN else 2000)


def _moment(day: date, clock: str | None) -> str:
    """A day with the time that follows it; a time without its offset is in UTC."""
    if not clock:
        return day.isoformat()
    match = _CLOCK.fullmatch(clock.strip())
    if not match:
        raise ValueError("the time of day is not read")
    hour = int(match[1])
    if match[5]:
        hour = hour % 12 + 12 * (match[5].lower() == "pm")
    offset = match[6] or "Z"
    offset = (
        "Z" if offset == "UTC" else offset if ":" in offset or offset == "Z" else f"{offset[:3]}:{offset[3:]}"
    )
    text = f"{day.isoformat()}T{hour:02}:{int(match[2]):02}:{int(match[3] or 0):02}{offset}"
    return datetime.fromisoformat(text).isoformat().replace("+00:00", "Z")


def outcome_of(text: str) -> tuple[str, str | None]:
    """The ledger's word for an outcome, and the reason of one that is void; both empty where it is open.

    A number is a share, 1 is yes and 0 is no. Raises ValueError with a clause.

    >>> outcome_of("TRUE"), outcome_of("0.5"), outcome_of("1.0"), outcome_of("annulled")
    (('yes', None), ('0.5', None), ('yes', None), ('void', 'moot'))
    """
    word = text.strip().casefold()
    if word in ("na", "n/a"):
        return "void", "moot"
    if word in MISSING:
        return "", None
    value = _number(word.rstrip("%"))
    if value is not None:
        share = value / 100 if word.endswith("%") else value
        if not 0 <= share <= 1:
            raise ValueError("the outcome is not between 0 and 1")
        return {1.0: "yes", 0.0: "no"}.get(share, f"{share:.12g}"), None
    if word not in OUTCOMES:
        near = nearest(word, list(OUTCOMES))
        raise ValueError(
            f"the outcome '{word[:30]}' is not read" + (f" (did you mean {near}?)" if near else "")
        )
    found = OUTCOMES[word]
    return found, "moot" if found == "void" else None
