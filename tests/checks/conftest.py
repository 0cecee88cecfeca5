"""A clean record, and what the rules say after one line of it was changed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from forecastlog.checks import check
from forecastlog.ledger import Loaded, load
from forecastlog.problems import Problem

PEOPLE = """\
forecasters:
  - {id: ann, name: Ann Lee}
  - {id: bob, name: Bob Day, kind: person}
  - {id: the-two, name: Ann and Bob, kind: joint, members: [ann, bob]}
  - {id: eve, name: Eve, kind: person}
"""
CLEAN = """\
article: {id: a, title: T, published: 2025-03-19, authors: [ann], logged: 2025-03-20}
conditions:
  - id: c
    text: Clouds come.
predictions:
  - id: p
    claim: It rains.
    quote: it will rain
    logged: 2025-03-20
    deadline: {earliest: 2025-03-19, strict: 2026-03-19, latest: 2026-03-19, basis: default}
    criteria: Yes if it does.
    settled_by: the gauge
    forecasts:
      - {words: "likely", probability: 0.75, low: 0.55, high: 0.80, scale: fl-1, basis: worded}
"""


def ledger(folder: Path, text: str, people: str = PEOPLE) -> Loaded:
    (folder / "people.yaml").write_text(people)
    (folder / "a.yaml").write_text(text)
    return load(folder)


Codes = Callable[..., list[str]]


@pytest.fixture
def problems(tmp_path: Path) -> Callable[..., list[Problem]]:
    """Problems of the clean record with lines added to the prediction, or pieces replaced."""

    def run(more: str = "", *replaced: tuple[str, str], today: date | None = None) -> list[Problem]:
        text = CLEAN
        for old, new in replaced:
            assert old in text
            text = text.replace(old, new)
        return check(ledger(tmp_path, text + more), today=today)

    return run


@pytest.fixture
def codes(problems: Callable[..., list[Problem]]) -> Codes:
    """The codes of these problems."""

    def run(more: str = "", *replaced: tuple[str, str], today: date | None = None) -> list[str]:
        return [problem.code for problem in problems(more, *replaced, today=today)]

    return run
