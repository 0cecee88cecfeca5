"""``void``: a record that was logged twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from forecastlog.cli.options import (
    by_option,
    find_record,
    id_argument,
    open_ledger,
    writing_options,
)
from forecastlog.cli.writing import write
from forecastlog.compose.same import void_as


@click.command("void")
@id_argument()
@click.option("--same-as", metavar="ID", required=True, help="The record that stays.")
@by_option("--by", text="Who records it.")
@writing_options
def command(*, root: Path, today: date, record_id: str, same_as: str, by: str, dry_run: bool) -> int:
    """Void a record that was logged twice.

    A prediction is void as a duplicate. What depends on a condition depends on the other one from then on.
    """
    loaded = open_ledger(root)
    one, other = (find_record(loaded.ledger, given).id for given in (record_id, same_as))
    return write(void_as(loaded, one, other, by=by, today=today), root, dry_run=dry_run)
