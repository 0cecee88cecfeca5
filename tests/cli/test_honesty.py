"""``audit`` and ``agreement``: a change is named, normal work is not, and differences are counted."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from forecastlog.ledger.folder import ATTRIBUTES_TEXT
from forecastlog.ledger.merge import register

from .conftest import Run

NOW = ("--today", "2026-12-31")
LINK = "https://news.example/2"
Git = Callable[..., None]


@pytest.fixture
def git(project: Path) -> Git:
    """Run git in the project, or in another folder, as Robin.

    Its ledger is committed and merges as ``init`` sets up.
    """

    def call(*args: str, day: str = "2025-03-20", name: str = "Robin", folder: Path = project) -> None:
        who = {
            f"GIT_{role}_{what}": value
            for role in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", name), ("EMAIL", "r@x.example"), ("DATE", f"{day}T12:00:00Z"))
        }
        environment = {**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull}
        subprocess.run(["git", *args], cwd=folder, env=environment, check=True, capture_output=True)

    (project / "predictions" / ".gitattributes").write_text(ATTRIBUTES_TEXT)
    talks = project / "predictions" / "talks.yaml"
    whole = talks.read_text(encoding="utf-8")
    before, _, after = whole.partition("    resolutions:\n")
    talks.write_text(before + after.partition("\n")[2], encoding="utf-8")
    call("init", "-q", "-b", "main")
    assert register(project / "predictions")
    call("add", "-A")
    call("commit", "-q", "-m", "the ledger")
    talks.write_text(whole, encoding="utf-8")
    call("commit", "-q", "-a", "-m", "the talks did not end", day="2025-09-02")
    return call


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_correction_is_told_and_an_edited_probability_is_named(run: Run, project: Path, git: Git) -> None:
    talks = project / "predictions" / "talks.yaml"
    assert run("audit", *NOW).exit_code == 0
    run(
        "amend",
        "aid-p",
        "--claim",
        "A new aid pakcage is announced.",
        "--why",
        "typo",
        "--by",
        "Robin",
        *NOW,
    )
    run("resolve", "aid-p", "no", "--searched", "the list", "--by", "Robin", *NOW)
    git("commit", "-qam", "typo", day="2026-12-31")
    result = run("audit", *NOW)
    assert result.exit_code == 0, result.stdout
    assert "Altered, and told in a correction (1)\n\naid-package-2025: claim\n" in result.stdout
    assert "1 value altered and told in a correction." in " ".join(result.stderr.split())
    edit(talks, "probability: 0.05", "probability: 0.02")
    git("commit", "-qam", "tidying", day="2027-01-02", name="Mallory")
    result = run("audit", "--today", "2027-01-03")
    assert result.exit_code == 1
    page = " ".join(result.stdout.split())
    assert (
        "aid-package-2025: probability of the forecast by ada-smith, 2025-03-19 was 0.05 now 0.02 Brier"
        in page
    )
    assert "after the deadline and the outcome" in page
    rows = json.loads(run("audit", "--json", "--since", "HEAD~1", "--today", "2027-01-03").stdout)
    assert [(row["by"], row["after_outcome"], row["breach"]) for row in rows] == [("Mallory", True, True)]


@pytest.mark.parametrize(
    "change",
    [
        ("--speaker", "Example Review"),
        ("--set", "made=2025-03-18", "--set", "deadline.why=in print"),
        ("--set", "deadline.latest=2026-06-30", "--set", "deadline.why=the text means the summer"),
        ("--set", "negated=yes"),
        ("--criteria", "Yes on a package."),
        ("--attribution", "reported"),
        ("--settled-by", "the treasury"),
        ("--status-quo", "yes"),
        ("--quote", "unlikely that another package comes"),
    ],
)
def test_every_correction_by_amend_is_recognised(run: Run, git: Git, change: tuple[str, ...]) -> None:
    result = run(
        "amend", "aid-package", *change, "--why", "reading", "--by", "Robin", "--today", "2025-09-03"
    )
    assert result.exit_code == 0, result.stderr
    git("commit", "-qam", "reading", day="2025-09-03")
    result = run("audit", *NOW)
    assert result.exit_code == 0, result.stdout


def test_a_change_that_is_not_committed_is_named(run: Run, project: Path, git: Git) -> None:
    edit(project / "predictions" / "talks.yaml", "logged: 2025-03-20", "logged: 2025-03-19")
    result = run("audit", *NOW)
    assert result.exit_code == 1
    assert "aid-ends: logged" in result.stdout
    assert "not committed yet" in result.stdout


def test_a_week_of_normal_work_on_two_branches_is_no_breach(run: Run, project: Path, git: Git) -> None:
    """Adding, forecasting, filling, resolving, disagreeing, revising, moving a file.

    Then a merge both ways.
    """
    hand = project / "predictions" / "second.yaml"
    git("checkout", "-q", "-b", "other")
    run("resolve", "aid-ends", "yes", "--known", "2025-06-11", "--evidence", LINK, "--by", "Kim", *NOW)
    run("forecast", "aid-p", "40%", "--speaker", "Kim", "--made", "2025-03-21", *NOW)
    hand.write_text(
        "article:\n  id: second\n  title: A second one\n  published: 2025-04-01\n  authors: [ada-smith]\n"
        "predictions:\n  - claim: It rains.\n    quote: rain is likely\n    criteria: Yes when it rains.\n"
        "    deadline: {words: by mid-2026}\n    forecasts:\n      - {words: likely}\n"
    )
    git("add", "-A")
    git("commit", "-qm", "by hand", day="2026-12-31")
    assert run("fill", *NOW).exit_code == 0
    git("commit", "-qam", "filled", day="2026-12-31")
    run("resolve", "it-rains", "no", "--searched", "the gauge", "--by", "Kim", *NOW)
    (project / "predictions" / "2025").mkdir()
    git("mv", "predictions/second.yaml", "predictions/2025/second.yaml")
    git("commit", "-qam", "moved", day="2026-12-31")
    git("checkout", "-q", "main")
    run("resolve", "aid-ends", "no", "--searched", "the list", "--by", "Robin", *NOW)
    run(
        "resolve",
        "aid-ends",
        "yes",
        "--known",
        "2025-06-12",
        "--evidence",
        LINK,
        "--revise",
        "--by",
        "Robin",
        *NOW,
    )
    run("resolve", "talks-begin", "met", "--known", "2025-08-01", "--evidence", LINK, "--by", "Robin", *NOW)
    run(
        "add",
        "talks-2025",
        "--claim",
        "A ship lands.",
        "--quote",
        "a ship will likely land",
        "--words",
        "likely",
        "--criteria",
        "Yes when it does.",
        "--by",
        "Robin",
        "--own",
        "60%",
        *NOW,
    )
    git("add", "-A")
    git("commit", "-qm", "resolved", day="2026-12-31")
    git("merge", "-q", "--no-edit", "other", day="2026-12-31")
    git("checkout", "-q", "other")
    git("merge", "-q", "main", day="2026-12-31")
    assert run("check", *NOW).exit_code == 0
    result = run("audit", *NOW)
    assert (result.exit_code, result.stdout) == (0, ""), result.stdout
    assert "Nothing published was altered without a correction." in " ".join(result.stderr.split())


def test_a_year_of_honest_work_is_no_breach(run: Run, project: Path, git: Git) -> None:
    """Late logging, readings, second readers, changed verdicts, new names and ids, slips, sources.

    Each on its day.
    """

    def on(day: str, *command: str) -> None:
        result = run(*command, "--today", day, env={"FORECASTLOG_BY": "Robin"})
        assert result.exit_code == 0, result.stderr

    def kept(day: str) -> None:
        git("add", "-A", day=day)
        git("commit", "-qm", "work", day=day)

    late = ("--claim", "A treaty is anounced.", "--quote", "a treaty will likely come", "--words", "likely")
    on("2025-09-10", "add", "talks-2025", *late, "--criteria", "Yes if both sign it.", "--id", "treaty")
    kept("2025-09-10")
    on("2025-09-12", "amend", "treaty", "--settled-by", "the ministry", "--why", "reading")
    on("2025-09-12", "forecast", "treaty", "30%", "--speaker", "Robin")
    kept("2025-09-12")
    on("2025-10-01", "resolve", "aid-ends", "no", "--searched", "the list")
    kept("2025-10-01")
    on("2025-10-03", "resolve", "aid-ends", "no", "--searched", "the wires", "--blind", "--by", "Kim")
    kept("2025-10-03")
    git("checkout", "-q", "-b", "side")
    on("2025-10-20", "resolve", "aid-ends", "yes", "--known", "2025-06-12", "--evidence", LINK, "--revise")
    kept("2025-10-20")
    git("checkout", "-q", "main")
    on("2025-10-21", "rename", "treaty", "treaty-by-autumn")
    kept("2025-10-21")
    git("merge", "-q", "--no-edit", "side", day="2025-10-22")
    on("2025-11-02", "resolve", "treaty-by-autumn", "yes", "--known", "2025-11-01", "--evidence", LINK)
    kept("2025-11-02")
    on("2025-11-05", "amend", "treaty-by-autumn", "--claim", "A treaty is announced.", "--why", "typo")
    on("2025-11-05", "amend", "treaty-by-autumn", "--event", "treaty", "--tag", "peace", "--why", "grouping")
    source = ("--set", "resolutions.1.evidence.1.title=The treaty", "--why", "source")
    on("2025-11-05", "amend", "treaty-by-autumn", *source)
    on("2025-11-06", "amend", "ada-smith", "--set", "name=Ada Smith-Jones", "--why", "name")
    kept("2025-11-06")
    gone = ("--set", "withdrawn.on=2025-05-01", "--set", "withdrawn.url=https://a.example/w")
    on("2025-11-07", "amend", "truce-holds", *gone, "--why", "withdrawal")
    kept("2025-11-07")
    (project / "predictions" / "2025").mkdir()
    git("mv", "predictions/talks.yaml", "predictions/2025/talks.yaml")
    kept("2025-11-08")
    git("checkout", "-q", "-b", "rebased", "HEAD~1")
    on("2025-11-09", "resolve", "talks-begin", "met", "--known", "2025-11-09", "--evidence", LINK)
    kept("2025-11-09")
    git("rebase", "-q", "main", day="2025-12-20")
    assert run("check", "--today", "2026-03-01").exit_code == 0
    result = run("audit", "--today", "2026-03-01")
    assert result.exit_code == 0, result.stdout
    assert "1 verdict changed" in " ".join(result.stderr.split())


def test_without_a_history_it_says_so(run: Run) -> None:
    result = run("audit", *NOW)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "has no git history to audit" in result.stderr


def test_an_unknown_revision_is_said(run: Run, git: Git) -> None:
    result = run("audit", "--since", "nope", *NOW)
    assert (result.exit_code, "git knows no revision 'nope'" in result.stderr) == (1, True)


def test_agreement_lists_what_is_contested(run: Run) -> None:
    for who, outcome in (("Kim", "yes"), ("Robin", "no")):
        run(
            "resolve",
            "aid-ends",
            outcome,
            "--known",
            "2025-07-01",
            "--evidence",
            LINK,
            "--by",
            who,
            "--blind",
            *NOW,
        )
    (row,) = json.loads(run("agreement", "--json", *NOW).stdout)
    assert (row["record"], row["verdicts"], row["settled"]) == (
        "aid-ends",
        {"Kim": "yes", "Robin": "no"},
        None,
    )
    result = run("agreement", *NOW)
    assert "Kim: yes, Robin: no" in " ".join(result.stdout.split())
    told = " ".join(result.stderr.split())
    assert "2 records resolved, 1 of them read twice or more, 1 without sight of the forecaster." in told
    assert "agree is 0 %" in told
    (figures,) = json.loads(run("agreement", "--summary", "--json", *NOW).stdout)
    assert (figures["records"], figures["entries"], figures["contested"], figures["alpha_low"]) == (
        1,
        2,
        1,
        None,
    )


def test_agreement_of_coders(run: Run, project: Path) -> None:
    assert "No article names two coders." in run("agreement", "--coders", *NOW).stderr
    talks = project / "predictions" / "talks.yaml"
    edit(talks, "  published: 2025-03-19\n", "  published: 2025-03-19\n  coders: [Kim, Robin]\n")
    edit(talks, "  - id: aid-ends\n", "  - id: aid-ends\n    logged_by: Kim, Robin\n")
    edit(talks, "  - id: truce-holds\n", "  - id: truce-holds\n    logged_by: Kim\n")
    (row,) = json.loads(run("agreement", "--coders", "--json", *NOW).stdout)
    assert (row["logged"], row["by_all"], row["share"]) == (2, 1, 0.5)
    told = " ".join(run("agreement", "--coders", *NOW).stderr.split())
    assert told == "1 article with two or more coders: 1 of 2 predictions found by all (50 %)."
    assert run("agreement", "--coders", "--summary").exit_code == 2
