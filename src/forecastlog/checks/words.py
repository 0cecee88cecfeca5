"""Stored values against their words, read anew: a difference is a note, and nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from forecastlog.checks.scope import Place, Scope, forecasts_of
from forecastlog.kinds import BINARY, chance, kind_of
from forecastlog.model.forecasts import Forecast
from forecastlog.model.records import Prediction
from forecastlog.problems import Problem
from forecastlog.values import UNKNOWN_DAY, Unreadable, brief, offer
from forecastlog.vocabulary.deadlines import DEADLINE_CONVENTION
from forecastlog.vocabulary.forecasts import DEFAULT_SCALE

Figures = tuple[float | None, float | None, float | None]
"""Probability, low and high."""

_HINT = "The stored value stands. If it was misread, 'forecastlog amend' changes it and keeps the reason."


@dataclass(frozen=True, slots=True)
class Rereading:
    """Words whose reading today is not what is stored; ``today`` is None where they are no longer understood.

    ``read_by`` is the convention, or the scale, by which they were read today.
    """

    place: Place
    what: Literal["deadline", "forecast"]
    words: str
    stored: Mapping[str, str]
    today: Mapping[str, str] | None
    read_by: str


def rereadings(scope: Scope, prediction: Prediction, *, newest: bool = True) -> Iterator[Rereading]:
    """The prediction's deadline and forecasts that were read from words and read otherwise today.

    With ``newest`` deadlines are read by the newest convention, else by that of their record. What an analyst
    set or judged against the words is left out.
    """
    yield from _deadline(scope, prediction, newest=newest)
    if kind_of(prediction) is not BINARY:
        for place, forecast in forecasts_of(prediction):
            yield from _expected(place, forecast, prediction)
        return
    for place, forecast in forecasts_of(prediction):
        if forecast.words and forecast.basis != "judged":
            yield from _forecast(place, forecast)


def _deadline(scope: Scope, prediction: Prediction, *, newest: bool) -> Iterator[Rereading]:
    from forecastlog.deadlines import CONVENTIONS, parse_deadline

    window, settings = prediction.deadline, scope.ledger.settings
    analyst = window.basis == "analyst" or window.within is not None
    if not window.words or analyst or prediction.made is UNKNOWN_DAY:
        return
    own = window.convention if window.convention in CONVENTIONS else DEADLINE_CONVENTION
    convention = DEADLINE_CONVENTION if newest or own is None else own
    read = parse_deadline(
        window.words,
        prediction.made.day,
        **settings.reading,
        holds=window.holds,
        subject=window.subject,
        convention=convention,
    )
    stored = {"earliest": window.earliest, "strict": window.strict, "latest": window.latest}
    place = (prediction.id, "deadline", "words")
    if read is None:
        yield Rereading(place, "deadline", window.words, _days(stored), None, convention)
        return
    now = {"earliest": read.earliest or prediction.made.day, "strict": read.strict, "latest": read.latest}
    differ = [key for key, day in stored.items() if day != now[key]]
    if differ:
        kept, found = ({key: days[key] for key in differ} for days in (stored, now))
        yield Rereading(place, "deadline", window.words, _days(kept), _days(found), convention)


def _forecast(place: Place, forecast: Forecast) -> Iterator[Rereading]:
    from forecastlog.likelihood import parse_likelihood, scale_names

    words = forecast.words or ""
    if forecast.basis == "unread":
        yield from _unread(place, forecast)
        return
    if forecast.scale is None or forecast.scale not in scale_names():
        return
    said = chance(forecast)
    stored = (said.probability, said.low, said.high)
    if (forecast.basis == "possible") != (said.probability is None):
        return  # what lacks its figure, or has one too many, is told as an error
    read = parse_likelihood(words, forecast.scale)
    kept = {"figures": f"{_figures(stored)} {forecast.basis}"}
    if read is None:
        yield Rereading((*place, "words"), "forecast", words, kept, None, forecast.scale)
        return
    now = (read.probability, read.low, read.high)
    alike = _alike(stored, now) or (forecast.negated and _alike(stored, _of_the_opposite(now)))
    if not alike or read.basis != forecast.basis:
        found = {"figures": f"{_figures(now)} {read.basis}"}
        yield Rereading((*place, "words"), "forecast", words, kept, found, forecast.scale)


def _expected(place: Place, forecast: Forecast, prediction: Prediction) -> Iterator[Rereading]:
    """Words for a number, a day or options that mean something else today than what stands beside them."""
    kind, says = kind_of(prediction), forecast.says
    convention = getattr(says, "convention", None)
    if not forecast.words or says is None or convention is None or forecast.basis != "stated":
        return
    kept = {"figures": kind.expected(prediction, says)}
    try:
        found = kind.typed(forecast.words, replace(prediction, made=forecast.made))
    except Unreadable:
        yield Rereading((*place, "words"), "forecast", forecast.words, kept, None, convention)
        return
    told = {key: value for key, value in found.items() if value is not None and key not in kind.asides}
    now = kind.read(found)
    if now and any(str(value) != str(says.entry.get(key)) for key, value in told.items()):
        read = {"figures": kind.expected(prediction, now)}
        yield Rereading((*place, "words"), "forecast", forecast.words, kept, read, convention)


def _unread(place: Place, forecast: Forecast) -> Iterator[Rereading]:
    """Words that were not read when they were logged, and can be today."""
    from forecastlog.likelihood import parse_likelihood

    read = parse_likelihood(forecast.words or "", forecast.scale or DEFAULT_SCALE)
    if read:
        found = {"figures": f"{_figures((read.probability, read.low, read.high))} {read.basis}"}
        yield Rereading(
            (*place, "words"),
            "forecast",
            forecast.words or "",
            {"figures": "unread"},
            found,
            forecast.scale or DEFAULT_SCALE,
        )


def words_reread(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """What today's readers find in the words by the record's own convention.

    Words no longer understood keep their values unremarked.
    """
    for one in rereadings(scope, prediction, newest=False):
        if one.today is None:
            continue
        code, named = ("P305", True) if one.what == "deadline" else ("P306", False)
        now = ", ".join(f"{key} {value}" if named else value for key, value in one.today.items())
        message = f"'{brief(one.words)}' reads today as {now}, not {', '.join(one.stored.values())}"
        yield scope.fault(code, one.place, message, _HINT, severity="note")


def _days(days: Mapping[str, date | None]) -> dict[str, str]:
    return {key: str(day or "open") for key, day in days.items()}


def scales_known(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """Every scale that is named is one that this version can read words on."""
    from forecastlog.likelihood import scale_names

    for place, forecast in forecasts_of(prediction):
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
