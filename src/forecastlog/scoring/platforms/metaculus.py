"""Metaculus: baseline and peer scores, averaged over time or at one moment."""

import math
from collections.abc import Hashable, Iterable
from itertools import pairwise
from typing import Any

import numpy as np

from forecastlog.scoring.inputs import Floats, Values
from forecastlog.scoring.platforms.standing import Standing, span, standing, time_of


def metaculus_baseline(
    *,
    forecaster: Iterable[Hashable],
    start: Values,
    end: Values,
    p: Values,
    y: Values,
    opened: Values,
    closed: Values,
    scheduled_close: Values,
) -> dict[Any, float]:
    """Metaculus' baseline score: 100 (log2 p + 1), with K options 100 ln(p K) / ln K.

    0 is chance, higher is better.

    p is the probability given to what happened. Averaged over time: each forecast's score times the time it
    stood between `opened` and `closed`, over (`scheduled_close` - `opened`), so that a question which closes
    early still counts its scheduled length, and the time without a forecast counts 0.

    Args:
        forecaster: Forecaster of each row.
        start: When each forecast was made.
        end: When it was withdrawn; NaN where it stands.
        p: Probabilities of "yes", a row each; or rows x K.
        y: What happened, one for the question: 1 or 0, or the index of the option.
        opened: When the question opened.
        closed: When it closed; after `scheduled_close` nothing counts.
        scheduled_close: When it was to close.

    Returns:
        {forecaster: score}: at most 100, and -infinity for a probability of 0 for what happened; 0.0 for one
        who never stood (the site writes no score for them).

    Raises:
        ValueError: p or y out of range, more than one outcome, an end before its start, times out of order.
        TypeError: Text or dates instead of numbers; an argument that is None.

    Source: Metaculus, scores FAQ (metaculus.com/help/scores-faq); scoring/score_math.py in its public code.

    >>> metaculus_baseline(forecaster=["a", "a"], start=[0, 5], end=[5, float("nan")], p=[0.5, 1.0], y=1,
    ...     opened=0, closed=10, scheduled_close=20)
    {'a': 25.0}
    """
    rows = standing(forecaster=forecaster, start=start, end=end, p=p, y=y)
    first, last, length = _metaculus_times(opened, closed, scheduled_close)
    stood = np.clip(np.minimum(rows.end, last) - np.maximum(rows.start, first), 0, None)
    return rows.per_forecaster(_times(_baseline(rows), stood / length))


def metaculus_peer(
    *,
    forecaster: Iterable[Hashable],
    start: Values,
    end: Values,
    p: Values,
    y: Values,
    opened: Values,
    closed: Values,
    scheduled_close: Values,
) -> dict[Any, float]:
    """Metaculus' peer score: 100 ln(p / geometric mean of all others'), 0 while alone; higher is better.

    p is the probability given to what happened. Averaged over time as `metaculus_baseline` is.

    Args:
        forecaster: Forecaster of each row.
        start: When each forecast was made.
        end: When it was withdrawn; NaN where it stands.
        p: Probabilities of "yes", a row each; or rows x K.
        y: What happened, one for the question: 1 or 0, or the index of the option.
        opened: When the question opened.
        closed: When it closed; after `scheduled_close` nothing counts.
        scheduled_close: When it was to close.

    Returns:
        {forecaster: score}, 0.0 for one who was always alone or never stood. The scores of all add up to 0.

    Raises:
        ValueError: p or y out of range, more than one outcome, an end before its start, times out of order.
        TypeError: Text or dates instead of numbers; an argument that is None.

    Source: Metaculus, scores FAQ (metaculus.com/help/scores-faq); scoring/score_math.py in its public code.

    >>> scores = metaculus_peer(forecaster=["a", "b"], start=[0, 5], end=[None, None], p=[0.8, 0.4], y=1,
    ...     opened=0, closed=10, scheduled_close=10)
    >>> {name: round(score, 2) for name, score in scores.items()}
    {'a': 34.66, 'b': -34.66}
    """
    rows = standing(forecaster=forecaster, start=start, end=end, p=p, y=y)
    first, last, length = _metaculus_times(opened, closed, scheduled_close)
    surprise, total = rows.surprise(), np.zeros(rows.start.size)
    cuts = np.unique(np.clip(np.concatenate([rows.start, rows.end, [first, last]]), first, last))
    for begin, finish in pairwise(cuts.tolist()):
        here = rows.at(begin)
        total[here] += _peer(surprise[here]) * ((finish - begin) / length)
    return rows.per_forecaster(total)


def metaculus_spot_baseline(
    *, forecaster: Iterable[Hashable], start: Values, end: Values, p: Values, y: Values, spot: Values
) -> dict[Any, float]:
    """Metaculus' baseline score of the forecasts that stand at the time `spot`, not averaged over time.

    Arguments and errors are those of `metaculus_baseline`. A forecaster without a forecast at that time has
    0.0 (the site writes no score for them).

    >>> metaculus_spot_baseline(forecaster=["a", "b"], start=[0, 9], end=[None, None], p=[1.0, 1.0], y=1,
    ...     spot=5)
    {'a': 100.0, 'b': 0.0}
    """
    rows = standing(forecaster=forecaster, start=start, end=end, p=p, y=y)
    return rows.per_forecaster(np.where(rows.at(time_of(spot, "spot")), _baseline(rows), 0.0))


def metaculus_spot_peer(
    *, forecaster: Iterable[Hashable], start: Values, end: Values, p: Values, y: Values, spot: Values
) -> dict[Any, float]:
    """Metaculus' peer score among the forecasts that stand at the time `spot`, not averaged over time.

    Arguments and errors are those of `metaculus_peer`. A forecaster without a forecast at that time, or
    alone, has 0.0.

    >>> scores = metaculus_spot_peer(forecaster=["a", "b"], start=[0, 1], end=[None, None], p=[0.8, 0.4], y=1,
    ...     spot=5)
    >>> {name: round(score, 2) for name, score in scores.items()}
    {'a': 69.31, 'b': -69.31}
    """
    rows = standing(forecaster=forecaster, start=start, end=end, p=p, y=y)
    here, values = rows.at(time_of(spot, "spot")), np.zeros(rows.start.size)
    values[here] = _peer(rows.surprise()[here])
    return rows.per_forecaster(values)


def _metaculus_times(opened: Values, closed: Values, scheduled_close: Values) -> tuple[float, float, float]:
    """When scoring starts, when it ends, and the length that scores are averaged over."""
    first, last = span(opened, closed)
    scheduled = time_of(scheduled_close, "scheduled_close")
    if scheduled <= first:
        raise ValueError(f"scheduled_close is {scheduled:g}: it lies after the question opened at {first:g}")
    return first, min(last, scheduled), scheduled - first


def _baseline(rows: Standing) -> Floats:
    return 100 * (1 - rows.surprise() / math.log(rows.options))


def _peer(surprise: Floats) -> Floats:
    """Each one's score against the mean of the others, all of them standing at one time; 0 for one alone."""
    others = surprise.size - 1
    if others < 1:
        return np.zeros(surprise.size)
    endless = np.isinf(surprise)
    finite = np.where(endless, 0, surprise)
    mean = (finite.sum() - finite) / others
    with np.errstate(invalid="ignore"):
        return np.asarray(100 * (np.where(endless.sum() - endless > 0, np.inf, mean) - surprise))


def _times(values: Floats, share: Floats) -> Floats:
    """The products, where infinity for no time at all is 0."""
    return np.multiply(values, share, out=np.zeros(values.size), where=share > 0)
