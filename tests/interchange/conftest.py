"""A ledger to import into, and the command on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from forecastlog.cli.main import main
from forecastlog.ledger import load
from forecastlog.model.records import Prediction

Import = Callable[..., Result]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "predictions"
    folder.mkdir()
    (folder / "forecastlog.toml").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FORECASTLOG_TODAY", "2026-11-29")
    monkeypatch.setenv("FORECASTLOG_BY", "Ann")
    return folder


@pytest.fixture
def run(root: Path) -> Import:
    def invoke(*arguments: str, code: int = 0) -> Result:
        result = CliRunner().invoke(main, [*arguments], prog_name="forecastlog")
        assert result.exit_code == code, result.stderr
        return result

    return invoke


def predictions(root: Path) -> dict[str, Prediction]:
    """The imported records by their claims; no fault is in any."""
    loaded = load(root)
    assert not loaded.problems
    return {one.claim: one for one in loaded.ledger.imported}


def figures(record: Prediction) -> list[tuple[str, str, float]]:
    """Who said how much of a prediction when."""
    return [(one.by, str(one.made), one.says.probability) for one in record.forecasts]  # type: ignore[union-attr]


def outcome(record: Prediction) -> tuple[str, str | None, str] | None:
    """What became of it, why, and when that was known."""
    return next(((one.outcome, one.reason, str(one.known)) for one in record.resolutions), None)
