"""Forecasters beside each other on the same predictions: who did better than those who had the same to go by."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from forecastlog.scorebook.frames import Scorebook
from forecastlog.scoring import difficulty_adjusted, peer, relative


class Compared(NamedTuple):
    """How a forecaster did beside others; None where there is nobody to compare with.

    ``relative``: own daily Brier minus the median of all that day, below 0 is better. ``peer``: 100 ln of the
    probability given to what happened over the geometric mean of the others', above 0 is better. ``adjusted``:
    the Brier score had all answered the same predictions.
    """

    relative: float | None = None
    peer: float | None = None
    adjusted: float | None = None


Who = tuple[str, str, str]
"""Forecaster, timing and block: prospective and retrospective are never compared."""


def compared(book: Scorebook) -> dict[Who, Compared]:
    """Everybody who shares a scored prediction with somebody else."""
    pairs = book.pairs[book.pairs["reason"].isna()]
    crowd = pairs.groupby(["prediction", "timing"])["forecaster"].transform("nunique") > 1
    shared = pairs[crowd]
    if shared.empty:
        return {}
    who = list(zip(shared["forecaster"], shared["timing"], shared["basis"], strict=True))
    question = list(zip(shared["prediction"], shared["timing"], strict=True))
    days = _days(
        book, dict(zip(shared.index, who, strict=True)), dict(zip(shared.index, question, strict=True))
    )
    below = relative(**days)
    above = peer(**days)
    level = difficulty_adjusted(question=question, forecaster=who, score=shared["brier"].to_numpy())
    return {
        name: Compared(_said(below.get(name)), _said(above.get(name)), _said(level.get(name)))
        for name in dict.fromkeys(who)
    }


def _days(
    book: Scorebook, who: dict[int, Who], question: dict[int, tuple[str, str]]
) -> dict[str, list[object]]:
    """The arguments of ``relative`` and ``peer``: a row a forecaster, question and day."""
    own = book.stretches[book.stretches["pair"].isin(who)]
    times = own["days"].to_numpy()
    pair = np.repeat(own["pair"].to_numpy(), times)
    within = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    return {
        "question": [question[number] for number in pair],
        "forecaster": [who[number] for number in pair],
        "day": list(np.repeat(own["start"].to_numpy(), times) + within),
        "p": list(np.repeat(own["probability"].to_numpy(), times)),
        "y": list(np.repeat(own["outcome"].to_numpy(), times)),
    }


def _said(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else float(value)
