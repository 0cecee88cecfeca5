"""The statistic that carries the scores: (group, p) -> pairs, weight and weighted sums of y and y^2.

Sums of cells are exact, whatever the order of merging, as long as weights times outcomes are whole numbers,
halves or other short binary fractions (so for unweighted 0/1 outcomes always). Otherwise the order of merging
shows in the last digits, about 1e-16 of a sum. Rows of one cell are added in the order in which they came, so
that a group's sums are the same bits whichever groups stand beside it.
"""

from collections.abc import Callable
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from forecastlog.scoring.binary import log_rows, spherical_rows
from forecastlog.scoring.blocks import blocks_of, only_0_and_1, over_blocks, plain, within_0_1
from forecastlog.scoring.inputs import Floats, Integers, check_outcomes, check_probabilities, check_weights

GRIDS = (100, 1_000, 10_000)  # p to two, three or four decimals is counted without sorting
MOST_COUNTERS = 2**22  # (group, p) pairs that are counted in a table; more are sorted
MOST_CELLS = 2**21  # distinct (group, p) pairs that are kept; more are binned
BINS, FEWEST_BINS = 100_000, 1_000  # how finely p is binned then, and at least
DIGITS = 12  # significant digits to which probabilities are told apart: 0.3 and 1 - 0.7 are one value
FEWER_DIGITS = {"float32": 6, "float16": 3}  # of types that hold fewer

_SHIFT = 2.0**52  # adding it to a smaller number leaves the nearest whole number in the lowest bits
_SHIFT_BITS = 0x4330000000000000


class Cells(NamedTuple):
    """Parallel arrays, sorted by (group, p), one entry a distinct pair of them."""

    group: Integers
    p: Floats
    n: Integers
    weight: Floats
    squares: Floats  # sum of weight^2
    yes: Floats  # sum of weight * y
    yes_squares: Floats  # sum of weight * y^2


class Rows(NamedTuple):
    """Pairs as read: p, y and weight may hold what must be refused or dropped; `group` numbers from 0."""

    p: Floats
    y: Floats
    weight: Floats | None
    group: Integers | None
    groups: int


class Sums(NamedTuple):
    """Sums a group, taken before p is binned."""

    brier: Floats
    log: Floats
    spherical: Floats


class Counted(NamedTuple):
    """Cells, beside what does not fit in them.

    Dropped pairs and pairs with an infinite log score, a group each.
    """

    cells: Cells
    dropped: Integers
    infinite: Integers


def count(rows: Rows) -> Counted:
    """Cells of the rows; raises ValueError for what is out of range."""
    return _count_whole(rows) or _count_any(rows)


def _count_whole(rows: Rows) -> Counted | None:
    """Count unweighted 0/1 outcomes with p on a grid of decimals in one pass.

    None where they are not such.
    """
    grid = _grid(rows.p[:1000]) if rows.weight is None and plain(rows.p) and plain(rows.y) else None
    if grid is None or rows.groups * (grid + 1) * 2 > min(MOST_COUNTERS, 64 * rows.p.size + 1000):
        return None
    size = 2 * (grid + 1)

    counts = np.zeros(rows.groups * size, np.int64)
    adding = Lock()

    def work(block: slice, buffers: list[Floats]) -> bool:
        index = _grid_index(rows.p[block], rows.y[block], grid, buffers)
        if index is None:
            return False
        if rows.group is not None:
            index += rows.group[block] * size
        part = np.bincount(index, minlength=counts.size)
        with adding:  # whole numbers: the order of the blocks does not matter
            np.add(counts, part, out=counts)
        return True

    if not all(counted for [counted] in over_blocks(blocks_of(rows.p.size), work, buffers=2)):
        return None
    no, yes = counts.reshape(rows.groups, grid + 1, 2).transpose(2, 0, 1)
    group, place = np.nonzero(no + yes)
    n, events = (no + yes)[group, place], yes[group, place].astype(np.float64)
    weight = n.astype(np.float64)
    cells = Cells(group, place / grid, n, weight, weight, events, events)
    return Counted(cells, np.zeros(rows.groups, np.int64), yes[:, 0] + no[:, grid])


def _grid(p: Floats) -> int | None:
    """The coarsest grid of decimals that all p lie on."""
    with np.errstate(invalid="ignore"):
        return next((grid for grid in GRIDS if np.array_equal(np.rint(p * grid) / grid, p)), None)


