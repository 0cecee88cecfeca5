"""``accept``: a completed file of finds becomes records."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from forecastlog.cli.options import (
    FileName,
    logged_by_option,
    open_ledger,
    writing_options,
)
from forecastlog.cli.writing import write
from forecastlog.errors import BadValue


@click.command("accept")
@click.argument("file", metavar="FILE", type=FileName(exists=True, dir_okay=False))
@logged_by_option
@click.option("--new-person", is_flag=True, help="Names close to listed ones are meant: enter them as new.")
@writing_options
def command(*, root: Path, today: date, file: Path, logged_by: str, new_person: bool, dry_run: bool) -> int:
    """Make records of the finds that were completed.

    FILE is what 'forecastlog suggest --yaml' prints, with claim, criteria and deadline filled in; entries
    that are deleted or have 'skip: why' are kept as skipped. Everything is written, or nothing.
    """
    from forecastlog.compose.accept import accept, read_records
    from forecastlog.compose.people import Newcomers

    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadValue(f"{file} is not UTF-8. Save it as UTF-8 and try again.") from None
    people = Newcomers(meant=new_person)
    plan = accept(open_ledger(root), read_records(text), today=today, by=logged_by, people=people)
    return write(plan, root, dry_run=dry_run)
