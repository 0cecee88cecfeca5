"""``due``: what wants looking at, for people and for cron."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from forecastlog.cli.notice import FEEDS, feed, headline, message, sections, taken_back
from forecastlog.cli.options import ledger_option, open_ledger, today_option
from forecastlog.cli.output import Output, output_options, table
from forecastlog.cli.rows import DUE, due_row
from forecastlog.cli.text import bold, clean, is_terminal, terminal_width, wrap
from forecastlog.errors import BadValue
from forecastlog.model.ledger import Ledger
from forecastlog.model.moments import Duration
from forecastlog.model.records import Prediction
from forecastlog.standing.due import DueItem, due_items, snooze_of

if TYPE_CHECKING:
    from forecastlog.ledger import Loaded

SOMETHING_DUE = 3
NOTIFY = "FORECASTLOG_NOTIFY"
"""The variable with addresses for ``due --new``, as cron and systemd run it."""


@dataclass(frozen=True, slots=True)
class Notify:
    """Where messages go instead of standard output, and how long to wait before trying again."""

    addresses: tuple[str, ...] = ()
    pause: float = 5.0


@click.command("due")
@click.option(
    "--within", metavar="TIME", default="0d", help="Also what falls due in this time, such as 30d or 6w."
)
@click.option("--new", is_flag=True, help="Only what was not delivered before; nothing where there is none.")
@click.option("--remind", metavar="TIME", help="With --new: again what is still open after this time.")
@click.option("--exit-code", is_flag=True, help="Exit with 3 where anything is listed, for cron.")
@click.option(
    "--notify",
    "addresses",
    metavar="URL",
    multiple=True,
    help="Send it there instead of printing it: an address of Apprise (repeatable).  "
    f"[with --new also env var: {NOTIFY}]",
)
@click.option("--notify-test", is_flag=True, help="Send a test message to these addresses, and nothing else.")
@click.option(
    "--retry-pause",
    "pause",
    type=click.FloatRange(0, 3600),
    default=5.0,
    show_default=True,
    metavar="SECONDS",
    help="Before --notify tries again; twice that before the third and last time.",
)
@click.option("--markdown", "form", flag_value="markdown", help="Print or send Markdown.")
@click.option("--ics", "form", flag_value="ics", help="Print a calendar (iCalendar).")
@click.option("--atom", "form", flag_value="atom", help="Print an Atom feed.")
@click.option("--html", "form", flag_value="html", help="Print the page that --notify sends by mail.")
@output_options
@ledger_option
@today_option
def command(
    *,
    root: Path,
    today: date,
    within: str,
    new: bool,
    remind: str | None,
    exit_code: bool,
    addresses: tuple[str, ...],
    notify_test: bool,
    pause: float,
    output: Output,
) -> int:
    """Show what has fallen due.

    Conditions first, then what is past its latest deadline and unresolved, the most overdue first, then
    what lies between its strict and its latest deadline, then open-ended predictions by their review day.

    --new remembers what was printed or sent in the ledger's .due.json, and only once it was: after a failure
    the same is told again. Without --new or --notify everything is printed.
    """
    again = length(remind, "--remind") if remind else None
    if again and not new:
        raise BadValue("--remind repeats what --new has told: use the two together.")
    if new or notify_test:
        addresses = addresses or tuple(os.environ.get(NOTIFY, "").split())
    check_notice(output, addresses)
    notify = Notify(addresses, pause)
    if notify_test:
        return send_test(notify)
    days = (length(within, "--within").after(today) - today).days
    loaded = open_ledger(root)
    items = due_items(loaded.ledger, today, within=days)
    listed = _news(items, root, loaded.ledger, today, again) if new else items
    listed = output.chosen(listed, DUE, lambda item: due_row(item, loaded.ledger, today))
    output = replace(output, where=())
    if listed or not new:
        deliver(listed, loaded, today, days, output=output, notify=notify)
    if new:
        from forecastlog.standing.delivered import remember

        remember(root, listed, items, loaded.ledger, today)
    if not exit_code:
        return 0
    return SOMETHING_DUE if listed else int(any(problem.severity == "error" for problem in loaded.problems))


def length(text: str, option: str) -> Duration:
    """The time in ``30d``, ``6w``, ``2 months`` or a bare number of days."""
    match = re.fullmatch(r"\s*(\d{1,6})\s*(|d|w|m|y|[a-z]{3,6})\s*", text.lower(), re.ASCII)
    unit = {"": "day", "d": "day", "w": "week", "m": "month", "y": "year"}
    try:
        return Duration.parse(f"{match[1]} {unit.get(match[2], match[2])}" if match else text)
    except ValueError:
        raise BadValue(
            f"{option} '{text}' is no length of time. Write it as 30d, 6w or '2 months'."
        ) from None


def check_notice(output: Output, addresses: Sequence[str]) -> None:
    """Raise BadValue for options of output that do not go together."""
    if output.form in (*FEEDS, "html") and (output.style or output.columns):
        raise BadValue(f"--{output.form} has a form of its own: leave out --fmt and -c.")
    if not addresses:
        return
    if not (output.for_people or output == Output("markdown")):
        raise BadValue(
            "--notify sends text, with HTML by mail, or Markdown with --markdown: leave out the other forms."
        )
    from forecastlog.standing.notify import services

    services(addresses)  # a bad address is told today, not on the day that something falls due


def send_test(notify: Notify) -> int:
    """Send a message that says no more than that it arrived."""
    if not notify.addresses:
        raise BadValue(f"--notify-test needs an address: --notify URL, or the variable {NOTIFY}.")
    from forecastlog.standing.notify import send

    send(
        notify.addresses, "Forecast log: a test", "This is what 'due --notify' can send.", pause=notify.pause
    )
    click.echo(
        f"Sent a test to {len(notify.addresses)} address{'es' * (len(notify.addresses) > 1)}.", err=True
    )
    return 0


def deliver(
    items: list[DueItem], loaded: Loaded, today: date, days: int, *, output: Output, notify: Notify
) -> None:
    """Send the items, or print them; returns when all of it was taken, and raises otherwise."""
    if notify.addresses and items:
        _send(items, loaded, today, days, output=output, notify=notify)
        return
    if sys.stdout is None:  # closed by whoever started us: click would say nothing and call it done
        raise OSError(errno.EBADF, "standard output is closed")
    ledger = loaded.ledger
    if output.for_people:
        click.echo(_page(items, ledger, today, days), nl=bool(items), color=True)
        if not items:
            click.echo(f"Nothing is due on {today + timedelta(days)}.", err=True)
    elif output.form in FEEDS or output.form == "html":
        html = output.form == "html"
        text = _letter(items, loaded, today, days) if html else feed(output.form, items, ledger, today, days)
        click.echo(clean(text) if is_terminal() else text, nl=False)
    else:
        output.print((due_row(item, ledger, today) for item in items), DUE)
    sys.stdout.flush()


def _send(
    items: list[DueItem], loaded: Loaded, today: date, days: int, *, output: Output, notify: Notify
) -> None:
    """Send Markdown where it was asked for; else text, and by mail the page."""
    from forecastlog.standing.notify import send

    if output.form == "markdown":
        body, page = feed("markdown", items, loaded.ledger, today, days), None
    else:
        body, page = message(items, loaded.ledger, days), _letter(items, loaded, today, days)
    send(notify.addresses, headline(items), body, pause=notify.pause, markdown=page is None, page=page)


def _letter(items: list[DueItem], loaded: Loaded, today: date, days: int) -> str:
    from forecastlog.cli.letter import letter, site_address

    return letter(items, loaded.ledger, today, days, site=site_address(loaded.root))


def _news(
    items: list[DueItem], root: Path, ledger: Ledger, today: date, remind: Duration | None
) -> list[DueItem]:
    from forecastlog.standing.delivered import MEMORY, news, recall

    memory = recall(root)
    if memory.fault:
        click.echo(
            f"Warning: {root / MEMORY} cannot be read: {memory.fault}. "
            "It counts as if nothing had been delivered, and is written anew.",
            err=True,
        )
    return news(items, memory, ledger, today, remind=remind)


def _page(items: list[DueItem], ledger: Ledger, today: date, days: int) -> str:
    width = terminal_width()
    return "\n\n".join(
        f"{bold(title)} ({len(found)})\n\n"
        + table((due_row(item, ledger, today) for item in found), DUE.for_width(width), width)
        + "".join(_remarks(found, today, width))
        for title, found in sections(items, days)
    )


def _remarks(items: list[DueItem], today: date, width: int) -> Iterator[str]:
    """A line for each that is snoozed or that the speaker took back.

    What happened still decides its score.
    """
    for item in items:
        record, snooze = item.record, snooze_of(item.record, today)
        lines = []
        if isinstance(record, Prediction) and record.withdrawn:
            lines.append(f"{record.id} was {taken_back(record.withdrawn)}, and is scored until then.")
        if snooze:
            lines.append(f"{record.id} is snoozed until {snooze.until}: {clean(snooze.why)}")
        yield from ("\n" + "\n".join(wrap(line, width)) for line in lines)
