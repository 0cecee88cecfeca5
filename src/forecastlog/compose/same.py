"""A record that was logged twice: one of the two is void, and names the other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from forecastlog.compose import readings
from forecastlog.compose.plan import Plan, file_of, planned, record_of
from forecastlog.compose.resolve import Outcome, resolve
from forecastlog.errors import Refused
from forecastlog.history.committed import is_committed
from forecastlog.ledger import Loaded
from forecastlog.ledger.edit import Append, Edit, Put
from forecastlog.ledger.tables import CORRECTION
from forecastlog.model.records import Article, Condition


def void_as(loaded: Loaded, record_id: str, other_id: str, *, by: str, today: date) -> Plan:
    """The edits that void a record as the same as another.

    Raises Refused, UnknownId and what ``resolve`` does.
    """
    record, other = record_of(loaded, record_id), record_of(loaded, other_id)
    if record_id == other_id or type(record) is not type(other) or isinstance(record, Article):
        raise Refused(f"'{record_id}' and '{other_id}' are not two predictions or two conditions.")
    note = f"the same as {other_id}"
    if not isinstance(record, Condition):
        return resolve(
            loaded, [record_id], Outcome(outcome="void", reason="duplicate", by=by, note=note), today=today
        )
    plan = resolve(loaded, [record_id], Outcome(outcome="unobservable", by=by, note=note), today=today)
    edits: dict[Path, tuple[Edit, ...]] = dict(plan.edits)
    for prediction in loaded.ledger.predictions:
        if prediction.given != record_id:
            continue
        home = file_of(loaded, prediction)
        told: list[Edit] = [Put(prediction.id, ("given",), other_id)]
        if is_committed(loaded.root, home, (prediction.id, *prediction.was)):
            correction = {"on": today, "by": by, "field": "given", "was": record_id, "why": "reading"}
            told.append(Append(prediction.id, "corrections", readings.checked(CORRECTION, correction)))
        edits[home] = (*edits.get(home, ()), *told)
    return planned(loaded, today, edits=edits, said=plan.said, ids=plan.ids)
