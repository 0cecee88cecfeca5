"""Tables of every kind that people keep, with the traps in them."""

from __future__ import annotations

import gzip
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest

from forecastlog.compose import Outcome, resolve
from forecastlog.errors import FileChanged
from forecastlog.interchange.cells import Figures, outcome_of
from forecastlog.interchange.days import Days
from forecastlog.interchange.found import BadFile
from forecastlog.ledger import load
from tests.interchange.conftest import Import, figures, outcome, predictions

DATA = Path(__file__).parents[1] / "data"
PLAIN = """\
Question,Confidence,Date,Deadline,Result
It rains in May,70%,13/02/2025,31/05/2025,yes
It snows in June,5,01/02/2025,30/06/2025,no
It hails,,01/02/2025,30/06/2025,
It fogs,120,01/02/2025,30/06/2025,n/a
It blows,50,99/02/2025,30/06/2025,void
"""


def file(name: str, text: str | bytes) -> str:
    path = Path(name)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return name


def test_columns_are_known_by_their_headers_and_what_is_passed_over_is_told_by_row(
    root: Path, run: Import
) -> None:
    told = run("import", "table", file("mine.csv", PLAIN)).stderr
    found = predictions(root)
    assert figures(found["It rains in May"]) == [("ann", "2025-02-13", 0.7)]
    assert figures(found["It snows in June"]) == [("ann", "2025-02-01", 0.05)]
    assert outcome(found["It rains in May"]) == ("yes", None, "2025-05-31")
    assert outcome(found["It fogs"]) == ("void", "moot", "2025-06-30")
    assert found["It rains in May"].deadline.latest == date(2025, 5, 31)
    assert "5 rows read: 4 predictions, 2 forecasts, 3 resolutions new; 0 lines there already." in told
    assert "Skipped 1 (row 4): the probability is blank." in told
    assert "Skipped 1 (row 5): the percentage is not between 0 and 100." in told
    assert "Skipped 1 (row 6): the day of 'made' is not read." in told
    run("check")


def test_percentages_in_words_and_about(root: Path, run: Import) -> None:
    rows = ["claim,p,made,result", "It rains,70 percent,2025-01-02,occurred"]
    rows += ["It snows,~5%,2025-01-02,did not occur", "It hails,60 or 70%,2025-01-02,"]
    told = run("import", "table", file("a.csv", "\n".join(rows))).stderr
    found = predictions(root)
    assert [(one.claim, figures(one)[0][2]) for one in found.values() if one.forecasts] == [
        ("It rains", 0.7),
        ("It snows", 0.05),
    ]
    assert [outcome(found[claim])[0] for claim in ("It rains", "It snows")] == ["yes", "no"]  # type: ignore[index]
    assert "(row 4): the probability is no number" in told


def test_the_same_file_again_writes_nothing_and_a_longer_one_only_what_is_new(
    root: Path, run: Import
) -> None:
    run("import", "table", file("mine.csv", PLAIN))
    (log,) = root.glob("imports/*/*.jsonl")
    before = log.read_bytes()
    assert (
        "0 predictions, 0 forecasts, 0 resolutions new; 9 lines" in run("import", "table", "mine.csv").stderr
    )
    assert log.read_bytes() == before
    file("mine.csv", PLAIN + "It thaws,30,01/03/2025,30/06/2025,\n")
    assert "1 prediction, 1 forecast, 0 resolutions new; 9 lines" in run("import", "table", "mine.csv").stderr
    assert log.read_bytes().startswith(before)


def test_a_dry_run_writes_nothing(root: Path, run: Import) -> None:
    told = run("import", "table", file("mine.csv", PLAIN), "--dry-run").stderr
    assert "4 predictions, 2 forecasts, 3 resolutions new" in told
    assert not (root / "imports").exists()


