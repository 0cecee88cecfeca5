"""Forecasts as Fatebook's CSV: the header and the forms of its own export."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date

from forecastlog.column import Column, Row
from forecastlog.interchange import fatebook as theirs
from forecastlog.model.ledger import Ledger
from forecastlog.model.moments import When
from forecastlog.model.records import Prediction
from forecastlog.standing.due import known_day, latest_day, prediction_standing
from forecastlog.takeout.daily import probability_of

COLUMNS = tuple(Column(name=name) for name in theirs.HEADER)
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
        theirs.TITLE: prediction.claim,
        theirs.ASKED_BY: ledger.forecaster(prediction.speaker).name,
        theirs.ASKED: _moment(prediction.made),
        theirs.LATEST: f"{latest} 00:00:00" if latest else "",
        theirs.OUTCOME: resolution,
        theirs.KNOWN: f"{known} 00:00:00" if resolution and known else "",
        theirs.NOTES: prediction.criteria or "",
        theirs.PUBLIC: "Yes",
        theirs.TAGS: "; ".join(prediction.tags),
    }
    empty = dict.fromkeys(column.name for column in COLUMNS)
    for forecast in prediction.forecasts:
        p = probability_of(forecast)
        if p is not None:
            yield {
                **empty,
                **question,
                theirs.BY: ledger.forecaster(forecast.by).name,
                theirs.FIGURE: p,
                theirs.MADE: _moment(forecast.made),
            }


def _moment(when: When) -> str:
    """A moment as Fatebook writes it, in UTC; a day alone is its midnight."""
    if when.time is None:
        return f"{when.day} 00:00:00"
    time = when.time.astimezone(UTC) if when.time.tzinfo else when.time
    return f"{time:%Y-%m-%d %H:%M:%S}"