def _grid_index(p: Floats, y: Floats, grid: int, buffers: list[Floats]) -> npt.NDArray[np.int64] | None:
    """2 * (p as a place on the grid) + y for each row; None where p is off the grid or y not 0 or 1."""
    if not (within_0_1(p) and only_0_and_1(y)):
        return None
    index, back = buffers
    np.multiply(p, 2 * grid, out=index)
    np.add(index, y, out=index)
    np.add(index, _SHIFT, out=index)
    np.subtract(index, _SHIFT, out=back)
    np.subtract(back, y, out=back)
    np.divide(back, 2 * grid, out=back)
    if not (back == p).all():
        return None
    places = index.view(np.int64)
    return np.subtract(places, _SHIFT_BITS, out=places)


def _count_any(rows: Rows) -> Counted:
    """Check, drop what is missing, and sum over equal (group, p)."""
    simple = rows.weight is None and rows.group is None and plain(rows.p) and plain(rows.y)
    if simple and within_0_1(rows.p) and only_0_and_1(rows.y):
        return _count_sorted(rows.p, rows.y)
    check_probabilities(rows.p)
    check_outcomes(rows.y)
    if rows.weight is not None:
        check_weights(rows.weight)
    present = ~(np.isnan(rows.p) | np.isnan(rows.y))
    p, y, weight, group = rows.p, rows.y, rows.weight, rows.group
    if not present.all():
        weight = None if weight is None else weight[present]
        complete = Rows(
            p[present], y[present], weight, None if group is None else group[present], rows.groups
        )
        counted = count(complete)
        return counted._replace(dropped=_per_group(~present, group, rows.groups))
    endless = ((p == 0) & (y > 0)) | ((p == 1) & (y < 1))
    if weight is not None:
        endless &= weight > 0
    cells = _sum_cells(np.zeros(p.size, np.int64) if group is None else group, p, y, weight)
    return Counted(cells, np.zeros(rows.groups, np.int64), _per_group(endless, group, rows.groups))


def _count_sorted(p: Floats, y: Floats) -> Counted:
    """Count complete, unweighted 0/1 outcomes of one group.

    Sorting bare numbers is twice as fast as their order.

    From 0 to 1 floats sort as their bits do, and the topmost two bits are 0, which leaves room for y at the
    end.
    """
    keys = p.view(np.int64) << 1
    keys |= y != 0
    keys.sort()
    events, keys = (keys & 1).astype(np.float64), keys >> 1
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))[: p.size])
    n = np.diff(starts, append=p.size)
    weight, yes = n.astype(np.float64), np.add.reduceat(events, starts) if starts.size else events
    distinct = keys[starts].view(np.float64)
    cells = Cells(np.zeros(starts.size, np.int64), distinct, n, weight, weight, yes, yes)
    endless = yes[distinct == 0].sum() + (weight - yes)[distinct == 1].sum()
    return Counted(cells, np.zeros(1, np.int64), np.array([endless], np.int64))


def _per_group(flags: npt.NDArray[np.bool_], group: Integers | None, groups: int) -> Integers:
    if group is None:
        return np.array([np.count_nonzero(flags)], np.int64)
    return np.bincount(group[flags], minlength=groups).astype(np.int64)


def _sum_cells(group: Integers, p: Floats, y: Floats, weight: Floats | None) -> Cells:
    order, starts = sort_into_cells(group, p, kept=weight is not None)
    n = np.diff(starts, append=p.size)
    first = order[starts]

    def sums(values: Floats) -> Floats:
        return np.add.reduceat(values[order], starts) if starts.size else np.zeros(0)

    if weight is None:
        heft = n.astype(np.float64)
        return Cells(group[first], p[first] + 0.0, n, heft, heft, sums(y), sums(y * y))
    return Cells(
        group[first], p[first] + 0.0, n, sums(weight), sums(weight**2), sums(weight * y), sums(weight * y * y)
    )


