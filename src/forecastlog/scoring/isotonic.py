"""Calibration without bins: isotonic regression by pooling, and the CORP decomposition with its bands.

Dimitriadis, Gneiting and Jordan (2021), doi:10.1073/pnas.2016191118.
"""

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from math import comb
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from forecastlog.scoring.calibration import effective, middle, ratio
from forecastlog.scoring.cells import Cells, sum_by
from forecastlog.scoring.inputs import Floats, Integers
from forecastlog.scoring.murphy import uncertainty_of

Flags: TypeAlias = npt.NDArray[np.bool_]

DRAWS = 1000
MOST_DRAWN = 20_000_000  # cells times draws; with more cells there are fewer draws, at least FEWEST_DRAWS
FEWEST_DRAWS = 100
CHUNK = 2_000_000
FEW = 10  # trials up to which their number is drawn by the inverse of its distribution
_WAYS = np.array([[comb(trials, events) for events in range(FEW)] for trials in range(FEW + 1)])
_NEXT_TO_NOTHING = np.finfo(np.float64).tiny


def isotonic(group: Integers, weight: Floats, yes: Floats) -> Floats:
    """Increasing fit of yes / weight within each group, cells in order of p (pool adjacent violators).

    Neighbours that decrease share their value in the solution, so whole decreasing runs are pooled at once,
    all over the data, until none is left. Data that need a pass for every pooled cell are finished one by
    one.
    """
    weight = np.maximum(weight, _NEXT_TO_NOTHING)  # a cell without weight takes the value before it
    first = np.append(True, group[1:] != group[:-1])[: weight.size]
    starts, patience = np.arange(weight.size), 8
    while True:
        rate = yes / weight
        opens = first.copy()
        opens[1:] |= rate[1:] > rate[:-1]
        if opens.all():
            return np.repeat(rate, np.diff(starts, append=group.size))
        patience -= 1 if np.count_nonzero(~opens) * 8 < opens.size else 0
        if not patience:
            opens = _one_by_one(first, weight, yes)
        keep, block = np.flatnonzero(opens), np.cumsum(opens) - 1
        starts, first = starts[keep], first[keep]
        weight, yes = (sum_by(block, column, keep.size) for column in (weight, yes))


def _one_by_one(first: Flags, weight: Floats, yes: Floats) -> Flags:
    """Where the pooled blocks start, found with a stack in a single pass."""
    stack: list[tuple[int, bool, float, float]] = []
    for block in zip(range(first.size), first.tolist(), weight.tolist(), yes.tolist(), strict=True):
        last = block
        while stack and not last[1] and last[3] * stack[-1][2] <= stack[-1][3] * last[2]:
            before = stack.pop()
            last = *before[:2], before[2] + last[2], before[3] + last[3]
        stack.append(last)
    opens = np.zeros(first.size, np.bool_)
    opens[[start for start, *_ in stack]] = True
    return opens


