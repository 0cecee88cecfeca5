"""The files of other platforms, with the traps in them, and the scores that they carry."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from forecastlog.model.forecasts import Forecast
from tests.interchange.conftest import Import, figures, outcome, predictions

DATA = Path(__file__).parents[1] / "data"
FATEBOOK = (
    "Question title,Multiple choice option,Forecast created by,Forecast (scale = 0-1),Forecast created "
    "at,Question created by,Question created at,Question resolve by,Resolution,Resolved at,Your Brier score "
    "for this question,Your relative Brier score for this question,Question notes,Question shared "
    "with,Question shared publicly,Question comments,Question tags\n"
)


def write(name: str, content: object) -> str:
    Path(name).write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return name


def fatebook(*rows: str) -> str:
    return write("fatebook.csv", FATEBOOK + "".join(f"{row}\n" for row in rows))


def test_fatebook_by_its_own_scores(run: Import, root: Path) -> None:
    """Two days at 0.5, then 0.5 beside 1: (0.5 + 0.5) / 2 alone; half a day's mean is by hand."""
    rain = "2025-01-01 00:00:0,Ann,2025-01-01 00:00:0,2025-02-01,YES,2025-01-03 00:00:0"
    told = run(
        "import",
        "fatebook",
        fatebook(
            (
                f'Will it rain?,,Ann,0.5,{rain},0.5,0.25,"notes\nof two lines",Ben; Cy,Yes,"a comment\n'
                'with a line",rain; spring'
            ),
            f"Will it rain?,,Ben,1,{rain},0.5,0.25,,,Yes,,",
            (
                "Which party?,Reds,Ann,0.3,2025-01-01 00:00:0,Ann,2025-01-01 "
                "00:00:0,2025-02-01,NO,2025-01-02 00:00:0,0.18,,,,Yes,,"
            ),
            (
                "Which party?,Blues,Ann,0.7,2025-01-01 00:00:0,Ann,2025-01-01 "
                "00:00:0,2025-02-01,YES,2025-01-02 00:00:0,0.5,,,,Yes,,"
            ),
            (
                "Is it so?,,Ann,0.7,2025-01-01 10:05:7,Ann,2025-01-01 "
                "00:00:0,2025-02-01,AMBIGUOUS,2025-01-02 00:00:0,,,,,Yes,,"
            ),
            "Open?,,Ann,0.7,2025-01-01 10:05:7,Ann,2025-01-01 00:00:0,2025-02-01,,,,,,,Yes,,",
            "Secret?,,Ann,0.7,2025-01-01 10:05:7,Ann,2025-01-01 00:00:0,2025-02-01,,,,,,,No,,",
        ),
    ).stderr
    found = predictions(root)
    assert figures(found["Will it rain?"]) == [
        ("ann", "2025-01-01T00:00:00Z", 0.5),
        ("fatebook-1", "2025-01-01T00:00:00Z", 1.0),
    ]
    assert found["Will it rain?"].tags == ("rain", "spring")
    assert found["Which party?: Reds"].event == found["Which party?: Blues"].event
    assert outcome(found["Which party?: Blues"]) == ("yes", None, "2025-01-02T00:00:00Z")
    assert outcome(found["Is it so?"]) == ("ambiguous", None, "2025-01-02T00:00:00Z")
    assert outcome(found["Open?"]) is None
    assert "Secret?" not in found
    assert "Skipped 1 (row 10): kept private on the platform (--private brings it in)." in told
    assert "Taken to be the export of Ann" in told
    assert "Fatebook's Brier score: 2 of 3 scores in the file come out here" in told
    assert "Which party?: Blues: 0.5 there, 0.1800 here" in told
    assert "Fatebook's relative Brier score: 1 of 1" in told


def test_fatebook_with_names_and_what_is_private(run: Import, root: Path) -> None:
    name = fatebook("Secret?,,Ben Lee,0.7,2025-01-01 10:05:7,Ann,2025-01-01 00:00:0,2025-02-01,,,,,,,No,,")
    run("import", "fatebook", name, "--private", "--names", "--me", "Ann")
    assert figures(predictions(root)["Secret?"]) == [("ben-lee", "2025-01-01T10:05:07Z", 0.7)]
    assert (
        "has no column 'Question title'"
        in run("import", "fatebook", write("x.csv", "a,b\n1,2\n"), code=1).stderr
    )


