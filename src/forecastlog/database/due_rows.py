"""What wants looking at on the day of the build, as ``forecastlog due`` lists it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from forecastlog.column import Row
from forecastlog.columns.fate import Fate
from forecastlog.columns.predictions import PredictionOn
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Prediction
from forecastlog.standing.due import due_items
from forecastlog.voice import told


def due_rows(ledger: Ledger, day: date) -> Iterator[Row]:
    """A row a condition or prediction, in the order of ``due``."""
    for item in due_items(ledger, day):
        record = item.record
        yield {
            "kind": item.kind,
            "id": record.id,
            "claim": record.claim if isinstance(record, Prediction) else record.text,
            "told": told(PredictionOn(Fate(record, ledger, day)).spoken.voice)
            if isinstance(record, Prediction)
            else None,
            "speaker_id": record.speaker if isinstance(record, Prediction) else None,
            "due_on": item.due_on.isoformat(),
            "days_overdue": item.days_overdue,
            "event": record.event,
        }
