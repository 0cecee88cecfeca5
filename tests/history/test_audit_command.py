"""``forecastlog audit`` at the terminal: exit codes, --seen and --json."""

from __future__ import annotations

import json
import shutil

from click.testing import CliRunner, Result

from forecastlog.cli.main import main
from tests.history.desk import DECIDED, ESSAY
from tests.history.repository import TODAY, Repository
from tests.history.test_attacks import LATER, entry


def run(ledger: Repository, *words: str) -> Result:
    return CliRunner().invoke(
        main, ["audit", *words, "--ledger", str(ledger.root), "--today", TODAY.isoformat()]
    )


def test_a_commit_that_somebody_saw(ledger: Repository) -> None:
    seen = ledger.git("rev-parse", "HEAD").strip()[:12]
    result = run(ledger, "--seen", seen)
    assert (result.exit_code, f"Today's history builds on {seen}." in result.stderr) == (0, True)
    ledger.edit("probability: 0.95", "probability: 0.15", day=LATER)
    result = run(ledger, "--seen", seen)
    assert result.exit_code == 1
    assert "Brier     0.902 -> 0.022" in result.stdout


def test_a_history_that_was_rewritten(ledger: Repository) -> None:
    seen = ledger.git("rev-parse", "HEAD").strip()
    shutil.rmtree(ledger.folder / ".git")
    ledger.git("init", "-q", "-b", "main")
    ledger.commit(ESSAY.replace("0.95", "0.15"))
    ledger.commit(DECIDED.replace("0.95", "0.15"), day="2026-01-02")
    assert run(ledger).exit_code == 0
    result = run(ledger, "--seen", seen)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "today's history does not build on" in result.stderr
    assert run(ledger, "--seen", "--upload-pack=x").exit_code == 1
    assert run(ledger, "--seen", seen, "--since", "HEAD").exit_code == 2


def test_json_names_level_and_scores(ledger: Repository) -> None:
    ledger.commit(DECIDED.replace("  - id: aid\n", f"{entry('yes')}  - id: aid\n"), day=LATER)
    result = run(ledger, "--json")
    (row,) = [row for row in json.loads(result.stdout) if row["level"] != "harmless"]
    assert result.exit_code == 0
    assert (row["level"], row["was"], row["now"], row["score_was"], row["score_now"]) == (
        "change of verdict",
        "no",
        "yes",
        0.9025,
        0.0025,
    )
    assert (row["commit"], row["on"]) == (ledger.git("rev-parse", "HEAD").strip()[:12], LATER)
