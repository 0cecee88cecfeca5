"""``when``: how a time phrase is read."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from forecastlog.cli.options import any_ledger_option, day_of, ledger_folder, today_option
from forecastlog.cli.output import dumps
from forecastlog.cli.text import clean
from forecastlog.deadlines import CONVENTIONS
from forecastlog.errors import ForecastlogError
from forecastlog.vocabulary.deadlines import FISCAL_YEARS, HEMISPHERES, HOLDS


@click.command("when")
@click.argument("phrase")
@click.option("--from", "reference", metavar="DATE", help="The day it was said.  [default: today]")
@click.option(
    "--hemisphere", type=click.Choice(HEMISPHERES), help="Whose seasons.  [default: the desk's, or north]"
)
@click.option(
    "--fiscal-year",
    type=click.Choice(tuple(FISCAL_YEARS)),
    help="Whose fiscal years.  [default: the desk's, or us]",
)
@click.option(
    "--holds",
    type=click.Choice(tuple(HOLDS)),
    help="What must be true: it happens within the days, holds on the last, or throughout. "
    " [default: within]",
)
@click.option("--subject", metavar="NAME", help="Whom 'his term' or 'the first 100 days' means.")
@click.option(
    "--convention", type=click.Choice(tuple(CONVENTIONS)), help="The rules to read by.  [default: the newest]"
)
@any_ledger_option(
    help="Whose settings to read by.  [default: those of the ledger here, if there is one]",
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
@today_option
def command(
    *,
    phrase: str,
    reference: str | None,
    as_json: bool,
    root: Path | None,
    today: date,
    **options: str | None,
) -> int:
    """Read a time phrase as a deadline.

    PHRASE is as an article has it, such as "by early summer" or "within two years". Nothing is written.
    """
    from forecastlog.deadlines import explain, parse_deadline

    day = day_of(reference, "--from", today) if reference else today
    asked = {name: value for name, value in options.items() if value is not None}
    reading: Any = {**_desk(root), **asked}
    deadline = parse_deadline(phrase, day, **reading)
    if deadline is None:
        raise ForecastlogError(explain(phrase, day, **reading))
    if as_json:
        click.echo(
            dumps({name: str(v) if isinstance(v, date) else v for name, v in asdict(deadline).items()})
        )
        return 0
    click.echo(clean(deadline.reading))
    for name in ("earliest", "strict", "latest", "holds", "edtf", "rule", "convention"):
        click.echo(clean(f"  {name:<10}  {getattr(deadline, name) or 'open'}"))
    return 0


def _desk(root: Path | None) -> dict[str, Any]:
    """The settings of the ledger named, or of the one here."""
    from forecastlog.ledger.loader import desk_settings

    try:
        return desk_settings(ledger_folder(root)).reading
    except ForecastlogError:
        if root is not None:
            raise
        return {}
