"""Would another scale change the picture? Each group's Brier with its words read on every scale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from forecastlog.column import count, flag, text
from forecastlog.columns.scores import BRIER, BY, GROUP, TIMING
from forecastlog.likelihood import parse_likelihood, scale_names
from forecastlog.scorebook.frames import Floats, Integers, Scorebook
from forecastlog.scorebook.grouping import ALL, Groups, grouped
from forecastlog.scorebook.tables import BLOCK
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
    n: Annotated[int, count("how many pairs of prediction and forecaster are scored", width=0)]
    stretches: Annotated[int, count("how many forecasts they hold", width=100)]
    read: Annotated[
        int, count("how many of these the scale has words for; the others keep the log's figure", width=0)
    ]
    brier: Annotated[float, BRIER]
    position: Annotated[int, count("the group's place on this scale, 1 for the lowest score", width=0)]
    holds: Annotated[bool, flag("the order of all groups is the one that the log's figures give", width=0)]


def scale_rows(book: Scorebook, *, by: str = ALL) -> list[ScaleRow]:
    """Every group on every scale, the stored figures first as scale ``stored``; only the headline block."""
    scored = book.scored
    groups = grouped(book, by, pairs=scored[book.pairs["block"][scored] == BLOCK["headline"]])
    return [row for timing in TIMINGS for row in _of_timing(book, groups, by, timing)]


def _of_timing(book: Scorebook, groups: Groups, by: str, timing: str) -> Iterator[ScaleRow]:
    """The rows of one timing, by scale and position."""
    own = [place for place, key in enumerate(groups.keys) if key[1] == timing]
    if not own:
        return
    first, names = (
        own[0],
        [groups.keys[place][0] for place in own],
    )  # one after another, sorted by their names
    groups = groups.only((groups.codes >= first) & (groups.codes <= own[-1]))
    rows, place = book.stretches_of(groups.pairs)
    code = groups.codes[place] - first
    sizes, counts = np.bincount(groups.codes - first).tolist(), np.bincount(code).tolist()
    outcome, weight = book.stretches["outcome"][rows], book.stretches["weight"][rows]
    total = np.bincount(code, weight)
    stored: list[int] = []
    for scale, (p, read) in _figures(book, rows):
        brier = np.bincount(code, weight * (p - outcome) ** 2) / total
        reads, figures = np.bincount(code, read).astype(int).tolist(), brier.tolist()
        order = np.lexsort((np.arange(brier.size), brier.round(12))).tolist()
        stored = stored or order
        holds = order == stored
        for position, at in enumerate(order, start=1):
            yield ScaleRow(
                by=by,
                group=names[at],
                timing=timing,
                scale=scale,
                n=sizes[at],
                stretches=counts[at],
                read=reads[at],
                brier=figures[at],
                position=position,
                holds=holds,
            )


def _figures(book: Scorebook, rows: Integers) -> Iterator[tuple[str, tuple[Floats, Flags]]]:
    """The probabilities of stretches on every scale, and which of them are the scale's own reading."""
    stored = book.stretches["probability"][rows]
    worded = np.flatnonzero(book.stretches["in_words"][rows])
    figures, figure = np.unique(stored[worded], return_inverse=True)
    numbers = book.stretches["words"][rows][worded].astype(np.int64) * figures.size + figure
    phrases, which = np.unique(numbers, return_inverse=True)
    said = [
        (book.words[word], float(figures[at]))
        for word, at in (divmod(phrase, figures.size) for phrase in phrases.tolist())
    ]
    yield "stored", (stored, np.zeros(stored.size, np.bool_))
    for scale in scale_names():
        found = np.full(stored.size, np.nan)
        found[worded] = np.array([_reading(*phrase, scale) for phrase in said], np.float64)[which]
        read = ~np.isnan(found)
        yield scale, (np.where(read, found, stored), read)


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
