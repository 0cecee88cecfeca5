# ruff: noqa: PLR0911  # a rule leaves as soon as a token does not fit
"""Reads what counts from the day it was said.

Next week, this summer, the coming months, this time next year.
"""

from datetime import timedelta
from functools import partial

from forecastlog.deadlines import amounts
from forecastlog.deadlines.cursor import Cursor, rule
from forecastlog.deadlines.names import Name, mapped, season
from forecastlog.deadlines.ordinals import last, mark_or_departure, office_term
from forecastlog.deadlines.periods import (
    DAY,
    MID,
    MONTHS_IN,
    Period,
    current,
    day,
    fiscal,
    midyear,
    shift,
    step,
    third,
)
from forecastlog.deadlines.simple import (
    DAYTIME,
    RELATIVE,
    UPCOMING,
    Thing,
    anchored,
    attached,
    container,
    end_of,
    inner_name,
    is_year,
    simple,
    units_of,
)

_DAY_WORDS = {"today": 0, "tonight": 0, "now": 0, "tomorrow": 1, "overnight": 1, "yesterday": -1}

_END_OF = {
    "yearend": "year",
    "monthend": "month",
    "eow": "week",
    "eom": "month",
    "eoq": "quarter",
    "eoy": "year",
}

_CLOSE_OF_BUSINESS = (
    "close of business",
    "end of business",
    "close of trading",
    "close of play",
    "cob",
    "eod",
)

_MID = {
    "midyear": "year",
    "midweek": "week",
    "midmonth": "month",
    "midcentury": "century",
    "middecade": "decade",
}


def _middle(c: Cursor, whole: Period) -> Period:
    return midyear(whole) if whole.unit == "year" and c.convention.named_ends else third(whole, MID)


@rule
def relative(c: Cursor) -> Period | None:
    """This, the current, next, the coming: a calendar unit, a month, a weekday, a season, an event."""
    c.word("the")
    which = c.word(*RELATIVE)
    if which is None:
        return None
    if which == "this":
        which = c.word("coming", "upcoming", "next") or which
    moved = which in UPCOMING
    c.word("calendar")
    if c.word("fiscal", "financial", "tax", "budget"):
        return _fiscal_unit(c, moved)
    unit = c.peek()
    if unit.kind == "unit" and not unit.text.endswith("s") and unit.value in (*MONTHS_IN, "week", "weekend"):
        c.advance()
        whole = current(str(unit.value), c.reference)
        if unit.value == "weekend" and which not in ("next", "following"):
            moved = moved and whole.first <= c.reference  # the coming weekend, said in the week before it
        whole = c.previous = step(whole, int(moved))
        inner = inner_name(c)
        return inner.within(whole) if inner else whole
    if unit.text == "half":
        c.advance()
        return step(current("half", c.reference), int(moved))
    if (
        which == "next"
        and c.done
        and c.previous is not None
        and c.previous.unit in (*MONTHS_IN, "week", "weekend", "day")
    ):
        return step(c.previous, 4 if c.previous.unit == "season" else 1)
    if which == "this" and c.word(*DAYTIME):
        return day(c.reference)
    return _named(c, which)


def _fiscal_unit(c: Cursor, moved: bool) -> Period | None:
    unit = c.take("unit")
    if unit is None or unit.value not in ("year", "quarter"):
        return None
    if unit.value == "quarter":
        return step(current("quarter", c.reference), int(moved))
    return _fiscal_now(c, int(moved))


def _fiscal_now(c: Cursor, moved: int) -> Period:
    number = c.reference.year + (c.reference.month >= c.fiscal_start > 1)
    return fiscal(number + moved, c.fiscal_start)


def _named(c: Cursor, which: str) -> Period | None:
    """Next Monday is next week's; any other next name is the first that has not begun."""
    name = inner_name(c) if c.peek().kind == "weekday" else None
    if name is not None:
        if which == "next":
            return name.within(step(current("week", c.reference), 1))
        return name.next(c.reference) if which in ("this", "current") else name.after(c.reference)
    if c.peek().kind in ("month", "season", "number", "ord", "quarter"):
        thing = simple(c)
    elif which == "following":  # "following Easter" is after it
        return None
    else:
        thing = c.phrase(c.events)
    if not isinstance(thing, Name):
        return None
    if which in ("this", "current", "present"):
        return thing.next(c.reference)
    found = thing.after(c.reference)
    inner = inner_name(c) if found else None
    return inner.within(found) if inner and found else found


