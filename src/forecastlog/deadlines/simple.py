"""What every single term is made of.

A reader for its first word, a container behind it, the hour beside it.
"""

from collections.abc import Callable
from datetime import timedelta

from forecastlog.deadlines.cursor import Cursor, rule
from forecastlog.deadlines.events import EVENTS
from forecastlog.deadlines.names import Name, mapped, month_day, month_name, season, slice_of, weekday
from forecastlog.deadlines.periods import (
    LATE,
    MONTHS_IN,
    Period,
    current,
    day,
    edge,
    fiscal,
    months_from,
    shift,
    step,
    year,
)
from forecastlog.deadlines.phrases import ZONES

Thing = Period | Name

# Kind of the first token -> the rule that reads on from it; filled in by terms.py, where all of them meet.
READERS: dict[str, Callable[[Cursor], Thing | None]] = {}

UPCOMING = ("next", "coming", "upcoming", "following", "ensuing", "succeeding", "subsequent")
RELATIVE = ("this", "current", "present", *UPCOMING)
DAYTIME = ("morning", "afternoon", "evening", "night", "noon", "midnight", "lunchtime")


def units_of(unit: str) -> Name:
    """The current week, month or year as a name, so that "mid-year" in November is the next one."""
    return Name(lambda when: [step(current(unit, when), count) for count in (-1, 0, 1, 2)])


def anchored(thing: Thing | None, c: Cursor) -> Period | None:
    """The days that a term means when nothing else decides: the next ones not yet over."""
    return thing.next(c.reference) if isinstance(thing, Name) else thing


def simple(c: Cursor) -> Thing | None:
    """One date or period, with the hour that may stand before or behind it."""
    start = c.i
    if clock(c):
        c.word("on")
        if c.done:
            return day(c.reference)
    named = c.phrase(c.events)
    handler = READERS.get(c.peek().kind)
    found = attached(c, named) if named else handler(c) if handler else None
    if found is None:
        c.i = start
        return None
    if c.word("end", "close"):
        return mapped(found, end_of) if isinstance(found, Name) else end_of(found)
    dated = c.tokens[c.i - 1].kind in ("number", "ord")
    event = c.phrase(c.events) if dated or isinstance(found, Period) else None
    if event is not None and isinstance(found, Period):  # the November 2026 midterms
        return event.within(found)
    if event is not None:  # the January 20 inauguration
        whole = event.next(c.reference)
        return found.within(whole) if whole and isinstance(found, Name) else None
    c.word(*DAYTIME)
    mark = c.i
    c.word("at", "by")
    if not clock(c):
        c.i = mark
    zone = _zone(c) if c.clock and c.convention.clocks else None
    if zone:  # 5 pm on 30 June (UTC+2)
        c.clock = f"{c.clock} {zone}"
    return found


_MIDNIGHTS = ("00:00", "0:00", "12am", "12:00am")


def clock(c: Cursor) -> bool:
    """A time of day with its zone, kept to be shown."""
    token = c.take("clock")
    named = token.text.strip() if token else c.word("noon", "midnight")
    if named is None:
        return False
    c.words("sharp")
    zone = _zone(c) if c.convention.clocks else None
    plain = named.replace(" ", "").replace(".", "")
    told(c, f"{named} {zone}" if zone else named, at_start=plain in _MIDNIGHTS)
    return True


def _zone(c: Cursor) -> str | None:
    """CET, Eastern time, UTC+2."""
    offset = c.take("zone")
    return offset.text.replace(" ", "").upper() if offset else c.phrase(ZONES)


def told(c: Cursor, time: str, *, at_start: bool) -> None:
    """Keep a time of day; `at_start` is midnight at the start of its day."""
    if c.convention.clocks:
        c.clock, c.at_start = time, at_start


def end_of(whole: Period) -> Period:
    """The end of a period: with by and before, its last day."""
    return edge(whole, LATE)


def attached(c: Cursor, name: Name) -> Thing | None:
    """The name inside the year, month or week that follows it, if one does."""
    whole = container(c)
    return name if whole is None else name.within(whole)


@rule
def container(c: Cursor) -> Period | None:
    """What a name is inside of: 2026, next year, of the month, in June."""
    linked = c.word("of", "in", "during", "for", "on")
    if linked:
        if c.peek(2).kind == "number":
            c.words("the year")
        unit = c.peek(1)
        if c.peek().text in ("the", "that") and unit.kind == "unit" and unit.value in (*MONTHS_IN, "week"):
            c.advance(2)
            return current(str(unit.value), c.reference)
        c.word("the")
        return anchored(simple(c), c)
    token = c.peek()
    if token.kind == "number" and is_year(token.value):
        c.advance()
        fiscal_year = c.words("fiscal year") or c.words("financial year")
        return fiscal(integer(token.value), c.fiscal_start) if fiscal_year else year(integer(token.value))
    if token.kind in ("years", "fy"):
        return anchored(simple(c), c)
    return anchored(simple(c), c) if token.text in RELATIVE else None


def sliced(c: Cursor, unit: str, number: int) -> Thing | None:
    """The n-th quarter or half of a year, fiscal or not, or of the next one to come."""
    whole = container(c)
    return slice_of(unit, number) if whole is None else nth(whole, unit, number)


def nth(whole: Period, unit: str, number: int) -> Period | None:
    """The n-th unit of a longer period, counted from its first day."""
    if unit in MONTHS_IN:
        if MONTHS_IN[unit] * number > MONTHS_IN.get(whole.unit, 0) or number < 1:
            return None
        return months_from(shift(whole.first, MONTHS_IN[unit] * (number - 1)), MONTHS_IN[unit], unit)
    length = {"week": 7, "day": 1}.get(unit)
    if length is None or number < 1:
        return None
    first = whole.first + timedelta(days=length * (number - 1))
    last = first + timedelta(days=length - 1)
    return Period(first, last, unit) if last <= whole.last else None


def is_year(value: object) -> bool:
    """Whether a number can be a year."""
    return isinstance(value, int) and 1000 <= value <= 2999


def event_named(words: str) -> Name:
    """An event of the table, by one of its names."""
    parts = tuple(words.split())
    return next(name for row, name in EVENTS[parts[0]] if row == parts)


@rule
def inner_name(c: Cursor) -> Name | None:
    """A bare name right behind its container: next week Wednesday, this year's G7 summit."""
    token = c.peek()
    event = c.phrase(c.events)
    if event:
        return event
    if token.kind == "ord" and c.peek(1).text in ("quarter", "half"):
        c.advance(2)
        return slice_of(c.tokens[c.i - 1].text, integer(token.value))
    if token.kind in ("month", "weekday", "season", "quarter", "half"):
        c.advance()
        when = c.peek()
        if (
            token.kind == "month"
            and when.kind == "number"
            and isinstance(when.value, int)
            and when.value <= 31
        ):
            c.advance()
            return month_day(integer(token.value), when.value)
        return NAMED[token.kind](c, token.value)
    return None


def integer(value: object) -> int:
    """A token's value as a number; 0, which names nothing, for any other."""
    return value if isinstance(value, int) else 0


NAMED: dict[str, Callable[[Cursor, object], Name]] = {
    "month": lambda _, value: month_name(integer(value)),
    "weekday": lambda _, value: weekday(integer(value)),
    "season": lambda c, value: season(str(value), c.hemisphere),
    "quarter": lambda _, value: slice_of("quarter", integer(value)),
    "half": lambda _, value: slice_of("half", integer(value)),
}
