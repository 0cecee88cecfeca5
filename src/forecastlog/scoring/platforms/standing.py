"""Which forecasts of one question stood when, and what each is worth."""

from collections.abc import Hashable, Iterable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from forecastlog.scoring.binary import log_rows
from forecastlog.scoring.classes import brier_multi, log_multi, ordered_brier
from forecastlog.scoring.inputs import (
    Flags,
    Floats,
    Integers,
    Values,
    check_finite,
    codes_of,
    numbers,
    probabilities_and_outcomes,
    refuse,
    same_rows,
)

NEARLY = 1e-9  # days; what misses a whole number of days by less has that number


class Standing(NamedTuple):
    """Forecasts of one question, sorted by forecaster and start.

    Each ends where its forecaster's next one starts.
    """

    labels: list[Any]  # every forecaster named
    forecaster: Integers  # a place in `labels`, a row each
    start: Floats
    end: Floats  # infinity where it stands for good
    p: Floats  # rows of yes, or rows x K
    y: Floats  # what happened, a row each

    @property
    def options(self) -> int:
        """How many outcomes the question has."""
        return 2 if self.p.ndim == 1 else self.p.shape[-1]

    def surprise(self) -> Floats:
        """-ln of the probability given to what happened, a row each."""
        return log_rows(self.p, self.y) if self.p.ndim == 1 else np.atleast_1d(log_multi(p=self.p, y=self.y))

    def two_sided(self, *, ordered: bool = False) -> Floats:
        """Brier score summed over the outcomes, 0 to 2, a row each.

        For ordered outcomes averaged over the cuts.
        """
        if self.p.ndim == 1:
            return np.asarray(2 * np.square(self.p - self.y))
        return np.atleast_1d((ordered_brier if ordered else brier_multi)(p=self.p, y=self.y))

    def at(self, time: float) -> Flags:
        """Which rows stand at that time: from their start on, no longer at their end."""
        return (self.start <= time) & (time < self.end)

    def per_forecaster(self, values: Floats) -> dict[Any, float]:
        """Sum of the rows of each forecaster, 0.0 for one without rows."""
        totals = np.zeros(len(self.labels))
        np.add.at(totals, self.forecaster, values)
        return dict(zip(self.labels, totals.tolist(), strict=True))


def standing(*, forecaster: Iterable[Hashable], start: Values, end: Values, p: Values, y: Values) -> Standing:
    """The rows checked and put in order; rows with a missing p, y or start are left out.

    `p` is a probability of "yes" a row with y in [0, 1], or rows x K with y an index; `y` is one number or
    one a row. `end` holds NaN or None where a forecast stands until its forecaster's next.
    """
    same_rows(forecaster=forecaster, start=start, end=end, p=p, y=y)
    codes, labels = codes_of(forecaster)
    rows, outcomes, starts, ends = (
        np.atleast_1d(numbers(values, name))
        for values, name in ((p, "p"), (y, "y"), (start, "start"), (end, "end"))
    )
    sizes = {"forecaster": codes.size, "start": starts.size, "end": ends.size, "p": len(rows)}
    sizes |= {"y": outcomes.size} if np.ndim(y) else {}  # one outcome goes with every row
    if len(set(sizes.values())) > 1:
        raise ValueError(
            "one row each is needed, but " + ", ".join(f"{name} has {size}" for name, size in sizes.items())
        )
    outcomes = np.broadcast_to(outcomes, codes.shape)
    if rows.ndim < 2:
        rows, outcomes = probabilities_and_outcomes(rows, outcomes)
    check_finite(starts, "start")
    refuse(ends < starts, ends, "as end lies before the start of its row")
    return _in_order(Standing(labels, codes, starts, np.where(np.isnan(ends), np.inf, ends), rows, outcomes))


def _in_order(given: Standing) -> Standing:
    present = ~(np.isnan(given.y) | np.isnan(given.start))
    present &= ~np.isnan(given.p if given.p.ndim == 1 else given.p.sum(axis=1))
    if np.unique(given.y[present]).size > 1:
        raise ValueError("y differs between rows: these are the forecasts of one question, with one outcome")
    kept = np.flatnonzero(present)
    kept = kept[np.lexsort((given.start[kept], given.forecaster[kept]))]
    forecaster, start, end = given.forecaster[kept], given.start[kept], given.end[kept].copy()
    replaced = np.flatnonzero(forecaster[1:] == forecaster[:-1])
    end[replaced] = np.minimum(end[replaced], start[replaced + 1])
    return Standing(given.labels, forecaster, start, end, given.p[kept], given.y[kept])


def time_of(value: Values, name: str) -> float:
    """One time in days."""
    time = numbers(value, name)
    if time.size != 1 or not np.isfinite(time).all():
        raise ValueError(f"{name} is {value!r}: one time in days, the same for the whole question")
    return float(time.ravel()[0])


def span(opened: Values, closed: Values) -> tuple[float, float]:
    """When a question opened and closed, in this order."""
    first, last = time_of(opened, "opened"), time_of(closed, "closed")
    if last < first:
        raise ValueError(f"closed is {last:g}, before the question opened at {first:g}")
    return first, last


def means_by_row(values: npt.NDArray[Any]) -> Floats:
    """Mean of what is not NaN in each row of an array; NaN for a row without any."""
    present = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(present, values, 0).sum(axis=1) / present.sum(axis=1))


def medians_by_column(values: npt.NDArray[Any]) -> Floats:
    """Median of what is not NaN in each column of an array; NaN for a column without any."""
    return np.array(
        [np.median(column[~np.isnan(column)]) if (~np.isnan(column)).any() else np.nan for column in values.T]
    )
