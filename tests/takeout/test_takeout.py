"""What is taken along.

The same figures as in the database, a package that holds together, and records that come back.
"""

import csv
import json
import shutil
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner

from forecastlog.cli.main import main
from forecastlog.column import Column, Row
from forecastlog.database.build import sound_tables
from forecastlog.ledger import load
from forecastlog.takeout.daily import daily_rows
from forecastlog.takeout.forms import FORMS, write_rows
from forecastlog.takeout.package import write_package

LEDGER = Path(__file__).parents[2] / "predictions"
TODAY = date(2026, 11, 29)
IMPORTED = """\
{"type": "prediction", "id": "rain", "recorded": "2025-01-02T08:00:00Z", "source": "a list", \
"claim": "=It rains.", "speaker": "ann", "made": "2025-01-01", "latest": "2025-02-01", \
"tags": ["weather"], "criteria": "By the gauge."}
{"type": "forecast", "id": "f1", "prediction": "rain", "recorded": "2025-01-02T08:00:00Z", "by": "ann", \
"made": "2025-01-01T09:30:05Z", "probability": 0.7}
{"type": "forecast", "id": "f2", "prediction": "rain", "recorded": "2025-01-05T08:00:00Z", "by": "ann", \
"made": "2025-01-04", "probability": 0.9}
{"type": "resolution", "id": "r1", "prediction": "rain", "recorded": "2025-02-03T08:00:00Z", "by": "ann", \
"outcome": "yes", "known": "2025-02-01"}
{"type": "correction", "id": "c1", "recorded": "2025-02-04T08:00:00Z", "by": "ann", "corrects": "f2", \
"set": {"probability": 0.8}, "reason": "typo"}
"""


def run(*arguments: object, code: int = 0) -> str:
    found = CliRunner().invoke(main, [*map(str, arguments), "--today", str(TODAY)])
    assert found.exit_code == code, found.output
    return found.stderr


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger that machines wrote alone."""
    root = tmp_path / "predictions"
    (root / "imports" / "list").mkdir(parents=True)
    (root / "forecastlog.toml").write_text("format = 1\n")
    (root / "people.yaml").write_text("forecasters:\n  - id: ann\n    name: Ann\n    kind: person\n")
    (root / "imports" / "list" / "2025-01.jsonl").write_text(IMPORTED)
    return root


@pytest.fixture(scope="module")
def tables() -> dict[str, list[Row]]:
    """What is published of the repository's own ledger."""
    return sound_tables(load(LEDGER), TODAY)


def test_a_package_of_all_tables(tmp_path: Path, tables: dict[str, list[Row]]) -> None:
    folder = tmp_path / "out"
    for form in ("jsonl", "csv"):  # the second replaces the first
        write_package(folder, FORMS[form], tables, ledger=LEDGER)
    package = json.loads((folder / "datapackage.json").read_text())
    listed = {resource["path"]: resource for resource in package["resources"]}
    assert {path.name for path in folder.iterdir()} == {*listed, "datapackage.json"}
    ids: dict[str, set[str]] = {}
    held: dict[str, list[dict[str, str]]] = {}
    for path, resource in listed.items():
        with (folder / path).open(newline="") as file:
            held[path] = list(csv.DictReader(file))
        fields = resource["schema"]["fields"]
        assert len(held[path]) == len(tables[path.removesuffix(".csv")])
        assert all(set(row) == {field["name"] for field in fields} for row in held[path])
        assert all(
            field["description"] and field["type"] in ("string", "integer", "number") for field in fields
        )
        keys = [tuple(row[key] for key in resource["schema"]["primaryKey"]) for row in held[path]]
        assert len(set(keys)) == len(keys)
        ids[resource["name"]] = {row["id"] for row in held[path] if "id" in row}
    for path, resource in listed.items():
        for key in resource["schema"].get("foreignKeys", []):
            target = ids[key["reference"]["resource"]]
            assert {row[key["fields"]] for row in held[path]} - {""} <= target


