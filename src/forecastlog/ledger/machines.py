"""What machines wrote, as far as somebody asks: each record is read from its lines when it is wanted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, tzinfo
from functools import cached_property, partial, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from forecastlog.ledger.bundles import Bundle, Spot
from forecastlog.ledger.folded import Entries, Fold
from forecastlog.ledger.gathered import Place, read_line
from forecastlog.ledger.index import Index, digest_of
from forecastlog.ledger.later import with_later
from forecastlog.ledger.lines import LineReader
from forecastlog.ledger.loader import uncollected
from forecastlog.ledger.names import Names
from forecastlog.ledger.packed import Head, Torn, pack, unpack
from forecastlog.ledger.shards import Shard
from forecastlog.model.forecasts import Forecast
from forecastlog.model.records import Prediction
from forecastlog.problems import Problem

Value = TypeVar("Value")
Given = ParamSpec("Given")
Found = TypeVar("Found")
_AT_ONCE = 100
HELD = 1_000
"""How many predictions that were read whole are held: who goes through all of them holds what is needed."""
Home = tuple[Bundle, int]
"""The bundle of a prediction, and its place there."""


class Places(Mapping[str, Place]):
    """Where the predictions stand that machines wrote."""

    def __init__(self, machines: Machines) -> None:
        self._machines = machines

    def __getitem__(self, name: str) -> Place:
        found = self._machines.place(name)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._machines.homes)

    def __len__(self) -> int:
        return len(self._machines.homes)


def _some(get: Callable[[str], Prediction | None], names: Sequence[str]) -> Iterator[Prediction]:
    """Those that there are, some at a time, since looking for garbage takes as long."""
    for first in range(0, len(names), _AT_ONCE):
        with uncollected():
            found = list(map(get, names[first : first + _AT_ONCE]))
        yield from filter(None, found)


def _surely(
    method: Callable[Concatenate[Machines, Given], Found],
) -> Callable[Concatenate[Machines, Given], Found]:
    """Once more with all files read, where what the index keeps is torn or a file is not what it was."""

    @wraps(method)
    def tried(self: Machines, /, *args: Given.args, **named: Given.kwargs) -> Found:
        try:
            return method(self, *args, **named)
        except Torn:
            self.renew()
            return method(self, *args, **named)

    return tried


@dataclass(eq=False)
class Machines:
    """The predictions in bundles, whose lines stand in ``shards``.

    In the order of their ids, wherever they are told.

    ``first`` differs where a line that was there or the list of people does; empty where that is not known.
    ``index`` keeps the bundles of the keys ``kept``, if any does, and ``again`` makes all of it anew from the
    files.
    """

    shards: Sequence[Shard]
    bundles: Sequence[Bundle]
    names: Names
    zone: tzinfo | None
    problems: tuple[Problem, ...] = ()
    first: bytes = b""
    index: Index | None = None
    kept: Collection[bytes] = ()
    again: Callable[[], Machines] | None = None
    _known: dict[str, Prediction] = field(default_factory=dict)

    def renew(self) -> None:
        """Make it anew from the files, since something in the index is not what was kept.

        Raises Torn where it was.
        """
        if self.again is None:
            raise Torn("the machines' files are written to all the while")
        if self.index:
            self.index.discard()
        new, known = self.again(), self._known
        self.__dict__.clear()
        self.__dict__.update({**new.__dict__, "_known": known, "again": None})

    @cached_property
    def _fold(self) -> Fold:
        return Fold(LineReader(self.zone), self.names)

    @cached_property
    def homes(self) -> dict[str, Home]:
        """Where each prediction is, by its id."""
        return {
            head.id: (bundle, place) for bundle in self.bundles for place, head in enumerate(bundle.heads)
        }

    @cached_property
    def all(self) -> tuple[Prediction, ...]:
        """Every prediction."""
        return tuple(self.read(self.homes))

    @_surely
    def get(self, name: str) -> Prediction | None:
        """The prediction with this id."""
        if name not in self._known and name in self.homes:
            found = self.record(*self.homes[name])
            if len(self._known) >= HELD:
                self._known.clear()
            self._known[name] = found
        return self._known.get(name)

    def read(self, names: Iterable[str]) -> Iterator[Prediction]:
        """The predictions with these ids, in their order."""
        return _some(self.get, sorted(names))

    def listed(self, names: Iterable[str]) -> Iterator[Prediction]:
        """The same, their forecasts to be read when somebody looks at them."""
        return _some(self._listed, sorted(names))

    @_surely
    def _listed(self, name: str) -> Prediction | None:
        bundle, place = self.homes.get(name, (None, 0))
        if bundle is None or name in self._known or not bundle.gist.clear[place]:
            return self.get(name)
        return with_later(self._bare(bundle, place), partial(self._forecasts, name))

    def _forecasts(self, name: str) -> Sequence[Forecast]:
        """Those of a prediction; none of one that has gone meanwhile."""
        found = self.get(name)
        return found.forecasts if found else ()

    @_surely
    def place(self, name: str) -> Place | None:
        """The line of a prediction."""
        if name not in self.homes:
            return None
        bundle, place = self.homes[name]
        spots = bundle.spots(place)
        return Place(self.shards[spots.lines[0][0]].name, spots.row)

    def wanted(self, test: Callable[[Head], bool]) -> Iterator[Prediction]:
        """Those whose heads pass."""
        return self.listed(head.id for bundle in self.bundles for head in bundle.heads if test(head))

    @_surely
    def holds(self, name: str) -> bytes:
        """What differs wherever a line of the prediction or whom it names does; empty where nobody knows."""
        if name not in self.homes or not self.first:
            return b""
        bundle, place = self.homes[name]
        return digest_of(self.first + bundle.holds(place))

    @_surely
    def matching(self, tests: Mapping[str, Callable[[Any], bool]]) -> Iterator[Prediction]:
        """Those whose values pass, as far as these stand in the record itself."""
        found: list[str] = []
        for bundle in self.bundles:
            places: Sequence[int] = range(len(bundle.heads))
            for path, test in tests.items():
                cells = bundle.cells(path)
                if cells is not None:
                    places = [place for place in places if test(cells[place])]
            found += (bundle.heads[place].id for place in places)
        return self.listed(found)

    @_surely
    def cells(self, path: str) -> list[Any]:
        """A value of each, by their ids, as listings show it."""
        of = {
            head.id: cell
            for bundle in self.bundles
            for head, cell in zip(bundle.heads, bundle.cells(path) or (), strict=True)
        }
        return [of[name] for name in sorted(of)]

    @_surely
    def within(self, files: Collection[Path]) -> Iterator[Prediction]:
        """Those of which a line stands in one of these files."""
        numbers = {number for number, shard in enumerate(self.shards) if shard.path in files}
        return self.read(
            head.id
            for bundle in self.bundles
            for place, head in enumerate(bundle.heads)
            if any(shard in numbers for shard, _, _ in bundle.spots(place).all)
        )

    @_surely
    def of_each(self, name: str, of: type[Value], make: Callable[[Prediction], Value]) -> Iterator[Value]:
        """What ``make`` says of each; what is new of it is kept.

        One of which no rule finds anything in the forecasts comes without them.
        """
        found: dict[str, Value] = {}
        new: dict[bytes, bytes] = {}
        for bundle in self.bundles:
            said: list[Value] | None = None
            with suppress(Torn):
                said = unpack(list[of], self.index.part(bundle.key, name)) if self.index else None  # type: ignore[valid-type]
            if said is None:
                said = self._said(bundle, make)
                new[bundle.key] = pack(said)
            found.update(zip((head.id for head in bundle.heads), said, strict=True))
        if self.index:
            self.index.add({key: data for key, data in new.items() if key in self.kept}, name)
        return (found[each] for each in sorted(found))

    @_surely
    def after(self, day: date) -> list[str]:
        """The ids of those of which a forecast that ``of_each`` leaves out may be from after a day."""
        late = (bundle for bundle in self.bundles if bundle.gist.last > day.isoformat())
        return [head.id for bundle in late for head in bundle.heads]

    @property
    def faulty(self) -> bool:
        """Whether the lines of the record that was made last have faults together."""
        return bool(self._fold.faults)

    def _texts(self, spots: Sequence[Spot]) -> Iterator[bytes]:
        """Lines, those that follow each other in a file read at once; raises Torn."""
        first = 0
        for last, (shard, start, length) in enumerate(spots, 1):
            if last < len(spots) and spots[last][:2] == (shard, start + length + 1):
                continue
            begin = spots[first][1]
            yield from self.shards[shard].text(begin, start + length - begin).split(b"\n")
            first = last

    def _said(self, bundle: Bundle, make: Callable[[Prediction], Value]) -> list[Value]:
        """What ``make`` says of these, which are not held for that."""
        with uncollected():
            return [make(self._bare(bundle, place)) for place in range(len(bundle.heads))]

    def _bare(self, bundle: Bundle, place: int) -> Prediction:
        """A prediction, perhaps without its forecasts."""
        if bundle.gist.clear[place]:
            return self.folded(bundle.spots(place).lines, bundle.heads[place].id)
        return self.record(bundle, place)

    def record(self, bundle: Bundle, place: int) -> Prediction:
        """A prediction, read from its lines; raises Torn where these are not there any more."""
        return self.folded(bundle.spots(place).all, bundle.heads[place].id)

    def folded(self, spots: Sequence[Spot], name: str) -> Prediction:
        """The prediction of that id, read from these lines; raises Torn where they make none."""
        texts = list(self._texts(spots))
        self._fold.faults.clear()
        events = [read_line(self._fold.reader, text.strip())[0] for text in texts]
        try:
            record = self._fold.record(Entries.of(event for event in events if event))
        except (ValueError, KeyError) as error:
            raise Torn(name) from error
        if record.id != name or None in events:
            raise Torn(name)
        return record
