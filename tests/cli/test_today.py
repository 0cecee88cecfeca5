"""Today is a day of the ledger's time zone, where it has one."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from forecastlog.cli.options import today_at

from .conftest import Run


def test_today_is_a_day_of_the_ledgers_zone(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two zones that are 26 hours apart never have the same day."""
    monkeypatch.delenv("FORECASTLOG_TODAY", raising=False)
    root = project / "predictions"
    settings = (
        (root / "forecastlog.toml").read_text(encoding="utf-8")
        if (root / "forecastlog.toml").exists()
        else ""
    )
    days = []
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        (root / "forecastlog.toml").write_text(f'{settings}\ntimezone = "{zone}"\n', encoding="utf-8")
        days.append(today_at(root))
        own = (
            "--own",
            "60%",
            "--claim",
            "It rains.",
            "--criteria",
            "Yes if the gauge has 1 mm.",
            "--by",
            "Robin",
        )
        assert (
            run(
                "add",
                "talks-2025",
                "--quote",
                "it will likely rain",
                "--words",
                "likely",
                *own,
                env={"FORECASTLOG_TODAY": ""},
            ).exit_code
            == 0
        )
        assert f"logged: {days[-1]}" in (root / "talks.yaml").read_text(encoding="utf-8")
    assert timedelta(days=1) <= days[0] - days[1] <= timedelta(days=2)
