"""Curves: none through a handful, a thin one through many, and the parts that add up to the score."""

from __future__ import annotations

import pytest

from forecastlog.scorebook import pairs, scorebook
from forecastlog.scorebook.curves import MOST_POINTS, curves, decompositions
from forecastlog.scorebook.frames import Scorebook
from forecastlog.vocabulary.thresholds import ENOUGH_EVENTS
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
    figures = (parts.miscalibration, parts.discrimination, parts.uncertainty)
    assert None not in figures
    assert figures[0] - figures[1] + figures[2] == pytest.approx(parts.brier)  # type: ignore[operator]  # just seen


def test_a_score_on_few_events_is_not_taken_apart() -> None:
    parts = next(decompositions(book(ENOUGH_EVENTS - 1)))
    assert (parts.n, parts.miscalibration, parts.discrimination) == (ENOUGH_EVENTS - 1, None, None)


@pytest.mark.parametrize(
    ("n", "points"), [(ENOUGH_EVENTS - 1, 0), (ENOUGH_EVENTS, ENOUGH_EVENTS), (MOST_POINTS + 50, 101)]
)
def test_how_many_points_a_curve_has(n: int, points: int) -> None:
    drawn = list(curves(book(n)))
    assert len(drawn) == points  # of very many probabilities only whole percents
    assert [point.fitted for point in drawn] == sorted(point.fitted for point in drawn)
