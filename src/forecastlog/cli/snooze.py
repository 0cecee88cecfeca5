"""``snooze``: no reminder of what is due before a day."""

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
from forecastlog.compose.snooze import snooze


@click.command("snooze")
@id_argument("given", metavar="ID...", nargs=-1)
@click.option("--until", metavar="DATE", required=True, help="The day before which nobody is reminded.")
@click.option("--why", metavar="TEXT", required=True, help="What there is to wait for.")
@by_option("--by", text="Who puts it off.")
@writing_options
def command(
    *, root: Path, today: date, given: tuple[str, ...], until: str, why: str, by: str, dry_run: bool
) -> int:
    """Put off the reminder of what is due.

    'due --new' and 'review' leave the records out until that day. They are due all the same: 'due' lists
    them, and the site counts them.
    """
    loaded = open_ledger(root)
    ids = [find_record(loaded.ledger, one).id for one in given]
    return write(snooze(loaded, ids, until=until, why=why, by=by, today=today), root, dry_run=dry_run)
