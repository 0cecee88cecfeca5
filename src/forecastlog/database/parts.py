"""Parts of the database.

Rows that stand or fall together, so that a build need not make again what did not change.

A *family* of tables is made in parts, whose names are its own. Every row has a rowid that follows from the
name of its part and its place there, so that the order in which parts are made shows in no byte. What a
part's rows are made from goes into ``inputs``; what they looked up meanwhile, which nobody can tell before,
into ``Made.notes``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b, sha256
from itertools import chain
from typing import Any, NamedTuple

import msgspec

from forecastlog.column import Row, Table, Values
from forecastlog.database.changes import Changes, Rowids

PLACES = 1 << 28
"""How many rows of one table a part may have; its rowids follow one another from its slot times that."""
SLOTS = 1 << 35
"""How many slots there are for parts: both together fill the 63 bits of SQLite's positive rowids."""

Watch = Callable[[str, Sequence[str]], Iterable[str]]
"""Hands on the names of a family's parts as they are made, for whoever wants to see how far it is."""

Note = tuple[str, str]
"""What was looked up: of which sort, and by which name."""


class Made(NamedTuple):
    """What a part comes to.

    Rows by table, what was looked up for them, and what later families need beside them.
    """

    rows: Mapping[str, Iterable[Values]]
    notes: Sequence[Note] = ()
    beside: bytes = b""


class Part(NamedTuple):
    """Rows that are made together, under a name of their own in their family.

    ``inputs`` is a digest of all that they are made from; without it they are always made anew. A family that
    is one part alone names it "", and its rowids count from 1.
    """

    name: str
    inputs: bytes
    make: Callable[[], Made]


class Family(NamedTuple):
    """Tables that are made together. ``answers`` is a digest of what the notes of a part would find today."""

    name: str
    tables: tuple[Table, ...]
    parts: Callable[[Before], Iterable[Part]]
    answers: Callable[[Sequence[Note]], bytes] = lambda _: b""


class Kept(NamedTuple):
    """A part as it was made: where its rows are, what from, their digest, and what later families need."""

    slot: int
    inputs: bytes
    notes: Sequence[Note]
    answers: bytes
    digest: bytes
    beside: bytes = b""


Keeping = dict[str, dict[str, Kept]]
"""The parts of each family, by name, in the order in which the family names them."""


