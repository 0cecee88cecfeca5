"""Scores as platforms define them.

An imported record shows the number that its own site shows.

Each function takes the forecasts of one question (of ForecastBench, PredictionBook and Manifold: of many), a
row each, and gives {forecaster: value} for every forecaster named. Times are numbers of days on one clock. A
forecast stands from `start` to `end`; an `end` of NaN means that it stands until its forecaster's next one,
which replaces it in any case. Rows with a missing p or y are left out.
"""

from forecastlog.scoring.platforms.fatebook import fatebook_brier, fatebook_relative
from forecastlog.scoring.platforms.forecastbench import forecastbench_adjusted, forecastbench_index
from forecastlog.scoring.platforms.gjopen import gjopen_accuracy, gjopen_brier
from forecastlog.scoring.platforms.metaculus import (
    metaculus_baseline,
    metaculus_peer,
    metaculus_spot_baseline,
    metaculus_spot_peer,
)
from forecastlog.scoring.platforms.wagers import manifold_brier, predictionbook_brier

__all__ = [
    "fatebook_brier",
    "fatebook_relative",
    "forecastbench_adjusted",
    "forecastbench_index",
    "gjopen_accuracy",
    "gjopen_brier",
    "manifold_brier",
    "metaculus_baseline",
    "metaculus_peer",
    "metaculus_spot_baseline",
    "metaculus_spot_peer",
    "predictionbook_brier",
]
