"""A table with a row a forecast -> questions, forecasts and outcomes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from forecastlog.interchange.cells import OUTCOMES, outcome_of
from forecastlog.interchange.found import BadFile, Guess, Item, Outcome, Question, Report
from forecastlog.interchange.headers import DAYS
from forecastlog.interchange.layout import Layout
from forecastlog.interchange.rows import Rows

Found = Iterator[tuple[int | None, Item]]


@dataclass(slots=True)
class Asked:
    """What all rows together say of a question."""

    made: str
    latest: str
    outcome: tuple[str, str | None] = ("", None)
    known: str = ""
    row: int = 0
    last: str = ""
    """The last day on which anything was said of it."""
    today: str = ""

    @property
    def decided(self) -> str:
        """When its outcome was known: as told, else its last day or today, else when all had been said."""
        latest = min(self.latest, self.today) if self.today else self.latest
        return self.known or latest or max(self.last, self.made)


class Said(NamedTuple):
    """What one row says of its question."""

    made: str
    latest: str
    known: str
    outcome: tuple[str, str | None]


Read = Callable[[str], tuple[str, str | None]]
"""What reads an outcome."""


def said(layout: Layout, row: Mapping[str, str], read: Read = outcome_of) -> Said:
    """What a row says of its question; raises ValueError with a clause where that cannot be read."""
    if not layout.text("prediction", row):
        raise ValueError("the prediction is blank")
    made, latest, known = (layout.day(name, row) for name in DAYS)
    if not made:
        raise ValueError("nothing says when it was made (--map made=COLUMN or --set made=DATE)")
    outcome = read(layout.text("outcome", row))
    if layout.judges_answers and layout.contrary(row):
        outcome = _turned(outcome)
    if OUTCOMES.get(layout.text("status", row).casefold()) == "void":
        outcome = outcome_of("void")  # whatever stands where the outcome would
    return Said(made, latest, known, outcome)


def _turned(outcome: tuple[str, str | None]) -> tuple[str, str | None]:
    """The outcome of the contrary."""
    word, reason = outcome
    contrary = {"yes": "no", "no": "yes"}
    share = "" if word in ("", "void", "ambiguous", *contrary) else f"{1 - float(word):.12g}"
    return share or contrary.get(word, word), reason


def long_items(rows: Rows, layout: Layout, report: Report, *, asker: str) -> Found:
    """A table with a row a forecast.

    ``asker`` is whose question it is where a column names the forecasters.
    """
    need(rows, layout, "prediction", "probability")
    asked = survey(rows, layout, report)
    told: set[str] = set()
    twice = Twice(report)
    for number, row in rows.dicts():
        report.rows += 1
        try:
            made = said(layout, row).made
        except ValueError as fault:
            report.skip(str(fault), number)
            continue
        key = key_of(layout, row)
        question = asked[key]
        if key not in told:
            told.add(key)
            speaker = asker if "by" in layout.columns else layout.fixed["by"]
            yield number, Question(key, question_keys(layout, row, question, speaker))
            if question.outcome[0]:
                yield question.row, Outcome(key, resolution_keys(question, asker))
        if guess := _guess(layout, row, report, number):
            twice.look(number, (key, guess["by"], made), guess["probability"])
            yield number, Guess(key, {**guess, "made": made})


_FEW = 3
"""Fewer columns than a table with a forecaster's figures has: perhaps it is a title that was read."""


