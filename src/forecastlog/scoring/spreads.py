"""Forecasts of numbers and days by quantiles and intervals.

Their score, their coverage, the chance by a day.
"""

from typing import NamedTuple

import numpy as np

from forecastlog.scoring.calibration import wilson
from forecastlog.scoring.inputs import (
    Floats,
    Values,
    check_finite,
    check_probabilities,
    needed,
    numbers,
    refuse,
    same_rows,
    together,
)
from forecastlog.scoring.quantities import pinball


def crps_quantiles(*, q: Values, level: Values, y: Values) -> Floats:
    """Continuous ranked probability score from quantiles.

    Twice the mean pinball score of the levels given; 0 is best.

    No tails are invented: what lies beyond the outer quantiles is not looked at. So scores of forecasts with
    other levels measure something else and are not to be averaged with these. With a median and central
    intervals it is the weighted interval score.

    Args:
        q: Quantiles, rows x K (or one row of K), increasing along a row; a row with a missing one has no
            score.
        level: The K levels in (0, 1), increasing, the same for every row.
        y: What happened, a row each.

    Returns:
        A score a row in the unit of y, NaN where an argument is missing.

    Raises:
        ValueError: Quantiles that cross, levels outside (0, 1) or out of order, infinities, shapes that do
            not fit.
        TypeError: Text or dates instead of numbers; an argument that is None.

    Source: Gneiting and Ranjan (2011), doi:10.1198/jbes.2010.08110, on the integral of which this is the mean
    over the levels; Bracher, Ray, Gneiting and Reich (2021), doi:10.1371/journal.pcbi.1008618, section 2.2.

    >>> crps_quantiles(q=[[10.0, 20.0, 45.0]], level=[0.05, 0.5, 0.95], y=[30.0]).round(4)
    array([4.5])
    """
    needed(q=q, level=level, y=y)
    levels = numbers(level, "level")
    if levels.ndim != 1 or not levels.size:
        raise ValueError(
            f"level is the list of the K levels, the same for every row, but has shape {levels.shape}"
        )
    refuse(np.append(False, np.diff(levels) <= 0), levels, "is a level out of order or given twice")
    scores = pinball(q=_rows(q, y, "q"), level=levels, y=y)
    return np.asarray(2 * scores.mean(axis=-1))[()]


def _rows(q: Values, y: Values, name: str) -> Floats:
    """The quantiles with one row a y."""
    rows, happened = numbers(q, name), numbers(y, "y")
    if rows.ndim != happened.ndim + 1:
        raise ValueError(
            f"{name} has K quantiles a row: {rows.shape} does not go with y of shape {happened.shape}"
        )
    return rows


class Coverage(NamedTuple):
    """How often intervals of one level held what came, beside how often they were to.

    `share` of the `n` intervals held the outcome, with a 95 % Wilson interval from `share_low` to
    `share_high`; `level` is what was stated, `width` the mean width, `dropped` how many had something
    missing. `verdict` is "too narrow" or "too wide" where the stated level lies outside that interval, "as
    stated" where it does not (with few forecasts that says little), and "no outcomes" where n is 0.
    """

    share: float
    share_low: float
    share_high: float
    level: float
    n: int
    width: float
    verdict: str
    dropped: int


def coverage(*, lower: Values, upper: Values, level: float, y: Values) -> Coverage:
    """How often intervals held the outcome, its own ends included, against the level that was stated.

    Args:
        lower: Lower ends, a row each; NaN or None where missing.
        upper: Upper ends, a row each, at least `lower`.
        level: The stated level in (0, 1), one for all: intervals of several levels are not put together.
        y: What happened, a row each.

    Raises:
        ValueError: lower above upper, a level outside (0, 1) or several of them, infinities, shapes that
            differ.
        TypeError: Text or dates instead of numbers; an argument that is None.

    Source: the interval of the share is Wilson (1927), doi:10.2307/2276774.

    >>> result = coverage(lower=[0, 0, 0, 0], upper=[1, 1, 1, 1], level=0.9, y=[0.5, 1.0, 2.0, 3.0])
    >>> result.share, round(result.share_low, 3), round(result.share_high, 3), result.n, result.verdict
    (0.5, 0.15, 0.85, 4, 'too narrow')
    """
    stated = numbers(level, "level")
    low, high, happened = (np.ravel(values) for values in together(lower=lower, upper=upper, y=y))
    if stated.size != 1 or not 0 < float(stated.ravel()[0]) < 1:
        raise ValueError(f"level is {level!r}: one level between 0 and 1, the same for every interval")
    for name, values in (("lower", low), ("upper", high), ("y", happened)):
        check_finite(values, name)
    refuse(low > high, low, "as lower lies above upper")
    present = ~(np.isnan(low) | np.isnan(high) | np.isnan(happened))
    n, chance = int(present.sum()), float(stated.ravel()[0])
    if not n:
        return Coverage(np.nan, np.nan, np.nan, chance, 0, np.nan, "no outcomes", present.size)
    share = ((low <= happened) & (happened <= high))[present].mean(keepdims=True)
    least, most = (float(end[0]) for end in wilson(share, np.array([float(n)])))
    verdict = "too narrow" if chance > most else "too wide" if chance < least else "as stated"
    width = float((high - low)[present].mean())
    return Coverage(float(share[0]), least, most, chance, n, width, verdict, present.size - n)


