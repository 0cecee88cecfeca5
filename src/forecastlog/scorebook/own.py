"""What one prediction comes to, for itself."""

from __future__ import annotations

from datetime import date
from math import isnan
from typing import NamedTuple

import numpy as np

from forecastlog.kinds import kind_of
from forecastlog.model.ledger import Ledger
from forecastlog.scorebook.counting import Pair, pairs


class OwnScore(NamedTuple):
    """The speaker's score (None where none is scored), and every pair of the prediction in words."""

    score: float | None
    pairs: tuple[str, ...]


def own_score(ledger: Ledger, prediction_id: str, day: date) -> OwnScore:
    """A prediction's own scores as of ``day``, as soon as its outcome is known.

    The score is the headline one of the prediction's kind, the speaker's, or the mean over others where
    nobody else is scored; 0 is the best.
    """
    found = [pair for pair in pairs(ledger, day, as_known=True) if pair.prediction.id == prediction_id]
    scored = [pair for pair in found if pair.reason is None]
    own = [pair for pair in scored if pair.forecaster == pair.prediction.speaker] or scored
    figures = [figure for pair in own if (figure := _score(pair)) is not None]
    return OwnScore(
        score=round(sum(figures) / len(figures), 6) if figures else None,
        pairs=tuple(sorted(_line(pair) for pair in found)),
    )


def _score(pair: Pair) -> float | None:
    """None where the forecast does not say enough for the score that stands for all."""
    kind = kind_of(pair.prediction)
    scores = kind.scores([pair.said(stretch.forecast) for stretch in pair.stretches])[kind.headline]
    score = float(scores @ np.array([stretch.weight for stretch in pair.stretches]))
    return None if isnan(score) else score


def _line(pair: Pair) -> str:
    score = _score(pair) if pair.reason is None else None
    figure = pair.reason or ("no score" if score is None else f"{score:.6f}")
    return f"{pair.forecaster}, {pair.block}, {pair.timing}: {figure}"
