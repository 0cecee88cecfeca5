"""fill, review and add --batch on records of every kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from forecastlog.cli.main import main
from forecastlog.kinds.date import Time
from forecastlog.kinds.numeric import Figure
from forecastlog.ledger import load
from forecastlog.model.records import Prediction

PEOPLE = "forecasters:\n  - {id: ada-smith, name: Ada Smith}\n  - {id: kim, name: Kim, kind: desk}\n"
HAND = """\
article: {id: hand, title: By hand, published: 2025-12-01, authors: [Ada Smith], url: "https://x.example/h"}
predictions:
  - claim: How many people come.
    kind: numeric
    unit: people
    deadline: {words: by the end of March 2026}
    criteria: The count.
    settled_by: the office
    forecasts:
      - {words: at least 2 million}
      - {words: lots, made: 2025-12-02}
      - {value: 3 %, made: 2025-12-03}
  - claim: The day of the strike.
    kind: date
    deadline: {words: by the end of March 2026}
    criteria: The day.
    settled_by: the office
    forecasts:
      - {words: "in February 2026, never 20%"}
"""
BATCH = """\
article: {id: batch, title: In one go, published: 2025-12-01, authors: [Ada Smith], url: "https://x.example/b"}
predictions:
  - id: rates
    kind: numeric
    claim: The rate at the end of 2026.
    quote: a rate of 2 to 3 %
    unit: "%"
    deadline: {words: at the end of 2026, holds: on}
    criteria: The first published figure.
    settled_by: the office
    status_quo: 3.1
    forecasts:
      - {words: 2 to 3 %}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "predictions"
    folder.mkdir()
    (folder / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    return folder


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, arguments, input=typed, catch_exceptions=False)


def prediction(root: Path, name: str) -> Prediction:
    found = load(root).ledger.get(name)
    assert isinstance(found, Prediction)
    return found


def test_fill_reads_the_words_of_every_kind_and_keeps_what_it_cannot_read(root: Path) -> None:
    (root / "hand.yaml").write_text(HAND, encoding="utf-8")
    filled = run("fill", "--by", "Kim", "--today", "2025-12-05")
    assert (
        "'at least 2 million' read as: expected at least 2,000,000 people, convention am-1" in filled.output
    )
    least, lots, _ = prediction(root, "how-many-people-come").forecasts
    assert isinstance(least.says, Figure)
    assert least.says.interval
    assert float(least.says.interval.low or 0) == 2_000_000
    assert least.says.interval.high is None
    assert least.basis == "stated"
    assert (lots.says, lots.basis) == (None, "unread")
    (strike,) = prediction(root, "the-day-of-the-strike").forecasts
    assert isinstance(strike.says, Time)
    assert (strike.says.never, strike.says.convention) == (0.2, "fl-2")
    checked = run("check", "--today", "2025-12-05")
    assert "error[P118] it is in %, and the prediction in people" in checked.output
    assert checked.output.count("error[") == 1


def test_review_asks_for_an_outcome_of_the_kind(root: Path) -> None:
    (root / "hand.yaml").write_text(HAND.replace("value: 3 %", "value: 3m"), encoding="utf-8")
    run("fill", "--by", "Kim", "--today", "2025-12-05")
    answers = ["y", "4 %", "2.1m", "https://x.example/n", "", "2026-03-30", "", "", ""]
    answers += ["in May", "never", "the press", "", "", "", ""]
    done = run("review", "--by", "Kim", "--today", "2026-04-10", typed="\n".join(answers) + "\n")
    assert "unknown outcome 'y'" in done.output
    assert "'4 %' is no outcome of this prediction" in done.output
    assert "unknown outcome 'in May'" in done.output
    people, strike = (prediction(root, name) for name in ("how-many-people-come", "the-day-of-the-strike"))
    assert [entry.outcome for entry in people.resolutions] == ["2.1m"]
    assert [(entry.outcome, str(entry.known)) for entry in strike.resolutions] == [("never", "2026-04-01")]


def test_a_batch_has_predictions_of_any_kind(root: Path, tmp_path: Path) -> None:
    (tmp_path / "batch.yaml").write_text(BATCH, encoding="utf-8")
    done = run("add", "--batch", "batch.yaml", "--by", "Kim", "--today", "2025-12-02")
    assert "'2 to 3 %' read as: expected 2 to 3 %, convention am-1" in done.output
    (forecast,) = prediction(root, "rates").forecasts
    assert isinstance(forecast.says, Figure)
    assert forecast.says.widest is not None
    assert forecast.says.widest.level is None  # no level was said, and none is invented
    assert prediction(root, "rates").status_quo == "3.1"
