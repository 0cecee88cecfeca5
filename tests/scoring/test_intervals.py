"""Intervals of many groups at once against `bootstrap` of each.

The same draws, and near the limit of many draws.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecastlog.scoring import bootstrap
from forecastlog.scoring.intervals import MOST_DRAWN, Blocks, Draws, intervals


def forecasts(blocks: int, seed: int) -> pd.DataFrame:
    """One to four forecasts in each block, whose outcome is one and the same.

    Sure ones are more often wrong.
    """
    random = np.random.default_rng(seed)
    event = np.repeat(np.arange(blocks), random.integers(1, 5, blocks))
    p = random.integers(1, 100, event.size) / 100
    y = (random.random(blocks) < 0.3)[event].astype(float)
    return pd.DataFrame({"event": event, "probability": p, "outcome": y})


def blocks_of(*frames: pd.DataFrame) -> Blocks:
    every = pd.concat(frames, keys=range(len(frames)), names=["group", None]).reset_index("group")
    brier = (every["probability"] - every["outcome"]) ** 2
    return Blocks.of(every["group"].to_numpy(), every["event"].to_numpy(), brier.to_numpy(), len(frames))


def test_a_group_among_others_has_the_interval_that_bootstrap_gives_it_alone() -> None:
    frames = [forecasts(blocks, seed) for seed, blocks in enumerate((12, 40, 12, 1, MOST_DRAWN, 40))]
    blocks, drawn = blocks_of(*frames), Draws()
    low, high = intervals(blocks, drawn)
    for place, frame in enumerate(frames):
        alone = bootstrap(frame, statistic="brier")
        expected = pytest.approx((alone.low, alone.high), rel=1e-12, nan_ok=True)
        assert (low[place], high[place]) == expected
        assert [end[0] for end in intervals(blocks.only(place), drawn)] == expected


def test_of_many_blocks_it_is_as_near_to_the_limit_as_two_thousand_draws() -> None:
    """The limit is that of 50,000 draws, each end sure to about half a per cent of the interval's width."""
    frame = forecasts(MOST_DRAWN + 1, 0)
    limit = bootstrap(frame, statistic="brier", n=50_000, seed=1)
    drawn = bootstrap(frame, statistic="brier")
    low, high = intervals(blocks_of(frame), Draws())
    width = limit.high - limit.low
    off = max(abs(low[0] - limit.low), abs(high[0] - limit.high))
    assert off <= 0.01 * width
    assert off <= max(abs(drawn.low - limit.low), abs(drawn.high - limit.high)) + 0.005 * width


def test_an_interval_stays_between_the_lowest_and_the_highest_block() -> None:
    size = MOST_DRAWN + 1
    one_wrong = np.concatenate([[1.0], np.zeros(size - 1)])
    group, block = np.zeros(size, int), np.arange(size)
    low, high = intervals(Blocks.of(group, block, one_wrong, 1), Draws())
    assert 0 == low[0] < one_wrong.mean() < high[0] < 0.05
    low, high = intervals(Blocks.of(group, block, np.full(size, 0.25), 1), Draws())
    assert (low[0], high[0]) == (0.25, 0.25)


def test_nothing_has_no_interval() -> None:
    empty = np.zeros(0, int)
    low, high = intervals(Blocks.of(empty, empty, np.zeros(0), 2), Draws())
    assert np.isnan([*low, *high]).all()