def test_the_same_table_in_other_clothes(root: Path, run: Import) -> None:
    rows = [
        ["claim", "p", "made", "by"],
        ["It rains", ".3109", "2025-01-02", "Ben"],
        ["It rains", "1.0", "2025-01-03T10:00:00Z", "Cy"],
    ]
    text = "\n".join(";".join(row) for row in rows)
    objects = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    import pyarrow as pa
    from openpyxl import Workbook
    from pyarrow import parquet

    parquet.write_table(pa.Table.from_pylist(objects), "a.parquet")
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save("a.xlsx")
    files = [
        file("a.csv", text),
        file("a.tsv", text.replace(";", "\t")),
        file("a.txt", text.encode("utf-16")),
        file("a.csv.gz", gzip.compress(text.encode())),
        file("a.json", json.dumps(objects)),
        file("a.jsonl", "\n".join(map(json.dumps, objects))),
        "a.parquet",
        "a.xlsx",
    ]
    for number, name in enumerate(files):
        run("import", "table", name, "--source", f"s{number}")
    from forecastlog.ledger import load

    found = load(root).ledger.imported
    assert len(found) == len(files)
    assert {tuple(figures(one)) for one in found} == {
        (("ben", "2025-01-02", 0.3109), ("cy", "2025-01-03T10:00:00Z", 1.0))
    }


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (
            "70,0.4",
            "row 2 has 70, which is a percentage, and row 3 has 0.4, which looks like a fraction of 1",
        ),
        ("70,1.0", "row 2 has 70, which is a percentage, and row 3 has 1.0"),
    ],
)
def test_a_column_that_mixes_percentages_and_fractions_is_refused(
    run: Import, root: Path, cells: str, sentence: str
) -> None:
    one, other = cells.split(",")
    name = file("a.csv", f"claim,p,made\nIt rains,{one},2025-01-02\nIt snows,{other},2025-01-02\n")
    assert sentence in run("import", "table", name, code=1).stderr
    assert not (root / "imports").exists()
    run("import", "table", name, "--percent")
    assert figures(predictions(root)["It snows"])[0][2] == pytest.approx(float(other) / 100)


def test_days_before_months_are_never_guessed_from_one(run: Import, root: Path) -> None:
    name = file("a.csv", "claim,p,made\nIt rains,70,3/4/2025\n")
    assert (
        "row 2 has 3/4/2025, and nothing tells day and month apart"
        in run("import", "table", name, code=1).stderr
    )
    run("import", "table", name, "--month-first", "--source", "us")
    run("import", "table", name, "--day-first", "--source", "eu")
    from forecastlog.ledger import load

    assert {str(one.made) for one in load(root).ledger.imported} == {"2025-03-04", "2025-04-03"}
    both = file("b.csv", "claim,p,made\nIt rains,70,13/4/2025\nIt snows,70,3/14/2025\n")
    assert "day first" in run("import", "table", both, code=1).stderr


def test_several_forecasters_of_the_same_question(run: Import, root: Path) -> None:
    name = file(
        "a.csv",
        "Race,Forecaster,Probability,Date,Result\nA wins,Ben,0.9,2024-10-01,1\nA wins,Cy,1,2024-10-02,1\n"
        "B wins,Ben,0,2024-10-01,void\nB wins,Cy,0.2,2024-10-01,\nC wins,Cy,0.2,2024-10-01,0.5\n"
        "A wins,Cy,1,2024-10-02,0\n",
    )
    told = run("import", "table", name).stderr
    found = predictions(root)
    assert figures(found["A wins"]) == [("ben", "2024-10-01", 0.9), ("cy", "2024-10-02", 1.0)]
    assert outcome(found["B wins"]) == ("void", "moot", "2024-10-01")
    assert outcome(found["C wins"]) == ("0.5", None, "2024-10-01")
    assert "(row 7): the outcome is not that of row 2, which counts" in told
    assert found["A wins"].speaker == "a"


