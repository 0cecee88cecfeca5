"""Scores of forecasts of a number or a date: quantiles, intervals, ensembles, normal distributions."""

import math
from typing import Literal

import numpy as np

from forecastlog.scoring.inputs import Floats, Values, check_finite, numbers, refuse, same_rows, together


def pinball(*, q: Values, level: Values, y: Values) -> Floats:
    """Quantile score, (1{y < q} - level)(q - y): 0 is best; in the unit of y.

    Args:
        q: Forecast quantiles, a row each; or rows x K, with K levels.
        level: The level of q in (0, 1): one number, one a row, or K of them in increasing order.
        y: What happened, a row each; NaN or None where missing.

    Returns:
        Scores in the shape of q, NaN where an argument is missing.

    Raises:
        ValueError: A level outside (0, 1), quantiles of a row that cross, infinities, or shapes that do not
        fit. TypeError: Text or dates instead of numbers.

    Source: Koenker and Bassett (1978), doi:10.2307/1913643.

    >>> pinball(q=[10.0, 10.0], level=0.9, y=[12.0, 8.0]).round(4)
    array([1.8, 0.2])
    """
    quantile, levels, happened = numbers(q, "q"), numbers(level, "level"), numbers(y, "y")
    refuse(~((levels > 0) & (levels < 1)) & ~np.isnan(levels), levels, "is no level: it lies between 0 and 1")
    if quantile.ndim == happened.ndim + 1:
        if levels.shape != quantile.shape[-1:] or happened.shape != quantile.shape[:-1]:
            raise ValueError(f"q is rows x K: {quantile.shape} needs as many levels, not {levels.shape}")
        _refuse_crossing(levels, "is a level out of order: levels increase along a row of q")
        _refuse_crossing(quantile, "is a quantile below that of a lower level: quantiles must not cross")
        same_rows(q=q, y=y)
        happened, levels = np.broadcast_arrays(happened[..., None], levels)
        happened = np.broadcast_to(happened, quantile.shape)
        levels = np.broadcast_to(levels, quantile.shape)
    else:
        quantile, levels, happened = together(q=q, level=level, y=y)
    check_finite(quantile, "q")
    check_finite(happened, "y")
    score = ((happened < quantile) - levels) * (quantile - happened)
    return np.where(np.isnan(levels), np.nan, score)[()]


def _refuse_crossing(values: Floats, what: str) -> None:
    """Raise ValueError unless values are in order along the last axis, passing over the missing ones."""
    highest = np.fmax.accumulate(values, axis=-1)
    refuse(values < highest, values, what)


def interval_score(*, lower: Values, upper: Values, alpha: Values, y: Values) -> Floats:
    """Score of a central (1 - alpha) interval: its width + 2/alpha times the miss; 0 is best.

    In the unit of y.

    Args:
        lower: Lower ends, any shape; NaN or None where missing.
        upper: Upper ends, the same shape, at least `lower`.
        alpha: The share outside the interval, in (0, 1): 0.1 for a 90 % interval; one number or one a row.
        y: What happened, a row each.

    Returns:
        A score a row, NaN where an argument is missing.

    Raises:
        ValueError: lower above upper, alpha outside (0, 1), infinities, or shapes that differ.
        TypeError: Text or dates instead of numbers.

    Source: Gneiting and Raftery (2007), doi:10.1198/016214506000001437, equation 43.

    >>> interval_score(lower=[10.0, 10.0], upper=[20.0, 20.0], alpha=0.1, y=[15.0, 22.0])
    array([10., 50.])
    """
    low, high, outside, happened = together(lower=lower, upper=upper, alpha=alpha, y=y)
    score: Floats = _interval(low, high, outside, happened)
    return score[()]


def _interval(lower: Floats, upper: Floats, alpha: Floats, y: Floats) -> Floats:
    for name, values in (("lower", lower), ("upper", upper), ("y", y)):
        check_finite(values, name)
    refuse(lower > upper, lower, "as lower lies above upper: quantiles must not cross")
    refuse(~((alpha > 0) & (alpha < 1)) & ~np.isnan(alpha), alpha, "is no alpha: it lies between 0 and 1")
    miss = np.maximum(lower - y, 0) + np.maximum(y - upper, 0)
    return np.asarray((upper - lower) + 2 / alpha * miss)


def weighted_interval_score(
    *, median: Values, lower: Values, upper: Values, alpha: Values, y: Values
) -> Floats:
    """Median and K central intervals in one score, (|y - m|/2 + sum of alpha_k/2 IS_k) / (K + 1/2).

    0 is best.

    With many intervals it comes close to the CRPS. The unit is that of y.

    Args:
        median: Medians, a row each.
        lower: Lower ends, rows x K (a row each where alpha is one number).
        upper: Upper ends, the same shape.
        alpha: The shares outside the K intervals, each in (0, 1), in the order of the columns.
        y: What happened, a row each.

    Returns:
        A score a row, NaN where an argument is missing.

    Raises:
        ValueError: Quantiles that cross, alpha outside (0, 1), infinities, or shapes that do not fit.
        TypeError: Text or dates instead of numbers.

    Source: Bracher, Ray, Gneiting and Reich (2021), doi:10.1371/journal.pcbi.1008618, equation 1.

    >>> weighted_interval_score(median=[5.0], lower=[[1.0, 3.0]], upper=[[9.0, 7.0]], alpha=[0.1, 0.5],
    ...     y=[8.0])
    array([1.56])
    """
    same_rows(median=median, lower=lower, upper=upper, y=y)
    middle, happened = together(median=median, y=y)
    low, high, shares = _interval_columns(lower, upper, alpha, middle.shape)
    check_finite(middle, "median")
    ordered = np.sort(shares)
    refuse(
        np.append(False, np.diff(ordered) == 0), ordered, "is an alpha given twice: each interval has its own"
    )
    outer_first = np.argsort(shares, kind="stable")
    chain = np.concatenate([low[..., outer_first], middle[..., None], high[..., outer_first[::-1]]], axis=-1)
    _refuse_crossing(chain, "lies below a quantile of a lower level: quantiles must not cross")
    scores = _interval(
        low, high, np.broadcast_to(shares, low.shape), np.broadcast_to(happened[..., None], low.shape)
    )
    total = np.abs(happened - middle) / 2 + (shares / 2 * scores).sum(axis=-1)
    score: Floats = total / (shares.size + 0.5)
    return score[()]


