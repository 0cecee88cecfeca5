"""Tally: every statistic against its definition on the rows, and merging against the whole."""

import csv
import json
import math
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecastlog.scoring import Tally, blocks, brier, cells, log_score, spherical, tally

DATA = Path(__file__).parent.parent / "data"

pairs = st.lists(
    st.tuples(st.sampled_from([0.0, 0.1, 0.25, 1 / 3, 0.5, 0.7, 1.0]), st.integers(0, 1), st.integers(0, 3)),
    max_size=40,
)
shares = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 10)), min_size=1, max_size=40)


def arrays(rows: list[Any]) -> dict[str, Any]:
    p, y, weight = zip(*rows, strict=True) if rows else ((), (), ())
    return {"p": list(p), "y": list(y), "weight": list(weight)}


def games() -> list[dict[str, str]]:
    with (DATA / "fivethirtyeight-nfl" / "nfl_games.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@given(pairs, st.integers(0, 40))
def test_merged_parts_equal_the_whole_to_the_last_bit(rows: list[Any], cut: int) -> None:
    whole, one, two = (Tally.of_arrays(**arrays(part)) for part in (rows, rows[:cut], rows[cut:]))
    for merged in (one + two, two + one, sum([two], start=one)):
        assert merged == whole
        assert all(np.array_equal(a, b) for a, b in zip(merged.cells, whole.cells, strict=True))
        assert math.isnan(whole.brier()) or merged.brier() == whole.brier()


@given(shares, st.integers(0, 40))
def test_merged_shares_equal_the_whole_but_for_rounding(rows: list[Any], cut: int) -> None:
    whole, one, two = (Tally.of_arrays(**arrays(part)) for part in (rows, rows[:cut], rows[cut:]))
    assert one + two == whole
    assert (two + one).brier() == pytest.approx(whole.brier(), rel=1e-12, abs=1e-15)


@given(shares)
def test_means_of_the_rows(rows: list[Any]) -> None:
    data = arrays(rows)
    whole = Tally.of_arrays(**data)
    p, y, w = data["p"], data["y"], data["weight"]
    assert whole.brier() == pytest.approx(np.average(brier(p=p, y=y), weights=w), abs=1e-12)
    assert whole.log() == pytest.approx(np.average(log_score(p=p, y=y), weights=w), rel=1e-12, abs=1e-12)
    assert whole.spherical() == pytest.approx(np.average(spherical(p=p, y=y), weights=w), rel=1e-12)
    assert whole.infinite == np.isinf(log_score(p=p, y=y)).sum()


@given(pairs)
def test_whole_weights_are_repeated_rows(rows: list[Any]) -> None:
    weighted = Tally.of_arrays(**arrays(rows))
    data = arrays([row for row in rows for _ in range(row[2])])
    repeated = Tally.of_arrays(p=data["p"], y=data["y"])
    for name in ("base_rate", "brier", "log", "spherical", "skill", "log_skill", "auc", "ece"):
        assert getattr(weighted, name)() == pytest.approx(getattr(repeated, name)(), nan_ok=True, abs=1e-12)
    for bins in (None, 10):
        assert tuple(weighted.murphy(bins)) == pytest.approx(
            tuple(repeated.murphy(bins)), nan_ok=True, abs=1e-12
        )


@given(
    st.one_of(pairs.filter(bool), shares),
    st.sampled_from([None, 1, 3, 10]),
    st.sampled_from(["right", "left"]),
    st.booleans(),
)
def test_murphy_parts_add_up(rows: list[Any], bins: int | None, closed: Any, corrected: bool) -> None:
    whole = Tally.of_arrays(**arrays(rows))
    parts = whole.murphy(bins, corrected, closed=closed)
    total = (
        parts.reliability
        - parts.resolution
        + parts.uncertainty
        + parts.within_variance
        - parts.within_covariance
    )
    assert total == pytest.approx(whole.brier(), nan_ok=True, abs=1e-12)


@given(st.one_of(pairs.filter(bool), shares))
def test_corp_adds_up_and_increases(rows: list[Any]) -> None:
    whole = Tally.of_arrays(**arrays(rows))
    corp = whole.corp()
    total = corp.miscalibration - corp.discrimination + corp.uncertainty
    assert total == pytest.approx(whole.brier(), nan_ok=True, abs=1e-12)
    assert (np.diff(corp.fitted) >= -1e-12).all()
    assert corp.uncertainty == pytest.approx(whole.murphy().uncertainty, nan_ok=True)


def test_corp_bands() -> None:
    random = np.random.default_rng(0)
    p = np.repeat(np.arange(1, 10) / 10, 200)
    corp = Tally.of_arrays(p=p, y=random.random(p.size) < p).corp()
    *_, chances, fitted, low, high = corp
    assert ((low <= chances) & (chances <= high)).all()
    assert ((low <= fitted) & (fitted <= high)).mean() > 0.7
    # away from the ends the fit is close to a share of 200: 1.96 standard errors either way
    assert high[4] - low[4] == pytest.approx(2 * 1.96 * math.sqrt(0.25 / 200), rel=0.2)


@pytest.mark.parametrize("chance", [0.0, 0.04, 0.3, 0.5, 0.93, 1.0])
def test_band_of_one_forecast_is_that_of_the_binomial_distribution(chance: float) -> None:
    for trials in range(1, 25):
        corp = Tally.of_arrays(p=np.full(trials, chance), y=np.zeros(trials)).corp()
        up_to = np.cumsum(
            [math.comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(trials + 1)]
        )
        for end, point, hull in ((corp.band_low, 0.025, min), (corp.band_high, 0.975, max)):
            if np.abs(up_to - point).min() > 0.015:  # three standard errors of 1,000 draws
                share = np.searchsorted(up_to, point) / trials
                assert end[0] == pytest.approx(hull(share, chance), abs=1e-6)


def test_isotonic_fit_passes_over_what_has_no_weight() -> None:
    corp = Tally.of_arrays(
        p=[0.1, 0.2, 0.4, 0.5, 0.6, 0.9], y=[1, 0, 1, 0, 1, 1], weight=[0, 2, 0, 0, 2, 0]
    ).corp()
    assert corp.fitted[[1, 4]].tolist() == [0, 1]
    assert (np.diff(corp.fitted) >= 0).all()


def test_isotonic_fit_of_a_staircase_that_falls_at_its_end() -> None:
    """One cell is pooled a pass: the case that has to be finished one by one."""
    n = 3000
    yes = np.concatenate([np.linspace(0.5, 1, n), [0.0]])
    weight = np.concatenate([np.ones(n), [1e5]])
    fit = Tally.of_arrays(p=np.linspace(0, 1, n + 1), y=yes, weight=weight).corp().fitted
    assert (np.diff(fit) >= 0).all()
    assert fit == pytest.approx(np.full(n + 1, np.average(yes, weights=weight)))


def test_bin_edges_are_those_of_the_decimal_literals() -> None:
    edges = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
    whole = Tally.of_arrays(p=[0.0, *edges, 1.0], y=[0] * 11)
    assert whole.calibration().n.tolist() == [2, 1, 1, 1, 1, 1, 1, 1, 1, 1]
    assert whole.calibration(closed="left").n.tolist() == [1, 1, 1, 1, 1, 1, 1, 1, 1, 2]
    assert whole.calibration([0, 0.5, 1]).n.tolist() == [6, 5]
    assert "(low, high]" in str(whole.calibration())
    with pytest.raises(ValueError, match="increase"):
        whole.calibration([0.1, 0.9])


def test_wilson_interval_of_newcombe() -> None:
    """Newcombe (1998), doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E, table I.

    It has 81 of 263.
    """
    row = Tally.of_arrays(p=[0.3] * 263, y=[1] * 81 + [0] * 182).calibration(1)[0]
    assert (round(row.share_low, 4), round(row.share_high, 4)) == (0.2553, 0.3662)
    none = Tally.of_arrays(p=[0.3] * 20, y=[0] * 20).calibration(1)[0]
    assert (none.share_low, round(none.share_high, 4)) == (0, 0.1611)


def test_corrected_parts_of_a_worked_table() -> None:
    """By hand from Ferro and Fricker (2012), equations 6 to 8: n = 4 at 0.5 (2 yes), n = 1 at 0.9 (yes)."""
    parts = Tally.of_arrays(p=[0.5] * 4 + [0.9], y=[1, 1, 0, 0, 1]).murphy(corrected=True)
    small, large = 4 / 5 * 0.25 / 3, 0.6 * 0.4 / 4
    assert parts.reliability == pytest.approx(0.01 / 5 - small)
    assert parts.resolution == pytest.approx((4 * 0.01 + 0.16) / 5 - small + large)
    assert parts.uncertainty == pytest.approx(0.24 + large)
    assert parts.left_out == 1
    assert "Ferro" in parts.convention


def test_area_under_the_curve_counts_pairs() -> None:
    p, y = np.array([0.1, 0.4, 0.4, 0.8, 0.8]), np.array([0, 1, 0, 1, 0])
    yes, no = p[y == 1], p[y == 0]
    wins = (yes[:, None] > no) + 0.5 * (yes[:, None] == no)
    assert Tally.of_arrays(p=p, y=y).auc() == pytest.approx(wins.mean())
    assert math.isnan(Tally.of_arrays(p=p, y=np.ones(5)).auc())


def test_skill() -> None:
    mine = Tally.of_arrays(p=[0.9, 0.2, 0.7], y=[1, 0, 1])
    assert mine.skill() == pytest.approx(1 - mine.brier() / (2 / 9))
    assert mine.skill(0.5) == pytest.approx(1 - mine.brier() / 0.25)
    assert mine.skill(Tally.of_arrays(p=[0.5, 0.5, 0.5], y=[1, 0, 1])) == mine.skill(0.5)
    assert mine.log_skill(0.5) == pytest.approx(1 - mine.log() / math.log(2))
    assert mine.log_skill() == pytest.approx(
        1 - mine.log() / -(2 / 3 * math.log(2 / 3) + 1 / 3 * math.log(1 / 3))
    )
    always = Tally.of_arrays(p=[0.9, 1.0], y=[1, 1])
    assert always.skill() == -math.inf
    assert math.isnan(Tally.of_arrays(p=[1.0], y=[1]).skill())
    with pytest.raises(ValueError, match="reference"):
        mine.skill(7)


@pytest.mark.parametrize(
    ("p", "y"),
    [([], []), ([0.4], [1]), ([0.4] * 5, [1] * 5), ([0, 1], [0, 1]), ([0, 1], [1, 0]), ([None], [1])],
)
def test_degenerate_data_never_crash(p: list[Any], y: list[Any]) -> None:
    whole = Tally.of_arrays(p=p, y=y)
    for name in ("n", "base_rate", "brier", "log", "spherical", "skill", "log_skill", "auc", "ece"):
        assert isinstance(getattr(whole, name)(), int | float)
    for corrected in (False, True):
        whole.murphy(corrected=corrected)
        whole.murphy(10, corrected)
    assert whole.calibration().n.sum() == whole.n() == sum(value is not None for value in p)
    assert len(list(whole.corp())) == 7
    assert repr(whole).startswith("<Tally n=")
    assert whole + whole == Tally.of_arrays(p=p * 2, y=y * 2)


def frame_of_everything() -> pd.DataFrame:
    random = np.random.default_rng(0)
    p = random.integers(0, 101, 3000) / 100
    y = (random.random(3000) < p).astype(float)
    y[::50], p[::77], y[::91] = 0.5, np.nan, np.nan
    who = np.array(["a", "b", "c", None], dtype=object)[random.integers(0, 4, 3000)]
    return pd.DataFrame(
        {
            "who": who,
            "year": random.integers(0, 3, 3000),
            "probability": p,
            "outcome": y,
            "w": random.random(3000),
        }
    )


@pytest.mark.parametrize("kwargs", [{}, {"by": "who"}, {"by": ["who", "year"], "weight": "w"}])
def test_engines_agree(kwargs: dict[str, Any]) -> None:
    frame = frame_of_everything()
    polars = pl.from_pandas(frame)
    connection = duckdb.connect()
    connection.register("given", polars.to_arrow())
    expected = Tally.of(frame, **kwargs)
    for other in (
        frame.set_axis([7] * len(frame)),
        frame.sample(frac=1, random_state=0),
        frame.convert_dtypes(),
        polars,
        polars.lazy(),
        polars.to_arrow(),
        connection.sql("select * from given"),
    ):
        got = Tally.of(other, **kwargs)
        assert got == expected, type(other)
        assert got.groups == expected.groups
        assert np.array_equal(got.dropped, expected.dropped)
    if kwargs:
        assert expected.groups[0][0] == "a"
        assert expected.groups[-1][0] is None
        parts = [Tally.of(frame.iloc[start::3], **kwargs) for start in range(3)]
        assert sum(parts[1:], parts[0]) == expected


def test_groups_are_tallies_of_their_own() -> None:
    frame = frame_of_everything()
    grouped = Tally.of(frame, by="year", weight="w")
    for i, (year,) in enumerate(grouped.groups):
        alone = Tally.of(frame[frame["year"] == year], weight="w")
        for name in ("n", "base_rate", "brier", "log", "spherical", "skill", "log_skill", "auc", "ece"):
            assert getattr(grouped, name)()[i] == pytest.approx(getattr(alone, name)(), rel=1e-12)
        for kwargs in ({}, {"bins": 10}, {"corrected": True}):
            for ours, theirs in zip(grouped.murphy(**kwargs), alone.murphy(**kwargs), strict=True):
                assert ours[i] == pytest.approx(theirs, abs=1e-12)
        assert grouped.calibration()[i].share == pytest.approx(alone.calibration().share)
        np.testing.assert_allclose(grouped.corp().fitted[i], alone.corp().fitted)
        assert grouped.corp().miscalibration[i] == pytest.approx(alone.corp().miscalibration, abs=1e-12)


def test_a_group_is_the_same_bits_whatever_stands_beside_it() -> None:
    """What is kept of a group stays good while others come and go."""
    random = np.random.default_rng(5)
    p, y = random.integers(1, 10, 3000) / 10, random.integers(0, 2, 3000)
    weight, group = random.random(3000) / 3, random.integers(0, 12, 3000)
    grouped = Tally.of_arrays(p=p, y=y, weight=weight, group=group)
    for place, (name,) in enumerate(grouped.groups):
        own = group == name
        alone = Tally.of_arrays(p=p[own], y=y[own], weight=weight[own])
        assert grouped.calibration()[place].tobytes() == alone.calibration().tobytes()
        assert (grouped.brier()[place], grouped.log()[place]) == (alone.brier(), alone.log())
        assert list(map(np.ndarray.tolist, grouped.only(place).cells)) == list(
            map(np.ndarray.tolist, alone.cells)
        )


@pytest.mark.parametrize(
    "labels",
    [
        ["x", "y", "x", None],
        [1, 2, 1, 2],
        [1.5, None, 1.5, 2.5],
        [True, False] * 2,
        [date(2021, 1, 1), date(2020, 1, 1)] * 2,
    ],
)
def test_labels_of_any_kind(labels: list[Any]) -> None:
    p, y = [0.1, 0.2, 0.3, 0.4], [0, 1, 0, 1]
    polars = pl.DataFrame({"who": labels, "probability": p, "outcome": y})
    expected = Tally.of_arrays(p=p, y=y, group=labels)
    for frame in (
        pd.DataFrame({"who": labels, "probability": p, "outcome": y}),
        polars,
        polars.lazy(),
        polars.to_arrow(),
    ):
        assert Tally.of(frame, by="who").groups == expected.groups
        assert Tally.of(frame, by="who").brier().tolist() == expected.brier().tolist()


def test_no_rows_at_all() -> None:
    schema = {"who": pl.String, "probability": pl.Float64, "outcome": pl.Int64}
    for frame in (
        pl.DataFrame(schema=schema),
        pl.LazyFrame(schema=schema),
        pl.DataFrame(schema=schema).to_pandas(),
    ):
        empty = Tally.of(frame, by="who")
        assert empty.groups == []
        assert empty.brier().tolist() == []
        assert empty.corp().fitted == []
        assert empty.calibration().shape == (0, 10)
        assert math.isnan(Tally.of(frame).brier())


@pytest.mark.parametrize("decimals", [1, 2, 3, 4, 17])
@pytest.mark.parametrize("grouped", [False, True])
def test_every_way_of_counting_gives_the_same(
    decimals: int, grouped: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blocks on several threads, a table of decimals, a sort of bits: against a dict of rows."""
    random = np.random.default_rng(decimals)
    p, group = np.round(random.random(5000), decimals), random.integers(0, 5 if grouped else 1, 5000)
    y = (random.random(5000) < p).astype(float)
    p[::71] = np.nan
    expected: dict[tuple[int, float], list[float]] = {}
    for label, chance, outcome in zip(group.tolist(), p.tolist(), y.tolist(), strict=True):
        if chance == chance:  # noqa: PLR0124  # not NaN
            cell = expected.setdefault((label, chance), [0, 0])
            cell[0] += 1
            cell[1] += outcome
    monkeypatch.setattr(blocks, "BLOCK", 256)
    whole = Tally.of_arrays(p=p, y=y, group=group if grouped else None)
    got = zip(
        whole.cells.group.tolist(),
        whole.cells.p.tolist(),
        whole.cells.n.tolist(),
        whole.cells.yes.tolist(),
        strict=True,
    )
    assert [((g, c), [n, yes]) for g, c, n, yes in got] == sorted(expected.items())
    assert np.sum(whole.dropped) == np.isnan(p).sum()


def test_frames_that_are_refused() -> None:
    frame = pd.DataFrame({"probability": [0.5, 70], "outcome": [1, 0]})
    with pytest.raises(ValueError, match="percentage"):
        Tally.of(frame)
    with pytest.raises(ValueError, match="percentage"):
        Tally.of(pl.from_pandas(frame).lazy())
    with pytest.raises(ValueError, match="no column 'who'"):
        Tally.of(frame, by="who")
    lazy = pl.LazyFrame({"probability": [0.5], "outcome": [1], "Outcome": [0]})
    with pytest.raises(ValueError, match="differ only by case"):
        Tally.of(lazy)
    with pytest.raises(ValueError, match="no outcome"):
        Tally.of(pl.LazyFrame({"probability": [0.5, 0.5], "outcome": [2, 0]}))
    with pytest.raises(ValueError, match="no weight"):
        Tally.of(pl.LazyFrame({"probability": [0.5], "outcome": [1], "w": [None]}), weight="w")
    with pytest.raises(TypeError, match="text"):
        Tally.of_arrays(p=["70%"], y=[1])
    with pytest.raises(ValueError, match="do not add up"):
        Tally.of(frame.head(1)) + Tally.of_arrays(p=[0.5], y=[1], group=["a"])


def test_very_many_probabilities_are_binned(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(0)
    p, y = random.random(4000), random.integers(0, 2, 4000)
    exact = Tally.of_arrays(p=p, y=y)
    monkeypatch.setattr(tally, "MOST_CELLS", 3000)
    binned = Tally.of_arrays(p=p, y=y)
    merged = Tally.of_arrays(p=p[:2000], y=y[:2000]) + Tally.of_arrays(p=p[2000:], y=y[2000:])
    assert exact.binned is None
    for other in (binned, merged):
        assert other.binned == cells.BINS
        for name in ("n", "brier", "log", "spherical", "base_rate"):
            assert getattr(other, name)() == pytest.approx(getattr(exact, name)(), rel=1e-12)
        assert other.calibration().n.tolist() == exact.calibration().n.tolist()
        assert other.auc() == pytest.approx(exact.auc(), abs=1e-4)
        assert "bins" in other.murphy().convention
        assert "100,000 bins" in repr(other)


def test_figures_of_the_nfl_forecasts() -> None:
    expected = json.loads((DATA / "fivethirtyeight-nfl" / "expected.json").read_text())
    seasons = Tally.of(
        pd.DataFrame(games()).astype({"prob1": float, "prob1_outcome": float}),
        by="season",
        p="prob1",
        y="prob1_outcome",
    )
    for (season,), score, log in zip(seasons.groups, seasons.brier(), seasons.log(), strict=True):
        figures = expected["by_season"][season]["ties_as_half"]
        assert score == pytest.approx(figures["brier"], abs=5e-7)
        assert log == pytest.approx(-figures["mean_log_score_nats"], abs=5e-7)
    p, y = zip(
        *[(float(g["prob1"]), float(g["prob1_outcome"])) for g in games() if g["prob1_outcome"] != "0.5"],
        strict=True,
    )
    rows = Tally.of_arrays(p=p, y=y).calibration(closed="left")
    for row, figures in zip(rows, expected["calibration_10_ties_dropped"], strict=True):
        assert row.n == figures["n"]
        assert (row.mean_p, row.share) == pytest.approx((figures["mean_p"], figures["freq"]), abs=5e-7)
