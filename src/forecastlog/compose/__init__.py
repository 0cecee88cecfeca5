"""Answers, words and figures -> records and edits: one function a command, each of which returns a plan.

readings.py    words read once, with the sentence that says how
plan.py        what is about to be written: shown as a diff, or carried out
add.py         new articles, conditions and predictions
forecast.py    a further forecast
resolve.py     what happened
amend.py       corrections
fill.py        what is missing in records written by hand

"Today" is an argument, and is what goes into ``logged`` and ``recorded``: nobody back-dates an entry.
"""

from forecastlog.compose.add import (
    DeadlineAnswers,
    ForecastAnswers,
    add_article,
    add_condition,
    add_prediction,
)
from forecastlog.compose.amend import amend
from forecastlog.compose.fill import fill
from forecastlog.compose.forecast import Said, add_forecast
from forecastlog.compose.plan import Plan
from forecastlog.compose.resolve import Outcome, resolve

__all__ = [
    "DeadlineAnswers",
    "ForecastAnswers",
    "Outcome",
    "Plan",
    "Said",
    "add_article",
    "add_condition",
    "add_forecast",
    "add_prediction",
    "amend",
    "fill",
    "resolve",
]
