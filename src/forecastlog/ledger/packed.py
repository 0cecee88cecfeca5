"""Records <-> bytes, for the index of files: what comes back is what was packed, or nothing was packed.

MessagePack by way of msgspec, which reads a prediction with ten forecasts in 20 microseconds and refuses what
is not of the records' types. Nothing that is read can run.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, cast, get_type_hints

import msgspec

from forecastlog import model
from forecastlog.kinds import kind_of
from forecastlog.model.forecasts import Says, Terms
from forecastlog.model.ledger import records_of
from forecastlog.model.moments import Duration, When
from forecastlog.model.records import Article, Condition, Prediction, Window
from forecastlog.values import Number

Packed = TypeVar("Packed")
Record = Article | Condition | Prediction
OUTCOMES, CITED = "resolutions.outcome", "forecasts.article"
"""The path of all outcomes that were recorded of a prediction."""
SEAL = 16
"""Bytes of the digest at the end of everything that is packed."""


class Torn(ValueError):
    """Bytes that are not what was packed."""


class Head(NamedTuple):
    """What is asked of records before one of them is read: enough to leave most of them alone.

    ``since`` is the ordinal of the day from which on some outcome stands, None while that is not certain of
    every later day; ``stirs`` that of the first day on which it can be due, None for one that never is.
    ``hides`` tells that readers may not see it on every day.
    """

    id: str
    kind: str
    since: int | None = None
    stirs: int | None = None
    hides: bool = False


def heads_of(article: Article) -> list[Head]:
    """The article's, then its conditions' and its predictions' in their order."""
    heads = [Head(article.id, "article")]
    for condition in article.conditions:
        by = condition.by
        heads.append(Head(condition.id, "condition", _since(condition), by.toordinal() if by else None))
    return heads + [head_of(one) for one in article.predictions]


def head_of(prediction: Prediction) -> Head:
    """A prediction's, whatever its forecasts say."""
    window, hides = prediction.deadline, prediction.draft or prediction.withheld_until is not None
    days = [day for day in (window.strict, window.latest, prediction.review) if day]
    first = date.min if window.within else min(days, default=None)
    stirs = first.toordinal() if first else None
    return Head(prediction.id, "prediction", _since(prediction), stirs, bool(hides))


def _since(record: Condition | Prediction) -> int | None:
    """The day of the first entry.

    None where some entry takes another back or decides nothing, so that none may stand.
    """
    entries = record.resolutions
    if isinstance(record, Prediction) and kind_of(record).deciding(record) is not entries:
        return None
    if any(entry.outcome == "reopened" for entry in entries):
        return None
    return min((entry.recorded.day.toordinal() for entry in entries), default=None)


def pack_article(article: Article) -> list[bytes] | None:
    """The article by itself and each of its records; None where one of them has no such form.

    A value is of the type of its field, since a reader made it; tests hold that what is packed comes back.
    """
    bare = replace(article, conditions=(), predictions=())
    try:
        return [pack_record(record) for record in (bare, *records_of(article))]
    except (TypeError, ValueError, OverflowError, msgspec.MsgspecError):
        return None


def pack_record(record: Record) -> bytes:
    """One record; what is of another class for each kind of prediction lies beside it."""
    if not isinstance(record, Prediction):
        return pack(("", record, None, None))
    says = [each.says for each in record.forecasts]
    classes = {type(each) for each in says if each is not None}
    if len(classes) == 1 and (of := classes.pop()) in _simple():
        return pack((of.__name__, record, says, apart(record.terms)))
    bare = replace(record, terms=None, forecasts=tuple(replace(each, says=None) for each in record.forecasts))
    return pack(("", bare, [apart(each) for each in says], apart(record.terms)))


def unpack_record(of: type[Packed], data: bytes) -> Packed:
    """The record that was packed; raises Torn."""
    try:
        name, body, said, terms = _decoder(tuple[str, msgspec.Raw, msgspec.Raw, Any]).decode(data)
        record: Any = _decoder(cast("Any", of)).decode(body)
        if isinstance(record, Prediction):
            says = _decoder(list[_named()[name] | None] if name else list[Any]).decode(said)  # type: ignore[misc]
            for forecast, each in zip(record.forecasts, says, strict=True):
                # Made a moment ago, and nobody else has it.
                object.__setattr__(forecast, "says", each if name else together(each))
            object.__setattr__(record, "terms", together(terms))
    except (ValueError, KeyError, TypeError, AttributeError, msgspec.MsgspecError) as error:
        raise Torn(str(error)) from error
    found: Packed = record
    return found


