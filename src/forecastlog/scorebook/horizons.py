"""What would have been said with other deadlines: which verdicts turn on an end that we set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated, Any, Literal

from forecastlog.column import flag, text
from forecastlog.model.ledger import Ledger
from forecastlog.model.moments import Duration
from forecastlog.model.records import Prediction
from forecastlog.standing.due import latest_day, prediction_standing
from forecastlog.vocabulary.deadlines import DEADLINE_BASES
from forecastlog.vocabulary.word import explained

Verdict = Literal["yes", "no", "unknown"]
_BY_THEN = "what it would be by {} months after the day made: yes, no or unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class HorizonRow:
    """A resolved prediction.

    Its outcome by the end of each horizon, and whether it depends on the horizon.
    """

    prediction: Annotated[str, text("the prediction", width=0)]
    deadline_basis: Annotated[str, text(explained(DEADLINE_BASES), width=100)]
    made: Annotated[date, text("when it was made")]
    latest: Annotated[date | None, text("the last day that counts", width=100)]
    happened: Annotated[str | None, text("when the event took place")]
    outcome: Annotated[str, text("what it is by its own deadline", width=0)]
    months_3: Annotated[Verdict, text(_BY_THEN.format(3), width=0)]
    months_6: Annotated[Verdict, text(_BY_THEN.format(6), width=0)]
    months_12: Annotated[Verdict, text(_BY_THEN.format(12), width=0)]
    months_24: Annotated[Verdict, text(_BY_THEN.format(24), width=0)]
    turns: Annotated[bool, flag("whether two of these differ", width=0)]


HORIZONS = {
    row.name: int(row.name.removeprefix("months_"))
    for row in fields(HorizonRow)
    if row.name.startswith("months_")
}
"""The columns of a row, with their months after the day a prediction was made."""


def horizon_rows(ledger: Ledger, day: date) -> Iterator[HorizonRow]:
    """Every prediction with a yes or no on ``day``, in the ledger's order.

    A yes counts from the day it happened. A no is known up to the day it was known and not beyond, so a
    longer horizon than that is unknown. ``turns`` is true where two horizons give different answers.
    """
    for prediction in ledger.predictions:
        stands = prediction_standing(prediction, ledger, day)
        if stands.outcome not in ("yes", "no") or stands.entry is None:
            continue
        happened = stands.entry.happened
        verdicts: dict[str, Any] = {
            name: _verdict(
                prediction, stands.outcome, happened.day if happened else None, stands.entry.known.day, months
            )
            for name, months in HORIZONS.items()
        }
        yield HorizonRow(
            prediction=prediction.id,
            deadline_basis=prediction.deadline.basis,
            made=prediction.made.day,
            latest=latest_day(prediction, ledger, day),
            happened=happened.text if happened else None,
            outcome=stands.outcome,
            **verdicts,
            turns=len(set(verdicts.values()) - {"unknown"}) > 1,
        )


def _verdict(
    prediction: Prediction, outcome: str, happened: date | None, known: date, months: int
) -> Verdict:
    end = Duration(months, "month").after(prediction.made.day)
    holds = prediction.deadline.holds
    if holds == "on":  # nobody recorded the level of another day
        return "unknown"
    if holds == "throughout":
        return _held(outcome, happened, known, end)
    if outcome == "yes":
        if happened is None:
            return "yes" if end >= known else "unknown"
        return "yes" if happened <= end else "no"
    return "no" if end <= known else "unknown"


def _held(outcome: str, breach: date | None, known: date, end: date) -> Verdict:
    """Whether what must hold throughout had held until ``end``."""
    if outcome == "yes":
        return "yes" if end <= known else "unknown"
    if breach is None:
        return "no" if end >= known else "unknown"
    return "no" if breach <= end else "yes"
