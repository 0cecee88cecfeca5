"""``list``: predictions as rows, all or those that match."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from forecastlog.cli.options import find_record, ledger_option, open_ledger, today_option
from forecastlog.cli.output import Cell, Output, check_columns, output_options
from forecastlog.cli.rows import LIST, prediction_row
from forecastlog.errors import BadValue
from forecastlog.model import Ledger
from forecastlog.vocabulary import STATUSES


@click.command("list")
@click.option(
    "--where", metavar="COLUMN=VALUE", multiple=True, help="Only rows with this value (repeatable)."
)
@click.option("--status", type=click.Choice(tuple(STATUSES)), help="Only predictions of this status.")
@click.option("--article", metavar="ID", help="Only predictions of this article.")
@click.option("--speaker", metavar="NAME", help="Only predictions of this speaker, by id or name.")
@output_options
@ledger_option
@today_option
def command(
    *,
    root: Path,
    today: date,
    where: tuple[str, ...],
    status: str | None,
    article: str | None,
    speaker: str | None,
    output: Output,
) -> int:
    """List predictions.

    A value of --where is compared with the cell as printed; tags match where one of them does, and an
    empty value matches empty cells.
    """
    filters = [condition(text) for text in where]
    ledger = open_ledger(root).ledger
    asked = {
        "status": status,
        "article": article and find_record(ledger, article).id,
        "speaker": speaker and speaker_id(ledger, speaker),
    }
    filters += [(column, value) for column, value in asked.items() if value]
    rows = [prediction_row(prediction, ledger, today) for prediction in ledger.predictions]
    chosen = [row for row in rows if all(matches(row[column], value) for column, value in filters)]
    output.print(chosen, LIST)
    if not chosen and output.for_people:
        click.echo("No prediction matches." if filters else "The ledger has no predictions yet.", err=True)
    return 0


def condition(text: str) -> tuple[str, str]:
    """The column and the value of ``COLUMN=VALUE``."""
    column, equals, value = text.partition("=")
    if not equals:
        raise BadValue(f"--where '{text}' has no '='. Write it as COLUMN=VALUE, such as status=due.")
    check_columns([column], LIST.known)
    return column, value


def matches(cell: Cell, value: str) -> bool:
    """Whether a cell has the value typed: any of a list's items, numbers by their worth, None for nothing.

    >>> matches(0.5, "0.50"), matches(("us-aid", "ukraine"), "ukraine"), matches(None, "")
    (True, True, True)
    """
    if cell is None or cell == ():
        return not value
    if isinstance(cell, Sequence) and not isinstance(cell, str):
        return value in cell
    try:
        return str(cell) == value or (not isinstance(cell, str) and float(value) == cell)
    except ValueError:
        return False


def speaker_id(ledger: Ledger, name: str) -> str:
    """The id of the forecaster who is listed under this name, or what was typed."""
    wanted = name.casefold()
    for person in ledger.forecasters:
        if wanted in (person.id, person.name.casefold(), *(other.casefold() for other in person.also)):
            return person.id
    return name
