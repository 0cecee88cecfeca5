"""A phrase read to its end and written down as a deadline, or the part at which the reading stopped."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from forecastlog.deadlines import edtf, reading
from forecastlog.deadlines.cursor import Context, Cursor
from forecastlog.deadlines.deadline import Deadline
from forecastlog.deadlines.grammar import understand
from forecastlog.deadlines.lexer import LONGEST, plain, tokenize
from forecastlog.deadlines.limits import Limit
from forecastlog.deadlines.written import written_date


def _read(phrase: str, context: Context) -> tuple[Cursor, Limit | None]:
    c = Cursor(tokenize(phrase) or [], context)
    try:
        return c, understand(c)
    except (
        ValueError,
        OverflowError,
    ):  # the phrase names a day that no calendar has: 31 June, the year 99999
        return c, None


class _Understood(NamedTuple):
    """What a phrase was understood as, and the time of day in it."""

    limit: Limit | None
    clock: str


_MANY = 20_000
"""Phrases whose reading is remembered: a ledger says "by the end of June" again and again."""


@lru_cache(maxsize=_MANY)
def remembered(phrase: str, *context: object) -> dict[date | None, _Understood]:  # noqa: ARG001  # its key
    """What a phrase was understood as before, by the day on which it was said; None is any day."""
    return {}


def understood(phrase: str, context: Context) -> Deadline | None:
    """The deadline; a bare date in another language is the last thing tried."""
    known = remembered(phrase, *context[1:])
    found = known.get(None) or known.get(context.reference)
    if found is None:
        c, limit = _read(phrase, context)
        if limit is None:
            day = written_date(phrase)
            limit = Limit("date", day, day) if day else None
        found = known[context.reference if c.dated else None] = _Understood(limit, c.clock)
    return written_down(found.limit, phrase, context, found.clock) if found.limit is not None else None


def written_down(limit: Limit, phrase: str, context: Context, clock: str) -> Deadline | None:
    """What was understood as a deadline; None where its last day is before its first."""
    earliest, latest, reference = limit.earliest, limit.latest, context.reference
    if earliest is not None and latest is not None and earliest > latest:
        return None
    begun = earliest is not None and earliest < reference and (latest is None or reference <= latest)
    if begun and context.convention.from_made:  # "2019", said in August 2019
        earliest = reference
    strict = latest if limit.strict is None or latest is None else min(limit.strict, latest)
    if strict is not None and earliest is not None:
        strict = max(strict, earliest)
    said = reading.describe(earliest, strict, latest, vague=limit.vague, holds=context.holds)
    return Deadline(
        earliest=earliest,
        strict=strict,
        latest=latest,
        edtf=edtf.write(earliest, latest, vague=limit.vague, reference=reference),
        vague=limit.vague,
        convention=context.convention.name,
        rule=limit.rule,
        reading=f"{said}, {clock}" if clock else said,
        words=phrase,
        reference=reference,
        holds=context.holds,
    )


def misunderstood(phrase: str, context: Context) -> str | None:
    """The sentence for a phrase that is no deadline."""
    if understood(phrase, context) is not None:
        return None
    shown = " ".join(phrase.split())
    if not shown:
        return 'There are no words to read: give a time such as "by June 2026".'
    if len(phrase) > LONGEST:
        return (
            f"The phrase has {len(phrase)} characters: "
            f"give only its words of time, at most {LONGEST} characters."
        )
    tokens = tokenize(phrase) or []
    c, _ = _read(phrase, context)
    text = plain(phrase)
    rest = text[tokens[c.farthest].start :].strip(" ,.\"'") if c.farthest < len(tokens) else ""
    if not rest or not tokens:
        return f'"{shown}" names no day that can be worked out, or a day that no calendar has.'
    if rest == text.strip():
        return f'Not understood: "{shown}" has no words of time that can be read.'
    return f'Not understood: "{rest}" in "{shown}".'
