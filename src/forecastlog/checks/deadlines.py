"""Deadlines that nobody could hold a forecaster to."""

from __future__ import annotations

from collections.abc import Iterator

from forecastlog.checks.scope import Scope
from forecastlog.model import Duration, Prediction
from forecastlog.problems import Problem
from forecastlog.values import UNKNOWN_DAY

DEFAULT_TERM = Duration(12, "month")


def reasons_given(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """Another deadline than the text's or the default has its reason beside it."""
    window = prediction.deadline
    if window.why or prediction.withheld:
        return
    if window.basis == "analyst":
        hint = "Add 'why:' to the deadline."
        yield scope.fault(
            "P220", (prediction.id, "deadline", "basis"), "an analyst's deadline without a reason", hint
        )
    if window.basis == "default" and not window.words:
        yield from _default(scope, prediction)


def _default(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    latest, made = prediction.deadline.latest, prediction.made
    if latest is None or made is UNKNOWN_DAY:
        return
    end = DEFAULT_TERM.after(made.day)
    if (prediction.deadline.strict, latest) != (end, end):
        yield scope.fault(
            "P220",
            (prediction.id, "deadline", "latest"),
            f"the default deadline is twelve months from the day made: {end}",
            f"Write {end} for strict and latest, or add 'why:' with the reason for another end.",
        )


def words_fit_basis(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """A worded deadline has its words; a default one has none."""
    window, place = prediction.deadline, (prediction.id, "deadline", "basis")
    if window.basis == "worded" and not window.words and not prediction.withheld:
        hint = "Add 'words:' as the text says them, or write 'basis: default'."
        yield scope.fault("P221", place, "a worded deadline without its words", hint)
    if window.basis == "default" and window.words:
        hint = "The default is for texts that name no time: write 'basis: worded'."
        yield scope.fault("P221", place, "a default deadline with words", hint)


def open_ends(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """A prediction without a last day has a day on which to look at it again."""
    window = prediction.deadline
    place = (prediction.id, "deadline")
    written = scope.wrote(*place) and not any(scope.wrote(*place, key) for key in ("latest", "within"))
    if written and prediction.review is None and not scope.wrote(prediction.id, "review"):
        hint = "Add 'review:' with the day to look again"
        if window.words:
            hint += ", or let 'forecastlog fill' read the words"
        yield scope.fault(
            "P222",
            place,
            "neither a latest day nor a day to look again",
            f"{hint}.",
        )
    if window.within and window.latest:
        yield scope.fault(
            "P222",
            (prediction.id, "deadline", "latest"),
            "both a last day and a clock that starts later",
            "Remove 'latest', or 'after' and 'within'.",
        )
