"""The file that the tables stand in: made empty, and finished once they are filled.

What it holds after ``finish`` is a function of the rows and their rowids: VACUUM writes every table and index
anew in their order, and the search and the statistics are made from the rows.
"""

from __future__ import annotations

import sqlite3
from operator import attrgetter
from pathlib import Path

from forecastlog.database.changes import Changes
from forecastlog.database.recognized import APPLICATION_ID
from forecastlog.database.schema import TABLES

_TYPES = {"TEXT": str, "INTEGER": int, "REAL": float}
CACHE = 32 * 1024
"""Kilobytes of a database that are held while it is made."""


def opened(path: Path | str) -> sqlite3.Connection:
    """A database to be written that is thrown away if anything fails, so that no journal is needed."""
    connection = sqlite3.connect(path, isolation_level=None)
    for setting in ("journal_mode = off", "synchronous = off", f"cache_size = -{CACHE}"):
        connection.execute(f"pragma {setting}")
    return connection


def create(connection: sqlite3.Connection) -> None:
    """All tables, empty."""
    from sqlite_utils import Database  # here: a build after a change finds the tables made

    connection.execute(f"pragma application_id = {APPLICATION_ID}")
    database = Database(connection)
    for table in TABLES:
        database.table(table.name).create(
            {column.name: _TYPES[column.type] for column in table.columns},
            pk=table.key,
            foreign_keys=[(column.name, column.ref, "id") for column in table.columns if column.ref],
            strict=True,
        )


def index(connection: sqlite3.Connection) -> None:
    """The indexes of filled tables, and the search."""
    from sqlite_utils import Database

    database = Database(connection)
    for table in TABLES:
        for column in filter(attrgetter("ref"), table.columns):
            # Without the rows that name nothing: a key that is mostly empty would count as telling little
            # apart, and SQLite would read the whole table instead.
            connection.execute(
                f'create index "idx_{table.name}_{column.name}" on "{table.name}" ("{column.name}") '
                f'where "{column.name}" is not null'
            )
        for columns in dict.fromkeys(table.indexes):
            database.table(table.name).create_index(columns, if_not_exists=True)
        if table.search:
            database.table(table.name).enable_fts(table.search, tokenize="porter unicode61")


def finish(connection: sqlite3.Connection, path: Path, changes: Changes | None = None) -> None:
    """Write filled and indexed tables to a new file.

    Of tables that stood there before, only the ``changes`` are made searchable and looked through. Raises
    sqlite3.IntegrityError where a row names none.
    """
    for table in changes.searched if changes else filter(attrgetter("search"), TABLES):
        name = f"{table.name}_fts"
        connection.execute(f'insert into "{name}" ("{name}") values (\'rebuild\')')  # noqa: S608  # our own names
    broken = (
        changes.broken(connection) if changes else connection.execute("pragma foreign_key_check").fetchone()
    )
    if broken:
        name, row, target = broken[:3]
        raise sqlite3.IntegrityError(f"row {row} of {name} names no {target}")
    connection.execute("analyze")
    connection.execute("pragma schema_version = 1")  # a number of changes, which tells how it was made
    connection.execute("vacuum into ?", (str(path),))


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {
        table.name: connection.execute(f'select count(*) from "{table.name}"').fetchone()[0]  # noqa: S608
        for table in TABLES
    }
