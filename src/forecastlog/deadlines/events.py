"""Dated public events that articles use as deadlines, from events.csv with their sources.

Not there means None.

A desk may name further periods of its own: seasons, meetings, terms and sessions.
"""

from datetime import date, timedelta
from functools import lru_cache

from forecastlog.deadlines.lexer import tokenize
from forecastlog.deadlines.names import HOLIDAYS, Name, every, listed, nth_weekday
from forecastlog.deadlines.periods import Period, day
from forecastlog.deadlines.tables import PhraseTable, by_first_word, read_rows

Periods = tuple[tuple[str, tuple[tuple[date, date], ...]], ...]
"""A desk's own periods: each name with the first and last day of every time that it came or will come."""

# Terms of office of United States presidents (Twentieth Amendment, section 1): who, which, first and last
# day.
TERMS: list[tuple[str, int, Period]] = [
    ("obama", 2, Period(date(2013, 1, 20), date(2017, 1, 20), "term")),
    ("trump", 1, Period(date(2017, 1, 20), date(2021, 1, 20), "term")),
    ("biden", 1, Period(date(2021, 1, 20), date(2025, 1, 20), "term")),
    ("trump", 2, Period(date(2025, 1, 20), date(2029, 1, 20), "term")),
]


def _election_day(year: int) -> date:
    """The Tuesday after the first Monday in November (2 U.S.C. 7, 3 U.S.C. 1)."""
    return nth_weekday(year, 11, 1, 1) + timedelta(days=1)


def _american(remainder: int, inauguration: bool = False) -> Name:
    """A day that comes every four years; `remainder` is its year's, divided by four."""

    def at(start: date) -> Period | None:
        if start.year % 4 != remainder:
            return None
        return day(date(start.year, 1, 20) if inauguration else _election_day(start.year))

    return every("year", at, reach=5)


def _events() -> dict[str, Name]:
    names = dict(HOLIDAYS)
    occurrences: dict[str, list[Period]] = {}
    for row in read_rows("events.csv"):
        first, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
        occurrences.setdefault(row["names"], []).append(
            Period(first, last, "day" if first == last else "event")
        )
    for row_names, periods in occurrences.items():
        numbered = row_names.startswith("cop") and row_names[3:].isdigit()  # only one, however far ahead
        names |= dict.fromkeys(row_names.split("|"), listed(periods, 3650 if numbered else 400))
    names |= dict.fromkeys(
        ("election day", "us election day"), every("year", lambda s: day(_election_day(s.year)))
    )
    for kind in ("midterm", "us midterm", "congressional", "us congressional"):
        names |= dict.fromkeys((f"{kind} election", f"{kind} elections"), _american(2))
    names |= dict.fromkeys(("midterms", "us midterms"), _american(2))
    for kind in ("presidential", "us presidential", "american presidential"):
        names |= dict.fromkeys((f"{kind} election", f"{kind} elections", f"{kind} vote"), _american(0))
    names |= dict.fromkeys(
        ("inauguration", "inauguration day", "presidential inauguration"), _american(1, True)
    )
    return names


EVENTS = by_first_word({name.replace("'s", ""): found for name, found in _events().items()})


@lru_cache(maxsize=16)
def with_periods(periods: Periods) -> PhraseTable[Name]:
    """The table with a desk's own periods in it; these win over events of the same name."""
    own: dict[str, Name] = {}
    for name, spans in periods:
        words = " ".join(token.text for token in tokenize(name) or ())
        if words:
            own[words] = listed([_own(first, last) for first, last in sorted(spans)])
    table = {word: list(rows) for word, rows in EVENTS.items()}
    for word, rows in by_first_word(own).items():
        kept = [row for row in table.get(word, []) if row[0] not in {parts for parts, _ in rows}]
        table[word] = sorted([*rows, *kept], key=lambda row: -len(row[0]))
    return table


def _own(first: date, last: date) -> Period:
    """A meeting of a week at most is an event.

    Anything longer, such as a season, has a strict reading too.
    """
    return Period(first, last, "day" if first == last else "event" if (last - first).days < 7 else "own")
