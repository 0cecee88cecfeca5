"""What commands print, for the pages: each page's cog blocks call ``shell`` on the real ledger."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TODAY = "2026-11-23"
"""The day from which the pages reckon, so that they stay true tomorrow."""


def shell(command: str, *, lines: int | None = None) -> None:
    """Print ``command`` and its output as a console block, cut after ``lines`` lines."""
    arguments = shlex.split(command)
    if arguments[0] == "forecastlog":
        arguments[:1] = [sys.executable, "-m", "forecastlog"]
    environment = {
        **os.environ,
        "COLUMNS": "96",
        "NO_COLOR": "1",
        "FORECASTLOG_TODAY": TODAY,
        "PYTHONIOENCODING": "utf-8",
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, check=False)  # noqa: S603  # our own pages' commands
    output = (done.stdout + done.stderr).decode().rstrip().splitlines()
    if lines is not None and len(output) > lines:
        output = [*output[:lines], "..."]
    print("\n".join(["```console", f"$ {command}", *(line.rstrip() for line in output), "```"]))
