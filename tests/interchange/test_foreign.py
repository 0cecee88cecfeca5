"""Layouts of files that others keep: nothing in them is guessed in silence, and their figures come out.

Each file is made up in the layout of a public one; the figures are worked by hand.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from forecastlog.interchange.cells import Figures, outcome_of
from forecastlog.interchange.days import Days
from forecastlog.interchange.numerals import Amounts
from tests.interchange.conftest import Import, figures, outcome, predictions


def write(name: str, text: str, encoding: str = "utf-8") -> str:
    Path(name).write_bytes(text.encode(encoding))
    return name


def briers(run: Import) -> dict[str, list[float]]:
    """Of each forecaster how many forecasts were scored, and their mean Brier score."""
    rows = json.loads(run("score", "--as-known", "--group-by", "forecaster", "--json").stdout)
    return {row["group"]: [row["n"], round(row["brier"], 9)] for row in rows if row["n"]}


@pytest.mark.parametrize(
    ("text", "keys"),
    {
        ".5": {"probability": 0.5},
        "0,7": {"probability": 0.7},
        "~60%": {"probability": 0.6},
        "50 percent": {"probability": 0.5},
        "1 in 4": {"probability": 0.25},
        "1/4": {"probability": 0.25},
        "<1%": {"probability": 0.01, "low": 0.0, "high": 0.01},
        "99.9%+": {"probability": 0.999, "low": 0.999, "high": 1.0},
        "60\u201370%": {"probability": 0.65, "low": 0.6, "high": 0.7},
        "0.6 - 0.7": {"probability": 0.65, "low": 0.6, "high": 0.7},
    }.items(),
)
def test_a_figure_in_any_writing(text: str, keys: dict[str, float]) -> None:
    assert Figures().keys(text) == keys


def test_a_range_without_a_sign_goes_by_its_column() -> None:
    column = Figures()
    for row, text in enumerate(("60-70", "<5", "~50"), 2):
        column.look(row, text)
    assert column.keys("<5") == {"probability": 0.05, "low": 0.0, "high": 0.05}
    for text in ("likely", "3:1", "5%, 10%", "x", "-0.1"):
        with pytest.raises(ValueError, match="the p"):
            Figures().keys(text)


@pytest.mark.parametrize(
    ("text", "day"),
    {
        "Sunday, December 31, 2023": "2023-12-31",
        "1st of May 2023": "2023-05-01",
        "1-Sept-23": "2023-09-01",
        "Jan 1, 2023, 10:05 AM": "2023-01-01T10:05:00Z",
        "2023.01.05": "2023-01-05",
        "45291": "2023-12-31",
        "45291.25": "2023-12-31T06:00:00Z",
        "1703980800": "2023-12-31T00:00:00Z",
        "1703980800123": "2023-12-31T00:00:00Z",
    }.items(),
)
def test_a_day_in_any_writing(text: str, day: str) -> None:
    assert Days().read(text) == day


@pytest.mark.parametrize(
    "text", ["3/4/2025", "May 2023", "2023", "19723", "2023010112", "31/31/2023", "Mayo 5, 2023"]
)
def test_a_day_that_may_be_another_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Days("iso").read(text)


def test_an_outcome_in_any_writing() -> None:
    told = {
        "yes": ("Resolved: YES!", "resolved yes 2023-05-01", "Yes (5/1/2023)", "✓", "100%", "hit"),
        "no": ("❌", "Resolves no.", "failed", "0.0"),
        "void": ("Resolved N/A", "not applicable"),
        "": ("not resolved", "#N/A", "TBD"),
        "0.4": ("Resolved to 0.4",),
    }
    assert {text: outcome_of(text)[0] for texts in told.values() for text in texts} == {
        text: word for word, texts in told.items() for text in texts
    }
    for text in ("x", "partially", "no (postponed)", "100"):
        with pytest.raises(ValueError, match="the outcome"):
            outcome_of(text)


RACES = """\
Race,Election day,FiveThirtyEight,Economist,PredictIt,Winner is D,Status
Arizona Senate,11/8/2022,0.66,0.71,0.54,1,decided
Georgia Senate,11/8/2022,0.37,,0.35,,runoff
Ohio Senate,11/8/2022,0,0.08,0.10,0,decided
Hawaii Senate,11/8/2022,1,0.99,-,1,decided
Nebraska special,11/8/2022,0.02,0.03,0.04,1,cancelled
Utah Senate,11/8/2022,0.01,0.01,0.05,McMullin,decided
"""


def test_several_forecasters_of_the_same_races(run: Import, root: Path) -> None:
    """By hand: (0.34^2 + 0 + 0) / 3, (0.29^2 + 0.08^2 + 0.01^2) / 3 and (0.46^2 + 0.1^2) / 2.

    The void race, the one that is open and the one whose outcome is no word of ours count nowhere.
    """
    arguments = (write("races.csv", RACES), "--wide", "--set", "made=2022-11-07")
    outcomes = ("--map", "outcome=Winner is D")
    assert "--day-first or --month-first" in run("import", "table", *arguments, *outcomes, code=1).stderr
    told = run("import", "table", *arguments, *outcomes, "--month-first").stderr
    assert "Columns with forecasts: 'FiveThirtyEight', 'Economist', 'PredictIt' (" in told
    assert "Skipped 1 (row 7): the outcome 'mcmullin' is not read." in told
    assert "Skipped 2 (rows 3, 5): the cell is blank." in told
    assert outcome(predictions(root)["Nebraska special"]) == ("void", "moot", "2022-11-08")
    assert briers(run) == {
        "fivethirtyeight": [3, round(0.1156 / 3, 9)],
        "economist": [3, round(0.0906 / 3, 9)],
        "predictit": [2, round(0.2216 / 2, 9)],
    }


def test_each_forecaster_of_a_wide_table_may_have_units_of_their_own(run: Import, root: Path) -> None:
    text = "race,Site,Market,Sure,result\nA,0.66,54,1,1\nB,0.1,1,0,0\n"
    arguments = (write("units.csv", text), "--wide", "--set", "made=2022-11-07")
    told = run("import", "table", *arguments, code=1).stderr  # of 'Sure' nothing tells which they are
    assert "row 2 has 54, which is a percentage, and row 2 has 0.66" in told
    told = run("import", "table", *arguments, "--columns", "2-3").stderr
    assert "Percentages: 'Market'; the others are fractions of 1" in told
    assert figures(predictions(root)["B"]) == [("site", "2022-11-07", 0.1), ("market", "2022-11-07", 0.01)]
    mixed = write("mixed.csv", text.replace("0.1,1,", "10,0.5,"))
    assert "which looks like a fraction" in run("import", "table", mixed, *arguments[1:], code=1).stderr


def test_an_american_site_writes_the_month_first(run: Import, root: Path) -> None:
    rows = "11/1/12,classic,11/6/12,Ohio,0.9,1\n11/1/12,deluxe,11/6/12,Ohio,0.8,1\n"
    rows += "11/2/12,deluxe,11/6/12,Utah,0,0\n"
    head = "forecast_date,forecast_type,election_date,state,probwin,probwin_outcome\n"
    run("import", "fivethirtyeight", write("senate.csv", head + rows))
    found = predictions(root)
    assert figures(found["Ohio: probwin"]) == [
        ("fivethirtyeight-classic", "2012-11-01", 0.9),
        ("fivethirtyeight-deluxe", "2012-11-01", 0.8),
    ]
    assert outcome(found["Utah: probwin"]) == ("no", None, "2012-11-06")


ANSWERS = """\
Question,Forecast,Confidence,Date,Correct
Does X win?,Yes,80%,2023-01-01,Yes
Does Y win?,No,90%,2023-01-01,Yes
Does Z win?,No,>95%,2023-01-01,No
Does W win?,,70%,2023-01-01,No
"""


def test_a_figure_for_no_is_none_for_yes(run: Import, root: Path) -> None:
    """0.2^2, 0.1^2 and 0.95^2: right at 80 and 90 %, wrong at 95 %."""
    told = run("import", "table", write("answers.csv", ANSWERS)).stderr
    found = predictions(root)
    assert [figures(found[f"Does {name} win?"])[0][2] for name in "XYZ"] == [0.8, 0.1, 0.05]
    assert (found["Does Z win?"].forecasts[0].says.low, outcome(found["Does Z win?"])[0]) == (0.0, "yes")  # type: ignore[union-attr, index]
    assert "(row 5): the answer is neither yes nor no" in told
    assert briers(run) == {"ann": [3, 0.3175]}


def test_a_side_of_a_half_is_no_answer_that_a_figure_is_for(run: Import, root: Path) -> None:
    text = "question,prediction,probability,date,outcome\nA?,yes,0.7,2023-01-01,1\nB?,no,0.2,2023-01-01,0\n"
    run("import", "table", write("sides.csv", text))
    assert figures(predictions(root)["B?"])[0][2] == 0.2
    both = write("both.csv", f"{text}C?,no,0.9,2023-01-01,0\n")
    told = run("import", "table", both, code=1).stderr
    assert "row 3 says no with 0.2, and row 4 with 0.9: say whether" in told
    run("import", "table", both, "--set", "answer=yes", "--source", "yes")
    assert figures(predictions(root)["C?"])[0][2] == 0.9
    told = run("import", "table", both, "--map", "answer=prediction", "--source", "own", "--dry-run").stderr
    assert "C? (2023-01-01)\n    known 2023-01-01: no\n    2023-01-01 Ann: 10%" in told


def test_what_is_there_as_a_truth_is_no_answer(run: Import, root: Path) -> None:
    text = "question,prediction,date,resolved,answer\nDoes X win?,0.3,2023-01-01,true,no\n"
    run("import", "table", write("set.csv", text))
    assert figures(predictions(root)["Does X win?"])[0][2] == 0.3
    assert outcome(predictions(root)["Does X win?"]) == ("no", None, "2023-01-01")


def test_a_table_without_outcomes_says_so(run: Import, root: Path) -> None:
    text = "question,p,date,resolved\nDoes X win?,0.3,2023-01-01,TRUE\n"
    told = run("import", "table", write("set.csv", text)).stderr
    assert (
        "so all is open ('resolved' is true and false alone, perhaps of being known: --map outcome=resolved)"
        in told
    )
    told = run("import", "table", "set.csv", "--map", "outcome=resolved").stderr
    assert "all is open" not in told


def test_two_figures_at_one_moment_are_told(run: Import, root: Path) -> None:
    head, rows = "race,version,p,date,outcome\n", "A,lite,0.5,2022-11-01,1\nA,full,0.6,2022-11-01,1\n"
    file = write("models.csv", head + rows)
    told = run("import", "table", file, "--dry-run").stderr
    assert "Taken all the same 1 (row 3): another figure of the same forecaster" in told
    told = run("import", "table", file, "--map", "by=version").stderr
    assert "another figure" not in told
    assert {by for by, *_ in figures(predictions(root)["A"])} == {"lite", "full"}


@pytest.mark.parametrize(
    ("ids", "questions"),
    [(("1", "1", "2"), 2), (("1", "2", "3"), 2), (("a", "b", "a"), 2)],
)
def test_an_id_is_a_questions_own_or_none(
    run: Import, root: Path, ids: tuple[str, ...], questions: int
) -> None:
    """A forecaster's number, a row's number, and a question's own."""
    texts = ("A?", "B?", "A?")
    rows = "".join(
        f"{one},{text},0.{n},2022-11-0{n},1\n"
        for n, (one, text) in enumerate(zip(ids, texts, strict=True), 1)
    )
    run("import", "table", write("ids.csv", f"ID,Question,Prob,Made,Outcome\n{rows}"), "--source", "x")
    assert len([*(root / "imports").rglob("*.jsonl")]) == 1
    lines = next((root / "imports").rglob("*.jsonl")).read_text().splitlines()
    assert sum(json.loads(line)["type"] == "prediction" for line in lines) == questions


