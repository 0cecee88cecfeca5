"""Entries longer than a line are written a key a line by every command that writes one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from forecastlog.checks import check
from forecastlog.ledger import load
from forecastlog.ledger.quoting import LINE
from tests.cli.conftest import Run

TODAY = date(2026, 11, 23)
LONG = (
    "told at such a length that no line of a screen could hold it together with the day, "
    "the name and the rest"
)
LINK = "https://news.example/1"


def longest(root: Path) -> int:
    return max(
        len(line) for path in root.glob("*.yaml") for line in path.read_text(encoding="utf-8").splitlines()
    )


def test_every_command_writes_lines_that_fit(project: Path, run: Run) -> None:
    root = project / "predictions"
    more = ("--today", "2026-11-23", "--by", "Kim")
    for command in (
        ("amend", "aid-package-2025", "--settled-by", LONG[:70], "--why", "criteria", "--by", "Kim"),
        ("resolve", "aid-package-2025", "no", "--evidence", LINK, "--searched", LONG, "--note", LONG, *more),
        ("resolve", "talks-begin", "met", "--known", "2025-06-01", "--evidence", LINK, "--note", LONG, *more),
        (
            "forecast",
            "aid-ends",
            "70%",
            "--speaker",
            "crowd",
            "--url",
            LINK,
            "--note",
            LONG,
            "--today",
            "2026-11-23",
        ),
    ):
        done = run(*command)
        assert done.exit_code == 0, (command, done.output)
    assert longest(root) <= LINE
    assert [one for one in check(load(root), today=TODAY) if one.severity == "error"] == []
