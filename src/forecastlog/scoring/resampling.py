"""Percentile bootstrap by block: how far a score would move with other events."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Self, TypeAlias

import numpy as np

from forecastlog.scoring.calibration import middle
from forecastlog.scoring.cells import Cells, Counted, Sums, between, per_group, pool, sum_by
from forecastlog.scoring.inputs import Floats, Integers, needed
from forecastlog.scoring.tally import Tally

FROM_SUMS = ("n", "base_rate", "brier", "log", "spherical", "skill", "log_skill")
STATISTICS = (*FROM_SUMS, "auc", "ece")
CHUNK = 500_000  # cells held at a time, over all draws of a chunk
PIECE = 2**16  # blocks drawn at a time: they and their values stay in the processor's cache
MOST_SHARED = 2**22  # draws times blocks that are held for groups with equally many blocks


Evaluation: TypeAlias = Callable[[Tally], Floats]
Redraw: TypeAlias = Callable[[slice, Integers], Iterator[Tally]]


class Interval(NamedTuple):
    """A statistic of the data, and where the middle 95 % of it fall when blocks are drawn again."""

    value: Any
    low: Any
    high: Any


class BlockInterval(Interval):
    """The same, with the number of blocks that were drawn from."""

    blocks: Any

    @classmethod
    def of(cls, found: Iterable[Any], blocks: Any) -> Self:
        """Value, lower and upper end, numbers or arrays, with their blocks."""
        interval = cls(*found)
        interval.blocks = blocks
        return interval


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

    Forecasts of one event stand and fall together, so events are drawn, not rows. With `by`, each group draws
    from its own blocks with the same seed, so that its interval does not depend on the others in the frame.
    Source: Efron and Tibshirani (1993), doi:10.1201/9780429246593, chapter 13.

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
        value, low, high, with the number of `blocks` as attribute: numbers, or with `by` arrays in sorted
        order of the groups. low and high are NaN where fewer than 2 blocks exist; draws without a value (an
        AUC with "yes" alone) are passed over.

    Raises:
        ValueError: What `Tally.of` refuses, an unknown statistic, n under 1.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"event": [1, 1, 2, 3], "probability": [0.9, 0.8, 0.4, 0.3],
    ...     "outcome": [1, 1, 0, 1]})
    >>> interval = bootstrap(frame, statistic="brier")
    >>> interval.blocks, round(interval.value, 4), round(interval.low, 4), round(interval.high, 4)
    (3, 0.175, 0.025, 0.49)
    """
    needed(frame=frame, block=block, p=p, y=y)
    groups = (by,) if isinstance(by, str) else tuple(by)
    fine = Tally.of(frame, by=(*groups, block), p=p, y=y, weight=weight)
    *columns, blocks = _columns(fine, statistic, n, seed)
    if not groups:
        columns = [column.item() if column.size else np.nan for column in columns]
        blocks = int(blocks.sum())
    return BlockInterval.of(columns, blocks)


def _columns(fine: Tally, statistic: str | Callable[[Tally], float], n: int, seed: int) -> list[Any]:
    """Value, lower and upper end and number of blocks, a group each, of a Tally by group and block."""
    if n < 1:
        raise ValueError(f"n is {n}: at least 1 draw is needed")
    evaluate = _evaluation(statistic)
    owners = {owner: i for i, owner in enumerate(dict.fromkeys(group[:-1] for group in fine.groups))}
    owner = np.array([owners[group[:-1]] for group in fine.groups], np.int64)
    sizes = np.bincount(owner, minlength=len(owners))
    value = evaluate(_merged(fine, owner, list(owners)))
    redraw = _from_sums(fine) if _name(statistic) in FROM_SUMS else _from_cells(fine)
    return [value, *_ends(sizes, evaluate, redraw, n, seed), sizes]


def _name(statistic: str | Callable[[Tally], float]) -> str | None:
    """The statistic of Tally that is meant; None for a function of somebody else's."""
    if isinstance(statistic, str):
        return statistic
    name = getattr(statistic, "__name__", "")
    return name if getattr(Tally, name, None) is statistic else None


def _evaluation(statistic: str | Callable[[Tally], float]) -> Evaluation:
    """From a Tally by group to a value a group: all at once for a statistic of Tally, else one by one."""
    name = _name(statistic)
    if name is None and callable(statistic):
        function = statistic
        return lambda tally: np.array([function(draw) for draw in _each(tally)], np.float64)
    if name not in STATISTICS:
        raise ValueError(
            f"statistic is {statistic!r}: one of {', '.join(STATISTICS)}, or a function of a Tally"
        )
    return lambda tally: np.asarray(getattr(tally, name)(), np.float64)


