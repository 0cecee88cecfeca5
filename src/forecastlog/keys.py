"""A key of the record and a table of keys: what is written, how it is read, what it means."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from forecastlog.values import Reader, meant

Record = TypeVar("Record")


class Many(NamedTuple):
    """A list of values that are read alike."""

    of: AnyReader


class Shorthand(NamedTuple):
    """A mapping that may be written as the bare value of one of its keys."""

    key: str
    table: Table


class Anything(NamedTuple):
    """An object whose values are kept as they stand."""


class Mapped(NamedTuple):
    """A mapping whose keys are values themselves: options or levels, each with what it is given.

    It is read as a tuple of pairs, in their order.
    """

    key: Reader
    value: Reader


class Either(NamedTuple):
    """A key that kinds of prediction share and read differently: each in its own way."""

    ways: tuple[AnyReader, ...]


class Key(NamedTuple):
    """What people write: its name, how its value is read, what it means, and whether it must be there.

    A published value that changes without a correction is reported by ``audit``, whatever its key, unless
    ``unaudited`` says why this one may change in silence.
    """

    name: str
    reader: AnyReader
    meaning: str
    required: bool = False
    unaudited: str | None = None


class Table:
    """The keys of one sort of entry."""

    def __init__(self, name: str, *keys: Key, foreign: Mapping[str, str] = MappingProxyType({})) -> None:
        """``foreign`` are keys that belong to other entries of this sort, each with what to do about it."""
        self.name = name
        self.foreign = foreign
        self.keys = keys
        self.by_name = {key.name: key for key in keys}
        self.required = tuple(key for key in keys if key.required)
        self.stand_ins = {
            key.name: key.reader.stand_in for key in self.required if isinstance(key.reader, Reader)
        }

    def record(self, kind: type[Record], entry: Mapping[str, Any], **more: object) -> Record:
        """The record that an entry and what follows for it make, with stand-ins for what is missing."""
        return kind(**{**self.stand_ins, **entry, **more})

    def unknown(self, key: str) -> str:
        """The remedy for a key that is none of them."""
        return meant(key, list(self.by_name), f"Known here: {', '.join(self.by_name)}.")

    def narrowed(self, keys: Mapping[str, Key], foreign: Mapping[str, str]) -> Table:
        """The same table with other keys in the place of some, and without the ``foreign`` ones."""
        kept = (keys.get(key.name, key) for key in self.keys if key.name not in foreign)
        return Table(self.name, *kept, foreign=foreign)


AnyReader = Reader | Many | Shorthand | Table | Mapped | Either | Anything


def needed(name: str, reader: AnyReader, meaning: str) -> Key:
    """A key that must be there."""
    return Key(name, reader, meaning, required=True)
