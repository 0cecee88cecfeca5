"""The demonstration ledger is what its commands write, and every kind goes through build and site."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from datasette.app import Datasette

from forecastlog.cli.main import main
from forecastlog.database import build, metadata
from forecastlog.ledger import load
from tests.demonstration import LEDGER, commands

DAY = date(2026, 7, 1)
FIRST = "forecasters:\n  - {id: kim, name: Kim, kind: desk}\n"


def test_the_commands_alone_make_the_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "predictions"
    root.mkdir()
    (root / "people.yaml").write_text(FIRST, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for typed in commands():
        done = CliRunner().invoke(main, typed.arguments)
        assert done.exit_code == 0, (typed.text, done.output)
    made = {path.name: path.read_text(encoding="utf-8") for path in root.glob("*.yaml")}
    assert made == {path.name: path.read_text(encoding="utf-8") for path in LEDGER.glob("*.yaml")}
    done = CliRunner().invoke(main, ["check", "--today", str(DAY)])
    assert "7 predictions, 0 conditions: no problems" in done.output


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demonstration") / "log.db"
    build(load(LEDGER), path, today=DAY)
    return path


def test_every_kind_is_scored_in_columns_of_its_own(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(
            "select prediction_id, kind, brier, brier_multi, absolute_error, absolute_error_days, "
            "inside from scores where reason is null order by prediction_id, forecaster_id"
        ).fetchall()
        kinds = {row[0] for row in connection.execute("select distinct kind from measures")}
    told = {(row[0], row[1]): row[2:] for row in rows}
    assert all(row[2] is None for row in rows)  # no yes or no
    assert told["summer-2025", "choice"][1] == pytest.approx(0.45**2 + 0.65**2 + 0.2**2)
    assert told["hill-seats", "numeric"] == (None, None, None, None, 0)
    assert told["growth-2025", "numeric"][2] == pytest.approx(0.4)
    assert kinds == {"choice", "numeric", "date"}


def test_every_page_of_every_kind_can_be_read(database: Path) -> None:
    names = [prediction.id for prediction in load(LEDGER).ledger.predictions]
    site = Datasette([str(database)], metadata=metadata(name=database.stem))

    async def read() -> dict[str, tuple[int, str]]:
        await site.invoke_startup()
        found = {}
        for path in ["/", *(f"/log/predictions/{name}" for name in names), "/log/measures", "/log/scores"]:
            answer = await site.client.get(path, follow_redirects=True)
            found[path] = answer.status_code, " ".join(answer.text.split())
        return found

    pages = asyncio.run(read())
    assert {path: code for path, (code, _) in pages.items() if code != 200} == {}
    inflation = pages["/log/predictions/inflation-2025"][1]
    assert (
        "missed by 0.3 percentage points; the last known value would have missed by 0.4; inside" in inflation
    )
    drawn = {path: text.count("What was expected, and what came") for path, (_, text) in pages.items()}
    assert drawn["/log/predictions/inflation-2025"] > 0
    assert drawn["/log/predictions/summer-2025"] == 0
    assert "What each option was given" in pages["/log/predictions/summer-2025"][1]
    assert "in part" not in pages["/"][1]  # no number, day or option happens in part
