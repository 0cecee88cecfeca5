"""``export``: what is logged in other forms, and the site as files."""

from __future__ import annotations

import re
import tempfile
from datetime import date
from pathlib import Path

import click

from forecastlog.cli.options import FileName, database_option, ledger_option, open_ledger, today_option
from forecastlog.errors import BadValue


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

    It is made from the ledger as of today, or from --db FILE. DIR is a new or empty folder, or one that an earlier
    export made: then only what changed is written again, and what is gone is removed. With --base-url the feeds, the
    citations and the tags for sharing name the site's own address; without it they name none.
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


def address_of(url: str) -> str:
    """The address of a site with a slash at its end; raises BadValue for what is none."""
    if not url:
        return ""
    if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~-]+)*/?", url):
        raise BadValue(
            f"--base-url '{url[:200]}' is no address of a site. Write it as https://example.org/log/."
        )
    return url.rstrip("/") + "/"
