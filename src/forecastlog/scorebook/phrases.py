"""What a pair tells of the words that it was said in.

Each phrase under one name, and whether it is decided.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from forecastlog.kinds import BINARY, chance
from forecastlog.likelihood import parse_likelihood
from forecastlog.model.forecasts import Forecast
from forecastlog.scorebook.counting import Pair
from forecastlog.vocabulary.forecasts import DEFAULT_SCALE

_DECIDED = {None, "possible", "unread"}
"""Reasons that do not matter here: a bare "may" has a record too, and so have words without a figure of
ours."""

POSSIBLE = "may, might, could"
"""The bare possibilities, which are counted as one phrase."""


class Use(NamedTuple):
    """A phrase of a pair.

    Its anchor and scale, what came where that is decided, and what the phrase was read as.
    """

    words: str
    scale: str | None
    outcome: float | None
    probability: float | None
    low: float | None
    high: float | None


def uses_of(pair: Pair) -> list[Use]:
    """The pair's phrases, each once; none of a pair that says nothing about how a phrase is used.

    Phrases are counted by their anchor ("highly unlikely" and "very unlikely" are one). Reported and
    ascribed words, paraphrased texts and analysts' own figures say nothing.
    """
    if not _tells_of_words(pair):
        return []
    outcome = pair.outcome if is_decided(pair) else None
    return [_use(anchor, forecast, outcome) for anchor, forecast in _worded(pair).items()]


def is_decided(pair: Pair) -> bool:
    """Whether it is known of the pair's phrases whether they came true."""
    return pair.decided and pair.reason in _DECIDED


def _use(anchor: str, forecast: Forecast, outcome: float | None) -> Use:
    said = chance(forecast)
    return Use(anchor, forecast.scale, outcome, said.probability, said.low, said.high)


def _tells_of_words(pair: Pair) -> bool:
    return (
        pair.prediction.kind == BINARY.name
        and pair.block not in ("judged", "paraphrased")
        and pair.reason not in ("attribution", "restated")
    )


def _worded(pair: Pair) -> dict[str, Forecast]:
    """The pair's forecasts in words by their phrase, each phrase once."""
    seen: dict[str, Forecast] = {}
    for forecast in pair.forecasts:
        if forecast.words:
            seen.setdefault(_anchor(forecast), forecast)
    return seen


def _anchor(forecast: Forecast) -> str:
    """One name for all ways of saying a thing; words that no scale has are told by how they were taken."""
    if forecast.basis == "possible":
        return POSSIBLE
    words = forecast.words or ""
    anchor = _on_scale(words, forecast.scale or DEFAULT_SCALE)
    if anchor:
        return anchor
    figure = chance(forecast).probability
    if forecast.basis == "asserted" and figure is not None:
        return "will" if figure > 0.5 else "will not"
    return " ".join(words.casefold().split())


@cache
def _on_scale(words: str, scale: str) -> str | None:
    reading = parse_likelihood(words, scale)
    return reading.anchor if reading else None
