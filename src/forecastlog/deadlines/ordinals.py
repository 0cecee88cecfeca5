# ruff: noqa: PLR0911  # a rule leaves as soon as a token does not fit
"""Reads what is counted from an end: the third quarter, the last Friday of May, the first 100 days."""

from datetime import date

from forecastlog.deadlines import amounts
from forecastlog.deadlines.cursor import Cursor, rule
from forecastlog.deadlines.events import TERMS
from forecastlog.deadlines.names import day_number, listed, month_day, nth_weekday
from forecastlog.deadlines.periods import DAY, Period, current, day
from forecastlog.deadlines.phrases import TURNS
from forecastlog.deadlines.simple import Thing, attached, container, integer, nth, sliced

_PRESIDENTS = tuple({who: None for who, _, _ in TERMS})

_TITLES = ("mr", "president", "donald", *_PRESIDENTS)
_HOLDERS = ("his", "administration", *_TITLES)


def ordinal(c: Cursor) -> Thing | None:
    """The first of June, the second Monday of March, the third quarter, the first six weeks of 2026."""
    plain = c.peek().text[:1].isdigit() or (c.i > 0 and c.tokens[c.i - 1].text in ("the", "next", "this"))
    token = c.take("ord")
    if token is None:
        return None
    number = integer(token.value)
    unit = c.peek()
    plural = unit.kind == "unit" and unit.text.endswith("s")
    if plural or unit.kind == "number" or unit.text in ("few", "couple", "several"):
        return _opening(c, number)
    if unit.kind == "weekday":
        c.advance()
        return _nth_weekday(container(c), integer(unit.value), number)
    if unit.kind == "unit" or unit.text == "half":
        c.advance()
        return _nth_unit(c, str(unit.value or unit.text), number)
    if not 1 <= number <= 31:
        return None
    c.word("of")
    named = c.take("month")
    if named:
        return attached(c, month_day(integer(named.value), number))
    return attached(c, day_number(number)) if plain else None  # "at first" is no day


def _nth_unit(c: Cursor, unit: str, number: int) -> Thing | None:
    if unit == "century":
        return Period(date(number * 100 - 99, 1, 1), date(number * 100, 12, 31), "century")
    if unit == "weekend":
        return _nth_weekend(container(c), number)
    if unit in ("quarter", "half"):
        return sliced(c, unit, number)
    return _first_unit(c, unit, number)


def _first_unit(c: Cursor, unit: str, number: int) -> Thing | None:
    whole = office_term(c) if c.word("of", "in") else None
    if whole is not None:
        first, last = (amounts.after(whole.first, amounts.delta(n, unit)) for n in (number - 1, number))
        return Period(first, last, "span") if last <= whole.last else None
    if whole is None and c.tokens[c.i - 1].text in ("of", "in"):
        c.i -= 1
    whole = container(c)
    return nth(whole, unit, number) if whole else None


def _opening(c: Cursor, number: int, who: str | None = None) -> Thing | None:
    """The first N units of a period or of a term of office."""
    span = amounts.amount(c) or amounts.single(c)
    if span is None or number != 1:
        return None
    start = c.i
    c.word("of", "in", "into")
    term_of_office = office_term(c)
    held = c.word("office", "power")
    possessed = c.tokens[0].text != "first" and any(token.text in _HOLDERS for token in c.tokens[: c.i])
    if term_of_office is None and (held or c.done) and (possessed or span.number == 100):
        term_of_office = _incumbent(c, who)
    if term_of_office is not None:
        return Period(term_of_office.first, amounts.after(term_of_office.first, span.high), "span")
    c.i = start
    whole = container(c)
    if whole is None:
        return None
    return Period(whole.first, amounts.after(whole.first, span.high) - DAY, "span", span.vague)


