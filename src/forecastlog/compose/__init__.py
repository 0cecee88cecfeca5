"""Answers, words and figures -> records and edits: one function a command, each of which returns a plan.

readings.py    words read once, with the sentence that says how
plan.py        what is about to be written: shown as a diff, or carried out
answers.py     what was answered, by whatever asked, and what is asked about a prediction
add.py         new articles, conditions and predictions
forecast.py    a further forecast
resolve.py     what happened
amend.py       corrections
fill.py        what is missing in records written by hand

"Today" is an argument, and is what goes into ``logged`` and ``recorded``: nobody back-dates an entry.
"""

from forecastlog.compose.add import add_article, add_condition, add_prediction
from forecastlog.compose.amend import amend
from forecastlog.compose.answers import Answer, Answers
from forecastlog.compose.fill import fill
from forecastlog.compose.forecast import add_forecast
from forecastlog.compose.plan import Plan
from forecastlog.compose.resolve import Outcome, resolve

__all__ = [
    "Answer",
    "Answers",
    "Outcome",
    "Plan",
    "add_article",
    "add_condition",
    "add_forecast",
    "add_prediction",
    "amend",
    "fill",
    "resolve",
]
