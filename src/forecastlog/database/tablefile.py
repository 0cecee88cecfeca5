"""The file that the tables stand in: made empty, and finished once they are filled.

What it holds after ``finish`` is a function of the rows and their rowids: VACUUM writes every table and index
anew in their order, and the search and the statistics are made from the rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from forecastlog.column import Column, Table
from forecastlog.database.recognized import APPLICATION_ID
from forecastlog.database.schema import TABLES

CACHE = 64 * 1024
"""Kilobytes of a database that are held while it is made."""


def opened(path: Path | str) -> sqlite3.Connection:
    """A database to be written that is thrown away if anything fails, so that no journal is needed."""
    connection = sqlite3.connect(path, isolation_level=None)
    for setting in ("journal_mode = off", "synchronous = off", f"cache_size = -{CACHE}"):
        connection.execute(f"pragma {setting}")
    return connection


def create(connection: sqlite3.Connection) -> None:
    """All tables, empty."""
    connection.execute(f"pragma application_id = {APPLICATION_ID}")
    for table in TABLES:
        connection.execute(_table(table))


def index(connection: sqlite3.Connection) -> None:
    """The indexes of filled tables, and the search."""
    for table in TABLES:
        for statement in _indexes(table):
            connection.execute(statement)
    for table in TABLES:
        if table.search:
            connection.execute(_search(table))


def finish(connection: sqlite3.Connection, path: Path) -> None:
    """Write filled and indexed tables to a new file; raises sqlite3.IntegrityError where a row names none."""
    for table in TABLES:
        if table.search:
            name = f"{table.name}_fts"
            # Our own names.
            connection.execute(f'insert into "{name}" ("{name}") values (\'rebuild\')')  # noqa: S608
    broken = connection.execute("pragma foreign_key_check").fetchone()
    if broken:
        name, row, target, _ = broken
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


def _table(table: Table) -> str:
    lines = [f"   {_column(column, table)}" for column in table.columns]
    if isinstance(table.key, tuple):
        lines.append(f"   PRIMARY KEY ({_names(table.key)})")
    return f'CREATE TABLE "{table.name}" (\n' + ",\n".join(lines) + "\n) STRICT"


def _column(column: Column, table: Table) -> str:
    key = " PRIMARY KEY" if column.name == table.key else ""
    refers = f' REFERENCES "{column.ref}"("id")' if column.ref else ""
    return f'"{column.name}" {column.type}{key}{refers}'


def _indexes(table: Table) -> Iterator[str]:
    for column in table.columns:
        if column.ref:
            # Without the rows that name nothing: a key that is mostly empty would count as telling little
            # apart, and SQLite would read the whole table instead.
            yield (
                f'CREATE INDEX "idx_{table.name}_{column.name}" ON "{table.name}" ("{column.name}") '
                f'WHERE "{column.name}" IS NOT NULL'
            )
    for columns in dict.fromkeys(table.indexes):
        yield f'CREATE INDEX "idx_{table.name}_{"_".join(columns)}" ON "{table.name}" ({_names(columns)})'


def _search(table: Table) -> str:
    return (
        f'CREATE VIRTUAL TABLE "{table.name}_fts" USING FTS5 ({_names(table.search)}, '
        f"tokenize='porter unicode61', content=\"{table.name}\")"
    )


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
