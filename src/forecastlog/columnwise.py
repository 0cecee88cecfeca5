"""Many values of many items, a column at a time.

A row of a hundred columns is mostly empty, and many columns are of one part of their item. So values are not
asked for row by row: each is asked of all items at once, a part that several are of is asked for once, and
nothing is asked of a part that is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Value = Callable[[Any], object]
"""How a value follows from an item."""


@dataclass(frozen=True, slots=True)
class Of:
    """The value of a part of the item, None where there is no such part; a row asks for each part once."""

    part: Value
    value: Value

    def __call__(self, item: object) -> object:
        """The part's value."""
        part = self.part(item)
        return None if part is None else self.value(part)


@dataclass(frozen=True, slots=True)
class ByClass:
    """A value that is had in another way of each class of items, and None of any other."""

    ways: Mapping[type[Any], Value]

    def __call__(self, item: object) -> object:
        """The value in the way of the item's class."""
        way = self.ways.get(type(item))
        return way(item) if way else None


Many = Callable[[Sequence[Any]], Sequence[Sequence[object]]]
"""Some columns of many items: of each column its values, one an item."""


def columnwise(values: Sequence[Value | None]) -> Many:
    """One function of many values, each asked of all items before the next.

    A part that several of them share is asked for once an item.
    """
    groups: dict[object, list[int]] = {}
    for place, value in enumerate(values):
        of = value.part if isinstance(value, Of) else ByClass if isinstance(value, ByClass) else None
        groups.setdefault(of, []).append(place)
    makers = [(places, _alike([values[place] for place in places])) for places in groups.values()]

    def many(items: Sequence[Any]) -> Sequence[Sequence[object]]:
        found: list[Sequence[object]] = [()] * len(values)
        for places, maker in makers:
            for place, column in zip(places, maker(items), strict=True):
                found[place] = column
        return found

    return many


def _alike(values: Sequence[Any]) -> Many:
    """One function of values of one sort: those of one part, by the item's class, or any others."""
    width = len(values)
    if isinstance(values[0], Of):
        part, there = values[0].part, {True: columnwise([value.value for value in values])}

        def of_part(items: Sequence[Any]) -> Sequence[Sequence[object]]:
            parts = list(map(part, items))
            return _each_its_way(parts, [one is not None for one in parts], there, width)

        return of_part
    if isinstance(values[0], ByClass):
        classes = {of for value in values for of in value.ways}
        ways = {of: columnwise([value.ways.get(of) for value in values]) for of in classes}
        return lambda items: _each_its_way(items, list(map(type, items)), ways, width)
    return lambda items: [list(map(value, items)) if value else [None] * len(items) for value in values]


def _each_its_way(
    items: Sequence[Any], sorts: Sequence[object], ways: Mapping[Any, Many], width: int
) -> Sequence[Sequence[object]]:
    """Columns of items of several sorts, each in the way of its sort; empty where there is none."""
    there = set(sorts)
    if len(there) == 1 and (way := ways.get(sorts[0])):
        return way(items)
    columns: list[list[object]] = [[None] * len(items) for _ in range(width)]
    for sort in there & ways.keys():
        places = [place for place, one in enumerate(sorts) if one == sort]
        for column, made in zip(columns, ways[sort]([items[place] for place in places]), strict=True):
            for place, value in zip(places, made, strict=True):
                column[place] = value
    return columns
