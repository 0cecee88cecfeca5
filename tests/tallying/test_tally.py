"""``tally``: files scored by every engine alike.

Parquet and CSV, and what cannot be scored, in one sentence.
"""

import csv
import fcntl
import gzip
import io
import re
import sqlite3
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

from forecastlog.cli.main import main
from forecastlog.errors import BadValue, Refused
from forecastlog.tallying import engines
from forecastlog.tallying.masters import check_answers
from forecastlog.tallying.source import Wanted, local_sources
from forecastlog.tallying.spilled import PREFIX, spill_folder

LOCAL_ENGINES = ("duckdb", "polars", "pandas")
WORKED = """who,probability,outcome
ann,0.7,1
ann,0.2,False
bob,NA,1
,0.5,True
"""


def tallied(*arguments: object) -> tuple[int, list[dict[str, str]], str]:
    """Exit code, the rows, and what was said on standard error."""
    found = CliRunner().invoke(main, ["tally", *map(str, arguments), "--csv"])
    return found.exit_code, list(csv.DictReader(io.StringIO(found.stdout))), found.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three files of Parquet, one in a folder of its own, 900 rows together."""
    random = np.random.default_rng(3)
    p = random.integers(0, 1001, 900) / 1000
    frame = pl.DataFrame(
        {
            "who": random.choice(["ann", "bob", "cy"], 900),
            "year": random.integers(2023, 2025, 900),
            "chance": p,
            "came": random.random(900) < p,
        }
    )
    (tmp_path / "more").mkdir()
    for place, name in enumerate(("a.parquet", "b.parquet", "more/[c].parquet")):
        frame[300 * place : 300 * (place + 1)].write_parquet(tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("engine", LOCAL_ENGINES)
def test_worked_by_hand(tmp_path: Path, engine: str) -> None:
    """Ann's Brier is (0.3^2 + 0.2^2) / 2; the row of NA is dropped; a missing name is a group."""
    for name, text in (
        ("a.csv", WORKED),
        ("b.csv", WORKED.replace(",", ";")),
        ("c.tsv", WORKED.replace(",", "\t")),
    ):
        (tmp_path / name).write_text(text)
        code, rows, _ = tallied(tmp_path / name, "--group-by", "who", "--engine", engine)
        assert code == 0
        assert [(row["group"], row["n"], row["dropped"]) for row in rows] == [
            ("ann", "2", "0"),
            ("bob", "0", "1"),
            ("", "1", "0"),
        ]
        assert float(rows[0]["brier"]) == pytest.approx(0.065)
        assert float(rows[0]["auc"]) == 1
        assert rows[1]["brier"] == rows[2]["auc"] == ""


def test_all_engines_give_the_same_figures(folder: Path) -> None:
    chosen = ("--group-by", "who", "--group-by", "year", "--p", "chance", "--y", "came")
    by_engine = [tallied(folder, *chosen, "--engine", engine) for engine in LOCAL_ENGINES]
    assert by_engine[0][0] == 0
    assert by_engine[1:] == by_engine[:-1]
    assert [row["group"] for row in by_engine[0][1]][:2] == ["ann, 2023", "ann, 2024"]
    whole = tallied(folder / "*.parquet", *chosen[4:])[1][0]
    assert (whole["group"], whole["n"]) == ("all", "600")
    bins = tallied(folder, *chosen[4:], "--calibration", "--bins", "4")[1]
    assert sum(int(row["n"]) for row in bins) == 900
    assert [row["high"] for row in bins] == ["0.25", "0.5", "0.75", "1.0"]


def test_into_a_database_for_datasette(folder: Path) -> None:
    database = folder / "scores.db"
    chosen = (folder / "a.parquet", "--group-by", "who", "--p", "chance", "--y", "came")
    for _ in range(2):  # what was written here is replaced
        assert tallied(*chosen, "--into", database)[0] == 0
    with sqlite3.connect(database) as connection:
        found = connection.execute("select [group], n, brier, auc from scoreboard").fetchall()
        assert connection.execute("select count(*), sum(n) from calibration").fetchone() == (30, 300)
        assert connection.execute("select source, by, n from tallied").fetchall() == [
            ("a.parquet", "who", 300)
        ]
        named = {(table, column) for table, column, _ in connection.execute('select * from "columns"')}
        assert ("scoreboard", "miscalibration") in named
    connection.close()
    printed = tallied(*chosen)[1]
    assert [(row["group"], int(row["n"]), float(row["brier"]), float(row["auc"])) for row in printed] == found
    other = folder / "diary.db"
    other.write_text("mine")
    code, _, told = tallied(*chosen, "--into", other)
    assert (code, other.read_text()) == (1, "mine")
    assert "is no database that 'tally' wrote" in told


