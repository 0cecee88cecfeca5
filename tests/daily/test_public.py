"""What the public gets from ``serve``.

Every setting asked for over HTTP, not read from a table of settings.
"""

from __future__ import annotations

import json
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from forecastlog.database import build
from forecastlog.ledger import load
from tests.daily.test_live import TODAY, ledger

ROWS = 1200
SLOW = "with+recursive+n(i)+as+(select+1+union+all+select+i%2B1+from+n)+select+count(*)+from+n"


@contextmanager
def serving(path: Path, *args: str, stop: int = signal.SIGTERM) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "forecastlog", "serve", "--port", "0", "--db", str(path), *args],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        said = re.fullmatch(
            r"Serving (http://127\.0\.0\.1:\d+/\S*) \(press Ctrl\+C to stop\)\n", process.stderr.readline()
        )
        assert said, process.stderr.read()
        yield said[1]
    finally:
        process.send_signal(stop)
        _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (0, "")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("public") / "forecastlog.db"
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("create table things (id integer primary key, kind text)")
        connection.executemany("insert into things values (?, ?)", ((i, "ab"[i % 2]) for i in range(ROWS)))
        connection.commit()
    return made


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that forecastlog built, which --live wants."""
    folder = tmp_path_factory.mktemp("built")
    build(load(ledger(folder / "predictions", 3)), folder / "forecastlog.db", today=TODAY)
    return folder / "forecastlog.db"


def get(url: str) -> tuple[int, dict[str, str], str]:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - our own server
            return (
                answer.status,
                {k.lower(): v for k, v in answer.headers.items()},
                answer.read().decode(errors="replace"),
            )
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read().decode()


def test_the_public_settings_are_in_force(path: Path) -> None:
    with serving(path) as site:
        table = f"{site}forecastlog/things"
        assert get(f"{site}forecastlog.json?sql=select+1")[0] == 403
        assert get(f"{table}.json?_where=1=1")[0] == 403
        status, headers, text = get(f"{table}.json")
        answer = json.loads(text)
        assert (status, len(answer["rows"]), answer["suggested_facets"]) == (200, 50, [])
        assert headers["cache-control"] == "max-age=300"
        assert get(f"{table}.json?_size=1001")[0] == 400
        assert len(json.loads(get(f"{table}.json?_size=max")[2])["rows"]) == 1000
        assert get(f"{table}.csv?_stream=on&_size=max")[2].count("\n") <= 1001
        assert get(f"{site}forecastlog.db")[2].startswith("SQLite format 3")
        assert list(json.loads(get(f"{site}.json")[2])) == ["forecastlog"]


def test_an_analyst_s_queries_are_cut_off(path: Path) -> None:
    with serving(path, "--analyst", stop=signal.SIGINT) as site:
        answer = json.loads(get(f"{site}forecastlog.json?sql=select+*+from+things")[2])
        assert (len(answer["rows"]), answer["truncated"]) == (1000, True)
        began = time.monotonic()
        status, _, text = get(f"{site}forecastlog.json?sql={SLOW}")
        assert (status, "interrupted" in text or "too long" in text) == (400, True)
        assert time.monotonic() - began < 10


@pytest.mark.parametrize("args", [["/forecasts/"], ["forecasts", "--live"]], ids=["fixed", "live"])
def test_below_a_path(built: Path, args: list[str]) -> None:
    with serving(built, "--base-url", *args) as site:
        assert site.endswith("/forecasts/")
        status, _, text = get(f"{site}forecastlog/predictions")
        assert status == 200
        assert 'href="/forecasts/forecastlog' in text
        assert not re.findall(r'(?:href|src)="/(?!forecasts/)', text)


def test_a_live_file_is_not_handed_out(built: Path) -> None:
    with serving(built, "--live") as site:
        assert get(f"{site}forecastlog.db")[0] in (403, 404)
        assert get(f"{site}forecastlog.json?sql=select+1")[0] == 403


@pytest.mark.parametrize("base", ["http://x.example/", "/a b/", "//x.example/", "/a//b"])
def test_a_base_that_is_no_path(path: Path, base: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "forecastlog", "serve", "--db", str(path), "--base-url", base],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (done.returncode, done.stderr) == (
        2,
        f"Error: --base-url '{base}' is no path. Write it as /forecasts/.\n",
    )


def test_the_usual_address() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "forecastlog", "serve", "--help"], capture_output=True, text=True, check=True
    )
    assert re.search(r"--host TEXT\s.*\[default: 127\.0\.0\.1\]", done.stdout)
    assert "8001" in done.stdout


INTERNALS = (
    "databases",
    "databases.json",
    "threads.json",
    "settings.json",
    "plugins.json",
    "versions.json",
    "metadata.json",
    "actor.json",
    "config.json",
    "messages",
    "permissions",
    "allow-debug",
    "patterns",
    "logout",
    "auth-token",
    "no",
)


@pytest.mark.parametrize("base", ["/", "/forecasts/"])
def test_what_datasette_tells_of_itself_is_not_there(built: Path, base: str) -> None:
    with serving(built, "--base-url", base) as site:
        assert {name: get(f"{site}-/{name}")[0] for name in INTERNALS} == dict.fromkeys(INTERNALS, 404)
        ours = ("scoreboard", "calibration", "due", "due.ics", "resolutions.atom", "static/app.css")
        assert {name: get(f"{site}-/{name}")[0] for name in ours} == dict.fromkeys(ours, 200)
    with serving(built, "--analyst") as site:
        assert get(f"{site}-/settings.json")[0] == 200


@pytest.mark.parametrize(
    "query",
    [
        "_sort=nosuch",
        "_sort_desc=nosuch",
        "_through=x",
        "_through={}",
        "_sort=id&_sort_desc=id",
        "due_year__in=[",
        "_timelimit=x",
        "_size=x",
        "_next=a,b,c&_size=1&_sort=nosuch",
    ],
)
def test_a_bad_parameter_is_no_failure_of_the_server(public: str, query: str) -> None:
    for form in ("", ".json", ".csv"):
        status, _, text = get(f"{public}forecastlog/predictions{form}?{query}")
        assert status == 400
        assert "Traceback" not in text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO"])
def test_the_site_is_only_read(public: str, method: str) -> None:
    for page in ("", "forecastlog", "forecastlog/predictions", "forecastlog/due_now", "-/scoreboard"):
        request = urllib.request.Request(public + page, method=method)  # noqa: S310 - our own server
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=30)  # noqa: S310
        with refused.value as answer:
            assert (answer.code, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.fixture(scope="module")
def public(built: Path) -> Iterator[str]:
    with serving(built) as site:
        yield site


def asked_for(site: str, host: str) -> int:
    request = urllib.request.Request(site, headers={"Host": host})  # noqa: S310 - our own server
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_only_the_names_that_are_allowed_are_answered(built: Path) -> None:
    with serving(built, "--allow-host", "log.example.org", "--allow-host", "Other.example") as site:
        for host in (
            "log.example.org",
            "LOG.example.org:8001",
            "log.example.org.",
            "other.example",
            "localhost:1",
        ):
            assert asked_for(site, host) == 200, host
        for host in (
            "evil.example",
            "log.example.org.evil.example",
            "log.example.org@x",
            "",
            "[::2]",
            "a:b:c",
        ):
            assert asked_for(site, host) == 400, host


@pytest.mark.parametrize("host", ["192.0.2.1", "::", "203.0.113.1", "desk.example"])
def test_a_host_beyond_this_machine_asks_for_names(path: Path, host: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "forecastlog", "serve", "--db", str(path), "--host", host, "--port", "0"],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == 2
    assert "say with --allow-host NAME" in done.stderr