def test_without_a_deadline_nobody_is_late(run: Import, root: Path) -> None:
    rows = "A?,Ben,0.4,2022-11-01,1\nA?,Cy,0.8,2022-12-01,1\n"
    told = run("import", "table", write("open.csv", f"question,by,p,date,outcome\n{rows}")).stderr
    assert "'score --as-known' counts what has an outcome" in told
    assert outcome(predictions(root)["A?"]) == ("yes", None, "2022-12-01")
    assert briers(run) == {"ben": [1, 0.36], "cy": [1, 0.04]}


GERMAN = (
    'Frage;Wahrscheinlichkeit;Datum;Eingetreten\n"Wien; Mai";0,35;13.02.2023;1\nGraz;12,5%;01.02.2023;0\n'
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "utf-8-sig"),
        (GERMAN, "utf-16"),
        (GERMAN, "cp1252"),
        (f"sep=;\n{GERMAN}", "utf-8"),
        (GERMAN.replace("\n", "\r"), "utf-8"),
        (f"Meine Vorhersagen;;;\n\n{GERMAN}", "utf-8"),
    ],
)
def test_a_spreadsheets_csv(run: Import, root: Path, text: str, encoding: str) -> None:
    maps = ("prediction=Frage", "probability=Wahrscheinlichkeit", "made=Datum", "outcome=Eingetreten")
    given = [word for one in maps for word in ("--map", one)]
    given += ["--header", "3"] if "Meine" in text else []
    run("import", "table", write("x.csv", text, encoding), *given)
    found = predictions(root)
    assert figures(found["Wien; Mai"]) == [("ann", "2023-02-13", 0.35)]
    assert figures(found["Graz"]) == [("ann", "2023-02-01", 0.125)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Question,Probability (%),Made\na,0.5,2023-01-01\n", "says percentages, and row 2 has 0.5"),
        ("Question,Ann,Ann,Outcome\na,0.5,0.6,1\n", "say --header N"),
        ("My list\nQuestion,Probability\na,0.5\n", "say --header N"),
        ("Question,Probability,Made\na,0.5,13/1/23\nb,0.6,1/13/23\n", "Say --day-first or --month-first"),
    ],
)
def test_a_refusal_names_the_option(run: Import, text: str, sentence: str) -> None:
    assert sentence in run("import", "table", write("x.csv", text), code=1).stderr


