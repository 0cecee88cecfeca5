"""PredictionBook and Manifold: the mean Brier score over everything that was said, however often."""

import math
from collections.abc import Hashable, Iterable
from typing import Any, Self

import numpy as np

from forecastlog.scoring.binary import brier_rows
from forecastlog.scoring.inputs import Values, codes_of, probabilities_and_outcomes, same_rows


class Wagers(float):
    """A mean over ``n`` wagers, with the `error` that PredictionBook shows, 1 / sqrt(n)."""

    n: int

    def __new__(cls, value: float, n: int) -> Self:
        """Make the number, then note what it rests on."""
        mean = super().__new__(cls, value)
        mean.n = n
        return mean

    def __getnewargs_ex__(self) -> tuple[tuple[float], dict[str, int]]:
        return (float(self),), {"n": self.n}

    @property
    def error(self) -> float:
        """1 / sqrt(n), NaN without wagers."""
        return 1 / math.sqrt(self.n) if self.n else math.nan


def predictionbook_brier(*, forecaster: Iterable[Hashable], p: Values, y: Values) -> dict[Any, Wagers]:
    """PredictionBook's score: the mean of (p - y)^2 over every wager, 0 to 1, lower is better.

    A second wager on the same prediction counts once more. Wagers on withdrawn predictions are none: leave
    them out.

    Args:
        forecaster: Forecaster of each row.
        p: Probabilities of "yes" in [0, 1], a row each.
        y: What happened, a row each (or one for all): 1 or 0; NaN while it is not judged.

    Returns:
        {forecaster: score}, each a float with `n` and `error`; NaN without a judged wager (the site then
        shows 1).

    Raises:
        ValueError: p or y out of range, or other lengths.
        TypeError: Text or dates instead of numbers; an argument that is None.

    Source: PredictionBook's public code, app/models/score_calculator.rb (github.com/bellroy/predictionbook).

    >>> score = predictionbook_brier(forecaster=["a"] * 4, p=[0.9, 0.9, 0.6, 0.5], y=[1, 1, 0, 1])["a"]
    >>> round(score, 4), score.error
    (0.1575, 0.5)
    """
    return {name: Wagers(*mean) for name, mean in _means(forecaster, p, y).items()}


def manifold_brier(*, forecaster: Iterable[Hashable], p: Values, y: Values) -> dict[Any, float]:
    """The mean of (p - y)^2 over bets, where p is the market's probability after each.

    0 to 1, lower is better.

    Args:
        forecaster: Who bet, a row each.
        p: The probability after the bet (`probAfter`). Cancelled and unfilled limit orders are no bets: leave
            them out.
        y: How the market resolved, a row each (or one for all): 1, 0, or the share of a resolution to a
            probability.

    Returns:
        {forecaster: score}, NaN for one without a bet on a resolved market.

    Raises:
        ValueError: p or y out of range, or other lengths.
        TypeError: Text or dates instead of numbers; an argument that is None.

    Source: Manifold's API documentation (docs.manifold.markets/api), whose `probAfter` is a bet's forecast.

    >>> manifold_brier(forecaster=["a", "a"], p=[0.5, 0.75], y=[1, 1])
    {'a': 0.15625}
    """
    return {name: mean for name, (mean, _) in _means(forecaster, p, y).items()}


def _means(forecaster: Iterable[Hashable], p: Values, y: Values) -> dict[Any, tuple[float, int]]:
    """Mean Brier score and number of the rows of each forecaster."""
    same_rows(forecaster=forecaster, p=p, y=y)
    codes, labels = codes_of(forecaster)
    chances, outcomes = (np.atleast_1d(values) for values in probabilities_and_outcomes(p, y))
    if chances.size != codes.size:
        raise ValueError(f"one row each is needed, but forecaster has {codes.size}, p and y {chances.size}")
    scores = brier_rows(chances, outcomes)
    present = ~np.isnan(scores)
    n = np.bincount(codes[present], minlength=len(labels))
    with np.errstate(invalid="ignore"):
        means = np.bincount(codes[present], scores[present], len(labels)) / n
    return dict(zip(labels, zip(means.tolist(), n.tolist(), strict=True), strict=True))
