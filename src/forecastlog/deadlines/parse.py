"""The public reading of a phrase: understood, open-ended, or not understood and why."""

from datetime import date
from typing import TYPE_CHECKING

from .deadline import CONVENTION, Deadline

# The grammar's tables take longer to build than any phrase to read, so they are loaded with the first one.
if TYPE_CHECKING:
    from .cursor import Cursor
    from .grammar import Limit
    from .lexer import Token

HEMISPHERES = ("north", "south")
# The month in which a fiscal year begins; it is named after the calendar year in which it ends.
FISCAL_YEARS = {"us": 10, "uk": 4, "australia": 7, "calendar": 1}


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ValueError(f"{name} is {value!r}: write one of {', '.join(allowed)}")
    return value


def _limit(c: "Cursor") -> "Limit | None":
    from .grammar import understand

    try:
        return understand(c)
    except (
        ValueError,
        OverflowError,
    ):  # the phrase names a day that no calendar has: 31 June, the year 99999
        return None


def _read(
    phrase: str, reference: date, hemisphere: str, fiscal_year: str
) -> "tuple[list[Token], Cursor, Limit | None]":
    from .cursor import Cursor
    from .lexer import tokenize

    _one_of("hemisphere", hemisphere, HEMISPHERES)
    starts = FISCAL_YEARS[_one_of("fiscal_year", fiscal_year, tuple(FISCAL_YEARS))]
    tokens = tokenize(phrase) or []
    c = Cursor(list(tokens), reference, hemisphere, starts)
    return tokens, c, _limit(c) if tokens else None


def parse_deadline(
    phrase: str, reference: date, *, hemisphere: str = "north", fiscal_year: str = "us"
) -> Deadline | None:
    """The days that a time phrase of an article names, or None when any part of it is not understood.

    Args:
        phrase: English words such as "by mid-2026" or "within the next few weeks".
        reference: the day on which they were said.
        hemisphere: "north" or "south", for the seasons.
        fiscal_year: "us" (from October), "uk" (April), "australia" (July) or "calendar".

    Raises:
        ValueError: for another hemisphere or fiscal year.

    >>> found = parse_deadline("by mid-2026", date(2025, 3, 19))
    >>> found.latest, found.strict, found.reading
    (datetime.date(2026, 8, 31), datetime.date(2026, 4, 30), 'by 31 August 2026 (strictly by 30 April 2026)')
    >>> parse_deadline("when the dust settles", date(2025, 3, 19)) is None
    True
    """
    _, _, limit = _read(phrase, reference, hemisphere, fiscal_year)
    if limit is None:
        limit = _foreign(phrase)
    return _deadline(limit, phrase, reference) if limit is not None else None


def _foreign(phrase: str) -> "Limit | None":
    from .grammar import Limit
    from .written import written_date

    day = written_date(phrase)
    return Limit("date", day, day) if day else None


def _deadline(limit: "Limit", phrase: str, reference: date) -> Deadline | None:
    from . import edtf, reading

    earliest, latest = limit.earliest, limit.latest
    if earliest is not None and latest is not None and earliest > latest:
        return None
    strict = latest if limit.strict is None or latest is None else min(limit.strict, latest)
    if strict is not None and earliest is not None:
        strict = max(strict, earliest)
    return Deadline(
        earliest=earliest,
        strict=strict,
        latest=latest,
        edtf=edtf.write(earliest, latest, vague=limit.vague, reference=reference),
        vague=limit.vague,
        convention=CONVENTION,
        rule=limit.rule,
        reading=reading.describe(earliest, strict, latest, vague=limit.vague),
        words=phrase,
        reference=reference,
    )


def explain(
    phrase: str, reference: date, *, hemisphere: str = "north", fiscal_year: str = "us"
) -> str | None:
    """One sentence that names the part of a phrase that was not understood; None when all of it was.

    >>> explain("by the end of the ceasefire talks", date(2025, 3, 19))
    'Not understood: "ceasefire talks" in "by the end of the ceasefire talks".'
    """
    from .lexer import LONGEST, plain

    if parse_deadline(phrase, reference, hemisphere=hemisphere, fiscal_year=fiscal_year) is not None:
        return None
    shown = " ".join(phrase.split())
    if not shown:
        return 'There are no words to read: give a time such as "by June 2026".'
    if len(phrase) > LONGEST:
        return f"The phrase has {len(phrase)} characters: give only its words of time, at most {LONGEST} characters."
    tokens, c, _ = _read(phrase, reference, hemisphere, fiscal_year)
    text = plain(phrase)
    rest = text[tokens[c.farthest].start :].strip(" ,.\"'") if c.farthest < len(tokens) else ""
    if not rest or not tokens:
        return f'"{shown}" names no day that can be worked out, or a day that no calendar has.'
    if rest == text.strip():
        return f'Not understood: "{shown}" has no words of time that can be read.'
    return f'Not understood: "{rest}" in "{shown}".'
