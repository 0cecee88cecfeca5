"""Curves: none through a handful, a thin one through many, and the parts that add up to the score."""

from __future__ import annotations

import pytest

from forecastlog.scorebook import pairs, scorebook
from forecastlog.scorebook.curves import MIN_PAIRS, MOST_POINTS, curves, decompositions
from forecastlog.scorebook.frames import Scorebook
from tests.records import day, forecast, ledger, prediction, resolution


def book(n: int) -> Scorebook:
    """``n`` claims given 0, 1/n, 2/n ...; two of three came true."""
    claims = [
        prediction(
            forecast(number / n),
            id=f"claim-{number}",
            event=f"event-{number}",
            resolutions=(resolution("yes" if number % 3 else "no"),),
        )
        for number in range(n)
    ]
    found = ledger(*claims)
    return scorebook(pairs(found, day("2026-11-23")), found, rule="daily")


def test_parts_add_up_to_the_score() -> None:
    parts = next(decompositions(book(30)))
    assert parts.n == 30
    assert parts.miscalibration - parts.discrimination + parts.uncertainty == pytest.approx(parts.brier)


@pytest.mark.parametrize(
    ("n", "points"), [(MIN_PAIRS - 1, 0), (MIN_PAIRS, MIN_PAIRS), (MOST_POINTS + 50, 101)]
)
def test_how_many_points_a_curve_has(n: int, points: int) -> None:
    drawn = list(curves(book(n)))
    assert len(drawn) == points  # of very many probabilities only whole percents
    assert [point.fitted for point in drawn] == sorted(point.fitted for point in drawn)
