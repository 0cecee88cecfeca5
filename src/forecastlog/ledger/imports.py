"""What machines wrote, as JSON Lines below ``imports/`` -> predictions.

A line is appended and never edited. Their order in a file means nothing, so that git may merge two versions
by lines: what happened is ordered by the moment recorded and the id, an identical line counts once, and the
same id with other content is a problem.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from forecastlog.kinds import BINARY, KINDS, kind_of
from forecastlog.ledger.folded import Entries, Fold, foreign_of
from forecastlog.ledger.gathered import Event, Gathered, Lines, Place, read_line
from forecastlog.ledger.lines import LineReader
from forecastlog.ledger.names import Names
from forecastlog.ledger.shards import Shard, torn
from forecastlog.model.records import Prediction
from forecastlog.problems import Problem

if TYPE_CHECKING:
    from forecastlog.ledger.bundles import Told

IMPORTS = "imports"
SUFFIX = ".jsonl"
_TRIES = 3
"""How often files are read that are written to, other than at their end, while they are read."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The predictions that machines wrote, in the order of their ids, and where each one stands."""

    predictions: tuple[Prediction, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


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

    ``texts`` are read in the place of what their files hold. Raises Torn where files are rewritten all the
    while.
    """
    from forecastlog.ledger.packed import Torn

    for left in reversed(range(_TRIES)):
        try:
            return Sorting(gather(paths, zone=zone, texts=texts or {}), names).imported(taken)
        except Torn:
            if not left:
                raise
    raise AssertionError


def gather(
    paths: Iterable[Path], *, zone: tzinfo | None = None, texts: Mapping[Path, str] | None = None
) -> Gathered:
    """The lines of files, some of which have another text; raises Torn."""
    texts = texts or {}
    shards = [Shard(path, texts[path].encode() if path in texts else None) for path in paths]
    gathered = Gathered(LineReader(zone), Lines(shards))
    for number in range(len(shards)):
        gathered.take(number)
    return gathered


class Sorting:
    """The lines that were gathered, prediction by prediction."""

    def __init__(self, gathered: Gathered, names: Names) -> None:
        self.gathered, self.fold = gathered, Fold(gathered.reader, names)
        self.corrections: dict[str, list[Event]] = defaultdict(list)
        for correction in gathered.corrections:
            prediction = self._corrected(correction.values["corrects"])
            if prediction in gathered.predictions:
                self.corrections[prediction].append(correction)
            else:
                message = f"no line has the id '{correction.values['corrects']}'"
                self._fault(correction.line, "P210", message, "Write the id of the line that is corrected.")
        self._orphans()

    def imported(self, taken: Collection[str]) -> Imported:
        """All records."""
        found, places = [], {}
        for name in sorted(self.gathered.predictions):
            line = self.gathered.predictions[name].line
            if name in taken:
                self.fold.corrected(self.entries(name))
                hint = "Ids are unique over articles, conditions and predictions, whoever wrote them."
                self._fault(line, "P201", f"the id '{name}' is taken by a record in a person's file", hint)
            else:
                found.append(self.record(name))
                places[name] = self.gathered.lines.place(line)
        return Imported(tuple(found), places, self.problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Those of lines, and those of the records that were made."""
        for line, fault in self.fold.faults:
            self._fault(line, fault.code, fault.message, fault.hint)
        self.fold.faults.clear()
        return tuple(self.gathered.problems)

    def entries(self, name: str, *, whole: bool = True) -> Entries:
        """The lines of a prediction.

        Those of its forecasts only where that is asked for or wants judging; raises Torn.
        """
        own, corrections = self.gathered.predictions[name], self.corrections.get(name, ())
        whole = whole or bool(corrections) or self._misfits(name, own)
        forecasts = map(self._event, self.gathered.forecasts.get(name, ()) if whole else ())
        return Entries(own, list(forecasts), self.gathered.resolutions.get(name, ()), corrections)

    def record(self, name: str, *, whole: bool = True) -> Prediction:
        """The record of a prediction, perhaps without its forecasts; raises Torn."""
        return self.fold.record(self.entries(name, whole=whole))

    def told(self, name: str, *, whole: bool = True) -> Told:
        """A prediction as a bundle takes it in."""
        from forecastlog.ledger.bundles import Spots, Told  # which nobody needs where nothing is kept

        gathered, own = self.gathered, self.gathered.predictions[name].line
        others = (*gathered.resolutions.get(name, ()), *self.corrections.get(name, ()))
        lines, forecasts = [own, *(event.line for event in others)], gathered.forecasts.get(name, ())
        spot = gathered.lines.spot
        spots = Spots(gathered.lines.row[own], list(map(spot, lines)), list(map(spot, forecasts)))
        clear = name not in gathered.unclear and not self.corrections.get(name)
        record = self.record(name, whole=whole)
        last = gathered.last.get(name, "") if clear else ""
        return Told(record, spots, clear and kind_of(record) is BINARY, last)

    def _fault(self, line: int, code: str, message: str, hint: str) -> None:
        """A fault that shows no line."""
        span = self.gathered.lines.place(line).span()
        self.gathered.problems.append(Problem(code, "error", span, message, hint))

    def _corrected(self, target: str) -> str | None:
        """The prediction of the line that is corrected."""
        line = self.gathered.known.get(target)
        event = None if line is None else self._event(line)
        if event is None or event.kind == "correction":
            return None
        return event.id if event.kind == "prediction" else event.values["prediction"]

    def _orphans(self) -> None:
        predictions = self.gathered.predictions
        for of in (self.gathered.forecasts, self.gathered.resolutions):
            for missing in of.keys() - predictions.keys():
                for each in of[missing]:
                    line = each.line if isinstance(each, Event) else each
                    hint = "Write its line too; forecasts of what people logged belong into their files."
                    self._fault(line, "P210", f"no line has a prediction '{missing}'", hint)

    def _misfits(self, name: str, own: Event) -> bool:
        """Whether a forecast has a key of another kind of prediction."""
        kind = KINDS.get(own.values.get("kind", ""), BINARY)
        keys = self.gathered.keys
        return any(name in keys[key] for key in foreign_of(kind, "forecast_keys") if key in keys)

    def _event(self, line: int) -> Event:
        event, _ = read_line(self.gathered.reader, self.gathered.lines.text(line), line)
        if event is None:
            raise torn(self.gathered.lines.place(line).file)
        return event
