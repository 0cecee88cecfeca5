"""Percentile bootstrap by block: how far a score would move with other events."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from forecastlog.scoring.cells import Cells, Counted, between
from forecastlog.scoring.inputs import Floats, Integers
from forecastlog.scoring.tally import Tally

STATISTICS = ("n", "base_rate", "brier", "log", "spherical", "skill", "log_skill", "auc", "ece")
CHUNK = 500_000  # cells held at a time, over all draws of a chunk


class Interval(NamedTuple):
    """A statistic of the data at hand, and where the middle 95 % of its values fall when blocks are drawn again."""

    value: Any
    low: Any
    high: Any


class BlockInterval(Interval):
    """The same, with the number of blocks that were drawn from."""

    blocks: Any


def bootstrap(
    frame: Any,
    *,
    statistic: str | Callable[[Tally], float],
    block: str = "event",
    by: str | Sequence[str] = (),
    n: int = 2000,
    seed: int = 0,
    p: str = "probability",
    y: str = "outcome",
    weight: str | None = None,
) -> BlockInterval:
    """95 % percentile interval of a statistic, drawing whole blocks with replacement.

    Forecasts of one event stand and fall together, so events are drawn, not rows. With `by`, each group draws from
    its own blocks with the same seed, so that its interval does not depend on the other groups in the frame.

    Args:
        frame: A frame as `Tally.of` takes it.
        statistic: The name of a statistic of Tally ("brier", "skill", "auc", ...), or a function of a Tally
            without groups that returns a number (called for each draw).
        block: Column that names the block; rows without one form a block together.
        by: Column or columns to group by.
        n: Number of draws.
        seed: Seed of the draws: the same data, n and seed give the same interval.
        p: Column of probabilities.
        y: Column of outcomes.
        weight: Column of weights.

    Returns:
        value, low, high, with the number of `blocks` as attribute: numbers, or with `by` arrays in sorted order of
        the groups. low and high are NaN where fewer than 2 blocks exist; draws without a value (an AUC with "yes"
        alone) are passed over.

    Raises:
        ValueError: What `Tally.of` refuses, an unknown statistic, n under 1.

    Source: Efron and Tibshirani (1993), doi:10.1201/9780429246593, chapter 13.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"event": [1, 1, 2, 3], "probability": [0.9, 0.8, 0.4, 0.3], "outcome": [1, 1, 0, 1]})
    >>> interval = bootstrap(frame, statistic="brier")
    >>> interval.blocks, round(interval.value, 4), round(interval.low, 4), round(interval.high, 4)
    (3, 0.175, 0.025, 0.49)
    """
    if n < 1:
        raise ValueError(f"n is {n}: at least 1 draw is needed")
    evaluate = _evaluation(statistic)
    names = (by,) if isinstance(by, str) else tuple(by)
    fine = Tally.of(frame, by=(*names, block), p=p, y=y, weight=weight)
    owners = [group[:-1] for group in fine.groups]
    first = [i for i, owner in enumerate(owners) if i == 0 or owner != owners[i - 1]]
    rows = [
        _interval(*_blocks(fine, start, stop), evaluate, n, seed)
        for start, stop in pairwise([*first, len(owners)])
    ]
    empty = (np.nan, np.nan, np.nan, 0)
    columns = zip(*rows, strict=True) if rows else ((),) * 4
    value, low, high, blocks = map(np.array, columns) if names else (rows or [empty])[0]
    result = BlockInterval(value, low, high)
    result.blocks = blocks
    return result


def _evaluation(statistic: str | Callable[[Tally], float]) -> Callable[[Tally], Floats]:
    """From a Tally by draw to a value a draw: all at once for a statistic of Tally, else one by one."""
    if callable(statistic):
        name = getattr(statistic, "__name__", "")
        if getattr(Tally, name, None) is not statistic:
            function = statistic
            return lambda tally: np.array([function(draw) for draw in _each(tally)], np.float64)
        statistic = name
    if statistic not in STATISTICS:
        raise ValueError(
            f"statistic is {statistic!r}: one of {', '.join(STATISTICS)}, or a function of a Tally"
        )
    return lambda tally: np.asarray(getattr(tally, statistic)(), np.float64)


def _each(tally: Tally) -> Iterator[Tally]:
    """Each group of a Tally as a Tally of its own."""
    edges = np.searchsorted(tally.cells.group, np.arange(len(tally.groups) + 1))
    for i, (start, stop) in enumerate(pairwise(edges)):
        cells = between(tally.cells, start, stop)._replace(group=np.zeros(stop - start, np.int64))
        yield Tally((), [()], Counted(cells, tally.dropped[i : i + 1], tally.infinite[i : i + 1]))


def _blocks(fine: Tally, start: int, stop: int) -> tuple[Cells, Integers]:
    """Cells of the blocks from `start` to `stop`, numbered from 0, and each block's count of infinities."""
    cells = fine.cells
    part = between(cells, *np.searchsorted(cells.group, [start, stop]))
    return part._replace(group=part.group - start), np.atleast_1d(fine.infinite)[start:stop]


def _interval(
    cells: Cells, infinite: Integers, evaluate: Callable[[Tally], Floats], n: int, seed: int
) -> tuple[float, float, float, int]:
    """Value, low, high and number of blocks of one group."""
    blocks = infinite.size
    value = float(evaluate(_redrawn(cells, infinite, np.ones((1, blocks), np.int64)))[0])
    if blocks < 2:
        return value, np.nan, np.nan, blocks
    random = np.random.default_rng(seed)
    piece = max(CHUNK // max(cells.p.size, blocks), 1)
    sizes = [min(piece, n - start) for start in range(0, n, piece)]
    equal = np.full(blocks, 1 / blocks)
    values = [evaluate(_redrawn(cells, infinite, random.multinomial(blocks, equal, size))) for size in sizes]
    drawn = np.concatenate(values)
    drawn = np.sort(drawn[~np.isnan(drawn)])
    if not drawn.size:
        return value, np.nan, np.nan, blocks
    low, high = np.quantile(
        drawn, [0.025, 0.975], method="inverted_cdf"
    )  # no average of values that may be infinite
    return value, float(low), float(high), blocks


def _redrawn(cells: Cells, infinite: Integers, times: Integers) -> Tally:
    """A Tally with a group for each draw, in which block b counts times[draw, b] times."""
    order = np.argsort(cells.p, kind="stable")
    p = cells.p[order]
    starts = np.flatnonzero(np.concatenate(([True], p[1:] != p[:-1]))) if p.size else np.zeros(0, np.intp)
    repeats = times[:, cells.group[order]]
    draws = len(times)

    def total(column: Any) -> Any:
        return (
            np.add.reduceat(repeats * column[order], starts, axis=1)
            if p.size
            else np.zeros((draws, 0), column.dtype)
        )

    n, *rest = (total(column) for column in cells[2:])
    group, place = np.nonzero(n)
    drawn = Cells(group, p[starts][place], n[group, place], *(column[group, place] for column in rest))
    none = np.zeros(draws, np.int64)
    return Tally(("draw",), [(draw,) for draw in range(draws)], Counted(drawn, none, times @ infinite))
