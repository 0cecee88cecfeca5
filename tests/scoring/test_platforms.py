"""Scores as platforms define them: worked by hand, against slow spellings of the same, and at the edges."""

import csv
import inspect
import math
import pickle
import statistics
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from forecastlog.scoring import peer, platforms

NAN = float("nan")
DATA = Path(__file__).parents[1] / "data"
TIMES: dict[str, Any] = {"opened": 0, "closed": 10, "scheduled_close": 10}


def baseline(**given: Any) -> dict[Any, float]:
    return platforms.metaculus_baseline(**(TIMES | {"y": 1} | given))


def metaculus_peer(**given: Any) -> dict[Any, float]:
    return platforms.metaculus_peer(**(TIMES | {"y": 1} | given))


def test_the_names_are_those_of_the_convention() -> None:
    names = "metaculus_baseline metaculus_peer metaculus_spot_baseline metaculus_spot_peer gjopen_brier"
    names += " gjopen_accuracy fatebook_brier fatebook_relative predictionbook_brier forecastbench_adjusted"
    assert sorted(platforms.__all__) == sorted([*names.split(), "forecastbench_index", "manifold_brier"])
    for name in platforms.__all__:
        kinds = {about.kind for about in inspect.signature(getattr(platforms, name)).parameters.values()}
        assert kinds == {inspect.Parameter.KEYWORD_ONLY}
        assert "Source" in getattr(platforms, name).__doc__ or "those of" in getattr(platforms, name).__doc__


# Metaculus


@pytest.mark.parametrize(
    ("p", "score"),
    [(0.999, 99.86), (0.99, 98.55), (0.75, 58.50), (0.5, 0.0), (0.01, -564.39), (0.001, -896.58)],
)
def test_metaculus_baseline_of_one_who_stood_throughout(p: float, score: float) -> None:
    assert baseline(forecaster=["a"], start=[0], end=[NAN], p=[p])["a"] == pytest.approx(score, abs=0.005)
    assert baseline(forecaster=["a"], start=[0], end=[NAN], p=[1 - p], y=0)["a"] == pytest.approx(
        score, abs=0.005
    )


def test_metaculus_baseline_by_hand() -> None:
    scores = baseline(
        forecaster=["late", "gap", "gap", "never", "twice", "twice", "left"],
        start=[6, 0, 8, 12, 2, 4, -5],
        end=[NAN, 3, NAN, NAN, NAN, NAN, 5],
        p=[1.0, 1.0, 0.5, 1.0, 0.5, 1.0, 1.0],
    )
    by_hand = {"late": 40, "gap": 30, "never": 0, "twice": 60, "left": 50}
    assert scores == pytest.approx(by_hand)


def test_metaculus_early_close_keeps_the_scheduled_length() -> None:
    one: dict[str, Any] = {"forecaster": ["a"], "start": [0], "end": [NAN], "p": [1.0]}
    assert baseline(**one, closed=4)["a"] == pytest.approx(40)
    assert baseline(**one, closed=12)["a"] == pytest.approx(100)  # after the scheduled close nothing counts
    both: dict[str, Any] = {"forecaster": ["a", "b"], "start": [0, 0], "end": [NAN, NAN], "p": [0.8, 0.4]}
    assert metaculus_peer(**both, closed=5)["a"] == pytest.approx(50 * math.log(2))


def test_metaculus_with_several_options() -> None:
    p = [[0.5, 0.25, 0.25], [0.2, 0.4, 0.4]]
    given: dict[str, Any] = {"forecaster": ["a", "b"], "start": [0, 0], "end": [NAN, NAN], "p": p, "y": 0}
    assert baseline(**given)["a"] == pytest.approx(100 * math.log(1.5) / math.log(3))
    assert metaculus_peer(**given)["a"] == pytest.approx(100 * math.log(2.5))
    assert platforms.metaculus_spot_baseline(**given, spot=3)["b"] == pytest.approx(
        100 * math.log(0.6) / math.log(3)
    )


