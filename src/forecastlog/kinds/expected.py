"""What is expected of a number or a day: a point, an interval, quantiles or a normal.

Numeric and date share it.

Everything is reckoned on a line of floats: numbers as they are, days by their ordinal, never at infinity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Generic, TypeVar

from forecastlog.column import share, text
from forecastlog.keys import Key, Mapped, Table, needed
from forecastlog.kinds.kind import Misfit, paired
from forecastlog.model.forecasts import Says
from forecastlog.phrasing import exact_percent
from forecastlog.values import LEVEL, NUMBER, PROBABILITY, Number, Reader, choice

Value = Number | date
"""A number, or a day; the last day of the calendar stands for never."""
V = TypeVar("V", Number, date)
NEVER = date.max
NORMAL_LEVEL = 0.9
"""The central interval of a normal that is shown, and told to hold what came or not: a normal has one of any
level."""
CONVENTIONS = ("am-1", "fl-2")
"""The conventions by which phrases are read as amounts and as days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval(Generic[V]):
    """A range, open where an end is None.

    ``level`` is the chance that it holds what comes, where that is said.
    """

    low: V | None = None
    high: V | None = None
    level: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Normal(Generic[V]):
    """A normal distribution; of days the standard deviation is a number of days."""

    mean: V
    sd: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected(Says, Generic[V]):
    """What is expected, in one or several of these ways.

    ``last_value`` is what was known last when it was said.
    """

    value: V | None = None
    interval: Interval[V] | None = None
    quantiles: tuple[tuple[float, V], ...] = ()
    normal: Normal[V] | None = None
    never: float | None = None
    last_value: V | None = None
    convention: str | None = None

    @property
    def definite(self) -> bool:
        """Whether anything is expected."""
        told = (self.value, self.interval, self.normal, self.never)
        return bool(self.quantiles) or any(one is not None for one in told)

    @property
    def identity(self) -> tuple[tuple[str, object], ...]:
        """What is expected; by which convention it was read changes no address."""
        told = {key: value for key, value in self.entry.items() if key != "convention" and value is not None}
        return tuple(told.items())

    @property
    def entry(self) -> Mapping[str, object]:
        """The same as a record has it, without what is not told."""
        return {
            "value": shown(self.value),
            "interval": _whole(self.interval),
            "quantiles": {exact_percent(level): shown(value) for level, value in self.quantiles} or None,
            "normal": _whole(self.normal),
            "never": self.never,
            "last_value": shown(self.last_value),
            "convention": self.convention,
        }

    @property
    def point(self) -> V | None:
        """The one value that stands for all: the point, else the median, else the mean of a normal."""
        if self.value is not None:
            return self.value
        return dict(self.quantiles).get(0.5, self.normal.mean if self.normal else None)

    @property
    def levels(self) -> dict[float, V]:
        """The quantiles that it gives, by level.

        Those of an interval with its level, and of a point beside them.
        """
        if self.quantiles:
            return dict(self.quantiles)
        stated = self.interval and self.interval.level
        if not self.interval or not stated or self.interval.low is None or self.interval.high is None:
            return {}
        ends = {round((1 - stated) / 2, 9): self.interval.low, round((1 + stated) / 2, 9): self.interval.high}
        return dict(sorted({**ends, **({} if self.value is None else {0.5: self.value})}.items()))

    @property
    def central(self) -> dict[float, tuple[V, V]]:
        """The central intervals that it gives, by level, the widest first."""
        levels = self.levels
        found = {
            round(1 - 2 * level, 9): (low, levels[upper])
            for level, low in levels.items()
            if level < 0.5 and (upper := round(1 - level, 9)) in levels
        }
        return dict(sorted(found.items(), reverse=True))

    @property
    def widest(self) -> Interval[V] | None:
        """The interval that is told to hold what came or not.

        The widest with a level, else the range without one.
        """
        for level, (low, high) in self.central.items():
            return Interval(low=low, high=high, level=level)
        return self.interval


