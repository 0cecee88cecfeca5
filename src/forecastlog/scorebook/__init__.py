"""Records -> frames -> rows of scores: which forecast counts when, grouping, names back on."""

from forecastlog.scorebook.calibration import CalibrationRow, calibration_rows, tallies
from forecastlog.scorebook.counting import REASON_MEANINGS, Pair, pairs
from forecastlog.scorebook.frames import GROUPINGS, Scorebook, scorebook
from forecastlog.scorebook.horizons import HORIZONS, HorizonRow, horizon_rows
from forecastlog.scorebook.scoreboard import ScoreRow, score_rows
from forecastlog.scorebook.words import WordRow, counts_for_words, word_rows

__all__ = [
    "GROUPINGS", "HORIZONS", "REASON_MEANINGS", "CalibrationRow", "HorizonRow", "Pair", "ScoreRow",
    "Scorebook", "WordRow", "calibration_rows", "counts_for_words", "horizon_rows", "pairs", "score_rows", "scorebook",
    "tallies", "word_rows",
]  # fmt: skip