@rule
def stretch(c: Cursor) -> Period | None:
    """A rolling window: the next three months, the coming weeks, the year ahead."""
    the = c.word("the")
    which = c.word(*UPCOMING)
    start = c.i
    span = amounts.amount(c)
    if span is None and (the or which):
        span = amounts.single(c)
        rolling = span and the and which in ("next", "coming", "upcoming") and span.unit != "quarter"
        if span and which and not rolling and span.number == 1 and not span.vague:
            return None
    if span is None:
        return None
    counted = {c.tokens[k].text for k in range(start, c.i)}
    ahead = c.words("to come") or c.word("ahead") is not None
    if not (which or ahead or counted & {"coming", "upcoming"}):
        return None
    if span.unit == "quarter" and isinstance(span.number, int):
        now = current("quarter", c.reference)
        return Period(step(now, 1).first, step(now, span.number).last, "span", span.vague)
    return Period(c.reference + DAY, amounts.after(c.reference, span.high), "span", span.vague)


def word(c: Cursor) -> Thing | None:
    """A term that begins with none of the calendar's own words."""
    text = c.peek().text
    if text in _DAY_WORDS:
        c.advance()
        return day(c.reference + timedelta(days=_DAY_WORDS[text]))
    if c.words("this time") or c.words("same time"):
        return _this_time(c)
    if text in ("the", *RELATIVE):
        return stretch(c) or relative(c) or office_term(c)
    if text in ("last", "final", "closing"):
        c.advance()
        return last(c)
    if text == "eve":
        c.advance()
        return _eve(c)
    if text in _END_OF or text in _MID:
        c.advance()
        if text in _MID:
            return attached(c, mapped(units_of(_MID[text]), partial(_middle, c)))
        return mapped(units_of(_END_OF[text]), end_of)
    if text in ("midsummer", "midwinter"):
        c.advance()
        return attached(c, mapped(season(text[3:], c.hemisphere), lambda p: third(p, 1)))
    return _phrase(c)


def _eve(c: Cursor) -> Period | None:
    """The eve of the election: the day before it."""
    if not c.word("of"):
        return None
    c.word("the")
    base = anchored(simple(c), c)
    return day((base.due or base.first) - DAY) if base else None


def _this_time(c: Cursor) -> Period | None:
    """This time next year: the same day, a unit on."""
    if c.word("tomorrow"):
        return day(c.reference + DAY)
    whole = container(c)
    if whole is None or whole.unit not in ("week", "month", "year"):
        return None
    now = current(whole.unit, c.reference).first
    if whole.unit == "week":
        return day(c.reference + (whole.first - now))
    return day(shift(c.reference, 12 * (whole.first.year - now.year) + whole.first.month - now.month))


def _phrase(c: Cursor) -> Thing | None:
    if c.word("fiscal", "financial"):
        if c.word("year") and c.peek().kind not in ("number", "years"):
            now = _fiscal_now(c, 0)
            return end_of(now) if c.word("end") else now
        token = c.take("number") or c.take("years")
        value = token.value if token else None
        number = value[1] if isinstance(value, tuple) else value
        return fiscal(number, c.fiscal_start) if is_year(number) and isinstance(number, int) else None
    if any(map(c.words, _CLOSE_OF_BUSINESS)):
        c.word("on")
        return day(c.reference) if c.done else simple(c)
    if c.words("turn of the") or c.words("turn of"):
        unit = c.take("unit")
        if unit is None or unit.value not in ("year", "decade", "century", "month"):
            return None
        return mapped(units_of(str(unit.value)), lambda p: day(p.last + DAY))
    office = office_term(c)
    if office is not None:
        return office
    return mark_or_departure(c) or _owned(c)


@rule
def _owned(c: Cursor) -> Period | None:
    """The Fed's next meeting, its next meeting: a desk's own period with its owner before "next"."""
    owner, which = c.peek().text, c.peek(1).text
    if which not in RELATIVE:
        return None
    c.advance(2)
    named = None if owner in ("its", "their", "our", "his", "her") else c.events.get(owner, [])
    if named is None:
        thing = c.phrase(c.events)
    else:
        rest = [(parts[1:], name) for parts, name in named if len(parts) > 1]
        thing = next((name for parts, name in rest if c.words(" ".join(parts))), None)
    if thing is None:
        return None
    return thing.after(c.reference) if which in UPCOMING else thing.next(c.reference)
