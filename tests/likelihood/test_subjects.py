"""Phrases from many subjects, labelled before they were run, with point, band and basis."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecastlog.likelihood import not_understood, parse_likelihood
from forecastlog.likelihood.anchors import anchors

LABELLED = [
    tuple(part.strip() for part in line.split("|"))
    for line in Path(__file__).with_name("subjects.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def meant(label: str) -> tuple[float | None, float, float, str]:
    """The point, low, high and basis that a label stands for."""
    if label in anchors():
        anchor = anchors()[label]
        return anchor.probability, anchor.low, anchor.high, anchor.basis
    basis = "worded" if label.endswith("worded") else "stated"
    figures = [float(figure) for figure in label.removesuffix("worded").split()]
    low, point, high = figures if len(figures) == 3 else figures * 3
    return point, low, high, basis


@pytest.mark.parametrize(("words", "label"), LABELLED)
def test_phrase(words: str, label: str) -> None:
    found = parse_likelihood(words)
    if label == "refused" or label.startswith("shows "):
        unread = not_understood(words)
        assert found is None
        assert unread is not None
        assert label.removeprefix("shows ") in unread.part or label == "refused"
        return
    assert found is not None
    point, low, high, basis = meant(label)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-6)
    assert found.probability == (None if point is None else pytest.approx(point, abs=1e-6))
    assert found.basis == basis
