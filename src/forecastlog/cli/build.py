"""``build``: the ledger printed out as a SQLite database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from forecastlog.cli.options import (
    FileName,
    database_option,
    database_path,
    ledger_option,
    open_ledger,
    today_option,
)
from forecastlog.cli.writing import at_terminal
from forecastlog.ledger.folder import EXAMPLE_CHOSEN

if TYPE_CHECKING:
    from forecastlog.ledger import Loaded


@click.command("build")
@click.option(
    "--metadata-only",
    metavar="FILE",
    type=FileName(dir_okay=False, allow_dash=True),
    help="Write only Datasette's metadata, to this file.",
)
@click.option("--in-place", is_flag=True, help="Change the contents of the file, for those who have it open.")
@click.option("--example", is_flag=True, help="Build the example of a new ledger too.")
@database_option
@ledger_option
@today_option
def command(
    *, root: Path, today: date, db: Path | None, metadata_only: Path | None, in_place: bool, example: bool
) -> int:
    """Build the SQLite database from the ledger.

    A new file is written, checked and put in the old one's place; a ledger with errors builds nothing, and
    nothing is replaced that forecastlog did not build.
    --in-place copies it into the old file in one transaction instead, so that whoever has that open sees the
    new contents. Not for a file that 'serve' without --live or 'datasette -i' has open.
    """
    from forecastlog.database import build, metadata

    loaded = open_ledger(root)
    if metadata_only:
        text = json.dumps(metadata(settings=loaded.ledger.settings), indent=2, ensure_ascii=False)
        _write_metadata(metadata_only, f"{text}\n", root)
        return 0
    if not example:
        loaded = without_example(loaded)
    report = build(loaded, database_path(db, root), today=today, in_place=in_place, watch=_watched)
    named = ("articles", "predictions", "forecasts", "resolutions")
    counts = ", ".join(f"{name} {report.rows[name]:,}" for name in named)
    click.echo(f"Built {report.path} as of {today}: {counts}.", err=True)
    return 0


MANY = 100
"""Of so many parts a person at a terminal sees how many are made."""


def _watched(family: str, names: Sequence[str]) -> Iterator[str]:
    if len(names) < MANY or not at_terminal():
        yield from names
        return
    with click.progressbar(names, label=f"Making {family}", show_pos=True, file=sys.stderr) as bar:
        yield from bar


def without_example(loaded: Loaded) -> Loaded:
    """The ledger without the article that ``init`` made to learn from; says that it is left out."""
    examples = {one.id for one in loaded.ledger.headings if one.chosen == EXAMPLE_CHOSEN}
    if not examples:
        return loaded
    click.echo("The example is left out; --example builds it too.", err=True)
    return replace(loaded, ledger=loaded.ledger.without(examples))


def _write_metadata(path: Path, text: str, root: Path) -> None:
    from forecastlog.database.recognized import is_metadata
    from forecastlog.placing import check_place, write_text

    if str(path) == "-":
        click.echo(text, nl=False)
        return
    check_place(path, root, is_ours=is_metadata, kind="metadata that forecastlog wrote")
    write_text(path, text)
