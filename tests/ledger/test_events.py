"""events.yaml and [topics]: what predictions turn on, and tags under a name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from forecastlog.columns.events import EVENTS
from forecastlog.ledger import load
from forecastlog.ledger.settings import read_settings
from forecastlog.ledger.source import Source
from forecastlog.model.records import Event
from forecastlog.model.settings import Settings
from forecastlog.scorebook import pairs, score_rows, scorebook
from tests.records import forecast, ledger, prediction, resolution, rows_of

TODAY = date(2026, 11, 23)


def test_a_file_gives_events_their_question_and_end(tmp_path: Path) -> None:
    (tmp_path / "events.yaml").write_text(
        "events:\n  - {id: vote, question: 'Who wins?', ended: Nobody did.}\n"
        "  - {id: vote, question: 'Twice?'}\n"
    )
    loaded = load(tmp_path)
    assert loaded.ledger.events == (Event(id="vote", question="Who wins?", ended="Nobody did."),)
    assert [problem.code for problem in loaded.problems] == ["P201"]
    assert not loaded.ledger.articles  # it is no article's file


def test_a_fault_in_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "events.yaml").write_text("events:\n  - {question: 'Who wins?', endet: x}\n")
    assert sorted(problem.code for problem in load(tmp_path).problems) == ["P010", "P100"]


def test_the_table_has_every_event_that_a_record_names() -> None:
    made = ledger(
        *(prediction(forecast(), id=f"p{n}", event=event) for n, event in enumerate(("vote", "vote", "deal")))
    )
    made = replace(made, events=(Event(id="vote", question="Who wins?"), Event(id="unused")))
    rows = rows_of(EVENTS, made, TODAY)
    assert [(row["id"], row["question"], row["predictions"]) for row in rows] == [
        ("deal", None, 1),
        ("unused", None, 0),
        ("vote", "Who wins?", 2),
    ]


def test_topics_gather_tags() -> None:
    def claim(name: str, *tags: str) -> object:
        return prediction(forecast(), id=name, tags=tags, resolutions=(resolution("no"),))

    made = ledger(claim("a", "truce", "x"), claim("b", "aid"), claim("c", "truce", "aid"), claim("d", "y"))  # type: ignore[arg-type]
    made = replace(made, settings=Settings(topics=(("war", ("truce", "aid")), ("money", ("aid",)))))
    rows = score_rows(scorebook(pairs(made, TODAY), made, rule="daily"), by="topic")
    assert {row.group: row.n for row in rows} == {"war": 3, "money": 2}
    assert all(row.skill is None for row in rows)


@pytest.mark.parametrize(
    "text", ["topics = 3", '[topics]\nwar = "aid"', "[topics]\nwar = []", "[topics]\nwar = [1]"]
)
def test_topics_that_cannot_be_read(text: str) -> None:
    settings, problems = read_settings(Source(text, Path("forecastlog.toml")))
    assert settings.topics == ()
    assert [problem.code for problem in problems] == ["P106"]


def test_topics_are_read() -> None:
    settings, problems = read_settings(Source('[topics]\nwar = ["truce", "aid"]', Path("forecastlog.toml")))
    assert (settings.topics, problems) == ((("war", ("truce", "aid")),), ())
