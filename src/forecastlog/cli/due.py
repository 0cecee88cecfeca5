"""``due``: what wants looking at, for people and for cron."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import click

from forecastlog.cli.options import ledger_option, open_ledger, today_option
from forecastlog.cli.output import Output, output_options, table
from forecastlog.cli.rows import DUE, due_row
from forecastlog.cli.text import bold, terminal_width
from forecastlog.due import DueItem, due_items
from forecastlog.errors import BadValue
from forecastlog.model import Duration, Ledger

SOMETHING_DUE = 3
SECTIONS = {
    "condition": "Conditions whose day has passed",
    "due": "Due: past the deadline by every reading",
    "maybe_due": "Maybe due: past the deadline by the strict reading",
    "review": "To review: no deadline, but a day to look again",
}


@click.command("due")
@click.option(
    "--within", metavar="TIME", default="0d", help="Also what falls due in this time, such as 30d or 6w."
)
@click.option("--exit-code", is_flag=True, help="Exit with 3 where anything is listed, for cron.")
@output_options
@ledger_option
@today_option
def command(*, root: Path, today: date, within: str, exit_code: bool, output: Output) -> int:
    """Show what has fallen due.

    Conditions first, then what is past its latest deadline and unresolved, the most overdue first, then
    what lies between its strict and its latest deadline, then open-ended predictions by their review day.
    """
    days = days_in(within, today)
    loaded = open_ledger(root)
    ledger = loaded.ledger
    items = due_items(ledger, today, within=days)
    if output.for_people:
        click.echo(_page(items, ledger, today, days), nl=bool(items), color=True)
        if not items:
            click.echo(f"Nothing is due on {today + timedelta(days)}.", err=True)
    else:
        output.print((due_row(item, ledger, today) for item in items), DUE)
    if not exit_code:
        return 0
    return SOMETHING_DUE if items else int(any(problem.severity == "error" for problem in loaded.problems))


def days_in(within: str, today: date) -> int:
    """The days in ``30d``, ``6w``, ``2 months`` or a bare number, counted from ``today``."""
    match = re.fullmatch(r"\s*(\d{1,6})\s*(|d|w|m|y|[a-z]{3,6})\s*", within.lower(), re.ASCII)
    unit = {"": "day", "d": "day", "w": "week", "m": "month", "y": "year"}
    try:
        length = Duration.parse(f"{match[1]} {unit.get(match[2], match[2])}" if match else within)
    except ValueError:
        raise BadValue(
            f"--within '{within}' is no length of time. Write it as 30d, 6w or '2 months'."
        ) from None
    return (length.after(today) - today).days


def _page(items: list[DueItem], ledger: Ledger, today: date, days: int) -> str:
    now = [item for item in items if item.days_overdue >= 0]
    sections = [(title, [item for item in now if item.kind == kind]) for kind, title in SECTIONS.items()]
    coming = sorted((item for item in items if item.days_overdue < 0), key=lambda item: item.due_on)
    sections.append((f"Falls due in the next {days} days", coming))
    width = terminal_width()
    return "\n\n".join(
        f"{bold(title)} ({len(found)})\n\n"
        + table((due_row(item, ledger, today) for item in found), DUE.for_width(width), width)
        for title, found in sections
        if found
    )