def wager(user: str, confidence: int | None, day: str = "2015-01-02", **more: Any) -> dict[str, Any]:
    return {
        "id": 1,
        "comment": None,
        "confidence": confidence,
        "created_at": f"{day}T00:00:00.000Z",
        "user_id": user,
        "user_label": user,
        **more,
    }


def test_predictionbook(run: Import, root: Path) -> None:
    base = {
        "created_at": "2015-01-01T00:00:00.000Z",
        "creator_id": 1,
        "creator_label": "ann",
        "deadline": "2015-06-01T00:00:00.000Z",
        "visibility": "visible_to_everyone",
        "withdrawn": False,
        "last_judgement_at": "2015-06-02T09:00:00.000Z",
        "outcome": None,
    }
    name = write(
        "pb.json",
        {
            "user": {"id": 1},
            "predictions": [
                {
                    **base,
                    "id": 1,
                    "description": "It rains",
                    "outcome": True,
                    "responses": [wager("ann", 90), wager("ann", None), wager("ben", 100, "2015-01-03")],
                },
                {
                    **base,
                    "id": 2,
                    "description": "It snows",
                    "outcome": False,
                    "withdrawn": True,
                    "responses": [wager("ann", 0)],
                },
                {**base, "id": 3, "description": "Mine", "visibility": "visible_to_creator", "responses": []},
            ],
        },
    )
    told = run("import", "predictionbook", name, "--me", "ann").stderr
    found = predictions(root)
    assert figures(found["It rains"]) == [
        ("ann", "2015-01-02T00:00:00Z", 0.9),
        ("predictionbook-1", "2015-01-03T00:00:00Z", 1.0),
    ]
    assert outcome(found["It rains"]) == ("yes", None, "2015-06-02T09:00:00Z")
    assert outcome(found["It snows"]) == ("void", "moot", "2015-06-02T09:00:00Z")
    assert "Mine" not in found
    assert "a comment without a probability" in told
    text = (
        "id,created_at,creator_id,creator_label,deadline,description,"
        "mean_confidence,outcome,last_judgement_at,visibility,withdrawn\n"
    )
    table = write(
        "pb.csv",
        text + "9,2015-01-01,1,ann,2015-06-01,It hails,70,false,2015-06-02,visible_to_everyone,false\n",
    )
    assert "no wagers: the CSV has none" in run("import", "predictionbook", table).stderr
    assert outcome(predictions(root)["It hails"]) == ("no", None, "2015-06-02")


QUESTION = {
    "Question ID": "7",
    "Question URL": "https://www.metaculus.com/questions/99/",
    "Question Title": "Will it rain?",
    "Post ID": "99",
    "Question Type": "binary",
    "MC Options (Current)": "",
    "Open Time": "2025-01-01 00:00:00+00:00",
    "CP Reveal Time": "2025-01-02 00:00:00+00:00",
    "Scheduled Close Time": "2025-01-11 00:00:00+00:00",
    "Actual Close Time": "2025-01-06 00:00:00+00:00",
    "Resolution": "yes",
    "Resolution Known Time": "2025-01-06 10:00:00+00:00",
}


def said(who: str, start: str, end: str, p: str, number: str = "7") -> dict[str, str]:
    return {
        "Question ID": number,
        "Forecaster ID": who and f"{who}-id",
        "Forecaster Username": who or "recency_weighted",
        "Start Time": start,
        "End Time": end,
        "Probability Yes": p,
    }


def metaculus(
    questions: list[dict[str, str]], forecasts: list[dict[str, str]], scores: list[dict[str, str]]
) -> str:
    with zipfile.ZipFile("metaculus.zip", "w") as archive:
        for name, rows in (
            ("question_data", questions),
            ("forecast_data", forecasts),
            ("score_data", scores),
        ):
            with Path("part.csv").open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)))
                writer.writeheader()
                writer.writerows(rows)
            archive.write("part.csv", f"download/{name}.csv")
    return "metaculus.zip"


