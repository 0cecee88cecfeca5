"""Quantiles, intervals, days and repeated forecasts.

By hand, by identities of the papers, and what is refused.
"""

import math
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecastlog.scoring import (
    chance_by,
    coverage,
    crps_normal,
    crps_quantiles,
    cut_off,
    errors_by_horizon,
    interval_score,
    pinball,
    ranked_probability,
    series_ratio,
    series_skill,
    weighted_interval_score,
)

# The levels that the US COVID-19 Forecast Hub asked for (Cramer et al. 2022, doi:10.1038/s41597-022-01517-w).
HUB = [0.01, 0.025, *(round(0.05 * k, 2) for k in range(1, 20)), 0.975, 0.99]
NAN = float("nan")


def test_the_weighted_interval_score_is_twice_the_mean_pinball_of_the_hubs_levels() -> None:
    """Bracher et al. (2021), section 2.2.

    (1/(K + 1/2)) (...) equals the mean over 2K + 1 levels of 2 pinball.
    """
    random = np.random.default_rng(0)
    q = np.sort(random.normal(100, 30, (50, 23)), axis=1)
    y = random.normal(100, 30, 50)
    assert len(HUB) == 23
    half = [
        weighted_interval_score(
            median=q[:, 11], lower=q[:, :11], upper=q[:, :11:-1], alpha=2 * np.array(HUB[:11]), y=y
        )
    ]
    np.testing.assert_allclose(half[0], crps_quantiles(q=q, level=HUB, y=y), rtol=1e-12)
    np.testing.assert_allclose(half[0], 2 * pinball(q=q, level=HUB, y=y).mean(axis=1), rtol=1e-12)


def test_the_hubs_levels_on_one_to_twenty_three() -> None:
    """The case that the packages of the Delphi group test: quantiles 1 to 23, actual value 10.

    Eleven intervals of widths 22, 20, ... 2 weigh alpha/2, their lower level; 10 lies one below the last,
    [11, 13], and two below the median, 12, which weighs a half: (sum + 1 + 1) / 11.5.
    """
    widths = sum(level * (22 - 2 * k) for k, level in enumerate(HUB[:11]))
    assert crps_quantiles(q=list(range(1, 24)), level=HUB, y=10) == pytest.approx((widths + 1 + 1) / 11.5)


def test_an_interval_is_the_pinball_of_its_ends() -> None:
    """Gneiting and Raftery (2007), section 6.2: IS = 2/alpha times the pinball scores of both ends."""
    for y in (5.0, 12.0, 25.0):
        ends = pinball(q=[[10.0, 20.0]], level=[0.05, 0.95], y=[y]).sum() * 2 / 0.1
        assert interval_score(lower=10.0, upper=20.0, alpha=0.1, y=y) == pytest.approx(ends)


def test_weighted_interval_score_by_hand() -> None:
    """Median 5, 50 % interval [3, 7], 90 % [1, 9], y = 8: (3/2 + .25 (4 + 4) + .05 (8 + 0)) / 2.5 = 1.56."""
    given_: dict[str, Any] = {
        "median": [5.0],
        "lower": [[3.0, 1.0]],
        "upper": [[7.0, 9.0]],
        "alpha": [0.5, 0.1],
    }
    assert weighted_interval_score(**given_, y=[8.0]).tolist() == [pytest.approx(1.56)]
    with pytest.raises(ValueError, match="alpha given twice"):
        weighted_interval_score(**given_ | {"alpha": [0.5, 0.5]}, y=[8.0])


def test_crps_of_many_quantiles_is_the_crps() -> None:
    statistics = pytest.importorskip("statistics")
    levels = (np.arange(4000) + 0.5) / 4000
    q = [[statistics.NormalDist(1, 2).inv_cdf(level) for level in levels]]
    assert crps_quantiles(q=q, level=levels, y=[2.5])[0] == pytest.approx(
        crps_normal(mean=1, sd=2, y=2.5), rel=1e-3
    )


def test_quantiles_by_hand_and_with_gaps() -> None:
    """(20 .05 + 10 .5 + 15 .05) 2/3 = 4.5."""
    assert crps_quantiles(q=[[10, 20, 45]], level=[0.05, 0.5, 0.95], y=[30]).tolist() == [pytest.approx(4.5)]
    assert crps_quantiles(q=[10, 20, 45], level=[0.05, 0.5, 0.95], y=30) == pytest.approx(4.5)
    gaps = crps_quantiles(q=[[10, None, 45], [1, 2, 3]], level=[0.05, 0.5, 0.95], y=[30, NAN])
    assert np.isnan(gaps).all()
    assert crps_quantiles(q=[[7.0]], level=[0.5], y=[4.0]).tolist() == [3.0]  # a median's absolute error


