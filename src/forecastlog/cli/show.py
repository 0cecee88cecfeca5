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
from forecastlog.cli.writing import tell
from forecastlog.column import plain
from forecastlog.errors import Refused
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Article, Condition, Prediction


@click.command("show")
@id_argument()
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
@click.option(
    "--open", "opened", is_flag=True, help="Open its links in the browser: the article, then the evidence."
)
@ledger_option
@today_option
def command(*, root: Path, today: date, record_id: str, as_json: bool, opened: bool) -> int:
    """Show everything about one record.

    ID is that of a prediction, a condition or an article, or its unambiguous beginning.
    """
    ledger = open_ledger(root).ledger
    record = find_record(ledger, record_id)
    if opened:
        found = links(record, ledger)
        if not found:
            raise Refused(f"'{record.id}' has no link to open.")
        for link in found:
            click.launch(link)
        tell(found)
        return 0
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


def links(record: Article | Condition | Prediction, ledger: Ledger) -> list[str]:
    """The addresses that a record rests on: that of its article, then those of its evidence, each once."""
    article = record if isinstance(record, Article) else ledger.article(record.article)
    entries = () if isinstance(record, Article) else record.resolutions
    evidence = [item.url for entry in entries for item in entry.evidence]
    return [link for link in dict.fromkeys([article.url if article else None, *evidence]) if link]
