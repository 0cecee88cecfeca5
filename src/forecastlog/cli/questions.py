"""The questions about a prediction as options of a command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from forecastlog.cli.writing import option_of
from forecastlog.compose.answers import QUESTIONS
from forecastlog.values import BOOLEAN


def question_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """An option for every question about a prediction, in its order."""
    for one in reversed(QUESTIONS):
        flag = one.key.reader is BOOLEAN
        option_of(one.name, one.meaning, several=one.several, flag=flag)(function)
    return function
