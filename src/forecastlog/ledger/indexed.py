"""A ledger that is read as far as somebody asks.

From the index of its files, and from those that it does not hold.

It answers as one that was read whole: the same records, order, names and faults. Where two records have one
id, ``load`` tells which counts, so such a ledger is read whole.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from forecastlog.errors import LedgerNotFound
from forecastlog.ledger import loader
from forecastlog.ledger.growing import Ground
from forecastlog.ledger.imports import Imported
from forecastlog.ledger.index import Call, Index, Kept, Row, digest_of, open_index
from forecastlog.ledger.loaded import Loaded
from forecastlog.ledger.loader import Desk
from forecastlog.ledger.machines import Machines, Places
from forecastlog.ledger.names import Names
from forecastlog.ledger.packed import Torn, cells_of, pack, pack_article, unpack
from forecastlog.ledger.people import ArticleFile, read_article, read_events, read_forecasters
from forecastlog.ledger.places import PeoplePlaces, RecordPlaces
from forecastlog.ledger.source import Source, open_source
from forecastlog.ledger.units import CELLS, RECORDS, KeptUnit, ReadUnit, Unit, holding
from forecastlog.ledger.unread import Files, IndexedLedger
from forecastlog.model.records import Article, Event, Forecaster
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
        places = RecordPlaces(Files(ledger.homes))
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
                self.problems += unit.problems
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


def _read(path: Path, names: Names, settings: Settings) -> ArticleFile | Problem:
    source = open_source(path)
    return read_article(source, names, zone=settings.zone) if isinstance(source, Source) else source
