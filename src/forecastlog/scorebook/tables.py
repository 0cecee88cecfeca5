"""Pairs as tables of numbers, and the words that some of the numbers stand for.

What many pairs come to is reckoned from these, all groups at once. They are made for a few predictions at a
time and put together, so that nothing needs all records at hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import blake2b
from itertools import accumulate
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from forecastlog.kinds import BINARY, KINDS, Kind, Said, kind_of
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Prediction
from forecastlog.scorebook.ahead import Miss, misses_of
from forecastlog.scorebook.company import beside_others
from forecastlog.scorebook.counting import Pair, Stretch
from forecastlog.scorebook.groups import event_of, events_by, groups_of, publisher_of
from forecastlog.scorebook.phrases import is_decided, uses_of
from forecastlog.scorebook.spoken import Spoken
from forecastlog.scoring.cells import sum_by
from forecastlog.vocabulary.articles import EVENTS_BY
from forecastlog.vocabulary.scores import BLOCKS, GROUPINGS, LEFT_OUT, TIMINGS
from forecastlog.vocabulary.thresholds import NOTHING_CHANGES, NOTHING_CHANGES_BESIDE

_ENCODER = msgspec.msgpack.Encoder(enc_hook=float)  # figures may be numbers of numpy
_SIX = _ENCODER.encode([None] * 6)[:1]
"""How MessagePack begins a list of six."""
Rows = NDArray[Any]
"""A structured array: a row each, columns by their names."""
MARK = 16
"""Bytes of a digest of all that is told of a pair; where it is the same, so is all that the pair adds."""
NONE = -1
"""The number that stands for no word."""
REFERENCES = {
    "reference": NOTHING_CHANGES,
    **{f"reference_{100 * sure:.0f}": sure for sure in NOTHING_CHANGES_BESIDE},
}
"""Columns of what somebody gives who is so sure that nothing changes."""
OVERLAPPING = tuple(word.name for word in GROUPINGS.values() if word.overlaps)

_WORD, _NUMBER, _OF_FEW, _FIGURE, _FLAG = "i4", "i4", "i1", "f8", "?"
_MARK = f"V{MARK}"
_FIGURES = 3  # the most that a kind has
_MISSING = (np.nan,) * _FIGURES
PREDICTION = np.dtype(
    [
        ("prediction", _WORD),
        ("article", _WORD),
        ("event", _WORD),
        ("lot", _WORD),
        ("year", _WORD),
        ("result", _WORD),
        ("kind", _OF_FEW),
        ("events_by", _OF_FEW),
        ("main", _FLAG),
        ("outcome", _FIGURE),
        ("has_status_quo", _FLAG),
        ("references", _FIGURE, (len(REFERENCES),)),
        ("known", _NUMBER),
        ("latest", _NUMBER),
        ("blind", _FLAG),
        ("double", _FLAG),
    ]
)
MEMBER = np.dtype([("of", _NUMBER), ("by", _OF_FEW), ("group", _WORD)])
PAIR = np.dtype(
    [
        ("of", _NUMBER),
        ("forecaster", _WORD),
        ("publisher", _WORD),
        ("block", _OF_FEW),
        ("timing", _OF_FEW),
        ("reason", _OF_FEW),
        ("same_day", _FLAG),
        ("late", _NUMBER),
        ("tells_of_words", _FLAG),
        ("relative", _FIGURE),
        ("peer", _FIGURE),
        ("mark", _MARK),
    ]
)
STRETCH = np.dtype(
    [
        ("pair", _NUMBER),
        ("forecast", _NUMBER),
        ("figures", _FIGURE, (_FIGURES,)),
        ("weight", _FIGURE),
        ("start", _NUMBER),
        ("days", _NUMBER),
        ("in_words", _FLAG),
        ("words", _WORD),
    ]
)
SPOKEN = np.dtype(
    [
        ("prediction", _WORD),
        ("forecaster", _WORD),
        ("publisher", _WORD),
        ("article", _WORD),
        ("event", _WORD),
        ("source", _WORD),
        ("block", _OF_FEW),
    ]
)
SCORE = np.dtype([("pair", _NUMBER), ("name", _WORD), ("value", _FIGURE)])
USE = np.dtype(
    [
        ("pair", _NUMBER),
        ("words", _WORD),
        ("scale", _WORD),
        ("outcome", _FIGURE),
        ("probability", _FIGURE),
        ("low", _FIGURE),
        ("high", _FIGURE),
    ]
)
WORDS = {
    PREDICTION: ("prediction", "article", "event", "lot", "year", "result"),
    MEMBER: ("group",),
    PAIR: ("forecaster", "publisher"),
    STRETCH: ("words",),
    SCORE: ("name",),
    USE: ("words", "scale"),
    SPOKEN: ("prediction", "forecaster", "publisher", "article", "event", "source"),
}
"""The columns of each table whose numbers stand for words."""
KIND, BLOCK, TIMING, REASON, EVENTS = (
    {name: number for number, name in enumerate(words)}
    for words in (KINDS, BLOCKS, TIMINGS, LEFT_OUT, EVENTS_BY)
)
"""The numbers of the vocabulary's words; no reason, and no event of its own, are ``NONE``."""


