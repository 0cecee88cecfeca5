"""The charts of forecasts that are no yes or no: numbers and days as points, intervals and fans.

Options as bars.

A forecast a row, the first above, so that they are read downwards as time goes on; what came runs through all
of them. As in ``charts``, what stands behind a chart is inside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor, isfinite, log10
from typing import NamedTuple

from forecastlog.site import svg
from forecastlog.site.charts import day_ticks
from forecastlog.site.svg import WIDTH

_LEFT, _RIGHT, _TOP, _STEP = 128, WIDTH - 16, 66, 34
_MOST_TICKS = 5


class Band(NamedTuple):
    """A central interval; an end that is not finite is open.

    ``level`` is the chance that it holds what comes.
    """

    low: float
    high: float
    level: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """What was expected of a number or a day.

    ``label`` and ``small`` tell when and whose, ``bands`` the widest first.
    """

    label: str
    small: str
    told: str
    point: float | None = None
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """What was given to each option, from 0 to 1."""

    label: str
    small: str
    shares: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Of what the values are: numbers of a unit, on a logarithmic scale where ``log``.

    Or days, as their ordinals.
    """

    unit: str = ""
    days: bool = False
    log: bool = False

    def told(self, value: float) -> str:
        """A value as the axis has it."""
        if self.days:
            return svg.day(date.fromordinal(int(value)))
        return f"{value:,.6g}"


def spreads_chart(
    rows: Sequence[Spread],
    axis: Axis,
    sample: str,
    *,
    came: tuple[float, float] | None = None,
    last: float | None = None,
    name: str = "spreads",
) -> str:
    """Every forecast as a row.

    Its point, its intervals as nested bars, beside what came and the last value known.
    """
    title = "What was expected" + (", and what came" if came else "")
    place = _Line.around(_values(rows, came, last), axis)
    bottom = _TOP + _STEP * len(rows)
    body = [*svg.heading(title), *_keys(came, last, rows), *place.grid(bottom)]
    if came:
        body += _came(came, place, bottom)
    if last is not None and isfinite(last):
        body.append(svg.stroke("diagonal", place.x(last), _TOP - 8, place.x(last), bottom))
    for number, row in enumerate(rows):
        body += _spread_row(row, _TOP + _STEP * number + _STEP / 2, place)
    body.append(svg.text((_LEFT + _RIGHT) / 2, bottom + 34, axis.unit, "axis", "middle"))
    body.append(svg.text(0, bottom + 56, sample, "sample"))
    told = [f"{row.label}, {row.small}: {row.told}" for row in rows]
    if came:
        told.append(f"what came: {_range_told(came, axis)}")
    if last is not None:
        told.append(f"the last value known: {axis.told(last)}")
    return svg.picture(name, bottom + 64, title, f"{'; '.join(told)}. {sample}", body)


def _values(rows: Sequence[Spread], came: tuple[float, float] | None, last: float | None) -> list[float]:
    found = [*(came or ()), *([] if last is None else [last])]
    for row in rows:
        found += [end for band in row.bands for end in band[:2]]
        found += [] if row.point is None else [row.point]
    return [value for value in found if isfinite(value)]


def _keys(came: object, last: float | None, rows: Sequence[Spread]) -> Iterator[str]:
    """What the marks mean."""
    yield svg.dot(6, 36)
    yield svg.text(16, 40, "expected", "small")
    at = 84.0
    if any(row.bands for row in rows):
        yield svg.rect("fan", at, 31, 24, 10)
        yield svg.text(at + 30, 40, "interval", "small")
        at += 92
    if came:
        yield svg.diamond(at + 6, 36)
        yield svg.text(at + 18, 40, "what came", "small")
        at += 94
    if last is not None:
        yield svg.stroke("diagonal", at, 36, at + 24, 36)
        yield svg.text(at + 30, 40, "last value known", "small")


def _came(came: tuple[float, float], place: _Line, bottom: float) -> Iterator[str]:
    low, high = (place.x(end) for end in came)
    if high - low > 1:
        yield svg.rect("came", low, _TOP - 8, high - low, bottom - _TOP + 8)
    else:
        yield svg.stroke("whisker", low, _TOP - 8, low, bottom)
    yield svg.diamond((low + high) / 2, _TOP - 8)


def _spread_row(row: Spread, y: float, place: _Line) -> Iterator[str]:
    yield svg.text(0, y - 2, svg.shortened(row.label, 20), "label")
    yield svg.text(0, y + 12, svg.shortened(row.small, 19), "small")
    for number, band in enumerate(row.bands):
        low, high = place.end(band.low), place.end(band.high)
        half = 9 - min(2 * number, 6)
        yield svg.rect("fan", low, y - half, max(high - low, 2), 2 * half)
        for end, at, way in ((band.low, low, -1), (band.high, high, 1)):
            if not isfinite(end):  # open: the bar runs to the edge and ends in an arrow
                yield (
                    f'<path class="window" d="M{svg.rounded(at)} {svg.rounded(y - 6)}l{7 * way} '
                    f'6l{-7 * way} 6z"/>'
                )
    if row.point is not None and isfinite(row.point):
        yield svg.dot(place.x(row.point), y)


def _range_told(came: tuple[float, float], axis: Axis) -> str:
    low, high = (axis.told(end) for end in came)
    return low if low == high else f"{low} to {high}"


