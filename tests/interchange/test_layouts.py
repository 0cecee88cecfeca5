"""Layouts of public data sets.

A row an option, quantiles with their truth in another file, a survey's months.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.interchange.conftest import Import, figures, outcome, predictions

SURVEYED = """\
q_id,user_id,answer_option,value,fcast_date,timestamp
1,7,a,0.95,9/1/11,9/1/11 11:17
1,7,b,0.05,9/1/11,9/1/11 11:17
1,8,a,1,9/2/11,9/2/11 9:00
1,8,b,0,9/2/11,9/2/11 9:00
1,9,a,0.2,9/2/11,9/2/11 9:00
2,8,a,0.5,9/13/11,9/13/11 1:17
2,8,b,0.5,9/13/11,9/13/11 1:17
2,8,c,,9/13/11,9/13/11 1:17
"""
ASKED = """\
q_id,q_text,q_status,date_closed,outcome
1,Do they meet?,closed,12/31/11,b
2,Who wins?,voided,1/31/12,
"""


def write(name: str, text: str) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def test_a_row_an_option_with_the_questions_in_a_second_file(run: Import, root: Path) -> None:
    """Two-sided Brier scores by hand: 2 x 0.95^2 = 1.805 and 2 x 1^2 = 2."""
    first, second = write("forecasts.csv", SURVEYED), write("questions.csv", ASKED)
    told = run("import", "table", first, "--outcomes", second, "--on", "q_id", "--month-first").stderr
    found = predictions(root)
    assert outcome(found["Do they meet?"]) == ("b", None, "2011-12-31")
    assert outcome(found["Who wins?"]) == ("void", "moot", "2012-01-31")
    assert [
        (one.by, str(one.made), one.says.entry["probabilities"])
        for one in found["Do they meet?"].forecasts
        if one.says
    ] == [("7", "2011-09-01", {"a": 0.95, "b": 0.05}), ("8", "2011-09-02", {"a": 1.0, "b": 0.0})]
    assert "(row 6): the shares of its options do not add up to 1" in told
    assert "(row 9): the probability is blank" in told
    rows = json.loads(run("score", "--predicts", "choice", "--group-by", "forecaster", "--json").stdout)
    brier = {row["group"]: row["value"] for row in rows if row["measure"].startswith("mean Brier")}
    assert brier == {"7": pytest.approx(1.805), "8": pytest.approx(2)}
    assert (
        "no column 'q_ids' for --on. Did you mean 'q_id'?"
        in run("import", "table", first, "--outcomes", second, "--on", "q_ids", code=1).stderr
    )
    assert "name that with --outcomes" in run("import", "table", first, "--on", "q_id", code=2).stderr
    double = write("double.csv", ASKED + "2,Who loses?,closed,1/31/12,a\n")
    assert (
        "rows 3 and 4 say different things of 2"
        in run("import", "table", first, "--outcomes", double, "--on", "q_id", code=1).stderr
    )


def test_yes_and_no_beside_each_option(run: Import, root: Path) -> None:
    text = "question,option,probability,made,outcome\nWho?,X,0.7,2020-01-01,0\nWho?,Y,0.3,2020-01-01,1\n"
    run("import", "table", write("rows.csv", text))
    assert outcome(predictions(root)["Who?"]) == ("Y", None, "2020-01-01")


HUB = """\
forecast_date,target,target_end_date,location,type,quantile,value
2021-01-04,1 wk ahead deaths,2021-01-09,US,point,NA,20000
2021-01-04,1 wk ahead deaths,2021-01-09,US,quantile,0.025,15000
2021-01-04,1 wk ahead deaths,2021-01-09,US,quantile,0.5,20000
2021-01-04,1 wk ahead deaths,2021-01-09,US,quantile,0.975,27000
2021-01-04,1 wk ahead deaths,2021-01-09,01,quantile,0.025,100
2021-01-04,1 wk ahead deaths,2021-01-09,01,quantile,0.5,200
2021-01-04,1 wk ahead deaths,2021-01-09,01,quantile,0.975,400
"""


def test_quantiles_beside_their_truth_give_the_weighted_interval_score(run: Import, root: Path) -> None:
    """(1012 / 2 + 0.025 x 12,000) / 1.5 = 537.33 and (150 / 2 + 0.025 x 300) / 1.5 = 55.

    Their mean is 296.17.

    With a median and central intervals it is the CRPS from quantiles (Bracher et al. 2021,
    doi:10.1371/journal.pcbi.1008618).
    """
    truth = write(
        "truth.csv",
        "date,location,location_name,value\n2021-01-09,US,States,21012\n2021-01-09,01,Alabama,350\n",
    )
    beside = ("--outcomes", truth, "--on", "location", "--on", "target_end_date=date")
    words = (
        "--map",
        "prediction={target}, {location_name}",
        "--set",
        "unit=deaths",
        "--set",
        "quantity=deaths",
    )
    run(
        "import",
        "table",
        write("hub.csv", HUB),
        *beside,
        *words,
        "--map",
        "outcome=outcomes.value",
        "--speaker",
        "M",
    )
    assert outcome(predictions(root)["1 wk ahead deaths, Alabama"]) == ("350", None, "2021-01-09")
    rows = json.loads(run("score", "--predicts", "numeric", "--json").stdout)
    found = {row["measure"]: (row["of"], row["n"], row["value"]) for row in rows}
    score = ("deaths, 3 quantiles, 2.5% to 97.5%", 2, pytest.approx((806 / 1.5 + 82.5 / 1.5) / 2))
    assert found["mean weighted interval score"] == found["mean CRPS"] == score
    assert found["mean absolute error"] == ("deaths", 2, 581.0)


def test_a_survey_whose_rows_have_their_own_times(run: Import, root: Path) -> None:
    text = (
        'Timestamp,Name,Rain? [%],"Will ""X"" win?",Comments\n1/5/23 10:11:12,Ann,70,30,hm\n'
        "1/16/23 9:00:00,Ben, ,45.5,\n"
    )
    told = run("import", "table", write("survey.csv", text), "--wide", "--set", "latest=2023-05-31").stderr
    found = predictions(root)
    assert figures(found["Rain? [%]"]) == [("ann", "2023-01-05T10:11:12Z", 0.7)]
    assert figures(found['Will "X" win?'])[1] == ("ben", "2023-01-16T09:00:00Z", 0.455)
    assert "(row 3): the cell is blank" in told
