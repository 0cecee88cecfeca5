"""The index's word on the machines' files, checked against them; a file that grew is read from there on.

Of each file it is kept how far it was read, and the digest of that. New lines are taken in where they are
sound; where one has a fault or comes again, and where a file differs in what was read of it, all files are
read again, because ``imports``, which tells what is wrong, looks at all lines.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial
from pathlib import Path
from typing import NamedTuple

from forecastlog.ledger.bundles import PARTS, SIZE, Bundle, Spots, Told, bundle
from forecastlog.ledger.gathered import Event, Gathered, Lines, read_line
from forecastlog.ledger.imports import Sorting
from forecastlog.ledger.index import TICK, Index, Stamp, digest_of
from forecastlog.ledger.known import IDS, Known, joined, known_of
from forecastlog.ledger.lines import LineReader
from forecastlog.ledger.machines import Machines
from forecastlog.ledger.names import Names, slug
from forecastlog.ledger.packed import Torn, pack, unpack
from forecastlog.ledger.shards import NoFile, Shard
from forecastlog.ledger.source import shown
from forecastlog.problems import Problem

STATE = "machines"
MOST_PARTS = 64
"""How often lines are appended before what is kept of their ids is put together."""
_NAMING = ("speaker", "by", "judged_by")
"""Keys of lines that name somebody."""


class Anew(Exception):
    """All files are to be read again."""


class Seen(NamedTuple):
    """How far a file was read.

    Its status, when that was, the bytes and lines, and the digest of the bytes.
    """

    path: bytes
    stamp: Stamp
    at: int
    size: int
    rows: int
    digest: bytes


class State(NamedTuple):
    """What is kept of all files together.

    ``basis`` is what reading rests on beside them, ``people`` the digest of people.yaml. ``called`` is every
    name in them with whom it means. ``bundles`` and ``lines`` are the keys of parts. ``first`` is a digest of
    what the files held when all of them were read: since then lines were added, and none was changed.
    """

    basis: bytes
    files: list[Seen]
    people: bytes
    called: list[tuple[str, str]]
    bundles: list[bytes]
    lines: list[bytes]
    problems: list[Problem]
    first: bytes


@dataclass(frozen=True, slots=True)
class Ground:
    """What the files are read on.

    Their ledger, texts in the place of some, the names so far, and whose days count.

    ``trial`` are names that may be asked without anybody joining those so far; ``people`` is the digest of
    the list.
    """

    root: Path
    stamps: Mapping[Path, Stamp | None]
    texts: Mapping[Path, str]
    names: Names
    trial: Names
    zone: tzinfo | None
    people: bytes
    index: Index

    def machines(self) -> Machines:
        """The predictions, from the index as far as that holds.

        Raises Torn where files are rewritten all the while.
        """
        sealed = None
        try:
            sealed = self.index.alone(STATE)
            if sealed:
                with suppress(Anew):
                    return self._grown(sealed)
            elif not self.stamps:
                return Machines((), (), self.names, self.zone)
        except Torn:
            self.index.discard()
        return self._anew(sealed)

    def _anew(self, sealed: bytes | None = None) -> Machines:
        """The predictions of all files, which are kept in the place of what was."""
        at, shards = time.time_ns(), list(map(self._shard, self.stamps))
        gathered = Gathered(LineReader(self.zone), Lines(shards))
        for number in range(len(shards)):
            gathered.take(number)
        self.names.called.clear()
        sorting = Sorting(gathered, self.names)
        whole = bool(sorting.problems) or _renames(gathered) or self._ambiguous(_named(gathered))
        seen = self._seen(shards, at)
        first = digest_of(b"".join((self._basis([]), *(each.digest for each in seen))))
        bundles = list(_bundles(first, sorting, sorted(gathered.predictions), whole=whole))
        problems = list(sorting.problems)
        known = known_of(gathered)
        state = State(
            self._basis(problems),
            seen,
            self.people,
            _called(self.names, () if whole else gathered.named),
            [each.key for each in bundles],
            [digest_of(known)],
            problems,
            first,
        )
        return self._keep(state, sealed, shards, bundles, {digest_of(known): {IDS: known}})

    def _grown(self, sealed: bytes) -> Machines:
        """The predictions that are kept, with those of what came since; raises Anew and Torn."""
        state, at = unpack(State, sealed), time.time_ns()
        if state.basis != self._basis(state.problems):
            raise Anew
        calls = [call for call, _ in state.called]
        self.trial.called.clear()
        if self.trial.again(calls) != [who for _, who in state.called]:
            raise Anew
        shards, opened = self._shards(state)
        bundles = [Bundle(key, partial(self.index.part, key)) for key in state.bundles]
        machines = Machines(shards, bundles, self.trial, self.zone)
        _ = machines.homes  # raises Torn today rather than later
        gathered = Gathered(LineReader(self.zone), Lines(shards))
        for number in opened:
            gathered.take(number)
        new: dict[bytes, dict[str, bytes]] = {}
        if gathered.lines.start or gathered.problems:
            if state.problems or gathered.problems or _renames(gathered):
                raise Anew
            if self._ambiguous({*calls, *_named(gathered)}):
                raise Anew
            bundles = Growth(gathered, machines, self._known(state)).bundles(self.trial, state.first)
            known, keys = known_of(gathered), state.lines
            if len(keys) > MOST_PARTS:
                known, keys = joined([*self._parts(state), known]), []
            new[digest_of(known)] = {IDS: known}
            state = state._replace(bundles=[each.key for each in bundles], lines=[*keys, digest_of(known)])
        called = _called(self.trial, gathered.named)
        self.names.again(call for call, _ in called)
        state = state._replace(files=self._seen(shards, at, state), people=self.people, called=called)
        return self._keep(state, sealed, shards, bundles, new)

    def _shards(self, state: State) -> tuple[list[Shard], list[int]]:
        """The files, those that are kept first, and which of them may have grown; raises Anew."""
        shards, opened = [], []
        for number, seen in enumerate(state.files):
            shard = self._shard(self.root / os.fsdecode(seen.path))
            if shard.path not in self.stamps:
                raise Anew
            stamp = self.stamps[shard.path]
            if stamp == seen.stamp and max(stamp[:2]) < seen.at - TICK:
                shard.inode = stamp[3]
            else:
                opened.append(number)
                try:
                    if not shard.resumes(seen.size, seen.digest, seen.rows):
                        raise Anew
                except (OSError, NoFile):
                    raise Anew from None
            shards.append(shard)
        there = {shard.path for shard in shards}
        more = [self._shard(path) for path in self.stamps if path not in there]
        return [*shards, *more], [*opened, *range(len(shards), len(shards) + len(more))]

    def _shard(self, path: Path) -> Shard:
        text = self.texts.get(path)
        return Shard(path, None if text is None else text.encode())

    def _seen(self, shards: Iterable[Shard], at: int, before: State | None = None) -> list[Seen]:
        known = {seen.path: seen for seen in before.files} if before else {}
        found = []
        for shard in shards:
            path = os.fsencode(shard.path.relative_to(self.root))
            stamp = self.stamps[shard.path] or (0, 0, 0, 0)
            now = Seen(path, stamp, at, shard.size, shard.rows, shard.digest)
            found.append(now if shard.opened else known.get(path, now))
        return found

    def _basis(self, problems: list[Problem]) -> bytes:
        """What reading rests on beside the files.

        The zone, and where they have problems, the folder's name in these.
        """
        return digest_of(repr((str(self.zone), shown(self.root) if problems else "")).encode())

    def _ambiguous(self, names: Iterable[str]) -> bool:
        """Whether two of these are one forecaster whom nobody lists, named as whoever is called first."""
        made = [slug(name) for name in names if self.names.find(name) is None]
        return len({*made}) < len(made)

    def _known(self, state: State) -> Known:
        return Known(self._parts(state))

    def _parts(self, state: State) -> list[bytes]:
        return [self.index.part(key, IDS) for key in state.lines]

    def _keep(
        self,
        state: State,
        sealed: bytes | None,
        shards: list[Shard],
        bundles: list[Bundle],
        new: dict[bytes, dict[str, bytes]],
    ) -> Machines:
        """The predictions in these bundles, which are kept unless there are texts in the place of files."""
        was = unpack(State, sealed) if sealed else None
        before = {*was.bundles, *was.lines} if was else set()
        now = {*state.bundles, *state.lines}
        if not self.texts and state != was:
            new |= {
                each.key: {name: each.part(name) for name in PARTS}
                for each in bundles
                if each.key not in before
            }
            self.index.replace(STATE, sealed, pack(state), new, before - now)
        return Machines(
            shards,
            bundles,
            self.names,
            self.zone,
            tuple(state.problems),
            digest_of(state.first + self.people),
            index=self.index,
            kept=before if self.texts else now,
            again=self._anew,
        )


def _called(names: Names, more: Iterable[str]) -> list[tuple[str, str]]:
    """Every name that was called, and more in forecasts that were not read, with whom they mean."""
    names.again(sorted(more))
    return [(call, who) for call, who in names.called.items() if isinstance(call, str)]


def _named(gathered: Gathered) -> set[str]:
    """All names in lines that were gathered."""
    return gathered.named | {event.values["speaker"] for event in gathered.predictions.values()}


def _renames(gathered: Gathered) -> bool:
    """Whether a correction changes a name, so that one that stands in a line may be called nowhere."""
    return any(key in _NAMING for event in gathered.corrections for key in event.values["set"])


def _bundles(files: bytes, sorting: Sorting, names: list[str], *, whole: bool = False) -> Iterator[Bundle]:
    """Bundles of these predictions, whose forecasts are read where that is asked for or has to be."""
    for first in range(0, len(names), SIZE):
        some = names[first : first + SIZE]
        yield bundle(files, [sorting.told(name, whole=whole) for name in some])


class Growth:
    """New lines beside the predictions that there were.

    Raises Anew where one of them is known, or of nothing.
    """

    def __init__(self, gathered: Gathered, machines: Machines, known: Known) -> None:
        self._gathered, self._machines, self._known = gathered, machines, known
        for shard, start in known.find(gathered.known):
            if self._line(machines.shards[shard].line(start)).id in gathered.known:
                raise Anew

    def bundles(self, names: Names, files: bytes) -> list[Bundle]:
        """The bundles, changed where a line is of one of theirs, and with the new predictions at the end.

        ``files`` is the digest of the files as they were first read.
        """
        changed: dict[bytes, dict[int, Told]] = defaultdict(dict)
        for name, (numbers, forecasts) in self._touched().items():
            of, place = self._machines.homes[name]
            changed[of.key][place] = self._with(name, numbers, forecasts)
        bundles = [
            each.with_others(changed[each.key]) if each.key in changed else each
            for each in self._machines.bundles
        ]
        sorting = Sorting(self._gathered, names)
        new = sorted(self._gathered.predictions)
        if bundles and (room := SIZE - len(bundles[-1].heads)) > 0 and new:
            first, some = len(bundles[-1].heads), new[:room]
            more = {first + at: sorting.told(name) for at, name in enumerate(some)}
            bundles[-1], new = bundles[-1].with_others(more), new[room:]
        bundles += _bundles(files, sorting, new)
        if sorting.problems:
            raise Anew
        return bundles

    def _touched(self) -> dict[str, tuple[list[int], list[int]]]:
        """The new lines of predictions that there were, by prediction, and those of their forecasts.

        They are taken from those gathered.
        """
        gathered, homes = self._gathered, self._machines.homes
        found: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for name in gathered.forecasts.keys() & homes.keys():
            found[name][1].extend(gathered.forecasts.pop(name))
        for name in gathered.resolutions.keys() & homes.keys():
            found[name][0].extend(event.line for event in gathered.resolutions.pop(name))
        left = []
        for correction in gathered.corrections:
            name = self._corrected(correction.values["corrects"])
            if name in homes:
                found[name][0].append(correction.line)
                gathered.unclear.add(name)
            else:
                left.append(correction)
        gathered.corrections = left
        return found

    def _corrected(self, target: str) -> str:
        """The prediction of the line with this id, new or known."""
        number = self._gathered.known.get(target)
        if number is not None:
            return _of(self._line(self._gathered.lines.text(number)))
        for shard, start in self._known.find([target]):
            event = self._line(self._machines.shards[shard].line(start))
            if event.id == target:
                return _of(event)
        raise Anew

    def _with(self, name: str, numbers: list[int], forecasts: list[int]) -> Told:
        """A prediction with new lines."""
        of, place = self._machines.homes[name]
        gathered, was = self._gathered, of.spots(place)
        lines = [*was.lines, *map(gathered.lines.spot, numbers)]
        spots = Spots(was.row, lines, [*was.forecasts, *map(gathered.lines.spot, forecasts)])
        record = self._machines.folded(spots.all, name)
        if self._machines.faulty:
            raise Anew
        clear = of.gist.clear[place] and name not in gathered.unclear
        return Told(record, spots, clear, gathered.last.get(name, ""))

    def _line(self, text: bytes) -> Event:
        event, _ = read_line(self._gathered.reader, text.strip())
        if event is None:
            raise Anew
        return event


def _of(event: Event) -> str:
    """The prediction that a line is of."""
    return event.id if event.kind == "prediction" else str(event.values.get("prediction", ""))
