"""Forecasters beside each other: how they had scored, had all answered the same predictions."""

from __future__ import annotations

import numpy as np

from forecastlog.scorebook.frames import Floats, Scorebook
from forecastlog.scorebook.grouping import Groups
from forecastlog.scoring import difficulty_adjusted


def adjusted(book: Scorebook, scored: Groups) -> Floats:
    """The adjusted Brier score of each group of scored pairs by forecaster, among its timing and block.

    NaN of those who share no prediction with somebody else, and of those whom no predictions in common
    connect with most others.
    """
    found = np.full(len(scored.keys), np.nan)
    numbers: dict[tuple[str, ...], int] = {}
    within = np.array([numbers.setdefault(key[1:], len(numbers)) for key in scored.keys], np.int64)[
        scored.codes
    ]
    for number in numbers.values():
        chosen = np.flatnonzero(within == number)
        question = book.pairs["prediction"][scored.pairs[chosen]]
        crowd = np.bincount(question)[question] > 1 if question.size else question > 0
        if crowd.any():
            rows = chosen[crowd]
            brier = book.pairs["brier"][scored.pairs[rows]]
            level = difficulty_adjusted(question=question[crowd], forecaster=scored.codes[rows], score=brier)
            found[list(level)] = list(level.values())
    return found
