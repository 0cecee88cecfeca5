"""What no person means to type, and what a service manager leaves away: one sentence, never a traceback."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from forecastlog.cli.main import main

from .conftest import Run

Shell = Callable[..., "subprocess.CompletedProcess[bytes]"]


def paths() -> Iterator[tuple[str, str]]:
    """Every option that takes a path, with its command."""
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        for option in command.params if command else []:
            if isinstance(option.type, click.Path) and isinstance(option, click.Option):
                yield name, option.opts[0]


@pytest.mark.parametrize(("command", "option"), sorted(paths()))
def test_an_empty_path_is_wrong_usage(run: Run, command: str, option: str) -> None:
    result = run(command, option, "")
    assert result.exit_code == 2
    assert "a path cannot be empty" in result.stderr


CLOSED: list[tuple[tuple[str, ...], tuple[int, ...]]] = [
    (("review", "--by", "a"), (0,)),
    (("review", "--by", "a", "aid-ends"), (0,)),
    (("add", "talks-2025"), (1, 2)),
    (("add", "--article"), (1, 2)),
    (("add", "talks-2025", "--batch", "-"), (1, 2)),
    (("fill",), (0,)),
    (("resolve", "aid-ends", "yes"), (1, 2)),
    (("due",), (0,)),
]


@pytest.mark.parametrize(("command", "codes"), CLOSED, ids=lambda value: " ".join(map(str, value)))
def test_standard_input_may_be_closed(
    shell: Shell, project: Path, command: tuple[str, ...], codes: tuple[int, ...]
) -> None:
    done = shell(*command, env={"FORECASTLOG_TODAY": "2025-08-01"}, preexec_fn=lambda: os.close(0))
    assert b"Traceback" not in done.stderr
    assert done.returncode in codes, done.stderr


@pytest.mark.parametrize("host", ["a" * 300, "b\udcffd", "x." + "y" * 64, ".", "a..b"])
def test_a_host_that_is_none(run: Run, host: str) -> None:
    assert run("build").exit_code == 0
    result = run("serve", "--host", host, "--port", "0")
    assert result.exit_code in (1, 2)
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1


def test_a_form_that_is_no_text(run: Run, project: Path) -> None:
    (project / "form.yaml").write_bytes(b"claim: \xff\xfe\x00")
    for edit in ([], ["--edit"]):
        result = run("add", "talks-2025", "--batch", "form.yaml", *edit)
        assert (result.exit_code, result.stderr) == (
            2,
            "Error: --batch is no text in UTF-8. Save it as one.\n",
        )


def test_a_folder_that_holds_no_ledger_is_not_read(run: Run, project: Path) -> None:
    other = project / "reports"
    (other / "2025").mkdir(parents=True)
    (other / "compose.yaml").write_text("services: {}\n")
    (other / "2025" / "notes.yaml").write_text("articles: []\n")
    for command in (["check"], ["build"], ["list"], ["due"], ["add", "--article"]):
        result = run(*command, "--ledger", str(other))
        assert result.exit_code == 1
        assert result.stderr.startswith(f"Error: {other} is no ledger: there is no forecastlog.toml")


@pytest.mark.parametrize("kept", ["forecastlog.toml", "people.yaml", "talks.yaml", "2025/talks.yaml"])
def test_a_ledger_s_file_makes_a_ledger(run: Run, project: Path, kept: str) -> None:
    source = project / "predictions" / Path(kept).name
    target = project / "elsewhere" / kept
    target.parent.mkdir(parents=True)
    target.write_bytes(source.read_bytes())
    assert "is no ledger" not in run("check", "--ledger", str(project / "elsewhere")).stderr
