"""Two clones of a ledger log, correct, resolve and merge for a week: nothing is lost, nothing is mixed."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from forecastlog.checks import check
from forecastlog.compose import (
    Answers,
    Outcome,
    add_condition,
    add_forecast,
    add_prediction,
    amend,
    resolve,
)
from forecastlog.compose.plan import Plan
from forecastlog.errors import ForecastlogError
from forecastlog.ledger import Loaded, edit, load
from forecastlog.ledger.folder import ATTRIBUTES_TEXT
from forecastlog.ledger.merge import SETTING, register
from forecastlog.model.records import Prediction
from forecastlog.standing.due import prediction_standing
from tests.faults.git import git

MONDAY = date(2026, 11, 23)
PEOPLE = """\
forecasters:
  - {id: ann-author, name: Ann Author}
"""
ARTICLE = """\
# Read twice.
article:
  id: article-{number}
  title: On the talks
  authors: [ann-author]
  publisher: Example Review
  published: 2026-11-20
  logged: 2026-11-20
  coverage: every claim
predictions:
  # the first of them
  - id: first-{number}
    claim: The truce of month {number} holds.
    quote: the truce will probably hold
    logged: 2026-11-20
    deadline: {{earliest: 2026-11-20, strict: 2027-11-20, latest: 2027-11-20, basis: default,
      rule: twelve-months, convention: fl-1}}
    criteria: Yes when no shelling is reported for a month.
    settled_by: the monitors' reports
    tags: [talks]
    forecasts:
      - {{words: "likely", probability: 0.75, low: 0.55, high: 0.8, scale: fl-1, basis: worded}}
