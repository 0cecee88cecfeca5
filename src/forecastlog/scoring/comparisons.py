"""A forecaster against the others who forecast the same questions on the same days."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from forecastlog.scoring.binary import brier_rows, log_rows
from forecastlog.scoring.inputs import (
    Floats,
    Integers,
    Values,
    check_weights,
    codes_of,
    numbers,
    probabilities_and_outcomes,
    same_rows,
)


class Field(NamedTuple):
    """Rows in order of (question, day), each of these a run; forecasters are places among the ``names``."""

    question: Integers
    forecaster: Integers
    names: Sequence[Any]
    p: Floats
    y: Floats
    days: Floats
    starts: npt.NDArray[np.intp]
    sizes: Floats  # forecasters in the run, a row each


def relative(
    *,
    question: Iterable[Hashable],
    forecaster: Iterable[Hashable],
    day: Iterable[Hashable],
    p: Values,
    y: Values,
    weight: Values | None = None,
) -> dict[Any, float]:
    """Own daily Brier score minus the median of all forecasters on that question and day: below 0 is better.

    Averaged over the days of a question, then over a forecaster's questions, each counting once. Days on
    which nobody else forecast are passed over; with none left the value is NaN: there is nobody to compare
    with.

    Args:
        question: Question of each row.
        forecaster: Forecaster of each row.
        day: Day of each row, anything that can be told apart.
        p: Probability that stood at the end of that day; rows with a missing p or y are left out.
        y: Outcome of the question, in [0, 1].
        weight: How many days a row stands for, alike for all rows of one question and day; 1 unless given.

    Returns:
        {forecaster: value} for every forecaster named.

    Raises:
        ValueError: p, y or weight out of range, other lengths, or two rows for one question, forecaster and
        day. TypeError: Text or dates instead of numbers in p or y.

    Source: the accuracy score of the Good Judgment Project, Mellers et al. (2014),
    doi:10.1177/0956797614524255.

    >>> relative(question=[1, 1], forecaster=["a", "b"], day=[1, 1], p=[1.0, 0.5], y=[1, 1])
    {'a': -0.125, 'b': 0.125}
    """
    field = field_of(question=question, forecaster=forecaster, day=day, p=p, y=y, weight=weight)
    return dict(zip(field.names, relative_of(field).tolist(), strict=True))


def relative_of(field: Field) -> Floats:
    """The same of rows that are in order, a value a name."""
    scores = brier_rows(field.p, field.y)
    return _averaged(field, scores - _medians(field, scores))


def peer(
    *,
    question: Iterable[Hashable],
    forecaster: Iterable[Hashable],
    day: Iterable[Hashable],
    p: Values,
    y: Values,
    weight: Values | None = None,
) -> dict[Any, float]:
    """100 ln(p given to what happened / geometric mean of the others'): above 0 is better than they.

    Averaged over the days on which others stood too, then over a forecaster's questions, each counting once;
    NaN where there is nobody to compare with. A probability of 0 for what happened gives -infinity.

    Args:
        question: Question of each row.
        forecaster: Forecaster of each row.
        day: Day of each row, anything that can be told apart.
        p: Probability that stood at the end of that day; rows with a missing p or y are left out.
        y: Outcome of the question, in [0, 1].
        weight: How many days a row stands for, alike for all rows of one question and day; 1 unless given.

    Returns:
        {forecaster: value} for every forecaster named.

    Raises:
        ValueError: p, y or weight out of range, other lengths, or two rows for one question, forecaster and
        day. TypeError: Text or dates instead of numbers in p or y.

    >>> scores = peer(question=[1, 1], forecaster=["a", "b"], day=[1, 1], p=[0.8, 0.4], y=[1, 1])
    >>> {name: round(score, 2) for name, score in scores.items()}
    {'a': 69.31, 'b': -69.31}
    """
    field = field_of(question=question, forecaster=forecaster, day=day, p=p, y=y, weight=weight)
    return dict(zip(field.names, peer_of(field).tolist(), strict=True))


def peer_of(field: Field) -> Floats:
    """The same of rows that are in order, a value a name."""
    scores = log_rows(field.p, field.y)
    endless = np.isinf(scores)
    finite = np.where(endless, 0, scores)
    others = _run_sums(field, finite) - finite
    others_endless = _run_sums(field, endless.astype(np.float64)) - endless
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(others_endless > 0, np.inf, others / (field.sizes - 1))
        return _averaged(field, 100 * (mean - scores))


def field_of(
    *,
    question: Iterable[Hashable],
    forecaster: Iterable[Hashable],
    day: Iterable[Hashable],
    p: Values,
    y: Values,
    weight: Values | None,
) -> Field:
    """Rows put in order for `relative_of` and `peer_of`; arguments and what raises as of these two."""
    given = {} if weight is None else {"weight": weight}
    same_rows(question=question, forecaster=forecaster, day=day, p=p, y=y, **given)
    chances, outcomes = (np.atleast_1d(values) for values in probabilities_and_outcomes(p, y))
    (questions, _), (names, labels), (days, _) = (codes_of(column) for column in (question, forecaster, day))
    lengths = np.ones(chances.size) if weight is None else np.atleast_1d(numbers(weight, "weight"))
    check_weights(lengths)
    sizes = {questions.size, names.size, days.size, chances.size, lengths.size}
    if len(sizes) > 1:
        raise ValueError(
            f"question, forecaster, day, p, y and weight need one row each, but have {sorted(sizes)}"
        )
    rows = np.flatnonzero(~(np.isnan(chances) | np.isnan(outcomes)))
    rows = rows[np.lexsort((names[rows], days[rows], questions[rows]))]
    same_run = (np.diff(questions[rows]) == 0) & (np.diff(days[rows]) == 0)
    doubled = same_run & (np.diff(names[rows]) == 0)
    if doubled.any():
        name = labels[names[rows][:-1][doubled][0]]
        raise ValueError(
            f"{name!r} has two forecasts of one question on one day: keep the one standing at its end"
        )
    return in_order(
        question=questions[rows],
        forecaster=names[rows],
        names=labels,
        day=days[rows],
        p=chances[rows],
        y=outcomes[rows],
        days=lengths[rows],
    )


def in_order(
    *,
    question: Integers,
    forecaster: Integers,
    names: Sequence[Any],
    day: Integers,
    p: Floats,
    y: Floats,
    days: Floats,
) -> Field:
    """The field of rows that are sorted by question and day; ``days`` is how many each stands for."""
    first = np.ones(question.size, np.bool_)
    first[1:] = (np.diff(question) != 0) | (np.diff(day) != 0)
    starts = np.flatnonzero(first)
    runs = np.diff(starts, append=question.size)
    return Field(question, forecaster, names, p, y, days, starts, np.repeat(runs, runs).astype(np.float64))


def _run_sums(field: Field, values: Floats) -> Floats:
    """Sum over each run, on every row of it."""
    if not values.size:
        return values
    return np.repeat(np.add.reduceat(values, field.starts), np.diff(field.starts, append=values.size))


def _medians(field: Field, values: Floats) -> Floats:
    """Median of each run, on every row of it."""
    runs = np.diff(field.starts, append=values.size)
    run = np.repeat(np.arange(field.starts.size), runs)
    ordered = values[np.lexsort((values, run))]
    lower, upper = field.starts + (runs - 1) // 2, field.starts + runs // 2
    return np.repeat((ordered[lower] + ordered[upper]) / 2, runs)


def _averaged(field: Field, values: Floats) -> Floats:
    """Mean over the days of each question that had company, then over the questions of each forecaster."""
    shared = field.sizes > 1
    names, questions, values = field.forecaster[shared], field.question[shared], values[shared]
    days = field.days[shared]
    width = int(questions.max(initial=0)) + 1
    pairs, pair = np.unique(names * width + questions, return_inverse=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        of_pairs = np.bincount(pair, days * values, pairs.size) / np.bincount(pair, days, pairs.size)
        who, people = pairs // width, len(field.names)
        return np.bincount(who, of_pairs, people) / np.bincount(who, minlength=people)
