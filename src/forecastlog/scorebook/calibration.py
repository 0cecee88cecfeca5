"""Calibration by group: of what was given 20 to 30 %, how much came true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

import numpy as np

from forecastlog.column import count, share
from forecastlog.columns.scores import (
    BIN_HIGH,
    BIN_LOW,
    BLOCK,
    BY,
    GROUP,
    SHARE,
    SHARE_HIGH,
    SHARE_LOW,
    TIMING,
)
from forecastlog.scorebook.frames import Floats, Integers, Scorebook
from forecastlog.scorebook.grouping import ALL, Groups, grouped
from forecastlog.scoring import Tally
from forecastlog.scoring.calibration import Calibration
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
    low: Annotated[float, BIN_LOW]
    high: Annotated[float, BIN_HIGH]
    n: Annotated[int, count("how many forecasts", width=0)]
    mean_p: Annotated[float | None, share("their mean probability", width=0)]
    share: Annotated[float | None, SHARE]
    share_low: Annotated[float | None, SHARE_LOW]
    share_high: Annotated[float | None, SHARE_HIGH]


@dataclass(frozen=True)
class GroupedTally:
    """The forecasts of all ``groups`` in one Tally, weighted by how long they stood, and their events."""

    by: str
    groups: Groups
    tally: Tally
    events: list[int]
    bins: int

    @property
    def places(self) -> range:
        """The places of the groups in the tally, by timing, block and group."""
        return range(len(self.groups.keys))

    def enough(self, place: int) -> bool:
        """Whether a group is on events enough for a curve, and for taking its score apart."""
        return self.events[place] >= ENOUGH_EVENTS

    @cached_property
    def table(self) -> Calibration:
        """What was forecast and what happened in each of the ``bins`` of all groups."""
        return self.tally.calibration(bins=self.bins)

    @cached_property
    def n(self) -> Integers:
        """How many forecasts each group has."""
        return np.asarray(self.tally.n())

    @cached_property
    def brier(self) -> Floats:
        """Each group's Brier score."""
        return np.asarray(self.tally.brier())

    def named(self, place: int) -> dict[str, str]:
        """What every row of a group is told by."""
        group, timing, block = self.groups.keys[place]
        return {"by": self.by, "group": group, "timing": timing, "block": block}


def grouped_tally(book: Scorebook, *, by: str = ALL, bins: int = 10) -> GroupedTally:
    """Every (group, timing, block) that has a scored pair."""
    groups = grouped(book, by, pairs=book.scored)
    rows, place = book.stretches_of(groups.pairs)
    tally = Tally.of_arrays(
        p=book.stretches["probability"][rows],
        y=book.stretches["outcome"][rows],
        weight=book.stretches["weight"][rows],
        group=groups.codes[place],
    )
    return GroupedTally(by, groups, tally, groups.distinct(book.pairs["event"][groups.pairs]).tolist(), bins)


def calibration_rows(book: Scorebook, *, by: str = ALL, bins: int = 10) -> list[CalibrationRow]:
    """Every bin of every group, empty ones too, in the order of ``grouped_tally``."""
    tally = grouped_tally(book, by=by, bins=bins)
    return [row for place in tally.places for row in bins_of(tally, place)]


def bins_of(tally: GroupedTally, place: int) -> Iterator[CalibrationRow]:
    """Every bin of one group."""
    for low, high, n, mean_p, came, share_low, share_high in tally.table[place].tolist():
        yield CalibrationRow(
            **tally.named(place),
            low=low,
            high=high,
            n=n,
            mean_p=none_if_nan(mean_p),
            share=none_if_nan(came),
            share_low=none_if_nan(share_low),
            share_high=none_if_nan(share_high),
        )


def none_if_nan(value: float) -> float | None:
    """A statistic as tables and JSON hold it: null where it does not exist."""
    return None if value != value else value  # noqa: PLR0124  # only NaN differs from itself
