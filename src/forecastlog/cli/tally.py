"""``tally``: scores of forecasts in files of any size."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from forecastlog.cli.options import FileName
from forecastlog.cli.output import Columns, Output, output_options
from forecastlog.phrasing import counted
from forecastlog.placing import check_free
from forecastlog.tallying.engines import ENGINES, tally
from forecastlog.tallying.rows import BinRow, TallyRow, bin_rows, tally_rows
from forecastlog.tallying.source import Wanted
from forecastlog.tallying.tables import is_tallied, write_tables

if TYPE_CHECKING:
    from forecastlog.scoring import Tally


@click.command("tally")
@click.argument("source", metavar="SOURCE")
@click.option(
    "--group-by",
    "--by",
    "by",
    multiple=True,
    metavar="COL",
    help="A row for each value of this column (repeatable).",
)
@click.option(
    "--p", default="probability", show_default=True, metavar="COL", help="The column of probabilities."
)
@click.option(
    "--y", default="outcome", show_default=True, metavar="COL", help="The column of outcomes, 1 or 0."
)
@click.option(
    "--engine",
    type=click.Choice(tuple(ENGINES)),
    default=next(iter(ENGINES)),
    show_default=True,
    help="What reads the files.",
)
@click.option("--master", metavar="URL", help="Where Spark runs: local[*], spark://host:7077, or sc://host.")
@click.option("--calibration", is_flag=True, help="Print bins of probabilities with what happened instead.")
@click.option("--bins", type=click.IntRange(1, 100), default=10, show_default=True, help="How many bins.")
@click.option(
    "--into", metavar="DB", type=FileName(dir_okay=False), help="Write both tables into this database."
)
@output_options
def command(
    *,
    source: str,
    by: tuple[str, ...],
    p: str,
    y: str,
    engine: str,
    master: str | None,
    calibration: bool,
    bins: int,
    into: Path | None,
    output: Output,
) -> int:
    """Score forecasts in files of any size.

    No ledger is needed. SOURCE is a file, a folder or a glob of Parquet or CSV with a row a forecast; with
    --engine spark any path that the cluster reads. Rows without a probability or an outcome are dropped and
    counted. All engines give the same figures; with all but pandas the files may be larger than the memory.
    """
    if into:
        check_free(into, is_ours=is_tallied, kind="database that 'tally' wrote")
    wanted = Wanted(by, p, y)
    found = tally(source, wanted, engine=engine, master=master)
    if into:
        write_tables(found, into, source=source, wanted=wanted, bins=bins)
        click.echo(
            f"Wrote {into}: {counted(len(found.groups), 'group')}. 'datasette {into}' shows it.", err=True
        )
    elif calibration:
        output.print(map(asdict, bin_rows(found, bins=bins)), Columns.of_rows(BinRow))
    else:
        output.print(map(asdict, tally_rows(found)), Columns.of_rows(TallyRow))
    if output.for_people and not into:
        _tell(found)
    return 0


def _tell(found: Tally) -> None:
    """Say what was dropped, and where probabilities stand for their neighbours."""
    dropped = int(found.dropped.sum() if found.by else found.dropped)
    told = [f"{counted(dropped, 'row')} without a probability or an outcome left out."] if dropped else []
    if found.binned:
        told.append(
            "There are too many different probabilities to keep: "
            f"all but Brier, log and spherical see them in {found.binned:,} bins."
        )
    if told:
        click.echo(" ".join(told), err=True)
