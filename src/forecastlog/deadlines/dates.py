# ruff: noqa: PLR0911  # a rule leaves as soon as a token does not fit
"""Reads dates by their names: 4 March 2026, Friday 13 June, winter 2025-26, Q3, FY26, the week of 3 June."""

from collections.abc import Callable
from datetime import date

from forecastlog.deadlines.cursor import Cursor
from forecastlog.deadlines.names import (
    day_number,
    mapped,
    month_day,
    month_name,
    season,
    weekday,
    weekend,
)
from forecastlog.deadlines.ordinals import mark
from forecastlog.deadlines.periods import (
    DAY,
    MONTHS_IN,
    Period,
    current,
    day,
    decade,
    fiscal,
    month,
    step,
    year,
)
from forecastlog.deadlines.phrases import JOINTS
from forecastlog.deadlines.simple import (
    DAYTIME,
    Thing,
    anchored,
    attached,
    container,
    end_of,
    event_named,
    inner_name,
    integer,
    is_year,
    nth,
    simple,
    sliced,
    told,
    units_of,
)

_FAR = 30  # years: a decade of two figures is the last such one, unless it begins sooner


def _date(c: Cursor) -> Thing | None:
    token = c.take("date")
    if token is None or not isinstance(token.value, tuple):
        return None
    if len(token.value) == 2:
        return month(*token.value)
    number, m, d = token.value
    _, at, time = token.text.partition("t")
    if at:
        told(c, time.upper(), at_start=time.startswith(("00:00", "0000")))
    return month_day(m, d) if number is None else day(date(number, m, d))


def _iso_week(c: Cursor) -> Thing | None:
    token = c.take("isoweek")
    return _week_of(*token.value) if token is not None and isinstance(token.value, tuple) else None


def _week_of(number: int, week: int) -> Period:
    """A week by its ISO 8601 number."""
    return current("week", date.fromisocalendar(number, week, 1))


def _years(c: Cursor) -> Thing | None:
    token = c.take("years")
    if token is None or not isinstance(token.value, tuple):
        return None
    first, last = token.value
    own = c.phrase(c.events)
    if own:  # the 2026-27 season
        return own.within(year(first))
    if c.peek().kind == "season":  # the 2026/27 winter
        inner = inner_name(c)
        return inner.within(year(first)) if inner else None
    return Period(date(first, 1, 1), date(last, 12, 31), "years")


def _number(c: Cursor) -> Thing | None:
    token = c.take("number")
    if token is None or not isinstance(token.value, int):
        return None
    value = token.value
    if c.peek().kind == "unit" and c.peek(1).text in ("mark", "milestone"):
        return mark(c, value)
    if 1 <= value <= 31:
        c.word("of")
        named = c.take("month")
        return attached(c, month_day(integer(named.value), value)) if named else None
    if not is_year(value) or not token.text.isascii():
        return None
    return _in_year(c, value)


def _in_year(c: Cursor, number: int) -> Thing | None:
    """A year and what may follow it: 2026 Q1, the 2026 fiscal year, the 2026 midterms."""
    if c.word("fiscal", "financial", "tax", "budget"):
        return fiscal(number, c.fiscal_start) if c.word("year") else None
    c.words("calendar year")
    if number % 4 == 0 and c.word("election", "elections"):
        return event_named("us presidential election").within(year(number))
    inner = inner_name(c)
    return inner.within(year(number)) if inner else year(number)


def _month(c: Cursor) -> Thing | None:
    token = c.take("month")
    if token is None:
        return None
    number = integer(token.value)
    start = c.i
    c.word("the")
    when = c.peek()
    if when.kind in ("number", "ord") and isinstance(when.value, int) and 1 <= when.value <= 31:
        c.advance()
        if c.peek().kind != "unit":
            mark = c.i
            named = c.take("weekday")  # Jul 18, Fri
            if named is None:
                c.i = mark
            return attached(c, month_day(number, when.value, integer(named.value) if named else None))
    c.i = start
    event = c.phrase(c.events)
    if event is None and number == 11 and c.word("election", "elections", "vote"):
        event = event_named("election day")
    if event is not None:
        found = event.next(c.reference)
        if found and found.first.month == number:
            return found
        month_meant = month_name(number).next(c.reference)
        return event.within(month_meant) if month_meant else None
    if c.words("after next"):
        following = month_name(number).after(c.reference)
        return month_name(number).after(following.first) if following else None
    return attached(c, month_name(number))


