"""A desk's ledger for the audit: two speakers, a condition, people, settings; the bad call is decided."""

from __future__ import annotations

from pathlib import Path

from tests.history.repository import Repository

PEOPLE = """\
forecasters:
  - id: ann-bell
    name: Ann Bell
    also: [A. Bell]
  - id: carl-dorn
    name: Carl Dorn
"""
ESSAY = """\
article:
  id: essay
  title: An essay on the truce
  publisher: The Paper
  url: https://paper.example/essay
  published: 2025-03-19
  logged: 2025-03-20
conditions:
  - id: talks-start
    text: The talks start by the summer.
    by: 2025-06-30
predictions:
  - id: truce
    claim: A truce is signed by the end of 2025.
    quote: a truce will very likely be signed
    speaker: Ann Bell
    logged: 2025-03-20
    deadline: {words: "this year", earliest: 2025-03-19,
      strict: 2025-12-31, latest: 2025-12-31, basis: worded}
    criteria: Yes if both sides sign a truce.
    status_quo: no
    event: truce-2025
    tags: [war]
    forecasts:
      - {words: "very likely", probability: 0.95, low: 0.85, high: 0.99, scale: fl-1, basis: worded}
  - id: aid
    claim: An aid package is announced by the end of 2025.
    speaker: Carl Dorn
    logged: 2025-03-20
    deadline: {earliest: 2025-03-19, strict: 2025-12-31, latest: 2025-12-31, basis: stated}
    criteria: Yes on a new package.
    event: aid-2025
    forecasts:
      - {probability: 0.6}
"""
LAPSED = """\
    resolutions:
      - outcome: "no"
        known: "2026-01-01"
        recorded: "2026-01-02"
        by: "eve"
        evidence:
          - {url: "https://x.example/a", title: "No truce signed", published: 2025-12-31}
"""
DECIDED = ESSAY.replace("  - id: aid\n", f"{LAPSED}  - id: aid\n")


def desk(folder: Path) -> Repository:
    """The ledger as it stood when the truce had not come: logged in March 2025, decided in January 2026."""
    made = Repository(folder / "desk")
    (made.root / "people.yaml").write_text(PEOPLE)
    (made.root / "forecastlog.toml").write_text('format = 1\nscale = "fl-1"\n')
    made.commit(ESSAY)
    made.commit(DECIDED, day="2026-01-02")
    return made
