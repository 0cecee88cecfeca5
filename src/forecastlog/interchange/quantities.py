"""A table of numbers -> numeric questions: a point, a range, or quantiles, in columns or a row a level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from forecastlog.interchange.cells import level_of, missing
from forecastlog.interchange.found import BadFile, Guess, Outcome, Question, Report
from forecastlog.interchange.layout import Layout
from forecastlog.interchange.rows import Rows
from forecastlog.interchange.table import (
    Asked,
    Found,
    Twice,
    key_of,
    need,
    question_keys,
    resolution_keys,
    said,
    survey,
)

_INTERVAL = ("low", "high", "level")


@dataclass(slots=True)
class _Said:
    """What the rows of one forecast say together."""

    row: int
    parts: dict[str, str] = field(default_factory=dict)
    """Its numbers by what they are: value, low, high, level, or a quantile's level such as 5%."""

    @property
    def keys(self) -> dict[str, Any]:
        """The keys of its line, the quantiles in the order of their levels."""
        levels = sorted(
            (name for name in self.parts if name.endswith("%")), key=lambda name: float(name[:-1])
        )
        interval = {name: self.parts[name] for name in _INTERVAL if name in self.parts}
        return {
            "value": self.parts.get("value"),
            "quantiles": {name: self.parts[name] for name in levels} or None,
            "interval": interval or None,
        }

    def settled(self) -> bool:
        """Let the median stand for a point that is another number; whether there was one."""
        median, point = (self.parts.get(name) for name in ("50%", "value"))
        other = bool(median and point) and float(median or 0) != float(point or 0)
        return other and bool(self.parts.pop("value"))


def quantity_items(rows: Rows, layout: Layout, report: Report, *, asker: str) -> Found:
    """Every question, forecast and outcome; rows of one person, question and moment are one forecast."""
    if not layout.columns.get("unit") and not layout.fixed.get("unit"):
        raise BadFile("nothing says what the numbers count: --map unit=COLUMN or --set unit=NAME.")
    need(rows, layout, "prediction")
    asked = survey(rows, layout, report, layout.amounts.outcome)
    found: dict[tuple[str, str, str], _Said] = {}
    told: set[str] = set()
    twice = Twice(report)
    for number, row in rows.dicts():
        report.rows += 1
        try:
            made = said(layout, row, layout.amounts.outcome).made
            key, by = key_of(layout, row), layout.text("by", row)
            if key not in told:
                told.add(key)
                yield from _question(key, asked[key], layout, (number, row), asker)
            if by:
                one = found.setdefault((key, by, made), _Said(number))
                for part, figure in _parts(layout, row):
                    twice.look(number, (key, by, made, part), figure)
                    one.parts[part] = figure
            else:
                report.skip("no forecaster is named", number)
        except ValueError as fault:
            report.skip(str(fault), number)
    for (key, by, made), one in found.items():
        if one.settled():
            report.skip("a point beside the median that is another number", one.row)
        keys = {name: value for name, value in one.keys.items() if value}
        if keys:
            yield one.row, Guess(key, {"by": by, "made": made, **keys})
        else:
            report.skip("no number is given", one.row)


def _question(
    key: str, asked: Asked, layout: Layout, first: tuple[int, Mapping[str, str]], asker: str
) -> Found:
    number, row = first
    speaker = asker if "by" in layout.columns else layout.fixed["by"]
    keys = question_keys(layout, row, asked, speaker)
    terms = {name: layout.text(name, row) for name in ("unit", "quantity")}
    yield number, Question(key, {**keys, "kind": "numeric", **terms})
    if asked.outcome[0]:
        yield asked.row, Outcome(key, resolution_keys(asked, asker))


def _parts(layout: Layout, row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What a row says; raises ValueError with a clause."""
    value, level = layout.text("value", row), layout.text("quantile", row)
    if value:
        yield level_of(level) if level else "value", layout.amounts.read(value)
    for name, column in layout.levels.items():
        if not missing(row[column]):
            yield name, layout.amounts.read(row[column])
    ends = {name: layout.text(name, row) for name in _INTERVAL}
    for name in ("low", "high"):
        if ends[name]:
            yield name, layout.amounts.read(ends[name])
    if ends["level"] and (ends["low"] or ends["high"]):
        yield "level", level_of(ends["level"])
