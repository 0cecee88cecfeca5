# ruff: noqa: PLR0911  # a rule leaves as soon as a token does not fit
"""Reads the names of times.

Dates, months, seasons, years and their parts, and what stands before or after them.

    period    = term [("to" | "until" | "through" | "or") term] | "between" term "and" term
              | term "," term {"," term} [","] ("or" | "and") term
    term      = part term | amount ("after" | "before" | "from") term | simple [["of" | "in"] container]
    part      = "early" | "mid" | "late" | "the" ("start" | "middle" | "end" | "first half" | "rest" ...) "of"
    simple    = date | month [day] [year] | day month [year] | weekday | season | quarter | half | year |
    decade
              | ("this" | "next" | "the coming") (unit | name) | "the" unit ("after" | "before") term
              | ordinal (unit | weekday) "of" container | holiday | event | "today" | "tomorrow" ...
    container = year | ("this" | "next") unit | "the" unit | month

A term that lacks its year, month or week is a `Name`; what stands around it decides which one is meant.
"""

from collections.abc import Callable
from functools import partial

from forecastlog.deadlines import amounts
from forecastlog.deadlines.cursor import Cursor, rule
from forecastlog.deadlines.dates import READ_BY_KIND
from forecastlog.deadlines.names import Name, day_number, mapped
from forecastlog.deadlines.ordinals import ordinal
from forecastlog.deadlines.periods import (
    DAY,
    EARLY,
    LATE,
    MID,
    Period,
    current,
    day,
    edge,
    half_of,
    hull,
    midyear,
    step,
    third,
)
from forecastlog.deadlines.phrases import FROM_NOW, JOINTS, PARTS
from forecastlog.deadlines.relatives import relative, stretch, word
from forecastlog.deadlines.simple import (
    DAYTIME,
    READERS,
    Thing,
    anchored,
    attached,
    container,
    simple,
    units_of,
)

__all__ = ["anchored", "from_now", "period", "since", "stretch", "term_inside"]
READERS.update(READ_BY_KIND, ord=ordinal, word=word)


_SHARING = ("month", "quarter", "season", "half", "number")
_THIRDS = {"early": EARLY, "mid": MID, "late": LATE}


def period(c: Cursor) -> Period | None:
    """A term, two of them with a range or choice between, or a list of them."""
    return _between(c) or _list(c) or _range(c)


@rule
def _between(c: Cursor) -> Period | None:
    amount = _offset(c) if c.peek().text in ("between", "from") else None
    if amount is not None:
        return amount
    whole = relative(c) if c.peek().text in ("next", "this") else None
    if not c.word("between", "from"):
        return None
    first = _loose_term(c)
    if first is None or not c.word("and", "to", "until", "till", "through", "thru"):
        return None
    return _second(c, first, whole)


@rule
def _range(c: Cursor) -> Period | None:
    c.word("either")
    start = c.i
    either = c.peek(1).text == "or" and c.peek(3).kind == "month"  # 1 or 2 November
    loose = either or (c.peek(1).text in ("to", "until", "till") and c.peek(3).kind != "unit")
    first = _loose_term(c) if loose else None
    if first is not None and c.word("to", "until", "till", "or"):
        found = _second(c, first, None, choice=either)
        if found:
            return found
    c.i, c.edge = start, None
    first = term(c)
    if first is None:
        return None
    start = c.i
    if c.word("to", "until", "till", "through", "thru"):
        found = _second(c, first, None)
        if found:
            return found
        c.i = start
    if c.word("or", "and"):
        choice = c.tokens[c.i - 1].text == "or"
        c.word("even", "possibly", "perhaps", "maybe", "else", "in", "into", "by", "during")
        found = _second(c, first, None, choice=choice)
        if found and (choice or c.peek().kind == "end"):
            return found
        c.i = start
    return anchored(first, c)


@rule
def _list(c: Cursor) -> Period | None:
    """Three or more: June, July or August; 4, 5 or 6 May. Each but the last is what comes before the next."""
    things = _listed(c)
    if len(things) < 2:
        return None
    choice = c.tokens[c.i - 1].text == "or"
    last = _sharing_edge(c)
    if last is None or not (choice or c.done):
        return None
    pair = _paired(c, things.pop(), last)
    whole = _chosen(c, *pair) if pair else None
    for thing in reversed(things):
        pair = _paired(c, thing, pair[0]) if pair else None
        whole = _chosen(c, pair[0], whole) if pair and whole else None
    return whole if choice or whole is None else Period(whole.first, whole.last, "range", whole.vague)


def _listed(c: Cursor) -> list[Thing]:
    """What stands before the last "or" or "and" of a list; nothing where there is no list."""
    things: list[Thing] = []
    c.edge = None
    c.word("either")
    while not c.word("or", "and"):
        thing = _sharing_edge(c) or _day_of_month(c) if c.after_comma or not things else None
        if thing is None:
            return []
        things.append(thing)
    return things