@given(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3), st.floats(-1e6, 1e6), st.floats(0.1, 100))
def test_scores_of_quantiles_scale_with_the_unit(values: list[float], y: float, unit: float) -> None:
    q = np.sort(values)
    score = crps_quantiles(q=q, level=[0.1, 0.5, 0.9], y=y)
    assert score >= 0
    assert crps_quantiles(q=q * unit, level=[0.1, 0.5, 0.9], y=y * unit) == pytest.approx(
        score * unit, rel=1e-6, abs=1e-6
    )


def test_coverage_by_hand() -> None:
    """18 of 20: Wilson's interval is .699 to .972 (Brown, Cai and DasGupta 2001 give the formula)."""
    y = [0.5] * 17 + [1.0, 2.0, -1.0, None]
    found = coverage(lower=[0] * 21, upper=[1] * 21, level=0.8, y=y)
    assert (found.share, found.n, found.dropped, found.width) == (0.9, 20, 1, 1.0)
    assert [found.share_low, found.share_high] == pytest.approx([0.6990, 0.9721], abs=1e-4)
    assert found.verdict == "as stated"


@pytest.mark.parametrize(
    ("level", "held", "verdict"),
    [(0.9, 10, "too narrow"), (0.5, 19, "too wide"), (0.5, 10, "as stated"), (0.99, 20, "as stated")],
)
def test_the_verdict_needs_the_level_outside_the_interval(level: float, held: int, verdict: str) -> None:
    y = [0.5] * held + [2.0] * (20 - held)
    assert coverage(lower=[0] * 20, upper=[1] * 20, level=level, y=y).verdict == verdict


def test_coverage_of_nothing() -> None:
    found = coverage(lower=[], upper=[], level=0.9, y=[])
    assert (found.n, found.verdict) == (0, "no outcomes")
    assert math.isnan(found.share)


def test_days_beyond_the_deadline_and_never_are_one() -> None:
    q, y = cut_off(day=[[5, 40, math.inf]], latest=30), cut_off(day=[math.inf], latest=30)
    assert q.tolist() == [[5, 30, 30]]
    assert crps_quantiles(q=q, level=[0.2, 0.5, 0.8], y=y).tolist() == [pytest.approx(2 / 3 * 0.2 * 25)]
    assert cut_off(day=[[5, 40], [5, 40]], latest=[30, 20]).tolist() == [[5, 30], [5, 20]]
    assert cut_off(day=7, latest=5) == 5


def test_chance_by_a_day() -> None:
    rows: dict[str, Any] = {"level": [0.05, 0.5, 0.95], "q": [[10, 20, 45]] * 6}
    bounds = chance_by(**rows, day=[5, 10, 15, 20, 45, 50])
    assert bounds.low.tolist() == [0, 0.05, 0.05, 0.5, 0.95, 0.95]
    assert bounds.high.tolist() == [0.05, 0.05, 0.5, 0.5, 0.95, 1]
    limited = chance_by(q=[[10, 20]], level=[0.1, 0.4], day=[100], never=0.3)
    assert (limited.low.tolist(), limited.high.tolist()) == ([0.4], [0.7])
    endless = chance_by(q=[[10, math.inf]], level=[0.5, 0.9], day=[100], never=0.4)
    assert (endless.low.tolist(), endless.high.tolist()) == ([0.5], [0.6])
    assert np.isnan(chance_by(q=[[10, None]], level=[0.5, 0.9], day=[100]).low).all()


def test_errors_by_horizon() -> None:
    rows = errors_by_horizon(horizon=[2, 1, 1, 2, 3], forecast=[3, 2, 4, 1, None], y=[1, 1, 4, 4, 1])
    assert [row.n for row in rows] == [2, 2]
    assert list(rows[0]) == pytest.approx([1, 2, 0.5, 0.5, math.sqrt(0.5)])
    assert list(rows[1]) == pytest.approx([2, 2, -0.5, 2.5, math.sqrt(6.5)])
    assert errors_by_horizon(horizon=[], forecast=[], y=[]) == []


