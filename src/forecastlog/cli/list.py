"""``list``: predictions as rows, all or those that match."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

from forecastlog.cli.options import day_of, find_record, ledger_option, open_ledger, today_option
from forecastlog.cli.output import Output, Where, fits, output_options
from forecastlog.cli.rows import LIST, PredictionRow
from forecastlog.cli.text import clean
from forecastlog.columns.predictions import PREDICTIONS
from forecastlog.compose.people import close_to
from forecastlog.errors import BadValue, Refused
from forecastlog.ledger.names import Names
from forecastlog.ledger.packed import OUTCOMES
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Prediction
from forecastlog.values import nearest
from forecastlog.vocabulary.outcomes import UNDECIDED
from forecastlog.vocabulary.statuses import STATUSES, WAITING

WRITTEN = {column.short: column.key for column in PREDICTIONS.columns if column.written}
"""Columns whose values stand in the records, with the path to them."""


@click.command("list")
@click.option("--status", type=click.Choice(tuple(STATUSES)), help="Only predictions of this status.")
@click.option("--article", metavar="ID", help="Only predictions of this article.")
@click.option("--speaker", metavar="NAME", help="Only predictions of this speaker, by id or name.")
@click.option("--event", metavar="NAME", help="Only predictions that turn on this event.")
@click.option("--tag", metavar="NAME", help="Only predictions with this tag.")
@click.option("--due-before", metavar="DATE", help="Only those whose latest deadline lies before this day.")
@click.option(
    "--sort", metavar="COLUMN", help="In the order of this column; -COLUMN for the other way round."
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the first N.")
@output_options
@ledger_option
@today_option
def command(
    *,
    root: Path,
    today: date,
    due_before: str | None,
    sort: str | None,
    limit: int | None,
    output: Output,
    **asked: str | None,
) -> int:
    """List predictions.

    --where and -c take every column of the database's table of predictions, by its name or by that of the
    record's key. A value of --where is compared with the cell as printed; tags match where one of them does,
    and an empty value matches empty cells.
    """
    ledger = open_ledger(root).ledger
    if asked["article"]:
        asked["article"] = find_record(ledger, asked["article"]).id
    if asked["speaker"]:
        asked["speaker"] = speaker_id(ledger, asked["speaker"])
    asked["tags"] = asked.pop("tag")
    where = [*output.where, *(Where(column, value) for column, value in asked.items() if value)]
    if due_before:
        where.append(Where("latest", day_of(due_before, "--due-before", today).isoformat(), "<"))
    rows = [PredictionRow(prediction, ledger, today) for prediction in possible(ledger, where, today)]
    chosen = replace(output, where=tuple(where)).chosen(rows, LIST, lambda row: row)
    none = "No prediction matches." if where else "The ledger has no predictions yet."
    output.print(in_order(chosen, sort)[:limit], LIST, none)
    return 0


def possible(ledger: Ledger, where: Sequence[Where], today: date) -> Iterator[Prediction]:
    """All predictions that can match, in the ledger's order.

    How many others are among them is the ledger's to say.
    """
    tests: dict[str, Callable[[Any], bool]] = {}
    for one in where:
        name = LIST.called(one.column)
        if name == "status" and one.relation == "=" and one.value in WAITING:
            horizon = None if one.value == WAITING[0] else today
            return (each for each in ledger.undecided(today, horizon) if isinstance(each, Prediction))
        if name == "outcome" and one.relation == "=" and one.value and one.value not in UNDECIDED:
            tests[OUTCOMES] = partial(_holds, one.value)
        if path := WRITTEN.get(name):
            tests[path] = partial(_may_fit, one, tests.get(path))
    return ledger.matching(tests)


def _holds(value: str, outcomes: Sequence[str]) -> bool:
    return value in outcomes


def _may_fit(wanted: Where, other: Callable[[Any], bool] | None, cell: Any) -> bool:
    try:
        return fits(cell, wanted) and (other is None or other(cell))
    except BadValue:  # told once the conditions are looked at in their order
        return True


def in_order(rows: list[PredictionRow], sort: str | None) -> list[PredictionRow]:
    """The rows by a column, those that have nothing there last; as they are where no column is named."""
    if not sort:
        return rows
    name = LIST.called(sort.removeprefix("-"))
    there = [row for row in rows if row[name] is not None]
    # One type a column.
    there.sort(key=lambda row: row[name], reverse=sort.startswith("-"))  # type: ignore[arg-type,return-value]
    return [*there, *(row for row in rows if row[name] is None)]


def speaker_id(ledger: Ledger, name: str) -> str:
    """The id of the speaker of this id, name or spelling.

    Raises Refused where nobody of that name is known.
    """
    names = Names(ledger.forecasters)
    if found := names.find(name):
        return found
    speakers = ledger.speakers
    wanted = next(
        (one for one in speakers if name.casefold() in (one, ledger.forecaster(one).name.casefold())), None
    )
    if wanted is None:
        near = close_to(names, name) or nearest(name, [ledger.forecaster(one).name for one in speakers])
        hint = f"Did you mean '{near}'?" if near else "'forecastlog people' lists everybody."
        raise Refused(f"nobody of the name '{clean(name)}' is known. {hint}")
    return wanted
