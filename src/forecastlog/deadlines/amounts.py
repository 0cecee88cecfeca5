"""Reads amounts of time: "eighteen months", "a year and a half", "two to three weeks", "the coming days"."""

import math
from datetime import date
from typing import NamedTuple

from forecastlog.deadlines.cursor import Cursor, rule
from forecastlog.deadlines.periods import MONTHS_IN, shift
from forecastlog.deadlines.phrases import COUNTS, FUZZY

# "coming days", "within weeks", "in months": the upper bound in units; quarters (as a few of them) and
# decades are ours, not the conventions' table.
_BARE = {"day": 7, "week": 6, "month": 6, "quarter": 4, "year": 5, "decade": 3, "hour": 24}
_ORDER = ("hour", "day", "week", "month", "quarter", "year", "decade")
_DAYS: dict[str, float] = {"day": 1, "week": 7, "fortnight": 14, "hour": 1 / 24, "minute": 1 / 1440}
_QUALIFIERS = (
    "more",
    "further",
    "additional",
    "full",
    "whole",
    "short",
    "long",
    "calendar",
    "consecutive",
    "extra",
    "good",
    "straight",
    "solid",
    "other",
)
_WINDOWS = ("period", "window", "span", "stretch", "timeframe", "timeline", "spell", "horizon", "view")


class Delta(NamedTuple):
    """A length of time: calendar months, then days, then days from Monday to Friday."""

    months: int = 0
    days: int = 0
    weekdays: int = 0


class Amount(NamedTuple):
    """Lower and upper bound as calendar months and days; `unit` and `number` as last written."""

    low: Delta
    high: Delta
    unit: str
    number: float
    vague: bool = False
    bare: bool = False


def after(when: date, delta: Delta) -> date:
    """The day that an amount reaches from another."""
    return _weekdays_on(shift(when, delta.months, delta.days), delta.weekdays)


def before(when: date, delta: Delta) -> date:
    """The same, backwards."""
    return _weekdays_on(shift(when, -delta.months, -delta.days), -delta.weekdays)


def _weekdays_on(when: date, count: int) -> date:
    """The day so many days from Monday to Friday on; holidays differ by country and are not left out."""
    if not count:
        return when
    forward = 1 if count > 0 else -1
    while when.weekday() > 4:  # a weekend counts from the Friday before it
        when = shift(when, days=-forward)
    weeks, rest = divmod(abs(count), 5)
    when = shift(when, days=forward * 7 * weeks)
    while rest:
        when = shift(when, days=forward)
        rest -= when.weekday() <= 4
    return when


def delta(count: float, unit: str) -> Delta:
    """So many units; a broken month is days."""
    if unit in MONTHS_IN:
        months = count * MONTHS_IN[unit]
        whole = math.floor(months)
        return Delta(whole, math.ceil((months - whole) * 30))
    days = round(count * _DAYS[unit], 6)
    return Delta(days=math.floor(days + 0.5) if unit in ("hour", "minute") else math.ceil(days))


def _sum(a: Delta, b: Delta) -> Delta:
    return Delta(a.months + b.months, a.days + b.days, a.weekdays + b.weekdays)


def _number(c: Cursor) -> float | None:
    token = c.peek()
    if token.kind == "number" and isinstance(token.value, (int, float)):
        c.advance()
        if c.words("and a half"):
            return token.value + 0.5
        fraction = c.peek()
        if fraction.text == ".5":  # 2½
            c.advance()
            return token.value + 0.5
        return token.value
    return None


def _count(c: Cursor) -> tuple[float, float] | None:
    number = _number(c)
    if number is None:
        return c.phrase(COUNTS)
    start = c.i
    if c.word("to", "or", "and", "maybe", "perhaps"):
        c.word("perhaps", "even", "maybe", "possibly")
        upper = _number(c)
        if upper is not None and upper > number:
            return number, upper
        c.i = start
    return number, number


def _unit(c: Cursor) -> str | None:
    if c.word("business", "working"):
        return "business" if c.word("days", "day") else None
    while c.word("coming", "upcoming", *_QUALIFIERS):
        pass
    unit = c.peek()
    if unit.kind != "unit" or unit.value not in (*MONTHS_IN, *_DAYS):
        return None
    c.advance()
    return str(unit.value)


def _scaled(count: float, unit: str) -> Delta:
    return Delta(weekdays=math.ceil(count)) if unit == "business" else delta(count, unit)


