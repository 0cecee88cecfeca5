"""Stored values against their words, read anew: a difference is a note, and nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator

from forecastlog.checks.scope import Scope
from forecastlog.ledger.people import UNKNOWN_DAY
from forecastlog.ledger.values import brief, offer
from forecastlog.problems import Problem

Figures = tuple[float | None, float | None, float | None]
"""Probability, low and high."""

_HINT = "The stored value stands. If it was misread, 'forecastlog amend' changes it and keeps the reason."


def deadline_words(scope: Scope) -> Iterator[Problem]:
    """The days that today's reader finds in a deadline's words."""
    from forecastlog.deadlines import parse_deadline

    settings = scope.ledger.settings
    for prediction in scope.predictions():
        window = prediction.deadline
        if not window.words or window.basis == "analyst" or prediction.made is UNKNOWN_DAY:
            continue
        read = parse_deadline(
            window.words, prediction.made.day,
            hemisphere=settings.hemisphere, fiscal_year=settings.fiscal_year,
        )  # fmt: skip
        if read is None:
            continue
        days = (
            ("earliest", window.earliest, read.earliest or prediction.made.day),
            ("strict", window.strict, read.strict),
            ("latest", window.latest, read.latest),
        )
        differ = [(key, stored, now) for key, stored, now in days if stored != now]
        if differ and window.within is None:
            reading = ", ".join(f"{key} {now or 'open'}" for key, _, now in differ)
            kept = ", ".join(str(stored or "open") for _, stored, _ in differ)
            message = f"'{brief(window.words)}' reads today as {reading}, not {kept}"
            place = (prediction.id, "deadline", "words")
            yield scope.fault("P305", place, message, _HINT, severity="note")


def forecast_words(scope: Scope) -> Iterator[Problem]:
    """The figures that today's reader finds in a forecast's words."""
    from forecastlog.likelihood import parse_likelihood, scale_names

    for place, prediction, forecast in scope.forecasts():
        if not forecast.words or forecast.basis == "judged" or forecast.scale not in scale_names():
            continue
        read = parse_likelihood(forecast.words, forecast.scale)
        if read is None or (forecast.basis == "possible") != (forecast.probability is None):
            continue  # what lacks its figure, or has one too many, is told as an error
        stored = (forecast.probability, forecast.low, forecast.high)
        now = (read.probability, read.low, read.high)
        alike = _alike(stored, now) or (prediction.negated and _alike(stored, _of_the_opposite(now)))
        if not alike or read.basis != forecast.basis:
            yield scope.fault(
                "P306", (*place, "words"),
                f"'{brief(forecast.words)}' reads today as {_figures(now)} {read.basis}, "
                f"not {_figures(stored)} {forecast.basis}",
                _HINT, severity="note",
            )  # fmt: skip


def scales_known(scope: Scope) -> Iterator[Problem]:
    """Every scale that is named is one that this version can read words on."""
    from forecastlog.likelihood import scale_names

    for place, _, forecast in scope.forecasts():
        if forecast.scale and forecast.scale not in scale_names():
            hint = offer(forecast.scale, scale_names())
            yield scope.fault("P225", (*place, "scale"), f"unknown scale '{forecast.scale}'", hint)


def _alike(stored: Figures, now: Figures) -> bool:
    """Whether every figure that is stored is what is read, and none is stored where none is read."""
    if (stored[0] is None) != (now[0] is None):
        return False
    return all(
        old is None or new is None or abs(old - new) < 0.005 for old, new in zip(stored, now, strict=True)
    )


def _of_the_opposite(figures: Figures) -> Figures:
    """The figures for a claim, from those for the sentence that denies it."""
    point, low, high = (None if figure is None else 1 - figure for figure in figures)
    return point, high, low


def _figures(figures: Figures) -> str:
    point, low, high = ("none" if figure is None else f"{figure:g}" for figure in figures)
    return f"{point} ({low} to {high})"