@dataclass(frozen=True, slots=True)
class Before:
    """The tables that were made before, to make others from."""

    connection: sqlite3.Connection
    made: Keeping = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)
    """The family of each table."""
    changes: Changes | None = None
    """What is made otherwise than it was; None where all is made."""

    def rows(self, sql: str) -> Iterator[Row]:
        """What a query finds, with the names of its columns."""
        found = self.connection.execute(sql)
        names = [column[0] for column in found.description]
        return (dict(zip(names, values, strict=True)) for values in found)

    def values(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """What a query finds."""
        return iter(self.connection.execute(sql))

    def beside(self, family: str) -> Iterator[bytes]:
        """What the parts of a family left for later ones, in their order."""
        return (kept.beside for kept in self.made[family].values())

    def in_order(self, table: str, columns: str = "*", where: str = "true") -> list[Row]:
        """Rows of a table in the order of its family's parts, that of the ledger, and of their place."""
        sql = f'select {columns}, _rowid_ / {PLACES} from "{table}" where {where} order by _rowid_'  # noqa: S608
        found = self.connection.execute(sql)
        names = [column[0] for column in found.description[:-1]]
        slots: dict[int, list[Row]] = {kept.slot: [] for kept in self.made[self.tables[table]].values()}
        for values in found:
            slots[values[-1]].append(dict(zip(names, values)))  # noqa: B905  # the slot has no name
        return list(chain.from_iterable(slots.values()))

    @property
    def digest(self) -> str:
        """SHA-256 over the digests of all parts, family by family in their order, parts by their names."""
        total = sha256()
        for family, parts in self.made.items():
            for name in sorted(parts):
                total.update(b"%d %s%d %s%s" % (*_sized(family), *_sized(name), parts[name].digest))
        return total.hexdigest()


def _sized(text: str) -> tuple[int, bytes]:
    data = text.encode()
    return len(data), data


def single(rows: Callable[[Before], Mapping[str, Iterable[Values]]]) -> Callable[[Before], Iterable[Part]]:
    """The one part of a family that is always made anew, from the tables before it."""
    return lambda before: (Part("", b"", lambda: Made(rows(before))),)


def slots_of(names: Iterable[str]) -> dict[str, int]:
    """A slot for each part.

    What its name alone gives, or where that is taken by one before it, the next free one.
    """
    found: dict[str, int] = {}
    taken: set[int] = set()
    for name in sorted(names):
        slot = int.from_bytes(blake2b(name.encode(), digest_size=8).digest()) % SLOTS if name else 0
        while slot in taken:
            slot = (slot + 1) % SLOTS
        taken.add(slot)
        found[name] = slot
    return found


def unwatched(_: str, names: Sequence[str]) -> Iterable[str]:
    """Nobody watches."""
    return names


def fill(
    connection: sqlite3.Connection,
    families: Iterable[Family],
    kept: Mapping[str, Mapping[str, Kept]],
    watch: Watch = unwatched,
    changes: Changes | None = None,
) -> Before:
    """Write every family's rows, beside those of the parts of ``kept`` that are there and still good.

    What goes and what comes is told to ``changes``.
    """
    before = Before(connection, changes=changes)
    for family in families:
        _Filling(before, family, kept.get(family.name, {})).fill(watch)
    return before


class _Filling:
    """The tables of one family being filled."""

    def __init__(self, before: Before, family: Family, kept: Mapping[str, Kept]) -> None:
        self.before, self.family, self.kept = before, family, kept
        self.encoder = msgspec.msgpack.Encoder(enc_hook=float)  # numbers of numpy are some

    def fill(self, watch: Watch) -> None:
        parts = {part.name: part for part in self.family.parts(self.before)}
        slots = slots_of(parts)
        done = {name: self._good(parts[name], slots[name]) for name in parts}
        single = list(parts) == [""] == list(self.kept)  # compared before anything is deleted
        for name, old in self.kept.items():
            if not done.get(name) and not single:
                self._delete(old.slot)
        in_order = list(parts)
        if self.family.tables:
            in_order.sort(key=slots.__getitem__)  # of the rowids, which SQLite appends
        for name in watch(self.family.name, in_order):
            done[name] = done[name] or self._made(parts[name], slots[name], self.kept[""] if single else None)
        self.before.made[self.family.name] = {name: kept for name, kept in done.items() if kept}
        self.before.tables.update((table.name, self.family.name) for table in self.family.tables)

    def _good(self, part: Part, slot: int) -> Kept | None:
        """The part as it is in the tables already, if it is."""
        old = self.kept.get(part.name)
        if old is None or not part.inputs or (old.slot, old.inputs) != (slot, part.inputs):
            return None
        return old if self.family.answers(old.notes) == old.answers else None

    def _made(self, part: Part, slot: int, old: Kept | None) -> Kept:
        made = part.make()
        rows = {table.name: list(made.rows.get(table.name, ())) for table in self.family.tables}
        digest = blake2b(self.encoder.encode(rows), digest_size=16).digest()
        if old is None or old.digest != digest:
            if old:
                self._delete(old.slot)
            for table in filter(lambda table: rows[table.name], self.family.tables):
                self._insert(table, rows[table.name], slot)
        return Kept(slot, part.inputs, made.notes, self.family.answers(made.notes), digest, made.beside)

    def _delete(self, slot: int) -> None:
        for table in self.family.tables:
            if self.before.changes:
                self.before.changes.go(self.before.connection, table, _rowids(slot))
            self.before.connection.execute(
                f'delete from "{table.name}" where _rowid_ between ? and ?',  # noqa: S608  # our own names
                _rowids(slot),
            )

    def _insert(self, table: Table, rows: list[Values], slot: int) -> None:
        """Insert what is there: most columns of most parts are empty, and take half of the time."""
        first, empty = slot * PLACES + 1, (None,) * len(rows)
        columns: dict[str, Iterable[Any]] = {
            column.name: values
            for column, values in zip(table.columns, zip(*rows, strict=True), strict=True)
            if values != empty
        }
        if not table.numbered:  # else its id is the rowid
            columns["_rowid_"] = range(first, first + len(rows))
        names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
        self.before.connection.executemany(
            f'insert into "{table.name}" ({names}) values ({marks})',  # noqa: S608  # our own names
            zip(*columns.values(), strict=True),
        )
        if self.before.changes:
            self.before.changes.come(self.before.connection, table, _rowids(slot))


def _rowids(slot: int) -> Rowids:
    return slot * PLACES, (slot + 1) * PLACES - 1
