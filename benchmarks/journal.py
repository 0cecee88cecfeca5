"""A ledger of any size as machines write it.

JSON Lines of a seeded generator, the same bytes for the same seed.

    python benchmarks/journal.py FOLDER [FORECASTS]

``write`` makes ``predictions/`` in a folder: a platform's questions with ten forecasts each, of many people
and models as figures, in a file a month of their recording, so that the lines of one prediction stand in
several. Most deadlines have passed, and most of these are resolved. ``insertable`` writes the same forecasts
as plain lines for other programs.
"""

from __future__ import annotations

import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from large import DOES, TAGS, WHAT, WHO

TODAY = date(2026, 11, 23)
PER_PREDICTION = 10
SOURCE = "platform"

Line = Mapping[str, Any]


def write(folder: Path, forecasts: int, *, seed: int = 2026) -> Path:
    """Make a ledger of ``forecasts`` in ``folder``; returns its ``predictions/``."""
    root = folder / "predictions"
    imports = root / "imports" / SOURCE
    imports.mkdir(parents=True)
    (root / "forecastlog.toml").write_text('format = 1\ntitle = "A generated journal"\n')
    waiting: dict[str, list[str]] = defaultdict(list)
    for number, line in enumerate(lines(forecasts, seed=seed)):
        waiting[str(line["recorded"])[:7]].append(json.dumps(line) + "\n")
        if number % 100_000 == 0:
            _append(imports, waiting)
    _append(imports, waiting)
    return root


def insertable(path: Path, forecasts: int, *, seed: int = 2026) -> Path:
    """The same forecasts as a file of lines, a flat object each."""
    with path.open("w") as file:
        for line in lines(forecasts, seed=seed):
            if line["type"] == "forecast":
                file.write(json.dumps({key: value for key, value in line.items() if key != "type"}) + "\n")
    return path


def lines(forecasts: int, *, seed: int = 2026) -> Iterator[Line]:
    """All lines, prediction by prediction."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    names = [f"Forecaster {number}" for number in range(max(forecasts // 500, 20))]
    for number in range(forecasts // PER_PREDICTION):
        yield from _of_one(chance, names, f"question-{number}")


def _of_one(chance: random.Random, names: list[str], key: str) -> Iterator[Line]:
    made = date(2024, 1, 1) + timedelta(days=chance.randrange(700))
    latest = made + timedelta(days=chance.randrange(90, 900))
    yield {
        "type": "prediction",
        "id": key,
        "recorded": f"{made}T08:00:00Z",
        "source": SOURCE,
        "external": key.removeprefix("question-"),
        "speaker": chance.choice(names),
        "made": f"{made}T07:{chance.randrange(60):02}:00Z",
        "claim": f"{chance.choice(WHO)} {chance.choice(DOES)} {chance.choice(WHAT)} ({key}).",
        "criteria": f"Yes if the official gazette announces it by {latest}.",
        "tags": chance.sample(TAGS, 3),
        "earliest": str(made),
        "latest": str(latest),
    }
    for place in range(PER_PREDICTION):
        moment = f"{made + timedelta(days=place * 5)}T{chance.randrange(24):02}:{chance.randrange(60):02}:00Z"
        yield {
            "type": "forecast",
            "id": f"{key}.{place:06}.{chance.getrandbits(64):016x}",
            "prediction": key,
            "recorded": moment,
            "made": moment,
            "by": chance.choice(names),
            "probability": chance.randrange(1, 1000) / 1000,
            "url": f"https://platform.example/{key}/{place}",
        }
    if latest < TODAY and chance.random() < 0.9:
        known = latest + timedelta(days=1)
        yield {
            "type": "resolution",
            "id": f"{key}.resolved",
            "prediction": key,
            "outcome": chance.choice(("yes", "no", "no", "no")),
            "known": str(known),
            "recorded": str(known),
            "by": "platform",
        }


def _append(folder: Path, waiting: dict[str, list[str]]) -> None:
    for month, texts in waiting.items():
        with (folder / f"{month}.jsonl").open("a") as file:
            file.writelines(texts)
    waiting.clear()


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), int((sys.argv[2:] or ["100000"])[0])))
