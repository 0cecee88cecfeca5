"""Would another scale change the picture? Each group's Brier with its words read on every scale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray

from forecastlog.column import count, flag, text
from forecastlog.columns.scores import BRIER, BY, GROUP, PAIRS, TIMING
from forecastlog.likelihood import parse_likelihood, scale_names
from forecastlog.scorebook.frames import Floats, Integers, Scorebook
from forecastlog.scorebook.grouping import ALL, Groups, grouped
from forecastlog.scorebook.tables import BLOCK
from forecastlog.scoring.cells import sum_by
from forecastlog.scoring.sorting import numbered
from forecastlog.vocabulary.scores import TIMINGS

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleRow:
    """One group on one scale: its mean Brier over ``n`` pairs, ``read`` of whose ``stretches`` the scale has.

    A phrase that the scale lacks, a figure, and a reading that an analyst overrode keep the stored figure.
    ``position`` is the group's place among its ``by`` and timing, 1 for the lowest Brier; ``holds`` says
    whether the order of all of them is the one that the stored figures give.
    """

    by: Annotated[str, BY]
    group: Annotated[str, GROUP]
    timing: Annotated[str, TIMING]
    scale: Annotated[str, text("the scale; stored: the figures of the log", facet=True, width=0)]
    n: Annotated[int, PAIRS]
    stretches: Annotated[int, count("how many forecasts they hold", width=100)]
    read: Annotated[
        int, count("how many of these the scale has words for; the others keep the log's figure", width=0)
    ]
    brier: Annotated[float, BRIER]
    position: Annotated[int, count("the group's place on this scale, 1 for the lowest score", width=0)]
    holds: Annotated[bool, flag("the order of all groups is the one that the log's figures give", width=0)]


def scale_rows(book: Scorebook, *, by: str = ALL) -> list[ScaleRow]:
    """Every group on every scale, the stored figures first as scale ``stored``; only the headline block."""
    rows = [
        row
        for scaled in scales_of(book, by)
        for place in range(len(scaled.names))
        for row in scaled.rows(place)
    ]
    order = ["stored", *scale_names()]
    return sorted(
        rows, key=lambda row: (tuple(TIMINGS).index(row.timing), order.index(row.scale), row.position)
    )


class ScoresByScale(NamedTuple):
    """The groups of one timing on every scale: a row a scale, a column a group, ``names`` sorted."""

    by: str
    timing: str
    names: list[str]
    scales: list[str]
    n: Integers
    stretches: Integers
    read: Integers
    brier: Floats
    position: Integers
    holds: list[bool]

    def told(self, place: int) -> bytes:
        """All that the rows of one group say beside its name, as bytes."""
        counts = np.array(
            [self.n[place], self.stretches[place], *self.read[:, place], *self.position[:, place]]
        )
        return bytes(self.holds) + counts.tobytes() + self.brier[:, place].tobytes()

    def rows(self, place: int) -> Iterator[ScaleRow]:
        """One group on every scale."""
        columns = (self.read[:, place], self.brier[:, place], self.position[:, place])
        found = zip(self.scales, self.holds, *(column.tolist() for column in columns), strict=True)
        for scale, holds, read, brier, position in found:
            yield ScaleRow(
                by=self.by,
                group=self.names[place],
                timing=self.timing,
                scale=scale,
                n=int(self.n[place]),
                stretches=int(self.stretches[place]),
                read=read,
                brier=brier,
                position=position,
                holds=holds,
            )


def scales_of(book: Scorebook, by: str = ALL) -> Iterator[ScoresByScale]:
    """The groups of each timing that has a scored pair of the headline block."""
    scored = book.scored
    every = grouped(book, by, pairs=scored[book.pairs["block"][scored] == BLOCK["headline"]])
    for timing in TIMINGS:
        own = [place for place, key in enumerate(every.keys) if key[1] == timing]
        if own:  # one after another, sorted by their names
            groups = every.only((every.codes >= own[0]) & (every.codes <= own[-1]))
            names = [every.keys[place][0] for place in own]
            yield _scaled(book, groups._replace(codes=groups.codes - own[0]), by, timing, names)


def _scaled(book: Scorebook, groups: Groups, by: str, timing: str, names: list[str]) -> ScoresByScale:
    rows, place = book.stretches_of(groups.pairs)
    code, total = groups.codes[place], np.bincount(groups.codes[place], book.stretches["weight"][rows])
    worded = book.stretches["in_words"][rows]
    settled = _sums(book, rows[~worded], code[~worded], len(names))
    rows, code_of_words = rows[worded], code[worded]
    scales, briers, reads, orders = [], [], [], []
    for scale, p, read in _figures(book, rows):
        brier = (settled + _sums(book, rows, code_of_words, len(names), p)) / total
        scales.append(scale)
        briers.append(brier)
        reads.append(np.bincount(code_of_words, read, len(names)).astype(np.int64))
        orders.append(np.lexsort((np.arange(brier.size), brier.round(12))))
    return ScoresByScale(
        by,
        timing,
        names,
        scales,
        np.bincount(groups.codes),
        np.bincount(code),
        np.array(reads),
        np.array(briers),
        np.argsort(orders, axis=1) + 1,
        [bool((order == orders[0]).all()) for order in orders],
    )


def _sums(
    book: Scorebook, rows: Integers, code: Integers, groups: int, p: Floats | None = None
) -> NDArray[np.float64]:
    """The weighted sum of squared errors of stretches by group, as stored or with other probabilities."""
    own = {name: book.stretches[name][rows] for name in ("probability", "outcome", "weight")}
    said = own["probability"] if p is None else p
    return sum_by(code, own["weight"] * (said - own["outcome"]) ** 2, groups)


def _figures(book: Scorebook, worded: Integers) -> Iterator[tuple[str, Floats, Flags]]:
    """The probabilities of stretches in words on every scale, and which are the scale's own reading."""
    stored = book.stretches["probability"][worded]
    figures, figure = np.unique(stored, return_inverse=True)
    numbers = book.stretches["words"][worded].astype(np.int64) * figures.size + figure
    phrases, which = numbered(numbers)
    said = [
        (book.words[word], float(figures[at]))
        for word, at in (divmod(phrase, figures.size) for phrase in phrases.tolist())
    ]
    yield "stored", stored, np.zeros(stored.size, np.bool_)
    for scale in scale_names():
        found = np.array([_reading(*phrase, scale) for phrase in said], np.float64)[which]
        read = ~np.isnan(found)
        yield scale, np.where(read, found, stored), read


@cache
def _reading(words: str, stored: float, scale: str) -> float | None:
    """What ``scale`` takes the words to mean, unless the stored figure is not what they are read as."""
    if not _is_read_as(words, stored):
        return None
    reading = parse_likelihood(words, scale)
    return reading.probability if reading and reading.basis == "worded" else None


@cache
def _is_read_as(words: str, stored: float) -> bool:
    """Whether the figure follows from words; one that is stated in them is the same on every scale."""
    read = parse_likelihood(words)
    if read is None or read.probability is None or read.basis != "worded":
        return False
    return abs(read.probability - stored) <= 1e-9
