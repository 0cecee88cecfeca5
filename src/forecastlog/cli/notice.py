"""What is due as a message and as feeds: the sections, and each item in words.

``due`` reads this module at every start, so the feeds are imported where one is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from forecastlog.cli.text import flat
from forecastlog.columns.fate import Fate
from forecastlog.columns.predictions import PredictionOn
from forecastlog.model.ledger import Ledger
from forecastlog.model.notes import Withdrawal
from forecastlog.model.records import Condition
from forecastlog.standing.due import DueItem
from forecastlog.vocabulary.statuses import DUE_KINDS
from forecastlog.voice import told

if TYPE_CHECKING:
    from forecastlog.feeds import Entry

FEEDS = ("markdown", "ics", "atom")
TITLE = "Forecast log"


def sections(items: Sequence[DueItem], days: int) -> list[tuple[str, list[DueItem]]]:
    """The items under their headings, those of the next ``days`` days last; no section is empty."""
    now = [item for item in items if item.days_overdue >= 0]
    found = [(DUE_KINDS[kind].meaning, [item for item in now if item.kind == kind]) for kind in DUE_KINDS]
    coming = sorted((item for item in items if item.days_overdue < 0), key=lambda item: item.due_on)
    found.append((f"Falls due in the next {days} days", coming))
    return [(title, listed) for title, listed in found if listed]


def headline(items: Sequence[DueItem]) -> str:
    """The subject of a message, such as ``Forecast log: 2 due, 1 maybe due``."""
    counts = Counter(DUE_KINDS[item.kind].title if item.days_overdue >= 0 else "coming" for item in items)
    return f"{TITLE}: " + ", ".join(f"{count} {name}" for name, count in counts.items())


def message(items: Sequence[DueItem], ledger: Ledger, days: int) -> str:
    """The items as plain text for a mail or a chat: no table, because nobody knows its reader's width."""
    return "\n\n".join(
        "\n".join([f"{title} ({len(listed)})", "", *(_line(item, ledger) for item in listed)])
        for title, listed in sections(items, days)
    )


def feed(form: str, items: Sequence[DueItem], ledger: Ledger, today: date, days: int) -> str:
    """The items as ``markdown``, ``ics`` or ``atom``."""
    from forecastlog.feeds import atom, calendar, markdown

    if form == "markdown":
        parts = sections(items, days)
        return markdown((title, [_brief(item, ledger) for item in listed]) for title, listed in parts)
    entries = [_full(item, ledger) for item in items]
    if form == "ics":
        return calendar(entries, name=f"{TITLE}: what falls due", written=today)
    return atom(entries, id="due", title=f"{TITLE}: what falls due", url="due.atom", written=today)


def taken_back(withdrawal: Withdrawal) -> str:
    """That it was taken back, and when: what happened is still to be recorded."""
    return f"taken back on {withdrawal.on}"


def _line(item: DueItem, ledger: Ledger) -> str:
    entry = _brief(item, ledger)
    return f"- {entry.title} ({'; '.join(filter(None, (entry.author, entry.text, entry.id)))})"


def _brief(item: DueItem, ledger: Ledger) -> Entry:
    from forecastlog.feeds import Entry

    record = item.record
    text = f"{'since' if item.days_overdue >= 0 else 'from'} {item.due_on}"
    if isinstance(record, Condition):
        return Entry(id=record.id, day=item.due_on, title=flat(record.text), text=text)
    if record.withdrawn:
        text += f", {taken_back(record.withdrawn)}"
    voice = PredictionOn(Fate(record, ledger, item.due_on + timedelta(item.days_overdue))).spoken.voice
    return Entry(id=record.id, day=item.due_on, title=flat(record.claim), text=text, author=flat(told(voice)))


def _full(item: DueItem, ledger: Ledger) -> Entry:
    """With what decides it, and its kind in the title: a calendar shows it among other things."""
    entry, record = _brief(item, ledger), item.record
    title = f"{DUE_KINDS[item.kind].title.capitalize()}: {entry.title}"
    if isinstance(record, Condition):
        return replace(entry, title=title, text="")
    settled = f"Settled by {record.settled_by}" if record.settled_by else ""
    told_by = f"{entry.author}." if entry.author else ""
    withdrawn = f"{taken_back(record.withdrawn).capitalize()}." if record.withdrawn else ""
    texts = filter(None, (told_by, record.criteria, settled, withdrawn))
    return replace(entry, title=title, text=" ".join(map(flat, texts)), author=None)
