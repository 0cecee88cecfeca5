"""Would another scale change the picture? Each group's Brier with its words read on every scale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated

import numpy as np
from numpy.typing import NDArray

from forecastlog.column import count, flag, text
from forecastlog.columns.scores import BRIER, BY, GROUP, TIMING
from forecastlog.likelihood import parse_likelihood, scale_names
from forecastlog.scorebook.frames import Scorebook
from forecastlog.scorebook.scoreboard import ALL, grouped
from forecastlog.vocabulary.scores import TIMINGS

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
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
    scored = book.pairs[book.pairs["reason"].isna() & (book.pairs["block"] == "headline")]
    scored = grouped(scored, by)
    rows: list[ScaleRow] = []
    for timing in TIMINGS:
        frame = scored[scored["timing"] == timing]
        if not frame.empty:
            rows += _rows_of(frame, book.stretches_of(frame, "group"), by=by, timing=timing)
    return rows


def _rows_of(pairs: pd.DataFrame, stretches: pd.DataFrame, *, by: str, timing: str) -> list[ScaleRow]:
    """The rows of one timing, by scale and position."""
    groups, code = np.unique(stretches["group"].to_numpy(dtype=str), return_inverse=True)
    sizes = pairs["group"].astype(str).value_counts()
    counts = np.bincount(code)
    outcome, weight = stretches["outcome"].to_numpy(), stretches["weight"].to_numpy()
    total = np.bincount(code, weight)
    stored: list[int] = []
    rows: list[ScaleRow] = []
    for scale, (p, read) in _figures(stretches):
        brier = np.bincount(code, weight * (p - outcome) ** 2) / total
        reads = np.bincount(code, read).astype(int)
        order = np.lexsort((groups, brier.round(12))).tolist()
        stored = stored or order
        rows += [
            ScaleRow(
                by=by,
                group=str(groups[at]),
                timing=timing,
                scale=scale,
                n=int(sizes[groups[at]]),
                stretches=int(counts[at]),
                read=int(reads[at]),
                brier=float(brier[at]),
                position=place,
                holds=order == stored,
            )
            for place, at in enumerate(order, start=1)
        ]
    return rows


def _figures(stretches: pd.DataFrame) -> Iterator[tuple[str, tuple[Floats, Flags]]]:
    """The probabilities on every scale, and which of them are the scale's own reading."""
    said = stretches.groupby(["words", "probability"], sort=False)
    stored, which = stretches["probability"].to_numpy(), said.ngroup().to_numpy()
    yield "stored", (stored, np.zeros(stored.size, np.bool_))
    phrases = list(said.size().index)
    for scale in scale_names():
        found = np.array([_reading(words, figure, scale) for words, figure in phrases], np.float64)[which]
        read = ~np.isnan(found)
        yield scale, (np.where(read, found, stored), read)


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
