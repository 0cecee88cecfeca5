"""Events that several predictions turn on: the question, and how it ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from forecastlog.column import Table, count, named, shows
from forecastlog.ledger import tables as keys
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Event


class EventIn(NamedTuple):
    """An event, and how many predictions turn on it."""

    record: Event
    predictions: int


def _events(ledger: Ledger, _: date) -> Iterator[EventIn]:
    """Every event that a record names or events.yaml tells of, in the order of their names."""
    turning = Counter(prediction.event for prediction in ledger.predictions if prediction.event)
    told = {event.id: event for event in ledger.events}
    names = {*turning, *told, *(condition.event for condition in ledger.conditions if condition.event)}
    return (EventIn(told.get(name, Event(id=name)), turning[name]) for name in sorted(names))


EVENTS = Table(
    name="events",
    meaning="What predictions turn on: those on one event stand or fall together, and count as one.",
    items=_events,
    columns=named(
        keys.EVENT,
        id=shows(),
        question=shows(),
        ended=shows(),
        predictions=count("how many predictions turn on it", lambda one: one.predictions),
    ),
)
