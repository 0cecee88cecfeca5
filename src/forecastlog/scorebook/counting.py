"""Which forecast counts, when, and why the others are left out.

The unit is a pair: what one forecaster gave to one prediction, within one block and timing. Each either
counts, with the stretches of time for which each of its forecasts stood, or carries the one reason for which
it is left out. Nothing is dropped in silence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from forecastlog.kinds import Said, kind_of
from forecastlog.model.forecasts import Forecast
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Prediction
from forecastlog.scorebook.groups import block_of, groups_of
from forecastlog.standing.due import (
    Standing,
    deciding,
    due_on,
    entries_that_stand,
    in_order,
    in_time,
    known_day,
    latest_day,
    outcome_value,
    prediction_standing,
    reader_of,
    taken_back,
    timing_of,
)
from forecastlog.vocabulary.outcomes import UNDECIDED
from forecastlog.vocabulary.people import ATTRIBUTIONS
from forecastlog.vocabulary.scores import TIMINGS, USUAL_RULE, Block, LeftOutReason, Rule, Timing


class Stretch(NamedTuple):
    """One forecast, the days from ``start`` for which it stood, their share of all days (``weight``)."""

    forecast: Forecast
    start: date
    days: int
    weight: float


class Pair(NamedTuple):
    """What one forecaster gave to one prediction: scored (``reason`` is None) or left out for ``reason``.

    ``forecasts`` are all of them as they were made; ``late`` is how many of a scored pair came too late to
    count. ``blind`` and ``double`` tell whether everybody who resolved it did so without seeing whose it was,
    and whether two did. ``outcome`` is there whenever it is known, scored or not, and ``came`` is it in
    words; ``decided`` tells whether it is time to count it, which it may be where no figure was given.
    """

    prediction: Prediction
    forecaster: str
    block: Block
    timing: Timing
    forecasts: tuple[Forecast, ...]
    reason: LeftOutReason | None = None
    outcome: float | None = None
    came: str | None = None
    stretches: tuple[Stretch, ...] = ()
    same_day: bool = False
    late: int = 0
    known: date | None = None
    latest: date | None = None
    decided: bool = False
    blind: bool = False
    double: bool = False

    def groups(self, ledger: Ledger) -> Mapping[str, tuple[str, ...]]:
        """The groups in which it counts."""
        return groups_of(
            self.prediction, ledger, forecaster=self.forecaster, block=self.block, latest=self.latest
        )

    def said(self, forecast: Forecast) -> Said:
        """A forecast of it that says something, beside what came."""
        assert forecast.says is not None  # noqa: S101  # only such stand
        return Said(self.prediction, forecast.says, self.came or "", forecast.made.day)


def pairs(
    ledger: Ledger,
    day: date,
    *,
    rule: Rule = USUAL_RULE,
    as_known: bool = False,
    include: Collection[str] = (),
) -> Iterator[Pair]:
    """Every pair of the ledger as it counts at the end of ``day``, in the ledger's order.

    A prediction enters once its latest deadline has passed, so that an early yes and a late no are treated
    alike; ``as_known`` lets it enter as soon as its outcome is known. ``include`` names reasons of
    ``vocabulary.WAIVABLE`` for which nothing is left out.
    """
    as_known = as_known or "waiting" in include
    for prediction in ledger.predictions:
        stands = prediction_standing(prediction, ledger, day)
        latest = latest_day(prediction, ledger, day)
        outcome = outcome_value(prediction, stands)
        left_out = _left_out(stands, outcome, latest, day, as_known=as_known)
        if "restated" not in include and _said_before(prediction, ledger, day, as_known=as_known):
            left_out = "restated"
        entries = entries_that_stand(deciding(prediction), day)
        known = known_day(stands, latest, prediction)
        fate = _Fate(
            prediction,
            stands,
            latest,
            known,
            _end(known, latest),
            outcome,
            left_out,
            include,
            blind=bool(entries) and all(entry.blind for entry in entries),
            double=len(entries) > 1,
        )
        for told in _told_apart(fate):
            yield _pair(told, fate, rule)


class _Fate(NamedTuple):
    """What became of a prediction, the same for all its forecasters; days count until ``end``."""

    prediction: Prediction
    stands: Standing
    latest: date | None
    known: date | None
    end: date
    outcome: float | None
    left_out: LeftOutReason | None
    waived: Collection[str]
    blind: bool
    double: bool


class _Told(NamedTuple):
    """The forecasts of a pair, as they were made; ``own`` words, or others' (see ``_scored``)."""

    forecaster: str
    block: Block
    timing: Timing
    own: bool
    forecasts: tuple[Forecast, ...]


