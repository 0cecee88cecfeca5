"""How a new database takes the place of one that is being read."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from forecastlog.errors import DatabaseBusy
from forecastlog.placing import SIDE_FILES

WAIT = 60.0
"""Seconds for readers to leave a gap."""


def swap(new: Path, path: Path) -> None:
    """Give ``new`` the name ``path`` in one step; whoever has the old file open goes on reading that."""
    if path.exists():
        _settle(path)
    new.replace(path)


def copy(source: Path, target: Path, *, wait: float = WAIT) -> None:
    """Copy a whole database over another in one transaction, or into a new file.

    Readers of ``target`` see all of the old one or all of the new one, query by query. Raises DatabaseBusy
    where somebody reads it for ``wait`` seconds without a gap, and sqlite3.Error.
    """
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target, timeout=wait, isolation_level=None)) as new,
    ):
        try:
            # The copying itself would wait for ever for a reader that never leaves.
            new.execute("begin exclusive")
            new.execute("rollback")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            raise DatabaseBusy(target, wait) from None
        old.backup(new)


def _settle(path: Path) -> None:
    """Finish or undo what a killed ``copy`` left; its journal would otherwise be applied to the new file."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as connection:
        connection.execute("select count(*) from sqlite_master").fetchone()
    for end in SIDE_FILES:
        path.with_name(path.name + end).unlink(missing_ok=True)
