"""Whoever is new is entered in people.yaml; a name close to a listed one is a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecastlog.checks import check
from forecastlog.compose import Answers, add_article, add_prediction
from forecastlog.compose.people import Newcomers
from forecastlog.errors import Refused
from forecastlog.ledger import load
from tests.compose.conftest import TODAY

SAID = {"quote": "it will rain", "claim": "It rains.", "words": "will", "criteria": "Yes if it rains."}


def test_authors_are_entered_with_what_they_are_together(root: Path) -> None:
    authors = (
        "NOAA",
        "François Müller",
        "Martin van der Berg",
        "Ann Author",
        "Antoine de Saint-Exupéry",
        "李雷",
    )
    about = Answers.of(title="Six of them", published="17 December 2024", authors=authors)
    add_article(load(root), about, today=TODAY).carry_out()
    loaded = load(root)
    names = {one.name: one for one in loaded.ledger.forecasters}
    assert set(authors) <= set(names)
    (together,) = (one for one in loaded.ledger.forecasters if one.kind == "joint")
    assert together.members == tuple(names[name].id for name in authors)
    assert (
        together.name
        == "NOAA, François Müller, Martin van der Berg, Ann Author, Antoine de Saint-Exupéry and 李雷"
    )
    assert not [problem for problem in check(loaded, today=TODAY) if problem.code in ("P213", "P215")]


def test_an_unsigned_article_is_its_outlets(root: Path) -> None:
    about = Answers.of(title="Unsigned", published="yesterday", publisher="electionforecast.co.uk")
    add_article(load(root), about, today=TODAY).carry_out()
    person = load(root).ledger.forecaster("electionforecast-co-uk")
    assert (person.name, person.kind) == ("electionforecast.co.uk", "outlet")


@pytest.mark.parametrize("name", ["Anne Author", "A. Author", "ann  auther"])
def test_a_name_close_to_a_listed_one_is_a_question(root: Path, name: str) -> None:
    answers = Answers.of(SAID, speaker=name)
    with pytest.raises(Refused, match=r"close to '.*'.*--new-person"):
        add_prediction(load(root), "art", answers, today=TODAY)
    meant = Newcomers(meant=True, kind="collective")
    plan = add_prediction(load(root), "art", answers, today=TODAY, people=meant)
    plan.carry_out()
    assert [one.kind for one in load(root).ledger.forecasters if one.name.split() == name.split()] == [
        "collective"
    ]


def test_a_condition_that_is_told_in_words_is_logged_once(root: Path) -> None:
    for claim in ("It rains.", "It pours."):
        answers = Answers.of({**SAID, "claim": claim}, given="The wind turns west.")
        add_prediction(load(root), "art", answers, today=TODAY).carry_out()
    ledger = load(root).ledger
    assert [one.id for one in ledger.conditions] == ["talks-held", "the-wind-turns-west"]
    assert {one.given for one in ledger.predictions if one.quote == "it will rain"} == {"the-wind-turns-west"}