def _incumbent(c: Cursor, who: str | None = None) -> Period | None:
    """The term in force, or the one that begins within a hundred days.

    Of whom the words speak, where that counts.
    """
    if c.convention.whose:
        who = who or _subject(c)
        if who is None:
            return None
    else:
        who = None
    begun = [term for name, _, term in TERMS if who in (None, name) and term.first <= c.reference]
    coming = [term for name, _, term in TERMS if who in (None, name) and term.first > c.reference]
    if coming and (not begun or (coming[0].first - c.reference).days <= 100):
        return coming[0]
    return begun[-1] if begun and begun[-1].last >= c.reference else None


def _subject(c: Cursor) -> str | None:
    """The president whom the text was said to speak of: Donald Trump, donald-trump, Trump."""
    named = "".join(" " if not letter.isalpha() else letter for letter in c.subject or "").lower().split()
    return named[-1] if named and named[-1] in _PRESIDENTS else None


def mark(c: Cursor, count: int) -> Thing | None:
    """The 100-day mark, of a named term or of the one in force."""
    unit = c.take("unit")
    c.advance()
    begun = office_term(c) if c.word("of", "in") else _incumbent(c)
    if unit is None or begun is None or unit.value not in ("day", "week", "month", "year"):
        return None
    return day(amounts.after(begun.first, amounts.delta(count, str(unit.value))))


@rule
def office_term(c: Cursor) -> Period | None:
    """Trump's second term, his presidency, the administration; by default the term in force."""
    if c.words("taking office"):
        return _incumbent(c)
    c.word("the")
    whose = c.word(*_HOLDERS, "this", "current", "us")
    who = _president(c, whose)
    token = c.take("ord")
    which = integer(token.value) if token else 0
    new = c.word("new", "current", "present")
    if not c.word("term", "presidency", "administration", "tenure"):
        return None
    c.words("in office") or c.words("as president")
    if not (whose or which or new):
        return None
    if c.convention.whose and who is None and whose != "us":
        who = _subject(c)
        if who is None:
            return None
    named = [t for name, n, t in TERMS if (who in (None, name)) and (not which or n == which)]
    in_force = [t for t in named if t.first <= c.reference <= t.last]
    if in_force:
        return in_force[-1]
    return named[-1] if named and (who or which) else None


def _nth_weekday(whole: Period | None, number: int, nth: int) -> Period | None:
    if whole is None or whole.unit != "month":
        return None
    return day(nth_weekday(whole.first.year, whole.first.month, number, nth))


def _nth_weekend(whole: Period | None, nth: int) -> Period | None:
    saturday = _nth_weekday(whole, 6, nth)
    return current("weekend", saturday.first) if saturday else None


def last(c: Cursor) -> Thing | None:
    """The last week of May, the final four months of 2026, the last Friday of the month."""
    named = c.take("weekday")
    if named:
        return _nth_weekday(container(c), integer(named.value), -1)
    if c.word("weekend"):
        return _nth_weekend(container(c), -1)
    span = amounts.single(c) or amounts.amount(c)
    whole = container(c) if span else None
    if span is None or whole is None or span.unit in ("hour", "minute"):
        return None
    first = amounts.before(whole.last + DAY, span.high)
    unit = span.unit if span.number == 1 else "span"
    return Period(first, whole.last, unit, span.vague) if first >= whole.first else None


@rule
def mark_or_departure(c: Cursor) -> Thing | None:
    """His first 100 days in office; Trump takes office, Trump leaves office."""
    whose = c.word(*_HOLDERS)
    if whose is None:
        return None
    who = _president(c, whose)
    token = c.take("ord")
    if token:
        return _opening(c, integer(token.value), who)
    turn = c.phrase(TURNS) if who else None
    if turn is None:
        return None
    return listed(
        [day(term.last if turn == "ends" else term.first) for name, _, term in TERMS if name == who]
    )


def _president(c: Cursor, title: str | None) -> str | None:
    """The name behind a title already read, or that name itself: President Trump, Mr. Trump, Biden."""
    while title is not None and title not in _PRESIDENTS:
        title = c.word(*_TITLES)
    return title
