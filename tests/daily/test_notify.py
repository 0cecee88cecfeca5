"""``due --notify``: delivered, tried again, or said to have failed without a word of the secret."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from forecastlog.standing.delivered import MEMORY

from .conftest import Run

# One of Apprise's plugins imports a module that Python 3.13 drops.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
DAY = ("--today", "2025-07-01")


@contextmanager
def webhook(*answers: int) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A server that answers with these statuses in turn, the last for good; its address and what it got."""
    got: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(answers[min(len(got), len(answers)) - 1])
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"json://desk:Sesame@127.0.0.1:{server.server_port}/hook", got
        finally:
            server.shutdown()
            thread.join()


def test_a_message_is_sent_instead_of_printed(run: Run, project: Path) -> None:
    pytest.importorskip("apprise")
    with webhook(200) as (address, got):
        results = [run("due", "--new", "--notify", address, *DAY) for _ in range(2)]
    assert [(result.output, result.exit_code) for result in results] == [("", 0), ("", 0)]
    assert [message["title"] for message in got] == ["Forecast log: 1 due"]
    assert got[0]["message"] == (
        "Due: past the deadline by every reading (1)\n\n"
        "- =Aid ends in 基辅 (Ada Smith: “may” (no likelihood was given); since 2025-07-01; aid-ends)"
    )
    assert (project / "predictions" / MEMORY).exists()


def test_it_tries_again(run: Run) -> None:
    pytest.importorskip("apprise")
    with webhook(503, 500, 200) as (address, got):
        result = run("due", "--new", "--markdown", "--notify", address, "--retry-pause", "0.01", *DAY)
    assert (result.output, result.exit_code, len(got)) == ("", 0, 3)
    assert got[-1]["message"].startswith("## Due: past the deadline by every reading (1)\n")


def test_a_failure_is_told_without_the_secret_and_repeats(run: Run, project: Path) -> None:
    pytest.importorskip("apprise")
    with webhook(500) as (bad, refused), webhook(200) as (good, got):
        args = ("due", "--new", "--exit-code", "--notify", bad, "--notify", good, "--retry-pause", "0")
        result = run(*args, *DAY)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == (
            "Error: the message was not accepted by address 1 (json://...) in 3 tries. "
            "Nothing is marked as delivered: the next run sends it again.\n"
        )
        assert (len(refused), len(got)) == (3, 1)
        assert not (project / "predictions" / MEMORY).exists()
        assert run("due", "--new", "--exit-code", "--notify", good, *DAY).exit_code == 3
        assert len(got) == 2


def test_nobody_listens(run: Run) -> None:
    pytest.importorskip("apprise")
    with webhook(200) as (address, _):
        pass
    result = run("due", "--notify", address, "--retry-pause", "0", *DAY)
    assert result.exit_code == 1
    assert "Sesame" not in result.output


@pytest.mark.parametrize(
    "address", ["nonsense", "nope://u:Sesame@example.org", "mailto://u:Sesame@", "://Sesame"]
)
def test_an_address_that_nobody_knows(run: Run, address: str, capfd: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("apprise")
    result = run("due", "--notify", address, *DAY)
    assert result.exit_code == 2
    assert "is none that Apprise can use" in result.stderr
    assert "Sesame" not in result.output + "".join(capfd.readouterr())


def test_addresses_can_come_from_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A password in the arguments would stand in the list of processes."""
    pytest.importorskip("apprise")
    with webhook(200) as (one, got), webhook(200) as (two, more):
        monkeypatch.setenv("FORECASTLOG_NOTIFY", f"{one} {two}")
        assert run("due", "--new", *DAY).output == ""
    assert (len(got), len(more)) == (1, 1)


def test_a_plain_due_prints_whatever_the_environment_says(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("apprise")
    with webhook(200) as (address, got):
        monkeypatch.setenv("FORECASTLOG_NOTIFY", address)
        assert "Aid ends" in run("due", *DAY).stdout
        assert '"aid-ends"' in run("due", "--json", *DAY).stdout
    assert got == []


def test_a_bad_address_is_told_while_nothing_is_due(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("apprise")
    quiet = ("--today", "2025-05-01")
    for command in (
        ["due", "--new", "--notify", "nope://u:Sesame@x"],
        ["due", "--notify", "nope://u:Sesame@x"],
    ):
        result = run(*command, *quiet)
        assert (result.exit_code, "is none that Apprise can use" in result.stderr) == (2, True)
    monkeypatch.setenv("FORECASTLOG_NOTIFY", "nope://u:Sesame@x")
    result = run("due", "--new", *quiet)
    assert (result.exit_code, "Sesame" in result.output) == (2, False)


def test_a_test_message(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("apprise")
    with webhook(200) as (address, got):
        result = run("due", "--notify-test", "--notify", address)
        assert (result.exit_code, result.output) == (0, "Sent a test to 1 address.\n")
        monkeypatch.setenv("FORECASTLOG_NOTIFY", f"{address} {address}")
        assert run("due", "--notify-test").output == "Sent a test to 2 addresses.\n"
    assert [message["title"] for message in got] == ["Forecast log: a test"] * 3
    assert not (project / "predictions" / MEMORY).exists()
    monkeypatch.delenv("FORECASTLOG_NOTIFY")
    assert run("due", "--notify-test").exit_code == 2
    with webhook(500) as (address, _):
        failed = run("due", "--notify-test", "--notify", address, "--retry-pause", "0")
    assert failed.exit_code == 1


def test_nothing_is_sent_where_nothing_is_due(run: Run) -> None:
    pytest.importorskip("apprise")
    with webhook(200) as (address, got):
        assert run("due", "--new", "--notify", address, "--today", "2025-05-01").output == ""
    assert got == []


def test_without_apprise(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    result = run("due", "--notify", "json://127.0.0.1", *DAY)
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: --notify needs Apprise. Install it with: pip install 'forecastlog[notify]'\n"
    )