def _weekday(c: Cursor) -> Thing | None:
    token = c.take("weekday")
    if token is None:
        return None
    number = integer(token.value)
    c.word(*DAYTIME)
    start = c.i
    dated = _weekday_date(c, number)
    if dated is not None or c.i != start:  # a date whose weekday is wrong is no date
        return dated
    if c.words("after next"):
        return weekday(number).within(step(current("week", c.reference), 2))
    if c.peek().kind == "unit" and c.peek().text == "week":  # British: Friday week
        c.advance()
        coming = weekday(number).next(c.reference)
        return step(coming, 7) if coming else None
    start = c.i
    joint = c.phrase(JOINTS)
    if joint in ("before", "after"):
        c.word("the")
        base = anchored(simple(c), c)
        if base is None:
            return None
        beside = weekday(number)
        return beside.before(base.first - DAY) if joint == "before" else beside.after(base.last)
    c.i = start
    return attached(c, weekday(number))


def _weekday_date(c: Cursor, number: int) -> Thing | None:
    """Friday 13 June, Monday, Feb 18, Tuesday the eleventh: only where the weekday is right."""
    start = c.i
    c.word("the")
    named = c.take("month")
    if named:
        c.word("the")
    when = c.take("ord") or c.take("number")
    if when and isinstance(when.value, int) and 1 <= when.value <= 31 and c.peek().kind != "unit":
        if named is None:
            c.word("of")
            named = c.take("month")
        if named:
            return attached(c, month_day(integer(named.value), when.value, number))
        if when.kind == "ord":
            return attached(c, day_number(when.value, number))
    c.i = start
    return None


def _season(c: Cursor) -> Thing | None:
    token = c.take("season")
    if token is None:
        return None
    c.words("months")
    name, whole = season(str(token.value), c.hemisphere), container(c)
    if whole is not None and whole.unit == "years":  # winter 2025-26
        whole = year(whole.first.year)
    return name if whole is None else name.within(whole)


def _slice(c: Cursor) -> Thing | None:
    token = c.peek()
    c.advance()
    return sliced(c, token.kind, integer(token.value))


def _fiscal(c: Cursor) -> Thing | None:
    token = c.take("fy")
    named = token if token is not None and token.value is not None else c.take("number") or c.take("years")
    if token is None or named is None:
        return None
    number = named.value[1] if isinstance(named.value, tuple) else named.value
    whole = fiscal(integer(number), c.fiscal_start)
    part = c.take("quarter") or c.take("half")
    return nth(whole, part.kind, integer(part.value)) if part else whole


def _decade(c: Cursor) -> Thing | None:
    token = c.take("decade")
    if token is None:
        return None
    first_year = integer(token.value) // 10 * 10
    short = len(token.text.strip("'s")) == 2
    if short and c.convention.past_decades and first_year - c.reference.year > _FAR:
        return None  # the '80s: those that are over
    return decade(first_year)


def _unit(c: Cursor) -> Thing | None:
    """A bare unit: year-end, the weekend, the year 2026, the month of June, the week of 3 June."""
    token = c.take("unit")
    if token is None or token.text.endswith("s"):
        return None
    unit = str(token.value)
    if c.peek().text in ("end", "close") and unit in (*MONTHS_IN, "week", "day"):
        c.advance()
        name = mapped(units_of(unit), end_of)
        whole = container(c)
        return name if whole is None else end_of(whole)
    numbered = c.take("number") if unit in ("week", "quarter") else None
    if numbered is not None and unit == "quarter":
        return sliced(c, unit, integer(numbered.value))
    if numbered is not None:
        whole = container(c) or current("year", c.reference)
        return _week_of(whole.first.year, integer(numbered.value)) if whole.unit == "year" else None
    if unit == "weekend" and c.peek().text != "of":
        return attached(c, weekend())
    if unit == "year" and is_year(c.peek().value):
        return _number(c)
    linked = c.word("of", "beginning", "starting", "commencing", "ending", "including")
    inner = anchored(simple(c), c) if linked else None
    if inner is None:
        return None
    if unit == "month":
        return inner if inner.unit == "month" else None
    return current(unit, inner.first) if unit in ("week", "weekend") else None


READ_BY_KIND: dict[str, Callable[[Cursor], Thing | None]] = {
    "date": _date,
    "isoweek": _iso_week,
    "years": _years,
    "number": _number,
    "month": _month,
    "weekday": _weekday,
    "season": _season,
    "quarter": _slice,
    "half": _slice,
    "fy": _fiscal,
    "decade": _decade,
    "unit": _unit,
}
