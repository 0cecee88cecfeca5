"""Numbers: a forecast is a point, a range, quantiles or a normal, in the unit of its prediction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any

from forecastlog.column import Column, figure, text
from forecastlog.keys import Key, Table, needed
from forecastlog.kinds import expected, scoring
from forecastlog.kinds.expected import Expected, Interval, told
from forecastlog.kinds.kind import Kind, Measure, Misfit, Row, Said, kept, outcome_reader, unread
from forecastlog.kinds.numeric.amounts import (
    OTHER_UNIT,
    apart,
    in_unit,
    measured,
    missed,
    one_unit,
    typed,
    with_unit,
)
from forecastlog.kinds.scoring import Came, Shot
from forecastlog.model.forecasts import Says, Terms
from forecastlog.model.outcomes import Resolution
from forecastlog.model.records import Prediction
from forecastlog.phrasing import exact_percent
from forecastlog.values import BOOLEAN, FIRST, NUMBER, TEXT, VINTAGE, Number, Unreadable

if TYPE_CHECKING:
    from forecastlog.kinds.kind import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualChange:
    """How much the quantity usually changes over the time to the deadline, and who says so."""

    value: Number
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Terms):
    """What the number counts, between what it lies, and which of its figures is meant."""

    unit: str | None = None
    range: Interval[Number] | None = None
    log: bool = False
    quantity: str | None = None
    vintage: str | None = None
    usual_change: UsualChange | None = None


class Figure(Expected[Number]):
    """What is expected of a number."""

    __slots__ = ()


def quantity_of(prediction: Prediction) -> Quantity:
    """What a numeric prediction asks; nothing, where it does not say."""
    return prediction.terms if isinstance(prediction.terms, Quantity) else _NOTHING


_NOTHING = Quantity()


_RANGE = Table(
    "a range",
    Key("low", NUMBER, "the least that the number can be"),
    Key("high", NUMBER, "the most that the number can be"),
)
_USUAL_CHANGE = Table(
    "a usual change",
    needed("value", NUMBER, "how much it usually changes over the time to the deadline"),
    needed("source", TEXT, "where that is from"),
)


class Numeric(Kind):
    """A number in a unit."""

    name = "numeric"
    meaning = "a number comes, in a unit"
    outcomes = "a number, or between two numbers"
    unchanged = "the last number known"
    how = (
        "What number is expected, in the text's words: "
        "about 3 %, 20 to 30, 285 seats, 90 % interval 243 to 331"
    )
    says = Figure
    asks = Quantity
    prediction_keys = (
        needed("unit", TEXT, "what the number counts: seats, %, $"),
        Key("range", _RANGE, "between what the number can lie: low and high"),
        Key("log", BOOLEAN, "whether it is above 0 and charts have a logarithmic scale"),
        Key(
            "quantity", TEXT, "the quantity that is forecast again and again; its predictions share the name"
        ),
        Key(
            "vintage",
            VINTAGE,
            f"which figure decides, where it is revised: {FIRST} (if left out), final or a day",
        ),
        Key("usual_change", _USUAL_CHANGE, "the usual change over the time to the deadline, with its source"),
    )
    forecast_keys = expected.keys(NUMBER, "number")
    asides = expected.ASIDES
    terms_columns = (
        Column(name="unit", value=lambda terms: terms.unit, key="unit"),
        figure(
            "the least that the number can be",
            lambda terms: terms.range and terms.range.low,
            name="range_low",
        ),
        figure(
            "the most that the number can be",
            lambda terms: terms.range and terms.range.high,
            name="range_high",
        ),
        Column(name="log", value=lambda terms: terms.log, key="log"),
        Column(name="quantity", value=lambda terms: terms.quantity, key="quantity"),
        Column(name="vintage", value=lambda terms: terms.vintage, key="vintage"),
        figure(
            "the usual change over the time to the deadline",
            lambda terms: terms.usual_change and terms.usual_change.value,
            name="usual_change",
        ),
    )
    columns = (
        figure(
            "the number that is expected: the point, the median or the mean", lambda s: s.point, name="value"
        ),
        figure(
            "the lower end of the interval that is judged: the widest with a level",
            lambda says: says.widest and says.widest.low,
            name="interval_low",
        ),
        figure("its upper end", lambda says: says.widest and says.widest.high, name="interval_high"),
        expected.LEVEL_COLUMN,
        text(
            "numbers or days by the chance of staying at or below them, as a JSON object",
            lambda says: says.entry["quantiles"],
            name="quantiles",
        ),
        expected.NORMAL_COLUMN,
        figure("the last number known when it was said", lambda says: says.last_value, name="last_value"),
        expected.CONVENTION_COLUMN,
    )
    score_columns = (
        figure("the number that was expected, in the prediction's unit", name="expected"),
        figure("the number that came, in the same unit; the middle where it lies between two", name="came"),
        figure("expected less came", name="error"),
        figure("the same without its sign: judges a point as a median", name="absolute_error"),
        figure(
            "the mean pinball score over the quantiles that were given",
            name="pinball",
            heading="Pinball score",
        ),
        figure("CRPS: from quantiles twice that, of a normal exactly", name="crps", heading="CRPS"),
        figure("the interval score of the widest interval that has a level", name="interval_score"),
        figure("the weighted interval score, where there is a median", name="weighted_interval_score"),
        *scoring.INTERVAL_COLUMNS,
        figure(
            "the width of the interval, in the prediction's unit",
            name="width",
            heading="Width of the interval",
        ),
        figure(
            "the absolute error of the last number known when it was said",
            name="reference_absolute_error",
            heading="“Nothing changes”: absolute error",
        ),
    )
    figures = ("value", "interval_low", "interval_high")
    headline = "absolute_error"
    outcome = outcome_reader(measured, {"type": ["number", "string"]}, outcomes)
    status_quo = kept(NUMBER)

    def terms(self, entry: Row) -> Quantity:
        """The unit and the rest of what is asked."""
        found: dict[str, Any] = {
            name: entry[name]
            for name in ("unit", "log", "quantity", "vintage")
            if entry.get(name) is not None
        }
        if limits := entry.get("range"):
            found["range"] = Interval(**limits)
        if {"value", "source"} <= (usual := entry.get("usual_change") or {}).keys():
            found["usual_change"] = UsualChange(**usual)
        return Quantity(**found)

    def read(self, entry: Row) -> Figure | None:
        """What is expected of the number."""
        return expected.read(entry, Figure)

    def misfits(self, prediction: Prediction) -> Iterator[Misfit]:
        """Other units, numbers out of range, and what does not go together."""
        terms = quantity_of(prediction)
        if terms.range and terms.range.low is not None and terms.range.high is not None:
            low, high = terms.range.low, terms.range.high
            if low > high:
                message = f"'high' is {told(high)}, below 'low', {told(low)}"
                yield Misfit("P110", ("range", "high"), message, "The order is low, high.")
        for place, number in _numbers(prediction):
            if not one_unit(number.unit, terms.unit):
                message = f"it is in {number.unit}, and the prediction in {terms.unit}"
                yield Misfit("P118", place, message, OTHER_UNIT)
            yield from _possible(place, number, terms)
        for index, forecast in enumerate(prediction.forecasts):
            if isinstance(forecast.says, Figure):
                yield from expected.misfits(("forecasts", index), forecast.says)
        yield from unread(self.outcome, prediction)

    def decided(self, prediction: Prediction, outcome: str | None) -> float | None:
        """The number that came, the middle of an interval; None for one in another unit."""
        came = _came(outcome)
        if came is None or not one_unit(measured(outcome or "").low.unit, quantity_of(prediction).unit):
            return None
        return came.middle

    def alike(self, prediction: Prediction, outcome: str) -> object:  # noqa: ARG002
        """The same number, whatever its digits and unit."""
        return _came(outcome) or outcome

    def deciding(self, prediction: Prediction) -> Sequence[Resolution]:
        """The resolutions of the vintage that was asked for, and those that name none."""
        wanted = quantity_of(prediction).vintage or FIRST
        return tuple(one for one in prediction.resolutions if one.vintage in (None, wanted))

    def stays(self, prediction: Prediction) -> bool:
        """Whether the last value known is told, of the prediction or of a forecast."""
        told_by = (getattr(forecast.says, "last_value", None) for forecast in prediction.forecasts)
        return _status_quo(prediction) is not None or any(value is not None for value in told_by)

    def row(self, says: Says) -> tuple[float, ...]:
        """The point, and the ends of the widest interval."""
        return expected.row(says)

    def scores(self, said: Sequence[Said]) -> Mapping[str, Floats]:
        """Errors of the point, scores of the intervals and quantiles, whether the widest held what came."""
        return scoring.scores(_shots(said))

    # A point has none.
    def reference(self, prediction: Prediction, sure: float, says: Says | None = None) -> Figure | None:  # noqa: ARG002
        """The last value known when it was said."""
        known = getattr(says, "last_value", None)
        value = _status_quo(prediction) if known is None else known
        return None if value is None else Figure(value=value)

    def measures(self, scored: Sequence[Row], said: Sequence[Said]) -> Iterator[Measure]:
        """Coverage by level; errors over the usual change; errors over those of the last value, by series."""
        shots = _shots(said)
        yield from scoring.measures(shots)
        yield from scoring.quantile_measures(
            scored, shots, [quantity_of(one.prediction).quantity for one in said]
        )
        usual = [quantity_of(one.prediction).usual_change for one in said]
        ratios = [
            row["absolute_error"] / float(change.value)
            for row, change in zip(scored, usual, strict=True)
            if change and change.value > 0 and not isnan(row["absolute_error"])
        ]
        if ratios:
            yield Measure("error over the usual change", len(ratios), sum(ratios) / len(ratios))
        yield from scoring.series_measures(
            scored, [quantity_of(one.prediction).quantity or one.prediction for one in said]
        )

    def expected(self, prediction: Prediction, says: Says) -> str:
        """``expected 285 seats, 243 to 331 (90 %)``."""
        assert isinstance(says, Figure)  # noqa: S101  # of this kind
        unit = quantity_of(prediction).unit
        point, interval = says.point, says.widest
        parts = [] if point is None else [in_unit(point, unit)]
        if interval:
            ends = _ends(interval)
            level = f" ({exact_percent(interval.level, space=' ')})" if interval.level else ""
            parts.append(f"{ends if parts else with_unit(ends, unit)}{level}")
        if says.normal and not interval:
            parts.append(f"standard deviation {told(says.normal.sd)}")
        return f"expected {', '.join(parts)}" if parts else "gave no number"

    def came(self, prediction: Prediction, outcome: str) -> str | None:
        """The number that came, in its unit."""
        if _came(outcome) is None:
            return None
        low, high = measured(outcome)
        unit = quantity_of(prediction).unit
        if low == high:
            return f"It was {in_unit(low, unit)}"
        return f"It was between {with_unit(f'{told(low)} and {told(high)}', unit)}"

    def line(self, outcome: str | None) -> tuple[float, float] | None:
        """The number that came, or the two between which it lies."""
        return _came(outcome)

    def went(self, said: Said) -> str | None:
        """``missed by 1.2 percentage points; the last known value would have missed by 0.4``.

        And whether the interval held it.
        """
        if _came(said.outcome) is None or not isinstance(said.says, Figure):
            return None
        unit, point = quantity_of(said.prediction).unit, said.says.point
        came, parts = measured(said.outcome), []
        middle = _middle(came)
        if point is not None:
            off = missed(point - middle, point, came.low)
            parts.append(f"missed by {in_unit(off, apart(unit))}" if off else "was exact")
            last = self.reference(said.prediction, 1.0, said.says)
            if last and last.value is not None:
                parts.append(
                    "the last known value would have missed by "
                    f"{told(missed(last.value - middle, last.value, came.low))}"
                )
        return scoring.with_interval(parts, _shots([said])[0], lambda width: with_unit(width, apart(unit)))

    def typed(self, text: str, prediction: Prediction) -> Mapping[str, object]:
        """A phrase as the convention am-1 reads it: a number, a range, an interval with its level."""
        if found := expected.typed_quantiles(text, NUMBER):
            return found
        base = _status_quo(prediction)
        return typed(text, quantity_of(prediction).unit, None if base is None else float(base))


def _came(outcome: str | None) -> Came | None:
    try:
        return Came(*map(float, measured(outcome))) if outcome else None
    except Unreadable:
        return None


def _middle(came: tuple[Number, Number]) -> float:
    return Came(*map(float, came)).middle


def _status_quo(prediction: Prediction) -> Number | None:
    try:
        value = NUMBER.read(prediction.status_quo) if prediction.status_quo else None
    except Unreadable:
        return None
    return value if isinstance(value, Number) else None


def _shots(said: Sequence[Said]) -> list[Shot]:
    unknown = Came(float("nan"), float("nan"))
    return [Shot(one.says, _came(one.outcome) or unknown) for one in said if isinstance(one.says, Figure)]


def _ends(interval: Interval[Number]) -> str:
    low, high = interval.low, interval.high
    if low is None or high is None:
        return f"at most {told(high)}" if low is None else f"at least {told(low)}"
    return f"{told(low)} to {told(high)}"


def _numbers(prediction: Prediction) -> Iterator[tuple[tuple[str | int, ...], Number]]:
    """Every number that is said of the quantity, with its place."""
    if (last := _status_quo(prediction)) is not None:
        yield ("status_quo",), last
    for index, forecast in enumerate(prediction.forecasts):
        if isinstance(forecast.says, Figure):
            for way, number in expected.values(forecast.says):
                yield ("forecasts", index, *way), number
    for index, entry in enumerate(prediction.resolutions):
        if _came(entry.outcome) is not None:
            for number in dict.fromkeys(measured(entry.outcome)):
                yield ("resolutions", index, "outcome"), number


def _possible(place: tuple[str | int, ...], number: Number, terms: Quantity) -> Iterator[Misfit]:
    low = terms.range.low if terms.range else None
    high = terms.range.high if terms.range else None
    hint = "Correct the number, or the prediction's 'range'."
    if low is not None and number < low:
        yield Misfit("P110", place, f"{told(number)} is below the range, which begins at {told(low)}", hint)
    if high is not None and number > high:
        yield Misfit("P110", place, f"{told(number)} is above the range, which ends at {told(high)}", hint)
    if terms.log and number <= 0 and place[-1] != "sd":
        hint = "On a logarithmic scale every number is above 0. Leave out 'log', or correct the number."
        yield Misfit("P110", place, f"{told(number)} is not above 0", hint)


KIND = Numeric()
