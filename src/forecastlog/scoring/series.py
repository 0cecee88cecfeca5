"""Repeated forecasts of one series.

Errors by how far ahead they were made, and against the last value known.
"""

from collections.abc import Hashable, Iterable
from typing import Any, NamedTuple, Self

import numpy as np

from forecastlog.scoring.cells import sum_by
from forecastlog.scoring.inputs import (
    Floats,
    Integers,
    Values,
    check_finite,
    codes_of,
    refuse,
    same_rows,
    together,
)


class HorizonErrors(NamedTuple):
    """Errors of the `n` forecasts made one `horizon` ahead: `bias` above 0 is too high."""

    horizon: float
    n: int
    bias: float
    absolute: float
    root_mean_square: float


def errors_by_horizon(*, horizon: Values, forecast: Values, y: Values) -> list[HorizonErrors]:
    """Bias, mean absolute and root mean squared error of points, by how far ahead they were made.

    Institutions that repeat a forecast each quarter are judged by this table. One table takes outcomes of one
    vintage (the first published or one revised), in one unit. The mean absolute error judges a forecast as a
    median, the root mean square as a mean.

    Args:
        horizon: How far ahead each forecast was made, a number a row (quarters, months, days).
        forecast: The figure forecast, a row each; NaN or None where missing.
        y: What came, a row each; NaN or None where missing.

    Returns:
        A row for each horizon, nearest first; pairs with something missing are left out.

    Raises:
        ValueError: Infinities, or shapes that differ.
        TypeError: Text or dates instead of numbers; an argument that is None.

    >>> said, came = [2.0, 3.0, 4.0, 1.0], [1.0, 1.0, 4.0, 4.0]
    >>> for row in errors_by_horizon(horizon=[1, 2, 1, 2], forecast=said, y=came):
    ...     print(row.horizon, row.n, row.bias, row.absolute, round(row.root_mean_square, 3))
    1.0 2 0.5 0.5 0.707
    2.0 2 -0.5 2.5 2.55
    """
    ahead, said, came = (np.ravel(values) for values in together(horizon=horizon, forecast=forecast, y=y))
    for name, values in (("horizon", ahead), ("forecast", said), ("y", came)):
        check_finite(values, name)
    present = ~(np.isnan(ahead) | np.isnan(said) | np.isnan(came))
    error, ahead = (said - came)[present], ahead[present]
    rows = []
    for distance in np.unique(ahead).tolist():
        own = error[ahead == distance]
        spread = float(np.sqrt(np.square(own).mean()))
        rows.append(HorizonErrors(distance, own.size, float(own.mean()), float(np.abs(own).mean()), spread))
    return rows


def series_skill(*, series: Iterable[Hashable], score: Values, reference: Values) -> dict[Any, float]:
    """Within each series, 1 - sum of scores / sum of the reference's.

    1 is perfect, 0 is no better, below 0 is worse.

    The reference is what saying "no change" scores: the last value known when the forecast was made. It is a
    ratio of sums, not a mean of ratios, which one small denominator would decide.

    Args:
        series: The series of each row; figures of one series have one unit.
        score: Absolute errors (or any score that is 0 at best), a row each, at least 0.
        reference: The same score of the reference, a row each, at least 0.

    Returns:
        {series: skill}; -inf where the reference was always right and the forecasts were not, NaN where both
        were or nothing is left. Pairs with something missing are left out.

    Raises:
        ValueError: Negative scores, infinities, or lengths that differ.
        TypeError: Text or dates instead of numbers; an argument that is None.

    >>> series_skill(series=["gdp", "gdp", "cpi"], score=[1.0, 1.0, 3.0], reference=[2.0, 2.0, 2.0])
    {'gdp': 0.5, 'cpi': -0.5}
    """
    labels, own, theirs = _sums(series, score, reference)
    with np.errstate(divide="ignore", invalid="ignore"):
        return dict(zip(labels, (1 - own / theirs).tolist(), strict=True))


class SeriesRatio(float):
    """A geometric mean of ratios.

    `n` series are in it, and `left_out` had no ratio.
    """

    n: int
    left_out: int

    def __new__(cls, value: float, *, n: int, left_out: int) -> Self:
        """Make the number, then note what it rests on."""
        mean = super().__new__(cls, value)
        mean.n, mean.left_out = n, left_out
        return mean

    def __getnewargs_ex__(self) -> tuple[tuple[float], dict[str, int]]:
        return (float(self),), {"n": self.n, "left_out": self.left_out}


def series_ratio(*, series: Iterable[Hashable], score: Values, reference: Values) -> SeriesRatio:
    """The geometric mean over series of sum of scores / sum of the reference's.

    Below 1 is better than the reference.

    The one mean across series of different units that does not depend on them: each counts once, and a ratio
    of 2 and one of 1/2 make 1.

    Arguments and errors are those of `series_skill`. A series whose reference sums to 0 has no ratio and is
    counted in `left_out`; one whose scores sum to 0 makes the mean 0. NaN where no series is left.

    Source: Fleming and Wallace (1986), doi:10.1145/5666.5673, on why ratios are averaged geometrically.

    >>> ratio = series_ratio(series=["gdp", "gdp", "cpi"], score=[1.0, 1.0, 4.0], reference=[2.0, 2.0, 2.0])
    >>> float(ratio), ratio.n, ratio.left_out
    (1.0, 2, 0)
    """
    _, own, theirs = _sums(series, score, reference)
    usable = theirs > 0
    ratios = own[usable] / theirs[usable]
    with np.errstate(divide="ignore"):
        mean = float(np.exp(np.log(ratios).mean())) if ratios.size else np.nan
    return SeriesRatio(mean, n=ratios.size, left_out=int((~usable).sum()))


def _sums(series: Iterable[Hashable], score: Values, reference: Values) -> tuple[list[Any], Floats, Floats]:
    """Sums of both over each series."""
    same_rows(series=series, score=score, reference=reference)
    codes: Integers
    codes, labels = codes_of(series)
    own, theirs = (np.ravel(values) for values in together(score=score, reference=reference))
    if codes.size != own.size:
        raise ValueError(
            f"one row each is needed, but series has {codes.size}, score and reference {own.size}"
        )
    for name, values in (("score", own), ("reference", theirs)):
        check_finite(values, name)
        refuse(values < 0, values, f"is no {name}: errors and scores are at least 0")
    present = ~(np.isnan(own) | np.isnan(theirs))
    sums = [sum_by(codes[present], values[present], len(labels)) for values in (own, theirs)]
    return labels, sums[0], sums[1]
