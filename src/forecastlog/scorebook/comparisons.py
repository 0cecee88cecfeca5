"""Forecasters beside each other on the same predictions: who did better than those who had the same to go by."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from forecastlog.scorebook.frames import Integers, Scorebook, runs
from forecastlog.scoring import difficulty_adjusted, peer, relative

if TYPE_CHECKING:
    import pandas as pd

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


def compared(book: Scorebook) -> dict[Who, Compared]:
    """Everybody who shares a scored prediction with somebody else in the same block.

    Blocks stay apart, or a forecaster's own bare assertion would stand among "the others" of their worded
    forecast.
    """
    pairs = book.pairs[book.pairs["reason"].isna()]
    crowd = pairs.groupby(["prediction", "timing", "block"])["forecaster"].transform("nunique") > 1
    found: dict[Who, Compared] = {}
    for (timing, block), frame in pairs[crowd].groupby(["timing", "block"]):
        for forecaster, values in _within(book, frame).items():
            found[forecaster, str(timing), str(block)] = values
    return found


def _within(book: Scorebook, pairs: pd.DataFrame) -> dict[str, Compared]:
    """The forecasters of these pairs beside each other."""
    import pandas as pd

    who, names = pd.factorize(pairs["forecaster"])
    question, _ = pd.factorize(pairs["prediction"])
    days = _days(book.stretches_of(pairs), pairs.index.to_numpy(), who, question)
    below = relative(**days)
    above = peer(**days)
    level = difficulty_adjusted(question=question, forecaster=who, score=pairs["brier"].to_numpy())
    return {
        name: Compared(_said(below.get(code)), _said(above.get(code)), _said(level.get(code)))
        for code, name in enumerate(names)
    }


def _days(own: pd.DataFrame, rows: Integers, who: Integers, question: Integers) -> dict[str, Any]:
    """The arguments of ``relative`` and ``peer``: a row a forecaster and run of days on which nobody moved.

    ``rows`` are the numbers of the pairs, in order, ``who`` and ``question`` what each is of.
    """
    place = np.searchsorted(rows, own["pair"].to_numpy())
    begin = own["start"].to_numpy(dtype=np.int64)
    asked = question[place].astype(np.int64) * _CALENDAR  # a calendar of its own for every question
    first, last = asked + begin, asked + begin + own["days"].to_numpy(dtype=np.int64)
    moves = np.unique(np.concatenate([first, last]))
    start = np.searchsorted(moves, first)
    sizes = np.searchsorted(moves, last) - start
    run = np.repeat(start, sizes) + runs(sizes)
    return {
        "question": np.repeat(question[place], sizes),
        "forecaster": np.repeat(who[place], sizes),
        "day": run,
        "p": np.repeat(own["probability"].to_numpy(), sizes),
        "y": np.repeat(own["outcome"].to_numpy(), sizes),
        "weight": (moves[run + 1] - moves[run]).astype(np.float64),
    }


def _said(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else float(value)
