"""What commands print, for the pages: each page's cog blocks call ``shell`` on the real ledger."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
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
