"""``calibration``: of what was given 20 to 30 %, how much came true."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from forecastlog.cli.options import ledger_option, sound_ledger, today_option
from forecastlog.cli.output import Columns, Output, output_options
from forecastlog.cli.score import GROUPINGS

BINS = Columns(
    known=(
        "by", "group", "timing", "basis", "low", "high", "n", "mean_p", "share", "share_low", "share_high",
    ),
    shown={
        "group": 90, "timing": 0, "basis": 0, "low": 0, "high": 0, "n": 0, "mean_p": 0, "share": 0,
        "share_low": 80, "share_high": 80,
    },
)  # fmt: skip


@click.command("calibration")
@click.option(
    "--by", type=click.Choice(GROUPINGS), default="all", show_default=True, help="Bins for each of these."
)
@click.option("--bins", type=click.IntRange(1, 100), default=10, show_default=True, help="How many bins.")
@output_options
@ledger_option
@today_option
def command(*, root: Path, today: date, by: str, bins: int, output: Output) -> int:
    """Compare probabilities with how often they came true.

    A row is a bin of probabilities: how many forecasts, their mean, and the share that came true with its
    95 % interval.
    """
    from forecastlog.scorebook import calibration_rows, pairs, scorebook

    ledger = sound_ledger(root).ledger
    book = scorebook(pairs(ledger, today), ledger, rule="daily")
    rows = calibration_rows(book, by=by, bins=bins)
    output.print(map(asdict, [row for row in rows if row.n] if output.for_people else rows), BINS)
    if output.for_people and not rows:
        click.echo("Nothing has resolved yet, so there is nothing to compare.", err=True)
    return 0
