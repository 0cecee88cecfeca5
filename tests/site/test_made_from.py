"""Every response names the commit of its data, so that somebody outside can hold the log to it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from forecastlog.database import build
from forecastlog.ledger import load
from tests.history.desk import desk
from tests.history.repository import TODAY, Repository


def answers(ledger: Repository, path: Path, *addresses: str) -> list[Any]:
    """What a site over the ledger's database answers."""
    build(load(ledger.root), path, today=TODAY)
    datasette = Datasette([str(path)])

    async def ask() -> list[Any]:
        await datasette.invoke_startup()
        return [await datasette.client.get(address) for address in addresses]

    return asyncio.run(ask())


@pytest.mark.parametrize("more", ["", "# not committed\n"])
def test_pages_and_data_name_their_commit(tmp_path: Path, more: str) -> None:
    ledger = desk(tmp_path)
    head = ledger.git("rev-parse", "HEAD").strip()
    with (ledger.root / "essay.yaml").open("a") as file:
        file.write(more)
    addresses = ("/", "/log/predictions/truce", "/log/audit", "/log/predictions.json", "/log/no-such-table")
    found = answers(ledger, tmp_path / "log.db", *addresses)
    told = f"{head}; uncommitted" if more else head
    assert {answer.headers.get("x-forecastlog-commit") for answer in found} == {told}
    assert all(head[:12] in answer.text for answer in found[:2])
    assert ("and from what was not committed" in found[0].text) == bool(more)


def test_without_git_no_commit_is_named(tmp_path: Path) -> None:
    ledger = desk(tmp_path)
    (ledger.folder / ".git").rename(ledger.folder / "elsewhere")
    (answer,) = answers(ledger, tmp_path / "log.db", "/")
    assert "x-forecastlog-commit" not in answer.headers
    assert "Made from commit" not in answer.text