GAMES = """\
date,team1,team2,prob1,score1,score2,winner
2019-09-05,CHI,GB,0.75,3,10,GB
2019-09-08,CAR,LAR,0.43,30,9,car
2019-09-09,NO,HOU,0.6,,,
"""


@pytest.mark.parametrize("outcome_", ["outcome={score1} > {score2}", "outcome={winner} = {team1}"])
def test_an_outcome_that_follows_from_cells(run: Import, root: Path, outcome_: str) -> None:
    maps = ("--map", "prediction={team1} beats {team2}", "--map", "probability=prob1", "--map", "latest=date")
    run("import", "table", write("games.csv", GAMES), *maps, "--map", outcome_, "--set", "made=2019-09-01")
    found = predictions(root)
    assert outcome(found["CHI beats GB"]) == ("no", None, "2019-09-05")
    assert outcome(found["CAR beats LAR"]) == ("yes", None, "2019-09-08")
    assert outcome(found["NO beats HOU"]) is None


def test_a_share_of_votes_tells_no_question_from_another(run: Import, root: Path) -> None:
    """Even where the first year has none of them."""
    head = (
        "year,state,election_date,forecast_date,forecast_type,projected_voteshare,probwin,probwin_outcome\n"
    )
    rows = "".join(f"2018,WA,2018-11-06,2018-11-0{day},lite,,.{day},0\n" for day in range(1, 6))
    late = "2018,WA,2018-11-06,2018-11-06,lite,31.5,.01,0\n"
    run("import", "fivethirtyeight", write("governors.csv", head + rows * 12 + late))
    assert [len(one.forecasts) for one in predictions(root).values()] == [6]