class Twice:
    """What was said already by whom of what at which moment."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._said: dict[int, float | str] = {}

    def look(self, row: int, moment: tuple[str, ...], figure: float | str) -> None:
        """Report a row that says something else than one before it."""
        name = hash(moment)
        if self._said.setdefault(name, figure) != figure:
            self.report.doubt(
                "another figure of the same forecaster, question and moment stands in a row before, and the "
                "last counts (of several people? --map by=COLUMN; at other times? --map made=COLUMN)",
                row,
            )
            self._said[name] = figure


def need(rows: Rows, layout: Layout, *names: str) -> None:
    """Raise BadFile where no column is one of these fields."""
    for name in names:
        if name not in layout.columns and name not in layout.fixed:
            there = ", ".join(rows.columns[:20])
            hint = " If the cells of several columns are, say --wide." if name == "probability" else ""
            hint += " If row N names the columns, say --header N." if len(rows.columns) < _FEW else ""
            raise BadFile(
                f"no column of {rows.path} looks like the {name}. Say which: "
                f"--map {name}=COLUMN.{hint} Its columns: {there}."
            )


def _guess(layout: Layout, row: Mapping[str, str], report: Report, number: int) -> dict[str, Any] | None:
    """Who gave which probability; None where the row does not say, which is reported."""
    by, text = layout.text("by", row), layout.text("probability", row)
    if not text or not by:
        report.skip("no forecaster is named" if text else "the probability is blank", number)
        return None
    try:
        keys = layout.figures.keys(text)
        return {"by": by, **(_contrary(keys) if layout.contrary(row) else keys)}
    except ValueError as fault:
        report.skip(str(fault), number)
        return None


def _contrary(keys: Mapping[str, float]) -> dict[str, float]:
    """A forecast of no as one of yes."""
    turned = {"probability": "probability", "low": "high", "high": "low"}
    return {turned[name]: round(1 - value, 12) for name, value in keys.items()}


ENDLESS = (
    "Nothing says which day was the last that counts: 'score --as-known' counts what has an outcome "
    "(or say --map latest=COLUMN, --set latest=DATE)."
)


def survey(
    rows: Rows, layout: Layout, report: Report, read: Read = outcome_of, *, apart: bool = False
) -> dict[str, Asked]:
    """Every question with its first day and its outcome; figures and days are looked at on the way.

    ``apart``: yes and no are said of each row's own option, and do not contradict each other.
    """
    for number, row in rows.dicts():
        layout.look(number, row)
    found: dict[str, Asked] = {}
    for number, row in rows.dicts():
        try:
            made, latest, known, outcome = said(layout, row, read)
        except ValueError:
            continue  # it is reported when the row's turn comes
        one = found.setdefault(key_of(layout, row), Asked(made, latest, today=layout.today))
        one.made, one.last = min(one.made, made), max(one.last, made)
        if outcome[0] and not one.outcome[0]:
            one.outcome, one.known, one.row = outcome, known, number
        elif (
            outcome[0]
            and outcome != one.outcome
            and not (apart and {outcome[0], one.outcome[0]} == {"yes", "no"})
        ):
            report.skip(f"the outcome is not that of row {one.row:,}, which counts", number)
    if any(one.outcome[0] and not one.latest for one in found.values()):
        report.note(ENDLESS)
    return found


def key_of(layout: Layout, row: Mapping[str, str]) -> str:
    """A question's id: its own, else its words and its last day."""
    if own := layout.text("id", row):
        return own
    return " | ".join(filter(None, (layout.text("prediction", row), layout.day("latest", row))))


def question_keys(layout: Layout, row: Mapping[str, str], asked: Asked, speaker: str) -> dict[str, Any]:
    """The keys of a question's line."""
    tags = re.split(r"[;,]\s*", layout.text("tags", row))
    keys = {name: layout.text(name, row) for name in ("criteria", "event", "note")}
    if url := layout.text("url", row):
        keys["note"] = f"{keys['note']} {url}".strip()
    return {
        "claim": layout.text("prediction", row),
        "speaker": speaker,
        "made": asked.made,
        "latest": asked.latest[:10],
        "tags": [tag.strip() for tag in tags if tag.strip()],
        **keys,
    }


def resolution_keys(asked: Asked, by: str) -> dict[str, Any]:
    """The keys of its resolution's line."""
    outcome, reason = asked.outcome
    return {"by": by, "outcome": outcome, "reason": reason, "known": asked.decided}
