"""``forecastlog serve`` as its own process, for the tests that ask it over a socket."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def served(
    *args: str, folder: Path | None = None, stop: int = signal.SIGINT, lines: int = 0
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server on a free port: its address, which ends with a slash, and the process.

    It must end with 0, and leave no more ``lines`` unread on standard error.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "forecastlog", "serve", "--port", "0", *args],
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        line = process.stderr.readline()
        assert line.startswith("Serving"), line + process.stderr.read()
        yield next(word for word in line.split() if word.startswith("http")), process
    finally:
        process.send_signal(stop)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 0, errors
    assert errors.count("\n") <= lines, errors
