"""Bootstrap intervals of means for many groups at once: what `bootstrap` gives of each, in less time."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from forecastlog.scoring.calibration import middle
from forecastlog.scoring.cells import sum_by
from forecastlog.scoring.inputs import Floats, Integers
from forecastlog.scoring.resampling import CHUNK, draws
from forecastlog.scoring.sorting import numbered

HELD = 1 << 25  # bytes of draws that are held for other groups of the same size


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
        found, place = numbered(group * width + block)
        return cls(
            found // width, sum_by(place, value, found.size), np.bincount(place).astype(np.float64), groups
        )

    @property
    def sizes(self) -> Integers:
        """How many blocks each group has."""
        return np.bincount(self.owner, minlength=self.groups)

    def among(self, chosen: npt.NDArray[np.bool_]) -> "Blocks":
        """The blocks of some groups; the others have none."""
        rows = chosen[self.owner]
        return Blocks(self.owner[rows], self.total[rows], self.n[rows], self.groups)

    def only(self, group: int) -> "Blocks":
        """One of the groups by itself."""
        start, stop = np.searchsorted(self.owner, [group, group + 1])
        return Blocks(np.zeros(stop - start, np.int64), self.total[start:stop], self.n[start:stop], 1)


class Draws:
    """Which of so many blocks are drawn: the same for all groups that have as many, so drawn once."""

    def __init__(self, *, n: int = 2000, seed: int = 0) -> None:
        self.n, self.seed = n, seed
        self._known: dict[int, list[Integers]] = {}

    def of(self, blocks: int) -> Iterable[Integers]:
        """A row a draw, in pieces; those of the sizes asked for last are held."""
        if blocks not in self._known:
            if self._bytes(blocks) > HELD // 4:
                return draws(blocks, self.n, self.seed)
            while sum(map(self._bytes, self._known)) > HELD:
                del self._known[next(iter(self._known))]
            small = np.min_scalar_type(blocks - 1)
            self._known[blocks] = [piece.astype(small) for piece in draws(blocks, self.n, self.seed)]
        return self._known[blocks]

    def _bytes(self, blocks: int) -> int:
        return self.n * blocks * np.min_scalar_type(blocks - 1).itemsize


def intervals(blocks: Blocks, drawn: Draws) -> tuple[Floats, Floats]:
    """Both ends of the 95 % bootstrap interval of each group's mean, as `bootstrap` gives them.

    Returns:
        The lower and the upper ends, one a group, NaN where it has fewer than 2 blocks.
    """
    sizes = blocks.sizes
    starts = np.cumsum(sizes) - sizes
    both = blocks.total + 1j * blocks.n  # so that one look-up finds the sum and the number of a block
    low, high = np.full(blocks.groups, np.nan), np.full(blocks.groups, np.nan)
    for size in np.unique(sizes[sizes > 1]).tolist():
        members = np.flatnonzero(sizes == size)
        at_once = max(CHUNK // max(drawn.n, size), 1)
        for start in range(0, members.size, at_once):
            part = members[start : start + at_once]
            own = [both[at : at + size] for at in starts[part].tolist()]
            sums = np.concatenate(
                [[values.take(places).sum(axis=1) for values in own] for places in drawn.of(size)], axis=1
            )
            low[part], high[part] = middle(sums.real / sums.imag)
    return low, high