DAMAGED = bytearray(gzip.compress(WORKED.encode(), mtime=0))
DAMAGED[10] |= 0b110  # a kind of block that RFC 1951 (3.2.3) has not
BAD: dict[str, tuple[str | bytes, str]] = {
    "pct.csv": ("who,probability,outcome\nann,70%,1\n", "'70%' is no number"),
    "whole.csv": (
        "who,probability,outcome\nann,70,1\n",
        "70 is more than certain for p. A percentage? Divide by 100",
    ),
    "below.csv": ("who,probability,outcome\nann,-0.1,1\n", "-0.1 is no probability"),
    "two.csv": ("who,probability,outcome\nann,0.1,2\n", "2 is no outcome"),
    "nan.csv": ("who,probability,outcome\nann,nan,1\n", "holds no row with both 'probability' and 'outcome'"),
    "none.csv": ("who,probability,outcome\n", "holds no row with both"),
    "empty.csv": ("", "is empty: its first line names no columns"),
    "other.csv": ("who,p\nann,0.3\n", "has no column 'probability'; it has 'who', 'p'"),
    "utf16.csv": ("who,probability,outcome\n".encode("utf-16"), "is no text in UTF-8"),
    "line.csv": ("x" * (2**20 + 1), "its first line is longer than"),
    "name.csv": (f"{'x' * 200_000},probability,outcome\nann,0.1,1\n", "its first line names no columns"),
    "no.csv.gz": (b"no file of gzip", "it is no whole file of gzip"),
    "damaged.csv.gz": (bytes(DAMAGED), "it is no whole file of gzip"),
    "cut.csv.gz": (gzip.compress(WORKED.encode())[:-20], "cut.csv.gz"),
    "bad.parquet": ("PAR1 no file of Parquet", "bad.parquet"),
    "forecasts.xlsx": ("", "its name ends with none of .parquet, .csv"),
}


@pytest.mark.parametrize("engine", LOCAL_ENGINES)
@pytest.mark.parametrize("name", BAD)
def test_bad_input_gets_one_sentence(tmp_path: Path, engine: str, name: str) -> None:
    content, told = BAD[name]
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    code, rows, said = tallied(tmp_path / name, "--group-by", "who", "--engine", engine)
    assert (code, rows) == (1, [])
    assert told in said
    assert len(said.splitlines()) == 1


def test_names_that_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(WORKED)
    pl.DataFrame({"probability": [0.5], "outcome": [1]}).write_parquet(tmp_path / "b.parquet")
    for source, told in (
        (tmp_path / "no.csv", "there is no file"),
        (tmp_path / "*.tsv", "there is no file"),
        (tmp_path, "holds Parquet and CSV. Name the files of one"),
        ("/dev/null", "is no plain file"),
        ("https://example.org/a.csv", "there is no file"),
    ):
        code, _, said = tallied(source)
        assert (code, told in said) == (1, True), said
    code, _, said = tallied(tmp_path / "a.csv", "--master", "local[1]")
    assert (code, "--engine spark" in said) == (2, True)


def test_an_engine_that_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = find_spec
    monkeypatch.setattr(engines, "find_spec", lambda name: None if name == "duckdb" else found(name))
    (tmp_path / "a.csv").write_text(WORKED)
    code, _, said = tallied(tmp_path / "a.csv")
    assert code == 2
    assert (
        "--engine duckdb needs duckdb. Install with: "
        "pip install 'forecastlog[duckdb]', or say --engine polars"
    ) in said


def test_help_needs_no_engine() -> None:
    script = (
        "import sys; from forecastlog.cli.tally import command\n"
        "print([name for name in ('duckdb', 'polars', 'pandas', 'pyarrow', 'pyspark', 'numpy') "
        "if name in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", script], text=True).strip() == "[]"


@pytest.mark.slow
def test_spark_in_local_mode(folder: Path) -> None:
    chosen = ("--group-by", "who", "--p", "chance", "--y", "came")
    expected = tallied(folder, *chosen)
    got: Any = tallied(folder, *chosen, "--engine", "spark", "--master", "local[1]")
    assert got == expected
    (folder / "pct.csv").write_text("who,probability,outcome\nann,70%,1\n")
    code, _, said = tallied(folder / "pct.csv", "--engine", "spark", "--master", "local[1]")
    assert (code, len(said.splitlines())) == (1, 1)
    assert "'70%' is no number" in said


def test_wanted_columns_are_named_once(tmp_path: Path) -> None:
    assert Wanted(("a", "p"), "p", "y").columns == ["a", "p", "y"]
    (tmp_path / "x.CSV").write_text(WORKED)
    assert local_sources(str(tmp_path))[0].files == (str(tmp_path / "x.CSV"),)