def test_metaculus_peer_by_hand() -> None:
    """a alone for 2 days; a and b for 4; all three for 4: each against the geometric mean of the others."""
    scores = metaculus_peer(forecaster=["a", "b", "c"], start=[0, 2, 6], end=[NAN] * 3, p=[0.9, 0.6, 0.3])
    log = {name: math.log(p) for name, p in zip("abc", [0.9, 0.6, 0.3], strict=True)}
    a = 0.4 * (log["a"] - log["b"]) + 0.4 * (log["a"] - (log["b"] + log["c"]) / 2)
    b = 0.4 * (log["b"] - log["a"]) + 0.4 * (log["b"] - (log["a"] + log["c"]) / 2)
    c = 0.4 * (log["c"] - (log["a"] + log["b"]) / 2)
    assert scores == pytest.approx({"a": 100 * a, "b": 100 * b, "c": 100 * c})
    assert sum(scores.values()) == pytest.approx(0, abs=1e-9)


def test_metaculus_peer_alone_in_gaps_and_with_ties() -> None:
    assert metaculus_peer(forecaster=["a"], start=[0], end=[NAN], p=[0.9]) == {"a": 0.0}
    apart = metaculus_peer(forecaster=["a", "b"], start=[0, 5], end=[5, NAN], p=[0.9, 0.1])
    assert apart == {"a": 0.0, "b": 0.0}
    tied = metaculus_peer(forecaster=["a", "b"], start=[0, 0], end=[NAN, NAN], p=[0.7, 0.7])
    assert tied == pytest.approx({"a": 0, "b": 0}, abs=1e-12)


def test_one_user_twice_is_no_company() -> None:
    assert metaculus_peer(forecaster=["a", "a"], start=[0, 0], end=[NAN, NAN], p=[0.9, 0.1]) == {"a": 0.0}
    assert baseline(forecaster=["a", "a"], start=[0, 0], end=[NAN, NAN], p=[0.5, 1.0])["a"] == pytest.approx(
        100
    )


def test_metaculus_certain_and_wrong() -> None:
    assert baseline(forecaster=["a", "a"], start=[0, 0], end=[NAN, NAN], p=[0.0, 1.0])["a"] == pytest.approx(
        100
    )
    assert baseline(forecaster=["a"], start=[0], end=[NAN], p=[0.0]) == {"a": -math.inf}
    scores = metaculus_peer(forecaster=["a", "b"], start=[0, 9], end=[NAN, NAN], p=[0.5, 0.0])
    assert scores == {"a": math.inf, "b": -math.inf}


def test_metaculus_peer_is_our_peer_where_all_stand_throughout() -> None:
    random = np.random.default_rng(1)
    p = random.uniform(0.05, 0.95, 12)
    names = [f"n{i}" for i in range(12)]
    site = metaculus_peer(forecaster=names, start=[0] * 12, end=[NAN] * 12, p=p)
    assert site == pytest.approx(peer(question=[1] * 12, forecaster=names, day=[1] * 12, p=p, y=[1] * 12))


def test_metaculus_spot_scores() -> None:
    given: dict[str, Any] = {
        "forecaster": ["a", "a", "b", "c", "d"],
        "start": [0, 4, 1, 6, 2],
        "end": [NAN, NAN, NAN, NAN, 5],
        "p": [0.2, 0.8, 0.4, 0.9, 0.1],
        "y": 1,
    }
    assert platforms.metaculus_spot_baseline(**given, spot=5) == pytest.approx(
        {"a": 100 * (math.log2(0.8) + 1), "b": 100 * (math.log2(0.4) + 1), "c": 0, "d": 0}
    )
    peers = platforms.metaculus_spot_peer(**given, spot=5)
    assert peers == pytest.approx({"a": 100 * math.log(2), "b": -100 * math.log(2), "c": 0, "d": 0})
    assert platforms.metaculus_spot_peer(**given, spot=0.5) == {"a": 0, "b": 0, "c": 0, "d": 0}
    assert platforms.metaculus_spot_baseline(**given, spot=4)["a"] == pytest.approx(
        100 * (math.log2(0.8) + 1)
    )


def random_question(seed: int, *, ends: bool = True) -> dict[str, Any]:
    random = np.random.default_rng(seed)
    rows = 40
    start = np.round(random.uniform(-1, 12, rows), 2)
    end = np.where(
        (random.random(rows) < 0.4) & ends, np.round(start + random.uniform(0, 6, rows), 2), np.nan
    )
    names = [f"n{i}" for i in random.integers(0, 8, rows)]
    return {
        "forecaster": names,
        "start": start,
        "end": end,
        "p": random.uniform(0.02, 0.98, rows),
        "y": int(random.integers(0, 2)),
    }