def shown(value: Value | None) -> object:
    """A value as records and JSON have it: the last day of the calendar is never.

    >>> shown(date(2025, 6, 1)), shown(NEVER)
    (datetime.date(2025, 6, 1), 'never')
    """
    return "never" if value == NEVER else value


def _whole(part: Interval[V] | Normal[V] | None) -> Mapping[str, object] | None:
    if part is None:
        return None
    names = ("low", "high", "level") if isinstance(part, Interval) else ("mean", "sd")
    return {name: shown(value) for name in names if (value := getattr(part, name)) is not None}


def line(value: Value | None) -> float:
    """A value as a float: days by their ordinal, never as infinity, nothing as NaN.

    >>> line(Number(3)), line(date(1, 1, 1)), line(NEVER), line(None)
    (3.0, 1.0, inf, nan)
    """
    if isinstance(value, date):
        return float("inf") if value == NEVER else float(value.toordinal())
    return float("nan") if value is None else float(value)


ASIDES = frozenset({"last_value", "convention"})


def keys(value: Reader, what: str) -> tuple[Key, ...]:
    """The keys of a forecast of ``what``, whose values are read so."""
    interval = Table(
        f"an interval of {what}s",
        Key("low", value, "its lower end; left out where it is open"),
        Key("high", value, "its upper end; left out where it is open"),
        Key("level", LEVEL, "the chance that it holds what comes, where the text says it"),
    )
    normal = Table(
        f"a normal distribution of {what}s",
        needed("mean", value, "its mean"),
        needed("sd", NUMBER, "its standard deviation"),
    )
    return (
        Key("value", value, f"the {what} that is expected, alone or beside an interval"),
        Key("interval", interval, f"a range of {what}s: low, high, and its level where the text says one"),
        Key(
            "quantiles",
            Mapped(LEVEL, value),
            f"{what}s by the chance of staying at or below them: 5%, 50%, 95%",
        ),
        Key("normal", normal, "a normal distribution: mean and sd"),
        Key("last_value", value, "the last one known when it was said, where status_quo is another"),
        Key("convention", choice(CONVENTIONS), f"how the words were read: {' or '.join(CONVENTIONS)}"),
    )


LEVEL_COLUMN = share(
    "the chance that it holds what comes", lambda s: s.widest and s.widest.level, name="interval_level"
)
NORMAL_COLUMN = text(
    "mean and standard deviation, as a JSON object", lambda s: s.entry["normal"], name="normal"
)
CONVENTION_COLUMN = text(
    "the convention by which its words were read", lambda s: s.convention, name="convention"
)
E = TypeVar("E", bound=Expected[Any])


def read(entry: Mapping[str, object], of: type[E]) -> E | None:
    """What a forecast expects, from the values of its keys; None where none of them is there."""
    found: dict[str, Any] = {name: entry[name] for name in _PLAIN if entry.get(name) is not None}
    if isinstance(interval := entry.get("interval"), dict) and interval:
        found["interval"] = Interval(**interval)
    if isinstance(normal := entry.get("normal"), dict) and {"mean", "sd"} <= normal.keys():
        found["normal"] = Normal(**normal)
    return of(**found) if found else None


_PLAIN = ("value", "quantiles", "never", "last_value", "convention")


def misfits(place: tuple[str | int, ...], says: Expected[V]) -> Iterator[Misfit]:
    """What one forecast says that does not go together."""
    yield from _interval_fits((*place, "interval"), says)
    for (one, low), (other, high) in pairwise(sorted(says.quantiles)):
        if line(high) < line(low):
            yield Misfit(
                "P110",
                (*place, "quantiles"),
                (
                    f"the quantile at {exact_percent(other)}, {told(high)}, lies below that at "
                    f"{exact_percent(one)}, {told(low)}"
                ),
                "Quantiles grow with their level and must not cross.",
            )
    if says.normal and says.normal.sd < 0:
        hint = "A standard deviation is at least 0."
        yield Misfit("P105", (*place, "normal", "sd"), f"'sd' is {told(says.normal.sd)}, below 0", hint)
    given = [key for key in ("quantiles", "normal") if getattr(says, key)]
    if says.interval and says.interval.level:
        given.append("interval")
    if len(given) > 1:
        message = f"{given[0]} and {given[1]} are two distributions"
        yield Misfit("P119", (*place, given[1]), message, "Keep the one that the text gives.")
    median = dict(says.quantiles).get(0.5)
    if says.value is not None and median is not None and median != says.value:
        message = f"'value' is {told(says.value)}, and the quantile at 50% is {told(median)}"
        yield Misfit(
            "P119", (*place, "value"), message, "Keep the quantile; a point beside it is the median."
        )


