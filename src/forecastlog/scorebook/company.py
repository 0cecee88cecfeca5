"""Each forecast beside those of others on the same prediction, on the same days."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecastlog.kinds import BINARY
from forecastlog.scoring.comparisons import Field, in_order, peer_of, relative_of
from forecastlog.scoring.inputs import Floats, Integers
from forecastlog.scoring.sorting import distinct, sorted_places
from forecastlog.vocabulary.scores import BLOCKS, TIMINGS

_CALENDAR = 2**22
"""More days than there are between the first and the last that a date can be."""
_PROBABILITY = BINARY.figures.index("probability")


def beside_others(pairs: NDArray[Any], stretches: NDArray[Any], outcome: Floats) -> tuple[Floats, Floats]:
    """What ``relative`` and ``peer`` come to over the days of each pair; NaN where it had no company.

    ``pairs`` and ``stretches`` are tables (see ``tables``), ``outcome`` of each pair is NaN where it is not
    compared. Only what stands in one block of the scoreboard is company, or a forecaster's own bare assertion
    would stand among "the others" of their worded forecast.
    """
    there = ~np.isnan(outcome)
    asked = (pairs["of"].astype(np.int64) * len(TIMINGS) + pairs["timing"]) * len(BLOCKS) + pairs["block"]
    crowd = there & (np.bincount(asked[there], minlength=asked.max(initial=0) + 1)[asked] > 1)
    if not crowd.any():
        return np.full(len(pairs), np.nan), np.full(len(pairs), np.nan)
    field = _field(asked, stretches[crowd[stretches["pair"]]], outcome)
    return relative_of(field), peer_of(field)


def _field(asked: Integers, stretches: NDArray[Any], outcome: Floats) -> Field:
    """The pairs by their rows, a row each and run of days on which nobody moved."""
    first = asked[stretches["pair"]] * _CALENDAR + stretches["start"]  # a calendar for everything asked
    last = first + stretches["days"]
    moves = distinct(np.concatenate([first, last]))
    start = np.searchsorted(moves, first)
    sizes = np.searchsorted(moves, last) - start
    run = np.repeat(start + sizes - np.cumsum(sizes), sizes) + np.arange(sizes.sum())
    order = sorted_places(run)
    run, row = run[order], np.repeat(np.arange(len(stretches)), sizes)[order]
    pair, p = stretches["pair"][row], stretches["figures"][row, _PROBABILITY]
    days = (moves[run + 1] - moves[run]).astype(np.float64)
    return in_order(
        question=asked[pair],
        forecaster=pair,
        names=range(len(asked)),
        day=run,
        p=p,
        y=outcome[pair],
        days=days,
    )
