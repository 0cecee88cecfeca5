"""What is new, against the day of the commit that brought it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Literal

from forecastlog.history.finding import UNCOMMITTED, Finding
from forecastlog.history.git import CLOCKS_DIFFER, Commit
from forecastlog.history.step import Step, known_of
from forecastlog.history.versions import Built, Key
from forecastlog.model.forecasts import Forecast
from forecastlog.model.moments import When
from forecastlog.model.outcomes import Resolution
from forecastlog.model.records import Article, Condition, Prediction
from forecastlog.standing.due import entries_that_stand, standing

Dated = Literal["as committed", "as written", "otherwise"]


def dated(commit: Commit, day: date) -> Dated:
    """Whether a day is the commit's, or the one on which a commit was first written and later rebased."""
    if abs(commit.on - day) <= CLOCKS_DIFFER:
        return "as committed"
    written = commit.sha != UNCOMMITTED and abs(commit.written - day) <= CLOCKS_DIFFER
    return "as written" if written and commit.written <= commit.on else "otherwise"


def entered(step: Step, key: Key, built: Built) -> Iterator[Finding]:
    """A record that no parent had: when it came, and whether the days in it are the commit's."""
    record, (late, known) = built.record, step.decided(key)
    if not isinstance(record, Prediction | Condition | Article):
        return
    if not isinstance(record, Article):
        yield step.finding(key, "logged", "harmless")
    if known and isinstance(record, Prediction) and record.criteria:
        yield step.finding(key, "late-criteria", "harmless", field="criteria")
    if not isinstance(record, Condition) and record.logged:
        yield from _logged(step, key, record.logged.day)
    if isinstance(record, Prediction):
        yield from _planted(step, key, built, record)
        for forecast in record.forecasts:
            if forecast.logged:
                yield from _forecast(step, key, built, forecast, late=late or known)
    if not isinstance(record, Article):
        yield from new_resolutions(step, key, [], built)


def _logged(step: Step, key: Key, logged: date) -> Iterator[Finding]:
    how = dated(step.commit, logged)
    if how == "as committed":
        return
    moved = how == "otherwise" or _timing_rests_on(step, key[1], logged)
    yield step.finding(
        key,
        "misdated",
        "misdated" if moved else "harmless",
        field="logged",
        was=logged.isoformat(),
        now=step.commit.on.isoformat(),
        why="" if moved else "rebased: it was first committed on the day it says",
    )


def _timing_rests_on(step: Step, record_id: str, logged: date) -> bool:
    """Whether a record would count otherwise today if it had been logged on the day of its commit."""
    current = step.now.built(record_id)
    if current is None:
        return False
    record, article = current.record, current.article
    if article is None or not isinstance(record, Prediction):
        return False
    dated_so = [replace(record, logged=When.on(day)) for day in (logged, step.commit.on)]
    scores = [step.now.score_of(Built({}, one, replace(article, predictions=(one,)))) for one in dated_so]
    return scores[0] != scores[1]


def _planted(step: Step, key: Key, built: Built, record: Prediction) -> Iterator[Finding]:
    """A record that came together with its outcome, and still says that it was logged before."""
    context = step.after.context(built)
    outcome = known_of(record, context, step.now.day_of(record, context))
    if outcome and record.logged and record.logged.day < outcome:
        yield step.finding(
            key,
            "misdated",
            "misdated",
            field="logged",
            was=record.logged.text,
            now=step.commit.on.isoformat(),
            why=f"it came with its outcome, which it says was known on {outcome.isoformat()}: "
            "no proof of being first",
        )


def new_forecasts(step: Step, key: Key, new: Built, paths: Sequence[Forecast]) -> Iterator[Finding]:
    """Forecasts that joined a record later, where they are said to have been logged on another day.

    One that says nothing is counted as logged with its prediction: true of what came with it, not of what
    came later.
    """
    late, known = step.decided(key)
    for forecast in paths:
        yield from _forecast(step, key, new, forecast, late=late or known)


def _forecast(step: Step, key: Key, built: Built, forecast: Forecast, *, late: bool) -> Iterator[Finding]:
    record = built.record
    if not isinstance(record, Prediction):
        return
    logged = forecast.logged or (record.logged.day if record.logged else None)
    if logged is None:
        return
    how = dated(step.commit, logged)
    if how == "otherwise" or (how == "as written" and late):
        yield step.finding(
            key,
            "misdated",
            "misdated",
            field=f"forecasts[{forecast.by} {forecast.made}].logged",
            was=logged.isoformat(),
            now=step.commit.on.isoformat(),
        )


