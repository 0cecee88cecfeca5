"""A small ledger to compose in: one article, its author, a condition and three predictions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from forecastlog.checks import check
from forecastlog.compose import Plan
from forecastlog.ledger import Loaded, load
from forecastlog.problems import Problem

TODAY = date(2026, 11, 23)

ARTICLE = """\
# read twice
article:
  id: art
  title: On the talks
  authors: [ann-author]
  publisher: Example Review
  published: 2025-03-19
  logged: 2025-03-20
conditions:
  - id: talks-held  # the condition
    text: The talks are held.
    by: 2025-12-31
predictions:
  # the first
  - id: truce-signed
    claim: A truce is signed.
    quote: a truce is likely by early summer
    logged: 2025-03-20
    deadline: {words: by early summer, earliest: 2025-03-19, strict: 2025-05-31, latest: 2025-06-30,
      edtf: ../2025-06-30, basis: worded, rule: by, convention: fl-1}
    criteria: Yes if both sides sign a text that ends the fighting everywhere.
    settled_by: Reuters
    event: truce
    forecasts:
      - {words: "likely", probability: 0.75, low: 0.55, high: 0.8, scale: fl-1, basis: worded}
  - id: troops-sent
    claim: Troops are sent.
    quote: if talks are held troops will go
    logged: 2025-03-20
    given: talks-held
    deadline: {earliest: 2025-03-19, strict: 2026-03-19, latest: 2026-03-19, basis: default,
      rule: twelve-months, convention: fl-1}
    criteria: Yes if a state outside sends at least 100 soldiers.
    settled_by: Reuters
    forecasts:
      - {words: "will", probability: 0.95, low: 0.85, high: 0.99, scale: fl-1, basis: asserted}
  - id: law-passed
    claim: The law is passed.
    quote: the law may pass
    logged: 2025-03-20
    given: talks-held
    deadline: {basis: worded, words: within six months of the talks, after: given, within: 6 months}
    criteria: Yes if parliament passes it in the last reading.
    settled_by: Official gazette
    forecasts:
      - {words: "may", low: 0.25, high: 0.51, scale: fl-1, basis: possible}
# end
"""

PEOPLE = """\
forecasters:
  - id: ann-author
    name: Ann Author
    kind: person
  - id: our-desk
    name: Our Desk
    kind: desk
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "predictions"
    folder.mkdir()
    (folder / "art.yaml").write_text(ARTICLE, encoding="utf-8")
    (folder / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    assert faults(load(folder)) == []
    return folder


def faults(loaded: Loaded) -> list[Problem]:
    return [problem for problem in check(loaded) if problem.severity != "note"]


def carried_out(plan: Plan, root: Path) -> Loaded:
    """The ledger after a plan, which must leave nothing to complain about, and no comment lost."""
    before = {path: path.read_text(encoding="utf-8") for path in root.glob("*.yaml")}
    shown = plan.diff()
    plan.carry_out()
    loaded = load(root)
    assert faults(loaded) == []
    for path, text in before.items():
        new = path.read_text(encoding="utf-8")
        assert all(line[line.index("#") :] in new for line in text.splitlines() if "#" in line)
        if new != text:
            assert str(path) in shown
    return loaded
