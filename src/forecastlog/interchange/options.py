"""A table with a row an option -> choice questions.

The rows of one person, question and moment are one forecast.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import isclose

from forecastlog.interchange.cells import OUTCOMES, missing, outcome_of
from forecastlog.interchange.found import Guess, Outcome, Question, Report
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

_ROUNDED = 0.01
"""By how much shares may miss a sum of 1 and be taken for rounded ones."""


@dataclass(slots=True)
class _Choice:
    """What all rows together say of a question: its options in their order, and which of them came."""

    asked: Asked
    row: int
    named: Mapping[str, str]
    options: dict[str, None] = field(default_factory=dict)
    came: str = ""


@dataclass(slots=True)
class _Said:
    row: int
    shares: dict[str, float] = field(default_factory=dict)


def is_of_options(layout: Layout) -> bool:
    """Whether each row of the table is one option's."""
    return "option" in layout.columns


def option_items(rows: Rows, layout: Layout, report: Report, *, asker: str) -> Found:
    """Every question with its options, forecasts and outcome.

    That is an option's name, or stands in the row of it.
    """
    need(rows, layout, "prediction", "probability")
    table = _Table(layout, survey(rows, layout, report, _outcome, apart=True), Twice(report))
    for number, row in rows.dicts():
        report.rows += 1
        try:
            table.take(number, row)
        except ValueError as fault:
            report.skip(str(fault), number)
    for key, choice in table.choices.items():
        yield from _question(key, choice, layout, asker, report)
    for (key, by, made), one in table.told.items():
        total = sum(one.shares.values())
        if by and isclose(total, 1, abs_tol=_ROUNDED):
            shares = {name: share / total for name, share in one.shares.items()}
            yield one.row, Guess(key, {"by": by, "made": made, "probabilities": shares})
        else:
            why = "the shares of its options do not add up to 1" if by else "no forecaster is named"
            report.skip(why, one.row)


@dataclass(slots=True)
class _Table:
    """The questions and forecasts so far."""

    layout: Layout
    asked: Mapping[str, Asked]
    twice: Twice
    choices: dict[str, _Choice] = field(default_factory=dict)
    told: dict[tuple[str, str, str], _Said] = field(default_factory=dict)

    def take(self, number: int, row: Mapping[str, str]) -> None:
        """Add what a row says; raises ValueError with a clause."""
        layout = self.layout
        made, option = said(layout, row, _outcome).made, layout.text("option", row)
        if not option:
            raise ValueError("the option is blank")
        key = key_of(layout, row)
        choice = self.choices.setdefault(key, _Choice(self.asked[key], number, row))
        choice.options[option] = None
        if _outcome(layout.text("outcome", row))[0] == "yes":
            choice.came = option
        text = layout.text("probability", row)
        if missing(text):
            raise ValueError("the probability is blank")
        who = (key, layout.text("by", row), made)
        share = layout.figures.read(text)
        self.twice.look(number, (*who, option), share)
        self.told.setdefault(who, _Said(number)).shares[option] = share


def _question(key: str, choice: _Choice, layout: Layout, asker: str, report: Report) -> Found:
    speaker = asker if "by" in layout.columns else layout.fixed["by"]
    keys = question_keys(layout, choice.named, choice.asked, speaker)
    yield choice.row, Question(key, {**keys, "kind": "choice", "options": list(choice.options)})
    outcome, reason = choice.asked.outcome
    if choice.came or outcome in choice.options or reason or outcome == "ambiguous":
        decided = replace(choice.asked, outcome=(choice.came or outcome, reason))
        yield choice.row, Outcome(key, resolution_keys(decided, asker))
    elif outcome and outcome != "no":
        report.skip(f"the outcome '{outcome[:30]}' is none of its options", choice.asked.row)


def _outcome(text: str) -> tuple[str, str | None]:
    """Void, ambiguous or open as everywhere, yes and no of a row's own option.

    Any other word is an option's name.
    """
    word = text.strip()
    if word.casefold() in OUTCOMES or missing(word) or word in ("1", "0", "1.0", "0.0"):
        return outcome_of(word)
    return word, None
