"""The status of a prediction on a day, and what is due on it.

Status follows from the record and the day alone. An entry counts from the day it was recorded, so the
status on a past day is what the log said then. A condition that was found unmet voids what depended on it;
nobody has to say so again for every prediction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import NamedTuple

from forecastlog.kinds import kind_of
from forecastlog.model.forecasts import Forecast
from forecastlog.model.ledger import Ledger
from forecastlog.model.moments import After, When
from forecastlog.model.notes import Snooze
from forecastlog.model.outcomes import Resolution
from forecastlog.model.records import Condition, Prediction
from forecastlog.standing.published import without_drafts
from forecastlog.vocabulary.outcomes import UNDECIDED
from forecastlog.vocabulary.scores import Timing
from forecastlog.vocabulary.statuses import DUE_KINDS, DueKind, Status
from forecastlog.vocabulary.thresholds import LOGGED_AT_ONCE_DAYS, LOGGED_WITHIN_DAYS, LOGGED_WITHIN_SHARE


class Standing(NamedTuple):
    """What the entries on a record come to: an outcome, disagreement (``contested``), or nothing yet.

    ``entry`` is the one to quote: the settling one, else the first recorded of those that stand.
    """

    outcome: str | None = None
    entry: Resolution | None = None
    contested: bool = False
    reason: str | None = None


class DueItem(NamedTuple):
    """One thing to look at: a condition or a prediction, since when, and how late it is on the day asked."""

    kind: DueKind
    record: Condition | Prediction
    due_on: date
    days_overdue: int


def standing(resolutions: Sequence[Resolution], day: date, alike: Callable[[str], object] = str) -> Standing:
    """What the entries recorded by the end of ``day`` come to.

    A person's last entry stands for that person; ``reopened`` takes it back. If the entries that stand
    differ, the record is contested until one of them has ``settles: true``, which then stands alone.
    ``alike`` is what outcomes that are one and the same have in common.
    """
    entries = entries_that_decide(resolutions, day)
    if not entries:
        return Standing()
    if len({(alike(entry.outcome), entry.reason) for entry in entries}) > 1:
        return Standing(contested=True)
    chosen = min(entries, key=_recorded)
    return Standing(chosen.outcome, chosen, reason=chosen.reason)


def entries_that_decide(resolutions: Sequence[Resolution], day: date = date.max) -> list[Resolution]:
    """Those that stand by the end of ``day``; the newest settling one alone where there is one."""
    entries = entries_that_stand(resolutions, day)
    settling = [entry for entry in entries if entry.settles]
    return [max(settling, key=_recorded)] if settling else entries


def entries_that_stand(resolutions: Sequence[Resolution], day: date) -> list[Resolution]:
    """The last entry of every person by the end of ``day``, without those that were taken back."""
    last: dict[str, Resolution] = {}
    for entry in sorted(resolutions, key=_recorded):
        if entry.recorded.day <= day:
            last[entry.by] = entry
    return [entry for entry in last.values() if entry.outcome != "reopened"]


def entries_in_force(resolutions: Sequence[Resolution], day: date) -> list[Resolution]:
    """The entry that settles it, else all that stand by the end of ``day``."""
    chosen = standing(resolutions, day).entry
    return [chosen] if chosen and chosen.settles else entries_that_stand(resolutions, day)


def own_standing(record: Condition | Prediction, day: date) -> Standing:
    """What a record's own entries come to by the end of ``day``."""
    if isinstance(record, Condition):
        return standing(record.resolutions, day)
    return standing(deciding(record), day, partial(kind_of(record).alike, record))


def prediction_standing(prediction: Prediction, ledger: Ledger, day: date) -> Standing:
    """What is known of a prediction: its own entries, else what became of its condition.

    An unmet condition makes it void (``condition-unmet``), one that nobody can observe makes it
    uncheckable (``private-state``); both quote the condition's entry. An outcome that answers none of what
    was asked makes it void too.
    """
    return ledger.once(("standing", prediction.id, day), partial(_standing, prediction, ledger, day))


