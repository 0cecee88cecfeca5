"""The database: the same bytes twice, keys that hold, every table and column described, nothing half done."""

from __future__ import annotations

import gc
import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from forecastlog.columns.fate import Fate
from forecastlog.columns.predictions import PredictionOn
from forecastlog.columns.voices import ForecastOn
from forecastlog.database import build, metadata
from forecastlog.database.records import PartOfLedger
from forecastlog.database.schema import TABLES
from forecastlog.errors import BadLedger, WriteFailed
from forecastlog.ledger import load
from forecastlog.model.settings import Settings

TODAY = date(2026, 11, 23)
ARTICLE = """\
article:
  id: essay
  title: An essay about 😀 and <b>markup</b>
  authors: [ann]
  publisher: The Paper
  published: 2025-03-19
  logged: 2025-03-20
conditions:
  - id: deal
    text: A deal is signed.
    by: 2026-03-19
    resolutions:
      - {outcome: "unmet", known: "2026-03-20", recorded: "2026-03-21", by: "eve",
        evidence: ["https://x.example/d"]}
predictions:
  - id: aid
    claim: A new aid package is announced.
    quote: highly unlikely that another package is agreed
    logged: 2025-03-20
    deadline: {earliest: 2025-03-19, strict: 2026-03-19, latest: 2026-03-19, basis: default}
    criteria: Yes on a new drawdown.
    settled_by: a readout
    status_quo: "no"
    event: aid
    tags: [aid, war]
    forecasts:
      - {words: "highly unlikely", probability: 0.05, low: 0.05, high: 0.20, scale: fl-1, basis: worded}
    resolutions:
      - {outcome: "no", known: "2026-03-20", recorded: "2026-03-21", by: "eve",
        evidence: ["https://x.example/a"]}
  - id: peace
    claim: The deal ends the war.
    given: deal
    logged: 2025-03-20
    deadline: {earliest: 2025-03-19, strict: 2026-03-19, latest: 2026-03-19, basis: default}
    criteria: Yes if the fighting stops for a month.
    settled_by: a monitor
    forecasts:
      - {words: "will", probability: 0.95, low: 0.85, high: 0.99, scale: fl-1, basis: asserted}
  - id: talks
    claim: The talks go on.
    logged: 2025-03-20
    deadline: {earliest: 2025-03-19, strict: 2025-06-01, latest: 2026-12-31, basis: analyst,
      why: the term ends}
    criteria: Yes if a round is held.
    settled_by: a readout
    forecasts:
      - {words: "may", low: 0.25, high: 0.51, scale: fl-1, basis: possible}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "predictions"
    folder.mkdir()
    (folder / "essay.yaml").write_text(ARTICLE, encoding="utf-8")
    (folder / "people.yaml").write_text(
        "forecasters:\n  - {id: ann, name: Ann Example, also: [A. Example]}\n"
    )
    return folder


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def test_two_builds_give_the_same_bytes(root: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a" / "x.db", tmp_path / "b" / "x.db"
    assert build(load(root), first, today=TODAY).digest == build(load(root), second, today=TODAY).digest
    assert first.read_bytes() == second.read_bytes()


def test_what_rows_were_made_from_is_let_go_though_nobody_collects_it(root: Path, tmp_path: Path) -> None:
    gc.disable()
    try:
        build(load(root), tmp_path / "x.db", today=TODAY)
        left = {type(one) for one in gc.get_objects()}
    finally:
        gc.enable()
    assert not left & {Fate, PredictionOn, ForecastOn, PartOfLedger}


def test_the_ledger_stands_in_the_tables(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    build(load(root), path, today=TODAY)
    assert rows(path, "select id, status, outcome, reason from predictions order by id") == [
        ("aid", "resolved", "no", None),
        ("peace", "void", "void", "condition-unmet"),
        ("talks", "maybe_due", None, None),
    ]
    assert rows(path, "select kind, id, due_on, days_overdue from due") == [
        ("maybe_due", "talks", "2025-06-02", 539)
    ]
    assert rows(path, "select prediction_id, reason, brier from scores order by 1") == [
        ("aid", None, 0.05**2),
        ("peace", "void", None),
        ("talks", "possible", None),
    ]
    assert rows(
        path,
        (
            "select n, timing, brier, skill, excluded from scoreboard where \"by\" = 'all' and "
            "block = 'headline'"
        ),
    ) == [(1, "in advance", 0.05**2, None, '{"possible": 1}')]
    assert rows(
        path, "select words, said, decided, happened from word_record where \"by\" = 'all' order by words"
    ) == [
        ("highly unlikely", 1, 1, 0.0),
        ("may, might, could", 1, 0, 0.0),
        ("will", 1, 0, 0.0),
    ]
    assert rows(path, "select name, kind, predictions from forecasters") == [("Ann Example", "person", 3)]


def test_full_text_search_finds_claims_and_titles(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    build(load(root), path, today=TODAY)
    found = (
        "select id from predictions where rowid in (select rowid from predictions_fts where "
        "predictions_fts match ?)"
    )
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute(found, ["packages"]).fetchall() == [("aid",)]
        assert len(connection.execute(found, ["markup"]).fetchall()) == 3


def test_keys_hold_and_tables_are_strict(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    build(load(root), path, today=TODAY)
    assert rows(path, "pragma foreign_key_check") == []
    assert rows(path, "pragma integrity_check") == [("ok",)]
    for table in TABLES:
        assert "STRICT" in str(rows(path, f"select sql from sqlite_master where name = '{table.name}'"))
        keys = {str(key[3]): key[2] for key in rows(path, f"pragma foreign_key_list({table.name})")}
        assert keys == {column.name: column.ref for column in table.columns if column.ref}
        assert all(name.endswith("_id") for name in keys)


def test_every_table_view_and_column_is_described(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    build(load(root), path, today=TODAY)
    described = metadata()["databases"]["forecastlog"]["tables"]
    present = {
        str(name)
        for (name,) in rows(
            path,
            "select name from sqlite_master where type in ('table', 'view') "
            "and name not like '%\\_fts%' escape '\\' and name not like 'sqlite_%'",
        )
    }
    assert set(described) == present
    for table in TABLES:
        columns = [str(row[1]) for row in rows(path, f"pragma table_info({table.name})")]
        assert list(described[table.name]["columns"]) == columns
        assert all(described[table.name]["columns"].values())


def test_every_canned_query_runs(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    build(load(root), path, today=TODAY)
    for query in metadata()["databases"]["forecastlog"]["queries"].values():
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(query["sql"], dict.fromkeys(query.get("params", []), "")).fetchall()
        assert query["title"]
        assert query["description"]


def test_errors_in_the_ledger_stop_the_build_and_keep_the_old_file(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    build(load(root), path, today=TODAY)
    before = path.read_bytes()
    (root / "essay.yaml").write_text(ARTICLE.replace("0.05, low", "5, low"), encoding="utf-8")
    with pytest.raises(BadLedger):
        build(load(root), path, today=TODAY)
    assert path.read_bytes() == before
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["predictions", "x.db"]


def test_a_place_that_cannot_be_written_is_one_sentence(root: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteFailed, match="cannot write"):
        build(load(root), tmp_path / "file" / "x.db", today=TODAY)


def test_an_empty_ledger_builds(tmp_path: Path) -> None:
    (tmp_path / "predictions").mkdir()
    report = build(load(tmp_path / "predictions"), tmp_path / "x.db", today=TODAY)
    assert report.rows["predictions"] == 0
    assert report.rows["build"] == 1


def test_an_unlisted_speaker_has_a_row_so_that_keys_hold(root: Path, tmp_path: Path) -> None:
    (root / "people.yaml").unlink()
    path = tmp_path / "x.db"
    build(load(root), path, today=TODAY)
    assert rows(path, "select id, name from forecasters") == [("ann", "Ann")]
    assert rows(path, "select count(*) from problems where severity = 'warning'")[0] != (0,)


def test_the_metadata_is_json_and_repeats_source_and_licence() -> None:
    made = json.loads(
        json.dumps(
            metadata(
                source="The desk", source_url="https://x.example", settings=Settings(contact="a@x.example")
            )
        )
    )
    tables = made["databases"]["forecastlog"]["tables"].values()
    assert {table["source"] for table in tables} == {"The desk"}
    assert made["about"] == "Contact: a@x.example"