def test_a_row_of_outcomes_is_no_forecaster(run: Import, root: Path) -> None:
    text = "forecaster,Q1,Q2,Q3\nOutcome,1.0,no,\nAnn,50,40,30\nBen,60,,100\n"
    told = run("import", "table", write("rows.csv", text), "--wide", "--set", "made=2023-01-01").stderr
    assert "Row 2 is taken for the outcomes" in told
    assert "all is open" not in told
    found = predictions(root)
    assert [(outcome(found[name]) or [""])[0] for name in ("Q1", "Q2", "Q3")] == ["yes", "no", ""]
    assert [by for by, *_ in figures(found["Q1"])] == ["ann", "ben"]
    assert briers(run) == {"ann": [2, 0.205], "ben": [1, 0.16]}


def test_a_row_of_outcomes_may_have_its_name_where_others_have_a_day(run: Import, root: Path) -> None:
    text = "Timestamp,Name,Q1,Q2\n1/17/2026 9:00,Ann,50,40%\n1/18/2026 9:00,Ben,60,\nResult,,yes,no\n"
    told = run("import", "table", write("form.csv", text), "--wide").stderr
    assert "Row 4 is taken for the outcomes" in told
    assert "Columns with forecasts: 'Q1', 'Q2' " in told
    assert [line for line in told.splitlines() if "Skipped" in line] == [
        "Skipped 1 (row 3): the cell is blank."
    ]
    found = predictions(root)
    assert [(outcome(found[name]) or [""])[0] for name in ("Q1", "Q2")] == ["yes", "no"]
    shown = run("show", found["Q1"].id).stdout
    assert shown.count("no words for how sure") == 2  # said once, and cited once
    assert "Source " in shown
    assert "Article " not in shown


