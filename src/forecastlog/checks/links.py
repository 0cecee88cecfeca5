"""Records that name others: conditions, predictions, articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from forecastlog.checks.scope import Place, Scope
from forecastlog.ledger.values import nearest
from forecastlog.problems import Problem


def conditions_exist(scope: Scope) -> Iterator[Problem]:
    """``given`` names a condition, and a clock that starts with one has one."""
    ids = {condition.id: condition for condition in scope.ledger.conditions}
    for prediction in scope.predictions():
        given = prediction.given
        if given and given not in ids:
            yield _unknown(scope, (prediction.id, "given"), "condition", given, ids)
        if prediction.deadline.within and not given:
            yield scope.fault(
                "P211", (prediction.id, "deadline", "within"),
                "the clock starts when the condition is met, and there is none",
                "Add 'given:' with the condition's id, or give 'latest' instead of 'within'.",
            )  # fmt: skip


def predictions_exist(scope: Scope) -> Iterator[Problem]:
    """``restates``, ``hedges`` and ``reverses`` name another prediction; a forecast's ``article`` an article."""
    ids = {prediction.id: prediction for prediction in scope.ledger.predictions}
    for prediction in scope.predictions():
        for key in ("restates", "hedges", "reverses"):
            other = getattr(prediction, key)
            if other == prediction.id:
                hint = "Name the earlier prediction, or remove the key."
                yield scope.fault("P212", (prediction.id, key), f"a prediction that {key} itself", hint)
            elif other and other not in ids:
                yield _unknown(scope, (prediction.id, key), "prediction", other, ids)
    articles = {article.id: article for article in scope.ledger.articles}
    for place, _, forecast in scope.forecasts():
        if forecast.article and forecast.article not in articles:
            yield _unknown(scope, (*place, "article"), "article", forecast.article, articles)


def _unknown(scope: Scope, place: Place, what: str, name: str, ids: Iterable[str]) -> Problem:
    near = nearest(name, list(ids))
    if scope.loaded.span(name):
        message, hint = f"'{name}' is no {what}", f"Another record has this id: name the {what}."
    else:
        message = f"unknown {what} '{name}'"
        hint = f"Did you mean '{near}'?" if near else f"No {what} of the ledger has this id."
    return scope.fault("P210", place, message, hint)


def restates_in_a_circle(scope: Scope) -> Iterator[Problem]:
    """A chain of predictions that say each other again has a first one."""
    earlier = {prediction.id: prediction.restates for prediction in scope.predictions()}
    done: set[str] = set()
    for start in earlier:
        chain: list[str] = []
        name: str | None = start
        while name and name not in done and name not in chain:
            chain.append(name)
            name = earlier.get(name)
        if name in chain[:-1]:
            circle = " -> ".join([*chain[chain.index(name) :], name])
            hint = "One of them was said first: remove its 'restates'."
            yield scope.fault("P212", (name, "restates"), f"a circle of restatements: {circle}", hint)
        done.update(chain)
