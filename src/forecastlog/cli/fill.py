"""``fill``: what follows from a record written by hand, spliced into it."""

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


@click.command("fill")
@click.argument("files", metavar="[FILE]...", nargs=-1, type=FileName(exists=True, dir_okay=False))
@click.option(
    "--articles",
    metavar="DIR",
    type=FileName(exists=True, file_okay=False),
    help="Take the digests of the articles' texts from this folder.",
)
@logged_by_option
@writing_options
def command(
    *,
    root: Path,
    today: date,
    files: tuple[Path, ...],
    articles: Path | None,
    logged_by: str,
    dry_run: bool,
) -> int:
    """Complete records that were written by hand.

    Adds ids, the day of logging and who logged it, figures from words and dates from time phrases to the
    files named, or to all of the ledger, and says how it read them. What is there already is never changed.
    """
    from forecastlog.compose import fill
    from forecastlog.ledger import load

    # What is missing is about to be written: what is wrong besides is told once that is done.
    plan = fill(load(root), today=today, only=files, texts=articles, by=logged_by)
    code = write(plan, root, dry_run=dry_run)
    open_ledger(root)
    return code
