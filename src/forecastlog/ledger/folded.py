"""The lines of one prediction -> its record, as a person's file would hold it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from forecastlog.keys import Table
from forecastlog.kinds import BINARY, KINDS, foreign
from forecastlog.ledger.gathered import Event
from forecastlog.ledger.lines import DAYS, LINES, PREDICTION_LINE, Fault, LineReader, lacking, needs, written
from forecastlog.ledger.names import Names
from forecastlog.ledger.reader import Values
from forecastlog.ledger.records import prediction_of
from forecastlog.model.records import Prediction
from forecastlog.values import brief

_FIXED = ("type", "id", "recorded", "prediction", "corrections")
"""Keys that no correction changes: what a line is, of what, and what was corrected before."""

foreign_of = cache(foreign)


class Entries(NamedTuple):
    """The lines of one prediction; forecasts may be left out where nobody asks for them."""

    own: Event
    forecasts: Sequence[Event] = ()
    resolutions: Sequence[Event] = ()
    corrections: Sequence[Event] = ()

    @classmethod
    def of(cls, events: Iterable[Event]) -> Entries:
        """From lines in any order; raises ValueError where none is the prediction's own."""
        found: dict[str, list[Event]] = {kind: [] for kind in LINES}
        for event in events:
            found[event.kind].append(event)
        (own,) = found["prediction"]
        return cls(own, found["forecast"], found["resolution"], found["correction"])


@dataclass(slots=True)
class Fold:
    """Makes records of entries and gathers what is wrong with them, each with the number of its line."""

    reader: LineReader
    names: Names
    faults: list[tuple[int, Fault]] = field(default_factory=list)

    def record(self, entries: Entries) -> Prediction:
        """The record."""
        self.corrected(entries)
        return prediction_of(self._whole(entries), self.names)

    def corrected(self, entries: Entries) -> None:
        """Let every correction change the values of its line, and be told with the prediction."""
        if not entries.corrections:
            return
        lines = {event.id: event for event in (entries.own, *entries.forecasts, *entries.resolutions)}
        for correction in _ordered(entries.corrections):
            self._apply(correction, lines[correction.values["corrects"]], entries.own)

    def _whole(self, entries: Entries) -> Values:
        """A prediction's values with its forecasts and resolutions, as a person's file would hold them."""
        values = entries.own.values
        deadline = values.pop("deadline", {})
        deadline |= {day: values.pop(day) for day in DAYS if day in values}
        if "latest" in deadline:
            deadline.setdefault("basis", "worded" if "words" in deadline else "stated")
        kind = KINDS.get(values.get("kind", ""), BINARY)
        self._of_its_kind(foreign_of(kind, "prediction_keys"), [entries.own])
        self._of_its_kind(foreign_of(kind, "forecast_keys"), entries.forecasts)
        return {
            "logged": entries.own.recorded,
            "criteria": None,
            **{key: value for key, value in values.items() if key != "recorded"},
            "deadline": deadline,
            "forecasts": [_forecast(event) for event in _ordered(entries.forecasts)],
            "resolutions": [
                {key: value for key, value in event.values.items() if key not in _OF}
                for event in _ordered(entries.resolutions)
            ],
        }

    def _of_its_kind(self, others: Mapping[str, str], events: Iterable[Event]) -> None:
        """Tell the keys of lines that belong to other kinds."""
        for event in events:
            if not others.keys().isdisjoint(event.values):
                for key in event.values.keys() & others.keys():
                    message = f"'{key}' belongs to another kind of prediction"
                    self.faults.append((event.line, Fault("P112", key, message, others[key])))

    def _apply(self, correction: Event, event: Event, own: Event) -> None:
        """Change what a correction says as far as that can be read; the rest of the line stays as it was."""
        entries = []
        before = "" if event is own else f"{event.kind}s."
        table = PREDICTION_LINE if event is own else LINES[event.kind]
        for name, raw in correction.values["set"].items():
            was = event.values.get(name)
            if not self._set(table, name, raw, event.values):
                continue
            entries.append(
                {
                    "on": correction.recorded.day,
                    "by": correction.values["by"],
                    "field": before + name,
                    "was": "" if was is None else written(was),
                    "why": correction.values["reason"],
                }
            )
        self.faults += ((correction.line, fault) for fault in self.reader.faults)
        self.reader.faults = []
        own.values["corrections"] = (*own.values.get("corrections", ()), *entries)

    def _set(self, table: Table, name: str, raw: Any, values: Values) -> bool:
        """Give a line another value for a key, or none.

        False, with a fault of the reader's, where it cannot be.
        """
        faults, key = self.reader.faults, table.by_name.get(name)
        if key is None or name in _FIXED:
            message = f"'{brief(name)}' is no key that can be corrected"
            faults.append(Fault("P010", name, message, "See docs/record.md."))
            return False
        if raw is None or raw == "":
            if needs(values, key):
                faults.append(lacking(table, key))
                return False
            values.pop(name, None)
            return True
        known = len(faults)
        value = self.reader.value(name, key.reader, raw)
        if any(fault.grave for fault in faults[known:]):
            return False
        values[name] = value
        return True


_OF = ("id", "prediction")
_OF_FORECASTS = (*_OF, "recorded")


def _forecast(event: Event) -> Values:
    own = {key: value for key, value in event.values.items() if key not in _OF_FORECASTS}
    return {"logged": event.recorded.day, **own}


def _ordered(events: Iterable[Event]) -> list[Event]:
    return sorted(events, key=lambda event: event.order)
