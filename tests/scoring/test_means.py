"""Means in blocks: the same as the mean of the rows, whatever way a block takes."""

import math
import pickle

import numpy as np
import pandas as pd
import pytest

from forecastlog.scoring import blocks, brier, brier_multi, log_score, mean_score, ordered_brier, spherical


@pytest.fixture(params=["usual blocks", "1 core", "2 cores", "5 cores"], autouse=True)
def block(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small blocks on some cores, or blocks so long that there is one."""
    if request.param != "usual blocks":
        monkeypatch.setattr(blocks, "BLOCK", 64)
        monkeypatch.setattr(blocks, "cores", lambda: int(request.param[0]))


@pytest.mark.parametrize("rule", [brier, log_score, spherical])
@pytest.mark.parametrize("kind", ["0/1", "bool", "int", "shares", "gaps", "float32", "strided", "certain"])
def test_mean_of_the_rows(rule: object, kind: str) -> None:
    random = np.random.default_rng(0)
    p = random.random(1000)
    y: np.ndarray = (random.random(1000) < p).astype(float)
    if kind == "bool":
        y = y.astype(bool)
    elif kind == "int":
        y = y.astype(np.int64)
    elif kind == "shares":
        y[500:600] = 0.3
    elif kind == "gaps":
        p[10], y[20] = np.nan, np.nan
    elif kind == "float32":
        p = p.astype(np.float32)
    elif kind == "strided":
        p, y = p[::3], y[::3]
    elif kind == "certain":
        p[:300], y[:300] = 1e-12, 0
    rows = rule(p=p, y=y)  # type: ignore[operator]
    mean = mean_score(rule, p=p, y=y)  # type: ignore[arg-type]
    assert mean == pytest.approx(np.nanmean(rows), rel=1e-13)
    assert mean.n == np.count_nonzero(~np.isnan(rows))
    assert mean.dropped == np.count_nonzero(np.isnan(rows))
    weight = random.integers(0, 4, len(p))
    repeated = mean_score(rule, p=np.repeat(p, weight), y=np.repeat(y, weight))  # type: ignore[arg-type]
    assert mean_score(rule, p=p, y=y, weight=weight) == pytest.approx(repeated, rel=1e-13)  # type: ignore[arg-type]


def test_what_cannot_be_a_probability_is_named_without_a_warning() -> None:
    p, y = np.full(300, 0.5), np.zeros(300)
    for value in (np.inf, -np.inf, 1e300, -0.1):
        p[200] = y[200] = value
        for rule in (brier, log_score):
            with pytest.raises(ValueError, match=r"row 200"):
                mean_score(rule, p=p, y=y)


def test_tiny_log_scores_keep_their_digits() -> None:
    assert mean_score(log_score, p=np.full(100, 1e-12), y=np.zeros(100)) == pytest.approx(1e-12, rel=1e-12)


def test_infinite_rows_are_counted() -> None:
    mean = mean_score(log_score, p=[0.0, 0.0, 1.0, 0.5], y=[1, 0, 0, 1])
    assert mean == math.inf
    assert mean.infinite == 2
    weighted = mean_score(log_score, p=[0.0, 0.5], y=[1, 1], weight=[0, 1])
    assert weighted == pytest.approx(math.log(2))
    assert (weighted.n, weighted.infinite) == (2, 0)


def test_clipping_is_named() -> None:
    mean = mean_score(log_score, p=[0.0, 1.0], y=[1, 1], clip=0.01)
    assert mean == pytest.approx(-(math.log(0.01) + math.log(0.99)) / 2)
    assert "clipped to [0.01, 0.99]" in mean.convention
    with pytest.raises(ValueError, match="percentage"):
        mean_score(log_score, p=[70], y=[1], clip=0.01)
    with pytest.raises(ValueError, match="clip"):
        mean_score(log_score, p=[0.7], y=[1], clip=0.6)
    with pytest.raises(ValueError, match="clip"):
        mean_score(brier_multi, p=[[0.5, 0.5]], y=[1], clip=0.1)


def test_several_outcomes() -> None:
    p, y = np.array([[0.2, 0.8], [0.5, 0.5], [np.nan, 1.0]]), [1, 0, 1]
    assert mean_score(brier_multi, p=p, y=y) == pytest.approx((0.08 + 0.5) / 2)
    assert mean_score(ordered_brier, p=p, y=y).dropped == 1


def test_nothing_to_average() -> None:
    for empty in (
        mean_score(brier, p=[], y=[]),
        mean_score(brier, p=[None], y=[1]),
        mean_score(brier, p=[0.5], y=[1], weight=[0]),
    ):
        assert math.isnan(empty)
    assert mean_score(brier, p=[0.5], y=[1]) == 0.25


def test_refusals_name_the_row_of_the_whole() -> None:
    p, y = np.full(500, 0.5), np.ones(500)
    p[321] = 70
    with pytest.raises(ValueError, match=r"row 321: 70 .*percentage"):
        mean_score(brier, p=p, y=y)
    with pytest.raises(ValueError, match="1 of 2 pairs"):
        mean_score(brier, p=[0.5, None], y=[1, 1], missing="raise")
    with pytest.raises(ValueError, match="row 1: -1 is no weight"):
        mean_score(brier, p=[0.5, 0.5], y=[1, 1], weight=[1, -1])
    with pytest.raises(ValueError, match="one row each"):
        mean_score(brier, p=[0.5, 0.5], y=[1])
    with pytest.raises(ValueError, match="different indexes"):
        mean_score(brier, p=pd.Series([0.5, 0.5]), y=pd.Series([1, 0], index=[1, 0]))


def test_a_mean_is_a_float_that_explains_itself() -> None:
    mean = mean_score(brier, p=[0.5], y=[1])
    assert str(mean) == "0.25"
    assert repr(mean).startswith("Mean(0.25, n=1, dropped=0, infinite=0")
    assert pickle.loads(pickle.dumps(mean)).convention == mean.convention  # noqa: S301  # our own bytes