@rule
def _counted(c: Cursor) -> Amount | None:
    if c.peek(1).kind == "number":
        c.word("a", "an")  # "a 30-day period"
    bounds = _count(c)
    if bounds is None and c.i and c.tokens[c.i - 1].text == "another":
        bounds = (1, 1)
    unit = _unit(c) if bounds else None
    if bounds is None or unit is None:
        return None
    low, high = bounds
    if c.words("and a half"):
        low, high = low + 0.5, high + 0.5
    elif low == high == 1:
        if c.words("or two") or c.words("or maybe two") or c.words("or even two"):
            high = 2
        elif c.words("or three"):
            high = 3
    c.word(*_WINDOWS)
    return Amount(_scaled(low, unit), _scaled(high, unit), unit, high, vague=low != high)


def _plural(c: Cursor) -> str | None:
    token = c.peek()
    if token.kind == "unit" and token.value in _BARE and token.text.endswith("s"):
        c.advance()
        return str(token.value)
    return None


@rule
def bare(c: Cursor) -> Amount | None:
    """Units without a number, and lists of them: "days", "weeks and months", "months, not years"."""
    while c.word(*_QUALIFIERS):
        pass
    first = last = _plural(c)
    if first is None or last is None:
        return None
    while True:
        start = c.i
        excluded = c.word("not") or c.words("rather than") or c.words("but not") or c.words("and not")
        c.words("if not") or c.word("and", "or", "to")
        c.word("even", "possibly", "perhaps")
        further = _plural(c)
        if further is None:
            c.i = start
            break
        if not excluded and _ORDER.index(further) > _ORDER.index(last):
            last = further
    return Amount(delta(1, first), delta(_BARE[last], last), last, _BARE[last], vague=True, bare=True)


@rule
def counted(c: Cursor) -> Amount | None:
    """An amount with a number, in one or several units: "2 years, 1 month and 12 days"."""
    fuzzy = False
    while (modifier := c.phrase(FUZZY)) is not None:
        fuzzy = fuzzy or modifier
    total = _counted(c)
    if total is None:
        return None
    while True:
        start = c.i
        joiner = c.word("and", "or", "to")
        more = _counted(c) if joiner or c.peek().kind == "number" else None
        if more is None and joiner:  # "the next few weeks or months"
            unit = _plural(c)
            more = total._replace(high=_scaled(total.number, unit), unit=unit) if unit else None
            joiner = "to"
        if more is None:
            c.i = start
            break
        if joiner in ("or", "to"):  # "six months to a year"
            return total._replace(high=more.high, unit=more.unit, number=more.number, vague=True)
        low, high = _sum(total.low, more.low), _sum(total.high, more.high)
        total = Amount(low, high, more.unit, more.number, total.vague or more.vague)
    if fuzzy or c.words("or so") or c.words("or thereabouts"):
        total = total._replace(vague=True)
    return total


@rule
def between(c: Cursor) -> Amount | None:
    """Reads "between six months and a year", "from two to five years"."""
    joint = {"between": "and", "from": "to"}.get(c.word("between", "from") or "")
    if joint is None:
        return None
    number = _number(c)
    if number is not None and c.word(joint):  # "between two and three years"
        upper = _counted(c)
        return upper._replace(low=_scaled(number, upper.unit), vague=True) if upper else None
    c.i -= number is not None
    low = _counted(c)
    high = _counted(c) if low and c.word(joint) else None
    return high._replace(low=low.low, vague=True) if low and high else None


def amount(c: Cursor) -> Amount | None:
    """Any amount."""
    c.words("a matter of") or c.words("a period of") or c.words("the space of")
    return counted(c) or bare(c) or between(c)


@rule
def single(c: Cursor) -> Amount | None:
    """A unit alone, as in "the next year or two"."""
    token = c.peek()
    if token.kind != "unit" or token.text.endswith("s") or token.value not in (*MONTHS_IN, *_DAYS):
        return None
    unit = str(token.value)
    c.advance()
    high = 2 if c.words("or two") else 3 if c.words("or three") else 1
    if c.words("and a half"):
        return Amount(delta(1.5, unit), delta(1.5, unit), unit, 1.5)
    start = c.i
    longer = _counted(c) if c.word("to", "or") else None
    if longer is not None:  # "the next week to ten days"
        return longer._replace(low=delta(1, unit), vague=True)
    c.i = start
    vague = high > 1 or c.words("or so")
    return Amount(delta(1, unit), delta(high, unit), unit, high, vague=vague)