def apart(value: object) -> object:
    """A value of the records' classes, each with its name beside it; raises TypeError for what is none."""
    if value is None or type(value) in (str, int, float, bool):
        return value
    if isinstance(value, tuple):
        return [apart(each) for each in value]
    if isinstance(value, date):
        return {"time" if isinstance(value, datetime) else "date": value.isoformat()}
    if isinstance(value, dict):
        return {"": {key: apart(each) for key, each in value.items()}}
    if isinstance(value, Number):
        return {"number": [float(value), value.precision, value.unit]}
    name = type(value).__name__
    if _named().get(name) is not type(value):
        raise TypeError(name)
    return {name: {each.name: apart(getattr(value, each.name)) for each in fields(cast("Any", value))}}


def together(value: Any) -> Any:
    """The value that was taken apart; raises TypeError, ValueError and KeyError for what never was."""
    if isinstance(value, list):
        return tuple(together(each) for each in value)
    if not isinstance(value, dict):
        return value
    ((name, inner),) = value.items()
    if name in _MAKERS:
        return _MAKERS[name](inner)
    return _named()[name](**{key: together(each) for key, each in inner.items()})


_MAKERS: Mapping[str, Callable[[Any], Any]] = {
    "": lambda inner: {key: together(each) for key, each in inner.items()},
    "date": date.fromisoformat,
    "time": datetime.fromisoformat,
    "number": lambda inner: Number(*inner),
}


def pack(value: object) -> bytes:
    """Any value of the records' types.

    Raises TypeError, ValueError and OverflowError for what has no such form.
    """
    return _encoder().encode(value)


def unpack(of: type[Packed], data: bytes) -> Packed:
    """A value of this type; raises Torn."""
    try:
        found: Packed = _decoder(cast("Any", of)).decode(data)
    except (ValueError, msgspec.MsgspecError) as error:
        raise Torn(str(error)) from error
    return found


def sealed(data: bytes, *context: bytes) -> bytes:
    """The bytes with a digest of them and of what they belong to."""
    return data + _digest(data, context)


def unsealed(data: object, *context: bytes) -> bytes:
    """The bytes before their digest; raises Torn where it is not theirs."""
    if not isinstance(data, bytes) or _digest(data[:-SEAL], context) != data[-SEAL:]:
        raise Torn("the digest is of other bytes")
    return data[:-SEAL]


def cells_of(predictions: Sequence[Prediction]) -> dict[str, list[Any]]:
    """The values that stand in the records themselves by their path, as listings show them."""
    found = {}
    for paths, of in ((Prediction.__slots__, ""), (Window.__slots__, "deadline.")):
        for name in paths:
            values = list(map(attrgetter(of + name), predictions))
            plain = {*map(type, values)} <= _PLAIN
            found[of + name] = values if plain else list(map(_cell, values))
    found[OUTCOMES] = [[entry.outcome for entry in one.resolutions] for one in predictions]
    found[CITED] = [list({one.article: 0 for one in each.forecasts if one.article}) for each in predictions]
    return {name: values for name, values in found.items() if _NO_CELL not in values}


class _NoCell:
    """In the place of what is no single value."""


_NO_CELL = _NoCell()
_PLAIN = {type(None), str, int, float, bool}


def _cell(value: object) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, When | Duration | date):
        return str(value)
    if isinstance(value, tuple) and all(isinstance(each, str) for each in value):
        return list(value)
    return _NO_CELL


@cache
def _encoder() -> msgspec.msgpack.Encoder:
    return msgspec.msgpack.Encoder()


@cache
def _decoder(of: Any) -> Any:
    return msgspec.msgpack.Decoder(of)


@cache
def _named() -> dict[str, type[Any]]:
    """The classes of records, of what forecasts say and of what predictions ask, by their names."""
    from forecastlog.kinds import KINDS

    of_kinds = [
        each for kind in KINDS.values() for each in (*kind.says.__mro__, *(kind.asks or Terms).__mro__)
    ]
    of_records = [name for name in sys.modules if name.startswith(f"{model.__name__}.")]
    modules = [*of_records, *(each.__module__ for each in of_kinds if issubclass(each, Says | Terms))]
    return {
        name: each
        for module in dict.fromkeys(modules)
        for name, each in vars(sys.modules[module]).items()
        if isinstance(each, type) and is_dataclass(each) and each.__module__ == module
    }


@cache
def _simple() -> frozenset[type[Any]]:
    """Those of which every value is a number or a text, so that msgspec knows what they hold."""
    values = {float | None, str | None, float, str, bool}
    return frozenset(
        each
        for each in _named().values()
        if "__dataclass_fields__" in vars(each) and set(get_type_hints(each).values()) <= values
    )


def _digest(data: bytes, context: tuple[bytes, ...]) -> bytes:
    made = blake2b(digest_size=SEAL)
    for each in context:
        made.update(len(each).to_bytes(4) + each)
    made.update(data)
    return made.digest()