def options_chart(
    rows: Sequence[Shares],
    options: Sequence[str],
    sample: str,
    *,
    came: str | None = None,
    name: str = "options",
) -> str:
    """The options below each other, with a bar for each forecast in the order of time.

    What came is marked.
    """
    title = "What each option was given"
    left, right = 150.0, WIDTH - 52.0
    height = 16.0 * len(rows) + 26
    top = 34.0
    bottom = top + height * len(options)
    body = [*svg.heading(title)]
    for share in (0, 0.5, 1):
        x = left + share * (right - left)
        body.append(svg.stroke("grid", x, top, x, bottom))
        body.append(svg.text(x, bottom + 16, svg.percent(share), "small", "middle"))
    for number, option in enumerate(options):
        y = top + height * number + 16
        body.append(svg.text(0, y, svg.shortened(option, 52), "label"))
        if option == came:
            body.append(svg.diamond(WIDTH - 96, y - 5))
            body.append(svg.text(WIDTH, y, "what came", "small", "end"))
        for row in rows:
            y += 16
            given = dict(row.shares).get(option)
            body.append(svg.text(left - 8, y, svg.shortened(row.label, 20), "small", "end"))
            if given is None:
                body.append(svg.text(left + 6, y, "not named", "aside"))
                continue
            style = "bar given" if option == came else "bar"
            body.append(svg.rect(style, left, y - 10, max(given * (right - left), 1), 11))
            body.append(svg.text(left + given * (right - left) + 6, y, svg.percent(given), "count"))
    body.append(svg.text(0, bottom + 40, sample, "sample"))
    told = [
        (
            f"{row.label}, {row.small}: "
            f"{', '.join(f'{option} {svg.percent(given)}' for option, given in row.shares)}"
        )
        for row in rows
    ]
    told += [f"what came: {came}"] if came else []
    return svg.picture(name, bottom + 48, title, f"{'; '.join(told)}. {sample}", body)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line from ``low`` to ``high`` across the chart."""

    low: float
    high: float
    axis: Axis

    @classmethod
    def around(cls, values: Sequence[float], axis: Axis) -> _Line:
        """A line with a little room about the values."""
        low, high = min(values, default=0.0), max(values, default=1.0)
        if axis.log and low > 0:
            room = max(log10(high / low) * 0.06, 0.02)
            return cls(low / 10**room, high * 10**room, axis)
        room = (high - low) * 0.06 or (15.0 if axis.days else max(abs(high), 1.0) * 0.05)
        edges = (low - room, high + room)
        if axis.days:
            edges = (max(edges[0], 1.0), min(edges[1], float(date.max.toordinal())))
        return cls(*edges, Axis(unit=axis.unit, days=axis.days))

    def x(self, value: float) -> float:
        if self.axis.log:
            share = log10(value / self.low) / log10(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return _LEFT + min(max(share, 0.0), 1.0) * (_RIGHT - _LEFT)

    def end(self, value: float) -> float:
        """The place of an end of a band, which may be open."""
        if isfinite(value):
            return self.x(value)
        return _LEFT if value < 0 else _RIGHT

    def ticks(self) -> list[tuple[float, str]]:
        if self.axis.days:
            first, last = (date.fromordinal(int(end)) for end in (self.low, self.high))
            return [(float(day.toordinal()), label) for day, label in day_ticks(first, last)]
        values = _powers(self.low, self.high) if self.axis.log else _steps(self.low, self.high)
        return [(value, self.axis.told(value)) for value in values]

    def grid(self, bottom: float) -> Iterator[str]:
        for value, label in self.ticks():
            yield svg.stroke("grid", self.x(value), _TOP - 8, self.x(value), bottom)
            yield svg.text(self.x(value), bottom + 16, label, "small", "middle")


def _steps(low: float, high: float) -> list[float]:
    """Round numbers between two: steps of 1, 2 or 5 times a power of ten.

    >>> _steps(2.3, 4.8)
    [2.5, 3.0, 3.5, 4.0, 4.5]
    """
    span = high - low
    power = 10.0 ** floor(log10(span / _MOST_TICKS))
    step = next(size * power for size in (1, 2, 5, 10) if span / (size * power) <= _MOST_TICKS)
    first = -(-low // step)
    return [round(step * (first + i), 12) for i in range(_MOST_TICKS + 1) if step * (first + i) <= high]


def _powers(low: float, high: float) -> list[float]:
    """Powers of ten between two numbers above 0; where there are fewer than two, twos and fives besides.

    >>> _powers(0.5, 200)
    [1.0, 10.0, 100.0]
    """
    exponents = range(floor(log10(low)), floor(log10(high)) + 1)
    found = [10.0**exponent for exponent in exponents if low <= 10.0**exponent <= high]
    if len(found) < 2:
        found = [size * 10.0**e for e in exponents for size in (1, 2, 5) if low <= size * 10.0**e <= high]
    every = -(-len(found) // _MOST_TICKS)
    return found[:: max(every, 1)]


def fan(levels: Sequence[tuple[float, float]]) -> tuple[Band, ...]:
    """The central intervals of quantiles, given as (level, value) from low to high, the widest first.

    >>> fan([(0.05, 1), (0.25, 2), (0.5, 3), (0.75, 4), (0.95, 6)])
    (Band(low=1, high=6, level=0.9), Band(low=2, high=4, level=0.5))
    """
    values = {round(level, 9): value for level, value in levels}
    return tuple(
        Band(low, values[upper], round(1 - 2 * level, 9))
        for level, low in sorted(values.items())
        if level < 0.5 and (upper := round(1 - level, 9)) in values
    )
