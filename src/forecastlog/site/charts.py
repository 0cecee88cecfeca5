"""The charts of the site as SVG: pure functions of their figures, the same text every time.

Each carries its title, its description, how many forecasts and events stand behind it and how many of them
were logged in advance, so that a screenshot cannot hide them. What differs in colour differs in shape too.
Colours and type come from ``static/charts.css``; ``standalone`` puts it into a file of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from textwrap import wrap
from typing import Any, Protocol, TypeVar

from forecastlog.english import MONTHS
from forecastlog.site import svg
from forecastlog.site.svg import WIDTH

STYLE = Path(__file__).with_name("static") / "charts.css"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The forecasts that a chart is drawn from.

    How many of ``what``, on how many events, how many logged in advance.
    """

    n: int
    events: int
    in_advance: int
    what: str = "forecasts"

    def __str__(self) -> str:
        what = self.what.removesuffix("s") if self.n == 1 else self.what
        events = "1 event" if self.events == 1 else f"{self.events:,} events"
        return f"n = {self.n:,} {what} on {events}; logged in advance: {self.in_advance:,}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A phrase of the words' record; probabilities and shares from 0 to 1."""

    words: str
    decided: int
    happened: float
    share: float | None
    share_low: float | None
    share_high: float | None
    probability: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """A bin of a calibration table that holds ``n`` forecasts."""

    low: float
    high: float
    n: int
    mean_p: float
    share: float
    share_low: float
    share_high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point of a CORP curve and its consistency band."""

    p: float
    fitted: float
    band_low: float
    band_high: float


Mark = TypeVar("Mark", Word, Bin, Point)


def of_row(kind: type[Mark], row: Mapping[str, Any]) -> Mark:
    """A mark of a chart from the row of a table that has its figures under the same names."""
    return kind(**{field.name: row[field.name] for field in fields(kind)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A row of a time line: from ``first`` to ``last``, with a part that is only the generous reading's.

    ``shape`` is ``said``, ``window``, ``happened``, ``known`` or ``logged``; ``last`` None is an open end.
    """

    label: str
    shape: str
    first: date
    strict: date | None = None
    last: date | None = None
    open_end: bool = False


def words_chart(words: Sequence[Word], sample: Sample, *, name: str = "words") -> str:
    """How often what was said with each phrase came true, beside what our scale takes the phrase to mean."""
    left, right, top = 160, 382, 88
    labels = [wrap(word.words, 18, max_lines=2, placeholder="…") for word in words]
    ends = [top + height for height in accumulate(14 + 13 * max(len(lines), 1) for lines in labels)]
    bottom = ends[-1] if ends else top

    def x(share: float) -> float:
        return left + share * (right - left)

    body = [*svg.heading("What each phrase came to")]
    body += [
        f'<rect class="band" x="0" y="32" width="20" height="10"/>{svg.tick(10, 37, 7)}',
        svg.text(26, 41, "how our scale reads it", "small"),
        f'<line class="whisker" x1="232" x2="256" y1="37" y2="37"/>{svg.dot(244, 37)}',
        svg.text(262, 41, "came true, 95 % interval", "small"),
    ]
    for share in (0, 0.25, 0.5, 0.75, 1):
        body.append(svg.stroke("grid", x(share), top - 8, x(share), bottom))
        body.append(svg.text(x(share), top - 14, svg.percent(share), "small", "middle"))
    for word, label, above, below in zip(words, labels, [top, *ends], ends, strict=False):
        body += _word_row(word, label, (above + below) / 2, x)
    body.append(svg.text(0, bottom + 24, str(sample), "sample"))
    told = "; ".join(_word_told(word) for word in words)
    return svg.picture(name, bottom + 32, "What each phrase came to", f"{told}. {sample}.", body)


