"""A full disk, a broken one, no descriptors, a closed terminal.

Told plainly, nothing lost, nothing half done.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from forecastlog.ledger.files import LOCK, TEMPORARY
from tests.faults.ledgers import ARTICLE, COMMANDS, examine, make, state
from tests.faults.test_commands_killed import environment

WRITES = ("add-article", "resolve", "forecast-by-somebody-new", "fill", "due-new")


def forecastlog(
    project: Path, *arguments: str, prefix: tuple[str, ...] = (), **more: object
) -> subprocess.CompletedProcess[str]:
    more = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
    return subprocess.run(  # type: ignore[call-overload,no-any-return]  # the caller's own keywords
        [*prefix, sys.executable, "-m", "forecastlog", *arguments],
        cwd=project,
        env=environment(),
        text=True,
        check=False,
        **more,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    make(folder, "resolve")
    return folder


def failing(call: str, error: str, number: str) -> tuple[str, ...]:
    return (
        "strace",
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "-e",
        f"trace={call}",
        "-e",
        f"inject={call}:error={error}:when={number}",
    )


def one_sentence(done: subprocess.CompletedProcess[str]) -> None:
    """Nothing but the command's own words: no traceback, and the failure is told."""
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == 0 or "Error: " in done.stderr, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize(
    ("call", "error"),
    [
        ("write", "ENOSPC"),
        ("write", "EINTR"),
        ("fsync", "EIO"),
        ("fchmod", "EPERM"),
        ("rename", "EROFS"),
        ("link", "EACCES"),
        ("flock", "ENOLCK"),
    ],
)
def test_every_call_fails_once(tmp_path: Path, name: str, call: str, error: str) -> None:
    project = tmp_path / "project"
    make(project, name)
    before = state(project)
    assert forecastlog(project, *COMMANDS[name]).returncode == 0
    after = state(project)
    for number in range(1, 12):
        make(project, name)
        done = forecastlog(project, *COMMANDS[name], prefix=failing(call, error, str(number)))
        one_sentence(done)
        examine(project, before, after, done.stderr, name)
        if done.returncode == 0 and state(project) == after and number > 8:
            break


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 kB in a folder of its own; an ordinary folder for whoever may not mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = mount("-t", "tmpfs", "-o", "size=64k", "none", str(folder))
    yield folder
    if mounted:
        subprocess.run(["umount", str(folder)], check=True)


def mount(*arguments: str) -> bool:
    return subprocess.run(["mount", *arguments], check=False, capture_output=True).returncode == 0


@pytest.mark.slow
def test_a_disk_that_is_really_full(small: Path) -> None:
    project = small / "project"
    make(project, "resolve")
    before = state(project)
    prefix: tuple[str, ...] = ()
    if small.is_mount():
        (small / "rest").write_bytes(b"x" * 30_000)
        with suppress(OSError), (small / "more").open("wb", buffering=0) as file:
            while True:
                file.write(b"x" * 512)
    else:
        prefix = failing("fsync", "ENOSPC", "1+")
    done = forecastlog(project, *COMMANDS["resolve"], prefix=prefix)
    assert (done.returncode, "no space left on device" in done.stderr) == (1, True), done.stderr
    one_sentence(done)
    assert state(project) == before
    (small / "more").unlink(missing_ok=True)
    assert forecastlog(project, *COMMANDS["resolve"]).returncode == 0


@pytest.mark.slow
def test_a_file_system_that_is_read_only(small: Path) -> None:
    project = small / "project"
    make(project, "resolve")
    before = state(project)
    if small.is_mount():
        assert mount("-o", "remount,ro", str(small))
    else:
        project.joinpath("predictions").chmod(0o500)
    done = forecastlog(project, *COMMANDS["resolve"])
    assert done.returncode == 1
    assert "read-only file system" in done.stderr or "permission denied" in done.stderr
    one_sentence(done)
    assert state(project) == before
    if not small.is_mount():
        project.joinpath("predictions").chmod(0o700)


FEW_DESCRIPTORS = """
import resource, sys
import forecastlog.compose, forecastlog.cli.resolve, forecastlog.ledger.merge
from forecastlog.cli.main import main
resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[1]),) * 2)
main(sys.argv[2:])
"""


