"""The tables made for pages: totals that add up, readings, words and curves by group, timing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from forecastlog.column import Row
from forecastlog.columns.predictions import PREDICTIONS
from forecastlog.database.build import sound_tables
from forecastlog.database.counted import COLUMNS
from forecastlog.ledger import load
from tests.records import forecast, ledger, prediction, resolution

TODAY = date(2026, 11, 28)
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def real() -> dict[str, list[Row]]:
    """All rows of the ledger of this repository."""
    return sound_tables(load(ROOT / "predictions"), TODAY)


def test_totals_of_the_real_ledger_add_up(real: dict[str, list[Row]]) -> None:
    n = sum(not row["logged_wrongly"] for row in real["predictions"])
    totals = [row for row in real["totals"] if row["by"] == "all"]
    for column in COLUMNS:
        assert sum(int(row["n"] or 0) for row in totals if row["fact"] == column) == n
    for by in ("forecaster", "article"):
        counted = [row for row in real["totals"] if (row["by"], row["value"]) == (by, "predictions")]
        assert sum(int(row["n"] or 0) for row in counted) == n


def test_words_of_all_groups_are_those_of_everything(real: dict[str, list[Row]]) -> None:
    rows = real["word_record"]
    said = {by: sum(int(row["said"] or 0) for row in rows if row["by"] == by) for by in ("all", "forecaster")}
    assert said["all"] == said["forecaster"] > 0


def test_readings_hold_every_scale_that_has_the_phrase(real: dict[str, list[Row]]) -> None:
    rows = real["readings"]
    found = {row["scale_id"]: row for row in rows if row["words"] == "highly unlikely"}
    assert found["fl-1"]["probability"] == 0.05
    assert (found["uk_phia"]["low"], found["uk_phia"]["high"]) == (0.10, 0.20)  # the UK yardstick's own band


def test_a_prediction_logged_after_its_deadline_counts_as_that_before_anybody_resolves_it() -> None:
    late = prediction(forecast(0.2), logged="2026-03-20")
    early = prediction(forecast(0.2), logged="2025-03-22", id="early")
    known = prediction(
        forecast(0.2), id="known", logged="2025-06-01", resolutions=(resolution("yes", known="2025-06-01"),)
    )
    rows = PREDICTIONS.rows(ledger(late, early, known), TODAY)
    assert [row["timing"] for row in rows] == ["logged afterwards", "in advance", "logged afterwards"]
