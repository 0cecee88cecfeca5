"""Several times in one phrase: each of a list, or each month, quarter, half or year of a stretch."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from forecastlog.deadlines.deadline import Deadline
from forecastlog.deadlines.parse import Reading, parse_deadline
from forecastlog.deadlines.periods import MONTHS_IN

if TYPE_CHECKING:
    from typing import Unpack

MOST = 60
"""So many times are a series; more are a slip."""
ORDINALS = ("first", "second", "third", "fourth")
_EVERY = re.compile(
    r"(?:in |during )?(?:(?:every|each)(?: of)?(?: the)?(?: (?:next|coming)(?: (?P<n>\w+))?)? "
    r"(?P<unit>month|quarter|half|year)(?:[- ]years?|s)?|(?P<adverb>monthly|quarterly|half-yearly|yearly"
    r"|annually))(?P<rest> .+)?"
)
_ADVERBS = {
    "monthly": "month",
    "quarterly": "quarter",
    "half-yearly": "half",
    "yearly": "year",
    "annually": "year",
}
_BEFORE = re.compile(r"(?:(?:in|by|before|during|until|on|at|of)(?: the)? )?(?:(?:the )?end of )?")
_ONE_UNIT = re.compile(
    r"(.*?)((?:the )?\w+(?:, (?:the )?\w+)*,? (?:and|or) (?:the )?\w+) (quarter|half|month)s?( .+)?"
)
_BETWEEN = re.compile(r"\s*(?:[,;&/]|\band\b|\bor\b)[\s,]*(?:and |or )?")
_YEAR = re.compile(r"\b\d{4}\b")


@dataclass(frozen=True, slots=True)
class Turn:
    """One time of a series.

    Its words with the year, what they mean, and whether the phrase names it by itself.
    """

    words: str
    deadline: Deadline
    named: bool


def parse_series(phrase: str, reference: date, **given: Unpack[Reading]) -> tuple[Turn, ...]:
    """The times that a phrase names one by one, in their order; none where it does not name several.

    Takes what `parse_deadline` does. A year that stands once holds for all beside it. "Every quarter" begins
    with the first that has not begun, and takes twelve months unless it says when it ends.

    >>> [turn.words for turn in parse_series("in March, June and September 2027", date(2026, 11, 1))]
    ['in March 2027', 'in June 2027', 'in September 2027']
    >>> [turn.words for turn in parse_series("every quarter until mid-2027", date(2026, 11, 1))]
    ['in the first quarter of 2027', 'in the second quarter of 2027']
    >>> parse_series("by June 2027", date(2026, 11, 1))
    ()
    """
    text = " ".join(phrase.strip().split())
    lower = text.lower()
    every = _EVERY.fullmatch(lower)
    turns = tuple(_every(every, reference, given) if every else _listed(text, reference, given))
    ends = [turn.deadline.latest for turn in turns]
    in_order = all(one and other and one < other for one, other in pairwise(ends))
    return turns if 2 <= len(turns) <= MOST and in_order else ()


def _listed(text: str, reference: date, given: Reading) -> Iterator[Turn]:
    """Each time of a list; nothing of one that is not all read."""
    turns = []
    for words in _with_years(list(_parts(text)), reference, given):
        found = parse_deadline(words, reference, **given)
        if found is None or found.latest is None:
            return
        turns.append(Turn(words, found, named=True))
    yield from turns


def _parts(text: str) -> Iterator[str]:
    """Each part of a list with the words before it that hold for it: in March, in June."""
    shared = _ONE_UNIT.fullmatch(text)
    if shared and (shared[3] == "month" or not _YEAR.search(shared[2])):
        before, listed, unit, rest = shared[1], shared[2], shared[3], shared[4] or ""
        words = (re.sub(r"^the ", "", part) for part in _BETWEEN.split(listed) if part)
        if before or rest:
            yield from (f"{before or 'in '}the {word} {unit}{rest}" for word in words)
            return
    before = ""
    for part in filter(None, _BETWEEN.split(text)):
        own = _BEFORE.match(part)
        before = own[0] if own and own[0] else before
        yield part if own and own[0] else f"{before}{part}"


def _with_years(parts: Sequence[str], reference: date, given: Reading) -> Iterator[str]:
    """The parts with the year that stands at a later one, else an earlier one, else the year to come."""
    years = [match[0] if (match := _YEAR.search(part)) else None for part in parts]
    after = reference
    for number, part in enumerate(parts):
        year = next(filter(None, (*years[number:], *reversed(years[:number]))), None)
        if year:
            yield part if years[number] else f"{part} {year}"
            continue
        found = parse_deadline(part, after, **given)
        if found is None or found.latest is None:
            yield part
            continue
        dated, after = f"{part} {found.latest.year}", found.latest
        yield dated if parse_deadline(dated, reference, **given) else part


def _every(match: re.Match[str], reference: date, given: Reading) -> Iterator[Turn]:
    unit = match["unit"] or _ADVERBS[match["adverb"]]
    stretch = _stretch((match["rest"] or "").strip(), reference, given)
    most = _number(match["n"]) if match["n"] else MOST + 1 if match["rest"] else 12 // MONTHS_IN[unit]
    if stretch is None or most is None:
        return
    first, last, begun = stretch
    for words in _periods(unit, first):
        found = parse_deadline(words, reference, **given)
        if found is None or found.latest is None or found.latest > last or most == 0:
            return
        if found.latest >= reference and (begun or (found.earliest or reference) > reference):
            most -= 1
            yield Turn(words, found, named=False)


def _stretch(rest: str, reference: date, given: Reading) -> tuple[date, date, bool] | None:
    """The first and the last day of the stretch, and whether what has begun already counts.

    None where it is not read.
    """
    if not rest:
        return reference, date.max, False
    of = re.fullmatch(r"(?:of|in|during|from)? ?(.+?)(?: (?:to|until|through) (.+))?", rest)
    until = re.fullmatch(r"(?:until|through|up to|by) (.+)", rest)
    if until:
        end = parse_deadline(f"by {until[1]}", reference, **given)
        return (reference, end.latest, False) if end and end.latest else None
    if of is None:
        return None
    within = [
        parse_deadline(f"in {part}", reference, **given) or parse_deadline(part, reference, **given)
        for part in (of[1], of[2] or of[1])
    ]
    start, end = within
    if start is None or end is None or end.latest is None:
        return None
    return start.earliest or reference, end.latest, True


def _periods(unit: str, first: date) -> Iterator[str]:
    """The words for each period from that of a day on."""
    months = MONTHS_IN[unit]
    number = (first.year * 12 + first.month - 1) // months
    while number * months < 9999 * 12:
        year, month = divmod(number * months, 12)
        if unit == "year":
            yield f"in {year}"
        elif unit == "month":
            yield f"in {date(year, month + 1, 1):%B %Y}"
        else:
            yield f"in the {ORDINALS[month // months]} {unit} of {year}"
        number += 1


def _number(word: str) -> int | None:
    from forecastlog.deadlines.numerals import WORDS

    if word.isdecimal():
        return int(word) if len(word) < 4 else None
    kind, number = WORDS.get(word, ("", 0))
    return number if kind == "number" else None