def _standing(prediction: Prediction, ledger: Ledger, day: date) -> Standing:
    own = own_standing(prediction, day)
    if own.outcome and (reason := kind_of(prediction).void(prediction, own.outcome)):
        return Standing("void", own.entry, reason=reason)
    if own.outcome or own.contested:
        return own
    condition = ledger.condition(prediction.given)
    if condition is None:
        return own
    fate = standing(condition.resolutions, day)
    if fate.outcome == "unmet":
        return Standing("void", fate.entry, reason="condition-unmet")
    if fate.outcome == "unobservable":
        return Standing("uncheckable", fate.entry, reason="private-state")
    return own


def latest_day(prediction: Prediction, ledger: Ledger, day: date) -> date | None:
    """The last day on which the event counts, by the generous reading; None while it is open.

    Where the clock starts when the condition is met, the day follows from the condition's entry.
    """
    window = prediction.deadline
    if window.within is None:
        return window.latest
    condition = ledger.condition(prediction.given)
    fate = standing(condition.resolutions, day) if condition else Standing()
    if fate.outcome != "met" or fate.entry is None:
        return None
    return window.within.after((fate.entry.happened or fate.entry.known).day)


def known_day(stands: Standing, latest: date | None, prediction: Prediction) -> date | None:
    """The day on which the outcome was known; None while it is not.

    What lapses (a no, never; of what must hold throughout, a yes) was known by the day after the latest
    deadline, whatever day somebody wrote down. That something held throughout was not known before.
    """
    if stands.entry is None:
        return None
    known, lapsed = stands.entry.known.day, due_on(latest)
    if lapsed is None or stands.outcome != lapsing(prediction):
        return known
    return lapsed if prediction.deadline.holds == "throughout" else min(known, lapsed)


def taken_back(forecast: Forecast, prediction: Prediction) -> date | None:
    """The day on which a forecast stood no more: its own ``until``, or that of the speaker's withdrawal.

    A withdrawal ends what the speaker had said until that day, and nobody else's forecasts.
    """
    own, withdrawn = forecast.until, prediction.withdrawn
    ends = [own.day] if own else []
    if withdrawn and forecast.by == prediction.speaker and forecast.made.day <= withdrawn.on:
        ends.append(withdrawn.on)
    return min(ends, default=None)


def deciding(record: Condition | Prediction) -> Sequence[Resolution]:
    """The resolutions that speak of what was asked, as far as the kind of prediction tells them apart."""
    return record.resolutions if isinstance(record, Condition) else kind_of(record).deciding(record)


def outcome_value(prediction: Prediction, stands: Standing) -> float | None:
    """The outcome as the number that its kind of prediction scores against; None where it is none."""
    return kind_of(prediction).decided(prediction, stands.outcome)


def lapsing(record: Condition | Prediction) -> str:
    """The outcome that comes about by time alone: unmet, no, never, or yes to what must hold throughout.

    Else empty.
    """
    return "unmet" if isinstance(record, Condition) else kind_of(record).lapses(record)


def happening(record: Condition | Prediction) -> str:
    """The outcome that an event brings about: met, yes, or no to what must hold throughout."""
    return "met" if isinstance(record, Condition) else kind_of(record).happens(record)


def decided_days(prediction: Prediction) -> list[date]:
    """The days on which an outcome that decides it was known, by each entry that says so."""
    kind = kind_of(prediction)
    return [
        entry.known.day
        for entry in kind.deciding(prediction)
        if kind.decided(prediction, entry.outcome) is not None
    ]