def test_metaculus_by_its_own_scores(run: Import, root: Path) -> None:
    """Baseline 25.

    Certain of what happened for the last quarter of the scheduled time, as the scores' own example.

    With three options and 0.5 on what happened for half of the scheduled time: 50 ln(1.5) / ln 3.
    """
    score = {"Question ID": "7", "User ID": "1", "User Username": "ann", "Coverage": "1"}
    name = metaculus(
        [
            QUESTION,
            {
                **QUESTION,
                "Question ID": "8",
                "Question Type": "numeric",
                "Question Title": "How much?",
                "Resolution": "12.5",
                "Lower Bound": "0",
                "Upper Bound": "50",
            },
            {**QUESTION, "Question ID": "9", "Question Title": "Annulled?", "Resolution": "annulled"},
            {
                **QUESTION,
                "Question ID": "10",
                "Question Type": "multiple_choice",
                "Question Title": "Which?",
                "MC Options (All)": "['a', 'b', 'c', None]",
                "Resolution": "b",
            },
            {
                **QUESTION,
                "Question ID": "11",
                "Question Type": "date",
                "Question Title": "When?",
                "Resolution": "2025-01-05",
            },
            {
                **QUESTION,
                "Question ID": "12",
                "Question Type": "discrete",
                "Question Title": "How many?",
                "Resolution": "above_upper_bound",
            },
            {**QUESTION, "Question ID": "13", "Question Type": "conditional", "Question Title": "If?"},
        ],
        [
            said("ann", "2025-01-01 00:00:00+00:00", "2025-01-03 12:00:00+00:00", "0.5"),
            said("ann", "2025-01-03 12:00:00+00:00", "", "1.0"),
            said("ben", "2025-01-02 00:00:00+00:00", "2025-01-04 00:00:00+00:00", "0.2"),
            said("", "2025-01-02 00:00:00+00:00", "", "0.6"),
            {
                **said("ann", "2025-01-01 00:00:00+00:00", "", "", "8"),
                "5th Percentile": "2.5",
                "Median": "10",
                "95th Percentile": "1e1",
            },
            {**said("ben", "2025-01-01 00:00:00+00:00", "", "", "8"), "Median": ""},
            {
                **said("ann", "2025-01-01 00:00:00+00:00", "", "", "10"),
                "Probability Yes Per Category": "[0.25, 0.5, 0.2501, None]",
            },
            {
                **said("ann", "2025-01-01 00:00:00+00:00", "", "", "11"),
                "5th Percentile": "2025-01-03T00:00:00",
                "Median": "1736294400.0",
            },
        ],
        [
            {**score, "Score Type": "baseline", "Score": "25.0"},
            {**score, "Score Type": "spot_baseline", "Score": "12.0"},
            {**score, "Score Type": "relative_legacy", "Score": "1"},
            {**score, "Score Type": "baseline", "Score": "18.45", "Question ID": "10"},
        ],
    )
    told = run("import", "metaculus", name, "--me", "ann").stderr
    found = predictions(root)
    record = found["Will it rain?"]
    assert figures(record) == [
        ("ann", "2025-01-01T00:00:00Z", 0.5),
        ("metaculus-1", "2025-01-02T00:00:00Z", 0.2),
        ("ann", "2025-01-03T12:00:00Z", 1.0),
    ]
    assert [str(one.until) for one in record.forecasts if one.until] == ["2025-01-04T00:00:00Z"]
    assert outcome(record) == ("yes", None, "2025-01-06T10:00:00Z")
    assert outcome(found["Annulled?"]) == ("void", "moot", "2025-01-06T10:00:00Z")
    assert (found["How much?"].kind, outcome(found["How much?"])) == (
        "numeric",
        ("12.5", None, "2025-01-06T10:00:00Z"),
    )
    assert [one.says.entry["quantiles"] for one in found["How much?"].forecasts if one.says] == [
        {"5%": 2.5, "50%": 10, "95%": 10}
    ]
    assert outcome(found["Which?"]) == ("b", None, "2025-01-06T10:00:00Z")
    (shares,) = (one.says.entry["probabilities"] for one in found["Which?"].forecasts if one.says)
    assert shares == pytest.approx({"a": 0.25, "b": 0.5, "c": 0.25}, abs=1e-4)
    assert sum(shares.values()) == pytest.approx(1, abs=1e-12)  # type: ignore[attr-defined]  # a mapping
    (days,) = (one.says.entry["quantiles"] for one in found["When?"].forecasts if one.says)
    # A mapping.
    assert {level: str(day) for level, day in days.items()} == {"5%": "2025-01-03", "50%": "2025-01-08"}  # type: ignore[attr-defined]
    assert outcome(found["When?"]) == ("2025-01-05", None, "2025-01-06T10:00:00Z")
    assert outcome(found["How many?"]) is None
    for sentence in (
        "Skipped 1 (row 8): a question of the type conditional.",
        "Skipped 1 (row 7): an outcome beyond the question's range",
        "Skipped 1 (row 7): no percentile is given within the question's range.",
        "an aggregate, which is no person",
        "Metaculus' baseline score: 2 of 2 scores in the file come out here",
        "Will it rain?: 12 there, 0.0000 here",
    ):
        assert sentence in told


