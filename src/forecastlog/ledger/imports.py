"""What machines wrote, as JSON Lines below ``imports/`` -> predictions.

A line is appended and never edited. Their order in a file means nothing, so that git may merge two versions by
lines: what happened is ordered by the moment recorded and the id, an identical line counts once, and the same id
with other content is a problem.
"""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, tzinfo
from pathlib import Path
from typing import Any, NamedTuple

from forecastlog.keys import Table
from forecastlog.kinds import BINARY, KINDS, Kind, foreign
from forecastlog.ledger.lines import DAYS, LINES, PREDICTION_LINE, Fault, LineReader, lacking, needs, written
from forecastlog.ledger.names import Names
from forecastlog.ledger.people import prediction_of
from forecastlog.ledger.reader import Values
from forecastlog.ledger.source import shown
from forecastlog.model.moments import When
from forecastlog.model.records import Prediction
from forecastlog.problems import Problem, Severity, Span
from forecastlog.values import brief, offer

IMPORTS = "imports"
SUFFIX = ".jsonl"
LONGEST = 1_000_000
"""Bytes of the longest line that is read: a thousand times a usual one."""
_FIXED = ("type", "id", "recorded", "prediction", "corrections")
"""Keys that no correction changes: what a line is, of what, and what was corrected before."""
_MOST_FAULTS = 1_000
"""Of one file; a file that is no log at all has one a line, and nobody reads them."""


class Place(NamedTuple):
    """A line of a file, as messages name it."""

    file: str
    line: int

    def span(self, excerpt: str = "", key: str = "") -> Span:
        """The place, with its line as an excerpt and a key of it marked."""
        at = excerpt.find(f'"{key}"') if key else -1
        return Span(self.file, self.line, max(at, 0) + 1, len(key) + 2 if at >= 0 else 1, excerpt)


