"""``list``: predictions as rows, all or those that match."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from forecastlog.cli.options import find_record, ledger_option, open_ledger, today_option
from forecastlog.cli.output import Output, output_options
from forecastlog.cli.rows import LIST, PredictionRow
from forecastlog.model import Ledger
from forecastlog.vocabulary import STATUSES


@click.command("list")
@click.option("--status", type=click.Choice(tuple(STATUSES)), help="Only predictions of this status.")
@click.option("--article", metavar="ID", help="Only predictions of this article.")
@click.option("--speaker", metavar="NAME", help="Only predictions of this speaker, by id or name.")
@output_options
@ledger_option
@today_option
def command(
    *, root: Path, today: date, status: str | None, article: str | None, speaker: str | None, output: Output
) -> int:
    """List predictions.

    --where and -c take every column of the database's table of predictions, by its name or by that of the record's
    key. A value of --where is compared with the cell as printed; tags match where one of them does, and an
    empty value matches empty cells.
    """
    ledger = open_ledger(root).ledger
    asked = {
        "status": status,
        "article": article and find_record(ledger, article).id,
        "speaker": speaker and speaker_id(ledger, speaker),
    }
    where = (*output.where, *((column, value) for column, value in asked.items() if value))
    rows = [PredictionRow(prediction, ledger, today) for prediction in ledger.predictions]
    chosen = replace(output, where=where).chosen(rows, LIST, lambda row: row)
    output.print(chosen, LIST)
    if not chosen and output.form is None:
        click.echo("No prediction matches." if where else "The ledger has no predictions yet.", err=True)
    return 0


def speaker_id(ledger: Ledger, name: str) -> str:
    """The id of the forecaster who is listed under this name, or what was typed."""
    wanted = name.casefold()
    for person in ledger.forecasters:
        if wanted in (person.id, person.name.casefold(), *(other.casefold() for other in person.also)):
            return person.id
    return name
