"""A ledger of format 1, kept as it was.

Whatever comes later reads it without a change and without an error.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from forecastlog.checks import check
from forecastlog.kinds import chance
from forecastlog.ledger import load
from forecastlog.model.records import Prediction

KEPT = Path(__file__).parents[1] / "data" / "format-1"


def test_it_has_no_error() -> None:
    problems = check(load(KEPT), today=date(2026, 11, 28))
    assert [str(problem) for problem in problems if problem.severity == "error"] == []


def test_every_record_is_read_with_the_days_and_figures_that_stand_there() -> None:
    ledger = load(KEPT).ledger
    count = 0
    for path in sorted(KEPT.glob("2*.yaml")):
        for written in yaml.load(path.read_bytes(), yaml.BaseLoader)["predictions"]:  # noqa: S506  # texts alone
            record = ledger.get(written["id"])
            assert isinstance(record, Prediction)
            assert_as_written(record, written)
            count += 1
    assert (count, len(list(ledger.conditions)), len(ledger.articles)) == (80, 31, 5)


def assert_as_written(record: Prediction, written: dict[str, Any]) -> None:
    window = written["deadline"]
    for key in ("earliest", "strict", "latest"):
        if key in window:
            assert str(getattr(record.deadline, key)) == window[key]
    for forecast, entry in zip(record.forecasts, written["forecasts"], strict=True):
        for key in ("probability", "low", "high"):
            figure = getattr(chance(forecast), key)
            assert figure == (float(entry[key]) if key in entry else None)
    outcomes = [entry["outcome"] for entry in written.get("resolutions", [])]
    assert [entry.outcome for entry in record.resolutions] == outcomes