def test_where_a_package_may_stand(ledger: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    for form in ("csv", "parquet"):
        assert "tables to" in run("export", "data", folder, "--form", form, "--ledger", ledger)
    assert pl.read_parquet(folder / "predictions.parquet")["claim"].to_list() == ["=It rains."]
    assert not (folder / "predictions.csv").exists()
    descriptor = json.loads((folder / "datapackage.json").read_text())
    named = ("..", "", "a\0b", "../people.yaml", "\ud800.csv", "folder.csv")
    descriptor["resources"] += [{"path": name} for name in named]
    (folder / "datapackage.json").write_text(json.dumps(descriptor))
    (folder / "folder.csv").mkdir()
    assert "tables to" in run("export", "data", folder, "--form", "parquet", "--ledger", ledger)
    assert (folder / "folder.csv").is_dir()
    (folder / "folder.csv").rmdir()
    (folder / "mine.txt").write_text("kept")
    assert "mine.txt, which is none of the package" in run(
        "export", "data", folder, "--ledger", ledger, code=1
    )
    assert "lies inside the ledger" in run("export", "data", ledger / "out", "--ledger", ledger, code=1)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_holds_the_same(tmp_path: Path, form: str) -> None:
    columns = (Column(name="text"), Column(name="n", type="INTEGER"), Column(name="p", type="REAL"))
    rows: list[Any] = [
        {"text": "=1+1", "n": 1, "p": 0.5},
        {"text": 'é "x",\n', "n": None, "p": float("nan")},
        {"text": None, "n": 3, "p": 1},
    ]
    path = tmp_path / f"out.{form}"
    write_rows(path, FORMS[form], columns, rows, replace=False)
    read = {
        "csv": lambda: pl.read_csv(path),
        "json": lambda: pl.DataFrame(json.loads(path.read_text()), schema=["text", "n", "p"]),
        "jsonl": lambda: pl.read_ndjson(path),
        "parquet": lambda: pl.read_parquet(path),
    }[form]()
    first = "'=1+1" if form == "csv" else "=1+1"
    assert read.rows() == [(first, 1, 0.5), ('é "x",\n', None, None), (None, 3, 1.0)]
    assert [str(kind) for kind in read.dtypes] == ["String", "Int64", "Float64"]


def test_days_give_the_scores_of_the_table(tables: dict[str, list[Row]]) -> None:
    found: dict[tuple[str, ...], float] = defaultdict(float)
    for row in daily_rows(load(LEDGER).ledger, TODAY):
        p, outcome, weight = (float(str(row[name])) for name in ("probability", "outcome", "weight"))
        found[tuple(str(row[name]) for name in ("prediction", "forecaster", "block", "timing"))] += (
            weight * (p - outcome) ** 2
        )
    expected = {
        (row["prediction_id"], row["forecaster_id"], row["block"], row["timing"]): row["brier"]
        for row in tables["scores"]
        if not isinstance(row["reason"], str)
    }
    assert found == pytest.approx(expected)
    assert found


def test_what_was_imported_comes_back(ledger: Path, tmp_path: Path) -> None:
    assert "Wrote 1 prediction" in run("export", "records", tmp_path / "all.jsonl", "--ledger", ledger)
    other = tmp_path / "other" / "predictions"
    shutil.copytree(ledger, other, ignore=shutil.ignore_patterns("imports"))
    (other / "imports" / "all").mkdir(parents=True)
    shutil.copy(tmp_path / "all.jsonl", other / "imports" / "all" / "2025-02.jsonl")
    before, after = load(ledger), load(other)
    assert not [problem for problem in after.problems if problem.severity == "error"]
    assert list(after.ledger.predictions) == list(before.ledger.predictions)
    assert next(after.ledger.predictions).corrections
    assert "is there already" in run("export", "records", tmp_path / "all.jsonl", "--ledger", ledger, code=1)
    assert "End the name with .jsonl" in run(
        "export", "records", tmp_path / "all.csv", "--ledger", ledger, code=2
    )
    people = run("export", "records", tmp_path / "none.jsonl", "--ledger", LEDGER)
    assert "Wrote 0 predictions" in people
    assert "of people's files stay there" in people


def test_fatebook_takes_it_and_gives_it_back(ledger: Path, tmp_path: Path) -> None:
    file = tmp_path / "fatebook.csv"
    run("export", "fatebook", file, "--ledger", ledger)
    with file.open(newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [
        (row["Forecast (scale = 0-1)"], row["Forecast created at"], row["Resolution"]) for row in rows
    ] == [
        ("0.7", "2025-01-01 09:30:05", "YES"),
        ("0.8", "2025-01-04 00:00:00", "YES"),
    ]
    assert rows[0]["Question title"] == "'=It rains."
    fresh = tmp_path / "fresh" / "predictions"
    shutil.copytree(ledger, fresh, ignore=shutil.ignore_patterns("imports"))
    run("import", "fatebook", file, "--me", "Ann", "--names", "--yes", "--ledger", fresh)
    [back] = load(fresh).ledger.predictions
    [own] = load(ledger).ledger.predictions
    assert [forecast.says for forecast in back.forecasts] == [forecast.says for forecast in own.forecasts]
    assert [entry.outcome for entry in back.resolutions] == ["yes"]
    assert back.tags == own.tags


def test_a_form_nobody_knows(ledger: Path, tmp_path: Path) -> None:
    assert "its name ends with none of .csv, .json, .jsonl, .parquet" in run(
        "export", "daily", tmp_path / "x.xlsx", "--ledger", ledger, code=2
    )
    for form in ("daily", "fatebook"):
        assert "lies inside the ledger" in run("export", form, ledger / "x.csv", "--ledger", ledger, code=1)
    run("export", "daily", tmp_path / "x.parquet", "--ledger", ledger)
    assert pl.read_parquet(tmp_path / "x.parquet")["probability"].to_list() == [0.7] * 3 + [0.8] * 28
