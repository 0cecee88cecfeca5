"""Corrections: a record is changed, and what it said before is kept in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date

from forecastlog.compose import readings
from forecastlog.compose.plan import Plan, file_of, planned
from forecastlog.errors import BadValue, Refused, UnknownId
from forecastlog.history.committed import is_committed
from forecastlog.history.facts import unaudited
from forecastlog.history.mending import Change, lawful, reasons_for
from forecastlog.history.slips import known_elsewhere
from forecastlog.keys import AnyReader, Many, Table
from forecastlog.ledger import Loaded
from forecastlog.ledger.edit import Append, Edit, Put
from forecastlog.ledger.tables import ARTICLE, CONDITION, CORRECTION, PREDICTION
from forecastlog.model import Article, Condition, Forecast, Ledger, Prediction, When
from forecastlog.standing import due
from forecastlog.values import Reader, choice, offer
from forecastlog.vocabulary import CORRECTION_REASONS, alternatives

NEVER = frozenset({"id", "kind", "logged", "logged_by", "found_by"})
"""What is written once."""
Path = tuple[str | int, ...]
"""The way to a value in a record; a number counts the entries of a list from 0."""
_TABLES = {Prediction: PREDICTION, Condition: CONDITION, Article: ARTICLE}


def amend(
    loaded: Loaded, record_id: str, changes: Mapping[str, str], *, why: str | None, by: str, today: date
) -> Plan:
    """Change values of a record, such as ``{"claim": "...", "deadline.latest": "2025-06-30"}``.

    Every change of what was committed, or where there is no git, is recorded under ``corrections`` with what was;
    what nobody else has seen yet is changed without a word. Which reason may touch which value, and which ones
    once the outcome is known, stands in ``history.mending``. Raises BadValue, Refused, UnknownId.
    """
    record = loaded.ledger.get(record_id)
    if record is None:
        raise UnknownId(record_id)
    home = file_of(loaded, record)
    told = is_committed(loaded.root, home, record_id)
    if told and not why:
        raise BadValue(
            f"why is it corrected? '{record_id}' is published, so add --why: {alternatives(CORRECTION_REASONS)}."
        )
    if why:
        readings.read(choice(CORRECTION_REASONS), why, "why")
    if not by.strip():
        raise BadValue("who corrects it? Add --by NAME.")
    if not changes:
        raise BadValue("nothing to change. Name what is to be corrected, such as --claim TEXT.")
    edits: list[Edit] = []
    for name, text in changes.items():
        path = _path(record, name)
        value = _value(_TABLES[type(record)], path, text, today)
        was = _was(record, path)
        if was == _text(value) or (value is False and not was):
            raise Refused(f"'{name}' of '{record_id}' says that already.")
        field = ".".join(key for key in path if isinstance(key, str))
        known = known_elsewhere(loaded.ledger, record_id)
        change = Change(field, was, _text(value), changes, loaded.names, known)
        edits.append(Put(record_id, path, value))
        if not told or not why:
            continue
        if not unaudited(_TABLES[type(record)], field):
            _refuse_unlawful(record_id, change, why, late=_decided(loaded.ledger, record, today))
        correction = {"on": today, "by": by, "field": field, "was": was or None, "why": why}
        edits.append(Append(record_id, "corrections", readings.checked(CORRECTION, correction)))
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
        offered = (
            f"Reasons for that: {', '.join(allowed)}."
            if allowed
            else (
                "Resolve it as void, mislogged, and log what was meant as a new prediction, with "
                f"'replaces: {record_id}'."
            )
        )
        raise Refused(f"{known}'{change.key}' cannot be corrected as {why}. {offered}")
    raise Refused(_WANTED[why].format(key=change.key))


_WANTED = {
    "typo": "'{key}' would change by more than a slip of the pen: a few letters swapped, dropped or doubled, "
    "and no other word, number or time comes of it. If the text was misread, the reason is reading.",
    "withdrawal": "a withdrawal needs the address where it can be read. Add it, such as --set withdrawn.url=ADDRESS.",
    "name": "the old name has to stay as a spelling. Add it to 'also' of the new one in people.yaml first.",
    "source": "an old source stays. Add the new one beside it, and 'superseded' with the day to the old.",
}
"""What a reason wants that a change does not have."""


def _value(table: Table, path: Path, text: str, today: date) -> object:
    """The new value as the record stores it; raises BadValue where the field cannot be changed so."""
    known, name = _fields(table), ".".join(map(str, path))
    inner: AnyReader = table
    for key in path[:-1]:
        row = inner.by_name.get(key) if isinstance(inner, Table) and isinstance(key, str) else None
        inner = inner.of if isinstance(inner, Many) and isinstance(key, int) else row.reader if row else inner
        if row is None and not isinstance(key, int):
            raise BadValue(f"there is no field '{name}'. {offer(str(path[0]), known)}")
    last = str(path[-1])
    row = inner.by_name.get(last) if isinstance(inner, Table) else None
    if row is None or not isinstance(inner, Table) or name in NEVER or not _amendable(row.reader):
        typed = ".".join(str(key + 1) if isinstance(key, int) else key for key in path)
        raise BadValue(f"'{typed}' cannot be amended. {offer(name, known)}")
    if isinstance(row.reader, Many):
        return [part.strip() for part in text.split(",") if part.strip()]
    return readings.checked(inner, {last: readings.as_stored(inner, last, text, today)}).get(last, "")


def _amendable(reader: AnyReader) -> bool:
    """Whether a value can be typed on a command line: a text, or texts with commas between."""
    return isinstance(reader, Reader) or (isinstance(reader, Many) and isinstance(reader.of, Reader))


def _path(record: object, name: str) -> Path:
    """The way to a value, with the number of an entry in a list counted from 1; raises BadValue for none there.

    Without a number the list's only entry is meant.
    """
    found: list[str | int] = []
    value: object = record
    for key in name.split("."):
        if isinstance(value, tuple) and value and not key.isdecimal():
            if len(value) > 1:
                raise BadValue(
                    f"'{name}' could be any of {len(value)}. Count them from 1, such as {found[-1]}.1.{key}."
                )
            found.append(0)
            value = value[0]
        if isinstance(value, tuple) and key.isdecimal():
            if not 1 <= int(key) <= len(value):
                raise BadValue(f"there is no {found[-1]}.{key}: the record has {len(value)}.")
            found.append(int(key) - 1)
            value = value[int(key) - 1]
        else:
            found.append(key)
            value = getattr(value, key, None)
    return tuple(found)


def _was(record: object, path: Path) -> str:
    """What stands there; a no of whether something is so says what an absent key says, and is none."""
    value = record
    for key in path:
        if isinstance(key, int):
            value = value[key] if isinstance(value, tuple) else None
            continue
        names = {row.name for row in fields(value)} if is_dataclass(value) else set()
        if key not in names and isinstance(value, Forecast):  # the figures of a forecast are one value
            value = value.says
            names = {row.name for row in fields(value)} if is_dataclass(value) else set()
        value = getattr(value, key) if key in names else None
    return "" if value is False else _text(value)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, list | tuple):
        return ", ".join(map(_text, value))
    return value.text if isinstance(value, When) else "" if value is None else str(value)


def _fields(table: Table) -> list[str]:
    return [key.name for key in table.keys if _amendable(key.reader) and key.name not in NEVER]
