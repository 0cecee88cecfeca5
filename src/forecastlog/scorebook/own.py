"""What one prediction comes to, for itself."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from forecastlog.model import Ledger
from forecastlog.scorebook.counting import Pair, pairs


class OwnScore(NamedTuple):
    """The speaker's Brier score (None where none is scored), and every pair of the prediction in words."""

    brier: float | None
    pairs: tuple[str, ...]


def own_score(ledger: Ledger, prediction_id: str, day: date) -> OwnScore:
    """A prediction's own scores as of ``day``, as soon as its outcome is known.

    The Brier score is the speaker's, or the mean over others where nobody else is scored, in [0, 1] with 0 the best.
    """
    found = [pair for pair in pairs(ledger, day, as_known=True) if pair.prediction.id == prediction_id]
    scored = [pair for pair in found if pair.reason is None]
    own = [pair for pair in scored if pair.forecaster == pair.prediction.speaker] or scored
    figures = [_brier(pair) for pair in own]
    return OwnScore(
        brier=round(sum(figures) / len(figures), 6) if figures else None,
        pairs=tuple(sorted(_line(pair) for pair in found)),
    )


def _brier(pair: Pair) -> float:
    outcome = pair.outcome or 0.0  # a scored pair has one
    return sum(stretch.weight * (stretch.probability - outcome) ** 2 for stretch in pair.stretches)


def _line(pair: Pair) -> str:
    figure = pair.reason or f"{_brier(pair):.6f}"
    return f"{pair.forecaster}, {pair.block}, {pair.timing}: {figure}"
