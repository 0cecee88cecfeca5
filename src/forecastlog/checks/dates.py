"""Days that cannot stand in the order in which they stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from forecastlog.checks.resolutions import brought_about
from forecastlog.checks.scope import Place, Scope, entries_of, forecasts_of
from forecastlog.model.moments import When
from forecastlog.model.outcomes import Evidence, Resolution
from forecastlog.model.records import Article, Condition, Prediction
from forecastlog.problems import Problem
from forecastlog.standing.due import happening

OUT_OF_TIME = "Only what happens within the days that count counts: correct the outcome or a day."
LONG_BEFORE = timedelta(days=366)
TOO_EARLY = "Before its last day nobody can know that it held: correct 'known', the outcome or 'holds'."


def deadline_order(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """Earliest <= strict <= latest."""
    window = prediction.deadline
    days = [("earliest", window.earliest), ("strict", window.strict), ("latest", window.latest)]
    known = [(key, day) for key, day in days if day is not None]
    for (before, first), (after, last) in pairwise(known):
        if first > last:
            yield scope.fault(
                "P202",
                (prediction.id, "deadline", after),
                f"'{after}' is {last}, before '{before}', {first}",
                "The order is earliest, strict, latest; all three may be the same day.",
            )


def deadline_after_made(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """A deadline that had passed before the prediction was made."""
    latest = prediction.deadline.latest
    if latest and latest < prediction.made.first:
        yield scope.fault(
            "P202",
            (prediction.id, "deadline", "latest"),
            f"the deadline, {latest}, had passed when the prediction was made, {prediction.made}",
            "Correct 'latest', or say in 'made' when it was really made.",
        )


def order_of_days(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """Made before logged, made before it is taken back, opened before it closes."""
    withdrawn = prediction.withdrawn.on if prediction.withdrawn else None
    last = (
        (("logged",), prediction.logged),
        (("closes",), prediction.closes),
        (("review",), _on(prediction.review)),
        (("withdrawn", "on"), _on(withdrawn)),
    )
    for path, day in last:
        yield from _order(scope, (prediction.id, *path), day, "made", prediction.made)
    yield from _order(scope, (prediction.id, "closes"), prediction.closes, "opened", prediction.opened)
    for place, forecast in forecasts_of(prediction):
        first, logged, until = forecast.made.first, forecast.logged, forecast.until
        if (logged and logged < first) or (until and until.day < first):
            yield from _order(scope, (*place, "logged"), _on(logged), "made", forecast.made)
            yield from _order(scope, (*place, "until"), until, "made", forecast.made)


def forecasts_not_before(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """A forecast from before the claim was first made stands somewhere else, and seldom long before."""
    first = prediction.made.first
    for place, forecast in forecasts_of(prediction):
        if forecast.made.day >= first or not scope.wrote(*place, "made"):
            continue
        message = f"made on {forecast.made}, before the prediction itself, {prediction.made}"
        if not (forecast.article or forecast.url):
            hint = "Correct the day, or say under 'article' or 'url' where it stood by then."
            yield scope.fault("P203", (*place, "made"), message, hint)
        elif first - forecast.made.day > LONG_BEFORE:
            hint = (
                "Whoever spoke so long before may have meant something else. Correct the day if it is wrong."
            )
            yield scope.fault("P317", (*place, "made"), message, hint, severity="note")


def order_of_articles_days(scope: Scope, article: Article) -> Iterator[Problem]:
    """Published before updated, retrieved, logged, retracted, and before its conditions can be met."""
    retracted = article.retracted.on if article.retracted else None
    last = (
        (("updated",), article.updated),
        (("retrieved",), article.retrieved),
        (("logged",), article.logged),
        (("retracted", "on"), _on(retracted)),
        *((("versions", number, "seen"), _on(one.seen)) for number, one in enumerate(article.versions)),
    )
    first, _, _ = (article.published_range or "").partition("/")
    published = (
        min(article.published, When.parse(first), key=lambda day: day.first) if first else article.published
    )
    for path, day in last:
        yield from _order(scope, (article.id, *path), day, "published", published)
    for condition in article.conditions:
        yield from _order(scope, (condition.id, "by"), _on(condition.by), "published", article.published)


def _on(day: date | None) -> When | None:
    return When.on(day) if day and day > date.min else None


def _order(
    scope: Scope, place: Place, last: When | None, before: str, first: When | None
) -> Iterator[Problem]:
    if last and first and last.day < first.first:
        key = place[-2] if place[-1] == "on" else place[-1]
        message = f"'{key}' is {last}, before '{before}', {first}"
        yield scope.fault("P203", place, message, "Correct one of the two days.")


def resolution_order(scope: Scope, record: Condition | Prediction) -> Iterator[Problem]:
    """Happened, then known, then recorded; a lapse is known before what happens too late."""
    for place, entry in entries_of(record):
        happened, known, recorded = entry.happened, entry.known, entry.recorded
        if happened and known.day < happened.first and not _too_late_to_matter(record, entry):
            yield scope.fault(
                "P204",
                (*place, "known"),
                f"the outcome was known on {known}, before it happened, {happened}",
                "'known' is the first day on which anybody could know; correct one of the two.",
            )
        if recorded.day < known.first:
            yield scope.fault(
                "P205",
                (*place, "recorded"),
                f"recorded on {recorded}, before the outcome was known, {known}",
                "'recorded' is the day on which this entry was written; correct one of the two.",
            )
        dated = [(number, day) for number, item in enumerate(entry.evidence) if (day := _shown(item))]
        if dated and len(dated) == len(entry.evidence) and all(day.first > recorded.day for _, day in dated):
            yield scope.fault(
                "P319",
                (*place, "evidence", dated[0][0]),
                f"all evidence is from after the entry was recorded, {recorded}",
                (
                    "Add what was known by then, or correct a day; "
                    "what came later is evidence for a later entry."
                ),
                severity="note",
            )


def _shown(item: Evidence) -> When | None:
    """The day of a source: of its publication, or of the search."""
    return item.published or _on(item.on)


def _too_late_to_matter(record: Condition | Prediction, entry: Resolution) -> bool:
    """Whether it happened after the last day that counts, and brought no outcome about.

    That was known before.

    Of a clock that a condition starts, the record alone does not tell the last day.
    """
    if brought_about(entry.outcome, happening(record)):
        return False
    last = _days_that_count(record)[1]
    clock = isinstance(record, Prediction) and record.deadline.within is not None
    return clock or (last is not None and entry.happened is not None and entry.happened.first > last)


def no_hindsight(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """Nothing is predicted whose outcome was known."""
    yield from _known_after(scope, prediction, "the prediction was made", prediction.made)


def no_condition_in_hindsight(scope: Scope, article: Article) -> Iterator[Problem]:
    """No condition had been decided when its article was published."""
    for condition in article.conditions:
        yield from _known_after(scope, condition, "the article was published", article.published)


def _known_after(scope: Scope, record: Condition | Prediction, what: str, first: When) -> Iterator[Problem]:
    for place, entry in entries_of(record):
        if entry.known.day < first.first:
            yield scope.fault(
                "P206",
                (*place, "known"),
                f"the outcome was known on {entry.known}, before {what}, {first}",
                "What is already known is no prediction: correct the day, or resolve it as void, mislogged.",
            )


def happened_in_time(scope: Scope, record: Condition | Prediction) -> Iterator[Problem]:
    """What an event brought about, wholly or in part, did so within the days that count."""
    first, last = _days_that_count(record)
    for place, entry in entries_of(record):
        hindsight = isinstance(record, Prediction) and entry.known.day < record.made.first
        if not brought_about(entry.outcome, happening(record)) or (hindsight and not entry.happened):
            continue
        late = last is not None and entry.happened is not None and entry.happened.first > last
        key, day = ("happened", entry.happened) if entry.happened else ("known", entry.known)
        early = first is not None and day.day < first
        if late or early:
            what = "it happened" if entry.happened else "that was known"
            limit = f"after {last}" if late else f"before {first}"
            message = f"{entry.outcome}, but {what} on {day}, {limit}"
            yield scope.fault("P207", (*place, key), message, OUT_OF_TIME)


def held_to_the_end(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """That something holds on a day, or throughout, is known when that day has come."""
    window = prediction.deadline
    for place, entry in entries_of(prediction):
        early = window.latest is not None and entry.known.day < window.latest
        if early and window.holds != "within" and entry.outcome == "yes":
            message = f"yes, known on {entry.known}, but it has to hold on {window.latest}"
            yield scope.fault("P207", (*place, "known"), message, TOO_EARLY)


def _days_that_count(record: Condition | Prediction) -> tuple[date | None, date | None]:
    if isinstance(record, Condition):
        return None, record.by
    return record.deadline.earliest, record.deadline.latest


def logged_at_all(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """Without the day of logging nobody can tell whether a prediction was logged in advance."""
    if prediction.logged is None and not scope.wrote(prediction.id, "logged"):
        hint = (
            "Let 'forecastlog fill' add it; without it, the prediction does not count as logged in advance."
        )
        yield scope.fault("P209", (prediction.id,), "the day of logging is missing", hint, severity="warning")


def logged_elsewhere_before(scope: Scope, prediction: Prediction) -> Iterator[Problem]:
    """What is said to have stood in another log was made by then, and stood there before it was here."""
    own = ((prediction.id,), prediction.logged_elsewhere, prediction.made, prediction.logged)
    others = (
        (place, forecast.logged_elsewhere, forecast.made, _on(forecast.logged))
        for place, forecast in forecasts_of(prediction)
        if forecast.logged_elsewhere not in (None, prediction.logged_elsewhere)
    )
    for place, there, made, logged in (own, *others):
        if there:
            at = (*place, "logged_elsewhere", "on")
            yield from _order(scope, at, there.on, "made", made)
            yield from _order(scope, (*place, "logged"), logged, "logged_elsewhere", there.on)