def _pair(told: _Told, fate: _Fate, rule: Rule) -> Pair:
    """The pair with what became of it."""
    timely = [in_time(forecast, fate.stands, fate.latest) for forecast in told.forecasts]
    reason, counted = _counted(told, timely, fate)
    return Pair(
        fate.prediction,
        told.forecaster,
        told.block,
        told.timing,
        told.forecasts,
        reason,
        fate.outcome,
        fate.stands.outcome,
        stretches=_RULES[rule](counted, fate.end) if counted else (),
        same_day=bool(counted) and counted[0].forecast.made.day >= fate.end,  # and so are those after it
        late=timely.count(False) if counted else 0,
        known=fate.known,
        latest=fate.latest,
        decided=fate.left_out is None and True in timely,
        blind=fate.blind,
        double=fate.double,
    )


def _counted(
    told: _Told, timely: Sequence[bool], fate: _Fate
) -> tuple[LeftOutReason | None, Sequence[_Stood]]:
    """The forecasts that count; where none does, the one reason."""
    one = fate.prediction
    reason = _reason(told, fate)
    if reason:
        return reason, ()
    sourced = [
        (forecast, in_days)
        for forecast, in_days in zip(told.forecasts, timely, strict=True)
        if _has_source(forecast, one) or "unsourced" in fate.waived
    ]
    counted = [forecast for forecast, in_days in sourced if in_days and forecast.definite]
    if not counted:
        return "late" if sourced else "unsourced", ()
    kind, came = kind_of(one), fate.stands.outcome or ""
    answering = [
        _Stood(forecast, taken_back(forecast, one))
        for forecast in counted
        if forecast.says and kind.answers(Said(one, forecast.says, came, forecast.made.day))
    ]
    return None if answering else "unlisted", answering


def _reason(told: _Told, fate: _Fate) -> LeftOutReason | None:
    """Why the pair is left out whatever the days of its forecasts."""
    if not told.own:
        return "attribution"
    forecasts = told.forecasts
    if not (forecasts[0].definite or any(forecast.definite for forecast in forecasts)):
        return "unread" if all(forecast.basis == "unread" for forecast in forecasts) else "possible"
    if told.block == "judged" and all(_knew(forecast, told.timing) for forecast in forecasts):
        return fate.left_out or "hindsight"
    if told.block == "judged" and not any(reader_of(forecast, fate.prediction) for forecast in forecasts):
        return fate.left_out or "unnamed"
    return fate.left_out


def _knew(forecast: Forecast, timing: Timing) -> bool:
    """Whether an analyst's figure was given with the outcome known, as all was that is logged afterwards."""
    return TIMINGS[timing].hindsight if forecast.outcome_known is None else forecast.outcome_known


def _left_out(
    stands: Standing, outcome: float | None, latest: date | None, day: date, *, as_known: bool
) -> LeftOutReason | None:
    if stands.contested:
        return "contested"
    if stands.outcome in UNDECIDED:
        return stands.outcome  # type: ignore[return-value]  # these three outcomes are reasons too
    if outcome is None:
        return "open"
    if not as_known and (latest is None or day <= latest):
        return "waiting"
    return None


def _said_before(prediction: Prediction, ledger: Ledger, day: date, *, as_known: bool) -> bool:
    """Whether a prediction that this one restates, at whatever remove, is scored or will be."""
    seen = {prediction.id}
    first = ledger.get(prediction.restates or "")
    while isinstance(first, Prediction) and first.id not in seen:
        if _is_scored(first, ledger, day, as_known=as_known):
            return True
        seen.add(first.id)
        first = ledger.get(first.restates or "")
    return False


