"""The published database as a web server: Datasette with settings that are safe in public.

A file that is served as immutable must never change. So a live server reads a private copy, and makes the
next one when the published file changes; a request keeps the copy it began with, so that a page of several
queries is wholly old or wholly new. Whatever becomes of the published file, the last good copy stays up: what
forecastlog did not build, or built with other tables, is never taken.
"""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette
from datasette.database import Database

from forecastlog.database.recognized import fault_of
from forecastlog.database.renewing import copy
from forecastlog.errors import DatabaseBusy, Refused
from forecastlog.gate import App, gated
from forecastlog.site.prefix import below

NAME = "forecastlog"
"""The database's name in every address, whatever its file is called."""

SETTINGS = {
    "suggest_facets": False,  # a faceted page takes a tenth of the time
    "sql_time_limit_ms": 1000,
    "max_returned_rows": 1000,
    "default_page_size": 50,
    "allow_csv_stream": False,
    "default_cache_ttl": 300,
}
PAUSE = 0.5
"""Seconds between two looks at a live file."""


class Copy:
    """A private copy of the published database, open once a thread; removed when nobody uses it any more."""

    def __init__(self, path: Path, prepare: Callable[[sqlite3.Connection], None]) -> None:
        self.path = path
        self.users = 0
        self.retired = False
        self.counts: dict[str, int | None] | None = None
        self._prepare = prepare
        self._connections: dict[int, sqlite3.Connection] = {}

    def call(self, function: Callable[[sqlite3.Connection], Any]) -> Any:
        """What ``function`` finds, on this thread's connection."""
        thread = threading.get_ident()
        if thread not in self._connections:
            address = f"{self.path.as_uri()}?immutable=1"
            connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            self._prepare(connection)
            self._connections[thread] = connection
        return function(self._connections[thread])

    def release_if_done(self) -> None:
        """Close and remove a copy that was replaced and that no request uses."""
        if not self.retired or self.users:
            return
        for connection in self._connections.values():
            with suppress(sqlite3.Error):  # a reader that went away may have left a query at work
                connection.close()
        self.path.unlink(missing_ok=True)


class LiveDatabase(Database):  # type: ignore[misc]  # Datasette has no types
    """The published file, which may change at any time, read through copies of it."""

    def __init__(self, datasette: Datasette, path: Path, folder: Path) -> None:
        super().__init__(datasette, path=str(path), is_mutable=True)
        self._file = path
        self._folder = folder
        self._seen = _stamp(path)
        self._pinned: ContextVar[Copy | None] = ContextVar("copy", default=None)
        self._current = self._copied(0)

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        """Run ``fn`` on the copy of the request at hand, in one of Datasette's threads."""
        of_request = self._of_request()
        return await asyncio.get_running_loop().run_in_executor(self.ds.executor, of_request.call, fn)

    async def table_counts(self, limit: int = 10) -> dict[str, int | None]:  # noqa: ARG002 - Datasette's signature
        """The rows of every table, counted once a copy.

        A copy never changes, so no count needs a limit of time.
        """
        of_request = self._of_request()
        if of_request.counts is None:
            of_request.counts = await super().table_counts(limit=60 * 60 * 1000)
        return of_request.counts

    def around(self, app: App) -> App:
        """The application with every request pinned to the copy that it begins with."""

        async def pinned(scope: Any, receive: Any, send: Any) -> None:
            # The server's own start and end are one call that lasts as long as the process.
            with self._pin() if scope["type"] == "http" else nullcontext():
                await app(scope, receive, send)

        return pinned

    async def watch(self, say: Callable[[str], None]) -> None:
        """Take a new copy whenever the file changes; says so when that fails, and keeps the old one."""
        number, said = 0, ""
        while True:
            await asyncio.sleep(PAUSE)
            stamp = _stamp(self._file)
            if stamp == self._seen:
                continue
            number += 1
            try:
                new = await asyncio.to_thread(self._copied, number)
            except (sqlite3.Error, OSError, DatabaseBusy, Refused) as error:
                if said != str(error):
                    say(
                        f"{self._file} changed and cannot be read: {error}. "
                        "Still serving what it held before."
                    )
                said = str(error)
            else:
                self._current, old = new, self._current
                old.retired = True
                old.release_if_done()
                said = ""
            self._seen = stamp

    def _of_request(self) -> Copy:
        return self._pinned.get() or self._current

    @contextmanager
    def _pin(self) -> Iterator[None]:
        used = self._current
        used.users += 1
        token = self._pinned.set(used)
        try:
            yield
        finally:
            self._pinned.reset(token)
            used.users -= 1
            used.release_if_done()

    def _copied(self, number: int) -> Copy:
        path = self._folder / f"{number}.db"
        if self._file.exists() and not self._file.is_file():
            raise Refused("it is no plain file")
        try:
            copy(self._file, path)
            _check(path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return Copy(path, lambda connection: self.ds._prepare_connection(connection, NAME))  # noqa: SLF001 - Datasette has no public way


def serve(
    path: Path,
    listener: socket.socket,
    metadata: dict[str, Any],
    *,
    base_url: str = "/",
    live: bool = False,
    analyst: bool = False,
    hosts: Collection[str] = (),
    say: Callable[[str], None],
) -> None:
    """Serve the database at ``path`` on a listening socket until the process is told to stop.

    ``live`` follows changes of the file; without it the file must not change. ``analyst`` lets visitors write
    SQL and see Datasette's pages about itself. ``hosts`` are the names it answers to, any where there are
    none. ``say`` takes what the operator should know.
    """
    gc.enable()  # a command lets cycles of garbage lie; a server that runs for months must not
    # Without copies nothing is written, so that a read-only container can serve.
    temporary = tempfile.TemporaryDirectory(prefix="forecastlog-") if live else nullcontext("")
    with temporary as folder, _stopped_by_signals():
        site = Datasette(
            [str(path)],
            metadata=metadata,
            settings={**SETTINGS, "default_allow_sql": analyst, "base_url": base_url},
        )
        site.remove_database(next(name for name, held in site.databases.items() if held.path))
        database = (
            LiveDatabase(site, path.absolute(), Path(folder))
            if live
            else Database(site, path=str(path), is_mutable=False)
        )
        site.add_database(database, name=NAME)
        asyncio.run(_run(site, listener, database, say, hosts=hosts, internals=analyst))


async def _run(
    site: Datasette,
    listener: socket.socket,
    database: Database,
    say: Callable[[str], None],
    *,
    hosts: Collection[str],
    internals: bool,
) -> None:
    await site.invoke_startup()
    live = database if isinstance(database, LiveDatabase) else None
    app = live.around(site.app()) if live else site.app()
    app = below(site.setting("base_url"), gated(app, hosts=hosts, internals=internals))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
    say(f"Serving {_address(listener, site.setting('base_url'))} (press Ctrl+C to stop)")
    watching = asyncio.create_task(live.watch(say)) if live else None
    try:
        await server.serve(sockets=[listener])
    finally:
        if watching:
            watching.cancel()


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Being told to stop, from the keyboard or by a service manager, is no failure."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _address(listener: socket.socket, base_url: str) -> str:
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}{base_url}"


def _check(path: Path) -> None:
    """Raise Refused for a database that is not to be shown."""
    with closing(sqlite3.connect(path)) as connection:
        if fault := fault_of(connection):
            raise Refused(fault)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """What changes when a file is written or replaced; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
