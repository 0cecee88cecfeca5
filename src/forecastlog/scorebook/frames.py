"""Pairs as frames: a row a pair with its scores, and a row a stretch for calibration.

Means over pairs are plain means, because a pair weighs 1 whatever the number of its forecasts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from forecastlog.kinds import BINARY, Kind, Said, kind_of
from forecastlog.model.ledger import Ledger
from forecastlog.scorebook.counting import Pair, Stretch
from forecastlog.scorebook.groups import event_of, events_by
from forecastlog.vocabulary.scores import GROUPINGS
from forecastlog.vocabulary.thresholds import NOTHING_CHANGES, NOTHING_CHANGES_BESIDE

if TYPE_CHECKING:
    import pandas as pd

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scorebook:
    """Both frames of a ledger on a day.

    A scorebook is of one kind of prediction: scores of different kinds have no common mean. ``pairs`` has a
    row a pair: prediction, forecaster, publisher, article, block, year (its groups, see ``groups_of``), tag
    and topic (tuples), main, event (see ``event_of``), events_by (see there), lot (its article; of an import,
    its source and the day its outcome was known), timing, reason (None where it is scored), outcome, the
    time-weighted means of the kind's scores (of binary ones probability, brier, best, worst, log; NaN where
    it has none), has_status_quo, what the ``REFERENCES`` scored (of binary ones ``reference_brier``),
    same_day, known, latest, late, blind, double. ``stretches`` has a row a stretch of a scored pair: pair
    (the row number in ``pairs``, increasing), the kind's figures (of binary ones probability, low, high),
    outcome, weight (they sum to 1 a pair), words, start (a day's ordinal), days.
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


def scorebook(pairs: Iterable[Pair], ledger: Ledger, *, rule: str, kind: Kind = BINARY) -> Scorebook:
    """Both frames of the pairs that are of a kind, in the order of ``pairs``."""
    import pandas as pd

    listed = [pair for pair in pairs if kind_of(pair.prediction) is kind]
    frame = pd.DataFrame([_pair_row(pair, ledger) for pair in listed], columns=_PAIR_COLUMNS)
    rows = [
        _stretch_row(kind, number, pair, stretch)
        for number, pair in enumerate(listed)
        for stretch in pair.stretches
    ]
    stretches = pd.DataFrame(rows, columns=["pair", *kind.figures, *_STRETCH_COLUMNS]).astype(
        {"pair": int, **dict.fromkeys((*kind.figures, "outcome", "weight"), float)}
    )
    return Scorebook(_scored(kind, listed, frame, stretches), stretches, rule)


REFERENCES = {
    "reference": NOTHING_CHANGES,
    **{f"reference_{100 * sure:.0f}": sure for sure in NOTHING_CHANGES_BESIDE},
}
"""Columns of what somebody gives who is so sure that nothing changes."""
OVERLAPPING = tuple(word.name for word in GROUPINGS.values() if word.overlaps)
_SINGLE = ("forecaster", "publisher", "article", "block", "year")
_PAIR_COLUMNS = [
    "prediction",
    *_SINGLE,
    *OVERLAPPING,
    "main",
    "event",
    "events_by",
    "lot",
    "timing",
    "reason",
    "outcome",
    "has_status_quo",
    "same_day",
    "known",
    "latest",
    "late",
    "blind",
    "double",
]
_STRETCH_COLUMNS = ["outcome", "weight", "words", "start", "days"]


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
        kind_of(prediction).stays(prediction),
        pair.same_day,
        pair.known,
        pair.latest,
        pair.late,
        pair.blind,
        pair.double,
    )


def _stretch_row(kind: Kind, number: int, pair: Pair, stretch: Stretch) -> tuple[object, ...]:
    words, says = stretch.forecast.words, stretch.forecast.says
    figures = kind.row(says) if says else ()  # only forecasts that say something stand
    return (
        number,
        *figures,
        pair.outcome,
        stretch.weight,
        words.casefold() if words else f"{figures[0]:.6g}" if figures else "",
        stretch.start.toordinal(),
        stretch.days,
    )


def _scored(kind: Kind, listed: Sequence[Pair], pairs: pd.DataFrame, stretches: pd.DataFrame) -> pd.DataFrame:
    """``pairs`` with the time-weighted mean of every score; NaN where a pair is left out."""
    said = [pair.said(stretch.forecast) for pair in listed for stretch in pair.stretches]
    scored = pairs["reason"].isna().to_numpy()
    out = pairs.copy()
    for name, values in kind.scores(said).items():
        means = np.bincount(stretches["pair"], weights=values * stretches["weight"], minlength=len(pairs))
        out[name] = np.where(scored, means, np.nan)
    for name, sure in REFERENCES.items():
        out[f"{name}_{kind.headline}"] = _reference(kind, listed, sure)
    return out


def _reference(kind: Kind, listed: Sequence[Pair], sure: float) -> NDArray[np.float64]:
    """What those score who are so ``sure`` that nothing changes; NaN where a pair is left out, or they expect nothing."""
    found = np.full(len(listed), np.nan)
    given = {
        number: Said(pair.prediction, says, pair.came or "")
        for number, pair in enumerate(listed)
        if pair.reason is None
        and (says := kind.reference(pair.prediction, sure, pair.stretches[-1].forecast.says))
    }
    if given:
        found[list(given)] = kind.scores(list(given.values()))[kind.headline]
    return found
