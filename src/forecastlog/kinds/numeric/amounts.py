"""Numbers of a numeric prediction in its unit: outcomes, phrases and what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import isfinite
from typing import NamedTuple

from forecastlog.kinds.expected import told
from forecastlog.phrasing import opening
from forecastlog.values import NUMBER, Number, Unreadable

BEFORE = frozenset("$€£¥₹₽₴")
"""Units that stand before their number."""
_POINTS = "percentage points"


class Measured(NamedTuple):
    """What an outcome says: a number, or the ends of an interval in which it lies."""

    low: Number
    high: Number


@cache
def measured(text: str) -> Measured:
    """An outcome as it was written, ``2.9 %`` or ``between 12 and 15``; raises Unreadable.

    >>> measured("between 12 and 15")
    Measured(low=12.0, high=15.0)
    """
    try:
        exact = NUMBER.read(text)
        assert isinstance(exact, Number)  # noqa: S101  # what the reader gives
        return Measured(exact, exact)
    except Unreadable as fault:
        from forecastlog.amounts import parse_amount

        read = parse_amount(text)
        if read is None or read.low is None or read.high is None:
            raise fault from None
        low, high = (Number(end, read.precision, read.unit) for end in (read.low, read.high))
        return Measured(low, high)


def one_unit(stated: str | None, unit: str | None) -> bool:
    """Whether a number that was written with a unit is of the prediction's; one without is.

    >>> one_unit("killed", "people killed"), one_unit("%", "percent"), one_unit("seats", "votes")
    (True, True, False)
    """
    if stated is None or unit is None:
        return True
    one, other = _words(stated), _words(unit)
    return one <= other or other <= one


@cache
def _words(unit: str) -> frozenset[str]:
    from forecastlog.amounts import parse_amount

    read = parse_amount(f"1 {unit}") or parse_amount(f"{unit}1")
    named = read.unit if read and read.unit else unit
    words = named.casefold().replace("-", " ").split()
    return frozenset(word.removesuffix("s") or word for word in words)


def in_unit(number: Number, unit: str | None) -> str:
    """A number with its unit, as people write it.

    >>> in_unit(Number(285), "seats"), in_unit(Number(3.0, precision=0.1), "%"), in_unit(Number(85), "$")
    ('285 seats', '3.0 %', '$85')
    """
    return with_unit(told(number), unit)


def with_unit(figures: str, unit: str | None) -> str:
    """Figures with their unit, before or behind.

    >>> with_unit("1", "percentage points"), with_unit("0.9", "percentage points")
    ('1 percentage point', '0.9 percentage points')
    """
    if unit == _POINTS and figures == "1":
        return f"1 {_POINTS.removesuffix('s')}"
    if unit in BEFORE:
        return f"{unit}{figures}"
    return f"{figures} {unit}" if unit else figures


def apart(unit: str | None) -> str | None:
    """The unit of a difference: percentages lie percentage points apart.

    >>> apart("%"), apart("% of GDP"), apart("seats")
    ('percentage points', 'percentage points', 'seats')
    """
    return _POINTS if unit and unit.startswith("%") else unit


def missed(error: float, *numbers: Number) -> Number:
    """How far off, with as many digits as the finest of the numbers had."""
    return Number(abs(error), min((one.precision for one in numbers), default=1.0))


def typed(text: str, unit: str | None, base: float | None) -> Mapping[str, object]:
    """The keys of a forecast that a phrase means by the convention am-1; raises Unreadable."""
    from forecastlog.amounts import CONVENTION, not_understood, parse_amount

    start = base if base is not None and isfinite(base) else None
    read = parse_amount(text, base=start)
    if read is None:
        why = opening(str(not_understood(text, base=start)))
        hint = f"{why}. Write a number or a range: 285, 20 to 30, at least 2m."
        raise Unreadable("P103", "'{text}' is not read as an amount", hint)
    if not one_unit(read.unit, unit):
        raise Unreadable("P118", f"'{{text}}' is in {read.unit}, and the prediction in {unit}", OTHER_UNIT)
    value, low, high = (
        None if number is None else Number(number, read.precision)
        for number in (read.value, read.low, read.high)
    )
    ends = {"low": low, "high": high, "level": read.level}
    interval = {key: end for key, end in ends.items() if end is not None}
    return {"value": value, "interval": interval or None, "convention": CONVENTION}


OTHER_UNIT = "Convert it, or log a prediction of its own in that unit."
