"""Records as rows, with the columns' names that JSON, CSV, ``--where`` and the database share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from forecastlog.cli.output import Cell, Columns
from forecastlog.due import DueItem, condition_status, latest_day, prediction_standing, said, standing, status
from forecastlog.model import Condition, Duration, Ledger, Prediction, When

LIST = Columns(
    known=(
        "id", "article", "claim", "speaker", "made", "earliest", "strict", "latest",
        "status", "outcome", "probability", "low", "high", "basis", "said", "tags",
    ),
    shown={"id": 0, "claim": 0, "speaker": 100, "latest": 0, "status": 0, "outcome": 110, "probability": 120},
)  # fmt: skip
DUE = Columns(
    known=(*LIST.known, "due_on", "days_overdue"),
    shown={"id": 0, "claim": 0, "speaker": 100, "due_on": 0, "days_overdue": 0},
)


def prediction_row(prediction: Prediction, ledger: Ledger, day: date) -> dict[str, Cell]:
    """The columns of ``list`` for a prediction as it stands on ``day``."""
    forecast = said(prediction, ledger, day)
    window = prediction.deadline
    return {
        "id": prediction.id,
        "article": prediction.article,
        "claim": prediction.claim,
        "speaker": prediction.speaker,
        "made": str(prediction.made),
        "earliest": _iso(window.earliest),
        "strict": _iso(window.strict),
        "latest": _iso(latest_day(prediction, ledger, day)),
        "status": status(prediction, ledger, day),
        "outcome": prediction_standing(prediction, ledger, day).outcome,
        "probability": forecast.probability if forecast else None,
        "low": forecast.low if forecast else None,
        "high": forecast.high if forecast else None,
        "basis": forecast.basis if forecast else None,
        "said": str(forecast.made) if forecast else None,
        "tags": prediction.tags,
    }


def due_row(item: DueItem, ledger: Ledger, day: date) -> dict[str, Cell]:
    """The columns of ``due`` for a prediction, or for a condition as far as it has them."""
    record = item.record
    row = condition_row(record, day) if isinstance(record, Condition) else prediction_row(record, ledger, day)
    return {**row, "due_on": item.due_on.isoformat(), "days_overdue": item.days_overdue}


def condition_row(condition: Condition, day: date) -> dict[str, Cell]:
    """A condition in the columns of ``list``: its text as the claim, the last day for it as the latest."""
    fate = standing(condition.resolutions, day)
    return {
        **dict.fromkeys(LIST.known),
        "id": condition.id,
        "article": condition.article,
        "claim": condition.text,
        "strict": _iso(condition.by),
        "latest": _iso(condition.by),
        "status": condition_status(condition, day),
        "outcome": fate.outcome,
        "tags": (),
    }


def plain(value: Any) -> Any:
    """Records as JSON takes them: what is empty is left out, days and times are text."""
    if is_dataclass(value) and not isinstance(value, When | Duration):
        pairs = ((field.name, getattr(value, field.name)) for field in fields(value))
        return {name: plain(item) for name, item in pairs if item is not None and item != ()}
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, When | Duration | date) else value


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
