"""Records <-> bytes, for the index of files: what comes back is what was packed, or nothing was packed.

MessagePack by way of msgspec, which reads a prediction with ten forecasts in 20 microseconds and refuses what is
not of the records' types. Nothing that is read can run.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, cast

import msgspec

from forecastlog.model import Article, Condition, Duration, Prediction, Says, When, Window

Packed = TypeVar("Packed")
Record = Article | Condition | Prediction
SEAL = 16
"""Bytes of the digest at the end of everything that is packed."""


class Torn(ValueError):
    """Bytes that are not what was packed."""


class Head(NamedTuple):
    """What is asked of records before one of them is read: enough to leave most of them alone.

    ``since`` is the ordinal of the day from which on some outcome stands, None while that is not certain of every
    later day; ``stirs`` that of the first day on which it can be due, None for one that never is. ``hides`` tells
    that readers may not see it on every day.
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
    for one in article.predictions:
        window, hides = one.deadline, one.draft or one.withheld_until is not None
        days = [day for day in (window.strict, window.latest, one.review) if day]
        first = date.min if window.within else min(days, default=None)
        heads.append(
            Head(one.id, "prediction", _since(one), first.toordinal() if first else None, bool(hides))
        )
    return heads


def _since(record: Condition | Prediction) -> int | None:
    """The day of the first entry; None where an entry takes another back, so that none may stand on some day."""
    entries = record.resolutions
    if any(entry.outcome == "reopened" for entry in entries):
        return None
    return min((entry.recorded.day.toordinal() for entry in entries), default=None)


def members(article: Article) -> Iterator[Condition | Prediction]:
    """What an article holds, in the order of its heads."""
    yield from article.conditions
    yield from article.predictions


def pack_article(article: Article) -> list[bytes] | None:
    """The article by itself and each of its records; None where one of them would not come back as it is."""
    bare = replace(article, conditions=(), predictions=())
    packed = []
    for record in (bare, *members(article)):
        try:
            data = pack_record(record)
            if pack_record(unpack_record(type(record), data)) != data:
                return None
        except (TypeError, ValueError, OverflowError, msgspec.MsgspecError):
            return None
        packed.append(data)
    return packed


def pack_record(record: Record) -> bytes:
    """One record; what its forecasts say lies beside it, since that is of another class for each kind."""
    says = [each.says for each in record.forecasts] if isinstance(record, Prediction) else []
    classes = {type(each).__name__ for each in says if each is not None}
    if len(classes) > 1:
        raise TypeError("forecasts of several kinds")
    return pack((next(iter(classes), ""), record, says))


def unpack_record(of: type[Packed], data: bytes) -> Packed:
    """The record that was packed; raises Torn."""
    try:
        name, body, spoken = _decoder(tuple[str, msgspec.Raw, msgspec.Raw]).decode(data)
        record: Any = _decoder(cast("Any", of)).decode(body)
        if isinstance(record, Prediction) and name:
            says = _decoder(list[_says()[name] | None]).decode(spoken)  # type: ignore[misc]  # a class by its name
            for forecast, each in zip(record.forecasts, says, strict=True):
                object.__setattr__(forecast, "says", each)  # made a moment ago, and nobody else has it
    except (ValueError, KeyError, TypeError, msgspec.MsgspecError) as error:
        raise Torn(str(error)) from error
    found: Packed = record
    return found


def pack(value: object) -> bytes:
    """Any value of the records' types; raises TypeError, ValueError and OverflowError for what has no such form."""
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
            value = attrgetter(of + name)
            found[of + name] = [_cell(value(one)) for one in predictions]
    return {name: values for name, values in found.items() if _NO_CELL not in values}


class _NoCell:
    """In the place of what is no single value."""


_NO_CELL = _NoCell()


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
def _says() -> dict[str, type[Says]]:
    from forecastlog import kinds  # noqa: F401  # brings in the classes

    found, left = {}, [Says]
    while left:
        one = left.pop()
        if (
            getattr(sys.modules[one.__module__], one.__name__, None) is one
        ):  # slots leave a class of the same name
            found[one.__name__] = one
        left += one.__subclasses__()
    return found


def _digest(data: bytes, context: tuple[bytes, ...]) -> bytes:
    made = blake2b(digest_size=SEAL)
    for each in context:
        made.update(len(each).to_bytes(4) + each)
    made.update(data)
    return made.digest()
