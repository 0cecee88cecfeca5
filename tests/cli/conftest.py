"""A small ledger on disk, and ways to run the command line on it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from forecastlog.cli.main import main

PEOPLE = """\
forecasters:
  - {id: ada-smith, name: Ada Smith, also: ["A. Smith"]}
  - {id: crowd, name: The Crowd, kind: market}
  - {id: example-review, name: Example Review, kind: outlet}
"""
ARTICLE = """\
article:
  id: talks-2025
  title: "What the talks will bring"
  authors: [ada-smith]
  publisher: Example Review
  published: 2025-03-19
conditions:
  - id: talks-begin
    text: The talks begin.
    by: 2025-12-31
  - id: talks-end
    text: The talks end.
    by: 2025-08-31
    resolutions:
      - {outcome: unmet, known: 2025-09-01, recorded: 2025-09-02, by: Kim, evidence: ["https://news.example/1"]}
predictions:  # in the order of the text
  - id: aid-package-2025
    claim: A new aid package is announced.
    quote: "highly unlikely that another package comes"
    logged: 2025-03-20
    deadline: {earliest: 2025-03-19, strict: 2026-03-19, latest: 2026-03-19, basis: default,
      rule: twelve-months, convention: fl-1}
    criteria: Yes on a package with contents or value.
    settled_by: the ministry's announcement
    status_quo: no
    tags: [aid, ukraine]
    forecasts:
      - {words: "highly unlikely", probability: 0.05, low: 0.05, high: 0.20, scale: fl-1, basis: worded}
      - {made: 2025-03-20, by: crowd, probability: 0.12, url: "https://market.example/q", basis: stated}
  - id: aid-ends
    claim: "=Aid ends in 基辅"
    logged: 2025-03-20
    deadline: {words: "by early summer 2025", earliest: 2025-03-19, strict: 2025-05-31, latest: 2025-06-30,
               basis: worded, rule: by, convention: fl-1}
    criteria: Yes when the last delivery is reported.
    settled_by: the ministry's announcement
    forecasts:
      - {words: "may", low: 0.25, high: 0.51, scale: fl-1, basis: possible}
  - id: truce-holds
    claim: The truce holds for a month.
    given: talks-end
    logged: 2025-03-20
    deadline: {earliest: 2025-03-19, strict: 2026-03-19, latest: 2026-03-19, basis: default,
      rule: twelve-months, convention: fl-1}
    criteria: Yes when no shelling is reported for a month.
    settled_by: the monitors' reports
    forecasts:
      - {words: "likely", probability: 0.75, low: 0.55, high: 0.80, scale: fl-1, basis: worded}
"""

Run = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a ledger of one article, the current one.

    No setting of the person who runs the tests counts.
    """
    ledger = tmp_path / "predictions"
    ledger.mkdir()
    (ledger / "forecastlog.toml").write_text("format = 1\n")
    (ledger / "people.yaml").write_text(PEOPLE)
    (ledger / "talks.yaml").write_text(ARTICLE, encoding="utf-8")
    for name in ("LEDGER", "TODAY", "BY"):
        monkeypatch.delenv(f"FORECASTLOG_{name}", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(project: Path) -> Run:
    """Run a command line in the project, as on 1 June 2025 unless it says otherwise."""

    def invoke(*args: str, **more: object) -> Result:
        env = {"FORECASTLOG_TODAY": "2025-06-01"}
        result = CliRunner(env=env).invoke(main, list(args), catch_exceptions=True, **more)  # type: ignore[arg-type]
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


@pytest.fixture
def shell(project: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run a command line as a process of its own."""

    def process(*args: str, **more: object) -> subprocess.CompletedProcess[bytes]:
        env = {**os.environ, "FORECASTLOG_TODAY": "2025-06-01", **dict(more.pop("env", {}))}  # type: ignore[call-overload]
        more.setdefault("stdout", subprocess.PIPE)
        return subprocess.run(  # type: ignore[call-overload,no-any-return]  # the caller's own keywords
            [sys.executable, "-m", "forecastlog", *args],
            cwd=project,
            env=env,
            stderr=subprocess.PIPE,
            check=False,
            **more,
        )

    return process
