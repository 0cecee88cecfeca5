"""What readers may see of a ledger: neither drafts nor what is withheld until a later day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Article, Prediction


def published(ledger: Ledger, day: date) -> Ledger:
    """The ledger without what is hidden on ``day``.

    A condition on which only hidden predictions depend is hidden with them, and so is an article that holds
    nothing else, unless a forecast stands in it.
    """
    if not any(is_hidden(prediction, day) for prediction in ledger.hiding):
        return ledger
    shown = [prediction for prediction in ledger.predictions if not is_hidden(prediction, day)]
    needed = {one.given for one in shown}
    only_hidden = {one.given for one in ledger.predictions} - needed
    sources = {forecast.article for one in shown for forecast in one.forecasts}
    articles = [_shown(article, day, only_hidden) for article in ledger.articles]
    kept = (
        after
        for before, after in zip(ledger.articles, articles, strict=True)
        if after == before or after.predictions or after.conditions or after.id in sources
    )
    return ledger.with_articles(tuple(kept))


def without_drafts(ledger: Ledger) -> Ledger:
    """The ledger as its desk goes through it: what is withheld has its day, and drafts have none."""
    return published(ledger, date.max)


def is_hidden(prediction: Prediction, day: date) -> bool:
    """Whether it is a draft, or withheld until a day after ``day``."""
    return prediction.draft or is_withheld(prediction, day)


def is_withheld(prediction: Prediction, day: date) -> bool:
    """Whether it is logged, and published on a later day than ``day``."""
    until = prediction.withheld_until
    return not prediction.draft and until is not None and day < until


def withheld(predictions: Iterable[Prediction], day: date) -> list[Prediction]:
    """Those that are logged and have their day of publication to come, the next one first."""
    found = [one for one in predictions if is_withheld(one, day)]
    return sorted(found, key=lambda one: one.withheld_until or day)


def _shown(article: Article, day: date, only_hidden: set[str | None]) -> Article:
    predictions = tuple(one for one in article.predictions if not is_hidden(one, day))
    if len(predictions) == len(article.predictions) and not only_hidden:
        return article
    conditions = tuple(one for one in article.conditions if one.id not in only_hidden)
    return replace(article, predictions=predictions, conditions=conditions)
