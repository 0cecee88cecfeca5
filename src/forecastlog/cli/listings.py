"""Listings of what is not a prediction: articles, conditions, people, events and tags, a row each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import click

from forecastlog.cli.options import ledger_option, open_ledger, today_option
from forecastlog.cli.output import Columns, Output, Row, output_options
from forecastlog.model.ledger import Ledger, records_of
from forecastlog.model.records import Prediction
from forecastlog.standing.due import condition_status, status
from forecastlog.vocabulary.statuses import TO_DECIDE

Rows = Callable[[Ledger, date], Iterator[Row]]


def listing(name: str, rows: Rows, about: str, *columns: str) -> click.Command:
    """The command that lists these rows.

    ``columns`` are all that they have, the first ones shown on a terminal.

    A column with a star is for wide terminals.
    """
    names = tuple(column.rstrip("*") for column in columns)
    shown = {column.rstrip("*"): 100 if column.endswith("*") else 0 for column in columns}
    table = Columns(known=names, shown=shown)

    @click.command(name, help=about)
    @output_options
    @ledger_option
    @today_option
    def command(*, root: Path, today: date, output: Output) -> int:
        found = rows(open_ledger(root).ledger, today)
        output.print(found, table, "None matches." if output.where else "None.")
        return 0

    return command


def articles(ledger: Ledger, today: date) -> Iterator[Row]:
    """Every article, with how many predictions it has and how many of these are still to be decided."""
    for article in ledger.articles:
        yield {
            "id": article.id,
            "published": article.published.text,
            "publisher": article.publisher,
            "title": article.title,
            "predictions": len(article.predictions),
            "undecided": _undecided(article.predictions, ledger, today),
        }


def conditions(ledger: Ledger, today: date) -> Iterator[Row]:
    """Every condition, with how many predictions depend on it."""
    depend = Counter(prediction.given for prediction in ledger.predictions)
    for condition in ledger.conditions:
        yield {
            "id": condition.id,
            "status": condition_status(condition, today),
            "by": condition.by.isoformat() if condition.by else None,
            "text": condition.text,
            "predictions": depend[condition.id],
            "article": condition.article,
        }


def people(ledger: Ledger, _: date) -> Iterator[Row]:
    """Everybody who has a forecast or is listed, with how many forecasts they have."""
    given = Counter(forecast.by for prediction in ledger.predictions for forecast in prediction.forecasts)
    listed = [person.id for person in ledger.forecasters]
    for name in dict.fromkeys((*listed, *given)):
        person = ledger.forecaster(name)
        yield {
            "id": name,
            "name": person.name,
            "kind": person.kind,
            "forecasts": given[name],
            "also": person.also,
            "listed": name in listed,
        }


def events(ledger: Ledger, today: date) -> Iterator[Row]:
    """Every event that records share, with what turns on it."""
    for name in dict.fromkeys(record.event for record in records_of(ledger) if record.event):
        turning = [one for one in ledger.predictions if one.event == name]
        last = [one.deadline.latest for one in turning if one.deadline.latest]
        yield {
            "event": name,
            "predictions": len(turning),
            "undecided": _undecided(turning, ledger, today),
            "conditions": sum(one.event == name for one in ledger.conditions),
            "latest": max(last).isoformat() if last else None,
        }


def tags(ledger: Ledger, today: date) -> Iterator[Row]:
    """Every tag, the most used first."""
    used = Counter(tag for prediction in ledger.predictions for tag in prediction.tags)
    for tag, count in used.most_common():
        tagged = [one for one in ledger.predictions if tag in one.tags]
        yield {"tag": tag, "predictions": count, "undecided": _undecided(tagged, ledger, today)}


def _undecided(predictions: tuple[Prediction, ...] | list[Prediction], ledger: Ledger, today: date) -> int:
    return sum(status(one, ledger, today) in TO_DECIDE for one in predictions)
