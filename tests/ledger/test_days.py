"""To which day a time belongs: the day written, or that of the ledger's own zone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from forecastlog.checks import check
from forecastlog.ledger import load
from forecastlog.ledger.settings import read_settings
from forecastlog.ledger.source import Source
from forecastlog.model.moments import When
from forecastlog.model.records import Prediction

RECORD = """\
article: {id: a, title: T, published: "2025-01-01T20:00:00-05:00", authors: [ann]}
predictions:
  - id: p
    claim: It rains.
    logged: 2025-01-02
    deadline: {latest: 2025-12-31, basis: analyst, why: the year that is spoken of}
    criteria: Yes if it does.
    settled_by: the gauge
    resolutions:
      - {outcome: yes, happened: "2025-12-31T21:00:00-05:00", known: "2025-12-31T21:05:00-05:00",
         recorded: 2026-01-02, by: eve, evidence: ["https://a.example/1"]}
"""


def ledger(folder: Path, settings: str) -> tuple[Prediction, list[str]]:
    (folder / "people.yaml").write_text(
        "forecasters:\n  - {id: ann, name: Ann}\n  - {id: eve, name: Eve, kind: person}\n"
    )
    (folder / "forecastlog.toml").write_text(settings)
    (folder / "a.yaml").write_text(RECORD)
    loaded = load(folder)
    record = loaded.ledger.get("p")
    assert isinstance(record, Prediction)
    return record, [problem.code for problem in check(loaded)]


def test_new_years_eve_in_new_york_is_in_the_old_year(tmp_path: Path) -> None:
    record, codes = ledger(tmp_path, "")
    assert codes == []
    assert record.resolutions[0].happened == When.parse("2025-12-31T21:00:00-05:00")
    assert record.resolutions[0].known.day == date(2025, 12, 31)
    assert record.made.day == date(2025, 1, 1)


def test_a_ledgers_zone_makes_days_its_own(tmp_path: Path) -> None:
    record, codes = ledger(
        tmp_path, 'timezone = "Europe/Kyiv"\n'
    )  # seven hours later than New York in winter
    assert codes == ["P207"]
    assert record.resolutions[0].known.day == date(2026, 1, 1)
    assert record.resolutions[0].known.text == "2025-12-31T21:05:00-05:00"
    assert record.made.day == date(2025, 1, 2)
    assert record.deadline.earliest == date(2025, 1, 2)  # what follows from the day follows it too


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-05:00"])
def test_a_time_beyond_the_calendar_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="calendar"):
        When.parse(text)


@pytest.mark.parametrize(
    "name", ["Mars/Phobos", "../../etc/passwd", "Europe", "", "/etc/localtime", "a\\u0000b"]
)
def test_a_zone_that_is_none_is_told(name: str) -> None:
    settings, problems = read_settings(Source(f'timezone = "{name}"', Path("forecastlog.toml")))
    assert settings.timezone is None
    assert [problem.code for problem in problems] == ["P106"]