def _word_row(word: Word, label: Sequence[str], y: float, x: _Scale) -> Iterator[str]:
    for number, line in enumerate(label):
        yield svg.text(150, y + 4 + 14 * (number - (len(label) - 1) / 2), line, "label", "end")
    if word.low is not None and word.high is not None:
        yield svg.rect("band", x(word.low), y - 6, x(word.high) - x(word.low), 12)
    if word.probability is not None:
        yield svg.tick(x(word.probability), y, 9)
    if word.share is not None and word.share_low is not None and word.share_high is not None:
        yield svg.stroke("whisker", x(word.share_low), y, x(word.share_high), y)
        yield svg.dot(x(word.share), y)
        yield svg.text(WIDTH, y + 4, f"{word.happened:g} of {word.decided}", "count", "end")
    else:
        yield svg.text(WIDTH, y + 4, "undecided", "small", "end")


def _word_told(word: Word) -> str:
    return f"{word.words}: came true {word.happened:g} of {word.decided} times"


def calibration_chart(
    sample: Sample, *, curve: Sequence[Point] = (), bins: Sequence[Bin] = (), name: str = "calibration"
) -> str:
    """Probability given against the share that came true: a CORP curve with its band, or bins, or both."""
    title = "What was said, and what came true"
    frame = _Square(70, 52, 340)
    body = [*svg.heading(title), *frame.grid()]
    if curve:
        body += _curve(curve, frame)
    bins = [each for each in bins if each.n]
    if bins:
        body.append(svg.text(frame.left - 8, frame.top - 8, "n", "axis", "end"))
    for each in bins:
        body += _bin(each, frame)
    bottom = frame.top + frame.size
    body.append(svg.text(frame.left + frame.size / 2, bottom + 36, "probability given", "axis", "middle"))
    body.append(
        '<text class="axis" text-anchor="middle" transform="translate(12 '
        f'{svg.rounded(frame.top + frame.size / 2)}) rotate(-90)">share that came true</text>'
    )
    body.append(svg.text(0, bottom + 62, str(sample), "sample"))
    told = [
        f"{each.n} given {svg.percent(each.mean_p)} on average: {svg.percent(each.share)} came true"
        for each in bins
    ]
    told += [
        f"at {svg.percent(point.p)} the curve stands at {svg.percent(point.fitted)}" for point in curve[:40]
    ]
    return svg.picture(name, bottom + 70, title, f"{'; '.join(told)}. {sample}.", body)


def _curve(curve: Sequence[Point], frame: _Square) -> Iterator[str]:
    around = [(point.p, point.band_high) for point in curve]
    around += [(point.p, point.band_low) for point in reversed(curve)]
    yield f'<polygon class="band" points="{frame.path(around)}"/>'
    yield f'<polyline class="curve" points="{frame.path((point.p, point.fitted) for point in curve)}"/>'
    if len(curve) <= 40:
        for point in curve:
            yield svg.dot(frame.x(point.p), frame.y(point.fitted))


def _bin(each: Bin, frame: _Square) -> Iterator[str]:
    x, y = frame.x(each.mean_p), frame.y(each.share)
    yield svg.stroke("whisker thin", x, frame.y(each.share_low), x, frame.y(each.share_high))
    yield svg.rect("bin", x - 4, y - 4, 8, 8)
    yield svg.text(frame.x((each.low + each.high) / 2), frame.top - 8, f"{each.n:,}", "count", "middle")


