"""Predictions that machines wrote, some hundred together, as the index keeps them.

It keeps what is asked of them before one is read, the values that listings compare, and where the lines of
each stand. A record itself it does not keep: its lines are the record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

import msgspec

from forecastlog.ledger.index import digest_of
from forecastlog.ledger.packed import CITED, Head, cells_of, head_of, pack, unpack
from forecastlog.model.records import Prediction

SIZE = 500
"""How many are together: what one line changes is made anew for all of them."""
PARTS = HEADS, CELLS, SPOTS = ("heads", "cells", "spots")

Spot = tuple[int, int, int]
"""Where a line stands: the place of its file among all, its first byte there, and its length."""
Spots = tuple[int, list[Spot]]
"""Where all lines of a prediction stand, its own first, and the number of that in its file."""


class Bundle:
    """Predictions by their place in it; ``part`` gives what was packed of them, by name, or raises Torn."""

    def __init__(self, key: bytes, part: Callable[[str], bytes]) -> None:
        self.key, self.part = key, part

    @cached_property
    def heads(self) -> list[Head]:
        """One of each."""
        return unpack(list[Head], self.part(HEADS))

    @cached_property
    def spots(self) -> list[Spots]:
        """Where the lines of each stand."""
        return unpack(list[Spots], self.part(SPOTS))

    @cached_property
    def _cells(self) -> dict[str, msgspec.Raw]:
        return unpack(dict[str, msgspec.Raw], self.part(CELLS))

    def cells(self, path: str) -> list[Any] | None:
        """A value of each as listings show it; None where it is no single one."""
        raw = self._cells.get(path)
        return None if raw is None else unpack(list[Any], bytes(raw))

    def with_others(self, others: Mapping[int, tuple[Prediction, Spots]]) -> Bundle:
        """The same with other records at some places, or more at its end; their forecasts may be missing."""
        heads, all_spots = list(self.heads), list(self.spots)
        cells = {path: self.cells(path) or [] for path in self._cells}
        new = _cells([record for record, _ in others.values()])
        for number, (place, (record, spots)) in enumerate(others.items()):
            _put(heads, place, head_of(record))
            _put(all_spots, place, spots)
            for path in cells.keys() & new.keys():
                _put(cells[path], place, new[path][number])
        return _bundle(heads, {path: cells[path] for path in cells.keys() & new.keys()}, all_spots)


def bundle(records: Sequence[Prediction], spots: Sequence[Spots]) -> Bundle:
    """A bundle of these records, whose forecasts may be missing, and of where their lines stand."""
    return _bundle([head_of(record) for record in records], _cells(records), spots)


def _bundle(heads: Sequence[Head], cells: Mapping[str, Sequence[Any]], spots: Sequence[Spots]) -> Bundle:
    parts = {name: pack(value) for name, value in zip(PARTS, (heads, cells, spots), strict=True)}
    return Bundle(digest_of(b"".join(parts.values())), parts.__getitem__)


def _cells(records: Sequence[Prediction]) -> dict[str, list[Any]]:
    """Their values, but for the forecasts, which may be missing."""
    return {path: values for path, values in cells_of(records).items() if path not in ("forecasts", CITED)}


def _put(values: list[Any], place: int, value: object) -> None:
    values[place : place + 1] = [value]
