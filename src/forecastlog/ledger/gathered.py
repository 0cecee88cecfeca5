"""The machines' files, line by line -> the entries of each prediction, and every fault of a line.

Of a forecast it is kept where it stands: it is sound, and is read when somebody asks for it.
"""

from __future__ import annotations

import os
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from itertools import accumulate
from typing import NamedTuple

import msgspec

from forecastlog.ledger.bulk import Sieve, Sound, sound_of
from forecastlog.ledger.lines import LINES, Fault, LineReader
from forecastlog.ledger.reader import Values
from forecastlog.ledger.shards import LONGEST, NoFile, Run, Shard
from forecastlog.ledger.usual import usual
from forecastlog.model.moments import When
from forecastlog.problems import Problem, Severity, Span
from forecastlog.values import offer

_MOST_FAULTS = 1_000
"""Of one file; a file that is no log at all has one a line, and nobody reads them."""
_NO_JSON = Fault("P018", "", "the line is no JSON", "A line is one JSON object; delete what is none.")
_TORN = Fault(
    "P018",
    "",
    "the last line is torn: it was not written to its end",
    "Delete it, and run the import again: what is there already is not written twice.",
)
_TOO_LONG = Fault(
    "P018", "", "the line is too long", f"At most {LONGEST / 1e6:.0f} MB are read: a line is one entry."
)
_ENOUGH = Fault("P018", "", "the rest of the file is not read", "Is it a file of forecastlog's?")


class Place(NamedTuple):
    """A line of a file, as messages name it."""

    file: str
    line: int

    def span(self, excerpt: str = "", key: str = "") -> Span:
        """The place, with its line as an excerpt and a key of it marked."""
        at = excerpt.find(f'"{key}"') if key else -1
        return Span(self.file, self.line, max(at, 0) + 1, len(key) + 2 if at >= 0 else 1, excerpt)


class Event(NamedTuple):
    """A line that could be read; ``line`` is its number among all lines."""

    kind: str
    recorded: When
    id: str
    values: Values
    line: int = 0

    @property
    def order(self) -> tuple[datetime, str]:
        """The moment and the id: what happened first comes first; a day without a time is its beginning."""
        return self.recorded.time or datetime.combine(self.recorded.day, time.min, UTC), self.id


Read = tuple[Event | None, Sequence[Fault]]
"""What one line says, None where it cannot be read, and its faults."""


def read_line(reader: LineReader, line: bytes, number: int = 0, *, torn: bool = False) -> Read:
    """What a line says that has no spaces around it."""
    if found := usual(reader, line):
        return Event("forecast", found["recorded"], found["id"], found, number), ()
    try:
        data = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None, [_TORN if torn else _NO_JSON]
    kind = data.get("type") if isinstance(data, dict) else None
    table = LINES.get(kind) if isinstance(kind, str) else None
    if table is None:
        what = f"unknown type '{kind}'" if kind else "no object with a type"
        return None, [Fault("P106", "type", what, offer(str(kind), tuple(LINES)))]
    reader.faults = []
    values, faults = reader.entry(table, data), reader.faults
    reader.faults = []
    if any(fault.grave for fault in faults):
        return None, faults
    return Event(str(kind), values["recorded"], values["id"], values, number), faults


@dataclass(slots=True)
class Lines:
    """Where each line stands, by its number among all.

    Its file, its first byte there, its length, its number there.
    """

    shards: list[Shard]
    shard: array[int] = field(default_factory=lambda: array("I"))
    start: array[int] = field(default_factory=lambda: array("Q"))
    length: array[int] = field(default_factory=lambda: array("I"))
    row: array[int] = field(default_factory=lambda: array("I"))

    def add(self, run: Run, shard: int) -> range:
        """Take in lines of a file; returns their numbers."""
        first, lengths = len(self.start), [len(line) for line in run.lines]
        self.shard.extend([shard] * len(lengths))
        self.start.extend(accumulate((length + 1 for length in lengths[:-1]), initial=run.start))
        self.length.extend(lengths)
        self.row.extend(range(run.row, run.row + len(lengths)))
        return range(first, len(self.start))

    def text(self, line: int) -> bytes:
        """A line without spaces around it; raises Torn."""
        return self.shards[self.shard[line]].text(self.start[line], self.length[line]).strip()

    def spot(self, line: int) -> tuple[int, int, int]:
        """Where a line stands: the place of its file among all, its first byte there, and its length."""
        return self.shard[line], self.start[line], self.length[line]

    def place(self, line: int) -> Place:
        """A line as messages name it."""
        return Place(self.shards[self.shard[line]].name, self.row[line])


