"""Calibration by group: of what was given 20 to 30 %, how much came true."""

from __future__ import annotations

from dataclasses import dataclass

from forecastlog.scorebook.frames import Scorebook
from forecastlog.scorebook.scoreboard import ALL, BLOCKS, TIMINGS, groups_of
from forecastlog.scoring import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationRow:
    """One bin of one group, ``low`` < p <= ``high`` (0 belongs to the first); ``n`` counts forecasts.

    ``share`` is the share that came true and has its 95 % Wilson interval; None in an empty bin.
    """

    by: str
    group: str
    timing: str
    basis: str
    low: float
    high: float
    n: int
    mean_p: float | None
    share: float | None
    share_low: float | None
    share_high: float | None


def tallies(book: Scorebook, *, by: str = ALL) -> dict[tuple[str, str, str], Tally]:
    """A Tally for every (group, timing, basis) that has a scored pair, weighted by how long forecasts stood."""
    found = {}
    for key, frame in groups_of(book.pairs[book.pairs["reason"].isna()], by):
        own = book.stretches_of(frame)
        found[key] = Tally.of_arrays(
            p=own["probability"].to_numpy(), y=own["outcome"].to_numpy(), weight=own["weight"].to_numpy()
        )
    return found


def calibration_rows(book: Scorebook, *, by: str = ALL, bins: int = 10) -> list[CalibrationRow]:
    """Every bin of every group, empty ones too; prospective before retrospective, then by block and group."""
    ordered = sorted(
        tallies(book, by=by).items(),
        key=lambda item: (TIMINGS.index(item[0][1]), BLOCKS.index(item[0][2]), item[0][0]),
    )
    return [
        CalibrationRow(
            by=by, group=group, timing=timing, basis=basis, low=row.low, high=row.high, n=int(row.n),
            mean_p=none_if_nan(row.mean_p), share=none_if_nan(row.share),
            share_low=none_if_nan(row.share_low), share_high=none_if_nan(row.share_high),
        )
        for (group, timing, basis), tally in ordered
        for row in tally.calibration(bins=bins)
    ]  # fmt: skip


def none_if_nan(value: float) -> float | None:
    """A statistic as tables and JSON hold it: null where it does not exist."""
    return None if value != value else float(value)  # noqa: PLR0124  # only NaN differs from itself
