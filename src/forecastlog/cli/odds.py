"""``odds``: how a phrase of likelihood is read, on one scale or on all of them side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from forecastlog.cli.output import dumps, table
from forecastlog.cli.text import clean, terminal_width
from forecastlog.errors import BadValue, ForecastlogError
from forecastlog.phrasing import exact_percent as percent

if TYPE_CHECKING:
    from forecastlog.likelihood import Likelihood


@click.command("odds")
@click.argument("phrase")
@click.option("--scale", metavar="NAME", help="Read it on this scale only.  [default: every scale]")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print a JSON object for the scale asked for, or a JSON array of all.",
)
def command(*, phrase: str, scale: str | None, as_json: bool) -> int:
    """Read a phrase of likelihood as a probability.

    PHRASE is as an article has it, such as "highly unlikely" or "2 in 3". The reading on fl-1, which is what
    a record stores, comes first, then every other scale that knows the phrase. Nothing is written.
    """
    from forecastlog.likelihood import not_understood, parse_likelihood, readings, scale_names

    if scale is not None and scale not in scale_names():
        raise BadValue(f"there is no scale '{clean(scale)}'. The scales are {', '.join(scale_names())}.")
    if scale is not None:
        one = parse_likelihood(phrase, scale)
        found = [one] if one else []
    else:
        found = [reading for reading in readings(phrase).values() if reading]
    if not found:
        raise ForecastlogError(f"not read as a likelihood: {not_understood(phrase, *filter(None, [scale]))}.")
    if as_json:
        listed = [asdict(reading) for reading in found]
        click.echo(dumps(listed[0] if scale else listed), color=True)
        return 0
    click.echo(_explained(found[0]))
    if rest := _left_over(phrase, found[0].scale):
        click.echo(clean(f"no part of it: {rest}"))
    if len(found) > 1 and found[0].basis != "stated":  # a figure is the same on every scale
        click.echo("\n" + _side_by_side(found))
    return 0


def _left_over(phrase: str, scale: str) -> str:
    """The words of a phrase that no likelihood in it has."""
    from forecastlog.likelihood import find

    rest, place = [], 0
    for span in find(phrase, scale):
        rest.append(phrase[place : span.start].strip())
        place = span.end
    rest.append(phrase[place:].strip())
    return ", ".join(f"'{part}'" for part in rest if part) if place else ""


def _explained(likelihood: Likelihood) -> str:
    band = f"{percent(likelihood.low)} to {percent(likelihood.high)}"
    if likelihood.probability is None:
        figures = f"no figure (somewhere in {band}): possible, and never scored"
    else:
        figures = f"{percent(likelihood.probability)} ({band})"
    if likelihood.basis == "stated":
        return clean(
            "; ".join(filter(None, (f"{figures}\nstated: the same on every scale", likelihood.note)))
        )
    return clean(f"{figures}\n{likelihood.basis}, as '{likelihood.anchor}' on the scale {likelihood.scale}")


def _side_by_side(found: Iterable[Likelihood]) -> str:
    rows = [
        {
            "scale": reading.scale,
            "probability": "none" if reading.probability is None else percent(reading.probability),
            "low": percent(reading.low),
            "high": percent(reading.high),
            "anchor": reading.anchor,
        }
        for reading in found
    ]
    return table(rows, tuple(rows[0]), terminal_width())