class Tables(NamedTuple):
    """Pairs of some predictions: a column is called as the field of ``Pair`` or of the record that it holds.

    ``of`` of a pair, and of a tag or topic in ``members``, is the row of its prediction; ``pair`` of a
    stretch, a score and a use of words the row of its pair, increasing. Days are ordinals, 0 for none.
    ``relative`` and ``peer`` are what ``beside_others`` gives.
    ``scores`` are of the kinds whose scores take more than ``figures`` to reckon: the mean over the pair's
    time by the name of the column. ``uses`` are what the words' record counts, ``misses`` what the errors
    by distance are made of. ``spoken`` has a row a prediction, with or without a forecast (see ``Spoken``).
    In ``words`` each word stands once; numbers below 0 are none.
    """

    predictions: Rows
    members: Rows
    pairs: Rows
    stretches: Rows
    scores: Rows
    uses: Rows
    spoken: Rows
    misses: tuple[Miss, ...]
    words: tuple[str, ...]

    @property
    def rows(self) -> tuple[Rows, ...]:
        """The tables whose rows are numbers."""
        return self[:7]


def tables_of(pairs: Iterable[Pair], ledger: Ledger, spoken: Iterable[Spoken] = ()) -> Tables:
    """The tables of some pairs, those of one prediction one after another."""
    making = _Making(ledger)
    for pair in pairs:
        making.add(pair)
    making.spoken = [(*map(making.word, one[:6]), BLOCK[one.block]) for one in spoken]
    return making.tables()


def joined(parts: Sequence[Tables]) -> Tables:
    """The parts in their order as one, its words sorted, so that they compare as their numbers do."""
    words = sorted({word for part in parts for word in part.words})
    place = {word: number for number, word in enumerate(words)}
    numbers = [np.array([*map(place.__getitem__, part.words), NONE], np.int32) for part in parts]
    found = []
    for at, (dtype, texts) in enumerate(WORDS.items()):
        tables = [part.rows[at] for part in parts]
        rows = np.concatenate([np.zeros(0, dtype), *tables])
        stops = list(accumulate(len(table) for table in tables))
        for start, stop, number in zip([0, *stops], stops, numbers, strict=False):
            for name in texts:
                rows[name][start:stop] = number[rows[name][start:stop]]
        found.append(rows)
    for before, after, name in _REFERS:
        tables = [part.rows[before] for part in parts]
        shift = [0, *accumulate(len(table) for table in tables)][: len(parts)]
        sizes = [len(part.rows[after]) for part in parts]
        found[after][name] += np.repeat(np.array(shift, np.int32), sizes)
    misses = tuple(miss for part in parts for miss in part.misses)
    return _whole(found, misses, tuple(words))


def packed(tables: Tables) -> bytes:
    """The tables as bytes, to be kept; they are of this program and this machine alone."""
    return msgspec.msgpack.encode(([rows.tobytes() for rows in tables.rows], tables.misses, tables.words))