def _sharing_edge(c: Cursor) -> Thing | None:
    """A term with the "end of" that the one before it has: the end of March or April."""
    kind, edge_before = c.peek().kind, c.edge
    found = term(c)
    if found is None or not edge_before or kind not in _SHARING or not c.convention.halves_apart:
        return found
    c.edge = edge_before
    return _changed(found, partial(take_part, c, edge_before))


def _chosen(c: Cursor, a: Period, b: Period) -> Period:
    """One of two, where each half keeps what it means alone."""
    return hull(a, b)._replace(halves=(a, b)) if c.convention.halves_apart else hull(a, b)


def _loose_term(c: Cursor) -> Thing | None:
    """A term, or a bare number that is a day of the month once its other end is known: from 4 to 22 June."""
    start = c.i
    found = term(c)
    joined = c.peek().text in ("to", "and", "until", "till", "through", "thru")
    if found is not None and joined:
        return found
    c.i = start
    return _day_of_month(c)


@rule
def _day_of_month(c: Cursor) -> Name | None:
    """A bare number that is a day of some month."""
    number = c.take("number") or c.take("ord")
    if number and isinstance(number.value, int) and 1 <= number.value <= 31:
        return day_number(number.value)
    return None


def _second(c: Cursor, first: Thing, whole: Period | None, *, choice: bool = False) -> Period | None:
    """The other end of a range, and both ends anchored by each other."""
    if c.previous is None:
        c.previous = anchored(first, c)
    number = c.peek()
    last = _sharing_edge(c) if choice else term(c)
    if last is None and number.kind in ("number", "ord") and isinstance(first, Name):
        last = _day_after(c, first)
    if last is None:
        return None
    if whole is not None:
        last = last.within(whole) if isinstance(last, Name) else last
        first = (first.within(whole) or first) if isinstance(first, Name) else first
    pair = _paired(c, first, last) if last is not None else None
    if pair is None:
        return None
    a, b = pair
    if choice:
        return _chosen(c, a, b)
    begins, ends = a.due or a.first, b.due or b.last
    return Period(begins, ends, "range", a.vague or b.vague) if begins <= ends else None


def _day_after(c: Cursor, first: Name) -> Thing | None:
    """Reads "June 3 to 5": a day in the month of the first, with or without a year behind it."""
    number = c.take("number") or c.take("ord")
    counts = c.peek().kind == "unit"  # "between one and three years"
    if number is None or counts or not isinstance(number.value, int) or not 1 <= number.value <= 31:
        return None
    whole = container(c)
    start = first.within(whole) if whole else first.next(c.reference)
    return day_number(number.value).after(start.first) if start else None


def _paired(c: Cursor, first: Thing, last: Thing) -> tuple[Period, Period] | None:
    if isinstance(last, Name):
        b = last.next(first.last if isinstance(first, Period) else c.reference)
    else:
        b = last
    if b is None:
        return None
    if isinstance(first, Period):
        return first, b
    upcoming = first.next(c.reference)
    begun = first.before(b.last)
    weekly = upcoming is not None and begun is not None and (upcoming.first - begun.first).days == 7
    if weekly and isinstance(last, Name) and upcoming is not None:  # "Monday through Friday" on a Wednesday
        b = last.after(upcoming.last)
        return (upcoming, b) if b else None
    wide = b.unit in ("year", "decade", "half") and upcoming is not None and upcoming.first <= b.first
    a = upcoming if wide else begun
    return (a, b) if a else None


@rule
def term(c: Cursor) -> Thing | None:
    """One time: a part, an offset, or a simple term with its container."""
    found = window(c) if c.peek().text == "the" else None
    if found is not None:
        return found
    while c.word(
        "the", "sometime", "exactly", "about", "around", "roughly", "approximately", "circa", "near"
    ) or (c.words("close to")):
        c.vague = c.vague or c.tokens[c.i - 1].text not in ("the", "sometime", "exactly")
    if c.peek().text in ("period", "years") and c.peek(1).kind in ("number", "years"):
        c.advance()
    if c.peek().text in DAYTIME and c.peek(1).text == "of":  # the morning of 3 March
        c.advance(2)
    return _offset(c) or window(c) or _part(c) or simple(c)


def from_now(c: Cursor) -> bool:
    """Reads what counts an amount from the reference: from now, hence, down the road."""
    return c.phrase(FROM_NOW) is not None


@rule
def _offset(c: Cursor) -> Period | None:
    """Reads "two weeks after Easter", "a year from now", "five days before the summit"."""
    if c.peek().kind not in ("number", "word", "unit") or c.peek().text in ("this", "next"):
        return None
    span = amounts.amount(c)
    if span is None:
        return None
    tied = c.word("on") is not None  # "a week on Friday", "a year on"
    if from_now(c) or (tied and c.done):
        when = amounts.after(c.reference, span.high)
        return Period(amounts.after(c.reference, span.low), when, "ahead", vague=True)
    joint = "from" if tied and c.peek().kind == "weekday" else None if tied else c.phrase(JOINTS)
    if joint is None:
        return None
    elapsed = joint in ("after", "into") and c.peek().kind != "weekday"
    base = since(c, span) if elapsed else anchored(term(c), c)
    if base is None:
        return None
    if joint == "before":
        end = base.due or base.first
        return Period(amounts.before(end, span.high), amounts.before(end, span.low), "day", span.vague)
    inside = base.unit == "term" or joint == "into"
    origin = base.first if inside else base.due or base.last
    return Period(amounts.after(origin, span.low), amounts.after(origin, span.high), "day", span.vague)


