"""What scores and counts are grouped by, what a prediction turns on, and of which block a forecast is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from forecastlog.model.forecasts import Forecast
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Prediction
from forecastlog.vocabulary.articles import EventsBy
from forecastlog.vocabulary.scores import DRAWN_BY, Block


def groups_of(
    prediction: Prediction, ledger: Ledger, *, forecaster: str, block: str, latest: date | None
) -> Mapping[str, tuple[str, ...]]:
    """The groups of one forecaster's forecasts of a prediction, by the grouping's name.

    None where it has none.
    """
    named = {
        "all": "all",
        "forecaster": forecaster,
        "publisher": publisher_of(prediction, ledger, block),
        "article": prediction.article,
        "block": block,
        "year": str(latest.year) if latest else None,
    }
    single = {by: (group,) for by, group in named.items() if group}
    topics = (name for name, tags in ledger.settings.topics if not set(tags).isdisjoint(prediction.tags))
    return single | {"tag": tuple(dict.fromkeys(prediction.tags)), "topic": tuple(topics)}


def publisher_of(prediction: Prediction, ledger: Ledger, block: str) -> str | None:
    """The publisher of what is said in a block.

    A text that somebody rewrote counts for none: neither for the one whose words they were, nor for the one
    who changed them.
    """
    if block == "paraphrased":
        return None
    article = ledger.article(prediction.article)
    return (article.publisher if article else prediction.source) or None


def block_of(forecast: Forecast | None, prediction: Prediction) -> Block:
    """The block of the scoreboard to which a forecast belongs; without one, that of the prediction's text."""
    basis = forecast.basis if forecast else None
    if basis == "judged":
        return "judged"
    if (forecast or prediction).text == "paraphrased":
        return "paraphrased"
    return "asserted" if basis == "asserted" else "headline"


def event_of(prediction: Prediction, ledger: Ledger) -> str:
    """What a prediction turns on.

    Where that is not told, its article stands for the event, or it for itself.
    """
    by = events_by(prediction, ledger)
    if by is None:
        return str(prediction.event)
    return f"{by}:{prediction.id if by == 'prediction' else prediction.article or prediction.id}"


def events_by(prediction: Prediction, ledger: Ledger) -> EventsBy | None:
    """What stands for the event of a prediction that names none; None for one that does."""
    if prediction.event:
        return None
    article = ledger.article(prediction.article)
    if (
        article is None
    ):  # what was imported is a question of its own; intervals look at its source and day too
        return "prediction"
    return article.events or ledger.settings.events


def drawn(groups: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """The groups that have curves, words and totals of their own, as (grouping, group)."""
    return ((by, group) for by in DRAWN_BY for group in groups.get(by, ()))
