"""A number in its unit: "-0.5 %", "$4bn", "two million barrels a day"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from forecastlog.amounts.lexer import Token
from forecastlog.amounts.numerals import NUMBER_WORDS, Number, number_at
from forecastlog.amounts.units import (
    CALENDAR,
    CODES,
    CURRENCY_WORDS,
    DOLLARS,
    FRACTIONS,
    MAGNITUDES,
    NO_UNIT,
    PEOPLE,
    PER,
    PERIODS,
    PHRASES,
    SI,
    SYMBOLS,
)

_MOST_TOKENS = max(map(len, PHRASES))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, its unit (None where it has none) and the token behind both."""

    number: Number
    unit: str | None
    end: int

    @property
    def value(self) -> Decimal:
        """The number itself."""
        return self.number.value


class NotAnAmount(Exception):
    """Raised within for words that are understood and say no amount; the message says what they are."""


SHARE = "a share of people is no amount of a forecast"


def quantity_at(tokens: Sequence[Token], at: int, *, free: int = 3) -> Quantity | None:
    """The quantity that starts at tokens[at]; a unit that no table has is at most ``free`` words long."""
    negative, at = _sign(tokens, at)
    currency, at = _currency(tokens, at)
    if currency and not negative:
        negative, at = _sign(tokens, at)
    number = number_at(tokens, at, currency=currency is not None)
    if number is None:
        return None
    if negative:
        number = replace(number, value=-number.value, mantissa=-number.mantissa)
    unit, end = unit_at(tokens, number.end, currency=currency, free=free)
    return Quantity(number, unit, end)


def _sign(tokens: Sequence[Token], at: int) -> tuple[bool, int]:
    if at + 1 >= len(tokens):
        return False, at
    if tokens[at].text in ("minus", "negative", "plus"):
        return tokens[at].text != "plus", at + 1
    joins = at > 0 and tokens[at].glued and tokens[at - 1].written[-1].isalnum()  # the hyphen of "under-25s"
    if tokens[at].text in ("-", "+") and tokens[at + 1].glued and not joins:
        return tokens[at].text == "-", at + 1
    return False, at


def _currency(tokens: Sequence[Token], at: int) -> tuple[str | None, int]:
    """The currency before a number, and the place behind it."""
    if at >= len(tokens):
        return None, at
    text = tokens[at].text
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if text in SYMBOLS:
        return SYMBOLS[text], at + 1
    if following and following.text == "$" and following.glued and text in DOLLARS:
        return DOLLARS[text], at + 2
    if text in CODES and following and (following.is_number or following.text == "."):
        return CODES[text], at + (2 if following.text == "." and text == "rs" else 1)
    return None, at


def unit_at(tokens: Sequence[Token], at: int, *, currency: str | None, free: int) -> tuple[str | None, int]:
    """The unit behind a number, with what it is per; the currency before it where that is the unit."""
    unit, end = currency, at
    if currency is None:
        unit, end = _named(tokens, at)
        if unit == "%":
            unit, end = _of_what(tokens, end, free)
        if unit is None and free:
            unit, end = _noun(tokens, at, free)
    if unit is None:
        return None, at
    per, end = _per(tokens, end)
    return (f"{unit} per {per}" if per else unit), end


def _named(tokens: Sequence[Token], at: int) -> tuple[str | None, int]:
    """A unit of the tables."""
    if (
        at + 1 < len(tokens)
        and tokens[at].text == "-"
        and tokens[at].glued
        and tokens[at + 1].text in ("percent", "point")
    ):
        at += 1
    for length in range(min(_MOST_TOKENS, len(tokens) - at), 0, -1):
        unit = PHRASES.get(tuple(token.text for token in tokens[at : at + length]))
        if unit and not (
            length == 1
            and at + 1 < len(tokens)
            and tokens[at].text in ("pp", "ppt")
            and tokens[at + 1].is_number
        ):
            return unit, at + length
    if at >= len(tokens):
        return None, at
    token = tokens[at]
    hyphen = token.text == "-" and at + 1 < len(tokens)
    word = tokens[at + 1] if hyphen else token
    end = at + 2 if hyphen else at + 1
    if token.text in SYMBOLS:
        return SYMBOLS[token.text], at + 1
    for table in (CURRENCY_WORDS, CODES):
        if word.text in table and word.text != "rs":
            return table[word.text], end
    return (word.written, end) if word.written in SI else (None, at)


