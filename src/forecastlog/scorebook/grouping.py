"""Pairs in groups, all groups at once: a number for each, and sums, means and counts by it."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from forecastlog.scorebook.frames import Floats, Integers, Scorebook
from forecastlog.scorebook.tables import MARK
from forecastlog.scoring.calibration import ratio
from forecastlog.scoring.cells import sum_by
from forecastlog.scoring.sorting import distinct, sorted_places, starts
from forecastlog.vocabulary.scores import BLOCKS, GROUPINGS, TIMINGS

ALL = "all"
Key = tuple[str, str, str]
"""A group, a timing and a block."""


class Groups(NamedTuple):
    """Every (group, timing, block), in the order of timing, block and group, and the pairs of each.

    ``pairs`` are rows of a scorebook, those of a group together and in their order, ``codes`` the place of
    each one's group among ``keys``.
    """

    keys: list[Key]
    pairs: Integers
    codes: Integers

    def of(self, code: int) -> Integers:
        """The pairs of one group."""
        start, stop = np.searchsorted(self.codes, [code, code + 1])
        return self.pairs[start:stop]

    def digests(self, book: Scorebook) -> list[bytes]:
        """For each group a digest of all that is told of its pairs, in their order."""
        marks = np.ascontiguousarray(book.pairs["mark"][self.pairs]).tobytes()
        edges = (MARK * np.searchsorted(self.codes, np.arange(len(self.keys) + 1))).tolist()
        return [blake2b(marks[start:stop], digest_size=MARK).digest() for start, stop in pairwise(edges)]

    def only(self, chosen: NDArray[np.bool_]) -> Groups:
        """The same groups with some of their pairs."""
        return Groups(self.keys, self.pairs[chosen], self.codes[chosen])

    def sums(self, values: NDArray[Any]) -> Floats:
        """The sum of a value a pair by group."""
        return sum_by(self.codes, values, len(self.keys))

    def sizes(self, chosen: NDArray[np.bool_] | None = None) -> Integers:
        """How many pairs each group has, or how many of those chosen."""
        codes = self.codes if chosen is None else self.codes[chosen]
        return np.bincount(codes, minlength=len(self.keys))

    def means(self, values: Floats) -> Floats:
        """The mean of the values that there are by group; NaN where there is none."""
        there = ~np.isnan(values)
        if there.all():
            return ratio(self.sums(values), self.sizes().astype(float))
        return ratio(self.sums(np.where(there, values, 0)), self.sizes(there).astype(float))

    def distinct(self, numbers: Integers) -> Integers:
        """How many different numbers each group has, without those below 0."""
        there = numbers >= 0
        width = int(numbers.max(initial=0)) + 1
        found = distinct(self.codes[there] * width + numbers[there])
        return np.bincount(found // width, minlength=len(self.keys))


def grouped(book: Scorebook, by: str = ALL, *, pairs: Integers | None = None) -> Groups:
    """The pairs of a book, or some of them (rows, increasing), ``by`` a grouping.

    A row for each tag where tags are asked for.

    What has no group is left out; raises ValueError for another grouping.
    """
    if by not in GROUPINGS:
        raise ValueError(f"no grouping '{by}': one of {', '.join(GROUPINGS)}")
    rows, names = named_by(book, by)
    if pairs is not None:
        chosen = np.zeros(len(book), np.bool_)
        chosen[pairs] = True
        rows, names = rows[chosen[rows]], names[chosen[rows]]
    width = int(names.max(initial=0)) + 1
    timing, block = (book.pairs[name][rows].astype(np.int64) for name in ("timing", "block"))
    numbers = (timing * len(BLOCKS) + block) * width + names
    order = sorted_places(numbers)
    first = starts(numbers[order])
    keys = [_key(book, by, *divmod(number, width)) for number in numbers[order][first].tolist()]
    return Groups(keys, rows[order], np.cumsum(first) - 1)


def named_by(book: Scorebook, by: str) -> tuple[Integers, Integers]:
    """Rows of pairs, and the number of the group of each (see ``name_of``).

    A row for each tag where tags are asked for.
    """
    if by == ALL:
        return np.arange(len(book)), np.zeros(len(book), np.int64)
    if GROUPINGS[by].overlaps:
        return book.groups[by]["pair"], book.groups[by]["group"].astype(np.int64)
    names = book.pairs[by].astype(np.int64)
    return np.flatnonzero(names >= 0), names[names >= 0]


def _key(book: Scorebook, by: str, within: int, name: int) -> Key:
    timing, block = divmod(within, len(BLOCKS))
    return name_of(book.words, by, name), _TIMINGS[timing], _BLOCKS[block]


def name_of(words: Sequence[str], by: str, number: int) -> str:
    """The name of a group; ``words`` are those that its number is one of."""
    if by == ALL:
        return ALL
    return (_BLOCKS if by == "block" else words)[number]


_TIMINGS, _BLOCKS = tuple(TIMINGS), tuple(BLOCKS)
