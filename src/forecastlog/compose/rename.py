"""Another id for a record; the old one stays as ``was``, so that addresses and the audit follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from forecastlog.compose import readings
from forecastlog.compose.plan import Plan, file_of, planned, record_of
from forecastlog.errors import Refused
from forecastlog.ledger import Loaded
from forecastlog.ledger.edit import Edit, Put
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import REFERENCES, Article, Condition, Prediction
from forecastlog.values import ID


def rename(loaded: Loaded, record_id: str, new: str, *, today: date) -> Plan:
    """The record under its new id, and every record that names it; raises BadValue, Refused, UnknownId."""
    record = record_of(loaded, record_id)
    readings.read(ID, new, "id")
    if new in loaded.ledger.ids:
        raise Refused(f"the id '{new}' is taken. Choose another.")
    edits: dict[Path, tuple[Edit, ...]] = {}
    for other, path in _naming(loaded.ledger, record_id):
        home = file_of(loaded, other)
        edits[home] = (*edits.get(home, ()), Put(other.id, path, new))
    home = file_of(loaded, record)
    was = [*record.was, record_id]
    edits[home] = (*edits.get(home, ()), Put(record_id, ("was",), was), Put(record_id, ("id",), new))
    return planned(loaded, today, edits=edits, ids=(new,))


def _naming(
    ledger: Ledger, record_id: str
) -> Iterator[tuple[Article | Condition | Prediction, tuple[str | int, ...]]]:
    for prediction in ledger.predictions:
        for key in REFERENCES:
            if getattr(prediction, key) == record_id:
                yield prediction, (key,)
        for number, forecast in enumerate(prediction.forecasts):
            if forecast.article == record_id:
                yield prediction, ("forecasts", number, "article")
