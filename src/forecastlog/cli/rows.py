"""Predictions and conditions as rows of listings, from the columns that the database shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from forecastlog.cli.output import Cell, Columns, Row
from forecastlog.column import count, plain
from forecastlog.columns.fate import Fate
from forecastlog.columns.predictions import PREDICTIONS, PredictionOn
from forecastlog.columns.resolutions import CONDITIONS, ConditionOn
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Condition, Prediction
from forecastlog.standing.due import DueItem

LIST = Columns.of(PREDICTIONS.columns)
_DUE_WIDTHS = {"id": 0, "claim": 0, "byline": 100, "due_on": 0}
DUE = Columns.of(
    (
        *(
            replace(
                column,
                width=_DUE_WIDTHS.get(column.short),
                listed=100 if column.name == "due_on" else column.listed,
            )
            for column in PREDICTIONS.columns
        ),
        replace(count("how many days ago that was"), name="days_overdue", listed=101, width=0),
    )
)
_BY_NAME = {column.short: column for column in PREDICTIONS.columns}


class PredictionRow(Mapping[str, Cell]):
    """The columns of a prediction as it stands on a day; a value is made when it is asked for."""

    def __init__(
        self, prediction: Prediction, ledger: Ledger, day: date, own: Row = MappingProxyType({})
    ) -> None:
        """``own`` are values of a listing that stand instead."""
        self._item = PredictionOn(Fate(prediction, ledger, day))
        self._own = own

    def __getitem__(self, name: str) -> Cell:
        if name in self._own:
            return self._own[name]
        cell: Cell = plain(_BY_NAME[name].of(self._item))
        return cell

    def __iter__(self) -> Iterator[str]:
        return iter(_BY_NAME)

    def __len__(self) -> int:
        return len(_BY_NAME)


def condition_row(condition: Condition, day: date) -> Row:
    """The columns of a condition, with those of a prediction that it has.

    Its text as the claim, its day as the last.
    """
    item = ConditionOn(condition, day)
    row = {column.short: plain(column.of(item)) for column in CONDITIONS.columns}
    return {**row, "claim": row["text"], "strict": row["by"], "latest": row["by"], "tags": ()}


def due_row(item: DueItem, ledger: Ledger, day: date) -> Row:
    """The columns of ``due`` for a prediction, or for a condition as far as it has them."""
    own: Row = {"due_on": item.due_on.isoformat(), "days_overdue": item.days_overdue}
    if isinstance(item.record, Condition):
        return {**condition_row(item.record, day), **own}
    return PredictionRow(item.record, ledger, day, own)