def held(question: dict[str, Any], name: str, time: float) -> float | None:
    """The latest forecast of one who has not withdrawn it, by looking at every row."""
    rows = [i for i, who in enumerate(question["forecaster"]) if who == name and question["start"][i] <= time]
    if not rows:
        return None
    last = max(rows, key=lambda i: (question["start"][i], i))
    return None if question["end"][last] <= time else float(question["p"][last])


@pytest.mark.parametrize("seed", range(4))
def test_metaculus_against_a_walk_in_small_steps(seed: int) -> None:
    question = random_question(seed)
    y, names = question["y"], sorted(set(question["forecaster"]))
    expected = {name: [0.0, 0.0] for name in names}
    for step in range(900):  # times have two decimals: nothing changes within a step
        stand = {
            name: p if y else 1 - p
            for name in names
            if (p := held(question, name, step / 100 + 0.005)) is not None
        }
        for name, p in stand.items():
            others = [math.log(other) for who, other in stand.items() if who != name]
            expected[name][0] += 100 * (math.log2(p) + 1) * 0.01 / 12
            expected[name][1] += 100 * (math.log(p) - statistics.fmean(others)) * 0.01 / 12 if others else 0
    times: dict[str, Any] = {"opened": 0, "closed": 9, "scheduled_close": 12}
    assert platforms.metaculus_baseline(**question, **times) == pytest.approx(
        {k: v[0] for k, v in expected.items()}
    )
    assert platforms.metaculus_peer(**question, **times) == pytest.approx(
        {k: v[1] for k, v in expected.items()}
    )


def test_the_peer_scores_of_a_contest_of_2023() -> None:
    """Fifty questions of the Astral Codex Ten contest by its own rule.

    It is n / (n - 1) (own - mean of all who answered).
    """
    with (DATA / "acx-2023" / "superforecasters.csv").open(newline="") as lines:
        _, (_, *outcomes), *people = csv.reader(lines)
    for place, outcome in enumerate(outcomes):
        answers = {row: int(cells[place]) / 100 for row, *cells in people if cells[place]}
        logs = {row: math.log(p if outcome == "1" else 1 - p) for row, p in answers.items()}
        n, mean = len(logs), statistics.fmean(logs.values())
        site = platforms.metaculus_spot_peer(
            forecaster=answers,
            start=[0] * n,
            end=[None] * n,
            p=list(answers.values()),
            y=int(outcome),
            spot=1,
        )
        assert site == pytest.approx({row: 100 * n / (n - 1) * (log - mean) for row, log in logs.items()})


# Good Judgment Open


def gjopen(**given: Any) -> tuple[dict[Any, float], dict[Any, float]]:
    whole = {"opened": 0, "closed": 10, "y": 1} | given
    return platforms.gjopen_brier(**whole), platforms.gjopen_accuracy(**whole)


def test_gjopen_by_hand() -> None:
    """a: 4 days at 0.5 (0.5 each), then 6 at 0.8 (0.08 each); b: from day 5 on at 0.9 (0.02)."""
    brier, accuracy = gjopen(forecaster=["a", "a", "b"], start=[0, 4, 5], end=[NAN] * 3, p=[0.5, 0.8, 0.9])
    assert brier == pytest.approx({"a": (4 * 0.5 + 6 * 0.08) / 10, "b": 0.02})
    medians = (4 * 0.5 + 0.08 + 5 * 0.05) / 10
    assert accuracy == pytest.approx({"a": 0.248 - medians, "b": (0.02 - medians) * 5 / 10})


def test_gjopen_counts_what_stands_at_the_end_of_a_day() -> None:
    brier, _ = gjopen(
        forecaster=["a", "a", "a"], start=[0.1, 0.9, 1.5], end=[NAN, NAN, 1.7], p=[0.0, 1.0, 0.5], closed=3
    )
    assert brier == pytest.approx({"a": 0.0})  # day 0 at 1.0; made and withdrawn within day 1; day 2 none
    _, accuracy = gjopen(forecaster=["a", "b"], start=[0, 0], end=[1, NAN], p=[1.0, 0.5], closed=2)
    assert accuracy == pytest.approx({"a": (0 - (0.25 + 0.5) / 2) / 2, "b": 0.5 - (0.25 + 0.5) / 2})


def test_gjopen_days_that_are_not_whole_and_days_without_anybody() -> None:
    brier, _ = gjopen(forecaster=["a", "a"], start=[0, 3.2], end=[NAN, NAN], p=[0.5, 1.0], closed=3.9)
    assert brier == {"a": 0.5}  # the question closed before day 3 ended
    brier, accuracy = gjopen(forecaster=["a", "b"], start=[2, 9.95], end=[4, NAN], p=[0.5, 0.5], closed=9.99)
    assert brier["a"] == 0.5
    assert math.isnan(brier["b"])
    assert accuracy["a"] == 0
    assert math.isnan(accuracy["b"])


