"""What a table of scores lets anybody conclude, in plain English, and what more it would take."""

from __future__ import annotations

import math

import numpy as np

from forecastlog.phrasing import counted
from forecastlog.scorebook.frames import Integers, Scorebook
from forecastlog.scorebook.score_row import ScoreRow
from forecastlog.scorebook.tables import BLOCK, EVENTS, NONE, TIMING
from forecastlog.scoring.sorting import distinct
from forecastlog.vocabulary.thresholds import ENOUGH_EVENTS, RANK_ARTICLES, RANK_EVENTS

_SURE, _POWER = 1.959963984540054, 0.8416212335729143
"""Two-sided 95 % and a power of 80 %, in standard deviations of the normal distribution."""


def conclusion(book: Scorebook, rows: list[ScoreRow]) -> str:
    """A few sentences to stand under ``rows``: how far they carry, and what it would take to say more."""
    scored = book.scored
    if not scored.size:
        return (
            f"No yes or no is scored yet; {counted(len(book), 'forecast')} left out. "
            "No conclusion about anybody."
        )
    in_advance = np.count_nonzero(book.pairs["timing"][scored] == TIMING["in advance"])
    events, articles = (_different(book.pairs[name][scored]) for name in ("event", "article"))
    what = (
        f"{counted(len(scored), 'forecast')} scored, on {counted(events, 'event')} from "
        f"{counted(articles, 'article')}"
    )
    if not in_advance:
        told = f"{what}, none logged in advance: no conclusion about anybody's skill."
    elif _ranked(rows):
        told = (
            f"{what}, {in_advance} of them logged in advance. "
            f"Ranks stand only where {RANK_EVENTS} events from {RANK_ARTICLES} articles allow it, "
            "and rows whose intervals overlap share one."
        )
    else:
        told = (
            f"{what}, {in_advance} of them logged in advance: too few to rank anybody, which takes "
            f"{RANK_EVENTS} events from {RANK_ARTICLES} articles."
        )
    if needed := events_needed(book):
        told += (
            f" At this spread it takes about {needed:,} events, logged in advance, "
            f"to tell these forecasts from saying that nothing changes."
        )
    return f"{told} {events_line(book)}"


def events_line(book: Scorebook) -> str:
    """What the count of events rests on.

    Names in the records, articles in their place, or each prediction alone.
    """
    own = {name: book.pairs[name][book.scored] for name in ("event", "events_by", "prediction", "lot")}
    named, shared, alone = (
        _different(own["event"][own["events_by"] == by]) for by in (NONE, *EVENTS.values())
    )
    parts = [f"{counted(named, 'name')} in the records"] if named else []
    if shared:
        without = counted(_different(own["prediction"][own["events_by"] == EVENTS["article"]]), "prediction")
        parts.append(f"{counted(shared, 'article')} in the place of {without} without one")
    if alone:
        parts.append(f"{counted(alone, 'prediction')} counted as one each")
    *most, last = parts
    line = f"The count of events rests on {', '.join(most)}{' and ' * bool(most)}{last}."
    if not alone:
        return line
    lots = _different(own["lot"])
    if lots < ENOUGH_EVENTS:
        return f"{line} With {counted(lots, 'article')} only, intervals resample events alone."
    return f"{line} Intervals are the wider of those by event and by article."


def events_needed(book: Scorebook) -> int | None:
    """How many events would tell the headline forecasts from "nothing changes", at the spread seen so far.

    The spread is that of what was logged in advance, and where nothing was, of what was logged afterwards.
    The usual size of a sample for a paired difference: 95 % two-sided, power 80 %, events as units. None with
    fewer than two events, without spread, without a difference, or where no record says what no change would
    bring.
    """
    own = {name: column[book.scored] for name, column in book.pairs.items()}
    chosen = own["block"] == BLOCK["headline"]
    ahead = chosen & (own["timing"] == TIMING["in advance"])
    chosen = ahead if ahead.any() else chosen
    if not own["has_status_quo"][chosen].any():
        return None
    events, place = np.unique(own["event"][chosen], return_inverse=True)
    if events.size < 2:
        return None
    differences = np.bincount(place, (own["brier"] - own["reference_brier"])[chosen]) / np.bincount(place)
    spread, mean = float(differences.std(ddof=1)), abs(float(differences.mean()))
    if spread == 0 or mean == 0:
        return None
    return math.ceil(((_SURE + _POWER) * spread / mean) ** 2)


def _different(numbers: Integers) -> int:
    """How many different ones there are, without those that stand for none."""
    return distinct(numbers[numbers >= 0]).size


def _ranked(rows: list[ScoreRow]) -> bool:
    return any(row.rank is not None for row in rows)
