"""Addresses that lead on.

A forecaster is a person or an outlet now, and a record that was renamed is under its new id.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from forecastlog.site.headers import App, Scope, Send, path_of
from forecastlog.site.store import Store, ask, database_of

RENAMED = ("predictions", "conditions", "articles")
"""Tables whose records keep the ids that they had, under ``was``."""
_RECORD = re.compile(rf"/[^/]+/({'|'.join(RENAMED)})/([^/.]+)(\.json)?")
_FORECASTER = re.compile(r"/([^/]+)/forecasters/([^/.]+)")


def leading_on(app: App, database: Callable[[], str | None], address: Callable[[str], str]) -> App:
    """The application, with old addresses of ``database`` sent to the new.

    ``address`` adds the prefix to a path.
    """

    async def wrapped(scope: Scope, receive: Any, send: Send) -> None:
        found = _FORECASTER.fullmatch(path_of(scope))
        if found is None or found[1] != database():
            await app(scope, receive, send)
            return
        place = (b"location", address(f"/people/{found[2]}").encode())
        await send(
            {"type": "http.response.start", "status": 301, "headers": [place, (b"content-length", b"0")]}
        )
        await send({"type": "http.response.body", "body": b""})

    return wrapped


def renamed(store: Store, table: str, key: str) -> str | None:
    """The id of the record that was once called ``key``; None where none was."""
    row = store.one(
        f"select {table}.id from {table}, json_each({table}.was) where json_each.value = :key order by 1",
        key=key,
    )
    return row["id"] if row else None


def old_addresses(store: Store) -> list[tuple[str, str]]:
    """The table and the id of everything that a record was called and is no more."""
    found = []
    for table in RENAMED:
        rows = store.all(
            f"select json_each.value as old from {table}, json_each({table}.was) order by {table}.rowid, old"
        )
        found += [(table, str(row["old"])) for row in rows]
    return found


Answer = Callable[[], Awaitable[Any]]


def answer(datasette: Any, request: Any, exception: Exception, missing: Answer | None) -> Answer | None:
    """Where a record that is not there is now, else what is ``missing`` as it is.

    None where it is no record's address.
    """
    from datasette import NotFound, Response
    from datasette.utils import tilde_decode

    match = _RECORD.fullmatch(request.path)
    if match is None or missing is None or not isinstance(exception, NotFound):
        return None

    async def shown() -> Any:
        database = await database_of(datasette)
        if database is None:
            return await missing()
        key = await ask(database, lambda store: renamed(store, match[1], tilde_decode(match[2])))
        if key is None:
            return await missing()
        address = f"{datasette.urls.table(database.name, match[1])}/{key}{match[3] or ''}"
        return Response.redirect(address, status=301)

    return shown