def test_gjopen_alone_is_the_median() -> None:
    assert gjopen(forecaster=["a"], start=[0], end=[NAN], p=[0.3])[1] == {"a": 0.0}


def test_gjopen_options_and_ordered_options() -> None:
    given: dict[str, Any] = {
        "forecaster": ["a"],
        "start": [0],
        "end": [NAN],
        "p": [[0.25, 0.25, 0.30, 0.20]],
        "y": 1,
    }
    assert gjopen(**given)[0]["a"] == pytest.approx(0.0625 + 0.5625 + 0.09 + 0.04)
    assert gjopen(**given, ordered=True)[0]["a"] == pytest.approx(0.2350)


@pytest.mark.parametrize("seed", range(4))
def test_gjopen_against_a_walk_over_days(seed: int) -> None:
    question = random_question(seed)
    names = sorted(set(question["forecaster"]))
    daily = [
        {
            name: 2 * (p - question["y"]) ** 2
            for name in names
            if (p := held(question, name, day + 1 - 1e-7)) is not None
        }
        for day in range(9)
    ]
    medians = statistics.fmean(statistics.median(scores.values()) for scores in daily if scores)
    brier, accuracy = gjopen(**question, closed=9)
    for name in names:
        own = [scores[name] for scores in daily if name in scores]
        assert brier[name] == pytest.approx(statistics.fmean(own) if own else NAN, nan_ok=True)
        value = (statistics.fmean(own) - medians) * len(own) / 9 if own else NAN
        assert accuracy[name] == pytest.approx(value, nan_ok=True)


# Fatebook


def fatebook(**given: Any) -> tuple[dict[Any, float], dict[Any, float]]:
    whole = {"opened": 0, "closed": 3, "y": 1} | given
    return platforms.fatebook_brier(**whole), platforms.fatebook_relative(**whole)


def test_fatebook_by_hand() -> None:
    """Two and a half days. a: 0.6 throughout; b: 0.2 from 1.25 on, 0.8 from 1.75 on.

    Day 0: a .32, median .32. Day 1: b's mean is a half of .2 and, with what is left, a half of .8: 0.5, so
    .5; median .41. Half day 2: a .32, b .08, median .20, each counted half. Divided by 2.5.
    """
    brier, relative = fatebook(
        forecaster=["a", "b", "b"], start=[0, 1.25, 1.75], p=[0.6, 0.2, 0.8], closed=2.5
    )
    assert brier == pytest.approx({"a": 0.32, "b": (0.5 + 0.08 / 2) / 2.5})
    assert relative == pytest.approx({"a": (-0.09 + 0.12 / 2) / 2.5, "b": (0.09 - 0.12 / 2) / 2.5})


def test_fatebook_under_a_day_counts_fully() -> None:
    brier, relative = fatebook(forecaster=["a", "b"], start=[0, 0.1], p=[0.5, 0.9], closed=0.2)
    assert brier == pytest.approx({"a": 0.5, "b": 0.02})
    assert relative == pytest.approx({"a": 0.24, "b": -0.24})


def test_fatebook_alone_and_too_late() -> None:
    brier, relative = fatebook(forecaster=["a", "b"], start=[0, 3], p=[0.5, 0.5])
    assert brier["a"] == 0.5
    assert math.isnan(brier["b"])
    assert relative["a"] == 0
    brier, relative = fatebook(forecaster=["a", "a"], start=[0, 1], p=[0.5, 1.0])
    assert brier["a"] == pytest.approx(0.5 / 3)
    assert math.isnan(relative["a"])


def test_fatebook_days_that_miss_whole_by_rounding() -> None:
    brier, _ = fatebook(forecaster=["a"], start=[0.1], p=[0.5], opened=0.1, closed=0.1 + 0.7 + 0.3 + 2)
    assert brier["a"] == pytest.approx(0.5)


def test_fatebook_begins_an_interval_for_some_seconds() -> None:
    """Two days and five seconds: three intervals of .5, divided by two days."""
    brier, _ = fatebook(forecaster=["a"], start=[0], p=[0.5], closed=2 + 5 / 86_400)
    assert brier["a"] == pytest.approx(0.75)
    brier, _ = fatebook(forecaster=["a"], start=[0], p=[0.5], closed=2 + 10 / 86_400)
    assert brier["a"] == pytest.approx(0.5)