def unpacked(data: bytes) -> Tables:
    """What was packed."""
    rows, misses, words = _PACKED.decode(data)
    return _whole(map(np.frombuffer, rows, WORDS), misses, words)


def _whole(rows: Iterable[Rows], misses: tuple[Miss, ...], words: tuple[str, ...]) -> Tables:
    predictions, members, pairs, stretches, scores, uses, spoken = rows
    return Tables(predictions, members, pairs, stretches, scores, uses, spoken, misses, words)


_PACKED = msgspec.msgpack.Decoder(tuple[tuple[memoryview, ...], tuple[Miss, ...], tuple[str, ...]])
_REFERS = ((0, 1, "of"), (0, 2, "of"), (2, 3, "pair"), (2, 4, "pair"), (2, 5, "pair"))
"""Which table's rows the numbers of another one's column are."""


class _Making:
    """Tables that grow by a pair at a time."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.words: dict[str, int] = {}
        self.predictions: list[tuple[object, ...]] = []
        self.members: list[tuple[int, int, int]] = []
        self.pairs: list[tuple[object, ...]] = []
        self.stretches: list[tuple[object, ...]] = []
        self.uses: list[tuple[object, ...]] = []
        self.spoken: list[tuple[object, ...]] = []
        self.misses: list[Miss] = []
        self.said: dict[Kind, list[tuple[int, Pair]]] = defaultdict(list)
        self.last: Prediction | None = None
        self.about = blake2b(digest_size=MARK)
        self.publishers: dict[str, str | None] = {}

    def word(self, text: str | None) -> int:
        """The number of a word."""
        return NONE if text is None else self.words.setdefault(text, len(self.words))

    def add(self, pair: Pair) -> None:
        """A pair with all that hangs on it."""
        kind = kind_of(pair.prediction)
        if pair.prediction is not self.last:
            self._prediction(pair, kind)
        if pair.block not in self.publishers:
            self.publishers[pair.block] = publisher_of(pair.prediction, self.ledger, pair.block)
        number, publisher = len(self.pairs), self.publishers[pair.block]
        stretches = [_stretch(stretch, pair, kind) for stretch in pair.stretches]
        uses = uses_of(pair)
        row = (
            BLOCK[pair.block],
            TIMING[pair.timing],
            NONE if pair.reason is None else REASON[pair.reason],
            pair.same_day,
            pair.late,
            bool(uses) and is_decided(pair),
        )
        told = self.about.copy()  # of a list that goes on with what is of the pair
        told.update(_ENCODER.encode((pair.forecaster, publisher, row, stretches, uses))[1:])
        prediction = len(self.predictions) - 1
        alone = np.nan, np.nan  # until all are there
        self.pairs.append(
            (prediction, self.word(pair.forecaster), self.word(publisher), *row, *alone, told.digest())
        )
        self.stretches += [(number, *most, self.word(words)) for most, words in stretches]
        self.uses += [
            (number, self.word(use.words), self.word(use.scale), *map(_number, use[2:])) for use in uses
        ]
        self.misses += misses_of(pair)
        if pair.reason is None and not kind.by_figures:
            self.said[kind].append((number, pair))

    def _prediction(self, pair: Pair, kind: Kind) -> None:
        one, ledger = pair.prediction, self.ledger
        self.last, self.publishers = one, {}
        groups = groups_of(one, ledger, forecaster="", block="", latest=pair.latest)
        for by, name in enumerate(OVERLAPPING):
            self.members += [(len(self.predictions), by, self.word(group)) for group in groups[name]]
        by_event = events_by(one, ledger)
        words = (
            one.id,
            one.article,
            event_of(one, ledger),
            one.article or f"{one.source}:{pair.known}",
            groups.get("year", (None,))[0],
            pair.came,
        )
        numbers = (
            KIND[kind.name],
            NONE if by_event is None else EVENTS[by_event],
            one.main,
            _number(pair.outcome),
            kind.stays(one),
            _references(kind, one),
            _ordinal(pair.known),
            _ordinal(pair.latest),
            pair.blind,
            pair.double,
        )
        self.predictions.append((*map(self.word, words), *numbers))
        # what figures of other kinds are reckoned from is all that the record says
        about = _ENCODER.encode((words, numbers, "" if kind.by_figures else repr(one)))
        self.about = blake2b(_SIX + _ENCODER.encode(about), digest_size=MARK)

    def tables(self) -> Tables:
        """What was added."""
        scores = sorted(row for kind, listed in self.said.items() for row in self._scores(kind, listed))
        lists = (self.predictions, self.members, self.pairs, self.stretches, scores, self.uses, self.spoken)
        made = [np.array(rows, dtype) for rows, dtype in zip(lists, WORDS, strict=True)]
        predictions, _, pairs, stretches, *_ = made
        asked = predictions[pairs["of"]]
        scored = (asked["kind"] == KIND[BINARY.name]) & (pairs["reason"] < 0)
        outcome = np.where(scored, asked["outcome"], np.nan)
        pairs["relative"], pairs["peer"] = beside_others(pairs, stretches, outcome)
        return _whole(made, tuple(self.misses), tuple(self.words))

    def _scores(self, kind: Kind, listed: list[tuple[int, Pair]]) -> Iterator[tuple[int, int, float]]:
        """The pair, the column and the value of each score that there is."""
        numbers = [number for number, _ in listed]
        place = np.repeat(np.arange(len(listed)), [len(pair.stretches) for _, pair in listed])
        weight = np.array([one.weight for _, pair in listed for one in pair.stretches])
        said = [pair.said(one.forecast) for _, pair in listed for one in pair.stretches]
        columns: dict[str, NDArray[np.float64]] = {
            name: sum_by(place, values * weight, len(listed)) for name, values in kind.scores(said).items()
        }
        columns |= {
            f"{name}_{kind.headline}": _beside(kind, [pair for _, pair in listed], sure)
            for name, sure in REFERENCES.items()
        }
        for name, values in columns.items():
            word = self.word(name)
            for number, value in zip(numbers, values.tolist(), strict=True):
                if value == value:  # noqa: PLR0124  # only NaN differs from itself
                    yield number, word, value


def _stretch(stretch: Stretch, pair: Pair, kind: Kind) -> tuple[tuple[object, ...], str]:
    """A stretch as its table has it, but for the number of its pair, and its words, which come last."""
    forecast = stretch.forecast
    assert forecast.says is not None  # noqa: S101  # only such stand
    figures = kind.row(forecast.says)
    numbers = (
        NONE if kind.by_figures else pair.prediction.forecasts.index(forecast),
        figures + _MISSING[len(figures) :],
        stretch.weight,
        stretch.start.toordinal(),
        stretch.days,
        bool(forecast.words),
    )
    return numbers, forecast.words.casefold() if forecast.words else f"{figures[0]:.6g}"


def _number(value: float | None) -> float:
    return np.nan if value is None else value


def _ordinal(day: date | None) -> int:
    return 0 if day is None else day.toordinal()


def _references(kind: Kind, prediction: Prediction) -> tuple[float, ...]:
    """What those give who are so sure that nothing changes, of a kind that is scored by figures."""
    if not kind.by_figures:
        return (np.nan,) * len(REFERENCES)
    given = [kind.reference(prediction, sure) for sure in REFERENCES.values()]
    return tuple(np.nan if says is None else kind.row(says)[0] for says in given)


def _beside(kind: Kind, pairs: Sequence[Pair], sure: float) -> NDArray[np.float64]:
    """What those score beside each pair who are so ``sure`` that nothing changes.

    NaN where they expect nothing.
    """
    found = np.full(len(pairs), np.nan)
    given = {
        number: Said(pair.prediction, says, pair.came or "")
        for number, pair in enumerate(pairs)
        if (says := kind.reference(pair.prediction, sure, pair.stretches[-1].forecast.says))
    }
    if given:
        found[list(given)] = kind.scores(list(given.values()))[kind.headline]
    return found
