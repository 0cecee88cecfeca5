"""Row scores: the formulas, what is missing, what is refused."""

import math
from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecastlog import scoring
from forecastlog.scoring import (
    brier,
    brier_bounds,
    brier_multi,
    crps_ensemble,
    crps_normal,
    interval_score,
    log_multi,
    log_score,
    ordered_brier,
    pinball,
    ranked_probability,
    spherical,
    spherical_multi,
    weighted_interval_score,
)

chances = st.floats(0, 1)
PUBLIC = [
    "mean_score",
    "brier",
    "log_score",
    "spherical",
    "brier_bounds",
    "brier_multi",
    "log_multi",
    "spherical_multi",
    "ranked_probability",
    "ordered_brier",
    "pinball",
    "chance_by",
    "coverage",
    "crps_quantiles",
    "cut_off",
    "errors_by_horizon",
    "series_ratio",
    "series_skill",
    "platforms",
    "interval_score",
    "weighted_interval_score",
    "crps_ensemble",
    "crps_normal",
    "Tally",
    "bootstrap",
    "paired_difference",
    "relative",
    "peer",
    "difficulty_adjusted",
]


def test_the_public_names_are_exactly_these() -> None:
    assert sorted(scoring.__all__) == sorted(PUBLIC)
    for name in PUBLIC:
        assert getattr(scoring, name).__doc__
    with pytest.raises(AttributeError):
        _ = scoring.no_such_score


def test_brier_of_the_1950_paper() -> None:
    """The ten rain forecasts of Brier (1950), whose two-sided P is 0.19: twice the one-sided mean."""
    p = [0.7, 0.9, 0.8, 0.4, 0.2, 0.0, 0.0, 0.0, 0.0, 0.1]
    y = [0, 1, 1, 1, 0, 0, 0, 0, 0, 0]
    assert 2 * brier(p=p, y=y).mean() == pytest.approx(0.19)


def test_log_score_keeps_the_digits_of_small_probabilities() -> None:
    assert log_score(p=1e-18, y=0) == pytest.approx(1e-18, rel=1e-15)
    assert log_score(p=1.0, y=1) == 0
    assert not np.signbit(log_score(p=[1.0, 0.0], y=[1, 0])).any()
    assert log_score(p=[0.0, 1.0], y=[1, 0]).tolist() == [math.inf, math.inf]
    assert log_score(p=0.3, y=0.25) == pytest.approx(-(0.25 * math.log(0.3) + 0.75 * math.log(0.7)))


@pytest.mark.parametrize("rule", [brier, log_score, spherical])
def test_missing_values_stay_in_their_rows(rule: object) -> None:
    given_p = [0.5, None, np.nan, 0.5, pd.NA]
    got = rule(p=given_p, y=[1, 1, 1, None, 1])  # type: ignore[operator]
    assert np.isnan(got).tolist() == [False, True, True, True, True]


