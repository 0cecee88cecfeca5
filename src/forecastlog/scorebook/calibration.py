"""Calibration by group: of what was given 20 to 30 %, how much came true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NamedTuple

from forecastlog.column import count, share
from forecastlog.columns.scores import BLOCK, BY, GROUP, SHARE, SHARE_HIGH, SHARE_LOW, TIMING
from forecastlog.scorebook.frames import Scorebook
from forecastlog.scorebook.scoreboard import ALL, groups_of, order_of
from forecastlog.scoring import Tally
from forecastlog.vocabulary import ENOUGH_EVENTS


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


class Tallied(NamedTuple):
    """A group's forecasts, weighted by how long they stood, and on how many events they are."""

    tally: Tally
    events: int

    @property
    def enough(self) -> bool:
        """Whether they are on events enough for a curve, and for taking their score apart."""
        return self.events >= ENOUGH_EVENTS


def tallies(book: Scorebook, *, by: str = ALL) -> dict[tuple[str, str, str], Tallied]:
    """Every (group, timing, block) that has a scored pair, by timing, block and group."""
    found = {}
    scored = book.pairs[book.pairs["reason"].isna()]
    for key, frame in sorted(groups_of(scored, by), key=lambda item: (order_of(*item[0][1:]), item[0][0])):
        own = book.stretches_of(frame)
        tally = Tally.of_arrays(
            p=own["probability"].to_numpy(), y=own["outcome"].to_numpy(), weight=own["weight"].to_numpy()
        )
        found[key] = Tallied(tally, int(frame["event"].nunique()))
    return found


def calibration_rows(book: Scorebook, *, by: str = ALL, bins: int = 10) -> list[CalibrationRow]:
    """Every bin of every group, empty ones too, in the order of ``tallies``."""
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
        for (group, timing, block), (tally, _) in tallies(book, by=by).items()
        for row in tally.calibration(bins=bins)
    ]


def none_if_nan(value: float) -> float | None:
    """A statistic as tables and JSON hold it: null where it does not exist."""
    return None if value != value else float(value)  # noqa: PLR0124  # only NaN differs from itself