def test_ratios_are_of_sums_and_across_series_geometric() -> None:
    """gdp: (1 + 3)/(2 + 6) = 1/2, cpi: 8/2 = 4: the geometric mean is sqrt(2).

    A mean of ratios would say 2.17.
    """
    data: dict[str, Any] = {"series": ["gdp", "gdp", "cpi"], "score": [1, 3, 8], "reference": [2, 6, 2]}
    assert series_skill(**data) == {"gdp": 0.5, "cpi": -3.0}
    ratio = series_ratio(**data)
    assert ratio == pytest.approx(math.sqrt(2))
    assert (ratio.n, ratio.left_out) == (2, 0)
    percent = data | {"score": [1, 3, 0.08], "reference": [2, 6, 0.02]}
    assert series_ratio(**percent) == pytest.approx(math.sqrt(2))  # whatever the unit
    assert pickle.loads(pickle.dumps(ratio)).n == 2  # noqa: S301


def test_ratios_at_the_edges() -> None:
    still: dict[str, Any] = {"series": ["a", "b", "c"], "score": [1, 0, None], "reference": [0, 0, 1]}
    skill = series_skill(**still)
    assert skill["a"] == -math.inf
    assert math.isnan(skill["b"])
    assert math.isnan(skill["c"])
    ratio = series_ratio(**still)
    assert math.isnan(ratio)
    assert (ratio.n, ratio.left_out) == (0, 3)
    assert float(series_ratio(series=["a", "b"], score=[0, 1], reference=[1, 1])) == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: crps_quantiles(q=[[3, 1]], level=[0.1, 0.9], y=[2]), "must not cross"),
        (lambda: crps_quantiles(q=[[1, 3]], level=[0.9, 0.1], y=[2]), "out of order"),
        (lambda: crps_quantiles(q=[[1, 3]], level=[0.5, 0.5], y=[2]), "given twice"),
        (lambda: crps_quantiles(q=[[1, 3]], level=[0.5, 1.5], y=[2]), "no level"),
        (lambda: crps_quantiles(q=[[1, 3]], level=[0.5], y=[2]), "levels"),
        (lambda: crps_quantiles(q=[1, 3], level=[0.1, 0.9], y=[2, 2]), "K quantiles a row"),
        (lambda: crps_quantiles(q=[[1, math.inf]], level=[0.1, 0.9], y=[2]), "finite"),
        (lambda: coverage(lower=[2], upper=[1], level=0.9, y=[1]), "lower lies above upper"),
        (lambda: coverage(lower=[1], upper=[2], level=90, y=[1]), "one level between 0 and 1"),
        (
            lambda: coverage(lower=[1, 1], upper=[2, 2], level=[0.5, 0.9], y=[1, 1]),  # type: ignore[arg-type]
            "one level between 0 and 1",
        ),
        (lambda: cut_off(day=[1], latest=math.inf), "finite"),
        (lambda: cut_off(day=[1, 2], latest=[1, 2, 3]), "one number or one a row"),
        (lambda: chance_by(q=[[2, 1]], level=[0.1, 0.9], day=[1]), "must not cross"),
        (lambda: chance_by(q=[[1, 2]], level=[0.1, 0.9], day=[1], never=0.5), "leaves less"),
        (lambda: chance_by(q=[[1, 2]], level=[0.1, 0.9], day=[1], never=50), "percentage"),
        (lambda: chance_by(q=[[1, 2]], level=[0.9, 0.1], day=[1]), "out of order"),
        (lambda: chance_by(q=[[1, 2]], level=[0.5], day=[1]), "does not go with"),
        (lambda: errors_by_horizon(horizon=[1], forecast=[math.inf], y=[1]), "finite"),
        (lambda: errors_by_horizon(horizon=[1], forecast=["3 %"], y=[1]), "text"),
        (lambda: series_skill(series=["a"], score=[-1], reference=[1]), "at least 0"),
        (lambda: series_ratio(series=["a", "b"], score=[1], reference=[1]), "one row each"),
        (lambda: ranked_probability(p=[[0.4, 0.4]], y=[0]), "sum to 1"),
        (lambda: ranked_probability(p=[[0.5, 0.5]], y=["above"]), "text"),
        (lambda: ranked_probability(p=[[0.5, 0.5]], y=[2]), "no outcome"),
    ],
)
def test_bad_input_is_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises((ValueError, TypeError), match=message):
        call()