def cut_off(*, day: Values, latest: Values) -> Floats:
    """Days cut off at the latest day that a question asks about.

    `never` (infinity) and later are that day.

    Forecasts and outcomes of date questions are cut off alike before they are scored: what lies beyond the
    deadline is one and the same outcome.

    Args:
        day: Days as numbers, any shape; infinity for never, NaN or None where missing.
        latest: The deadline: one number, or one a row.

    Raises:
        ValueError: A deadline that is not finite, or shapes that do not fit.
        TypeError: Text or dates instead of numbers; an argument that is None.

    >>> cut_off(day=[3.0, 12.0, float("inf"), None], latest=10.0)
    array([ 3., 10., 10., nan])
    """
    days, last = numbers(day, "day"), numbers(latest, "latest")
    check_finite(last, "latest")
    if last.ndim and days.ndim == last.ndim + 1:
        last = last[..., None]
    if last.ndim and last.shape[:1] != days.shape[:1]:
        raise ValueError(
            f"latest is one number or one a row: {last.shape} does not go with days of {days.shape}"
        )
    return np.asarray(np.where(np.isnan(days), np.nan, np.minimum(days, last)))[()]


class ChanceBounds(NamedTuple):
    """The least and the greatest chance that quantiles allow; equal where they say it exactly."""

    low: Floats
    high: Floats


def chance_by(*, q: Values, level: Values, day: Values, never: Values = 0.0) -> ChanceBounds:
    """The chance that something happens by a day, from quantiles of its day: exact at them, bounds between.

    Args:
        q: Quantiles of the day, rows x K (or one row of K), increasing along a row; infinity for never.
        level: The K levels in (0, 1), increasing, the same for every row.
        day: The day asked about: one number a row.
        never: The chance given to never, in [0, 1]; one number or one a row.

    Returns:
        (low, high), a row each, NaN where a quantile or the day is missing.

    Raises:
        ValueError: Quantiles that cross, levels outside (0, 1) or out of order, shapes that do not fit, or a
            quantile short of never whose level leaves less than `never`.
        TypeError: Text or dates instead of numbers; an argument that is None.

    >>> bounds = chance_by(q=[[10.0, 20.0, 45.0]] * 2, level=[0.05, 0.5, 0.95], day=[20.0, 30.0])
    >>> bounds.low, bounds.high
    (array([0.5, 0.5]), array([0.5 , 0.95]))
    """
    same_rows(q=q, day=day, level=level, never=never)
    asked, levels = numbers(day, "day"), numbers(level, "level")
    days = _rows(q, asked, "q")
    if levels.shape != days.shape[-1:] or not levels.size:
        raise ValueError(
            f"level is the list of the K levels of a row of q: {levels.shape} does not go with {days.shape}"
        )
    refuse(~((levels > 0) & (levels < 1)), levels, "is no level: it lies between 0 and 1")
    refuse(np.append(False, np.diff(levels) <= 0), levels, "is a level out of order or given twice")
    refuse(
        days < np.fmax.accumulate(days, axis=-1),
        days,
        "lies below a quantile of a lower level: they must not cross",
    )
    left = np.broadcast_to(numbers(never, "never"), asked.shape)
    check_probabilities(left, "never")
    surely = np.where(np.isfinite(days), levels, 0).max(axis=-1)
    refuse(
        surely > 1 - left + 1e-9,
        surely,
        "is the level of a day short of never, which leaves less than `never`",
    )
    reached, past = days <= asked[..., None], days > asked[..., None]
    low = np.where(reached, levels, 0).max(axis=-1)
    exact = (days == asked[..., None]).any(axis=-1)
    high = np.where(exact, low, np.minimum(np.where(past, levels, 1).min(axis=-1), 1 - left))
    missing = np.isnan(days).any(axis=-1) | np.isnan(asked) | np.isnan(left)
    return ChanceBounds(np.where(missing, np.nan, low)[()], np.where(missing, np.nan, high)[()])
