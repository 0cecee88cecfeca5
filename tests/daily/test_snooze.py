"""What settles it is out later than the deadline; a reminder that is put off."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecastlog.model.moments import After, Duration
from forecastlog.model.records import Condition
from forecastlog.standing.due import condition_status, due_from, due_items, status
from forecastlog.standing.review import to_resolve
from tests.records import day, ledger, prediction

from .conftest import Run
from .test_due_new import DUE, told


@pytest.mark.parametrize(
    ("settles", "expected"),
    [
        (None, "2025-07-01"),
        (After(Duration(30, "day")), "2025-07-30"),  # thirty days after 30 June
        (After(Duration(1, "month")), "2025-07-30"),
        (day("2025-08-15"), "2025-08-15"),
        (day("2025-06-15"), "2025-07-01"),  # a source that is out earlier makes nothing due earlier
    ],
)
def test_it_is_due_when_the_source_is_out(settles: After | None, expected: str) -> None:
    record = prediction(latest="2025-06-30", settles_on=settles)
    before = day(expected).toordinal() - 1
    assert due_from(record, day("2025-06-30")) == day(expected)
    assert [item.due_on for item in due_items(ledger(record), day("2026-01-01"))] == [day(expected)]
    assert status(record, ledger(record), day(expected)) == "due"
    assert status(record, ledger(record), type(day(expected)).fromordinal(before)) == "open"


def test_a_condition_waits_for_its_source_too() -> None:
    condition = Condition(
        id="c", article="a", text="It rains.", by=day("2025-06-30"), settles_on=day("2025-07-10")
    )
    assert condition_status(condition, day("2025-07-09")) == "open"
    assert condition_status(condition, day("2025-07-10")) == "due"


def test_a_time_after_is_read_and_written_alike() -> None:
    assert str(After.parse("6 weeks after")) == "6 weeks after"
    for text in ("6 weeks", "after 6 weeks", "6 weeks after that"):
        with pytest.raises(ValueError, match="not a"):
            After.parse(text)


def test_what_is_snoozed_is_due_and_told_again_when_that_is_over(run: Run, project: Path) -> None:
    assert told(run, DUE) == ["aid-ends"]
    put = run(
        "snooze",
        "aid-ends",
        "--until",
        "1 September 2025",
        "--why",
        "the ministry is late",
        "--by",
        "Kim",
        "--today",
        "2025-07-02",
    )
    assert put.exit_code == 0, put.stderr
    ledger_file = (project / "predictions" / "talks.yaml").read_text()
    assert '- {until: 2025-09-01, why: "the ministry is late", by: "Kim", on: 2025-07-02}' in ledger_file
    assert told(run, "2025-08-01", "--remind", "7d") == []
    listed = run("due", "--today", "2025-08-01").stdout
    assert "aid-ends is snoozed until 2025-09-01: the ministry is late" in " ".join(listed.split())
    assert run("due", "--today", "2025-08-01", "--exit-code").exit_code == 3
    from forecastlog.ledger import load

    records = load(project / "predictions").ledger
    assert "aid-ends" not in [one.id for one in to_resolve(records, day("2025-08-01"))]
    assert "aid-ends" in [one.id for one in to_resolve(records, day("2025-09-01"))]
    assert "aid-ends" in told(run, "2025-09-02")
    assert "aid-ends" not in told(run, "2025-09-03")


def test_a_snooze_ends_after_today(run: Run) -> None:
    refused = run(
        "snooze", "aid-ends", "--until", "2025-07-02", "--why", "x", "--by", "Kim", "--today", "2025-07-02"
    )
    assert (refused.exit_code, refused.stderr) == (
        2,
        "Error: until '2025-07-02' is no day to come. Write it as 2027-03-31.\n",
    )
