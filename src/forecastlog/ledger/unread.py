"""A ledger whose records are read when somebody asks for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from forecastlog.ledger.machines import Machines
from forecastlog.ledger.packed import Head
from forecastlog.ledger.people import ArticleFile
from forecastlog.ledger.units import Unit
from forecastlog.model.ledger import Ledger, Sheet
from forecastlog.model.records import Article, Condition, Event, Forecaster, Prediction
from forecastlog.model.settings import Settings
from forecastlog.problems import Problem


class IndexedLedger(Ledger):
    """The records of units, each read when somebody asks for it."""

    __slots__ = ("_machines", "_units", "doubled", "homes")

    _units: list[Unit]
    _machines: Machines
    homes: dict[str, tuple[Unit, int]]
    """The file of each record, and its place there."""
    doubled: bool
    """Whether two records have one id."""

    def __init__(
        self,
        units: list[Unit],
        unlisted: Mapping[str, Forecaster],
        settings: Settings,
        forecasters: tuple[Forecaster, ...],
        events: tuple[Event, ...],
    ) -> None:
        homes: dict[str, tuple[Unit, int]] = {}
        number = 0
        for unit in units:
            ids = [head.id for head in unit.heads] or _ids(unit)
            number += len(ids)
            for place, record_id in enumerate(ids):
                homes[record_id] = unit, place
        values = {
            "_units": units,
            "homes": homes,
            "doubled": len(homes) < number,
            "settings": settings,
            "forecasters": forecasters,
            "events": events,
            "unlisted": dict(unlisted),
            "_by_id": {},
            "_people": {},
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)
        for forecaster in forecasters:
            self._people.setdefault(forecaster.id, forecaster)

    def take_imported(self, machines: Machines, unlisted: Mapping[str, Forecaster]) -> None:
        """Take in what machines wrote, once, and whom it names."""
        object.__setattr__(self, "_machines", machines)
        object.__setattr__(self, "unlisted", dict(unlisted))

    @property
    def imported(self) -> tuple[Prediction, ...]:
        """What machines wrote, all of it."""
        return self._machines.all

    @property
    def articles(self) -> tuple[Article, ...]:
        """Every article, read whole."""
        return tuple(unit.article for unit in self._units if unit.heads)

    @property
    def predictions(self) -> Iterator[Prediction]:
        """As of any ledger."""
        for unit in self._units:
            if unit.heads:
                yield from unit.article.predictions
        yield from self.imported

    @property
    def conditions(self) -> Iterator[Condition]:
        """As of any ledger."""
        yield from self._of("condition", lambda _: True)

    def undecided(self, day: date, horizon: date | None = None) -> Iterator[Condition | Prediction]:
        """Those of which the heads do not tell that they are not meant."""
        today, last = day.toordinal(), horizon.toordinal() if horizon else None

        def wanted(head: Head) -> bool:
            stirs = last is None or (head.stirs is not None and head.stirs <= last)
            return stirs and (head.since is None or head.since > today)

        yield from self._of("condition", wanted)
        yield from self._of("prediction", wanted)
        yield from self._machines.wanted(wanted)

    @property
    def counts(self) -> Mapping[str, int]:
        """As their heads tell."""
        found = Counter(head.kind for unit in self._units for head in unit.heads)
        found["prediction"] += len(self._machines.homes)
        return {kind: found[kind] for kind in ("article", "condition", "prediction")}

    @property
    def speakers(self) -> list[str]:
        """As listings compare them."""
        of_people = (name for unit in self._units if unit.heads for name in unit.cells("speaker") or ())
        return list(dict.fromkeys((*of_people, *self._machines.cells("speaker"))))

    @property
    def hiding(self) -> Iterator[Prediction]:
        """Those of which the heads tell it."""
        yield from self._of("prediction", lambda head: head.hides)
        yield from self._machines.wanted(lambda head: head.hides)

    def _of(self, kind: str, wanted: Callable[[Head], bool]) -> Iterator[Any]:
        for unit in self._units:
            for place, head in enumerate(unit.heads):
                if head.kind == kind and wanted(head):
                    yield unit.member(place)

    def matching(self, tests: Mapping[str, Callable[[Any], bool]]) -> Iterator[Prediction]:
        """Those whose cells, as the index keeps them, pass."""
        for unit in self._units:
            places = [place for place, head in enumerate(unit.heads) if head.kind == "prediction"]
            for path, test in tests.items() if places else ():
                cells = unit.cells(path)
                if cells is not None:
                    first = len(unit.heads) - len(cells)
                    places = [place for place in places if test(cells[place - first])]
            for place in places:
                found = unit.member(place)
                assert isinstance(found, Prediction)  # noqa: S101  # its head says so
                yield found
        yield from self._machines.matching(tests)

    @property
    def sheets(self) -> Iterator[Sheet]:
        """As the units have them."""
        return (
            Sheet(unit.heads[0].id, unit.holds, partial(getattr, unit, "article"), unit.let_go)
            for unit in self._units
            if unit.heads
        )

    @property
    def headings(self) -> Iterator[Article]:
        """As the index keeps them."""
        return (unit.bare for unit in self._units if unit.heads)

    def holds(self, record_id: str) -> bytes:
        """What its file does; of what a machine wrote, what its lines do."""
        unit, _ = self.homes.get(record_id, (None, 0))
        return unit.holds if unit else self._machines.holds(record_id)

    @property
    def imported_ids(self) -> list[str]:
        """As the index keeps them."""
        return sorted(self._machines.homes)

    def without(self, ids: Collection[str]) -> Ledger:
        """The same without their units."""
        units = [unit for unit in self._units if not unit.heads or unit.heads[0].id not in ids]
        found = IndexedLedger(units, self.unlisted, self.settings, self.forecasters, self.events)
        found.take_imported(self._machines, self.unlisted)
        return found

    def heading(self, record_id: str | None) -> Article | None:
        """The article, without its records where the index keeps it."""
        unit, place = self.homes.get(record_id or "", (None, 0))
        return unit.bare if unit and place == 0 and unit.heads else None

    def with_articles(self, articles: tuple[Article, ...]) -> Ledger:
        """A ledger that was read whole."""
        return Ledger(
            articles=articles,
            forecasters=self.forecasters,
            unlisted=self.unlisted,
            imported=self.imported,
            events=self.events,
            settings=self.settings,
        )

    @property
    def ids(self) -> Iterator[str]:
        """As of any ledger."""
        for unit in self._units:
            yield from (head.id for head in unit.heads)
        yield from sorted(self._machines.homes)

    def get(self, record_id: str) -> Article | Condition | Prediction | None:
        """The record, read now."""
        unit, place = self.homes.get(record_id, (None, 0))
        if unit is None or not unit.heads:
            return self._machines.get(record_id)
        return unit.member(place) if place else unit.article

    def __eq__(self, other: object) -> bool:
        return self.with_articles(self.articles) == (
            other.with_articles(other.articles) if isinstance(other, IndexedLedger) else other
        )

    __hash__ = None  # type: ignore[assignment]  # as of any ledger: it holds dictionaries


class Files(Mapping[str, ArticleFile | Problem]):
    """The file of each record, read when somebody asks."""

    def __init__(self, homes: Mapping[str, tuple[Unit, int]]) -> None:
        self._homes = homes

    def __getitem__(self, record_id: str) -> ArticleFile | Problem:
        return self._homes[record_id][0].file

    def __iter__(self) -> Iterator[str]:
        return iter(self._homes)

    def __len__(self) -> int:
        return len(self._homes)


def _ids(unit: Unit) -> list[str]:
    """The ids in a file whose article cannot be read."""
    file = unit.file
    return [] if isinstance(file, Problem) else list(file.ids)
