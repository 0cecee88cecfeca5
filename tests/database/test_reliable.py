"""Builds that something disturbs, and the same content whatever the surroundings."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from forecastlog.column import Row
from forecastlog.database.due_rows import due_rows
from forecastlog.database.schema import RECORDS, TABLES
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Condition, Prediction, Window
from tests.database.test_build import TODAY, root, rows
from tests.records import forecast, ledger, prediction, resolution, tables_of

__all__ = ["root"]

BUILD = """
import sys
from datetime import date
from pathlib import Path
from forecastlog.database import build
from forecastlog.ledger import load
print(build(load(Path(sys.argv[1])), Path(sys.argv[2]), today=date(2026, 11, 23)).digest)
"""


def build_elsewhere(folder: Path, path: Path, **extra: Any) -> subprocess.Popen[str]:
    surroundings = {**os.environ, **extra.pop("env", {})}
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(folder), str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=surroundings,
        **extra,
    )


def test_folder_clock_language_and_order_of_hashes_change_no_byte(root: Path, tmp_path: Path) -> None:
    moved = tmp_path / "another folder é"
    moved.mkdir()
    for source in root.iterdir():
        (moved / source.name).write_bytes(source.read_bytes())
    first = build_elsewhere(root, tmp_path / "1.db", env={"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"})
    second = build_elsewhere(
        moved, tmp_path / "2.db", env={"TZ": "America/Adak", "LC_ALL": "C", "PYTHONHASHSEED": "2"}
    )
    assert first.communicate()[0] == second.communicate()[0] != ""
    assert (tmp_path / "1.db").read_bytes() == (tmp_path / "2.db").read_bytes()


def test_two_builds_at_once_leave_one_whole_database(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    both = [build_elsewhere(root, path) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    for process in both:
        process.communicate()
    assert rows(path, "pragma integrity_check") == [("ok",)]
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.startswith(".")] == []


def test_a_build_that_is_killed_leaves_the_old_database(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    build_elsewhere(root, path).communicate()
    before = path.read_bytes()
    process = build_elsewhere(root, path)
    until = time.monotonic() + 30
    while not list(tmp_path.glob(".x.db.*")) and process.poll() is None and time.monotonic() < until:
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert path.read_bytes() == before


def test_a_full_disk_is_one_sentence_and_leaves_the_old_database(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    build_elsewhere(root, path).communicate()
    before = path.read_bytes()
    process = build_elsewhere(
        root, path, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
    )
    told = process.communicate()[1].strip().splitlines()[-1]
    assert process.returncode == 1
    assert "What stood there is untouched." in told
    assert path.read_bytes() == before
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["predictions", "x.db"]


NASTY = "'; drop table predictions; -- \x07 {{ 7*7 }} <script>alert(1)</script> \"]`"


def test_nothing_in_a_record_is_executed() -> None:
    record = prediction(
        forecast(note=NASTY),
        claim=NASTY,
        tags=(NASTY,),
        event=NASTY,
        criteria=NASTY,
        speaker=NASTY,
        resolutions=(resolution("no", by=NASTY, note=NASTY),),
    )
    with closing(database(ledger(record, publisher=NASTY), TODAY)) as made:
        assert made.execute("select claim, speaker_id, event from predictions").fetchall() == [(NASTY,) * 3]


def test_tables_and_scores_tell_one_timing_of_a_no_written_down_late() -> None:
    record = prediction(forecast(), logged="2026-06-01", resolutions=(resolution("no", known="2026-11-23"),))
    with closing(database(ledger(record), TODAY)) as made:
        told = made.execute("select timing from predictions union all select timing from scores").fetchall()
    assert told == [("logged afterwards",)] * 2


def database(made: Ledger, today: date) -> sqlite3.Connection:
    """All tables and views of a ledger in memory."""
    return filled(tables_of(made, today))


def filled(found: dict[str, list[Row]]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    for table in TABLES:
        names = [f'"{column.name}"' for column in table.columns]
        connection.execute(f"create table {table.name} ({', '.join(names)})")
        marks = ", ".join("?" for _ in names)
        values = [[row.get(column.name) for column in table.columns] for row in found.get(table.name, [])]
        connection.executemany(f"insert into {table.name} values ({marks})", values)
    return connection


days = st.integers(-40, 40).map(lambda offset: TODAY + timedelta(offset))
maybe_days = st.none() | days
entries = st.lists(
    st.builds(
        lambda outcome, recorded, by, settles: resolution(
            outcome, known="2026-09-01", recorded=recorded.isoformat(), by=by, settles=settles
        ),
        st.sampled_from(["yes", "no", "void", "ambiguous", "reopened"]),
        days,
        st.sampled_from(["eve", "bob"]),
        st.booleans(),
    ),
    max_size=3,
).map(tuple)
fates = st.lists(
    st.builds(
        lambda outcome, by: resolution(outcome, known="2026-09-01", recorded="2026-09-02", by=by),
        st.sampled_from(["met", "unmet", "partly", "unobservable"]),
        st.sampled_from(["eve", "bob"]),
    ),
    max_size=2,
).map(tuple)


@st.composite
def predictions(draw: st.DrawFn, name: str) -> Prediction:
    strict, latest = sorted([draw(days), draw(days)])
    window = Window(
        strict=draw(st.sampled_from([strict, None])), latest=draw(st.sampled_from([latest, None]))
    )
    given_ = draw(st.sampled_from([None, "deal"]))
    return prediction(
        forecast(), id=name, deadline=window, review=draw(maybe_days), given=given_, resolutions=draw(entries)
    )


@settings(max_examples=40, deadline=None)
@given(predictions("one"), predictions("two"), maybe_days, fates)
def test_what_is_due_has_the_status_that_its_record_shows(
    one: Prediction, two: Prediction, by: date | None, fate: Any
) -> None:
    condition = Condition(id="deal", article="article", text="A deal.", by=by, resolutions=fate)
    made = ledger(one, two, conditions=(condition,))
    shown = {
        row["id"]: row["status"]
        for table in RECORDS
        if table.name in ("conditions", "predictions")
        for row in table.rows(made, TODAY)
    }
    for row in due_rows(made, TODAY):
        assert shown[row["id"]] == {"condition": "due", "review": "open"}.get(str(row["kind"]), row["kind"])