def quantiles(forecast: Forecast) -> dict[str, str]:
    told: Any = forecast.says.entry["quantiles"] if forecast.says else {}
    return {level: str(value) for level, value in told.items()}


def test_metaculus_without_names_or_percentiles(run: Import, root: Path) -> None:
    """Of 0.1, 0.3, 0.9 at 0, 10, 20 the quarter is at 7.5 and the half at 10 + 10 / 3.

    5 % and 95 % lie beyond the range.
    """
    place = {
        "Question ID": "8",
        "Question Title": "How much?",
        "Question Type": "numeric",
        "Resolution": "12.50",
        "Continuous Range": "[0.0, 10.0, 20.0]",
        "Lower Bound": "0.0",
        "Upper Bound": "20.0",
    }
    said = {
        "Forecaster Count": "",
        "Start Time": "2025-01-01 00:00:00+00:00",
        "End Time": "",
        "Probability Yes": "",
        "Forecaster (Anonymized)": "ab" * 32,
    }
    cdf = {
        "Continuous CDF": "[0.1, 0.3, 0.9]",
        "Probability Below Lower Bound": "0.1",
        "Probability Above Upper Bound": "0.1",
    }
    old = {
        **QUESTION,
        "Question ID": "9",
        "Question Title": "Which?",
        "Question Type": "multiple_choice",
        "MC Options": "['a', 'b']",
        "Resolution": "b",
    }
    clamped = {
        "5th Percentile": "0.0",
        "25th Percentile": "7",
        "Median": "13",
        "75th Percentile": "17",
        "95th Percentile": "20.0",
    }
    rows = [
        {**said, "Question ID": "7", "Probability Yes": "0.3"},
        {
            **said,
            "Question ID": "7",
            "Probability Yes": "0.6",
            "Forecaster (Anonymized)": "recency_weighted",
            "Forecaster Count": "12",
        },
        {**said, **cdf, "Question ID": "8"},
        {**said, **cdf, **clamped, "Question ID": "8", "Start Time": "2025-01-02 00:00:00+00:00"},
        {**said, "Question ID": "9", "Probability Yes Per Category": "[0.25, 0.75]"},
    ]
    when = {
        **place,
        "Question ID": "10",
        "Question Title": "When?",
        "Question Type": "date",
        "Resolution": "2025-01-15",
        "Continuous Range": "['2025-01-01', '2025-01-11', '2025-01-21']",
    }
    rows += [{**said, **cdf, "Question ID": "10"}]
    name = metaculus(
        [
            {**QUESTION, "Categories": "['Elections', 'Europe']"},
            {**QUESTION, **place},
            old,
            {**QUESTION, **when},
        ],
        rows,
        [{"Question ID": "1"}],
    )
    told = run("import", "metaculus", name).stderr
    found = predictions(root)
    assert figures(found["Will it rain?"]) == [("metaculus-1", "2025-01-01T00:00:00Z", 0.3)]
    assert found["Will it rain?"].tags == ("Elections", "Europe")
    assert "an aggregate, which is no person" in told
    first, second = map(quantiles, found["How much?"].forecasts)
    assert {level: float(value) for level, value in first.items()} == pytest.approx(
        {"25%": 7.5, "50%": 40 / 3, "75%": 17.5}
    )
    assert list(second) == ["25%", "50%", "75%"]
    (shares,) = (one.says.entry["probabilities"] for one in found["Which?"].forecasts if one.says)
    assert shares == {"a": 0.25, "b": 0.75}
    (days,) = map(quantiles, found["When?"].forecasts)
    assert days == {"25%": "2025-01-08", "50%": "2025-01-14", "75%": "2025-01-18"}


