"""What each preposition makes of the time behind it: by, before, until, after, within, in, for."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from forecastlog.deadlines import amounts, terms
from forecastlog.deadlines.cursor import Cursor
from forecastlog.deadlines.periods import DAY, EARLY, Period, current, step, third
from forecastlog.deadlines.phrases import ENDINGS
from forecastlog.deadlines.simple import DAYTIME


class Limit(NamedTuple):
    """First day, last day by the strict and by the generous reading, and the rule that gave them.

    `onset` is the soonest of "in two to three years", where the window opens before it.
    """

    rule: str
    earliest: date | None
    latest: date | None
    strict: date | None = None
    vague: bool = False
    onset: date | None = None


def _days(rule: str, found: Period) -> Limit:
    return Limit(rule, found.first, found.last, vague=found.vague)


def _each(found: Period, made: Callable[[Period], Limit]) -> Limit:
    """What a preposition makes of a period, or of each half of an "or" by itself."""
    if found.halves is None:
        return made(found)
    a, b = (_each(half, made) for half in found.halves)  # of three or more, the second is a choice again
    firsts, lasts = (a.earliest, b.earliest), (a.latest, b.latest)
    stricts = (a.strict or a.latest, b.strict or b.latest)
    return Limit(
        a.rule,
        min(day for day in firsts if day) if all(firsts) else None,
        max(day for day in lasts if day) if all(lasts) else None,
        min(day for day in stricts if day) if all(stricts) else None,
        found.vague or a.vague or b.vague,
    )


def _by(c: Cursor) -> Limit | None:
    ending = _ending(c)
    if ending is not None and ending.latest is not None:  # "by the time the year is out"
        begins = ending.rule == "begins"
        return Limit("by", None, ending.latest + DAY if begins else ending.latest)
    found = terms.period(c)
    return _each(found, lambda one: _by_one(one, c)) if found else None


def _by_one(found: Period, c: Cursor) -> Limit:
    if found.due is not None:
        return Limit("by", None, found.due, vague=found.vague)
    single = found.unit in ("day", "event", "ahead") or found.first == found.last
    strict = found.last if single or found.first <= c.reference else found.first - DAY
    return Limit("by", None, found.last, strict, found.vague)


def _before(c: Cursor) -> Limit | None:
    whole = _ending(c)
    if whole is not None:
        return Limit("before", None, whole.latest)
    found = terms.period(c)
    return _each(found, lambda one: _before_one(one, c)) if found else None


def _before_one(found: Period, c: Cursor) -> Limit:
    named_end = found.named_end if c.convention.named_ends else None
    ends = found.due is not None and found.due in (found.last, named_end)
    timed = any(token.kind == "clock" or token.text in DAYTIME for token in c.tokens)  # before Sunday night
    if (ends or timed) and not c.at_start:
        return Limit("before", None, named_end or found.last, vague=found.vague)
    return Limit("before", None, found.first - DAY, vague=found.vague)


def _ending(c: Cursor) -> Limit | None:
    """Reads "before the year is out", "before winter sets in"."""
    start = c.i
    whole = terms.anchored(terms.term_inside(c), c)
    ends = c.phrase(ENDINGS) if whole is not None else None
    if whole is None or ends is None or not c.done:
        c.i = start
        return None
    return Limit("ends", None, whole.last) if ends else Limit("begins", None, whole.first - DAY)


def _until(c: Cursor) -> Limit | None:
    ending = _ending(c)
    if ending is not None:
        return Limit("until", None, ending.latest)
    found = terms.period(c)
    if found is None:
        return None
    return _each(found, lambda one: Limit("until", None, one.due or one.last, vague=one.vague))


def _at_least_until(c: Cursor) -> Limit | None:
    """Reads "until at least 2028", which names a first day for an end and no last one."""
    return None if c.convention.floors else _until(c)


def _after(c: Cursor) -> Limit | None:
    span = amounts.amount(c)
    if span is not None:
        if c.done:
            return Limit("after", amounts.after(c.reference, span.high), None, vague=span.vague)
        return None
    found = terms.period(c)
    if found is None:
        return None
    same_day = c.clock and not c.clock.startswith("midnight")  # after 5 pm on Friday
    if same_day and found.first == found.last:
        return Limit("after", found.last, None, vague=found.vague)
    return _each(found, lambda one: Limit("after", (one.due or one.last) + DAY, None, vague=one.vague))


def _from(c: Cursor) -> Limit | None:
    if c.word("now") or c.word("today"):
        c.word("on")
        return Limit("from", c.reference, None)
    found = terms.period(c)
    if found is None:
        return None
    if found.unit == "range":
        return _days("range", found)
    if found.unit == "part" and found.due is None:  # "from early summer": the onset
        return Limit("onset", found.first, found.last, vague=True)
    return Limit("from", found.due or found.first, None, vague=found.vague)


def _least(c: Cursor) -> Limit | None:
    """Reads "at least two years away"; "at least two years" is how long something lasts."""
    span = amounts.amount(c)
    away = c.i and c.tokens[c.i - 1].kind == "unit" and terms.from_now(c)
    if span is None or not (away or c.tokens[0].text == "in"):
        return None
    return Limit("after", amounts.after(c.reference, span.low), None, vague=span.vague)


def _earliest(c: Cursor) -> Limit | None:
    found = terms.period(c)
    if found is None:
        return None
    return _each(found, lambda one: Limit("from", one.due or one.first, None, vague=one.vague))


def _as_little(c: Cursor) -> Limit | None:
    """Reads "in as little as two weeks": not before two weeks have passed, and no end."""
    if not c.convention.floors:
        return _within(c)
    span = amounts.amount(c)
    if span is None:
        return None
    c.word("time")
    terms.from_now(c)
    return Limit("from", amounts.after(c.reference, span.low), None, vague=True)


def _within(c: Cursor) -> Limit | None:
    rolled = _within_the_unit(c) or _within_amount(c)
    if rolled is not None:
        return rolled
    found = terms.stretch(c)
    if found is not None and _from_here(c):
        return Limit("within", c.reference, found.last, vague=found.vague)
    found = terms.period(c) if found is None else None
    return _days("in", found) if found else None


def _from_here(c: Cursor) -> bool:
    """The rest of "within two weeks from today"; true also where nothing is left."""
    if c.word("of", "from", "after"):
        return c.word("today", "now") is not None and c.done
    return c.done


_ROLLED = ("week", "month", "year", "decade")


def _within_the_unit(c: Cursor) -> Limit | None:
    """Reads "within the year": a year from now; by a strict reader, before this one is out."""
    start = c.i
    unit = c.peek(1)
    if c.word("the") and unit.kind == "unit" and len(c.tokens) == c.i + 1 and unit.value in _ROLLED:
        span = amounts.single(c)
        if span is not None:
            latest = amounts.after(c.reference, span.high)
            return Limit("within", c.reference, latest, min(latest, current(span.unit, c.reference).last))
    c.i = start
    return None


def _within_amount(c: Cursor) -> Limit | None:
    start = c.i
    span = amounts.amount(c)
    if span is None:
        return None
    c.word("time")
    if c.done or _from_here(c):
        return Limit("within", c.reference, amounts.after(c.reference, span.high), vague=span.vague)
    tied = c.tokens[c.i - 1].text in ("of", "from", "after") or c.word("following", "starting")
    base = terms.since(c, span) if tied else None
    if base is None:
        c.i = start
        return None
    last = base.first if base.unit == "term" else base.last
    return Limit("within", base.first, amounts.after(last, span.high), vague=span.vague)


def _in(c: Cursor) -> Limit | None:
    start = c.i
    span = amounts.amount(c)
    if span is not None:
        c.word("time")
        c.words("from now") or c.words("from today") or c.word("hence")
        if c.done:
            return _ahead(span, c)
    c.i = start
    if c.words("the new year") and c.done:
        early = third(step(current("year", c.reference), 1), EARLY)
        return Limit("in", early.first, early.last, vague=True)
    return _bare(c)


def _at(c: Cursor) -> Limit | None:
    found = terms.period(c)
    return _each(found, lambda one: _during("in", one, c)) if found else None


def _near(c: Cursor) -> Limit | None:
    """Reads "towards the end of 2026", which keeps the third."""
    found = terms.period(c)
    return _days("in", found) if found else None


def _as_of(c: Cursor) -> Limit | None:
    start = c.i
    found = terms.period(c)
    if found is not None and found.named_end and c.convention.named_ends:
        return _during("in", found, c)
    c.i = start
    return _from(c)


def _during(rule: str, found: Period, c: Cursor) -> Limit:
    """A period that stands alone; of year-end, the day it names, and for an event the third before it."""
    if found.unit == "ahead" and c.convention.from_made:
        return _until_then(found.first, found.last, c, vague=found.vague)
    if not c.convention.named_ends or found.named_end is None:
        return _days(rule, found)
    opens = found.named_end if c.holds == "on" else found.first
    return Limit(rule, opens, found.named_end, vague=found.vague)


def _ahead(span: amounts.Amount, c: Cursor) -> Limit:
    low, high = (amounts.after(c.reference, delta) for delta in (span.low, span.high))
    if c.tokens[0].text in ("over", "during", "throughout", "across"):
        return Limit("over-n", c.reference, high, vague=True)
    return _until_then(low, high, c, vague=True)


def _until_then(low: date, high: date, c: Cursor, *, vague: bool) -> Limit:
    """In two years, two years from now: an event may come sooner, a level is that of the day."""
    sooner = c.convention.from_made and c.holds != "on"
    return Limit("in-n", c.reference if sooner else low, high, vague=vague, onset=low)


def _for(c: Cursor) -> Limit | None:
    start = c.i
    span = amounts.amount(c)
    if span is not None:
        vague = span.vague
        c.words("to come")
        if c.done:
            return Limit("for", c.reference, amounts.after(c.reference, span.high), vague=vague)
        if c.word("from", "starting", "beginning", "after"):
            c.word("from", "on")
            base = terms.period(c)
            if base is not None:
                return Limit("for", base.first, amounts.after(base.first, span.high), vague=vague)
    c.i = start
    found = terms.stretch(c) or terms.period(c)
    return _days("for", found) if found else None


def _bare(c: Cursor) -> Limit | None:
    """A time by itself, and some windows that carry their own preposition."""
    starting = _counted_start(c)
    if starting is not None:
        return starting
    found = terms.stretch(c)
    if found is not None and not c.done and _from_here(c):
        return _days("next-n", found)
    found = found or terms.period(c)
    if found is None:
        return _for(c)
    rule = "next-n" if found.unit == "span" and found.first == c.reference + DAY else "in"
    return _each(found, lambda one: _during(rule, one, c))


def _counted_start(c: Cursor) -> Limit | None:
    """Reads "three days starting next Monday", "more than two weeks after today"."""
    start = c.i
    more = c.words("more than") or c.word("over")
    span = amounts.counted(c)
    if span is not None and more and c.word("after", "from"):
        base = terms.period(c)
        if base is not None:
            return Limit("after", amounts.after(base.last, span.high) + DAY, None)
    if span is not None and not more and c.word("starting", "beginning"):
        c.word("from", "on")
        base = terms.period(c)
        if base is not None:
            return Limit("for", base.first, amounts.after(base.first, span.high) - DAY, vague=span.vague)
    c.i = start
    return None


LIMITS: dict[str, Callable[[Cursor], Limit | None]] = {
    "by": _by,
    "before": _before,
    "until": _until,
    "at least until": _at_least_until,
    "after": _after,
    "from": _from,
    "earliest": _earliest,
    "least": _least,
    "within": _within,
    "in": _in,
    "at": _at,
    "as of": _as_of,
    "near": _near,
    "as little": _as_little,
    "for": _for,
    "bare": _bare,
}
