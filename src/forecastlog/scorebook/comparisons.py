"""Forecasters beside each other on the same predictions.

Who did better than those who had the same to go by.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from forecastlog.scorebook.frames import Integers, Scorebook, runs
from forecastlog.scoring import difficulty_adjusted
from forecastlog.scoring.comparisons import field_of, peer_of, relative_of
from forecastlog.scoring.sorting import distinct
from forecastlog.vocabulary.scores import BLOCKS, TIMINGS

_CALENDAR = 2**22
"""More days than there are between the first and the last that a date can be."""


class Compared(NamedTuple):
    """How a forecaster did beside others; None where there is nobody to compare with.

    ``relative``: own daily Brier minus the median of all that day, below 0 is better. ``peer``: 100 ln of the
    probability given to what happened over the geometric mean of the others', above 0 is better.
    ``adjusted``: the Brier score had all answered the same predictions.
    """

    relative: float | None = None
    peer: float | None = None
    adjusted: float | None = None


Who = tuple[str, str, str]
"""Forecaster, timing and block: only what stands in one block of the scoreboard is compared."""


def compared(book: Scorebook, pairs: Integers | None = None) -> dict[Who, Compared]:
    """Everybody who shares a scored prediction with somebody else in the same block, among some pairs or all.

    Blocks stay apart, or a forecaster's own bare assertion would stand among "the others" of their worded
    forecast.
    """
    scored = book.scored if pairs is None else pairs[book.pairs["reason"][pairs] < 0]
    prediction, who = (book.pairs[name][scored].astype(np.int64) for name in ("prediction", "forecaster"))
    within = book.pairs["timing"][scored].astype(np.int64) * len(BLOCKS) + book.pairs["block"][scored]
    places, people = prediction * len(TIMINGS) * len(BLOCKS) + within, len(book.words)
    _, place = np.unique(places, return_inverse=True)
    different = distinct(place * people + who) // people
    crowd = (np.bincount(different)[place] if place.size else place) > 1
    found: dict[Who, Compared] = {}
    for number in distinct(within[crowd]).tolist():
        timing, block = divmod(number, len(BLOCKS))
        for forecaster, values in _within(book, scored[crowd & (within == number)]).items():
            found[book.words[forecaster], _TIMINGS[timing], _BLOCKS[block]] = values
    return found


_TIMINGS, _BLOCKS = tuple(TIMINGS), tuple(BLOCKS)


def _within(book: Scorebook, pairs: Integers) -> dict[int, Compared]:
    """The forecasters of these pairs beside each other, by their numbers."""
    who, question = book.pairs["forecaster"][pairs], book.pairs["prediction"][pairs]
    days = _days(book, pairs, who, question)
    field = field_of(**days)
    below, above = relative_of(field), peer_of(field)
    level = difficulty_adjusted(question=question, forecaster=who, score=book.pairs["brier"][pairs])
    return {
        code: Compared(_said(below.get(code)), _said(above.get(code)), _said(level.get(code)))
        for code in distinct(who).tolist()
    }


def _days(book: Scorebook, pairs: Integers, who: Integers, question: Integers) -> dict[str, Any]:
    """The arguments of ``field_of``: a row a forecaster and run of days on which nobody moved.

    ``who`` and ``question`` are what each of the pairs is of.
    """
    rows, place = book.stretches_of(pairs)
    own = {name: book.stretches[name][rows] for name in ("start", "days", "probability", "outcome")}
    begin = own["start"].astype(np.int64)
    asked = question[place].astype(np.int64) * _CALENDAR  # a calendar of its own for every question
    first, last = asked + begin, asked + begin + own["days"]
    moves = distinct(np.concatenate([first, last]))
    start = np.searchsorted(moves, first)
    sizes = np.searchsorted(moves, last) - start
    run = np.repeat(start, sizes) + runs(sizes)
    return {
        "question": np.repeat(question[place], sizes),
        "forecaster": np.repeat(who[place], sizes),
        "day": run,
        "p": np.repeat(own["probability"], sizes),
        "y": np.repeat(own["outcome"], sizes),
        "weight": (moves[run + 1] - moves[run]).astype(np.float64),
    }


def _said(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else float(value)