def new_resolutions(step: Step, key: Key, old: Sequence[Resolution], built: Built) -> Iterator[Finding]:
    """Entries that no parent had: their days, and whether they change a verdict that stood."""
    record = built.record
    if not isinstance(record, Prediction | Condition):
        return
    fresh = list(_fresh(old, record.resolutions))
    for entry in fresh:
        yield from _days(step, key, entry, record, old)
    if fresh and old:
        yield from _verdict(step, key, old, fresh, built)


def _fresh(old: Sequence[Resolution], entries: Sequence[Resolution]) -> Iterator[Resolution]:
    """Entries that were not there, also beside one of the same person and day.

    An edited one is told by its values.
    """
    edited = [(other.by, other.recorded) for other in old if other not in entries]
    for entry in entries:
        if entry in old:
            continue
        if (entry.by, entry.recorded) in edited:
            edited.remove((entry.by, entry.recorded))
        else:
            yield entry


def _days(
    step: Step, key: Key, entry: Resolution, record: Prediction | Condition, old: Sequence[Resolution]
) -> Iterator[Finding]:
    name, on = f"resolutions[{entry.by} {entry.recorded}]", step.commit.on
    misdated = partial(step.finding, key, "misdated", "misdated")
    how = dated(step.commit, entry.recorded.day)
    if how == "otherwise" or (how == "as written" and _order_rests_on(step, entry, record.resolutions, old)):
        yield misdated(
            field=f"{name}.recorded",
            was=entry.recorded.text,
            now=on.isoformat(),
            why=f"the entry says {entry.outcome}",
        )
    if entry.known.day - on > CLOCKS_DIFFER and entry.known.precision in ("day", "time"):
        yield misdated(
            field=f"{name}.known",
            was=entry.known.text,
            now=on.isoformat(),
            why="known later than it was committed",
        )
    logged = record.logged if isinstance(record, Prediction) else None
    if logged and entry.happened and entry.happened.day < logged.day < entry.known.day:
        yield misdated(
            field=f"{name}.known",
            was=entry.known.text,
            now=entry.happened.text,
            why=f"it happened before the record was logged on {logged}, and still counts as "
            "logged in advance",
        )


def _order_rests_on(
    step: Step, entry: Resolution, entries: Sequence[Resolution], old: Sequence[Resolution]
) -> bool:
    """Whether another verdict would stand, had the entry been recorded on the day of its commit."""
    if not old:
        return False
    late = replace(entry, recorded=When.on(step.commit.on))
    others = [late if other is entry else other for other in entries]
    return standing(entries, date.max)[0::2] != standing(others, date.max)[0::2]


def _verdict(
    step: Step, key: Key, old: Sequence[Resolution], fresh: Sequence[Resolution], built: Built
) -> Iterator[Finding]:
    record = built.record
    if not isinstance(record, Prediction | Condition):
        return
    was, now = (_stands(entries) for entries in (old, record.resolutions))
    if was in ("", now):
        return
    overruling = _overruling(old, fresh, record.resolutions)
    before = step.parents_of(key)[0]
    scores = (step.score(step.before[0], before), step.score(step.after, built))
    if overruling:
        yield step.finding(
            key,
            "added",
            "altered",
            field=f"resolutions[{overruling.by} {overruling.recorded}].settles",
            was=was,
            now=now,
            scores=scores,
            why="it settles a disagreement that nobody had recorded",
        )
    else:
        yield step.finding(
            key, "verdict", "change of verdict", field="resolutions", was=was, now=now, scores=scores
        )


def _stands(entries: Sequence[Resolution]) -> str:
    """What the entries come to, in a few words."""
    stands = standing(entries, date.max)
    if stands.contested:
        return "contested"
    return " ".join(filter(None, (stands.outcome, stands.reason)))


def _overruling(
    old: Sequence[Resolution], fresh: Sequence[Resolution], entries: Sequence[Resolution]
) -> Resolution | None:
    """A new entry that settles alone what others had decided alike."""
    standing_now = entries_that_stand(entries, date.max)
    for entry in fresh:
        others = [other for other in standing_now if other.by != entry.by]
        own = [other for other in (*old, *fresh) if other.by == entry.by and other is not entry]
        verdicts = {(other.outcome, other.reason) for other in (*others, *own)}
        if entry.settles and others and len(verdicts) == 1 and (entry.outcome, entry.reason) not in verdicts:
            return entry
    return None