def test_a_frames_row_numbers_are_nobodys_forecasts(run: Import, root: Path) -> None:
    text = ",race,Ann,Ben,outcome\n0,A,0.5,0.6,1\n1,B,0.4,,0\n"
    told = run("import", "table", write("frame.csv", text), "--wide", "--set", "made=2023-01-01").stderr
    assert "left aside: 'column 1'" in told
    assert [by for by, *_ in figures(predictions(root)["A"])] == ["ann", "ben"]


def test_rows_without_a_partner_are_told(run: Import, root: Path) -> None:
    first = write("f.csv", "qid,p,date\n1,0.5,2022-11-01\n3,0.7,2022-11-05\n")
    second = write("q.csv", "qid,question,outcome\n1,A?,yes\n")
    told = run("import", "table", first, "--outcomes", second, "--on", "qid").stderr
    assert "Row 3 has no row in q.csv with the same qid." in told
    other = write("other.csv", "qid,question,outcome\n01,A?,yes\n")
    assert (
        "is --on the column"
        in run("import", "table", first, "--outcomes", other, "--on", "qid", code=1).stderr
    )


@pytest.mark.parametrize(
    ("texts", "read"),
    [
        (("1,234", "1,234.5", "0.25"), ["1234", "1234.5", "0.25"]),
        (("1.234", "1.234,5", "0,25"), ["1234", "1234.5", "0.25"]),
        (("1.234.567", "12"), ["1234567", "12"]),
        (("1,234", "12.345"), ["1234", "12.345"]),
        (("1 234,5", "\u22127"), ["1234.5", "-7"]),
        (("1'234.5", "1e3"), ["1234.5", "1000"]),
    ],
)
def test_a_column_tells_its_decimal_sign(texts: tuple[str, ...], read: list[str]) -> None:
    column = Amounts()
    for row, text in enumerate(texts, 2):
        column.look(row, text)
    assert [column.read(text) for text in texts] == read


def test_numbers_with_both_decimal_signs_are_refused(run: Import) -> None:
    text = 'question,value,made,deadline\nA,"1,5",2023-01-01,2023-02-01\nB,2.5,2023-01-01,2023-02-01\n'
    told = run("import", "table", write("x.csv", text), "--map=value=value", "--set", "unit=n", code=1).stderr
    assert "row 2 has 1,5, with a decimal comma, and row 3 has 2.5, with a decimal point" in told


