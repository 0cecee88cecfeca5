"""Corrections: a record is changed, and what it said before is kept in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date

from forecastlog import due
from forecastlog.compose import readings
from forecastlog.compose.plan import Plan, file_of, planned, prediction_of
from forecastlog.errors import BadValue, Refused
from forecastlog.ledger import Loaded
from forecastlog.ledger.edit import Append, Edit, Put
from forecastlog.ledger.tables import CORRECTION, PREDICTION, Table
from forecastlog.ledger.values import Reader, choice, offer
from forecastlog.model import Prediction, When
from forecastlog.vocabulary import CORRECTION_REASONS

NEVER = frozenset({"id", "kind", "logged", "logged_by", "found_by"})
"""What is written once."""


def amend(
    loaded: Loaded, prediction_id: str, changes: Mapping[str, str], *, why: str, by: str, today: date
) -> Plan:
    """Change values of a prediction, such as ``{"claim": "...", "deadline.latest": "2025-06-30"}``.

    Every change is recorded under ``corrections`` with what was. Once the outcome is known only a typo is
    accepted. Raises BadValue, Refused, UnknownId.
    """
    prediction = prediction_of(loaded, prediction_id)
    readings.read(choice(CORRECTION_REASONS), why, "why")
    if not by.strip():
        raise BadValue("who corrects it? Add --by NAME.")
    if not changes:
        raise BadValue("nothing to change. Name what is to be corrected, such as --claim TEXT.")
    stands = due.prediction_standing(prediction, loaded.ledger, today)
    if why != "typo" and (stands.outcome or stands.contested):
        raise Refused(
            f"the outcome of '{prediction_id}' is known, so only a typo can be corrected. "
            f"Log what was meant as a new prediction, with 'restates: {prediction_id}'."
        )
    edits: list[Edit] = []
    for name, text in changes.items():
        path = tuple(name.split("."))
        value = _value(path, text)
        was = _was(prediction, path)
        if was == _text(value):
            raise Refused(f"'{name}' of '{prediction_id}' says that already.")
        correction = {"on": today, "by": by, "field": name, "was": was or None, "why": why}
        edits += [
            Put(prediction_id, path, value),
            Append(prediction_id, "corrections", readings.checked(CORRECTION, correction)),
        ]
    home = file_of(loaded, prediction)
    return planned(loaded, today, edits={home: tuple(edits)}, ids=(prediction_id,))


def _value(path: tuple[str, ...], text: str) -> object:
    """The new value as the record stores it; raises BadValue where the field cannot be changed so."""
    table, name = PREDICTION, ".".join(path)
    for key in path[:-1]:
        row = table.by_name.get(key)
        if row is None or not isinstance(row.reader, Table):
            raise BadValue(f"there is no field '{name}'. {offer(path[0], _fields())}")
        table = row.reader
    row = table.by_name.get(path[-1])
    if row is None or name in NEVER or not isinstance(row.reader, Reader):
        raise BadValue(f"'{name}' cannot be amended. {offer(name, _fields())}")
    return readings.checked(table, {path[-1]: text}).get(path[-1], "")


def _was(prediction: Prediction, path: tuple[str, ...]) -> str:
    value: object = prediction
    for key in path:
        names = {row.name for row in fields(value)} if is_dataclass(value) else set()
        value = getattr(value, key) if key in names else None
    return _text(value)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.text if isinstance(value, When) else "" if value is None else str(value)


def _fields() -> list[str]:
    return [key.name for key in PREDICTION.keys if isinstance(key.reader, Reader) and key.name not in NEVER]