def _is_scored(prediction: Prediction, ledger: Ledger, day: date, *, as_known: bool) -> bool:
    """Whether the speaker's own forecasts count, or will once the outcome and the deadline are there."""
    stands = prediction_standing(prediction, ledger, day)
    if stands.contested or stands.outcome in UNDECIDED:
        return False
    window = prediction.deadline
    if window.latest is None and window.within is None and not as_known:
        return False
    return any(
        forecast.by == prediction.speaker
        and forecast.basis != "judged"
        and forecast.definite
        and _scored(forecast)
        for forecast in prediction.forecasts
    )


def _scored(forecast: Forecast) -> bool:
    """Whether its words, if it rests on words, are the forecaster's own."""
    return forecast.basis == "judged" or ATTRIBUTIONS[forecast.attribution].scored


def _told_apart(fate: _Fate) -> Iterator[_Told]:
    """The forecasts of each pair, as they were made.

    One that was logged afterwards is a pair of its own, so that it can neither mend nor hide what was logged
    in advance; and so is one in others' words beside the forecaster's own.
    """
    prediction = fate.prediction
    groups: dict[tuple[str, Block, Timing, bool], list[Forecast]] = defaultdict(list)
    knowable = fate.known or due_on(fate.latest)
    first = _logged(prediction)
    for forecast in in_order(prediction.forecasts):
        there = forecast.logged_elsewhere
        timing = timing_of(
            forecast.made.day,
            forecast.logged or first,
            fate.latest,
            knowable,
            there.on.day if there else None,
        )
        own = "attribution" in fate.waived or _scored(forecast)
        groups[_whose(forecast), block_of(forecast, prediction), timing, own].append(forecast)
    for whose, found in groups.items():
        yield _Told(*whose, tuple(found))


def _whose(forecast: Forecast) -> str:
    """Whose the figure is: an analyst's own is never the speaker's, where the analyst is named."""
    return (forecast.judged_by if forecast.basis == "judged" else None) or forecast.by


def _logged(prediction: Prediction) -> date | None:
    return prediction.logged.day if prediction.logged else None


def _has_source(forecast: Forecast, prediction: Prediction) -> bool:
    """A published source, or proof by the log itself: made on the day it was logged."""
    if forecast.url or forecast.article or prediction.source:
        return True
    if forecast.by == prediction.speaker and forecast.basis != "judged" and prediction.article:
        return True
    return forecast.made.day == (forecast.logged or _logged(prediction))


def _end(known: date | None, latest: date | None) -> date:
    """The first day that no longer counts: the day the outcome was known, or the day after the deadline."""
    return min(known or date.max, due_on(latest) or date.max)


class _Stood(NamedTuple):
    """A forecast and the day on which it was taken back, if it was."""

    forecast: Forecast
    until: date | None


def _daily(forecasts: Sequence[_Stood], end: date) -> tuple[Stretch, ...]:
    """The forecast standing at each day's end, carried forward until ``end`` or the day it was taken back."""
    if len(forecasts) == 1:
        return _only(forecasts[0], end)
    last_of_day = {stood.forecast.made.day: stood for stood in forecasts}
    starts = sorted(last_of_day)
    stood: list[tuple[date, int]] = []
    for start, following in zip(starts, [*starts[1:], end], strict=True):
        stop = min(following, end, last_of_day[start].until or end)
        stood.append((start, max((stop - start).days, 0)))
    total = sum(days for _, days in stood)
    if total == 0:  # forecast and outcome on one day: that day counts
        return (Stretch(last_of_day[starts[-1]].forecast, starts[-1], 1, 1.0),)
    return tuple(
        Stretch(last_of_day[start].forecast, start, days, days / total) for start, days in stood if days
    )


def _first(forecasts: Sequence[_Stood], end: date) -> tuple[Stretch, ...]:
    return _only(forecasts[0], end)


def _last(forecasts: Sequence[_Stood], end: date) -> tuple[Stretch, ...]:
    return _only(forecasts[-1], end)


_RULES = {"daily": _daily, "first": _first, "last": _last}


def _only(stood: _Stood, end: date) -> tuple[Stretch, ...]:
    start = stood.forecast.made.day
    days = (min(end, stood.until or end) - start).days
    return (Stretch(stood.forecast, start, max(days, 1), 1.0),)
