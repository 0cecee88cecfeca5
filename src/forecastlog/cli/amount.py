"""``amount``: how a number, a range or a comparison is read."""

from __future__ import annotations

from dataclasses import asdict

import click

from forecastlog.cli.output import dumps
from forecastlog.cli.text import clean
from forecastlog.errors import BadValue, ForecastlogError


@click.command("amount")
@click.argument("phrase")
@click.option(
    "--locale", metavar="NAME", help="How numbers are written: de for 1.200,50; fr, de-CH, ...  [default: en]"
)
@click.option("--base", type=float, metavar="NUMBER", help="What 'double' or 'up 10 %' starts from.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
def command(*, phrase: str, locale: str | None, base: float | None, as_json: bool) -> int:
    """Read a number, a range or a comparison.

    PHRASE is as an article has it, such as "between 1.5 and 2 million barrels a day" or "285 seats, 90 %
    interval 243 to 331". A phrase that starts with a minus sign goes after "--". Nothing is written.
    """
    from forecastlog.amounts import not_understood, parse_amount

    try:
        amount = parse_amount(phrase, locale=locale, base=base)
    except ValueError as error:
        raise BadValue(clean(str(error))) from None
    if amount is None:
        raise ForecastlogError(f"not read as an amount: {not_understood(phrase, locale=locale, base=base)}.")
    if as_json:
        click.echo(dumps(asdict(amount)))
        return 0
    click.echo(clean(amount.reading))
    for name in ("value", "low", "high", "unit", "level", "precision", "rule", "convention"):
        value = getattr(amount, name)
        if value is not None:
            click.echo(clean(f"  {name:<10}  {_shown(value)}"))
    return 0


def _shown(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:,.12g}"
