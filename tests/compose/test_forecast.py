"""Further forecasts: said again, one's own, a market's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from forecastlog.compose import Answers, add_forecast
from forecastlog.errors import BadValue, ForecastlogError, Refused, UnknownId
from forecastlog.kinds import chance
from forecastlog.ledger import Loaded, load
from forecastlog.model.forecasts import Forecast
from forecastlog.model.moments import When
from forecastlog.model.records import Prediction
from tests.compose.conftest import TODAY, carried_out

LINK = "https://example.org/market"


def last(loaded: Loaded) -> Forecast:
    record = loaded.ledger.get("truce-signed")
    assert isinstance(record, Prediction)
    return record.forecasts[-1]


def test_ones_own_forecast_is_a_desks(root: Path) -> None:
    day = date(2025, 4, 1)
    plan = add_forecast(
        load(root), "truce-signed", Answers.of(probability="55%", by="Bob Builder"), today=day
    )
    loaded = carried_out(plan, root)
    found = last(loaded)
    assert (found.by, chance(found).probability, found.basis) == ("bob-builder", 0.55, "stated")
    assert (found.made, found.logged) == (When.on(day), day)
    assert (loaded.ledger.forecaster("bob-builder").name, loaded.ledger.forecaster("bob-builder").kind) == (
        "Bob Builder",
        "desk",
    )
    assert "'Bob Builder' is new and entered in people.yaml as a desk" in plan.said
    again = add_forecast(loaded, "truce-signed", Answers.of(probability="0.6", by="Bob Builder"), today=day)
    assert len(carried_out(again, root).ledger.forecasters) == 3
    with pytest.raises(Refused, match="stands there already"):
        add_forecast(load(root), "truce-signed", Answers.of(probability="60%", by="bob-builder"), today=day)


def test_a_price_of_a_market_where_nobody_is_listed_yet(root: Path) -> None:
    (root / "people.yaml").unlink()
    price = Answers.of(probability="0.123", by="Polymarket", url=LINK, made="2025-04-01")
    plan = add_forecast(load(root), "truce-signed", price, kind="market", today=TODAY)
    plan.carry_out()
    loaded = load(root)
    assert (last(loaded).url, last(loaded).by) == (LINK, "polymarket")
    assert [(one.id, one.kind) for one in loaded.ledger.forecasters] == [("polymarket", "market")]
    assert "+forecasters:" in plan.diff()


def test_the_speaker_said_it_again(root: Path) -> None:
    other = (
        "article: {id: later, title: Later, authors: [ann-author], published: 2025-05-01, logged: "
        "2025-05-02}\n"
    )
    (root / "later.yaml").write_text(other, encoding="utf-8")
    said = Answers.of(article="later", quote="a truce is now highly likely", words="highly likely")
    plan = add_forecast(load(root), "truce-signed", said, today=TODAY)
    found = last(carried_out(plan, root))
    assert (found.by, found.article, found.quote) == ("ann-author", "later", said.text("quote"))
    assert (found.words, chance(found).probability, found.scale) == ("highly likely", 0.9, "fl-1")
    assert found.made == When.on(date(2025, 5, 1))


def test_a_late_forecast_is_kept_and_told(root: Path) -> None:
    plan = add_forecast(load(root), "truce-signed", Answers.of(probability="1%", by="our-desk"), today=TODAY)
    assert plan.said[-1] == "it was made after the question was over, 2025-07-01: it is kept, and not scored"


@pytest.mark.parametrize(
    ("answers", "said", "refusal"),
    [
        ({}, {"by": "our-desk"}, (BadValue, "how likely")),
        ({"probability": "55"}, {"by": "our-desk"}, (BadValue, "Write 55% or 0.55")),
        ({"probability": "55%"}, {}, (BadValue, "whose forecast is it")),
        ({"probability": "55%"}, {"article": "art"}, (BadValue, "Add --quote")),
        ({"probability": "55%"}, {"article": "none", "quote": "x"}, (UnknownId, "none")),
        ({"probability": "55%"}, {"by": "our-desk", "quote": "x"}, (BadValue, "a quote needs its source")),
        ({"probability": "55%"}, {"by": "m", "kind": "market"}, (BadValue, "price needs its link")),
        ({"probability": "55%"}, {"by": "m", "url": "example.org"}, (BadValue, "not a link")),
        (
            {"probability": "55%"},
            {"by": "our-desk", "made": "2027-01-01"},
            (Refused, "before 'made', 2027-01-01"),
        ),
    ],
)
def test_what_is_no_forecast(
    root: Path,
    answers: dict[str, str],
    said: dict[str, str],
    refusal: tuple[type[ForecastlogError], str],
) -> None:
    with pytest.raises(refusal[0], match=refusal[1]):
        add_forecast(
            load(root),
            "truce-signed",
            Answers.of({**answers, **said}),
            kind="market" if "kind" in said else "desk",
            today=TODAY,
        )


def test_a_denial_beside_the_promise(root: Path) -> None:
    """A further forecast says whose words it is in and whether it denies the claim."""
    place = {"url": "https://example.org/denial", "made": "2025-05-01", "quote": "will not sign any truce"}
    denial = Answers.of(
        place, words="will", negated=True, attribution="reported", via="The Paper", stance="disputes"
    )
    loaded = carried_out(add_forecast(load(root), "truce-signed", denial, today=TODAY), root)
    found = last(loaded)
    assert (found.negated, found.attribution, found.via, found.stance) == (
        True,
        "reported",
        "The Paper",
        "disputes",
    )
    assert chance(found).probability == 0.05  # a "will" of the denial
    promise = Answers.of(place, words="will", negated=False)
    assert (
        chance(
            last(carried_out(add_forecast(loaded, "truce-signed", promise, today=TODAY), root))
        ).probability
        == 0.95
    )
    with pytest.raises(BadValue, match="attribution"):
        add_forecast(
            load(root), "truce-signed", Answers.of(place, words="will", attribution="guessed"), today=TODAY
        )


def test_a_rewritten_article_makes_rewritten_words(root: Path) -> None:
    other = (
        "article: {id: copy, title: A copy, publisher: Copy, published: 2025-05-01, logged: "
        "2025-05-02, text: paraphrased}\n"
    )
    (root / "copy.yaml").write_text(other, encoding="utf-8")
    said = Answers.of(article="copy", quote="a truce is now highly likely", words="highly likely")
    loaded = carried_out(add_forecast(load(root), "truce-signed", said, today=TODAY), root)
    assert last(loaded).text == "paraphrased"