def test_fatebook_has_no_options() -> None:
    with pytest.raises(ValueError, match="question of its own"):
        fatebook(forecaster=["a"], start=[0], p=[[0.5, 0.5]])


@pytest.mark.parametrize("seed", range(6))
def test_fatebook_against_a_walk_over_its_forecasts(seed: int) -> None:
    question = random_question(seed, ends=False)
    question["start"] = np.abs(question["start"])
    length = [9.0, 9.37, 0.6][seed % 3]
    y, names = question["y"], sorted(set(question["forecaster"]))
    whole, sums = math.floor(length), {name: [0.0, 0.0] for name in names}
    for day in range(math.ceil(length)):
        begin, finish = float(day), min(day + 1.0, length)
        scores = {}
        for name in names:
            made = sorted(
                (s, p)
                for who, s, p in zip(question["forecaster"], question["start"], question["p"], strict=True)
                if who == name
            )
            within = [(s, p) for s, p in made if begin <= s < finish]
            before = [p for s, p in made if s <= begin]
            steps = ([(begin, before[-1])] if before else []) + within
            if not steps:
                continue
            weights = [(after[0] - now[0]) / (finish - begin) for now, after in pairwise(steps)]
            mean = (
                sum(w * p for w, (_, p) in zip(weights, steps, strict=False))
                + (1 - sum(weights)) * steps[-1][1]
            )
            scores[name] = 2 * (mean - y) ** 2
        median = statistics.median(scores.values()) if scores else 0
        share = (finish - begin) / length if whole else 1
        for name, score in scores.items():
            sums[name][0] += score * share
            sums[name][1] += (score - median) * share
    brier, relative = fatebook(
        forecaster=question["forecaster"], start=question["start"], p=question["p"], y=y, closed=length
    )
    for name in names:
        never = math.isnan(brier[name])
        assert never == all(
            s >= length
            for who, s in zip(question["forecaster"], question["start"], strict=True)
            if who == name
        )
        assert never or (brier[name], relative[name]) == pytest.approx(tuple(sums[name]))


# PredictionBook, Manifold


def test_predictionbook_counts_every_wager() -> None:
    scores = platforms.predictionbook_brier(
        forecaster=["a", "a", "b", "c"], p=[0.9, 0.6, 0.5, 0.5], y=[1, 0, 1, None]
    )
    assert scores["a"] == pytest.approx((0.01 + 0.36) / 2)
    assert scores["a"].n == 2
    assert scores["a"].error == pytest.approx(1 / math.sqrt(2))
    assert math.isnan(scores["c"])
    assert math.isnan(scores["c"].error)
    assert pickle.loads(pickle.dumps(scores["a"])).n == 2  # noqa: S301


def test_manifold_takes_shares() -> None:
    assert platforms.manifold_brier(
        forecaster=["a", "a", "b"], p=[0.6, 0.8, 0.5], y=[0.7, 0.7, 0.5]
    ) == pytest.approx({"a": 0.01, "b": 0})
    assert platforms.manifold_brier(forecaster=["a", "b"], p=[0.5, 0.9], y=1) == pytest.approx(
        {"a": 0.25, "b": 0.01}
    )


# ForecastBench


def test_forecastbench_where_all_answer_the_same_is_the_plain_mean() -> None:
    given: dict[str, Any] = {
        "question": [1, 2, 1, 2],
        "forecaster": ["a", "a", "b", "b"],
        "p": [0.9, 0.2, None, 0.5],
        "y": [1, 0, 1, 0],
    }
    assert platforms.forecastbench_adjusted(**given) == pytest.approx({"a": 0.025, "b": 0.25})
    assert platforms.forecastbench_index(**given) == pytest.approx(
        {"a": 100 * (1 - math.sqrt(0.025)), "b": 50}
    )


