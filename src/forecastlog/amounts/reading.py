"""What was read, as a sentence would say it: shown when a record is made."""

from __future__ import annotations

from decimal import Context, Decimal

from forecastlog.amounts.grammar import Read
from forecastlog.amounts.units import DOLLARS, SYMBOLS

_BEFORE = frozenset((*SYMBOLS.values(), *DOLLARS.values()))
_SHOWN = Context(prec=12)
_SIGNS = {"~": "about ", ">=": "at least ", ">": "more than ", "<=": "at most ", "<": "less than "}


def reading_of(read: Read) -> str:
    """The amount in plain words and figures.

    >>> reading_of(Read(0, "interval", low=Decimal(243), high=Decimal(331), unit="seats",
    ...     level=Decimal("0.9")))
    '243 to 331 seats, 90 % interval'
    """
    numbers = [number for number in (read.value, read.low, read.high) if number is not None]
    if read.low is not None and read.high is not None:
        ends = _in_unit(f"{_figure(read.low)} to {_figure(read.high)}", read.unit)
        text = f"{_SIGNS.get(read.sign, '') if read.value is None else ''}{ends}"
        if read.value is not None:
            text = (
                f"{_SIGNS.get(read.sign, '')}{_in_unit(_figure(read.value), read.unit)}, "
                f"from {_figure(read.low)} to {_figure(read.high)}"
            )
    else:
        text = f"{_SIGNS.get(read.sign, '')}{_in_unit(_figure(numbers[0]), read.unit)}"
    return text if read.level is None else f"{text}, {_figure(read.level * 100)} % interval"


def _figure(number: Decimal) -> str:
    if number == number.to_integral_value():
        return f"{int(number):,}"
    return f"{number.normalize(_SHOWN):,f}"


def _in_unit(figures: str, unit: str | None) -> str:
    if unit is None:
        return figures
    money, _, per = unit.partition(" per ")
    if money in _BEFORE:
        return f"{money}{figures}{f' per {per}' if per else ''}"
    return f"{figures} {unit}"
