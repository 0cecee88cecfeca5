"""Reads time phrases: words and the day they were said -> the days they mean."""

from forecastlog.deadlines.conventions import CONVENTIONS
from forecastlog.deadlines.deadline import Deadline, Found
from forecastlog.deadlines.parse import explain, find, parse_day, parse_deadline
from forecastlog.deadlines.series import Turn, parse_series

__all__ = [
    "CONVENTIONS",
    "Deadline",
    "Found",
    "Turn",
    "explain",
    "find",
    "parse_day",
    "parse_deadline",
    "parse_series",
]
