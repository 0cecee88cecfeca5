"""Files that are made from the ledger: no name typed by mistake costs anybody a file."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from .conftest import Run

COMMANDS = [("build", "--db"), ("build", "--in-place", "--db"), ("build", "--metadata-only")]
Make = Callable[[Path], Path]


def text(folder: Path) -> Path:
    path = folder / "notes.txt"
    path.write_text("Call Ada back.\n")
    return path


def empty(folder: Path) -> Path:
    path = folder / "empty"
    path.touch()
    return path


def foreign_database(folder: Path) -> Path:
    path = folder / "addresses.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table build (id)")
        connection.commit()
    return path


def foreign_json(folder: Path) -> Path:
    path = folder / "package.json"
    path.write_text('{"databases": {"mine": {"tables": {"predictions": {}}}}}')
    return path


def link(folder: Path) -> Path:
    path = folder / "link"
    path.symlink_to(text(folder))
    return path


def dangling(folder: Path) -> Path:
    path = folder / "dangling"
    path.symlink_to(folder / "nowhere")
    return path


def device(folder: Path) -> Path:
    path = folder / "device"
    path.symlink_to("/dev/stdout")
    return path


def fifo(folder: Path) -> Path:
    path = folder / "fifo"
    os.mkfifo(path)
    return path


def bound(folder: Path) -> Path:
    path = folder / "socket"
    here = Path.cwd()
    os.chdir(folder)  # the name of a socket may not be long
    with closing(socket.socket(socket.AF_UNIX)) as made:
        made.bind("socket")
    os.chdir(here)
    return path


def people(folder: Path) -> Path:
    return folder / "predictions" / "people.yaml"


def new_in_the_ledger(folder: Path) -> Path:
    return folder / "predictions" / "site" / "new.db"


def ledger_through_a_link(folder: Path) -> Path:
    (folder / "way").symlink_to(folder / "predictions")
    return folder / "way" / "talks.yaml"


PLACES = [
    text,
    empty,
    foreign_database,
    foreign_json,
    link,
    dangling,
    device,
    fifo,
    bound,
    people,
    new_in_the_ledger,
    ledger_through_a_link,
]


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path): (path.lstat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in sorted(folder.rglob("*"))
    }


@pytest.mark.parametrize("make", PLACES, ids=lambda make: make.__name__)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_only_what_forecastlog_made_is_replaced(
    project: Path, run: Run, make: Make, command: tuple[str, ...]
) -> None:
    path = make(project)
    before = state(project)
    result = run(*command, str(path))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {path} ")
    assert state(project) == before


def test_a_device_is_not_replaced(run: Run) -> None:
    for path in ("/dev/stdout", "/dev/stderr", "/dev/null", "/dev/fd/1", "/proc/self/fd/1"):
        for command in COMMANDS:
            result = run(*command, path)
            assert result.exit_code == 1, (path, command)
            assert result.stderr.startswith(f"Error: {path} is "), result.stderr


def test_what_forecastlog_made_is_replaced(project: Path, run: Run) -> None:
    for command, name in ((COMMANDS[0], "x.db"), (COMMANDS[1], "x.db"), (COMMANDS[2], "x.json")):
        assert [run(*command, str(project / name)).exit_code for _ in range(2)] == [0, 0]
    old = project / "x.db"
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("pragma application_id = 0")  # as the first builds were
        connection.commit()
    assert run("build", "--db", str(old)).exit_code == 0


def test_a_plot_replaces_plots_alone(project: Path, run: Run) -> None:
    drawing = project / "logo.svg"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg"></svg>')
    before = drawing.read_bytes()
    result = run("calibration", "--plot", str(drawing))
    assert (result.exit_code, result.stderr.split(",")[0]) == (
        1,
        f"Error: {drawing} is no plot that forecastlog drew",
    )
    assert drawing.read_bytes() == before


def test_leftovers_of_killed_builds_are_swept_and_nothing_else(project: Path, run: Run) -> None:
    with subprocess.Popen(["true"]) as ended:
        pass
    dead, alive = ended.pid, os.getppid()
    swept = [f".x.db.{dead}.new", f".x.db.{dead}.new-journal"]
    kept = [f".x.db.{alive}.new", f".y.db.{dead}.new", f".x.db.{dead}.new.txt", f"x.db.{dead}.new"]
    for name in (*swept, *kept):
        (project / name).write_text("half a database")
    (project / f".x.db.{dead}0.new").mkdir()
    long_ago = project / f".x.db.{alive}.new-wal"
    long_ago.touch()
    os.utime(long_ago, (time.time() - 2 * 86_400,) * 2)
    assert run("build", "--db", "x.db").exit_code == 0
    assert [name for name in swept if (project / name).exists()] == []
    assert not long_ago.exists()
    assert [name for name in kept if not (project / name).exists()] == []
    assert (project / f".x.db.{dead}0.new").is_dir()
