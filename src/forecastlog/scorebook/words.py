"""The words' own record: how often what was said with a phrase came true. No figure of ours is needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated

from forecastlog.column import count, figure, share, text
from forecastlog.columns.scores import SHARE, SHARE_HIGH, SHARE_LOW, TIMING
from forecastlog.kinds import BINARY, chance
from forecastlog.likelihood import parse_likelihood
from forecastlog.model.forecasts import Forecast
from forecastlog.scorebook.counting import Pair
from forecastlog.scoring import Tally
from forecastlog.vocabulary.forecasts import DEFAULT_SCALE

_DECIDED = {None, "possible", "unread"}
"""Reasons that do not matter here: a bare "may" has a record too, and so have words without a figure of
ours."""

POSSIBLE = "may, might, could"
"""The bare possibilities, which are counted as one phrase."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRow:
    """A phrase: ``said`` times, ``decided`` of them, ``happened`` (a share counts as a part), and its band.

    ``share_low`` and ``share_high`` are the 95 % Wilson interval of happened / decided; ``low``, ``high`` and
    ``probability`` are what the scale takes the phrase to mean.
    """

    words: Annotated[str, text("the phrase, by its anchor on the scale", width=0)]
    scale: Annotated[str | None, text("the scale", facet=True)]
    timing: Annotated[str, TIMING]
    said: Annotated[int, count("how often it was said", width=0)]
    decided: Annotated[int, count("how many of these turned out yes or no", width=0)]
    happened: Annotated[float, figure("how many came true", width=0)]
    share: Annotated[float | None, SHARE] = None
    share_low: Annotated[float | None, SHARE_LOW] = None
    share_high: Annotated[float | None, SHARE_HIGH] = None
    probability: Annotated[float | None, share("what the scale takes the phrase to mean")] = None
    low: Annotated[float | None, share("the least that it can mean", width=0)] = None
    high: Annotated[float | None, share("the most that it can mean", width=0)] = None


def word_rows(pairs: Iterable[Pair]) -> list[WordRow]:
    """A row a phrase, scale and timing, the most often said first; forecasts with figures only are left out.

    Phrases are counted by their anchor ("highly unlikely" and "very unlikely" are one). Reported and
    ascribed words, paraphrased texts and analysts' own figures say nothing about how a phrase is used.
    """
    uses: dict[tuple[str, str | None, str], list[tuple[Forecast, float | None]]] = defaultdict(list)
    for pair in pairs:
        if not _tells_of_words(pair):
            continue
        outcome = pair.outcome if counts_for_words(pair) else None
        for forecast in _worded(pair):
            uses[_anchor(forecast), forecast.scale, pair.timing].append((forecast, outcome))
    rows = [_row(words, scale, timing, said) for (words, scale, timing), said in uses.items()]
    return sorted(rows, key=lambda row: (-row.said, row.words, row.scale or "", row.timing))


def counts_for_words(pair: Pair) -> bool:
    """Whether the pair is one of those decided in the words' record: said in words, and true or not."""
    return _tells_of_words(pair) and pair.reason in _DECIDED and pair.decided and bool(_worded(pair))


def _tells_of_words(pair: Pair) -> bool:
    return (
        pair.prediction.kind == BINARY.name
        and pair.block not in ("judged", "paraphrased")
        and pair.reason not in ("attribution", "restated")
    )


def _worded(pair: Pair) -> list[Forecast]:
    """The pair's forecasts in words, each phrase once."""
    seen: dict[str, Forecast] = {}
    for forecast in pair.forecasts:
        if forecast.words:
            seen.setdefault(_anchor(forecast), forecast)
    return list(seen.values())


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


def _row(words: str, scale: str | None, timing: str, said: list[tuple[Forecast, float | None]]) -> WordRow:
    outcomes = [outcome for _, outcome in said if outcome is not None]
    first = chance(said[0][0])
    row = WordRow(
        words=words,
        scale=scale,
        timing=timing,
        said=len(said),
        decided=len(outcomes),
        happened=sum(outcomes),
        probability=first.probability,
        low=first.low,
        high=first.high,
    )
    if not outcomes:
        return row
    share = Tally.of_arrays(p=[0.5] * len(outcomes), y=outcomes).calibration(bins=1)[0]
    return replace(row, share=share.share, share_low=share.share_low, share_high=share.share_high)
