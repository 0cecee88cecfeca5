"""A phrase read to its end and written down as a deadline, or the part at which the reading stopped."""

from datetime import date

from forecastlog.deadlines import edtf, reading
from forecastlog.deadlines.cursor import Cursor
from forecastlog.deadlines.deadline import Deadline
from forecastlog.deadlines.grammar import Limit, understand
from forecastlog.deadlines.lexer import LONGEST, plain, tokenize
from forecastlog.deadlines.written import written_date
from forecastlog.vocabulary import DEADLINE_CONVENTION


def _read(phrase: str, reference: date, hemisphere: str, fiscal_start: int) -> tuple[Cursor, Limit | None]:
    c = Cursor(tokenize(phrase) or [], reference, hemisphere, fiscal_start)
    try:
        return c, understand(c)
    except (
        ValueError,
        OverflowError,
    ):  # the phrase names a day that no calendar has: 31 June, the year 99999
        return c, None


def understood(phrase: str, reference: date, hemisphere: str, fiscal_start: int) -> Deadline | None:
    """The deadline; a bare date in another language is the last thing tried."""
    _, limit = _read(phrase, reference, hemisphere, fiscal_start)
    if limit is None:
        day = written_date(phrase)
        limit = Limit("date", day, day) if day else None
    return _deadline(limit, phrase, reference) if limit is not None else None


def _deadline(limit: Limit, phrase: str, reference: date) -> Deadline | None:
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
        convention=DEADLINE_CONVENTION,
        rule=limit.rule,
        reading=reading.describe(earliest, strict, latest, vague=limit.vague),
        words=phrase,
        reference=reference,
    )


def misunderstood(phrase: str, reference: date, hemisphere: str, fiscal_start: int) -> str | None:
    """The sentence for a phrase that is no deadline."""
    if understood(phrase, reference, hemisphere, fiscal_start) is not None:
        return None
    shown = " ".join(phrase.split())
    if not shown:
        return 'There are no words to read: give a time such as "by June 2026".'
    if len(phrase) > LONGEST:
        return f"The phrase has {len(phrase)} characters: give only its words of time, at most {LONGEST} characters."
    tokens = tokenize(phrase) or []
    c, _ = _read(phrase, reference, hemisphere, fiscal_start)
    text = plain(phrase)
    rest = text[tokens[c.farthest].start :].strip(" ,.\"'") if c.farthest < len(tokens) else ""
    if not rest or not tokens:
        return f'"{shown}" names no day that can be worked out, or a day that no calendar has.'
    if rest == text.strip():
        return f'Not understood: "{shown}" has no words of time that can be read.'
    return f'Not understood: "{rest}" in "{shown}".'
