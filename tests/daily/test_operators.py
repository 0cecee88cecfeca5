"""docs/operators.md is true: its units verify, its schedules parse, its cron lines fire."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from click.testing import CliRunner

from forecastlog.cli.main import main

from .conftest import Run

PAGE = (Path(__file__).parents[2] / "docs" / "operators.md").read_text(encoding="utf-8")
HERE = "/srv/forecasts"
PROGRAM = ".venv/bin/forecastlog"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def cron_lines() -> list[str]:
    return [line for line in "".join(blocks("")).splitlines() if line.startswith("0 7 * * *")]


def units() -> dict[str, str]:
    named = {}
    for block in blocks("ini"):
        first, _, rest = block.partition("\n")
        named[first.removeprefix("# /etc/systemd/system/")] = rest
    return named


def commands() -> set[str]:
    """Every call of forecastlog in the page's blocks, from whatever file."""
    found = re.findall(r"(?:bin/|&& |run: |\$ )forecastlog ([a-z][^\n&#]*)", "".join(blocks(r"\w*")))
    container = re.findall(r'CMD \["forecastlog", (.*)\]', PAGE)
    return {line.strip() for line in found} | {" ".join(re.findall(r'"([^"]*)"', line)) for line in container}


@pytest.mark.parametrize("line", sorted(commands()))
def test_every_command_of_the_page_has_those_options(line: str) -> None:
    name, *words = line.split()
    command = main.get_command(click.Context(main), name)
    path = [name, words[0]] if isinstance(command, click.Group) else [name]  # "export site"
    described = CliRunner().invoke(main, [*path, "--help"]).output
    for option in (word for word in words if word.startswith("--")):
        assert option in described, f"forecastlog {name} has no {option}"


def test_the_page_shows_what_it_should() -> None:
    assert len(cron_lines()) >= 2
    assert {"forecastlog-due.service", "forecastlog-due.timer", "forecastlog.service"} <= set(units())
    assert any("serve --live" in line for line in commands())


def test_the_hosted_schedule_is_yaml() -> None:
    (text,) = (block for block in blocks("yaml") if "schedule" in block)
    workflow: dict[Any, Any] = yaml.safe_load(text)
    # YAML 1.1 reads the key "on" as a truth value; the host does not.
    (schedule,) = workflow[True]["schedule"]
    assert re.fullmatch(r"[\d*/,-]+( [\d*/,-]+){4}", schedule["cron"])
    steps = workflow["jobs"]["due"]["steps"]
    assert {"uses", "run"} >= {key for step in steps for key in step} - {"with"}
    assert any("forecastlog due --exit-code" in step.get("run", "") for step in steps)


@pytest.mark.slow
def test_the_units_pass_systemd_s_own_check(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed (Debian: systemd)")
    program = tmp_path / PROGRAM
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for name, text in units().items():
        (tmp_path / name).write_text(text.replace(HERE, str(tmp_path)))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / name) for name in units())],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
    )
    ours = [line for line in done.stderr.splitlines() if str(tmp_path) in line or "forecastlog" in line]
    assert (done.returncode, ours) == (0, [])


@contextmanager
def mailbox(folder: Path) -> Iterator[int]:
    """A mail server on loopback that puts every message into ``folder``; its port."""
    controller = pytest.importorskip("aiosmtpd.controller", reason="aiosmtpd is not installed")

    class Box:
        async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's
            (folder / f"{time.time_ns()}.eml").write_bytes(envelope.content)
            return "250 OK"

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = controller.Controller(Box(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield port
    finally:
        server.stop()


@contextmanager
def cron(table: str) -> Iterator[Path]:
    """Debian's cron in the foreground with this table as root's; its own table comes back afterwards."""
    if not shutil.which("cron") or os.geteuid() != 0:
        pytest.skip("needs Debian's cron package and root: apt install cron, and run the tests as root")
    before = subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=False)
    subprocess.run(["crontab", "-"], input=table, text=True, check=True)
    daemon = subprocess.Popen(["cron", "-f"], stderr=subprocess.PIPE, text=True)
    try:
        time.sleep(0.5)
        assert daemon.poll() is None, f"cron did not start: {daemon.communicate()[1]}"
        yield Path()
    finally:
        daemon.terminate()
        daemon.communicate(timeout=20)
        if before.returncode == 0:
            subprocess.run(["crontab", "-"], input=before.stdout, text=True, check=True)
        else:
            subprocess.run(["crontab", "-r"], check=False)


@pytest.mark.slow
def test_cron_tells_each_thing_once(run: Run, project: Path) -> None:
    """The page's two lines, every minute: one into a file, one into a mail.

    In two minutes each speaks once.
    """
    into_file, by_mail = cron_lines()[:2]
    second = project / "second"
    shutil.copytree(project / "predictions", second / "predictions")
    for folder in (project, second):
        (folder / ".venv" / "bin").mkdir(parents=True)
        (folder / PROGRAM).symlink_to(Path(sys.executable).with_name("forecastlog"))
    inbox = project / "inbox"
    inbox.mkdir()
    output, runs = project / "due.txt", project / "runs.txt"
    with mailbox(inbox) as port:
        address = f"mailto://127.0.0.1:{port}?from=log@example.org&to=desk@example.org&mode=insecure"
        mail = re.sub(r"mailto://\S+", f'"{address}"', by_mail)
        lines = [
            f"{into_file.replace(HERE, str(project))} >>{output} 2>&1; date >>{runs}",
            f"{mail.replace(HERE, str(second))} >>{second}/said.txt 2>&1; date >>{runs}",
        ]
        table = "".join(line.replace("0 7 * * *", "* * * * *", 1) + "\n" for line in lines)
        with cron(f"SHELL=/bin/sh\n{table}"):
            end = time.monotonic() + 140
            while not runs.exists() or len(runs.read_text().splitlines()) < 4:
                assert time.monotonic() < end, f"cron has not run twice: {sorted(project.iterdir())}"
                time.sleep(0.5)
    assert output.read_text(encoding="utf-8").count("aid-ends") == 1
    assert (second / "said.txt").read_text() == ""
    (message,) = inbox.iterdir()
    text = message.read_text()
    assert "Subject: Forecast log: " in text
    assert re.search(r"^To: .*desk@example\.org", text, re.MULTILINE)
    assert (second / "predictions" / ".due.json").exists()
    assert date.today().year >= 2026  # noqa: DTZ011 - the clock that cron runs by is past every deadline here
