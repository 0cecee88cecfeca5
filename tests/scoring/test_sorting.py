"""Sorted numbers are as numpy has them, however large they are."""

from __future__ import annotations

import numpy as np
import pytest

from forecastlog.scoring.sorting import distinct, sorted_places, starts


@pytest.mark.parametrize("most", [0, 3, 10**6, 2**62])  # the last leaves no room for places
@pytest.mark.parametrize("size", [0, 1, 5000])
def test_sorted_numbers(most: int, size: int) -> None:
    numbers = np.random.default_rng(2026).integers(0, most, size, endpoint=True)
    found, first = np.unique(numbers, return_index=True)
    assert distinct(numbers).tolist() == found.tolist()
    order = sorted_places(numbers)
    assert order.tolist() == np.argsort(numbers, kind="stable").tolist()
    assert np.sort(order[starts(numbers[order])]).tolist() == np.sort(first).tolist()
