"""Plain data + a table -> plain values, for what has no fault; ``reader.py`` tells the faults of all else.

A table becomes a function, and a text that comes often is read once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import tzinfo
from functools import lru_cache
from typing import Any

from forecastlog.keys import AnyReader, Many, Mapped, Shorthand, Table
from forecastlog.kinds import BINARY
from forecastlog.ledger.nodes import Data
from forecastlog.ledger.quick_yaml import Unusual, data_of
from forecastlog.ledger.reader import Values
from forecastlog.ledger.tables import PREDICTION, PREDICTION_OF, WORDS
from forecastlog.model.moments import When
from forecastlog.values import Reader, Unreadable

Read = Callable[[Any], Any]
MOST_KEPT = 5_000
"""Texts whose value one reader keeps."""
LONGEST_KEPT = 80


def quick_values(text: str, table: Table, zone: tzinfo | None) -> Values | None:
    """What a text says by the keys of its table; None where it has a fault or is written as few are."""
    try:
        values: Values = _ways(zone).of(table)(data_of(text))
    except (
        Unusual,
        Unreadable,
        KeyError,
        TypeError,
    ):  # of an unknown key, or of a list in the place of a text
        return None
    return values


class _Kept(dict[str, Any]):
    """What a reader makes of texts, as far as they were read before."""

    def __init__(self, reader: Reader, zone: tzinfo | None) -> None:
        self.reader, self.zone = reader, zone

    def __missing__(self, text: str) -> Any:
        stripped = text.strip()
        if not stripped:
            raise Unusual
        value = self.reader.read(stripped)
        if self.zone and isinstance(value, When):
            value = value.in_zone(self.zone)
        if len(text) <= LONGEST_KEPT:
            if len(self) >= MOST_KEPT:
                self.clear()
            self[text] = value
        return value


class _Ways:
    """The ways to read values where days are those of one zone."""

    def __init__(self, zone: tzinfo | None) -> None:
        self.zone = zone
        self._known: dict[int, Read] = {}

    def of(self, reader: AnyReader) -> Read:
        """The function that reads as a reader does."""
        if id(reader) not in self._known:
            self._known[id(reader)] = self._made(reader)
        return self._known[id(reader)]

    def _made(self, reader: AnyReader) -> Read:
        way: Read = _unusual
        match reader:
            case Reader():
                way = _Kept(reader, self.zone).__getitem__
            case Many():
                way = _many(self.of(reader.of))
            case Shorthand(key, table):
                way = _shorthand(key, self.of(table.by_name[key].reader), self.of(table))
            case Mapped():
                way = _mapped(self.of(reader.key), self.of(reader.value))
            case Table() if reader is PREDICTION:
                way = _prediction({name: self._entry(table) for name, table in PREDICTION_OF.items()})
            case Table():
                way = self._entry(reader)
        return way

    def _entry(self, table: Table) -> Read:
        ways = {key.name: self.of(key.reader) for key in table.keys}
        required = frozenset(key.name for key in table.required)

        def read(data: dict[str, Data]) -> Values:
            if data.__class__ is not dict:
                raise Unusual
            values = {}
            for name, raw in data.items():
                way = ways[name]
                if raw or raw == []:
                    values[name] = way(raw)
            if not required <= values.keys():
                lacking = required - values.keys()
                if not lacking.issubset(WORDS) or "withheld" not in values:
                    raise Unusual
            return values

        return read


@lru_cache(maxsize=4)
def _ways(zone: tzinfo | None) -> _Ways:
    return _Ways(zone)


def _unusual(_: Data) -> Any:
    raise Unusual


def _many(way: Read) -> Read:
    def read(data: list[Data]) -> tuple[Any, ...]:
        if data.__class__ is not list or not all(data):
            raise Unusual
        return tuple(map(way, data))

    return read


def _shorthand(key: str, short: Read, entry: Read) -> Read:
    def read(data: Data) -> Values:
        return {key: short(data)} if data.__class__ is str else entry(data)

    return read


def _mapped(key: Read, value: Read) -> Read:
    def read(data: dict[str, Data]) -> tuple[tuple[Any, Any], ...]:
        if data.__class__ is not dict or not all(data.values()):
            raise Unusual
        found = {key(name): value(inner) for name, inner in data.items()}
        if len(found) < len(data):
            raise Unusual
        return tuple(found.items())

    return read


def _prediction(kinds: Mapping[str, Read]) -> Read:
    def read(data: dict[str, Any]) -> Values:
        if data.__class__ is not dict:
            raise Unusual
        values: Values = kinds[data.get("kind", BINARY.name)](data)
        return values

    return read
