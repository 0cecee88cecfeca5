"""The published database as pages read it: every page in one go, on one connection."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

Result = TypeVar("Result")
Row = dict[str, Any]

OURS = {"predictions", "forecasters", "articles", "totals", "word_record", "curves", "build"}
_found: WeakKeyDictionary[Any, str] = WeakKeyDictionary()


class Store:
    """Questions to one connection; rows come as dictionaries."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def all(self, sql: str, **given: object) -> list[Row]:
        """Every row."""
        cursor = self._connection.execute(sql, given)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def one(self, sql: str, **given: object) -> Row | None:
        """The first row, or None."""
        rows = self.all(sql, **given)
        return rows[0] if rows else None

    def count(self, of: str, **given: object) -> int:
        """How many rows there are: ``of`` is a table of ours, with what is asked of them."""
        return int(self.all(f"select count(*) as n from {of}", **given)[0]["n"])

    def filtered(self, by: str, key: str) -> Row | None:
        """A value of a filter as it is stored: its name, how many predictions it has, how these went."""
        return self.one("select * from filters where by = :by and id = :key", by=by, key=key)

    def event(self, key: str | None) -> Row:
        """What an event asks and how it ended; empty where nothing tells."""
        return self.one("select * from events where id = :key", key=key) or {}

    def build(self) -> Row:
        """What the database was made from."""
        return self.all("select * from build")[0]

    def totals(self, by: str = "all", group: str = "all") -> dict[str, dict[str, int]]:
        """The totals of a group: fact -> value -> how many; empty where nothing is counted."""
        facts: dict[str, dict[str, int]] = {}
        rows = self.all(
            'select fact, value, n from totals where "by" = :by and "group" = :key', by=by, key=group
        )
        for row in rows:
            facts.setdefault(row["fact"], {})[row["value"]] = row["n"]
        return facts


def known(datasette: Any) -> str | None:
    """The name of our database, once it has been looked for."""
    return _found.get(datasette)


async def database_of(datasette: Any) -> Any | None:
    """The first of Datasette's databases that forecastlog built, or None."""
    name = _found.get(datasette)
    if name in datasette.databases:
        return datasette.databases[name]
    for name, database in datasette.databases.items():
        if set(await database.table_names()) >= OURS:
            _found[datasette] = name
            return database
    return None


async def ask(database: Any, read: Callable[[Store], Result]) -> Result:
    """What ``read`` finds, reading in one of Datasette's threads."""
    result: Result = await database.execute_fn(lambda connection: read(Store(connection)))
    return result


async def commit_of(datasette: Any) -> str | None:
    """The commit that our database was made from, marked where more than that was in it.

    None where nobody knows.
    """
    database = await database_of(datasette)
    if database is None:
        return None
    try:
        build = await ask(database, lambda store: store.build())
    except (sqlite3.Error, IndexError):
        return None  # the page itself says what is wrong
    commit: str | None = build.get("commit")
    return f"{commit}; uncommitted" if commit and build.get("uncommitted") else commit


async def ensure_visible(datasette: Any, request: Any, database: Any) -> None:
    """Raise Forbidden where this visitor may not see the database."""
    if hasattr(datasette, "ensure_permissions"):  # Datasette 0.65
        await datasette.ensure_permissions(request.actor, [("view-database", database.name), "view-instance"])
        return
    from datasette.resources import DatabaseResource  # only 1.0 has it

    await datasette.ensure_permission(
        action="view-database", resource=DatabaseResource(database=database.name), actor=request.actor
    )
