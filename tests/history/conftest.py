from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.history.desk import desk
from tests.history.repository import Repository


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return desk(tmp_path_factory.mktemp("desk")).folder


@pytest.fixture
def ledger(made_once: Path, tmp_path: Path) -> Repository:
    """A copy of the desk's ledger, with its history."""
    return Repository(shutil.copytree(made_once, tmp_path / "desk"))
