"""Days: by when, or never; a forecast is a day, a range, quantiles or a normal, with the chance of never."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import isnan
from typing import TYPE_CHECKING

from forecastlog.column import figure, flag, score, share, text
from forecastlog.keys import Key
from forecastlog.kinds import expected, scoring
from forecastlog.kinds.date.days import DAY_OR_NEVER, Days, days, named, typed
from forecastlog.kinds.expected import NEVER, Expected, Interval, line, shown, told
from forecastlog.kinds.kind import Kind, Measure, Misfit, Row, Said, kept, outcome_reader, unread
from forecastlog.kinds.scoring import Came, Shot
from forecastlog.model.forecasts import Says
from forecastlog.model.records import Prediction
from forecastlog.phrasing import counted, exact_percent, percent
from forecastlog.values import PROBABILITY, Unreadable

if TYPE_CHECKING:
    from forecastlog.kinds.kind import Floats


class Time(Expected[date]):
    """What is expected of a day."""

    __slots__ = ()


_IN_DAYS = {name: f"{name}_days" for name in scoring.IN_UNITS}


class Date(Kind):
    """A day, or never."""

    name = "date"
    meaning = "it happens on a day, or never"
    outcomes = "a day such as 2025-03-31, a month such as 2025-03, two days with a slash between, or never"
    unchanged = "a day or never"
    how = "Which day is expected, in the text's words: 12 March 2026, in spring 2026, never"
    says = Time
    forecast_keys = (
        *expected.keys(DAY_OR_NEVER, "day"),
        Key("never", PROBABILITY, "the chance that it does not happen by the deadline"),
    )
    asides = expected.ASIDES
    columns = (
        text(
            "the day that is expected: the point, the median or the mean",
            lambda s: shown(s.point),
            name="day",
        ),
        text(
            "the first day of the interval that is judged",
            lambda says: says.widest and shown(says.widest.low),
            name="day_low",
        ),
        text("its last day", lambda says: says.widest and shown(says.widest.high), name="day_high"),
        expected.LEVEL_COLUMN,
        text("quantiles, as a JSON object", lambda says: says.entry["quantiles"], name="quantiles"),
        expected.NORMAL_COLUMN,
        share("the chance that it never happens", lambda says: says.never, name="never"),
        expected.CONVENTION_COLUMN,
    )
    score_columns = (
        figure(
            "the error of the day that was expected, in days: above 0 is too late",
            name="error_days",
            heading="Error, in days",
        ),
        figure("the same without its sign", name="absolute_error_days", heading="Absolute error, in days"),
        figure(
            "the mean pinball score over the quantiles that were given, in days",
            name="pinball_days",
            heading="Pinball score, in days",
        ),
        figure(
            "CRPS in days: from quantiles twice that, of a normal exactly",
            name="crps_days",
            heading="CRPS, in days",
        ),
        figure(
            "the interval score of the widest interval that has a level, in days",
            name="interval_score_days",
            heading="Interval score, in days",
        ),
        figure(
            "the weighted interval score in days, where there is a median",
            name="weighted_interval_score_days",
            heading="Weighted interval score, in days",
        ),
        *scoring.INTERVAL_COLUMNS,
        figure(
            "the width of the interval in days", name="width_days", heading="Width of the interval, in days"
        ),
        share(
            "the least chance of happening by the deadline that the forecast allows",
            name="chance_low",
            heading="Least chance of the deadline",
        ),
        share(
            "the greatest such chance; the same where the forecast says it exactly",
            name="chance_high",
            heading="Greatest chance of the deadline",
        ),
        flag("it happened by the deadline", name="by_deadline", heading="Happened by the deadline"),
        score(
            "the Brier score of the better end of that chance, from 0 to 1",
            name="chance_best",
            heading="Brier score at best",
        ),
        score(
            "the Brier score of the worse end of that chance, from 0 to 1",
            name="chance_worst",
            heading="Brier score at worst",
        ),
        figure(
            "the absolute error in days of saying that nothing changes",
            name="reference_absolute_error_days",
            heading="“Nothing changes”: error, in days",
        ),
    )
    figures = ("day", "day_low", "day_high")
    headline = "absolute_error_days"
    outcome = outcome_reader(days, {"type": "string"}, outcomes)
    status_quo = kept(DAY_OR_NEVER)

    def read(self, entry: Row) -> Time | None:
        """What is expected of the day."""
        return expected.read(entry, Time)

    def misfits(self, prediction: Prediction) -> Iterator[Misfit]:
        """Days out of order, and more chance than is left beside never."""
        for index, forecast in enumerate(prediction.forecasts):
            if isinstance(forecast.says, Time):
                yield from expected.misfits(("forecasts", index), forecast.says)
                yield from _chance_left(("forecasts", index), forecast.says)
        yield from unread(self.outcome, prediction)
        for index, entry in enumerate(prediction.resolutions):
            if (came := _days(entry.outcome)) and came.low > came.high:
                message = f"{told(came.high)} is before {told(came.low)}"
                place = ("resolutions", index, "outcome")
                yield Misfit("P110", place, message, "Write the first day, a slash and the last.")

    def decided(self, prediction: Prediction, outcome: str | None) -> float | None:  # noqa: ARG002
        """The day that came, by its ordinal; infinity for never."""
        came = _days(outcome)
        return None if came is None else Came(line(came.low), line(came.high)).middle

    def alike(self, prediction: Prediction, outcome: str) -> object:  # noqa: ARG002
        """The same days, however they are written."""
        return _days(outcome) or outcome

    def lapses(self, prediction: Prediction) -> str:  # noqa: ARG002
        """Never."""
        return "never"

    def stays(self, prediction: Prediction) -> bool:
        """Whether a day, or never, is told for the case that nothing changes."""
        return self.reference(prediction, 1.0) is not None

    def row(self, says: Says) -> tuple[float, ...]:
        """The point, and the ends of the widest interval, by their ordinals."""
        return expected.row(says)

    def scores(self, said: Sequence[Said]) -> Mapping[str, Floats]:
        """Errors in days, and the chance of happening by the deadline as bounds."""
        import numpy as np

        from forecastlog.scoring import brier_bounds

        shots = _shots(said)
        found = {_IN_DAYS.get(name, name): values for name, values in scoring.scores(shots).items()}
        low, high = np.array([_chance(shot) for shot in shots], dtype=float).reshape(-1, 2).T
        happened = np.array([_happened(shot) for shot in shots], dtype=float)
        best, worst = brier_bounds(low=low, high=high, y=happened)
        found |= {"chance_low": low, "chance_high": high, "by_deadline": happened}
        return found | {"chance_best": best, "chance_worst": worst}

    # A day has none.
    def reference(self, prediction: Prediction, sure: float, says: Says | None = None) -> Time | None:  # noqa: ARG002
        """The day that no change would bring, or never."""
        known = getattr(says, "last_value", None)
        if known is None and prediction.status_quo:
            came = _days(prediction.status_quo)
            known = came.high if came else None
        return None if known is None else Time(value=known)

    def measures(self, scored: Sequence[Row], said: Sequence[Said]) -> Iterator[Measure]:
        """Coverage by level, and the bounds of the mean Brier score of happening by the deadline."""
        yield from scoring.measures(_shots(said))
        bounds = [
            (row["chance_best"], row["chance_worst"]) for row in scored if not isnan(row["chance_best"])
        ]
        if bounds:
            best, worst = (sum(column) / len(bounds) for column in zip(*bounds, strict=True))
            exact = best if best == worst else None
            yield Measure("Brier score of happening by the deadline", len(bounds), exact, "", best, worst)

    def expected(self, prediction: Prediction, says: Says) -> str:  # noqa: ARG002
        """``expected 12 March 2026, 1 February 2026 to 30 April 2026 (80 %), never 15 %``."""
        assert isinstance(says, Time)  # noqa: S101  # of this kind
        parts = [] if says.point is None else [named(says.point)]
        if interval := says.widest:
            level = f" ({exact_percent(interval.level, space=' ')})" if interval.level else ""
            parts.append(f"{_ends(interval)}{level}")
        if says.normal and not interval:
            parts.append(f"standard deviation {counted(round(says.normal.sd), 'day')}")
        if says.never is not None:
            parts.append(f"never {percent(says.never)}")
        return f"expected {', '.join(parts)}" if parts else "gave no day"

    def came(self, prediction: Prediction, outcome: str) -> str | None:  # noqa: ARG002
        """The day on which it happened."""
        came = _days(outcome)
        if came is None:
            return None
        if came.high == NEVER:
            return "It did not happen"
        if came.low == came.high:
            return f"It happened on {named(came.low)}"
        return f"It happened between {named(came.low)} and {named(came.high)}"

    def line(self, outcome: str | None) -> tuple[float, float] | None:
        """The day that came, or the first and the last on which it can have come; none for never."""
        came = _days(outcome)
        return None if came is None or came.high == NEVER else (line(came.low), line(came.high))

    def went(self, said: Said) -> str | None:
        """``missed by 12 days``, and whether the interval held it."""
        if _days(said.outcome) is None or not isinstance(said.says, Time):
            return None
        shot, reference = _shots([said])[0], self.reference(said.prediction, 1.0, said.says)
        parts = []
        if (off := _off(shot, said.says.point)) is not None:
            parts.append(f"missed by {counted(off, 'day')}" if off else "was exact")
        if reference and (last := _off(shot, reference.value)) is not None:
            parts.append(f"saying that nothing changes would have missed by {counted(last, 'day')}")
        return scoring.with_interval(parts, shot, lambda width: f"{width} day{'' if width == '1' else 's'}")

    def typed(self, text: str, prediction: Prediction) -> Mapping[str, object]:
        """A phrase as the convention fl-2 reads it: a day, or the days in which it lies."""
        phrase, chance = expected.without_never(text)
        found = expected.typed_quantiles(phrase, DAY_OR_NEVER) or (
            typed(phrase, prediction) if phrase else {}
        )
        return {**found, **({"never": chance} if chance is not None else {})}


def _days(outcome: str | None) -> Days | None:
    try:
        return days(outcome) if outcome else None
    except Unreadable:
        return None


def _shots(said: Sequence[Said]) -> list[Shot]:
    """Forecasts beside what came; what came after the deadline never came."""
    return [
        Shot(one.says, _came(one), line(one.prediction.deadline.latest or NEVER))
        for one in said
        if isinstance(one.says, Time)
    ]


def _came(said: Said) -> Came:
    came, latest = _days(said.outcome), said.prediction.deadline.latest
    if came is None:
        return Came(float("nan"), float("nan"))
    low, high = (line(NEVER if latest and day > latest else day) for day in came)
    return Came(low, high)


def _off(shot: Shot, value: date | None) -> int | None:
    """How many days off, both cut off at the deadline; None where that is not known, or without an end."""
    off = abs(shot.cut(line(value)) - shot.cut(shot.came.middle))
    return None if isnan(off) or off == float("inf") else round(off)


def _happened(shot: Shot) -> float:
    if isnan(shot.came.low) or shot.came.low < float("inf") == shot.came.high:
        return float("nan")
    return float(shot.came.high < float("inf"))


def _chance(shot: Shot) -> tuple[float, float]:
    """Between what the chance of happening by the deadline lies; NaN where nothing is said of it."""
    from forecastlog.scoring import chance_by

    says, levels = shot.says, shot.says.levels
    if says.never is not None:
        return 1 - says.never, 1 - says.never
    q = [line(value) for value in levels.values()]
    if not levels or shot.latest == float("inf") or q != sorted(q):
        return float("nan"), float("nan")
    bounds = chance_by(q=[q], level=list(levels), day=[shot.latest])
    return float(bounds.low[0]), float(bounds.high[0])


def _chance_left(place: tuple[str | int, ...], says: Time) -> Iterator[Misfit]:
    """No quantile short of never may have a level that leaves less than the chance of never."""
    if says.never is None:
        return
    for level, value in says.levels.items():
        if value != NEVER and level > 1 - says.never + 1e-9:
            message = (
                f"never is given {exact_percent(says.never)}, which leaves less than "
                f"{exact_percent(level)} by {told(value)}"
            )
            hint = (
                "Quantiles and intervals are of everything that may come, never too: "
                "write 'never' for such a quantile."
            )
            yield Misfit("P119", (*place, "never"), message, hint)


def _ends(interval: Interval[date]) -> str:
    low, high = interval.low, interval.high
    if low is None or high is None:
        # One is there.
        return f"by {named(high)}" if high is not None else f"not before {named(low)}"  # type: ignore[arg-type]
    return f"{named(low)} to {named(high)}"


KIND = Date()