@dataclass(frozen=True, slots=True)
class Imported:
    """The predictions that machines wrote, in the order of their ids, and where each one stands."""

    predictions: tuple[Prediction, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


class Event(NamedTuple):
    """A line that could be read."""

    recorded: When
    id: str
    values: Values
    place: Place

    @property
    def order(self) -> tuple[datetime, str]:
        """The moment and the id: what happened first comes first; a day without a time is its beginning."""
        return self.recorded.time or datetime.combine(self.recorded.day, time.min, UTC), self.id


def import_paths(root: Path) -> Iterator[Path]:
    """The machines' files below a ledger's folder, in the order of their names."""
    for folder, subfolders, files in os.walk(root / IMPORTS):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(files):
            if name.endswith(SUFFIX) and not name.startswith("."):
                yield Path(folder, name)


def is_import(path: Path, root: Path) -> bool:
    """Whether a file of this name is one of the machines' in a ledger's folder."""
    return path.suffix == SUFFIX and path.is_relative_to(root / IMPORTS)


def read_imports(
    paths: Collection[Path],
    names: Names,
    *,
    zone: tzinfo | None = None,
    taken: Collection[str] = (),
    texts: Mapping[Path, str] | None = None,
) -> Imported:
    """The predictions of all files together, and every fault; ids that people's records have are ``taken``.

    ``texts`` are read in the place of what their files hold.
    """
    gathered = _Gathered(LineReader(zone))
    for path in paths:
        if texts and path in texts:
            for number, line in enumerate(texts[path].encode().splitlines(keepends=True), 1):
                gathered.add(line.strip(), Place(shown(path), number), torn=not line.endswith(b"\n"))
        else:
            _read_file(path, gathered)
    return gathered.folded(names, taken)


@dataclass(slots=True)
class _Gathered:
    """The lines of all files so far."""

    reader: LineReader
    problems: list[Problem] = field(default_factory=list)
    predictions: dict[str, Event] = field(default_factory=dict)
    forecasts: dict[str, list[Event]] = field(default_factory=lambda: defaultdict(list))
    resolutions: dict[str, list[Event]] = field(default_factory=lambda: defaultdict(list))
    corrections: list[Event] = field(default_factory=list)
    _seen: dict[str, tuple[int, Place]] = field(default_factory=dict)
    _others: dict[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)

    def add(self, line: bytes, place: Place, *, torn: bool = False) -> int:
        """Take in one line; returns the number of its faults."""
        import msgspec

        before = len(self.problems)
        try:
            data = msgspec.json.decode(line)
            self._object(data, line, place)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            self._fault(place, line, _TORN if torn else _NO_JSON)
        return len(self.problems) - before

    def _object(self, data: Any, line: bytes, place: Place) -> None:
        kind = data.get("type") if isinstance(data, dict) else None
        table = LINES.get(kind) if isinstance(kind, str) else None
        if table is None:
            what = f"unknown type '{kind}'" if kind else "no object with a type"
            self._fault(place, line, Fault("P106", "type", what, offer(str(kind), tuple(LINES))))
            return
        values = self.reader.entry(table, data)
        faults, self.reader.faults = self.reader.faults, []
        for fault in faults:
            self._fault(place, line, fault)
        if not any(fault.grave for fault in faults) and self._first(values["id"], line, place):
            self._enter(str(kind), values, place)

    def _enter(self, kind: str, values: Values, place: Place) -> None:
        event = Event(values["recorded"], values["id"], values, place)
        match kind:
            case "prediction":
                self.predictions[event.id] = event
            case "correction":
                self.corrections.append(event)
            case "forecast":
                del values["id"], values["recorded"]
                self.forecasts[values.pop("prediction")].append(event)
            case "resolution":
                del values["id"]
                self.resolutions[values.pop("prediction")].append(event)

    def _first(self, name: str, line: bytes, place: Place) -> bool:
        """Whether the line has not come before; one with the same id and other content is a fault."""
        digest = hash(line)
        if name not in self._seen:
            self._seen[name] = digest, place
            return True
        known, first = self._seen[name]
        if known != digest:
            hint = f"{first.file}:{first.line} has it. A line is never changed: a correction has a line of its own."
            self._fault(
                place, line, Fault("P201", "id", f"the id '{name}' has other content elsewhere", hint)
            )
        return False

    def _fault(self, place: Place, line: bytes, fault: Fault) -> None:
        excerpt = line[:4000].decode("utf-8", "replace")
        severity: Severity = "error" if fault.grave else "warning"
        span = place.span(excerpt, fault.key)
        self.problems.append(Problem(fault.code, severity, span, fault.message, fault.hint))

    def told(self, place: Place, code: str, message: str, hint: str) -> None:
        """A fault that shows no line."""
        self.problems.append(Problem(code, "error", place.span(), message, hint))

    def folded(self, names: Names, taken: Collection[str]) -> Imported:
        """The records that all lines together make."""
        self._correct()
        for of in (self.forecasts, self.resolutions):
            for missing in of.keys() - self.predictions.keys():
                for event in of[missing]:
                    hint = "Write its line too; forecasts of what people logged belong into their files."
                    self.told(event.place, "P210", f"no line has a prediction '{missing}'", hint)
        found, places = [], {}
        for name in sorted(self.predictions):
            event = self.predictions.pop(name)
            if name in taken:
                hint = "Ids are unique over articles, conditions and predictions, whoever wrote them."
                self.told(
                    event.place, "P201", f"the id '{name}' is taken by a record in a person's file", hint
                )
                continue
            found.append(prediction_of(self._whole(name, event), names))
            places[name] = event.place
        return Imported(tuple(found), places, tuple(self.problems))

    def _whole(self, name: str, event: Event) -> Values:
        """A prediction's values with its forecasts and resolutions, as a person's file would hold them."""
        values = event.values
        deadline = values.pop("deadline", {})
        deadline |= {day: values.pop(day) for day in DAYS if day in values}
        if "latest" in deadline:
            deadline.setdefault("basis", "worded" if "words" in deadline else "stated")
        own = {key: value for key, value in values.items() if key != "recorded"}
        kind = KINDS.get(values.get("kind", ""), BINARY)
        self._of_its_kind(kind, "prediction_keys", event)
        for forecast in self.forecasts.get(name, ()):
            self._of_its_kind(kind, "forecast_keys", forecast)
        return {
            "logged": event.recorded,
            "criteria": None,
            **own,
            "deadline": deadline,
            "forecasts": tuple(map(_forecast, _ordered(self.forecasts.pop(name, [])))),
            "resolutions": tuple(one.values for one in _ordered(self.resolutions.pop(name, []))),
        }

    def _of_its_kind(self, kind: Kind, keys: str, event: Event) -> None:
        """Tell the keys of a line that belong to other kinds."""
        if (kind.name, keys) not in self._others:
            self._others[kind.name, keys] = foreign(kind, keys)
        others = self._others[kind.name, keys]
        for key in event.values.keys() & others.keys():
            self.told(event.place, "P112", f"'{key}' belongs to another kind of prediction", others[key])

    def _correct(self) -> None:
        """Let every correction change the values of its line, and be told with the prediction."""
        if not self.corrections:
            return
        lines = {name: (name, event) for name, event in self.predictions.items()}
        for of in (self.forecasts, self.resolutions):
            lines |= {event.id: (name, event) for name, events in of.items() for event in events}
        for correction in _ordered(self.corrections):
            name, event = lines.get(correction.values["corrects"], ("", None))
            if event is None or name not in self.predictions:
                message = f"no line has the id '{correction.values['corrects']}'"
                self.told(correction.place, "P210", message, "Write the id of the line that is corrected.")
                continue
            self._apply(correction, event, self.predictions[name])

    def _apply(self, correction: Event, event: Event, prediction: Event) -> None:
        """Change what a correction says as far as that can be read; the rest of the line stays as it was."""
        table, before = _table_of(event, prediction)
        entries = []
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
        for fault in self.reader.faults:
            self.told(correction.place, fault.code, fault.message, fault.hint)
        self.reader.faults.clear()
        prediction.values["corrections"] = (*prediction.values.get("corrections", ()), *entries)

    def _set(self, table: Table, name: str, raw: Any, values: Values) -> bool:
        """Give a line another value for a key, or none; False, with a fault of the reader's, where it cannot be."""
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


def _table_of(event: Event, prediction: Event) -> tuple[Table, str]:
    """The table of a line's keys, and how a correction names the list that it is in."""
    if event is prediction:
        return PREDICTION_LINE, ""
    return (
        (LINES["resolution"], "resolutions.")
        if "outcome" in event.values
        else (LINES["forecast"], "forecasts.")
    )


def _forecast(event: Event) -> Values:
    return {"logged": event.recorded.day, **event.values}


def _ordered(events: list[Event]) -> list[Event]:
    return sorted(events, key=lambda event: event.order)


_NO_JSON = Fault("P018", "", "the line is no JSON", "A line is one JSON object; delete what is none.")
_TORN = Fault(
    "P018",
    "",
    "the last line is torn: it was not written to its end",
    "Delete it, and run the import again: what is there already is not written twice.",
)


def _read_file(path: Path, into: _Gathered) -> None:
    name, faults = shown(path), 0
    try:
        with open(os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK), "rb") as file:  # noqa: PTH123 - a descriptor
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                into.told(Place(name, 1), "P003", "this is no ordinary file", "Only ordinary files are read.")
                return
            number = 0
            while line := file.readline(LONGEST + 1):
                number += 1
                place = Place(name, number)
                if len(line) > LONGEST:
                    _skip_line(file)
                    most = f"At most {LONGEST / 1e6:.0f} MB are read: a line is one entry."
                    into.told(place, "P018", "the line is too long", most)
                elif line.strip():
                    faults += into.add(line.strip(), place, torn=not line.endswith(b"\n"))
                if faults > _MOST_FAULTS:
                    into.told(
                        place, "P018", "the rest of the file is not read", "Is it a file of forecastlog's?"
                    )
                    return
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        into.told(Place(name, 1), "P003", "the file cannot be read", f"The system says: {reason}.")


def _skip_line(file: Any) -> None:
    while (part := file.readline(LONGEST)) and not part.endswith(b"\n"):
        pass
