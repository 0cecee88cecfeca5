"""A table of numbers -> numeric questions: a point, a range, or quantiles, in columns or a row a level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from forecastlog.interchange.cells import amount, level_of, missing, number_outcome
from forecastlog.interchange.found import BadFile, Guess, Outcome, Question, Report
from forecastlog.interchange.layout import Layout
from forecastlog.interchange.rows import Rows
from forecastlog.interchange.table import Found, key_of, need, question_keys, resolution_keys, said, survey


@dataclass(slots=True)
class _Said:
    """What the rows of one forecast say together."""

    row: int
    value: str = ""
    quantiles: dict[str, str] = field(default_factory=dict)
    interval: dict[str, str] = field(default_factory=dict)

    @property
    def keys(self) -> dict[str, Any]:
        """The keys of its line, the quantiles in the order of their levels."""
        levels = sorted(self.quantiles.items(), key=lambda pair: float(pair[0].rstrip("%")))
        return {"value": self.value, "quantiles": dict(levels) or None, "interval": self.interval or None}


def is_of_numbers(layout: Layout) -> bool:
    """Whether the table forecasts numbers."""
    return bool({"value", "quantile", "low", "high"} & layout.columns.keys() or layout.levels)


def quantity_items(rows: Rows, layout: Layout, report: Report, *, asker: str) -> Found:
    """Every question, forecast and outcome; rows of one person, question and moment are one forecast."""
    if not layout.columns.get("unit") and not layout.fixed.get("unit"):
        raise BadFile("nothing says what the numbers count: --map unit=COLUMN or --set unit=NAME.")
    need(rows, layout, "prediction")
    asked = survey(rows, layout, report, number_outcome)
    found: dict[tuple[str, str, str], _Said] = {}
    told: set[str] = set()
    for number, row in rows.dicts():
        report.rows += 1
        try:
            made = said(layout, row, number_outcome).made
            key, by = key_of(layout, row), layout.text("by", row)
            if key not in told:
                told.add(key)
                speaker = asker if "by" in layout.columns else layout.fixed["by"]
                keys = question_keys(layout, row, asked[key], speaker)
                terms = {name: layout.text(name, row) for name in ("unit", "quantity")}
                yield number, Question(key, {**keys, "kind": "numeric", **terms})
                if asked[key].outcome[0]:
                    yield asked[key].row, Outcome(key, resolution_keys(asked[key], asker))
            if by:
                _take(found.setdefault((key, by, made), _Said(number)), layout, row)
            else:
                report.skip("no forecaster is named", number)
        except ValueError as fault:
            report.skip(str(fault), number)
    for (key, by, made), one in found.items():
        keys = {name: value for name, value in one.keys.items() if value}
        if keys:
            yield one.row, Guess(key, {"by": by, "made": made, **keys})
        else:
            report.skip("no number is given", one.row)


def _take(into: _Said, layout: Layout, row: Mapping[str, str]) -> None:
    """Add what a row says; raises ValueError with a clause."""
    value, level = layout.text("value", row), layout.text("quantile", row)
    if value and level:
        into.quantiles[level_of(level)] = amount(value)
    elif value:
        into.value = amount(value)
    for name, column in layout.levels.items():
        if not missing(row[column]):
            into.quantiles[name] = amount(row[column])
    low, high = layout.text("low", row), layout.text("high", row)
    if low or high:
        ends = {"low": low and amount(low), "high": high and amount(high)}
        share = layout.text("level", row)
        into.interval = {name: end for name, end in ends.items() if end} | (
            {"level": level_of(share)} if share else {}
        )
