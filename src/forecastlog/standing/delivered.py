"""What the due check has told, and what is new since.

The memory is ``.due.json`` beside the ledger's files. It is written after a message was delivered and never
before, so that a failure repeats a message rather than losing it. Two checks at once may tell the same twice;
each adds what it told to what the other left.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from forecastlog.ledger.files import editing
from forecastlog.model.ledger import Ledger
from forecastlog.model.moments import Duration
from forecastlog.model.records import Condition
from forecastlog.standing.due import DueItem, snooze_of

MEMORY = ".due.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Told:
    """How an item stood when it was last told, and the day of that.

    ``kind`` is the item's, or ``coming`` before its day; ``reopened`` is how often an outcome had been taken
    back. An item whose standing differs from this is new.
    """

    kind: str
    due_on: date
    reopened: int
    on: date


@dataclass(frozen=True, slots=True)
class Memory:
    """What was told, by the record's id; ``fault`` says why a memory that exists could not be read."""

    told: Mapping[str, Told] = field(default_factory=dict)
    fault: str | None = None


def recall(root: Path) -> Memory:
    """The memory of the ledger in ``root``.

    Nothing was told where there is none, or none that can be read.
    """
    try:
        written = json.loads((root / MEMORY).read_text(encoding="utf-8"))
        if written["format"] != FORMAT:
            return Memory(fault=f"it has the format {written['format']!r}, not {FORMAT}")
        return Memory({name: _told(values) for name, values in written["told"].items()})
    except FileNotFoundError:
        return Memory()
    except OSError as error:
        return Memory(fault=(error.strerror or str(error)).lower())
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Memory(fault="its text is not what this program writes")


def news(
    items: Iterable[DueItem], memory: Memory, ledger: Ledger, today: date, *, remind: Duration | None = None
) -> list[DueItem]:
    """The items that were not told as they stand now, and those told ``remind`` or longer ago.

    None that is snoozed.
    """

    def is_new(item: DueItem) -> bool:
        told = memory.told.get(item.record.id)
        if snooze_of(item.record, today):
            return False
        if told is None or standing_now(item, ledger, told.on) != told:
            return True
        # A day told in the future is a clock that was wrong: without this it would silence the reminder.
        return remind is not None and not told.on <= today < remind.after(told.on)

    return [item for item in items if is_new(item)]


def remember(
    root: Path, told: Iterable[DueItem], items: Iterable[DueItem], ledger: Ledger, today: date
) -> None:
    """Add ``told``, which was delivered today, and forget what is no longer among the due ``items``.

    Raises LedgerLocked, Refused or WriteFailed; what was remembered before still is then.
    """
    due = {item.record.id for item in items}
    delivered = {item.record.id: standing_now(item, ledger, today) for item in told}

    def after(before: Memory) -> dict[str, Told]:
        return {
            name: old for name, old in before.told.items() if name in due or old.due_on > today
        } | delivered

    before = recall(root)
    if before.fault is None and after(before) == before.told:
        return
    with editing(root) as editor:
        editor.write(root / MEMORY, _text(after(recall(root))))


def standing_now(item: DueItem, ledger: Ledger, on: date) -> Told:
    """How an item stands, as if told on the day ``on``."""
    record = item.record
    entries = list(record.resolutions)
    if not isinstance(record, Condition) and (condition := ledger.condition(record.given)):
        entries += condition.resolutions
    reopened = sum(entry.outcome == "reopened" for entry in entries)
    # What was snoozed is told once more when that is over.
    since = max([item.due_on, *(entry.until for entry in record.snoozed)])
    return Told("coming" if item.days_overdue < 0 else item.kind, since, reopened, on)


def _told(values: Mapping[str, Any]) -> Told:
    told = Told(
        kind=values["kind"],
        due_on=date.fromisoformat(values["due_on"]),
        reopened=values["reopened"],
        on=date.fromisoformat(values["on"]),
    )
    if not isinstance(told.kind, str) or not isinstance(told.reopened, int):
        raise TypeError
    return told


def _text(told: Mapping[str, Told]) -> str:
    entries = {name: asdict(told[name]) for name in sorted(told)}
    return json.dumps({"format": FORMAT, "told": entries}, indent=1, default=str) + "\n"
