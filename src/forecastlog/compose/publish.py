"""Drafts -> records: from here on they are logged, due and scored, and changed only with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from forecastlog.compose.plan import Plan, file_of, planned, prediction_of
from forecastlog.errors import Refused
from forecastlog.ledger import Loaded
from forecastlog.ledger.edit import Edit, Put


def publish(loaded: Loaded, ids: Sequence[str], *, by: str, today: date) -> Plan:
    """The edits that end drafts, logged today as whatever else is new.

    Raises Refused, UnknownId and WouldBreak.

    A draft's own days of logging prove nothing, so that those of its forecasts become today too.
    """
    edits: dict[Path, tuple[Edit, ...]] = {}
    for record_id in dict.fromkeys(ids):
        record = prediction_of(loaded, record_id)
        if not record.draft:
            raise Refused(f"'{record_id}' is no draft.")
        home = file_of(loaded, record)
        dated = [number for number, forecast in enumerate(record.forecasts) if forecast.logged]
        edits[home] = (
            *edits.get(home, ()),
            Put(record_id, ("draft",), False),
            Put(record_id, ("logged",), today),
            *((Put(record_id, ("logged_by",), by),) if by else ()),
            *(Put(record_id, ("forecasts", number, "logged"), today) for number in dated),
        )
    return planned(loaded, today, edits=edits, ids=ids)
