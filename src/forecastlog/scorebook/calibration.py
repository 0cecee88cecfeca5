"""Calibration by group: of what was given 20 to 30 %, how much came true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NamedTuple

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
from forecastlog.scorebook.frames import Scorebook
from forecastlog.scorebook.grouping import ALL, Key, grouped
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
    low: Annotated[float, BIN_LOW]
    high: Annotated[float, BIN_HIGH]
    n: Annotated[int, count("how many forecasts", width=0)]
    mean_p: Annotated[float | None, share("their mean probability", width=0)]
    share: Annotated[float | None, SHARE]
    share_low: Annotated[float | None, SHARE_LOW]
    share_high: Annotated[float | None, SHARE_HIGH]


class Together(NamedTuple):
    """The forecasts of all groups in one Tally, whose groups are ``keys`` in this order, and their events."""

    keys: list[Key]
    tally: Tally
    events: list[int]

    @property
    def on_enough(self) -> list[int]:
        """The places of the groups on events enough for a curve, and for taking their score apart."""
        return [place for place, events in enumerate(self.events) if events >= ENOUGH_EVENTS]


def together(book: Scorebook, *, by: str = ALL) -> Together:
    """Every (group, timing, block) that has a scored pair, by timing, block and group.

    Weighted by how long forecasts stood.
    """
    groups = grouped(book, by, pairs=book.scored)
    rows, place = book.stretches_of(groups.pairs)
    tally = Tally.of_arrays(
        p=book.stretches["probability"][rows],
        y=book.stretches["outcome"][rows],
        weight=book.stretches["weight"][rows],
        group=groups.codes[place],
    )
    return Together(groups.keys, tally, groups.distinct(book.pairs["event"][groups.pairs]).tolist())


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
            low=low,
            high=high,
            n=n,
            mean_p=none_if_nan(mean_p),
            share=none_if_nan(share),
            share_low=none_if_nan(share_low),
            share_high=none_if_nan(share_high),
        )
        for (group, timing, block), own in zip(keys, tally.calibration(bins=bins).tolist(), strict=True)
        for low, high, n, mean_p, share, share_low, share_high in own
    ]


def none_if_nan(value: float) -> float | None:
    """A statistic as tables and JSON hold it: null where it does not exist."""
    return None if value != value else value  # noqa: PLR0124  # only NaN differs from itself
