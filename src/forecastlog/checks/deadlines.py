"""Deadlines that nobody could hold a forecaster to."""

from __future__ import annotations

from collections.abc import Iterator

from forecastlog.checks.scope import Scope
from forecastlog.model.moments import Duration
from forecastlog.model.records import Prediction
from forecastlog.problems import Problem
from forecastlog.values import UNKNOWN_DAY, brief
from forecastlog.vocabulary.deadlines import DEADLINE_CONVENTION, DEFAULT_RULE
from forecastlog.vocabulary.word import alternatives

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
    endless = window.latest is None and window.within is None and prediction.review is None
    unread = (*((*place, key) for key in ("latest", "within")), (prediction.id, "review"))
    if endless and scope.wrote(*place) and not any(scope.wrote(*each) for each in unread):
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


def read_by_a_rule(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """The convention and the rule are ones that exist, and the days in EDTF are such days."""
    from forecastlog.deadlines import CONVENTIONS, edtf

    window, place = prediction.deadline, (prediction.id, "deadline")
    if window.convention is not None and window.convention not in CONVENTIONS:
        message = f"no convention is called '{brief(window.convention)}'"
        yield scope.fault(
            "P227", (*place, "convention"), message, f"Name {alternatives(CONVENTIONS)}, or remove it."
        )
    elif window.rule not in (None, DEFAULT_RULE) and not prediction.withheld:
        yield from _rule(scope, prediction)
    if window.edtf is not None and not edtf.is_written(window.edtf):
        message = f"'{brief(window.edtf)}' is no day or range of days in EDTF"
        hint = (
            "Remove it, or write what 'forecastlog when' says of the words, such as 2025-06 or ../2026-04-30."
        )
        yield scope.fault("P227", (*place, "edtf"), message, hint)
    elif window.edtf is not None and window.latest not in (None, end := edtf.last_day(window.edtf)):
        message = f"'{brief(window.edtf)}' ends on {end or 'no day'}, and 'latest' is {window.latest}"
        hint = "The days are what counts. Remove it, or correct one of the two."
        yield scope.fault("P316", (*place, "edtf"), message, hint, severity="note")


def _rule(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """The rule is that by which the convention reads the words."""
    from forecastlog.deadlines import parse_deadline

    window = prediction.deadline
    if prediction.made is UNKNOWN_DAY:
        return
    read = parse_deadline(
        window.words or "",
        prediction.made.day,
        **scope.ledger.settings.reading,
        holds=window.holds,
        subject=window.subject,
        convention=window.convention or DEADLINE_CONVENTION,
    )
    if read is None or read.rule != window.rule:
        own = f"they are read by '{read.rule}'" if read else "no rule reads them"
        own = own if window.words else "there are none"
        said = f"the words are not read by a rule '{brief(window.rule or '')}'"
        hint = f"Write '{read.rule}', or remove it." if read else "Remove it."
        yield scope.fault("P227", (prediction.id, "deadline", "rule"), f"{said}: {own}", hint)
