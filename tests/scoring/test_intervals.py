"""Intervals of many groups at once against `bootstrap` of each: the same draws."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecastlog.scoring import bootstrap
from forecastlog.scoring.intervals import Blocks, Draws, intervals


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
    frames = [forecasts(blocks, seed) for seed, blocks in enumerate((12, 40, 12, 1, 101, 40, 700))]
    blocks, drawn = blocks_of(*frames), Draws()
    low, high = intervals(blocks, drawn)
    for place, frame in enumerate(frames):
        alone = bootstrap(frame, statistic="brier")
        expected = pytest.approx((alone.low, alone.high), rel=1e-12, nan_ok=True)
        assert (low[place], high[place]) == expected
        assert [end[0] for end in intervals(blocks.only(place), drawn)] == expected


def test_draws_are_the_same_whether_they_are_held_or_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = blocks_of(*(forecasts(size, size) for size in (12, 40, 90, 12, 40)))
    held = intervals(blocks, Draws())
    for most in (0, 400_000):  # nothing is held; two of the sizes are
        monkeypatch.setattr("forecastlog.scoring.intervals.HELD", most)
        drawn = Draws()
        assert [ends.tolist() for ends in intervals(blocks, drawn)] == [ends.tolist() for ends in held]
        again = [[end[0] for end in intervals(blocks.only(place), drawn)] for place in range(5)]
        assert again == np.transpose(held).tolist()


def test_nothing_has_no_interval() -> None:
    empty = np.zeros(0, int)
    low, high = intervals(Blocks.of(empty, empty, np.zeros(0), 2), Draws())
    assert np.isnan([*low, *high]).all()
