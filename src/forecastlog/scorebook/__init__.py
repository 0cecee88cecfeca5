"""Records -> arrays -> rows of scores: which forecast counts when, grouping, names back on."""

from forecastlog.scorebook.agreement import Agreement, CoderRow, Contested, agreement, coder_rows, contested
from forecastlog.scorebook.ahead import AheadRow, ahead_rows
from forecastlog.scorebook.calibration import CalibrationRow, calibration_rows
from forecastlog.scorebook.conclusions import conclusion, events_needed
from forecastlog.scorebook.counting import Pair, pairs
from forecastlog.scorebook.curves import CurvePoint, Decomposition, curves, decompositions
from forecastlog.scorebook.frames import Scorebook, book_of, scorebook
from forecastlog.scorebook.horizons import HORIZONS, HorizonRow, horizon_rows
from forecastlog.scorebook.left_out import LeftOutRow, left_out_rows
from forecastlog.scorebook.measures import MeasureRow, measure_rows
from forecastlog.scorebook.phrases import counts_for_words
from forecastlog.scorebook.scales import ScaleRow, scale_rows
from forecastlog.scorebook.scoreboard import Board, ScoreRow, score_boards, score_rows
from forecastlog.scorebook.tables import Tables, joined, tables_of
from forecastlog.scorebook.words import WordRow, word_rows, word_rows_by

__all__ = [
    "HORIZONS",
    "Agreement",
    "AheadRow",
    "Board",
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
    "Tables",
    "WordRow",
    "agreement",
    "ahead_rows",
    "book_of",
    "calibration_rows",
    "coder_rows",
    "conclusion",
    "contested",
    "counts_for_words",
    "curves",
    "decompositions",
    "events_needed",
    "horizon_rows",
    "joined",
    "left_out_rows",
    "measure_rows",
    "pairs",
    "scale_rows",
    "score_boards",
    "score_rows",
    "scorebook",
    "tables_of",
    "word_rows",
    "word_rows_by",
]
