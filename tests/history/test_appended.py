"""Machines' lines in git: appended on the day they say, and never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from forecastlog.history import Finding
from tests.history.repository import ARTICLE, Repository

DAY = "2025-03-20"
FILE = "imports/almanac/2025-03.jsonl"
QUESTION = {
    "type": "prediction",
    "id": "almanac-1",
    "recorded": f"{DAY}T10:00:00Z",
    "source": "almanac",
    "speaker": "ann",
    "made": "2025-03-20",
    "claim": "It rains.",
    "latest": "2025-06-30",
}
GUESS = {
    "type": "forecast",
    "id": "almanac-1.0.f",
    "prediction": "almanac-1",
    "recorded": f"{DAY}T10:00:00Z",
    "probability": 0.9,
}
RESULT = {
    "type": "resolution",
    "id": "almanac-1.0.r",
    "prediction": "almanac-1",
    "recorded": "2025-07-02T10:00:00Z",
    "by": "almanac",
    "known": "2025-07-01",
    "outcome": "no",
}


def lines(*objects: Mapping[str, object]) -> str:
    return "".join(json.dumps(one) + "\n" for one in objects)


class Appended(Repository):
    """A repository whose files are written first and committed together."""

    def write(self, text: str, name: str = "essay.yaml") -> None:
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_text(text, encoding="utf-8")

    def commit_all(self, day: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "change", day=day)


def repository(tmp_path: Path) -> Appended:
    made = Appended(tmp_path)
    made.write(ARTICLE)
    made.write(lines(QUESTION, GUESS), FILE)
    made.commit_all(DAY)
    return made


def told(findings: list[Finding]) -> list[tuple[str, str, str, bool]]:
    return [
        (one.record, one.kind, one.field, one.breach) for one in findings if one.record.startswith("almanac")
    ]


def test_a_year_of_honest_appending_is_no_breach(tmp_path: Path) -> None:
    made = repository(tmp_path)
    made.write(lines(RESULT), "imports/almanac/2025-07.jsonl")
    made.commit_all("2025-07-02")
    made.write(lines(GUESS, QUESTION), FILE)  # another order says the same
    made.commit_all("2025-07-03")
    moved = made.root / "imports" / "almanac" / "all.jsonl"
    (made.root / FILE).rename(moved)
    made.commit_all("2025-07-04")
    assert told(made.audit()) == [("almanac-1", "logged", "", False)]


def test_a_changed_line_a_vanished_one_and_a_backdated_one_are_breaches(tmp_path: Path) -> None:
    made = repository(tmp_path)
    made.write(lines(QUESTION, {**GUESS, "probability": 0.1}), FILE)
    made.commit_all("2025-07-02")
    made.write(lines(QUESTION), FILE)
    made.commit_all("2025-07-03")
    made.write(lines(QUESTION, {**GUESS, "id": "almanac-1.1.f", "by": "ben"}), FILE)
    made.commit_all("2025-07-04")
    found = made.audit()
    assert told(found) == [
        ("almanac-1", "logged", "", False),
        ("almanac-1", "altered", "line almanac-1.0.f", True),
        ("almanac-1", "vanished", "line almanac-1.0.f", True),
        ("almanac-1", "misdated", "recorded", True),
    ]
    altered = next(one for one in found if one.kind == "altered" and one.record == "almanac-1")
    assert '"probability": 0.9' in altered.was
    assert '"probability": 0.1' in altered.now


def test_two_branches_that_both_append_are_merged_without_a_word(tmp_path: Path) -> None:
    made = repository(tmp_path)
    made.write("imports/**/*.jsonl merge=union\n", ".gitattributes")
    made.commit_all("2025-03-21")
    made.git("checkout", "-q", "-b", "other")
    made.write(
        lines(QUESTION, GUESS, {**GUESS, "id": "almanac-1.1.f", "by": "ben", "recorded": "2025-03-22"}), FILE
    )
    made.commit_all("2025-03-22")
    made.git("checkout", "-q", "main")
    made.write(
        lines(QUESTION, GUESS, {**GUESS, "id": "almanac-1.1.g", "by": "cy", "recorded": "2025-03-22"}), FILE
    )
    made.commit_all("2025-03-22")
    made.git("merge", "-q", "--no-edit", "other", day="2025-03-23")
    assert len((made.root / FILE).read_text().splitlines()) == 4
    assert [one for one in told(made.audit()) if one[3]] == []


def test_what_was_logged_elsewhere_is_told_with_whose_word_it_is(tmp_path: Path) -> None:
    made = repository(tmp_path)
    there = {"on": "2024-01-02", "by": "The Almanac", "url": "https://almanac.example"}
    made.write(
        lines({**QUESTION, "id": "almanac-2", "made": "2024-01-02", "logged_elsewhere": there}),
        "imports/b/2025-03.jsonl",
    )
    made.commit_all(DAY)
    (found,) = (one for one in made.audit() if one.record == "almanac-2")
    assert (found.kind, found.why) == (
        "logged",
        "in advance by the word of The Almanac, which nothing here proves",
    )


def test_what_is_not_committed_yet_is_compared_too(tmp_path: Path) -> None:
    made = repository(tmp_path)
    made.write(lines(QUESTION, {**GUESS, "probability": 0.1}), FILE)
    (altered,) = (one for one in made.audit() if one.breach)
    assert ('"probability": 0.9' in altered.was, '"probability": 0.1' in altered.now) == (True, True)
    made.write(lines(QUESTION), FILE)
    assert [one[1] for one in told(made.audit()) if one[3]] == ["vanished"]