def status(prediction: Prediction, ledger: Ledger, day: date) -> Status:
    """The status of ``prediction`` at the end of ``day``."""
    if prediction.draft:
        return "draft"
    stands = prediction_standing(prediction, ledger, day)
    if stands.contested:
        return "contested"
    if stands.outcome in UNDECIDED:
        return stands.outcome  # type: ignore[return-value]  # these three outcomes are statuses too
    if stands.outcome:
        return "resolved"
    perhaps, surely = _due_days(prediction, latest_day(prediction, ledger, day))
    if surely is not None and day >= surely:
        return "due"
    return "maybe_due" if perhaps is not None and day >= perhaps else "open"


def condition_status(condition: Condition, day: date) -> Status:
    """The status of a condition at the end of ``day``: open, due, resolved or contested."""
    fate = standing(condition.resolutions, day)
    if fate.contested:
        return "contested"
    if fate.outcome:
        return "resolved"
    since = due_from(condition, condition.by)
    return "due" if since is not None and day >= since else "open"


def said(prediction: Prediction, ledger: Ledger, day: date) -> Forecast | None:
    """What the speaker last said of how sure they were, as it stood at the end of ``day``.

    Only the speaker's own forecasts, and none made when the outcome was known or the deadline had passed; an
    analyst's figure for the speaker only where there are no words of the speaker's.
    """
    return ledger.once(("said", prediction.id, day), partial(_said, prediction, ledger, day))


def _said(prediction: Prediction, ledger: Ledger, day: date) -> Forecast | None:
    stands, latest = prediction_standing(prediction, ledger, day), latest_day(prediction, ledger, day)
    own = in_order(
        forecast
        for forecast in prediction.forecasts
        if forecast.by == prediction.speaker
        and forecast.made.day <= day
        and in_time(forecast, stands, latest)
    )
    return max(own, key=lambda forecast: (forecast.basis != "judged", own.index(forecast)), default=None)


def in_time(forecast: Forecast, stands: Standing, latest: date | None) -> bool:
    """Not after the outcome was known, nor after the latest deadline; times decide where both have one."""
    known = stands.entry.known if stands.entry else None
    if latest is not None and forecast.made.day > latest:
        return False
    if known is None:
        return True
    if forecast.made.time and known.time:
        return forecast.made.time <= known.time
    return forecast.made.day <= known.day


def in_order(forecasts: Iterable[Forecast]) -> list[Forecast]:
    """The forecasts as they were made.

    Of one day those with a time come last, and others as in the record.
    """
    return sorted(forecasts, key=lambda forecast: _moment(forecast.made))


def due_on(latest: date | None) -> date | None:
    """The day from which a prediction is due: the day after its latest deadline; None for an open end.

    >>> due_on(date(2025, 6, 30))
    datetime.date(2025, 7, 1)
    """
    return None if latest is None else _day_after(latest)


def due_from(record: Condition | Prediction, last: date | None) -> date | None:
    """The day from which somebody should look, where ``last`` is the last that counts; None for an open end.

    That is the day after, or the one on which the source that settles it is out, if that is later.
    """
    after, settles = due_on(last), record.settles_on
    if last is None or after is None or settles is None:
        return after
    return max(after, settles.wait.after(last) if isinstance(settles, After) else settles)


def snooze_of(record: Condition | Prediction, day: date) -> Snooze | None:
    """What keeps a record from being reminded of on ``day``: the entry made last, unless its day has come."""
    last = max(record.snoozed, key=lambda entry: entry.on, default=None)
    return last if last and day < last.until else None


def timing_of(
    made: date,
    logged: date | None,
    latest: date | None,
    knowable: date | None,
    elsewhere: date | None = None,
) -> Timing:
    """When something said on the day ``made`` was logged, seen from when its outcome was ``knowable``.

    In advance is only what was logged while it could not be nearly decided: soon after it was made, and
    before a quarter of the time to its ``latest`` deadline had passed. ``elsewhere`` is the day on which it
    stood in somebody else's log: where that was in advance and ours was not, it counts as logged there.

    >>> timing_of(date(2025, 1, 2), date(2025, 1, 20), date(2025, 12, 31), None)
    'in advance'
    >>> timing_of(date(2025, 1, 2), date(2025, 12, 20), date(2025, 12, 31), None)
    'logged late'
    >>> timing_of(date(2025, 1, 2), date(2026, 2, 1), date(2025, 12, 31), date(2026, 1, 1), date(2025, 1, 3))
    'logged elsewhere'
    """
    here = _entered(made, logged, latest, knowable)
    if here != "in advance" and elsewhere and _entered(made, elsewhere, latest, knowable) == "in advance":
        return "logged elsewhere"
    return here