UNSOUND = """\
question,probability,made,deadline,outcome,resolved on
Late,0.5,2023-05-01,2023-04-01,1,2023-04-01
To come,0.5,2033-05-01,2033-06-01,,
Known to come,0.5,2023-05-01,2033-06-01,1,2033-05-01
Early,0.4,2023-05-01,2033-06-01,1,
Sound,0.4,2023-05-01,2023-06-01,0,2023-06-01
"""
UNSOUND_NUMBERS = """\
question,low,high,value,p10,p50,p90,made,deadline,outcome
Ends,5,3,,,,,2023-05-01,2023-06-01,4
Outside,3,5,9,,,,2023-05-01,2023-06-01,4
Crossing,,,,5,4,6,2023-05-01,2023-06-01,4
Point beside,,,7,3,4,6,2023-05-01,2023-06-01,4
Negative,-5,-3,-4,,,,2023-05-01,2023-06-01,-4
"""
UNSOUND_OPTIONS = """\
question,option,probability,made,deadline,outcome
One,A,1,2023-05-01,2023-06-01,A
Two,A,0.5,2023-05-01,2023-06-01,B
Two,B,0.5,2023-05-01,2023-06-01,B
"""


def test_an_import_leaves_no_error_in_the_ledger(run: Import, root: Path) -> None:
    """What the rules refuse is passed over with its row; what is sound in it is there."""
    told = run("import", "table", write("days.csv", UNSOUND)).stderr
    assert "(row 2): the deadline, 2023-04-01, had passed when" in told
    assert "(row 3): 'logged' is 2026-11-29" in told
    assert "(row 4): recorded on 2026-11-29" in told
    maps = [
        f"--map={name}" for name in ("low=low", "high=high", "value=value", "10%=p10", "50%=p50", "90%=p90")
    ]
    numbers = write("numbers.csv", UNSOUND_NUMBERS)
    told = run("import", "table", numbers, *maps, "--set", "level=80%", "--set", "unit=n").stderr
    assert "(row 2): 'high' is 3, below 'low', 5" in told
    assert "(row 3): 'high' is 5, below 'value', 9" in told
    assert "(row 4): the quantile at 50%, 4, lies below that at 10%, 5" in told
    assert "(row 5): a point beside the median that is another number" in told
    told = run("import", "table", write("options.csv", UNSOUND_OPTIONS)).stderr
    assert "(row 2): one option is no choice" in told
    run("check")
    found = predictions(root)
    bare = {claim for claim, one in found.items() if not one.forecasts}
    assert bare == {"Ends", "Outside", "Crossing"}
    assert found.keys() - bare == {"Known to come", "Early", "Sound", "Point beside", "Negative", "Two"}
    assert outcome(found["Early"]) == ("yes", None, "2026-11-29")
    assert briers(run) == {"ann": [2, round((0.36 + 0.16) / 2, 9)]}


CELLS = {
    "": "<table:table-cell/>",
    "text": "<table:table-cell><office:annotation><text:p>no</text:p></office:annotation>"
    "<text:p>{}</text:p></table:table-cell>",
    **{
        kind: f'<table:table-cell office:{key}="{{}}"><text:p>?</text:p></table:table-cell>'
        for kind, key in {"figure": "value", "day": "date-value", "truth": "boolean-value"}.items()
    },
}


def opendocument(name: str, *rows: str, before: str = "") -> str:
    """A spreadsheet whose first sheet has these rows, each as XML."""
    spaces = ("office", "table", "text")
    declared = " ".join(f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in spaces)
    sheet = "<table:table>{}</table:table><table:table><table:table-row/></table:table>".format("".join(rows))
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "content.xml", f"{before}<office:document-content {declared}>{body}</office:document-content>"
        )
    return name


