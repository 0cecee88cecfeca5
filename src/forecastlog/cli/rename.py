"""``rename``: another id for a record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from forecastlog.cli.options import (
    find_record,
    id_argument,
    open_ledger,
    writing_options,
)
from forecastlog.cli.writing import write
from forecastlog.compose.rename import rename


@click.command("rename")
@id_argument()
@click.argument("new", metavar="NEW-ID")
@writing_options
def command(*, root: Path, today: date, record_id: str, new: str, dry_run: bool) -> int:
    """Give a record another id.

    The old one is kept under was:, so that addresses and the audit follow, and what names the record names
    it by the new one.
    """
    loaded = open_ledger(root)
    found = find_record(loaded.ledger, record_id).id
    return write(rename(loaded, found, new, today=today), root, dry_run=dry_run)