@pytest.mark.parametrize("rule", [brier, log_score, spherical])
@pytest.mark.parametrize(
    ("p", "y", "words"),
    [
        ([0.2, 70], [1, 1], "row 1: 70 .*percentage"),
        ([1.01], [1], "row 0: 1.01 is no probability"),
        ([-0.01], [1], "row 0: -0.01 is no probability"),
        ([math.inf], [1], "no probability"),
        ([0.5, 0.5], [0, 2], "row 1: 2 is no outcome"),
        ([0.5, 0.5], [1], "shape"),
    ],
)
def test_what_is_refused_names_the_row(rule: object, p: list[float], y: list[float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        rule(p=p, y=y)  # type: ignore[operator]


@pytest.mark.parametrize("p", [["70%"], "0.7", [0.5j], [pd.Timestamp("2025-01-01")]])
def test_text_and_dates_are_no_numbers(p: object) -> None:
    with pytest.raises(TypeError, match="p holds"):
        brier(p=p, y=[1])


def test_kinds_of_input_give_the_same() -> None:
    p, y = [0.25, 0.5, 1.0], [True, False, True]
    expected = [0.5625, 0.25, 0.0]
    for given_p in (
        p,
        np.array(p),
        np.array(p, np.float32),
        pd.Series(p),
        pl.Series(p),
        [Decimal(str(v)) for v in p],
    ):
        for given_y in (
            y,
            np.array(y),
            np.array(y, np.int8),
            pd.Series(y),
            pd.Series(y, dtype="boolean"),
            pl.Series(y),
        ):
            assert brier(p=given_p, y=given_y).tolist() == expected
    masked = np.ma.MaskedArray(p, mask=[False, True, False])
    assert np.isnan(brier(p=masked, y=y)).tolist() == [False, True, False]
    assert brier(p=[], y=[]).shape == (0,)
    assert brier(p=0.5, y=1) == 0.25
    assert brier(p=0.5, y=[1, 0, 1]).tolist() == [0.25] * 3


def test_series_are_never_joined_by_index() -> None:
    p, y = pd.Series([0.9, 0.1], index=["a", "b"]), pd.Series([0, 1], index=["b", "a"])
    with pytest.raises(ValueError, match="different indexes"):
        brier(p=p, y=y)
    assert brier(p=p, y=y.to_numpy()).round(2).tolist() == [0.81, 0.81]
    doubled = pd.Series([0.9, 0.1], index=[7, 7])
    assert brier(p=doubled, y=pd.Series([1, 0], index=[7, 7])).round(2).tolist() == [0.01, 0.01]


def test_bounds() -> None:
    bounds = brier_bounds(low=[0.2, 0.2, 0.0, None], high=[0.4, 0.4, 1.0, 0.5], y=[0, 1, 0.5, 1])
    assert bounds.best[:3].tolist() == pytest.approx([0.04, 0.36, 0])
    assert bounds.worst[:3].tolist() == pytest.approx([0.16, 0.64, 0.25])
    assert np.isnan(bounds.best[3])
    with pytest.raises(ValueError, match="above high"):
        brier_bounds(low=0.5, high=0.4, y=1)


@given(chances, chances, chances, st.booleans())
def test_the_score_lies_between_best_and_worst(a: float, b: float, share: float, y: bool) -> None:
    low, high = min(a, b), max(a, b)
    inside = min(max(low + share * (high - low), low), high)
    bounds = brier_bounds(low=low, high=high, y=y)
    assert bounds.best <= brier(p=inside, y=y) <= bounds.worst


@given(chances, chances)
def test_a_proper_score_is_best_at_the_true_probability(truth: float, other: float) -> None:
    for rule, sign in ((brier, 1), (log_score, 1), (spherical, -1)):
        at_truth, elsewhere = (
            sign * rule(p=p, y=truth) for p in (truth, other)
        )  # linear in y but for a constant
        assert at_truth <= elsewhere + 1e-12


def test_two_outcomes_are_the_binary_scores() -> None:
    p, y = np.linspace(0, 1, 11), np.arange(11) % 2
    rows = np.stack([1 - p, p], axis=1)
    np.testing.assert_allclose(brier_multi(p=rows, y=y), 2 * brier(p=p, y=y), atol=1e-15)
    np.testing.assert_allclose(brier_multi(p=rows, y=y, scale="half"), brier(p=p, y=y), atol=1e-15)
    np.testing.assert_allclose(log_multi(p=rows, y=y), log_score(p=p, y=y))
    np.testing.assert_allclose(spherical_multi(p=rows, y=y), spherical(p=p, y=y))
    np.testing.assert_allclose(ranked_probability(p=rows, y=y), brier(p=p, y=y), atol=1e-15)


def test_ordered_outcomes() -> None:
    row = [0.25, 0.25, 0.30, 0.20]  # the worked example of Good Judgment's scoring rules
    assert ordered_brier(p=row, y=1) == pytest.approx(0.2350, abs=1e-12)
    assert ordered_brier(p=row, y=0) == pytest.approx(0.5683, abs=5e-5)
    assert ranked_probability(p=row, y=1, normalize=True) == pytest.approx(0.1175)


@pytest.mark.parametrize(
    ("p", "y", "words"),
    [
        ([[0.5, 0.4]], [0], "sum of p"),
        ([[0.5, 0.5]], [2], "index of what happened"),
        ([[0.5, 0.5]], [-1], "index of what happened"),
        ([[0.5, 0.5]], [0.5], "index of what happened"),
        ([[1.0]], [0], "at least 2"),
        ([[0.5, 0.5]], [0, 1], "shape"),
    ],
)
def test_several_outcomes_refuse(p: object, y: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        brier_multi(p=p, y=y)


def test_several_outcomes_with_gaps() -> None:
    scores = log_multi(p=[[0.5, 0.5], [np.nan, 0.5], [0.0, 1.0]], y=[None, 0, 0])
    assert np.isnan(scores[:2]).all()
    assert scores[2] == math.inf


def test_numbers() -> None:
    assert interval_score(lower=1, upper=3, alpha=0.5, y=5) == 10
    assert pinball(q=[[1.0, 2.0]], level=[0.25, 0.75], y=[3.0]).tolist() == [[0.5, 0.75]]
    assert crps_normal(mean=0, sd=1, y=0) == pytest.approx((math.sqrt(2) - 1) / math.sqrt(math.pi))
    assert crps_normal(mean=2, sd=0, y=5) == 3
    assert crps_normal(mean=0, sd=1e-300, y=1e300) == 1e300
    assert crps_ensemble(members=[[4.0]], y=[6.0]) == 2
    assert np.isnan(crps_ensemble(members=[[4.0]], y=[6.0], estimator="fair")).all()
    # by hand: (|4 - 3| / 2 + 0.1 (3 - 1)) / 1.5
    assert weighted_interval_score(median=3.0, lower=[2.0], upper=[4.0], alpha=[0.2], y=4.0) == pytest.approx(
        0.7 / 1.5
    )


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=8), st.floats(-1e3, 1e3))
def test_crps_of_an_ensemble_by_its_definition(members: list[float], y: float) -> None:
    apart = np.abs(np.subtract.outer(members, members)).mean() / 2
    assert crps_ensemble(members=members, y=y) == pytest.approx(
        np.abs(np.subtract(members, y)).mean() - apart, abs=1e-9
    )


def test_crossing_quantiles_are_refused() -> None:
    with pytest.raises(ValueError, match="cross"):
        interval_score(lower=3, upper=1, alpha=0.1, y=2)
    with pytest.raises(ValueError, match="cross"):
        pinball(q=[[3.0, 1.0]], level=[0.1, 0.9], y=[2.0])
    with pytest.raises(ValueError, match="cross"):
        weighted_interval_score(median=[9.0], lower=[[1.0]], upper=[[5.0]], alpha=[0.1], y=[2.0])
    with pytest.raises(ValueError, match="standard deviation"):
        crps_normal(mean=0, sd=-1, y=0)
    with pytest.raises(ValueError, match="finite"):
        crps_normal(mean=0, sd=1, y=math.inf)
