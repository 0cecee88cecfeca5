"""The kinds of predictions. A new one is a folder of this room, with its one value ``KIND``.

What a forecast says, how it is typed and read, how an outcome is, what it scores, its columns and its
sentences: everybody else asks ``kind_of`` and names no figure of any one kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Any

from forecastlog.column import Column
from forecastlog.columnwise import ByClass, Value
from forecastlog.keys import AnyReader, Either, Key
from forecastlog.kinds.binary import BINARY, Chance, chance
from forecastlog.kinds.kind import Kind, Measure, Misfit, Row, Said
from forecastlog.model.forecasts import Forecast
from forecastlog.model.records import Prediction
from forecastlog.values import Reader, Unreadable

__all__ = [
    "BINARY",
    "FORECAST_KEYS",
    "KIND",
    "KINDS",
    "OUTCOME",
    "OUTCOMES_BY_KIND",
    "PREDICTION_KEYS",
    "SAID",
    "STATUS_QUO",
    "TERMS",
    "Chance",
    "Kind",
    "Measure",
    "Misfit",
    "Row",
    "Said",
    "chance",
    "foreign",
    "kind_of",
    "said_by",
]


def _found() -> Iterable[Kind]:
    """The kind of every folder of this room.

    Binary, which is taken where none is told, and the others by name.
    """
    folders = sorted(module.name for module in iter_modules(__path__) if module.ispkg)
    kinds = {name: import_module(f"{__name__}.{name}").KIND for name in folders}
    return sorted(kinds.values(), key=lambda kind: kind is not BINARY)


KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _found()})


def kind_of(prediction: Prediction) -> Kind:
    """The kind of a prediction; one that is not known is reported when it is read, and taken for binary."""
    return KINDS.get(prediction.kind, BINARY)


def said_by(forecast: Forecast | None) -> Row:
    """What a forecast says as a row of the columns of all kinds."""
    says = forecast.says if forecast else None
    return {column.name: column.of(says) for column in SAID}


def foreign(kind: Kind, keys: str) -> dict[str, str]:
    """The ``prediction_keys`` or ``forecast_keys`` of other kinds, each with what to do about it."""
    own = {key.name for key in getattr(kind, keys)}
    hint = f"This prediction is {kind.name}: {kind.meaning}. Remove the key."
    others = (key.name for other in KINDS.values() for key in getattr(other, keys))
    return {name: hint for name in others if name not in own}


def _together(of_kinds: Iterable[tuple[Key, ...]]) -> tuple[Key, ...]:
    """The keys of all kinds, each name once."""
    found: dict[str, list[Key]] = {}
    for keys in of_kinds:
        for key in keys:
            found.setdefault(key.name, []).append(key)
    return tuple(_joined(alike) for alike in found.values())


def _joined(alike: list[Key]) -> Key:
    """One key of those that kinds share; none of them is needed where others do without it."""
    ways: list[AnyReader] = []
    for key in alike:
        if key.reader not in ways:
            ways.append(key.reader)
    meanings = "; or ".join(dict.fromkeys(key.meaning for key in alike))
    reader = ways[0] if len(ways) == 1 else Either(tuple(ways))
    return alike[0]._replace(reader=reader, meaning=meanings, required=False)


def _columns(of: str, holder: Callable[[Kind], type[Any]]) -> tuple[Column, ...]:
    """The columns of all kinds, each name once, with the value of the kind whose record it is handed."""
    found: dict[str, Column] = {}
    ways: dict[str, list[tuple[type[Any], Value]]] = {}
    for kind in KINDS.values():
        for column in getattr(kind, of):
            found.setdefault(column.name, column)
            ways.setdefault(column.name, []).append((holder(kind), column.value or column.of))
    return tuple(replace(column, value=ByClass(dict(reversed(ways[name])))) for name, column in found.items())


def _kind(text: str) -> str:
    if text not in KINDS:
        known = ", ".join(f"{kind.name} ({kind.meaning})" for kind in KINDS.values())
        hint = f"This version reads {known}. Leave 'kind' out for {BINARY.name}."
        raise Unreadable("P112", "predictions of kind '{text}' are not supported", hint)
    return text


def _any_of(readers: Iterable[Reader]) -> Reader:
    """What any kind of prediction can have; whether it is one of the prediction's own kind is read there."""
    listed = tuple(readers)

    def read(text: str) -> object:
        faults = []
        for reader in listed:
            try:
                return reader.read(text)
            except Unreadable as fault:
                faults.append(fault)
        raise faults[0]

    return Reader(read, {"anyOf": [dict(reader.schema) for reader in listed]})


PREDICTION_KEYS = _together(kind.prediction_keys for kind in KINDS.values())
FORECAST_KEYS = _together(kind.forecast_keys for kind in KINDS.values())
TERMS = _columns("terms_columns", lambda kind: kind.asks)
"""The columns of what a prediction asks for, whatever its kind; their values are handed its terms."""
SAID = _columns("columns", lambda kind: kind.says)
"""The columns of what a forecast says, whatever its kind; their values are handed that."""
KIND = Reader(_kind, {"enum": list(KINDS)})
OUTCOMES_BY_KIND = "; ".join(
    f"of a {kind.name} one {kind.outcomes}" if kind is not BINARY else kind.outcomes
    for kind in KINDS.values()
)
"""What the outcomes of every kind are, in words."""
OUTCOME = _any_of(kind.outcome for kind in KINDS.values())
STATUS_QUO = _any_of(kind.status_quo for kind in KINDS.values())