def _interval_columns(
    lower: Values, upper: Values, alpha: Values, rows: tuple[int, ...]
) -> tuple[Floats, Floats, Floats]:
    """The ends of K intervals, rows x K, and their K shares; raises ValueError for other shapes."""
    low, high, shares = numbers(lower, "lower"), numbers(upper, "upper"), numbers(alpha, "alpha")
    if shares.ndim == 0:
        low, high, shares = low[..., None], high[..., None], shares[None]
    wanted = (*rows, *shares.shape)
    if low.shape != high.shape or low.shape != wanted:
        raise ValueError(
            f"lower and upper need the shape {wanted}, rows x K, but have {low.shape}, {high.shape}"
        )
    return low, high, shares


def crps_ensemble(*, members: Values, y: Values, estimator: Literal["ecdf", "fair"] = "ecdf") -> Floats:
    """Continuous ranked probability score of M equally likely values: 0 is best; in the unit of y.

    mean |x_i - y| - sum over i, j of |x_i - x_j| / (2 M^2); "fair" divides by 2 M (M - 1), which removes the
    advantage of larger ensembles.

    Args:
        members: The values, rows x M (or one row of M); a row with a missing member has no score.
        y: What happened, a row each.
        estimator: "ecdf" scores the ensemble as it stands, "fair" the distribution it was drawn from.

    Returns:
        A score a row, NaN where an argument is missing, and for "fair" where M is 1.

    Raises:
        ValueError: An unknown estimator, no members, infinities, or shapes that do not fit.
        TypeError: Text or dates instead of numbers.

    Source: Gneiting and Raftery (2007), doi:10.1198/016214506000001437, equation 21; Ferro (2014),
    doi:10.1002/qj.2270, for the fair version.

    >>> crps_ensemble(members=[[1.0, 2.0, 4.0]], y=[2.0]).round(4)
    array([0.3333])
    """
    if estimator not in ("ecdf", "fair"):
        raise ValueError(f'estimator is {estimator!r}: it is "ecdf" or "fair"')
    same_rows(members=members, y=y)
    values, happened = numbers(members, "members"), numbers(y, "y")
    if values.ndim == 0 or values.shape[:-1] != happened.shape or not values.shape[-1]:
        raise ValueError(
            f"members are M values a row: {values.shape} does not go with y of shape {happened.shape}"
        )
    check_finite(values, "members")
    check_finite(happened, "y")
    size = values.shape[-1]
    apart = np.sort(values - happened[..., None], axis=-1)
    # in order, the sum of |x_i - x_j| over pairs i < j takes one pass
    half_spread = (apart * (2 * np.arange(size) - size + 1)).sum(axis=-1)
    pairs = size * size if estimator == "ecdf" else size * (size - 1)
    spread = half_spread / pairs if pairs else np.full_like(happened, np.nan)
    score: Floats = np.abs(apart).mean(axis=-1) - spread
    return score[()]


def crps_normal(*, mean: Values, sd: Values, y: Values) -> Floats:
    """Continuous ranked probability score of a normal distribution: 0 is best; in the unit of y.

    sd (z (2 Phi(z) - 1) + 2 phi(z) - 1/sqrt(pi)) with z = (y - mean) / sd; |y - mean| where sd is 0.

    Args:
        mean: Means, any shape; NaN or None where missing.
        sd: Standard deviations, at least 0.
        y: What happened, a row each.

    Returns:
        A score a row, NaN where an argument is missing.

    Raises:
        ValueError: A negative sd, infinities, or shapes that differ.
        TypeError: Text or dates instead of numbers.

    Source: Gneiting, Raftery, Westveld and Goldman (2005), doi:10.1175/MWR2904.1, equation 5.

    >>> crps_normal(mean=[0.0, 0.0], sd=[1.0, 0.0], y=[0.0, 3.0]).round(4)
    array([0.2337, 3.    ])
    """
    centre, spread, happened = together(mean=mean, sd=sd, y=y)
    for name, values in (("mean", centre), ("sd", spread), ("y", happened)):
        check_finite(values, name)
    refuse(spread < 0, spread, "is no standard deviation: it is at least 0")
    distance = np.abs(happened - centre)
    # From 40 standard deviations on the score is distance - sd/sqrt(pi) to the last bit, and z might
    # overflow.
    far = ~(spread * 40 > distance)
    z = np.divide(distance, spread, out=np.full(distance.shape, 40.0), where=~far)
    erf = np.fromiter((math.erf(value) for value in (z / math.sqrt(2)).ravel()), float, z.size)
    inside = erf.reshape(z.shape)
    density = np.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    score: Floats = distance * inside + spread * (2 * density - 1 / math.sqrt(math.pi))
    return score[()]
