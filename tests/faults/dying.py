"""Runs a command that dies at each of its system calls in turn; started by test_commands_killed.py.

A child is forked for every call, with everything imported already, and kills itself behind the call, or
when half of the bytes are written.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from forecastlog.cli.main import main
from tests.faults.ledgers import COMMANDS, TODAY, TYPED, examine, make, state

CALLS = ("open", "write", "fchmod", "fsync", "close", "replace", "link", "unlink", "mkdir")


def run(project: Path, name: str, *, fatal: int, half: bool) -> tuple[bool, str]:
    """Run the command; whether it was killed behind its call number ``fatal``, and what it had said.

    With ``half`` only calls that write count, and half of the bytes are written.
    """
    output, typed = project.with_name("output"), project.with_name("typed")
    typed.write_text(TYPED.get(name, ""), encoding="utf-8")
    child = os.fork()
    if child == 0:
        os.chdir(project)
        os.dup2(os.open(typed, os.O_RDONLY), 0)
        for descriptor in (1, 2):
            os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), descriptor)
        count = [0]
        for call in ("write",) if half else CALLS:
            setattr(os, call, deadly(call, fatal, count, half=half))
        main([*COMMANDS[name]])
        os._exit(0)
    killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
    return killed, output.read_text(encoding="utf-8")


def deadly(name: str, fatal: int, count: list[int], *, half: bool) -> Callable[..., Any]:
    original = getattr(os, name)
    write = os.write

    def call(*arguments: Any, **options: Any) -> Any:
        count[0] += 1
        if count[0] == fatal and half:
            write(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        mine = count[0]
        try:
            return original(*arguments, **options)
        finally:
            if mine == fatal:
                os.kill(os.getpid(), signal.SIGKILL)

    return call


def kill_everywhere(folder: Path, name: str) -> int:
    """The number of kills after all of which the ledger was whole."""
    project = folder / "project"
    make(project, name)
    before = state(project)
    killed, _ = run(project, name, fatal=10**9, half=False)
    assert not killed
    after = state(project)
    kills = 0
    for half in (False, True):
        for fatal in range(1, 1000):
            make(project, name)
            killed, said = run(project, name, fatal=fatal, half=half)
            examine(project, before, after, said, name)
            if not killed:
                break
            kills += 1
            run(project, name, fatal=10**9, half=False)
            again = state(project)
            assert all(file in again for file in after), "given again, the command does its work"
    return kills


if __name__ == "__main__":
    for module in (
        "cli.add",
        "cli.due",
        "cli.init",
        "compose",
        "database",
        "deadlines",
        "standing.delivered",
        "ledger.merge",
    ):
        import_module(f"forecastlog.{module}")  # once here, and not in every child
    os.environ |= {"FORECASTLOG_TODAY": TODAY, "PYTHONHASHSEED": "0"}
    print(kill_everywhere(Path(sys.argv[1]), sys.argv[2]))
