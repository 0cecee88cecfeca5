"""Forecasts whose figures do not fit each other, their basis or their day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from operator import attrgetter

from forecastlog.checks.scope import Place, Scope, forecasts_of
from forecastlog.kinds import BINARY, chance, foreign, kind_of
from forecastlog.model.forecasts import Forecast
from forecastlog.model.records import Condition, Prediction
from forecastlog.problems import Problem
from forecastlog.standing.due import decided_days, reader_of
from forecastlog.values import brief
from forecastlog.vocabulary.forecasts import DEFAULT_SCALE
from forecastlog.vocabulary.thresholds import FIGURES_IN_WORDS_SINCE, READERS_NAMED_SINCE
from forecastlog.vocabulary.word import alternatives


def of_its_kind(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """What the prediction's kind finds that does not fit each other."""
    for code, place, message, hint, severity in kind_of(prediction).misfits(prediction):
        yield scope.fault(code, (prediction.id, *place), message, hint, severity=severity)


def says_something(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """A forecast of any other kind than true or false says what is expected, or keeps its words unread."""
    kind = kind_of(prediction)
    if kind is BINARY or prediction.withheld:
        return
    told = (*kind.ways, *foreign(kind, "forecast_keys"))  # a key of another kind is an error of its own
    for place, forecast in forecasts_of(prediction):
        if not scope.readable(*place) or any(scope.wrote(*place, key) for key in told):
            continue
        if forecast.basis != "unread":
            hint = f"Give {alternatives(kind.ways)}, or let 'forecastlog fill' read the words."
            yield scope.fault(
                "P223", (*place, "basis"), "a forecast that does not say what is expected", hint
            )
        elif not forecast.words:
            hint = "Add 'words:' as the text says them."
            yield scope.fault("P223", (*place, "basis"), "a forecast with basis 'unread' and no words", hint)


def figures_fit_basis(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """What the basis says about words, scale and figures is so; where words are withheld, nobody can tell."""
    if prediction.withheld:
        return
    for place, forecast in forecasts_of(prediction):
        for key, message, hint in _misfits(scope, place, forecast):
            yield scope.fault("P223", (*place, key), message, hint)


def _plainly_fits(forecast: Forecast) -> bool:
    """Whether a forecast has all that its basis asks for, so that the text need not be looked at."""
    if forecast.basis in ("possible", "unread") or chance(forecast).probability is None:
        return False
    if forecast.basis in ("worded", "asserted") and not forecast.words:
        return False
    return forecast.basis != "worded" or bool(forecast.scale)


def _misfits(scope: Scope, place: Place, forecast: Forecast) -> Iterator[tuple[str, str, str]]:
    if _plainly_fits(forecast) or not scope.readable(*place):
        return
    basis, fill = forecast.basis, "Let 'forecastlog fill' read the words, or add it."
    figure = scope.wrote(*place, "probability")
    if basis == "possible" and figure:
        hint = "A bare may, might or could is not scored: keep low and high, remove the probability."
        yield "probability", "a bare possibility with a probability", hint
    if basis == "possible" and not (scope.wrote(*place, "low") and scope.wrote(*place, "high")):
        yield "basis", "a bare possibility without low and high", fill
    if basis == "unread" and (figure or scope.wrote(*place, "low") or scope.wrote(*place, "high")):
        key = "probability" if figure else "basis"
        yield (
            key,
            "words that are not read, with a figure",
            "Remove the figure, or write 'basis: judged' if it is yours.",
        )
    if basis not in ("possible", "unread") and not figure:
        yield "basis", f"a forecast with basis '{basis}' and no probability", fill
    if basis in ("worded", "asserted", "possible", "unread") and not forecast.words:
        yield "basis", f"a forecast with basis '{basis}' and no words", "Add 'words:' as the text says them."
    if basis == "worded" and not forecast.scale:
        hint = f"Add 'scale:', such as {DEFAULT_SCALE}: the same words mean other figures elsewhere."
        yield "words", "words without the scale on which they were read", hint


def stated_in_words(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """A figure that is the speaker's own stands in the words, where there are words."""
    from forecastlog.likelihood import states

    for place, forecast in forecasts_of(prediction):
        figure = chance(forecast).probability
        if (
            forecast.basis != "stated"
            or not forecast.words
            or figure is None
            or not scope.wrote(*place, "basis")
        ):
            continue
        quotes = (
            forecast.words,
            forecast.quote or (prediction.quote if forecast.by == prediction.speaker else None),
        )
        shares = (figure, 1 - figure) if forecast.negated else (figure,)
        if any(states(text, share) for text in quotes if text for share in shares):
            continue
        logged = forecast.logged or (prediction.logged.day if prediction.logged else None)
        new = logged is not None and logged >= FIGURES_IN_WORDS_SINCE
        yield scope.fault(
            "P226",
            (*place, "basis"),
            f"'{brief(forecast.words)}' is said to state {figure:g}, and has no such figure",
            "Write 'basis: judged' if the figure is yours, or the words that have it.",
            severity="error" if new else "note",
        )


def readers_named(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """An analyst's own figure says whose it is.

    Where it was logged when nothing asked for that, it is left out.
    """
    for place, forecast in forecasts_of(prediction):
        named = reader_of(forecast, prediction)
        logged = forecast.logged or (prediction.logged.day if prediction.logged else None)
        if forecast.basis != "judged" or named or logged is None or logged < READERS_NAMED_SINCE:
            continue
        yield scope.fault(
            "P228",
            (*place, "basis"),
            "an analyst's own figure, and nothing says which analyst's",
            "Add 'judged_by:' with the name of who judged it: it is never the speaker's.",
        )


def forecast_in_time(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """A forecast made when its question was over: kept, and worth a look."""
    over = _over(prediction)
    for place, forecast in forecasts_of(prediction):
        if over and forecast.made.first > over[0] and scope.wrote(*place, "made"):
            yield scope.fault(
                "P307",
                (*place, "made"),
                f"made on {forecast.made}, after {over[1]}, {over[0]}",
                "It does not count in the scores. Correct the day if it is wrong.",
                severity="note",
            )


def _over(prediction: Prediction) -> tuple[date, str] | None:
    ends = [(day, "the outcome was known") for day in decided_days(prediction)]
    if prediction.deadline.latest:
        ends.append((prediction.deadline.latest, "the latest deadline"))
    return min(ends, default=None)


_made, _recorded = attrgetter("made.text", "by"), attrgetter("recorded.text", "by")


def said_twice(scope: Scope, record: Condition | Prediction) -> Iterator[Problem]:
    """The same entry twice, as two people's appended lines may leave it."""
    for key, dated in (("forecasts", _made), ("resolutions", _recorded)):
        entries = getattr(record, key, ())
        if len(entries) == len(set(map(dated, entries))):  # far fewer values to compare
            continue
        seen: set[object] = set()
        for index, entry in enumerate(entries):
            if entry in seen:
                place = (record.id, key, index)
                message = f"the same entry stands twice in '{key}'"
                yield scope.fault("P224", place, message, "Delete one.", severity="warning")
            seen.add(entry)
