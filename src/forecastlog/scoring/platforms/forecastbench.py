"""ForecastBench: Brier scores adjusted for how hard the questions were, and the index made of them."""

import math
from collections.abc import Hashable, Iterable
from typing import Any

import numpy as np

from forecastlog.scoring.binary import brier_rows
from forecastlog.scoring.difficulty import two_way
from forecastlog.scoring.inputs import Values, numbers, probabilities_and_outcomes, same_rows


def forecastbench_adjusted(
    *, question: Iterable[Hashable], forecaster: Iterable[Hashable], p: Values, y: Values
) -> dict[Any, float]:
    """ForecastBench's difficulty-adjusted Brier score, shifted so that always saying 0.5 gets 0.25.

    Lower is better.

    Brier scores are fitted as forecaster + question (two-way fixed effects, least squares). The value is the
    forecaster's effect plus the mean effect of the questions, each question once, which is what puts one who
    says 0.5 to all of them at 0.25. A missing forecast (p NaN or None) counts 0.5; a question that was not
    put to a forecaster has no row.

    Args:
        question: Question of each row.
        forecaster: Forecaster of each row.
        p: Probabilities of "yes" in [0, 1], a row each; NaN or None where the forecaster left it out.
        y: How the question resolved, in [0, 1], a row each (or one for all); rows with a missing y are left
            out.

    Returns:
        {forecaster: score}; NaN for one whom no question in common connects with most of the others.

    Raises:
        ValueError: p or y out of range, or other lengths.
        TypeError: Text or dates instead of numbers; an argument that is None.

    Source: Karger et al. (2025), ForecastBench, arXiv:2409.19839; src/leaderboard/main.py in its public code,
    which estimates the effects of market questions otherwise (by the market's own score).

    >>> scores = forecastbench_adjusted(question=[1, 2, 1, 2], forecaster=["a", "a", "b", "b"],
    ...                                 p=[0.9, None, 0.5, 0.5], y=[1, 0, 1, 0])
    >>> {name: round(score, 4) for name, score in scores.items()}
    {'a': 0.13, 'b': 0.25}
    """
    same_rows(question=question, forecaster=forecaster, p=p, y=y)
    given = np.atleast_1d(numbers(p, "p"))
    chances, outcomes = probabilities_and_outcomes(np.where(np.isnan(given), 0.5, given), y)
    fit = two_way(question, forecaster, brier_rows(chances, outcomes), np.ones(chances.size))
    shift = np.nanmean(fit.hardness) if fit.hardness.size else np.nan
    return dict(zip(fit.forecasters, (fit.effects + shift).tolist(), strict=True))


def forecastbench_index(
    *, question: Iterable[Hashable], forecaster: Iterable[Hashable], p: Values, y: Values
) -> dict[Any, float]:
    """ForecastBench's Brier index, 100 (1 - sqrt(adjusted)): 100 is perfect, 50 is always saying 0.5.

    `adjusted` is `forecastbench_adjusted`, whose arguments and errors it has; NaN where that lies below 0,
    which happens to one who is nearly perfect on hard questions.

    Source: Forecasting Research Institute, "Introducing the Brier Index"; src/leaderboard/main.py in its
    public code.

    >>> forecastbench_index(question=[1, 2], forecaster=["a", "a"], p=[0.5, 0.5], y=[1, 0])
    {'a': 50.0}
    """
    adjusted = forecastbench_adjusted(question=question, forecaster=forecaster, p=p, y=y)
    return {
        name: 100 * (1 - math.sqrt(score)) if score >= 0 else math.nan for name, score in adjusted.items()
    }
