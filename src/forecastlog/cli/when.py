"""``when``: how a time phrase is read."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import click

from forecastlog.cli.options import day_of, today_option
from forecastlog.cli.output import dumps
from forecastlog.cli.text import clean
from forecastlog.errors import ForecastlogError


@click.command("when")
@click.argument("phrase")
@click.option("--from", "reference", metavar="DATE", help="The day it was said.  [default: today]")
@click.option("--hemisphere", type=click.Choice(("north", "south")), default="north", show_default=True,
              help="Whose seasons.")  # fmt: skip
@click.option("--fiscal-year", type=click.Choice(("us", "uk", "australia", "calendar")), default="us",
              show_default=True, help="Whose fiscal years.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
@today_option
def command(
    *, phrase: str, reference: str | None, hemisphere: str, fiscal_year: str, as_json: bool, today: date
) -> int:
    """Read a time phrase as a deadline.

    PHRASE is as an article has it, such as "by early summer" or "within two years". Nothing is written.
    """
    from forecastlog.deadlines import explain, parse_deadline

    day = day_of(reference, "--from") if reference else today
    deadline = parse_deadline(phrase, day, hemisphere=hemisphere, fiscal_year=fiscal_year)
    if deadline is None:
        raise ForecastlogError(explain(phrase, day, hemisphere=hemisphere, fiscal_year=fiscal_year))
    if as_json:
        click.echo(
            dumps({name: str(v) if isinstance(v, date) else v for name, v in asdict(deadline).items()})
        )
        return 0
    click.echo(clean(deadline.reading))
    for name in ("earliest", "strict", "latest", "edtf", "rule", "convention"):
        click.echo(clean(f"  {name:<10}  {getattr(deadline, name) or 'open'}"))
    return 0
