"""Resampling, paired tests, and forecasters against each other."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest

from forecastlog.scoring import (
    Tally,
    bootstrap,
    difficulty_adjusted,
    paired_difference,
    peer,
    relative,
    resampling,
)
from forecastlog.scoring.resampling import STATISTICS


def frame(events: int = 40) -> pd.DataFrame:
    random = np.random.default_rng(0)
    event = np.repeat(np.arange(events), 3)
    p = random.integers(0, 11, event.size) / 10
    y = np.repeat(random.integers(0, 2, events), 3)
    return pd.DataFrame(
        {"event": event, "probability": p, "outcome": y, "who": np.tile(["a", "b", "c"], events)}
    )


def test_bootstrap_against_drawing_blocks_one_by_one() -> None:
    data = frame()
    blocks = [rows for _, rows in data.groupby("event")]
    random = np.random.default_rng(1)
    drawn = [
        Tally.of(pd.concat([blocks[i] for i in random.integers(0, 40, 40)])).brier() for _ in range(1500)
    ]
    ours = bootstrap(data, statistic="brier")
    assert ours.value == Tally.of(data).brier()
    assert (ours.low, ours.high) == pytest.approx(np.quantile(drawn, [0.025, 0.975]), abs=0.01)
    assert ours.blocks == 40


@pytest.mark.parametrize("name", STATISTICS)
@pytest.mark.parametrize("certain", [False, True], ids=["finite", "infinite"])
def test_bootstrap_all_at_once_equals_one_by_one(name: str, certain: bool) -> None:
    data = frame()
    if not certain:  # as they come, some forecasts of 0 and 1 are wrong, and draws with them infinite
        data["probability"] = data["probability"].clip(0.1, 0.9)
    data["w"] = np.random.default_rng(2).random(len(data))
    named = bootstrap(data, statistic=name, n=200, weight="w")
    called = bootstrap(data, statistic=lambda tally: getattr(tally, name)(), n=200, weight="w")
    assert tuple(named) == pytest.approx(tuple(called), rel=1e-12)
    assert bootstrap(data, statistic=getattr(Tally, name), n=200, weight="w") == named


@pytest.mark.parametrize("name", ["log", "log_skill", "skill"])
def test_bootstrap_where_one_event_alone_is_infinite_or_all_come_true(name: str) -> None:
    data = pd.DataFrame({"event": range(4), "probability": [0.0, 0.5, 1.0, 0.9], "outcome": [1, 1, 1, 1]})
    named = bootstrap(data, statistic=name, n=300)
    called = bootstrap(data, statistic=lambda tally: getattr(tally, name)(), n=300)
    assert tuple(named) == pytest.approx(tuple(called), rel=1e-12, nan_ok=True)


@pytest.mark.parametrize("name", ["brier", "auc"])
def test_bootstrap_in_pieces_draws_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = bootstrap(frame(), statistic=name, by="who", n=100)
    monkeypatch.setattr(resampling, "CHUNK", 130)
    monkeypatch.setattr(resampling, "PIECE", 130)
    monkeypatch.setattr(resampling, "MOST_SHARED", 0)
    for ours, theirs in zip(bootstrap(frame(), statistic=name, by="who", n=100), whole, strict=True):
        assert ours.tolist() == theirs.tolist()


def test_bootstrap_by_group_does_not_depend_on_other_groups() -> None:
    data = frame()
    grouped = bootstrap(data, statistic="brier", by="who", n=300)
    for i, who in enumerate("abc"):
        alone = bootstrap(data[data["who"] == who], statistic="brier", n=300)
        assert (grouped.value[i], grouped.low[i], grouped.high[i]) == tuple(alone)
        assert alone.low < alone.value < alone.high


def test_bootstrap_of_little() -> None:
    one = bootstrap(frame(1), statistic="brier")
    assert math.isnan(one.low)
    assert one.blocks == 1
    assert math.isnan(bootstrap(frame(0), statistic="brier").value)
    with pytest.raises(ValueError, match="statistic"):
        bootstrap(frame(), statistic="median")


def test_exact_permutation_counts_every_swap() -> None:
    a, b = np.array([0.3, 0.2, 0.25, 0.4, 0.1, 0.35, 0.2]), np.array([0.2, 0.25, 0.1, 0.15, 0.05, 0.05, 0.19])
    d = a - b
    means = [np.mean(d * signs) for signs in itertools.product([1, -1], repeat=7)]
    result = paired_difference(a, b)
    assert result.exact
    assert result.p_value == np.mean(np.abs(means) >= abs(d.mean()) - 1e-12)
    # the ends of the interval are where the test of that shift turns
    for end, inward in ((result.low, 1), (result.high, -1)):
        assert paired_difference(a - end - inward * 1e-9, b).p_value > 0.05
        assert paired_difference(a - end + inward * 1e-9, b).p_value <= 0.05


def test_drawn_permutation_is_close_to_student() -> None:
    random = np.random.default_rng(0)
    a = random.normal(0.05, 0.3, 300)
    drawn, student = paired_difference(a, np.zeros(300)), paired_difference(a, np.zeros(300), method="t")
    assert not drawn.exact
    assert drawn.p_value == pytest.approx(student.p_value, abs=0.01)
    assert (drawn.low, drawn.high) == pytest.approx((student.low, student.high), abs=0.004)
    assert drawn == paired_difference(a, np.zeros(300))


def test_student_of_the_sleep_data() -> None:
    """Student (1908), the ten patients as in R's `sleep`.

    t = -4.0621, p = 0.002833, -2.4598858 to -0.7001142.
    """
    one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    two = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    result = paired_difference(one, two, method="t")
    assert tuple(result) == pytest.approx((-1.58, -2.4598858, -0.7001142, -4.0621277, 0.00283289), rel=1e-6)


def test_pairs_that_say_nothing() -> None:
    assert paired_difference([0.1, None], [0.1, 0.2]).dropped == 1
    assert paired_difference([0.1] * 8, [0.1] * 8).p_value == 1
    assert math.isnan(paired_difference([], []).difference)
    assert math.isnan(paired_difference([0.1], [0.2], method="t").p_value)
    assert paired_difference([0.3, 0.2], [0.1, 0.1]).low == -math.inf


def test_relative_takes_the_median_of_the_day() -> None:
    rows = {
        "question": [1, 1, 1, 1, 1, 2, 2, 3],
        "forecaster": ["a", "b", "c", "a", "b", "a", "b", "c"],
        "day": [1, 1, 1, 2, 2, 1, 1, 1],
        "p": [0.9, 0.5, 0.4, 0.8, 0.6, 0.3, 0.1, 0.5],
        "y": [1, 1, 1, 1, 1, 0, 0, 1],
    }
    scores = relative(**rows)  # type: ignore[arg-type]
    first = np.mean([0.01 - 0.25, 0.04 - (0.04 + 0.16) / 2])
    assert scores["a"] == pytest.approx((first + 0.09 - 0.05) / 2)
    assert scores["c"] == pytest.approx(0.36 - 0.25)
    assert math.isnan(relative(question=[1], forecaster=["a"], day=[1], p=[0.5], y=[1])["a"])
    with pytest.raises(ValueError, match="two forecasts"):
        relative(question=[1, 1], forecaster=["a", "a"], day=[1, 1], p=[0.5, 0.6], y=[1, 1])


def test_peer_against_the_geometric_mean_of_the_others() -> None:
    scores = peer(question=[1] * 3, forecaster=["a", "b", "c"], day=[1] * 3, p=[0.9, 0.6, 0.3], y=[1] * 3)
    assert scores["a"] == pytest.approx(100 * math.log(0.9 / math.sqrt(0.6 * 0.3)))
    assert sum(scores.values()) == pytest.approx(0, abs=1e-9)
    wrong = peer(question=[1] * 2, forecaster=["a", "b"], day=[1] * 2, p=[0.0, 0.5], y=[1, 1])
    assert wrong == {"a": -math.inf, "b": math.inf}


def test_difficulty_by_least_squares() -> None:
    random = np.random.default_rng(0)
    questions, people = random.integers(0, 30, 200), random.integers(0, 8, 200)
    score, weight = random.random(200), random.random(200) + 0.1
    design = np.zeros((200, 38))
    design[np.arange(200), people], design[np.arange(200), 8 + questions] = 1, 1
    root = np.sqrt(weight)[:, None]
    effects = np.linalg.lstsq(design * root, score * root[:, 0], rcond=None)[0]
    shift = np.average(effects[8:][questions], weights=weight)
    for q, f in ((questions, people), (questions.astype(str), people)):
        ours = difficulty_adjusted(question=q, forecaster=f, score=score, weight=weight)
        assert [ours[i] for i in range(8)] == pytest.approx(effects[:8] + shift, abs=1e-10)
    crossed = difficulty_adjusted(question=people, forecaster=questions, score=score, weight=weight)
    assert [crossed[i] for i in range(30)] == pytest.approx(
        effects[8:] + np.average(effects[:8][people], weights=weight)
    )


def test_difficulty_needs_questions_in_common() -> None:
    ours = difficulty_adjusted(
        question=[1, 1, 2, 9, 1], forecaster=["a", "b", "b", "z", "n"], score=[0.1, 0.2, 0.3, 0.4, None]
    )
    assert math.isnan(ours["z"])
    assert math.isnan(ours["n"])
    assert ours["b"] - ours["a"] == pytest.approx(0.1)
    assert difficulty_adjusted(question=[1], forecaster=["a"], score=[0.3]) == {"a": pytest.approx(0.3)}
    assert difficulty_adjusted(question=[], forecaster=[], score=[]) == {}
