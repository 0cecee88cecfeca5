"""The questions about a prediction as options of a command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from forecastlog.compose.answers import QUESTIONS
from forecastlog.values import BOOLEAN

Function = TypeVar("Function", bound=Callable[..., Any])


def question_options(function: Function) -> Function:
    """An option for every question about a prediction, in its order."""
    for question in reversed(QUESTIONS):
        several, flag = question.several, question.key.reader is BOOLEAN
        about = question.meaning[0].upper() + question.meaning[1:]
        name = question.name.rstrip("s") if several else question.name
        function = click.option(
            f"--{name.replace('_', '-')}",
            question.name,
            is_flag=flag,
            default=None,
            multiple=several,
            metavar=None if flag else "TEXT",
            help=about + (" (repeatable)." if several else "."),
        )(function)
    return function
