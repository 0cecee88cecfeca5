"""Events that several predictions turn on: the question, and how it ended."""

from __future__ import annotations

from typing import NamedTuple

from forecastlog.column import Table, count, named, shows
from forecastlog.ledger import tables as keys
from forecastlog.model.records import Event


class EventIn(NamedTuple):
    """An event, and how many predictions turn on it."""

    record: Event
    predictions: int


EVENTS = Table(
    name="events",
    meaning="What predictions turn on: those on one event stand or fall together, and count as one.",
    columns=named(
        keys.EVENT,
        id=shows(),
        question=shows(),
        ended=shows(),
        predictions=count("how many predictions turn on it", lambda one: one.predictions),
    ),
)
