"""A ledger that is read as far as somebody asks.

From the index of its files, and from those that it does not hold.

It answers as one that was read whole: the same records, order, names and faults. Where two records have one
id, ``load`` tells which counts, so such a ledger is read whole.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from forecastlog.errors import LedgerNotFound
from forecastlog.ledger import loader
from forecastlog.ledger.growing import Ground
from forecastlog.ledger.imports import Imported
from forecastlog.ledger.index import Call, Index, Kept, Row, digest_of, open_index
from forecastlog.ledger.loader import Desk, Loaded
from forecastlog.ledger.machines import Machines, Places
from forecastlog.ledger.names import Names
from forecastlog.ledger.packed import Head, Torn, cells_of, pack, pack_article, unpack
from forecastlog.ledger.people import ArticleFile, read_article, read_events, read_forecasters
from forecastlog.ledger.places import PeoplePlaces, RecordPlaces
from forecastlog.ledger.source import Source, open_source
from forecastlog.ledger.units import CELLS, RECORDS, KeptUnit, ReadUnit, Unit, holding
from forecastlog.model.ledger import Ledger, Sheet
from forecastlog.model.records import Article, Condition, Event, Forecaster, Prediction
from forecastlog.model.settings import Settings
from forecastlog.problems import Problem

Value = TypeVar("Value")
_NONE = (0, 0, 0, 0)
"""The status of a file that cannot be told."""
HELD = 100
"""How many files that were read are held; others are had from the index, and read again for a place."""
AT_ONCE = 50
"""How many files are read before they are written to the index, which bounds the memory that takes."""


def open_indexed(root: Path) -> Loaded:
    """What ``load`` gives, from the index of files as far as that can be trusted; raises LedgerNotFound."""
    if not root.is_dir():
        raise LedgerNotFound(root)
    index = open_index(root)
    if index is None:
        return loader.load(root)
    with loader.uncollected():
        return _Reading(Desk(root, {}), index).loaded() or loader.load(root)


class Shelf:
    """The files of a ledger in their order, and the index that keeps them."""

    def __init__(
        self,
        units: Mapping[Path, Unit],
        machines: Machines,
        index: Index,
        basis: tuple[bytes, bytes],
        places: RecordPlaces,
    ) -> None:
        self.units, self.machines, self.index = units, machines, index
        self.basis, self._places = basis, places

    def let_go(self) -> None:
        """Forget what the index keeps, and where values stand; for whoever asks, a file is read again."""
        self._places.let_go()
        for unit in self.units.values():
            unit.let_go()

    def again(self, like: Loaded, texts: Mapping[Path, str]) -> Loaded | None:
        """The ledger as it is now, these texts laid over it; None where it has to be read whole."""
        return _Reading(Desk(like.root, loader.within(like.root, texts)), self.index, self).loaded()

    def articles_in(self, files: Collection[Path]) -> Iterator[Article]:
        """The articles of these files."""
        return (unit.article for path, unit in self.units.items() if path in files and unit.heads)

    def of_files(self, name: str, of: type[Value], make: Callable[[Article], Value]) -> Iterator[Value]:
        """What ``make`` says of each article; what is new of it is kept."""
        new: dict[bytes, bytes] = {}
        for unit in self.units.values():
            if unit.heads:
                yield unit.said(name, of, make, new)
                unit.let_go()
        if new:
            self.index.add(new, name)


@dataclass(slots=True)
class _Reading:
    """The ledger's files being looked at, one after another.

    The units of ``like`` stand in for what did not change.
    """

    desk: Desk
    index: Index
    like: Shelf | None = None
    problems: list[Problem] = field(default_factory=list)
    fresh: dict[bytes, Kept] = field(default_factory=dict)
    read: list[ReadUnit] = field(default_factory=list)
    """The files that were read and are held."""
    people: bytes = b""
    trial: Names = field(default_factory=Names)
    """Names that may be asked without anybody joining those of the ledger."""

    def loaded(self) -> Loaded | None:
        """The ledger; None where two records have one id."""
        settings = loader.settings_of(self.desk, self.problems)
        people, forecasters = self._listed(loader.PEOPLE_FILE, tuple[Forecaster, ...], read_forecasters)
        _, events = self._listed(loader.EVENTS_FILE, tuple[Event, ...], read_events)
        basis = digest_of(str(settings.timezone).encode())
        self.people = digest_of(people.text.encode()) if people else b""
        if self.like and self.like.basis != (basis, self.people):
            self.like = None
        names, self.trial = Names(forecasters), Names(forecasters)
        units = {
            path: self._unit(path, names, settings, basis) for path in self.desk.article_paths(self.problems)
        }
        if not self.desk.texts:
            there = set(map(self._key, units))
            self.index.keep(self.fresh, [path for path in self.index.rows if path not in there])
        ledger = IndexedLedger(list(units.values()), names.unlisted, settings, forecasters, events)
        if ledger.doubled:
            return None
        stamps, texts = loader.machines_files(self.desk)
        ground = Ground(
            self.desk.root, stamps, texts, names, self.trial, settings.zone, self.people, self.index
        )
        machines = ground.machines()
        if not ledger.homes.keys().isdisjoint(machines.homes):
            return None
        ledger.take_imported(machines, names.unlisted)
        self.problems += machines.problems
        places = RecordPlaces(_Files(ledger.homes))
        return Loaded(
            self.desk.root,
            ledger,
            tuple(sorted(self.problems, key=loader.by_place)),
            {unit.heads[0].id: path for path, unit in units.items() if unit.heads},
            names,
            places,
            PeoplePlaces(people),
            self.desk.stamps,
            {},
            Imported(places=Places(machines), problems=machines.problems),
            Shelf(units, machines, self.index, (basis, self.people), places),
        )

    def _listed(
        self,
        name: str,
        of: type[tuple[Value, ...]],
        read: Callable[[Source], tuple[tuple[Value, ...], tuple[Problem, ...]]],
    ) -> tuple[Source | None, tuple[Value, ...]]:
        """A list beside the articles, and its text: from the index by its digest, else as it is read."""
        source = self.desk.optional(name, self.problems)
        if source is None:
            return None, ()
        digest = digest_of(source.text.encode())
        try:
            return source, unpack(of, self.index.part(digest, name))
        except Torn:
            found, faults = read(source)
        self.problems += faults
        if not faults and not self.desk.texts:
            self.index.add({digest: pack(found)}, name)
        return source, found

    def _unit(self, path: Path, names: Names, settings: Settings, basis: bytes) -> Unit:
        seen, stamp = time.time_ns(), None
        if path not in self.desk.texts:
            stamp = self.desk.stamps[path] = loader.stamp_of(path)
            read_now = partial(_read, names=names, settings=settings)
            if unit := self._known(path, Row(stamp or _NONE, seen, b"", basis, [], []), read_now):
                names.again(unit.asked)
                return unit
        names.called.clear()
        read = self.desk.article(path, names, None, settings.zone)
        called = [(each if isinstance(each, str) else list(each), who) for each, who in names.called.items()]
        asked = [each for each, _ in called if not names.lists(each)]
        self.problems += [read] if isinstance(read, Problem) else read.problems
        unit = ReadUnit.of(path, stamp, read, asked)
        if stamp and isinstance(read, ArticleFile) and not self.desk.texts:
            digest, whom = digest_of(read.source.text.encode()), pack(called)
            unit.holds = holding(digest, whom)
            read_again = partial(_read, names=names, settings=settings)
            unit.kept = partial(self._kept, unit, read_again)
            self._keep(unit, read, Row(stamp, seen, digest, basis, unit.heads, asked, self.people, whom))
        return unit

    def _known(self, path: Path, now: Row, read: Callable[[Path], ArticleFile | Problem]) -> Unit | None:
        """The unit of a file that holds what it held, as far as that is known.

        Its status is as ``now`` has it.
        """
        unit = self.like.units.get(path) if self.like else None
        if unit and unit.stamp == now.stamp:
            if isinstance(unit, ReadUnit):
                self.problems += [unit.read] if isinstance(unit.read, Problem) else unit.read.problems
            return unit
        row = self.index.rows.get(self._key(path))
        if row is None or row.basis != now.basis or now.stamp == _NONE:
            return None
        if row.people != self.people:
            row = self._under(row)
            if row is None:
                return None
            self.fresh[self._key(path)] = Kept(row, {})
        if not row.stands(now.stamp):
            try:
                if digest_of(path.read_bytes()) != row.digest:
                    return None
            except OSError:
                return None
            row = row._replace(stamp=now.stamp, seen=now.seen)
            self.fresh[self._key(path)] = Kept(row, {})
        return KeptUnit(path, row, self.index, read)

    def _under(self, row: Row) -> Row | None:
        """The row under another list of people, where every name in the file means whom it meant."""
        called = unpack(list[tuple[Call, str]], row.called)
        if self.trial.again(call for call, _ in called) != [who for _, who in called]:
            return None
        asked = [call for call, _ in called if not self.trial.lists(call)]
        return row._replace(people=self.people, asked=asked)

    def _kept(self, unit: ReadUnit, read: Callable[[Path], ArticleFile | Problem]) -> KeptUnit | None:
        """The unit of a file that was read, as the index keeps it by now."""
        row = self.index.rows.get(self._key(unit.path))
        if row is None or row.stamp != unit.stamp:
            return None
        same = unit.holds == holding(row.digest, row.called)
        return KeptUnit(unit.path, row, self.index, read) if same else None

    def _key(self, path: Path) -> bytes:
        return os.fsencode(path.relative_to(self.desk.root))

    def _keep(self, unit: ReadUnit, read: ArticleFile, row: Row) -> None:
        """Have a file kept that was read without a fault."""
        if read.article is None or read.problems:
            return
        packed = pack_article(read.article)
        if packed is None:
            return
        unit.digest = row.digest
        parts = {RECORDS: packed, CELLS: [pack(cells_of(read.article.predictions))]}
        self.fresh[self._key(unit.path)] = Kept(row, parts)
        self.read.append(unit)
        if len(self.fresh) >= AT_ONCE:
            self.index.keep(self.fresh)
            self.fresh = {}
            for each in self.read[HELD:]:
                each.let_go()
            del self.read[HELD:]


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
            for path, test in tests.items():
                cells = unit.cells(path)
                if cells is not None and places:
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


class _Files(Mapping[str, ArticleFile | Problem]):
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


def _read(path: Path, names: Names, settings: Settings) -> ArticleFile | Problem:
    source = open_source(path)
    return read_article(source, names, zone=settings.zone) if isinstance(source, Source) else source
