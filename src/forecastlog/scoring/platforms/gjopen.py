"""Good Judgment Open: daily Brier scores, and how they compare with the median."""

import math
from collections.abc import Hashable, Iterable
from typing import Any

import numpy as np

from forecastlog.scoring.inputs import Floats, Values
from forecastlog.scoring.platforms.standing import (
    NEARLY,
    Standing,
    means_by_row,
    medians_by_column,
    span,
    standing,
)


def gjopen_brier(
    *,
    forecaster: Iterable[Hashable],
    start: Values,
    end: Values,
    p: Values,
    y: Values,
    opened: Values,
    closed: Values,
    ordered: bool = False,
) -> dict[Any, float]:
    """Good Judgment Open's Brier score.

    The mean over days of the two-sided Brier score, 0 to 2, lower is better.

    A day counts from the one on which the question opened to the last that ended before or when it closed; on
    each, the forecast that stands at its end. Days before the first forecast do not count.

    Args:
        forecaster: Forecaster of each row.
        start: When each forecast was made; a day runs from one whole number to the next.
        end: When it was withdrawn; NaN where it stands.
        p: Probabilities of "yes", a row each; or rows x K.
        y: What happened, one for the question: 1 or 0, or the index of the option.
        opened: When the question opened.
        closed: When it closed.
        ordered: Whether the K options are in order: the two-sided score is then averaged over the K - 1 cuts.

    Returns:
        {forecaster: score}, NaN for one who stood on no day.

    Raises:
        ValueError: p or y out of range, more than one outcome, an end before its start, closed before opened.
        TypeError: Text or dates instead of numbers; an argument that is None.

    Source: Good Judgment Open, FAQ (gjopen.com/faq); that only whole days count: Cultivate Labs, which runs
    the site (cultivatelabs.com/support, "Why didn't I receive a score in a question I forecasted?").

    >>> gjopen_brier(forecaster=["a", "a"], start=[1, 3.5], end=[None, None], p=[0.5, 1.0], y=1, opened=0,
    ...     closed=5)
    {'a': 0.25}
    """
    rows = standing(forecaster=forecaster, start=start, end=end, p=p, y=y)
    return dict(zip(rows.labels, means_by_row(_daily(rows, opened, closed, ordered)).tolist(), strict=True))


def gjopen_accuracy(
    *,
    forecaster: Iterable[Hashable],
    start: Values,
    end: Values,
    p: Values,
    y: Values,
    opened: Values,
    closed: Values,
    ordered: bool = False,
) -> dict[Any, float]:
    """Good Judgment Open's accuracy score.

    Better than the median is below 0, and counts by the share of days stood.

    (own mean over own days - mean of the daily medians over all days of the question) x own days / all days,
    where the scores are those of `gjopen_brier` and a daily median is that of everybody who stood, oneself
    included. Days on which nobody stood have no median.

    Arguments and errors are those of `gjopen_brier`; NaN for one who stood on no day.

    Source: Good Judgment Open, FAQ (gjopen.com/faq).

    >>> gjopen_accuracy(forecaster=["a", "b"], start=[0, 2], end=[None, None], p=[1.0, 0.5], y=1, opened=0,
    ...     closed=4)
    {'a': -0.125, 'b': 0.1875}
    """
    rows = standing(forecaster=forecaster, start=start, end=end, p=p, y=y)
    daily = _daily(rows, opened, closed, ordered)
    median = means_by_row(medians_by_column(daily)[None, :])[0]
    own = np.count_nonzero(~np.isnan(daily), axis=1)
    scores = (means_by_row(daily) - median) * own / max(daily.shape[1], 1)
    return dict(zip(rows.labels, scores.tolist(), strict=True))


def _daily(rows: Standing, opened: Values, closed: Values, ordered: bool) -> Floats:
    """Two-sided scores, forecasters x days; NaN where nothing stood at the end of the day."""
    first, last = span(opened, closed)
    days = range(math.floor(first), math.floor(last + NEARLY))
    daily = np.full((len(rows.labels), len(days)), np.nan)
    scores = rows.two_sided(ordered=ordered)
    for column, day in enumerate(days):
        here = (rows.start < day + 1) & (rows.end >= day + 1)
        daily[rows.forecaster[here], column] = scores[here]
    return daily
