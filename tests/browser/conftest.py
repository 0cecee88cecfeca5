"""One server and one browser for the tests of a module: neither may outlive it into other tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from . import places, reader, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's ledger, built."""
    return serving.build(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def addresses(database: Path) -> dict[str, str]:
    return places.addresses(database)


@pytest.fixture(scope="module")
def base(database: Path) -> Iterator[str]:
    """The address of ``forecastlog serve``."""
    with serving.serving(database) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with reader.chromium() as found:
        yield found
