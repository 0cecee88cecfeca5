"""A reminder put off: the record is due all the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from forecastlog.compose import readings
from forecastlog.compose.plan import Plan, file_of, judged, planned
from forecastlog.errors import BadValue
from forecastlog.ledger import Loaded
from forecastlog.ledger.edit import Append, Edit
from forecastlog.ledger.tables import SNOOZED


def snooze(loaded: Loaded, ids: Sequence[str], *, until: str, why: str, by: str, today: date) -> Plan:
    """Entries that keep ``due --new`` and ``review`` quiet about records until a day.

    Raises BadValue for a day that is none or has come, Refused for an article, UnknownId.
    """
    day = readings.when(until, today, "until")
    if day is None or day.precision != "day" or day.day <= today:
        raise BadValue(f"until '{until}' is no day to come. Write it as 2027-03-31.")
    entry = readings.checked(SNOOZED, {"until": day.day, "why": why, "by": by, "on": today})
    edits: dict[Path, tuple[Edit, ...]] = {}
    for record_id in dict.fromkeys(ids):
        home = file_of(loaded, judged(loaded, record_id))
        edits[home] = (*edits.get(home, ()), Append(record_id, "snoozed", entry))
    return planned(loaded, today, edits=edits, ids=ids)
