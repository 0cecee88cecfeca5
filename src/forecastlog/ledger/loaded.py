"""A ledger as it was read: its records, what is wrong with its files, and where everything stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from forecastlog.ledger.imports import Imported
from forecastlog.ledger.names import Names
from forecastlog.ledger.nodes import Data
from forecastlog.ledger.people import ArticleFile
from forecastlog.ledger.places import PeoplePlaces, RecordPlaces, at, span_of
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Article, Prediction
from forecastlog.problems import Problem, Span

if TYPE_CHECKING:
    from forecastlog.ledger.index import Index, Stamp
    from forecastlog.ledger.indexed import Shelf

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A ledger as read: the records, the faults of the files, and where everything stands."""

    root: Path
    ledger: Ledger
    problems: tuple[Problem, ...]
    articles_files: Mapping[str, Path]
    names: Names = field(repr=False)
    _records: RecordPlaces = field(repr=False)
    _people: PeoplePlaces = field(repr=False)
    stamps: Mapping[Path, Stamp | None] = field(repr=False, default_factory=dict)
    _files: Mapping[Path, ArticleFile | Problem] = field(repr=False, default_factory=dict)
    _imported: Imported = field(repr=False, default_factory=Imported)
    _units: Shelf | None = field(repr=False, default=None)

    def span(self, record_id: str, *path: str | int) -> Span | None:
        """The place of a value, such as ``span("us-aid", "forecasts", 0, "probability")``.

        Where that is not written, the nearest thing around it that is; of what a machine wrote, its line.
        None for an unknown record.
        """
        if line := self._imported.places.get(record_id):
            return line.span()
        return span_of(self._records.get(record_id), path)

    def said(self, record_id: str, *path: str | int) -> Data | None:
        """What stands there, readable or not: a text, a list, or an entry by its keys; None for nothing."""
        return self._records.said(record_id, path)

    def is_entry(self, record_id: str, *path: str | int) -> bool:
        """Whether a value is an entry with keys, not a bare text or a list."""
        said = self.said(record_id, *path)
        return isinstance(said, dict) and bool(said)

    def holds(self, record_id: str, span: Span | None) -> bool:
        """Whether a place lies within a record."""
        source, node = self._records.get(record_id, (None, None))
        if source is None or node is None or span is None:
            return False
        first, last = source.span(node.start), source.span(node.end)
        return span.path == first.path and first.line <= span.line <= last.line

    def articles_in(self, files: Collection[Path] | None = None) -> Iterator[Article]:
        """The articles of these files, or of all."""
        if files is not None and self._units:
            yield from self._units.articles_in(files)
            return
        for article in self.ledger.articles:
            if files is None or self.articles_files[article.id] in files:
                yield article

    def of_files(self, name: str, of: type[Kept], make: Callable[[Article], Kept]) -> Iterator[Kept]:
        """What ``make`` says of every article.

        The index of files, where there is one, keeps it under ``name``.
        """
        return self._units.of_files(name, of, make) if self._units else map(make, self.ledger.articles)

    def imported_in(self, files: Collection[Path] | None = None) -> Iterable[Prediction]:
        """What machines wrote: all of it, or that of which a line stands in one of these files."""
        if files is not None and self._units:
            return self._units.machines.within(files)
        return self.ledger.imported

    def of_imported(self, name: str, of: type[Kept], make: Callable[[Prediction], Kept]) -> Iterator[Kept]:
        """What ``make`` says of each prediction that a machine wrote, kept as that of files.

        One of which no rule finds anything in the forecasts, whatever the day, may come without them.
        """
        if self._units:
            return self._units.machines.of_each(name, of, make)
        return map(make, self.ledger.imported)

    def imported_after(self, day: date) -> Iterable[str]:
        """The ids of those of which a forecast that ``of_imported`` leaves out may be from after a day."""
        return self._units.machines.after(day) if self._units else ()

    def let_go(self) -> None:
        """Forget where values stand, which takes more memory than the records.

        What is asked for is read again.
        """
        if self._units:
            self._units.let_go()

    @property
    def index(self) -> Index | None:
        """The index of files that it was read from, if it was."""
        return self._units.index if self._units else None

    def forecaster_span(self, forecaster_id: str, *path: str | int) -> Span | None:
        """The place of a value in ``people.yaml``."""
        return span_of(self._people.get(forecaster_id), path)

    @property
    def of_a_kind(self) -> frozenset[str]:
        """The forecasters of whom ``people.yaml`` says what they are."""
        return frozenset(name for name, (_, node) in self._people.items() if at(node, ("kind",)))
