"""``calibration``: of what was given 20 to 30 %, how much came true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from forecastlog.cli.diagram import KEY, LEAST, diagram
from forecastlog.cli.options import FileName, ledger_option, sound_ledger, today_option
from forecastlog.cli.output import Columns, Output, Row, output_options, table
from forecastlog.cli.score import Counting, counting_options, group_by_option
from forecastlog.cli.text import bold, clean, terminal_width, wrap
from forecastlog.errors import BadValue
from forecastlog.phrasing import counted
from forecastlog.placing import check_place, write_text
from forecastlog.vocabulary.thresholds import ENOUGH_EVENTS

if TYPE_CHECKING:
    from forecastlog.scorebook import CalibrationRow, CurvePoint, Decomposition, Scorebook

Key = tuple[str, str, str]
"""Group, timing and block."""

NOTHING = "Nothing has resolved yet, so there is nothing to compare."


@click.command("calibration")
@group_by_option("A diagram for each of these.")
@click.option("--group", metavar="NAME", help="Only this group, such as a forecaster's id.")
@counting_options
@click.option("--bins", type=click.IntRange(1, 100), default=10, show_default=True, help="How many bins.")
@click.option("--corp", is_flag=True, help="A curve without bins, and what the Brier score is made of.")
@click.option(
    "--plot",
    metavar="FILE.svg",
    type=FileName(dir_okay=False),
    help="Also draw it into a file.",
)
@output_options
@ledger_option
@today_option
def command(
    *,
    root: Path,
    today: date,
    by: str,
    group: str | None,
    bins: int,
    corp: bool,
    plot: Path | None,
    counting: Counting,
    output: Output,
) -> int:
    """Compare probabilities with how often they came true.

    A line is a bin of probabilities, its upper end included: how many forecasts, their mean, and the share
    that came true with its 95 % interval. With --corp the curve is fitted without bins, with the band in
    which 95 % of such curves lie if every forecast were calibrated; miscalibration (lower is better) minus
    discrimination (higher is better) plus uncertainty is the Brier score.
    """
    from forecastlog.scorebook import calibration_rows, curves, decompositions

    if plot and plot.suffix.lower() != ".svg":
        raise BadValue(f"--plot '{plot}' is no SVG file. End its name with .svg.")
    if plot:
        check_place(plot, root, is_ours=_is_plot, kind="plot that forecastlog drew")
    ledger = sound_ledger(root, today)
    book = counting.book(ledger, today)
    rows = [row for row in calibration_rows(book, by=by, bins=bins) if group in (None, row.group)]
    parts = {_key(part): part for part in decompositions(book, by=by) if group in (None, part.group)}
    if group and not parts:
        raise BadValue(
            f"nothing of a group '{group}' is scored. 'forecastlog score --group-by {by}' lists the groups."
        )
    if plot:
        _draw(plot, book, by, rows, list(parts))
    found: dict[Key, list[CurvePoint]] = {key: [] for key in parts}
    for point in curves(book, by=by) if corp else ():
        found.get(_key(point), []).append(point)
    _show(rows, [Curved(part, found[key]) for key, part in parts.items()], output, corp=corp)
    return 0


class Curved(NamedTuple):
    """A group's score taken apart, and its curve; no point of one on too few events."""

    parts: Decomposition
    points: Sequence[CurvePoint]


def _key(row: Decomposition | CurvePoint) -> Key:
    return row.group, row.timing, row.block


def _show(rows: Sequence[CalibrationRow], curved: Sequence[Curved], output: Output, *, corp: bool) -> None:
    if not output.for_people:
        from forecastlog.scorebook import CalibrationRow, CurvePoint, Decomposition

        if corp:
            output.print(_rows(curved), Columns.of_rows(Decomposition, CurvePoint))
        else:
            output.print(map(asdict, rows), Columns.of_rows(CalibrationRow))
    elif not rows:
        click.echo(NOTHING, err=True)
    else:
        width = terminal_width()
        pages = _curve_pages(curved, width) if corp else _bin_pages(rows, width)
        click.echo("\n\n".join(pages), color=True)
        told = _ABOUT_CORP if corp else f"{KEY}. {_ABOUT_BINS}"
        click.echo("\n".join(wrap(told, width)), err=True)


_ABOUT_BINS = "A share within its interval of the mean given is no sign of miscalibration."
_ABOUT_CORP = (
    "A fitted value inside its band is no sign of miscalibration. "
    "Where words were read as figures, the curve tests our table of words as much as the person."
)


def _bin_pages(rows: Sequence[CalibrationRow], width: int) -> Iterator[str]:
    for key, found in groupby(rows, key=lambda row: (row.group, row.timing, row.block)):
        bins = list(found)
        if width < LEAST:
            names = [name for name in Columns.of_rows(type(bins[0])).for_width(width) if name not in _KEYS]
            shown = table((asdict(each) for each in bins if each.n), names, width)
        else:
            shown = diagram(bins, width)
        yield f"{_title(key, sum(each.n for each in bins))}\n\n{shown}"


_KEYS = ("group", "timing", "block")
"""The columns that the title tells."""


def _curve_pages(curved: Sequence[Curved], width: int) -> Iterator[str]:
    for parts, points in curved:
        title = _title(_key(parts), parts.n)
        if not points:
            yield f"{title}\n\nNo curve: {counted(parts.events, 'event')}, and it takes {ENOUGH_EVENTS}."
            continue
        sum_of = (
            f"Brier {parts.brier:.4f} = MCB {parts.miscalibration:.4f} (miscalibration) - DSC "
            f"{parts.discrimination:.4f} (discrimination) + UNC {parts.uncertainty:.4f} (uncertainty)"
        )
        shown = table(map(asdict, points), ("p", "fitted", "band_low", "band_high"), width)
        yield "\n\n".join([title, "\n".join(wrap(sum_of, width)), shown])


def _title(key: Key, n: int) -> str:
    group, timing, block = key
    name = "" if group == "all" else f"{group}, "
    return bold(clean(f"{name}{timing}, {block}: {counted(n, 'forecast')}"))


def _rows(curved: Sequence[Curved]) -> Iterator[Row]:
    """A row a point, with the parts of its group's score; one without a point where there is no curve."""
    for parts, points in curved:
        yield from (asdict(parts) | asdict(point) for point in points)
        if not points:
            yield asdict(parts)


def _draw(path: Path, book: Scorebook, by: str, rows: Sequence[CalibrationRow], keys: Sequence[Key]) -> None:
    """Write the site's chart of one group: its headline, of what was logged in advance where there is any."""
    from forecastlog.scorebook.grouping import grouped
    from forecastlog.site import charts

    groups = {key[0] for key in keys}
    if len(groups) != 1:
        raise BadValue("a plot shows one group. Choose it with --group NAME." if groups else NOTHING)
    key = next((key for key in keys if key[2] == "headline"), keys[0])
    found = grouped(book, by, pairs=book.scored)
    place = found.keys.index(key)
    n, events = (
        int(numbers[place]) for numbers in (found.sizes(), found.distinct(book.pairs["event"][found.pairs]))
    )
    sample = charts.Sample(n=n, events=events, in_advance=n if key[1] == "in advance" else 0)
    own = [row for row in rows if (row.group, row.timing, row.block) == key and row.n]
    bins = [charts.of_row(charts.Bin, asdict(row)) for row in own]
    write_text(path, charts.standalone(charts.calibration_chart(sample, bins=bins)))
    click.echo(f"Wrote {path}: {_title(key, n)}.", err=True)


def _is_plot(path: Path) -> bool:
    from forecastlog.site import charts

    try:
        return charts.is_standalone(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
