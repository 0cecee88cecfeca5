"""Probabilities that are one value, whatever arithmetic they came from; and arguments that are None."""

import inspect
import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from forecastlog import scoring
from forecastlog.scoring import Tally, bootstrap, brier, mean_score

P, Y = [0.3, 1 - 0.7, 0.3, 1 - 0.7], [1, 0, 1, 0]


def frames(data: pd.DataFrame) -> dict[str, Any]:
    polars, pyarrow, duckdb = (pytest.importorskip(name) for name in ("polars", "pyarrow", "duckdb"))
    return {
        "pandas": data,
        "polars": polars.from_pandas(data),
        "lazy polars": polars.from_pandas(data).lazy(),
        "pyarrow": pyarrow.Table.from_pandas(data),
        "duckdb": duckdb.from_arrow(pyarrow.Table.from_pandas(data)),
    }


def same(tally: Tally) -> None:
    assert tally.murphy().reliability == pytest.approx(0.04, abs=1e-12)  # (0.3 - 0.5)^2
    assert tally.murphy().resolution == pytest.approx(0, abs=1e-12)
    assert tally.auc() == 0.5
    assert tally.corp().p.size == 1
    assert tally.calibration(10).n.nonzero()[0].tolist() == [2]


def test_one_value_in_arrays_and_in_every_merge() -> None:
    same(Tally.of_arrays(p=P, y=Y))
    parts = [Tally.of_arrays(p=[p], y=[y]) for p, y in zip(P, Y, strict=True)]
    for order in itertools.permutations(parts):
        same(sum(order, start=Tally.of_arrays(p=[], y=[])))


def test_one_value_whatever_the_engine() -> None:
    data = pd.DataFrame({"probability": P, "outcome": Y})
    for frame in frames(data).values():
        same(Tally.of(frame))
    for frame in frames(data.astype({"probability": "float32"})).values():
        same(Tally.of(frame))
        same(Tally.of(frame) + Tally.of(data))


def test_32_bits_tell_six_digits_apart_and_keep_their_sums() -> None:
    p = np.array([0.3, 0.3000001, 0.30001], np.float32)
    tally = Tally.of_arrays(p=p, y=[1, 0, 1])
    assert tally.corp().p.tolist() == [0.3, 0.30001]
    wide = p.astype(np.float64)
    assert tally.brier() == pytest.approx(float(np.mean((wide - [1, 0, 1]) ** 2)), rel=1e-15)
    assert (tally + tally).brier() == pytest.approx(tally.brier(), rel=1e-15)


@pytest.mark.parametrize("p", [0.3, 0.1, 0.07, 0.001, 1e-9, 0.999, 1 / 3])
def test_values_a_rounding_apart_are_one_and_the_next_digit_is_another(p: float) -> None:
    above = np.nextafter(p, 1)
    further = p * (1 + 2e-11)
    assert Tally.of_arrays(p=[p, above], y=[1, 0]).corp().p.tolist() == [p]
    assert Tally.of_arrays(p=[p, further], y=[1, 0]).corp().p.size == 2


def test_sums_are_those_of_the_figures_given() -> None:
    random = np.random.default_rng(3)
    base = random.random(500)
    p = np.concatenate([base, np.clip(base * (1 + random.uniform(-3e-13, 3e-13, 500)), 0, 1)])
    y = (random.random(1000) < p).astype(float)
    tally = Tally.of_arrays(p=p, y=y)
    assert tally.corp().p.size < 1000
    for name, rule in (
        ("brier", scoring.brier),
        ("log", scoring.log_score),
        ("spherical", scoring.spherical),
    ):
        assert getattr(tally, name)() == pytest.approx(rule(p=p, y=y).mean(), rel=1e-15, abs=0)
    halves = Tally.of_arrays(p=p[:500], y=y[:500]) + Tally.of_arrays(p=p[500:], y=y[500:])
    assert halves == tally
    assert halves.brier() == pytest.approx(tally.brier(), rel=1e-15)
    assert 1 - 1e-14 not in Tally.of_arrays(p=[1.0, 1 - 1e-14], y=[1, 1]).corp().p[1:]


def test_certain_and_nearly_certain_keep_their_own_log_scores() -> None:
    tally = Tally.of_arrays(p=[1.0, 1 - 1e-14], y=[1, 0])
    assert (tally.infinite, tally.corp().p.size) == (0, 1)
    assert tally.log() == pytest.approx(-np.log(1e-14) / 2, rel=1e-2)


def test_the_bootstrap_keeps_the_sums() -> None:
    data = pd.DataFrame({"probability": P, "outcome": Y, "event": [1, 2, 3, 4]})
    assert bootstrap(data, statistic="brier", n=50).value == mean_score(brier, p=P, y=Y)


@pytest.mark.parametrize("closed", ["right", "left"])
def test_edges_of_bins_are_met_by_what_equals_them(closed: Any) -> None:
    places = [
        np.flatnonzero(Tally.of_arrays(p=[p], y=[1]).calibration(10, closed=closed).n).tolist()
        for p in (0.3, 1 - 0.7, 0.1 + 0.2, 0.1 * 3)
    ]
    assert places == [[2 if closed == "right" else 3]] * 4
    thirds = Tally.of_arrays(p=[1 / 3, 2 / 3], y=[1, 1]).calibration(3, closed=closed)
    assert thirds.n.tolist() == ([1, 1, 0] if closed == "right" else [0, 1, 1])


def calls() -> list[tuple[str, Callable[..., Any], str]]:
    public = {name: getattr(scoring, name) for name in scoring.__all__ if name != "Tally"}
    public |= {"Tally.of": Tally.of, "Tally.of_arrays": Tally.of_arrays}
    public |= {f"platforms.{name}": getattr(scoring.platforms, name) for name in scoring.platforms.__all__}
    return [
        (name, function, argument)
        for name, function in public.items()
        if inspect.isfunction(function) or inspect.ismethod(function)
        for argument, about in inspect.signature(function).parameters.items()
        if about.default is inspect.Parameter.empty
    ]


CALLS = calls()


def a_value_for(argument: str) -> Any:
    many = {"lower": [[0.1]], "upper": [[0.9]], "members": [[0.5]], "alpha": [0.5]}
    frame = pd.DataFrame({"probability": [0.5], "outcome": [1], "event": [1]})
    others = {"frame": frame, "statistic": "brier", "rule": brier, "y": [1], "start": [0.0], "end": [1.0]}
    others |= {"opened": 0, "closed": 1, "scheduled_close": 1, "spot": 0.5}
    return many.get(argument, others.get(argument, [0.5]))


@pytest.mark.parametrize(("name", "function", "argument"), CALLS, ids=[f"{one[0]}-{one[2]}" for one in CALLS])
def test_a_required_argument_that_is_none_is_named(
    name: str, function: Callable[..., Any], argument: str
) -> None:
    required = [given for other, _, given in CALLS if other == name]
    arguments = {given: a_value_for(given) for given in required} | {argument: None}
    with pytest.raises((TypeError, ValueError), match=rf"\b{argument}\b"):
        function(**arguments)


def test_a_missing_element_is_no_missing_argument() -> None:
    assert np.isnan(brier(p=[None], y=[1])).all()
    assert Tally.of_arrays(p=[None, 0.5], y=[1, None]).dropped == 2