@dataclass(slots=True)
class Gathered:
    """The lines of all files so far: what they are of, and their faults."""

    reader: LineReader
    lines: Lines
    problems: list[Problem] = field(default_factory=list)
    predictions: dict[str, Event] = field(default_factory=dict)
    forecasts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    resolutions: dict[str, list[Event]] = field(default_factory=lambda: defaultdict(list))
    corrections: list[Event] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)
    """The line of each id."""
    named: set[str] = field(default_factory=set)
    """Whom forecasts name, as written."""
    keys: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """By each key that only some kinds of prediction have: of which predictions a forecast has it."""
    unclear: set[str] = field(default_factory=set)
    """Of which predictions a forecast has to be read to be judged (``bulk.Sound``)."""
    last: dict[str, str] = field(default_factory=dict)
    """The last day on which a forecast of each of the others was recorded."""

    def take(self, number: int) -> None:
        """Take in the lines of one of the files from where it was read to."""
        sieve, faults, shard = Sieve(self.reader), 0, self.lines.shards[number]
        try:
            for run in shard.runs():
                faults = self._run(run, self.lines.add(run, number), sieve, faults)
                if faults > _MOST_FAULTS:
                    return
        except NoFile:
            self._told(shard, "this is no ordinary file", "Only ordinary files are read.")
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else str(error)
            self._told(shard, "the file cannot be read", f"The system says: {reason}.")

    def _told(self, shard: Shard, message: str, hint: str) -> None:
        self.problems.append(Problem("P003", "error", Place(shard.name, 1).span(), message, hint))

    def _run(self, run: Run, numbers: range, sieve: Sieve, faults: int) -> int:
        """Take in lines that follow each other; returns how many faults the file has by then."""
        if run.cut or max(map(len, run.lines)) >= LONGEST:
            return self._one_by_one(run, numbers, faults)
        sound, others = sieve.sift(run.lines)
        read = [(at, self._alone(run, at, numbers[at])) for at in others if run.lines[at].strip()]
        ids = [*sound.ids, *(event.id for _, (event, _) in read if event)]
        found = sum(len(told) for _, (_, told) in read)
        if faults + found > _MOST_FAULTS or len({*ids}) < len(ids) or not self.known.keys().isdisjoint(ids):
            return self._one_by_one(run, numbers, faults)
        self._enter_sound(sound, [numbers[at] for at in sound.places])
        for at, (event, told) in read:
            self._tell(numbers[at], run.lines[at].strip(), told)
            if event:
                self.known[event.id] = event.line
                self._enter(event)
        return faults + found

    def _alone(self, run: Run, at: int, number: int) -> Read:
        last = at == len(run.lines) - 1
        return read_line(self.reader, run.lines[at].strip(), number, torn=run.torn and last)

    def _one_by_one(self, run: Run, numbers: range, faults: int) -> int:
        """The same in the order of the lines.

        One of an id that another has, and the one after too many faults.
        """
        for at, number in enumerate(numbers):
            line = run.lines[at].strip()
            if len(run.lines[at]) >= LONGEST or run.cut:
                self._tell(number, b"", [_TOO_LONG])  # which is no fault of a file that is a log otherwise
            elif line:
                event, told = self._alone(run, at, number)
                if event:
                    told = [*told, *self._first(event, line)]
                self._tell(number, line, told)
                faults += len(told)
            if faults > _MOST_FAULTS:
                self._tell(number, b"", [_ENOUGH])
                break
        return faults

    def _first(self, event: Event, line: bytes) -> Iterable[Fault]:
        """Enter a line that has not come before; one with the same id and other content is a fault."""
        first = self.known.setdefault(event.id, event.line)
        if first == event.line:
            self._enter(event)
        elif self.lines.text(first) != line:
            place = self.lines.place(first)
            hint = (
                f"{place.file}:{place.line} has it. A line is never changed: "
                "a correction has a line of its own."
            )
            yield Fault("P201", "id", f"the id '{event.id}' has other content elsewhere", hint)

    def _tell(self, number: int, line: bytes, told: Sequence[Fault]) -> None:
        if not told:
            return
        place, excerpt = self.lines.place(number), line[:4000].decode("utf-8", "replace")
        for fault in told:
            severity: Severity = "error" if fault.grave else "warning"
            span = place.span(excerpt, fault.key)
            self.problems.append(Problem(fault.code, severity, span, fault.message, fault.hint))

    def _enter_sound(self, sound: Sound, numbers: Sequence[int]) -> None:
        for prediction, number in zip(sound.of, numbers, strict=True):
            self.forecasts[prediction].append(number)
        self.known.update(zip(sound.ids, numbers, strict=True))
        self.named |= sound.named
        for key, predictions in sound.keys.items():
            self.keys[key] |= predictions
        self.unclear |= sound.unclear
        for prediction, day in sound.last.items():
            self.last[prediction] = max(day, self.last.get(prediction, ""))

    def _enter(self, event: Event) -> None:
        match event.kind:
            case "prediction":
                self.predictions[event.id] = event
            case "correction":
                self.corrections.append(event)
            case "resolution":
                self.resolutions[event.values["prediction"]].append(event)
            case "forecast":
                self._enter_sound(sound_of(event.values), [event.line])