def _entered(made: date, logged: date | None, latest: date | None, knowable: date | None) -> Timing:
    """The timing of what entered one log on the day ``logged``."""
    if knowable is not None and (logged is None or logged >= knowable):
        return "logged afterwards"
    if logged is None:
        return "logged late"
    waited = (logged - made).days
    soon = waited <= LOGGED_WITHIN_DAYS and (
        latest is None or waited < LOGGED_WITHIN_SHARE * (latest - made).days
    )
    return "in advance" if soon or waited <= LOGGED_AT_ONCE_DAYS else "logged late"


def due_items(ledger: Ledger, day: date, *, within: int = 0) -> list[DueItem]:
    """What wants looking at on ``day``, or falls due in the ``within`` days after it.

    Conditions first, then predictions past their latest deadline, the most overdue first, then those
    between strict and latest deadline, then open-ended ones whose review date has come. Drafts are never due.
    """
    ledger = without_drafts(ledger)
    order = tuple(DUE_KINDS)
    horizon = min(day.toordinal() + within, date.max.toordinal())
    candidates = _candidates(ledger, day, date.fromordinal(horizon))
    items = [item for item in candidates if item.due_on.toordinal() <= horizon]
    return sorted(items, key=lambda item: (order.index(item.kind), item.due_on, item.record.id))


def _candidates(ledger: Ledger, day: date, horizon: date) -> Iterator[DueItem]:
    for record in ledger.undecided(day, horizon):
        found = (
            _condition_due(record, day)
            if isinstance(record, Condition)
            else _prediction_due(record, ledger, day)
        )
        if found:
            kind, due = found
            yield DueItem(kind, record, due, (day - due).days)


def _condition_due(condition: Condition, day: date) -> tuple[DueKind, date] | None:
    fate = standing(condition.resolutions, day)
    since = due_from(condition, condition.by)
    return ("condition", since) if since and not (fate.outcome or fate.contested) else None


def _prediction_due(prediction: Prediction, ledger: Ledger, day: date) -> tuple[DueKind, date] | None:
    stands = prediction_standing(prediction, ledger, day)
    if stands.outcome or stands.contested:
        return None
    perhaps, surely = _due_days(prediction, latest_day(prediction, ledger, day))
    if surely is not None and (day >= surely or perhaps is None or perhaps >= surely):
        return "due", surely
    if perhaps is not None and (surely is not None or day >= perhaps):
        return "maybe_due", perhaps
    return ("review", prediction.review) if prediction.review else None


def _due_days(prediction: Prediction, latest: date | None) -> tuple[date | None, date | None]:
    """From when it is due by the strict and the generous reading; a clock that a condition starts has one."""
    strict = latest if prediction.deadline.within else prediction.deadline.strict
    return due_from(prediction, strict), due_from(prediction, latest)


def _recorded(entry: Resolution) -> tuple[date, datetime]:
    return _moment(entry.recorded)


def _moment(when: When) -> tuple[date, datetime]:
    return when.day, when.time or _NO_TIME


_NO_TIME = datetime.min.replace(tzinfo=UTC)
"""What stands for no time: before every other."""


def _day_after(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def reader_of(forecast: Forecast, prediction: Prediction) -> str | None:
    """Whose an analyst's own figure is; None where nobody says, for it is never the speaker's by default."""
    return forecast.judged_by or (forecast.by if forecast.by != prediction.speaker else None)