def sheet_row(*cells: tuple[str, str], times: int = 1) -> str:
    told = "".join(CELLS[kind].format(value) for kind, value in cells)
    blank = '<table:table-cell table:number-columns-repeated="16000"/>'
    return f'<table:table-row table:number-rows-repeated="{times}">{told}{blank}</table:table-row>'


def test_an_opendocument_spreadsheet(run: Import, root: Path) -> None:
    head = sheet_row(*(("text", name) for name in ("Question", "Chance", "Made", "Outcome")))
    first = sheet_row(("text", "A &lt; B?"), ("figure", "0.7"), ("day", "2023-01-02"), ("truth", "true"))
    second = sheet_row(("text", "C?"), ("", ""), ("day", "2023-01-03T10:00:00"), ("truth", "false"))
    many = sheet_row(times=1_048_000)
    name = opendocument("x.ods", sheet_row(("text", "My list")), head, first, many, second, many)
    told = run("import", "table", name, "--header", "2").stderr
    found = predictions(root)
    assert figures(found["A < B?"]) == [("ann", "2023-01-02", 0.7)]
    assert [(outcome(found[claim]) or [""])[0] for claim in ("A < B?", "C?")] == ["yes", "no"]
    assert "(row 1,048,004): the probability is blank" in told
    bomb = opendocument("bomb.ods", before='<!DOCTYPE x [<!ENTITY a "aaaa">]>')
    assert "declares a type of its own" in run("import", "table", bomb, code=1).stderr
    endless = opendocument("endless.ods", head, sheet_row(("text", "x"), times=10**9))
    assert (
        "row 2 comes 1,000,000,000 times"
        in run("import", "table", endless, "--set", "made=2023-01-01", code=1).stderr
    )
    Path("cut.ods").write_bytes(Path("x.ods").read_bytes()[:300])
    assert "is no zip file, or is cut off" in run("import", "table", "cut.ods", code=1).stderr
    assert "Save it as one of them" in run("import", "table", write("x.xls", "x"), code=1).stderr


def test_a_row_is_passed_over_for_one_reason(run: Import, root: Path) -> None:
    table = write(
        "late.csv",
        "Statement,Who,Made,Deadline,Confidence,Outcome\n"
        "It rains,Ann,2026-05-06,2026-01-01,30,no\nIt snows,Ann,2026-05-06,2026-06-01,40,no\n",
    )
    told = run("import", "table", table).stderr
    assert [line for line in told.splitlines() if line.startswith("Skipped")] == [
        "Skipped 1 (row 2): the deadline, 2026-01-01, had passed when the prediction was made, 2026-05-06."
    ]
    assert list(predictions(root)) == ["It snows"]


def test_resolved_may_be_a_day(run: Import, root: Path) -> None:
    table = write(
        "asked.jsonl",
        '{"question":"Rain?","user":"ann","prob":0.8,"created":"2025-02-01","deadline":"2025-12-31",'
        '"resolution":"NO","resolved":"2026-01-02"}\n',
    )
    run("import", "table", table)
    assert outcome(predictions(root)["Rain?"]) == ("no", None, "2026-01-02")
    table = write("days.csv", "question,user,prob,created,resolved\nSnow?,ann,0.8,2025-02-01,2025-03-01\n")
    told = run("import", "table", table).stderr
    assert "No column is taken for the outcome, so all is open (--map outcome=COLUMN)." in told


def test_the_first_records_are_shown_each_with_its_own(run: Import) -> None:
    table = write(
        "weeks.csv",
        "statement,model,made,latest,quantile,value,truth\n"
        "Week 1,base,2026-03-02,2026-03-14,0.5,10,12\nWeek 2,base,2026-03-09,2026-03-21,0.5,11,\n",
    )
    told = run("import", "table", table, "--set", "unit=patients", "--dry-run").stderr
    assert (
        """
Week 1 (2026-03-02 to 2026-03-14)
    known 2026-03-14: 12
    2026-03-02 base: 50% 10
Week 2 (2026-03-09 to 2026-03-21)
    2026-03-09 base: 50% 11
"""
        in told
    )