def test_forecastbench_against_dummies_and_a_forecaster_of_one_half() -> None:
    """Least squares on dummies.

    The shift is what a forecaster of 0.5, not in the fit, gets on every question.
    """
    random = np.random.default_rng(5)
    rows = [(q, f) for q in range(30) for f in range(6) if random.random() < 0.6]
    question, forecaster = (np.array(column) for column in zip(*rows, strict=True))
    y = random.integers(0, 2, 30)[question].astype(float)
    p = np.clip(y * 0.5 + random.uniform(0, 0.5, len(rows)), 0, 1)
    design = np.zeros((len(rows), 36))
    design[np.arange(len(rows)), forecaster] = 1
    design[np.arange(len(rows)), 6 + question] = 1
    effects = np.linalg.lstsq(design, (p - y) ** 2, rcond=None)[0]
    hardness = effects[6:][np.unique(question)]
    half = np.mean(0.25 - hardness)
    own = [np.mean(((p - y) ** 2 - effects[6 + question])[forecaster == f]) for f in range(6)]
    expected = {f: own[f] - half + 0.25 for f in range(6)}
    ours = platforms.forecastbench_adjusted(question=question, forecaster=forecaster, p=p, y=y)
    assert ours == pytest.approx(expected)


def test_forecastbench_apart_unresolved_and_below_nothing() -> None:
    given: dict[str, Any] = {
        "question": [1, 1, 2, 3],
        "forecaster": ["a", "b", "c", "a"],
        "p": [0.5, 0.4, 0.5, 0.9],
        "y": [1, 1, 1, None],
    }
    scores = platforms.forecastbench_adjusted(**given)
    assert math.isnan(scores["c"])
    assert scores["a"] == pytest.approx(0.25)
    hard: dict[str, Any] = {
        "question": [1, 1, 2, 2, 2],
        "forecaster": ["a", "b", "b", "c", "d"],
        "p": [0.0, 0.0, 1, 0.1, 0.1],
        "y": [1] * 5,
    }
    index = platforms.forecastbench_index(**hard)
    adjusted = platforms.forecastbench_adjusted(**hard)
    assert all(math.isnan(index[name]) == (adjusted[name] < 0) for name in "abcd")


# What is refused


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"p": [70, 0.5]}, "percentage"),
        ({"p": [0.5]}, "one row each"),
        ({"y": [1, 0]}, "one outcome"),
        ({"y": 2}, "no outcome"),
        ({"y": "yes"}, "text"),
        ({"end": [-1, NAN]}, "end lies before the start"),
        ({"start": [math.inf, 0]}, "finite"),
        ({"closed": -1}, "before the question opened"),
        ({"closed": NAN}, "one time in days"),
        ({"opened": [0, 1]}, "one time in days"),
        ({"forecaster": None}, "forecaster is needed"),
        ({"p": [[0.5, 0.4], [0.5, 0.5]]}, "sum"),
        ({"p": [[0.5, 0.5], [0.1, 0.1, 0.8]]}, "p has rows of different lengths"),
        ({"forecaster": ["a"]}, "forecaster has 1, start has 2, end has 2, p has 2$"),
        ({"forecaster": "ab"}, "'ab' is one name"),
        ({"forecaster": [["a"], ["b"]]}, "one name for each row"),
        ({"start": ["2025-01-01", "2025-01-02"]}, "text"),
    ],
)
@pytest.mark.parametrize(
    "name", ["metaculus_baseline", "metaculus_peer", "gjopen_brier", "gjopen_accuracy", "fatebook_brier"]
)
def test_bad_input_is_refused(name: str, wrong: dict[str, Any], message: str) -> None:
    function = getattr(platforms, name)
    given = (
        {"forecaster": ["a", "b"], "start": [0, 1], "end": [NAN, NAN], "p": [0.5, 0.6], "y": 1}
        | TIMES
        | wrong
    )
    if name == "fatebook_brier" and message == "sum":
        message = "question of its own"
    with pytest.raises((ValueError, TypeError), match=message):
        function(**{key: given[key] for key in inspect.signature(function).parameters if key in given})


def test_scheduled_close_lies_after_the_opening() -> None:
    with pytest.raises(ValueError, match="scheduled_close"):
        baseline(forecaster=["a"], start=[0], end=[NAN], p=[0.5], scheduled_close=0, closed=0)


@pytest.mark.parametrize("name", sorted(set(platforms.__all__)))
def test_nothing_but_missing_rows(name: str) -> None:
    function = getattr(platforms, name)
    given: dict[str, Any] = {
        "question": [1],
        "forecaster": ["a"],
        "start": [0],
        "end": [NAN],
        "p": [0.5],
        "y": [NAN],
        "spot": 1,
    } | TIMES
    scores = function(**{key: given[key] for key in inspect.signature(function).parameters if key in given})
    assert list(scores) == ["a"]
    assert scores["a"] == 0 or math.isnan(scores["a"])
