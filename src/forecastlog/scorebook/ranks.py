"""Rows of the scoreboard beside each other: percentiles and ranks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from forecastlog.scorebook.score_row import ScoreRow
from forecastlog.vocabulary.thresholds import ENOUGH_EVENTS, RANK_ARTICLES, RANK_EVENTS

_RANKED = {"in advance": RANK_ARTICLES, "logged elsewhere": 0}
"""Timings whose rows are ranked, with the articles that this takes; one source is enough for what it
logged."""


def placed(rows: list[ScoreRow]) -> list[ScoreRow]:
    """The rows with their percentile among those of the same timing and block."""
    peers: dict[tuple[str, str], list[float]] = {}
    for row in rows:
        if row.peer is not None and row.events >= ENOUGH_EVENTS:
            peers.setdefault((row.timing, row.block), []).append(row.peer)
    for scores in peers.values():
        scores.sort()
    return [
        replace(row, percentile=bisect_left(among, row.peer) / len(among))
        if row.peer is not None
        and row.events >= ENOUGH_EVENTS
        and len(among := peers[row.timing, row.block]) >= ENOUGH_EVENTS
        else row
        for row in rows
    ]


def ranked(rows: list[ScoreRow]) -> list[ScoreRow]:
    """Ranks for the headline rows, logged in advance, that have enough events from enough articles.

    Equal ranks where intervals overlap: a rank is one more than the number of rows that are surely better.
    What was logged elsewhere is ranked within itself.
    """
    ranks: dict[int, int] = {}
    for timing in _RANKED:
        able = [row for row in _rankable(rows) if row.timing == timing]
        ends = np.sort(np.array([row.brier_high for row in able], dtype=float))
        better = np.searchsorted(ends, np.array([row.brier_low for row in able], dtype=float))
        ranks |= {id(row): 1 + int(before) for row, before in zip(able, better, strict=True)}
    return [replace(row, rank=ranks[id(row)]) if id(row) in ranks else row for row in rows]


def _rankable(rows: list[ScoreRow]) -> Iterator[ScoreRow]:
    for row in rows:
        if (
            row.by == "forecaster"
            and row.articles >= _RANKED.get(row.timing, np.inf)
            and row.block == "headline"
            and row.events >= RANK_EVENTS
            and row.brier_low is not None
        ):
            yield row
