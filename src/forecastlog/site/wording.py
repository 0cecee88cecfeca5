"""Values in a reader's words: percents, days, verdicts, how sure somebody was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from forecastlog import phrasing
from forecastlog.column import Column
from forecastlog.kinds import BINARY
from forecastlog.phrasing import SPACE
from forecastlog.vocabulary.outcomes import ANY_OUTCOMES, REASONS
from forecastlog.vocabulary.scores import LEFT_OUT
from forecastlog.vocabulary.statuses import STATUSES
from forecastlog.vocabulary.word import Word

Row = Mapping[str, Any]

day, opening, percent = phrasing.day, phrasing.opening, phrasing.percent
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
LATE = "further forecasts of what is scored, made too late to count"
FACETS = {
    "tags (array)": "Tag",
    "speaker_id": "Whose claim",
    "forecaster_id": "Forecaster",
    "status": "How it stands",
    "outcome": "What came of it",
    "basis": "Where the figure is from",
    "block": "Kind of forecast",
    "timing": "When it was logged",
    "attribution": "Whose words",
    "publisher": "Publisher",
    "reason": "Left out because",
}
"""Headings of the filters beside Datasette's tables, for columns whose names say little."""


def title(words: Mapping[str, Word], name: str | None) -> str:
    """How a word of the vocabulary is said; one that is none of ours, as it stands."""
    return words[name].title if name is not None and name in words else str(name or "")


def span(low: float | None, high: float | None) -> str:
    r"""A range of percents.

    >>> span(0.05, 0.2)
    '5 to 20\xa0%'
    """
    if low is None or high is None:
        return ""
    return percent(low) if low == high else f"{percent(low).removesuffix(f'{SPACE}%')} to {percent(high)}"


def score(value: float | None) -> str:
    """A score with three decimals, a minus sign where it has one; an en dash where there is none."""
    return "\N{EN DASH}" if value is None else f"{value:.3f}".replace("-", "\N{MINUS SIGN}")


def figure(value: object) -> str:
    """A figure of whatever unit, with six digits at most; nothing where there is none.

    >>> figure(1234.5678), figure(None), figure("never")
    ('1,234.57', '', 'never')
    """
    if value is None:
        return ""
    return f"{value:,.6g}" if isinstance(value, int | float) else str(value)


def of_column(column: Column, value: Any) -> str:
    """A figure of a table as its column says that it is shown, to four digits where that says nothing.

    >>> from forecastlog.column import figure, flag
    >>> of_column(figure("in seats"), 289.8531), of_column(flag("in it"), 1)
    ('289.9', 'yes')
    """
    if value is None or isinstance(value, str):
        return value or ""
    if column.form == "share":
        return percent(value)
    if column.form == "score":
        return score(value)
    if column.form == "flag":
        return "yes" if value else "no"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}".replace("-", "\N{MINUS SIGN}")


def count(n: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun, in words up to ten.

    >>> count(1, "article"), count(5, "article"), count(80, "prediction")
    ('one article', 'five articles', '80 predictions')
    """
    return f"{number(n)} {singular if n == 1 else plural or singular + 's'}"


def number(n: int) -> str:
    """A whole number, in words up to ten."""
    return NUMBERS[n] if 0 <= n < len(NUMBERS) else f"{n:,}"


def taken_back(row: Row) -> str:
    """That the speaker took a prediction back, and when; empty where nobody did."""
    return f"taken back on {day(row['withdrawn'])}" if row["withdrawn"] else ""


def last_day(text: str | None) -> date | None:
    """The day to draw for a date as written: the last one that it can mean."""
    if not text:
        return None
    try:
        if len(text) == 4:
            return date(int(text), 12, 31)
        if len(text) == 7:
            year, month = int(text[:4]), int(text[5:])
            return date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def days_between(first: str, last: str) -> str:
    """How many days from one date as written to another."""
    start, end = last_day(first), last_day(last)
    return f"{(end - start).days:,}" if start and end else ""


def verdict(row: Row) -> str:
    """What came of a prediction, from its ``status``, ``outcome`` and ``reason``."""
    outcome, status = row["outcome"], row["status"]
    if status == "contested" or not outcome:
        return title(STATUSES, status)
    return outcome_words(outcome, row["reason"])


def outcome_words(outcome: str, reason: str | None = None) -> str:
    """One entry's outcome in words."""
    said = title(ANY_OUTCOMES, outcome) if outcome in ANY_OUTCOMES else _partly(outcome)
    return f"{said}: {title(REASONS, reason)}" if reason else said


_MARKS = {"yes": "yes", "no": "no", "met": "yes", "unmet": "no", "partly": "partly"}


def verdict_class(row: Row) -> str:
    """A name for the verdict's mark: yes, no, partly, waiting or none; what came of a number has no mark."""
    outcome = row["outcome"]
    if not outcome or row["status"] == "contested":
        return "waiting"
    if mark := _MARKS.get(outcome):
        return mark
    if row.get("kind", BINARY.name) != BINARY.name:
        return "measured"
    return "none" if outcome in ANY_OUTCOMES else "partly"


def listed(text: str | None) -> list[Any]:
    """A JSON list from a column; empty where there is none."""
    try:
        values = json.loads(text) if text else []
    except ValueError:
        return []
    return values if isinstance(values, list) else []


def left_out(row: Row) -> list[tuple[str, int]]:
    """What a row of the scoreboard leaves out, by reason in words, the most frequent first.

    Last come forecasts of predictions that are scored, but made too late to count.
    """
    try:
        counts = json.loads(row["excluded"] or "{}")
    except ValueError:
        counts = {}
    reasons = sorted(((title(LEFT_OUT, key), n) for key, n in counts.items()), key=lambda item: -item[1])
    return [*reasons, (LATE, row["late"])] if row["late"] else reasons


def slug(*words: str) -> str:
    """A name for a part of a page.

    >>> slug("bins", "in advance", "headline")
    'bins-in-advance-headline'
    """
    return "-".join(words).replace(" ", "-")


def _partly(outcome: str) -> str:
    try:
        share = float(outcome)
    except ValueError:
        return outcome
    return f"Happened in part ({percent(share)})" if 0 <= share <= 1 else outcome
