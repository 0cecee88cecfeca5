"""Answers: where each stands in a record, which win, and what is told where one cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecastlog.cli.form import form_text
from forecastlog.compose import Answer, Answers, add_prediction
from forecastlog.compose.accept import read_records
from forecastlog.compose.answers import QUESTIONS
from forecastlog.errors import BadValue
from forecastlog.ledger import load
from forecastlog.problems import Span
from tests.compose.conftest import TODAY


def test_every_question_leads_to_a_key_of_the_record() -> None:
    assert {
        question.name: question.key.name for question in QUESTIONS if question.name != question.key.name
    } == {"deadline": "words", "predicts": "kind"}
    assert all(question.meaning for question in QUESTIONS)


def test_what_a_record_says_already_is_an_answer() -> None:
    found = Answers.standing(
        ("deadline",), {"words": "by June", "holds": None, "basis": "worded", "odd": "x"}
    )
    assert found.values == {"deadline": "by June"}


def test_a_figure_answers_the_question_for_words() -> None:
    assert Answers.of(quote="x", claim="x", probability="5%").missing == ["criteria"]


def test_a_form_gives_back_what_it_was_begun_with(root: Path) -> None:
    article = load(root).ledger.articles[0]
    answers = Answers.of(
        claim="It rains: at last",
        tags=["a", "b"],
        negated=True,
        via="Kim",
        deadline="by June",
        probability="5%",
    )
    (entry,) = read_records(form_text(article, answers)).predictions
    assert entry == {
        "claim": "It rains: at last",
        "tags": ["a", "b"],
        "negated": "true",
        "via": "Kim",
        "deadline": {"words": "by June"},
        "forecasts": [{"probability": "5%"}],
    }


def test_an_answer_that_cannot_be_read_is_told_with_its_place(root: Path) -> None:
    typed = Answers.of(claim="It rains.", quote="it may rain", words="likely", criteria="Yes.")
    place = Span("form", 5, 13, 5, "status_quo: maybe")
    form = Answers({**typed.given, "status_quo": Answer("maybe", place)})
    with pytest.raises(BadValue, match=r"^form:5:13: unknown status_quo 'maybe'"):
        add_prediction(load(root), "art", form, today=TODAY)
    assert Answer("x").place is None
