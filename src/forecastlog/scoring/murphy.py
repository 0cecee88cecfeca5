"""The Brier score taken apart by what was forecast (Murphy 1973), with bins and with the bias corrected."""

from typing import Any, NamedTuple

import numpy as np

from forecastlog.scoring.calibration import Bins, Closed, describe, effective, into_bins, ratio
from forecastlog.scoring.cells import Cells, sum_by
from forecastlog.scoring.inputs import Floats


class Murphy(NamedTuple):
    """Parts of a Brier score.

    Reliability - resolution + uncertainty + within_variance - within_covariance.
    """

    reliability: Any
    resolution: Any
    uncertainty: Any
    within_variance: Any
    within_covariance: Any


class MurphyParts(Murphy):
    """The five parts, with how p was grouped and how many groups of one pair went without correction."""

    convention: str
    left_out: Any


def uncertainty_of(cells: Cells, groups: int) -> Floats:
    """Weighted variance of y in each group: r(1 - r), less what shares between 0 and 1 take off."""
    weight = sum_by(cells.group, cells.weight, groups)
    rate = ratio(sum_by(cells.group, cells.yes, groups), weight)
    shares = sum_by(cells.group, cells.yes - cells.yes_squares, groups)
    return np.maximum(rate * (1 - rate) - ratio(shares, weight), 0)


def murphy_of(cells: Cells, groups: int, bins: Bins | None, closed: Closed, corrected: bool) -> MurphyParts:
    """The parts as arrays, a value a group."""
    if bins is None:
        filled, place, owner, convention = cells, np.arange(cells.p.size), cells.group, "by value of p"
    else:
        filled, place, edges = into_bins(cells, bins, closed)
        owner, convention = filled.group // (edges.size - 1), describe(edges, closed)

    def mean(values: Floats, group: Any) -> Floats:
        return ratio(sum_by(group, values, groups), total)

    total = sum_by(cells.group, cells.weight, groups)
    rate = mean(cells.yes, cells.group)
    # a bin whose pairs all weigh 0 has no mean; any number does in its place
    share, centre = np.nan_to_num(ratio(filled.yes, filled.weight)), np.nan_to_num(filled.p)
    away = cells.p - centre[place]
    reliability = mean(filled.weight * np.square(centre - share), owner)
    resolution = mean(filled.weight * np.square(share - rate[owner]), owner)
    uncertainty = uncertainty_of(cells, groups)
    within_variance = mean(cells.weight * np.square(away), cells.group)
    within_covariance = 2 * mean(away * (cells.yes - cells.weight * share[place]), cells.group)
    left_out = np.zeros(groups, np.int64)
    if corrected:
        within = filled.yes * (1 - share) - (
            filled.yes - filled.yes_squares
        )  # weight * variance of y in the bin
        single = ~(effective(filled) > 1 + 1e-9)
        small = mean(np.where(single, 0, ratio(within, effective(filled) - 1)), owner)
        pairs = ratio(np.square(total), sum_by(cells.group, cells.squares, groups))
        large = np.where(pairs > 1 + 1e-9, ratio(uncertainty, pairs - 1), 0)
        reliability, resolution = reliability - small, resolution - small + large
        uncertainty = uncertainty + large
        left_out = np.bincount(owner[single], minlength=groups)
        convention += ", bias corrected (Ferro and Fricker 2012)"
    parts = MurphyParts(reliability, resolution, uncertainty, within_variance, within_covariance)
    parts.convention, parts.left_out = convention, left_out
    return parts
