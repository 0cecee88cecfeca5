"""Days on which something is said to have been written, and that have not come yet.

These rules alone look at the day of the check. Whatever day that is, what they look at is the same, so that
the last day in a record tells whether one of them has something to say of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain

from forecastlog.checks.scope import Place, Scope, entries_of, forecasts_of
from forecastlog.model.moments import When
from forecastlog.model.records import Article, Condition, Prediction
from forecastlog.problems import Problem

Written = tuple[Place, date, When | date]
"""Where a day stands, the first that it can mean, and how it is shown."""


def article_in_the_future(scope: Scope, article: Article) -> Iterator[Problem]:
    """An article that is said to have been logged after today, where today is known."""
    yield from _future(scope, _of_article(article))


def logged_in_the_future(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """The same of a prediction and its forecasts."""
    yield from _future(scope, _of_prediction(prediction))


def recorded_in_the_future(scope: Scope, record: Condition | Prediction) -> Iterator[Problem]:
    """The same of an outcome and its evidence."""
    yield from _future(scope, _of_outcomes(record))


OF_THE_DAY = (article_in_the_future, logged_in_the_future, recorded_in_the_future)


def last_day(record: Article | Condition | Prediction) -> date:
    """The last day that these rules look at in a record and in what it holds."""
    if isinstance(record, Article):
        own = [first for _, first, _ in _of_article(record)]
        return max(
            [*own, *map(last_day, record.conditions), *map(last_day, record.predictions)], default=date.min
        )
    days = [_of_outcomes(record)]
    if isinstance(record, Prediction):
        days.append(_of_prediction(record))
    return max((first for _, first, _ in chain(*days)), default=date.min)


def _of_article(article: Article) -> Iterator[Written]:
    if article.logged:
        yield (article.id, "logged"), article.logged.first, article.logged


def _of_prediction(prediction: Prediction) -> Iterator[Written]:
    if prediction.logged:
        yield (prediction.id, "logged"), prediction.logged.first, prediction.logged
    for place, forecast in forecasts_of(prediction):
        if forecast.logged:
            yield (*place, "logged"), forecast.logged, forecast.logged


def _of_outcomes(record: Condition | Prediction) -> Iterator[Written]:
    for place, entry in entries_of(record):
        yield (*place, "recorded"), entry.recorded.first, entry.recorded
        for number, item in enumerate(entry.evidence):
            at = (*place, "evidence", number)
            if item.published:
                yield (*at, "published"), item.published.first, item.published
            if item.on:
                yield (*at, "on"), item.on, item.on


def _future(scope: Scope, days: Iterator[Written]) -> Iterator[Problem]:
    today = scope.today
    if today is None:
        return
    for place, first, day in days:
        if first > today:
            hint = "It is the day on which the entry was written; commands fill it in."
            if "evidence" in place:
                hint = "Nothing that is yet to come shows what happened: correct the day."
            yield scope.fault("P208", place, f"'{place[-1]}' is {day}, after today, {today}", hint)
