"""What forecastlog built, told from every other file: a database, and Datasette's metadata."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from forecastlog.database.schema import TABLES
from forecastlog.ledger.settings import FORMATS

APPLICATION_ID = int.from_bytes(b"fclg")
"""Stands in the header of every database that is built, where SQLite keeps a number for the program that made
it."""
_HEADER, _ID = b"SQLite format 3\0", slice(68, 72)


def is_built(path: Path) -> bool:
    """Whether forecastlog built the database in the file.

    Whichever version, even if a build was killed in it.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
        if not header.startswith(_HEADER):
            return False
        if int.from_bytes(header[_ID]) == APPLICATION_ID:
            return True
        # The first builds had no number.
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return _has(connection, "build", {"forecastlog", "as_of", "digest"})
    except (OSError, sqlite3.Error):
        return False


def fault_of(connection: sqlite3.Connection) -> str | None:
    """Why this is no database that can be shown: not built by forecastlog, or with other tables.

    None where it is.
    """
    if not _has(connection, "build", {"forecastlog", "format"}):
        return "forecastlog did not build it"
    row = connection.execute("select format, forecastlog from build").fetchone()
    if row is None:
        return "forecastlog did not finish building it"
    number, version = row
    if number not in FORMATS:
        return f"it has the format {number}, which this version of forecastlog does not know"
    for table in TABLES:
        if not _has(connection, table.name, {column.name for column in table.columns}):
            return f"forecastlog {version} built it with another table '{table.name}': build it anew"
    return None


def is_metadata(path: Path) -> bool:
    """Whether the file is what ``build --metadata-only`` writes, however a person went on with it."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        tables = [database["tables"] for database in said["databases"].values()]
        return any("columns" in known["predictions"] and "columns" in known["build"] for known in tables)
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return False


def _has(connection: sqlite3.Connection, table: str, columns: set[str]) -> bool:
    found = connection.execute("select name from pragma_table_info(?)", (table,))
    return {name for (name,) in found} >= columns
