"""``review``: what it shows and hides, what it writes and when, and how it is left."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result

from .conftest import Run
from .terminal import CTRL_C, typed

NOW = ("--today", "2026-12-31", "--by", "Kim")
LINK = "https://news.example/2"
YES = ["y", LINK, "", "2025-06-10", "", "seen", ""]
"""Outcome, a link, no more, the day, the same day known, a note, write it."""
NO = ["n", "the ministry's list", "", "", "", ""]


@pytest.fixture
def talks(project: Path) -> Path:
    return project / "predictions" / "talks.yaml"


def review(run: Run, answers: list[str], *args: str) -> Result:
    return run("review", *NOW, *args, input="".join(f"{answer}\n" for answer in answers))


def entries(run: Run, record_id: str) -> list[dict[str, object]]:
    found = json.loads(run("show", record_id, "--json", "--today", "2026-12-31").stdout)
    entries: list[dict[str, object]] = found.get("resolutions", [])
    return entries


def test_it_goes_through_conditions_first_then_the_most_overdue(run: Run) -> None:
    result = review(run, ["s", "s", "s"])
    titles = [
        line for line in result.stdout.splitlines() if line in ("talks-begin", "aid-package-2025", "aid-ends")
    ]
    assert titles == ["talks-begin", "aid-ends", "aid-package-2025"]
    assert "truce-holds" not in result.stdout  # its condition is unmet, so it is void
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        0,
        "Nothing was recorded. 3 left to look at.",
    )


def test_who_said_it_and_how_surely_is_hidden_until_the_verdict_is_written(run: Run) -> None:
    result = review(run, NO, "aid-package")
    before, behind, after = result.stdout.partition("Behind aid-package-2025")
    for told in ("Ada", "Example Review", "unlikely", "5%", "12%", "Crowd", "deny", "denies"):
        assert told not in before
    for told in (
        "A new aid package is announced.",
        "Yes on a package",
        "the ministry's announcement",
        "19 March 2026",
    ):
        assert told in before
    assert behind
    assert "“highly unlikely” (read by us as 5 %)" in " ".join(after.split())
    (entry,) = entries(run, "aid-package-2025")
    assert entry == {
        "outcome": "no",
        "known": "2026-03-20",
        "recorded": "2026-12-31",
        "by": "Kim",
        "blind": True,
        "settles": False,
        "evidence": [{"searched": "the ministry's list", "on": "2026-12-31"}],
    }


def test_open_shows_everything_and_says_so_in_the_entry(run: Run) -> None:
    result = review(run, NO, "aid-package", "--reveal")
    assert "Ada Smith" in result.stdout
    assert entries(run, "aid-package-2025")[0]["blind"] is False


def test_a_condition_takes_its_own_outcomes_and_no_blindness(run: Run) -> None:
    result = review(run, ["m", LINK, "", "2025-06", "", "", ""], "talks-begin")
    assert "2025-06" in result.stderr
    (entry,) = entries(run, "talks-begin")
    assert (entry["outcome"], entry["happened"], entry["known"], entry.get("blind")) == (
        "met",
        "2025-06",
        "2025-06",
        None,
    )


def test_void_needs_its_reason_and_neither_evidence_nor_a_day(run: Run) -> None:
    result = review(run, ["v", "7", "mo", "", ""], "aid-ends")
    assert "Which of them? Type its number, 1 to 4." in result.stderr
    (entry,) = entries(run, "aid-ends")
    assert (entry["outcome"], entry["reason"], entry["known"]) == ("void", "moot", "2026-12-31")


def test_a_refused_entry_is_shown_and_corrected_with_the_answers_kept(run: Run, talks: Path) -> None:
    before = talks.read_bytes()
    late = ["y", LINK, "", "2025-08-01", "", "seen"]
    result = review(run, [*late, "q"], "aid-ends")
    assert "Not written: that would leave an error in the ledger:\npredictions/talks.yaml:" in result.stderr
    assert "error[P207] yes, but it happened on 2025-08-01, after 2025-06-30" in result.stderr
    assert talks.read_bytes() == before
    result = review(run, [*late, "", "", "2025-06-10", "2025-06-11", "", ""], "aid-ends")
    (entry,) = entries(run, "aid-ends")
    assert (entry["happened"], entry["known"], entry["note"]) == ("2025-06-10", "2025-06-11", "seen")
    assert entry["evidence"] == [{"url": LINK}]


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (["x", "q"], "'x' is none of these letters."),
        (["1.7", "q"], "1.7"),
        (["?", "q"], "later: again at the end of this run"),
        (["y", "", "quit"], "'yes' needs its evidence."),
        (["y", "somewhere", "quit"], "'yes' needs a link that shows it"),
        (["y", "news.example/2", "quit"], "is no whole link. Begin it with https://"),
        (["y", LINK, "", "in a while ago", "quit"], "happened is not a date"),
        (["y", LINK, "", "", "", "quit"], "This is needed"),
        ([*NO[:-1], "maybe", "quit"], "Enter or y writes it"),
    ],
)
def test_what_cannot_be_read_is_asked_again(run: Run, talks: Path, answers: list[str], told: str) -> None:
    before = talks.read_bytes()
    result = review(run, answers, "aid-ends")
    assert told in result.stderr
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        0,
        "Nothing was recorded. 1 left to look at.",
    )
    assert talks.read_bytes() == before


def test_back_within_an_entry_begins_it_again(run: Run) -> None:
    review(run, ["y", LINK, "back", "n", "the list", "", "", "", ""], "aid-ends")
    (entry,) = entries(run, "aid-ends")
    assert entry["outcome"] == "no"


def test_later_comes_again_at_the_end_and_back_can_change_what_was_recorded(run: Run) -> None:
    result = review(run, ["l", *NO, "b", *YES[:-1], "", "q"], "talks-begin", "aid-ends")
    assert result.stdout.count("talks-begin\n===") == 3
    assert "You recorded no on 2026-12-31; another entry of yours takes its place." in result.stderr
    assert [(entry["outcome"], entry["blind"]) for entry in entries(run, "aid-ends")] == [
        ("no", True),
        ("yes", False),
    ]


def test_what_turns_on_one_event_is_done_in_one_go(run: Run, talks: Path) -> None:
    text = talks.read_text(encoding="utf-8")
    for name in ("aid-package-2025", "aid-ends", "talks-begin"):
        text = text.replace(f"  - id: {name}\n", f"  - id: {name}\n    event: aid\n")
    talks.write_text(text, encoding="utf-8")
    result = review(run, ["s", "n", LINK, "the list", "", "", "", "", "1 7", "1", ""])
    assert "1 more turns on the same event or condition:" in result.stderr
    assert "Type numbers from 1 to 1" in result.stderr
    for name, known in (("aid-ends", "2025-07-01"), ("aid-package-2025", "2026-03-20")):
        (entry,) = entries(run, name)
        assert (entry["outcome"], entry["known"], len(entry["evidence"])) == ("no", known, 2)  # type: ignore[arg-type]
    assert result.stderr.splitlines()[-1] == "Recorded: aid-ends, aid-package-2025. 1 left to look at."
    assert result.stdout.count("Behind ") == 2


def test_an_event_takes_one_outcome_and_one_piece_of_evidence_for_many(run: Run, talks: Path) -> None:
    text = talks.read_text(encoding="utf-8")
    for name in ("aid-package-2025", "aid-ends"):
        text = text.replace(f"  - id: {name}\n", f"  - id: {name}\n    event: aid\n")
    talks.write_text(text, encoding="utf-8")
    result = review(run, ["1 2 3", "all", "n", LINK, "", "", "", ""], "--event", "aid")
    assert "Type numbers from 1 to 2" in result.stderr
    assert result.stderr.splitlines()[-1] == "Recorded: aid-ends, aid-package-2025."
    for name, known in (("aid-ends", "2025-07-01"), ("aid-package-2025", "2026-03-20")):
        (entry,) = entries(run, name)
        assert (entry["outcome"], entry["known"], entry["evidence"]) == ("no", known, [{"url": LINK}])
        assert entry["blind"] == 1
    assert review(run, ["q"], "--event", "aid").stderr.splitlines()[-1].startswith("Nothing is due")


def test_evidence_is_offered_again_in_a_later_run(run: Run, talks: Path) -> None:
    text = talks.read_text(encoding="utf-8")
    for name in ("aid-package-2025", "aid-ends"):
        text = text.replace(f"  - id: {name}\n", f"  - id: {name}\n    event: aid\n")
    talks.write_text(text, encoding="utf-8")
    review(run, ["", *YES, "", "q"], "--event", "aid")
    result = review(run, ["n", "=", "", "", "", ""], "aid-package")
    assert "= takes the link of your entry on aid-ends" in result.stderr
    assert entries(run, "aid-package-2025")[0]["evidence"] == [{"url": LINK}]


def test_what_a_colleague_resolved_is_not_due_but_can_have_a_second_opinion(run: Run) -> None:
    run(
        "resolve",
        "aid-ends",
        "yes",
        "--known",
        "2025-06-11",
        "--evidence",
        LINK,
        "--by",
        "Robin",
        "--today",
        "2026-12-30",
    )
    assert "aid-ends" not in review(run, ["s", "s"]).stdout
    result = review(run, ["n", "the list", "", "", "", ""], "--second")
    before, _, after = result.stdout.partition("Behind aid-ends")
    assert "Robin" not in before
    assert "Robin: yes, known 2025-06-11" in after
    assert "You differ: aid-ends is contested until an entry settles it" in result.stderr
    assert [entry["by"] for entry in entries(run, "aid-ends")] == ["Robin", "Kim"]
    assert "aid-ends" not in review(run, ["s"], "--second").stdout  # two have resolved it now


def test_resolving_a_condition_takes_what_it_voids_from_the_queue(run: Run, talks: Path) -> None:
    text = talks.read_text(encoding="utf-8").replace(
        "  - id: aid-ends\n", "  - id: aid-ends\n    given: talks-begin\n"
    )
    talks.write_text(text, encoding="utf-8")
    result = review(run, ["u", "the papers", "", "", "", "", "s"])
    assert "aid-ends\n===" not in result.stdout
    assert result.stderr.splitlines()[-1] == "Recorded: talks-begin. 1 left to look at."


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["talks-2025"], 1, "is an article. 'forecastlog review --article talks-2025'"),
        (["nothing"], 1, "no record has the id 'nothing'"),
        (["aid-ends", "--second"], 2, "ids are gone through as they are named"),
        (["--event", "x"], 2, "no record turns on the event 'x'"),
        (["--article", "x"], 1, "no record has the id 'x'"),
    ],
)
def test_what_there_is_not_is_said(run: Run, args: list[str], code: int, told: str) -> None:
    result = review(run, [], *args)
    assert (result.exit_code, told in result.stderr) == (code, True), result.stderr


def test_nothing_to_do_is_said(run: Run) -> None:
    assert run("review", "--by", "Kim", "--today", "2025-03-20").stderr == "Nothing is due on 2025-03-20.\n"
    second = review(run, [], "--second")
    assert second.stderr == "Nothing on 2026-12-31 waits for a second opinion.\n"


def test_the_end_of_the_input_leaves_cleanly(run: Run) -> None:
    result = review(run, [*NO, "y", LINK], "aid-package", "aid-ends")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[-1] == "Recorded: aid-package-2025. 1 left to look at."


def test_on_a_terminal_of_80_columns(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    answers = [
        ("Outcome", "n"),
        ("Evidence 1", "the list"),
        ("Evidence 2", ""),
        ("Certain since", ""),
        ("Note", ""),
        ("Write it?", ""),
    ]
    code, text = typed(["review", *NOW, "aid-package"], answers)
    assert code == 0, text
    assert "\x1b" not in text
    assert max(map(len, text.replace("\r", "").splitlines())) <= 80
    assert "Recorded: aid-package-2025." in text


def test_ctrl_c_keeps_what_was_recorded_and_drops_what_was_being_typed(project: Path) -> None:
    answers = [
        ("Outcome", "n"),
        ("Evidence 1", "the list"),
        ("Evidence 2", ""),
        ("Certain since", ""),
        ("Note", ""),
        ("Write it?", ""),
        ("Outcome", "y"),
        ("Evidence 1", CTRL_C),
    ]
    code, text = typed(["review", *NOW, "aid-package", "aid-ends"], answers)
    assert code == 130
    assert "Traceback" not in text
    assert text.rstrip().endswith("Recorded: aid-package-2025. 1 left to look at.")
    assert (project / "predictions" / "talks.yaml").read_text(encoding="utf-8").count(
        "by: Kim\n        "
    ) == 1


def test_a_kill_loses_at_most_the_entry_being_typed(project: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "forecastlog", "review", *NOW, "aid-package", "aid-ends"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stderr
        process.stdin.write("\n".join([*NO, "y", LINK, ""]))
        process.stdin.flush()
        told = ""
        while "Recorded: aid-package-2025." not in told:
            told += process.stderr.read(1)
        process.kill()
    assert (project / "predictions" / "talks.yaml").read_text(encoding="utf-8").count(
        "by: Kim\n        "
    ) == 1
