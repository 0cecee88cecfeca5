"""``archive``: which cited pages have no copy, and copies of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from forecastlog.cli.options import (
    complete_ids,
    dry_run_option,
    find_record,
    ledger_option,
    open_ledger,
    private_option,
    today_option,
    visitor_of,
)
from forecastlog.cli.output import Columns, Output, output_options
from forecastlog.cli.writing import tell, write
from forecastlog.phrasing import counted


@click.command("archive")
@click.argument("record_ids", metavar="[ID]...", nargs=-1, shell_complete=complete_ids)
@click.option("--save", is_flag=True, help="Fetch the pages and store their text and a WARC.")
@click.option(
    "--wayback", is_flag=True, help="Ask the Internet Archive for the nearest snapshot, or for a new one."
)
@private_option
@dry_run_option
@output_options
@ledger_option
@today_option
def command(
    *,
    root: Path,
    today: date,
    record_ids: tuple[str, ...],
    save: bool,
    wayback: bool,
    private: bool,
    dry_run: bool,
    output: Output,
) -> int:
    """List cited pages without a copy, or make copies.

    Pages are those of articles and of evidence; ID is a record whose pages alone are meant. Without --save
    and
    --wayback nothing goes out. Copies are stored outside of the ledger, in the folder that 'archive' in
    forecastlog.toml names, and are never published.
    """
    from forecastlog.archive import Store, Wayback
    from forecastlog.column import row_of
    from forecastlog.columns.findings import PAGE
    from forecastlog.compose.archive import Archiving, cited

    loaded = open_ledger(root)
    pages = cited(loaded, {find_record(loaded.ledger, given).id for given in record_ids})
    if not (save or wayback):
        bare = [page for page in pages if not (page.archive or page.archived)]
        output.print((row_of(PAGE, page) for page in bare), Columns.of(PAGE))
        if output.for_people:
            tell([f"{len(bare)} of {counted(len(pages), 'page')} without a copy."])
        return 0
    archiving = Archiving(
        visitor_of(loaded.ledger.settings, private=private),
        today,
        lambda sentence: tell([sentence]),
        store=Store.of(root, loaded.ledger.settings.archive) if save else None,
        wayback=Wayback() if wayback else None,
    )
    if dry_run:
        wanted = [page for page in pages if (save and not page.archived) or (wayback and not page.archive)]
        tell([f"Would ask for {page.url}" for page in wanted] or ["Nothing to do."])
        return 0
    code = write(archiving.run(loaded, pages), root, dry_run=False)
    return code or int(bool(archiving.failed))