def test_metaculus_scores_of_numbers_by_what_was_given_to_what_came(run: Import, root: Path) -> None:
    """Half of the time at 0.02, where ten parts and an open side have 0.095 each: 25 ln(0.02 / 0.095).

    That is -38.95, and twice that at the spot time. Another's 0.01 stood as long: the peer score is 25 ln 2.
    """
    places = str([float(place) for place in range(11)])
    number = {"Question ID": "8", "Question Type": "numeric", "Resolution": "3.5"}
    bounds = {"Continuous Range": places, "Open Lower Bound": "False", "Open Upper Bound": "True"}
    question = {**QUESTION, **number, **bounds, "Question Title": "How much?"}
    rows = []
    for who, p in (("ann", "0.02"), ("ben", "0.01")):
        figures_of = {"Median": "4", "Probability of Resolution": p}
        rows.append({**said(who, "2025-01-01 00:00:00+00:00", "", "", "8"), **figures_of})
    score = {"Question ID": "8", "User ID": "1", "User Username": "ann", "Coverage": "1"}
    told_scores = {"baseline": "-38.95", "peer": "17.33", "spot_baseline": "-77.91", "spot_peer": "34.66"}
    scores = [{**score, "Score Type": name, "Score": value} for name, value in told_scores.items()]
    told = run("import", "metaculus", metaculus([question], rows, scores)).stderr
    for name in told_scores:
        assert f"Metaculus' {name.replace('_', ' ')} score: 1 of 1 scores in the file come out here" in told


