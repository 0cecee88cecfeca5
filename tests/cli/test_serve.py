"""Serving: what is refused, and what the public gets."""

from __future__ import annotations

import json
import socket
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.serving import served

from .conftest import Run


@pytest.fixture
def database(project: Path) -> Path:
    path = project / "forecastlog.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table predictions (id text primary key, claim text)")
        connection.execute("insert into predictions values ('a', 'It happens.')")
        connection.commit()
    return path


@contextmanager
def serving(*args: str) -> Iterator[str]:
    """The address of a server, without the slash at its end."""
    with served(*args) as (address, _):
        yield address.rstrip("/")


def fetch(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=20) as response:  # noqa: S310 - our own server
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_the_public_reads_tables_and_writes_no_sql(project: Path, database: Path) -> None:
    (project / "datasette_metadata.json").write_text('{"title": "Our forecasts"}')
    with serving() as address:
        assert "Our forecasts" in fetch(f"{address}/")[1]
        assert "It happens." in fetch(f"{address}/forecastlog/predictions")[1]
        assert fetch(f"{address}/forecastlog.json?sql=select+1")[0] == 403
        assert len(json.loads(fetch(f"{address}/forecastlog/predictions.json")[1])["rows"]) == 1


def test_an_analyst_writes_sql_on_a_live_file_of_any_name(project: Path, run: Run) -> None:
    other = project / "other.db"
    assert run("build", "--db", str(other)).exit_code == 0
    with serving("--analyst", "--live", "--db", str(other)) as address:
        assert json.loads(fetch(f"{address}/forecastlog.json?sql=select+1&_shape=arrays")[1])["rows"] == [[1]]
        assert json.loads(fetch(f"{address}/-/databases.json")[1])[0]["is_mutable"] is True


def test_a_port_in_use_is_one_sentence(database: Path, run: Run) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        result = run("serve", "--port", str(port))
    assert result.exit_code == 1
    assert result.stderr == f"Error: port {port} is in use by another server. Choose another with --port.\n"


@pytest.mark.parametrize("host", ["nowhere.invalid", "203.0.113.1"])
def test_an_address_that_is_not_ours(database: Path, run: Run, host: str) -> None:
    result = run("serve", "--host", host, "--allow-host", "x.example", "--port", "0")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: cannot listen on {host}:0: ")


def test_what_is_no_database(project: Path, run: Run) -> None:
    (project / "forecastlog.db").write_text(
        "no database, and rather long for a header of SQLite's own kind " * 20
    )
    result = run("serve")
    assert result.exit_code == 1
    assert "cannot be read as a SQLite database: file is not a database" in result.stderr


def test_metadata_that_is_no_json(project: Path, database: Path, run: Run) -> None:
    (project / "datasette_metadata.json").write_text("{")
    result = run("serve", "--port", "0")
    assert result.exit_code == 1
    assert "datasette_metadata.json is no JSON" in result.stderr


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[]", "the whole must be an object"),
        ('{"databases": []}', "databases must be an object"),
        ('{"databases": {"forecastlog": "x"}}', "databases.forecastlog must be an object"),
        (
            '{"databases": {"forecastlog": {"tables": ["x"]}}}',
            "databases.forecastlog.tables must be an object",
        ),
        ('{"databases": {"x": {"tables": {"y": 1}}}}', "databases.x.tables.y must be an object"),
        (
            '{"databases": {"x": {"tables": {"y": {"size": true}}}}}',
            "databases.x.tables.y.size must be a whole",
        ),
        ('{"databases": {"x": {"queries": {"y": 3}}}}', "databases.x.queries.y must be an object"),
        ('{"title": ["x"]}', "title must be a text"),
        ("[" * 100_000, "is no JSON"),
        ("\xff", "is no JSON"),
    ],
)
def test_metadata_of_a_wrong_shape(project: Path, database: Path, run: Run, text: str, fault: str) -> None:
    """Each of these made pages answer with an error 500."""
    (project / "datasette_metadata.json").write_bytes(text.encode("latin-1"))
    result = run("serve", "--port", "0")
    assert result.exit_code == 1
    assert f"{fault}" in result.stderr
    assert "Mend it, or move it away" in result.stderr


def test_a_live_server_wants_what_forecastlog_built(database: Path, run: Run) -> None:
    result = run("serve", "--live", "--port", "0")
    assert (result.exit_code, result.stderr) == (
        1,
        f"Error: {database} is not served with --live: forecastlog did not build it.\n",
    )
