"""Corrections: a record is changed, and what it said before is kept in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date

from forecastlog import due
from forecastlog.compose import readings
from forecastlog.compose.plan import Plan, file_of, planned
from forecastlog.errors import BadValue, Refused, UnknownId
from forecastlog.history.facts import unaudited
from forecastlog.history.mending import Change, lawful, reasons_for
from forecastlog.keys import Table
from forecastlog.ledger import Loaded
from forecastlog.ledger.edit import Append, Edit, Put
from forecastlog.ledger.tables import ARTICLE, CONDITION, CORRECTION, PREDICTION
from forecastlog.model import Article, Condition, Ledger, Prediction, When
from forecastlog.values import Reader, choice, offer
from forecastlog.vocabulary import CORRECTION_REASONS

NEVER = frozenset({"id", "kind", "logged", "logged_by", "found_by"})
"""What is written once."""
_TABLES = {Prediction: PREDICTION, Condition: CONDITION, Article: ARTICLE}


def amend(
    loaded: Loaded, record_id: str, changes: Mapping[str, str], *, why: str, by: str, today: date
) -> Plan:
    """Change values of a record, such as ``{"claim": "...", "deadline.latest": "2025-06-30"}``.

    Every change is recorded under ``corrections`` with what was. Which reason may touch which value, and which ones
    once the outcome is known, stands in ``history.mending``. Raises BadValue, Refused, UnknownId.
    """
    record = loaded.ledger.get(record_id)
    if record is None:
        raise UnknownId(record_id)
    readings.read(choice(CORRECTION_REASONS), why, "why")
    if not by.strip():
        raise BadValue("who corrects it? Add --by NAME.")
    if not changes:
        raise BadValue("nothing to change. Name what is to be corrected, such as --claim TEXT.")
    edits: list[Edit] = []
    for name, text in changes.items():
        path = tuple(name.split("."))
        value = _value(_TABLES[type(record)], path, text)
        was = _was(record, path)
        if was == _text(value):
            raise Refused(f"'{name}' of '{record_id}' says that already.")
        change = Change(name, was, _text(value), changes, loaded.names)
        if not unaudited(_TABLES[type(record)], name):
            _refuse_unlawful(record_id, change, why, late=_decided(loaded.ledger, record, today))
        correction = {"on": today, "by": by, "field": name, "was": was or None, "why": why}
        edits += [
            Put(record_id, path, value),
            Append(record_id, "corrections", readings.checked(CORRECTION, correction)),
        ]
    home = file_of(loaded, record)
    return planned(loaded, today, edits={home: tuple(edits)}, ids=(record_id,))


def _decided(ledger: Ledger, record: Prediction | Condition | Article, today: date) -> bool:
    """Whether the outcome is known; of an article, that of any of its predictions."""
    if isinstance(record, Article):
        return any(_decided(ledger, prediction, today) for prediction in record.predictions)
    if isinstance(record, Condition):
        stands = due.standing(record.resolutions, today)
    else:
        stands = due.prediction_standing(record, ledger, today)
    return bool(stands.outcome) or stands.contested


def _refuse_unlawful(record_id: str, change: Change, why: str, *, late: bool) -> None:
    """Raise Refused where the reason may not explain the change, so that no correction fails the audit."""
    if lawful(why, change, late=late):  # type: ignore[arg-type]  # it was read as a reason above
        return
    allowed = reasons_for(change.key, late=late)
    if why not in allowed:
        known = f"the outcome of '{record_id}' is known, so " if late else ""
        offered = f"Reasons for that: {', '.join(allowed)}." if allowed else (
            "Resolve it as void, mislogged, and log what was meant as a new prediction, with "
            f"'replaces: {record_id}'."
        )  # fmt: skip
        raise Refused(f"{known}'{change.key}' cannot be corrected as {why}. {offered}")
    raise Refused(_WANTED[why].format(key=change.key))


_WANTED = {
    "typo": "'{key}' would change by more than a slip of the pen: a few letters swapped, dropped or doubled. "
    "If the text was misread, the reason is reading.",
    "withdrawal": "a withdrawal needs the address where it can be read. Add it, such as --set withdrawn.url=ADDRESS.",
    "name": "the old name has to stay as a spelling. Add it to 'also' of the new one in people.yaml first.",
    "source": "an old source stays. Add the new one beside it, and 'superseded' with the day to the old.",
}
"""What a reason wants that a change does not have."""


def _value(table: Table, path: tuple[str, ...], text: str) -> object:
    """The new value as the record stores it; raises BadValue where the field cannot be changed so."""
    known, name = _fields(table), ".".join(path)
    for key in path[:-1]:
        row = table.by_name.get(key)
        if row is None or not isinstance(row.reader, Table):
            raise BadValue(f"there is no field '{name}'. {offer(path[0], known)}")
        table = row.reader
    row = table.by_name.get(path[-1])
    if row is None or name in NEVER or not isinstance(row.reader, Reader):
        raise BadValue(f"'{name}' cannot be amended. {offer(name, known)}")
    return readings.checked(table, {path[-1]: text}).get(path[-1], "")


def _was(record: object, path: tuple[str, ...]) -> str:
    value = record
    for key in path:
        names = {row.name for row in fields(value)} if is_dataclass(value) else set()
        value = getattr(value, key) if key in names else None
    return _text(value)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.text if isinstance(value, When) else "" if value is None else str(value)


def _fields(table: Table) -> list[str]:
    return [key.name for key in table.keys if isinstance(key.reader, Reader) and key.name not in NEVER]