"""


@dataclass
class Desk:
    """A person with a clone; ``told`` is what commands reported as done: (record, what, its mark)."""

    name: str
    project: Path
    choose: random.Random
    told: list[tuple[str, str, str]] = field(default_factory=list)
    count: int = 0

    @property
    def root(self) -> Path:
        return self.project / "predictions"

    def act(self, today: date) -> None:
        """One command at random, as a person would give it; one that is refused says so and does nothing."""
        loaded = load(self.root)
        self.count += 1
        mark = f"{self.name}-{self.count}"
        record = self.choose.choice(list(loaded.ledger.predictions)).id
        what = self.choose.choice(
            ["predict", "predict", "forecast", "forecast", "resolve", "condition", "amend"]
        )
        try:
            plan = self.plan(what, loaded, record, mark, today)
            plan.carry_out()
        except ForecastlogError:
            return
        self.told.append((plan.ids[0], what, mark))

    def plan(self, what: str, loaded: Loaded, record: str, mark: str, today: date) -> Plan:
        article = self.choose.choice(list(loaded.ledger.articles)).id
        if what == "predict":
            answers = {
                "claim": f"Thing {mark} happens.",
                "quote": f"{mark} will probably happen",
                "tags": ("talks",),
                "criteria": f"Yes when {mark} is reported by two agencies. "
                f"Rumours and announcements of it do not count, nor does what is only planned.",
                "settled_by": "the monitors' reports",
            }
            return add_prediction(loaded, article, Answers.of(answers, words="likely"), today=today)
        if what == "forecast":
            return add_forecast(
                loaded,
                record,
                Answers.of(probability="60%", by=f"Desk {mark}", note=mark),
                today=today,
            )
        if what == "condition":
            condition = Answers.of(text=f"Condition {mark} comes.", by="2027-01-31")
            return add_condition(loaded, article, condition, today=today)
        if what == "resolve":
            outcome = Outcome(
                outcome="yes", by=self.name, evidence=[f"https://news.example/{mark}"], known=str(today)
            )
            return resolve(loaded, [record], outcome, today=today)
        # Each has a field of its own: two who change one value disagree, which is for them to settle.
        change = {"note" if self.name == "kim" else "via": f"note {mark}."}
        return amend(loaded, record, change, why="reading", by=self.name, today=today)


def clones(folder: Path, seed: int) -> list[Desk]:
    first, second = folder / "kim", folder / "lee"
    root = first / "predictions"
    root.mkdir(parents=True)
    git(first, "init", "-q")
    (root / ".gitattributes").write_text(ATTRIBUTES_TEXT, encoding="utf-8")
    (root / ".gitignore").write_text(".lock\n", encoding="utf-8")
    (root / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    for number in range(2):
        (root / f"article-{number}.yaml").write_text(ARTICLE.format(number=number), encoding="utf-8")
    git(first, "add", ".")
    git(first, "commit", "-qm", "start")
    git(folder, "clone", "-q", str(first), str(second))
    git(second, "checkout", "-qb", "lee")
    desks = [Desk(path.name, path, random.Random(f"{seed}-{path.name}")) for path in (first, second)]  # noqa: S311
    assert all(register(desk.root) for desk in desks)
    return desks


def merge(here: Desk, there: Desk) -> None:
    for desk in (here, there):
        git(desk.project, "add", ".")
        git(desk.project, "commit", "-qm", "work", "--allow-empty")
    git(here.project, "pull", "-q", "--no-rebase", "--no-edit", str(there.project), "HEAD")
    git(there.project, "pull", "-q", "--no-rebase", "--no-edit", str(here.project), "HEAD")


def faults(desk: Desk, told: list[tuple[str, str, str]], day: date) -> Iterator[str]:
    """What is wrong with a clone after a merge, by what commands had reported as done."""
    yield from (str(problem) for problem in check(load(desk.root), today=day) if problem.severity == "error")
    held: dict[str, list[str]] = {}
    for path in desk.root.glob("article-*.yaml"):
        text = path.read_text(encoding="utf-8")
        comments = [line.strip() for line in text.splitlines() if "#" in line]
        if comments != ["# Read twice.", "# the first of them"]:
            yield f"the comments of {path.name} are {comments}"
        data = edit.data_of(text)
        for record in (*data["predictions"], *data.get("conditions", ())):
            held.setdefault(record["id"], []).append(repr(record))
    for record_id, what, mark in told:
        (said,) = held.get(record_id) or ["nothing"]
        pieces = {
            "forecast": [f"'note': '{mark}'"],
            "resolve": [f"'https://news.example/{mark}'"],
            "amend": [f"'note {mark}.'"],
            "condition": [f"'text': 'Condition {mark} comes.'", "'by': '2027-01-31'"],
            "predict": [
                f"Yes when {mark} is",
                "planned.'",
                "'settled_by'",
                "'convention'",
                "'words': 'likely'",
                "'tags'",
            ],
        }
        if any(said.count(piece) != 1 for piece in pieces[what]):
            yield f"{mark}: {what} of {record_id} is lost, doubled or not whole: {said}"


def work(folder: Path, seed: int, *, days: int = 7, acts: int = 3) -> list[str]:
    """The faults after some days on which both worked and then merged."""
    kim, lee = clones(folder, seed)
    for number in range(days):
        today = MONDAY + timedelta(days=number)
        for _ in range(acts):
            kim.act(today)
            lee.act(today)
        merge(kim, lee)
        found = [*faults(kim, kim.told + lee.told, today), *faults(lee, kim.told + lee.told, today)]
        if found:
            return [f"day {number + 1}: {fault}" for fault in found]
    return []


def test_a_day_in_two_clones(tmp_path: Path) -> None:
    assert work(tmp_path, 1, days=1, acts=6) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_a_week_in_two_clones(tmp_path: Path, seed: int) -> None:
    assert work(tmp_path, seed) == []


def test_two_who_resolve_differently_disagree_in_the_ledger_not_in_git(tmp_path: Path) -> None:
    kim, lee = clones(tmp_path, 1)
    for desk, outcome in ((kim, "yes"), (lee, "no")):
        entry = Outcome(
            outcome=outcome, by=desk.name, evidence=["https://news.example/1"], known="2026-11-22"
        )
        resolve(load(desk.root), ["first-0"], entry, today=MONDAY).carry_out()
    merge(kim, lee)
    for desk in (kim, lee):
        loaded = load(desk.root)
        record = loaded.ledger.get("first-0")
        assert isinstance(record, Prediction)
        assert prediction_standing(record, loaded.ledger, MONDAY).contested


def test_two_who_correct_one_value_differently_settle_it_themselves(tmp_path: Path) -> None:
    kim, lee = clones(tmp_path, 1)
    for desk in (kim, lee):
        plan = amend(
            load(desk.root),
            "first-0",
            {"claim": f"Of {desk.name}."},
            why="reading",
            by=desk.name,
            today=MONDAY,
        )
        plan.carry_out()
    with pytest.raises(subprocess.CalledProcessError) as conflict:
        merge(kim, lee)
    assert "CONFLICT" in conflict.value.stdout
    assert [problem.code for problem in load(kim.root).problems] == ["P017"]


def test_a_clone_that_nobody_told_how_to_merge_shows_a_conflict(tmp_path: Path) -> None:
    kim, lee = clones(tmp_path, 1)
    git(kim.project, "config", "--unset", SETTING)
    for desk in (kim, lee):
        desk.plan("predict", load(desk.root), "first-0", f"{desk.name}-1", MONDAY).carry_out()
    with pytest.raises(subprocess.CalledProcessError) as conflict:
        merge(kim, lee)
    assert "CONFLICT" in conflict.value.stdout
    git(kim.project, "merge", "--abort")
    assert register(kim.root)
    merge(kim, lee)
    assert not load(kim.root).problems


def test_only_a_clone_that_asks_for_it_is_told_once(tmp_path: Path) -> None:
    assert not register(tmp_path)
    (tmp_path / ".gitattributes").write_text(ATTRIBUTES_TEXT, encoding="utf-8")
    assert not register(tmp_path), "this is no clone"
    git(tmp_path, "init", "-q")
    assert register(tmp_path)
    assert not register(tmp_path)
    git(tmp_path, "config", SETTING, "/gone/python -m forecastlog.ledger.merge %A %O %B")
    assert register(tmp_path), "one that another installation wrote is brought up to date"
