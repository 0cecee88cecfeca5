"""``publish``: a draft becomes a record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from forecastlog.cli.options import (
    find_record,
    id_argument,
    logged_by_option,
    open_ledger,
    writing_options,
)
from forecastlog.cli.writing import write
from forecastlog.compose.publish import publish


@click.command("publish")
@id_argument("given", metavar="ID...", nargs=-1)
@logged_by_option
@writing_options
def command(*, root: Path, today: date, given: tuple[str, ...], logged_by: str, dry_run: bool) -> int:
    """Make records of drafts.

    They are logged from today on, and built, scored and due as all others. What a record lacks is told, and
    nothing is written then.
    """
    loaded = open_ledger(root)
    ids = [find_record(loaded.ledger, one).id for one in given]
    return write(publish(loaded, ids, by=logged_by, today=today), root, dry_run=dry_run)
