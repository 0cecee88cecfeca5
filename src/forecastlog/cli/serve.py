"""``serve``: the database in a browser, with settings that are safe in public."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import json
import socket
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from forecastlog.cli.options import database_option, database_path, ledger_folder
from forecastlog.errors import DatabaseNotFound, LedgerNotFound, Refused

if TYPE_CHECKING:
    from datasette.app import Datasette

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


@click.command("serve")
@click.option("--live", is_flag=True, help="Serve a file whose contents are renewed meanwhile.")
@click.option("--analyst", is_flag=True, help="Let visitors write SQL: for your own machine only.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", "-p", type=click.IntRange(0, 65535), default=8001, show_default=True, help="The port."
)
@click.option(
    "--ledger",
    envvar="FORECASTLOG_LEDGER",
    show_envvar=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The ledger's folder; the database and datasette_metadata.json stand beside it.",
)
@database_option
def command(*, ledger: Path | None, db: Path | None, live: bool, analyst: bool, host: str, port: int) -> int:
    """Serve the database with Datasette.

    Without --live the file is taken as never changing: after a 'build', start again.
    """
    folder = _project(ledger, db)
    path = db or database_path(None, folder / "predictions")
    check_database(path)
    site = datasette_site(path, folder / "datasette_metadata.json", live=live, analyst=analyst)
    with listening(host, port) as listener:
        _run(site, listener, path)
    return 0


def check_database(path: Path) -> None:
    """Raise DatabaseNotFound where there is no file, and Refused where it is no database."""
    if not path.is_file():
        raise DatabaseNotFound(path)
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            connection.execute("select count(*) from sqlite_master").fetchone()
    except sqlite3.Error as error:
        raise Refused(f"{path} cannot be read as a SQLite database: {error}.") from None


def datasette_site(path: Path, metadata: Path, *, live: bool, analyst: bool) -> Datasette:
    """Datasette with the settings for the public, serving the one database."""
    from datasette.app import Datasette

    site = Datasette(
        [str(path)] if live else [],
        immutables=[] if live else [str(path)],
        metadata=_metadata(metadata),
        settings={**SETTINGS, "default_allow_sql": analyst},
    )
    served = next(database for database in site.databases.values() if database.path)
    site.remove_database(served.name)
    site.add_database(served, name=NAME)
    return site


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there; raises Refused where another server has the port."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Refused(f"port {port} is in use by another server. Choose another with --port.") from None
        raise Refused(f"cannot listen on {host}:{port}: {error.strerror or error}.") from None


def _project(ledger: Path | None, db: Path | None) -> Path:
    """The folder of the ledger's project; that of a database which is named needs no ledger."""
    try:
        return ledger_folder(ledger).absolute().parent
    except LedgerNotFound:
        if db is None:
            raise
        return db.absolute().parent


def _metadata(path: Path) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    try:
        metadata: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Refused(f"{path} is no JSON: {error}. 'forecastlog build' writes it anew.") from None
    return metadata


def _run(site: Datasette, listener: socket.socket, path: Path) -> None:
    import uvicorn

    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    asyncio.run(site.invoke_startup())
    click.echo(f"Serving {path} at http://{shown}:{port}/ (press Ctrl+C to stop)", err=True)
    server = uvicorn.Server(uvicorn.Config(site.app(), log_level="warning", lifespan="on"))
    with contextlib.suppress(KeyboardInterrupt):  # the way to stop it, and no failure
        server.run(sockets=[listener])