def test_too_few_descriptors(project: Path) -> None:
    before = state(project)
    outcomes = []
    for limit in range(3, 9):
        make(project, "resolve")
        done = subprocess.run(
            [sys.executable, "-c", FEW_DESCRIPTORS, str(limit), *COMMANDS["resolve"]],
            cwd=project,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        one_sentence(done)
        outcomes.append(done.returncode)
        if done.returncode:
            assert state(project) == before, done.stderr
    assert outcomes[0] == 1
    assert 0 in outcomes


@pytest.mark.slow
def test_a_lock_that_is_held_and_one_that_a_dead_process_left(project: Path) -> None:
    before = state(project)
    lock = project / "predictions" / LOCK
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = forecastlog(project, *COMMANDS["resolve"])
        assert done.returncode == 4
        assert "another command" in done.stderr
        assert state(project) == before
    assert lock.exists()
    assert forecastlog(project, *COMMANDS["resolve"]).returncode == 0


def test_a_clock_that_goes_back(project: Path) -> None:
    for day, name in (("2025-06-03", "resolve"), ("2025-06-01", "forecast"), ("2024-01-01", "amend")):
        done = forecastlog(project, *COMMANDS[name], "--today", day)
        one_sentence(done)
        assert done.returncode in (0, 1)
    assert forecastlog(project, "check").returncode in (0, 1)
    assert 'by: "Kim"' in (project / "predictions" / "talks.yaml").read_text()


FULL = "/dev/full"


@pytest.mark.parametrize("name", ["resolve", "add-article"])
def test_nobody_hears_that_it_was_written(tmp_path: Path, name: str) -> None:
    """It is written, and the code says so: a script that saw a failure would write it again."""
    project = tmp_path / "project"
    make(project, name)
    assert forecastlog(project, *COMMANDS[name]).returncode == 0
    after = state(project)
    for shell in (f"> {FULL}", f"2> {FULL}", f"> {FULL} 2>&1", ">&-", "2>&-", ">&- 2>&-"):
        make(project, name)
        done = forecastlog(project, *COMMANDS[name], prefix=("sh", "-c", f'exec "$@" {shell}', "sh"))
        assert state(project) == after, shell
        assert "Traceback" not in done.stderr, (shell, done.stderr)
        assert done.returncode == 0, (shell, done)


def test_a_listing_that_cannot_be_printed_fails(project: Path) -> None:
    for shell in (f"> {FULL}", ">&-"):
        done = forecastlog(project, "due", "--new", prefix=("sh", "-c", f'exec "$@" {shell}', "sh"))
        assert done.returncode == 1, (shell, done)
        assert "Traceback" not in done.stderr
        assert not (project / "predictions" / ".due.json").exists(), "what was not delivered comes again"


def saving(project: Path, monkeypatch: pytest.MonkeyPatch, accident: Callable[[], object]) -> int:
    """Run a command in this process, with an accident just before the file would be replaced."""
    from forecastlog.cli.main import main

    fsync = os.fsync
    happened: list[int] = []

    def flush(descriptor: int) -> None:
        fsync(descriptor)
        if not happened:
            happened.append(1)
            accident()

    monkeypatch.chdir(project)
    monkeypatch.setenv("FORECASTLOG_TODAY", "2025-06-01")
    monkeypatch.setattr(os, "fsync", flush)
    with pytest.raises(SystemExit) as end:
        main([*COMMANDS["resolve"]])
    assert isinstance(end.value.code, int)
    return end.value.code


def test_an_editor_that_saves_at_the_wrong_moment(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = project / "predictions" / "talks.yaml"
    theirs = ARTICLE.replace("Aid ends.", "All aid ends.")
    assert saving(project, monkeypatch, lambda: path.write_text(theirs)) == 4
    assert path.read_text() == theirs


def test_an_editor_that_saves_by_renaming(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = project / "predictions" / "talks.yaml"

    def save() -> None:
        (path.parent / "talks.yaml~").write_text(ARTICLE + "# mine\n")
        (path.parent / "talks.yaml~").rename(path)

    assert saving(project, monkeypatch, save) == 4
    assert path.read_text() == ARTICLE + "# mine\n"


def test_a_file_that_becomes_a_link(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, elsewhere = project / "predictions" / "talks.yaml", project / "elsewhere.yaml"

    def link() -> None:
        path.rename(elsewhere)
        path.symlink_to(elsewhere)

    assert saving(project, monkeypatch, link) == 4
    assert path.is_symlink()
    assert elsewhere.read_text() == ARTICLE


def test_a_folder_that_is_renamed_meanwhile(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project / "predictions"
    assert saving(project, monkeypatch, lambda: root.rename(project / "other")) in (1, 4)
    assert (project / "other" / "talks.yaml").read_text() == ARTICLE
    assert not root.exists()
    assert forecastlog(project, *COMMANDS["resolve"], "--ledger", "other").returncode == 0
    assert not list((project / "other").glob(f"*{TEMPORARY}"))
