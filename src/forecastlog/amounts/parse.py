"""A phrase -> its amount, or why it has none; a text -> the places of its amounts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from forecastlog.amounts.amount import Amount, Span
from forecastlog.amounts.grammar import STARTS, Read, Reader
from forecastlog.amounts.lexer import Token, tokens_of
from forecastlog.amounts.quantity import SHARE, NotAnAmount
from forecastlog.amounts.reading import reading_of
from forecastlog.amounts.units import AGES, CALENDAR, CHANCES, NO_UNIT, PEOPLE, PLACES

LONGEST_PHRASE = 200  # characters; a longer one is no amount but a sentence
_WINDOW = 24  # tokens that an amount within a text may have
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def parse_amount(words: str, *, locale: str | None = None, base: float | None = None) -> Amount | None:
    """The number, range or comparison that a whole phrase says, by the convention am-1.

    The whole phrase is consumed, or the answer is None: nothing is guessed, and no level is assigned to a
    range.

    Args:
        words: A phrase as an article has it, such as "between 1.5 and 2 million barrels a day".
        locale: How numbers are written: None or en (1,200.50), or a language such as de (1.200,50), fr,
            de-CH.
        base: What changes start from ("double", "up 10 %"); without it they are not read.

    Raises:
        ValueError: An unknown locale, or a base that is not finite.

    >>> parse_amount("about 3 %").value, parse_amount("$3bn to $4bn").high, parse_amount("20-30 %").low
    (3.0, 4000000000.0, 20.0)
    >>> parse_amount("at least 2 million jobs").reading
    'at least 2,000,000 jobs'
    >>> parse_amount("285 seats, 90 % interval 243 to 331").level
    0.9
    >>> parse_amount("70 % of economists") is None, parse_amount("double") is None
    (True, True)
    """
    found = _read(words, locale, base)
    return None if isinstance(found, str) else found


def not_understood(words: str, *, locale: str | None = None, base: float | None = None) -> str | None:
    """Why a phrase is not read as an amount, as a clause; None where it is read.

    >>> not_understood("70 % of economists")
    'a share of people is no amount of a forecast'
    """
    found = _read(words, locale, base)
    return found if isinstance(found, str) else None


def find(text: str) -> list[Span]:
    """The amounts of a text, from left to right, none inside another.

    Numbers are read as English writes them.

    Years, dates, ages, page numbers, chances and shares of people are passed over.

    >>> [text[span.start : span.end] for text in ["Growth of 2 to 3 % and 40,000 jobs by 2030."]
    ...     for span in find(text)]
    ['2 to 3 %', '40,000 jobs']
    """
    tokens = tokens_of(text)
    spans: list[Span] = []
    at = 0
    while at < len(tokens):
        read = _within(tokens, at)
        if read is None:
            at += 1
            continue
        start, end = tokens[at].start, tokens[at + read.end - 1].end
        spans.append(Span(start, end, _amount(read, text[start:end])))
        at += read.end
    return spans


def _within(tokens: Sequence[Token], at: int) -> Read | None:
    """The longest amount that starts at a token of a running text."""
    window = tokens[at : at + _WINDOW]
    if not (window[0].is_number or window[0].text in STARTS):
        return None
    before = tokens[at - 1].text if at else ""
    named = before in PLACES or before in AGES or before in CALENDAR
    part = (
        at > 0 and window[0].glued and before not in "(\"'[\u201c\u201e\u00ab\u2014"
    )  # of a longer number or word
    ratio = before in ("in", "of") and at > 1 and tokens[at - 2].is_number
    if named or part or ratio:
        return None
    try:
        found = [
            read for read in Reader(window, free=1).readings(0) if not _refused(window[: read.end], read)
        ]
    except NotAnAmount:
        return None
    best = max(found, key=lambda read: read.end, default=None)
    if best is None or _goes_on(window, best) or _year_before_a_noun(window, best):
        return None
    return best


def _year_before_a_noun(window: Sequence[Token], read: Read) -> bool:
    """Whether a free noun makes a unit of what follows a year: "2025 Labour"."""
    alone = [other for other in Reader(window, free=0).readings(0) if other.rule == read.rule]
    return any(_refused(window[: other.end], other) for other in alone)


def _goes_on(window: Sequence[Token], read: Read) -> bool:
    """Whether what follows makes the number something else: a date, an age, a chance, one of a pair."""
    rest = window[read.end : read.end + 2]
    if not rest:
        return False
    word = rest[0].text
    glued = rest[0].glued and (word[0].isalnum() or (word in "/:'-%" and len(rest) > 1 and rest[1].glued))
    bare = read.unit is None and word in ("in", "out", "of")
    return (
        glued
        or bare
        or word in CHANCES
        or word in CALENDAR
        or word in ("old", "ago", "pm", "am")
        or (word in NO_UNIT and word in AGES)
    )


def _read(words: str, locale: str | None, base: float | None) -> Amount | str:
    if base is not None and not math.isfinite(base):
        raise ValueError(f"base is {base}: a finite number")
    if len(words) > LONGEST_PHRASE:
        return "too long for one amount; give the few words that say it"
    tokens = tokens_of(words.rstrip(" .;,!"), locale)
    if not tokens:
        return "there is nothing to read"
    kind = _other_kind(tokens)
    if kind:
        return kind
    try:
        found = list(Reader(tokens, None if base is None else Decimal(repr(base))).readings(0))
    except NotAnAmount as error:
        return str(error)
    whole = [read for read in found if read.end == len(tokens)]
    if whole:
        return _refused(tokens, whole[0]) or _amount(whole[0], words)
    return _left_over(words, tokens, max((read.end for read in found), default=0), base)


def _other_kind(tokens: Sequence[Token]) -> str | None:
    """Why these words name something that is no amount: a date, an age, a page."""
    words = [token.text for token in tokens]
    if any(word in CALENDAR and not (word in ("may", "mar") and len(words) > 1) for word in words):
        return "a date is no amount; 'forecastlog when' reads it"
    old = ("old" in words or "olds" in words) and not {"year", "years"}.isdisjoint(words)
    if old or not AGES.isdisjoint(words):
        return "an age is no amount of a forecast"
    if len(words) > 1 and words[0] in PLACES and (tokens[1].is_number or words[1] == "."):
        return "the number of a page or a thing is no amount of a forecast"
    return None


def _refused(tokens: Sequence[Token], read: Read) -> str | None:
    """Why what was read is no amount after all: a year without a unit."""
    if read.unit is None and _all_years(tokens) and read.rule in ("number", "about", "range"):
        return "a year is no amount; 'forecastlog when' reads it"
    people = read.unit in PEOPLE and any(token.text in ("%", "percent") for token in tokens)
    return SHARE if people else None


def _all_years(tokens: Sequence[Token]) -> bool:
    """Whether every number is four plain digits that may be a year."""
    numbers = [token.written for token in tokens if token.is_number]
    plain = all(len(number) == 4 and number.isdigit() and number.isascii() for number in numbers)
    return bool(numbers) and plain and all(_FIRST_YEAR <= int(number) <= _LAST_YEAR for number in numbers)


def _left_over(words: str, tokens: Sequence[Token], end: int, base: float | None) -> str:
    unread = [token for token in tokens if token.is_number and token.value is None]
    if unread:
        return f"'{unread[0].written}' is no number as English writes it; with a locale it may be one"
    if end == 0:
        changes = {"double", "halve", "triple", "up", "down", "twice", "higher", "lower"}
        digits = {"digit", "digits"}.isdisjoint(token.text for token in tokens)
        if base is None and digits and not changes.isdisjoint(token.text for token in tokens):
            return "a change is read from a base only; give the number that it starts from"
        return "there is no number that the convention am-1 reads"
    if base is None and tokens[end].text in ("higher", "lower", "more", "less"):
        return "a change is read from a base only; give the number that it starts from"
    if tokens[end].text in CHANCES:
        return "a chance is no amount; 'forecastlog odds' reads it"
    rest = words.translate({10: " ", 13: " "})[tokens[end].start :].strip()
    return f"the part from '{rest[:60]}' on is not understood; two amounts are two forecasts"


def _amount(read: Read, words: str) -> Amount:
    value, low, high = (
        None if number is None else float(number) + 0.0 for number in (read.value, read.low, read.high)
    )
    level = None if read.level is None else float(read.level)
    compared = read.sign[0] in "<>"
    return Amount(
        value=value,
        low=low,
        high=high,
        low_open=compared and (read.sign == ">" or read.low is None),
        high_open=compared and (read.sign == "<" or read.high is None),
        unit=read.unit,
        sign=read.sign,
        level=level,
        precision=float(read.precision),
        rule=read.rule,
        reading=reading_of(read),
        words=words,
    )
