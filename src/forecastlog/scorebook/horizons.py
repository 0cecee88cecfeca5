"""What would have been said with other deadlines: which verdicts turn on an end that we set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from forecastlog.model import Duration, Ledger, Prediction
from forecastlog.standing.due import latest_day, prediction_standing

HORIZONS = (3, 6, 12, 24)
"""Months after the day a prediction was made."""

Verdict = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HorizonRow:
    """A resolved prediction: its outcome by the end of each horizon, and whether it depends on the horizon."""

    prediction: str
    deadline_basis: str
    made: date
    latest: date | None
    happened: str | None
    outcome: str
    verdicts: dict[int, Verdict]
    turns: bool


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
        verdicts = {
            months: _verdict(
                prediction, stands.outcome, happened.day if happened else None, stands.entry.known.day, months
            )
            for months in HORIZONS
        }
        yield HorizonRow(
            prediction=prediction.id,
            deadline_basis=prediction.deadline.basis,
            made=prediction.made.day,
            latest=latest_day(prediction, ledger, day),
            happened=happened.text if happened else None,
            outcome=stands.outcome,
            verdicts=verdicts,
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
