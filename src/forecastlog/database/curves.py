"""Calibration curves and decompositions of every group, so that pages draw without reckoning."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from forecastlog.database.rows import Row
from forecastlog.scorebook import Scorebook, tallies
from forecastlog.scoring import Tally

MIN_PAIRS = 10
"""A curve through fewer pairs than this says nothing."""
MOST_POINTS = 200
"""A curve of more probabilities than this is drawn from probabilities rounded to whole percents."""

Key = dict[str, str]


def curve_tables(book: Scorebook, groupings: tuple[str, ...]) -> dict[str, list[Row]]:
    """The rows of ``decompositions`` and ``curves``."""
    found = [
        ({"by": by, "group": group, "timing": timing, "basis": basis}, tally)
        for by in groupings
        for (group, timing, basis), tally in tallies(book, by=by).items()
    ]
    return {
        "decompositions": [_decomposition(key, tally) for key, tally in found],
        "curves": [row for key, tally in found if tally.n() >= MIN_PAIRS for row in _curve(key, tally)],
    }


def _decomposition(key: Key, tally: Tally) -> Row:
    corp = tally.corp()
    return {
        **key,
        "n": int(tally.n()),
        "brier": float(tally.brier()),
        "miscalibration": float(corp.miscalibration),
        "discrimination": float(corp.discrimination),
        "uncertainty": float(corp.uncertainty),
    }


def _curve(key: Key, tally: Tally) -> Iterator[Row]:
    corp = _coarse(tally).corp()
    for p, fitted, low, high in zip(corp.p, corp.fitted, corp.band_low, corp.band_high, strict=True):
        yield {
            **key,
            "p": float(p),
            "fitted": float(fitted),
            "band_low": float(low),
            "band_high": float(high),
        }


def _coarse(tally: Tally) -> Tally:
    cells = tally.cells
    if cells.p.size <= MOST_POINTS:
        return tally
    share = np.divide(cells.yes, cells.weight, out=np.zeros_like(cells.p), where=cells.weight > 0)
    return Tally.of_arrays(p=np.round(cells.p, 2), y=np.clip(share, 0, 1), weight=cells.weight)
