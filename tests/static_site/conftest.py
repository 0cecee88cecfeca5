"""Databases and the folders of their sites."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecastlog.database import metadata
from forecastlog.static_site import export_site
from tests.site.conftest import ESSAY, NASTY, database

PUBLIC = "https://log.example/forecasts/"

__all__ = ["NASTY", "PUBLIC", "export"]


def export(path: Path, folder: Path, public: str = PUBLIC) -> Path:
    """The folder, filled from the database at ``path``."""
    export_site(path, folder, metadata(), public=public)
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small database."""
    return database(tmp_path_factory.mktemp("built"), articles={"essay": ESSAY})


@pytest.fixture(scope="session")
def folder(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its site."""
    return export(built, tmp_path_factory.mktemp("exported") / "site")
