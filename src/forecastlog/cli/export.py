"""``export``: what is logged in other forms, and the site as files."""

from __future__ import annotations

import re
import tempfile
from datetime import date
from pathlib import Path

import click

from forecastlog.cli.options import (
    FileName,
    database_option,
    ledger_option,
    open_ledger,
    sound_ledger,
    today_option,
)
from forecastlog.errors import BadValue
from forecastlog.phrasing import counted
from forecastlog.placing import check_outside
from forecastlog.takeout.forms import FORMS, form_of, write_rows

replace_option = click.option("--replace", is_flag=True, help="Replace a file that is there.")


@click.group("export")
def command() -> None:
    """Write what is logged for others to take along."""


@command.command("site")
@click.argument("directory", metavar="DIR", type=FileName())
@click.option(
    "--base-url",
    metavar="URL",
    default="",
    help="Where the site will stand, such as https://forecasts.example.org/log/.",
)
@database_option
@ledger_option
@today_option
def site(*, root: Path, today: date, directory: Path, base_url: str, db: Path | None) -> int:
    """Write the whole site into a folder, for any web host or to open from a disk.

    It is made from the ledger as of today, or from --db FILE. DIR is a new or empty folder, or one that an
    earlier export made: then only what changed is written again, and what is gone is removed. With --base-url
    the feeds, the citations and the tags for sharing name the site's own address; without it they name none.
    """
    from forecastlog.cli.build import without_example
    from forecastlog.cli.serve import check_database
    from forecastlog.cli.site_metadata import metadata_of
    from forecastlog.database import build
    from forecastlog.static_site import export_site

    public = address_of(base_url)
    metadata = metadata_of(root.absolute().parent / "datasette_metadata.json")
    with tempfile.TemporaryDirectory(prefix="forecastlog-") as folder:
        database = db or Path(folder) / "forecastlog.db"
        if db is None:
            build(without_example(open_ledger(root)), database, today=today)
        else:
            check_database(database, wanted="exported")
        done = export_site(database, directory, metadata, public=public, ledger=root)
    for address in done.dead:
        click.echo(
            f"Warning: the site links {address}, and nothing is there: it stands without a link.", err=True
        )
    click.echo(
        f"Exported {done.files:,} files to {directory}: {done.written:,} written, "
        f"{done.files - done.written:,} as they were, {done.removed:,} removed.",
        err=True,
    )
    return 0


@command.command("data")
@click.argument("directory", metavar="DIR", type=FileName())
@click.option(
    "--form",
    type=click.Choice(tuple(FORMS)),
    default=next(iter(FORMS)),
    show_default=True,
    help="The form of the files.",
)
@ledger_option
@today_option
def data(*, root: Path, today: date, directory: Path, form: str) -> int:
    """Write every published table into a folder: records, scores, calibration.

    With datapackage.json the folder is a data package (Frictionless): each column with its type and its
    meaning, the keys and the licence. DIR is a new or empty folder, or one that an earlier export made. In
    CSV an apostrophe stands before a text that a spreadsheet would run.
    """
    from forecastlog.cli.build import without_example
    from forecastlog.database.build import sound_tables
    from forecastlog.takeout.package import write_package

    tables = sound_tables(without_example(open_ledger(root)), today)
    written = write_package(directory, FORMS[form], tables, ledger=root)
    click.echo(f"Exported {counted(len(written) - 1, 'table')} to {directory} as of {today}.", err=True)
    return 0


@command.command("daily")
@click.argument("file", metavar="FILE", type=FileName(dir_okay=False))
@replace_option
@ledger_option
@today_option
def daily(*, root: Path, today: date, file: Path, replace: bool) -> int:
    """Write a tidy table, a row a scored forecast and day, for pandas and R.

    FILE ends with .csv, .json, .jsonl or .parquet.
    """
    from forecastlog.takeout.daily import COLUMNS, daily_rows

    form = form_of(file)
    check_outside(file, root)
    write_rows(file, form, COLUMNS, daily_rows(sound_ledger(root, today), today), replace=replace)
    click.echo(f"Wrote {file}.", err=True)
    return 0


@command.command("fatebook")
@click.argument("file", metavar="FILE.csv", type=FileName(dir_okay=False))
@replace_option
@ledger_option
@today_option
def fatebook(*, root: Path, today: date, file: Path, replace: bool) -> int:
    """Write the probabilities as a CSV that Fatebook and 'import fatebook' read."""
    from forecastlog.takeout.fatebook import COLUMNS, fatebook_rows

    form = form_of(file)
    if form.ending != ".csv":
        raise BadValue(f"{file}: Fatebook reads CSV. End the name with .csv.")
    check_outside(file, root)
    write_rows(file, form, COLUMNS, fatebook_rows(sound_ledger(root, today), today), replace=replace)
    click.echo(f"Wrote {file}.", err=True)
    return 0


@command.command("ledger")
@click.argument("file", metavar="FILE.zip", type=FileName(dir_okay=False))
@replace_option
@ledger_option
@today_option
def ledger(*, root: Path, today: date, file: Path, replace: bool) -> int:
    """Write the whole ledger as one zip file, which 'import ledger' takes in, byte for byte.

    It holds every file of the folder: records, settings, comments, drafts, what machines wrote. It is for
    moving and for keeping, not for readers: 'export data' writes what is published.
    """
    from forecastlog.ledger.whole import pack
    from forecastlog.placing import check_new, written_whole

    if file.suffix.lower() != ".zip":
        raise BadValue(f"{file}: a ledger is written as a zip file. End the name with .zip.")
    check_outside(file, root)
    check_new(file, replace=replace)
    with written_whole(file) as temporary:
        number = pack(root, temporary)
    click.echo(f"Wrote {file}: {counted(number, 'file')}.", err=True)
    hidden = [
        one
        for one in open_ledger(root).ledger.hiding
        if one.draft or (one.withheld_until and one.withheld_until > today)
    ]
    if hidden:
        click.echo(
            (
                f"{counted(len(hidden), 'record')} in it {'is' if len(hidden) == 1 else 'are'} "
                f"drafts or not yet published: do not pass it on."
            ),
            err=True,
        )
    return 0


@command.command("records")
@click.argument("file", metavar="FILE.jsonl", type=FileName(dir_okay=False))
@replace_option
@ledger_option
@today_option
def records(*, root: Path, today: date, file: Path, replace: bool) -> int:
    """Write what was imported as one file of machine records, a JSON line each.

    Below imports/ of a ledger with the same people it holds the same records, corrected where they were, and
    'import records' takes it in. What people logged stays: 'export ledger' writes everything.
    """
    from forecastlog.takeout.records import write_records

    predictions = list(sound_ledger(root, today).predictions)
    written = write_records(file, predictions, replace=replace)
    click.echo(f"Wrote {counted(written, 'prediction')} to {file}.", err=True)
    if written < len(predictions):
        rest = counted(len(predictions) - written, "prediction")
        click.echo(f"{rest} of people's files stay there: 'export ledger' takes all along.", err=True)
    return 0


def address_of(url: str) -> str:
    """The address of a site with a slash at its end; raises BadValue for what is none."""
    if not url:
        return ""
    if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~-]+)*/?", url):
        raise BadValue(
            f"--base-url '{url[:200]}' is no address of a site. Write it as https://example.org/log/."
        )
    return url.rstrip("/") + "/"
