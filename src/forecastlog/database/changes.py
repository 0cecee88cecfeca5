"""What is changed in a database that was whole before, so that only that need be looked at again."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from forecastlog.column import Table

Rowids = tuple[int, int]
"""The first and the last."""
_Told = tuple[Any, bytes]
"""What others rest on of a row: its id, where rows of other tables name it, and a digest for the search."""


@dataclass(slots=True)
class Changes:
    """The rows that went and came; ``tables`` are all that there are."""

    tables: tuple[Table, ...]
    came: list[tuple[Table, Rowids]] = field(default_factory=list)
    _gone: dict[str, set[_Told]] = field(default_factory=lambda: defaultdict(set))
    _there: dict[str, set[_Told]] = field(default_factory=lambda: defaultdict(set))

    def go(self, connection: sqlite3.Connection, table: Table, rowids: Rowids) -> None:
        """These rows are deleted next."""
        self._gone[table.name].update(self._told(connection, table, rowids))

    def come(self, connection: sqlite3.Connection, table: Table, rowids: Rowids) -> None:
        """These rows were inserted."""
        self.came.append((table, rowids))
        self._there[table.name].update(self._told(connection, table, rowids))

    @property
    def searched(self) -> list[Table]:
        """The tables in which the search finds something else than before."""
        changed = {name for name in {*self._gone, *self._there} if self._digests(name)}
        return [table for table in self.tables if table.search and table.name in changed]

    def broken(self, connection: sqlite3.Connection) -> tuple[str, int, str] | None:
        """A row that names one which is not there: its table, its rowid, and the table that it names it in.

        None where there is none. Every row found the ones it named before, so that only those that came are
        looked at, and where a row went that others may name, the whole tables of these.
        """
        for table in self._naming_what_went():
            if found := connection.execute(f'pragma foreign_key_check("{table.name}")').fetchone():
                return found[0], found[1], found[2]
        for table, rowids in self.came:
            for column in table.columns:
                if column.ref and (row := _lost(connection, table.name, column.name, column.ref, rowids)):
                    return table.name, row, column.ref
        return None

    def _naming_what_went(self) -> Iterator[Table]:
        went = {name for name, rows in self._gone.items() if not _ids(rows) <= _ids(self._there[name])}
        return (table for table in self.tables if any(column.ref in went for column in table.columns))

    def _digests(self, name: str) -> set[bytes]:
        """Those of rows of a table that went or came, but not both."""
        return {digest for _, digest in self._gone[name]} ^ {digest for _, digest in self._there[name]}

    def _told(self, connection: sqlite3.Connection, table: Table, rowids: Rowids) -> Iterator[_Told]:
        named = any(column.ref == table.name for each in self.tables for column in each.columns)
        if not named and not table.search:
            return
        columns = ", ".join(["id" if named else "null", "_rowid_", *(f'"{name}"' for name in table.search)])
        rows = connection.execute(
            f'select {columns} from "{table.name}" where _rowid_ between ? and ?',  # noqa: S608  # our own names
            rowids,
        )
        for record_id, *searched in rows:
            digest = blake2b(repr(searched).encode(), digest_size=16).digest() if table.search else b""
            yield record_id, digest


def _ids(rows: set[_Told]) -> set[Any]:
    return {record_id for record_id, _ in rows}


def _lost(connection: sqlite3.Connection, table: str, column: str, named: str, rowids: Rowids) -> int | None:
    found: tuple[int] | None = connection.execute(
        f'select _rowid_ from "{table}" as one where _rowid_ between ? and ? and "{column}" is not null '  # noqa: S608
        f'and not exists (select 1 from "{named}" where id = one."{column}") limit 1',
        rowids,
    ).fetchone()
    return found[0] if found else None