def timeline(moments: Sequence[Moment], logged: str, *, name: str = "timeline") -> str:
    """A prediction's days.

    Said, logged, the window in which it must happen, what happened, when it was known.
    """
    left, right, top, step = 132, WIDTH - 34, 44, 36
    days = [day for moment in moments for day in (moment.first, moment.last) if day]
    first, last = min(days), max(days)
    pad = timedelta(days=max((last - first).days // 16, 10))
    start = first - pad if first - date.min > pad else first
    end = last + pad if date.max - last > pad else last
    span = max((end - start).days, 1)

    def x(day: date) -> float:
        return left + (day - start).days / span * (right - left)

    bottom = top + step * len(moments)
    body = [*svg.heading("The days of this prediction")]
    for day, label in day_ticks(start, end):
        body.append(svg.stroke("grid", x(day), top - 6, x(day), bottom))
        body.append(svg.text(x(day), bottom + 16, label, "small", "middle"))
    for number, moment in enumerate(moments):
        body += _moment_row(moment, top + step * number + step / 2, x, right)
    body.append(svg.text(0, bottom + 44, logged, "sample"))
    told = "; ".join(_moment_told(moment) for moment in moments)
    return svg.picture(name, bottom + 52, "The days of this prediction", f"{told}. {logged}.", body)


def _moment_row(moment: Moment, y: float, x: _Days, right: float) -> Iterator[str]:
    yield svg.text(0, y - 3, moment.label, "label")
    yield svg.text(0, y + 12, "no last day" if moment.open_end else _days_told(moment), "small")
    here = x(moment.first)
    if moment.shape == "window":
        strict = x(moment.strict) if moment.strict else here
        end = right if moment.open_end else x(moment.last or moment.first)
        yield svg.rect("window", here, y - 7, max(strict - here, 3), 14)
        if end > strict + 1:
            yield svg.rect("window generous", strict, y - 7, end - strict, 14)
        if moment.open_end:
            yield f'<path class="window" d="M{svg.rounded(right - 2)} {svg.rounded(y - 9)}l10 9l-10 9z"/>'
    else:
        yield _MARKS[moment.shape](here, y)


def _moment_told(moment: Moment) -> str:
    return f"{moment.label} {_days_told(moment)}"


def _days_told(moment: Moment) -> str:
    if moment.open_end:
        return f"from {svg.day(moment.first)}, no last day"
    if moment.last and moment.last != moment.first:
        return f"to {svg.day(moment.last)}"
    return svg.day(moment.first)


def day_ticks(start: date, end: date) -> Iterator[tuple[date, str]]:
    """First days of months, quarters, half years or years, with room for the labels beside each other."""
    months = (end - start).days / 30.44
    every = next((step for step in (1, 2, 3, 6, 12) if months / step <= 3.6), 12 * (int(months) // 60 + 1))
    count = -(-(start.year * 12 + start.month - 1) // every) * every
    while count // 12 <= 9999:
        day = date(count // 12, count % 12 + 1, 1)
        if day > end:
            return
        if day >= start:
            yield day, str(day.year) if every >= 12 else f"{MONTHS[day.month - 1][:3]} {day.year}"
        count += every


def standalone(chart: str) -> str:
    """The same chart as a file of its own, with its style inside."""
    head, mark, rest = chart.partition(">")
    return f"{head}{mark}<style>{STYLE.read_text(encoding='utf-8')}</style>{rest}\n"


def is_standalone(text: str) -> bool:
    """Whether a file's text is one that ``standalone`` made."""
    head, mark, rest = text.partition(">")
    return head.startswith(svg.OPENING) and rest.startswith("<style>") and bool(mark)


class _Scale(Protocol):
    """The type of a function from a share to a place."""

    def __call__(self, share: float) -> float: ...


class _Days(Protocol):
    """The type of a function from a day to a place."""

    def __call__(self, day: date) -> float: ...


@dataclass(frozen=True, slots=True)
class _Square:
    """A square in which both axes run from 0 to 1."""

    left: float
    top: float
    size: float

    def x(self, share: float) -> float:
        return self.left + share * self.size

    def y(self, share: float) -> float:
        return self.top + (1 - share) * self.size

    def path(self, points: Iterable[tuple[float, float]]) -> str:
        return " ".join(f"{svg.rounded(self.x(x))},{svg.rounded(self.y(y))}" for x, y in points)

    def grid(self) -> Iterator[str]:
        for share in (0, 0.2, 0.4, 0.6, 0.8, 1):
            yield svg.stroke("grid", self.x(share), self.y(0), self.x(share), self.y(1))
            yield svg.stroke("grid", self.x(0), self.y(share), self.x(1), self.y(share))
            yield svg.text(self.x(share), self.y(0) + 18, svg.percent(share), "small", "middle")
            yield svg.text(self.x(0) - 8, self.y(share) + 4, svg.percent(share), "small", "end")
        yield svg.stroke("diagonal", self.x(0), self.y(0), self.x(1), self.y(1))
        yield svg.text(self.x(0.03), self.y(0.94), "came true more often than said", "aside")
        yield svg.text(self.x(0.97), self.y(0.04), "less often than said", "aside", "end")


_MARKS = {"said": svg.dot, "happened": svg.diamond, "known": svg.triangle, "logged": svg.square}
