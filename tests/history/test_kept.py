"""Findings that are kept from one audit to the next are those of an audit that reads everything."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from forecastlog.history import Finding, audit, walk
from forecastlog.ledger import load
from forecastlog.ledger.indexed import open_indexed
from forecastlog.scorebook.own import own_score
from tests.history.repository import Repository

FIRST = date(2025, 3, 20)
PEOPLE: list[dict[str, Any]] = [
    {"id": "ann-bell", "name": "Ann Bell", "also": ["A. Bell"]},
    {"id": "carl-dorn", "name": "Carl Dorn"},
]


class Desk:
    """A small ledger in git, and what somebody may do to it; every step is one of ``chance``."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.repository, self.chance = Repository(folder), chance
        self.root, self.day, self.number = self.repository.root, FIRST, 0
        self.files: dict[str, list[dict[str, Any]]] = {}
        self.gone: list[dict[str, Any]] = []
        self.people = [dict(one) for one in PEOPLE]
        self.settings, self.lines = 'format = 1\nscale = "fl-1"\n', [""]
        self.conditions: dict[str, list[dict[str, Any]]] = {"c-a": [], "c-b": []}
        self.past: list[tuple[dict[str, Any], str]] = []
        for _ in range(6):
            self.log()
        self.commit()

    def step(self) -> None:
        """One thing after another, now and then committed."""
        self.chance.choice(self.deeds())()
        self.write()
        if self.chance.random() < 0.75:
            self.commit()

    def deeds(self) -> list[Callable[[], None]]:
        """What may happen."""
        return [
            *[self.log, self.append_line, self.correct, self.call_otherwise, self.set_otherwise],
            *[self.edit, self.edit, self.edit, self.resolve, self.resolve, self.decide, self.tell, self.tell],
            *[self.withhold, self.drop, self.bring_back, self.move, self.rename],
            *[self.rename_file, self.break_file, self.merge, self.amend, self.rewrite],
        ]

    def log(self) -> None:
        """A record more, perhaps a draft, on another's condition or in the words of another."""
        self.number += 1
        name, said = f"r{self.number}", self.chance.choice(("Ann Bell", "A. Bell", "Carl Dorn", "Dee"))
        entry: dict[str, Any] = {
            "id": name,
            "claim": f"Something of number {self.number} is announced.",
            "criteria": "Yes if the gazette has it.",
            "speaker": said,
            "logged": str(self.day),
            "deadline": {"latest": str(self.day + timedelta(days=60)), "basis": "stated"},
            "forecasts": [
                {"probability": 0.3},
                {"probability": 0.4, "by": "Carl Dorn", "made": str(self.day)},
            ],
        }
        others = [one["id"] for one in self.records()]
        if others and self.chance.random() < 0.3:
            entry["restates"] = self.chance.choice(others)
        if self.chance.random() < 0.3:
            entry["given"] = f"c-{self.chance.choice('ab')}"
        if self.chance.random() < 0.15:
            entry["draft"] = True
        self.files.setdefault(f"{self.chance.choice('ab')}.yaml", []).append(entry)

    def records(self) -> list[dict[str, Any]]:
        """All of them."""
        return [one for file in self.files.values() for one in file]

    def one(self) -> dict[str, Any]:
        """Any of them."""
        return self.chance.choice(self.records() or [{"id": "nobody", "forecasts": [{}]}])

    def edit(self) -> None:
        """A value is another, or gone."""
        keys = ("claim", "criteria", "criteria", "probability", "logged", "tags", "note", "draft")
        entry, key = self.one(), self.chance.choice(keys)
        if key == "probability":
            entry["forecasts"][0] = {"probability": self.chance.choice((0.2, 0.5, 0.9))}
        elif key == "tags":
            entry["tags"] = [self.chance.choice(("war", "peace"))]
        elif key == "draft":
            entry.pop("draft", None)
        elif key == "logged":
            entry["logged"] = str(self.day)
        else:
            self.past += [(entry, entry[key])] if key == "criteria" else []
            texts = ("Yes if the gazete has it.", "Another text stands here.", "A third one.")
            entry[key] = self.chance.choice(texts)

    def entry(self, *outcomes: str) -> dict[str, Any]:
        """An outcome that was known on some day since the first, recorded about today."""
        on = self.day - timedelta(days=self.chance.choice((0, 0, 0, 5, -3)))
        known = FIRST + timedelta(days=self.chance.randrange(max((on - FIRST).days, 0) + 1))
        return {
            "outcome": self.chance.choice(outcomes),
            "known": str(known),
            "recorded": str(on),
            "by": self.chance.choice(("eve", "dan")),
            "evidence": ["https://x.example/a"],
        }

    def resolve(self) -> None:
        """Somebody decides a record."""
        self.one().setdefault("resolutions", []).append(self.entry("yes", "no", "no", "reopened"))

    def decide(self) -> None:
        """Somebody decides a condition."""
        self.conditions[self.chance.choice(sorted(self.conditions))].append(self.entry("met", "unmet"))

    def tell(self) -> None:
        """A correction of what was changed long ago."""
        if self.past:
            entry, was = self.chance.choice(self.past)
            told = {"on": str(self.day), "by": "eve", "field": "criteria", "was": was, "why": "criteria"}
            entry.setdefault("corrections", []).append(told)

    def withhold(self) -> None:
        """The words of a record are kept back."""
        self.one()["withheld"] = {"on": str(self.day), "why": "on request"}

    def correct(self) -> None:
        """A change, and a correction that tells of it."""
        entry = self.one()
        was, why = entry.get("criteria", ""), self.chance.choice(("typo", "criteria", "grouping"))
        told = {"on": str(self.day), "by": "eve", "field": "criteria", "was": was, "why": why}
        entry.setdefault("corrections", []).append(told)
        entry["criteria"] = was.replace("gazette", "gazete") or "Yes on paper."

    def drop(self) -> None:
        """A record is deleted."""
        if len(self.records()) > 1:
            entry = self.one()
            self.gone.append(entry)
            for file in self.files.values():
                file[:] = [one for one in file if one is not entry]

    def bring_back(self) -> None:
        """One that was deleted stands again, perhaps with another figure."""
        if self.gone:
            entry = self.gone.pop()
            entry["forecasts"] = [{"probability": self.chance.choice((0.3, 0.7))}, *entry["forecasts"][1:]]
            if entry["id"] not in [one["id"] for one in self.records()]:
                self.files.setdefault("a.yaml", []).append(entry)

    def move(self) -> None:
        """A record stands in another file, or for a while in two."""
        entry = self.one()
        if self.chance.random() < 0.8:
            for file in self.files.values():
                file[:] = [one for one in file if one is not entry]
        self.files.setdefault(self.chance.choice(("a.yaml", "b.yaml", "c.yaml")), []).append(entry)

    def rename(self) -> None:
        """A record has another id, and says so or does not."""
        entry = self.one()
        if self.chance.random() < 0.7:
            entry["was"] = [*entry.get("was", []), entry["id"]]
        self.number += 1
        entry["id"] = f"r{self.number}"

    def rename_file(self) -> None:
        """A file has another name, perhaps one that differs by its case alone."""
        old = self.chance.choice(sorted(self.files))
        other = old.swapcase().replace(".YAML", ".yaml")
        self.files[self.chance.choice((other, f"sub/{old}", "d.yaml"))] = self.files.pop(old)

    def break_file(self) -> None:
        """A file that cannot be read."""
        self.write()
        (self.root / self.chance.choice(sorted(self.files))).write_text("article: {id: [broken\n")
        self.commit(write=False)

    def call_otherwise(self) -> None:
        """People are called by other ids or names, or not listed."""
        if self.people and self.chance.random() < 0.3:
            self.people.pop()
            return
        self.people = [dict(one) for one in PEOPLE]
        self.people[0]["id"] = self.chance.choice(("ann-bell", "ann-b"))
        self.people[1]["name"] = self.chance.choice(("Carl Dorn", "Carl O. Dorn"))
        self.people[1]["also"] = self.chance.choice((["Carl Dorn"], ["Carl Dorn", "Dee"]))
        if self.chance.random() < 0.5:
            told = {"on": str(self.day), "by": "eve", "field": "name", "was": "Carl Dorn", "why": "name"}
            self.people[1]["corrections"] = [told]

    def set_otherwise(self) -> None:
        """The settings."""
        told = '[[corrections]]\non = 2025-04-01\nby = "eve"\nfield = "zone"\nwas = "x"\nwhy = "reading"\n'
        self.settings = f'format = 1\nzone = "{self.chance.choice("xyz")}"\n' + self.chance.choice(("", told))

    def append_line(self) -> None:
        """A machine writes a line, or one is changed."""
        line = {
            "type": "prediction",
            "id": f"m{len(self.lines)}",
            "recorded": f"{self.day}T10:00:00Z",
            "source": "m",
        }
        line |= {"speaker": "ann", "made": str(self.day), "claim": "It rains.", "latest": "2025-12-30"}
        self.lines.append(json.dumps(line))
        if self.chance.random() < 0.2:
            self.lines[1] = self.lines[1].replace("rains", "snows")

    def write(self) -> None:
        """The files as they are."""
        for path in [*self.root.rglob("*.yaml"), *self.root.rglob("*.jsonl")]:
            path.unlink()
        for number, (name, entries) in enumerate(sorted(self.files.items())):
            essay = {"id": f"essay-{number}", "title": "An essay", "publisher": "The Paper"}
            sections = {
                "article": {**essay, "published": "2025-03-19"},
                "conditions": self.conditions_of(number),
                "predictions": entries,
            }
            path = self.root / name
            path.parent.mkdir(exist_ok=True)
            path.write_text("".join(f"{key}: {json.dumps(value)}\n" for key, value in sections.items()))
        (self.root / "people.yaml").write_text(f"forecasters: {json.dumps(self.people)}\n")
        (self.root / "forecastlog.toml").write_text(self.settings)
        if self.lines[1:]:
            (self.root / "imports/m").mkdir(parents=True, exist_ok=True)
            (self.root / "imports/m/2025.jsonl").write_text("\n".join(self.lines[1:]) + "\n")

    def conditions_of(self, number: int) -> list[dict[str, Any]]:
        """Those in the file of that number: all stand in the first."""
        told = {"text": "They meet.", "by": "2025-05-01"}
        return [
            {"id": name, **told, "resolutions": made} for name, made in self.conditions.items() if not number
        ]

    def commit(self, *, write: bool = True) -> None:
        """What there is, on a day of the next weeks or one before."""
        if write:
            self.write()
        self.day += timedelta(days=self.chance.choice((0, 1, 1, 7, 30, -2)))
        self.repository.git("add", "-A")
        self.repository.git("commit", "-q", "--allow-empty", "-m", "x", day=str(self.day))

    def merge(self) -> None:
        """Two branches of which one is kept, or the files as they are now."""
        git = self.repository.git
        git("checkout", "-q", "-B", "side")
        self.resolve()
        self.commit()
        git("checkout", "-q", "-f", "main")
        self.edit()
        self.commit()
        git("merge", "-q", "-s", "ours", "--no-commit", "side")
        self.edit()
        self.commit()

    def amend(self) -> None:
        """The last commit is made anew with another day."""
        self.write()
        self.repository.git("add", "-A")
        self.repository.git("commit", "-q", "--amend", "--allow-empty", "-m", "y", day=str(self.day))

    def rewrite(self) -> None:
        """The last two commits become one."""
        if int(self.repository.git("rev-list", "--count", "--first-parent", "HEAD")) > 3:
            self.repository.git("reset", "-q", "--soft", "HEAD~2")
            self.commit()


def audits(root: Path, today: date) -> tuple[list[Finding], list[Finding], list[Finding]]:
    """With what was kept, with what this one kept, and with nothing."""
    kept = [audit(open_indexed(root), today=today, score=own_score) for _ in range(2)]
    return kept[0], kept[1], audit(load(root), today=today, score=own_score)


@pytest.fixture(autouse=True)
def in_small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few records together that even small commits are in several pieces."""
    monkeypatch.setattr(walk, "TOGETHER", 2)


def same_however_it_is_asked(tmp_path: Path, seed: int, steps: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # no secret
    desk = Desk(tmp_path / "desk", chance)
    for _ in range(steps):
        desk.step()
        today = desk.day + timedelta(days=chance.choice((0, 0, 1, 40, -10)))
        kept, again, fresh = audits(desk.root, today)
        assert kept == fresh
        assert again == fresh


def test_findings_are_the_same_kept_or_not(tmp_path: Path) -> None:
    same_however_it_is_asked(tmp_path, 1, 20)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 7))
def test_findings_are_the_same_in_other_histories(tmp_path: Path, seed: int) -> None:
    same_however_it_is_asked(tmp_path, seed, 40)
