"""Pairs as frames: a row a pair with its scores, and a row a stretch for calibration.

Means over pairs are plain means, because a pair weighs 1 whatever the number of its forecasts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from forecastlog.model import Ledger
from forecastlog.scorebook.counting import Pair, Stretch
from forecastlog.scorebook.groups import event_of, events_by
from forecastlog.scoring import brier, brier_bounds, log_score
from forecastlog.vocabulary import GROUPINGS, NOTHING_CHANGES, NOTHING_CHANGES_BESIDE

if TYPE_CHECKING:
    import pandas as pd

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scorebook:
    """Both frames of a ledger on a day.

    ``pairs`` has a row a pair: prediction, forecaster, publisher, article, block, year (its groups, see ``groups_of``), tag and topic (tuples), main, event
    (see ``event_of``), events_by (see there),
    lot (its article; of an import, its source and the day its outcome was known), timing, reason (None where
    it is scored), outcome, probability (the time-weighted mean), brier, best, worst, log,
    has_status_quo, the columns of ``REFERENCES`` and the Brier score of each (``_brier``), same_day, known, latest, late, blind, double. ``stretches`` has a row a stretch of a scored pair: pair (the
    row number in ``pairs``, increasing), probability, low, high, outcome, weight (they sum to 1 a pair), words,
    start (a day's ordinal), days.
    """

    pairs: pd.DataFrame
    stretches: pd.DataFrame
    rule: str

    def stretches_of(self, pairs: pd.DataFrame, *columns: str) -> pd.DataFrame:
        """The stretches of some rows of ``pairs``, in their order, with ``columns`` of theirs beside."""
        column, numbers = self.stretches["pair"].to_numpy(), pairs.index.to_numpy()
        starts = np.searchsorted(column, numbers)
        sizes = np.searchsorted(column, numbers, side="right") - starts
        own = self.stretches.iloc[np.repeat(starts, sizes) + runs(sizes)]
        return own.assign(**{name: np.repeat(pairs[name].to_numpy(), sizes) for name in columns})


def runs(sizes: Integers) -> Integers:
    """0, 1, 2, ... up to each size, one after another.

    >>> runs(np.array([2, 0, 3])).tolist()
    [0, 1, 0, 1, 2]
    """
    return np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)


def scorebook(pairs: Iterable[Pair], ledger: Ledger, *, rule: str) -> Scorebook:
    """Both frames, in the order of ``pairs``."""
    import pandas as pd

    listed = list(pairs)
    frame = pd.DataFrame([_pair_row(pair, ledger) for pair in listed], columns=_PAIR_COLUMNS)
    rows = [
        _stretch_row(number, pair, stretch)
        for number, pair in enumerate(listed)
        for stretch in pair.stretches
    ]
    stretches = pd.DataFrame(rows, columns=_STRETCH_COLUMNS).astype(
        {"pair": int, "probability": float, "low": float, "high": float, "outcome": float, "weight": float}
    )
    return Scorebook(_scored(frame, stretches), stretches, rule)


REFERENCES = {
    "reference": NOTHING_CHANGES,
    **{f"reference_{100 * sure:.0f}": sure for sure in NOTHING_CHANGES_BESIDE},
}
"""Columns of what somebody gives who is so sure that nothing changes."""
OVERLAPPING = tuple(word.name for word in GROUPINGS.values() if word.overlaps)
_SINGLE = ("forecaster", "publisher", "article", "block", "year")
_PAIR_COLUMNS = [
    "prediction", *_SINGLE, *OVERLAPPING, "main", "event", "events_by", "lot",
    "timing", "reason", "outcome", "has_status_quo", *REFERENCES, "same_day", "known", "latest", "late", "blind", "double",
]  # fmt: skip
_STRETCH_COLUMNS = ["pair", "probability", "low", "high", "outcome", "weight", "words", "start", "days"]


def _pair_row(pair: Pair, ledger: Ledger) -> tuple[object, ...]:
    prediction = pair.prediction
    groups = pair.groups(ledger)
    return (
        prediction.id,
        *(groups[by][0] if by in groups else None for by in _SINGLE),
        *(groups[by] for by in OVERLAPPING),
        prediction.main,
        event_of(prediction, ledger),
        events_by(prediction, ledger),
        prediction.article or f"{prediction.source}:{pair.known}",
        pair.timing,
        pair.reason,
        pair.outcome,
        pair.status_quo.happens is not None,
        *(pair.status_quo.gives(sure) for sure in REFERENCES.values()),
        pair.same_day,
        pair.known,
        pair.latest,
        pair.late,
        pair.blind,
        pair.double,
    )


def _stretch_row(number: int, pair: Pair, stretch: Stretch) -> tuple[object, ...]:
    words = stretch.forecast.words
    return (
        number,
        stretch.probability,
        stretch.low,
        stretch.high,
        pair.outcome,
        stretch.weight,
        words.casefold() if words else f"{stretch.probability:.6g}",
        stretch.start.toordinal(),
        stretch.days,
    )


def _scored(pairs: pd.DataFrame, stretches: pd.DataFrame) -> pd.DataFrame:
    """``pairs`` with the time-weighted mean of every score; NaN where a pair is left out."""
    p, y = stretches["probability"].to_numpy(), stretches["outcome"].to_numpy()
    best, worst = brier_bounds(low=stretches["low"].to_numpy(), high=stretches["high"].to_numpy(), y=y)
    scored = pairs["reason"].isna().to_numpy()
    columns = {
        "probability": p,
        "brier": brier(p=p, y=y),
        "best": best,
        "worst": worst,
        "log": log_score(p=p, y=y),
    }
    out = pairs.copy()
    for name, values in columns.items():
        means = np.bincount(stretches["pair"], weights=values * stretches["weight"], minlength=len(pairs))
        out[name] = np.where(scored, means, np.nan)
    outcome = out["outcome"].to_numpy(dtype=float)
    for name in REFERENCES:
        out[f"{name}_brier"] = np.where(scored, (out[name].to_numpy(dtype=float) - outcome) ** 2, np.nan)
    return out
