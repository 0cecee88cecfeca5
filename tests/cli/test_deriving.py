"""``score``, ``calibration`` and ``build``: what is made from the ledger; and colour, for people alone."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from forecastlog.column import columns_of
from forecastlog.scorebook import CalibrationRow, ScoreRow
from forecastlog.vocabulary.scores import GROUPINGS

from .conftest import Run
from .terminal import typed

NOW = ("--today", "2026-12-31")


@pytest.fixture
def resolved(run: Run) -> Run:
    result = run("resolve", "aid-p", "no", "--searched", "the list", "--by", "Kim", *NOW)
    assert result.exit_code == 0, result.stderr
    return run


def test_score_counts_what_it_leaves_out(resolved: Run) -> None:
    rows = json.loads(resolved("score", "--json", *NOW).stdout)
    assert all(tuple(row) == tuple(column.name for column in columns_of(ScoreRow)) for row in rows)
    (scored,) = [row for row in rows if row["n"]]
    # The speaker's 0.05 and the market's 0.12, both of a no: (0.0025 + 0.0144) / 2.
    assert (scored["n"], scored["timing"], round(scored["brier"], 6)) == (2, "in advance", 0.00845)
    assert resolved("score", *NOW).stderr.startswith("2 scored, 2 left out:\n")


@pytest.mark.parametrize("by", GROUPINGS)
def test_every_grouping_prints(resolved: Run, by: str) -> None:
    assert resolved("score", "--group-by", by, *NOW).exit_code == 0
    assert resolved("calibration", "--group-by", by, *NOW).exit_code == 0


def test_calibration_has_its_columns(resolved: Run) -> None:
    rows = json.loads(resolved("calibration", "--json", *NOW).stdout)
    assert all(list(row) == [column.name for column in columns_of(CalibrationRow)] for row in rows)
    assert sum(row["n"] for row in rows) == 2


def test_nothing_resolved_is_no_failure(run: Run) -> None:
    assert (run("score").stdout, run("score", "--json").exit_code) == ("", 0)
    assert run("calibration").stderr.startswith("Nothing has resolved yet")


def test_build_goes_beside_the_ledger(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project / "predictions")
    result = run("build", *NOW)
    assert result.exit_code == 0, result.stderr
    assert result.stderr.endswith(
        "as of 2026-12-31: articles 1, predictions 3, forecasts 4, resolutions 1.\n"
    )
    with closing(sqlite3.connect(project / "forecastlog.db")) as connection:
        assert connection.execute("select count(*) from predictions").fetchone() == (3,)


def test_a_ledger_with_errors_derives_nothing(run: Run, project: Path) -> None:
    (project / "predictions" / "broken.yaml").write_text("article: [")
    for args in (["build", "--db", "x.db"], ["score"], ["calibration"]):
        result = run(*args, *NOW)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "the ledger has 1 error. 'forecastlog check' shows them." in result.stderr
    assert not (project / "x.db").exists()


def test_the_metadata_alone(run: Run, project: Path) -> None:
    text = run("build", "--metadata-only", "-").stdout
    assert "forecastlog" in json.loads(text)["databases"]
    assert run("build", "--metadata-only", "about.json").exit_code == 0
    assert (project / "about.json").read_text(encoding="utf-8") == text


def test_colour_is_for_people_who_want_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[1mid" in typed(["list"], [])[1]
    monkeypatch.setenv("NO_COLOR", "1")
    code, text = typed(["list"], [])
    assert (code, "\x1b" in text, "aid-package-2025" in text) == (0, False, True)