def test_a_wide_table_with_blanks_and_its_outcomes(run: Import, root: Path) -> None:
    wide = file("w.csv", "Mode,Will it rain?,Will it snow\u2019s\nx,99,1\ny, ,50\nz,1.2,\n".encode("cp1252"))
    second = file(
        "o.csv",
        (
            "column,made_by,deadline,outcome\nWill it rain?,2023-01-10,2023-12-31,1\n"
            "Will it snow\u2019s,2023-01-10,2023-12-31,0\n"
        ).encode("cp1252"),
    )
    told = run("import", "table", wide, "--outcomes", second, "--percent", "--source", "contest").stderr
    found = predictions(root)
    assert figures(found["Will it rain?"]) == [
        ("contest-0", "2023-01-10", 0.99),
        ("contest-2", "2023-01-10", 0.012),
    ]
    assert figures(found["Will it snow\u2019s"]) == [
        ("contest-0", "2023-01-10", 0.01),
        ("contest-1", "2023-01-10", 0.5),
    ]
    assert outcome(found["Will it rain?"]) == ("yes", None, "2023-12-31")
    assert "Skipped 2 (rows 3, 4): the cell is blank." in told
    assert "is not UTF-8 and is read as Windows-1252" in told


def test_a_wide_table_with_a_column_a_person(run: Import, root: Path) -> None:
    name = file("w.csv", "Question,Ben,Cy,Result,Remark\nIt rains,0.3,.4,yes,sure\nIt snows,,1.0,no,?\n")
    run("import", "table", name, "--wide", "--set", "made=2025-01-01", "--set", "latest=2025-12-31")
    found = predictions(root)
    assert figures(found["It rains"]) == [("ben", "2025-01-01", 0.3), ("cy", "2025-01-01", 0.4)]
    assert figures(found["It snows"]) == [("cy", "2025-01-01", 1.0)]
    assert outcome(found["It snows"]) == ("no", None, "2025-12-31")


def test_a_real_file_gives_its_published_scores(run: Import, root: Path) -> None:
    """FiveThirtyEight's NFL games: 0.219 of 2019 is published; the ties are shares of a half."""
    expected = json.loads((DATA / "fivethirtyeight-nfl" / "expected.json").read_text())
    told = run(
        "import",
        "table",
        str(DATA / "fivethirtyeight-nfl" / "nfl_games.csv"),
        "--speaker",
        "FiveThirtyEight",
        "--map",
        "prediction={team1} beats {team2}",
        "--map",
        "probability=prob1",
        "--map",
        "outcome=prob1_outcome",
        "--map",
        "latest=date",
        "--map",
        "made=date",
        "--map",
        "tags=season",
    ).stderr
    assert "1,889 rows read: 1,889 predictions, 1,889 forecasts, 1,889 resolutions new" in told
    rows = json.loads(run("score", "--group-by", "tag", "--json").stdout)
    assert {row["group"]: round(row["brier"], 6) for row in rows} == {
        season: figures["ties_as_half"]["brier"] for season, figures in expected["by_season"].items()
    }


def test_what_is_logged_elsewhere_says_by_whose_word(run: Import, root: Path) -> None:
    name = file("a.csv", "claim,p,made,outcome,deadline\nIt rains,0.3,2025-01-02,yes,2025-12-31\n")
    proof = ("--logged-on", "2025-01-03", "--word-of", "The Almanac", "--proof", "https://almanac.example/1")
    assert "--proof is missing" in run("import", "table", name, *proof[:4], code=2).stderr
    run("import", "table", name, *proof)
    (record,) = predictions(root).values()
    assert record.logged_elsewhere
    assert record.logged_elsewhere.by == "The Almanac"
    assert str(record.logged_elsewhere.on) == "2025-01-03"
    assert json.loads(run("score", "--json").stdout)[0]["timing"] == "logged elsewhere"


