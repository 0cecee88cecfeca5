"""The public doors.

A phrase to a deadline or to what is wrong with it, a text to its phrases, a typed day to a date.

The tables behind them take longer to build than any phrase to read, so they are loaded with the first one; a
command that reads none does not wait for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from forecastlog.deadlines.conventions import CONVENTIONS
from forecastlog.deadlines.deadline import Deadline, Found
from forecastlog.vocabulary.deadlines import DEADLINE_CONVENTION, FISCAL_YEARS, HEMISPHERES, HOLDS

if TYPE_CHECKING:
    from typing import Unpack

    from forecastlog.deadlines.cursor import Context


class Reading(TypedDict, total=False):
    """What a reading depends on besides the words and the day: see `parse_deadline`."""

    hemisphere: str
    fiscal_year: str
    subject: str | None
    periods: Mapping[str, Sequence[tuple[date, date]]] | None
    holds: str
    convention: str


def context(reference: date, given: Reading) -> Context:
    """The options of a reading with their defaults, checked."""
    chosen: dict[str, str] = {}
    for name, default, allowed in (
        ("hemisphere", "north", HEMISPHERES),
        ("fiscal_year", "us", tuple(FISCAL_YEARS)),
        ("holds", "within", tuple(HOLDS)),
        ("convention", DEADLINE_CONVENTION, tuple(CONVENTIONS)),
    ):
        value = given.get(name, default)
        if value not in allowed:
            raise ValueError(f"{name} is {value!r}: write one of {', '.join(allowed)}")
        chosen[name] = str(value)
    from forecastlog.deadlines.cursor import Context

    own = given.get("periods") or {}
    return Context(
        reference,
        chosen["hemisphere"],
        FISCAL_YEARS[chosen["fiscal_year"]],
        CONVENTIONS[chosen["convention"]],
        chosen["holds"],
        given.get("subject"),
        tuple((name, tuple(spans)) for name, spans in own.items()),
    )


def parse_deadline(phrase: str, reference: date, **given: Unpack[Reading]) -> Deadline | None:
    """The days that a time phrase of an article names, or None when any part of it is not understood.

    Args:
        phrase: English words such as "by mid-2026" or "within the next few weeks".
        reference: the day on which they were said.
        hemisphere: "north" (the default) or "south", for the seasons.
        fiscal_year: "us" (from October, the default), "uk" (April), "australia" (July) or "calendar".
        subject: whom "his presidency" and "the first 100 days" mean, such as "Donald Trump"; without it only
            phrases that name the person are read.
        periods: a desk's own seasons, meetings and terms: each name with the first and last day of every
        time. holds: what must be true: something happens "within" the days (the default), holds "on" the last
        of
            them, or holds "throughout".
        convention: the set of rules, "fl-1" or "fl-2"; the newest by default.

    Raises:
        ValueError: for another hemisphere, fiscal year, convention or `holds`.

    >>> found = parse_deadline("by mid-2026", date(2025, 3, 19))
    >>> found.latest, found.strict, found.reading
    (datetime.date(2026, 8, 31), datetime.date(2026, 4, 30), 'by 31 August 2026 (strictly by 30 April 2026)')
    >>> parse_deadline("when the dust settles", date(2025, 3, 19)) is None
    True
    >>> season = {"season": [(date(2024, 8, 16), date(2025, 5, 25))]}
    >>> parse_deadline("by the end of this season", date(2025, 3, 19), periods=season).latest
    datetime.date(2025, 5, 25)
    """
    found = context(reference, given)
    from forecastlog.deadlines.understanding import understood

    return understood(phrase, found)


def find(text: str, reference: date, **given: Unpack[Reading]) -> list[Found]:
    """The time phrases of running text, in their order, none overlapping another.

    Takes and raises what `parse_deadline` does; the time taken grows with the length of the text alone.

    >>> [found] = find("The talks may fail. A deal will be signed by the end of June.", date(2025, 3, 19))
    >>> found.words, found.deadline.latest
    ('by the end of June', datetime.date(2025, 6, 30))
    >>> [(found.words, found.past) for found in find("In early February, he stated his aims.",
    ...     date(2025, 3, 19))]
    [('In early February', True)]
    """
    found = context(reference, given)
    from forecastlog.deadlines.finding import phrases_in

    return phrases_in(text, found)


def explain(phrase: str, reference: date, **given: Unpack[Reading]) -> str | None:
    """One sentence that names the part of a phrase that was not understood; None when all of it was.

    Takes and raises what `parse_deadline` does.

    >>> explain("by the end of the ceasefire talks", date(2025, 3, 19))
    'Not understood: "ceasefire talks" in "by the end of the ceasefire talks".'
    """
    found = context(reference, given)
    from forecastlog.deadlines.understanding import misunderstood

    return misunderstood(phrase, found)


def parse_day(text: str, today: date) -> date | None:
    """A day typed at a command line: 2026-03-04, yesterday, 4 March 2026; None when it is not one day.

    >>> parse_day("2026-03-04", date(2026, 7, 1)), parse_day("March 2026", date(2026, 7, 1))
    (datetime.date(2026, 3, 4), None)
    """
    text = text.strip()
    if len(text) == 10 and text[4] == text[7] == "-":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    from forecastlog.deadlines.written import is_in_words, typed_day

    if is_in_words(text):
        return typed_day(text, today)
    found = parse_deadline(text, today)  # 25/12/2025, which has one reading, but not 3/4/2025
    return found.latest if found is not None and found.earliest == found.latest else None
