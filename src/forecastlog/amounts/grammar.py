"""Readings of an amount that start at a token: points, ranges, comparisons, levels, changes.

    phrase  = [level] range [level] | point "," level range | point "plus or minus" point | comparison | vague
    | point range   = ["between" | "from"] quantity ("and" | "to" | "-") quantity level   = number "%"
    ("interval" | "confidence" | ...)

Each reader gives what it read and the token behind it, or None.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from forecastlog.amounts.lexer import Token
from forecastlog.amounts.numerals import NUMBER_WORDS, number_at
from forecastlog.amounts.quantity import NotAnAmount, Quantity, one_unit, quantity_at, unit_at
from forecastlog.amounts.units import (
    ABOUT,
    AFTER,
    CODES,
    COMPARISONS,
    DECADES,
    DOLLARS,
    DOWN,
    EXACTLY,
    FRACTIONS,
    HALVES,
    LEVELS,
    SYMBOLS,
    TENS,
    THIRDS,
    TIMES,
    UP,
    VAGUE,
)

_LONGEST_LEAD = 5
_RANGES = (
    ("somewhere",),
    ("anywhere",),
    ("a", "range", "of"),
    ("in", "the", "range", "of"),
    ("in", "the", "range"),
)
STARTS = frozenset(
    (
        *(phrase[0] for table in (ABOUT, EXACTLY, COMPARISONS, VAGUE, _RANGES) for phrase in table),
        *(*NUMBER_WORDS, *SYMBOLS, *CODES, *DOLLARS, *FRACTIONS, *THIRDS),
        *("between", "from", "-", "+", "minus", "negative", "the"),
    )
)
"""Words and marks that an amount may start with, beside a number in digits."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read, and the token behind it."""

    end: int
    rule: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    sign: str = "="
    level: Decimal | None = None
    precision: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Reader:
    """The tokens of a text, the number that changes start from, and how many words a free unit may have."""

    tokens: Sequence[Token]
    base: Decimal | None = None
    free: int = 3

    def readings(self, at: int) -> Iterable[Read]:
        """Every reading that starts there."""
        for reader in (
            self._range,
            self._with_level,
            self._tolerance,
            self._comparison,
            self._vague,
            self._third,
            self._point,
            self._change,
        ):
            found = reader(at)
            if found is not None:
                yield found

    def _text(self, at: int) -> str:
        return self.tokens[at].text if at < len(self.tokens) else ""

    def _lead(self, phrases: Iterable[tuple[str, ...]], at: int) -> tuple[str, ...]:
        """The longest of the phrases that stands there; () where none does."""
        words = tuple(token.text for token in self.tokens[at : at + _LONGEST_LEAD])
        return max((phrase for phrase in phrases if words[: len(phrase)] == phrase), key=len, default=())

    def _skip(self, at: int, *words: str) -> int:
        return at + 1 if self._text(at) in words else at

    def _quantity(self, at: int) -> Quantity | None:
        return quantity_at(self.tokens, at, free=self.free)

    def _approximate(self, at: int) -> tuple[str, int]:
        """The sign of what follows, and where it starts: "about", "exactly" or nothing before it."""
        about = self._lead(ABOUT, at)
        if about:
            return "~", at + len(about)
        return "=", at + len(self._lead(EXACTLY, at))

    def _point(self, at: int) -> Read | None:
        sign, start = self._approximate(at)
        found = self._quantity(start)
        if found is None:
            return None
        rule = "about" if sign == "~" else "number"
        read = Read(
            found.end, rule, value=found.value, unit=found.unit, sign=sign, precision=found.number.precision
        )
        return self._compared_after(read) if sign == "=" else read

    def _compared_after(self, read: Read) -> Read:
        """A point with a comparison behind it: "3 % or more", "300+"."""
        after = self._lead(AFTER, read.end)
        if not after:
            return read
        sign, end = AFTER[after], read.end + len(after)
        unit = read.unit
        if unit is None:
            unit, end = unit_at(self.tokens, end, currency=None, free=self.free)
        if sign == "~":
            return replace(read, end=end, sign="~", rule="about", unit=unit)
        return _bound(replace(read, end=end, unit=unit), sign)

    def _comparison(self, at: int) -> Read | None:
        lead = self._lead(COMPARISONS, at)
        if not lead:
            return None
        _, start = self._approximate(at + len(lead))
        found = self._quantity(start)
        if found is None:
            return None
        read = Read(found.end, "", value=found.value, unit=found.unit, precision=found.number.precision)
        return _bound(read, COMPARISONS[lead])

    def _range(self, at: int) -> Read | None:
        level = self._level(at)
        start = level[1] if level else at
        for _ in range(2):
            start += len(self._lead(_RANGES, start))
        sign, start = self._approximate(start)
        opening = self._text(start) if self._text(start) in ("between", "from") else ""
        first = self._quantity(start + bool(opening))
        if first is None:
            return None
        link = self._text(first.end)
        if link not in {"between": ("and", "-"), "from": ("to", "-"), "": ("to", "-")}[opening]:
            return None
        second = self._quantity(self._skip(first.end + 1, "about", "around"))
        ends = one_unit(first, second) if second else None
        if ends is None:
            return None
        if ends[0].value >= ends[1].value:
            raise NotAnAmount("the low end of a range lies below its high end")
        low, high = ends
        precision = min(low.number.precision, high.number.precision)
        read = Read(
            high.end, "range", low=low.value, high=high.value, unit=high.unit, sign=sign, precision=precision
        )
        return self._levelled(read, level)

    def _levelled(self, read: Read, level: tuple[Decimal, int] | None) -> Read:
        """The range with the level before or behind it."""
        if level is None:
            level = self._level_after(read.end)
            read = replace(read, end=level[1]) if level else read
        return replace(read, rule="interval", level=level[0]) if level else read

    def _level(self, at: int) -> tuple[Decimal, int] | None:
        """The level of "90 % interval", "a 90% confidence interval of", and the token behind."""
        at = self._skip(self._skip(at, "a", "an", "the", "with"), "central")
        share = self._percent(at)
        if share is None or self._text(share[1]) not in LEVELS:
            return None
        end = share[1]
        while self._text(end) in LEVELS:
            end += 1
        end = self._skip(end, "of", "from", "is", ":", ",", "=") if self._text(end) != "from" else end
        return share[0], end

    def _level_after(self, at: int) -> tuple[Decimal, int] | None:
        """The level of "with 90 % confidence", "(90% interval)"."""
        start = self._skip(at, ",")
        opened = self._text(start) == "("
        start = self._skip(self._skip(start, "("), "with", "at")
        share = self._percent(self._skip(start, "a"))
        if share is None or (start == at and not opened):
            return None
        end = share[1]
        while self._text(end) in LEVELS or (self._text(end) == "level" and end > share[1]):
            end += 1
        if end == share[1] or (opened and self._text(end) != ")"):
            return None
        return share[0], end + opened

    def _percent(self, at: int) -> tuple[Decimal, int] | None:
        """A share between 0 and 1 written as a percentage, and the token behind it."""
        number = number_at(self.tokens, at)
        if number is None or not 0 < number.value < 100:
            return None
        unit, end = unit_at(self.tokens, self._skip(number.end, "-"), currency=None, free=0)
        return (number.value / 100, end) if unit == "%" else None

    def _with_level(self, at: int) -> Read | None:
        """A point and its interval: "285 seats, 90 % interval 243 to 331"."""
        point = self._point(at)
        if point is None or point.value is None or self._text(point.end) not in (",", ";", "("):
            return None
        opened = self._text(point.end) == "("
        around = self._range(point.end + 1)
        if around is None or around.level is None or around.low is None or around.high is None:
            return None
        if (opened and self._text(around.end) != ")") or not around.low <= point.value <= around.high:
            return None
        if around.unit and point.unit and around.unit != point.unit:
            return None
        precision = min(point.precision, around.precision)
        unit = point.unit or around.unit
        return replace(
            around,
            end=around.end + opened,
            value=point.value,
            unit=unit,
            sign=point.sign,
            precision=precision,
        )

    def _tolerance(self, at: int) -> Read | None:
        sign, start = self._approximate(at)
        middle = self._quantity(start)
        if middle is None:
            return None
        place = self._skip(middle.end, ",")
        marks = (
            ("plus", "or", "minus"),
            ("plus", "-", "or", "-", "minus"),
            ("+", "/", "-"),
            ("±",),
            ("give", "or", "take"),
        )
        mark = self._lead(marks, place)
        width = self._quantity(place + len(mark)) if mark else None
        if (
            width is None
            or width.value < 0
            or (width.unit and middle.unit not in (None, width.unit) and not _points(middle, width))
        ):
            return None
        if width.number.power and not middle.number.power and middle.value < width.value:
            middle = replace(middle, number=middle.number.times(width.number.power))
        precision = min(middle.number.precision, width.number.precision)
        low, high = middle.value - width.value, middle.value + width.value
        unit = middle.unit or width.unit
        return self._levelled(
            Read(width.end, "plus or minus", middle.value, low, high, unit, sign, precision=precision), None
        )

    def _vague(self, at: int) -> Read | None:
        sign, start = self._approximate(at)
        lead = self._lead(VAGUE, start)
        if not lead:
            return None
        end = start + len(lead)
        unit, end = unit_at(self.tokens, self._skip(end, "of"), currency=None, free=self.free)
        low, high = map(Decimal, VAGUE[lead])
        return Read(end, "vague number", low=low, high=high, unit=unit, sign=sign)

    def _third(self, at: int) -> Read | None:
        """Thirds of ten: "low single digits", "mid-teens", "high 20s", "mid to high single digits"."""
        _, start = self._approximate(at)
        start = self._skip(start, "in")
        start = self._skip(start, "the")
        if self._text(start) not in THIRDS:
            return None
        first = THIRDS[self._text(start)]
        last, place = first, self._skip(start + 1, "-")
        if self._text(place) in ("to", "and"):
            place = self._skip(place + 1, "-")
            if self._text(place) not in THIRDS:
                return None
            last, place = THIRDS[self._text(place)], self._skip(place + 1, "-")
        tens = self._tens(place)
        if tens is None or last[1] < first[0]:
            return None
        unit, end = unit_at(self.tokens, tens[1], currency=None, free=self.free)
        return Read(
            end,
            "third of ten",
            low=Decimal(tens[0] + first[0]),
            high=Decimal(tens[0] + last[1]),
            unit=unit,
            sign="~",
        )

    def _tens(self, at: int) -> tuple[int, int] | None:
        word, following = self._text(at), self._text(at + 1)
        if word == "single":
            place = self._skip(at + 1, "-")
            return (0, place + 1) if self._text(place) in ("digit", "digits") else None
        if word == "teens" or word in DECADES:
            return (10 if word == "teens" else DECADES[word]), at + 1
        apostrophe = following == "'"
        suffix = self._text(at + 2) if apostrophe else following
        if f"{word}{suffix}" in TENS and suffix == "s":
            return TENS[f"{word}s"], at + 2 + apostrophe
        return None

    def _change(self, at: int) -> Read | None:
        """A change from the base: "double", "halve", "up 10 %", "a third higher", "twice"."""
        if self.base is None:
            return None
        word = self._text(at)
        if word in TIMES:
            return Read(at + 1, "times the base", value=self.base * TIMES[word])
        if word in HALVES:
            return Read(at + 1, "times the base", value=self.base / 2)
        if word in UP or word in DOWN:
            return self._moved(self.base, self._skip(at + 1, "by"), down=word in DOWN, after=False)
        return self._moved(self.base, at, down=False, after=True)

    def _moved(self, base: Decimal, at: int, *, down: bool, after: bool) -> Read | None:
        """The base moved by a percentage, a fraction or a number, beside which the direction stands."""
        _, at = self._approximate(at)
        share, end = self._fraction(at)
        step = None if share is None else base * share
        unit = None
        if step is None:
            found = quantity_at(self.tokens, at, free=0)
            if found is None:
                return None
            end = found.end
            step = base * found.value / 100 if found.unit == "%" else found.value
            unit = None if found.unit in ("%", "percentage points", "basis points", "points") else found.unit
            if found.unit == "basis points":
                step /= 100
        if after:
            word = self._text(end)
            if word not in ("higher", "lower", "more", "less", "up", "down", "above", "below"):
                return None
            down, end = word in DOWN, end + 1
        return Read(end, "change from the base", value=base - step if down else base + step, unit=unit)

    def _fraction(self, at: int) -> tuple[Decimal | None, int]:
        """Reads "a third", "two thirds", "half"."""
        if self._text(at) == "half":
            return FRACTIONS["half"], at + 1
        place = at + 1 if self._text(at) in ("a", "an", "one") else None
        count = Decimal(1)
        if place is None:
            number = number_at(self.tokens, at)
            if number is None or number.in_digits:
                return None, at
            count, place = number.value, self._skip(number.end, "-")
        share = FRACTIONS.get(self._text(place))
        return (None, at) if share is None else (count * share, place + 1)


def _points(middle: Quantity, width: Quantity) -> bool:
    """Whether the width is in points of the percentage in the middle."""
    return middle.unit == "%" and width.unit in ("percentage points", "points")


def _bound(read: Read, sign: str) -> Read:
    """A point as the end of what is open on one side."""
    rule = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than"}[sign]
    low, high = (read.value, None) if sign.startswith(">") else (None, read.value)
    return replace(read, rule=rule, sign=sign, value=None, low=low, high=high)
