"""A tidy table for pandas and R: a row a forecast and day, with what stood at the day's end and what came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Annotated

from forecastlog.column import Row, columns_of, count, share, text
from forecastlog.columns.scores import BLOCK, TIMING
from forecastlog.kinds.binary import Chance
from forecastlog.model.forecasts import Forecast
from forecastlog.model.ledger import Ledger
from forecastlog.scorebook import pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """What one forecaster gave to one prediction at the end of one day; only what is scored has days."""

    prediction: Annotated[str, text("the prediction's id")]
    event: Annotated[str | None, text("what it turns on")]
    forecaster: Annotated[str, text("whose forecast")]
    timing: Annotated[str, TIMING]
    block: Annotated[str, BLOCK]
    kind: Annotated[str, text("the kind of prediction: binary, choice, numeric or date")]
    day: Annotated[str, text("the day, at whose end the forecast stood")]
    made: Annotated[str, text("the day on which it was made")]
    days_left: Annotated[int | None, count("days from there to the last day of the deadline")]
    probability: Annotated[float | None, share("what it gave to a yes; empty for other kinds than binary")]
    outcome: Annotated[float | None, share("what came of it: 1 yes, 0 no; empty for other kinds")]
    came: Annotated[str | None, text("what came of it, in the record's words")]
    weight: Annotated[float, share("the day's part of all the days that the forecaster is scored for")]


COLUMNS = columns_of(DayRow)


def daily_rows(ledger: Ledger, today: date) -> Iterator[Row]:
    """A row for each day that is scored, as ``score`` counts them at the end of ``today``.

    The mean of (probability - outcome)^2 over a forecaster's rows of one prediction, weighted by ``weight``,
    is the Brier score that the table of scores has.
    """
    for pair in pairs(ledger, today):
        if pair.reason is not None:
            continue
        for stretch in pair.stretches:
            p = probability_of(stretch.forecast)
            for number in range(stretch.days):
                day = stretch.start + timedelta(days=number)
                yield asdict(
                    DayRow(
                        prediction=pair.prediction.id,
                        event=pair.prediction.event,
                        forecaster=pair.forecaster,
                        timing=pair.timing,
                        block=pair.block,
                        kind=pair.prediction.kind,
                        day=day.isoformat(),
                        made=stretch.forecast.made.day.isoformat(),
                        days_left=(pair.latest - day).days if pair.latest else None,
                        probability=p,
                        outcome=pair.outcome,
                        came=pair.came,
                        weight=stretch.weight / stretch.days,
                    )
                )


def probability_of(forecast: Forecast) -> float | None:
    """What a forecast of a binary prediction gives to a yes.

    None where it gives none, or says other things.
    """
    return forecast.says.probability if isinstance(forecast.says, Chance) else None
