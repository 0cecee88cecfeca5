"""``due --new``: what is told once, what is told again, and what is remembered when."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecastlog.ledger import load
from forecastlog.standing.delivered import MEMORY, Memory, recall

from .conftest import Run

MAYBE, DUE = "2025-06-01", "2025-07-01"
"""The days on which ``aid-ends`` is maybe due and due; nothing else of the ledger is by then."""


def told(run: Run, day: str, *args: str) -> list[str]:
    result = run("due", "--new", "--json", "--today", day, *args)
    assert (result.exit_code, result.stderr) == (0, "")
    return [row["id"] for row in json.loads(result.stdout)] if result.stdout else []


def test_an_item_is_told_once(run: Run) -> None:
    assert told(run, MAYBE) == ["aid-ends"]
    assert told(run, MAYBE) == []
    assert told(run, "2025-06-30") == []


def test_it_is_quiet_when_there_is_nothing(run: Run) -> None:
    for day in ("2025-05-01", MAYBE, MAYBE):
        result = run("due", "--new", "--today", day)
    assert (result.output, result.exit_code) == ("", 0)


def test_the_exit_code_is_of_what_is_new(run: Run) -> None:
    codes = [run("due", "--new", "--exit-code", "--today", day).exit_code for day in (MAYBE, MAYBE, DUE)]
    assert codes == [3, 0, 3]


def test_maybe_due_and_due_are_two_messages(run: Run) -> None:
    assert [told(run, day) for day in (MAYBE, DUE, DUE)] == [["aid-ends"], ["aid-ends"], []]


def test_what_comes_is_told_again_on_its_day(run: Run) -> None:
    # On 20 May the day to look is that of the strict reading; the generous one ends a month later.
    assert told(run, "2025-05-20", "--within", "30d") == ["aid-ends"]
    assert told(run, "2025-05-20", "--within", "30d") == []
    assert told(run, "2025-05-21") == []
    assert told(run, MAYBE) == ["aid-ends"]


@pytest.mark.parametrize("between", [True, False], ids=["with a run between", "without"])
def test_reopened_is_new_again(run: Run, enter: Callable[..., None], between: bool) -> None:
    assert told(run, DUE) == ["aid-ends"]
    enter("yes", "2025-07-02")
    if between:
        assert told(run, "2025-07-02") == []
    enter("reopened", "2025-07-03")
    assert told(run, "2025-07-03") == ["aid-ends"]
    assert told(run, "2025-07-04") == []


def test_a_new_deadline_is_new(run: Run, project: Path) -> None:
    assert told(run, DUE) == ["aid-ends"]
    path = project / "predictions" / "talks.yaml"
    path.write_text(path.read_text().replace("latest: 2025-06-30", "latest: 2025-07-10"))
    assert told(run, "2025-07-11") == ["aid-ends"]


def test_what_stays_open_is_named_again(run: Run) -> None:
    days = [DUE, "2025-07-07", "2025-07-08", "2025-07-14", "2025-07-15"]
    assert [len(told(run, day, "--remind", "7d")) for day in days] == [1, 0, 1, 0, 1]


def test_a_clock_that_was_ahead_silences_no_reminder(run: Run) -> None:
    assert told(run, "2025-12-01") == ["aid-ends"]
    assert told(run, DUE) == []
    assert told(run, DUE, "--remind", "7d") == ["aid-ends"]
    assert told(run, "2025-07-02", "--remind", "7d") == []


def test_an_earlier_day_forgets_nothing(run: Run) -> None:
    assert told(run, DUE) == ["aid-ends"]
    assert told(run, "2025-05-01") == []
    assert told(run, DUE) == []


def test_remind_alone_is_a_mistake(run: Run) -> None:
    result = run("due", "--remind", "7d")
    assert result.exit_code == 2
    assert "use the two together" in result.stderr


def test_the_memory_is_no_part_of_the_ledger(run: Run, project: Path) -> None:
    root = project / "predictions"
    told(run, DUE)
    memory = root / MEMORY
    assert json.loads(memory.read_text()) == {
        "format": 1,
        "told": {"aid-ends": {"kind": "due", "due_on": DUE, "reopened": 0, "on": DUE}},
    }
    assert stat.S_IMODE(memory.stat().st_mode) & 0o777 == 0o666 & ~_umask()
    assert not [problem for problem in load(root).problems if problem.span and MEMORY in problem.span.path]
    assert [path.name for path in root.iterdir() if path.name.endswith("tmp")] == []


def test_init_has_git_ignore_the_memory(run: Run, tmp_path: Path) -> None:
    assert run("init", "new").exit_code == 0
    assert MEMORY in (tmp_path / "new" / "predictions" / ".gitignore").read_text().splitlines()


BROKEN = [
    "",
    "{",
    "[]",
    "null",
    '{"format": 1}',
    '{"format": 1, "told": []}',
    "\udcff",
    "[" * 100_000,
    '{"format": 1, "told": {"a": {"kind": "due", "due_on": "someday", "reopened": 0, "on": "2025-07-01"}}}',
    '{"format": 1, "told": {"a": {"kind": 7, "due_on": "2025-07-01", "reopened": 0, "on": "2025-07-01"}}}',
]


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_memory_is_one_sentence_and_told_anew(run: Run, project: Path, text: str) -> None:
    path = project / "predictions" / MEMORY
    path.write_bytes(text.encode(errors="surrogateescape"))
    result = run("due", "--new", "--json", "--today", DUE)
    assert result.exit_code == 0
    assert result.stderr == (
        f"Warning: {Path('predictions', MEMORY)} cannot be read: its text is not what this program writes. "
        "It counts as if nothing had been delivered, and is written anew.\n"
    )
    assert '"aid-ends"' in result.stdout
    assert told(run, DUE) == []


def test_another_version_s_memory_is_said_to_be(run: Run, project: Path) -> None:
    (project / "predictions" / MEMORY).write_text('{"format": 2, "told": {}}')
    assert "it has the format 2, not 1" in run("due", "--new").stderr
    assert "Warning" not in run("due", "--new").stderr


@given(st.binary(max_size=80) | st.text(alphabet='{}[]":,0159-formattoldenu ', max_size=80).map(str.encode))
def test_no_memory_makes_it_fail(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    root = tmp_path_factory.getbasetemp()
    (root / MEMORY).write_bytes(data)
    assert isinstance(recall(root), Memory)


def test_nothing_is_remembered_when_nobody_could_read_it(project: Path, shell: Callable[..., object]) -> None:
    """The output goes to a full disk, then to a reader that has gone; after both it is told."""
    command = [sys.executable, "-m", "forecastlog", "due", "--new", "--today", DUE]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "Error: No space left on device.\n")
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")
    assert not (project / "predictions" / MEMORY).exists()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "aid-ends" in done.stdout
    assert (project / "predictions" / MEMORY).exists()


def test_a_memory_that_cannot_be_written_is_a_failure(run: Run, project: Path) -> None:
    (project / "predictions" / MEMORY).mkdir()
    result = run("due", "--new", "--today", DUE)
    assert result.exit_code == 1
    assert "aid-ends" in result.stdout
    assert result.stderr.splitlines()[-1] == (
        f"Error: {Path('predictions', MEMORY)} could not be written: is a directory."
    )
    assert [path.name for path in (project / "predictions").iterdir() if path.name.endswith("tmp")] == []


def test_checks_at_once_leave_a_whole_memory(project: Path) -> None:
    """Eight at a time.

    Each tells all that is new to it, together they remember it, and then there is nothing.
    """
    command = [sys.executable, "-m", "forecastlog", "due", "--new", "--json", "--today"]

    def check(day: str) -> str:
        return subprocess.run([*command, day], capture_output=True, text=True, check=True).stdout

    with ThreadPoolExecutor(8) as pool:
        outputs = list(pool.map(check, ["2026-04-01"] * 8))
    assert any(outputs)
    every = {"talks-begin", "aid-package-2025", "aid-ends"}
    assert all({row["id"] for row in json.loads(text)} == every for text in outputs if text)
    assert set(recall(project / "predictions").told) == every
    assert check("2026-04-01") == ""


def test_the_other_forms(run: Run) -> None:
    day = ("--today", "2026-04-01")
    markdown = run("due", "--markdown", *day).stdout
    assert markdown.startswith(
        "## Conditions whose day has passed (1)\n\n- **The talks begin.** (since 2026-01-01;"
    )
    assert (
        "- **=Aid ends in 基辅** (Ada Smith: “may” (no likelihood was given); since 2025-07-01; `aid-ends`)\n"
        in markdown
    )
    calendar = run("due", "--ics", *day).stdout_bytes
    assert calendar.count(b"BEGIN:VEVENT\r\n") == 3
    assert b"\r\nSUMMARY:Due: A new aid package is announced.\r\n" in calendar
    assert run("due", "--atom", *day).stdout.count("<entry>") == 3
    assert run("due", "--ics", "--today", "2025-05-01").stdout_bytes.startswith(b"BEGIN:VCALENDAR\r\n")
    assert run("due", "--ics", "--new", "--today", "2025-05-01").stdout == ""


def test_forms_that_do_not_go_together(run: Run) -> None:
    assert run("due", "--ics", "-c", "id").exit_code == 2
    assert run("due", "--json", "--notify", "json://127.0.0.1").exit_code == 2


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_due_says_what_its_speaker_took_back(run: Run, project: Path) -> None:
    path = project / "predictions" / "talks.yaml"
    path.write_text(
        path.read_text().replace("  - id: aid-ends\n", "  - id: aid-ends\n    withdrawn: {on: 2025-05-02}\n")
    )
    page = run("due", "--today", DUE).output
    assert "aid-ends was taken back on 2025-05-02, and is scored until then." in " ".join(page.split())
    assert "taken back on 2025-05-02" in run("due", "--today", DUE, "--markdown").output
    assert "Taken back on 2025-05-02." in run("due", "--today", DUE, "--atom").output