def sort_into_cells(
    group: Integers, p: Floats, *, kept: bool
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The order that sorts by (group, p), and where in it each distinct pair starts.

    Rows of one pair stay in their order where that is ``kept``; to sums that are exact it is all one.
    """
    order = np.argsort(p, kind="stable" if kept else None)
    if group.size and group.max() > 0:
        small = group.astype(np.min_scalar_type(group.max()))  # numpy sorts integers of 16 bits by radix
        order = order[np.argsort(small[order], kind="stable")]
    return order, _starts(group[order], p[order])


def between(cells: Cells, start: int, stop: int) -> Cells:
    """The cells at places from start to stop."""
    columns: list[Any] = [column[start:stop] for column in cells]
    return Cells(*columns)


def pool(cells: Cells) -> Cells:
    """Sum over equal (group, p), and sort."""
    order, starts = sort_into_cells(cells.group, cells.p, kept=True)
    if not starts.size:
        return cells
    columns: list[Any] = [column[order] for column in cells]
    return _merged(Cells(*columns), starts)


def _starts(group: Integers, p: Floats) -> npt.NDArray[np.intp]:
    """Where each distinct pair starts among sorted ones."""
    new = np.ones(p.size, np.bool_)
    new[1:] = (p[1:] != p[:-1]) | (group[1:] != group[:-1])
    return np.flatnonzero(new)


def _merged(cells: Cells, starts: npt.NDArray[np.intp]) -> Cells:
    if starts.size == cells.p.size:
        return cells
    summed = [np.add.reduceat(column, starts) for column in cells[2:]]
    return Cells(cells.group[starts], cells.p[starts], *summed)


def digits_of(dtype: object) -> int:
    """How many significant digits tell values of this type apart, whatever library's type it is."""
    return FEWER_DIGITS.get(str(dtype).lower(), DIGITS)


def rounded(p: Floats, digits: int = DIGITS) -> Floats:
    """Each p to that many significant digits: the same for all that are one value."""
    exponent = np.floor(np.log10(p, out=np.zeros_like(p), where=p > 0))
    scale = 10.0 ** np.minimum(digits - 1 - exponent, 300)
    return np.asarray(np.rint(p * scale) / scale)


def joined(cells: Cells) -> Cells:
    """Cells whose p are one value as one cell, under the lowest of them; `cells` itself where there are none.

    The lowest p rounds as the others do, so that parts may be joined before or after they are added up.
    """
    near = np.flatnonzero(cells.p[1:] * (1 - 10.0 ** (2 - DIGITS)) <= cells.p[:-1])
    near = near[cells.group[near] == cells.group[near + 1]]
    same = near[rounded(cells.p[near]) == rounded(cells.p[near + 1])]
    if not same.size:
        return cells
    first = np.ones(cells.p.size, np.bool_)
    first[same + 1] = False
    return _merged(cells, np.flatnonzero(first))


def concatenate(parts: list[Cells]) -> Cells:
    """All cells of the parts, pooled."""
    columns: list[Any] = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return pool(Cells(*columns))


def sum_by(index: npt.NDArray[Any], values: npt.NDArray[Any], size: int) -> Floats:
    """Sum of `values` over each index from 0 to size - 1, one after another, however many there are."""
    return np.bincount(index, weights=values, minlength=size).astype(np.float64, copy=False)


def per_group(values: npt.NDArray[Any], cells: Cells, groups: int) -> Floats:
    """Sum of `values`, one a cell, over each group."""
    return sum_by(cells.group, values, groups)


def sums(cells: Cells, groups: int) -> Sums:
    """Weighted sums of the three scores over each group."""
    p, weight, yes = cells.p, cells.weight, cells.yes
    no = weight - yes
    # (p - y)^2 = y (1 - p)^2 + (1 - y) p^2 - y (1 - y): for 0/1 outcomes nothing cancels
    squared = yes * np.square(1 - p) + no * np.square(p) - (yes - cells.yes_squares)
    return Sums(
        per_group(squared, cells, groups),
        per_group(_linear(log_rows, p, yes, no), cells, groups),
        per_group(_linear(spherical_rows, p, yes, no), cells, groups),
    )


def _linear(rule: Callable[[Floats, Floats], Floats], p: Floats, yes: Floats, no: Floats) -> Floats:
    """Sum of a score that is linear in y: `yes` times its value at y = 1 and `no` times that at y = 0."""
    when_yes, when_no = rule(p, np.ones_like(p)), rule(p, np.zeros_like(p))
    some_yes, some_no = yes > 0, no > 0
    total = np.multiply(yes, when_yes, out=np.zeros_like(p), where=some_yes)
    total += np.multiply(no, when_no, out=np.zeros_like(p), where=some_no)
    return total


def bins_for(groups: int) -> int:
    """Into how many bins p is put where there are so many groups.

    A power of ten, so that coarser bins hold finer ones.

    >>> bins_for(1), bins_for(1_000)
    (100000, 1000)
    """
    bins = BINS
    while bins > FEWEST_BINS and bins * groups > MOST_CELLS:
        bins //= 10
    return bins


def binned(cells: Cells, bins: int) -> Cells:
    """Every p moved to the middle of its bin of width 1/bins (right-closed), at most 1/(2 bins) away."""
    edges = np.arange(bins + 1) / bins
    place = np.clip(np.searchsorted(edges, cells.p, side="left"), 1, bins)
    return pool(cells._replace(p=(place - 0.5) / bins))
