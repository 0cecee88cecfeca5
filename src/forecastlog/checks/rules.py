"""All rules, by what they look at, and those of a record or a file put to use."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeVar

from forecastlog.checks import (
    dates,
    deadlines,
    facts,
    figures,
    forecasters,
    future,
    links,
    lint,
    resolutions,
    sources,
    words,
)
from forecastlog.checks.scope import Scope
from forecastlog.kinds import BINARY, kind_of
from forecastlog.model.records import Article, Condition, Prediction
from forecastlog.problems import Problem

Rule = TypeVar("Rule", bound=Callable[..., Iterator[Problem]])
Only = Collection[Callable[..., object]] | None

OF_PREDICTIONS: tuple[Callable[[Scope, Prediction], Iterator[Problem]], ...] = (
    dates.deadline_order,
    dates.deadline_after_made,
    dates.order_of_days,
    dates.forecasts_not_before,
    dates.no_hindsight,
    dates.held_to_the_end,
    dates.logged_at_all,
    future.logged_in_the_future,
    dates.logged_elsewhere_before,
    deadlines.reasons_given,
    deadlines.words_fit_basis,
    deadlines.open_ends,
    deadlines.read_by_a_rule,
    figures.of_its_kind,
    figures.says_something,
    figures.readers_named,
    figures.forecast_in_time,
    resolutions.condition_there,
    lint.one_claim,
    lint.condition_apart,
    lint.measured,
    lint.settled,
    words.words_reread,
    words.scales_known,
)
"""Rules of one prediction."""

OF_IMPORTED: tuple[Callable[[Scope, Prediction], Iterator[Problem]], ...] = (
    dates.deadline_after_made,
    dates.deadline_order,
    dates.order_of_days,
    future.logged_in_the_future,
    dates.logged_elsewhere_before,
    figures.of_its_kind,
    dates.resolution_order,
    future.recorded_in_the_future,
)
"""Rules of one prediction that a machine wrote: a platform's records have no evidence, criteria or words
of ours."""
OF_BINARY: tuple[Callable[[Scope, Prediction], Iterator[Problem]], ...] = (
    figures.figures_fit_basis,
    figures.stated_in_words,
)
"""Rules of one prediction that turns out true or false."""

OF_RESOLVED: tuple[Callable[[Scope, Condition | Prediction], Iterator[Problem]], ...] = (
    dates.resolution_order,
    dates.happened_in_time,
    future.recorded_in_the_future,
    figures.said_twice,
    resolutions.reasons_fit,
    resolutions.evidence_given,
    lint.evidence_late_enough,
    sources.more_than_a_copy,
    sources.few_enough,
)
"""Rules of one record that can be resolved: a prediction or a condition."""

OF_FILES: tuple[Callable[[Scope, Article], Iterator[Problem]], ...] = (
    dates.order_of_articles_days,
    dates.no_condition_in_hindsight,
    future.article_in_the_future,
    lint.events_told,
    lint.one_question,
    lint.coders_logged,
)
"""Rules of an article's file."""

OF_LISTS: tuple[Callable[[Scope], Iterator[Problem]], ...] = (forecasters.list_fits,)
"""Rules of people.yaml."""

ACROSS: tuple[Callable[[facts.Across], Iterator[facts.Fault]], ...] = (
    links.named_records_exist,
    links.replaced_were_mislogged,
    links.old_ids_are_free,
    links.restates_in_a_circle,
    links.said_once,
    links.the_example_is_gone,
    links.conditions_respected,
    forecasters.listed,
    forecasters.recorders_listed,
    sources.told_alike,
)
"""Rules across records, which read facts alone."""


def of_file(scope: Scope, article: Article, only: Only = None) -> Iterator[Problem]:
    """What the rules of a record or a file say, or ``only`` these of them."""
    for rule in _chosen(OF_FILES, only):
        yield from rule(scope, article)
    checked = list(filter(scope.covers, article.predictions))
    of_all, of_binary = _chosen(OF_PREDICTIONS, only), _chosen(OF_BINARY, only)
    for prediction in checked:
        for of_prediction in (*of_all, *(of_binary if kind_of(prediction) is BINARY else ())):
            yield from of_prediction(scope, prediction)
    resolved: list[Condition | Prediction] = [*article.conditions, *checked]
    of_resolved = _chosen(OF_RESOLVED, only)
    for record in resolved:
        for each in of_resolved:
            yield from each(scope, record)


def of_imported(scope: Scope, prediction: Prediction, only: Only = None) -> Iterator[Problem]:
    """What the rules of a prediction that a machine wrote say, or ``only`` these of them."""
    if scope.covers(prediction):
        for rule in _chosen(OF_IMPORTED, only):
            yield from rule(scope, prediction)


def _chosen(rules: Iterable[Rule], only: Only) -> list[Rule]:
    return [rule for rule in rules if only is None or rule in only]
