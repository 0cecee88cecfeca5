"""What is due as a page of HTML for a mail: all that somebody needs to decide an item, and what to type then.

Mail programs show it with no style of ours, and its lines as plain text where somebody reads that. Record
text is escaped, and an address of the site is a link only where a browser may follow it.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from pathlib import Path

import click

from forecastlog.cli.notice import headline, sections, taken_back
from forecastlog.cli.text import flat
from forecastlog.columns.fate import Fate
from forecastlog.columns.predictions import PredictionOn
from forecastlog.errors import Refused
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Condition, Prediction
from forecastlog.phrasing import counted
from forecastlog.phrasing import day as shown
from forecastlog.standing.due import DueItem, snooze_of
from forecastlog.voice import told

FOOT = (
    (
        "What the command leaves out is asked for on a terminal. All of the list, one after the other",
        "review",
    ),
    ("Not decided yet? Be reminded later", "snooze ID --until DATE --why TEXT"),
)
"""What else may be typed, each with why."""


def letter(items: Sequence[DueItem], ledger: Ledger, today: date, days: int, *, site: str | None) -> str:
    """The items as an HTML document.

    Those that the site at the address ``site`` shows have a link to their page.
    """
    title = escape(headline(items))
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        f'<head><meta charset="utf-8"><title>{title}</title></head>',
    ]
    lines += ["<body>", f"<h1>{title}</h1>", f"<p>{shown(str(today))}</p>"]
    for heading, listed in sections(items, days):
        lines.append(f"<h2>{escape(heading)} ({len(listed)})</h2>")
        for item in listed:
            lines += _item(item, ledger, today, site)
    lines += ["<hr>", *(f"<p>{escape(why)}:<br>{_command(what)}</p>" for why, what in FOOT)]
    return "\n".join([*lines, "</body>", "</html>", ""])


def site_address(root: Path) -> str | None:
    """Where the site of the ledger in ``root`` stands, as ``datasette_metadata.json`` beside it says.

    Else None.

    A file that cannot be read costs the links and a warning: what is due is told all the same.
    """
    from forecastlog.cli.site_metadata import metadata_of
    from forecastlog.site.links import web

    path = root.absolute().parent / "datasette_metadata.json"
    try:
        said = metadata_of(path) if path.is_file() else {}
    except (Refused, OSError) as error:
        click.echo(f"Warning: the mail links no page. {error}", err=True)
        return None
    return web(said.get("plugins", {}).get("forecastlog", {}).get("url"))


def _item(item: DueItem, ledger: Ledger, today: date, site: str | None) -> Iterator[str]:
    record = item.record
    title = escape(flat(record.text if isinstance(record, Condition) else record.claim))
    page = _page(record, site)
    yield f"<h3>{_link(page, title) if page else title}</h3>"
    lines = [
        escape(_since(item)),
        *(f"{name}: {escape(flat(text))}" for name, text in _facts(record, ledger, today)),
    ]
    if page:
        lines.append(f"Page: {_link(page, escape(page))}")
    if item.days_overdue >= 0:
        lines.append(f"When you know: {_command(f'resolve {shlex.quote(record.id)}')}")
    yield "<p>" + "<br>".join(lines) + "</p>"


def _facts(record: Condition | Prediction, ledger: Ledger, today: date) -> Iterator[tuple[str, str]]:
    """What decides the record, whose words it is, and what became of it, each under its name."""
    if isinstance(record, Prediction):
        yield "Said", told(PredictionOn(Fate(record, ledger, today)).spoken.voice)
        yield "Criteria", record.criteria or ""
        if record.settled_by:
            yield "Settled by", record.settled_by
        if record.withdrawn:
            yield "Withdrawn", f"{taken_back(record.withdrawn)}, and scored until then"
    if snooze := snooze_of(record, today):
        yield "Snoozed", f"until {snooze.until}: {snooze.why}"


def _since(item: DueItem) -> str:
    """The day from which it is due, and how long ago or ahead that is."""
    day, away = shown(str(item.due_on)), counted(abs(item.days_overdue), "day")
    if item.days_overdue < 0:
        return f"From {day} (in {away})"
    return f"Since {day} ({away} ago)" if item.days_overdue else f"Since today, {day}"


def _page(record: Condition | Prediction, site: str | None) -> str | None:
    if site is None:
        return None
    from forecastlog.serving import NAME
    from forecastlog.site.links import public_row

    table = "conditions" if isinstance(record, Condition) else "predictions"
    return public_row(site, NAME, table, record.id)


def _link(address: str, text: str) -> str:
    return f'<a href="{escape(address)}">{text}</a>'


def _command(what: str) -> str:
    return f"<code>forecastlog {escape(what)}</code>"
