"""Errors by how far ahead a figure was said, worked out by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from forecastlog.ledger import load
from forecastlog.scorebook import ahead_rows, pairs
from forecastlog.scorebook.tables import tables_of

HEAD = """\
article: {id: outlook, title: An outlook, publisher: The Bank, authors: [The Bank], published: 2024-12-20,
  logged: 2024-12-20}
predictions:
"""
ONE = """\
  - id: growth-{year}
    kind: numeric
    unit: "%"
    quantity: growth
    vintage: {vintage}
    claim: Growth in {year}.
    made: {made}
    logged: {made}
    deadline: {{latest: {year}-12-31, basis: stated}}
    criteria: The office's figure.
    settled_by: the office
    status_quo: {last}
    forecasts:
      - {{value: {first}}}
      - {{made: {later}, logged: {later}, value: {second}}}
    resolutions:
      - {{outcome: "{came}", vintage: {vintage}, known: {next}-02-01, recorded: {next}-02-01, by: Eve,
        evidence: ["https://x.example/{year}"]}}
"""


def row(year: int, came: float, last: float, said: tuple[float, float], vintage: str = "first") -> str:
    first, second = said
    days = {"made": f"{year - 1}-12-20", "later": f"{year}-06-20", "next": year + 1}
    return ONE.format(year=year, came=came, last=last, first=first, second=second, vintage=vintage, **days)


def test_a_row_for_each_distance_and_vintage(tmp_path: Path) -> None:
    text = (
        HEAD
        + row(2025, 2.0, 1.0, (3.0, 2.5))
        + row(2026, 1.0, 2.0, (0.5, 2.5))
        + row(2027, 1.0, 1.0, (9.0, 9.0), "final")
    )
    (tmp_path / "2024-12-20-outlook.yaml").write_text(text, encoding="utf-8")
    loaded = load(tmp_path)
    assert not loaded.problems
    counted = pairs(loaded.ledger, date(2028, 6, 1), rule="daily")
    rows = list(ahead_rows(tables_of(counted, loaded.ledger).misses))
    first = [one for one in rows if one.vintage == "first"]
    assert [(one.quarters, one.n, one.targets) for one in first] == [(2, 2, 2), (4, 2, 2)]
    near, far = first
    assert near.bias == near.absolute == pytest.approx(1.0)  # 2.5 - 2, 2.5 - 1
    assert near.root_mean_square == pytest.approx(((0.5**2 + 1.5**2) / 2) ** 0.5)
    assert far.bias == pytest.approx(0.25)  # 3 - 2, 0.5 - 1
    assert far.absolute == pytest.approx(0.75)
    assert far.last_value == pytest.approx(1.0)
    assert {one.quantity for one in rows} == {"growth"}
    assert [one.bias for one in rows if one.vintage == "final"] == [pytest.approx(8.0)] * 2
