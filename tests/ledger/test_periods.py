"""A desk's own periods in its settings: read with every fault, and used wherever words are read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from forecastlog.ledger.settings import read_settings
from forecastlog.ledger.source import Source


def read(text: str) -> tuple[dict[str, tuple[tuple[date, date], ...]], list[str]]:
    settings, problems = read_settings(Source(text, Path("forecastlog.toml"), name="forecastlog.toml"))
    return dict(settings.periods), [f"{problem.code} {problem.message}" for problem in problems]


def test_periods_are_read_in_order() -> None:
    text = '[periods]\nseason = ["2025-08-15/2026-05-24", "2024-08-16/2025-05-25"]\nbudget = 2025-11-26\n'
    assert read(text) == (
        {
            "season": (
                (date(2024, 8, 16), date(2025, 5, 25)),
                (date(2025, 8, 15), date(2026, 5, 24)),
            ),
            "budget": ((date(2025, 11, 26), date(2025, 11, 26)),),
        },
        [],
    )


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ('periods = "season"', "P106 periods is a table"),
        ("[periods]\nseason = 3", "P102 the period 'season' is no list of first and last days"),
        ("[periods]\nseason = []", "P102 the period 'season' is no list of first and last days"),
        ('[periods]\nseason = "2025-02-30"', "P102 the period 'season' is no list of first and last days"),
        (
            '[periods]\nseason = [["2025-02-03"]]',
            "P102 the period 'season' is no list of first and last days",
        ),
        (
            '[periods]\nseason = "2025-08-15/2024-05-24"',
            "P102 the period 'season' ends on 2024-05-24, before it begins, 2025-08-15",
        ),
        (
            '[periods]\nseason = ["2025-01-01/2025-06-01", "2025-06-01/2025-12-31"]',
            "P106 the period 'season' has two times that overlap on 2025-06-01",
        ),
        ('[periods]\n"2025" = "2025-01-01"', "P106 '2025' is no name of a period"),
        ('[periods]\n"" = "2025-01-01"', "P106 '' is no name of a period"),
        (
            "[periods.season]\nfirst = 2025-01-01",
            "P102 the period 'season' is no list of first and last days",
        ),
    ],
)
def test_a_fault_leaves_the_period_out(written: str, message: str) -> None:
    assert read(written) == ({}, [message])
