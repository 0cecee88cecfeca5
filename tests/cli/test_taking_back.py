"""What is not committed is changed freely; ids change and stay found; the last edit is taken back."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from forecastlog.kinds.binary import Chance
from forecastlog.ledger import load
from forecastlog.model.records import Condition, Prediction

from .conftest import Run
from .terminal import typed

NOW = ("--today", "2026-12-31", "--by", "Kim")
LINK = "https://news.example/2"


def git(project: Path, *args: str) -> None:
    who = ("-c", "user.name=Kim", "-c", "user.email=kim@news.example")
    subprocess.run(["git", "-C", str(project), *who, *args], check=True, capture_output=True)


def commit(project: Path) -> None:
    git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "logged")


def prediction(project: Path, record_id: str) -> Prediction:
    found = load(project / "predictions").ledger.get(record_id)
    assert isinstance(found, Prediction)
    return found


def test_the_last_edit_is_taken_back_and_no_earlier_one(run: Run, project: Path) -> None:
    talks = project / "predictions" / "talks.yaml"
    people = project / "predictions" / "people.yaml"
    before = talks.read_bytes(), people.read_bytes()
    assert run("forecast", "aid-ends", "40%", "--speaker", "New Desk", "--today", "2025-05-01").exit_code == 0
    assert "Would take back" in run("undo", "--dry-run").stderr
    assert run("undo").exit_code == 0
    assert (talks.read_bytes(), people.read_bytes()) == before
    again = run("undo")
    assert (again.exit_code, again.stderr) == (
        1,
        "Error: there is nothing to undo: no command has written here since the last undo.\n",
    )


def test_a_new_file_is_taken_back_and_a_changed_one_is_not(run: Run, project: Path) -> None:
    made = (
        "add",
        "--article",
        "--title",
        "Later",
        "--published",
        "1 May 2025",
        "--publisher",
        "Example Review",
    )
    assert run(*made).exit_code == 0
    (path,) = (project / "predictions").glob("*later*")
    path.write_text(path.read_text() + "# mine\n")
    assert "was changed since" in run("undo").stderr
    assert path.exists()
    path.unlink()
    assert run(*made).exit_code == 0
    assert run("undo").exit_code == 0
    assert not path.exists()


def test_what_was_committed_is_not_undone(run: Run, project: Path) -> None:
    assert (
        run(
            "forecast", "aid-ends", "40%", "--speaker", "Crowd", "--url", LINK, "--made", "2025-05-01"
        ).exit_code
        == 0
    )
    commit(project)
    assert "was committed meanwhile" in run("undo").stderr


def test_a_correction_is_asked_for_what_was_committed(run: Run, project: Path) -> None:
    change = ("amend", "aid-ends", "--tag", "aid", "--tag", "end", *NOW)
    refused = run(*change)  # no git: nobody can tell what was published
    assert (refused.exit_code, "add --why" in refused.stderr) == (2, True)
    git(project, "init", "-q")
    assert run(*change).exit_code == 0
    assert (prediction(project, "aid-ends").tags, prediction(project, "aid-ends").corrections) == (
        ("aid", "end"),
        (),
    )
    commit(project)
    assert run("amend", "aid-ends", "--tag", "aid", *NOW).exit_code == 2
    assert run("amend", "aid-ends", "--tag", "aid", "--why", "grouping", *NOW).exit_code == 0
    (correction,) = prediction(project, "aid-ends").corrections
    assert (correction.field, correction.was) == ("tags", "aid, end")


def test_a_figure_of_a_forecast_is_corrected(run: Run, project: Path) -> None:
    change = (
        "amend",
        "aid-package",
        "--set",
        "forecasts.2.probability=21%",
        "--why",
        "reading",
        "--by",
        "Kim",
    )
    assert run(*change).exit_code == 0
    record = prediction(project, "aid-package-2025")
    says = record.forecasts[1].says
    assert isinstance(says, Chance)
    assert says.probability == 0.21
    assert (record.corrections[0].field, record.corrections[0].was) == ("forecasts.probability", "0.12")
    assert "could be any of 2" in run(*change[:2], "--set", "forecasts.probability=1%", *change[4:]).stderr


def test_a_renamed_record_is_named_so_by_all_others(run: Run, project: Path) -> None:
    commit(project)
    assert run("rename", "talks-end", "talks-over", *NOW[:2]).exit_code == 0
    assert run("rename", "truce-holds", "truce", *NOW[:2]).exit_code == 0
    assert (prediction(project, "truce").given, prediction(project, "truce").was) == (
        "talks-over",
        ("truce-holds",),
    )
    git(project, "commit", "-qam", "renamed")
    assert "gone" not in run("audit").stdout
    taken = run("rename", "truce", "aid-ends", *NOW[:2])
    assert (taken.exit_code, "is taken" in taken.stderr) == (1, True)


def test_a_record_that_was_logged_twice(run: Run, project: Path) -> None:
    assert run("void", "aid-ends", "--same-as", "aid-package", *NOW).exit_code == 0
    (entry,) = prediction(project, "aid-ends").resolutions
    assert (entry.outcome, entry.reason, entry.note) == ("void", "duplicate", "the same as aid-package-2025")
    assert (
        run(
            "void", "talks-end", "--same-as", "talks-begin", "--today", "2025-08-01", "--by", "Robin"
        ).exit_code
        == 0
    )
    condition = load(project / "predictions").ledger.get("talks-end")
    assert isinstance(condition, Condition)
    assert condition.resolutions[-1].outcome == "unobservable"
    assert prediction(project, "truce-holds").given == "talks-begin"
    assert "not two predictions" in run("void", "talks-begin", "--same-as", "aid-ends", *NOW).stderr


def test_resolve_asks_for_what_is_missing_once_for_all(project: Path) -> None:
    answers = [
        ("Outcome", "y"),
        ("Evidence 1", LINK),
        ("Evidence 2", ""),
        ("Happened on", "10 June 2025"),
        ("Known since (Enter: 2025-06-10)", ""),
        ("Note", ""),
        ("Write it?", ""),
    ]
    code, text = typed(["resolve", "aid-package", "aid-ends", *NOW], answers)
    assert code == 0, text
    for name in ("aid-package-2025", "aid-ends"):
        (entry,) = prediction(project, name).resolutions
        assert (entry.outcome, entry.known.text, entry.evidence[0].url) == ("yes", "2025-06-10", LINK)


@pytest.mark.parametrize("args", [["aid-ends"], ["yes"]])
def test_a_script_that_leaves_something_out_is_told_what(run: Run, args: list[str]) -> None:
    assert run("resolve", *args, *NOW).exit_code == 2


def test_what_happened_could_be_known_that_day(run: Run, project: Path) -> None:
    assert (
        run("resolve", "aid-ends", "yes", "--happened", "2025-06-10", "--evidence", LINK, *NOW).exit_code == 0
    )
    assert prediction(project, "aid-ends").resolutions[0].known.text == "2025-06-10"
    assert (
        "--known DATE, or --happened DATE and --evidence URL" in run("resolve", "aid-p", "yes", *NOW).stderr
    )


def test_another_id_or_another_file_makes_no_published_record_free(run: Run, project: Path) -> None:
    commit(project)
    assert run("rename", "aid-ends", "all-aid-ends", *NOW[:2]).exit_code == 0
    assert "so add --why" in run("amend", "all-aid-ends", "--claim", "It rains.", *NOW).stderr
    talks = project / "predictions" / "talks.yaml"
    talks.rename(project / "predictions" / "moved.yaml")
    assert "so add --why" in run("amend", "truce-holds", "--claim", "It rains.", *NOW).stderr


def test_an_article_is_logged_once(run: Run) -> None:
    again = run(
        "add",
        "--article",
        "--title",
        "What the talks will BRING",
        "--published",
        "19 March 2025",
        "--publisher",
        "Example Review",
        "--author",
        "Ada Smith",
        *NOW,
    )
    assert again.exit_code == 1
    assert "'talks-2025' is this article already" in again.stderr
