"""Calibration curves (CORP) and the three parts of the Brier score, by group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from forecastlog.column import count, score, share
from forecastlog.columns.scores import BLOCK, BRIER, BY, GROUP, TIMING
from forecastlog.scorebook.calibration import GroupedTally, grouped_tally
from forecastlog.scorebook.frames import Scorebook
from forecastlog.scorebook.grouping import ALL
from forecastlog.scoring import Tally

MOST_POINTS = 200
"""A curve of more probabilities than this is drawn from probabilities rounded to whole percents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decomposition:
    """One group's Brier score: miscalibration - discrimination + uncertainty, over ``n`` pairs.

    None where the group is on too few events for its score to be taken apart.
    """

    by: Annotated[str, BY]
    group: Annotated[str, GROUP]
    timing: Annotated[str, TIMING]
    block: Annotated[str, BLOCK]
    n: Annotated[int, count("how many pairs of prediction and forecaster")]
    events: Annotated[int, count("how many events they are on")]
    brier: Annotated[float, BRIER]
    miscalibration: Annotated[
        float | None, score("how far the probabilities are from what happened; 0 is perfect")
    ]
    discrimination: Annotated[
        float | None, score("how well they tell what happens from what does not; higher is better")
    ]
    uncertainty: Annotated[float | None, score("what always giving the base rate would score")]


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """A point of a group's curve: what came true at ``p``, made increasing, and its consistency band."""

    by: Annotated[str, BY]
    group: Annotated[str, GROUP]
    timing: Annotated[str, TIMING]
    block: Annotated[str, BLOCK]
    p: Annotated[float, share("the probability", width=0)]
    fitted: Annotated[float, share("the share that happened at it, made increasing", width=0)]
    band_low: Annotated[
        float, share("lower end of where 95 % of curves lie if every forecast were calibrated", width=0)
    ]
    band_high: Annotated[float, share("upper end of that band", width=0)]


def decompositions(book: Scorebook, *, by: str = ALL) -> Iterator[Decomposition]:
    """The parts of every group's score."""
    tally = grouped_tally(book, by=by)
    return (parts_of(tally, place) for place in tally.places)


def parts_of(tally: GroupedTally, place: int) -> Decomposition:
    """The parts of one group's score, reckoned from it alone: pooling looks at all that it is given."""
    corp = tally.tally.only(place).corp() if tally.enough(place) else None
    return Decomposition(
        **tally.named(place),
        n=int(tally.n[place]),
        events=tally.events[place],
        brier=float(tally.brier[place]),
        miscalibration=corp.miscalibration if corp else None,
        discrimination=corp.discrimination if corp else None,
        uncertainty=corp.uncertainty if corp else None,
    )


def curves(book: Scorebook, *, by: str = ALL) -> Iterator[CurvePoint]:
    """The curve of every group on enough events, a point a probability."""
    tally = grouped_tally(book, by=by)
    return (point for place in tally.places for point in curve_of(tally, place))


def curve_of(tally: GroupedTally, place: int) -> Iterator[CurvePoint]:
    """The curve of one group; no point of one on too few events."""
    if not tally.enough(place):
        return
    corp, named = _coarse(tally.tally.only(place)).corp(), tally.named(place)
    curve = (corp.p, corp.fitted, corp.band_low, corp.band_high)
    for p, fitted, low, high in zip(*(column.tolist() for column in curve), strict=True):
        yield CurvePoint(**named, p=p, fitted=fitted, band_low=low, band_high=high)


def _coarse(tally: Tally) -> Tally:
    cells = tally.cells
    if cells.p.size <= MOST_POINTS:
        return tally
    share = np.divide(cells.yes, cells.weight, out=np.zeros_like(cells.p), where=cells.weight > 0)
    return Tally.of_arrays(p=np.round(cells.p, 2), y=np.clip(share, 0, 1), weight=cells.weight)
