"""``serve``: the database in a browser, with settings that are safe in public."""

from __future__ import annotations

import contextlib
import errno
import re
import socket
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import click

from forecastlog.cli.options import any_ledger_option, database_option, database_path, ledger_folder
from forecastlog.cli.site_metadata import metadata_of
from forecastlog.cli.text import clean
from forecastlog.errors import BadValue, DatabaseNotFound, LedgerNotFound, Refused


@click.command("serve")
@click.option("--live", is_flag=True, help="Show the new contents after a build, without a restart.")
@click.option("--analyst", is_flag=True, help="Let visitors write SQL: for your own machine only.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--allow-host",
    "hosts",
    metavar="NAME",
    multiple=True,
    help="A name that readers reach it by, such as forecasts.example.org (repeatable); "
    "others get an error 400.",
)
@click.option(
    "--port", "-p", type=click.IntRange(0, 65535), default=8001, show_default=True, help="The port."
)
@click.option(
    "--base-url",
    metavar="PATH",
    default="/",
    show_default=True,
    help="The path below which a proxy shows the site, such as /forecasts/.",
)
@click.option("--open", "show", is_flag=True, help="Open it in the browser.")
@any_ledger_option(
    help="The ledger's folder; the database and datasette_metadata.json stand beside it.",
)
@database_option
def command(
    *,
    root: Path | None,
    db: Path | None,
    live: bool,
    analyst: bool,
    host: str,
    hosts: tuple[str, ...],
    port: int,
    base_url: str,
    show: bool,
) -> int:
    """Serve the database with Datasette.

    Without --live the file is taken as never changing: after a 'build', start again. With it a copy is read,
    which is renewed when the file changes.
    """
    base = below(base_url)
    allowed = names_allowed(host, hosts)
    folder = _project(root, db)
    path = db or database_path(None, folder / "predictions")
    check_database(path, wanted="served with --live" if live else "")
    metadata = metadata_of(folder / "datasette_metadata.json")
    with listening(host, port) as listener:
        from forecastlog.serving import serve

        if show:  # the socket listens already: the browser waits for the answer
            open_in_browser(host, listener.getsockname()[1], base)
        serve(
            path,
            listener,
            metadata,
            base_url=base,
            live=live,
            analyst=analyst,
            hosts=allowed,
            say=lambda sentence: click.echo(sentence, err=True),
        )
    return 0


def open_in_browser(host: str, port: int, base: str) -> None:
    """Ask the browser for the site; its address is told where there is no browser."""
    # As typed.
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    url = f"http://{name}:{port}{base}"
    if click.launch(url):
        click.echo(f"No browser could be opened. The site is at {url}", err=True)


def names_allowed(host: str, hosts: Sequence[str]) -> tuple[str, ...]:
    """The names that the server answers to, none for any.

    Raises BadValue where they must be said and are not.
    """
    from forecastlog.gate import LOCAL, is_local

    for name in hosts:
        if not re.fullmatch(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*", name):
            raise BadValue(
                f"--allow-host '{clean(name[:80])}' is no name. Write it without scheme, port or path."
            )
    if not hosts and not is_local(host):
        raise BadValue(
            f"--host {clean(host[:80])} can be reached from other machines: say with --allow-host NAME under "
            "which name readers reach it (repeatable)."
        )
    return (*hosts, *LOCAL) if hosts else ()


def below(path: str) -> str:
    """The path with a slash at both ends, as Datasette wants it."""
    if not re.fullmatch(r"/?([A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*)?/?", path):
        raise BadValue(f"--base-url '{path}' is no path. Write it as /forecasts/.")
    inner = path.strip("/")
    return f"/{inner}/" if inner else "/"


def check_database(path: Path, *, wanted: str = "") -> None:
    """Raise DatabaseNotFound where there is no file, and Refused where it is no database.

    ``wanted`` says for what only a database that forecastlog built will do, such as "served with --live".
    """
    from forecastlog.database.recognized import fault_of

    if not path.is_file():
        raise DatabaseNotFound(path)
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            connection.execute("select count(*) from sqlite_master").fetchone()
            fault = fault_of(connection) if wanted else None
    except sqlite3.Error as error:
        raise Refused(
            f"{path} cannot be read as a SQLite database: {error}. Move it away; "
            "'forecastlog build' makes a new one."
        ) from None
    if fault:
        raise Refused(f"{path} is not {wanted}: {fault}.")


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there; raises Refused where another server has the port."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family)
    except (UnicodeError, ValueError):
        raise BadValue(f"--host '{clean(host[:80])}' is no name or address of this machine.") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Refused(f"port {port} is in use by another server. Choose another with --port.") from None
        raise Refused(f"cannot listen on {host}:{port}: {error.strerror or error}.") from None
    # asyncio sends small answers at once only where the socket says TCP; without it each waits 40 ms.
    return socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, fileno=listener.detach())


def _project(ledger: Path | None, db: Path | None) -> Path:
    """The folder of the ledger's project; that of a database which is named needs no ledger."""
    try:
        return ledger_folder(ledger).absolute().parent
    except LedgerNotFound:
        if db is None:
            raise
        return db.absolute().parent
