"""Corrections: a record is changed, and what it said before is kept in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path as FilePath

from forecastlog.compose import readings
from forecastlog.compose.plan import Plan, file_of, planned, record_of
from forecastlog.errors import BadValue, Refused
from forecastlog.history.committed import in_repository, is_committed
from forecastlog.history.facts import text as text_of
from forecastlog.history.facts import unaudited
from forecastlog.history.mending import Change, lawful, reasons_for, typos_before
from forecastlog.history.slips import known_elsewhere
from forecastlog.keys import AnyReader, Many, Shorthand, Table
from forecastlog.ledger import Loaded
from forecastlog.ledger.edit import Append, Edit, Put
from forecastlog.ledger.loader import PEOPLE_FILE
from forecastlog.ledger.names import Names
from forecastlog.ledger.tables import ARTICLE, CONDITION, CORRECTION, FORECASTER, PREDICTION
from forecastlog.model.forecasts import Forecast
from forecastlog.model.ledger import Ledger
from forecastlog.model.records import Article, Condition, Forecaster, Prediction
from forecastlog.standing import due
from forecastlog.values import Reader, choice, offer
from forecastlog.vocabulary.articles import CORRECTION_REASONS
from forecastlog.vocabulary.word import alternatives

ONCE = frozenset({"id", "logged", "logged_by", "found_by"})
"""What is written once."""
ONCE_OF_PREDICTIONS = ONCE | {"kind"}
Path = tuple[str | int, ...]
"""The way to a value in a record; a number counts the entries of a list from 0."""
Record = Prediction | Condition | Article | Forecaster
_TABLES: Mapping[type, Table] = {
    Prediction: PREDICTION,
    Condition: CONDITION,
    Article: ARTICLE,
    Forecaster: FORECASTER,
}


def amend(
    loaded: Loaded, record_id: str, changes: Mapping[str, str], *, why: str | None, by: str, today: date
) -> Plan:
    """Change values of a record or a person, such as ``{"claim": "...", "deadline.latest": "2025-06-30"}``.

    Every change of what was committed, or where there is no git, is recorded under ``corrections`` with what
    was; what nobody else has seen yet is changed without a word. Which reason may touch which value, and
    which ones once the outcome is known, stands in ``history.mending``. A person's old name stays as a
    spelling. Raises BadValue, Refused, UnknownId.
    """
    record, home = _found(loaded, record_id)
    told = is_committed(loaded.root, home, (record_id, *getattr(record, "was", ())))
    if told and not why:
        reasons = alternatives(CORRECTION_REASONS)
        raise BadValue(f"why is it corrected? {_seen(loaded, record_id)}, so add --why: {reasons}.")
    _refuse_bare(changes, why, by)
    table, names = _TABLES[type(record)], _names_after(loaded, record, changes)
    known, late = known_elsewhere(loaded.ledger, record_id), _decided(loaded.ledger, record, today)
    edits: list[Edit] = list(_old_name_kept(record, changes))
    entries: dict[Path, dict[str, object]] = {}
    for name, text in changes.items():
        path = _path(record, name)
        value = _value(table, path, text, today)
        was = _was(record, path)
        if was == _text(value) or (value is False and not was):
            raise Refused(f"'{name}' of '{record_id}' says that already.")
        field = ".".join(key for key in path if isinstance(key, str))
        change = Change(field, was, _text(value), changes, names, known)
        change = change._replace(before=typos_before(record.corrections, change))
        *around, last = path
        if around and not loaded.is_entry(record_id, *around):  # a bare link, or nothing yet
            there = loaded.said(record_id, *around) is not None
            bare = {"url": _was(record, (*around, "url"))} if there else {}
            entries.setdefault(tuple(around), dict(bare))[str(last)] = value
        else:
            edits.append(Put(record_id, path, value))
        if not told or not why:
            continue
        if not unaudited(table, field):
            _refuse_unlawful(record, change, why, late=late)
        correction = {"on": today, "by": by, "field": field, "was": was or None, "why": why}
        edits.append(Append(record_id, "corrections", readings.checked(CORRECTION, correction)))
    edits += (Put(record_id, path, entry) for path, entry in entries.items())
    return planned(loaded, today, edits={home: tuple(edits)}, ids=(record_id,))


def _refuse_bare(changes: Mapping[str, str], why: str | None, by: str) -> None:
    if why:
        readings.read(choice(CORRECTION_REASONS), why, "why")
    if not by.strip():
        raise BadValue("who corrects it? Add --by NAME.")
    if not changes:
        raise BadValue("nothing to change. Name what is to be corrected, such as --claim TEXT.")


def _found(loaded: Loaded, record_id: str) -> tuple[Record, FilePath]:
    """A record or a listed person, with the file in which they stand; raises UnknownId."""
    for person in loaded.ledger.forecasters if record_id not in loaded.ledger.ids else ():
        if person.id == record_id:
            return person, loaded.root / PEOPLE_FILE
    record = record_of(loaded, record_id)
    return record, file_of(loaded, record)


def _names_after(loaded: Loaded, record: Record, changes: Mapping[str, str]) -> Names:
    """The names as they are once a person has another one, and the old one as a spelling."""
    if not isinstance(record, Forecaster) or "name" not in changes:
        return loaded.names
    renamed = replace(record, name=changes["name"], also=(*record.also, record.name))
    return Names(renamed if one.id == record.id else one for one in loaded.ledger.forecasters)


def _old_name_kept(record: Record, changes: Mapping[str, str]) -> Iterator[Edit]:
    """The old name of a person among the spellings: records may call them so."""
    if isinstance(record, Forecaster) and changes.get("name") not in (None, record.name):
        also = changes["also"].split(",") if "also" in changes else record.also
        spellings = [spelling.strip() for spelling in also]
        if record.name in spellings:
            return
        if "also" in changes:
            raise Refused(f"the old name has to stay as a spelling: add '{record.name}' to 'also'.")
        yield Put(record.id, ("also",), [*spellings, record.name])


def _seen(loaded: Loaded, record_id: str) -> str:
    """Why a change has to be told: others may have read what stood there."""
    if in_repository(loaded.root):
        return f"'{record_id}' is committed"
    return f"no git tells whether anybody has seen '{record_id}' yet"


def _decided(ledger: Ledger, record: Record, today: date) -> bool:
    """Whether the outcome is known; of an article or a person, that of any of their predictions."""
    if isinstance(record, Article):
        return any(_decided(ledger, prediction, today) for prediction in record.predictions)
    if isinstance(record, Forecaster):
        own = (
            one
            for one in ledger.predictions
            if record.id in (one.speaker, *(forecast.by for forecast in one.forecasts))
        )
        return any(_decided(ledger, prediction, today) for prediction in own)
    if isinstance(record, Condition):
        stands = due.standing(record.resolutions, today)
    else:
        stands = due.prediction_standing(record, ledger, today)
    return bool(stands.outcome) or stands.contested


def _refuse_unlawful(record: Record, change: Change, why: str, *, late: bool) -> None:
    """Raise Refused where the reason may not explain the change, so that no correction fails the audit."""
    if lawful(why, change, late=late):  # type: ignore[arg-type]  # it was read as a reason above
        return
    allowed = reasons_for(change.key, late=late)
    if why in allowed:
        raise Refused(_WANTED[why].format(key=change.key))
    known = f"the outcome of '{record.id}' is known, so " if late else ""
    if not isinstance(record, Prediction | Condition):
        known = f"an outcome that rests on '{record.id}' is known, so " if late else ""
    offered = f"Reasons for that: {', '.join(allowed)}." if allowed else _instead(record, change)
    raise Refused(f"{known}'{change.key}' cannot be corrected as {why}. {offered}")


def _instead(record: Record, change: Change) -> str:
    """What to do where no reason may touch a value of a decided record."""
    if change.key.startswith("resolutions"):
        return (
            f"What decided once stays: record what is right as a new entry, 'resolve {record.id} --revise'."
        )
    if isinstance(record, Prediction):
        return (
            "Resolve it as void, mislogged, and log what was meant as a new prediction, with "
            f"'replaces: {record.id}'."
        )
    if isinstance(record, Forecaster):
        return "It stays as it is; say in a record's note what is known better."
    return (
        "It stays, with a note on what is known better. "
        "Predictions that would come out otherwise are resolved as void, mislogged, and logged again, "
        "with 'replaces:' and their ids."
    )


_WANTED = {
    "typo": "'{key}' would change by more than a slip of the pen: a few letters swapped, dropped or doubled, "
    "and no other word, number or time comes of it. "
    "Before the outcome is known, what was misread is reading.",
    "withdrawal": (
        "a withdrawal needs the address where it can be read. Add it, such as --set withdrawn.url=ADDRESS."
    ),
    "name": "the old name has to stay as a spelling of the same person or outlet in people.yaml: "
    "amend the name there first.",
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
        inner = inner.table if isinstance(inner, Shorthand) else inner
        if row is None and not isinstance(key, int):
            raise BadValue(f"there is no field '{name}'. {offer(str(path[0]), known)}")
    last = str(path[-1])
    row = inner.by_name.get(last) if isinstance(inner, Table) else None
    if row is None or not isinstance(inner, Table) or name in _once(table) or not amendable(row.reader):
        typed = ".".join(str(key + 1) if isinstance(key, int) else key for key in path)
        raise BadValue(f"'{typed}' cannot be amended. {offer(name, known)}")
    if isinstance(row.reader, Many):
        return [part.strip() for part in text.split(",") if part.strip()]
    return readings.checked(inner, {last: readings.as_stored(inner, last, text, today)}).get(last, "")


def amendable(reader: AnyReader) -> bool:
    """Whether a value can be typed on a command line: a text, or texts with commas between."""
    return isinstance(reader, Reader) or (isinstance(reader, Many) and isinstance(reader.of, Reader))


def _path(record: object, name: str) -> Path:
    """The way to a value, with the number of an entry in a list counted from 1.

    Raises BadValue for none there.

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
    if isinstance(value, list | tuple):
        return ", ".join(map(_text, value))
    return "" if value is None else text_of(value)


def _fields(table: Table) -> list[str]:
    return [key.name for key in table.keys if amendable(key.reader) and key.name not in _once(table)]


def _once(table: Table) -> frozenset[str]:
    return ONCE_OF_PREDICTIONS if table is PREDICTION else ONCE