def test_people_resolve_what_was_imported_with_a_line_of_their_own(run: Import, root: Path) -> None:
    run(
        "import",
        "table",
        file(
            "a.csv",
            (
                "id,claim,p,made,deadline\nq1,It rains,0.3,2025-01-02,2025-03-01\n"
                "q2,It snows,0.3,2025-01-02,2025-03-01\n"
            ),
        ),
    )
    assert "It rains" in run("due").stdout
    (log,) = root.glob("imports/a/*.jsonl")
    before = log.read_bytes()
    run("resolve", "a-q1", "a-q2", "no", "--searched", "the almanac")
    found = predictions(root)
    assert outcome(found["It rains"]) == outcome(found["It snows"]) == ("no", None, "2025-03-02")
    assert log.read_bytes() == before
    assert len((root / "imports" / "a" / "resolved-2026-11.jsonl").read_text().splitlines()) == 2
    assert (
        "was written by a machine" in run("amend", "a-q1", "--why", "typo", "--set", "claim=x", code=1).stderr
    )
    run("check")


def test_a_line_that_somebody_added_meanwhile_is_not_written_over(run: Import, root: Path) -> None:
    rows = "id,claim,p,made,deadline\n" + "".join(
        f"q{n},It rains {n},0.3,2025-01-02,2025-03-01\n" for n in (1, 2, 3)
    )
    run("import", "table", file("a.csv", rows))
    no = Outcome(outcome="no", by="Kim", searched="the almanac")
    today = date(2026, 11, 23)
    resolve(load(root), ["a-q1"], no, today=today).carry_out()
    first, second = (resolve(load(root), [name], no, today=today) for name in ("a-q2", "a-q3"))
    first.carry_out()
    with pytest.raises(FileChanged):
        second.carry_out()
    assert len((root / "imports" / "a" / "resolved-2026-11.jsonl").read_text().splitlines()) == 2


BOMB = b"\0" * 100_000_000


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", b"", "has no header"),
        ("a.csv", b"a,b\n\x00,1\n", "holds zero bytes"),
        ("a.csv", b"c" + b",c" * 1_000_000, "has 1,000,001 columns; at most 20,000"),
        ("a.csv", b"x" * 20_000_000, "longer than 5 MB"),
        ("a.csv", b"claim,p\n" + b"x" * 20_000_000, "longer than 5 MB"),
        ("a.csv", b"claim,p,claim\nx,1,y\n", "two columns called 'claim'"),
        ("a.csv", b"claim,p\nx,1,2\n", "row 2: 3 cells, and the header has 2 columns"),
        ("a.csv", b"words,mood\nx,1\n", "no column of a.csv looks like the prediction"),
        ("a.csv", b"claim,p\nIt rains,.4\n", "nothing says when it was made"),
        ("a.csv.gz", gzip.compress(b"claim,p\n" + b"x,1\n" * 25_000_000), "unpacks to more than"),
        ("a.csv.gz", gzip.compress(os.urandom(99_999))[:5000], "is damaged"),
        ("a.json", b"[1, 2]", "is no list of objects"),
        ("a.json", b"[" * 100_000, "is no JSON"),
        ("a.jsonl", b'{"claim": 1}\nx\n', "a.jsonl, line 2: no JSON"),
        ("a.parquet", b"PAR1x", "is no Parquet file"),
        ("a.xlsx", b"PK\x03\x04cut", "is no zip file, or is cut off"),
    ],
)
def test_what_is_no_table_is_one_sentence(
    run: Import, root: Path, name: str, content: bytes, sentence: str
) -> None:
    result = run("import", "table", file(name, content), code=0 if "made" in sentence else 1)
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr
    assert not (root / "imports").exists()


