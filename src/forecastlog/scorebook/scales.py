"""Would another scale change the picture? Each group's Brier with its words read on every scale."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from forecastlog.likelihood import parse_likelihood, scale_names
from forecastlog.scorebook.frames import Scorebook
from forecastlog.scorebook.scoreboard import ALL, TIMINGS, groups_of

if TYPE_CHECKING:
    import pandas as pd

DEFAULT = "fl-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleRow:
    """One group on one scale: its mean Brier over ``n`` pairs, ``read`` of whose ``stretches`` the scale has.

    A phrase that the scale lacks, a figure, and a reading that an analyst overrode keep the stored figure.
    ``position`` is the group's place among its ``by`` and timing, 1 for the lowest Brier; ``holds`` says
    whether the order of all of them is the one that the stored figures give.
    """

    by: str
    group: str
    timing: str
    scale: str
    n: int
    stretches: int
    read: int
    brier: float
    position: int
    holds: bool


def scale_rows(book: Scorebook, *, by: str = ALL) -> list[ScaleRow]:
    """Every group on every scale, the stored figures first as scale ``stored``; only the headline block."""
    scored = book.pairs[book.pairs["reason"].isna() & (book.pairs["basis"] == "headline")]
    means: dict[tuple[str, str], dict[str, tuple[float, int, int, int]]] = {}
    for (group, timing, _), frame in groups_of(scored, by):
        own = book.stretches_of(frame)
        for scale in ("stored", *scale_names()):
            p, read = _figures(own, scale)
            outcome, weight = own["outcome"].to_numpy(), own["weight"].to_numpy()
            brier = float((weight * (p - outcome) ** 2).sum() / weight.sum())
            means.setdefault((timing, scale), {})[group] = brier, len(frame), len(own), read
    rows: list[ScaleRow] = []
    for (timing, scale), groups in means.items():
        order = _order(groups)
        holds = order == _order(means[timing, "stored"])
        rows += [
            ScaleRow(
                by=by, group=group, timing=timing, scale=scale, n=n, stretches=count, read=read, brier=brier,
                position=order.index(group) + 1, holds=holds,
            )
            for group, (brier, n, count, read) in groups.items()
        ]  # fmt: skip
    scales = ("stored", *scale_names())
    return sorted(rows, key=lambda row: (TIMINGS.index(row.timing), scales.index(row.scale), row.position))


def _order(groups: dict[str, tuple[float, int, int, int]]) -> list[str]:
    return sorted(groups, key=lambda group: (round(groups[group][0], 12), group))


def _figures(stretches: pd.DataFrame, scale: str) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], int]:
    """The probabilities on ``scale``, and how many of them are the scale's own reading."""
    stored = stretches["probability"].to_numpy(dtype=float)
    if scale == "stored":
        return stored, 0
    found = [_reading(words, figure, scale) for words, figure in zip(stretches["words"], stored, strict=True)]
    read = sum(value is not None for value in found)
    return np.array(
        [figure if value is None else value for value, figure in zip(found, stored, strict=True)]
    ), read


@cache
def _reading(words: str, stored: float, scale: str) -> float | None:
    """What ``scale`` takes the words to mean, unless the stored figure is not what they are read as."""
    default = parse_likelihood(words, DEFAULT)
    if default is None or default.probability is None or abs(default.probability - stored) > 1e-9:
        return None
    reading = parse_likelihood(words, scale)
    return reading.probability if reading and reading.basis == "worded" else None