def since(c: Cursor, span: amounts.Amount) -> Period | None:
    """The term from which an amount counts: the last one, while the amount has not run out, else the next."""
    thing = term(c)
    if isinstance(thing, Name):
        begun = thing.before(c.reference)
        if begun is not None and begun.due is None and amounts.after(begun.last, span.high) >= c.reference:
            return begun
    return anchored(thing, c)


@rule
def _part(c: Cursor) -> Thing | None:
    if c.convention.named_ends and c.words("mid year"):
        return attached(c, mapped(units_of("year"), midyear))
    if c.words("end of day") or c.words("end of the day"):
        c.word("on")
        return simple(c) if not c.done else day(c.reference)
    parts = _part_names(c)
    if not parts:
        return None
    c.word("in", "of", "on", "during")
    inner = term_inside(c)
    if inner is None:
        return None
    first, last = parts[0], parts[-1]

    def change(whole: Period) -> Period:
        found = take_part(c, first, whole)
        return found if first == last else hull(found, take_part(c, last, whole))

    c.edge = first if first in ("start", "end") else None
    part = _changed(inner, change)
    whole = container(c) if isinstance(part, Name) else None
    return part.within(whole) if isinstance(part, Name) and whole else part


def _changed(thing: Thing, change: Callable[[Period], Period]) -> Thing:
    return mapped(thing, change) if isinstance(thing, Name) else change(thing)


def _part_names(c: Cursor) -> list[str]:
    """Reads "early", or "mid to late"."""
    first = c.phrase(PARTS)
    if first is None:
        return []
    start = c.i
    if first in _THIRDS and c.word("to", "or", "and"):
        second = c.phrase(PARTS)
        if second is not None and second in _THIRDS:
            return [first, second]
    c.i = start
    return [first]


def take_part(c: Cursor, name: str, whole: Period) -> Period:
    """A part of a period: a third, a half, its edges, or what is left of it."""
    if name in _THIRDS:
        return third(whole, _THIRDS[name])
    if name == "whole":
        return whole
    if name in ("start", "end"):
        return edge(whole, EARLY if name == "start" else LATE)
    if name.startswith("half"):
        return half_of(whole, int(name[-1]) - 1)
    first = max(whole.first, c.reference)  # the rest of it, later in it
    return Period(first, whole.last, "span") if first <= whole.last else whole


@rule
def term_inside(c: Cursor) -> Thing | None:
    """What a part can be of: any term, or "the year" for the current one."""
    if c.words("the new year") or c.words("new year"):
        if c.peek().text not in ("day", "eve"):
            return step(current("year", c.reference), 1)
        c.i -= 2
    the = c.word("the", "this")
    c.word("calendar")
    unit = c.peek()
    if (
        unit.kind == "unit"
        and not unit.text.endswith("s")
        and unit.value not in ("hour", "minute", "fortnight")
    ):
        nearby = c.peek(1).text
        if nearby not in ("of", "after", "before", "beginning", "starting", "ending", "following"):
            c.advance()
            now = c.previous = current(str(unit.value), c.reference)
            past = the != "this" and now.unit not in ("decade", "century")
            return units_of(now.unit) if past else now
    if the == "this":
        c.i -= 1
    return term(c)


@rule
def window(c: Cursor) -> Period | None:
    """Reads "the two weeks before the election", "the day after tomorrow", "the months after the vote"."""
    start = c.i
    c.word("the")
    unit = c.peek()
    if unit.kind == "unit" and (c.words(f"{unit.text} after next") or c.words(f"{unit.text} after the next")):
        return step(current(str(unit.value), c.reference), 2)
    span = amounts.single(c) or amounts.amount(c)
    if span is None:
        return None
    if c.tokens[start].text == "the" and c.word("to", "ending"):  # the 12 months to June
        base = anchored(term(c), c)
        return Period(amounts.before(base.last + DAY, span.high), base.last, "span") if base else None
    joint = c.phrase(JOINTS)
    if joint not in ("before", "after"):
        return None
    base = anchored(term(c), c) if joint == "before" else since(c, span)
    if base is None:
        return None
    if joint == "before":
        return Period(amounts.before(base.first, span.high), base.first - DAY, "span", span.vague)
    if span.number == 1 and span.unit == base.unit:
        return step(base, 1)
    return Period(base.last + DAY, amounts.after(base.last, span.high), "span", span.vague)
