"""The hour of resolving.

What one person has to look at, what belongs together, and what they found before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from forecastlog.model.ledger import Ledger, records_of
from forecastlog.model.outcomes import Resolution
from forecastlog.model.records import Condition, Prediction
from forecastlog.standing.due import deciding, due_items, entries_that_stand, snooze_of

Record = Condition | Prediction


@dataclass(frozen=True, slots=True)
class Found:
    """Links that a person gave as evidence for an entry on ``record``."""

    record: str
    links: tuple[str, ...]


def to_resolve(ledger: Ledger, day: date) -> list[Record]:
    """What is due on ``day``: conditions, then predictions, the most overdue first.

    What somebody else has resolved is not due any more; ``to_resolve_second`` has that. What is snoozed can
    wait.
    """
    return [item.record for item in due_items(ledger, day) if not snooze_of(item.record, day)]


def to_resolve_second(ledger: Ledger, day: date, by: str) -> list[Record]:
    """What exactly one other person has resolved by ``day``, so that a second opinion is missing."""
    return [
        record
        for record in records_of(ledger)
        if [entry.by != by for entry in entries_that_stand(deciding(record), day)] == [True]
    ]


def own_entry(record: Record, day: date, by: str) -> Resolution | None:
    """What this person's last entry on a record says, unless it was taken back."""
    return next((entry for entry in entries_that_stand(deciding(record), day) if entry.by == by), None)


def alike(record: Record, others: Iterable[Record]) -> list[Record]:
    """Those of ``others`` that one verdict may settle with ``record``.

    The same kind, and event or condition.
    """
    return [
        other for other in others if type(other) is type(record) and other != record and _touch(record, other)
    ]


def found_before(ledger: Ledger, record: Record, by: str) -> Found | None:
    """The links of this person's newest entry on something that turns on the same event or condition."""
    entries = [(entry, other.id) for other, entry in _own_entries(ledger, by) if _touch(record, other)]
    if not entries:
        return None
    newest, other_id = max(entries, key=lambda pair: pair[0].recorded.day)
    return Found(other_id, tuple(item.url for item in newest.evidence if item.url))


def _own_entries(ledger: Ledger, by: str) -> Iterator[tuple[Record, Resolution]]:
    for record in records_of(ledger):
        for entry in record.resolutions:
            if entry.by == by and any(item.url for item in entry.evidence):
                yield record, entry


def _touch(record: Record, other: Record) -> bool:
    """Whether two records turn on the same event, or on the same condition."""
    if record.id == other.id or (record.event and record.event == other.event):
        return True
    return _condition(record) is not None and _condition(record) == _condition(other)


def _condition(record: Record) -> str | None:
    return record.id if isinstance(record, Condition) else record.given