class Corp:
    """The CORP decomposition: miscalibration - discrimination + uncertainty is the Brier score.

    `p` and `fitted` draw the calibration curve: the distinct forecasts, and the share that happened at each,
    made increasing. `band_low` and `band_high` are where 95 % of such curves lie, at each p, if every
    forecast were calibrated (a consistency band): outcomes are drawn with the forecast probabilities (1,000
    times, seed 0; 100 times for very many p), each draw is fitted, and the 2.5 % and 97.5 % points are
    widened to hold p itself. They are computed when first read. With `by`, numbers are arrays and curves
    lists of arrays, a value a group.
    """

    def __init__(self, cells: Cells, groups: int, *, grouped: bool) -> None:
        self._cells, self._groups, self._grouped = cells, groups, grouped
        self._bands: tuple[Floats, Floats] | None = None
        self._fitted = isotonic(cells.group, cells.weight, cells.yes)

    @cached_property
    def miscalibration(self) -> Any:
        """What the fitted curve takes off the score."""
        moved = self._cells.p - self._fitted
        return self._numbers(moved * (self._cells.p + self._fitted - 2 * self._share()))

    @cached_property
    def discrimination(self) -> Any:
        """How much better the fitted curve scores than the base rate."""
        away = self._fitted - self._mean(self._cells.yes)[self._cells.group]
        return self._numbers(away * (2 * (self._share() - self._fitted) + away))

    @cached_property
    def uncertainty(self) -> Any:
        """What the base rate scores."""
        return self._shaped(uncertainty_of(self._cells, self._groups))

    @property
    def p(self) -> Any:
        """The distinct forecasts, increasing."""
        return self._curves(self._cells.p)

    @property
    def fitted(self) -> Any:
        """The share that happened at each p, made increasing."""
        return self._curves(self._fitted)

    @property
    def band_low(self) -> Any:
        """The lower end of the consistency band at each p."""
        return self._curves(self._drawn()[0])

    @property
    def band_high(self) -> Any:
        """The upper end of the consistency band at each p."""
        return self._curves(self._drawn()[1])

    def __iter__(self) -> Iterator[Any]:
        yield from (self.miscalibration, self.discrimination, self.uncertainty)
        yield from (self.p, self.fitted, self.band_low, self.band_high)

    def __repr__(self) -> str:
        parts = ("miscalibration", "discrimination", "uncertainty")
        return f"Corp({', '.join(f'{part}={getattr(self, part)!r}' for part in parts)})"

    def _mean(self, values: Floats) -> Floats:
        weight = sum_by(self._cells.group, self._cells.weight, self._groups)
        return ratio(sum_by(self._cells.group, values, self._groups), weight)

    def _share(self) -> Floats:
        weight = self._cells.weight
        return np.divide(self._cells.yes, weight, out=np.zeros_like(weight), where=weight > 0)

    def _numbers(self, values: Floats) -> Any:
        """The mean of values, one a cell; rounding may leave it a little below 0."""
        return self._shaped(np.maximum(self._mean(self._cells.weight * values), 0))

    def _shaped(self, values: Floats) -> Any:
        return values if self._grouped else float(values[0])

    def _curves(self, values: Floats) -> Any:
        if not self._grouped:
            return values
        edges = np.searchsorted(self._cells.group, np.arange(self._groups + 1))
        return [values[start:stop] for start, stop in pairwise(edges)]

    def _drawn(self) -> tuple[Floats, Floats]:
        if self._bands is None:
            self._bands = bands(self._cells)
        return self._bands


def bands(cells: Cells) -> tuple[Floats, Floats]:
    """Pointwise 95 % consistency band of the fitted curve at each cell."""
    size = cells.p.size
    if not size:
        return np.zeros(0), np.zeros(0)
    random = np.random.default_rng(0)
    trials = np.maximum(np.rint(np.nan_to_num(effective(cells))), 1).astype(np.int64)
    draws = int(np.clip(MOST_DRAWN // size, FEWEST_DRAWS, DRAWS))
    curves = np.empty((size, draws), np.float32)
    for start in range(0, draws, max(CHUNK // size, 1)):
        part = curves[:, start : start + max(CHUNK // size, 1)]
        events = _events(random, trials, cells.p, part.shape[1])
        part[:] = _fits(cells, events * (cells.weight / trials)[:, None])
    low, high = middle(curves)
    return np.minimum(low, cells.p), np.maximum(high, cells.p)


def _events(random: np.random.Generator, trials: Integers, p: Floats, draws: int) -> Floats:
    """How many of each cell's trials come true by the chance p: a row a cell, a column a draw.

    The inverse of the distribution takes a fifth of the time that the general way needs for few trials.
    """
    events = np.empty((p.size, draws))
    many = trials > FEW
    events[many] = random.binomial(trials[many, None], p[many, None], (np.count_nonzero(many), draws))
    n, p, k = trials[~many, None], p[~many, None], np.arange(FEW)
    chances = _WAYS[n, k] * p**k * (1 - p) ** np.maximum(n - k, 0)
    up_to = np.where(k < n, np.cumsum(chances, axis=1), 1).astype(np.float32)
    drawn = random.random((n.size, draws), np.float32)
    beyond = np.zeros(drawn.shape, np.int8)
    for column in up_to.T:
        beyond += drawn >= column[:, None]
    events[~many] = beyond
    return events


def _fits(cells: Cells, yes: Floats) -> Floats:
    """The increasing fit of each column of events, all columns at once."""
    draws = yes.shape[1]
    copies = cells.group + (cells.group[-1] + 1) * np.arange(draws)[:, None]
    fitted = isotonic(copies.ravel(), np.tile(cells.weight, draws), yes.T.ravel())
    return fitted.reshape(draws, -1).T
