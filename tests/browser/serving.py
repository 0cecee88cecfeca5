"""A built database and a server on it, as an operator starts them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email.message import Message
from pathlib import Path

from tests.serving import served

ROOT = Path(__file__).parents[2]
TODAY = "2036-01-01"
"""A day on which something is due: the ledger is kept, so on the day of a change nothing may be."""
PREFIX = "/forecasts/"


def build(folder: Path) -> Path:
    """The repository's own ledger as a database in ``folder``, with the metadata beside it."""
    database = folder / "forecastlog.db"
    common = [sys.executable, "-m", "forecastlog", "build", "--ledger", str(ROOT / "predictions")]
    environment = {**os.environ, "FORECASTLOG_TODAY": TODAY}
    for more in (["--db", str(database)], ["--metadata-only", str(folder / "datasette_metadata.json")]):
        subprocess.run([*common, *more], env=environment, check=True, capture_output=True)
    return database


@contextmanager
def serving(database: Path) -> Iterator[str]:
    """``forecastlog serve`` on a free port of this machine; its address ends with a slash."""
    with served("--db", str(database), folder=database.parent) as (address, _):
        yield address


@contextmanager
def serving_under_prefix(database: Path) -> Iterator[str]:
    """Datasette itself on the same files, with every address below a prefix, as behind a proxy."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    command = [
        "-m",
        "datasette",
        "serve",
        "-i",
        database.name,
        "-m",
        "datasette_metadata.json",
        "-p",
        str(port),
    ]
    settings = ["--setting", "base_url", PREFIX, "--setting", "default_allow_sql", "off"]
    address = f"http://127.0.0.1:{port}{PREFIX}"
    process = _start([*command, *settings], database.parent)
    try:
        _wait(address, process)
        yield address
    finally:
        _stop(process)


def fetch(url: str) -> tuple[int, Message, bytes]:
    """Status, headers and body; an error page is an answer like any other."""
    try:
        with urllib.request.urlopen(url, timeout=30) as response:  # noqa: S310  # our own server
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def _start(command: list[str], folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, *command], cwd=folder, stderr=subprocess.PIPE, text=True)


def _stop(process: subprocess.Popen[str]) -> str:
    process.send_signal(signal.SIGINT)
    return process.communicate(timeout=30)[1]


def _wait(address: str, process: subprocess.Popen[str]) -> None:
    for _ in range(200):
        try:
            fetch(address)
        except urllib.error.URLError:
            assert process.poll() is None, process.stderr.read() if process.stderr else ""
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"nothing answers at {address}")
