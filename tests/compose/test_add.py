"""Logging articles, conditions and predictions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from forecastlog.checks import check
from forecastlog.compose import Answers, Plan, add_article, add_condition, add_prediction
from forecastlog.compose.readings import may_mean_a_state, new_id
from forecastlog.errors import BadValue, ForecastlogError, Refused, UnknownId
from forecastlog.kinds import chance
from forecastlog.ledger import Loaded, load
from forecastlog.model.moments import When
from forecastlog.model.records import ID_PATTERN, Article, Prediction
from forecastlog.model.settings import Settings
from tests.compose.conftest import TODAY, carried_out

ANSWERS: dict[str, object] = {
    "claim": "The border is opened.",
    "quote": "the border will probably be open again",
    "criteria": "Yes if cars cross it on one day: no permit asked.",
    "settled_by": "Reuters",
    "tags": ["border"],
}
NONE: dict[str, object] = {}
LIKELY: dict[str, object] = {"words": "likely"}


def add(
    loaded: Loaded,
    about: Mapping[str, object],
    deadline: Mapping[str, object],
    forecast: Mapping[str, object],
) -> Plan:
    """The plan for these answers, given all at once."""
    return add_prediction(loaded, "art", Answers.of({**about, **deadline, **forecast}), today=TODAY)


def test_a_prediction_with_the_default_deadline(root: Path) -> None:
    plan = add(load(root), ANSWERS, NONE, LIKELY)
    assert plan.ids == ("the-border-is-opened",)
    assert plan.said == (
        "no time in the text: twelve months from 2025-03-19, until 2026-03-19, convention fl-2",
        "'likely' read as: 75 % (55 % to 80 %), worded on fl-1",
    )
    found = carried_out(plan, root).ledger.get("the-border-is-opened")
    assert isinstance(found, Prediction)
    assert found.logged == When.on(TODAY)
    assert (found.made, found.speaker) == (When.on(date(2025, 3, 19)), "ann-author")
    assert (found.deadline.latest, found.deadline.basis) == (date(2026, 3, 19), "default")
    assert (chance(found.forecasts[0]).probability, found.forecasts[0].scale) == (0.75, "fl-1")
    assert found.criteria == ANSWERS["criteria"]


@pytest.mark.parametrize(
    ("words", "days", "basis"),
    [
        ("in June 2025", (date(2025, 6, 1), date(2025, 6, 30), date(2025, 6, 30)), "stated"),
        ("by early summer", (date(2025, 3, 19), date(2025, 5, 31), date(2025, 6, 30)), "worded"),
    ],
)
def test_a_deadline_in_words(root: Path, words: str, days: tuple[date, date, date], basis: str) -> None:
    plan = add(load(root), ANSWERS, {"deadline": words}, LIKELY)
    found = carried_out(plan, root).ledger.get(plan.ids[0])
    assert isinstance(found, Prediction)
    window = found.deadline
    assert (window.earliest, window.strict, window.latest) == days
    assert (window.words, window.basis) == (words, basis)
    assert window.convention == "fl-2"
    assert window.edtf
    assert plan.said[0].startswith(f"'{words}' read as: ")


def test_the_reading_of_a_month_is_said(root: Path) -> None:
    plan = add(load(root), ANSWERS, {"deadline": "in June 2025"}, LIKELY)
    assert plan.said[0] == "'in June 2025' read as: between 1 and 30 June 2025, convention fl-2"


def test_an_analysts_own_deadline_has_its_reason(root: Path) -> None:
    answers = {"deadline": "when the snow melts", "latest": "2025-05-31", "why": "the snow melts in May"}
    found = carried_out(add(load(root), ANSWERS, answers, LIKELY), root).ledger.get("the-border-is-opened")
    assert isinstance(found, Prediction)
    assert (found.deadline.basis, found.deadline.why) == ("analyst", "the snow melts in May")


def test_an_open_end_and_a_clock_that_starts_later(root: Path) -> None:
    open_end = {"deadline": "eventually", "review": "2027-01-01"}
    loaded = carried_out(add(load(root), ANSWERS, open_end, LIKELY), root)
    clock = {"deadline": "within six months of the talks", "within": "6 months"}
    answers = ANSWERS | {"given": "talks-held", "id": "second", "negated": "yes"}
    loaded = carried_out(add(loaded, answers, clock, LIKELY), root)
    first, second = (loaded.ledger.get(name) for name in ("the-border-is-opened", "second"))
    assert isinstance(first, Prediction)
    assert isinstance(second, Prediction)
    assert (first.deadline.latest, first.review) == (None, date(2027, 1, 1))
    assert str(second.deadline.within) == "6 months"
    assert chance(second.forecasts[0]).probability == 0.25, "'likely' was said of the denial"


def test_a_bare_possibility_has_no_figure(root: Path) -> None:
    plan = add(load(root), ANSWERS, NONE, {"words": "may"})
    found = carried_out(plan, root).ledger.get(plan.ids[0])
    assert isinstance(found, Prediction)
    assert (chance(found.forecasts[0]).probability, found.forecasts[0].basis) == (None, "possible")
    assert (chance(found.forecasts[0]).low, chance(found.forecasts[0]).high) == (0.25, 0.51)


@pytest.mark.parametrize(("typed", "stored"), [("55%", 0.55), ("0.55", 0.55), ("7 %", 0.07)])
def test_a_figure_in_the_text(root: Path, typed: str, stored: float) -> None:
    forecast = {"words": f"a {typed} chance", "probability": typed}
    plan = add(load(root), ANSWERS, NONE, forecast)
    found = carried_out(plan, root).ledger.get(plan.ids[0])
    assert isinstance(found, Prediction)
    assert (chance(found.forecasts[0]).probability, found.forecasts[0].basis) == (stored, "stated")


@pytest.mark.parametrize(
    ("words", "quote", "basis"),
    [
        ("should", "It should hold.", "judged"),
        ("unlikely", "It is unlikely to hold.", "judged"),
        ("should", "It should hold, at 70 percent.", "stated"),
        (None, "It holds.", "stated"),
        ("seven in ten", "It holds seven times in ten.", "stated"),
    ],
)
def test_a_figure_is_the_speakers_own_only_where_the_text_has_it(
    root: Path, words: str | None, quote: str, basis: str
) -> None:
    forecast = {"words": words, "probability": "0.7"}
    plan = add(load(root), {**ANSWERS, "quote": quote}, NONE, forecast)
    found = carried_out(plan, root).ledger.get(plan.ids[0])
    assert isinstance(found, Prediction)
    assert (chance(found.forecasts[0]).probability, found.forecasts[0].basis) == (0.7, basis)
    assert ("the analyst's own" in " ".join(plan.said)) == (basis == "judged")


def test_words_that_nobody_reads_are_kept_without_a_figure(root: Path) -> None:
    plan = add(load(root), ANSWERS, NONE, {"words": "cautiously optimistic"})
    loaded = carried_out(plan, root)
    found = loaded.ledger.get(plan.ids[0])
    assert isinstance(found, Prediction)
    (forecast,) = found.forecasts
    assert (forecast.words, forecast.basis) == ("cautiously optimistic", "unread")
    assert (chance(forecast).probability, chance(forecast).low, chance(forecast).high) == (None, None, None)
    assert not [problem for problem in check(loaded) if problem.severity == "error"]
    assert "not read by us" in " ".join(plan.said)


@pytest.mark.parametrize(
    ("changes", "deadline", "forecast", "refusal"),
    [
        (
            {"claim": "", "criteria": None},
            NONE,
            {},
            (BadValue, r"Missing: claim, words \(or probability\), criteria"),
        ),
        ({"quote": "word " * 16}, NONE, LIKELY, (BadValue, "the quote has 16 words. At most 15")),
        ({"id": "No id"}, NONE, LIKELY, (BadValue, "'No id' cannot be an id")),
        ({"id": "art"}, NONE, LIKELY, (Refused, "the id 'art' is taken")),
        ({"given": "nothing"}, NONE, LIKELY, (Refused, "unknown condition 'nothing'")),
        ({"status_quo": "maybe"}, NONE, LIKELY, (BadValue, "unknown status_quo 'maybe'")),
        ({"made": "2026-12-01"}, NONE, LIKELY, (Refused, "before 'made', 2026-12-01")),
        ({}, {"deadline": "when pigs fly"}, LIKELY, (BadValue, "cannot be read as a time")),
        ({}, {"deadline": "eventually"}, LIKELY, (Refused, "neither a latest day nor a day to look again")),
        ({}, {"latest": "2025-05-31"}, LIKELY, (BadValue, "needs its reason. Add --why")),
        ({}, {"latest": "2025-01-31", "why": "x"}, LIKELY, (Refused, "had passed when")),
        ({}, {"latest": "May", "why": "x"}, LIKELY, (BadValue, "latest is not a da")),
        (
            {},
            {"within": "6 months", "why": "x"},
            LIKELY,
            (Refused, "the clock starts when the condition is met, and there is none"),
        ),
        (
            {"given": "talks-held"},
            {"within": "6 moons", "words": "x"},
            LIKELY,
            (BadValue, "not a length of time"),
        ),
        ({}, NONE, {"probability": "70"}, (BadValue, "more than certain. Write 70% or 0.70")),
    ],
)
def test_what_cannot_be_logged(
    root: Path,
    changes: dict[str, object],
    deadline: dict[str, object],
    forecast: dict[str, object],
    refusal: tuple[type[ForecastlogError], str],
) -> None:
    with pytest.raises(refusal[0], match=refusal[1]):
        add(load(root), ANSWERS | changes, deadline, forecast)


def test_what_was_said_before_is_pointed_out(root: Path) -> None:
    answers = ANSWERS | {"event": "truce"}
    plan = add(load(root), answers, {"deadline": "by June 2025"}, LIKELY)
    assert "'truce-signed' has the same speaker, event and deadline" in plan.said[-1]


def test_an_unknown_article(root: Path) -> None:
    with pytest.raises(UnknownId):
        add_prediction(load(root), "truce-signed", Answers.of(ANSWERS, words="likely"), today=TODAY)


def test_an_id_that_somebody_else_took_meanwhile(root: Path) -> None:
    plan = add(load(root), ANSWERS, NONE, LIKELY)
    other = add(load(root), ANSWERS, NONE, LIKELY)
    plan.carry_out()
    with pytest.raises(ForecastlogError, match="stands in this file already"):
        other.carry_out()


def test_an_article_and_a_condition(root: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("the text", encoding="utf-8")
    answers = {
        "title": "Über alles: a “review”",
        "authors": ["ann-author"],
        "published": "2025-04",
        "url": "https://example.org/?a=1#b",
    }
    plan = add_article(load(root), Answers.of(answers), today=TODAY, text_file=text)
    assert plan.ids == ("uber-alles-a-review",)
    loaded = carried_out(plan, root)
    article = loaded.ledger.get("uber-alles-a-review")
    assert isinstance(article, Article)
    assert loaded.articles_files[article.id] == root / "2025-04-uber-alles-a-review.yaml"
    assert (article.title, article.url) == (answers["title"], answers["url"])
    assert article.sha256 == sha256(b"the text").hexdigest()
    assert (article.published.text, article.logged) == ("2025-04", When.on(TODAY))
    loaded = carried_out(
        add_condition(loaded, article.id, Answers.of(text="It rains.", by="2025-12-31"), today=TODAY), root
    )
    condition = loaded.ledger.condition("it-rains")
    assert condition is not None
    assert condition.by == date(2025, 12, 31)
    with pytest.raises(Refused, match="exists already"):
        plan.carry_out()
    with pytest.raises(BadValue, match="Missing: title, published"):
        add_article(loaded, Answers(), today=TODAY)
    with pytest.raises(BadValue, match="cannot be read"):
        add_article(loaded, Answers.of(answers), today=TODAY, text_file=tmp_path / "none")


def test_ids_are_cut_between_words_and_made_unique() -> None:
    long = "A claim of many long words that goes on and on until nobody can remember how it began at all"
    taken: set[str] = set()
    names = [new_id(long, taken) for _ in range(12)]
    assert len(set(names)) == 12
    assert all(ID_PATTERN.fullmatch(name) for name in names)
    assert names[0].endswith("-that-goes")
    assert names[11].endswith("-12")


def test_what_must_hold_and_whose_term_are_kept(root: Path) -> None:
    answers = {"deadline": "at year-end", "holds": "on"}
    found = carried_out(add(load(root), {**ANSWERS, "id": "level"}, answers, LIKELY), root).ledger.get(
        "level"
    )
    assert isinstance(found, Prediction)
    assert (found.deadline.holds, found.deadline.earliest) == ("on", date(2025, 12, 31))
    with pytest.raises(BadValue, match="cannot be read as a time"):
        add(load(root), ANSWERS, {"deadline": "by the end of his term"}, LIKELY)
    whose = {"deadline": "by the end of his term", "subject": "Donald Trump"}
    found = carried_out(add(load(root), {**ANSWERS, "id": "term"}, whose, LIKELY), root).ledger.get("term")
    assert isinstance(found, Prediction)
    assert (found.deadline.subject, found.deadline.latest) == ("Donald Trump", date(2029, 1, 20))


@pytest.mark.parametrize(
    ("words", "asked"), [("until June", True), ("at year-end", True), ("by June", False), ("in June", False)]
)
def test_what_must_hold_is_asked_where_the_words_may_mean_a_state(words: str, *, asked: bool) -> None:
    assert may_mean_a_state(words, date(2025, 3, 19), Settings()) is asked


@pytest.mark.parametrize(
    ("words", "holds", "hinted"),
    [("until June", "", True), ("until June", "throughout", False), ("by June", "", False)],
)
def test_that_words_may_mean_a_state_is_said_where_nobody_was_asked(
    root: Path, words: str, holds: str, *, hinted: bool
) -> None:
    plan = add(load(root), ANSWERS, {"deadline": words, "holds": holds}, LIKELY)
    assert any("--holds throughout" in said for said in plan.said) is hinted
