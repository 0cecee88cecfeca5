"""What commands print, for the pages: each page's cog blocks call ``shell`` on the real ledger."""

from __future__ import annotations

import atexit
import contextlib
import os
import pty
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TODAY = "2026-11-28"
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


def excerpt(path: str, record_id: str) -> None:
    """Print one record of a ledger's file as it stands there."""
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    start = lines.index(f"  - id: {record_id}")
    end = next(
        (n for n in range(start + 1, len(lines)) if lines[n].startswith("  - ") or not lines[n]), len(lines)
    )
    print("\n".join(["```yaml", *lines[start:end], "```"]))


def typed(part: str) -> None:
    """Print the commands of one part of the demonstration ledger, as they are typed."""
    text = (ROOT / "tests" / "demonstration" / "commands.txt").read_text(encoding="utf-8")
    body = text.split(f"## {part}\n")[1].split("\n\n## ")[0].rstrip().splitlines()
    lines = []
    for number, line in enumerate(body):
        more = " \\" if number + 1 < len(body) and body[number + 1].startswith("  ") else ""
        told = line if line.startswith("  ") else f"$ forecastlog {line.partition(' ')[2]}"
        lines.append(told + more)
    print("\n".join(["```console", *lines, "```"]))


def keys() -> None:
    """Print a table of keys for every kind of entry, from the tables that the reader uses."""
    from forecastlog.ledger import tables

    for table in _tables(tables.FILE) + _tables(tables.PEOPLE) + _tables(tables.EVENTS):
        print(f"\n### {table.name[:1].upper()}{table.name[1:]}\n\n| key | meaning |\n|---|---|")
        for key in table.keys:
            print(f"| `{key.name}`{' (needed)' if key.required else ''} | {key.meaning} |")


def _tables(table: Any) -> list[Any]:
    """A table and those that its keys hold, each once, in their order."""
    found = [table]
    for key in table.keys:
        for way in getattr(key.reader, "ways", (key.reader,)):
            reader = way
            while hasattr(reader, "of") or hasattr(reader, "table"):
                reader = reader.of if hasattr(reader, "of") else reader.table
            if hasattr(reader, "keys"):
                found += [inner for inner in _tables(reader) if inner not in found]
    return found


class Afternoon:
    """A ledger in a folder of its own, in which a page's commands are typed one after the other."""

    HOME = "/home/mara"
    """Where the folder is said to be: where it really lies is nobody's business."""

    def __init__(self, article: str) -> None:
        self.home = Path(tempfile.mkdtemp())
        atexit.register(shutil.rmtree, self.home, ignore_errors=True)
        self.folder = self.home / "forecasts"
        self.folder.mkdir()
        shutil.copy(ROOT / "docs" / article, self.folder / "article.txt")
        self.today = TODAY

    def environment(self) -> dict[str, str]:
        """What the commands see of the world: a person, a day, and a terminal of 96 columns."""
        moment = f"{self.today}T12:00:00+00:00"
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_COUNT": "2",
            "GIT_CONFIG_KEY_0": "user.name",
            "GIT_CONFIG_VALUE_0": "Mara Desk",
            "GIT_CONFIG_KEY_1": "user.email",
            "GIT_CONFIG_VALUE_1": "mara@example.org",
            "GIT_AUTHOR_DATE": moment,
            "GIT_COMMITTER_DATE": moment,
            "COLUMNS": "96",
            "NO_COLOR": "1",
            "FORECASTLOG_TODAY": self.today,
            "LC_ALL": "C.UTF-8",
        }

    def shell(self, *commands: str, lines: int | None = None) -> None:
        """Print the commands with what each one printed."""
        shown = []
        for command in commands:
            done = subprocess.run(  # noqa: S602  # our own pages' commands, as a person types them
                self._ours(command),
                shell=True,
                cwd=self.folder,
                env=self.environment(),
                capture_output=True,
                check=True,
            )
            output = self._placed((done.stdout + done.stderr).decode()).splitlines()
            if lines is not None and len(output) > lines:
                output = [*output[:lines], "..."]
            shown += [f"$ {command}", *(line.rstrip() for line in output)]
        print("\n".join(["```console", *shown, "```"]))

    def typed(self, command: str, *answers: tuple[str, str]) -> None:
        """Print the command as it goes at a terminal, each answer given when its question stands there."""
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(self.folder)
            arguments = [sys.executable, "-m", *shlex.split(command)]
            os.execve(sys.executable, arguments, self.environment())  # noqa: S606  # no shell wanted
        text, seen = "", 0
        for question, answer in answers:
            while question not in text[seen:]:
                text += os.read(terminal, 4096).decode()
            seen = text.index(question, seen) + len(question)
            os.write(terminal, f"{answer}\n".encode())
        with contextlib.suppress(OSError):  # Linux's way to say that the other side is gone
            while part := os.read(terminal, 4096):
                text += part.decode()
        os.close(terminal)
        _, status = os.waitpid(pid, 0)
        if status:
            raise RuntimeError(text)
        lines = self._placed(text).replace("\r", "").rstrip().splitlines()
        print("\n".join(["```console", f"$ {command}", *(line.rstrip() for line in lines), "```"]))

    def _ours(self, command: str) -> str:
        ours = f"{shlex.quote(sys.executable)} -m forecastlog"
        return (
            f"{ours}{command.removeprefix('forecastlog')}" if command.startswith("forecastlog ") else command
        )

    def _placed(self, text: str) -> str:
        return text.replace(str(self.home), self.HOME)
