"""``odds``: how a phrase of likelihood is read."""

from __future__ import annotations

from dataclasses import asdict

import click

from forecastlog.cli.output import dumps
from forecastlog.cli.page import percent
from forecastlog.cli.text import clean
from forecastlog.errors import BadValue, ForecastlogError


@click.command("odds")
@click.argument("phrase")
@click.option("--scale", default="fl-1", show_default=True, metavar="NAME", help="The scale to read it on.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
def command(*, phrase: str, scale: str, as_json: bool) -> int:
    """Read a phrase of likelihood as a probability.

    PHRASE is as an article has it, such as "highly unlikely" or "2 in 3". Nothing is written.
    """
    from forecastlog.likelihood import not_understood, parse_likelihood, scale_names

    if scale not in scale_names():
        raise BadValue(f"there is no scale '{clean(scale)}'. The scales are {', '.join(scale_names())}.")
    likelihood = parse_likelihood(phrase, scale)
    if likelihood is None:
        raise ForecastlogError(f"not read as a likelihood: {not_understood(phrase, scale)}.")
    if as_json:
        click.echo(dumps(asdict(likelihood)), color=True)
        return 0
    band = f"{percent(likelihood.low)} to {percent(likelihood.high)}"
    if likelihood.probability is None:
        click.echo(f"no figure (somewhere in {band}): possible, and never scored")
    else:
        click.echo(f"{percent(likelihood.probability)} ({band})")
    click.echo(clean(f"{likelihood.basis}, as '{likelihood.anchor}' on the scale {likelihood.scale}"))
    return 0
