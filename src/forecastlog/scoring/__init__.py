"""Scores of probability forecasts: arrays in, arrays and numbers out.

Row functions (`brier`, `log_score`, ...) score every row and never average. Means come from `mean_score`, or
from `Tally`, which also gives calibration, decompositions, AUC and skill, and adds up across parts of the
data.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from forecastlog.scoring import platforms
    from forecastlog.scoring.binary import brier, brier_bounds, log_score, spherical
    from forecastlog.scoring.classes import (
        brier_multi,
        log_multi,
        ordered_brier,
        ranked_probability,
        spherical_multi,
    )
    from forecastlog.scoring.comparisons import peer, relative
    from forecastlog.scoring.difficulty import difficulty_adjusted
    from forecastlog.scoring.means import mean_score
    from forecastlog.scoring.paired import paired_difference
    from forecastlog.scoring.quantities import (
        crps_ensemble,
        crps_normal,
        interval_score,
        pinball,
        weighted_interval_score,
    )
    from forecastlog.scoring.resampling import bootstrap
    from forecastlog.scoring.series import errors_by_horizon, series_ratio, series_skill
    from forecastlog.scoring.spreads import chance_by, coverage, crps_quantiles, cut_off
    from forecastlog.scoring.tally import Tally

__all__ = [
    "Tally",
    "bootstrap",
    "brier",
    "brier_bounds",
    "brier_multi",
    "chance_by",
    "coverage",
    "crps_ensemble",
    "crps_normal",
    "crps_quantiles",
    "cut_off",
    "difficulty_adjusted",
    "errors_by_horizon",
    "interval_score",
    "log_multi",
    "log_score",
    "mean_score",
    "ordered_brier",
    "paired_difference",
    "peer",
    "pinball",
    "platforms",
    "ranked_probability",
    "relative",
    "series_ratio",
    "series_skill",
    "spherical",
    "spherical_multi",
    "weighted_interval_score",
]

_HOMES = {
    "binary": ("brier", "brier_bounds", "log_score", "spherical"),
    "classes": ("brier_multi", "log_multi", "ordered_brier", "ranked_probability", "spherical_multi"),
    "comparisons": ("peer", "relative"),
    "difficulty": ("difficulty_adjusted",),
    "means": ("mean_score",),
    "paired": ("paired_difference",),
    "quantities": ("crps_ensemble", "crps_normal", "interval_score", "pinball", "weighted_interval_score"),
    "resampling": ("bootstrap",),
    "series": ("errors_by_horizon", "series_ratio", "series_skill"),
    "spreads": ("chance_by", "coverage", "crps_quantiles", "cut_off"),
    "tally": ("Tally",),
}


def __getattr__(name: str) -> Any:
    """Load a family of scores when one of them is first asked for."""
    if name == "platforms":
        return import_module(f"{__name__}.platforms")
    for module, names in _HOMES.items():
        if name in names:
            globals().update({each: getattr(import_module(f"{__name__}.{module}"), each) for each in names})
            return globals()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