def test_a_zip_bomb_is_not_opened(run: Import, root: Path) -> None:
    with zipfile.ZipFile("bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(6):
            archive.writestr(f"xl/{number}.xml", BOMB)
    assert "unpacks to 600 MB, which is not read" in run("import", "table", "bomb.xlsx", code=1).stderr


def test_columns_and_keys_that_there_are_not_are_offered_the_nearest(run: Import) -> None:
    name = file("a.csv", PLAIN)
    assert (
        "Did you mean 'Question'?"
        in run("import", "table", name, "--map", "prediction=Qestion", code=1).stderr
    )
    assert (
        "did you mean probability?"
        in run("import", "table", name, "--map", "probabilty=Confidence", code=1).stderr
    )
    assert "write KEY=VALUE" in run("import", "table", name, "--set", "made", code=2).stderr


QUANTILES = """\
model,target,forecast_date,target_end_date,quantile,value,truth
A,"Deaths, Ohio",2021-01-04,2021-01-16,0.975,1500,"1,210"
A,"Deaths, Ohio",2021-01-04,2021-01-16,0.025,"1,000","1,210"
A,"Deaths, Ohio",2021-01-04,2021-01-16,0.5,1200,"1,210"
B,"Deaths, Ohio",2021-01-04,2021-01-16,0.025,900,1210
B,"Deaths, Ohio",2021-01-04,2021-01-16,0.5,1100,1210
B,"Deaths, Ohio",2021-01-04,2021-01-16,0.975,x,1210
B,"Deaths, Iowa",2021-01-04,2021-01-16,,7,void
"""


def test_quantiles_a_row_each_are_one_forecast(run: Import, root: Path) -> None:
    """Twice the mean pinball loss of A is 2 (5.25 + 5 + 7.25) / 3, by hand."""
    name = file("q.csv", QUANTILES)
    maps = (
        "prediction=target",
        "by=model",
        "made=forecast_date",
        "latest=target_end_date",
        "outcome=truth",
        "value=value",
    )
    mapped = [part for one in maps for part in ("--map", one)]
    assert "what the numbers count" in run("import", "table", name, *mapped, code=1).stderr
    told = run("import", "table", name, *mapped, "--set", "unit=deaths").stderr
    assert "2 predictions, 3 forecasts, 2 resolutions new" in told
    assert "Skipped 1 (row 7): the number is not read." in told
    found = predictions(root)
    assert found["Deaths, Ohio"].kind == "numeric"
    assert outcome(found["Deaths, Ohio"]) == ("1210", None, "2021-01-16")
    assert outcome(found["Deaths, Iowa"]) == ("void", "moot", "2021-01-16")
    rows = json.loads(run("score", "--predicts", "numeric", "--group-by", "forecaster", "--json").stdout)
    held = {row["group"]: row["value"] for row in rows if row["of"] == "95% intervals"}
    assert held == {"a": 1.0}
    run("build")
    scored = sqlite3.connect("forecastlog.db").execute("select crps from scores where forecaster_id = 'a'")
    assert scored.fetchall() == [(pytest.approx(2 * (5.25 + 5 + 7.25) / 3),)]


def test_quantiles_and_intervals_in_columns(run: Import, root: Path) -> None:
    name = file(
        "q.csv",
        (
            "claim,made,median,p05,p95,lo,hi,by,outcome\nSeats,2025-01-01,285,243,331,,,Ann,290\n"
            "Seats,2025-01-02,,,,250,300,Ben,290\n"
        ),
    )
    run(
        "import",
        "table",
        name,
        "--map",
        "value=median",
        "--map",
        "5%=p05",
        "--map",
        "95%=p95",
        "--map",
        "low=lo",
        "--map",
        "high=hi",
        "--set",
        "level=0.9",
        "--set",
        "unit=seats",
    )
    first, second = (one.says.entry for one in predictions(root)["Seats"].forecasts if one.says)
    assert (first["value"], first["quantiles"]) == (285, {"5%": 243, "95%": 331})
    assert second["interval"] == {"low": 250, "high": 300, "level": 0.9}


def test_cells() -> None:
    days = Days()
    for text, day in {
        "2025-1-5": "2025-01-05",
        "5 January 2025": "2025-01-05",
        "Jan 5, 2025": "2025-01-05",
        "2025-01-05 12:30:7": "2025-01-05T12:30:07Z",
        "2025-01-05T12:30:07.123456+00:00": "2025-01-05T12:30:07Z",
        "2025-01-05 1:05 PM": "2025-01-05T13:05:00Z",
        "2025-01-05T23:30:00-05:00": "2025-01-05T23:30:00-05:00",
    }.items():
        assert days.read(text) == day
    assert [
        outcome_of(text)[0] for text in ("TRUE", "0", "1.0", "50%", "Annulled", "", " ", "ambiguous")
    ] == [
        "yes",
        "no",
        "yes",
        "0.5",
        "void",
        "",
        "",
        "ambiguous",
    ]
    figures = Figures()
    assert figures.read("12.5 %") == 0.125
    with pytest.raises(ValueError, match="did you mean"):
        outcome_of("voidd")
    both = Figures()
    both.look(1, "70")
    both.look(2, "0.7")
    with pytest.raises(BadFile):
        both.decide()


def test_a_disk_that_is_full_leaves_whole_lines_and_the_import_goes_on(root: Path, run: Import) -> None:
    """A limit on the size of files stands for the disk: the system refuses in the same way."""
    name = file(
        "big.csv", "claim,p,made\n" + "".join(f"Claim {n},{n % 99 + 1},2025-01-01\n" for n in range(3_000))
    )
    limit = (
        "import resource, runpy; resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, 700_000)); "
        "runpy.run_module('forecastlog', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", limit, "import", "table", name], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert (
        "could not be written: file too large. 2,000 lines were written before that and stay; "
        "run the import again."
    ) in done.stderr
    assert "Traceback" not in done.stderr
    assert len(predictions(root)) == 1000
    run("import", "table", name)
    assert len(predictions(root)) == 3000


@pytest.mark.slow
def test_an_import_that_is_killed_goes_on_without_loss(root: Path, run: Import) -> None:
    rows = "".join(f"Claim {n},{n % 99 + 1},2025-01-01\n" for n in range(60_000))
    name = file("big.csv", "claim,p,made\n" + rows)
    log = root / "imports" / "big" / "2026-11.jsonl"
    command = [sys.executable, "-m", "forecastlog", "import", "table", name]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while not log.exists() or log.stat().st_size < 1_000_000:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    with log.open("ab") as half:
        half.write(b'{"type":"forecast","id":"x')
    told = run("import", "table", name).stderr
    assert "left torn was cut off" in told
    assert len(predictions(root)) == 60_000


def test_a_hostile_neighbour_stops_no_import(root: Path, run: Import) -> None:
    """What the folder of imports holds besides may be deeper than can be read, no UTF-8, or a pipe."""
    other = root / "imports" / "other"
    other.mkdir(parents=True)
    deep = b'{"id":"z","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"
    (other / "2026-01.jsonl").write_bytes(deep + b'{"id":"\xff"}\n')
    os.mkfifo(other / "2026-02.jsonl")
    name = file("one.csv", "claim,p,made\nIt rains,70,2025-01-01\n")
    run("import", "table", name)
    log = root / "imports" / "one" / "2026-11.jsonl"
    whole = log.read_bytes()
    log.write_bytes(whole + deep.rstrip())
    name = file("one.csv", "claim,p,made\nIt rains,70,2025-01-01\nIt snows,20,2025-01-01\n")
    assert "left torn was cut off" in run("import", "table", name).stderr
    assert log.read_bytes().startswith(whole)
    assert deep.rstrip() not in log.read_bytes()


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('claim,p,made\nIt rains,0.7,2025-01-02\n"It snows,0.7,2025-01-02\nIt hails,0.7,2025-01-02\n', 3),
        ('claim,p,made\nIt rains,0.7,"2025-01-02', 2),
    ],
)
def test_a_quotation_mark_that_is_never_closed_swallows_no_rows(
    run: Import, root: Path, text: str, row: int
) -> None:
    told = run("import", "table", file("a.csv", text), code=1).stderr
    assert f"row {row}: a quotation mark is opened and never closed" in told
    assert not (root / "imports").exists()
