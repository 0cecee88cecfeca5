"""Labelled phrases: the labels were written down before any of them was read."""

import csv
import math
from pathlib import Path

import pytest

from forecastlog.amounts import Amount, not_understood, parse_amount

with (Path(__file__).parent / "phrases.csv").open(encoding="utf-8", newline="") as lines:
    PHRASES = list(csv.DictReader(lines))


def number(text: str) -> float | None:
    return float(text) if text else None


@pytest.mark.parametrize("row", PHRASES, ids=lambda row: f"{row['words']}|{row['locale']}|{row['base']}")
def test_phrase(row: dict[str, str]) -> None:
    locale, base = row["locale"] or None, number(row["base"])
    read = parse_amount(row["words"], locale=locale, base=base)
    reason = not_understood(row["words"], locale=locale, base=base)
    if row["value"] == "none":
        assert read is None
        assert reason
        return
    assert isinstance(read, Amount), reason
    assert reason is None
    expected = (number(row["value"]), number(row["low"]), number(row["high"]), number(row["level"]))
    for ours, label in zip((read.value, read.low, read.high, read.level), expected, strict=True):
        assert (ours is None) == (label is None)
        assert label is None or ours is None or math.isclose(ours, label, rel_tol=1e-12)
    assert (read.unit or "", read.sign) == (row["unit"], row["sign"])