def _of_what(tokens: Sequence[Token], at: int, free: int) -> tuple[str, int]:
    """A percentage of something: "% of GDP". A share of people is refused."""
    place = at + 1 if at < len(tokens) and tokens[at].text == "of" else None
    if place is None:
        people = next((token.text in PEOPLE for token in tokens[at : at + 1]), False)
        if people:
            raise NotAnAmount(SHARE)
        return "%", at
    articles = []
    while place < len(tokens) and tokens[place].text in ("the", "all", "its", "their", "our"):
        articles.append(tokens[place].text)
        place += 1
    words, end = _words(tokens, place, max(free, 1))
    if not words or not PEOPLE.isdisjoint(token.text for token in tokens[place : place + 4]):
        raise NotAnAmount(SHARE)
    return f"% of {' '.join([*articles, *words])}", end


def _noun(tokens: Sequence[Token], at: int, free: int) -> tuple[str | None, int]:
    """A noun of a few words as a unit: "seats", "electoral votes", "barrels of oil"."""
    words, end = _words(tokens, at, free)
    if not words:
        return None, at
    if free > 1 and end < len(tokens) and tokens[end].text == "of":
        more, further = _words(tokens, end + 1, free)
        if more:
            return f"{' '.join(words)} of {' '.join(more)}", further
    return " ".join(words), end


def _words(tokens: Sequence[Token], at: int, most: int) -> tuple[list[str], int]:
    words: list[str] = []
    while at < len(tokens) and len(words) < most:
        token = tokens[at]
        if token.text == "-" and at + 1 < len(tokens) and token.glued and tokens[at + 1].glued:
            if not words or not tokens[at + 1].written[0].isalpha() or tokens[at + 1].text in NO_UNIT:
                break
            words[-1] += f"-{tokens[at + 1].written}"
            at += 2
            continue
        ends = any(token.text in table for table in (NO_UNIT, CALENDAR, FRACTIONS, MAGNITUDES, NUMBER_WORDS))
        if ends or not token.written[0].isalpha() or (token.glued and not words):
            break
        words.append(token.written)
        at += 1
    return words, at


def _per(tokens: Sequence[Token], at: int) -> tuple[str | None, int]:
    """What an amount is per: a day, a barrel, capita.

    After "per" any word, after "a" only one of the table.
    """
    if at + 1 >= len(tokens) or tokens[at].text not in PER:
        return None, at
    word = tokens[at + 1]
    sure = tokens[at].text in ("per", "/") or word.text in PERIODS
    if not sure or not word.written[0].isalpha() or (word.text in NO_UNIT and word.text != "person"):
        return None, at
    written = word.text if word.text in PERIODS else word.written
    return written, at + 2


def one_unit(first: Quantity, second: Quantity) -> tuple[Quantity, Quantity] | None:
    """Two ends of one range in one unit; what only one of them names, unit and magnitude, is shared."""
    if first.unit and second.unit and first.unit != second.unit:
        if not second.unit.startswith(f"{first.unit} per "):
            return None
        first = replace(first, unit=second.unit)
    unit = second.unit or first.unit
    one, two = first.number, second.number
    if one.power == 0 and two.power and abs(one.mantissa) < abs(two.mantissa) and one.value != 0:
        one = one.times(two.power)
    elif two.power == 0 and one.power and two.value > one.mantissa and two.value < one.value:
        return None  # "3bn to 4": which four?
    return replace(first, number=one, unit=unit), replace(second, number=two, unit=unit)
