"""Days that cannot stand in the order in which they stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from forecastlog.checks.scope import Place, Scope
from forecastlog.due import happening
from forecastlog.ledger.values import UNKNOWN_DAY
from forecastlog.model import Condition, Prediction, When
from forecastlog.problems import Problem


def deadline_order(scope: Scope) -> Iterator[Problem]:
    """Earliest <= strict <= latest."""
    for prediction in scope.predictions():
        window = prediction.deadline
        days = [("earliest", window.earliest), ("strict", window.strict), ("latest", window.latest)]
        known = [(key, day) for key, day in days if day is not None]
        for (before, first), (after, last) in pairwise(known):
            if first > last:
                yield scope.fault(
                    "P202", (prediction.id, "deadline", after),
                    f"'{after}' is {last}, before '{before}', {first}",
                    "The order is earliest, strict, latest; all three may be the same day.",
                )  # fmt: skip


def deadline_after_made(scope: Scope) -> Iterator[Problem]:
    """A deadline that had passed before the prediction was made."""
    for prediction in scope.predictions():
        latest = prediction.deadline.latest
        if latest and latest < prediction.made.first:
            yield scope.fault(
                "P202", (prediction.id, "deadline", "latest"),
                f"the deadline, {latest}, had passed when the prediction was made, {prediction.made}",
                "Correct 'latest', or say in 'made' when it was really made.",
            )  # fmt: skip


def order_of_days(scope: Scope) -> Iterator[Problem]:
    """Published before updated, made before logged, opened before it closes."""
    for article in scope.ledger.articles:
        for key, day in (("updated", article.updated), ("logged", article.logged)):
            yield from _order(scope, (article.id, key), day, "published", article.published)
    for prediction in scope.predictions():
        for key, day in (("logged", prediction.logged), ("closes", prediction.closes)):
            yield from _order(scope, (prediction.id, key), day, "made", prediction.made)
        yield from _order(scope, (prediction.id, "closes"), prediction.closes, "opened", prediction.opened)
    for place, _, forecast in scope.forecasts():
        logged = When.on(forecast.logged) if forecast.logged else None
        yield from _order(scope, (*place, "logged"), logged, "made", forecast.made)
        yield from _order(scope, (*place, "until"), forecast.until, "made", forecast.made)


def _order(
    scope: Scope, place: Place, last: When | None, before: str, first: When | None
) -> Iterator[Problem]:
    if last and first and last.day < first.first:
        message = f"'{place[-1]}' is {last}, before '{before}', {first}"
        yield scope.fault("P203", place, message, "Correct one of the two days.")


def resolution_order(scope: Scope) -> Iterator[Problem]:
    """Made, then happened, then known, then recorded."""
    for place, record, entry in scope.resolutions():
        happened, known, recorded = entry.happened, entry.known, entry.recorded
        if happened and known.day < happened.first:
            yield scope.fault(
                "P204", (*place, "known"), f"the outcome was known on {known}, before it happened, {happened}",
                "'known' is the first day on which anybody could know; correct one of the two.",
            )  # fmt: skip
        if recorded.day < known.first:
            yield scope.fault(
                "P205", (*place, "recorded"), f"recorded on {recorded}, before the outcome was known, {known}",
                "'recorded' is the day on which this entry was written; correct one of the two.",
            )  # fmt: skip
        made = record.made if isinstance(record, Prediction) else _published(scope, record)
        if known.day < made.first:
            what = (
                "the prediction was made" if isinstance(record, Prediction) else "the article was published"
            )
            yield scope.fault(
                "P206", (*place, "known"), f"the outcome was known on {known}, before {what}, {made}",
                "What is already known is no prediction: correct the day, or resolve it as void, mislogged.",
            )  # fmt: skip


def _published(scope: Scope, condition: Condition) -> When:
    article = scope.ledger.article(condition.article)
    return article.published if article else UNKNOWN_DAY


def happened_in_time(scope: Scope) -> Iterator[Problem]:
    """What an event brought about did so within the days that count."""
    for place, record, entry in scope.resolutions():
        if entry.outcome != happening(record) or entry.happened is None:
            continue
        first, last = _days_that_count(record)
        late = last is not None and entry.happened.first > last
        early = first is not None and entry.happened.day < first
        if late or early:
            limit = f"after {last}" if late else f"before {first}"
            hint = "Only what happens within the days that count counts: correct the outcome or a day."
            if entry.outcome != "no":
                hint = "Only what happens within the days that count is a yes: correct the outcome or a day."
            message = f"{entry.outcome}, but it happened on {entry.happened}, {limit}"
            yield scope.fault("P207", (*place, "happened"), message, hint)


def held_to_the_end(scope: Scope) -> Iterator[Problem]:
    """That something holds on a day, or throughout, is known when that day has come."""
    for place, record, entry in scope.resolutions():
        if isinstance(record, Condition) or record.deadline.holds == "within" or entry.outcome != "yes":
            continue
        latest = record.deadline.latest
        if latest is not None and entry.known.day < latest:
            yield scope.fault(
                "P207", (*place, "known"), f"yes, known on {entry.known}, but it has to hold on {latest}",
                "Before its last day nobody can know that it held: correct 'known', the outcome or 'holds'.",
            )  # fmt: skip


def _days_that_count(record: Condition | Prediction) -> tuple[date | None, date | None]:
    if isinstance(record, Condition):
        return None, record.by
    return record.deadline.earliest, record.deadline.latest


def logged_at_all(scope: Scope) -> Iterator[Problem]:
    """Without the day of logging nobody can tell whether a prediction was logged in advance."""
    for prediction in scope.predictions():
        if prediction.logged is None and not scope.wrote(prediction.id, "logged"):
            hint = "Let 'forecastlog fill' add it; without it, the prediction does not count as logged in advance."
            yield scope.fault(
                "P209", (prediction.id,), "the day of logging is missing", hint, severity="warning"
            )


def in_the_future(scope: Scope) -> Iterator[Problem]:
    """What is said to have been logged or recorded after today, where today is known."""
    if scope.today is None:
        return
    for prediction in scope.predictions():
        if prediction.logged and prediction.logged.day > scope.today:
            yield _future(scope, (prediction.id, "logged"), prediction.logged.text)
    for place, _, entry in scope.resolutions():
        if entry.recorded.day > scope.today:
            yield _future(scope, (*place, "recorded"), entry.recorded.text)


def _future(scope: Scope, place: Place, day: str) -> Problem:
    hint = "It is the day on which the entry was written; commands fill it in."
    return scope.fault("P208", place, f"'{place[-1]}' is {day}, after today, {scope.today}", hint)
