"""Lazy frames: whichever way the engine counts, the Tally is that of the rows."""

from typing import Any

import duckdb
import numpy as np
import polars as pl
import pytest

from forecastlog.scoring import Tally, lazy, tally

N = 4000


def frame(*, decimals: int, shares: bool = False) -> pl.DataFrame:
    random = np.random.default_rng(1)
    p = np.round(random.random(N), decimals)
    p[:6] = [0, 0, 1, 1, 0, 1]
    y = (random.random(N) < p).astype(float)
    y[:6] = [1, 0, 0, 1, 1, 0]
    values: dict[str, Any] = {"who": random.choice(["ann", "bob", "cy"], N), "p": p, "y": y}
    if shares:
        y[::7], p[::11] = 0.25, np.nan
        values["w"] = random.integers(1, 4, N) / 2
    return pl.DataFrame(values).with_columns(
        pl.when(pl.int_range(N) % 13 > 0).then(pl.col("who")).alias("who")
    )


@pytest.mark.parametrize("most_places", [10_000, 10])
@pytest.mark.parametrize("shares", [False, True])
def test_numbered_or_summed_by_p(monkeypatch: pytest.MonkeyPatch, most_places: int, shares: bool) -> None:
    monkeypatch.setattr(lazy, "MOST_PLACES", most_places)
    given = frame(decimals=3, shares=shares)
    names: dict[str, Any] = {"by": "who", "p": "p", "y": "y", "weight": "w" if shares else None}
    connection = duckdb.connect()
    for other in (given.lazy(), connection.sql("from given")):
        got = Tally.of(other, **names)
        assert got == Tally.of(given, **names)
        assert got.groups == [("ann",), ("bob",), ("cy",), (None,)]


@pytest.mark.parametrize("shares", [False, True])
def test_too_many_to_keep_are_binned_by_the_engine(monkeypatch: pytest.MonkeyPatch, shares: bool) -> None:
    given = frame(decimals=9, shares=shares)
    names: dict[str, Any] = {"by": "who", "p": "p", "y": "y", "weight": "w" if shares else None}
    exact = Tally.of(given, **names)
    monkeypatch.setattr(lazy, "MOST_PLACES", 10)
    monkeypatch.setattr(lazy, "MOST_CELLS", 100)
    monkeypatch.setattr(tally, "MOST_CELLS", 100)
    binned = Tally.of(given, **names)
    connection = duckdb.connect()
    for other in (given.lazy(), connection.sql("from given")):
        got = Tally.of(other, **names)
        assert got.binned == binned.binned
        assert np.array_equal(got.cells.p, binned.cells.p)
        assert np.array_equal(got.n(), exact.n())
        assert np.array_equal(got.dropped, exact.dropped)
        assert np.array_equal(got.infinite, exact.infinite)
        for score in ("brier", "log", "spherical"):
            assert getattr(got, score)() == pytest.approx(getattr(exact, score)(), rel=1e-12)
        assert got.auc() == pytest.approx(exact.auc(), abs=1e-4)


def test_a_kept_frame_is_looked_up() -> None:
    given = frame(decimals=2)
    kept = []

    def keep(small: Any) -> Any:
        kept.append(small.collect())
        return kept[-1].lazy()

    assert Tally.of(given.lazy(), by="who", p="p", y="y", keep=keep) == Tally.of(
        given, by="who", p="p", y="y"
    )
    assert [len(small) for small in kept] == [4, 101]


def test_what_is_refused_names_no_row_of_the_sums() -> None:
    for p, y, told in (
        (-0.5, 1.0, "^-0.5 is no probability"),
        (70.0, 1.0, "^70 is more"),
        (0.5, 3.0, "^3 is no outcome"),
    ):
        with pytest.raises(ValueError, match=told):
            Tally.of(pl.LazyFrame({"p": [0.5, p], "y": [0.0, y]}), p="p", y="y")
    with pytest.raises(TypeError, match="p holds text"):
        Tally.of(pl.LazyFrame({"p": ["0.5"], "y": [1]}), p="p", y="y")
