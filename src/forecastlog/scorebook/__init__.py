"""Records -> frames -> rows of scores: which forecast counts when, grouping, names back on."""

from forecastlog.scorebook.agreement import Agreement, CoderRow, Contested, agreement, coder_rows, contested
from forecastlog.scorebook.ahead import AheadRow, ahead_rows
from forecastlog.scorebook.calibration import CalibrationRow, calibration_rows, tallies
from forecastlog.scorebook.conclusions import conclusion, events_needed
from forecastlog.scorebook.counting import Pair, pairs
from forecastlog.scorebook.curves import CurvePoint, Decomposition, curves, decompositions
from forecastlog.scorebook.frames import Scorebook, scorebook
from forecastlog.scorebook.horizons import HORIZONS, HorizonRow, horizon_rows
from forecastlog.scorebook.left_out import LeftOutRow, left_out_rows
from forecastlog.scorebook.measures import MeasureRow, measure_rows
from forecastlog.scorebook.scales import ScaleRow, scale_rows
from forecastlog.scorebook.scoreboard import ScoreRow, score_rows
from forecastlog.scorebook.words import WordRow, counts_for_words, word_rows

__all__ = [
    "HORIZONS",
    "Agreement",
    "AheadRow",
    "CalibrationRow",
    "CoderRow",
    "Contested",
    "CurvePoint",
    "Decomposition",
    "HorizonRow",
    "LeftOutRow",
    "MeasureRow",
    "Pair",
    "ScaleRow",
    "ScoreRow",
    "Scorebook",
    "WordRow",
    "agreement",
    "ahead_rows",
    "calibration_rows",
    "coder_rows",
    "conclusion",
    "contested",
    "counts_for_words",
    "curves",
    "decompositions",
    "events_needed",
    "horizon_rows",
    "left_out_rows",
    "measure_rows",
    "pairs",
    "scale_rows",
    "score_rows",
    "scorebook",
    "tallies",
    "word_rows",
]
