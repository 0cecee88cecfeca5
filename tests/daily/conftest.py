"""The small ledger of the command line's tests, and ways to change what it says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run, project, run, shell

__all__ = ["Run", "project", "run", "shell"]


@pytest.fixture
def enter(project: Path) -> Callable[..., None]:
    """Record an outcome of ``aid-ends`` by hand, as an analyst's editor would."""
    path = project / "predictions" / "talks.yaml"
    forecasts = '      - {words: "may", low: 0.25, high: 0.51, scale: fl-1, basis: possible}\n'
    entries: list[str] = []

    def append(outcome: str, recorded: str) -> None:
        entries.append(
            f"      - {{outcome: {outcome}, known: {recorded}, recorded: {recorded}, by: Kim, "
            'evidence: ["https://news.example/2"]}\n'
        )
        head, _, tail = path.read_text(encoding="utf-8").partition(forecasts)
        _, _, others = tail.partition("  - id: truce-holds\n")
        own = "    resolutions:\n" + "".join(entries)
        path.write_text(f"{head}{forecasts}{own}  - id: truce-holds\n{others}", encoding="utf-8")

    return append
