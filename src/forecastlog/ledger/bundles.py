"""Predictions that machines wrote, some hundred together, as the index keeps them.

It keeps what is asked of them before one is read, the values that listings compare, what tells whether their
forecasts have to be judged one by one, and where the lines of each stand. A record itself it does not keep:
its lines are the record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import msgspec

from forecastlog.ledger.index import digest_of
from forecastlog.ledger.packed import CITED, Head, cells_of, head_of, pack, unpack
from forecastlog.model.records import Prediction

SIZE = 500
"""How many are together: what one line changes is made anew for all of them."""
PARTS = HEADS, CELLS, SPOTS, GIST = ("heads", "cells", "spots", "gist")

Spot = tuple[int, int, int]
"""Where a line stands: the place of its file among all, its first byte there, and its length."""


class Spots(NamedTuple):
    """Where the lines of a prediction stand, its own first, and the number of that in its file."""

    row: int
    lines: list[Spot]
    forecasts: list[Spot]

    @property
    def all(self) -> list[Spot]:
        """The lines, then those of forecasts."""
        return [*self.lines, *self.forecasts]


class Gist(NamedTuple):
    """What is known of forecasts that are not read.

    ``clear`` tells of each prediction that no rule finds anything in its forecasts, which are not corrected;
    ``last`` is the last day on which one of those was recorded, as ISO 8601 has it.
    """

    clear: Sequence[bool]
    last: str


class Told(NamedTuple):
    """A prediction as a bundle takes it in; its forecasts may be missing."""

    record: Prediction
    spots: Spots
    clear: bool
    last: str


class Bundle:
    """Predictions by their place in it; ``part`` gives what was packed of them, by name, or raises Torn."""

    def __init__(self, key: bytes, part: Callable[[str], bytes]) -> None:
        self.key, self.part = key, part

    @cached_property
    def heads(self) -> list[Head]:
        """One of each."""
        return unpack(list[Head], self.part(HEADS))

    @cached_property
    def _spots(self) -> list[msgspec.Raw]:
        """Packed, since those of a million lines take more memory than all else."""
        return unpack(list[msgspec.Raw], self.part(SPOTS))

    def spots(self, place: int) -> Spots:
        """Where the lines of one stand."""
        return unpack(Spots, self.holds(place))

    def holds(self, place: int) -> bytes:
        """Where its lines stand, packed: other once a line is added, the same if one is changed in place."""
        return bytes(self._spots[place])

    @cached_property
    def gist(self) -> Gist:
        """What is known of forecasts that are not read."""
        return unpack(Gist, self.part(GIST))

    @cached_property
    def _cells(self) -> dict[str, msgspec.Raw]:
        return unpack(dict[str, msgspec.Raw], self.part(CELLS))

    def cells(self, path: str) -> list[Any] | None:
        """A value of each as listings show it; None where it is no single one."""
        raw = self._cells.get(path)
        return None if raw is None else unpack(list[Any], bytes(raw))

    def with_others(self, others: Mapping[int, Told]) -> Bundle:
        """The same with others at some places, or more at its end."""
        heads, clear = list(self.heads), list(self.gist.clear)
        spots: list[Spots | msgspec.Raw] = [*self._spots]
        cells = {path: self.cells(path) or [] for path in self._cells}
        new = _cells([told.record for told in others.values()])
        for number, (place, told) in enumerate(others.items()):
            _put(heads, place, head_of(told.record))
            _put(spots, place, told.spots)
            _put(clear, place, told.clear)
            for path in cells.keys() & new.keys():
                _put(cells[path], place, new[path][number])
        last = max((self.gist.last, *(told.last for told in others.values())))
        kept = {path: cells[path] for path in cells.keys() & new.keys()}
        return _bundle(self.key, heads, kept, spots, Gist(clear, last))


def bundle(files: bytes, told: Sequence[Told]) -> Bundle:
    """A bundle of these predictions; ``files`` is a digest of those that their lines stand in.

    Where lines stand does not tell what they say: they may be changed for others of their length.
    """
    records, spots, clear, last = zip(*told, strict=True)
    heads, gist = [head_of(record) for record in records], Gist(clear, max(last))
    return _bundle(files, heads, _cells(records), spots, gist)


def _bundle(
    of: bytes,
    heads: Sequence[Head],
    cells: Mapping[str, Sequence[Any]],
    spots: Sequence[Spots | msgspec.Raw],
    gist: Gist,
) -> Bundle:
    parts = {name: pack(value) for name, value in zip(PARTS, (heads, cells, spots, gist), strict=True)}
    return Bundle(digest_of(of + b"".join(parts.values())), parts.__getitem__)


def _cells(records: Sequence[Prediction]) -> dict[str, list[Any]]:
    """Their values, but for the forecasts, which may be missing."""
    return {path: values for path, values in cells_of(records).items() if path not in ("forecasts", CITED)}


def _put(values: list[Any], place: int, value: object) -> None:
    values[place : place + 1] = [value]
