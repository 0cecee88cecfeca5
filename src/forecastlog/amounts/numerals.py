"""Numbers as tokens write them: digits or words, with the magnitude behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from forecastlog.amounts.lexer import Token
from forecastlog.amounts.units import FRACTIONS, LETTERS, MAGNITUDES, WITH_CURRENCY
from forecastlog.english import SMALL_NUMBERS, TENS_BY_NAME

_ONE = ("a", "an")
NUMBER_WORDS = frozenset((*SMALL_NUMBERS, *TENS_BY_NAME, *_ONE, "hundred", "dozen"))


@dataclass(frozen=True, slots=True)
class Number:
    """A number that ends at a token.

    ``mantissa`` is what stood before its magnitude of ten to the ``power``.
    """

    value: Decimal
    precision: Decimal
    mantissa: Decimal
    power: int
    end: int
    in_digits: bool

    def times(self, power: int) -> Number:
        """The same with the magnitude of another number: the 3 of "3 to 4 billion"."""
        scale = Decimal(10) ** power
        return replace(self, value=self.value * scale, precision=self.precision * scale, power=power)


def number_at(tokens: Sequence[Token], at: int, *, currency: bool = False) -> Number | None:
    """The number that starts at tokens[at], magnitude included; None where none does."""
    if at >= len(tokens):
        return None
    if tokens[at].is_number:
        token = tokens[at]
        if token.value is None:
            return None
        if at + 1 < len(tokens) and tokens[at + 1].text == "dozen":
            return Number(12 * token.value, Decimal(1), 12 * token.value, 0, at + 2, True)
        end, value, precision = _and_a_half(tokens, at + 1, token.value, token.precision)
        return _scaled(tokens, Number(value, precision, value, 0, end, True), currency=currency)
    return _dozens(tokens, at) or _part_of(tokens, at) or _in_words(tokens, at)


def _and_a_half(
    tokens: Sequence[Token], at: int, value: Decimal, precision: Decimal
) -> tuple[int, Decimal, Decimal]:
    words = [token.text for token in tokens[at : at + 6] if token.text != "-"]
    if words[:3] == ["and", "a", "half"]:
        end = at
        while tokens[end].text != "half":
            end += 1
        return end + 1, value + Decimal("0.5"), Decimal("0.1")
    return at, value, precision


def _scaled(tokens: Sequence[Token], number: Number, *, currency: bool) -> Number:
    """The number with the magnitude behind it, if there is one."""
    at = number.end
    hyphen = at + 1 < len(tokens) and tokens[at].text == "-" and tokens[at + 1].text in MAGNITUDES
    place = at + 1 if hyphen and tokens[at + 1].text not in LETTERS else at
    word = tokens[place] if place < len(tokens) else None
    if word is None or word.text not in MAGNITUDES:
        return number
    if word.text in LETTERS and not ((word.glued and word.text not in WITH_CURRENCY) or currency):
        return number
    if word.written == "M" and not currency and not word.glued:
        return number
    return replace(number.times(MAGNITUDES[word.text]), end=place + 1)


def _dozens(tokens: Sequence[Token], at: int) -> Number | None:
    words = [token.text for token in tokens[at : at + 3]]
    for spelled, value in ((("half", "a", "dozen"), 6), (("a", "dozen"), 12)):
        if tuple(words[: len(spelled)]) == spelled:
            return Number(Decimal(value), Decimal(1), Decimal(value), 0, at + len(spelled), False)
    small = _below_100(tokens, at)
    if small and small[1] < len(tokens) and tokens[small[1]].text == "dozen":
        value = 12 * small[0]
        return Number(Decimal(value), Decimal(1), Decimal(value), 0, small[1] + 1, False)
    return None


def _part_of(tokens: Sequence[Token], at: int) -> Number | None:
    """Reads "half a million" and "a quarter of a million"."""
    words = [token.text for token in tokens[at : at + 5]]
    start = 1 if words[:1] == ["a"] else 0
    share = FRACTIONS.get(words[start]) if len(words) > start else None
    rest = words[start + 1 :]
    skip = 1 if rest[:1] == ["of"] else 0
    if (
        share is None
        or len(rest) < skip + 2
        or rest[skip] not in ("a", "one")
        or rest[skip + 1] not in MAGNITUDES
    ):
        return None
    power = MAGNITUDES[rest[skip + 1]]
    scale = Decimal(10) ** power
    return Number(share * scale, scale / 10, share, power, at + start + 1 + skip + 2, False)


def _in_words(tokens: Sequence[Token], at: int) -> Number | None:
    """Reads "three", "two hundred and fifty thousand", "two and a half million", "one point five"."""
    total, place, last, power = Decimal(0), at, 99, 0
    mantissa, precision = Decimal(0), Decimal(1)
    while (found := _below_1000(tokens, place)) is not None:
        value, end = Decimal(found[0]), found[1]
        end, value, worth = _and_a_half(tokens, end, value, Decimal(1))
        end, value, worth = _pointed(tokens, end, value, worth)
        scaled = _scaled(tokens, Number(value, worth, value, 0, end, False), currency=False)
        if scaled.power >= last:
            break
        total, place, last = total + scaled.value, scaled.end, scaled.power
        mantissa, precision, power = value, scaled.precision, scaled.power
        if scaled.power == 0:
            break
        follower = _below_1000(tokens, place + 1) if _text(tokens, place) == "and" else None
        if follower is not None:
            one = Number(Decimal(1), Decimal(1), Decimal(1), 0, follower[1], False)
            if _scaled(tokens, one, currency=False).power >= last:  # "two million and three million" are two
                break
            place += 1
    if place == at:
        return None
    if total != mantissa * Decimal(10) ** power:  # of several parts: nothing to share with a second number
        mantissa, power = total, 0
    return Number(total, precision, mantissa, power, place, False)


def _pointed(
    tokens: Sequence[Token], at: int, value: Decimal, precision: Decimal
) -> tuple[int, Decimal, Decimal]:
    """Adds the digits of "point five" and "point two five"."""
    if at + 1 >= len(tokens) or tokens[at].text != "point" or SMALL_NUMBERS.get(tokens[at + 1].text, 10) > 9:
        return at, value, precision
    place = at + 1
    while place < len(tokens) and SMALL_NUMBERS.get(tokens[place].text, 10) < 10 and place - at < 6:
        precision /= 10
        value += SMALL_NUMBERS[tokens[place].text] * precision
        place += 1
    return place, value, precision


def _text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if at < len(tokens) else ""


def _below_1000(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """The number below a thousand that starts there, and the place behind it."""
    if at >= len(tokens):
        return None
    following = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if tokens[at].text in _ONE:
        if following == "hundred":
            small: tuple[int, int] | None = (1, at + 1)
        else:
            return (1, at + 1) if following in MAGNITUDES and following not in LETTERS else None
    else:
        small = _below_100(tokens, at)
    if (
        small is None
        or small[1] >= len(tokens)
        or tokens[small[1]].text != "hundred"
        or not 0 < small[0] < 100
    ):
        return small
    value, place = 100 * small[0], small[1] + 1
    joined = place + 1 if place < len(tokens) and tokens[place].text == "and" else place
    rest = _below_100(tokens, joined)
    return (value + rest[0], rest[1]) if rest and rest[0] else (value, place)


def _below_100(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    if at >= len(tokens):
        return None
    word = tokens[at].text
    if word in SMALL_NUMBERS:
        return SMALL_NUMBERS[word], at + 1
    if word not in TENS_BY_NAME:
        return None
    place = at + 2 if at + 2 < len(tokens) and tokens[at + 1].text == "-" else at + 1
    unit = SMALL_NUMBERS.get(tokens[place].text, 0) if place < len(tokens) else 0
    return (TENS_BY_NAME[word] + unit, place + 1) if 0 < unit < 10 else (TENS_BY_NAME[word], at + 1)
