"""``list``, ``due``, ``show`` and ``check`` on a small ledger."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from forecastlog.cli.rows import DUE, LIST
from forecastlog.columns.predictions import PREDICTIONS

from .conftest import Run

NOW = ("--today", "2026-12-31")


def ids(text: str) -> list[str]:
    return [json.loads(line)["id"] for line in text.splitlines()]


def test_list_has_the_columns_of_the_database(run: Run) -> None:
    row = json.loads(run("list", "--json").stdout)[0]
    assert tuple(row) == LIST.known
    assert row == {
        "id": "aid-package-2025",
        "article": "talks-2025",
        "claim": "A new aid package is announced.",
        "speaker": "ada-smith",
        "byline": "Ada Smith",
        "made": "2025-03-19",
        "earliest": "2025-03-19",
        "strict": "2026-03-19",
        "latest": "2026-03-19",
        "status": "open",
        "outcome": None,
        "probability": 0.05,
        "low": 0.05,
        "high": 0.2,
        "basis": "worded",
        "said": "2025-03-19",
        "tags": ["aid", "ukraine"],
    }


def test_list_on_a_day_knows_what_was_recorded_then(run: Run) -> None:
    def status(day: str) -> str:
        rows = json.loads(run("list", "--json", "--today", day).stdout)
        return str(next(row["status"] for row in rows if row["id"] == "truce-holds"))

    assert [status(day) for day in ("2025-09-01", "2025-09-02")] == ["open", "void"]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--where", "status=maybe_due"], ["aid-ends"]),
        (["--status", "maybe_due"], ["aid-ends"]),
        (["--where", "tags=ukraine"], ["aid-package-2025"]),
        (["--where", "tags="], ["aid-ends", "truce-holds"]),
        (["--where", "probability=0.050"], ["aid-package-2025"]),
        (["--where", "probability="], ["aid-ends"]),
        (["--where", "probability=x"], []),
        (["--where", "low=0.25", "--where", "basis=worded"], []),
        (["--article", "talks-2", "--status", "open"], ["aid-package-2025", "truce-holds"]),
        (["--speaker", "A. Smith", "--status", "open"], ["aid-package-2025", "truce-holds"]),
        (["--speaker", "nobody"], []),
    ],
)
def test_list_filters(run: Run, options: list[str], found: list[str]) -> None:
    assert ids(run("list", "--nl", *options).stdout) == found


def test_list_passes_over_a_file_whose_article_cannot_be_read(run: Run, project: Path) -> None:
    (project / "predictions" / "broken.yaml").write_text("article: {id: broken}\npredictions: [{id: lost}]\n")
    assert ids(run("list", "--nl", "--where", "tags=ukraine").stdout) == ["aid-package-2025"]


def test_list_takes_every_column_by_every_name(run: Run) -> None:
    for column in PREDICTIONS.columns:
        for name in column.names:
            result = run("list", "--nl", "--where", f"{name}=x", "-c", name)
            assert (result.exit_code, result.stdout) == (0, ""), name


@pytest.mark.parametrize(
    "where", ["kind=binary", "article_id=talks-2025", "speaker_id=ada-smith", "negated=no", "made_year=2025"]
)
def test_names_of_the_database_and_values_of_flags_and_numbers(run: Run, where: str) -> None:
    assert len(ids(run("list", "--nl", "--where", where).stdout)) >= 2


def test_where_serves_every_listing(run: Run) -> None:
    due = ("due", "--today", "2026-04-01")
    assert ids(run(*due, "--nl", "--where", "claim=The talks begin.").stdout) == ["talks-begin"]
    assert run(*due, "--exit-code", "--where", "claim=nothing").exit_code == 0
    assert run("check", "--where", "severity=none", "--nl").stdout == ""
    assert run("score", "--where", "nope=1").exit_code == 2


def test_list_says_when_nothing_matches(run: Run) -> None:
    result = run("list", "--status", "resolved")
    assert (result.stdout, result.stderr, result.exit_code) == ("", "No prediction matches.\n", 0)


@pytest.mark.parametrize("columns", ["20", "40", "80", "100000"])
@pytest.mark.parametrize(
    "args", [["list"], ["due"], ["show", "aid-p"], ["show", "talks-2025"], ["show", "talks-b"]]
)
def test_pages_fit_the_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, columns: str, args: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    result = run(*args)
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= int(columns) or args[0] == "due"
    assert "\x1b" not in result.stdout


def test_due_is_told_in_sections(run: Run) -> None:
    result = run("due", "--today", "2026-04-01", "--within", "30d")
    titles = [line for line in result.stdout.splitlines() if line.endswith(")") and "(" in line]
    assert titles == [
        "Conditions whose day has passed (1)",
        "Due: past the deadline by every reading (2)",
    ]


def test_due_lists_what_is_coming(run: Run) -> None:
    result = run("due", "--within", "3 months", "--nl")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(row["id"], row["status"], row["due_on"], row["days_overdue"]) for row in rows] == [
        ("talks-end", "open", "2025-09-01", -92),
        ("aid-ends", "maybe_due", "2025-06-01", 0),
    ]
    assert tuple(rows[0]) == DUE.known
    assert "Falls due in the next 92 days (1)" in run("due", "--within", "3 months").stdout


@pytest.mark.parametrize(("day", "code"), [("2025-05-01", 0), ("2025-06-01", 3)])
def test_due_tells_cron(run: Run, day: str, code: int) -> None:
    assert run("due", "--exit-code", "--today", day).exit_code == code
    assert run("due", "--today", day).exit_code == 0


def test_due_with_nothing_to_do(run: Run) -> None:
    result = run("due", "--today", "2025-05-01")
    assert (result.stdout, result.stderr) == ("", "Nothing is due on 2025-05-01.\n")
    assert run("due", "--today", "2025-05-01", "--json").stdout == "[]\n"


def test_a_broken_file_is_no_quiet_day(project: Path, run: Run) -> None:
    (project / "predictions" / "broken.yaml").write_text("article: [")
    result = run("due", "--exit-code", "--today", "2025-05-01")
    assert result.exit_code == 1
    assert result.stderr.startswith("Warning: 1 error in the ledger; what cannot be read is left out.")


def test_show_tells_everything(run: Run) -> None:
    text = " ".join(run("show", "aid-p").stdout.split())
    for part in (
        "A new aid package is announced.",
        "“highly unlikely that another package comes”",
        "What the talks will bring, Example Review, 2025-03-19",
        "Ada Smith, on 2025-03-19",
        "between 19 March 2025 and 19 March 2026 the text names no time: twelve months from the day made",
        "Ada Smith: “highly unlikely” (read by us as 5 %). 5% to 20%, worded, scale fl-1",
        "2025-03-20 The Crowd: 12 %. stated, https://market.example/q",
        "no, if nothing changes",
        "aid, ukraine",
    ):
        assert part in text


def test_show_a_void_prediction_and_its_condition(run: Run) -> None:
    text = " ".join(run("show", "truce-holds", "--today", "2025-10-01").stdout.split())
    assert "void, condition-unmet, known 2025-09-01" in text
    assert "The talks end. talks-end: unmet, known 2025-09-01" in text
    condition = " ".join(run("show", "talks-end", "--today", "2025-10-01").stdout.split())
    assert "truce-holds (void): The truce holds for a month." in condition
    assert "unmet, known 2025-09-01 recorded 2025-09-02 by Kim - https://news.example/1" in condition


def test_show_as_json(run: Run) -> None:
    record = json.loads(run("show", "aid-p", "--json").stdout)
    assert record["status"] == "open"
    assert record["deadline"]["latest"] == "2026-03-19"
    assert [forecast["by"] for forecast in record["forecasts"]] == ["ada-smith", "crowd"]
    assert json.loads(run("show", "talks-2025", "--json").stdout)["publisher"] == "Example Review"


def test_check_is_content(run: Run) -> None:
    result = run("check", *NOW)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1].startswith("1 article, 3 predictions, 2 conditions: ")


def test_check_reports_place_and_counts(project: Path, run: Run) -> None:
    path = project / "predictions" / "talks.yaml"
    text = (
        path.read_text(encoding="utf-8")
        .replace("probability: 0.12", "probability: 70")
        .replace("tags:", "tgas:")
    )
    path.write_text(text, encoding="utf-8")
    result = run("check", *NOW)
    assert result.exit_code == 1
    assert "predictions/talks.yaml:" in result.stdout
    assert "1 error, 1 warning" in result.stdout.splitlines()[-1]
    rows = json.loads(run("check", *NOW, "--json").stdout)
    assert [row["severity"] for row in rows if row["severity"] != "note"] == ["warning", "error"]
    assert tuple(rows[0]) == ("code", "severity", "path", "line", "column", "message", "hint")


def test_check_strict_fails_on_warnings(project: Path, run: Run) -> None:
    path = project / "predictions" / "talks.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("tags:", "tgas:"), encoding="utf-8")
    assert run("check", *NOW).exit_code == 0
    assert run("check", *NOW, "--strict").exit_code == 1


def test_check_articles(project: Path, run: Run) -> None:
    texts = project / "texts"
    texts.mkdir()
    (texts / "talks-2025.txt").write_text("It is highly unlikely that another package comes, she says.")
    assert run("check", *NOW, "--articles", "texts").exit_code == 0
    (texts / "talks-2025.txt").write_text("She says nothing of the kind.")
    result = run("check", *NOW, "--articles", "texts")
    assert result.exit_code == 1
    assert "P4" in result.stdout


def test_a_thousand_faults_of_a_kind_are_counted_after_the_first_twenty(run: Run, project: Path) -> None:
    one = "  - {id: p, claim: It rains., deadline: {latest: 2026-03-19}, criteria: Yes if it does.}\n"
    head = "article: {id: many, title: T, published: 2025-03-19}\npredictions:\n"
    (project / "predictions" / "many.yaml").write_text(head + one * 1001, encoding="utf-8")
    result = run("check")
    assert result.exit_code == 1
    assert result.stdout.count("error[P201] the id 'p' is taken") == 20
    assert (
        "predictions/many.yaml:24:10: error[P201] and 980 more like the last, from here on in this file"
        in result.stdout
    )
    assert ": 1,001 errors" in result.stdout
    assert len(run("check", "--nl").stdout.splitlines()) > 1000
