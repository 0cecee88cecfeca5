"""Calibration curves (CORP) and the three parts of the Brier score, by group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from forecastlog.scorebook.calibration import tallies
from forecastlog.scorebook.frames import Scorebook
from forecastlog.scorebook.scoreboard import ALL
from forecastlog.scoring import Tally

MIN_PAIRS = 10
"""A curve through fewer pairs than this says nothing."""
MOST_POINTS = 200
"""A curve of more probabilities than this is drawn from probabilities rounded to whole percents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decomposition:
    """One group's Brier score: miscalibration - discrimination + uncertainty, over ``n`` pairs."""

    by: str
    group: str
    timing: str
    basis: str
    n: int
    brier: float
    miscalibration: float
    discrimination: float
    uncertainty: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """A point of a group's curve: what came true at ``p``, made increasing, and its consistency band."""

    by: str
    group: str
    timing: str
    basis: str
    p: float
    fitted: float
    band_low: float
    band_high: float


def decompositions(book: Scorebook, *, by: str = ALL) -> Iterator[Decomposition]:
    """The parts of every group's score."""
    for (group, timing, basis), tally in tallies(book, by=by).items():
        corp = tally.corp()
        yield Decomposition(
            by=by,
            group=group,
            timing=timing,
            basis=basis,
            n=int(tally.n()),
            brier=float(tally.brier()),
            miscalibration=float(corp.miscalibration),
            discrimination=float(corp.discrimination),
            uncertainty=float(corp.uncertainty),
        )


def curves(book: Scorebook, *, by: str = ALL) -> Iterator[CurvePoint]:
    """The curve of every group with at least ``MIN_PAIRS`` pairs, a point a probability."""
    for (group, timing, basis), tally in tallies(book, by=by).items():
        if tally.n() < MIN_PAIRS:
            continue
        corp = _coarse(tally).corp()
        for p, fitted, low, high in zip(corp.p, corp.fitted, corp.band_low, corp.band_high, strict=True):
            yield CurvePoint(
                by=by,
                group=group,
                timing=timing,
                basis=basis,
                p=float(p),
                fitted=float(fitted),
                band_low=float(low),
                band_high=float(high),
            )


def _coarse(tally: Tally) -> Tally:
    cells = tally.cells
    if cells.p.size <= MOST_POINTS:
        return tally
    share = np.divide(cells.yes, cells.weight, out=np.zeros_like(cells.p), where=cells.weight > 0)
    return Tally.of_arrays(p=np.round(cells.p, 2), y=np.clip(share, 0, 1), weight=cells.weight)
