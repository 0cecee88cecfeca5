"""A ledger of any size as people's files: YAML of a seeded generator, the same bytes for the same seed.

    python benchmarks/ledger.py FOLDER [PREDICTIONS]

``write`` makes ``predictions/`` in a folder: an article a file with its predictions, each with ten forecasts,
of the speaker in words and of three others as figures. Most deadlines have passed and most of these are
resolved, with evidence; some predictions hang on a condition. ``change`` edits records the way people do, for
histories.
"""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta
from pathlib import Path

from large import DOES, TAGS, WHAT, WHO, WORDS

from forecastlog.likelihood import parse_likelihood

TODAY = date(2026, 11, 23)
PER_ARTICLE = 20
PER_PREDICTION = 10


def write(folder: Path, predictions: int, *, seed: int = 2026) -> Path:
    """Make a ledger of ``predictions`` in ``folder``; returns its ``predictions/``."""
    maker = _Maker(random.Random(seed), max(predictions // 50, 20))  # noqa: S311  # no secret
    root = folder / "predictions"
    root.mkdir(parents=True)
    (root / "forecastlog.toml").write_text('format = 1\ntitle = "A generated ledger"\n')
    (root / "people.yaml").write_text(maker.people())
    for number in range(max(predictions // PER_ARTICLE, 1)):
        (root / f"article-{number:05d}.yaml").write_text(maker.article(number))
    return root


def touch_text(path: Path, number: int) -> None:
    """Edit a file the way a person does: the note of its article says something else."""
    text = path.read_text()
    head, _, rest = text.partition("\n  note: ")
    path.write_text(f"{head}\n  note: Looked at {number} times.\n{rest.partition(chr(10))[2]}")


class _Maker:
    def __init__(self, chance: random.Random, forecasters: int) -> None:
        self.chance = chance
        self.names = [f"forecaster-{number}" for number in range(forecasters)]
        self.gazettes = 0
        self.read = {words: parse_likelihood(words) for words in WORDS}

    def people(self) -> str:
        entries = (
            f"  - {{id: {name}, name: Forecaster {number}, kind: person}}\n"
            for number, name in enumerate(self.names)
        )
        return "forecasters:\n" + "".join(entries)

    def article(self, number: int) -> str:
        published = date(2024, 1, 1) + timedelta(days=self.chance.randrange(700))
        speaker = self.chance.choice(self.names)
        condition = f"condition-{number}"
        head = (
            f"article:\n  id: article-{number}\n"
            f"  title: What comes of {self.chance.choice(WHAT)}, part {number}\n"
            f"  authors: [{speaker}]\n  publisher: Paper {number % 60}\n  published: {published}\n"
            f"  url: https://paper.example/{number}\n  chosen: generated\n  coverage: every claim\n"
            f"  logged: {published}\n  note: Looked at once.\n"
            f"conditions:\n  - id: {condition}\n    text: {self.chance.choice(WHO)} agrees, part {number}.\n"
            f"    by: {published + timedelta(days=60)}\n"
        )
        if self.chance.random() < 0.9:
            head += "    resolutions:\n" + self._resolution("met", published + timedelta(days=50))
        claims = (
            self._prediction(f"claim-{number}-{place}", number, published, condition)
            for place in range(PER_ARTICLE)
        )
        return head + "predictions:\n" + "".join(claims)

    def _prediction(self, key: str, number: int, published: date, condition: str) -> str:
        latest = published + timedelta(days=self.chance.randrange(90, 900))
        words = self.chance.choice(WORDS)
        given = f"    given: {condition}\n" if self.chance.random() < 0.05 else ""
        outcome = ""
        if latest < TODAY and self.chance.random() < 0.8:
            said = self.chance.choice(("yes", "no", "no", "no"))
            known = latest + timedelta(days=1 if said == "no" else -10)
            outcome = "    resolutions:\n" + self._resolution(said, known)
        return (
            f"  - id: {key}\n    claim: {self.chance.choice(WHO)} {self.chance.choice(DOES)} "
            f"{self.chance.choice(WHAT)} ({key}).\n    quote: it is {words} by then\n"
            f"    logged: {published}\n    logged_by: desk\n{given}    deadline:\n      words: by {latest}\n"
            f"      earliest: {published}\n      strict: {latest}\n      latest: {latest}\n"
            "      basis: stated\n"
            f"      why: The text names the day.\n      convention: fl-1\n"
            f"    criteria: Yes if the official gazette announces it by the day named.\n"
            f"    settled_by: The official gazette\n    status_quo: no\n"
            f"    event: event-{number}-{self.chance.randrange(6)}\n"
            f"    main: {str(self.chance.random() < 0.2).lower()}\n"
            f"    tags: [{', '.join(self.chance.sample(TAGS, 3))}]\n    forecasts:\n"
            + self._said(words)
            + self._others(key, published)
            + outcome
        )

    def _said(self, words: str) -> str:
        read = self.read[words]
        assert read is not None
        return (
            f"      - words: {words}\n        probability: {read.probability}\n        low: {read.low}\n"
            f"        high: {read.high}\n        scale: fl-1\n"
        )

    def _others(self, key: str, published: date) -> str:
        """Three more forecasters, three days each."""
        others = self.chance.sample(self.names, 3)
        return "".join(
            f"      - by: {others[day % 3]}\n        made: {published + timedelta(days=day)}\n"
            f"        logged: {published + timedelta(days=day)}\n"
            f"        probability: {self.chance.randrange(1, 100) / 100}\n"
            f"        url: https://market.example/{key}/{day}\n"
            for day in range(1, PER_PREDICTION)
        )

    def _resolution(self, outcome: str, known: date) -> str:
        self.gazettes += 1
        gazette = self.gazettes
        happened = f"        happened: {known}\n" if outcome in ("yes", "met") else ""
        return (
            f"      - outcome: {outcome}\n{happened}        known: {known}\n        recorded: {known}\n"
            f"        by: desk\n        evidence:\n          - url: https://gazette.example/{gazette}\n"
            f"            title: The gazette of the day, number {gazette}\n"
            "            publisher: The gazette\n"
            f"            kind: official\n            published: {known}\n"
            f"            shows: The announcement, or its absence, as number {gazette} has it.\n"
        )


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), int((sys.argv[2:] or ["10000"])[0])))
