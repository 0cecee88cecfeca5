"""Calibration by group: of what was given 20 to 30 %, how much came true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NamedTuple

import numpy as np

from forecastlog.column import count, share
from forecastlog.columns.scores import BLOCK, BY, GROUP, SHARE, SHARE_HIGH, SHARE_LOW, TIMING
from forecastlog.scorebook.frames import Scorebook
from forecastlog.scorebook.scoreboard import ALL, KEYS, grouped, groups_of, order_of
from forecastlog.scoring import Tally
from forecastlog.vocabulary.thresholds import ENOUGH_EVENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationRow:
    """One bin of one group, ``low`` < p <= ``high`` (0 belongs to the first); ``n`` counts forecasts.

    ``share`` is the share that came true and has its 95 % Wilson interval; None in an empty bin.
    """

    by: Annotated[str, BY]
    group: Annotated[str, GROUP]
    timing: Annotated[str, TIMING]
    block: Annotated[str, BLOCK]
    low: Annotated[float, share("the bin holds probabilities above this (the first bin also 0)", width=0)]
    high: Annotated[float, share("up to and including this", width=0)]
    n: Annotated[int, count("how many forecasts", width=0)]
    mean_p: Annotated[float | None, share("their mean probability", width=0)]
    share: Annotated[float | None, SHARE]
    share_low: Annotated[float | None, SHARE_LOW]
    share_high: Annotated[float | None, SHARE_HIGH]


Key = tuple[str, str, str]
"""A group, a timing and a block."""


class Tallied(NamedTuple):
    """A group's forecasts, weighted by how long they stood, and on how many events they are."""

    tally: Tally
    events: int

    @property
    def enough(self) -> bool:
        """Whether they are on events enough for a curve, and for taking their score apart."""
        return self.events >= ENOUGH_EVENTS


class Together(NamedTuple):
    """The forecasts of all groups in one Tally, whose groups are ``keys`` in this order, and their events."""

    keys: list[Key]
    tally: Tally
    events: list[int]


def together(book: Scorebook, *, by: str = ALL) -> Together:
    """Every (group, timing, block) that has a scored pair, by timing, block and group."""
    pairs = grouped(book.pairs[book.pairs["reason"].isna()], by)
    groups = pairs.groupby(KEYS, sort=True)
    names = [(str(group), str(timing), str(block)) for group, timing, block in groups.size().index.tolist()]
    order = sorted(range(len(names)), key=lambda code: (order_of(*names[code][1:]), names[code][0]))
    place = np.empty(len(names), dtype=int)
    place[order] = np.arange(len(names))
    own = book.stretches_of(pairs.assign(code=place[groups.ngroup().to_numpy()]), "code")
    tally = Tally.of_arrays(
        p=own["probability"].to_numpy(),
        y=own["outcome"].to_numpy(),
        weight=own["weight"].to_numpy(),
        group=own["code"].to_numpy(),
    )
    events = groups["event"].nunique().to_numpy()
    return Together([names[code] for code in order], tally, [int(events[code]) for code in order])


def tallies(book: Scorebook, *, by: str = ALL, least: int = 0) -> dict[Key, Tallied]:
    """Each (group, timing, block) by itself, of those on at least so many events, by timing, block and group."""
    found = {}
    scored = book.pairs[book.pairs["reason"].isna()]
    for key, frame in sorted(groups_of(scored, by), key=lambda item: (order_of(*item[0][1:]), item[0][0])):
        events = int(frame["event"].nunique())
        if events < least:
            continue
        own = book.stretches_of(frame)
        tally = Tally.of_arrays(
            p=own["probability"].to_numpy(), y=own["outcome"].to_numpy(), weight=own["weight"].to_numpy()
        )
        found[key] = Tallied(tally, events)
    return found


def calibration_rows(book: Scorebook, *, by: str = ALL, bins: int = 10) -> list[CalibrationRow]:
    """Every bin of every group, empty ones too, in the order of ``together``."""
    keys, tally, _ = together(book, by=by)
    if not keys:
        return []
    return [
        CalibrationRow(
            by=by,
            group=group,
            timing=timing,
            block=block,
            low=row.low,
            high=row.high,
            n=int(row.n),
            mean_p=none_if_nan(row.mean_p),
            share=none_if_nan(row.share),
            share_low=none_if_nan(row.share_low),
            share_high=none_if_nan(row.share_high),
        )
        for (group, timing, block), own in zip(keys, tally.calibration(bins=bins), strict=True)
        for row in own
    ]


def none_if_nan(value: float) -> float | None:
    """A statistic as tables and JSON hold it: null where it does not exist."""
    return None if value != value else float(value)  # noqa: PLR0124  # only NaN differs from itself