@pytest.mark.parametrize("engine", ["duckdb", "polars", "pandas"])
@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (
            "a.csv",
            b'probability,outcome\n0.5,1\n0.4,0,9,9\n"0.3,1\n',
            "a row has more or fewer cells than the header",
        ),
        ("a.csv", b"probability,outcome\n0.5,1\n0.4,0,9\n", "a row has more or fewer cells than the header"),
        ("a.parquet", b"no table at all, whatever it is called", "no whole file of Parquet"),
    ],
)
def test_a_spoilt_file_is_told_in_our_words(
    tmp_path: Path, engine: str, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    code, _, told = tallied(tmp_path / name, "--engine", engine)
    assert (code, len(told.splitlines()), said in told) == (1, 1, True), told


@pytest.mark.parametrize("engine", LOCAL_ENGINES)
def test_folders_that_say_what_their_rows_have_in_common(tmp_path: Path, engine: str) -> None:
    """Partitions are columns; what is hidden is none of the data; columns stand in any order."""
    for year, p in (("2020", 0.5), ("__HIVE_DEFAULT_PARTITION__", 0.25)):
        for form in ("csv", "parquet"):
            (tmp_path / form / f"year={year}" / "who=a%20b").mkdir(parents=True)
        frame = pl.DataFrame({"probability": [p], "outcome": [1]})
        frame.write_parquet(tmp_path / "parquet" / f"year={year}" / "who=a%20b" / "x.parquet")
        text = f"outcome,probability\n1,{p}\n" if year == "2020" else f"probability;outcome\n{p};1\n;0\n"
        (tmp_path / "csv" / f"year={year}" / "who=a%20b" / "x.csv").write_text(text)
    for name in (".x.parquet", "_metadata.parquet", "_SUCCESS", "notes.txt"):
        (tmp_path / "parquet" / name).write_text("none of the data")
    for form, dropped in (("parquet", "0"), ("csv", "1")):
        code, rows, told = tallied(
            tmp_path / form, "--group-by", "year", "--group-by", "who", "--engine", engine
        )
        assert code == 0, told
        found = {row["group"]: (row["n"], row["dropped"], row["brier"]) for row in rows}
        assert found == {"2020, a b": ("1", "0", "0.25"), ", a b": ("1", dropped, "0.5625")}
        code, rows, _ = tallied(tmp_path / form, "--engine", engine)
        assert rows[0]["n"] == "2"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("probability,probability,outcome\n0.5,0.2,1\n", "has two columns called 'probability'. Rename one."),
        ("Probability,probability,outcome\n0.5,0.2,1\n", "which engines do not tell apart"),
        ("probability,outcome\n0.5,1,9\n", "a row has more or fewer cells than the header"),
    ],
)
def test_columns_that_engines_would_mix_up(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "x.csv").write_text(text)
    for engine in ("duckdb", "pandas"):
        code, _, told = tallied(tmp_path / "x.csv", "--engine", engine)
        assert (code, sentence in told) == (1, True), told


@pytest.mark.parametrize(
    ("master", "code", "sentence"),
    [
        ("nonsense", 2, "this is no place where Spark runs"),
        ("local[x]", 2, "this is no place where Spark runs"),
        ("https://host", 2, "this is no place where Spark runs"),
        ("sc://", 2, "this names no host"),
        ("sc://a host", 2, "this names no host"),
        ("sc://host:99999", 2, "this names no host"),
        ("sc://127.0.0.1:1", 1, "nobody answers at 127.0.0.1:1"),
        ("spark://127.0.0.1:1,127.0.0.1:2", 1, "nobody answers at 127.0.0.1:1"),
    ],
)
def test_a_master_that_is_none_or_silent(master: str, code: int, sentence: str) -> None:
    with pytest.raises((BadValue, Refused), match=re.escape(sentence)) as raised:
        check_answers(master)
    assert raised.value.exit_code == code


@pytest.mark.parametrize("engine", ["duckdb", "polars", "pandas"])
def test_a_label_with_a_zero_byte_is_refused(tmp_path: Path, engine: str) -> None:
    (tmp_path / "x.csv").write_bytes(b"who,probability,outcome\na\0b,0.5,1\n")
    code, _, told = tallied(tmp_path / "x.csv", "--by", "who", "--engine", engine)
    assert (code, "the label 'a\\x00b' holds a zero byte" in told) == (1, True), told


def test_what_a_killed_command_spilled_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of three folders one is in use by another process, one was left, and one is nobody's of ours."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left, used, other = (tmp_path / f"{PREFIX}{name}" for name in ("left", "used", "other"))
    for folder in (left, used, other):
        folder.mkdir()
    for folder in (left, used):
        (folder / "lock").touch()
    (left / "duckdb_temp_storage-0.tmp").write_bytes(b"spilled")
    with (used / "lock").open("rb+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with spill_folder() as folder:
            assert sorted(tmp_path.iterdir()) == sorted([used, other, folder])
    assert sorted(tmp_path.iterdir()) == sorted([used, other])