def test_a_zip_that_is_cut_off_is_one_sentence(run: Import, root: Path) -> None:
    whole = Path(
        metaculus([QUESTION], [said("ann", "2025-01-01", "", "0.5")], [{"Question ID": "1"}])
    ).read_bytes()
    Path("half.zip").write_bytes(whole[: len(whole) // 2])
    assert "is no zip file, or is cut off" in run("import", "metaculus", "half.zip", code=1).stderr
    with zipfile.ZipFile("other.zip", "w") as archive:
        archive.writestr("a.txt", "x")
    assert "has no question_data.csv" in run("import", "metaculus", "other.zip", code=1).stderr


def test_manifold(run: Import, root: Path) -> None:
    market = {
        "id": "m1",
        "creatorId": "c",
        "creatorUsername": "cat",
        "createdTime": 1735689600000,
        "closeTime": 1738368000000,
        "question": "Will it rain?",
        "url": "https://manifold.markets/cat/rain",
        "outcomeType": "BINARY",
        "isResolved": True,
        "resolution": "MKT",
        "resolutionProbability": 0.35,
        "resolutionTime": 1738400000000,
    }
    bet = {
        "id": "b",
        "userId": "u1",
        "contractId": "m1",
        "outcome": "YES",
        "amount": 10,
        "probBefore": 0.5,
        "probAfter": 0.6,
        "createdTime": 1735776000000,
        "isFilled": True,
        "isCancelled": False,
    }
    markets = write(
        "markets.json",
        [
            market,
            {**market, "id": "m2", "question": "Cancelled?", "resolution": "CANCEL"},
            {**market, "id": "m3", "question": "Open?", "isResolved": False, "resolution": None},
            {**market, "id": "m4", "outcomeType": "STONK"},
            {
                **market,
                "id": "m8",
                "question": "How many?",
                "outcomeType": "PSEUDO_NUMERIC",
                "min": 0,
                "max": 99,
                "isLogScale": True,
                "resolutionProbability": 0.5,
            },
            {
                **market,
                "id": "m9",
                "question": "How far?",
                "outcomeType": "PSEUDO_NUMERIC",
                "min": 10,
                "max": 20,
                "resolution": "YES",
            },
            {**market, "id": "m10", "question": "Nothing?", "outcomeType": "PSEUDO_NUMERIC"},
            {
                **market,
                "id": "m11",
                "question": "Old?",
                "outcomeType": "FREE_RESPONSE",
                "resolution": "1",
                "answers": [{"id": "0", "text": "No"}, {"id": "1", "text": "So"}],
            },
            {
                **market,
                "id": "m6",
                "question": "Who?",
                "outcomeType": "MULTIPLE_CHOICE",
                "resolution": "y",
                "answers": [{"id": "x", "text": "Xena"}, {"id": "y", "text": "Yan"}],
            },
            {
                **market,
                "id": "m7",
                "question": "Which?",
                "outcomeType": "MULTIPLE_CHOICE",
                "resolution": "MKT",
                "resolutions": {"x": 40, "y": 60},
                "answers": [{"id": "x", "text": "X"}, {"id": "y", "text": "Y"}, {"id": "z", "text": "Z"}],
            },
            {**market, "id": "m5", "question": "Hidden?", "visibility": "unlisted"},
        ],
    )
    others = [
        {**bet, "contractId": "m8", "probAfter": 0.25},
        {**bet, "contractId": "m9", "probAfter": 0.25},
        {**bet, "contractId": "m11", "outcome": "1", "probAfter": 0.7},
    ]
    bets = write(
        "bets.json",
        [
            *others,
            bet,
            {**bet, "contractId": "m6", "answerId": "y", "probAfter": 0.3},
            {**bet, "amount": 0, "isFilled": False, "probAfter": 0.9},
            {**bet, "amount": 0, "isCancelled": True},
            {**bet, "amount": -5, "isRedemption": True},
            {**bet, "userId": "u2", "probAfter": 0.62, "createdTime": 1735776001000},
        ],
    )
    told = run("import", "manifold", markets, "--bets", bets).stderr
    found = predictions(root)
    assert figures(found["Will it rain?"]) == [
        ("manifold-2", "2025-01-02T00:00:00Z", 0.6),
        ("manifold-3", "2025-01-02T00:00:01Z", 0.62),
    ]
    assert outcome(found["Will it rain?"]) == ("0.35", None, "2025-02-01T08:53:20Z")
    assert outcome(found["Cancelled?"]) == ("void", "moot", "2025-02-01T08:53:20Z")
    assert outcome(found["Open?"]) is None
    assert "Hidden?" not in found
    assert figures(found["Who?: Yan"]) == [("manifold-2", "2025-01-02T00:00:00Z", 0.3)]
    # Resolved.
    assert [outcome(found[f"Who?: {who}"])[0] for who in ("Xena", "Yan")] == ["no", "yes"]  # type: ignore[index]
    assert [outcome(found[f"Which?: {name}"])[0] for name in "XYZ"] == ["0.4", "0.6", "no"]  # type: ignore[index]
    assert found["Who?: Yan"].event == found["Who?: Xena"].event == "Who?"
    values = {
        one.claim: str(one.forecasts[0].says.entry["value"])
        for one in found.values()
        if one.kind == "numeric" and one.forecasts[0].says
    }
    assert values == {
        "How many?": "2.16227766",
        "How far?": "12.5",
    }  # 100 ** 0.25 - 1; 10 and a quarter of 10
    assert [outcome(found[claim])[0] for claim in ("How many?", "How far?")] == ["9", "20"]  # type: ignore[index]
    assert figures(found["Old?: So"])[0][2] == 0.7
    assert [outcome(found[f"Old?: {one}"])[0] for one in ("No", "So")] == ["no", "yes"]  # type: ignore[index]
    for sentence in (
        "a market of the type STONK",
        "a market in numbers whose range is not told",
        "a limit order that was not filled",
        "a limit order that was cancelled",
        "a redemption",
    ):
        assert sentence in told


def test_fivethirtyeight_games_and_elections(run: Import, root: Path) -> None:
    expected = json.loads((DATA / "fivethirtyeight-nfl" / "expected.json").read_text())
    told = run(
        "import", "fivethirtyeight", str(DATA / "fivethirtyeight-nfl" / "nfl_games.csv"), "--source", "nfl"
    ).stderr
    assert "1,889 rows read: 1,889 predictions, 1,889 forecasts, 1,889 resolutions new" in told
    assert "'prob2' is 1 less 'prob1', and is left out" in told
    row = json.loads(run("score", "--json").stdout)[0]
    assert (row["n"], round(row["brier"], 6)) == (1889, expected["all"]["ties_as_half"]["brier"])
    text = (
        "year,office,state,party,candidate,forecast_date,forecast_type,"
        "election_date,projected,probwin,probwin_outcome\n"
    )
    run(
        "import",
        "fivethirtyeight",
        write(
            "senate.csv",
            text
            + (
                "2018,Senate,Ohio,D,Brown,2018-11-05,lite,2018-11-06,53.1,0.97,1\n"
                "2018,Senate,Ohio,D,Brown,2018-11-05,deluxe,2018-11-06,53.4,0.98,1\n"
            ),
        ),
    )
    (record,) = (one for one in predictions(root).values() if one.source == "fivethirtyeight")
    assert record.claim == "2018, Senate, Ohio, D, Brown: probwin"
    assert figures(record) == [
        ("fivethirtyeight-lite", "2018-11-05", 0.97),
        ("fivethirtyeight-deluxe", "2018-11-05", 0.98),
    ]
    assert outcome(record) == ("yes", None, "2018-11-06")


def test_forecastbench(run: Import, root: Path) -> None:
    base = {
        "source": "manifold",
        "question": "Will it rain?",
        "resolution_criteria": "It rains.",
        "url": "https://x.example",
        "freeze_datetime": "2025-10-16T00:00:00+00:00",
        "freeze_datetime_value": "0.4",
        "market_info_close_datetime": "2025-12-31T00:00:00+00:00",
        "resolution_dates": "N/A",
    }
    questions = [
        {**base, "id": "a"},
        {**base, "id": "b", "question": "Still open?", "market_info_close_datetime": "N/A"},
        {**base, "id": ["a", "b"]},
        {
            **base,
            "id": "c",
            "source": "fred",
            "question": "Higher by {resolution_date} than on {forecast_due_date}?",
            "freeze_datetime_value": "4.33",
            "resolution_dates": ["2025-11-02"],
        },
        {**base, "id": "d", "source": "fred"},
    ]
    resolutions = [
        {
            "id": "a",
            "source": "manifold",
            "direction": None,
            "resolution_date": "2025-11-01",
            "resolved_to": 1.0,
            "resolved": True,
        },
        {
            "id": "b",
            "source": "manifold",
            "direction": None,
            "resolution_date": "2025-11-01",
            "resolved_to": 0.37,
            "resolved": False,
        },
        {
            "id": ["a", "b"],
            "source": "manifold",
            "direction": [1, 1],
            "resolution_date": "2025-11-01",
            "resolved_to": 1,
            "resolved": True,
        },
        {
            "id": "c",
            "source": "fred",
            "direction": None,
            "resolution_date": "2025-11-02",
            "resolved_to": 0,
            "resolved": True,
        },
    ]
    said = [
        {
            "id": "a",
            "source": "manifold",
            "forecast": 0.8,
            "resolution_date": None,
            "reasoning": float("nan"),
        },
        {"id": "c", "source": "fred", "forecast": 0.1, "resolution_date": "2025-11-02"},
    ]
    name = write("q.json", {"forecast_due_date": "2025-10-26", "question_set": "x", "questions": questions})
    second = write("r.json", {"resolutions": resolutions})
    third = write(
        "f.json",
        {"organization": "Lab", "model": "Model-1", "forecast_due_date": "2025-10-26", "forecasts": said},
    )
    told = run("import", "forecastbench", name, "--resolutions", second, "--forecasts", third).stderr
    found = predictions(root)
    assert figures(found["Will it rain?"]) == [
        ("manifold", "2025-10-16T00:00:00Z", 0.4),
        ("model-1", "2025-10-26", 0.8),
    ]
    assert outcome(found["Will it rain?"]) == ("yes", None, "2025-11-01")
    assert outcome(found["Still open?"]) is None
    assert figures(found["Higher by 2025-11-02 than on 2025-10-16?"]) == [("model-1", "2025-10-26", 0.1)]
    assert outcome(found["Higher by 2025-11-02 than on 2025-10-16?"]) == ("no", None, "2025-11-02")
    for sentence in (
        "a combination of questions",
        "an open market, whose price is no outcome",
        "is a level and no probability",
    ):
        assert sentence in told


def test_augur(run: Import, root: Path) -> None:
    one = {
        "id": 1,
        "statement": "It rains",
        "probability": 0.7,
        "created_at": "2025-01-01T10:00:00Z",
        "resolve_by": "2025-06-01",
        "resolved_at": "2025-05-01",
        "outcome": "yes",
        "tags": "rain spring",
        "note": "",
    }
    name = write(
        "augur.json",
        [
            one,
            {**one, "id": 2, "statement": "It snows", "outcome": "void"},
            {**one, "id": 3, "statement": "It hails", "outcome": "open"},
            {**one, "id": 4, "created_at": "soon"},
        ],
    )
    told = run("import", "augur", name).stderr
    found = predictions(root)
    assert figures(found["It rains"]) == [("ann", "2025-01-01T10:00:00Z", 0.7)]
    assert found["It rains"].tags == ("rain", "spring")
    assert [outcome(found[claim]) for claim in ("It rains", "It snows", "It hails")] == [
        ("yes", None, "2025-05-01"),
        ("void", "moot", "2025-05-01"),
        None,
    ]
    assert "Skipped 1 (row 4): the day is not read." in told


@pytest.mark.parametrize("command", ["predictionbook", "manifold", "forecastbench", "augur"])
def test_what_is_no_export_is_one_sentence(run: Import, root: Path, command: str) -> None:
    for text in ("{}", "[1]", "nonsense", "[" * 100_000):
        result = run("import", command, write("x.json", text), code=1)
        assert result.stderr.count("Error: ") == 1
        assert "Traceback" not in result.stderr


def test_a_file_of_other_shapes_is_told_with_its_row(run: Import, root: Path) -> None:
    """A list for an object, a word for a number: one sentence.

    Half a character and no time: only the row is passed over.
    """
    bet = {"userId": "u", "probAfter": 0.4, "createdTime": 1735776000000, "isFilled": True}
    market = {
        "id": "m",
        "question": "Rain?",
        "outcomeType": "BINARY",
        "creatorId": "c",
        "createdTime": 1735689600000,
    }
    market |= {
        "isResolved": True,
        "resolution": "MKT",
        "resolutionProbability": 0.4,
        "resolutionTime": 1738400000000,
    }
    answers = {"outcomeType": "MULTIPLE_CHOICE", "answers": [{"id": "a", "text": "A"}]}
    wrong: tuple[dict[str, object], ...] = (
        {"bets": True},
        {"bets": "some"},
        {"resolutionProbability": "likely"},
        {"resolutionProbability": 40},
        {**answers, "answers": ["A"]},
        {**answers, "resolutions": {"a": []}},
    )
    for other in wrong:
        name = write("markets.json", [market, {**market, **other}])
        assert "is not as its source writes it, at row " in run("import", "manifold", name, code=1).stderr
    half = {**market, "id": "n", "question": "Half \ud83d?"}
    name = write("markets.json", [{**market, "bets": [bet, {**bet, "createdTime": None}]}, half])
    told = run("import", "manifold", name).stderr
    assert "a text with half a character" in told
    assert "a bet without a time" in told
    assert list(predictions(root)) == ["Rain?"]


def test_a_list_is_read_object_by_object(run: Import, root: Path) -> None:
    """Of a file that is cut off, what stands before the end is kept, and the mended file goes on from
    there."""
    market = {
        "question": "Rain?",
        "outcomeType": "BINARY",
        "creatorId": "c",
        "createdTime": 1735689600000,
        "url": "é" * 900,
    }
    whole = json.dumps(
        [{**market, "id": f"m{number}"} for number in range(3000)], indent=1, ensure_ascii=False
    )
    cut = write("markets.json", whole[: len(whole) - 1000])
    told = run("import", "manifold", cut, code=1).stderr
    assert "is no JSON at its object 3,000, or is cut off there. 2,999 lines from before that stay" in told
    assert (
        "1 prediction, 0 forecasts, 0 resolutions new; 2,999 lines"
        in run("import", "manifold", write("markets.json", whole)).stderr
    )
    for text in ("[{} {}]", "[{}", "[{},]", "\ufeff [1]", '["a", {}]', "[" + "{}" * 3 + "]", b"[\xff]"):
        path = Path("x.json")
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        assert run("import", "manifold", "x.json", code=1).stderr.count("Error: ") == 1
    assert "0 markets read" in run("import", "manifold", write("none.json", " [ ] ")).stderr
