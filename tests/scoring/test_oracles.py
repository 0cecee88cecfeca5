"""Our figures against those of other libraries, on random forecasts.

`pip install` the group `oracles` to run.
"""

import numpy as np
import pytest

from forecastlog.scoring import (
    Tally,
    brier,
    brier_multi,
    crps_ensemble,
    crps_normal,
    crps_quantiles,
    interval_score,
    log_score,
    mean_score,
    paired_difference,
    pinball,
    ranked_probability,
    weighted_interval_score,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),
]  # the oracles' own warnings are not ours

CLOSE = 1e-12


def forecasts(decimals: int | None, rows: int = 3000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(7)
    p = random.random(rows)
    if decimals is not None:
        p = np.round(p, decimals)
    y = (random.random(rows) < p**1.3).astype(float)
    return p, y, random.random(rows) * 3


@pytest.mark.parametrize("decimals", [1, 2, 3, None])
def test_scikit_learn(decimals: int | None) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    p, y, w = forecasts(decimals)
    inside = np.clip(p, 1e-9, 1 - 1e-9)
    for weight in (None, w):
        tally = Tally.of_arrays(p=p, y=y, weight=weight)
        assert tally.brier() == pytest.approx(metrics.brier_score_loss(y, p, sample_weight=weight), rel=CLOSE)
        assert mean_score(brier, p=p, y=y, weight=weight) == pytest.approx(tally.brier(), rel=CLOSE)
        assert tally.auc() == pytest.approx(metrics.roc_auc_score(y, p, sample_weight=weight), rel=CLOSE)
        ours = Tally.of_arrays(p=inside, y=y, weight=weight).log()
        assert ours == pytest.approx(metrics.log_loss(y, inside, sample_weight=weight), rel=CLOSE)
        assert mean_score(log_score, p=inside, y=y, weight=weight) == pytest.approx(ours, rel=CLOSE)


@pytest.mark.parametrize("decimals", [1, 2, None])
def test_isotonic_regression(decimals: int | None) -> None:
    isotonic = pytest.importorskip("sklearn.isotonic")
    p, y, w = forecasts(decimals)
    for weight in (None, w):
        corp = Tally.of_arrays(p=p, y=y, weight=weight).corp()
        fitted = isotonic.IsotonicRegression().fit(p, y, sample_weight=weight).predict(corp.p)
        np.testing.assert_allclose(corp.fitted, fitted, atol=1e-12)


@pytest.mark.parametrize("decimals", [1, 2, None])
def test_model_diagnostics_decomposition(decimals: int | None) -> None:
    scoring = pytest.importorskip("model_diagnostics.scoring")
    p, y, w = forecasts(decimals)
    for weight in (None, w):
        parts = scoring.decompose(y, p, scoring_function=scoring.SquaredError(), weights=weight)
        corp = Tally.of_arrays(p=p, y=y, weight=weight).corp()
        for name in ("miscalibration", "discrimination", "uncertainty"):
            assert getattr(corp, name) == pytest.approx(parts[name][0], abs=1e-12)


def test_scores_package() -> None:
    scores = pytest.importorskip("scores")
    pytest.importorskip("scores.probability")
    xarray = pytest.importorskip("xarray")
    p, y, _ = forecasts(2)
    theirs = scores.probability.brier_score(xarray.DataArray(p), xarray.DataArray(y))
    assert Tally.of_arrays(p=p, y=y).brier() == pytest.approx(float(theirs), rel=CLOSE)
    q = np.random.default_rng(1).normal(size=200)
    z = np.random.default_rng(2).normal(size=200)
    theirs = scores.continuous.quantile_score(xarray.DataArray(q), xarray.DataArray(z), alpha=0.3)
    assert pinball(q=q, level=0.3, y=z).mean() == pytest.approx(float(theirs), rel=CLOSE)


def test_scoringrules_package() -> None:
    rules = pytest.importorskip("scoringrules")
    random = np.random.default_rng(3)
    members, y = random.normal(size=(300, 17)), random.normal(size=300)
    np.testing.assert_allclose(
        crps_ensemble(members=members, y=y), rules.crps_ensemble(y, members, estimator="nrg")
    )
    np.testing.assert_allclose(
        crps_ensemble(members=members, y=y, estimator="fair"),
        rules.crps_ensemble(y, members, estimator="fair"),
    )
    np.testing.assert_allclose(
        crps_normal(mean=members[:, 0], sd=np.abs(members[:, 1]), y=y),
        rules.crps_normal(y, members[:, 0], np.abs(members[:, 1])),
        rtol=1e-9,
    )
    low, high = np.sort(members[:, :2], axis=1).T
    np.testing.assert_allclose(
        interval_score(lower=low, upper=high, alpha=0.2, y=y), rules.interval_score(y, low, high, 0.2)
    )
    p = random.dirichlet(np.ones(5), size=300)
    happened = random.integers(0, 5, 300)
    np.testing.assert_allclose(
        ranked_probability(p=p, y=happened), rules.rps_score(happened + 1, p), rtol=1e-9
    )


def test_multi_class_brier_of_scikit_learn() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    random = np.random.default_rng(4)
    p, y = random.dirichlet(np.ones(4), size=500), random.integers(0, 4, 500)
    theirs = metrics.brier_score_loss(y, p, labels=[0, 1, 2, 3], scale_by_half=False)
    assert brier_multi(p=p, y=y).mean() == pytest.approx(theirs, rel=CLOSE)


def test_weighted_interval_score_is_the_mean_pinball_loss() -> None:
    """Bracher et al. (2021), equation 4: twice the mean pinball loss over the 2K + 1 quantiles."""
    random = np.random.default_rng(5)
    levels = np.array([0.05, 0.25, 0.5, 0.75, 0.95])
    q, y = np.sort(random.normal(size=(100, 5)), axis=1), random.normal(size=100)
    ours = weighted_interval_score(median=q[:, 2], lower=q[:, :2], upper=q[:, :2:-1], alpha=[0.1, 0.5], y=y)
    np.testing.assert_allclose(ours, 2 * pinball(q=q, level=levels, y=y).mean(axis=1))


def test_student_of_scipy() -> None:
    stats = pytest.importorskip("scipy.stats")
    random = np.random.default_rng(6)
    for size in (2, 3, 10, 200, 5000):
        for shift in (0, 0.1, 1):
            a, b = random.normal(size=size), random.normal(size=size) + shift
            theirs = stats.ttest_rel(a, b)
            low, high = theirs.confidence_interval()
            ours = paired_difference(a, b, method="t")
            assert tuple(ours[1:]) == pytest.approx((low, high, theirs.statistic, theirs.pvalue), rel=1e-9)


def test_exact_permutation_of_scipy() -> None:
    stats = pytest.importorskip("scipy.stats")
    random = np.random.default_rng(8)
    a, b = random.normal(size=11), random.normal(size=11) + 0.5
    theirs = stats.permutation_test(
        (a - b,),
        lambda d, axis: d.mean(axis=axis),
        permutation_type="samples",
        n_resamples=np.inf,
        vectorized=True,
    )
    assert paired_difference(a, b).p_value == pytest.approx(theirs.pvalue, rel=1e-12)


def test_quantiles_against_scoringrules_and_scores() -> None:
    scoringrules, scores = pytest.importorskip("scoringrules"), pytest.importorskip("scores.continuous")
    xarray = pytest.importorskip("xarray")
    random = np.random.default_rng(11)
    levels = np.array([0.05, 0.25, 0.5, 0.75, 0.95])
    q, y = np.sort(random.normal(size=(300, 5)), axis=1), random.normal(size=300)
    ours = crps_quantiles(q=q, level=levels, y=y)
    np.testing.assert_allclose(ours, scoringrules.crps_quantile(y, q, levels), rtol=CLOSE)
    for place, level in enumerate(levels):
        theirs = scores.quantile_score(xarray.DataArray(q[:, place]), xarray.DataArray(y), alpha=level)
        assert pinball(q=q[:, place], level=level, y=y).mean() == pytest.approx(float(theirs), rel=CLOSE)
