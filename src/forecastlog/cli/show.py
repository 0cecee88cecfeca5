"""``show``: one record in full."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from forecastlog.cli.options import find_record, id_argument, ledger_option, open_ledger, today_option
from forecastlog.cli.output import dumps
from forecastlog.cli.page import article_fields, condition_fields, prediction_fields, print_page
from forecastlog.cli.rows import LIST, PredictionRow, condition_row
from forecastlog.cli.text import terminal_width
from forecastlog.column import plain
from forecastlog.model import Article, Condition


@click.command("show")
@id_argument()
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
@ledger_option
@today_option
def command(*, root: Path, today: date, record_id: str, as_json: bool) -> int:
    """Show everything about one record.

    ID is that of a prediction, a condition or an article, or its unambiguous beginning.
    """
    ledger = open_ledger(root).ledger
    record = find_record(ledger, record_id)
    if isinstance(record, Article):
        row, fields = dict[str, object](), article_fields(record, ledger, today)
    elif isinstance(record, Condition):
        row, fields = {**condition_row(record, today)}, condition_fields(record, ledger, today)
    else:
        cells = PredictionRow(record, ledger, today)
        row = {name: cells[name] for name in LIST.known}
        fields = prediction_fields(record, ledger, today)
    if as_json:
        click.echo(dumps({**row, **plain(record)}), color=True)
    else:
        click.echo(print_page(record.id, fields, terminal_width()), color=True)
    return 0