def _each(tally: Tally) -> Iterator[Tally]:
    """Each group of a Tally as a Tally of its own."""
    return map(tally.only, range(len(tally.groups)))


def _merged(fine: Tally, owner: Integers, owners: list[tuple[Any, ...]]) -> Tally:
    """The blocks of each owner together."""
    cells = pool(fine.cells._replace(group=owner[fine.cells.group]))
    dropped, infinite = (
        sum_by(owner, column, len(owners)).astype(np.int64) for column in (fine.dropped, fine.infinite)
    )
    sums = Sums(*(sum_by(owner, total, len(owners)) for total in fine.sums)) if fine.moved else None
    return Tally(("owner",), owners, Counted(cells, dropped, infinite), sums, binned=fine.binned)


def _ends(sizes: Integers, evaluate: Evaluation, redraw: Redraw, n: int, seed: int) -> tuple[Floats, Floats]:
    """Both ends of each group's interval; groups of equally many blocks have the same draws."""
    stops = np.cumsum(sizes)
    low, high = np.full(sizes.size, np.nan), np.full(sizes.size, np.nan)
    for size in np.unique(sizes[sizes > 1]).tolist():
        members = np.flatnonzero(sizes == size)
        sharing = members.size > 1 and size * n <= MOST_SHARED
        shared = list(_times(size, n, seed)) if sharing else None
        for member in members:
            part = slice(stops[member] - size, stops[member])
            pieces = shared or _times(size, n, seed)
            drawn = np.concatenate([evaluate(tally) for times in pieces for tally in redraw(part, times)])
            if (valued := drawn[~np.isnan(drawn)]).size:
                low[member], high[member] = middle(valued)
    return low, high


def draws(blocks: int, n: int, seed: int) -> Iterator[Integers]:
    """Which blocks are drawn, as many as there are: a row a draw, in pieces; always the same."""
    random = np.random.default_rng(seed)
    piece = max(PIECE // blocks, 1)
    for start in range(0, n, piece):
        yield random.integers(blocks, size=(min(piece, n - start), blocks))


def _times(blocks: int, n: int, seed: int) -> Iterator[Integers]:
    """How often each block is drawn, a row a draw, in pieces."""
    for drawn in draws(blocks, n, seed):
        places = drawn + blocks * np.arange(len(drawn))[:, None]
        yield np.bincount(places.ravel(), minlength=places.size).reshape(places.shape)


def _from_sums(fine: Tally) -> Redraw:
    """Draws for what follows from sums over blocks: a cell a draw, whose p stands for nothing.

    The sums of a draw are products of counts and sums of blocks. By einsum rather than BLAS, whose last
    digits depend on the number of threads.
    """
    cells, sums = fine.cells, fine.sums
    endless = np.isinf(sums.log)  # 0 times infinity is no number: put back where such a block was drawn
    columns = [per_group(column, cells, len(fine.groups)) for column in cells[2:]]
    columns += [sums.brier, np.where(endless, 0, sums.log), sums.spherical, endless, fine.infinite]
    totals = np.array(columns, np.float64)

    def redraw(part: slice, times: Integers) -> Iterator[Tally]:
        drawn = np.einsum("db,cb->cd", times.astype(np.float64), np.ascontiguousarray(totals[:, part]))
        n, weight, squares, yes, yes_squares, brier, log, spherical, without_end, infinite = drawn
        log = np.where(without_end > 0, np.inf, log)
        p = np.full(len(times), 0.5)
        whole = np.rint(n).astype(np.int64)
        summed = Cells(np.arange(len(times)), p, whole, weight, squares, yes, yes_squares)
        yield _by_draw(summed, infinite.astype(np.int64), Sums(brier, log, spherical))

    return redraw


def _from_cells(fine: Tally) -> Redraw:
    """Draws for any statistic: all cells of the blocks, over again for each draw."""

    def redraw(part: slice, times: Integers) -> Iterator[Tally]:
        cells = between(fine.cells, *np.searchsorted(fine.cells.group, [part.start, part.stop]))
        cells = cells._replace(group=cells.group - part.start)
        piece = max(CHUNK // max(cells.p.size, 1), 1)
        for start in range(0, len(times), piece):
            yield _redrawn(cells, fine.infinite[part], times[start : start + piece])

    return redraw


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
    return _by_draw(drawn, times @ infinite)


def _by_draw(cells: Cells, infinite: Integers, sums: Sums | None = None) -> Tally:
    draws = [(draw,) for draw in range(infinite.size)]
    return Tally(("draw",), draws, Counted(cells, np.zeros(infinite.size, np.int64), infinite), sums)
