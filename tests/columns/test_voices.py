"""Which words a forecast is told in, where its prediction has words of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from forecastlog.columns.fate import Fate
from forecastlog.columns.voices import ForecastOn
from forecastlog.ledger import load

PROMISE = """\
article: {id: speech, title: A speech, authors: [The Mayor], publisher: The Town, published: 2025-01-02}
predictions:
  - id: ferry
    claim: The ferry runs in June.
    quote: the ferry will run
    deadline: {latest: 2025-06-30, basis: stated}
    criteria: Yes on a timetable.
    forecasts:
      - {probability: 0.95, words: will, basis: asserted}
      - {made: 2025-03-01, words: may not, probability: 0.3%s}
"""


@pytest.mark.parametrize(
    ("more", "quote"),
    [
        ("", "the ferry will run"),
        (', url: "https://paper.example/denial"', None),
        (", attribution: reported, via: The Paper", None),
        (", negated: true", None),
        (", by: The Paper", None),
        (", negated: true, quote: it may not", "it may not"),
    ],
    ids=["in the same place", "elsewhere", "as somebody reports", "a denial", "somebody else", "its own"],
)
def test_a_quote_is_told_of_what_was_said_in_it_alone(tmp_path: Path, more: str, quote: str | None) -> None:
    (tmp_path / "forecastlog.toml").write_text("format = 1\n")
    (tmp_path / "speech.yaml").write_text(PROMISE % more)
    ledger = load(tmp_path).ledger
    (record,) = ledger.predictions
    voice = ForecastOn(record.forecasts[1], Fate(record, ledger, date(2025, 5, 1))).voice
    assert voice.quote == quote
