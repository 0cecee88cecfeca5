"""Records -> arrays -> rows of scores: which forecast counts when, grouping, names back on."""

from forecastlog.scorebook.agreement import Agreement, CoderRow, Contested, agreement, coder_rows, contested
from forecastlog.scorebook.ahead import AheadRow, ahead_rows
from forecastlog.scorebook.calibration import (
    CalibrationRow,
    GroupedTally,
    bins_of,
    calibration_rows,
    grouped_tally,
)
from forecastlog.scorebook.conclusions import conclusion, events_needed
from forecastlog.scorebook.counting import Pair, pairs
from forecastlog.scorebook.curves import (
    CurvePoint,
    Decomposition,
    curve_of,
    curves,
    decompositions,
    parts_of,
)
from forecastlog.scorebook.frames import Scorebook, book_of, scorebook
from forecastlog.scorebook.horizons import HORIZONS, HorizonRow, horizon_rows
from forecastlog.scorebook.left_out import LeftOutRow, left_out_rows
from forecastlog.scorebook.measures import Measured, MeasureRow, measure_rows
from forecastlog.scorebook.scales import ScaleRow, ScoresByScale, scale_rows, scales_of
from forecastlog.scorebook.score_row import ScoreRow
from forecastlog.scorebook.scoreboard import NO_INTERVAL, GroupFigures, Interval, score_rows
from forecastlog.scorebook.spoken import spoken_of
from forecastlog.scorebook.tables import Tables, joined, packed, tables_of, unpacked
from forecastlog.scorebook.words import WordRow, word_rows, word_rows_by
from forecastlog.scoring.intervals import Draws

__all__ = [
    "HORIZONS",
    "NO_INTERVAL",
    "Agreement",
    "AheadRow",
    "CalibrationRow",
    "CoderRow",
    "Contested",
    "CurvePoint",
    "Decomposition",
    "Draws",
    "GroupFigures",
    "GroupedTally",
    "HorizonRow",
    "Interval",
    "LeftOutRow",
    "MeasureRow",
    "Measured",
    "Pair",
    "ScaleRow",
    "ScoreRow",
    "Scorebook",
    "ScoresByScale",
    "Tables",
    "WordRow",
    "agreement",
    "ahead_rows",
    "bins_of",
    "book_of",
    "calibration_rows",
    "coder_rows",
    "conclusion",
    "contested",
    "curve_of",
    "curves",
    "decompositions",
    "events_needed",
    "grouped_tally",
    "horizon_rows",
    "joined",
    "left_out_rows",
    "measure_rows",
    "packed",
    "pairs",
    "parts_of",
    "scale_rows",
    "scales_of",
    "score_rows",
    "scorebook",
    "spoken_of",
    "tables_of",
    "unpacked",
    "word_rows",
    "word_rows_by",
]
