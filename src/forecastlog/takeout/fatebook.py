"""Forecasts as Fatebook's CSV: the header and the forms of its own export."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date

from forecastlog.column import Column, Row
from forecastlog.model.ledger import Ledger
from forecastlog.model.moments import When
from forecastlog.model.records import Prediction
from forecastlog.standing.due import known_day, latest_day, prediction_standing
from forecastlog.takeout.daily import probability_of

COLUMNS = tuple(
    Column(name=name)
    for name in (
        "Question title",
        "Multiple choice option",
        "Forecast created by",
        "Forecast (scale = 0-1)",
        "Forecast created at",
        "Question created by",
        "Question created at",
        "Question resolve by",
        "Resolution",
        "Resolved at",
        "Your Brier score for this question",
        "Your relative Brier score for this question",
        "Question notes",
        "Question shared with",
        "Question shared publicly",
        "Question comments",
        "Question tags",
    )
)
_OUTCOMES = {"yes": "YES", "no": "NO", "ambiguous": "AMBIGUOUS"}


def fatebook_rows(ledger: Ledger, today: date) -> Iterator[Row]:
    """A row for each forecast with a probability; other kinds of prediction have no place in the file."""
    for prediction in ledger.predictions:
        if prediction.kind == "binary":
            yield from _rows(prediction, ledger, today)


def _rows(prediction: Prediction, ledger: Ledger, today: date) -> Iterator[Row]:
    stands = prediction_standing(prediction, ledger, today)
    latest = latest_day(prediction, ledger, today)
    known = known_day(stands, latest, prediction)
    resolution = _OUTCOMES.get(stands.outcome or "", "")
    question = {
        "Question title": prediction.claim,
        "Question created by": ledger.forecaster(prediction.speaker).name,
        "Question created at": _moment(prediction.made),
        "Question resolve by": f"{latest} 00:00:00" if latest else "",
        "Resolution": resolution,
        "Resolved at": f"{known} 00:00:00" if resolution and known else "",
        "Question notes": prediction.criteria or "",
        "Question shared publicly": "Yes",
        "Question tags": "; ".join(prediction.tags),
    }
    empty = dict.fromkeys(column.name for column in COLUMNS)
    for forecast in prediction.forecasts:
        p = probability_of(forecast)
        if p is not None:
            yield {
                **empty,
                **question,
                "Forecast created by": ledger.forecaster(forecast.by).name,
                "Forecast (scale = 0-1)": p,
                "Forecast created at": _moment(forecast.made),
            }


def _moment(when: When) -> str:
    """A moment as Fatebook writes it, in UTC; a day alone is its midnight."""
    if when.time is None:
        return f"{when.day} 00:00:00"
    time = when.time.astimezone(UTC) if when.time.tzinfo else when.time
    return f"{time:%Y-%m-%d %H:%M:%S}"