def _interval_fits(place: tuple[str | int, ...], says: Expected[V]) -> Iterator[Misfit]:
    interval = says.interval
    if interval is None:
        return
    low, high = interval.low, interval.high
    if low is None and high is None:
        yield Misfit("P119", place, "an interval without an end", "Add 'low:', 'high:' or both.")
    elif interval.level and (low is None or high is None):
        hint = "Write it as a quantile: what is above 2 with 90 % is {10%: 2}."
        yield Misfit("P119", (*place, "level"), "a level, and one end is open", hint)
    ends = [("low", low), ("value", says.value), ("high", high)]
    known = [(key, value) for key, value in ends if value is not None]
    for (before, less), (after, more) in pairwise(known):
        if line(less) > line(more):
            at = (*place, "high") if after == "high" else (*place[:-1], "value")
            yield Misfit(
                "P110",
                at,
                f"'{after}' is {told(more)}, below '{before}', {told(less)}",
                "The order is low, value, high.",
            )


def told(value: Value | None) -> str:
    """A value for a message: with the digits that were written.

    >>> told(Number(3.0, precision=0.1)), told(Number(1_200_000)), told(date(2025, 6, 1)), told(NEVER)
    ('3.0', '1,200,000', '2025-06-01', 'never')
    """
    if isinstance(value, Number):
        return f"{value.decimal:,f}"
    return str(shown(value))


def values(says: Expected[V]) -> Iterator[tuple[tuple[str, ...], V]]:
    """Every value that is expected, with its place below the forecast; a standard deviation is none."""
    for key in ("value", "last_value"):
        if (value := getattr(says, key)) is not None:
            yield (key,), value
    for end in ("low", "high"):
        if says.interval and (value := getattr(says.interval, end)) is not None:
            yield ("interval", end), value
    for level, quantile in says.quantiles:
        yield ("quantiles", exact_percent(level)), quantile
    if says.normal:
        yield ("normal", "mean"), says.normal.mean


def row(says: Says) -> tuple[float, float, float]:
    """The point and the ends of the widest interval on the line; NaN where there is none."""
    assert isinstance(says, Expected)  # noqa: S101  # counting hands only forecasts of these kinds
    widest = says.widest
    low, high = (widest.low, widest.high) if widest else (None, None)
    return line(says.point), line(low), line(high)


_QUANTILES = re.compile(r"\s*\{?\s*[\d.]+\s*%?\s*:")
_NEVER = re.compile(r"(?:^|[,;]?\s+)never\s*:?\s*(\d[\d.]*\s*%)\s*$")


def typed_quantiles(text: str, value: Reader) -> Mapping[str, object]:
    """The keys of a forecast that ``5%: 10, 50%: 20, 95%: 45`` means; none for any other phrase.

    Raises Unreadable.

    >>> typed_quantiles("5%: 10, 95%: 45", NUMBER)
    {'quantiles': {'5%': 10.0, '95%': 45.0}}
    """
    if not _QUANTILES.match(text):
        return {}
    return {"quantiles": {exact_percent(level): found for level, found in paired(text, LEVEL, value)}}


def without_never(text: str) -> tuple[str, float | None]:
    """A phrase without the chance of never at its end, and that chance.

    >>> without_never("in autumn 2025, never 15 %"), without_never("never")
    (('in autumn 2025', 0.15), ('never', None))
    """
    found = _NEVER.search(text)
    if found is None:
        return text, None
    return text[: found.start()], float(str(PROBABILITY.read(found[1].replace(" ", ""))))
