"""Judges the lines of an import before they are written: once in the ledger, nobody can mend them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from forecastlog.checks.rules import of_imported
from forecastlog.checks.scope import Scope
from forecastlog.ledger import Loaded
from forecastlog.ledger.folded import Entries, Fold
from forecastlog.ledger.gathered import read_line
from forecastlog.ledger.lines import LineReader
from forecastlog.ledger.names import Names
from forecastlog.ledger.places import PeoplePlaces, RecordPlaces
from forecastlog.model.ledger import Ledger

_ALIKE = {
    "forecast": ("made", "probability"),
    "resolution": ("known", "outcome", "reason"),
}
"""The keys of lines on yes-or-no questions to which any rule can object. Lines with the same values there are
sound together, for an import is recorded at one moment; of a probability it counts only that there is one."""
_HEAD = frozenset({"type", "id", "prediction", "recorded", "by"})
"""Keys to which no rule objects."""


class Incoming:
    """Judges lines one after the other, a forecast or an outcome with the prediction that came before it."""

    def __init__(self, today: date) -> None:
        nothing = Loaded(Path(), Ledger(), (), {}, Names(), RecordPlaces({}), PeoplePlaces(None))
        self._scope = Scope(nothing, today)
        self._reader = LineReader()
        self._own: dict[str, bytes] = {}
        self._binary: set[str] = set()
        self._sound: set[tuple[object, ...]] = set()

    def objection(self, line: Mapping[str, Any]) -> str:
        """What the rules of imported records have against a line, as a clause; nothing where it is sound."""
        if line["type"] == "prediction":
            text = self._own[line["id"]] = msgspec.json.encode(line)
            if line.get("kind", "binary") == "binary":
                self._binary.add(line["id"])
            return self._of(text)
        like = self._like(line)
        if like in self._sound:
            return ""
        found = self._of(self._own[line["prediction"]], msgspec.json.encode(line))
        if like and not found:
            self._sound.add(like)
        return found

    def _like(self, line: Mapping[str, Any]) -> tuple[object, ...]:
        """The values that decide whether a line is sound; nothing for one that is judged by itself."""
        names = _ALIKE.get(line["type"], ())
        if line["prediction"] not in self._binary or not _HEAD.union(names).issuperset(line):
            return ()
        return line["type"], *(name == "probability" or line.get(name) for name in names)

    def _of(self, *texts: bytes) -> str:
        read = [read_line(self._reader, text) for text in texts]
        fold = Fold(self._reader, Names())
        record = fold.record(Entries.of(event for event, _ in read if event))
        told = [fault.message for _, fault in fold.faults]
        told += [one.message for one in of_imported(self._scope, record) if one.severity == "error"]
        return told[0] if told else ""
