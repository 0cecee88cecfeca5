"""Fatebook: Brier scores by intervals of 24 hours, alone and against the median."""

import math
from collections.abc import Hashable, Iterable
from typing import Any

import numpy as np

from forecastlog.scoring.inputs import Floats, Values
from forecastlog.scoring.platforms.standing import NEARLY, Standing, medians_by_column, span, standing

_NO_FRACTION = 1e-4  # days: Fatebook divides by the whole ones alone, and has begun an interval all the same


def fatebook_brier(
    *,
    forecaster: Iterable[Hashable],
    start: Values,
    p: Values,
    y: Values,
    opened: Values,
    closed: Values,
    end: Values | None = None,
) -> dict[Any, float]:
    """Fatebook's Brier score.

    The two-sided score of each day's mean forecast, summed and divided by the days.

    Days are intervals of 24 hours from the creation of the question; the last one, cut short by the
    resolution, counts its fraction, but fully, as on the site, if it lasted less than nine seconds. A day's
    forecast is the mean of those that stood in it, weighted by time; what is left of the day's weight, before
    the first of them, goes to the last of them. The sum is divided by the whole length in days (by 1 for a
    question shorter than a day, whose one interval counts fully), so that days before the first forecast
    count 0.

    Args:
        forecaster: Forecaster of each row.
        start: When each forecast was made.
        p: Probabilities of "yes", a row each (a question with options is one question for each of them).
        y: 1 or 0, one for the question.
        opened: When the question was created.
        closed: When it was resolved.
        end: When a forecast was withdrawn; None, since Fatebook knows no such thing.

    Returns:
        {forecaster: score}, 0 to 2, lower is better; NaN for one without a forecast before the resolution.

    Raises:
        ValueError: p or y out of range, more than one outcome, closed before opened.
        TypeError: Text or dates instead of numbers; an argument that is None.

    Source: Fatebook's public code, lib/_scoring.ts (github.com/Sage-Future/fatebook).

    >>> fatebook_brier(forecaster=["a"], start=[0.5], p=[0.5], y=1, opened=0, closed=2)
    {'a': 0.5}
    """
    rows = standing(forecaster=forecaster, start=start, end=_ends(start, end), p=p, y=y)
    scores, share = _fatebook(rows, opened, closed)
    return dict(zip(rows.labels, _summed(scores, share), strict=True))


def fatebook_relative(
    *,
    forecaster: Iterable[Hashable],
    start: Values,
    p: Values,
    y: Values,
    opened: Values,
    closed: Values,
    end: Values | None = None,
) -> dict[Any, float]:
    """Fatebook's relative Brier score: each day's score less the median of those with a forecast in that day.

    Summed and divided as `fatebook_brier` is, whose arguments and errors it has; below 0 is better than the
    median. NaN for everybody where only one person forecast.

    Source: Fatebook's public code, lib/_scoring.ts (github.com/Sage-Future/fatebook).

    >>> fatebook_relative(forecaster=["a", "b"], start=[0, 0], p=[1.0, 0.5], y=1, opened=0, closed=2)
    {'a': -0.25, 'b': 0.25}
    """
    rows = standing(forecaster=forecaster, start=start, end=_ends(start, end), p=p, y=y)
    scores, share = _fatebook(rows, opened, closed)
    alone = np.unique(rows.forecaster).size < 2
    gaps = np.full_like(scores, np.nan) if alone else scores - medians_by_column(scores)
    return dict(zip(rows.labels, _summed(gaps, share), strict=True))


def _ends(start: Values, end: Values | None) -> Values:
    """The ends given, or none."""
    return np.full(np.shape(start), np.nan) if end is None else end


def _fatebook(rows: Standing, opened: Values, closed: Values) -> tuple[Floats, Floats]:
    """Scores as forecasters x intervals (NaN without a forecast), and what each interval counts."""
    if rows.p.ndim > 1:
        raise ValueError("p has several options a row: on Fatebook each option is a question of its own")
    first, last = span(opened, closed)
    whole = math.floor(last - first + NEARLY)
    rest = last - first - whole
    lengths = np.array([1.0] * whole + [rest] * (rest > NEARLY))
    begins = np.arange(lengths.size) + np.float64(first)
    scores = np.full((len(rows.labels), lengths.size), np.nan)
    for place in np.unique(rows.forecaster).tolist():
        own = rows.forecaster == place
        mean = _mean_forecasts(rows.start[own], rows.end[own], rows.p[own], begins, lengths)
        scores[place] = 2 * np.square(mean - rows.y[0])
    if not whole:
        return scores, np.ones(lengths.size)
    if rest < _NO_FRACTION:
        return scores, np.full(lengths.size, 1 / whole)
    return scores, lengths / (last - first)


def _mean_forecasts(start: Floats, end: Floats, p: Floats, begins: Floats, lengths: Floats) -> Floats:
    """One forecaster's mean forecast in each interval, NaN where none stood."""
    finishes = begins + lengths
    stood = np.minimum(end[:, None], finishes) - np.maximum(start[:, None], begins)
    share = np.clip(stood, 0, None) / lengths
    latest = share.shape[0] - 1 - np.argmax(share[::-1] > 0, axis=0)
    columns = np.arange(lengths.size)
    share[latest, columns] += 1 - share.sum(axis=0)
    return np.where((stood > 0).any(axis=0), p @ share, np.nan)


def _summed(scores: Floats, share: Floats) -> list[float]:
    """Sum over the intervals; NaN for one without any."""
    total = np.where(np.isnan(scores), 0, scores) @ share
    return [float(value) for value in np.where(np.isnan(scores).all(axis=1), np.nan, total)]
