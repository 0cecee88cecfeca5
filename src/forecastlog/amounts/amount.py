"""What some words can be read as: an amount, or a part that was not understood."""

from __future__ import annotations

from dataclasses import dataclass

CONVENTION = "am-1"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, a range or a comparison, in its unit.

    A point has a ``value`` alone. A range has ``low`` and ``high`` (``value`` too where the words name one
    within it), a comparison one of them; an end that is None is unbounded. ``low_open`` and ``high_open`` say
    that the end itself does not count. ``sign`` is how the words compare: ``=``, ``~`` (about), ``>=``,
    ``>``, ``<=`` or ``<``. ``level`` is the chance that a range is said to hold the outcome, only where the
    words say it. ``precision`` is what the last digit written is worth: .1 for 3.0, 100,000 for 1.2m.
    ``rule`` names the row of the convention.

    Raises ValueError for a low above its high, or a value outside of them.
    """

    value: float | None
    low: float | None
    high: float | None
    low_open: bool
    high_open: bool
    unit: str | None
    sign: str
    level: float | None
    precision: float
    rule: str
    reading: str
    words: str
    convention: str = CONVENTION

    def __post_init__(self) -> None:
        ends = [number for number in (self.low, self.value, self.high) if number is not None]
        if not ends or ends != sorted(ends):
            raise ValueError(f"not in order: {self.low}, {self.value}, {self.high}")
        if self.level is not None and not 0 < self.level < 1:
            raise ValueError(f"a level lies between 0 and 1, not {self.level}")


@dataclass(frozen=True, slots=True)
class Span:
    """An amount at text[start:end]."""

    start: int
    end: int
    amount: Amount
