"""Bootstrap intervals of means for many groups at once: what `bootstrap` gives of each, in less time."""

from typing import NamedTuple

import numpy as np

from forecastlog.scoring.calibration import Z95, ratio
from forecastlog.scoring.cells import sum_by
from forecastlog.scoring.inputs import Floats, Integers
from forecastlog.scoring.resampling import CHUNK, draws

MOST_DRAWN = 100  # blocks; the intervals of means over more follow from their moments


class Blocks(NamedTuple):
    """Values of groups summed by block: the group of each, increasing, its sum and how many values it has."""

    owner: Integers
    total: Floats
    n: Floats
    groups: int

    @classmethod
    def of(cls, group: Integers, block: Integers, value: Floats, groups: int) -> "Blocks":
        """The sums of values that each have a group and a block, both numbered; blocks by their numbers."""
        width = int(block.max(initial=0)) + 1
        found, place = np.unique(group * width + block, return_inverse=True)
        return cls(
            found // width, sum_by(place, value, found.size), np.bincount(place).astype(np.float64), groups
        )

    def only(self, group: int) -> "Blocks":
        """One of the groups by itself."""
        start, stop = np.searchsorted(self.owner, [group, group + 1])
        return Blocks(np.zeros(stop - start, np.int64), self.total[start:stop], self.n[start:stop], 1)


class Draws:
    """How often each of so many blocks is drawn: the same for all groups that have as many, so drawn once."""

    def __init__(self, *, n: int = 2000, seed: int = 0) -> None:
        self.n, self.seed = n, seed
        self._known: dict[int, Integers] = {}

    def of(self, blocks: int) -> Integers:
        """A row a draw, a column a block."""
        if blocks not in self._known:
            times = np.concatenate(list(draws(blocks, self.n, self.seed)))
            self._known[blocks] = times.astype(np.min_scalar_type(blocks))
        return self._known[blocks]


def intervals(blocks: Blocks, drawn: Draws) -> tuple[Floats, Floats]:
    """Both ends of the 95 % bootstrap interval of each group's mean, as `bootstrap` gives them.

    Where there are more than `MOST_DRAWN` blocks, the ends follow from the first three moments of what the
    draws would give (Hall 1992, doi:10.1007/978-1-4612-4384-7, section 3.3): that is nearer to the limit of
    many draws than 2,000 of them, and takes the time of a sum.

    Returns:
        The lower and the upper ends, one a group, NaN where it has fewer than 2 blocks.
    """
    sizes = np.bincount(blocks.owner, minlength=blocks.groups)
    starts = np.cumsum(sizes) - sizes
    low, high = _from_moments(blocks, sizes)
    for size in np.unique(sizes[(sizes > 1) & (sizes <= MOST_DRAWN)]).tolist():
        members = np.flatnonzero(sizes == size)
        for start in range(0, members.size, max(CHUNK // drawn.n, 1)):
            part = members[start : start + max(CHUNK // drawn.n, 1)]
            rows = starts[part, None] + np.arange(size)
            total, n = (_sums_of(drawn.of(size), values[rows]) for values in (blocks.total, blocks.n))
            low[part], high[part] = np.quantile(total / n, [0.025, 0.975], axis=1, method="inverted_cdf")
    return low, high


def _sums_of(times: Integers, values: Floats) -> Floats:
    """The sum of each row of values, for each draw; by einsum for the reason that `_from_sums` has."""
    return np.asarray(np.einsum("db,mb->md", times.astype(np.float64), values))


def _from_moments(blocks: Blocks, sizes: Integers) -> tuple[Floats, Floats]:
    """The ends from the moments of the blocks; NaN where they are so few that they are drawn."""
    owner, total, n, groups = blocks

    def mean(values: Floats) -> Floats:
        return np.where(
            sizes > MOST_DRAWN, ratio(sum_by(owner, values, groups), sizes.astype(np.float64)), np.nan
        )

    heft = mean(n)
    rate = mean(total) / heft
    off = (total - rate[owner] * n) / heft[owner]  # what a block moves the mean, to the first order
    spread = np.sqrt(mean(off**2))
    apart = n / heft[owner] - 1
    with np.errstate(divide="ignore", invalid="ignore"):
        together = mean(off * apart)
        skew = np.nan_to_num((mean(off**3) - 6 * spread**2 * together) / spread**3)
        shift = -np.nan_to_num(together / spread)
    root = np.sqrt(np.maximum(sizes, 1))
    moved = (skew * (Z95**2 - 1) / 6 + shift) / root
    least, most = np.full(groups, np.inf), np.full(groups, -np.inf)
    np.minimum.at(least, owner, total / n)  # no mean of draws lies beyond the lowest and the highest block
    np.maximum.at(most, owner, total / n)
    low, high = (rate + spread / root * (z + moved) for z in (-Z95, Z95))
    return np.maximum(low, least), np.minimum(high, most)
