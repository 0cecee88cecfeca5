"""Every command that writes, killed at every system call: each file is the old one or the new one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.ledgers import COMMANDS, TODAY, TYPED, examine, make, state

ROOT = Path(__file__).parents[2]
CHANGING = re.compile(r"open|write|fsync|fchmod|close|rename|link|mkdir|flock|exit")
"""What a system call's name has in it that changes something; a kill at another one is no other accident."""


def environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("FORECASTLOG_", "GIT_"))}
    kept.pop("PYTHONUNBUFFERED", None)  # who runs a command by hand has what it says held back
    given = {
        "FORECASTLOG_TODAY": TODAY,
        "FORECASTLOG_BY": "Kim",
    }  # git, asked for a name, may be the one that fails
    return kept | given | {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}


def test_killed_at_every_call_that_writes(tmp_path: Path) -> None:
    """Of one command that writes two files; the slow tests have them all."""
    kill_at_python_calls(tmp_path, "forecast-by-somebody-new")


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_killed_at_every_call_that_writes(tmp_path: Path, name: str) -> None:
    kill_at_python_calls(tmp_path, name)


def kill_at_python_calls(folder: Path, name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.dying", str(folder), name],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 10, "a file is written in half a dozen calls, each the last once or twice"


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_killed_by_strace(tmp_path: Path, name: str) -> None:
    assert kill_by_strace(tmp_path, name, CHANGING) > 5


def kill_by_strace(folder: Path, name: str, pattern: re.Pattern[str]) -> int:
    """Kill the command at every system call that ``pattern`` finds from its lock on; the number of kills."""
    project, kills = folder / "project", 0
    make(project, name)
    before = state(project)
    trace = folder / "trace"
    command = [sys.executable, "-m", "forecastlog", *COMMANDS[name]]
    strace = ["strace", "-f", "-qq", "-o"]
    typed = TYPED.get(name, "")
    subprocess.run(
        [*strace, str(trace), *command],
        cwd=project,
        env=environment(),
        check=True,
        capture_output=True,
        input=typed,
        text=True,
    )
    after = state(project)
    for call, number in calls_from_the_lock_on(trace.read_text(encoding="utf-8", errors="replace")):
        if not pattern.search(call):
            continue
        make(project, name)
        inject = ["-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={number}"]
        done = subprocess.run(
            [*strace, "/dev/null", *inject, *command],
            cwd=project,
            env=environment(),
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )
        kills += done.returncode == -9
        examine(project, before, after, done.stderr, name)
    return kills


def calls_from_the_lock_on(trace: str) -> list[tuple[str, int]]:
    """The system calls of the first process: each one's name, and how many of that name it makes it."""
    found, counts, process = [], Counter[str](), trace.split(maxsplit=1)[0]
    locked = False
    for line in trace.splitlines():
        match = re.match(rf"{process} +(\w+)\(", line)
        if match:
            counts[match[1]] += 1
            locked = locked or "/.lock" in line
            if locked:
                found.append((match[1], counts[match[1]]))
    return found
