"""Reads time phrases: words and the day they were said -> the days they mean."""

from forecastlog.deadlines.conventions import CONVENTIONS
from forecastlog.deadlines.deadline import Deadline
from forecastlog.deadlines.parse import FISCAL_YEARS, HEMISPHERES, explain, parse_day, parse_deadline

__all__ = [
    "CONVENTIONS",
    "FISCAL_YEARS",
    "HEMISPHERES",
    "Deadline",
    "explain",
    "parse_day",
    "parse_deadline",
]
