"""Scores of forecasters who answered different questions, adjusted for how hard these were."""

from collections.abc import Hashable, Iterable
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from forecastlog.scoring.cells import sum_by
from forecastlog.scoring.inputs import (
    Floats,
    Integers,
    Values,
    check_finite,
    check_weights,
    codes_of,
    numbers,
    same_rows,
)
from forecastlog.scoring.sorting import distinct, sorted_places

CHUNK = 2**22  # numbers held at a time, about


def difficulty_adjusted(
    *,
    question: Iterable[Hashable],
    forecaster: Iterable[Hashable],
    score: Values,
    weight: Values | None = None,
) -> dict[Any, float]:
    """Each forecaster's mean score had all answered the same questions.

    Score = forecaster + question, least squares.

    Question effects have mean 0 over the (weighted) rows, so the values are on the scale of the score.
    Forecasters can be compared only where questions in common connect them: those outside the largest
    connected set of forecasters and questions get NaN.

    Args:
        question: Question of each row.
        forecaster: Forecaster of each row.
        score: Score of each row, any score; rows with a missing score are left out.
        weight: Weight of each row, finite and at least 0; rows of weight 0 are left out.

    Returns:
        {forecaster: value} for every forecaster named.

    Raises:
        ValueError: Infinite scores, weights out of range, or other lengths.
        TypeError: Text or dates instead of numbers.

    Source: Karger et al. (2025), ForecastBench, arXiv:2409.19839 (two-way fixed effects).

    >>> difficulty_adjusted(question=[1, 2, 1], forecaster=["a", "a", "b"],
    ...     score=[0.2, 0.5, 0.3])  # doctest: +ELLIPSIS
    {'a': 0.3..., 'b': 0.39...}
    """
    given = {"score": score} | ({} if weight is None else {"weight": weight})
    same_rows(question=question, forecaster=forecaster, **given)
    values = np.atleast_1d(numbers(score, "score"))
    weights = np.ones(values.size) if weight is None else np.atleast_1d(numbers(weight, "weight"))
    check_finite(values, "score")
    check_weights(weights)
    fit = two_way(question, forecaster, values, weights)
    return dict(zip(fit.forecasters, (fit.effects + fit.mean_hardness).tolist(), strict=True))


class TwoWay(NamedTuple):
    """Scores as forecaster + question: a constant may be moved from the one to the other."""

    forecasters: list[Any]
    effects: Floats  # a value a forecaster, NaN outside the largest connected set
    hardness: Floats  # a value a question of that set
    mean_hardness: float  # over the rows, weighted


def two_way(
    question: Iterable[Hashable], forecaster: Iterable[Hashable], values: Floats, weights: Floats
) -> TwoWay:
    """The least-squares fit over the largest connected set; rows without a score or weight are left out."""
    (questions, _), (names, labels) = codes_of(question), codes_of(forecaster)
    if len({questions.size, names.size, values.size, weights.size}) > 1:
        raise ValueError("question, forecaster, score and weight need one row each")
    used = ~np.isnan(values) & (weights > 0)
    questions, names, values, weights = questions[used], names[used], values[used], weights[used]
    result = np.full(len(labels), np.nan)
    if not values.size:
        return TwoWay(labels, result, np.zeros(0), np.nan)
    rows = _largest_component(questions, names)
    people, row_people = np.unique(names[rows], return_inverse=True)
    row_questions = np.unique(questions[rows], return_inverse=True)[1]
    result[people], hardness = _effects(row_people, row_questions, values[rows], weights[rows])
    return TwoWay(labels, result, hardness, float(np.average(hardness[row_questions], weights=weights[rows])))


def _largest_component(questions: Integers, names: Integers) -> Any:
    """Which rows belong to the largest connected set of forecasters and questions, by rows if tied."""
    people = int(names.max()) + 1
    size = people + int(questions.max()) + 1
    label = np.arange(size)
    ends = np.stack([names, people + questions])
    while True:
        lowest = label[ends].min(axis=0)
        before = label.copy()
        for end in ends:
            np.minimum.at(label, before[end], lowest)
            np.minimum.at(label, end, lowest)
        while not np.array_equal(label, label[label]):
            label = label[label]
        if np.array_equal(label, before):
            break
    of_rows = label[names]
    nodes = np.bincount(label[distinct(ends)], minlength=size)
    rows = np.bincount(of_rows, minlength=size)
    return of_rows == max(range(size), key=lambda root: (nodes[root], rows[root]))


def _effects(names: Any, questions: Any, values: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Effects of both sides by the normal equations of the smaller; the larger side is eliminated."""
    swap = names.max() > questions.max()
    few, many = (questions, names) if swap else (names, questions)
    size, others = int(few.max()) + 1, int(many.max()) + 1
    heft_few, heft_many = sum_by(few, weights, size), sum_by(many, weights, others)
    totals_many = sum_by(many, weights * values, others)
    matrix: Floats = np.diag(heft_few)
    matrix -= _shared(few, many, weights, heft_many, size)
    right = sum_by(few, weights * (values - (totals_many / heft_many)[many]), size)
    effects_few = np.zeros(size)
    effects_few[1:] = np.linalg.solve(matrix[1:, 1:], right[1:])  # one effect is free: it is 0 here
    effects_many = sum_by(many, weights * (values - effects_few[few]), others) / heft_many
    return (effects_many, effects_few) if swap else (effects_few, effects_many)


def _shared(few: Any, many: Any, weights: Floats, heft: Floats, size: int) -> Floats:
    """For every two of the smaller side the weight that they share through the larger: sum of w w' / heft.

    Pair by pair where most answered few questions, and as a product of tables where most answered most.
    """
    order = sorted_places(many)
    few, many, weights = few[order], many[order], weights[order]
    sizes = np.bincount(many)
    sparse = np.square(sizes).sum() <= size * sizes.size
    work = np.cumsum(np.square(sizes) if sparse else np.full(sizes.size, size))
    edges = distinct(np.searchsorted(work, np.arange(0, work[-1], CHUNK), side="right")).tolist()
    total = np.zeros((size, size))
    for start, stop in pairwise([*edges, sizes.size]):
        rows = slice(*np.searchsorted(many, [start, stop]))
        part = (few[rows], many[rows] - start, weights[rows], heft[start:stop], size)
        total += (_pair_by_pair if sparse else _by_tables)(*part)
    return total


def _pair_by_pair(few: Any, many: Any, weights: Floats, heft: Floats, size: int) -> Floats:
    sizes = np.bincount(many, minlength=heft.size)
    own = sizes[many]
    left = np.repeat(np.arange(few.size), own)
    right = np.repeat(np.cumsum(sizes)[many] - np.cumsum(own), own) + np.arange(left.size)
    shared = weights[left] * weights[right] / heft[many[left]]
    return sum_by(few[left] * size + few[right], shared, size * size).reshape(size, size)


def _by_tables(few: Any, many: Any, weights: Floats, heft: Floats, size: int) -> Floats:
    dense = sum_by(many * size + few, weights, heft.size * size).reshape(-1, size)
    return np.asarray(dense.T @ (dense / heft[:, None]))
